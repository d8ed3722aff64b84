/** Tables of organisations that ask to take part; among those of the directory (migrations.ts). Frozen: imports nothing living. */
export const joiningMigrations: readonly { readonly id: string; readonly statement: string }[] = [
  {
    id: "joining-001-request",
    statement: `CREATE TABLE joining_request (
      organisation text NOT NULL,
      request uuid NOT NULL,
      person uuid NOT NULL,
      hash text NOT NULL,
      statement jsonb NOT NULL,
      state text NOT NULL,
      desk uuid,
      received timestamptz NOT NULL,
      expires timestamptz NOT NULL,
      PRIMARY KEY (organisation, request))`,
  },
  { id: "joining-002-request-id", statement: "CREATE INDEX joining_request_request ON joining_request (request)" },
  { id: "joining-003-request-person", statement: "CREATE INDEX joining_request_person ON joining_request (person, received)" },
  {
    id: "joining-004-verdict",
    statement: `CREATE TABLE joining_verdict (
      organisation text NOT NULL,
      request uuid NOT NULL,
      desk uuid NOT NULL,
      person uuid NOT NULL,
      verdict text NOT NULL,
      hash text NOT NULL,
      statement jsonb NOT NULL,
      received timestamptz NOT NULL,
      PRIMARY KEY (organisation, request, desk))`,
  },
];
