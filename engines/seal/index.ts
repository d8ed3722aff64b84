/** The door for clients: everything verify.ts offers, and all that makes, hands over and opens. Servers may not import it. */
export * from "./verify.ts";
export { generateSeed, handOver, type HandOver, sealKeyPair, takeOver } from "./handover.ts";
export type { SealKeyPair } from "./suite.ts";
export { signKeyPair, type SignKeyPair, signStatement } from "./statement.ts";
export { channelKey, generateDossierKey, type ItemPlace } from "./dossier.ts";
export { openItem, openItemWithFileKey, openJson, openJsonWithFileKey, sealItem, sealJson } from "./item.ts";
export { cutTo, openStream, openStreamWithFileKey, sealStream } from "./stream.ts";
export {
  beginFile,
  BLOCK_BYTES,
  type BlockPlace,
  type FileBeginning,
  type NewFile,
  openBlock,
  readBeginning,
  readBeginningWithFileKey,
  SEALED_BLOCK_BYTES,
  sealBlock,
} from "./blocks.ts";
export { itemFileKey, readAgeHeader, reheader } from "./header.ts";
export { fingerprintOf } from "./fingerprint.ts";
export { newPerson, openPerson, type Person, type PersonSecrets } from "./person.ts";
export {
  newPassphraseParameters,
  openUnlock,
  passkeySecret,
  type PassphraseParameters,
  passphraseSecret,
  renewUnlock,
  sealUnlock,
  type UnlockMethod,
  type UnlockParameters,
  type UnlockSecret,
  unlockSigner,
} from "./unlock.ts";
export { generateSheetCode, parseSheetCode, sheetSecret } from "./sheet.ts";
export { generateInvitationCode, invitationProof, parseInvitationCode } from "./invitation.ts";
export { generateReceiptCode, guestFromReceipt, parseReceiptCode } from "./receipt.ts";
export { type DeskChanges, type DeskKeys, newDesk, type NewEpoch, nextEpoch, openDeskKeys, openEpochSeed, recoveredEpoch, type Rotation } from "./desk.ts";
export {
  epochForRecovery,
  generatePaperShare,
  type HolderToBe,
  joinShares,
  newRecovery,
  type NewRecovery,
  openShare,
  paperShareKeys,
  parsePaperShare,
  passShare,
} from "./recovery.ts";
