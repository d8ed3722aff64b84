/** The road of a signal to police and OM (Circulaire 2026 par. 2.4.1 and 2.4.2). Imported by the server, the client and the generated matrix. */
import { defineWorkflow } from "#services/dossier/workflow/define.ts";

/** Phases in which the signal is under way: someone owes the office-holder an answer. */
export const underWay = [
  "raised",
  "raised-around",
  "received",
  "with-prosecution",
  "presented",
  "local-measures",
  "nominated",
  "basic-policing",
  "basic-decided",
] as const;
const everywhere = [...underWay, "fed-back", "redirected"] as const;

/**
 * Signal dossiers: the RCCB of the police unit makes a first weighing; what is serious goes to the adviser of the OM (BB&C), who presents it to the chief prosecutor (HOvJ), who decides.
 * The signal of a member of the driehoek starts with the OM of the home address instead (par. 2.4.2).
 * Police and OM say what they may say: every answer may be "heard, no details" (Wet politiegegevens; domain.md 4.2).
 */
export const signal = defineWorkflow({
  kind: "signal",
  owner: "office-holder",
  start: { phase: "raised", entry: "signal", guests: true, grants: ["police"], instead: { phase: "raised-around", grants: ["prosecution"] } },
  phases: {
    raised: {
      receive: { by: ["police"], to: "received", entry: "receipt" },
      /** Not ours: with a pointer to who it belongs to. */
      redirect: { by: ["police"], to: "redirected", entry: "redirection" },
      withdraw: { by: ["office-holder"], to: "withdrawn", entry: "withdrawal" },
    },
    "raised-around": {
      "receive-around": { by: ["prosecution"], to: "with-prosecution", entry: "receipt" },
      "redirect-around": { by: ["prosecution"], to: "redirected", entry: "redirection" },
      withdraw: { by: ["office-holder"], to: "withdrawn", entry: "withdrawal" },
    },
    received: {
      "weigh-serious": { by: ["police"], to: "with-prosecution", entry: "weighing" },
      "weigh-basic": { by: ["police"], to: "basic-policing", entry: "weighing" },
      redirect: { by: ["police"], to: "redirected", entry: "redirection" },
      withdraw: { by: ["office-holder"], to: "withdrawn", entry: "withdrawal" },
    },
    "with-prosecution": {
      /** The adviser puts it before the chief prosecutor. */
      present: { by: ["prosecution"], to: "presented", entry: "weighing" },
      withdraw: { by: ["office-holder"], to: "withdrawn", entry: "withdrawal" },
    },
    presented: {
      "decide-local": { by: ["chief-prosecutor"], to: "local-measures", entry: "decision", decides: "weighing", notAuthorOf: "weighing" },
      "decide-nominate": { by: ["chief-prosecutor"], to: "nominated", entry: "decision", decides: "weighing", notAuthorOf: "weighing" },
      "decide-basic": { by: ["chief-prosecutor"], to: "basic-decided", entry: "decision", decides: "weighing", notAuthorOf: "weighing" },
      withdraw: { by: ["office-holder"], to: "withdrawn", entry: "withdrawal" },
    },
    "local-measures": {
      feedback: { by: ["police", "prosecution", "chief-prosecutor"], to: "fed-back", entry: "feedback" },
    },
    nominated: {
      feedback: { by: ["police", "prosecution", "chief-prosecutor"], to: "fed-back", entry: "feedback" },
    },
    /** Not serious by the police's own weighing: they tell the office-holder. */
    "basic-policing": {
      feedback: { by: ["police", "prosecution", "chief-prosecutor"], to: "fed-back", entry: "feedback" },
    },
    /** Nothing beyond basic policing by decision of the chief prosecutor: the OM tells it, also where the police took no part. */
    "basic-decided": {
      feedback: { by: ["police", "prosecution", "chief-prosecutor"], to: "fed-back", entry: "feedback" },
    },
    "fed-back": {
      /** Measures are re-tested periodically and scaled down as soon as possible: the adviser presents it anew. */
      retest: { by: ["prosecution"], to: "presented", entry: "weighing" },
      /** New facts start the weighing again. */
      "weigh-again": { by: ["office-holder"], to: "received", entry: "message" },
      /** The same where the road goes around the driehoek: the police never got it. */
      "weigh-again-around": { by: ["office-holder"], to: "with-prosecution", entry: "message" },
      close: { by: ["office-holder", "safety-desk"], to: "closed", entry: "outcome" },
    },
    redirected: {
      /** To the desk it belongs to, under a new consent. */
      "raise-again": { by: ["office-holder"], to: "raised", entry: "message" },
      /** To another parket, where the road goes around the driehoek. */
      "raise-again-around": { by: ["office-holder"], to: "raised-around", entry: "message" },
      close: { by: ["office-holder", "safety-desk"], to: "closed", entry: "outcome" },
    },
    closed: {
      reopen: { by: ["office-holder"], to: "received", entry: "message" },
      "reopen-around": { by: ["office-holder"], to: "with-prosecution", entry: "message" },
    },
    withdrawn: {},
  },
  entries: {
    message: { by: ["office-holder", "safety-desk", "police", "prosecution", "chief-prosecutor"], in: [...everywhere, "closed"] },
    evidence: { by: ["office-holder"], in: everywhere },
    /** Unforeseen and urgent: the RCCB takes provisional measures at once and settles them with the OM afterwards. That they were taken is said; which ones need not be. */
    provisional: { by: ["police", "prosecution"], in: underWay },
    /** VPT-code, number of the aangifte, and which of the agreements (ELA) were asked for. */
    registration: { by: ["office-holder", "safety-desk", "police"], in: [...everywhere, "closed"] },
    timestamp: { by: ["office-holder"], in: [...everywhere, "closed"] },
  },
  terms: {
    raised: { name: "signal-receive", length: { workingDays: 1 }, acute: { hours: 1 }, waitsFor: "police" },
    "raised-around": { name: "signal-receive", length: { workingDays: 1 }, acute: { hours: 1 }, waitsFor: "prosecution" },
    received: { name: "signal-weigh", length: { workingDays: 3 }, acute: { hours: 4 }, waitsFor: "police" },
    "with-prosecution": { name: "signal-present", length: { workingDays: 3 }, acute: { hours: 8 }, waitsFor: "prosecution" },
    presented: { name: "signal-decide", length: { workingDays: 5 }, acute: { hours: 24 }, waitsFor: "chief-prosecutor" },
    "local-measures": { name: "signal-feedback", length: { workingDays: 5 }, acute: { hours: 24 }, waitsFor: "prosecution" },
    nominated: { name: "signal-feedback", length: { workingDays: 5 }, acute: { hours: 24 }, waitsFor: "prosecution" },
    "basic-policing": { name: "signal-feedback", length: { workingDays: 5 }, acute: { hours: 24 }, waitsFor: "police" },
    "basic-decided": { name: "signal-feedback", length: { workingDays: 5 }, acute: { hours: 24 }, waitsFor: "prosecution" },
    "fed-back": { name: "signal-close", length: { workingDays: 60 }, waitsFor: "office-holder" },
    redirected: { name: "signal-raise-again", length: { workingDays: 2 }, acute: { hours: 2 }, waitsFor: "office-holder" },
  },
  handOvers: [
    { to: "police", by: ["office-holder", "police"], scope: "dossier", consent: true },
    { to: "prosecution", by: ["office-holder", "police", "prosecution"], scope: "dossier", consent: true },
    { to: "chief-prosecutor", by: ["office-holder", "police", "prosecution", "chief-prosecutor"], scope: "dossier", consent: true },
    { to: "safety-desk", by: ["office-holder"], scope: "dossier", consent: true },
    { to: "consulted", by: ["office-holder"], scope: "items", consent: true },
  ],
  consentAlways: true,
  channels: {},
  announced: [],
  quiet: ["timestamp", "registration"],
});
