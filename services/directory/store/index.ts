/** The door of the directory's store: what its own server room, the dossier and apps/server may ask. */
export { directoryMigrations } from "./migrations.ts";
export type { Executor } from "./executor.ts";
export { findOrganisations, readOrganisation, saveOrganisations } from "./organisations.ts";
export {
  guestOfKey,
  insertRegistration,
  lockUnlocks,
  mailAddressesOf,
  personOfHandle,
  readPerson,
  readPersonKey,
  readPersonKeys,
  readUnlocks,
  registerGuest,
  verifiedGuest,
  replaceUnlocks,
  unlocksOfHandle,
  type GuestCard,
  type PersonKey,
  type PersonRow,
} from "./persons.ts";
export {
  claimDesk,
  desksOfPerson,
  findDesks,
  holdDesks,
  isMember,
  lockDesk,
  memberDesks,
  readDesk,
  readDeskKeys,
  readDesks,
  readRosters,
  rosterReceived,
  viewDesks,
  writeEpoch,
  type DeskFacts,
  type DeskMember,
} from "./desks.ts";
export {
  confirmSession,
  deskConfirmations,
  dropProposal,
  endConfirmations,
  insertAttempt,
  linkSubject,
  personOfSubject,
  proposalsOf,
  proposeLeaving,
  readAttempt,
  settleAttempt,
  sweepOrganisationSignIn,
  takeAttempt,
  unlinkSubject,
  useAttempt,
  type DeskConfirmation,
} from "./organisation-sign-in.ts";
export { organisationSignInMigrations } from "./organisation-sign-in-migrations.ts";
export { acceptInvitation, insertInvitation, invitationsOf, readInvitation, settleInvitations, type Invitation } from "./invitations.ts";
export {
  endDevice,
  endSession,
  endSessions,
  forgetChallenges,
  insertChallenge,
  insertSession,
  readSession,
  sessionsOf,
  sweepDirectory,
  touchSession,
  useChallenge,
  type ChallengeRow,
  type LiveSession,
  type SessionRow,
} from "./sessions.ts";
export { hasPersons, readSetting, settle, type SettingKind } from "./settings.ts";
