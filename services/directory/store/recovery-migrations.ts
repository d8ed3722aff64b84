/** Tables of recovery and of the records of ways to sign in; part of the directory's migrations. Frozen: imports nothing living. */

/**
 * [Note: Recovery tenants] A recovery set belongs to one person or one desk and is a tenant of its own, led by `recovery`: a claim of someone who is not signed in names it before anything of a person is known, and a name
 * that has none gets a random one, so that the two cannot be told apart. `half` is the server's half, kept while the set lives and forgotten when it ends.
 */
export const recoveryMigrations: readonly { readonly id: string; readonly statement: string }[] = [
  {
    id: "directory-recovery-001-set",
    statement: `CREATE TABLE recovery_set (
      recovery uuid NOT NULL PRIMARY KEY,
      person uuid,
      organisation text,
      desk uuid,
      hash text NOT NULL,
      statement jsonb NOT NULL,
      signer text NOT NULL,
      delay_hours bigint NOT NULL,
      half text,
      method jsonb,
      made timestamptz NOT NULL,
      ended timestamptz)`,
  },
  { id: "directory-recovery-002-set-person", statement: "CREATE INDEX recovery_set_person ON recovery_set (person, made)" },
  { id: "directory-recovery-003-set-desk", statement: "CREATE INDEX recovery_set_desk ON recovery_set (desk, made)" },
  {
    id: "directory-recovery-004-share",
    statement:
      "CREATE TABLE recovery_share (recovery uuid NOT NULL, place bigint NOT NULL, person uuid, sign_public_key text NOT NULL, sealed text, PRIMARY KEY (recovery, place))",
  },
  { id: "directory-recovery-005-share-person", statement: "CREATE INDEX recovery_share_person ON recovery_share (person, recovery)" },
  {
    id: "directory-recovery-006-attempt",
    statement: `CREATE TABLE recovery_attempt (
      recovery uuid NOT NULL,
      attempt uuid NOT NULL,
      token text,
      temporary_key text,
      request jsonb,
      asked_by uuid,
      asked timestamptz NOT NULL,
      ends timestamptz NOT NULL,
      opens timestamptz,
      taken timestamptz,
      ended timestamptz,
      outcome text,
      PRIMARY KEY (recovery, attempt))`,
  },
  {
    id: "directory-recovery-007-confirmation",
    statement:
      "CREATE TABLE recovery_confirmation (recovery uuid NOT NULL, attempt uuid NOT NULL, place bigint NOT NULL, statement jsonb NOT NULL, sealed text, PRIMARY KEY (recovery, attempt, place))",
  },
  {
    id: "directory-recovery-008-statement",
    statement:
      "CREATE TABLE recovery_statement (recovery uuid NOT NULL, hash text NOT NULL, statement jsonb NOT NULL, received timestamptz NOT NULL, PRIMARY KEY (recovery, hash))",
  },
  {
    id: "directory-recovery-009-desk-key",
    statement:
      "CREATE TABLE desk_recovery_key (organisation text NOT NULL, desk uuid NOT NULL, epoch bigint NOT NULL, recovery uuid NOT NULL, sealed text NOT NULL, PRIMARY KEY (organisation, desk))",
  },
  {
    id: "directory-recovery-010-unlock-record",
    statement:
      "CREATE TABLE person_unlock_record (person uuid NOT NULL, seq bigint NOT NULL, hash text NOT NULL, statement jsonb NOT NULL, received timestamptz NOT NULL, PRIMARY KEY (person, seq))",
  },
  { id: "directory-recovery-011-attempt-ends", statement: "CREATE INDEX recovery_attempt_ends ON recovery_attempt (ends)" },
];
