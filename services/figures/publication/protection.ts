/**
 * Disclosure control over a quarter's picture, and the guard over everything that ever was published. Called by make.ts.
 *
 * [Note: What is protected together] Series with the same denominator are about the same facts, so they share one pattern: their tables are one cube (month, province, function, and the answer where there are shares),
 * each series a measure on it, and a group that is hidden for one is hidden for all. A group of fewer facts than the minimum is hidden, and so is one in which everyone gave an answer that tells of each. What is
 * hidden for their sake is found and proved by engines/survey/disclosure; the proof is checked again by plain addition before anything leaves this file. A group that is hidden among all facts of a kind is hidden in
 * every narrower denominator of that kind too.
 *
 * [Note: One set of facts] The guard judges by the facts as they are now, so what two editions over two sets of facts tell by their difference it cannot see. The fingerprint of the facts is part of the memory, and a
 * second publication about a quarter over other facts is refused. A correction may change words or rules, not facts.
 */
import {
  cellOf,
  cellValues,
  determinedBy,
  DisclosureError,
  emptyBase,
  flawsOf,
  makeCube,
  minimumRule,
  populationOf,
  publish,
  readMemory,
  shareRule,
  suppress,
  withhold,
  type Atom,
  type Cube,
  type Measure,
  type PublishedMemory,
  type PublishedNumber,
  type Sensitive,
} from "@rugdekking/survey/disclosure";
import type { Fact } from "#services/figures/contract/facts.ts";
import { pictureGroupName, type PictureGroup } from "#services/figures/contract/picture.ts";
import { PictureError } from "./errors.ts";
import { factsDigest } from "./read-facts.ts";
import { codeOf, type FactDimension, type FactSeries } from "./series.ts";

const ANSWER = "answer";
const answers = {
  id: ANSWER,
  codes: [
    { code: "yes", parent: null },
    { code: "no", parent: null },
  ],
};

/** Reads the memory of the desk (parsed JSON). @throws PictureError `memory-malformed` */
export function readPictureMemory(value: unknown): PublishedMemory {
  try {
    return readMemory(value);
  } catch (error) {
    if (!(error instanceof DisclosureError)) throw error;
    throw new PictureError(
      "memory-malformed",
      `The file of earlier publications cannot be read: ${error.message}. Take the last good copy; never start an empty one.`,
    );
  }
}

/** All groups a series is shown by: everything first. */
export const groupsOf = (dimensions: readonly FactDimension[], by: readonly string[]): readonly PictureGroup[] => [
  {},
  ...dimensions.filter(({ id }) => by.includes(id)).flatMap(({ id, codes }) => codes.map(({ code }) => ({ [id]: code }))),
];

/** Series of one denominator, with the facts inside it. */
interface Lot {
  readonly denominator: string;
  readonly series: readonly FactSeries[];
  readonly dimensions: readonly FactDimension[];
  readonly facts: readonly Fact[];
}

/** One per denominator, the widest of each kind before the narrower ones. */
function lotsOf(facts: readonly Fact[], series: readonly FactSeries[], dimensions: readonly FactDimension[]): readonly Lot[] {
  return [...Map.groupBy(series, ({ denominator }) => denominator)].map(([denominator, own]) => ({
    denominator,
    series: own,
    dimensions: dimensions.filter(({ id }) => own.some(({ by }) => by.includes(id))),
    facts: facts.filter((fact) => own.some(({ of }) => of(fact) !== null)),
  }));
}

/** A cube with a measure per series. Without a share there is no answer in it. */
function cubeOf({ series, dimensions, facts }: Lot, tables: readonly (readonly string[])[], minimum: number) {
  const shares = series.filter(({ unit }) => unit === "percent");
  const answered = shares.length > 0;
  const all = [...dimensions.map(({ id, codes }) => ({ id, codes: codes.map(({ code }) => ({ code, parent: null })) })), ...(answered ? [answers] : [])];
  // A denominator without any dimension is one number: a cube needs one classification, so it gets one of a single code.
  const bare = all.length === 0 ? [{ id: "all", codes: [{ code: "all", parent: null }] }] : all;
  const cube = makeCube(
    bare,
    tables.map((table) => (answered ? [...table, ANSWER] : [...table])),
  );
  const atomOf = (fact: Fact, answer: "yes" | "no"): number => {
    const key = Object.fromEntries(dimensions.map(({ id }) => [id, codeOf(fact, id)]));
    return cube.atomAt[cellOf(cube, answered ? { ...key, [ANSWER]: answer } : all.length === 0 ? { all: "all" } : key)] ?? -1;
  };
  const valuesOf = ({ of }: FactSeries): Float64Array => {
    const values = new Float64Array(cube.atoms.length);
    for (const fact of facts) {
      const atom = atomOf(fact, of(fact) === 1 ? "yes" : "no");
      values[atom] = (values[atom] ?? 0) + 1;
    }
    return values;
  };
  const groups = tables.flatMap((table) => (table.length === 0 ? [{}] : groupsOf(dimensions, table).slice(1)));
  const measures = (answered ? shares : series).map((one): Measure => {
    const values = valuesOf(one);
    const cells = cellValues(cube, values);
    if (!answered) return { id: one.id, values, sensitive: minimumRule(cube, cells, minimum) };
    const own = new Set(groups.filter((group) => Object.keys(group).every((id) => one.by.some((by) => by === id))).map((group) => cellOf(cube, group)));
    const whole = cellOf(cube, {});
    const yes = cells[cellOf(cube, { [ANSWER]: "yes" })] ?? 0;
    // Where the whole already says that everyone, or nobody, gave an answer, a group keeps no secret of it; only how many it has.
    const said = yes === 0 || yes === cells[whole];
    const bases = new Set(groups.map((group) => cellOf(cube, group)));
    const few = shareRule(cube, cells, ANSWER, minimum).filter(({ cell }) => bases.has(cell) || (!said && answersOf(cube, own).has(cell)));
    return { id: one.id, values, sensitive: [...few, ...alike(cube, cells, groups, minimum, one)] };
  });
  const inside = measures[0]?.values ?? new Float64Array(cube.atoms.length);
  return { cube, measures, zeros: answered ? emptyBase(cube, cellValues(cube, inside), ANSWER) : ("known" as const), answered };
}

/** Cells of both answers in these groups. */
function answersOf(cube: Cube, groups: ReadonlySet<number>): ReadonlySet<number> {
  const place = cube.dimensions.findIndex(({ id }) => id === ANSWER);
  const stride = cube.strides[place] ?? 0;
  return new Set([...groups].flatMap((cell) => [cell + stride, cell + 2 * stride]));
}

/** Groups in which everyone gave the answer that tells something of each. */
function alike(cube: Cube, cells: Float64Array, groups: readonly PictureGroup[], minimum: number, { tells }: FactSeries): readonly Sensitive[] {
  if (tells === "none") return [];
  return groups.flatMap((group): Sensitive[] => {
    const base = cellOf(cube, group);
    const cell = cellOf(cube, { ...group, [ANSWER]: "yes" });
    if ((cells[base] ?? 0) < minimum || cells[cell] !== cells[base]) return [];
    return [
      { cell: base, upper: 1, lower: 1, rule: "given" },
      { cell, upper: 1, lower: 1, rule: "given" },
    ];
  });
}

/** All choices of tables, the most tables first; of as many, those that keep what stands first. */
function subsetsOf(by: readonly string[]): readonly (readonly string[])[] {
  const [first, ...rest] = by;
  if (first === undefined) return [[]];
  const below = subsetsOf(rest);
  return [...below.map((one) => [first, ...one]), ...below].toSorted((a, b) => b.length - a.length);
}

/** What was hidden in a denominator, by name of the group. */
interface Hidden {
  readonly groups: ReadonlySet<string>;
  readonly sensitive: number;
  readonly secondary: number;
}

/**
 * Hides groups of one denominator, and proves it. The number of everything is kept where it may be shown; where no way is found with it kept, whole tables are given up: by function, by province, by both, by month.
 * @throws PictureError `not-protected` when the check finds a flaw: a fault of ours
 */
function hide(lot: Lot, minimum: number): Hidden {
  const by = lot.dimensions.map(({ id }) => id);
  for (const kept of subsetsOf(by)) {
    const tables: readonly (readonly string[])[] = kept.length === 0 ? [[]] : kept.map((id) => [id]);
    const groups = groupsOf(lot.dimensions, by);
    const shown = new Set(groupsOf(lot.dimensions, kept).map(pictureGroupName));
    const { cube, measures, zeros, answered } = cubeOf(lot, tables, minimum);
    const parts = (group: PictureGroup): readonly number[] =>
      (answered ? [group, { ...group, [ANSWER]: "yes" }, { ...group, [ANSWER]: "no" }] : [group]).map((key) => cellOf(cube, key));
    const sensitive = new Set(measures.flatMap((measure) => measure.sensitive.map(({ cell }) => cell)));
    const whole = parts({});
    try {
      const pattern = suppress(cube, measures, { zeros, keep: whole.some((cell) => sensitive.has(cell)) ? [] : whole });
      const [flaw] = flawsOf(cube, measures, pattern, zeros);
      if (flaw !== undefined)
        throw new PictureError("not-protected", `A cell of ${lot.denominator} is not protected (${flaw.what}); nothing is published. This is a fault of ours.`);
      const away = new Set([...pattern.primary, ...pattern.secondary]);
      const hidden = groups.filter((group) => !shown.has(pictureGroupName(group)) || parts(group).some((cell) => away.has(cell)));
      return { groups: new Set(hidden.map(pictureGroupName)), sensitive: pattern.primary.length, secondary: pattern.secondary.length };
    } catch (error) {
      if (!(error instanceof DisclosureError) || error.code !== "cannot-protect") throw error;
    }
  }
  return { groups: new Set(groupsOf(lot.dimensions, by).map(pictureGroupName)), sensitive: lot.facts.length > 0 ? 1 : 0, secondary: 0 };
}

/** What may be published, and what the desk must remember of it. */
export interface PictureProtection {
  readonly hidden: (series: FactSeries, group: PictureGroup) => boolean;
  readonly memory: PublishedMemory;
  /** For the desk: how many cells were hidden and why, and what the guard said of each figure it withheld. */
  readonly report: {
    readonly sensitive: number;
    readonly forTheirSake: number;
    readonly byGuard: readonly { readonly figure: string; readonly because: string }[];
  };
}

const kindOf = (denominator: string): string => denominator.split("/")[0] ?? denominator;

/**
 * Decides what is hidden, over all series at once and against all earlier publications.
 * @param publication name of the edition, title and day
 * @throws PictureError `not-protected`, `guard-refused`
 */
export function protect(
  facts: readonly Fact[],
  series: readonly FactSeries[],
  dimensions: readonly FactDimension[],
  publication: { readonly id: string; readonly title: string; readonly on: string; readonly quarter: string },
  before: PublishedMemory,
  minimum: number,
): PictureProtection {
  const digest = factsDigest(facts);
  const { quarter } = publication;
  const waveOf = (denominator: string): string => `${quarter}/${denominator}`;
  if (before.atoms.some(({ wave }) => wave.startsWith(`${quarter}/`)) && before.answers[quarter] !== digest)
    throw new PictureError(
      "guard-refused",
      `${quarter} was published before over other facts: beside that publication this one would tell what came or went between. A correction may change words or rules, not facts; take the file of facts of the first edition.`,
    );
  const lots = lotsOf(facts, series, dimensions);
  const own = new Map(lots.map((lot) => [lot.denominator, hide(lot, minimum)]));
  // More hidden than was proved leaves a reader less: the proofs hold.
  const hiddenBy = (denominator: string, name: string): boolean =>
    own.get(denominator)?.groups.has(name) === true || own.get(kindOf(denominator))?.groups.has(name) === true;
  const numbers = lots.flatMap((lot) => {
    const { cube } = cubeOf(lot, lot.dimensions.length === 0 ? [[]] : lot.dimensions.map(({ id }) => [id]), minimum);
    return lot.series.flatMap((one) =>
      groupsOf(lot.dimensions, one.by).flatMap((group): PublishedNumber[] => {
        const name = pictureGroupName(group);
        if (hiddenBy(lot.denominator, name)) return [];
        const population = populationOf(cube, cellOf(cube, group), waveOf(lot.denominator));
        const known = determinedBy(one.unit === "count" ? { kind: "count", population } : { kind: "share", of: one.id, population });
        return [{ id: `${one.id}/${name}`, label: `${one.title.nl}, ${name}`, known }];
      }),
    );
  });
  const atoms = lots.flatMap((lot): Atom[] => {
    const groups = Map.groupBy(lot.facts, (fact) => lot.dimensions.map(({ id }) => codeOf(fact, id)).join(" "));
    return [...groups.values()].map((members) => {
      const [first] = members;
      const codes = first === undefined ? [] : lot.dimensions.map(({ id }) => [id, codeOf(first, id)] as const);
      return { wave: waveOf(lot.denominator), codes: Object.fromEntries(codes), n: members.length };
    });
  });
  // Nobody is known too: a wave of which nothing came must not be missing.
  const empty = lots
    .filter((lot) => lot.facts.length === 0)
    .map((lot): Atom => ({
      wave: waveOf(lot.denominator),
      codes: Object.fromEntries(lot.dimensions.map(({ id, codes }) => [id, codes[0]?.code ?? ""])),
      n: 0,
    }));
  const people = [...before.atoms.filter(({ wave }) => !wave.startsWith(`${quarter}/`)), ...atoms, ...empty];
  const settings = { minimum };
  const order = { id: publication.id, title: publication.title, on: publication.on, numbers };
  const rest = withhold(before.guard, order, people, settings);
  const { state, verdict } = publish(before.guard, rest.publication, people, settings);
  if (!verdict.allowed)
    throw new PictureError(
      "guard-refused",
      "Together with earlier publications these figures would single people out, and leaving some out does not help. Publish fewer figures.",
    );
  const withheld = new Set(rest.withheld.map(({ number }) => number));
  return {
    hidden: ({ id, denominator }, group) => hiddenBy(denominator, pictureGroupName(group)) || withheld.has(`${id}/${pictureGroupName(group)}`),
    memory: { version: 1, guard: state, atoms: people, answers: { ...before.answers, [quarter]: digest } },
    report: {
      sensitive: [...own.values()].reduce((sum, one) => sum + one.sensitive, 0),
      forTheirSake: [...own.values()].reduce((sum, one) => sum + one.secondary, 0),
      byGuard: rest.withheld.map(({ number, because }) => ({ figure: number, because })),
    },
  };
}
