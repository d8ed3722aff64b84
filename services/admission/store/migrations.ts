/** The tables of admission, one statement per step, forward only, in the portable subset; run by apps/server through services/storage. Frozen: imports nothing living. */

/**
 * [Note: What admission keeps] `admission_key`: a key for each day and level. `admission_answered`: that a challenge was answered, by hash, and a hash of the blinded messages, so that a lost answer can be given
 * again; an hour. `admission_spent`: that a token was spent, by hash, on what (by hash), and when; until its key ends. No column leads from an answered challenge to a spent token.
 */
export const admissionMigrations: readonly { readonly id: string; readonly statement: string }[] = [
  {
    id: "admission-001-key",
    statement: "CREATE TABLE admission_key (kind text NOT NULL PRIMARY KEY, spki text NOT NULL, secret text, ends timestamptz NOT NULL)",
  },
  {
    id: "admission-002-answered",
    statement: "CREATE TABLE admission_answered (challenge text NOT NULL PRIMARY KEY, blinded text NOT NULL, at timestamptz NOT NULL)",
  },
  { id: "admission-003-answered-at", statement: "CREATE INDEX admission_answered_at ON admission_answered (at)" },
  {
    id: "admission-004-spent",
    statement:
      "CREATE TABLE admission_spent (kind text NOT NULL, spend text NOT NULL, purpose text NOT NULL, used text NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (kind, spend))",
  },
  { id: "admission-005-spent-at", statement: "CREATE INDEX admission_spent_at ON admission_spent (purpose, at)" },
];
