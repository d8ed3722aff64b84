/** The log's tables in the portable subset of SQL, and how their rows read; only this room touches them. */
import type { Kysely } from "kysely";
import type { StoreMigration } from "#services/storage/index.ts";

/**
 * [Note: One row per tile] A partial tile is the beginning of every wider tile of its place, so each place has one row that is widened
 * where it stands; narrower tiles promised by older checkpoints are cut from it. The rightmost tile of level 0 grows with every batch:
 * it lies in the head's `edge` until it is full. Entry bundles are cut from the leaves.
 */
export type LedgerTables = {
  /** The log's present head: a signed checkpoint (size and root are in it and nowhere else) and the hashes of the last, partial tile of level 0. Its row lock makes one sequencer at a time: whoever holds it may append. */
  ledger_head: { log: string; checkpoint: string; edge: Uint8Array };
  /** Every leaf. `leaf_index` is its place, or NULL while it waits; those that wait are taken in by their UUIDv7 `queued`. */
  ledger_leaf: { log: string; hash: string; what: string; leaf_index: number | null; queued: string };
  /** The newest checkpoint with cosignatures of witnesses, as a note; no row where none are asked. */
  ledger_cosigned: { log: string; size: number; checkpoint: string };
  /** Widest tile of each place: `width` hashes of 32 bytes. */
  ledger_tile: { log: string; level: number; tile_index: number; width: number; bytes: Uint8Array };
};

/** Database or transaction, seen with this room's tables. */
export type LedgerDatabase = Kysely<LedgerTables>;

/** The log that a server keeps; the column stands first in each key so that rows of several logs may share a table. */
export const MAIN_LOG = "main";

/** Forward only, one statement each; never change one that was released. */
export const migrations: readonly StoreMigration[] = [
  {
    id: "ledger-0001",
    statement: "CREATE TABLE ledger_head (log text NOT NULL, checkpoint text NOT NULL, edge bytea NOT NULL, PRIMARY KEY (log))",
  },
  {
    id: "ledger-0002",
    statement:
      "CREATE TABLE ledger_leaf (log text NOT NULL, hash text NOT NULL, what text NOT NULL, leaf_index bigint, queued uuid NOT NULL, PRIMARY KEY (log, hash, what))",
  },
  {
    id: "ledger-0003",
    statement: "CREATE UNIQUE INDEX ledger_leaf_place ON ledger_leaf (log, leaf_index)",
  },
  {
    id: "ledger-0004",
    statement:
      "CREATE TABLE ledger_tile (log text NOT NULL, level bigint NOT NULL, tile_index bigint NOT NULL, width bigint NOT NULL, bytes bytea NOT NULL, PRIMARY KEY (log, level, tile_index))",
  },
  {
    id: "ledger-0005",
    statement: "CREATE TABLE ledger_cosigned (log text NOT NULL, size bigint NOT NULL, checkpoint text NOT NULL, PRIMARY KEY (log))",
  },
];
