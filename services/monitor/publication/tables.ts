/** Estimates every figure that may be shown, with its margin. Called by make.ts. */
import { proportion, subset, type Design } from "@rugdekking/survey";
import { roundToBase } from "@rugdekking/survey/disclosure";
import type { PublicationRules } from "#registers/publications/index.ts";
import type { PublishedCategory, PublishedShare } from "#services/monitor/contract/publication.ts";
import { categoryName } from "./categories.ts";
import { everyoneId, groupsBy, membersOf, type Distributed, type Measured } from "./cells.ts";
import { groupName, type Group } from "./group-name.ts";
import type { Protection } from "./protection.ts";
import type { Sample } from "./sample.ts";

/** Rounding of a share that is a whole percent but for its last bit must not widen the margin. */
const STILL = 1e-9;

/** The permanent name of a figure. */
export const figureId = (publication: string, indicator: string, group: Group): string => `${publication}/${indicator}/${groupName(group)}`;

/** Figures of a publication with the tables they stand in. */
export interface Tables {
  readonly figures: readonly PublishedShare[];
  readonly tables: readonly { readonly id: string; readonly indicator: string; readonly by: readonly string[]; readonly figures: readonly string[] }[];
}

type Estimated = Pick<PublishedShare, "shown" | "withheld">;

/** Estimates the share of ones in a group. */
function estimator(sample: Sample, design: Design, rules: PublicationRules): (of: Pick<Measured, "values" | "denominator">, group: Group) => Estimated {
  const members = new Map<string, Uint8Array>();
  const membersIn = (group: Group): Uint8Array => {
    const name = groupName(group);
    const found = members.get(name) ?? membersOf(sample, rules, group);
    members.set(name, found);
    return found;
  };
  return ({ values, denominator }, group) => {
    const inside = membersIn(group);
    const keep = Uint8Array.from(values, (value, row) => (inside[row] === 1 && !Number.isNaN(value) ? 1 : 0));
    // That nobody of a group is among the victims, or left office, tells something of each of them.
    if (!keep.includes(1)) return { shown: null, withheld: denominator === everyoneId ? "nobody" : "protected" };
    const { estimate: share, low, high, n } = proportion(subset(design, keep), values, rules.interval, rules.level);
    if (low === null || high === null) return { shown: null, withheld: "no-margin" };
    const shown = {
      percent: Math.round(share * 100),
      low: Math.max(0, Math.floor(low * 100 + STILL)),
      high: Math.min(100, Math.ceil(high * 100 - STILL)),
      n: roundToBase(n, rules.roundTo),
    };
    return { shown: { ...shown, wide: shown.high - shown.low > rules.wide }, withheld: null };
  };
}

const notShown: Estimated = { shown: null, withheld: "protected" };

/** Every answer of a question in every group it is published by. @throws SurveyError as `proportion`. */
export function estimateCategories(
  publication: string,
  sample: Sample,
  design: Design,
  rules: PublicationRules,
  { rule, denominator, values }: Distributed,
  { categoryHidden }: Pick<Protection, "categoryHidden">,
): readonly PublishedCategory[] {
  const estimate = estimator(sample, design, rules);
  const gave = rule.categories.map((_, place) => values.map((value) => (Number.isNaN(value) ? value : Number(value === place))));
  return rule.by
    .flatMap((by) => groupsBy(sample, rules, by))
    .flatMap((group) =>
      rule.categories.map(({ id }, place): PublishedCategory => {
        const found = categoryHidden(rule.id, id, group) ? notShown : estimate({ values: gave[place] ?? values, denominator }, group);
        return { id: figureId(publication, categoryName(rule.id, id), group), distribution: rule.id, category: id, group, ...found };
      }),
    );
}

/** @throws SurveyError as `proportion`. */
export function estimateTables(
  publication: string,
  sample: Sample,
  design: Design,
  rules: PublicationRules,
  measured: readonly Measured[],
  { hidden }: Pick<Protection, "hidden">,
): Tables {
  const figures = new Map<string, PublishedShare>();
  const estimate = estimator(sample, design, rules);
  const tables = measured.flatMap((of) =>
    of.by.map((one) => {
      const { rule } = of;
      const ids = groupsBy(sample, rules, one).map((group) => {
        const id = figureId(publication, rule.id, group);
        if (!figures.has(id)) {
          const found = hidden(rule.id, group) ? notShown : estimate(of, group);
          figures.set(id, { id, indicator: rule.id, group, ...found });
        }
        return id;
      });
      return { id: `${rule.id}-${one.length === 0 ? "alle" : one.join("-")}`, indicator: rule.id, by: [...one], figures: ids };
    }),
  );
  return { figures: [...figures.values()], tables };
}
