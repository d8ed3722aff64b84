/** The directory's tables, one statement per step, forward only, in the portable subset; run by apps/server through services/storage. Frozen: imports nothing living. */
import { recoveryMigrations } from "./recovery-migrations.ts";

import { arrangementMigrations } from "./arrangement-migrations.ts";
import { joiningMigrations } from "./joining-migrations.ts";
import { organisationSignInMigrations } from "./organisation-sign-in-migrations.ts";

/**
 * [Note: Directory tenants] What belongs to a desk is led by `organisation`; what belongs to a person is led by `person`, who is a tenant of their own.
 * Tables that are asked before a tenant is known are led by what is asked for: sign-in name, challenge, session, invitation, desk id.
 * Tokens are kept as SHA-256 only: a copy of this database signs nobody in.
 */
export const directoryMigrations: readonly { readonly id: string; readonly statement: string }[] = [
  { id: "directory-001-setting", statement: "CREATE TABLE directory_setting (kind text NOT NULL PRIMARY KEY, value text NOT NULL)" },
  {
    id: "directory-002-organisation",
    statement:
      "CREATE TABLE organisation (organisation text NOT NULL PRIMARY KEY, name text NOT NULL, search text NOT NULL, kind text NOT NULL, province text, demonstration boolean NOT NULL)",
  },
  {
    id: "directory-003-person",
    statement: `CREATE TABLE person (
      person uuid NOT NULL PRIMARY KEY,
      kind text NOT NULL,
      card jsonb NOT NULL,
      card_hash text NOT NULL,
      sign_public_key text NOT NULL,
      seal_public_key text NOT NULL,
      mail text,
      registered timestamptz NOT NULL)`,
  },
  { id: "directory-004-person-handle", statement: "CREATE TABLE person_handle (handle text NOT NULL PRIMARY KEY, person uuid NOT NULL)" },
  {
    id: "directory-005-person-unlock",
    statement: `CREATE TABLE person_unlock (
      person uuid NOT NULL,
      id uuid NOT NULL,
      kind text NOT NULL,
      label text NOT NULL,
      parameters jsonb NOT NULL,
      sign_public_key text NOT NULL,
      seal_public_key text NOT NULL,
      sealed_bundle text NOT NULL,
      endorsement jsonb NOT NULL,
      added timestamptz NOT NULL,
      PRIMARY KEY (person, id))`,
  },
  { id: "directory-006-guest-key", statement: "CREATE TABLE guest_key (receipt text NOT NULL PRIMARY KEY, person uuid NOT NULL)" },
  {
    id: "directory-007-challenge",
    statement: "CREATE TABLE sign_in_challenge (challenge text NOT NULL PRIMARY KEY, person uuid, guest boolean NOT NULL, expires timestamptz NOT NULL)",
  },
  { id: "directory-008-challenge-expires", statement: "CREATE INDEX sign_in_challenge_expires ON sign_in_challenge (expires)" },
  {
    id: "directory-009-session",
    statement: `CREATE TABLE person_session (
      session text NOT NULL PRIMARY KEY,
      id uuid NOT NULL,
      person uuid NOT NULL,
      label text NOT NULL,
      since timestamptz NOT NULL,
      last_seen timestamptz NOT NULL,
      expires timestamptz NOT NULL)`,
  },
  { id: "directory-010-session-person", statement: "CREATE INDEX person_session_person ON person_session (person, since)" },
  { id: "directory-011-session-expires", statement: "CREATE INDEX person_session_expires ON person_session (expires)" },
  { id: "directory-012-desk-place", statement: "CREATE TABLE desk_place (desk uuid NOT NULL PRIMARY KEY, organisation text NOT NULL)" },
  {
    id: "directory-013-desk",
    statement: `CREATE TABLE desk (
      organisation text NOT NULL,
      desk uuid NOT NULL,
      name text NOT NULL,
      function text NOT NULL,
      epoch bigint NOT NULL,
      roster_hash text NOT NULL,
      PRIMARY KEY (organisation, desk))`,
  },
  { id: "directory-014-desk-function", statement: "CREATE INDEX desk_function ON desk (function, organisation)" },
  {
    id: "directory-015-desk-roster",
    statement:
      "CREATE TABLE desk_roster (organisation text NOT NULL, desk uuid NOT NULL, epoch bigint NOT NULL, hash text NOT NULL, statement jsonb NOT NULL, received timestamptz NOT NULL, PRIMARY KEY (organisation, desk, epoch))",
  },
  {
    id: "directory-016-desk-key",
    statement:
      "CREATE TABLE desk_key (organisation text NOT NULL, desk uuid NOT NULL, epoch bigint NOT NULL, person uuid NOT NULL, sealed text NOT NULL, PRIMARY KEY (organisation, desk, epoch, person))",
  },
  {
    id: "directory-017-desk-bridge",
    statement:
      "CREATE TABLE desk_bridge (organisation text NOT NULL, desk uuid NOT NULL, epoch bigint NOT NULL, sealed text NOT NULL, PRIMARY KEY (organisation, desk, epoch))",
  },
  {
    id: "directory-018-desk-member",
    statement: "CREATE TABLE desk_member (person uuid NOT NULL, desk uuid NOT NULL, lead boolean NOT NULL, PRIMARY KEY (person, desk))",
  },
  { id: "directory-019-desk-member-desk", statement: "CREATE INDEX desk_member_desk ON desk_member (desk, person)" },
  {
    id: "directory-020-invitation",
    statement: `CREATE TABLE invitation (
      invitation text NOT NULL PRIMARY KEY,
      id uuid NOT NULL,
      organisation text NOT NULL,
      desk uuid NOT NULL,
      name text NOT NULL,
      office text NOT NULL,
      accepted_by uuid,
      expires timestamptz NOT NULL)`,
  },
  { id: "directory-021-invitation-desk", statement: "CREATE INDEX invitation_desk ON invitation (desk, id)" },
  { id: "directory-022-handle-person", statement: "CREATE INDEX person_handle_person ON person_handle (person)" },
  { id: "directory-023-guest-key-person", statement: "CREATE INDEX guest_key_person ON guest_key (person)" },
  ...organisationSignInMigrations,
  ...joiningMigrations,
  ...arrangementMigrations,
  ...recoveryMigrations,
];
