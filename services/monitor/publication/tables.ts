/** Estimates every figure that may be shown, with its margin. Called by make.ts. */
import { proportion, subset, type Design } from "@rugdekking/survey";
import { roundToBase } from "@rugdekking/survey/disclosure";
import type { PublicationRules } from "#registers/publications/index.ts";
import type { PublishedShare } from "#services/monitor/contract/publication.ts";
import { everyoneId, groupsBy, membersOf, type Measured } from "./cells.ts";
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
  const members = new Map<string, Uint8Array>();
  const membersIn = (group: Group): Uint8Array => {
    const name = groupName(group);
    const found = members.get(name) ?? membersOf(sample, rules, group);
    members.set(name, found);
    return found;
  };
  const estimate = ({ values, denominator }: Measured, group: Group): Pick<PublishedShare, "shown" | "withheld"> => {
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
  const tables = measured.flatMap((of) =>
    of.by.map((one) => {
      const { rule } = of;
      const ids = groupsBy(sample, rules, one).map((group) => {
        const id = figureId(publication, rule.id, group);
        if (!figures.has(id)) {
          const found = hidden(rule.id, group) ? { shown: null, withheld: "protected" as const } : estimate(of, group);
          figures.set(id, { id, indicator: rule.id, group, ...found });
        }
        return id;
      });
      return { id: `${rule.id}-${one.length === 0 ? "alle" : one.join("-")}`, indicator: rule.id, by: [...one], figures: ids };
    }),
  );
  return { figures: [...figures.values()], tables };
}
