/** Where a house keeps what it has: its database (elsewhere, or embedded and perhaps running), sealed files and keys. For backup, restore and doctor. */
import { join, resolve } from "node:path";
import type { Call } from "#apps/cli/command.ts";
import { databaseOf } from "#apps/cli/commands/migrate.ts";
import { runningEmbedded, startEmbedded } from "#services/storage/embedded.ts";
import { writableAddress } from "#services/storage/index.ts";

/** The places that were named. */
export interface Place {
  readonly data: string;
  /** Null: embedded in `data`. */
  readonly database: string | null;
  readonly keys: string;
  readonly blobs: string;
}

export function placeOf(call: Call): Place {
  const data = resolve(call.text("data") ?? process.env["RUGDEKKING_DATA"] ?? "data");
  return {
    data,
    database: databaseOf(call),
    keys: resolve(call.text("keys") ?? process.env["RUGDEKKING_KEYS"] ?? join(data, "keys")),
    blobs: resolve(call.text("blobs") ?? process.env["RUGDEKKING_BLOBS"] ?? join(data, "blobs")),
  };
}

/** Runs `work` with the address of the house's database: that of the running server where there is one, else one that is started for it and stopped again. */
export async function withDatabase<T>(place: Place, work: (url: string) => Promise<T>): Promise<T> {
  const url = place.database ?? (await runningEmbedded(place.data));
  if (url !== null) return await work(await writableAddress(url));
  const embedded = await startEmbedded({ directory: place.data });
  try {
    return await work(embedded.url);
  } finally {
    await embedded.stop();
  }
}
