/**
 * Weights: from who answered back to who is in office. Called by tables.ts and services/monitor/staying.
 *
 * [Note: How answers are weighted] Within a stratum everyone in the frame counts alike, whoever was invited: the weight is the stratum's population over its answers (design weight times the inverse of the
 * response, which comes to post-stratification by function x organisation type x province x size). This takes non-response as by chance within a stratum; what the frame does not know about who stays away cannot
 * be mended by weights, and the report says so. A stratum with fewer answers than the rules ask for would give a few people great weight: it is joined with the smallest other stratum of the same function, else of
 * the same organisation type, else the smallest of all. Joining breaks the margins, so the weights are then calibrated to function, organisation type, province and size class (raking distance of Deville and
 * Särndal 1992, factors within bounds), and cut off at the trim bounds. Variances are those of a stratified sample with finite populations, residuals of the calibration included.
 */
import { calibrate, makeDesign, SurveyError, type Design, type Groups, type Margin } from "@rugdekking/survey";
import type { PublicationRules } from "#registers/publications/index.ts";
import { stratumParts } from "#services/monitor/contract/index.ts";
import type { Both } from "#services/monitor/contract/publication.ts";
import type { Sample, SampleStratum } from "./sample.ts";

/** A part of the stratum's name that weights were brought to. */
type Part = (typeof stratumParts)[number];

/** What came of one stratum. For the desk: numbers of answers under the minimum must not leave it. */
export interface StratumWeight extends SampleStratum {
  /** Name of the joined stratum it is weighted in; its own name when it stands alone. */
  readonly within: string;
  /** Weight of its answers before calibration; null when nobody answered. */
  readonly weight: number | null;
}

/** A weighted data set. */
export interface Weighting {
  readonly design: Design;
  readonly strata: readonly StratumWeight[];
  /** Strata nobody answered in, by name. */
  readonly silent: readonly string[];
  /** Margins that were calibrated to; empty when the strata already give them. */
  readonly margins: readonly Part[];
  readonly leftOut: readonly { readonly margin: Part; readonly why: Both }[];
  /** Kish: 1 + the squared coefficient of variation of the weights. */
  readonly effect: number;
  /** Largest weight over the median one. */
  readonly largest: number;
  /** Rows whose factor was cut off at a trim bound. */
  readonly trimmed: number;
}

interface Joined {
  readonly members: readonly number[];
  readonly population: number;
  readonly answered: number;
}

/** Joins strata until each has answers enough. The same strata always give the same. */
function joinedStrata(strata: readonly SampleStratum[], least: number): readonly Joined[] {
  let groups: Joined[] = strata.map(({ population, answered }, at) => ({ members: [at], population, answered }));
  const shares = (a: Joined, b: Joined, part: Part): boolean => {
    const codes = new Set([...a.members, ...b.members].map((at) => strata[at]?.key[part]));
    return codes.size === 1;
  };
  for (;;) {
    const small = groups.filter(({ answered }) => answered < least).toSorted((a, b) => a.answered - b.answered || (a.members[0] ?? 0) - (b.members[0] ?? 0))[0];
    if (small === undefined || groups.length === 1) return groups;
    const others = groups.filter((one) => one !== small).toSorted((a, b) => a.population - b.population || (a.members[0] ?? 0) - (b.members[0] ?? 0));
    const host = others.find((one) => shares(one, small, "function")) ?? others.find((one) => shares(one, small, "organisationType")) ?? others[0];
    if (host === undefined) return groups;
    const joined: Joined = {
      members: [...host.members, ...small.members].toSorted((a, b) => a - b),
      population: host.population + small.population,
      answered: host.answered + small.answered,
    };
    groups = [...groups.filter((one) => one !== host && one !== small), joined];
  }
}

/** A column of names as groups of the engine. */
export function groupsOfNames(names: readonly string[]): Groups {
  const levels = [...new Set(names)].toSorted((a, b) => (a < b ? -1 : 1));
  const place = new Map(levels.map((name, at) => [name, at]));
  return { codes: Int32Array.from(names, (name) => place.get(name) ?? -1), names: levels, values: levels };
}

function marginOf(sample: Sample, part: Part): { readonly margin: Margin & { readonly kind: "groups" }; readonly empty: readonly string[] } {
  const totals = new Map<string, number>();
  const answered = new Map<string, number>();
  for (const { key, population, answered: own } of sample.strata) {
    totals.set(key[part], (totals.get(key[part]) ?? 0) + population);
    answered.set(key[part], (answered.get(key[part]) ?? 0) + own);
  }
  const groups = groupsOfNames(Array.from(sample.stratum, (at) => sample.strata[at]?.key[part] ?? ""));
  return { margin: { kind: "groups", name: part, groups, totals }, empty: [...totals.keys()].filter((name) => answered.get(name) === 0) };
}

/** How far a margin is from its totals, relative. */
function misfit(design: Design, { groups, totals }: Margin & { readonly kind: "groups" }): number {
  const sums = new Map<string, number>();
  for (let row = 0; row < design.rows; row += 1) {
    const name = groups.names[groups.codes[row] ?? -1] ?? "";
    sums.set(name, (sums.get(name) ?? 0) + (design.weights[row] ?? 0));
  }
  return Math.max(...[...totals].map(([name, total]) => Math.abs((sums.get(name) ?? 0) - total) / total));
}

function median(values: Float64Array): number {
  const sorted = values.toSorted();
  return sorted[Math.floor(sorted.length / 2)] ?? 1;
}

/**
 * Weighs the answers.
 * @throws SurveyError `calibration-diverged`, `totals-impossible`, `bounds-invalid` when the margins cannot be reached within the bounds: widen them in a new version of the rules, or merge strata.
 */
export function weigh(sample: Sample, { weights: settings, dimensions }: PublicationRules): Weighting {
  const joined = joinedStrata(sample.strata, settings.leastAnswers);
  const groupOf = new Map(joined.flatMap((group) => group.members.map((member) => [member, group] as const)));
  const nameOf = ({ members }: Joined): string => members.map((at) => sample.strata[at]?.name ?? "").join(" + ");
  const rowGroups = Array.from(sample.stratum, (at) => groupOf.get(at));
  const base = makeDesign({
    rows: sample.records.length,
    strata: [groupsOfNames(rowGroups.map((group) => (group === undefined ? "" : nameOf(group))))],
    weights: Float64Array.from(rowGroups, (group) => (group === undefined ? 0 : group.population / group.answered)),
    fpc: [Float64Array.from(rowGroups, (group) => group?.population ?? 0)],
    lonelyPsu: "adjust",
  });
  const found = stratumParts.map((part) => ({ part, ...marginOf(sample, part) }));
  const leftOut = found.flatMap(({ part, empty }) => {
    if (empty.length === 0) return [];
    const codes = dimensions.flatMap(({ from, codes: own }) => ("stratum" in from && from.stratum === part ? own : []));
    // The words of the rules; of a part that is published by nothing, the frame's own.
    const named = (language: keyof Both): string =>
      [...new Set(empty.map((value) => codes.find(({ values }) => values.includes(value))?.[language] ?? value))].join(", ");
    return [{ margin: part, why: { nl: `Niemand antwoordde in: ${named("nl")}.`, en: `Nobody answered in: ${named("en")}.` } }];
  });
  const usable = found.filter(({ empty }) => empty.length === 0);
  const needed = usable.some(({ margin }) => misfit(base, margin) > 1e-9);
  let design: Design = base;
  let trimmed = 0;
  if (needed) {
    const bounds = { lower: settings.lower, upper: settings.upper };
    const trim = { lower: settings.trimLower, upper: settings.trimUpper };
    try {
      design = calibrate(base, { type: "raking", margins: usable.map(({ margin }) => margin), bounds, trim });
    } catch (error) {
      if (!(error instanceof SurveyError)) throw error;
      throw new SurveyError(error.code, `The weights cannot be brought to the frame: ${error.message}.`, error.data);
    }
    trimmed = design.weights.filter((weight, row) => {
      const factor = weight / (base.weights[row] ?? 1);
      return factor <= trim.lower * (1 + 1e-9) || factor >= trim.upper * (1 - 1e-9);
    }).length;
  }
  const sum = design.weights.reduce((all, weight) => all + weight, 0);
  const squares = design.weights.reduce((all, weight) => all + weight * weight, 0);
  return {
    design,
    strata: sample.strata.map((stratum, at) => {
      const group = groupOf.get(at);
      return {
        ...stratum,
        within: group === undefined ? stratum.name : nameOf(group),
        weight: group === undefined || stratum.answered === 0 ? null : group.population / group.answered,
      };
    }),
    silent: sample.strata.filter(({ answered }) => answered === 0).map(({ name }) => name),
    margins: needed ? usable.map(({ part }) => part) : [],
    leftOut,
    effect: (design.rows * squares) / (sum * sum),
    largest: Math.max(...design.weights) / median(design.weights),
    trimmed,
  };
}
