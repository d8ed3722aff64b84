/** Proofs from tiles, wherever they lie: a database, a web server, memory. The caller gives a TileReader; nothing read is trusted, so verify what comes out. */
import { LedgerError } from "./errors.ts";
import { HASH_BYTES, checkIndex, checkSize, emptyRoot, hashNode, splitPoint } from "./merkle.ts";
import { Tile, TILE_HEIGHT, TILE_WIDTH, tileWidth } from "./tiles.ts";

/** Where tiles come from. */
export interface TileReader {
  /**
   * Bytes of one tile.
   * @param level 0-63. @param index within the level. @param width hashes wanted (1-256); a wider tile of the same place is as good.
   * @returns at least `width` × 32 bytes, or `null` when the log does not have it.
   */
  tile(level: number, index: number, width: number): Promise<Uint8Array | null>;
}

/** A log at one size, asked through a {@link TileReader}. Reads each tile at most once. Throws LedgerError `tile-missing` or `tile-malformed` when the tiles are not those of such a log. */
export interface Tree {
  readonly size: number;
  /** Merkle Tree Hash at this size; SHA-256 of nothing when empty. */
  root(): Promise<Uint8Array>;
  /** Leaf hash at `index`. @throws LedgerError `index-invalid`. */
  leafHash(index: number): Promise<Uint8Array>;
  /** PATH(index, D[size]) of RFC 9162 §2.1.3.1: siblings from the leaf upward. @throws LedgerError `index-invalid`. */
  inclusionProof(index: number): Promise<Uint8Array[]>;
  /** PROOF(earlier, D[size]) of RFC 9162 §2.1.4.1. Empty for 0 and for the same size. @throws LedgerError `size-invalid` when `earlier` is larger. */
  consistencyProof(earlier: number): Promise<Uint8Array[]>;
}

/**
 * Opens a log of `size` leaves for questions.
 * @param known tiles already at hand (an append's result); they are not asked of the reader.
 */
export function openTree(size: number, reader: TileReader, known: readonly Tile[] = []): Tree {
  checkSize(size);
  const tiles = new Map<string, Promise<Tile>>();
  for (const tile of known) {
    if (tile.width >= tileWidth(tile.level, tile.index, size)) tiles.set(`${tile.level}/${tile.index}`, Promise.resolve(tile));
  }
  const tileAt = (level: number, index: number): Promise<Tile> => {
    const key = `${level}/${index}`;
    const present = tiles.get(key) ?? readTile(reader, level, index, tileWidth(level, index, size));
    tiles.set(key, present);
    return present;
  };

  /** Merkle Tree Hash over the leaves from `begin` up to `end`, aligned as RFC 9162 splits them. */
  const subtree = async (begin: number, end: number): Promise<Uint8Array> => {
    const count = end - begin;
    const height = Math.round(Math.log2(count));
    if (2 ** height === count) {
      const level = Math.floor(height / TILE_HEIGHT);
      const inner = height % TILE_HEIGHT;
      const position = begin / count;
      const perTile = TILE_WIDTH / 2 ** inner;
      const tile = await tileAt(level, Math.floor(position / perTile));
      return tile.node(inner, position % perTile);
    }
    const k = splitPoint(count);
    const [left, right] = await Promise.all([subtree(begin, begin + k), subtree(begin + k, end)]);
    return hashNode(left, right);
  };

  return {
    size,
    root: async () => (size === 0 ? emptyRoot() : await subtree(0, size)),
    leafHash: async (index) => {
      checkIndex(index, size);
      return await subtree(index, index + 1);
    },
    inclusionProof: async (index) => {
      checkIndex(index, size);
      return await Promise.all(inclusionRanges(index, size).map(([begin, end]) => subtree(begin, end)));
    },
    consistencyProof: async (earlier) => {
      checkSize(earlier);
      if (earlier > size) throw new LedgerError("size-invalid", `There is no proof from ${earlier} leaves to ${size}: logs never shrink.`);
      return await Promise.all(consistencyRanges(earlier, size).map(([begin, end]) => subtree(begin, end)));
    },
  };
}

type Range = readonly [begin: number, end: number];

/** Leaf ranges whose hashes make PATH(index, D[size]), from the leaf upward. */
function inclusionRanges(index: number, size: number): Range[] {
  const ranges: Range[] = [];
  let begin = 0;
  let end = size;
  while (end - begin > 1) {
    const middle = begin + splitPoint(end - begin);
    if (index < middle) {
      ranges.unshift([middle, end]);
      end = middle;
    } else {
      ranges.unshift([begin, middle]);
      begin = middle;
    }
  }
  return ranges;
}

/** Leaf ranges whose hashes make PROOF(earlier, D[size]), in order of sending. */
function consistencyRanges(earlier: number, size: number): Range[] {
  if (earlier === 0 || earlier === size) return [];
  const ranges: Range[] = [];
  let begin = 0;
  let end = size;
  while (earlier !== end) {
    const middle = begin + splitPoint(end - begin);
    if (earlier <= middle) {
      ranges.unshift([middle, end]);
      end = middle;
    } else {
      ranges.unshift([begin, middle]);
      begin = middle;
    }
  }
  // SUBPROOF(m, D[m], false): the old right flank is sent, unless it is the whole old tree, whose root the verifier holds.
  if (begin > 0) ranges.unshift([begin, end]);
  return ranges;
}

async function readTile(reader: TileReader, level: number, index: number, width: number): Promise<Tile> {
  const bytes = await reader.tile(level, index, width);
  if (bytes === null) {
    throw new LedgerError("tile-missing", `The log does not have tile ${index} of level ${level} with ${width} hashes; its checkpoint promises it.`);
  }
  if (bytes.length < width * HASH_BYTES || bytes.length % HASH_BYTES !== 0) {
    throw new LedgerError("tile-malformed", `Tile ${index} of level ${level} has ${bytes.length} bytes where ${width * HASH_BYTES} belong.`);
  }
  return new Tile({ level, index }, bytes.slice(0, width * HASH_BYTES));
}
