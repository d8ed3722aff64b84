/** Reading and widening tile rows; the sequencer, receipts and the doctor use it. */
import { sql } from "kysely";
import { parseCheckpoint, parseNote, TILE_WIDTH, type Tile, type TileReader } from "@rugdekking/ledger";
import type { LedgerDatabase } from "./tables.ts";

/** Tiles of one log as the engine reads them. See [Note: One row per tile]. */
export function tileRows(db: LedgerDatabase, log: string): TileReader {
  return {
    tile: async (level, index, width) => {
      const stored = await readRow(db, log, level, index, width);
      if (stored !== null || level !== 0) return stored;
      // Between the two looks the edge may have become a full tile: then the row is there at the second.
      return (await readEdge(db, log, index, width)) ?? (await readRow(db, log, level, index, width));
    },
  };
}

async function readRow(db: LedgerDatabase, log: string, level: number, index: number, width: number): Promise<Uint8Array | null> {
  const row = await db
    .selectFrom("ledger_tile")
    .select(["width", "bytes"])
    .where("log", "=", log)
    .where("level", "=", level)
    .where("tile_index", "=", index)
    .executeTakeFirst();
  return row === undefined || row.width < width ? null : new Uint8Array(row.bytes.subarray(0, width * 32));
}

/** The last tile of level 0, when it is the one asked for. */
async function readEdge(db: LedgerDatabase, log: string, index: number, width: number): Promise<Uint8Array | null> {
  const head = await db.selectFrom("ledger_head").select(["checkpoint", "edge"]).where("log", "=", log).executeTakeFirst();
  if (head === undefined) return null;
  const { size } = parseCheckpoint(parseNote(head.checkpoint).text);
  if (Math.floor(size / TILE_WIDTH) !== index || head.edge.length < width * 32) return null;
  return new Uint8Array(head.edge.subarray(0, width * 32));
}

/** Writes new tiles and widens present ones, in one statement. */
export async function writeTiles(db: LedgerDatabase, log: string, tiles: readonly Tile[]): Promise<void> {
  if (tiles.length === 0) return;
  await db
    .insertInto("ledger_tile")
    .values(tiles.map((tile) => ({ log, level: tile.level, tile_index: tile.index, width: tile.width, bytes: Buffer.from(tile.bytes) })))
    .onConflict((conflict) => conflict.columns(["log", "level", "tile_index"]).doUpdateSet({ width: sql`excluded.width`, bytes: sql`excluded.bytes` }))
    .execute();
}
