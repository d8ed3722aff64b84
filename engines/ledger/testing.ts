/** A log held in memory, and proofs by the naive recursion of RFC 9162, for tests of this engine and of what stands on it. */
import { append, emptyLog, type LogState } from "./append.ts";
import { hashNode, rootOfLeaves } from "./merkle.ts";
import type { Tile } from "./tiles.ts";
import type { TileReader } from "./tree.ts";

/** Leaf number `i` of test logs. */
export const testLeaf = (i: number): Uint8Array => new TextEncoder().encode(`leaf ${i}\n`);

/** Leaves `from` up to `to`. */
export const testLeaves = (from: number, to: number): Uint8Array[] => Array.from({ length: to - from }, (_, i) => testLeaf(from + i));

/** Grows by real appends and keeps only what a server keeps: the widest tile of each place. */
export class MemoryLog implements TileReader {
  state: LogState = emptyLog;
  readonly roots: Uint8Array[] = [rootOfLeaves([])];
  readonly leafHashes: Uint8Array[] = [];
  readonly tiles = new Map<string, Tile>();
  reads = 0;

  grow(entries: readonly Uint8Array[]): void {
    const appended = append(this.state, entries);
    for (const tile of appended.tiles) this.tiles.set(`${tile.level}/${tile.index}`, tile);
    this.leafHashes.push(...appended.leafHashes);
    this.roots[appended.size] = appended.root;
    this.state = { size: appended.size, edge: appended.edge };
  }

  async tile(level: number, index: number, width: number): Promise<Uint8Array | null> {
    this.reads += 1;
    return this.tiles.get(`${level}/${index}`)?.bytes.slice(0, width * 32) ?? null;
  }
}

const split = (n: number): number => 2 ** Math.ceil(Math.log2(n) - 1);

/** PATH(m, D[n]) as RFC 9162 §2.1.3.1 writes it. */
export function naivePath(m: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  if (leaves.length <= 1) return [];
  const k = split(leaves.length);
  return m < k
    ? [...naivePath(m, leaves.slice(0, k)), rootOfLeaves(leaves.slice(k))]
    : [...naivePath(m - k, leaves.slice(k)), rootOfLeaves(leaves.slice(0, k))];
}

/** SUBPROOF(m, D[n], b) as RFC 9162 §2.1.4.1 writes it. */
export function naiveSubproof(m: number, leaves: readonly Uint8Array[], whole: boolean): Uint8Array[] {
  if (m === leaves.length) return whole ? [] : [rootOfLeaves(leaves)];
  const k = split(leaves.length);
  return m <= k
    ? [...naiveSubproof(m, leaves.slice(0, k), whole), rootOfLeaves(leaves.slice(k))]
    : [...naiveSubproof(m - k, leaves.slice(k), false), rootOfLeaves(leaves.slice(0, k))];
}

/** Root by hashing pair by pair, without the recursion: a second opinion for small trees. */
export function pairwiseRoot(leaves: readonly Uint8Array[]): Uint8Array {
  let row = [...leaves];
  while (row.length > 1) {
    const next: Uint8Array[] = [];
    for (let i = 0; i < row.length; i += 2) {
      const [left, right] = [row[i], row[i + 1]];
      if (left !== undefined) next.push(right === undefined ? left : hashNode(left, right));
    }
    row = next;
  }
  const [root] = row;
  if (root === undefined) throw new Error("pairwiseRoot needs a leaf");
  return root;
}
