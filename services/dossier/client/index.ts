/** The dossier's client: open, read, write, share, attach, search. The reporting and scanning clients, the screens and the CLI use it; device-bound parts are in `drafts-browser.ts` and `covers-worker.ts`. */
export { coverPlace, DossierHandle, listDossiers, openDossier, readDue, type DossierEntry } from "./handle.ts";
export { verifyChain, type AuthorKeys, type ChainStart, type VerifiedEntry } from "./chain.ts";
export {
  append,
  authorFor,
  admitGuest,
  openNewDossier,
  prepareDossier,
  sealCover,
  type FirstEntry,
  type GrantPlan,
  type NewEntry,
  type OpenedDossier,
  type PreparedDossier,
  type Writer,
} from "./write.ts";
export {
  consent,
  consentFor,
  grantChannel,
  grantDossier,
  grantItems,
  verifyConsents,
  withdrawConsent,
  type ConsentTerms,
  type GrantTerms,
  type Recipient,
  type SharedItem,
  type SignedConsent,
  type Signer,
  type VerifiedConsent,
} from "./sharing.ts";
export type { KeyRing } from "./keys.ts";
export {
  downloadAttachment,
  fetchSealed,
  onePieceLimit,
  uploadAll,
  uploadAttachment,
  type AttachmentSource,
  type ByteSource,
  type ItemKey,
  type UploadedAttachment,
  type UploadOptions,
  type UploadProgress,
} from "./attachments.ts";
export { lookUpAnswerLink, makeAnswerLink, pointerOf } from "./answer-links.ts";
export { captureFile, captureTool, type CaptureFacts, type Rereadable } from "./capture.ts";
export { readEvidence, stampEvidence, type CheckedStamp, type Evidence, type StampOutcome } from "./evidence.ts";
export { endHold, openHolds, placeHold, readHolds, type Hold, type NewHold } from "./holds.ts";
export { isDemonstration, referenceOf, type PaperToSet } from "./paper.ts";
export { checkReceipt, type CheckedReceipt } from "./receipts.ts";
export { readLate, readWorklist, type WorklistOptions, type WorklistPart } from "./worklist.ts";
export { coversInThread, openCovers, type CoverPool, type DeskKeyring, type OpenedCover } from "./covers.ts";
export { CoverIndex, normalised, type IndexedLine } from "./cover-index.ts";
export { isSealedHead, openIndex, sealIndex, type SealedHead, type SealedIndex, type SealedPart } from "./sealed-index.ts";
export { refreshIndex, type CoverProgress } from "./refresh-index.ts";
export { memoryDraftStore, type DraftStore } from "./drafts.ts";
export { keyHistory, type KeyEvent, type KeyHistory, type KeyHolder } from "./key-history.ts";
