/** Tables over hierarchical and crossing classifications, and tables linked by what they share: every published cell is a sum of atoms. The room's ground; suppression, audit and rounding call it. */
import { DisclosureError } from "./errors.ts";
import type { Population } from "./statistic.ts";

/** One classification, such as place or function. Everyone together is always there above its codes, and is written {@link ALL}. */
export interface Dimension {
  readonly id: string;
  /** Codes with the code they belong to, `null` for those right under {@link ALL}. Codes without children are its leaves; people have leaf codes. */
  readonly codes: readonly { readonly code: string; readonly parent: string | null }[];
}

/** How "all codes together" is written in a cell. */
export const ALL = "*";

/** Cells a cube may have at most (product over dimensions of the number of codes and {@link ALL}). */
export const CELL_LIMIT = 2_000_000;

/** A dimension as numbers: node 0 is {@link ALL}. */
interface Nodes {
  readonly id: string;
  readonly codes: readonly string[];
  readonly index: ReadonlyMap<string, number>;
  /** Leaf nodes. */
  readonly leaves: readonly number[];
  /** Per node: itself and all above it, itself first. */
  readonly above: readonly (readonly number[])[];
  /** Per node: the leaves it takes in. */
  readonly under: readonly (readonly number[])[];
}

/** What a cell is about: dimension to code; a dimension at {@link ALL} may be left out. */
export type CellKey = Readonly<Record<string, string>>;

/**
 * All cells over a set of dimensions. Cells are numbered in mixed radix over the nodes; `published` says which stand in at least one table.
 * Made by {@link makeCube}.
 */
export interface Cube {
  readonly dimensions: readonly Nodes[];
  /** Cell number of node 1 in each dimension. */
  readonly strides: readonly number[];
  readonly size: number;
  /** Cell numbers of the atoms: leaves in every dimension. */
  readonly atoms: readonly number[];
  /** Nodes of each atom, in the order of the dimensions. */
  readonly atomNodes: readonly (readonly number[])[];
  /** Atom (place in `atoms`) by cell number; -1 for cells that are none. */
  readonly atomAt: Int32Array;
  /** 1 for cells that stand in a published table. */
  readonly published: Uint8Array;
}

/**
 * Makes the cube of a set of linked tables.
 * @param tables dimensions of each table, with all its margins; without, one table over all dimensions. `[["province", "function"], ["province", "size"]]` is two tables that share the margin over provinces.
 * @throws DisclosureError `dimension-malformed`, `dimension-unknown`, `table-too-large`.
 */
export function makeCube(dimensions: readonly Dimension[], tables: readonly (readonly string[])[] = [dimensions.map(({ id }) => id)]): Cube {
  const nodes = dimensions.map(readDimension);
  if (nodes.length === 0 || new Set(nodes.map(({ id }) => id)).size < nodes.length)
    throw new DisclosureError("dimension-malformed", "Give one dimension at least, each with its own name.");
  const strides: number[] = [];
  let size = 1;
  for (const { codes } of nodes) {
    strides.push(size);
    size *= codes.length;
    if (size > CELL_LIMIT) throw new DisclosureError("table-too-large", `These dimensions have more than ${CELL_LIMIT} cells together: cross fewer of them.`);
  }
  const atomNodes = product(nodes.map(({ leaves }) => leaves));
  const atoms = atomNodes.map((each) => each.reduce((sum, node, which) => sum + node * (strides[which] ?? 0), 0));
  const atomAt = new Int32Array(size).fill(-1);
  for (const [index, cell] of atoms.entries()) atomAt[cell] = index;
  const published = new Uint8Array(size);
  for (const table of tables) {
    for (const id of table)
      if (!nodes.some((each) => each.id === id))
        throw new DisclosureError("dimension-unknown", `A table is over ${id}, which is no dimension here.`, { dimension: id });
    for (const each of product(nodes.map(({ id, codes }) => (table.includes(id) ? codes.map((_, node) => node) : [0])))) {
      published[each.reduce((sum, node, which) => sum + node * (strides[which] ?? 0), 0)] = 1;
    }
  }
  return { dimensions: nodes, strides, size, atoms, atomNodes, atomAt, published };
}

function readDimension({ id, codes }: Dimension): Nodes {
  const wrong = (what: string) => new DisclosureError("dimension-malformed", `Dimension ${id}: ${what}.`, { dimension: id });
  const all = [ALL, ...codes.map(({ code }) => code)];
  const index = new Map(all.map((code, node) => [code, node]));
  if (codes.length === 0) throw wrong("it has no codes");
  if (index.size < all.length) throw wrong(`a code stands there twice, or is ${ALL}`);
  const parents = codes.map(({ code, parent }) => {
    const node = parent === null ? 0 : index.get(parent);
    if (node === undefined || parent === ALL) throw wrong(`${code} belongs to ${parent}, which is no code of it`);
    return node;
  });
  const parentOf = (node: number): number => parents[node - 1] ?? 0;
  const above = all.map((code, node) => {
    const path = [node];
    for (let at = node; at !== 0; at = parentOf(at)) {
      if (path.length > all.length) throw wrong(`${code} belongs to itself in a circle`);
      path.push(parentOf(at));
    }
    return path;
  });
  const inner = new Set(parents);
  const leaves = all.map((_, node) => node).filter((node) => node !== 0 && !inner.has(node));
  const under = all.map((_, node) => leaves.filter((leaf) => above[leaf]?.includes(node) === true));
  return { id, codes: all, index, leaves, above, under };
}

/** All combinations, the first list running fastest. */
function product(lists: readonly (readonly number[])[]): readonly (readonly number[])[] {
  let all: number[][] = [[]];
  for (const list of lists) all = list.flatMap((value) => all.map((each) => [...each, value]));
  return all;
}

/**
 * The number of a cell.
 * @throws DisclosureError `dimension-unknown` for a dimension or code that is not there.
 */
export function cellOf(cube: Cube, key: CellKey): number {
  for (const id of Object.keys(key))
    if (!cube.dimensions.some((each) => each.id === id))
      throw new DisclosureError("dimension-unknown", `There is no dimension ${id} in this table.`, { dimension: id });
  return cube.dimensions.reduce((sum, { id, index }, which) => {
    const code = key[id] ?? ALL;
    const node = index.get(code);
    if (node === undefined) throw new DisclosureError("dimension-unknown", `${code} is no code of ${id}.`, { dimension: id, code });
    return sum + node * (cube.strides[which] ?? 0);
  }, 0);
}

/** Nodes of a cell, in the order of the dimensions. */
export function nodesOf(cube: Cube, cell: number): readonly number[] {
  return cube.dimensions.map(({ codes }, which) => Math.floor(cell / (cube.strides[which] ?? 1)) % codes.length);
}

/** What a cell is about; dimensions at {@link ALL} are left out. */
export function keyOf(cube: Cube, cell: number): CellKey {
  const nodes = nodesOf(cube, cell);
  return Object.fromEntries(cube.dimensions.flatMap(({ id, codes }, which) => ((nodes[which] ?? 0) === 0 ? [] : [[id, codes[nodes[which] ?? 0] ?? ""]])));
}

/** A cell in words: codes joined, or `all`. */
export function cellWords(cube: Cube, cell: number): string {
  return Object.values(keyOf(cube, cell)).join(", ") || "all";
}

/** Whom a cell is about, for the differencing guard: the leaf codes it takes in, per dimension that is not at {@link ALL}. */
export function populationOf(cube: Cube, cell: number, wave: string): Population {
  const nodes = nodesOf(cube, cell);
  const where = cube.dimensions.flatMap(({ id, codes, under }, which) => {
    const node = nodes[which] ?? 0;
    return node === 0 ? [] : [[id, (under[node] ?? []).map((leaf) => codes[leaf] ?? "")] as const];
  });
  return { wave, where: Object.fromEntries(where) };
}

/** Calls `use` for every cell an atom is part of. */
export function eachCellOf(cube: Cube, atom: number, use: (cell: number) => void): void {
  const nodes = cube.atomNodes[atom] ?? [];
  const walk = (which: number, cell: number): void => {
    if (which === nodes.length) return use(cell);
    for (const node of cube.dimensions[which]?.above[nodes[which] ?? 0] ?? []) walk(which + 1, cell + node * (cube.strides[which] ?? 0));
  };
  walk(0, 0);
}

/** Values of all cells from those of the atoms. */
export function cellValues(cube: Cube, atomValues: ArrayLike<number>): Float64Array {
  const values = new Float64Array(cube.size);
  for (const atom of cube.atoms.keys()) {
    const value = atomValues[atom] ?? 0;
    if (value !== 0) eachCellOf(cube, atom, (cell) => (values[cell] = (values[cell] ?? 0) + value));
  }
  return values;
}

/**
 * Values of the atoms from a list by codes; what is not listed is zero.
 * @throws DisclosureError `table-malformed` for a value below zero, not finite, or of a cell that is no atom (a code for every dimension, each a leaf); `dimension-unknown`.
 */
export function atomValues(cube: Cube, listed: readonly { readonly key: CellKey; readonly value: number }[]): Float64Array {
  const values = new Float64Array(cube.atoms.length);
  for (const { key, value } of listed) {
    const atom = cube.atomAt[cellOf(cube, key)] ?? -1;
    if (atom < 0) throw new DisclosureError("table-malformed", `${JSON.stringify(key)} is no finest group: give a leaf code for every dimension.`);
    if (!Number.isFinite(value) || value < 0)
      throw new DisclosureError("table-malformed", `The value ${value} of ${JSON.stringify(key)} must be zero or more.`);
    values[atom] = (values[atom] ?? 0) + value;
  }
  return values;
}
