/** The road of a set of written questions through the ministries that answer it. Imported by the server, the client and the generated matrix. */
import { defineWorkflow } from "#services/dossier/workflow/define.ts";

/** Phases in which the words may still be changed. */
export const writable = ["drafting", "coordination", "initials", "returned"] as const;
/** Phases before the answers are sent. */
export const unsent = ["opened", ...writable, "presented", "agreed", "signed"] as const;
const everywhere = [...unsent, "sent", "published"] as const;
const ministries = ["policy-desk", "co-ministry"] as const;

/**
 * Sets of written questions: opened by a member of the lead ministry's desk for that desk, divided, drafted, coordinated with the ministries that sign along, initialled, put before the minister, returned or agreed,
 * signed, sent, published (domain.md section 6).
 *
 * [Note: Two pairs of eyes on an answer] Who wrote a draft or the note never decides or signs; the newest draft or note is never initialled or judged by who wrote it; and what was written after an initial or a
 * verdict makes both lapse: presenting needs a note, an initial and a verdict of every desk that signs along, and leaving coordination those verdicts, newer than the newest words; where a desk signs along nothing
 * goes to the initials around it. The server holds all of this by kind, author, desk and order, without reading a word; what a verdict says stays sealed, so that every desk *agrees* is the client's to ask.
 *
 * [Note: Two pairs of eyes on a public version] After the sending someone who did not write the newest words makes the public version of the note and initials it; someone who initialled nothing publishes exactly that.
 */
export const questionSet = defineWorkflow({
  kind: "question-set",
  owner: "policy-officer",
  ownerSitsAt: "policy-desk",
  start: { phase: "opened", entry: "question-set", guests: false, grants: ["policy-desk"] },
  phases: {
    opened: {
      divide: { by: ["policy-desk"], to: "drafting", entry: "assignment" },
      withdraw: { by: ["policy-desk"], to: "withdrawn", entry: "withdrawal" },
    },
    drafting: {
      coordinate: { by: ["policy-desk"], to: "coordination", entry: "submission", requires: ["draft"] },
      /** Nobody signs along: straight to the initials. */
      "ask-initials": { by: ["policy-desk"], to: "initials", entry: "submission", requires: ["draft"], without: "co-ministry" },
      withdraw: { by: ["policy-desk"], to: "withdrawn", entry: "withdrawal" },
    },
    coordination: {
      "end-coordination": {
        by: ["policy-desk"],
        to: "initials",
        entry: "submission",
        requires: ["verdict"],
        since: ["draft", "note"],
        heard: { by: "co-ministry", in: "verdict" },
      },
      redraft: { by: ["policy-desk"], to: "drafting", entry: "message" },
      withdraw: { by: ["policy-desk"], to: "withdrawn", entry: "withdrawal" },
    },
    initials: {
      present: {
        by: ["policy-desk"],
        to: "presented",
        entry: "presentation",
        requires: ["initial"],
        since: ["draft", "note"],
        holds: ["note"],
        heard: { by: "co-ministry", in: "verdict" },
      },
      redraft: { by: ["policy-desk"], to: "drafting", entry: "message" },
      withdraw: { by: ["policy-desk"], to: "withdrawn", entry: "withdrawal" },
    },
    presented: {
      agree: { by: ["minister"], to: "agreed", entry: "decision", decides: "presentation", notAuthorOf: ["draft", "note", "presentation"] },
      return: { by: ["minister"], to: "returned", entry: "return", decides: "presentation", notAuthorOf: ["draft", "note", "presentation"] },
      /** New facts: the desk asks for it back. */
      "take-back": { by: ["policy-desk"], to: "drafting", entry: "message" },
    },
    returned: {
      resume: { by: ["policy-desk"], to: "drafting", entry: "assignment" },
      withdraw: { by: ["policy-desk"], to: "withdrawn", entry: "withdrawal" },
    },
    agreed: {
      sign: { by: ["minister"], to: "signed", entry: "signature", decides: "presentation", notAuthorOf: ["draft", "note", "presentation"] },
      return: { by: ["minister"], to: "returned", entry: "return", decides: "presentation", notAuthorOf: ["draft", "note", "presentation"] },
    },
    signed: {
      send: { by: ["policy-desk"], to: "sent", entry: "sending" },
      return: { by: ["minister"], to: "returned", entry: "return", decides: "presentation", notAuthorOf: ["draft", "note", "presentation"] },
    },
    sent: {
      publish: { by: ["policy-desk"], to: "published", entry: "publication", requires: ["initial"], since: "sending", notAuthorOf: "initial" },
    },
    published: {},
    withdrawn: {},
  },
  entries: {
    mend: { by: ["policy-desk"], in: ["opened", ...writable] },
    "co-signing": { by: ["policy-desk"], in: ["opened", ...writable] },
    assignment: { by: ["policy-desk"], in: writable },
    "fact-request": { by: ministries, in: ["opened", ...writable] },
    /** By whom was asked, who holds that request alone; or by a desk that writes down what it heard elsewhere. */
    "fact-answer": { by: ["fact-source", ...ministries], in: everywhere, answers: "fact-request" },
    draft: { by: ministries, in: writable },
    note: { by: ["policy-desk"], in: writable },
    comment: { by: [...ministries, "minister"], in: ["opened", ...writable, "presented", "agreed"] },
    verdict: { by: ["co-ministry"], in: ["coordination", "initials"], notAuthorOfNewest: ["draft", "note"] },
    initial: { by: ["policy-desk"], in: ["initials", "sent"], notAuthorOfNewest: ["draft", "note"] },
    postponement: { by: ["policy-desk"], in: unsent },
    message: { by: [...ministries, "minister"], in: everywhere },
    /** A correction, or another place where it was published. */
    publication: { by: ["policy-desk"], in: ["published"] },
  },
  /** Days inside the house. The term of the Kamer is a calendar term over sealed words and is counted by the client; see docs/architecture.md. */
  terms: {
    opened: { name: "question-divide", length: { workingDays: 1 }, waitsFor: "policy-desk" },
    drafting: { name: "question-draft", length: { workingDays: 5 }, waitsFor: "policy-desk" },
    coordination: { name: "question-coordinate", length: { workingDays: 2 }, waitsFor: "co-ministry" },
    initials: { name: "question-initial", length: { workingDays: 1 }, waitsFor: "policy-desk" },
    presented: { name: "question-decide", length: { workingDays: 2 }, waitsFor: "minister" },
    returned: { name: "question-redraft", length: { workingDays: 1 }, waitsFor: "policy-desk" },
    agreed: { name: "question-sign", length: { workingDays: 1 }, waitsFor: "minister" },
    signed: { name: "question-send", length: { workingDays: 1 }, waitsFor: "policy-desk" },
    sent: { name: "question-publish", length: { workingDays: 1 }, waitsFor: "policy-desk" },
  },
  handOvers: [
    { to: "policy-desk", by: ["policy-desk"], scope: "dossier", consent: false },
    { to: "co-ministry", by: ["policy-desk"], scope: "dossier", consent: false },
    { to: "minister", by: ["policy-desk"], scope: "dossier", consent: false },
    { to: "fact-source", by: ["policy-desk", "co-ministry"], scope: "items", consent: false },
  ],
  channels: {},
  announced: [],
  quiet: ["draft", "note", "comment"],
});
