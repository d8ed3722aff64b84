/**
 * Disclosure control over the answers to one question. Called by protection.ts, with what it decided about the shares of the same people.
 *
 * [Note: Categories of one question] All answers to a question, in all groups it is published by, and their totals are one cube: who knows all but one of them has the last. A category that fewer than the minimum
 * gave is hidden, one that nobody gave too: hidden cells look alike. What must go besides is found and proved as for shares (engines/survey/disclosure). Three things are known before it begins. A group that is
 * hidden among the shares of the same people is hidden here, whole. How many answered, of a group that is not, is out. And where an indicator says of this question whether one of some answers was given ("met
 * verbal aggression" is all answers but "never"), those answers added up are out in every group and crossing the indicator is shown for: the categories are told nothing of that sum, only how it is divided, and a group with
 * a sum below the minimum is not divided at all. Such a category may not be able to reach the minimum in a reader's eyes, who has its sum; then it can be anything up to that sum.
 *
 * [Note: Categories in the guard] To the guard the people who answered a question are a wave of their own (`2026/victims/last-channel`), and their answer is a classification like their province. So each category of a
 * group that is shown is a number of people, no fewer than the minimum, and what would tell fewer of them by its difference from anything that is out is refused. The sum that an indicator tells is not
 * written there: a share may rest on few who said yes, and the guard would refuse it.
 *
 * What is not weighed: that one answer bounds another (who told the police made no complaint), and the shares of two questions beside each other.
 */
import {
  cellOf,
  cellValues,
  DisclosureError,
  emptyBase,
  makeCube,
  PEOPLE,
  populationOf,
  type Atom,
  type Cube,
  type Known,
  type PublishedNumber,
  type Sensitive,
} from "@rugdekking/survey/disclosure";
import type { PublicationRules } from "#registers/publications/index.ts";
import { groupsBy, type Distributed } from "./cells.ts";
import { groupName, type Group } from "./group-name.ts";
import { ANSWER, keyOfDenominator, provedPattern } from "./pattern.ts";
import type { Sample } from "./sample.ts";

/** Name of a category to the guard and in a figure's name. */
export const categoryName = (distribution: string, category: string): string => `${distribution}.${category}`;

/** A category of a group. */
const cellName = (group: Group, category: string): string => `${category}/${groupName(group)}`;

/** What came of one question. */
export interface ProtectedCategories {
  readonly distribution: string;
  /** Whether a category of a group is hidden. */
  readonly hidden: (category: string, group: Group) => boolean;
  /** For the guard, in the order of the rules. */
  readonly numbers: readonly PublishedNumber[];
  readonly atoms: readonly Atom[];
  readonly sensitive: number;
  readonly secondary: number;
}

/** The answers to a question as one cube. */
interface Answers {
  readonly cube: Cube;
  readonly values: Float64Array;
  readonly cells: Float64Array;
  readonly zeros: readonly boolean[];
  /** Cell codes of the two sums the linked indicator tells; none without one. */
  readonly sums: readonly { readonly code: string; readonly of: readonly string[] }[];
}

function answersIn(sample: Sample, rules: PublicationRules, { rule, values: given, link }: Distributed): Answers {
  // A sum of one category is that category.
  const sums = link === null ? [] : [link.yes, link.no].map((of) => ({ code: of.length === 1 ? (of[0] ?? "") : `+${of.join("+")}`, of }));
  const gathers = sums.filter(({ of }) => of.length > 1);
  const dimensions = [
    ...rules.dimensions.map(({ id, codes }) => ({ id, codes: codes.map(({ code, parent }) => ({ code, parent })) })),
    {
      id: ANSWER,
      codes: [
        ...gathers.map(({ code }) => ({ code, parent: null })),
        ...rule.categories.map(({ id }) => ({ code: id, parent: gathers.find(({ of }) => of.includes(id))?.code ?? null })),
      ],
    },
  ];
  const cube = makeCube(
    dimensions,
    [...rule.by, ...(link?.by ?? [])].map((by) => [...by, ANSWER]),
  );
  const values = new Float64Array(cube.atoms.length);
  for (const [row, place] of given.entries()) {
    const category = rule.categories[place]?.id;
    if (category === undefined) continue;
    const key = Object.fromEntries(rules.dimensions.map(({ id }) => [id, sample.codes.get(id)?.[row] ?? ""]));
    const atom = cube.atomAt[cellOf(cube, { ...key, [ANSWER]: category })] ?? -1;
    values[atom] = (values[atom] ?? 0) + 1;
  }
  const cells = cellValues(cube, values);
  return { cube, values, cells, zeros: emptyBase(cube, cells, ANSWER), sums };
}

/** What hidden cells cost that are never published: next to nothing, so that they are taken first. */
const FREE = 1e-6;

interface Plan {
  readonly keep: readonly number[];
  readonly sensitive: readonly Sensitive[];
  /** Cells that are not published whatever is found. */
  readonly free: ReadonlySet<number>;
  /** Names of cells that are not published whatever is found, of groups that are. */
  readonly undivided: ReadonlySet<string>;
}

/** What is known, what must be protected and what is hidden anyway. @param bases whether the number that answered is known of every group that is not hidden, and not only where the linked indicator is shown */
function planOf(
  sample: Sample,
  rules: PublicationRules,
  { rule, link }: Distributed,
  { cube, cells, sums }: Answers,
  groups: readonly Group[],
  away: ReadonlySet<string>,
  bases: boolean,
): Plan {
  const at = (group: Group, code?: string): number => cellOf(cube, code === undefined ? group : { ...group, [ANSWER]: code });
  const size = (cell: number): number => cells[cell] ?? 0;
  const keep = new Set<number>();
  const free = new Set<number>();
  const own = new Set(groups.map(groupName));
  for (const group of (link?.by ?? []).flatMap((by) => groupsBy(sample, rules, by))) {
    if (!own.has(groupName(group))) for (const { id } of rule.categories) free.add(at(group, id));
    if (away.has(groupName(group)) || size(at(group)) < rules.minimum) continue;
    for (const cell of [at(group), ...sums.map(({ code }) => at(group, code))]) keep.add(cell);
  }
  const sensitive: Sensitive[] = [];
  const undivided = new Set<string>();
  for (const group of groups) {
    const base = at(group);
    const n = size(base);
    if (away.has(groupName(group)))
      for (const code of [undefined, ...sums.map((sum) => sum.code), ...rule.categories.map(({ id }) => id)]) free.add(at(group, code));
    else if (bases && n >= rules.minimum) keep.add(base);
    if (n === 0) continue;
    if (n < rules.minimum) sensitive.push({ cell: base, upper: rules.minimum - n, lower: 1, rule: "minimum" });
    const small = sums.some(({ code }) => keep.has(at(group, code)) && size(at(group, code)) < rules.minimum);
    for (const { id } of rule.categories) {
      const cell = at(group, id);
      const value = size(cell);
      // Beside the rest of the group it would be a number of people by itself.
      if (small) undivided.add(cellName(group, id));
      const sum = sums.find(({ of }) => of.includes(id));
      const whole = sum === undefined ? base : at(group, sum.code);
      if (keep.has(cell) || value >= rules.minimum) continue;
      const limit = keep.has(whole) ? size(whole) : n;
      // A group that is hidden whole gives nobody its size: one more and one fewer, as for shares.
      const upper = n < rules.minimum || away.has(groupName(group)) ? 1 : Math.min(rules.minimum, limit) - value;
      // All of a small sum gave this answer: the others of it are there to be raised, and that lowers this one.
      if (upper > 0) sensitive.push({ cell, upper, lower: Math.min(value, 1), rule: "minimum" });
    }
    // Of a group that is large enough the sums are the indicator's own affair.
    if (n < rules.minimum)
      for (const { code, of } of sums)
        if (of.length > 1) sensitive.push({ cell: at(group, code), upper: 1, lower: Math.min(size(at(group, code)), 1), rule: "minimum" });
  }
  for (const cell of keep) free.delete(cell);
  return { keep: [...keep], sensitive: sensitive.filter(({ cell }) => !keep.has(cell)), free, undivided };
}

interface Found {
  /** Names of cells that may be shown. */
  readonly shown: ReadonlySet<string>;
  readonly sensitive: number;
  readonly secondary: number;
}

/** A proved pattern for the first tables of the rules, in which cells that are out already stay; null where there is none. */
function found(sample: Sample, rules: PublicationRules, whole: Distributed, shapes: number, away: ReadonlySet<string>, out: ReadonlySet<string>): Found | null {
  const of = { ...whole, rule: { ...whole.rule, by: whole.rule.by.slice(0, shapes) } };
  const names = of.rule.categories.map(({ id }) => id);
  const groups = of.rule.by.flatMap((by) => groupsBy(sample, rules, by));
  const answers = answersIn(sample, rules, of);
  const { cube, values, cells, zeros } = answers;
  const at = (group: Group, id: string): number => cellOf(cube, { ...group, [ANSWER]: id });
  const stays = groups.flatMap((group) => {
    const own = names.filter((id) => out.has(cellName(group, id))).map((id) => at(group, id));
    return own.length === 0 ? own : [cellOf(cube, group), ...own];
  });
  // First with how many answered of every group taken as known; then with less.
  for (const bases of [true, false]) {
    const { keep, sensitive, free, undivided } = planOf(sample, rules, of, answers, groups, away, bases);
    const cost = (cell: number): number => (free.has(cell) ? FREE : (cells[cell] ?? 0) + 1);
    try {
      const pattern = provedPattern(whole.rule.id, { cube, measures: [{ id: whole.rule.id, values, sensitive }], zeros }, [...keep, ...stays], cost);
      const shown = groups.flatMap((group) =>
        away.has(groupName(group)) || pattern.away.has(cellOf(cube, group))
          ? []
          : names.filter((id) => !pattern.away.has(at(group, id)) && !undivided.has(cellName(group, id))).map((id) => cellName(group, id)),
      );
      return { shown: new Set(shown), sensitive: pattern.primary, secondary: pattern.secondary };
    } catch (error) {
      if (!(error instanceof DisclosureError) || error.code !== "cannot-protect") throw error;
    }
  }
  return null;
}

/**
 * Decides what may be shown, and proves it: the first table of the rules by itself (everyone together), then all, with what is out already kept, as whole groups go first among shares. Where no way is found the last
 * table is left out, and so on.
 */
function shownOf(sample: Sample, rules: PublicationRules, of: Distributed, away: ReadonlySet<string>): Found {
  const none: Found = { shown: new Set(), sensitive: 0, secondary: 0 };
  const first = found(sample, rules, of, 1, away, none.shown);
  for (let shapes = of.rule.by.length; shapes > 1; shapes -= 1) {
    const more = found(sample, rules, of, shapes, away, first?.shown ?? none.shown);
    if (more !== null) return more;
  }
  return first ?? none;
}

/** How many people gave each answer, by the finest groups. */
function peopleBy(sample: Sample, rules: PublicationRules, { options }: Distributed, wave: string): readonly Atom[] {
  const people = new Map<string, Atom & { n: number }>();
  for (const [row, option] of options.entries()) {
    if (option === "") continue;
    const codes = { ...Object.fromEntries(rules.dimensions.map(({ id }) => [id, sample.codes.get(id)?.[row] ?? ""])), [ANSWER]: option };
    const name = groupName(codes);
    const before = people.get(name);
    if (before === undefined) people.set(name, { wave, codes, n: 1 });
    else before.n += 1;
  }
  return [...people.values()];
}

/**
 * Decides which categories of a question are hidden.
 * @param away names of groups that are hidden among the shares of the same people
 * @throws PublicationError `not-protected`
 */
export function protectCategories(sample: Sample, rules: PublicationRules, of: Distributed, away: ReadonlySet<string>): ProtectedCategories {
  const { rule, denominator } = of;
  const { shown, sensitive, secondary } = shownOf(sample, rules, of, away);
  const wave = `${keyOfDenominator(sample.wave, denominator)}/${rule.question}`;
  // Only the classification: whom a group takes in.
  const cube = makeCube(
    rules.dimensions.map(({ id, codes }) => ({ id, codes: codes.map(({ code, parent }) => ({ code, parent })) })),
    [[]],
  );
  const optionsOf = new Map(rule.categories.map(({ id, options }) => [id, options]));
  const knows = (group: Group, category: string): Known[] => {
    const everyone = populationOf(cube, cellOf(cube, group), wave);
    const gave = { wave, where: { ...everyone.where, [ANSWER]: optionsOf.get(category) ?? [] } };
    return [everyone, gave].map((population) => ({ terms: [{ coefficient: 1, measure: PEOPLE, population }] }));
  };
  const numbers = rule.by
    .flatMap((by) => groupsBy(sample, rules, by))
    .flatMap((group) =>
      rule.categories.flatMap(({ id, nl }): PublishedNumber[] =>
        !shown.has(cellName(group, id))
          ? []
          : [{ id: `${categoryName(rule.id, id)}/${groupName(group)}`, label: `${rule.nl}, ${nl}, ${groupName(group)}`, known: knows(group, id) }],
      ),
    );
  return {
    distribution: rule.id,
    hidden: (category, group) => !shown.has(cellName(group, category)),
    numbers,
    atoms: peopleBy(sample, rules, of, wave),
    sensitive,
    secondary,
  };
}
