/** Acting on a report as pure functions: facts in, document out. Nothing here sends, stores or judges; client/papers sets the documents, screens/acting and the command line show them. */
export { formsBeyond, heavierFor, suggestedArticles, wantsRequest } from "./considered.ts";
export {
  answersFrom,
  complaintGaps,
  complaintPaper,
  functionWords,
  type ComplaintFacts,
  type ComplaintGap,
  type ComplaintPaper,
  type PaperArticle,
} from "./complaint.ts";
export { laterDay, longDay, type Language, type Part, type ReadyDocument } from "./document.ts";
export { type EvidenceItem, type EvidenceRow } from "./evidence.ts";
export { letterAsks, letterDocument, letterLanguages, type LetterFacts } from "./letters.ts";
export { isPageAddress, noticeAgainDays, noticeDocument, noticeGaps, type NoticeGap } from "./notice.ts";
export { keptStep, nextLook, shieldingProgress, standingSteps, type StandingStep } from "./shielding.ts";
