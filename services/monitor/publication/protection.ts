/**
 * Disclosure control over everything that is published at once, and the guard over everything that ever was. Called by tables.ts.
 *
 * [Note: What is protected together] Figures with the same denominator speak of the same people, so they share one pattern: all their tables are one cube (function in its organisation, province, size, gender, and
 * the answer), each indicator a measure on it, and a cell that is hidden for one is hidden for all. A base of fewer answers than the minimum is hidden, and so is a group in which everyone gave the answer that the
 * rules call telling: its figure would tell it of each of them. What is hidden for their sake is found and proved by engines/survey/disclosure; the proof is checked again by plain addition before anything leaves
 * this file.
 *
 * [Note: Waves and denominators in the guard] To the guard, people of one denominator are a wave of their own (`2026/victims`). Being in a denominator is an answer itself ("met aggression"), so a group that is hidden
 * among all is hidden in every other denominator too, and one with nobody in it is called protected like the rest (tables.ts). What is not done: a difference between two denominators of one *shown* group (11 of 12
 * still in office) is not weighed; numbers of answers are rounded in print, and the guard takes them as exact.
 *
 * [Note: One set of answers] The guard judges by the people as they are now, so it cannot see what two editions over two sets of answers tell by their difference: the answer of who came between. The fingerprint of
 * the answers is therefore part of the memory, and a second publication about a wave over other answers is refused. A correction may change rules or words, not answers.
 */
import {
  cellOf,
  cellValues,
  determinedBy,
  emptyBase,
  makeCube,
  nothingPublished,
  populationOf,
  publish,
  readMemory,
  shareRule,
  withhold,
  DisclosureError,
  type Atom,
  type Cube,
  type Measure,
  type PublishedMemory,
  type PublishedNumber,
  type Sensitive,
} from "@rugdekking/survey/disclosure";
import type { PublicationRules } from "#registers/publications/index.ts";
import { stayingExposures, stayingIndicator, type StayingComparison } from "#services/monitor/staying/index.ts";
import { answersDigest } from "./answers-digest.ts";
import { categoryName, protectCategories } from "./categories.ts";
import { everyoneId, groupsBy, type Distributed, type Measured } from "./cells.ts";
import { PublicationError } from "./errors.ts";
import { groupName, type Group } from "./group-name.ts";
import { ANSWER, keyOfDenominator, provedPattern } from "./pattern.ts";
import { columnOf, type Sample } from "./sample.ts";

const answerDimension = {
  id: ANSWER,
  codes: [
    { code: "yes", parent: null },
    { code: "no", parent: null },
  ],
};

/** What the desk keeps between publications. Not for publication. */
export type Earlier = PublishedMemory;

/** Before anything was published. */
export const nothingEarlier: Earlier = nothingPublished;

/** Reads what the desk kept (parsed JSON). @throws PublicationError `earlier-malformed` */
export function readEarlier(value: unknown): Earlier {
  try {
    return readMemory(value);
  } catch (error) {
    if (!(error instanceof DisclosureError)) throw error;
    throw new PublicationError(
      "earlier-malformed",
      `The file of earlier publications cannot be read: ${error.message}. Take the last good copy; never start an empty one.`,
    );
  }
}

/** Figures of one denominator, as one cube. */
interface Together {
  readonly denominator: string;
  readonly cube: Cube;
  readonly measured: readonly Measured[];
  readonly measures: readonly Measure[];
  readonly zeros: readonly boolean[];
  /** How many people of the denominator are in each atom (over both answers), by base cell. */
  readonly atoms: readonly Atom[];
}

/** Place of each row's finest group. */
function atomCells(sample: Sample, rules: PublicationRules, cube: Cube): readonly { readonly yes: number; readonly no: number }[] {
  const known = new Map<string, { readonly yes: number; readonly no: number }>();
  return sample.records.map((_, row) => {
    const key = Object.fromEntries(rules.dimensions.map(({ id }) => [id, sample.codes.get(id)?.[row] ?? ""]));
    const name = groupName(key);
    const before = known.get(name);
    if (before !== undefined) return before;
    const atom = (answer: string): number => cube.atomAt[cellOf(cube, { ...key, [ANSWER]: answer })] ?? -1;
    const cells = { yes: atom("yes"), no: atom("no") };
    known.set(name, cells);
    return cells;
  });
}

/** Groups in which everyone gave the answer that tells something of each of them. */
function unanimous(cube: Cube, cells: Float64Array, bases: readonly Group[], minimum: number, tells: Measured["rule"]["tells"]): Sensitive[] {
  return bases.flatMap((group) => {
    const base = cellOf(cube, group);
    const n = cells[base] ?? 0;
    if (n < minimum) return [];
    return (["yes", "no"] as const).flatMap((answer): Sensitive[] => {
      const cell = cellOf(cube, { ...group, [ANSWER]: answer });
      if ((tells !== "both" && tells !== answer) || cells[cell] !== n) return [];
      return [
        { cell: base, upper: 1, lower: 1, rule: "given" },
        { cell, upper: 1, lower: 1, rule: "given" },
      ];
    });
  });
}

/** Sets of dimensions these are published by, each once. */
const shapesOf = (measured: readonly Measured[]): readonly (readonly string[])[] => [
  ...new Map(measured.flatMap(({ by }) => by).map((by) => [by.join(" "), by])).values(),
];

/** How the guard knows the sides of a comparison: a classification of its own. */
const sideOf = (column: string): string => `met ${column}`;
const sideCode = (value: number): "met" | "not" | "unsaid" => (Number.isNaN(value) ? "unsaid" : value === 1 ? "met" : "not");

function together(
  sample: Sample,
  rules: PublicationRules,
  measured: readonly Measured[],
  denominator: string,
  bys: readonly (readonly string[])[] = shapesOf(measured),
): Together {
  const dimensions = [...rules.dimensions.map(({ id, codes }) => ({ id, codes: codes.map(({ code, parent }) => ({ code, parent })) })), answerDimension];
  const cube = makeCube(
    dimensions,
    bys.map((by) => [...by, ANSWER]),
  );
  const places = atomCells(sample, rules, cube);
  const inside = new Float64Array(cube.atoms.length);
  const counts = measured.map(({ values }) => {
    const own = new Float64Array(cube.atoms.length);
    for (const [row, value] of values.entries()) {
      if (Number.isNaN(value)) continue;
      const place = places[row];
      const atom = (value === 1 ? place?.yes : place?.no) ?? -1;
      own[atom] = (own[atom] ?? 0) + 1;
      // A base is empty only when nobody of it answered any of these.
      inside[atom] = 1;
    }
    return own;
  });
  const bases = bys.flatMap((by) => groupsBy(sample, rules, by));
  const measures = measured.map(({ rule }, at): Measure => {
    const values = counts[at] ?? new Float64Array(cube.atoms.length);
    const cells = cellValues(cube, values);
    return { id: rule.id, values, sensitive: [...shareRule(cube, cells, ANSWER, rules.minimum), ...unanimous(cube, cells, bases, rules.minimum, rule.tells)] };
  });
  const people = new Map<string, Atom & { n: number }>();
  // Who is on which side of a comparison of staying; always, since what was compared once must stay judgeable.
  const sides = measured.some(({ rule }) => rule.column === stayingIndicator)
    ? stayingExposures.map((column) => [column, columnOf(sample, column)] as const)
    : [];
  for (let row = 0; row < sample.records.length; row += 1) {
    if (measured.every(({ values }) => Number.isNaN(values[row] ?? Number.NaN))) continue;
    const codes = Object.fromEntries([
      ...rules.dimensions.map(({ id }) => [id, sample.codes.get(id)?.[row] ?? ""] as const),
      ...sides.map(([column, values]) => [sideOf(column), sideCode(values[row] ?? Number.NaN)] as const),
    ]);
    const name = groupName(codes);
    const before = people.get(name);
    if (before === undefined) people.set(name, { wave: keyOfDenominator(sample.wave, denominator), codes, n: 1 });
    else before.n += 1;
  }
  return { denominator, cube, measured, measures, zeros: emptyBase(cube, cellValues(cube, inside), ANSWER), atoms: [...people.values()] };
}

/** What may be published, and what the desk must remember of it. */
export interface Protection {
  /** Whether a figure is hidden, by indicator and group name. */
  readonly hidden: (indicator: string, group: Group) => boolean;
  /** Whether a category of a distribution is hidden. */
  readonly categoryHidden: (distribution: string, category: string, group: Group) => boolean;
  /** Whether a comparison of staying may be published, by its id. */
  readonly comparable: (comparison: string) => boolean;
  readonly earlier: Earlier;
  /** For the desk: how many cells were hidden and why, and what the guard said of each figure it withheld. Names of groups stay inside. */
  readonly report: {
    readonly sensitive: number;
    readonly forTheirSake: number;
    readonly byGuard: readonly { readonly figure: string; readonly because: string }[];
  };
}

/** A group with the answers in it: hidden when one of them is. */
const withAnswers = (group: Group): readonly Group[] => [group, { ...group, [ANSWER]: "yes" }, { ...group, [ANSWER]: "no" }];

/**
 * Hides cells of one denominator, and proves it.
 *
 * [Note: Whole groups first] First the tables by one classification are protected by themselves. Then those by two, with what is out already kept: an office within a province is given up before the province is.
 * Where no way is found, no table by two is published for this denominator; where not even the first can be protected, the figure of everyone alone is.
 */
function hide(
  sample: Sample,
  rules: PublicationRules,
  whole: Together,
): { readonly hidden: ReadonlySet<string>; readonly sensitive: number; readonly secondary: number } {
  const { denominator, measured } = whole;
  const [simple, crossed] = [shapesOf(measured).filter((by) => by.length < 2), shapesOf(measured).filter((by) => by.length > 1)];
  const groupsOf = (bys: readonly (readonly string[])[]): readonly Group[] => bys.flatMap((by) => groupsBy(sample, rules, by));
  const hidden = new Set<string>();
  const [first, second] = [groupsOf(simple), groupsOf(crossed)];
  const found = { sensitive: 0, secondary: 0 };
  const apply = (of: Together, keep: readonly number[], groups: readonly Group[]): boolean => {
    try {
      const { away, primary, secondary } = provedPattern(of.denominator, of, keep);
      for (const group of groups) if (withAnswers(group).some((key) => away.has(cellOf(of.cube, key)))) hidden.add(groupName(group));
      [found.sensitive, found.secondary] = [primary, secondary];
      return true;
    } catch (error) {
      if (error instanceof DisclosureError && error.code === "cannot-protect") return false;
      throw error;
    }
  };
  const alone = together(sample, rules, measured, denominator, simple);
  if (!apply(alone, [], first)) {
    const everyone = Math.min(...measured.map(({ values }) => values.filter((value) => !Number.isNaN(value)).length));
    for (const group of [...first, ...second]) if (Object.keys(group).length > 0 || everyone < rules.minimum) hidden.add(groupName(group));
    return { hidden, ...found };
  }
  if (crossed.length === 0) return { hidden, ...found };
  const keep = first.filter((group) => !hidden.has(groupName(group))).flatMap((group) => withAnswers(group).map((key) => cellOf(whole.cube, key)));
  if (!apply(whole, keep, [...first, ...second])) for (const group of second) hidden.add(groupName(group));
  return { hidden, ...found };
}

const differenceName = (comparison: string): string => `staying/${comparison}`;

/**
 * What a comparison of staying tells: one share less another, of which it says neither, nor how many people are on a side. Both shares beside the share of everyone would tell of the few who did not say what they met,
 * in every large survey. None where these figures are not of that denominator.
 */
function differences(sample: Sample, { denominator, measured }: Together, comparisons: readonly StayingComparison[]): readonly PublishedNumber[] {
  const stays = measured.find(({ rule }) => rule.column === stayingIndicator);
  if (stays === undefined) return [];
  return comparisons.map(({ id, exposure }): PublishedNumber => {
    const met = columnOf(sample, exposure);
    const term = (side: "met" | "not", coefficient: number) => ({
      coefficient,
      measure: stays.rule.id,
      population: { wave: keyOfDenominator(sample.wave, denominator), where: { [sideOf(exposure)]: [side] } },
    });
    const size = (side: "met" | "not"): number =>
      stays.values.reduce((sum, value, row) => sum + (!Number.isNaN(value) && sideCode(met[row] ?? Number.NaN) === side ? 1 : 0), 0);
    // Times both sizes, so that the coefficients are whole numbers (engines/survey/disclosure, `determinedBy`).
    return { id: differenceName(id), label: `${stays.rule.nl}, ${id}`, known: [{ terms: [term("met", size("not")), term("not", -size("met"))] }] };
  });
}

/**
 * Decides what is hidden, over all figures at once and against all earlier publications.
 * @param publication name, title and day of what is to come out; figures are named within it as `indicator/group`
 * @param distributed questions of which every answer is to come out; see [Note: Categories of one question]
 * @param comparisons of staying that are to come out with them: each tells a difference of two shares, so they are weighed after the figures; both sides have people
 * @throws PublicationError `not-protected`, `guard-refused`; DisclosureError `cannot-protect` when known zeros leave no way: publish by coarser groups.
 */
export function protect(
  sample: Sample,
  rules: PublicationRules,
  measured: readonly Measured[],
  publication: { readonly id: string; readonly title: string; readonly on: string },
  before: Earlier,
  comparisons: readonly StayingComparison[] = [],
  distributed: readonly Distributed[] = [],
): Protection {
  const answers = answersDigest(sample);
  if (before.atoms.some(({ wave }) => wave.startsWith(`${sample.wave}/`)) && before.answers[sample.wave] !== answers)
    throw new PublicationError(
      "guard-refused",
      `Wave ${sample.wave} was published before over other answers: beside that publication this one would tell the answers of who came or went between. A correction may change rules or words, not answers; take the file of answers of the first edition.`,
    );
  const lots = [...Map.groupBy(measured, (one) => one.denominator)].map(([denominator, own]) => together(sample, rules, own, denominator));
  const own = new Map(lots.map((lot) => [lot.denominator, hide(sample, rules, lot)]));
  const amongAll = own.get(everyoneId)?.hidden ?? new Set<string>();
  // More hidden than was proved leaves a reader less: the proofs hold.
  const patterns = new Map([...own].map(([denominator, pattern]) => [denominator, { ...pattern, hidden: new Set([...pattern.hidden, ...amongAll]) }]));
  const figures = lots.flatMap((lot) =>
    lot.measured.flatMap(({ rule, by }) =>
      by.flatMap((one) =>
        groupsBy(sample, rules, one).flatMap((group): PublishedNumber[] => {
          const name = groupName(group);
          if (patterns.get(lot.denominator)?.hidden.has(name) === true) return [];
          const population = populationOf(lot.cube, cellOf(lot.cube, group), keyOfDenominator(sample.wave, lot.denominator));
          return [{ id: `${rule.id}/${name}`, label: `${rule.nl}, ${name}`, known: determinedBy({ kind: "share", of: rule.id, population }) }];
        }),
      ),
    ),
  );
  const questions = new Map(
    distributed.map((one) => [one.rule.id, protectCategories(sample, rules, one, patterns.get(one.denominator)?.hidden ?? amongAll)] as const),
  );
  const numbers = [...figures, ...lots.flatMap((lot) => differences(sample, lot, comparisons))];
  const people = [...lots, ...questions.values()].flatMap((one) => one.atoms);
  const waves = new Set(people.map(({ wave }) => wave));
  // A new edition is about the people as they are now.
  const atoms = [...before.atoms.filter(({ wave }) => !waves.has(wave)), ...people];
  const settings = { minimum: rules.minimum };
  // Questions share no unknown with each other or with the shares: each is weighed by itself, and all once more together.
  const parts = [numbers, ...[...questions.values()].map((question) => question.numbers)].map((part) =>
    withhold(before.guard, { ...publication, numbers: part }, atoms, settings),
  );
  const left = parts.flatMap((part) => part.withheld);
  const { state, verdict } = publish(before.guard, { ...publication, numbers: parts.flatMap((part) => part.publication.numbers) }, atoms, settings);
  if (!verdict.allowed)
    throw new PublicationError(
      "guard-refused",
      "Together with earlier publications these figures would single people out, and leaving some out does not help. Publish fewer figures.",
    );
  const withheld = new Set(left.map(({ number }) => number));
  const denominatorOf = new Map(measured.map(({ rule, denominator }) => [rule.id, denominator]));
  return {
    hidden: (indicator, group) => {
      const name = groupName(group);
      return patterns.get(denominatorOf.get(indicator) ?? "")?.hidden.has(name) === true || withheld.has(`${indicator}/${name}`);
    },
    categoryHidden: (distribution, category, group) =>
      questions.get(distribution)?.hidden(category, group) !== false || withheld.has(`${categoryName(distribution, category)}/${groupName(group)}`),
    comparable: (comparison) => numbers.some(({ id }) => id === differenceName(comparison)) && !withheld.has(differenceName(comparison)),
    earlier: { version: 1, guard: state, atoms, answers: { ...before.answers, [sample.wave]: answers } },
    report: {
      sensitive: [...patterns.values(), ...questions.values()].reduce((sum, one) => sum + one.sensitive, 0),
      forTheirSake: [...patterns.values(), ...questions.values()].reduce((sum, one) => sum + one.secondary, 0),
      byGuard: left.map(({ number, because }) => ({ figure: number, because })),
    },
  };
}
