/** Regeling arts 2.9, 3.9 and 4.9 lid by lid, and the articles of the Besluit beside them: each case is named after where it stands. Run by vitest only. */
import { describe, expect, it, test } from "vitest";
import { defaultSettings, functions, settings as described, ways } from "#registers/functions/index.ts";
import { decide, SituationError, withSettings, type Decision, type Situation } from "./index.ts";
import { complete } from "./testing.ts";

const outside = { home: "outside" } as const;
const noPkvw = { certificate: { state: "none", issuedOn: null, validUntil: null } } as const;

/** The condition of an article, or undefined when it was not looked at. */
const at = (decision: Decision, article: string) => decision.conditions.find((one) => one.article === article);
const of = (change: Partial<Situation>, chosen: Parameters<typeof withSettings>[0] = {}): Decision => decide({ ...complete, ...change }, withSettings(chosen));

interface Row {
  readonly name: string;
  readonly change: Partial<Situation>;
  readonly where: string;
  readonly code: string;
  readonly state: string;
  readonly outcome: Decision["outcome"];
  readonly mayStart: boolean;
}
const row = (name: string, change: Partial<Situation>, where: string, code: string, state: string, outcome: Decision["outcome"], mayStart = true): Row => ({
  name,
  change,
  where,
  code,
  state,
  outcome,
  mayStart,
});

const lid1 = (["kings-commissioner", "provincial-executive", "mayor", "alderman", "water-authority-chair", "water-authority-executive"] as const).map(
  (office) => {
    const article = office.startsWith("water") ? "4.9" : ["mayor", "alderman"].includes(office) ? "3.9" : "2.9";
    return row(`${article} lid 1: ${office} is named`, { function: office }, `Regeling art. ${article} lid 1`, "function-named", "met", "claim");
  },
);

const table: readonly Row[] = [
  ...lid1,
  row("3.9 lid 1: a councillor is not named", { function: "councillor" }, "Regeling art. 3.9 lid 1", "function-outside", "not-met", "elsewhere", false),
  row("3.9 lid 1: a committee member", { function: "committee-member" }, "Regeling art. 3.9 lid 1", "function-not-named", "not-met", "elsewhere", false),
  row("2.9 lid 1: a Statenlid", { function: "provincial-councillor" }, "Regeling art. 2.9 lid 1", "function-outside", "not-met", "elsewhere", false),
  row("4.9 lid 1: an AB-lid", { function: "water-authority-general-board" }, "Regeling art. 4.9 lid 1", "function-not-named", "not-met", "elsewhere", false),

  row("3.9 lid 2: home in the own municipality", {}, "Regeling art. 3.9 lid 2", "home-inside", "met", "claim"),
  row(
    "3.9 lid 2: home elsewhere with an ontheffing",
    { ...outside, ontheffing: { state: "granted", until: "2027-03-01" } },
    "Regeling art. 3.9 lid 2",
    "home-granted",
    "met",
    "claim",
  ),
  row(
    "3.9 lid 2: the ontheffing still counts on its last day",
    { ...outside, ontheffing: { state: "granted", until: "2026-11-25" } },
    "Regeling art. 3.9 lid 2",
    "home-granted",
    "met",
    "claim",
  ),
  row(
    "3.9 lid 2: the ontheffing ended",
    { ...outside, ontheffing: { state: "granted", until: "2026-11-24" } },
    "Regeling art. 3.9 lid 2",
    "home-ended",
    "not-met",
    "on-the-way",
  ),
  row("3.9 lid 2: no ontheffing asked", { ...outside }, "Regeling art. 3.9 lid 2", "home-not-asked", "not-met", "on-the-way"),
  row(
    "3.9 lid 2: ontheffing asked",
    { ...outside, ontheffing: { state: "requested", until: null } },
    "Regeling art. 3.9 lid 2",
    "home-requested",
    "not-known",
    "on-the-way",
  ),
  row(
    "3.9 lid 2: ontheffing refused",
    { ...outside, ontheffing: { state: "refused", until: null } },
    "Regeling art. 3.9 lid 2",
    "home-refused",
    "not-met",
    "no-claim",
    false,
  ),
  row(
    "3.9 lid 2: ontheffing not known",
    { ...outside, ontheffing: { state: "unknown", until: null } },
    "Regeling art. 3.9 lid 2",
    "home-ontheffing-unknown",
    "not-known",
    "on-the-way",
  ),
  row("3.9 lid 2: home not known", { home: "unknown" }, "Regeling art. 3.9 lid 2", "home-unknown", "not-known", "on-the-way"),
  row(
    "2.9 lid 2: a gedeputeerde who lives in another province",
    { ...outside, function: "provincial-executive" },
    "Regeling art. 2.9 lid 2",
    "home-not-asked",
    "not-met",
    "on-the-way",
  ),
  row(
    "4.9 lid 2: a water authority asks for no residence",
    { ...outside, function: "water-authority-chair", ontheffing: { state: "refused", until: null } },
    "Regeling art. 4.9 lid 2",
    "home-free",
    "met",
    "claim",
  ),

  row(
    "3.9 lid 4 onder a: no threat analysis",
    { advice: { ...complete.advice, analysis: false } },
    "Regeling art. 3.9 lid 4 onder a",
    "analysis-missing",
    "not-met",
    "on-the-way",
  ),
  row(
    "3.9 lid 4 onder b: no assessment of the home",
    { advice: { ...complete.advice, assessment: false } },
    "Regeling art. 3.9 lid 4 onder b",
    "assessment-missing",
    "not-met",
    "on-the-way",
  ),
  row("3.9 lid 4: not adopted yet", { advice: { ...complete.advice, adoptedOn: null } }, "Regeling art. 3.9 lid 4", "advice-open", "not-met", "on-the-way"),
  row(
    "3.9 lid 4: adopted later",
    { advice: { ...complete.advice, adoptedOn: "2026-12-01" } },
    "Regeling art. 3.9 lid 4",
    "advice-ahead",
    "not-met",
    "on-the-way",
  ),

  row("3.9 lid 5 onder a: in office", {}, "Regeling art. 3.9 lid 5 onder a", "in-office", "met", "claim"),
  row("3.9 lid 5 onder a: appointed, begins later", { since: "2027-01-10" }, "Regeling art. 3.9 lid 5 onder a", "office-ahead", "met", "claim"),
  row("3.9 lid 5 onder a: certain to take it", { standing: "certain", since: "2026-11-20" }, "Regeling art. 3.9 lid 5 onder a", "certain", "met", "claim"),
  row(
    "3.9 lid 5 onder a: certain only later",
    { standing: "certain", since: "2026-11-26" },
    "Regeling art. 3.9 lid 5 onder a",
    "certain-later",
    "not-met",
    "on-the-way",
    false,
  ),
  row("3.9 lid 5 onder a: since when is not known", { since: null }, "Regeling art. 3.9 lid 5 onder a", "since-unknown", "not-known", "on-the-way", false),
  row("3.9 lid 5 onder a: left", { standing: "left" }, "Regeling art. 3.9 lid 5 onder a", "left", "not-met", "no-claim", false),
  row("3.9 lid 5 onder a: the last day in office counts", { until: "2026-11-25" }, "Regeling art. 3.9 lid 5 onder a", "in-office", "met", "claim"),
  row("3.9 lid 5 onder a: the day after it does not", { until: "2026-11-24" }, "Regeling art. 3.9 lid 5 onder a", "left", "not-met", "no-claim", false),
  row("3.9 lid 5 onder a: neither", { standing: "neither" }, "Regeling art. 3.9 lid 5 onder a", "neither", "not-met", "no-claim", false),
  row("3.9 lid 5 onder a: not known", { standing: "unknown" }, "Regeling art. 3.9 lid 5 onder a", "standing-unknown", "not-known", "on-the-way", false),

  row("3.9 lid 5 onder b: a valid certificate", {}, "Regeling art. 3.9 lid 5 onder b", "pkvw-valid", "met", "claim"),
  row(
    "3.9 lid 5 onder b: the certificate counts on its last day",
    { certificate: { state: "issued", issuedOn: null, validUntil: "2026-11-25" } },
    "Regeling art. 3.9 lid 5 onder b",
    "pkvw-ends-soon",
    "met",
    "claim",
  ),
  row(
    "3.9 lid 5 onder b: the certificate ended",
    { certificate: { state: "issued", issuedOn: null, validUntil: "2026-11-24" } },
    "Regeling art. 3.9 lid 5 onder b",
    "pkvw-expired",
    "not-met",
    "on-the-way",
  ),
  row(
    "3.9 lid 5 onder b: the certificate begins later",
    { certificate: { state: "issued", issuedOn: "2026-12-01", validUntil: "2036-12-01" } },
    "Regeling art. 3.9 lid 5 onder b",
    "pkvw-ahead",
    "not-met",
    "on-the-way",
  ),
  row(
    "3.9 lid 5 onder b: no end date",
    { certificate: { state: "issued", issuedOn: "2025-01-01", validUntil: null } },
    "Regeling art. 3.9 lid 5 onder b",
    "pkvw-no-end",
    "not-known",
    "on-the-way",
  ),
  row(
    "3.9 lid 5 onder b: applied for",
    { certificate: { state: "applied", issuedOn: null, validUntil: null } },
    "Regeling art. 3.9 lid 5 onder b",
    "pkvw-applied",
    "not-met",
    "on-the-way",
  ),
  row("3.9 lid 5 onder b: none", noPkvw, "Regeling art. 3.9 lid 5 onder b", "pkvw-none", "not-met", "on-the-way"),
  row(
    "3.9 lid 5 onder b: not known",
    { certificate: { state: "unknown", issuedOn: null, validUntil: null } },
    "Regeling art. 3.9 lid 5 onder b",
    "pkvw-unknown",
    "not-known",
    "on-the-way",
  ),
  row(
    "3.9 lid 5 onder b: a reasoned exception",
    { ...noPkvw, exception: { by: "Demo Adviseur", on: "2026-11-10", reason: "Rijksmonument" } },
    "Regeling art. 3.9 lid 5 onder b",
    "pkvw-exception",
    "by-exception",
    "claim",
  ),
  ...[
    { lacks: "who", exception: { by: " ", on: "2026-11-10", reason: "Rijksmonument" } },
    { lacks: "when", exception: { by: "Demo Adviseur", on: null, reason: "Rijksmonument" } },
    { lacks: "why", exception: { by: "Demo Adviseur", on: "2026-11-10", reason: "" } },
    { lacks: "a day that has come", exception: { by: "Demo Adviseur", on: "2026-11-26", reason: "Rijksmonument" } },
  ].map(({ lacks, exception }) =>
    row(
      `3.9 lid 5 onder b: an exception without ${lacks}`,
      { ...noPkvw, exception },
      "Regeling art. 3.9 lid 5 onder b",
      "pkvw-exception-open",
      "not-known",
      "on-the-way",
    ),
  ),
  row(
    "3.9 lid 5 onder b: a valid certificate needs no exception",
    { exception: { by: "", on: null, reason: "" } },
    "Regeling art. 3.9 lid 5 onder b",
    "pkvw-valid",
    "met",
    "claim",
  ),

  row("3.9 lid 6: moved, with a new advice", { moved: true }, "Regeling art. 3.9 lid 6", "moved-covered", "met", "claim"),
  row(
    "3.9 lid 6: moved, the advice is about the old home",
    { moved: true, advice: { ...complete.advice, forThisHome: false } },
    "Regeling art. 3.9 lid 6",
    "moved-open",
    "not-met",
    "on-the-way",
  ),
  row(
    "3.9 lid 6: an advice for another home gives nothing here",
    { advice: { ...complete.advice, forThisHome: false } },
    "Regeling art. 3.9 lid 6",
    "other-home",
    "not-met",
    "on-the-way",
  ),

  row("Besluit 3.2.14: an acting mayor", { capacity: "acting" }, "Besluit art. 3.2.14", "acting-head", "met", "claim"),
  row(
    "Besluit 2.2.14: an acting King's commissioner",
    { capacity: "acting", function: "kings-commissioner" },
    "Besluit art. 2.2.14",
    "acting-head",
    "met",
    "claim",
  ),
  row("Besluit 4.2.14: an acting chair", { capacity: "acting", function: "water-authority-chair" }, "Besluit art. 4.2.14", "acting-head", "met", "claim"),
  row(
    "Besluit 3.3.1: no article on an acting alderman",
    { capacity: "acting", function: "alderman" },
    "Besluit art. 3.3.1",
    "acting-unclear",
    "not-known",
    "on-the-way",
  ),
  row("Besluit 3.2.18: a suspended mayor keeps it", { capacity: "suspended" }, "Besluit art. 3.2.18", "suspended-keeps", "met", "claim"),
  row(
    "Besluit 2.3.1: no article on a suspended gedeputeerde",
    { capacity: "suspended", function: "provincial-executive" },
    "Besluit art. 2.3.1",
    "suspended-unclear",
    "not-known",
    "on-the-way",
  ),
];

describe("the entitlement table", () => {
  test.each(table)("$name", ({ change, where, code, state, outcome, mayStart }) => {
    const decision = of(change);
    expect(at(decision, where)).toMatchObject({ code, state });
    expect(decision).toMatchObject({ outcome, claim: outcome === "claim", mayStart });
  });

  it("3.9 lid 1, 3 and 7: measures in kind, costs for the municipality, some on loan", () => {
    expect(of({}).grounds.map(({ article, code }) => [article, code])).toEqual([
      ["Regeling art. 3.9 lid 1", "in-kind"],
      ["Regeling art. 3.9 lid 3", "costs-employer"],
      ["Regeling art. 3.9 lid 7", "loan-possible"],
    ]);
  });
  it("2.9 and 4.9 lid 3: the costs are the province's, the water authority's", () => {
    expect(of({ function: "kings-commissioner" }).grounds[1]).toMatchObject({ article: "Regeling art. 2.9 lid 3", nl: "Uw provincie betaalt de maatregelen." });
    expect(of({ function: "water-authority-executive" }).grounds[1]).toMatchObject({
      article: "Regeling art. 4.9 lid 3",
      nl: "Uw waterschap betaalt de maatregelen.",
    });
  });
  it("3.9 lid 7: leaving office sends loans back within the set number of days", () => {
    const back = of({ until: "2027-01-31" }, { "loans-return-days": 28 }).grounds.find(({ code }) => code === "loans-return");
    expect(back).toMatchObject({ article: "Regeling art. 3.9 lid 7", nl: "Geleende maatregelen gaan terug, uiterlijk op 28 februari 2027." });
    expect(of({ standing: "left" }).grounds.map(({ code }) => code)).toEqual(["loans-back", "provided-stay"]);
    expect(of({ standing: "left" }, { "provided-stay": false }).grounds.map(({ code }) => code)).toEqual(["loans-back", "provided-asked"]);
  });
  it("Besluit 3.2.16 onder b: several municipalities share the costs of one mayor, nobody else's", () => {
    expect(of({ municipalities: 2 }).grounds).toContainEqual(expect.objectContaining({ article: "Besluit art. 3.2.16 onder b", code: "costs-shared" }));
    expect(of({ municipalities: 2, function: "alderman" }).grounds.map(({ code }) => code)).not.toContain("costs-shared");
  });
  it("Besluit 3.4.4: a committee member is led to 3.3.1 by analogy", () => {
    expect(of({ function: "committee-member" }).ways.find(({ id }) => id === "employer-costs")?.nl).toContain("3.4.4 jo. 3.3.1");
  });
  it("3.9 lid 5: without a certificate the todo says what to do and at whose cost", () => {
    expect(of(noPkvw).todo).toEqual([expect.objectContaining({ code: "get-pkvw", article: "Regeling art. 3.9 lid 5 onder b" })]);
  });
});

describe("who is led where", () => {
  it("a councillor to the CCV scan of their own, first of all", () => {
    expect(of({ function: "councillor" }).ways[0]?.id).toBe("councillor-scan");
  });
  test.each([
    ["provincial-councillor", "scan-provincial-councillor"],
    ["water-authority-general-board", "scan-general-board"],
    ["committee-member", "scan-committee-member"],
  ] as const)("a %s to the CCV with the question, or to a scan once setting %s says so", (office, setting) => {
    expect(of({ function: office }).ways[0]?.id).toBe("ask-ccv");
    const chosen = of({ function: office }, { [setting]: "councillor-scan" });
    expect(chosen.ways[0]?.id).toBe("councillor-scan");
    expect(chosen.settings).toEqual([setting]);
  });
  it("someone who left to the costs after office, someone not yet certain to asking again, someone refused to another home", () => {
    expect(of({ standing: "left" }).ways[0]?.id).toBe("costs-after-office");
    expect(of({ standing: "neither" }).ways[0]?.id).toBe("ask-again");
    expect(of({ ...outside, ontheffing: { state: "refused", until: null } }).ways[0]?.id).toBe("another-home");
  });
  it("gives every function a way that is worded", () => {
    for (const { id, ways: named } of functions.values()) expect([id, named.filter((way) => ways.has(way)).length]).toEqual([id, named.length]);
  });
});

describe("open points are settings", () => {
  it("pkvw-validity-years: counts from the day of issue when it is set, 29 February included", () => {
    const certificate = { state: "issued", issuedOn: "2024-02-29", validUntil: null } as const;
    expect(at(of({ certificate }, { "pkvw-validity-years": 3 }), "Regeling art. 3.9 lid 5 onder b")).toMatchObject({
      code: "pkvw-valid",
      nl: expect.stringContaining("28 februari 2027"),
    });
    expect(at(of({ certificate }, { "pkvw-validity-years": 2 }), "Regeling art. 3.9 lid 5 onder b")).toMatchObject({ code: "pkvw-expired" });
  });
  it("pkvw-warn-days: announces the end ahead", () => {
    const certificate = { state: "issued", issuedOn: null, validUntil: "2027-02-23" } as const;
    expect(of({ certificate }).todo.map(({ code }) => code)).toEqual(["renew-pkvw"]);
    expect(of({ certificate }, { "pkvw-warn-days": 89 }).todo).toEqual([]);
  });
  it("pkvw-gate-at: the scan may wait for the certificate", () => {
    expect(of(noPkvw).mayStart).toBe(true);
    expect(of(noPkvw, { "pkvw-gate-at": "start" }).mayStart).toBe(false);
  });
  it("pkvw-exception-by: says who decides", () => {
    const asked = { ...noPkvw, exception: { by: "", on: null, reason: "Huurwoning" } };
    expect(of(asked).todo[0]?.nl).toMatch(/^Het CCV/u);
    expect(of(asked, { "pkvw-exception-by": "authority" }).todo[0]?.nl).toMatch(/^De beveiligingsautoriteit/u);
  });
  it("ontheffing-without-end: counts, or is asked after", () => {
    const open: Partial<Situation> = { ...outside, ontheffing: { state: "granted", until: null } };
    expect(of(open).claim).toBe(true);
    expect(of(open, { "ontheffing-without-end": false }).todo.map(({ code }) => code)).toEqual(["give-ontheffing"]);
  });
  it("advice-valid-years: an advice may grow old", () => {
    const old: Partial<Situation> = { advice: { ...complete.advice, adoptedOn: "2021-11-24" } };
    expect(of(old).claim).toBe(true);
    expect(of(old, { "advice-valid-years": 5 }).conditions).toContainEqual(expect.objectContaining({ code: "advice-old", state: "not-met" }));
  });
  it("names every setting once with a note, and refuses a value a setting may not have", () => {
    expect(described.map(({ id }) => id).toSorted()).toEqual(Object.keys(defaultSettings).toSorted());
    expect(() => withSettings({ "loans-return-days": -1 })).toThrow(SituationError);
  });
});
