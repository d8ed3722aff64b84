/** Reading and widening tile rows; the sequencer, receipts and the doctor use it. */
import { sql } from "kysely";
import type { Tile, TileReader } from "@rugdekking/ledger";
import type { LedgerDatabase } from "./tables.ts";

/** Tiles of one log as the engine reads them. See [Note: One row per tile]. */
export function tileRows(db: LedgerDatabase, log: string): TileReader {
  return {
    tile: async (level, index, width) => {
      const row = await db.selectFrom("ledger_tile").select(["width", "bytes"]).where("log", "=", log).where("level", "=", level).where("tile_index", "=", index).executeTakeFirst();
      if (row === undefined || row.width < width) return null;
      return new Uint8Array(row.bytes.subarray(0, width * 32));
    },
  };
}

/** Writes new tiles and widens present ones, in one statement. */
export async function writeTiles(db: LedgerDatabase, log: string, tiles: readonly Tile[]): Promise<void> {
  if (tiles.length === 0) return;
  await db
    .insertInto("ledger_tile")
    .values(tiles.map((tile) => ({ log, level: tile.level, tile_index: tile.index, width: tile.width, bytes: Buffer.from(tile.bytes) })))
    .onConflict((conflict) =>
      conflict.columns(["log", "level", "tile_index"]).doUpdateSet({ width: sql`excluded.width`, bytes: sql`excluded.bytes` }),
    )
    .execute();
}
