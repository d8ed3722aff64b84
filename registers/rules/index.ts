/** Readable rules from finding to measure, the risk table and the scenarios it is used on, as checked data. Read by services/scanning/proposals and by screens. */
import Type, { type Static } from "typebox";
import { measures, type MeasureRow } from "#registers/measures/index.ts";
import { idPattern, known, onlyOnce, readRegister, RegisterError } from "#registers/register.ts";
import { cited, citesKnown } from "#registers/sources/index.ts";
import { Likelihood, Ring, RiskDomain, Seriousness } from "#services/scanning/contract/index.ts";
import riskData from "./risk.json" with { type: "json" };
import ruleData from "./rules.json" with { type: "json" };
import scenarioData from "./scenarios.json" with { type: "json" };
import { topics, type Topic } from "./topics.ts";

export { topics, type Topic } from "./topics.ts";

const room = "registers/rules";
const Id = Type.String({ pattern: idPattern });
const Text = Type.String({ minLength: 1, maxLength: 600 });

/** One rule: for findings of this topic (and domain, ring, seriousness where named) these measures, because of this. */
export const Rule = Type.Object(
  {
    id: Id,
    when: Type.Object(
      { topic: Id, domain: Type.Optional(RiskDomain), ring: Type.Optional(Ring), atLeast: Type.Optional(Seriousness) },
      { additionalProperties: false },
    ),
    measures: Type.Array(Id, { minItems: 1, uniqueItems: true }),
    /** One plain Dutch sentence. */
    because: Text,
    ...cited,
  },
  { additionalProperties: false },
);
/** One rule. */
export type Rule = Static<typeof Rule>;
const RuleFile = Type.Object({ about: Type.String(), rules: Type.Array(Rule) }, { additionalProperties: false });

/** Steps of the risk table, lowest first. */
export const riskLevels = ["acceptable", "attention", "serious", "critical"] as const;
export const RiskLevel = Type.Enum(riskLevels);
export type RiskLevel = (typeof riskLevels)[number];

const axis = <T extends Type.TSchema>(id: T) =>
  Type.Array(Type.Object({ id, nl: Text, en: Text, means: Text }, { additionalProperties: false }), { minItems: 3, maxItems: 3 });
/** The risk table with its words. */
export const RiskTable = Type.Object(
  {
    about: Type.String(),
    ...cited,
    seriousness: axis(Seriousness),
    likelihood: axis(Likelihood),
    levels: Type.Array(Type.Object({ id: RiskLevel, rank: Type.Integer({ minimum: 1 }), nl: Text, en: Text, means: Text }, { additionalProperties: false })),
    table: Type.Array(Type.Object({ seriousness: Seriousness, likelihood: Likelihood, level: RiskLevel }, { additionalProperties: false })),
  },
  { additionalProperties: false },
);
/** The risk table with its words. */
export type RiskTable = Static<typeof RiskTable>;

const Scenario = Type.Object(
  { id: Id, domain: RiskDomain, text: Text, topics: Type.Array(Id, { minItems: 1, uniqueItems: true }) },
  { additionalProperties: false },
);
/** Something that could happen, and the topics of findings that make it easier. */
export type Scenario = Static<typeof Scenario>;
const ScenarioFile = Type.Object({ about: Type.String(), source: Id, date: cited.date, scenarios: Type.Array(Scenario) }, { additionalProperties: false });

/** Seriousness from low to high. */
export const seriousnessSteps = ["low", "medium", "high"] as const satisfies readonly Seriousness[];
/** Likelihood from low to high. */
export const likelihoodSteps = ["unlikely", "possible", "likely"] as const satisfies readonly Likelihood[];

/** Reads and checks the rules: topics and measures exist, and every measure is reached by a rule or marked `onRequest`. @throws {@link RegisterError} naming file and id. */
export function readRules(value: unknown, among: ReadonlyMap<string, MeasureRow>, about: ReadonlyMap<string, Topic>): readonly Rule[] {
  const file = `${room}/rules.json`;
  const { rules: rows } = readRegister(RuleFile, value, file);
  onlyOnce(rows, file);
  citesKnown(rows, file);
  const ids = new Set(among.keys());
  const topicIds = new Set(about.keys());
  for (const { id, when, measures: named } of rows) {
    known([when.topic], topicIds, file, id, "topic");
    known(named, ids, file, id, "measure");
  }
  const reached = new Set(rows.flatMap((row) => row.measures));
  for (const { id, onRequest } of among.values())
    if (reached.has(id) === onRequest) throw new RegisterError(`${file} ${id}: a measure is reached by a rule, or is on request only, never both or neither`);
  return rows;
}

/** Reads and checks the risk table: every cell once, and never a lower level for more seriousness or likelihood. @throws {@link RegisterError} naming file and cell. */
export function readRiskTable(value: unknown): RiskTable {
  const file = `${room}/risk.json`;
  const read = readRegister(RiskTable, value, file);
  citesKnown([{ id: "table", source: read.source }], file);
  const rank = (s: number, l: number): number => {
    const cells = read.table.filter((cell) => cell.seriousness === seriousnessSteps[s] && cell.likelihood === likelihoodSteps[l]);
    const [cell] = cells;
    if (cell === undefined || cells.length > 1) throw new RegisterError(`${file} ${seriousnessSteps[s]}/${likelihoodSteps[l]}: this cell must be there once`);
    return riskLevels.indexOf(cell.level);
  };
  for (const s of [0, 1, 2])
    for (const l of [0, 1, 2])
      if ((s > 0 && rank(s, l) < rank(s - 1, l)) || (l > 0 && rank(s, l) < rank(s, l - 1)))
        throw new RegisterError(`${file} ${seriousnessSteps[s]}/${likelihoodSteps[l]}: the level goes down where the risk goes up`);
  return read;
}

/** Reads and checks the scenarios: every topic belongs to exactly one. @throws {@link RegisterError} naming file and id. */
export function readScenarios(value: unknown, about: ReadonlyMap<string, Topic>): readonly Scenario[] {
  const file = `${room}/scenarios.json`;
  const read = readRegister(ScenarioFile, value, file);
  onlyOnce(read.scenarios, file);
  citesKnown([{ id: "scenarios", source: read.source }], file);
  onlyOnce(
    read.scenarios.flatMap((scenario) => scenario.topics.map((id) => ({ id }))),
    file,
  );
  const placed = new Set<string>();
  for (const { id, topics: names } of read.scenarios) {
    known(names, new Set(about.keys()), file, id, "topic");
    for (const name of names) placed.add(name);
  }
  known(about.keys(), placed, file, "scenarios", "scenario of topic");
  return read.scenarios;
}

/** Every rule. */
export const rules: readonly Rule[] = readRules(ruleData, measures, topics);
/** The risk table. */
export const riskTable: RiskTable = readRiskTable(riskData);
/** Every scenario. */
export const scenarios: readonly Scenario[] = readScenarios(scenarioData, topics);
