/**
 * The promises of docs/threat-model.md about sharing, rotation and withdrawal, held against every state that two small models can reach: keys under a server that lies, and an honest server among people who are not.
 * Each guard is then taken out in turn: the explorer must find what breaks, or it would prove nothing. The bounds are small by day and larger at night (`npm run nightly`); docs/proofs.md has what was explored.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { report } from "#services/reporting/workflow/index.ts";
import { scan } from "#services/scanning/workflow/index.ts";
import { signal } from "#services/signalling/workflow/index.ts";
import { explore, told, type Exploration } from "./explorer.ts";
import { keyModel, openCast, realKeyGuards, type Cast, type KeyBounds, type KeyGuards } from "./keys.ts";
import { officeModel, realOfficeGuards, type OfficeBounds, type OfficeGuards, type Scene } from "./post-office.ts";

const night = process.env["RUGDEKKING_NIGHTLY"] === "1";
const most = night ? 2_000_000 : 20_000;
const say = (what: string, found: Exploration): void => void process.stdout.write(`model of ${what}: ${told(found)}\n`);

/** An office-holder with a safety desk, a consulted desk at which they sit themselves, and consent that comes and goes. */
const sharing: Scene = {
  workflow: report,
  owner: "holder",
  desks: {
    safety: { function: "safety-desk", members: ["Lia", "Max"] },
    consulted: { function: "police", members: ["Cas", "holder"] },
  },
  opening: [{ desk: "safety", role: "safety-desk" }],
  tries: [
    { kind: "message", action: null, role: "reporter", desk: null },
    { kind: "message", action: "take-up", role: "safety-desk", desk: "safety" },
    { kind: "message", action: null, role: "safety-desk", desk: "consulted" },
    { kind: "message", action: null, role: "consulted", desk: "consulted" },
  ],
  handOvers: [
    { desk: "consulted", role: "consulted", scope: "items" },
    { desk: "consulted", role: "consulted", scope: "dossier" },
    { desk: "safety", role: "safety-desk", scope: "dossier" },
  ],
  consents: [{ desk: "consulted", role: "consulted", scope: "item 1" }],
  leaves: { person: "Max", desk: "safety" },
};

/** A signal about someone who sits at the desk of the police themselves; whoever presents also sits with the chief prosecutor. */
const weighing: Scene = {
  workflow: signal,
  owner: "holder",
  desks: {
    police: { function: "police", members: ["Pim", "holder"] },
    om: { function: "om", members: ["Odile"] },
    chief: { function: "chief-prosecutor", members: ["Odile", "Hanna"] },
  },
  opening: [{ desk: "police", role: "police" }],
  tries: [
    { kind: "receipt", action: "receive", role: "police", desk: "police" },
    { kind: "weighing", action: "weigh-serious", role: "police", desk: "police" },
    { kind: "weighing", action: "present", role: "prosecution", desk: "om" },
    { kind: "decision", action: "decide-local", role: "chief-prosecutor", desk: "chief", decides: "weighing" },
    { kind: "withdrawal", action: "withdraw", role: "office-holder", desk: null },
  ],
  handOvers: [
    { desk: "om", role: "prosecution", scope: "dossier" },
    { desk: "chief", role: "chief-prosecutor", scope: "dossier" },
  ],
  consents: [
    { desk: "om", role: "prosecution", scope: "everything" },
    { desk: "chief", role: "chief-prosecutor", scope: "everything" },
  ],
};

/** A scan whose adviser also sits with the authority that decides on it. */
const adopting: Scene = {
  workflow: scan,
  owner: "holder",
  desks: {
    ccv: { function: "expert-desk", members: ["Cor", "Ans"] },
    bva: { function: "authority", members: ["Ans", "Bea"] },
  },
  opening: [
    { desk: "ccv", role: "expert-desk" },
    { desk: "bva", role: "authority" },
  ],
  before: {
    phase: "submitted",
    expert: { person: "Ans", desk: "ccv" },
    entries: (["threat-analysis", "risk-assessment", "advice", "submission"] as const).map(
      (kind) => ({ kind, person: "Ans", role: "expert", desk: "ccv" }) as const,
    ),
  },
  tries: [
    { kind: "adoption", action: "adopt", role: "authority", desk: "bva", decides: "advice" },
    { kind: "return", action: "return", role: "authority", desk: "bva", decides: "advice" },
    { kind: "advice", action: "draft", role: "expert", desk: "ccv" },
    { kind: "threat-analysis", action: null, role: "expert", desk: "ccv" },
    { kind: "risk-assessment", action: null, role: "expert", desk: "ccv" },
    { kind: "submission", action: "submit", role: "expert", desk: "ccv", decides: "advice" },
  ],
  handOvers: [],
  consents: [],
  leaves: { person: "Ans", desk: "ccv" },
};

const small: KeyBounds = { epochs: 3, dossiers: 1, items: 1 };
/** Each is walked to its end. With four epochs and two dossiers at once there are more states than two million. */
const keyBounds: readonly KeyBounds[] = night
  ? [
      { epochs: 4, dossiers: 1, items: 2 },
      { epochs: 3, dossiers: 2, items: 1 },
    ]
  : [small];
const officeBounds: OfficeBounds = night ? { hours: 3, entries: 4, handOvers: 2, consents: 2 } : { hours: 2, entries: 2, handOvers: 1, consents: 1 };
const boundsOf: ReadonlyMap<Scene, OfficeBounds> = new Map([
  [sharing, officeBounds],
  [weighing, { ...officeBounds, hours: night ? 3 : 0, entries: night ? 6 : 5, handOvers: 2, consents: 2 }],
  [adopting, { ...officeBounds, entries: night ? 11 : 9, hours: 0 }],
]);
const within = (scene: Scene): OfficeBounds => boundsOf.get(scene) ?? officeBounds;

let cast: Cast;
let guards: KeyGuards;
beforeAll(async () => {
  cast = await openCast();
  guards = realKeyGuards(cast);
});

describe("keys under a server that lies", () => {
  test.each(keyBounds)(
    "%o: no promise is broken in any state; what a former member keeps is what the threat model says",
    { timeout: 3_600_000 },
    async (bounds) => {
      const found = await explore(keyModel(cast, guards, bounds), most);
      say("keys", found);
      expect(found.counterexample).toBeNull();
      expect(found.states).toBeGreaterThan(2000);
      expect(found.whole).toBe(true);
      expect([...found.noted.keys()].toSorted()).toEqual([
        "the key of a dossier of their time",
        "the key of a dossier that a device which never saw them leave opened later",
        "what is written later in a dossier of their time",
      ]);
    },
  );

  test("ten items, three handed over: three keys", async () => {
    const model = keyModel(cast, guards, { ...small, items: 10 });
    const items = Array.from({ length: 10 }, (_, at) => ({ under: "true", by: "holder", handed: [1, 4, 7].includes(at) }) as const);
    const dossier = { to: "g", opened: "before", items, slipped: null } as const;
    expect(model.broken({ ...model.start, dossiers: [dossier] })).toBeNull();
    expect(model.broken({ ...model.start, dossiers: [{ ...dossier, to: "B instead" }] })).toMatch(/^\(c\)/);
  });

  const lacking: [string, (real: KeyGuards) => Partial<KeyGuards>, RegExp][] = [
    ["devices check no roster chain", () => ({ trusts: async () => undefined }), /^\(a\) the server learns/],
    ["devices keep no pin", (real) => ({ trusts: (asked, view) => real.trusts(asked, view, null) }), /^\(b\) who was let go learns a key of a dossier/],
    [
      "devices take another desk in the place of the one they asked for",
      (real) => ({ trusts: (_, view, pin) => real.trusts(view.id, view, pin?.id === view.id ? pin : null) }),
      /^\((?:a|c|d)\)/,
    ],
    ["a new epoch is sealed to who was in the one before", () => ({ sealedTo: (_, before) => (before.length > 0 ? before : ["Lia", "Max"]) }), /^\((?:b|e)\)/],
    [
      "a new epoch is sealed to all who ever were",
      () => ({ sealedTo: (members) => [...new Set([...members, "Max"])] }),
      /^\(b\) who was let go learns the desk's key/,
    ],
    ["the new key is put under the old one", () => ({ bridge: "newer under older" }), /^\((?:b|e)\)/],
    ["a rotation leaves the old key behind", () => ({ bridge: "none" }), /^\(e\)/],
    [
      "the giver of a hand-over is not looked at",
      (real) => ({ giver: async () => cast.holder.signPublicKey, fits: async (ring) => ring, trusts: real.trusts }),
      /^\(a\)/,
    ],
    [
      "a hand-over may be of any time",
      (real) => ({ giver: (grant, ...rest) => real.giver({ ...grant, at: "2026-01-05T10:00:00Z" }, ...rest) }),
      /^\(d\) a hand-over was taken/,
    ],
    ["a key need not open what is there", () => ({ fits: async (ring) => ring }), /^\(a\) the server and a desk that was handed nothing/],
    ["one item is shared by the key of the dossier", () => ({ shares: "dossier key" }), /^\(c\)/],
  ];
  test.each(lacking)("%s: a counterexample is found", { timeout: 600_000 }, async (what, change, promise) => {
    const found = await explore(keyModel(cast, { ...guards, ...change(guards) }, small), most);
    if (night) say(`keys where ${what}`, found);
    expect(found.counterexample?.promise).toMatch(promise);
    expect(found.counterexample?.trace.length).toBeGreaterThan(0);
  });
});

describe("an honest server among people who are not", () => {
  test.each([
    ["sharing", sharing],
    ["weighing", weighing],
    ["adopting", adopting],
  ] as const)("%s: no promise is broken in any state", { timeout: 3_600_000 }, async (name, scene) => {
    const found = await explore(officeModel(scene, realOfficeGuards, within(scene)), most);
    say(name, found);
    expect(found.counterexample).toBeNull();
    expect(found.states).toBeGreaterThan(50);
    expect(found.whole).toBe(true);
  });

  const { access, decide, judge } = realOfficeGuards;
  const lacking: [string, Scene, Partial<OfficeGuards>, RegExp][] = [
    ["a withdrawal ends nothing", sharing, { withdrawalEnds: false }, /^\(f\)/],
    [
      "what has ended is still shown",
      sharing,
      {
        access: (table, all, ...rest) =>
          access(
            table,
            all.map((one) => ({ ...one, until: null })),
            ...rest,
          ),
      },
      /^\(f\)/,
    ],
    ["who left still counts as a member", sharing, { members: (epochs) => epochs.flat() }, /^\(b\)/],
    [
      "keys may be sealed to an epoch that is over",
      sharing,
      {
        judge: (given, grant, place) => {
          const { to } = grant.payload;
          const desks = new Map([...given.desks].map(([id, desk]) => [id, "desk" in to && to.desk === id ? { ...desk, epoch: to.epoch } : desk] as const));
          return judge({ ...given, desks }, grant, place);
        },
      },
      /^\(b\) keys are handed to epoch/,
    ],
    [
      "a withdrawn consent counts",
      sharing,
      {
        judge: (given, grant, place) =>
          judge({ ...given, consents: new Map([...given.consents].map(([hash, one]) => [hash, { ...one, withdrawn: null }] as const)) }, grant, place),
      },
      /^\(f\) keys are handed/,
    ],
    [
      "a consent counts after its end",
      sharing,
      {
        judge: (given, grant, place) =>
          judge(
            {
              ...given,
              consents: new Map(
                [...given.consents].map(([hash, one]) => [hash, { ...one, payload: { ...one.payload, until: "2027-01-01T00:00:00Z" } }] as const),
              ),
            },
            grant,
            place,
          ),
      },
      /^\(f\) keys are handed/,
    ],
    [
      "no consent is needed",
      weighing,
      {
        judge: (given, grant, place) => {
          const { consentAlways: _, ...table } = given.workflow;
          return judge({ ...given, workflow: { ...table, handOvers: table.handOvers.map((row) => ({ ...row, consent: false })) } }, grant, place);
        },
      },
      /^\(f\) keys are handed/,
    ],
    [
      "the owner keeps the roles of desks they sit at",
      weighing,
      { access: (table, all, ...rest) => access({ ...table, owner: "consulted" }, all, ...rest) },
      /^\(g\) holder acts as/,
    ],
    [
      "who wrote a weighing may decide on it",
      weighing,
      {
        decide: (table, state, header, ...rest) =>
          decide(table, { ...state, entries: state.entries.map((one) => ({ ...one, author: "somebody else" })) }, header, ...rest),
      },
      /^\(g\) Odile decides/,
    ],
    [
      "who wrote an advice may adopt it",
      adopting,
      {
        decide: (table, state, header, ...rest) =>
          decide(table, { ...state, entries: state.entries.map((one) => ({ ...one, author: "somebody else" })) }, header, ...rest),
      },
      /^\(g\) Ans decides/,
    ],
    ["a rotation may leave someone out or take someone along", sharing, { wrappedSet: () => undefined }, /^\(e\)/],
    ["roster and keys are not written together", sharing, { together: false }, /^\(e\)/],
  ];
  test.each(lacking)("%s: a counterexample is found", { timeout: 600_000 }, async (what, scene, change, promise) => {
    const found = await explore(officeModel(scene, { ...realOfficeGuards, ...change }, within(scene)), most);
    if (night) say(`the post office where ${what}`, found);
    expect(found.counterexample?.promise).toMatch(promise);
  });
});
