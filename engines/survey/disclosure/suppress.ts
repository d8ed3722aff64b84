/**
 * Primary and complementary suppression with proof: chooses which further cells must go so that every sensitive cell keeps its protection interval, also for a reader who adds and subtracts all cells, margins and
 * linked tables and knows that counts are whole and not negative. Whoever publishes calls it; certificate.ts checks what it gives.
 *
 * [Note: Witness tables] A reader who sees the published cells can exclude a table only if it differs in one of them or holds a negative number. So a sensitive cell is protected to one side when we can
 * *show* another table, whole and without negative numbers, equal in every published cell, in which that cell is as much higher (or lower) as its protection asks. We build these tables: two for each sensitive
 * cell. Each is the true one changed by *moves*: +t and -t on the corners of a box of atoms, which leaves every margin over the box as it was (the moves of Kelly, Golden and Assad and of the
 * hypercube method, here over atoms, so that hierarchies, margins and linked tables need no rules of their own). The cells a move does change are the ones that must be suppressed; moves are chosen so that those
 * cost least. A linear-programming audit gives bounds that whole numbers may not reach; a witness is such a table itself, so the proof holds for whole numbers in any number of dimensions.
 */
import { DisclosureError } from "./errors.ts";
import { cellValues, cellWords, eachCellOf, nodesOf, type Cube } from "./table.ts";
import type { Sensitive } from "./rules.ts";

/** One quantity published over the cells of the cube: the count, or a total that a mean or share beside its n reveals. All quantities share one pattern of suppressed cells. */
export interface Measure {
  readonly id: string;
  /** Value per atom, zero or more. Whole numbers stay whole in the witnesses. */
  readonly values: ArrayLike<number>;
  readonly sensitive: readonly Sensitive[];
}

/**
 * What a reader may know of atoms with zero of the first measure. `known`: that nobody is there, so that no witness puts anyone there (the safe choice for people). `unknown`: nothing. A list, one per atom: `true`
 * where it is known; for a cube with answers as a dimension, where nobody was asked ({@link emptyBase}): that nobody of seven said yes is not known beforehand.
 */
export type Zeros = "known" | "unknown" | readonly boolean[];

/** 1 for atoms of which a reader knows that they are empty. */
export function knownEmpty(cube: Cube, first: ArrayLike<number>, zeros: Zeros): Uint8Array {
  return Uint8Array.from(cube.atoms, (_, atom) =>
    Number(zeros === "known" ? first[atom] === 0 : zeros === "unknown" ? false : zeros[atom] === true && first[atom] === 0),
  );
}

/** How to suppress. */
export interface SuppressSettings {
  /** Cells that are public already, or must be: never suppressed. */
  readonly keep?: readonly number[];
  /** What it costs to lose a cell, above zero; by default one more than the value of the first measure there. */
  readonly cost?: (cell: number) => number;
  /** What a reader may know of atoms with zero; see {@link Zeros}. Default `known`. */
  readonly zeros?: Zeros;
}

/** Another table that fits all that is published. */
export interface Witness {
  readonly measure: string;
  readonly cell: number;
  /** Which side of the sensitive cell it keeps open. */
  readonly side: "upper" | "lower";
  /** Changes to the true table: atom (place in the cube's atoms) and by how much. */
  readonly changes: readonly (readonly [atom: number, by: number])[];
}

/** A pattern of suppression and why it holds. */
export interface Suppression {
  /** Sensitive cells, in order of number. */
  readonly primary: readonly number[];
  /** Cells suppressed for their sake. */
  readonly secondary: readonly number[];
  /** Two per sensitive cell and measure (one where `lower` is zero): the proof. Not for publication: it holds the true table. */
  readonly witnesses: readonly Witness[];
}

const EPSILON = 1e-9;

/**
 * Suppresses the sensitive cells and as little more as this finds.
 * @throws DisclosureError `cannot-protect` when cells that must be kept, or known zeros, leave no way; `table-malformed`.
 */
export function suppress(cube: Cube, measures: readonly Measure[], settings: SuppressSettings = {}): Suppression {
  const work = new Pattern(cube, measures, settings);
  const tasks = measures
    .flatMap((measure) =>
      measure.sensitive.flatMap((one) => [{ measure, one, side: "upper" as const }, ...(one.lower > 0 ? [{ measure, one, side: "lower" as const }] : [])]),
    )
    // The hardest first: what they need is there for the others to use.
    .toSorted((a, b) => b.one[b.side] - a.one[a.side] || a.one.cell - b.one.cell);
  const made = tasks.map((task) => {
    const changes = work.protect(task.measure, task.one, task.side);
    work.take(changes);
    return { ...task, changes };
  });
  // Second look: a cell that few witnesses use may not be needed now that the others are there.
  work.thin(made);
  return {
    primary: work.primary,
    secondary: work.secondary(),
    witnesses: made.map(({ measure, one, side, changes }) => ({
      measure: measure.id,
      cell: one.cell,
      side,
      changes: [...changes].toSorted(([a], [b]) => a - b),
    })),
  };
}

type Changes = ReadonlyMap<number, number>;

interface Task {
  readonly measure: Measure;
  readonly one: Sensitive;
  readonly side: "upper" | "lower";
  changes: Changes;
}

/** The cells suppressed so far, and the search for witnesses over them. */
class Pattern {
  readonly #cube: Cube;
  readonly #cost: Float64Array;
  readonly #suppressed: Uint8Array;
  /** 1 for atoms of which a reader knows that nobody is there. */
  readonly #empty: Uint8Array;
  readonly primary: readonly number[];
  /** Per dimension and pair of leaves: the nodes above the first and not above the second. */
  readonly #apart: readonly (readonly (readonly (readonly number[])[])[])[];

  constructor(cube: Cube, measures: readonly Measure[], { keep = [], cost, zeros = "known" }: SuppressSettings) {
    this.#cube = cube;
    this.#empty = knownEmpty(cube, measures[0]?.values ?? [], zeros);
    this.#suppressed = new Uint8Array(cube.size);
    for (const { id, values } of measures) {
      if (values.length !== cube.atoms.length || Array.from(values).some((value) => !Number.isFinite(value) || value < 0)) {
        throw new DisclosureError("table-malformed", `Measure ${id} needs one value, zero or more, for each of ${cube.atoms.length} atoms.`);
      }
    }
    const first = cellValues(cube, measures[0]?.values ?? []);
    this.#cost = Float64Array.from({ length: cube.size }, (_, cell) => (cube.published[cell] === 1 ? (cost?.(cell) ?? (first[cell] ?? 0) + 1) : 0));
    // A cell where all is known to be empty stands there as empty and cannot take part; nor can what must stay.
    const possible = cellValues(
      cube,
      this.#empty.map((empty) => 1 - empty),
    );
    for (const [cell, count] of possible.entries()) if (count === 0 && cube.published[cell] === 1) this.#cost[cell] = Number.POSITIVE_INFINITY;
    for (const cell of keep) this.#cost[cell] = Number.POSITIVE_INFINITY;
    const primary = new Set(measures.flatMap(({ sensitive }) => sensitive.map(({ cell }) => cell)));
    for (const cell of primary) {
      if (keep.includes(cell))
        throw new DisclosureError("cannot-protect", `The cell ${cellWords(cube, cell)} is sensitive and must be kept: it cannot be both.`, {
          cell: cellWords(cube, cell),
        });
      if (cube.published[cell] === 1) this.#suppressed[cell] = 1;
    }
    this.primary = [...primary].toSorted((a, b) => a - b);
    this.#apart = cube.dimensions.map(({ above, codes }) =>
      codes.map((_, one) => codes.map((_other, two) => (above[one] ?? []).filter((node) => !(above[two] ?? []).includes(node)))),
    );
  }

  secondary(): readonly number[] {
    const primary = new Set(this.primary);
    return Array.from(this.#suppressed.keys()).filter((cell) => this.#suppressed[cell] === 1 && !primary.has(cell));
  }

  /** Published cells that differ between the true table and the witness. */
  changed(changes: Changes): readonly number[] {
    const difference = new Map<number, number>();
    for (const [atom, by] of changes)
      eachCellOf(this.#cube, atom, (cell) => void (this.#cube.published[cell] === 1 && difference.set(cell, (difference.get(cell) ?? 0) + by)));
    return [...difference].flatMap(([cell, by]) => (Math.abs(by) > EPSILON ? [cell] : []));
  }

  /** Suppresses what a witness changes. */
  take(changes: Changes): void {
    for (const cell of this.changed(changes)) this.#suppressed[cell] = 1;
  }

  /** Finds a witness, by the cheapest moves one after the other. */
  protect(measure: Measure, { cell, upper, lower }: Sensitive, side: "upper" | "lower"): Changes {
    const changes = this.#search(measure, cell, side === "upper" ? 1 : -1, side === "upper" ? upper : lower, this.#cost);
    if (changes === null) {
      const words = cellWords(this.#cube, cell);
      throw new DisclosureError(
        "cannot-protect",
        `The cell ${words} cannot be protected: too much around it is empty or must be kept. Merge it with a neighbour, or keep less.`,
        { cell: words },
      );
    }
    return changes;
  }

  #search(measure: Measure, cell: number, sign: 1 | -1, need: number, cost: Float64Array): Changes | null {
    const state = Float64Array.from(measure.values);
    const opened = Uint8Array.from(this.#suppressed);
    const changes = new Map<number, number>();
    let left = need;
    while (left > EPSILON) {
      const move = this.#bestMove(state, opened, cell, sign, left, cost);
      if (move === null) return null;
      for (const [atom, direction] of move.atoms) {
        state[atom] = (state[atom] ?? 0) + direction * move.size;
        const sum = (changes.get(atom) ?? 0) + direction * move.size;
        if (Math.abs(sum) > EPSILON) changes.set(atom, sum);
        else changes.delete(atom);
      }
      for (const touched of move.cells) opened[touched] = 1;
      left -= move.size;
    }
    return changes;
  }

  /**
   * The cheapest move that raises (or lowers) the cell: per dimension the move stays at one leaf under the cell, or goes between such a leaf and one outside the cell. Cost per unit moved decides.
   */
  #bestMove(state: Float64Array, opened: Uint8Array, cell: number, sign: 1 | -1, need: number, cost: Float64Array): Move | null {
    const { dimensions, strides, atomAt, published } = this.#cube;
    const target = nodesOf(this.#cube, cell);
    const depth = dimensions.length;
    const best: { found: Candidate | null } = { found: null };
    const mine = Array.from<number>({ length: depth }).fill(0);
    const partner = Array.from<number>({ length: depth }).fill(0);

    const corners = (which: number, atomCell: number, direction: number, use: (atom: number, direction: number) => boolean): boolean => {
      if (which === depth) return use(atomAt[atomCell] ?? -1, direction);
      const stride = strides[which] ?? 0;
      if (!corners(which + 1, atomCell + (mine[which] ?? 0) * stride, direction, use)) return false;
      return partner[which] === 0 || corners(which + 1, atomCell + (partner[which] ?? 0) * stride, -direction, use);
    };
    // Cells a move changes, dimension by dimension: those above one end and not the other; without a partner, all above.
    const touched = (which: number, at: number, use: (cell: number) => boolean): boolean => {
      if (which === depth) return published[at] !== 1 || use(at);
      const stride = strides[which] ?? 0;
      const [one, two] = [mine[which] ?? 0, partner[which] ?? 0];
      const above = two === 0 ? (dimensions[which]?.above[one] ?? []) : (this.#apart[which]?.[one]?.[two] ?? []);
      for (const node of above) if (!touched(which + 1, at + node * stride, use)) return false;
      if (two !== 0) for (const node of this.#apart[which]?.[two]?.[one] ?? []) if (!touched(which + 1, at + node * stride, use)) return false;
      return true;
    };
    const weigh = (): void => {
      let size = need;
      const possible = corners(0, 0, sign, (atom, direction) => {
        const value = state[atom] ?? 0;
        if (direction < 0) size = Math.min(size, value);
        else if (this.#empty[atom] === 1) return false;
        return size > EPSILON;
      });
      if (!possible) return;
      let price = 0;
      const { score: limit, size: reach } = best.found ?? { score: Number.POSITIVE_INFINITY, size: 0 };
      const affordable = touched(0, 0, (changed) => {
        if (opened[changed] !== 1) price += cost[changed] ?? 0;
        return price / size < limit || (price === 0 && limit === 0 && size > reach);
      });
      if (!affordable || price === Number.POSITIVE_INFINITY) return;
      best.found = { score: price / size, size, mine: [...mine], partner: [...partner] };
    };
    const choose = (which: number): void => {
      // Free, and all that is needed at once: nothing can be better.
      if (best.found !== null && best.found.score === 0 && best.found.size === need) return;
      if (which === depth) return weigh();
      const dimension = dimensions[which];
      const under = dimension?.under[target[which] ?? 0] ?? [];
      for (const leaf of under) {
        mine[which] = leaf;
        partner[which] = 0;
        choose(which + 1);
        if (target[which] === 0) continue;
        for (const other of dimension?.leaves ?? []) {
          if (under.includes(other)) continue;
          partner[which] = other;
          choose(which + 1);
        }
      }
    };
    choose(0);
    return best.found === null ? null : this.#moveOf(best.found, sign);
  }

  #moveOf({ mine, partner, size }: Candidate, sign: 1 | -1): Move {
    const { strides, atomAt } = this.#cube;
    let corners: { readonly at: number; readonly direction: number }[] = [{ at: 0, direction: sign }];
    for (const [which, leaf] of mine.entries()) {
      const [stride, other] = [strides[which] ?? 0, partner[which] ?? 0];
      corners = corners.flatMap(({ at, direction }) => [
        { at: at + leaf * stride, direction },
        ...(other === 0 ? [] : [{ at: at + other * stride, direction: -direction }]),
      ]);
    }
    const atoms = corners.map(({ at, direction }) => [atomAt[at] ?? -1, direction] as const);
    return { atoms, size, cells: this.changed(new Map(atoms)) };
  }

  /** Gives back secondary cells, the dearest first, when every witness that uses them can be replaced by one over what stays suppressed. */
  thin(tasks: readonly Task[]): void {
    const users = new Map<number, Set<Task>>();
    const register = (task: Task): void => {
      for (const cell of this.changed(task.changes)) users.set(cell, (users.get(cell) ?? new Set()).add(task));
    };
    for (const task of tasks) register(task);
    const dearest = this.secondary().toSorted((a, b) => (this.#cost[b] ?? 0) - (this.#cost[a] ?? 0));
    // Nothing new may be opened: all that is not suppressed has no price that can be paid.
    const closed = new Float64Array(this.#cube.size).fill(Number.POSITIVE_INFINITY);
    for (const cell of dearest) {
      const using = [...(users.get(cell) ?? [])];
      this.#suppressed[cell] = 0;
      const replaced: (readonly [Task, Changes])[] = [];
      for (const task of using) {
        const { measure, one, side } = task;
        const changes = this.#search(measure, one.cell, side === "upper" ? 1 : -1, one[side], closed);
        if (changes === null) break;
        replaced.push([task, changes]);
      }
      if (replaced.length < using.length) {
        this.#suppressed[cell] = 1;
        continue;
      }
      for (const [task, changes] of replaced) {
        for (const before of this.changed(task.changes)) users.get(before)?.delete(task);
        task.changes = changes;
        register(task);
      }
    }
  }
}

/** A move that is weighed: its leaves per dimension, partner 0 where it stays at one. */
interface Candidate {
  /** Cost per unit moved. */
  readonly score: number;
  readonly size: number;
  readonly mine: readonly number[];
  readonly partner: readonly number[];
}

interface Move {
  readonly atoms: readonly (readonly [atom: number, direction: number])[];
  readonly size: number;
  readonly cells: readonly number[];
}
