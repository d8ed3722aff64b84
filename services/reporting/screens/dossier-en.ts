/** English words of a report in the dossier page. */
import type { DossierMessages } from "./dossier-nl.ts";

const phases: Readonly<Record<string, string>> = {
  filed: "Your report is with the safety desk. Someone will take it up.",
  "taken-up": "Someone of the safety desk reads your report.",
  "in-hand": "The safety desk is working on it.",
  waiting: "It waits for someone else.",
  closed: "This report is closed.",
};
const entries: Readonly<Record<string, string>> = {
  report: "Report",
  evidence: "Evidence",
  message: "Message",
  "norm-test": "Does this go too far?",
  seriousness: "How serious is it?",
  action: "Step",
  referral: "Shared",
  outcome: "Closing",
  withdrawal: "Withdrawn",
};

export const en = {
  title: "Report",
  phases,
  entries,
  forms: {
    verbal: "Abuse",
    threat: "Threat",
    physical: "Physical violence",
    discrimination: "Discrimination",
    sexual: "Sexual intimidation",
    doxing: "Data online",
    other: "Something else",
  },
  norm: { emotional: "Emotional behaviour", "crossing-the-line": "This crosses the line", unclear: "Not clear yet" },
  levels: { low: "Light", medium: "Serious", high: "Very serious", acute: "Acute danger" },
  complaint: (number: string, code: string) => `Criminal complaint${number === "" ? "" : ` number ${number}`}, VPT code ${code}`,
  shared: (desk: string, n: number) => `${n} parts shared with ${desk}`,
  firstAnswer: "Your first answer to the reporter",
  takeUp: "Take up the report",
  normName: "Own code of conduct",
  normWhy: "Why does this cross the line?",
  start: "Record and go on",
  more: "Complaint or closing",
  complaintNumber: "Number of the complaint",
  complaintCode: "VPT code",
  complaintCodeHint: "Ask the police to record it. Then the case gets priority.",
  complaintNote: "Complaint: what was done?",
  complaintSave: "Record the complaint",
  feedback: "What does the reporter hear of the outcome?",
  close: "Close the report",
} satisfies DossierMessages;
