/**
 * The differencing guard: remembers every number that was ever published and refuses a new one that, together with those, speaks of too few people alone. Whoever publishes (report, factsheet, answer to parliament,
 * open data) asks it first and keeps what it gives back.
 *
 * [Note: What the guard decides] People who are in exactly the same published populations cannot be told apart by sums: they form a *class*. A published number is a known linear combination of the
 * unknown totals of classes. Whatever follows from all of them by adding and subtracting is the row space of that matrix over the rationals, and the guard looks in it for a combination, other than zero,
 * that adds up something over classes with fewer people together than the minimum: all its coefficients of one sign. If the space holds one, it is found (every such vector is a sum of such vectors with
 * smallest support, and those are searched: Rockafellar 1969); if none is found, there is none (or the search ran out, and then it refuses). A *difference* between two small groups (this one has two more than that
 * one) does not isolate either and is let through by default: complementary suppression cannot avoid it. `strict` refuses it as well.
 */
import { DisclosureError } from "./errors.ts";
import { DEFAULT_MINIMUM } from "./rules.ts";
import { combination, lightVectors, RowSpace } from "./row-space.ts";
import { PEOPLE, type Known, type Population, type Term } from "./statistic.ts";

/** People who share a wave and a leaf code in every dimension: the finest group anything is published about. */
export interface Atom {
  readonly wave: string;
  /** Dimension to leaf code. */
  readonly codes: Readonly<Record<string, string>>;
  /** Unweighted number of people who answered; zero is known to be zero. */
  readonly n: number;
}

/** A number that is to be published, or was. */
export interface PublishedNumber {
  /** Name within its publication. */
  readonly id: string;
  /** What it is, in the words of the publication: an explanation quotes it. */
  readonly label: string;
  /** What a reader knows by it; see {@link determinedBy}. */
  readonly known: readonly Known[];
}

/** Numbers that come out together: a report, a factsheet, an answer, a file. */
export interface Publication {
  readonly id: string;
  /** Title, as an explanation quotes it. */
  readonly title: string;
  /** Day it came or comes out, `YYYY-MM-DD`. */
  readonly on: string;
  readonly numbers: readonly PublishedNumber[];
}

/** All that was ever published, in order. Plain JSON; only ever added to. */
export interface GuardState {
  readonly version: 1;
  readonly publications: readonly Publication[];
}

/** The state before anything was published. */
export const emptyGuard: GuardState = { version: 1, publications: [] };

/** One number's part in a leak. */
export interface LeakPart {
  /** Times this number. */
  readonly coefficient: number;
  readonly publication: string;
  readonly title: string;
  readonly on: string;
  readonly number: string;
  readonly label: string;
}

/** A combination of numbers that speaks of too few people. */
export interface Leak {
  /** How many people it speaks of; below the minimum. */
  readonly people: number;
  /** What about them: `people`, or names of questions. */
  readonly measures: readonly string[];
  /** Who they are: wave and codes of the atoms they are in. */
  readonly group: readonly { readonly wave: string; readonly codes: Readonly<Record<string, string>>; readonly n: number }[];
  /** Numbers published before that are part of it. */
  readonly earlier: readonly LeakPart[];
  /** Numbers of the new publication that are part of it. */
  readonly fresh: readonly LeakPart[];
  /** The same as a sentence or two for the editor. For inside use: it says how few they are. */
  readonly words: string;
}

/** What the guard says of a publication. */
export type Verdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: "leak"; readonly leak: Leak }
  | {
      readonly allowed: false;
      /** The search did not end within its budget: refused to be safe. Publish fewer or coarser numbers. */
      readonly reason: "undecided";
      readonly words: string;
    };

/** Settings of the guard. */
export interface GuardSettings {
  /** Fewest people a combination may speak of, unweighted. Default 10. */
  readonly minimum?: number;
  /** Refuse also what only compares small groups, such as the sum over one minus the sum over another; see [Note: What the guard decides]. Default `false`. */
  readonly strict?: boolean;
  /** Steps of search per block of dependent small groups; default 50,000 (well under a second). */
  readonly budget?: number;
}

/**
 * Judges a publication against everything before it and against itself. Changes nothing.
 * @param atoms the people of every wave that was ever published about; dimensions added since are welcome, none may be missing
 * @throws DisclosureError `publication-malformed`, `publication-repeated`, `atoms-missing`, `dimension-unknown`, `setting-invalid`.
 */
export function judge(state: GuardState, publication: Publication, atoms: readonly Atom[], settings: GuardSettings = {}): Verdict {
  const { minimum, budget, strict } = checkSettings(settings);
  checkPublication(state, publication);
  const lines = distinct([...state.publications, publication].flatMap((from) => linesOf(from, from === publication)));
  const people = new People(atoms);
  const judged = new Set<string>();
  // Answers before numbers of people: where both leak, that is what an editor wants to hear of.
  const lots = connected(lines).toSorted((a, b) => Number(a[0]?.terms[0]?.measure === PEOPLE) - Number(b[0]?.terms[0]?.measure === PEOPLE));
  for (const lot of lots) {
    if (!lot.some(({ fresh }) => fresh)) continue;
    // Forty questions over the same populations are one matrix.
    const shape = shapeOf(lot);
    if (judged.has(shape)) continue;
    const verdict = judgeLot(lot, people, minimum, budget, strict);
    if (!verdict.allowed) return verdict;
    judged.add(shape);
  }
  return { allowed: true };
}

/**
 * Puts a publication that {@link judge} allows behind the others.
 * @returns the new state, or the verdict that refuses it
 */
export function publish(
  state: GuardState,
  publication: Publication,
  atoms: readonly Atom[],
  settings: GuardSettings = {},
): { readonly state: GuardState; readonly verdict: Verdict } {
  const verdict = judge(state, publication, atoms, settings);
  return { state: verdict.allowed ? { version: 1, publications: [...state.publications, publication] } : state, verdict };
}

/**
 * Withholds numbers until the rest may be published: of each leak the new number that stands last in the publication goes, so put what matters most first.
 * @returns what may be published (to be given to {@link publish}), and what was withheld with the reason
 */
export function withhold(
  state: GuardState,
  publication: Publication,
  atoms: readonly Atom[],
  settings: GuardSettings = {},
): { readonly publication: Publication; readonly withheld: readonly { readonly number: string; readonly because: string }[] } {
  let rest = publication;
  const withheld: { number: string; because: string }[] = [];
  for (;;) {
    const verdict = judge(state, rest, atoms, settings);
    if (verdict.allowed) return { publication: rest, withheld };
    const last = verdict.reason === "leak" ? rest.numbers.findLast(({ id }) => verdict.leak.fresh.some(({ number }) => number === id)) : rest.numbers.at(-1);
    if (last === undefined) return { publication: rest, withheld };
    withheld.push({ number: last.id, because: verdict.reason === "leak" ? verdict.leak.words : verdict.words });
    rest = { ...rest, numbers: rest.numbers.filter(({ id }) => id !== last.id) };
  }
}

/** One known combination with where it comes from. */
interface Line {
  readonly terms: readonly Term[];
  readonly from: Publication;
  readonly number: PublishedNumber;
  readonly fresh: boolean;
}

const linesOf = (from: Publication, fresh: boolean): readonly Line[] =>
  from.numbers.flatMap((number) => number.known.map(({ terms }) => ({ terms, from, number, fresh })));

/** Each combination once, as it came out first: the n of a group stands beside every question, and saying it again tells nothing new. */
function distinct(lines: readonly Line[]): readonly Line[] {
  const first = new Map<string, Line>();
  for (const line of lines) {
    const key = line.terms.map(({ coefficient, measure, population }) => `${coefficient} ${JSON.stringify(measure)} ${keyOfPopulation(population)}`).join();
    if (!first.has(key)) first.set(key, line);
  }
  return [...first.values()];
}

const unknownsOf = ({ terms }: Line): readonly string[] => terms.map(({ measure, population }) => JSON.stringify([measure, population.wave]));

/** A lot without the names of its measures: equal for lots that are the same matrix. */
function shapeOf(lot: readonly Line[]): string {
  const names = [...new Set(lot.flatMap(({ terms }) => terms.map(({ measure }) => measure)))];
  return JSON.stringify(
    lot.map(({ terms, fresh }) => [
      fresh,
      terms.map(({ coefficient, measure, population }) => [coefficient, names.indexOf(measure), keyOfPopulation(population)]),
    ]),
  );
}

const populationKeys = new WeakMap<Population, string>();

/** One text per set of people, in whatever order its codes are given. */
function keyOfPopulation(population: Population): string {
  const before = populationKeys.get(population);
  if (before !== undefined) return before;
  const where = Object.entries(population.where).map(([dimension, codes]) => JSON.stringify([dimension, codes.toSorted()]));
  const key = JSON.stringify([population.wave, where.toSorted()]);
  populationKeys.set(population, key);
  return key;
}

/** Lines that share no measure of a wave, directly or by way of others, cannot be combined: each lot is judged by itself. */
function connected(lines: readonly Line[]): readonly (readonly Line[])[] {
  const above = new Map<string, string>();
  const top = (name: string): string => {
    let at = name;
    for (let next = above.get(at); next !== undefined && next !== at; next = above.get(at)) at = next;
    return at;
  };
  for (const line of lines) {
    const names = unknownsOf(line).map(top);
    for (const name of names) above.set(name, names[0] ?? name);
  }
  const lots = new Map<string, Line[]>();
  for (const line of lines) {
    const name = top(unknownsOf(line)[0] ?? "");
    const lot = lots.get(name);
    if (lot === undefined) lots.set(name, [line]);
    else lot.push(line);
  }
  return [...lots.values()];
}

/** The people, and which of them a population takes in. */
class People {
  readonly atoms: readonly Atom[];
  readonly #waves: ReadonlySet<string>;
  readonly #known = new Map<string, Uint8Array>();

  constructor(atoms: readonly Atom[]) {
    for (const { n, wave } of atoms) {
      if (!Number.isSafeInteger(n) || n < 0)
        throw new DisclosureError("table-malformed", `A group in wave ${wave} has ${n} people; give a whole number from 0.`);
    }
    this.#waves = new Set(atoms.map(({ wave }) => wave));
    this.atoms = atoms.filter(({ n }) => n > 0);
  }

  /** One byte per atom: 1 where the population takes it in. */
  members(population: Population): Uint8Array {
    const { wave, where } = population;
    const key = keyOfPopulation(population);
    const before = this.#known.get(key);
    if (before !== undefined) return before;
    if (!this.#waves.has(wave))
      throw new DisclosureError("atoms-missing", `Nobody of wave ${wave} was given: a number about that wave cannot be judged. Give its atoms too.`, { wave });
    const wanted = Object.entries(where).map(([dimension, codes]) => ({ dimension, codes: new Set(codes) }));
    const taken = Uint8Array.from(this.atoms, (atom) => {
      if (atom.wave !== wave) return 0;
      for (const { dimension, codes } of wanted) {
        const code = atom.codes[dimension];
        if (code === undefined) {
          throw new DisclosureError(
            "dimension-unknown",
            `A number is about a selection by ${dimension}, which the people of wave ${wave} were not given with.`,
            { dimension },
          );
        }
        if (!codes.has(code)) return 0;
      }
      return 1;
    });
    this.#known.set(key, taken);
    return taken;
  }
}

/** Columns of the matrix: a measure over a class. */
interface Column {
  readonly measure: string;
  readonly members: readonly number[];
  readonly n: number;
}

function judgeLot(lines: readonly Line[], people: People, minimum: number, budget: number, strict: boolean): Verdict {
  const { columns, rows } = matrixOf(lines, people);
  // Large classes first, so that what is left behind the last of them speaks of small ones only.
  const order = columns.map((_, index) => index).toSorted((a, b) => (columns[b]?.n ?? 0) - (columns[a]?.n ?? 0));
  const sorted = order.flatMap((index) => columns[index] ?? []);
  const large = sorted.filter(({ n }) => n >= minimum).length;
  const arranged = rows.map((row) => order.map((index) => row[index] ?? 0));
  const all = new RowSpace(sorted.length);
  for (const row of arranged) all.add(row);
  const basis = all.basisFrom(large);
  if (basis.length === 0) return { allowed: true };

  let old: RowSpace | null = null;
  const wasKnown = (vector: readonly number[]): boolean => {
    if (old === null) {
      old = new RowSpace(sorted.length);
      for (const [index, row] of arranged.entries()) if (lines[index]?.fresh === false) old.add(row);
    }
    return old.holds(vector);
  };
  let leak: Leak | null = null;
  const weights = columnWeights(sorted, large);
  const complete = lightVectors(
    basis.map((row) => row.slice(large)),
    weights,
    minimum,
    budget,
    (light) => {
      const vector = [...Array.from<number>({ length: large }).fill(0), ...light];
      const members = new Set(sorted.flatMap((column, index) => (vector[index] === 0 ? [] : column.members)));
      const count = [...members].reduce((sum, member) => sum + (people.atoms[member]?.n ?? 0), 0);
      // What was out already cannot be taken back; only what the new numbers add is held against them.
      // Mixed signs: vectors with smaller support may still have one sign.
      if (count >= minimum || (!strict && light.some((value) => value > 0) && light.some((value) => value < 0))) return "heavy";
      if (wasKnown(vector)) return "known";
      leak = explain(vector, arranged, lines, sorted, members, count, people);
      return "stop";
    },
  );
  if (leak !== null) return { allowed: false, reason: "leak", leak };
  if (complete) return { allowed: true };
  const words =
    "It could not be decided in time whether these numbers together single out a small group: too many small groups depend on each other. Publish fewer or coarser numbers.";
  return { allowed: false, reason: "undecided", words };
}

/** Weights of the small columns. People of whom two measures are known count once: with several measures each column weighs its share, and the members are counted exactly afterwards. */
function columnWeights(sorted: readonly Column[], large: number): readonly number[] {
  const small = sorted.slice(large);
  const measures = new Map<string, number>();
  for (const { members } of small) {
    const key = members.join(" ");
    measures.set(key, (measures.get(key) ?? 0) + 1);
  }
  return small.map(({ members, n }) => n / (measures.get(members.join(" ")) ?? 1));
}

function matrixOf(lines: readonly Line[], people: People): { readonly columns: readonly Column[]; readonly rows: readonly (readonly number[])[] } {
  // Classes: atoms with the same membership in every population of this lot.
  const populations = [...new Set(lines.flatMap(({ terms }) => terms.map(({ population }) => people.members(population))))];
  const classes = new Map<string, number[]>();
  for (const index of people.atoms.keys()) {
    const signature = populations.flatMap((taken, which) => (taken[index] === 1 ? [which] : [])).join(" ");
    if (signature === "") continue;
    const same = classes.get(signature);
    if (same === undefined) classes.set(signature, [index]);
    else same.push(index);
  }
  const groups = [...classes.values()].map((members) => ({ members, n: members.reduce((sum, member) => sum + (people.atoms[member]?.n ?? 0), 0) }));
  const measures = [...new Set(lines.flatMap(({ terms }) => terms.map(({ measure }) => measure)))];
  const columns = measures.flatMap((measure) => groups.map((group) => ({ measure, ...group })));
  const rows = lines.map(({ terms }) => {
    const row = columns.map(() => 0);
    for (const { coefficient, measure, population } of terms) {
      const taken = people.members(population);
      const start = measures.indexOf(measure) * groups.length;
      for (const [index, { members }] of groups.entries()) if (taken[members[0] ?? 0] === 1) row[start + index] = (row[start + index] ?? 0) + coefficient;
    }
    return row;
  });
  // A class that no line of a measure touches is a column of zeros: it costs time and says nothing.
  const used = columns.flatMap((_, index) => (rows.some((row) => row[index] !== 0) ? [index] : []));
  return { columns: used.flatMap((index) => columns[index] ?? []), rows: rows.map((row) => used.map((index) => row[index] ?? 0)) };
}

function explain(
  vector: readonly number[],
  rows: readonly (readonly number[])[],
  lines: readonly Line[],
  columns: readonly Column[],
  members: ReadonlySet<number>,
  count: number,
  people: People,
): Leak {
  const found = pair(vector, rows, lines) ?? combination(rows, vector)?.coefficients ?? [];
  // A number that gives several lines (its n and its total) is named once.
  const parts = new Map<string, LeakPart & { readonly fresh: boolean }>();
  for (const [index, coefficient] of found.entries()) {
    const line = lines[index];
    if (line === undefined || coefficient === 0) continue;
    const { from, number, fresh } = line;
    const key = JSON.stringify([from.id, number.id]);
    if (!parts.has(key)) parts.set(key, { coefficient, publication: from.id, title: from.title, on: from.on, number: number.id, label: number.label, fresh });
  }
  const bare = ({ coefficient, publication, title, on, number, label }: LeakPart): LeakPart => ({ coefficient, publication, title, on, number, label });
  const earlier = [...parts.values()].filter(({ fresh }) => !fresh).map(bare);
  const fresh = [...parts.values()].filter((part) => part.fresh).map(bare);
  const measures = [...new Set(columns.flatMap(({ measure }, index) => (vector[index] === 0 ? [] : [measure])))];
  return {
    people: count,
    measures,
    group: [...members].flatMap((member) => people.atoms[member] ?? []),
    earlier,
    fresh,
    words: inWords(earlier, fresh, measures, count),
  };
}

/** The commonest leak is the difference of two numbers, or one number by itself: found first, since it is explained in one sentence. */
function pair(vector: readonly number[], rows: readonly (readonly number[])[], lines: readonly Line[]): readonly number[] | null {
  const pivot = vector.findIndex((value) => value !== 0);
  const matches = (row: readonly number[], other: readonly number[] | null, sign: number): boolean => {
    const value = (column: number): number => (row[column] ?? 0) + sign * (other?.[column] ?? 0);
    const [mine, theirs] = [value(pivot), vector[pivot] ?? 0];
    return mine !== 0 && vector.every((wanted, column) => value(column) * theirs === wanted * mine);
  };
  for (const [index, row] of rows.entries()) {
    if (lines[index]?.fresh !== true) continue;
    if (matches(row, null, 1)) return rows.map((_, at) => (at === index ? 1 : 0));
  }
  for (const [index, row] of rows.entries()) {
    if (lines[index]?.fresh !== true) continue;
    for (const [other, second] of rows.entries()) {
      for (const sign of [-1, 1]) {
        if (other !== index && matches(row, second, sign)) return rows.map((_, at) => (at === index ? 1 : at === other ? sign : 0));
      }
    }
  }
  return null;
}

function inWords(earlier: readonly LeakPart[], fresh: readonly LeakPart[], measures: readonly string[], count: number): string {
  const about = measures.map((measure) => (measure === PEOPLE ? "how many they are" : `their answers to «${measure}»`)).join(" and ");
  const named = (parts: readonly LeakPart[], when: (part: LeakPart) => string): string => parts.map((part) => `«${part.label}»${when(part)}`).join(", ");
  const mine = named(fresh, () => "");
  const before = named(earlier, ({ title, on }) => ` (${title}, ${on})`);
  const people = count === 1 ? "one person" : `${count} people`;
  if (earlier.length === 0 && fresh.length === 1) return `The new number ${mine} is about ${people} only: ${about}. Leave it out or take a larger group.`;
  if (earlier.length === 0) return `The new numbers ${mine}, added and subtracted, leave ${people}: ${about}. Leave one of them out.`;
  return `Together with ${before}, which is public, the new ${fresh.length === 1 ? "number" : "numbers"} ${mine} would leave ${people} when added and subtracted: ${about}. Leave out what is new, or take a group that differs by more people.`;
}

function checkSettings({ minimum = DEFAULT_MINIMUM, budget = 50_000, strict = false }: GuardSettings): Required<GuardSettings> {
  if (!Number.isSafeInteger(minimum) || minimum < 2)
    throw new DisclosureError("setting-invalid", `A minimum of ${minimum} protects nobody: give a whole number from 2.`);
  if (!Number.isSafeInteger(budget) || budget < 1) throw new DisclosureError("setting-invalid", "The budget of the search is a whole number above zero.");
  return { minimum, budget, strict };
}

function checkPublication(state: GuardState, publication: Publication): void {
  readGuardState({ version: 1, publications: [publication] });
  if (state.publications.some(({ id }) => id === publication.id)) {
    throw new DisclosureError(
      "publication-repeated",
      `Publication ${publication.id} is there already: give a correction an id of its own, since what was out stays known.`,
    );
  }
}

/**
 * Reads the guard's state, as it was kept (parsed JSON).
 * @throws DisclosureError `publication-malformed`, saying where.
 */
export function readGuardState(value: unknown): GuardState {
  const state = record(value, "the state");
  if (state["version"] !== 1) throw malformed("the state has another version than 1");
  const publications = list(state["publications"], "publications").map((one, index) => {
    const place = `publications[${index}]`;
    const entry = record(one, place);
    const on = text(entry["on"], `${place}.on`);
    if (!/^\d{4}-\d{2}-\d{2}$/u.test(on)) throw malformed(`${place}.on is no day as YYYY-MM-DD`);
    const numbers = list(entry["numbers"], `${place}.numbers`).map((each, at) => readNumber(each, `${place}.numbers[${at}]`));
    if (new Set(numbers.map(({ id }) => id)).size < numbers.length) throw malformed(`${place}.numbers has an id twice`);
    return { id: text(entry["id"], `${place}.id`), title: text(entry["title"], `${place}.title`), on, numbers };
  });
  if (new Set(publications.map(({ id }) => id)).size < publications.length) throw malformed("publications has an id twice");
  return { version: 1, publications };
}

function readNumber(value: unknown, place: string): PublishedNumber {
  const number = record(value, place);
  const known = list(number["known"], `${place}.known`).map((one, index) => {
    const terms = list(record(one, `${place}.known[${index}]`)["terms"], `${place}.known[${index}].terms`).map((term, at) =>
      readTerm(term, `${place}.known[${index}].terms[${at}]`),
    );
    if (terms.length === 0) throw malformed(`${place}.known[${index}] has no terms`);
    return { terms };
  });
  return { id: text(number["id"], `${place}.id`), label: text(number["label"], `${place}.label`), known };
}

function readTerm(value: unknown, place: string): Term {
  const term = record(value, place);
  const coefficient = term["coefficient"];
  if (typeof coefficient !== "number" || !Number.isSafeInteger(coefficient) || coefficient === 0)
    throw malformed(`${place}.coefficient is no whole number other than zero`);
  const population = record(term["population"], `${place}.population`);
  const where = Object.entries(record(population["where"], `${place}.population.where`)).map(
    ([dimension, codes]) =>
      [dimension, list(codes, `${place}.population.where.${dimension}`).map((code) => text(code, `${place}.population.where.${dimension}`))] as const,
  );
  return {
    coefficient,
    measure: text(term["measure"], `${place}.measure`),
    population: { wave: text(population["wave"], `${place}.population.wave`), where: Object.fromEntries(where) },
  };
}

const malformed = (what: string): DisclosureError => new DisclosureError("publication-malformed", `What was published cannot be read: ${what}.`);

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function record(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (!isRecord(value)) throw malformed(`${place} is no object`);
  return value;
}

function list(value: unknown, place: string): readonly unknown[] {
  if (!Array.isArray(value)) throw malformed(`${place} is no list`);
  return value;
}

function text(value: unknown, place: string): string {
  if (typeof value !== "string" || value === "" || value.length > 2000) throw malformed(`${place} is no text of 1 to 2000 characters`);
  return value;
}
