/** The road of a report: filed, taken up, in hand, waiting, closed. Imported by the server, the client and the generated matrix. */
import { defineWorkflow } from "#services/dossier/workflow/define.ts";

const open = ["filed", "taken-up", "in-hand", "waiting"] as const;

/** Report dossiers (domain.md section 4.3: report internally, norm test, aangifte with VPT-code, aftercare, feedback to the reporter). */
export const report = defineWorkflow({
  kind: "report",
  owner: "reporter",
  start: { phase: "filed", entry: "report", guests: true, grants: ["safety-desk"] },
  phases: {
    filed: {
      "take-up": { by: ["safety-desk"], to: "taken-up", entry: "message" },
      withdraw: { by: ["reporter"], to: "closed", entry: "withdrawal" },
    },
    "taken-up": {
      start: { by: ["safety-desk"], to: "in-hand", entry: "norm-test" },
      withdraw: { by: ["reporter"], to: "closed", entry: "withdrawal" },
    },
    "in-hand": {
      wait: { by: ["safety-desk"], to: "waiting", entry: "action" },
      close: { by: ["safety-desk"], to: "closed", entry: "outcome", requires: ["message"] },
      withdraw: { by: ["reporter"], to: "closed", entry: "withdrawal" },
    },
    waiting: {
      resume: { by: ["safety-desk"], to: "in-hand", entry: "action" },
      close: { by: ["safety-desk"], to: "closed", entry: "outcome", requires: ["message"] },
      withdraw: { by: ["reporter"], to: "closed", entry: "withdrawal" },
    },
    closed: {
      reopen: { by: ["reporter", "safety-desk"], to: "in-hand", entry: "message" },
    },
  },
  entries: {
    message: { by: ["reporter", "safety-desk"], in: [...open, "closed"] },
    evidence: { by: ["reporter", "safety-desk"], in: open },
    "norm-test": { by: ["safety-desk"], in: ["taken-up", "in-hand", "waiting"] },
    seriousness: { by: ["safety-desk"], in: ["taken-up", "in-hand", "waiting"] },
    action: { by: ["safety-desk"], in: ["taken-up", "in-hand", "waiting"] },
    preparation: { by: ["reporter", "safety-desk"], in: [...open, "closed"] },
    referral: { by: ["reporter"], in: [...open, "closed"] },
    timestamp: { by: ["reporter", "safety-desk"], in: [...open, "closed"] },
  },
  terms: {
    filed: { name: "report-take-up", length: { workingDays: 1 }, acute: { hours: 1 }, waitsFor: "safety-desk" },
    "taken-up": { name: "report-start", length: { workingDays: 2 }, waitsFor: "safety-desk" },
    "in-hand": { name: "report-next-step", length: { workingDays: 10 }, waitsFor: "safety-desk" },
    waiting: { name: "report-waiting", length: { workingDays: 20 }, waitsFor: "safety-desk" },
  },
  handOvers: [
    { to: "safety-desk", by: ["reporter", "safety-desk"], scope: "dossier", consent: false },
    { to: "consulted", by: ["reporter"], scope: "items", consent: true },
  ],
  channels: {},
  announced: [],
  quiet: ["timestamp", "preparation"],
});
