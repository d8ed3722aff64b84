/** Which cells the rules ask for, who is in each, and what they are called. Called by protection.ts and tables.ts. */
import type { PublicationRules } from "#registers/publications/index.ts";
import type { Condition, Questionnaire } from "#registers/questionnaires/index.ts";
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

type RulesDistribution = PublicationRules["distributions"][number];

/** An indicator that says of a question whether one of some answers was given: who knows it, knows those answers added up. */
export interface Link {
  readonly indicator: string;
  /** Categories it adds up, and those it leaves. */
  readonly yes: readonly string[];
  readonly no: readonly string[];
  /** Sets of dimensions the indicator is published by. */
  readonly by: readonly (readonly string[])[];
}

/** A question of which the rules publish every answer. */
export interface Distributed {
  readonly rule: RulesDistribution;
  readonly denominator: string;
  readonly among: Both;
  /** The question as it was asked, without its recall period. */
  readonly text: Both;
  /** Place of the category in the rules; NaN for who was not asked or said nothing. */
  readonly values: Float64Array;
  /** Option each row gave; empty for who was not asked or said nothing. */
  readonly options: readonly string[];
  /** At most one, since two need not lie in each other; see `distributedIn`. */
  readonly link: Link | null;
}

function denominatorWords(rules: PublicationRules, questionnaire: Questionnaire): ReadonlyMap<string, Both> {
  const denominators = new Map<string, Both>(questionnaire.denominators.map(({ id, words }) => [id, { nl: words.nl, en: words.en }]));
  for (const { id, nl, en } of rules.denominators) {
    if (!denominators.has(id)) throw new PublicationError("code-unknown", `The rules name the denominator ${id}, which the questionnaire has not.`);
    denominators.set(id, { nl, en });
  }
  return denominators;
}

/** Options that make a condition so, where it asks about this question alone; null where it asks more. */
const optionsIn = (when: Condition, question: string): readonly string[] | null => ("question" in when && when.question === question ? when.in : null);

function linkOf(rule: RulesDistribution, rules: PublicationRules, questionnaire: Questionnaire): Link | null {
  const found = rules.indicators.flatMap((indicator): Link[] => {
    const when = questionnaire.derived.find(({ variable }) => variable === indicator.column)?.when;
    const options = when === undefined ? null : optionsIn(when, rule.question);
    if (options === null) return [];
    const cut = rule.categories.find((one) => one.options.some((id) => options.includes(id)) && one.options.some((id) => !options.includes(id)));
    if (cut !== undefined)
      throw new PublicationError(
        "code-unknown",
        `The category ${cut.id} of ${rule.id} has answers that ${indicator.id} counts and answers that it does not; make it two, or take the indicator out.`,
      );
    const counts = (category: RulesDistribution["categories"][number]): boolean => category.options.some((id) => options.includes(id));
    return [
      {
        indicator: indicator.id,
        yes: rule.categories.filter(counts).map(({ id }) => id),
        no: rule.categories.filter((one) => !counts(one)).map(({ id }) => id),
        by: tablesOf(rules, indicator.id),
      },
    ];
  });
  if (found.length > 1)
    throw new PublicationError(
      "code-unknown",
      `Two indicators (${found.map(({ indicator }) => indicator).join(", ")}) add up answers of ${rule.id}; publish one of them beside it.`,
    );
  return found[0] ?? null;
}

/**
 * The questions of which every answer is published.
 * @throws PublicationError `code-unknown` for a question the questionnaire has not, or which takes several answers, categories that are not its options, or people who are no denominator; for an indicator that cuts a
 * category in two, and for two indicators that add up answers of one question.
 */
export function distributedIn(sample: Sample, rules: PublicationRules, questionnaire: Questionnaire): readonly Distributed[] {
  const words = denominatorWords(rules, questionnaire);
  return rules.distributions.map((rule): Distributed => {
    const question = questionnaire.questions.find(({ id }) => id === rule.question);
    const wrong = (what: string) => new PublicationError("code-unknown", `The rules publish the answers to ${rule.question} (${rule.id}), ${what}.`);
    if (question === undefined || question.kind !== "one") throw wrong("which is no question with one answer in this questionnaire");
    const named = rule.categories.flatMap(({ options }) => options);
    if (named.length !== question.options.length || question.options.some(({ id }) => !named.includes(id))) throw wrong("but not each of its options once");
    const asked = JSON.stringify(question.asked);
    const denominator = questionnaire.denominators.find(({ when }) => JSON.stringify(when) === asked);
    if (denominator === undefined) throw wrong("which is asked of people who are no denominator of the questionnaire");
    const options = new Map(question.options.map(({ id, code }) => [code, id]));
    const given = Array.from(columnOf(sample, question.variable), (code) => options.get(code) ?? "");
    return {
      rule,
      denominator: denominator.id,
      among: words.get(denominator.id) ?? denominator.words,
      text: { nl: question.text.nl, en: question.text.en },
      options: given,
      values: Float64Array.from(given, (option) => {
        const place = rule.categories.findIndex((one) => one.options.includes(option));
        return place < 0 ? Number.NaN : place;
      }),
      link: linkOf(rule, rules, questionnaire),
    };
  });
}

const tablesOf = ({ tables }: PublicationRules, indicator: string): readonly (readonly string[])[] =>
  tables.filter(({ indicators }) => indicators.length === 0 || indicators.includes(indicator)).map((table) => table.by);

/** The indicators the rules ask for. @throws PublicationError `code-unknown` for a column or denominator the questionnaire has not. */
export function measuredIn(sample: Sample, rules: PublicationRules, questionnaire: Questionnaire): readonly Measured[] {
  const derived = new Map(questionnaire.derived.map((one) => [one.variable, one]));
  const denominators = denominatorWords(rules, questionnaire);
  return rules.indicators.map((rule) => {
    const found = derived.get(rule.column);
    if (found === undefined) throw new PublicationError("code-unknown", `The rules name ${rule.column}, which is no derived column of the questionnaire.`);
    const by = tablesOf(rules, rule.id);
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
