/** The tables of the Monitor, one statement per step, forward only, in the portable subset; run by apps/server through services/storage. Frozen: imports nothing living. */

/**
 * [Note: What a wave keeps] Led by `wave`. No column holds a time, an address or a device, and no key leads from an invitation to an answer:
 * `monitor_invitation` knows that a token was collected (and a hash of the blinded message, so that a lost reply can be given again), `monitor_spent` that a token of a stratum was used, `monitor_answer` what was
 * said. The id of an answer is its sender's own choice and is unique within the stratum only, so that nobody's choice stands in another's way. A new answer waits in `monitor_inbox` until it is mixed with the others of its stratum (by way of `monitor_mixed`, empty otherwise): neither place nor transaction number then says which spent token it came with.
 */
export const monitorMigrations: readonly { readonly id: string; readonly statement: string }[] = [
  {
    id: "monitor-001-wave",
    statement:
      "CREATE TABLE monitor_wave (wave text NOT NULL PRIMARY KEY, hash text NOT NULL, statement jsonb NOT NULL, desk uuid NOT NULL, opens timestamptz NOT NULL, closes timestamptz NOT NULL, ends timestamptz NOT NULL)",
  },
  {
    id: "monitor-002-key",
    statement:
      "CREATE TABLE monitor_key (wave text NOT NULL, stratum text NOT NULL, desk uuid NOT NULL, spki text NOT NULL, secret text, PRIMARY KEY (wave, stratum))",
  },
  {
    id: "monitor-003-invitation",
    statement: "CREATE TABLE monitor_invitation (wave text NOT NULL, mark text NOT NULL, stratum text NOT NULL, collected text, PRIMARY KEY (wave, mark))",
  },
  {
    id: "monitor-004-spent",
    statement: "CREATE TABLE monitor_spent (wave text NOT NULL, spend text NOT NULL, stratum text NOT NULL, PRIMARY KEY (wave, spend))",
  },
  {
    id: "monitor-005-inbox",
    statement:
      "CREATE TABLE monitor_inbox (wave text NOT NULL, id uuid NOT NULL, stratum text NOT NULL, epoch bigint NOT NULL, key text NOT NULL, sealed bytea NOT NULL, PRIMARY KEY (wave, id))",
  },
  {
    id: "monitor-006-answer",
    statement:
      "CREATE TABLE monitor_answer (wave text NOT NULL, id uuid NOT NULL, stratum text NOT NULL, epoch bigint NOT NULL, key text NOT NULL, sealed bytea NOT NULL, PRIMARY KEY (wave, id))",
  },
  {
    id: "monitor-007-mixed",
    statement:
      "CREATE TABLE monitor_mixed (wave text NOT NULL, id uuid NOT NULL, stratum text NOT NULL, epoch bigint NOT NULL, key text NOT NULL, sealed bytea NOT NULL, PRIMARY KEY (wave, id))",
  },
  { id: "monitor-008-invitation-stratum", statement: "CREATE INDEX monitor_invitation_stratum ON monitor_invitation (wave, stratum)" },
  { id: "monitor-009-spent-stratum", statement: "CREATE INDEX monitor_spent_stratum ON monitor_spent (wave, stratum)" },
  // Which epoch an answer was sealed to told groups of answers apart: the wave's statement names one for all.
  {
    id: "monitor-010-inbox-one-epoch",
    statement: "ALTER TABLE monitor_inbox DROP COLUMN epoch, DROP CONSTRAINT monitor_inbox_pkey, ADD PRIMARY KEY (wave, stratum, id)",
  },
  {
    id: "monitor-011-answer-one-epoch",
    statement: "ALTER TABLE monitor_answer DROP COLUMN epoch, DROP CONSTRAINT monitor_answer_pkey, ADD PRIMARY KEY (wave, stratum, id)",
  },
  {
    id: "monitor-012-mixed-one-epoch",
    statement: "ALTER TABLE monitor_mixed DROP COLUMN epoch, DROP CONSTRAINT monitor_mixed_pkey, ADD PRIMARY KEY (wave, stratum, id)",
  },
];
