/** The directory's client: connection, trust, sign-in, desks. Everything other client rooms, screens and the CLI may use; device-bound stores are in `trust-browser.ts`, `kept-browser.ts`, `device-identity.ts` and `trust-file.ts`. */
export { Connection, parseAnswer, type ConnectionOptions, type Fetch, type RequestOptions } from "./connection.ts";
export { memoryTrustStore, Trust, type DeskPin, type TrustStore, type VerifiedDesk } from "./trust.ts";
export { Session, type OpenDesk } from "./session.ts";
export {
  registerDevicePerson,
  registerPerson,
  signInAsGuest,
  signInWithPasskey,
  signInWithPassphrase,
  signInWithSheet,
  signOut,
  type DevicePerson,
  type PasskeyPrf,
  type Registration,
  type SignInOptions,
} from "./sign-in.ts";
export { keptPersonOf, openKept, KeptPerson, type HeldSecret } from "./kept.ts";
export {
  addUnlock,
  listDevices,
  listUnlocks,
  lostDevice,
  readOrganisation,
  readUnlockRecords,
  removeDevice,
  removeOtherDevices,
  removeUnlock,
  searchOrganisations,
  type AddedUnlock,
  type HeldUnlock,
} from "./account.ts";
export {
  acceptInvitation,
  createDesk,
  invite,
  listInvitations,
  ownFingerprint,
  readFingerprint,
  readInvitation,
  readPersonCard,
  rotateDesk,
  shareDesk,
  type DeskChanges,
  type Invitation,
  type NewMember,
  type ShownKeys,
} from "./desks.ts";
export {
  beginOrganisationSignIn,
  completeOrganisationSignIn,
  dismissRosterProposal,
  linkOrganisationAccount,
  listOrganisationSignIns,
  listRosterProposals,
  readOrganisationAttempt,
  unlinkOrganisationAccount,
  withDesksOfNow,
} from "./organisation-sign-in.ts";
export {
  checkJoining,
  createJoinedDesk,
  listJoining,
  listOwnJoining,
  readDeskOrigin,
  readJoining,
  requestJoining,
  ruleOnJoining,
  type CheckedJoining,
  type CheckedVerdict,
  type JoiningWish,
  type Verdict,
} from "./joining.ts";
export { arrangeDesk, endAbsence, handOverLeadership, readArrangement, setAbsence, setOffices, type Arrangement } from "./arrangement.ts";
export { checkClearance, clearPublication, readManifest, signMade, type ClearanceStatements } from "./clearance.ts";
export {
  claimRecovery,
  codeOf,
  codeOfClaim,
  confirmAttempt,
  confirmWithPaper,
  endDeskRecovery,
  endRecovery,
  finishClaim,
  finishDeskRecovery,
  KeptClaim,
  readClaim,
  readHeld,
  readRecoveries,
  readRequest,
  readSet,
  refuseAttempt,
  requestDeskRecovery,
  setUpDeskRecovery,
  setUpRecovery,
  type CheckedShare,
  type Holder,
} from "./recovery.ts";
