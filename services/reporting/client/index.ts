/** Reports, from filing to closing: what screens and the CLI call. Everything is sealed here before it leaves. */
export { fileReport, openReport, readReport, type FileReport, type FiledReport, type ReportDraft } from "./file.ts";
export { ownReports } from "./own-reports.ts";
export { prepare, preparationsOf, type Preparations } from "./preparing.ts";
export {
  addEvidence,
  closeReport,
  recordAction,
  recordNormTest,
  recordSeriousness,
  reopenReport,
  sendMessage,
  shareItems,
  takeUp,
  withdrawReport,
  type Additions,
  type Sharing,
} from "./steps.ts";
