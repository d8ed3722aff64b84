/** The road of a request for help: requested, taken up, in contact, closed. Imported by the server, the client and the generated matrix. */
import { defineWorkflow } from "#services/dossier/workflow/define.ts";

const open = ["requested", "taken-up", "in-contact"] as const;

/** Help dossiers: between a person and the support team, and nobody else (domain.md section 3). */
export const help = defineWorkflow({
  kind: "help",
  owner: "office-holder",
  start: { phase: "requested", entry: "help-request", guests: true, grants: ["support-team"] },
  phases: {
    requested: {
      "take-up": { by: ["support-team"], to: "taken-up", entry: "message" },
      withdraw: { by: ["office-holder"], to: "closed", entry: "withdrawal" },
    },
    "taken-up": {
      contact: { by: ["support-team"], to: "in-contact", entry: "help-offer" },
      withdraw: { by: ["office-holder"], to: "closed", entry: "withdrawal" },
    },
    "in-contact": {
      close: { by: ["support-team"], to: "closed", entry: "outcome" },
      withdraw: { by: ["office-holder"], to: "closed", entry: "withdrawal" },
    },
    closed: {
      /** No new help request: the term of the first would count its urgency again, and the story goes on. */
      reopen: { by: ["office-holder", "support-team"], to: "taken-up", entry: "message" },
    },
  },
  entries: {
    message: { by: ["office-holder", "support-team"], in: [...open, "closed"] },
    "help-offer": { by: ["support-team"], in: ["in-contact"] },
    /** Aftercare goes on after the dossier is closed: dates can be moved and proposed then as well. */
    "aftercare-plan": { by: ["office-holder", "support-team"], in: ["taken-up", "in-contact", "closed"] },
  },
  terms: {
    requested: { name: "help-take-up", length: { workingDays: 1 }, acute: { hours: 1 }, waitsFor: "support-team" },
    "taken-up": { name: "help-contact", length: { workingDays: 2 }, acute: { hours: 4 }, waitsFor: "support-team" },
    "in-contact": { name: "help-next-step", length: { workingDays: 10 }, waitsFor: "support-team" },
  },
  handOvers: [
    { to: "support-team", by: ["office-holder", "support-team"], scope: "dossier", consent: false },
    { to: "consulted", by: ["office-holder"], scope: "items", consent: true },
  ],
  channels: {},
  announced: [],
  quiet: [],
});
