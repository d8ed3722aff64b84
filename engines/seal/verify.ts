/** The door for whoever only checks (servers, auditors): statements, cards, rosters, digests, lengths. Nothing behind it can open a seal. */
export { SealError, type SealErrorCode, type SealErrorData } from "./errors.ts";
export { type Bytes, type Uuid, newUuid, parseUuid, toBase64Url, fromBase64Url } from "./bytes.ts";
export { type Envelope, keyIdOf, parseEnvelope, readStatement, statementHash, verifyStatement } from "./envelope.ts";
export { PERSON_CARD, type PersonCard, SIGN_IN, type SignIn, UNLOCK_SET, type UnlockSet, verifyPersonCard } from "./card.ts";
export { checkWrappedSet, parseRoster, ROSTER, type Roster, type RosterMember, type VerifiedChain, verifyRosterChain } from "./roster.ts";
export { clockSlack, laterOf, mayFollow, rostersInForce, takenAhead, takenBehind } from "./stated-time.ts";
export { digestOf } from "./digest.ts";
export { padmeLength } from "./pad.ts";
export { isSealedKey } from "./sealed-key.ts";
export {
  claimCode,
  claimDigest,
  halfDigest,
  parseRecoveryConfirmation,
  parseRecoveryRefusal,
  parseRecoveryRequest,
  parseRecoverySet,
  parseUnlockRecord,
  RECOVERY_CONFIRMATION,
  RECOVERY_REFUSAL,
  RECOVERY_REQUEST,
  RECOVERY_SET,
  type RecoveredBy,
  type RecordedUnlock,
  type RecoveryConfirmation,
  type RecoveryHolder,
  type RecoveryRefusal,
  type RecoveryRequest,
  type RecoverySet,
  type RosterRecovery,
  sealedDigest,
  UNLOCK_RECORD,
  type UnlockRecord,
  verifyRecoverySet,
  verifyUnlockRecords,
} from "./recovery-statements.ts";
