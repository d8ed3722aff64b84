/** The tables of anonymous facts, one statement per step, forward only, in the portable subset; run by apps/server through services/storage. Frozen: imports nothing living. */

/**
 * [Note: What a quarter keeps] No column holds a time but those of the statement's own quarter, and no key leads from a dossier to a fact. `figures_given` knows that a token of a kind was given for a dossier (and a hash of the blinded message,
 * so that a lost reply can be given again), `figures_declined` which dossiers are not counted, `figures_spent` that a token of a kind was used, `figures_fact` what was said, sealed. A new fact waits in `figures_inbox` until it is mixed with
 * the others of its kind (by way of `figures_mixed`, empty otherwise): neither place nor transaction number then says which spent token it came with.
 */
export const figureMigrations: readonly { readonly id: string; readonly statement: string }[] = [
  {
    id: "figures-001-quarter",
    statement:
      "CREATE TABLE figures_quarter (quarter text NOT NULL PRIMARY KEY, hash text NOT NULL, statement jsonb NOT NULL, desk uuid NOT NULL, ends timestamptz NOT NULL)",
  },
  {
    id: "figures-002-key",
    statement:
      "CREATE TABLE figures_key (quarter text NOT NULL, kind text NOT NULL, desk uuid NOT NULL, spki text NOT NULL, secret text, PRIMARY KEY (quarter, kind))",
  },
  {
    id: "figures-003-given",
    statement:
      "CREATE TABLE figures_given (dossier uuid NOT NULL, kind text NOT NULL, quarter text NOT NULL, blinded text NOT NULL, PRIMARY KEY (dossier, kind))",
  },
  { id: "figures-004-given-quarter", statement: "CREATE INDEX figures_given_quarter ON figures_given (quarter, kind)" },
  { id: "figures-005-declined", statement: "CREATE TABLE figures_declined (dossier uuid NOT NULL PRIMARY KEY)" },
  {
    id: "figures-006-spent",
    statement: "CREATE TABLE figures_spent (quarter text NOT NULL, spend text NOT NULL, kind text NOT NULL, PRIMARY KEY (quarter, spend))",
  },
  {
    id: "figures-007-inbox",
    statement:
      "CREATE TABLE figures_inbox (quarter text NOT NULL, kind text NOT NULL, id uuid NOT NULL, key text NOT NULL, sealed bytea NOT NULL, PRIMARY KEY (quarter, kind, id))",
  },
  {
    id: "figures-008-fact",
    statement:
      "CREATE TABLE figures_fact (quarter text NOT NULL, kind text NOT NULL, id uuid NOT NULL, key text NOT NULL, sealed bytea NOT NULL, PRIMARY KEY (quarter, kind, id))",
  },
  {
    id: "figures-009-mixed",
    statement:
      "CREATE TABLE figures_mixed (quarter text NOT NULL, kind text NOT NULL, id uuid NOT NULL, key text NOT NULL, sealed bytea NOT NULL, PRIMARY KEY (quarter, kind, id))",
  },
];
