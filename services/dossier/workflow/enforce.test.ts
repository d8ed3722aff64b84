/** The table applied to one dossier, case by case, without a server: what is allowed, and which of the rules refuses what is not. */
import { describe, expect, it } from "vitest";
import type { DossierRole, EntryHeader, EntryKind, GrantPayload } from "#services/dossier/contract/index.ts";
import { channelOf, defineWorkflow, kindsOf, WorkflowError, type Workflow } from "./define.ts";
import {
  allowedActions,
  allowedEntries,
  consultedKinds,
  decide,
  deskFunctionOfRole,
  fitsSigner,
  handOverRule,
  heardKind,
  kindsToConsent,
  mayWrite,
  openingOf,
  rolesThatWrite,
  type DossierState,
  type EarlierEntry,
} from "./enforce.ts";
import { remindAt } from "./reminders.ts";
import { dutchDay, isDay, today } from "./terms.ts";

/** A table of our own that uses every rule once. */
const table: Workflow = {
  kind: "scan",
  owner: "office-holder",
  start: { phase: "asked", entry: "request", guests: false, grants: ["expert-desk"], instead: { phase: "around", grants: ["authority", "support-team"] } },
  phases: {
    asked: {
      assign: { by: ["expert-desk"], to: "assigned", entry: "assignment", assigns: "expert" },
      stop: { by: ["office-holder", "expert-desk"], to: "ended", entry: "withdrawal" },
    },
    around: { stop: { by: ["office-holder"], to: "ended", entry: "withdrawal" } },
    assigned: {
      submit: { by: ["expert"], to: "submitted", entry: "submission", requires: ["visit", "advice"], since: "appointment", decides: "advice" },
      again: { by: ["office-holder"], to: "asked", entry: "request" },
    },
    submitted: {
      adopt: { by: ["authority"], to: "ended", entry: "adoption", decides: "advice", notAuthorOf: ["advice", "visit"] },
      return: { by: ["authority"], to: "assigned", entry: "return", decides: "advice" },
    },
    ended: {},
  },
  entries: {
    message: { by: ["office-holder", "expert"], in: ["asked", "assigned"] },
    advice: { by: ["expert"], in: ["assigned"] },
    visit: { by: ["expert"], in: ["assigned"] },
    appointment: { by: ["expert"], in: ["assigned"] },
    initial: { by: ["expert", "authority"], in: ["assigned"], notAuthorOfNewest: ["advice", "visit"] },
    "fact-request": { by: ["expert"], in: ["assigned"] },
    "fact-answer": { by: ["fact-source"], in: ["assigned"], answers: "fact-request" },
    measure: { by: ["employer", "expert"], in: ["assigned"] },
  },
  terms: {
    asked: { name: "scan-assign", length: { hours: 48 }, acute: { hours: 1 }, waitsFor: "expert-desk" },
    submitted: { name: "scan-adopt", length: { hours: 24 }, waitsFor: "authority" },
  },
  handOvers: [
    { to: "authority", by: ["expert-desk", "office-holder"], scope: "dossier", consent: true },
    { to: "employer", by: ["office-holder"], scope: "channel", channel: "provision", consent: true },
    { to: "consulted", by: ["office-holder"], scope: "items", consent: true },
  ],
  channels: { measure: "provision", "provision-list": "provision", completion: "provision", adoption: "main" },
  announced: ["adoption"],
  quiet: [],
};
const now = new Date("2026-11-24T10:00:00Z");
const anna = "person anna";
const bob = "person bob";
const item = (name: string) => ({ item: name, digest: `digest of ${name}`, size: 3 });
const written = (seq: number, kind: EntryKind, author = anna): EarlierEntry => ({ seq, kind, author, desk: null, body: item(`${kind} ${seq}`) });
const state = (phase: string, entries: readonly EarlierEntry[] = [], urgency: DossierState["urgency"] = "normal"): DossierState => ({
  phase,
  urgency,
  entries,
  desks: [],
});
const header = (kind: EntryKind, role: DossierRole, action: string | null, more: Partial<EntryHeader> = {}): EntryHeader => ({
  dossier: "dossier",
  seq: 2,
  previous: "hash",
  kind,
  action,
  author: { person: anna, role, desk: role === "office-holder" ? null : "desk" },
  at: now.toISOString(),
  body: item("new"),
  attachments: [],
  ...more,
});
const outcome = (call: () => unknown): unknown => {
  try {
    call();
    return "taken";
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
};
const tried = (from: DossierState, entry: EntryHeader, roles: readonly DossierRole[] = [entry.author.role]): unknown =>
  outcome(() => decide(table, from, entry, roles, now));

describe("a first entry", () => {
  const fresh: DossierState = { phase: null, urgency: "normal", entries: [], desks: [] };
  const first = (more: Partial<EntryHeader> = {}): EntryHeader => header("request", "office-holder", null, { seq: 1, previous: null, ...more });
  it("opens the dossier in its first phase, with the term that runs from then, the shorter one when it is acute", () => {
    expect(decide(table, fresh, first(), [], now)).toEqual({
      phase: "asked",
      moves: true,
      term: { rule: table.terms["asked"], due: new Date("2026-11-26T10:00:00Z") },
      assigns: null,
    });
    expect(decide(table, fresh, first({ urgency: "acute" }), [], now).term?.due).toEqual(new Date("2026-11-24T11:00:00Z"));
    expect(decide(table, fresh, first({ urgency: "normal" }), [], now).term?.due).toEqual(new Date("2026-11-26T10:00:00Z"));
  });
  it("opens it on the other road only when all of its roles receive the key and none of the usual ones does", () => {
    const phase = (...handsTo: DossierRole[]) => decide(table, { ...fresh, handsTo }, first(), [], now).phase;
    expect(phase("authority", "support-team")).toBe("around");
    expect(phase("authority")).toBe("asked");
    expect(phase("authority", "support-team", "expert-desk")).toBe("asked");
    expect(phase()).toBe("asked");
    expect(
      openingOf({ ...table, start: { phase: "asked", entry: "request", guests: false, grants: ["expert-desk"] } }, ["authority", "support-team"]).phase,
    ).toBe("asked");
    expect(openingOf(table, ["authority", "support-team"]).grants).toEqual(["authority", "support-team"]);
  });
  it.each<[string, Partial<EntryHeader>, string]>([
    ["a later number", { seq: 2 }, "chain-broken"],
    ["an entry before it", { previous: "hash" }, "chain-broken"],
    ["another role", { author: { person: anna, role: "expert", desk: null } }, "role-forbidden"],
    ["a desk", { author: { person: anna, role: "office-holder", desk: "desk" } }, "role-forbidden"],
    ["another kind", { kind: "message" }, "phase-forbidden"],
    ["an action", { action: "stop" }, "phase-forbidden"],
    ["something decided", { decides: item("x") }, "statement-mismatch"],
    ["someone assigned", { assignee: bob }, "statement-mismatch"],
    ["something answered", { answers: "x" }, "statement-mismatch"],
  ])("is refused with %s", (_, more, code) => expect(outcome(() => decide(table, fresh, first(more), [], now))).toBe(code));
});

describe("an entry without an action", () => {
  it("changes neither phase nor term", () => {
    expect(decide(table, state("asked"), header("message", "office-holder", null), ["office-holder"], now)).toEqual({
      phase: "asked",
      moves: false,
      term: null,
      assigns: null,
    });
  });
  it.each<[string, DossierState, EntryHeader, readonly DossierRole[], string]>([
    ["in a role the signer does not hold", state("asked"), header("message", "office-holder", null), ["expert"], "role-forbidden"],
    ["of a kind that needs an action", state("asked"), header("request", "office-holder", null), ["office-holder"], "phase-forbidden"],
    ["by a role that does not write it", state("assigned"), header("advice", "office-holder", null), ["office-holder"], "role-forbidden"],
    ["in a phase it does not belong in", state("asked"), header("advice", "expert", null), ["expert"], "phase-forbidden"],
    ["with an urgency", state("asked"), header("message", "office-holder", null, { urgency: "normal" }), ["office-holder"], "statement-mismatch"],
    ["that decides", state("asked"), header("message", "office-holder", null, { decides: item("x") }), ["office-holder"], "statement-mismatch"],
    ["that assigns", state("asked"), header("message", "office-holder", null, { assignee: bob }), ["office-holder"], "statement-mismatch"],
    [
      "that answers though its kind does not",
      state("asked"),
      header("message", "office-holder", null, { answers: "x" }),
      ["office-holder"],
      "statement-mismatch",
    ],
  ])("is refused %s", (_, from, entry, roles, code) => expect(tried(from, entry, roles)).toBe(code));

  it("asks a second pair of eyes for the newest of each kind, and only for the newest", () => {
    const look = (...entries: EarlierEntry[]) => tried(state("assigned", entries), header("initial", "expert", null));
    expect(look()).toBe("taken");
    expect(look(written(2, "advice", bob))).toBe("taken");
    expect(look(written(2, "advice", anna))).toBe("own-work");
    expect(look(written(3, "advice", bob), written(2, "advice", anna))).toBe("taken");
    expect(look(written(2, "advice", bob), written(3, "advice", anna))).toBe("own-work");
    expect(look(written(3, "advice", bob), written(2, "visit", anna))).toBe("own-work");
  });

  it("answers a request that is there, and no other", () => {
    const answer = (answers: string | undefined, ...entries: EarlierEntry[]) =>
      tried(state("assigned", entries), header("fact-answer", "fact-source", null, answers === undefined ? {} : { answers }));
    expect(answer("fact-request 2", written(2, "fact-request"))).toBe("taken");
    expect(answer("fact-request 3", written(2, "fact-request"))).toBe("statement-mismatch");
    expect(answer("visit 2", written(2, "visit"))).toBe("statement-mismatch");
    expect(answer(undefined, written(2, "fact-request"))).toBe("statement-mismatch");
  });
});

describe("an action", () => {
  it("moves the dossier and starts the term of the phase it leads to", () => {
    expect(decide(table, state("assigned", [], "acute"), header("request", "office-holder", "again"), ["office-holder"], now)).toEqual({
      phase: "asked",
      moves: true,
      term: { rule: table.terms["asked"], due: new Date("2026-11-24T11:00:00Z") },
      assigns: null,
    });
    expect(decide(table, state("asked"), header("withdrawal", "office-holder", "stop"), ["office-holder"], now)).toEqual({
      phase: "ended",
      moves: true,
      term: null,
      assigns: null,
    });
  });
  it("counts the usual length where a phase has no acute one", () => {
    const entries = [written(1, "request"), written(2, "visit"), written(3, "advice")];
    const submit = header("submission", "expert", "submit", { decides: item("advice 3") });
    expect(decide(table, state("assigned", entries, "acute"), submit, ["expert"], now).term?.due).toEqual(new Date("2026-11-25T10:00:00Z"));
  });
  it.each<[string, DossierState, EntryHeader, readonly DossierRole[], string]>([
    ["the phase does not have", state("ended"), header("withdrawal", "office-holder", "stop"), ["office-holder"], "phase-forbidden"],
    ["that is a word every object has", state("asked"), header("withdrawal", "office-holder", "constructor"), ["office-holder"], "phase-forbidden"],
    ["of another role", state("around"), header("withdrawal", "expert-desk", "stop"), ["expert-desk"], "role-forbidden"],
    ["in a role that is not held", state("asked"), header("withdrawal", "expert-desk", "stop"), ["office-holder"], "role-forbidden"],
    ["with an entry of another kind", state("asked"), header("message", "office-holder", "stop"), ["office-holder"], "statement-mismatch"],
    [
      "that decides nothing, with something decided",
      state("asked"),
      header("withdrawal", "office-holder", "stop", { decides: item("x") }),
      ["office-holder"],
      "statement-mismatch",
    ],
    [
      "that assigns nobody, with someone assigned",
      state("asked"),
      header("withdrawal", "office-holder", "stop", { assignee: bob }),
      ["office-holder"],
      "statement-mismatch",
    ],
    ["with an answer", state("asked"), header("withdrawal", "office-holder", "stop", { answers: "x" }), ["office-holder"], "statement-mismatch"],
    ["that assigns, without anyone", state("asked"), header("assignment", "expert-desk", "assign"), ["expert-desk"], "statement-mismatch"],
    [
      "that assigns, without a desk",
      state("asked"),
      header("assignment", "expert-desk", "assign", { assignee: bob, author: { person: anna, role: "expert-desk", desk: null } }),
      ["expert-desk"],
      "statement-mismatch",
    ],
  ])("is refused: one %s", (_, from, entry, roles, code) => expect(tried(from, entry, roles)).toBe(code));

  it("hands out the role it assigns", () => {
    expect(decide(table, state("asked"), header("assignment", "expert-desk", "assign", { assignee: bob }), ["expert-desk"], now).assigns).toBe("expert");
  });

  it("needs what it requires in the present round, newer than what made it count no more, and not what was returned", () => {
    const submit = (advice: number, ...entries: EarlierEntry[]) =>
      tried(state("assigned", entries), header("submission", "expert", "submit", { decides: item(`advice ${advice}`) }));
    expect(submit(3, written(1, "request"), written(2, "visit"), written(3, "advice"))).toBe("taken");
    expect(submit(3, written(1, "request"), written(3, "advice"))).toBe("requirement-missing");
    expect(submit(3, written(1, "request"), written(2, "visit"))).toBe("requirement-missing");
    // A new round: what was written before it does not count.
    expect(submit(3, written(2, "visit"), written(3, "advice"), written(4, "request"))).toBe("requirement-missing");
    expect(submit(5, written(3, "visit"), written(5, "advice"), written(4, "request"))).toBe("requirement-missing");
    expect(submit(5, written(6, "visit"), written(5, "advice"), written(4, "request"))).toBe("taken");
    // `since`.
    expect(submit(3, written(2, "visit"), written(3, "advice"), written(4, "appointment"))).toBe("requirement-missing");
    // A return makes the advice count no more, the visit still does.
    expect(submit(3, written(2, "visit"), written(3, "advice"), written(4, "return"))).toBe("requirement-missing");
    expect(submit(5, written(2, "visit"), written(3, "advice"), written(4, "return"), written(5, "advice"))).toBe("taken");
  });

  it("names exactly the newest thing it decides on", () => {
    const entries = [written(2, "advice", bob), written(4, "advice", bob)];
    const adopt = (decides: EntryHeader["decides"]) =>
      tried(state("submitted", entries), header("adoption", "authority", "adopt", decides === undefined ? {} : { decides }));
    expect(adopt(item("advice 4"))).toBe("taken");
    expect(adopt(item("advice 2"))).toBe("statement-mismatch");
    expect(adopt(undefined)).toBe("statement-mismatch");
    expect(adopt({ ...item("advice 4"), digest: "other" })).toBe("statement-mismatch");
    expect(adopt({ ...item("advice 4"), size: 4 })).toBe("statement-mismatch");
    expect(adopt({ ...item("advice 4"), item: "other" })).toBe("statement-mismatch");
  });

  it("is never by who wrote any of what is decided on (law 4)", () => {
    const adopt = (...entries: EarlierEntry[]) => tried(state("submitted", entries), header("adoption", "authority", "adopt", { decides: item("advice 4") }));
    expect(adopt(written(4, "advice", bob))).toBe("taken");
    expect(adopt(written(2, "advice", anna), written(4, "advice", bob))).toBe("own-work");
    expect(adopt(written(2, "visit", anna), written(4, "advice", bob))).toBe("own-work");
    expect(adopt(written(2, "message", anna), written(4, "advice", bob))).toBe("taken");
  });
});

describe("who must have been heard before an action", () => {
  const heard: Workflow = {
    ...table,
    phases: {
      ...table.phases,
      assigned: {
        conclude: { by: ["expert"], to: "submitted", entry: "submission", holds: ["visit"], since: "advice", heard: { by: "consulted", in: "message" } },
        quickly: { by: ["expert"], to: "submitted", entry: "submission", without: "consulted" },
      },
    },
  };
  const [north, south, police] = ["desk north", "desk south", "desk police"];
  const round: readonly EarlierEntry[] = [written(4, "request"), written(6, "visit"), written(8, "advice")];
  const message = (seq: number, desk: string | null): EarlierEntry => ({ ...written(seq, "message"), desk });
  const conclude = (entries: readonly EarlierEntry[], desks: DossierState["desks"], action = "conclude"): unknown =>
    outcome(() => decide(heard, { ...state("assigned", entries), desks }, header("submission", "expert", action), ["expert"], now));
  const consulted = (...of: readonly string[]): DossierState["desks"] => of.map((desk) => ({ role: "consulted", desk }));

  it("what must be there in the present round counts however much was written after it, and not from an earlier round", () => {
    expect(conclude(round, [])).toBe("taken");
    expect(conclude([written(4, "request"), written(5, "visit"), written(8, "advice")], [])).toBe("taken");
    expect(conclude([written(4, "request"), written(3, "visit"), written(8, "advice")], [])).toBe("requirement-missing");
    expect(conclude([written(4, "request"), written(4, "visit"), written(8, "advice")], [])).toBe("requirement-missing");
    expect(conclude([written(4, "request"), written(8, "advice")], [])).toBe("requirement-missing");
  });
  it("every desk in the role has spoken since what they speak about; nobody in it, nothing is asked", () => {
    expect(conclude(round, consulted(north))).toBe("requirement-missing");
    expect(conclude([...round, message(9, north)], consulted(north))).toBe("taken");
    expect(conclude([...round, message(9, north)], consulted(north, south))).toBe("requirement-missing");
    expect(conclude([...round, message(9, north), message(10, south)], consulted(north, south))).toBe("taken");
    expect(conclude(round, [{ role: "police", desk: police }])).toBe("taken");
  });
  it("what a desk wrote before, what another desk wrote, something else it wrote, and a person's word do not count", () => {
    expect(conclude([...round, message(7, north)], consulted(north))).toBe("requirement-missing");
    expect(conclude([...round, message(8, north)], consulted(north))).toBe("requirement-missing");
    expect(conclude([...round, message(9, police)], consulted(north))).toBe("requirement-missing");
    expect(conclude([...round, { ...written(9, "measure"), desk: north }], consulted(north))).toBe("requirement-missing");
    expect(conclude([...round, message(9, null)], consulted(north))).toBe("requirement-missing");
    // Nothing to be newer than: it must still be of this round.
    const early = [written(4, "request"), written(6, "visit")];
    expect(conclude([...early, message(3, north)], consulted(north))).toBe("requirement-missing");
    expect(conclude([...early, message(5, north)], consulted(north))).toBe("taken");
  });
  it("the short way is closed while a desk takes part in that role", () => {
    expect(conclude(round, [], "quickly")).toBe("taken");
    expect(conclude(round, [{ role: "police", desk: police }], "quickly")).toBe("taken");
    expect(conclude(round, [...consulted(north), { role: "police", desk: police }], "quickly")).toBe("requirement-missing");
  });
  it("the server is told what to read for it, and whose desk it needs", () => {
    expect(consultedKinds(heard, "assigned", "conclude", "submission").toSorted()).toEqual(["advice", "message", "request", "visit"]);
    expect(consultedKinds(heard, "assigned", "quickly", "submission")).toEqual([]);
    expect(heardKind(heard, "assigned", "conclude")).toBe("message");
    expect(heardKind(heard, "assigned", "quickly")).toBeNull();
    expect(heardKind(heard, "asked", "conclude")).toBeNull();
    expect(heardKind(heard, "assigned", null)).toBeNull();
  });
  it("who opens a dossier writes its first kind, also when no action does", () => {
    expect(rolesThatWrite(heard, "request")).toEqual(["office-holder"]);
    expect(rolesThatWrite(heard, "visit")).toEqual(["expert"]);
  });
});

describe("what the table says of roles", () => {
  it("draws buttons for the actions and entries of a role, in the order of the table", () => {
    expect(allowedActions(table, "asked", ["expert-desk", "office-holder"])).toEqual(["assign", "stop"]);
    expect(allowedActions(table, "asked", ["office-holder"])).toEqual(["stop"]);
    expect(allowedActions(table, "asked", [])).toEqual([]);
    expect(allowedActions(table, "elsewhere", ["office-holder"])).toEqual([]);
    expect(allowedEntries(table, "assigned", ["office-holder"])).toEqual(["message"]);
    expect(allowedEntries(table, "asked", ["expert"])).toEqual(["message"]);
    expect(allowedEntries(table, "ended", ["office-holder", "expert"])).toEqual([]);
    expect(mayWrite(table, { phase: "asked", roles: ["office-holder"] }, "message")).toBe(true);
    expect(mayWrite(table, { phase: "asked", roles: ["authority"] }, "message")).toBe(false);
    expect(mayWrite(table, { phase: "asked", roles: ["expert"] }, "advice")).toBe(false);
  });
  it("names who writes a kind anywhere: at the opening, by an action, by itself", () => {
    expect(rolesThatWrite(table, "request")).toEqual(["office-holder"]);
    expect(rolesThatWrite(table, "withdrawal")).toEqual(["office-holder", "expert-desk"]);
    expect(rolesThatWrite(table, "measure")).toEqual(["employer", "expert"]);
    expect(rolesThatWrite(table, "aftercare-plan")).toEqual([]);
  });
  it("asks the history for what it will look at, and for nothing when it looks at nothing", () => {
    expect(consultedKinds(table, "asked", "stop", "withdrawal")).toEqual([]);
    expect(consultedKinds(table, "asked", "unknown", "withdrawal")).toEqual([]);
    expect(consultedKinds(table, "assigned", "submit", "submission").toSorted()).toEqual(["advice", "appointment", "request", "return", "visit"]);
    expect(consultedKinds(table, "submitted", "adopt", "adoption").toSorted()).toEqual(["advice", "request", "return", "visit"]);
    expect(consultedKinds(table, "assigned", null, "initial")).toEqual(["advice", "visit"]);
    expect(consultedKinds(table, "assigned", null, "fact-answer")).toEqual(["fact-request"]);
    expect(consultedKinds(table, "assigned", null, "message")).toEqual([]);
    expect(consultedKinds(table, "assigned", null, "adoption")).toEqual([]);
  });
  it("lets a person sign for themselves, and a desk in its own role alone", () => {
    expect(fitsSigner("office-holder", null)).toBe(true);
    expect(fitsSigner("office-holder", { function: "safety-desk" })).toBe(false);
    expect(fitsSigner("safety-desk", { function: "safety-desk" })).toBe(true);
    expect(fitsSigner("safety-desk", { function: "police" })).toBe(false);
    expect(fitsSigner("safety-desk", null)).toBe(false);
    expect(fitsSigner("consulted", { function: "police" })).toBe(true);
    expect(fitsSigner("consulted", null)).toBe(false);
    expect(fitsSigner("expert", { function: "expert-desk" })).toBe(true);
    expect(fitsSigner("expert", { function: "authority" })).toBe(false);
    expect(fitsSigner("expert", null)).toBe(false);
    expect(fitsSigner("prosecution", { function: "om" })).toBe(true);
    expect(fitsSigner("policy-officer", null)).toBe(true);
  });
  it("knows which roles a desk holds, and of which function it then is", () => {
    expect(deskFunctionOfRole).toEqual({
      "safety-desk": "safety-desk",
      "expert-desk": "expert-desk",
      authority: "authority",
      employer: "employer",
      police: "police",
      prosecution: "om",
      "chief-prosecutor": "chief-prosecutor",
      "support-team": "support",
      consulted: null,
      "policy-desk": "parliament",
      "co-ministry": "parliament",
      "fact-source": null,
      minister: "minister",
    });
  });
});

describe("hand-overs", () => {
  const keys = {
    dossier: { scope: "dossier", digest: "d" },
    channel: { scope: "channel", channel: "provision", digest: "d" },
    items: { scope: "items", items: [{ item: "x", digest: "d" }] },
  } as const satisfies Record<string, GrantPayload["keys"]>;
  const grant = (role: DossierRole, scope: keyof typeof keys): GrantPayload => ({
    grant: "g",
    dossier: "dossier",
    role,
    to: { desk: "desk", epoch: 1 },
    by: anna,
    keys: keys[scope],
    consent: null,
    until: null,
    at: now.toISOString(),
  });
  it("are what a row of the table allows this giver: role, extent and channel", () => {
    expect(handOverRule(table, grant("authority", "dossier"), ["expert-desk"], false)).toBe(table.handOvers[0]);
    expect(handOverRule(table, grant("employer", "channel"), ["office-holder"], false)).toBe(table.handOvers[1]);
    expect(handOverRule(table, grant("consulted", "items"), ["expert", "office-holder"], false)).toBe(table.handOvers[2]);
    const refused = (role: DossierRole, scope: keyof typeof keys, roles: readonly DossierRole[], opening = false) =>
      expect(outcome(() => handOverRule(table, grant(role, scope), roles, opening))).toBe("role-forbidden");
    refused("authority", "dossier", ["expert"]);
    refused("authority", "items", ["office-holder"]);
    refused("consulted", "dossier", ["office-holder"]);
    refused("employer", "dossier", ["office-holder"]);
    refused("expert-desk", "dossier", ["office-holder"]);
    refused("expert-desk", "items", ["office-holder"], true);
    refused("authority", "dossier", []);
    const main = { ...grant("employer", "channel"), keys: { ...keys.channel, channel: "main" } } as const;
    expect(outcome(() => handOverRule(table, main, ["office-holder"], false))).toBe("role-forbidden");
  });
  it("go at the opening, by the owner and without consent, to the roles a dossier begins with, on either road", () => {
    expect(handOverRule(table, grant("expert-desk", "dossier"), ["office-holder"], true)).toEqual({
      to: "expert-desk",
      by: ["office-holder"],
      scope: "dossier",
      consent: false,
    });
    expect(handOverRule(table, grant("support-team", "dossier"), ["office-holder"], true)).toMatchObject({ to: "support-team", consent: false });
    expect(handOverRule(table, grant("consulted", "items"), ["office-holder"], true)).toBe(table.handOvers[2]);
  });
  it("of a channel need a consent for what others write there, not for what the receiver writes", () => {
    expect(kindsToConsent(table, "provision", "employer").toSorted()).toEqual(["completion", "provision-list"]);
    expect(kindsToConsent(table, "provision", "authority").toSorted()).toEqual(["completion", "measure", "provision-list"]);
    expect(kindsToConsent(table, "main", "authority")).toEqual([]);
    expect(kindsToConsent(table, "main", "employer")).toEqual(["adoption"]);
  });
});

describe("a table is checked when it loads", () => {
  const spoiled = (change: Partial<Workflow>) => () => defineWorkflow({ ...table, ...change });
  it("and given back as it is when it is right", () => {
    expect(defineWorkflow(table)).toBe(table);
    expect(kindsOf(undefined)).toEqual([]);
    expect(kindsOf("visit")).toEqual(["visit"]);
    expect(kindsOf(["visit", "advice"])).toEqual(["visit", "advice"]);
    expect([channelOf(table, "measure"), channelOf(table, "message")]).toEqual(["provision", "main"]);
  });
  it.each<[string, Partial<Workflow>, RegExp]>([
    ["a first phase that is none", { start: { ...table.start, phase: "nowhere" } }, /start phase nowhere/u],
    ["another first phase that is none", { start: { ...table.start, instead: { phase: "nowhere", grants: ["authority"] } } }, /start phase nowhere/u],
    [
      "an arrow to nowhere",
      { phases: { ...table.phases, ended: { go: { by: ["expert"], to: "nowhere", entry: "message" } } } },
      /ended\.go leads to unknown phase nowhere/u,
    ],
    ["a phase that cannot be reached", { phases: { ...table.phases, island: {} } }, /phase island cannot be reached/u],
    [
      "a road that is left without its start",
      { start: { phase: "asked", entry: "request", guests: false, grants: ["expert-desk"] } },
      /phase around cannot be reached/u,
    ],
    ["a term on nothing", { terms: { nowhere: { name: "x", length: { hours: 1 }, waitsFor: "expert" } } }, /term on unknown phase nowhere/u],
    ["an entry in nothing", { entries: { message: { by: ["expert"], in: ["asked", "nowhere"] } } }, /entry message allowed in unknown phase nowhere/u],
  ])("and refused with %s", (_, change, words) => {
    expect(spoiled(change)).toThrow(WorkflowError);
    expect(spoiled(change)).toThrow(words);
  });
});

describe("days and reminders", () => {
  it("reminds after three quarters of a term, or the part that is set", () => {
    const [from, to] = [new Date("2026-11-24T00:00:00Z"), new Date("2026-11-28T00:00:00Z")];
    expect(remindAt(from, to)).toEqual(new Date("2026-11-27T00:00:00Z"));
    expect(remindAt(from, to, { remindAfter: 0.5, between: { acute: { hours: 1 }, normal: { hours: 1 } }, contacts: 1 })).toEqual(
      new Date("2026-11-26T00:00:00Z"),
    );
  });
  it("knows a real day from what only looks like one", () => {
    expect(["2026-02-28", "2024-02-29", "2026-12-31"].map(isDay)).toEqual([true, true, true]);
    expect(["2026-02-31", "2026-2-1", "2026-13-01", "x2026-02-28", "2026-02-28x", "", "2025-02-29"].map(isDay)).toEqual(Array.from({ length: 7 }, () => false));
    expect([dutchDay(new Date(Date.now() - 60_000)), dutchDay(new Date())]).toContain(today());
  });
});
