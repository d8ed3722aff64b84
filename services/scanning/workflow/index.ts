/** The road of a security scan under Regeling Veilig Wonen (arts 2.9, 3.9, 4.9). Imported by the server, the client and the generated matrix. */
import { defineWorkflow } from "#services/dossier/workflow/define.ts";

const running = ["requested", "entitled", "assigned", "planned", "visited", "drafted", "submitted", "adopted", "providing", "completed"] as const;

/** Scan dossiers: CCV drafts, the BVA adopts with a signature, the employer provides (domain.md section 9, points 2-6). */
export const scan = defineWorkflow({
  kind: "scan",
  owner: "office-holder",
  start: { phase: "requested", entry: "request", guests: false, grants: ["expert-desk"] },
  phases: {
    requested: {
      entitle: { by: ["expert-desk"], to: "entitled", entry: "entitlement" },
      /** Not under the Regeling (raadslid, Statenlid, AB-lid): pointed to their own scan, with the rule that decided it. */
      point: { by: ["expert-desk"], to: "pointed", entry: "entitlement" },
      withdraw: { by: ["office-holder"], to: "withdrawn", entry: "withdrawal" },
    },
    entitled: {
      assign: { by: ["expert-desk"], to: "assigned", entry: "assignment", assigns: "expert" },
      withdraw: { by: ["office-holder"], to: "withdrawn", entry: "withdrawal" },
    },
    assigned: {
      plan: { by: ["expert"], to: "planned", entry: "appointment" },
      withdraw: { by: ["office-holder"], to: "withdrawn", entry: "withdrawal" },
    },
    planned: {
      visit: { by: ["expert"], to: "visited", entry: "visit" },
      replan: { by: ["expert", "office-holder"], to: "assigned", entry: "message" },
      /** Someone was not there: who, and what happens next; the term for a new appointment runs again. */
      "no-show": { by: ["expert", "office-holder"], to: "assigned", entry: "no-show" },
      withdraw: { by: ["office-holder"], to: "withdrawn", entry: "withdrawal" },
    },
    visited: {
      draft: { by: ["expert"], to: "drafted", entry: "advice" },
      withdraw: { by: ["office-holder"], to: "withdrawn", entry: "withdrawal" },
    },
    drafted: {
      /** Both parts of lid 4 must be there before the authority can weigh it, and the advice must be newer than the last return. */
      submit: { by: ["expert"], to: "submitted", entry: "submission", requires: ["threat-analysis", "risk-assessment", "advice"], decides: "advice" },
      withdraw: { by: ["office-holder"], to: "withdrawn", entry: "withdrawal" },
    },
    submitted: {
      adopt: { by: ["authority"], to: "adopted", entry: "adoption", decides: "advice", notAuthorOf: "advice" },
      return: { by: ["authority"], to: "returned", entry: "return", decides: "advice", notAuthorOf: "advice" },
      withdraw: { by: ["office-holder"], to: "withdrawn", entry: "withdrawal" },
    },
    returned: {
      draft: { by: ["expert"], to: "drafted", entry: "advice" },
      withdraw: { by: ["office-holder"], to: "withdrawn", entry: "withdrawal" },
    },
    adopted: {
      provide: { by: ["employer"], to: "providing", entry: "measure" },
      /** Nothing for the employer to provide (all at the person's own account, or all declined): the client sees to it that nothing is left open. */
      finish: { by: ["employer"], to: "completed", entry: "completion" },
    },
    providing: {
      complete: { by: ["employer"], to: "completed", entry: "completion", requires: ["measure"] },
    },
    completed: {
      /** Moving house (lid 6): measures again, on a new advice. */
      move: { by: ["office-holder"], to: "entitled", entry: "request" },
    },
    pointed: {},
    withdrawn: {},
  },
  entries: {
    message: { by: ["office-holder", "expert-desk", "expert", "authority"], in: [...running, "returned"] },
    evidence: { by: ["office-holder"], in: ["requested", "entitled", "assigned", "planned", "visited"] },
    visit: { by: ["expert"], in: ["visited"] },
    "threat-analysis": { by: ["expert"], in: ["visited", "drafted", "returned"] },
    "risk-assessment": { by: ["expert"], in: ["visited", "drafted", "returned"] },
    "provision-list": { by: ["authority"], in: ["adopted"] },
    /**
     * The office-holder may decline from the start and confirm to the end; the employer's first step is the action `provide`, the last ones take loans back.
     * After moving house the loans of the old home go back or along while the new round runs, so its phases are here too; before a first adoption there is nothing on the channel to write about.
     */
    measure: { by: ["employer", "office-holder"], in: [...running.slice(1), "returned"] },
    /** Single items go along with a signal to police and OM, or to whoever is consulted. */
    referral: { by: ["office-holder"], in: [...running, "returned"] },
    /** Leaving office: loans come back (lid 7). Both may tell the last day. */
    departure: { by: ["employer", "office-holder"], in: [...running.slice(1), "returned"] },
  },
  terms: {
    requested: { name: "scan-entitle", length: { workingDays: 5 }, waitsFor: "expert-desk" },
    entitled: { name: "scan-assign", length: { workingDays: 5 }, waitsFor: "expert-desk" },
    assigned: { name: "scan-plan", length: { workingDays: 5 }, waitsFor: "expert" },
    planned: { name: "scan-visit", length: { workingDays: 15 }, waitsFor: "expert" },
    visited: { name: "scan-draft", length: { workingDays: 10 }, waitsFor: "expert" },
    drafted: { name: "scan-submit", length: { workingDays: 5 }, waitsFor: "expert" },
    submitted: { name: "scan-adopt", length: { workingDays: 10 }, waitsFor: "authority" },
    returned: { name: "scan-redraft", length: { workingDays: 5 }, waitsFor: "expert" },
    adopted: { name: "scan-provide", length: { workingDays: 10 }, waitsFor: "employer" },
    providing: { name: "scan-complete", length: { workingDays: 60 }, waitsFor: "employer" },
  },
  handOvers: [
    { to: "expert-desk", by: ["office-holder", "expert-desk"], scope: "dossier", consent: true },
    { to: "authority", by: ["expert", "office-holder"], scope: "dossier", consent: true },
    { to: "employer", by: ["authority", "office-holder"], scope: "channel", channel: "provision", consent: true },
    { to: "consulted", by: ["office-holder"], scope: "items", consent: true },
  ],
  /** The employer holds this channel's key and no other: what to provide, never why (domain.md section 9, point 6). */
  channels: { "provision-list": "provision", measure: "provision", completion: "provision", departure: "provision" },
  announced: ["adoption"],
  quiet: [],
});
