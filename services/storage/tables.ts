/** The two small tables that servers of one installation share, in the portable subset; run by apps/server. Frozen: imports nothing living. */
import type { StoreMigration } from "./migrations.ts";

/** `shared_pace`: how far the turns of a kind of question are spent. `running_server`: which servers were heard of lately, and by which keys they work. */
export const storageMigrations: readonly StoreMigration[] = [
  {
    id: "storage-001-shared-pace",
    statement: "CREATE TABLE shared_pace (kind text NOT NULL, caller text NOT NULL, spent_until timestamptz NOT NULL, PRIMARY KEY (kind, caller))",
  },
  { id: "storage-002-shared-pace-spent", statement: "CREATE INDEX shared_pace_spent ON shared_pace (spent_until)" },
  {
    id: "storage-003-running-server",
    statement: `CREATE TABLE running_server (
      kind text NOT NULL,
      id uuid NOT NULL,
      version text NOT NULL,
      keys text NOT NULL,
      started timestamptz NOT NULL,
      seen timestamptz NOT NULL,
      told timestamptz NOT NULL,
      PRIMARY KEY (kind, id))`,
  },
];
