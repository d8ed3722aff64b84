/** Issue 2, from finding to measure: each proposal shows its finding and rule, the adviser's acts have a reason, risks follow the visible table. Run by vitest only. */
import fc from "fast-check";
import { Check } from "typebox/value";
import { beforeAll, describe, expect, it, test } from "vitest";
import { measures } from "#registers/measures/index.ts";
import { publishedSets, type QuestionSet } from "#registers/questions/index.ts";
import { likelihoodSteps, riskLevels, rules, scenarios, seriousnessSteps, topics } from "#registers/rules/index.ts";
import { Measure, MeasureEdits, riskDomains, rings, RiskAssessmentBody, type AdviceBody, type MeasureEdit } from "#services/scanning/contract/index.ts";
import { provisionListOf } from "#services/scanning/contract/provision.ts";
import {
  adviceMeasures,
  editsFor,
  holds,
  propose,
  proposeWhatFits,
  totalsOf,
  type ProposalError,
  riskOf,
  rowsToWeigh,
  weigh,
  type RiskRow,
  type RuledFinding,
} from "./index.ts";

const slot: RuledFinding = { id: "f1", domain: "wonen", ring: "shell", topic: "letterbox", seriousness: "high" };
const glass: RuledFinding = { id: "f2", domain: "wonen", ring: "shell", topic: "window-glass", seriousness: "low" };
const ownWords: RuledFinding = { id: "f3", domain: "wonen", ring: "plot", topic: null, seriousness: "medium" };
const own = {
  domain: "wonen",
  ring: "plot",
  what: "Grind op het pad",
  why: "Iemand is te horen.",
  who: "employer",
  provided: "provided",
  costLow: 200,
  costHigh: 600,
} as const;

const ids = (edits: readonly MeasureEdit[] = [], findings: readonly RuledFinding[] = [slot, glass, ownWords]) =>
  propose(findings, edits).list.map(({ measure, state }) => [measure, state]);

describe("proposals", () => {
  it("name the finding and the rule they came from, with the rule's sentence", () => {
    const letterbox = propose([slot]).list.find(({ measure }) => measure === "freestanding-letterbox");
    expect(letterbox).toMatchObject({ state: "proposed", because: [{ finding: "f1", rule: "letterbox-1" }], edits: [] });
    expect(letterbox?.because[0]?.text).toBe(rules.find(({ id }) => id === "letterbox-1")?.because);
  });
  it("stand once, with every finding and rule that leads to them", () => {
    const both = propose([slot, { ...slot, id: "f9", topic: "letterbox-fire" }]).list.filter(({ measure }) => measure === "letter-slot-closed");
    expect(both).toHaveLength(1);
    expect(both[0]?.because.map(({ finding, rule }) => [finding, rule])).toEqual([
      ["f1", "letterbox-1"],
      ["f9", "letterbox-fire-2"],
    ]);
  });
  it("follow seriousness and ring: folie at medium, gelaagd glas at high, a slot only in the facade", () => {
    const named = (finding: RuledFinding): string[] => propose([finding]).list.map(({ measure }) => measure);
    expect(named(glass)).toEqual(["curtains"]);
    expect(named({ ...glass, seriousness: "medium" })).toEqual(["curtains", "glass-film"]);
    expect(named({ ...glass, seriousness: "high" })).toEqual(["curtains", "glass-film", "glass-laminated"]);
    expect(named({ ...slot, ring: "plot" })).toEqual(["post-at-work"]);
  });
  it("leave a finding in the adviser's own words open", () => {
    expect(propose([slot, ownWords]).unanswered).toEqual(["f3"]);
  });
});

describe("acts of the adviser", () => {
  it("drop, with a reason that stays, and open the finding again when nothing else stands", () => {
    const edit: MeasureEdit = { measure: "curtains", change: "dropped", reason: "Er hangen al lamellen." };
    const after = propose([glass], [edit]);
    expect(after.list).toMatchObject([{ measure: "curtains", state: "dropped", edits: [edit], because: [{ finding: "f2" }] }]);
    expect(after.unanswered).toEqual(["f2"]);
    expect(adviceMeasures(after)).toEqual([]);
  });
  it("add one of the register, tied to a finding", () => {
    const edit: MeasureEdit = { measure: "plot-gate", change: "added", reason: "Het pad ligt open.", findings: ["f3"], as: null };
    const after = propose([ownWords], [edit]);
    expect(after.list).toMatchObject([{ measure: "plot-gate", state: "added", because: [{ finding: "f3", rule: null, text: "Het pad ligt open." }] }]);
    expect(after.unanswered).toEqual([]);
  });
  it("add one of their own: an advice is made to measure", () => {
    const edit: MeasureEdit = { measure: "own-gravel", change: "added", reason: "Werkt hier goed.", findings: ["f3"], as: own };
    expect(propose([ownWords], [edit]).list).toMatchObject([
      { state: "added", register: null, now: { what: "Grind op het pad", costBasis: "adviser", level: null } },
    ]);
  });
  it("change text, who pays and cost, and keep what the register said beside it", () => {
    const edit: MeasureEdit = { measure: "curtains", change: "changed", reason: "Offerte ligt er.", to: { costLow: 300, costHigh: 350, who: "employer" } };
    expect(propose([glass], [edit]).list).toMatchObject([
      { state: "changed", now: { costLow: 300, costHigh: 350, who: "employer", costBasis: "adviser" }, register: { cost: { low: 80 }, who: "own" } },
    ]);
  });
  it("count pieces: the register's price per piece is multiplied, an adviser's own price is not", () => {
    const finding: RuledFinding = { ...glass, seriousness: "medium" };
    const four: MeasureEdit = { measure: "glass-film", change: "changed", reason: "Vier ruiten.", to: { pieces: 4 } };
    const film = measures.get("glass-film")?.cost;
    const of = (...edits: MeasureEdit[]) => propose([finding], edits).list.find(({ measure }) => measure === "glass-film")?.now;
    expect(of(four)).toMatchObject({ pieces: 4, costLow: (film?.low ?? 0) * 4, costHigh: (film?.high ?? 0) * 4, costBasis: "own-estimate" });
    const priced: MeasureEdit = { measure: "glass-film", change: "changed", reason: "Offerte.", to: { costLow: 500, costHigh: 500 } };
    expect(of(priced, four)).toMatchObject({ pieces: 4, costLow: 500, costHigh: 500, costBasis: "adviser" });
  });
  it("put back what was dropped, with both reasons kept", () => {
    const edits: MeasureEdit[] = [
      { measure: "curtains", change: "dropped", reason: "Hangen er al." },
      { measure: "curtains", change: "added", reason: "Toch niet.", findings: [], as: null },
    ];
    expect(propose([glass], edits).list).toMatchObject([{ state: "added", edits, because: [{ finding: "f2", rule: "window-glass-1" }] }]);
  });

  const refused: readonly (readonly [string, readonly MeasureEdit[], ProposalError["code"]])[] = [
    ["a reason of blanks", [{ measure: "curtains", change: "dropped", reason: "  " }], "reason-missing"],
    ["no reason", [{ measure: "curtains", change: "dropped", reason: "" }], "edit-malformed"],
    ["a measure nobody knows", [{ measure: "moat", change: "added", reason: "x", findings: [], as: null }], "measure-unknown"],
    ["adding what stands", [{ measure: "curtains", change: "added", reason: "x", findings: [], as: null }], "measure-stands"],
    ["dropping what does not stand", [{ measure: "plot-gate", change: "dropped", reason: "x" }], "measure-not-there"],
    [
      "changing what was dropped",
      [
        { measure: "curtains", change: "dropped", reason: "x" },
        { measure: "curtains", change: "changed", reason: "x", to: {} },
      ],
      "measure-not-there",
    ],
    ["own contents under a register's id", [{ measure: "plot-gate", change: "added", reason: "x", findings: [], as: own }], "measure-in-register"],
    ["a cost that runs downward", [{ measure: "curtains", change: "changed", reason: "x", to: { costLow: 1_000 } }], "cost-reversed"],
    [
      "own contents with a cost that runs downward",
      [{ measure: "own-1", change: "added", reason: "x", findings: [], as: { ...own, costLow: 900 } }],
      "cost-reversed",
    ],
    ["a finding that is not there", [{ measure: "plot-gate", change: "added", reason: "x", findings: ["f99"], as: null }], "finding-unknown"],
  ];
  test.each(refused)("refuse %s", (_name, edits, code) => {
    expect(() => ids(edits)).toThrow(expect.objectContaining({ code, name: "ProposalError" }));
  });
});

const findings: fc.Arbitrary<readonly RuledFinding[]> = fc
  .array(
    fc.record({
      domain: fc.constantFrom(...riskDomains),
      ring: fc.constantFrom(...rings),
      topic: fc.constantFrom(...topics.keys(), null),
      seriousness: fc.constantFrom(...seriousnessSteps),
    }),
    { maxLength: 40 },
  )
  .map((list) => list.map((one, at) => ({ ...one, id: `f${at}` })));

describe("for any findings", () => {
  it("every proposal comes from a rule that holds for a finding that is there", () => {
    fc.assert(
      fc.property(findings, (list) => {
        for (const { measure, because } of propose(list).list) {
          expect(because.length).toBeGreaterThan(0);
          for (const { finding, rule } of because) {
            const from = list.find(({ id }) => id === finding);
            const by = rules.find(({ id }) => id === rule);
            expect(from !== undefined && by !== undefined && holds(by, from) && by.measures.includes(measure)).toBe(true);
          }
        }
      }),
    );
  });
  it("more seriousness never proposes less", () => {
    fc.assert(
      fc.property(findings, (list) => {
        const more = propose(list.map((one) => ({ ...one, seriousness: "high" as const }))).list.map(({ measure }) => measure);
        expect(more).toEqual(expect.arrayContaining(propose(list).list.map(({ measure }) => measure)));
      }),
    );
  });
  it("fits an advice, and the employer's list of it holds no why, rule or finding", () => {
    fc.assert(
      fc.property(findings, (list) => {
        const made = adviceMeasures(propose(list), new Map([["curtains", "2027-01-31"]]));
        for (const one of made) expect(Check(Measure, one)).toBe(true);
        const advice: AdviceBody = { version: 1, adviceVersion: 1, address: "Demostraat 1", sections: [], measures: made.slice(0, 150), attachments: [] };
        const provision = JSON.stringify(provisionListOf(advice, { name: "Demo Wethouder", contact: "" }));
        for (const { because } of rules) expect(provision.includes(because)).toBe(false);
        expect(provision).not.toMatch(/"(?:why|findings)"/u);
      }),
      { numRuns: 40 },
    );
  });
});

describe("the question sets", () => {
  let sets: readonly QuestionSet[] = [];
  beforeAll(async () => {
    sets = await Promise.all(publishedSets.map(({ load }) => load()));
  });
  it("propose no finding that is left without a measure or a scenario", () => {
    for (const { questions } of sets) {
      const all = questions.flatMap((question) =>
        question.findings.map(({ id, topic, ring, seriousness }): RuledFinding => ({
          id,
          topic,
          ring,
          seriousness,
          domain: topics.get(topic)?.domain ?? question.domain,
        })),
      );
      expect(propose(all).unanswered).toEqual([]);
      expect(new Set(rowsToWeigh(all).flatMap((row) => row.findings))).toEqual(new Set(all.map(({ id }) => id)));
      expect(rowsToWeigh(all)).toHaveLength(scenarios.length);
    }
  });
});

describe("risk assessment (lid 4 onder b)", () => {
  test.each([
    ["low", "unlikely", "acceptable"],
    ["low", "possible", "acceptable"],
    ["low", "likely", "attention"],
    ["medium", "unlikely", "acceptable"],
    ["medium", "possible", "attention"],
    ["medium", "likely", "serious"],
    ["high", "unlikely", "attention"],
    ["high", "possible", "serious"],
    ["high", "likely", "critical"],
  ] as const)("%s and %s is %s", (seriousness, likelihood, level) => expect(riskOf(seriousness, likelihood)).toBe(level));

  const row = (id: string, change: Partial<RiskRow> = {}): RiskRow => ({
    id,
    domain: "wonen",
    scenario: "Brand bij de voordeur",
    findings: ["f1"],
    seriousness: "high",
    likelihood: "possible",
    remaining: { seriousness: "medium", likelihood: "unlikely" },
    ...change,
  });
  it("starts with a row per scenario, as serious as its most serious finding, and leaves the likelihood to a person", () => {
    expect(rowsToWeigh([glass, slot, ownWords, { ...glass, id: "f4", seriousness: "medium" }])).toEqual([
      { id: "fire-explosive", domain: "wonen", scenario: "Iemand sticht brand of legt een explosief bij de woning.", findings: ["f1"], seriousness: "high" },
      { id: "thrown-shot", domain: "wonen", scenario: "Iemand gooit of schiet op de woning.", findings: ["f2", "f4"], seriousness: "medium" },
    ]);
  });
  it("says what is left, per domain and in all", () => {
    const weighed = weigh([row("r1"), row("r2", { domain: "werk", remaining: { seriousness: "medium", likelihood: "possible" } })], ["f1"]);
    expect(weighed).toEqual({
      rows: [
        { id: "r1", before: "serious", after: "acceptable" },
        { id: "r2", before: "serious", after: "attention" },
      ],
      domains: { wonen: { before: "serious", after: "acceptable" }, werk: { before: "serious", after: "attention" } },
      remaining: "attention",
      remarks: [],
    });
    expect(weigh([]).remaining).toBeNull();
  });
  it("remarks on a risk that goes up, one that stays critical, and a finding nobody weighed", () => {
    const worst = { seriousness: "high", likelihood: "likely" } as const;
    expect(weigh([row("r1", { remaining: worst })], ["f1", "f2"]).remarks).toEqual([
      { code: "risk-goes-up", row: "r1" },
      { code: "still-critical", row: "r1" },
      { code: "finding-not-weighed", finding: "f2" },
    ]);
  });
  it("never says less is left than the highest row, for any rows", () => {
    const part = { seriousness: fc.constantFrom(...seriousnessSteps), likelihood: fc.constantFrom(...likelihoodSteps) };
    fc.assert(
      fc.property(fc.array(fc.record({ ...part, domain: fc.constantFrom(...riskDomains), remaining: fc.record(part) }), { maxLength: 20 }), (parts) => {
        const rows = parts.map((one, at) => row(`r${at}`, one));
        expect(Check(RiskAssessmentBody, { version: 1, rows, remainingRisk: "" })).toBe(true);
        const { remaining, rows: weighed, domains } = weigh(rows);
        const rank = (level: (typeof riskLevels)[number] | null): number => (level === null ? -1 : riskLevels.indexOf(level));
        expect(rank(remaining)).toBe(Math.max(-1, ...weighed.map(({ after }) => rank(after))));
        expect(rank(remaining)).toBe(Math.max(-1, ...Object.values(domains).map(({ after }) => rank(after))));
      }),
    );
  });
});

it("acts travel as plain data", () => {
  const edits: MeasureEdit[] = [{ measure: "own-gravel", change: "added", reason: "Werkt hier goed.", findings: ["f3"], as: own }];
  expect(Check(MeasureEdits, JSON.parse(JSON.stringify(edits)))).toBe(true);
});

describe("an advice written without proposals", () => {
  const old: AdviceBody["measures"] = [
    {
      id: "m1",
      domain: "wonen",
      what: "Slot",
      why: "Oud.",
      findings: ["f1", "weg"],
      provided: "provided",
      costLow: 10,
      costHigh: 20,
      byWhen: "2026-12-01",
      who: "own",
    },
    {
      id: "curtains",
      domain: "wonen",
      what: "Dikke gordijnen",
      why: "",
      findings: [],
      provided: "on-loan",
      costLow: 5,
      costHigh: 5,
      byWhen: null,
      who: "employer",
    },
  ];
  const said = { stood: "Stond er al.", stoodNot: "Stond er niet." };
  it("reads as it did, whatever the rules would propose now, and keeps its dates", () => {
    const findings = [slot, glass, ownWords];
    const edits = editsFor(old, findings, said);
    const now = adviceMeasures(propose(findings, edits), new Map([["m1", "2026-12-01"]]));
    expect(now.toSorted((a, b) => b.id.localeCompare(a.id))).toEqual([
      { ...old[0], findings: ["f1"] },
      expect.objectContaining({ id: "curtains", what: "Dikke gordijnen", provided: "on-loan", costLow: 5, costHigh: 5, who: "employer" }),
    ]);
    expect(edits.every(({ reason }) => reason.trim() !== "")).toBe(true);
  });
  it("can be changed like any other: a dropped proposal comes back when its act is undone", () => {
    const edits = editsFor(old, [slot], said);
    const undone = edits.filter(({ measure, change }) => !(measure === "freestanding-letterbox" && change === "dropped"));
    expect(propose([slot], undone).list.find(({ measure }) => measure === "freestanding-letterbox")?.state).toBe("proposed");
  });
});

describe("acts that no longer fit", () => {
  it("are set aside, one by one, and stop nothing else", () => {
    const fits: MeasureEdit = { measure: "curtains", change: "dropped", reason: "Er hangen lamellen." };
    const gone: MeasureEdit = { measure: "glass-film", change: "changed", reason: "Dubbel glas.", to: { pieces: 2 } };
    const after = proposeWhatFits([glass], [gone, fits]);
    expect([after.edits, after.misfits]).toEqual([[fits], [gone]]);
    expect(after.list.map(({ measure, state }) => [measure, state])).toEqual([["curtains", "dropped"]]);
  });
  it("give the same as propose when all fit", () => {
    const edits: MeasureEdit[] = [{ measure: "plot-gate", change: "added", reason: "Open pad.", findings: ["f3"], as: null }];
    const { edits: kept, misfits, ...proposals } = proposeWhatFits([slot, ownWords], edits);
    expect([kept, misfits, proposals]).toEqual([edits, [], propose([slot, ownWords], edits)]);
  });
});

it("costs are summed per payer", () => {
  expect(
    totalsOf([
      { who: "own", costLow: 1, costHigh: 2 },
      { who: "employer", costLow: 3, costHigh: 4 },
      { who: "employer", costLow: 5, costHigh: 6 },
    ]),
  ).toEqual({
    own: { low: 1, high: 2, count: 1 },
    employer: { low: 8, high: 10, count: 2 },
  });
});
