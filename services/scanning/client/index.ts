/** Security scans, from request to completion: what screens and the CLI call. Everything is sealed here before it leaves. */
export { openScan, readScan, requestScan, type RequestedScan, type RequestDraft, type ScanRequest } from "./request.ts";
export {
  assign,
  draftAdvice,
  plan,
  recordNoShow,
  recordVisit,
  replan,
  saveAnalysis,
  saveRisk,
  submit,
  type AdviceDraft,
  type AnalysisDraft,
  type VisitDraft,
} from "./expert.ts";
export { decideEntitlement, deciderOf, weigh, type KnownFacts, type Weighed } from "./entitlement.ts";
export { adopt, handOverProvisionList, returnAdvice, signerOf, type Adopted } from "./authority.ts";
export { addScanEvidence } from "./evidence.ts";
export { handIn, type HandedIn } from "./hand-in.ts";
export { appointmentOf, invitationOf, type Appointment, type Invitation } from "./invitation.ts";
export {
  complete,
  factFor,
  loansOf,
  measuresOf,
  moveHouse,
  recordDeparture,
  recordMeasure,
  sendScanMessage,
  withdrawScan,
  type KnownMeasures,
  type MeasureLife,
  type MovedLoan,
} from "./provision.ts";
export { sharedByHolder, type SharedByHolder } from "./shared.ts";
export { assignedToMe, deskScans, ownScans, type ListedScan } from "./lists.ts";
export { mergeAnswers, sameAnswer, type AnsweredVisit, type GivenAnswer, type MergedAnswer } from "./merge.ts";
export {
  adviceVersions,
  answersOf,
  findingsOf,
  newestInRound,
  openReturn,
  presentAdvice,
  presentRound,
  requestOf,
  type AdviceVersion,
  type PresentAdvice,
  type RecordedFinding,
} from "./round.ts";
export { packVisit, VisitPack, withLock } from "./pack.ts";
export { nothingSent, SendRecord, sendVisit, type SentVisit, type VisitPhoto, type VisitProgress, type VisitToSend } from "./send-visit.ts";
export { openVisitFile, sealVisitFile } from "./carried.ts";
