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
export { hasPersons, readSetting, settle, unsettle, type SettingKind } from "./settings.ts";
