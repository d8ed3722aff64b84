/** Tiles and entry bundles as the public log serves them; the server room calls it. */
import { encodeBundle, leafBytes, type TileReader } from "@rugdekking/ledger";
import type { Database } from "#services/storage/index.ts";
import { MAIN_LOG, type LedgerTables } from "./tables.ts";
import { tileRows } from "./tile-rows.ts";

/** The stored tiles as the engine reads them, for proofs. */
export function storedTiles(db: Database): TileReader {
  return tileRows(db.$extendTables<LedgerTables>(), MAIN_LOG);
}

/** Bytes of a tile of `width` hashes, cut from the stored one when that is wider; `null` when the log has no such tile (yet). */
export async function readTile(db: Database, place: { level: number; index: number; width: number }): Promise<Uint8Array | null> {
  return await tileRows(db.$extendTables<LedgerTables>(), MAIN_LOG).tile(place.level, place.index, place.width);
}

/** Entry bundle of `width` leaves from leaf `index` × 256; `null` when the log does not have them all (yet). */
export async function readBundle(db: Database, place: { index: number; width: number }): Promise<Uint8Array | null> {
  const first = place.index * 256;
  if (!Number.isSafeInteger(first + 256)) return null;
  const rows = await db
    .$extendTables<LedgerTables>()
    .selectFrom("ledger_leaf")
    .select(["leaf_index", "what", "hash"])
    .where("log", "=", MAIN_LOG)
    .where("leaf_index", ">=", first)
    .where("leaf_index", "<", first + place.width)
    .orderBy("leaf_index")
    .execute();
  const complete = rows.length === place.width && rows.every(({ leaf_index }, i) => leaf_index === first + i);
  return complete ? encodeBundle(rows.map(({ what, hash }) => leafBytes(what, hash))) : null;
}
