/** The C2SP tlog-tiles form of a log: tiles, entry bundles and their paths. Pure; servers, monitors and clients may call it. Source: c2sp.org/tlog-tiles. */
import { fromDecimal } from "./encoding.ts";
import { LedgerError } from "./errors.ts";
import { HASH_BYTES, hashNode } from "./merkle.ts";

/** Tree levels in one tile. */
export const TILE_HEIGHT = 8;
/** Hashes in a full tile, entries in a full bundle. */
export const TILE_WIDTH = 256;
/** Longest entry a bundle can carry: its length prefix is a uint16. */
export const MAX_ENTRY_BYTES = 65_535;

/** Which tile or bundle: `level` 0-63 or `"entries"`, `index` within the level, `width` 1-256 (256 is full). */
export interface TilePlace {
  readonly level: number | "entries";
  readonly index: number;
  readonly width: number;
}

/**
 * Path below the log's prefix, such as `tile/0/x001/x234/067` or `tile/entries/000.p/7`.
 * Full tiles and bundles have no `.p/<W>`.
 */
export function tilePath(place: TilePlace): string {
  const digits = String(place.index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, "0");
  const groups = padded.match(/[0-9]{3}/g) ?? [];
  const last = groups.length - 1;
  const index = groups.map((group, i) => (i === last ? group : `x${group}`)).join("/");
  const partial = place.width === TILE_WIDTH ? "" : `.p/${place.width}`;
  return `tile/${place.level}/${index}${partial}`;
}

const pathPattern = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/;

/** Reads a path made by {@link tilePath}; `null` when it is anything else: each place has exactly one path. */
export function parseTilePath(path: string): TilePlace | null {
  const match = pathPattern.exec(path);
  const [, levelText, indexText, widthText] = match ?? [];
  if (levelText === undefined || indexText === undefined) return null;
  const level = levelText === "entries" ? "entries" : fromDecimal(levelText);
  const index = Number(indexText.replaceAll(/[x/]/g, ""));
  const width = widthText === undefined ? TILE_WIDTH : Number(widthText);
  if (level === null || (level !== "entries" && level > 63) || !Number.isSafeInteger(index)) return null;
  if (widthText !== undefined && width >= TILE_WIDTH) return null;
  const place: TilePlace = { level, index, width };
  return tilePath(place) === path ? place : null;
}

/** Hashes that tile `index` of `level` holds in a log of `size` leaves: 0 (absent) to 256 (full). */
export function tileWidth(level: number, index: number, size: number): number {
  const hashes = Math.floor(size / TILE_WIDTH ** level);
  return Math.max(0, Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH));
}

/**
 * One tile: `width` consecutive hashes of one level, immutable. Remembers the inner hashes it was asked for, and hands them on to
 * its continuation, so that a log that grows leaf by leaf hashes each inner node once.
 */
export class Tile implements TilePlace {
  readonly level: number;
  readonly index: number;
  readonly width: number;
  /** `width` × 32 bytes, as served. */
  readonly bytes: Uint8Array;
  readonly #inner: (Uint8Array | undefined)[][];

  /**
   * @param place level and index. @param bytes 1 to 256 hashes of 32 bytes; @param earlier a narrower tile of the same place and beginning, whose work is kept.
   * @throws LedgerError `tile-malformed` when `bytes` is not a whole number of hashes from 1 to 256.
   */
  constructor(place: { level: number; index: number }, bytes: Uint8Array, earlier?: Tile) {
    const width = bytes.length / HASH_BYTES;
    if (!Number.isInteger(width) || width < 1 || width > TILE_WIDTH) {
      throw new LedgerError("tile-malformed", `Tile ${place.index} of level ${place.level} has ${bytes.length} bytes; a tile is 1 to 256 hashes of 32 bytes.`);
    }
    this.level = place.level;
    this.index = place.index;
    this.width = width;
    this.bytes = bytes;
    this.#inner = earlier === undefined ? Array.from({ length: TILE_HEIGHT + 1 }, () => []) : earlier.#inner.map((row) => [...row]);
  }

  /** The tile after `hashes` were added at its right; at most 256 in all. */
  extended(hashes: readonly Uint8Array[]): Tile {
    const bytes = new Uint8Array(this.bytes.length + hashes.length * HASH_BYTES);
    bytes.set(this.bytes);
    hashes.forEach((hash, i) => bytes.set(hash, this.bytes.length + i * HASH_BYTES));
    return new Tile(this, bytes, this);
  }

  /**
   * Hash of the complete subtree `height` levels above the tile's hashes (0-8) at `position` from the left.
   * @throws LedgerError `tile-malformed` when the tile is too narrow to hold it.
   */
  node(height: number, position: number): Uint8Array {
    if ((position + 1) * 2 ** height > this.width) {
      throw new LedgerError("tile-malformed", `Tile ${this.index} of level ${this.level} is ${this.width} wide; the tree needs more of it.`);
    }
    if (height === 0) return this.bytes.subarray(position * HASH_BYTES, (position + 1) * HASH_BYTES);
    const row = this.#inner[height];
    const known = row?.[position];
    if (known !== undefined) return known;
    const hash = hashNode(this.node(height - 1, position * 2), this.node(height - 1, position * 2 + 1));
    if (row !== undefined) row[position] = hash;
    return hash;
  }
}

/**
 * Bundle of entries as served: each is a big-endian uint16 length and its bytes.
 * @throws LedgerError `entry-too-large` above 65,535 bytes, `bundle-malformed` above 256 entries.
 */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length > TILE_WIDTH) throw new LedgerError("bundle-malformed", `A bundle holds at most 256 entries, not ${entries.length}.`);
  const bytes = new Uint8Array(entries.reduce((sum, entry) => sum + 2 + entry.length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const entry of entries) {
    checkEntry(entry);
    view.setUint16(at, entry.length);
    bytes.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bytes;
}

/** @throws LedgerError `entry-too-large` when a bundle could not carry `entry`. */
export function checkEntry(entry: Uint8Array): void {
  if (entry.length > MAX_ENTRY_BYTES) {
    throw new LedgerError("entry-too-large", `A log entry has at most ${MAX_ENTRY_BYTES} bytes, not ${entry.length}; log its hash instead.`);
  }
}

/**
 * Entries of a bundle, as views into `bytes`.
 * @param width how many entries it must hold (1-256).
 * @throws LedgerError `bundle-malformed` when it holds another number or ends inside an entry.
 */
export function decodeBundle(bytes: Uint8Array, width: number): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    const end = at + 2 <= bytes.length ? at + 2 + view.getUint16(at) : Number.POSITIVE_INFINITY;
    if (end > bytes.length) throw new LedgerError("bundle-malformed", `The entry bundle ends inside entry ${entries.length}; fetch it again.`);
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  if (entries.length !== width) throw new LedgerError("bundle-malformed", `The entry bundle holds ${entries.length} entries where ${width} belong.`);
  return entries;
}
