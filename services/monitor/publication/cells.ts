/** Which cells the rules ask for, who is in each, and what they are called. Called by protection.ts and tables.ts. */
import type { PublicationRules } from "#registers/publications/index.ts";
import type { Questionnaire } from "#registers/questionnaires/index.ts";
import type { Both } from "#services/monitor/contract/publication.ts";
import { PublicationError } from "./errors.ts";
import type { Group } from "./group-name.ts";
import { columnOf, stratumCode, type Sample } from "./sample.ts";

type RulesDimension = PublicationRules["dimensions"][number];
type RulesIndicator = PublicationRules["indicators"][number];

/** Denominator of the questionnaire that leaves nobody out. */
export const everyoneId = "all";

/** An indicator with what the questionnaire says of it and its answers. */
export interface Measured {
  readonly rule: RulesIndicator;
  readonly denominator: string;
  /** Of whom it is a share, as it stands above the figures. */
  readonly among: Both;
  /** 0, 1, or NaN for who is outside the denominator or said nothing. */
  readonly values: Float64Array;
  /** Sets of dimensions it is published by. */
  readonly by: readonly (readonly string[])[];
}

/** Everything the rules ask for. @throws PublicationError `code-unknown` for a column or denominator the questionnaire has not. */
export function measuredIn(sample: Sample, rules: PublicationRules, questionnaire: Questionnaire): readonly Measured[] {
  const derived = new Map(questionnaire.derived.map((one) => [one.variable, one]));
  const denominators = new Map<string, Both>(questionnaire.denominators.map(({ id, words }) => [id, { nl: words.nl, en: words.en }]));
  for (const { id, nl, en } of rules.denominators) {
    if (!denominators.has(id)) throw new PublicationError("code-unknown", `The rules name the denominator ${id}, which the questionnaire has not.`);
    denominators.set(id, { nl, en });
  }
  return rules.indicators.map((rule) => {
    const found = derived.get(rule.column);
    if (found === undefined) throw new PublicationError("code-unknown", `The rules name ${rule.column}, which is no derived column of the questionnaire.`);
    const by = rules.tables.filter(({ indicators }) => indicators.length === 0 || indicators.includes(rule.id)).map((table) => table.by);
    const among = denominators.get(found.denominator) ?? { nl: found.denominator, en: found.denominator };
    return { rule, denominator: found.denominator, among, values: columnOf(sample, rule.column), by };
  });
}

/** Leaf codes that a code takes in. */
export function leavesOf({ codes }: Pick<RulesDimension, "codes">, code: string): readonly string[] {
  const below = codes.filter(({ parent }) => parent === code);
  return below.length === 0 ? [code] : below.flatMap((one) => leavesOf({ codes }, one.code));
}

/** Whether the frame has anyone in a group; a classification by answers leaves that open. Who is in the frame is public. */
function inFrame(sample: Sample, rules: PublicationRules, group: Group): boolean {
  const parts = rules.dimensions.flatMap((dimension) => {
    const code = group[dimension.id];
    return code === undefined || !("stratum" in dimension.from) ? [] : [{ dimension, leaves: new Set(leavesOf(dimension, code)) }];
  });
  return sample.strata.some(({ key }) => parts.every(({ dimension, leaves }) => leaves.has(stratumCode(dimension, key) ?? "")));
}

/** All groups of a table that have anyone in the frame: a group that does not exist is no empty row. */
export function groupsBy(sample: Sample, rules: PublicationRules, by: readonly string[]): readonly Group[] {
  let groups: Group[] = [{}];
  for (const { id, codes } of rules.dimensions) if (by.includes(id)) groups = groups.flatMap((group) => codes.map(({ code }) => ({ ...group, [id]: code })));
  return groups.filter((group) => inFrame(sample, rules, group));
}

/** 1 for each row in the group. */
export function membersOf(sample: Sample, rules: PublicationRules, group: Group): Uint8Array {
  const members = new Uint8Array(sample.records.length).fill(1);
  for (const dimension of rules.dimensions) {
    const code = group[dimension.id];
    if (code === undefined) continue;
    const leaves = new Set(leavesOf(dimension, code));
    const codes = sample.codes.get(dimension.id) ?? [];
    for (let row = 0; row < members.length; row += 1) if (!leaves.has(codes[row] ?? "")) members[row] = 0;
  }
  return members;
}
