/** Adding leaves to a log: from the right edge of its tiles come the new tiles and the new edge, touching nothing else. Pure; a sequencer calls it. */
import { LedgerError } from "./errors.ts";
import { checkSize, emptyRoot, hashLeaf, hashNode } from "./merkle.ts";
import { Tile, TILE_HEIGHT, TILE_WIDTH, checkEntry, type TilePlace } from "./tiles.ts";

/**
 * All that a log must remember to grow. `edge` holds the partial tile of each level that has one (so a log of 256 leaves has
 * only the level 1 tile of width 1); at most seven tiles below 2^53 leaves.
 */
export interface LogState {
  readonly size: number;
  readonly edge: readonly Tile[];
}

/** A range of entries whose bundle changed; `entries` are only those added now, the first of them at `from` within the bundle. */
export interface BundlePiece extends TilePlace {
  readonly level: "entries";
  readonly from: number;
  readonly entries: readonly Uint8Array[];
}

/** What an append brought forth. Store `tiles` (each replaces the narrower one of the same place) and the new entries, then publish the root. */
export interface Appended extends LogState {
  /** Merkle Tree Hash at the new size. */
  readonly root: Uint8Array;
  /** Every tile that is new or wider than before, full ones included, lowest level first. */
  readonly tiles: readonly Tile[];
  readonly bundles: readonly BundlePiece[];
  /** Leaf hashes of the appended entries, in order; the first has index `size` of the earlier state. */
  readonly leafHashes: readonly Uint8Array[];
}

/** State of a log without leaves. */
export const emptyLog: LogState = { size: 0, edge: [] };

/** Places of the partial tiles that {@link LogState} needs for a log of `size` leaves: read these from storage after a restart. */
export function edgePlaces(size: number): { level: number; index: number; width: number }[] {
  checkSize(size);
  const places = [];
  for (let level = 0; TILE_WIDTH ** level <= size; level++) {
    const hashes = Math.floor(size / TILE_WIDTH ** level);
    const width = hashes % TILE_WIDTH;
    if (width > 0) places.push({ level, index: Math.floor(hashes / TILE_WIDTH), width });
  }
  return places;
}

/**
 * Appends `entries` to a log.
 * @param entries leaf inputs (not hashes), at most 65,535 bytes each.
 * @throws LedgerError `tile-malformed` when `state.edge` is not the edge of a log of that size, `entry-too-large`, `size-invalid`.
 */
export function append(state: LogState, entries: readonly Uint8Array[]): Appended {
  checkEdge(state);
  const size = state.size + entries.length;
  checkSize(size);
  entries.forEach(checkEntry);
  const leafHashes = entries.map(hashLeaf);
  const tiles: Tile[] = [];
  const edge: Tile[] = [];
  let rising: readonly Uint8Array[] = leafHashes;
  for (let level = 0; TILE_WIDTH ** level <= size; level++) {
    const before = state.edge.find((tile) => tile.level === level);
    const grown = growLevel(level, Math.floor(state.size / TILE_WIDTH ** level), before, rising);
    tiles.push(...grown);
    const last = grown.at(-1) ?? before;
    if (last !== undefined && last.width < TILE_WIDTH) edge.push(last);
    rising = grown.filter((tile) => tile.width === TILE_WIDTH).map((tile) => tile.node(TILE_HEIGHT, 0));
  }
  return { size, edge, root: rootOfEdge(edge), tiles, bundles: bundlesOf(state.size, entries), leafHashes };
}

/** Root over the tiles of an edge: each partial tile is the tree's right flank at its level, so nothing else is needed. */
export function rootOfEdge(edge: readonly Tile[]): Uint8Array {
  let root: Uint8Array | null = null;
  for (const tile of edge.toSorted((a, b) => a.level - b.level)) {
    // Complete subtrees of the tile from the right (smallest) to the left.
    let right = tile.width;
    for (let height = 0; right > 0; height++) {
      if (Math.floor(right / 2 ** height) % 2 === 0) continue;
      const node = tile.node(height, right / 2 ** height - 1);
      root = root === null ? node : hashNode(node, root);
      right -= 2 ** height;
    }
  }
  return root ?? emptyRoot();
}

/** Tiles of one level that change when `hashes` come after the `count` already there. */
function growLevel(level: number, count: number, before: Tile | undefined, hashes: readonly Uint8Array[]): Tile[] {
  const tiles: Tile[] = [];
  let open = before;
  for (let taken = 0; taken < hashes.length;) {
    const room = TILE_WIDTH - (open?.width ?? 0);
    const fresh = hashes.slice(taken, taken + room);
    const index = Math.floor((count + taken) / TILE_WIDTH);
    tiles.push(open === undefined ? tileOf(level, index, fresh) : open.extended(fresh));
    taken += fresh.length;
    open = undefined;
  }
  return tiles;
}

function tileOf(level: number, index: number, hashes: readonly Uint8Array[]): Tile {
  const bytes = new Uint8Array(hashes.length * 32);
  hashes.forEach((hash, i) => bytes.set(hash, i * 32));
  return new Tile({ level, index }, bytes);
}

function bundlesOf(size: number, entries: readonly Uint8Array[]): BundlePiece[] {
  const pieces: BundlePiece[] = [];
  for (let taken = 0; taken < entries.length;) {
    const at = size + taken;
    const from = at % TILE_WIDTH;
    const fresh = entries.slice(taken, taken + TILE_WIDTH - from);
    pieces.push({ level: "entries", index: Math.floor(at / TILE_WIDTH), width: from + fresh.length, from, entries: fresh });
    taken += fresh.length;
  }
  return pieces;
}

function checkEdge(state: LogState): void {
  const places = edgePlaces(state.size);
  const fits =
    places.length === state.edge.length &&
    places.every(({ level, index, width }) => state.edge.some((t) => t.level === level && t.index === index && t.width === width));
  if (!fits) {
    throw new LedgerError("tile-malformed", `The stored edge does not belong to a log of ${state.size} leaves; read the tiles named by edgePlaces again.`);
  }
}
