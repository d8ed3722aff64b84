/** Tables of organisations' own sign-in; among those of the directory (migrations.ts). Frozen: imports nothing living. */
export const organisationSignInMigrations: readonly { readonly id: string; readonly statement: string }[] = [
  {
    id: "organisation-sign-in-001-attempt",
    statement: `CREATE TABLE organisation_attempt (
      challenge text NOT NULL PRIMARY KEY,
      session text NOT NULL,
      person uuid NOT NULL,
      organisation text NOT NULL,
      outcome text NOT NULL,
      subject text,
      provider_session text,
      expires timestamptz NOT NULL)`,
  },
  { id: "organisation-sign-in-002-attempt-session", statement: "CREATE INDEX organisation_attempt_session ON organisation_attempt (session, organisation)" },
  { id: "organisation-sign-in-003-attempt-expires", statement: "CREATE INDEX organisation_attempt_expires ON organisation_attempt (expires)" },
  {
    id: "organisation-sign-in-004-link",
    statement: `CREATE TABLE organisation_link (
      organisation text NOT NULL,
      subject text NOT NULL,
      person uuid NOT NULL,
      linked timestamptz NOT NULL,
      confirmed timestamptz,
      PRIMARY KEY (organisation, subject))`,
  },
  { id: "organisation-sign-in-005-link-person", statement: "CREATE UNIQUE INDEX organisation_link_person ON organisation_link (organisation, person)" },
  {
    id: "organisation-sign-in-006-confirmation",
    statement: `CREATE TABLE session_confirmation (
      session text NOT NULL,
      organisation text NOT NULL,
      person uuid NOT NULL,
      provider_session text,
      confirmed timestamptz NOT NULL,
      PRIMARY KEY (session, organisation))`,
  },
  { id: "organisation-sign-in-007-confirmation-person", statement: "CREATE INDEX session_confirmation_person ON session_confirmation (organisation, person)" },
  {
    id: "organisation-sign-in-008-proposal",
    statement:
      "CREATE TABLE roster_proposal (organisation text NOT NULL, desk uuid NOT NULL, person uuid NOT NULL, since timestamptz NOT NULL, PRIMARY KEY (organisation, desk, person))",
  },
];
