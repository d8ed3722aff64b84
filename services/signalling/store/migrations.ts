/** The tables of fingerprints, one statement per step, forward only, in the portable subset; run by apps/server through services/storage. Frozen: imports nothing living. */

/**
 * [Note: Fingerprint tenants] A contribution is looked up by its fingerprint before any desk is known, so it is led by that; what belongs to a desk is led by `desk`.
 * Nothing here names a dossier or a person, and of time only the month is kept: the label that says more is sealed to the desk.
 */
export const signallingMigrations: readonly { readonly id: string; readonly statement: string }[] = [
  {
    id: "signalling-001-fingerprint-network",
    statement:
      "CREATE TABLE fingerprint_network (kind text NOT NULL, version bigint NOT NULL, hash text NOT NULL, statement jsonb NOT NULL, PRIMARY KEY (kind, version))",
  },
  {
    id: "signalling-002-fingerprint-key",
    statement:
      "CREATE TABLE fingerprint_key (desk uuid NOT NULL, network text NOT NULL, statement jsonb NOT NULL, sealed text NOT NULL, PRIMARY KEY (desk, network))",
  },
  { id: "signalling-003-fingerprint-request", statement: "CREATE TABLE fingerprint_request (desk uuid NOT NULL PRIMARY KEY)" },
  { id: "signalling-004-fingerprint-pace", statement: "CREATE TABLE fingerprint_pace (desk uuid NOT NULL PRIMARY KEY, spent_until timestamptz NOT NULL)" },
  {
    id: "signalling-005-fingerprint-contribution",
    statement: `CREATE TABLE fingerprint_contribution (
      fingerprint text NOT NULL,
      desk uuid NOT NULL,
      id uuid NOT NULL,
      network text NOT NULL,
      month text NOT NULL,
      epoch bigint NOT NULL,
      label text NOT NULL,
      PRIMARY KEY (fingerprint, desk, id))`,
  },
  { id: "signalling-006-fingerprint-desk", statement: "CREATE INDEX fingerprint_contribution_desk ON fingerprint_contribution (desk, id)" },
  { id: "signalling-007-fingerprint-month", statement: "CREATE INDEX fingerprint_contribution_month ON fingerprint_contribution (month)" },
];
