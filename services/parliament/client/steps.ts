/**
 * The steps of a set after it was opened, one function each; the workflow table says who may take which. What is judged is always the set as the person had it before them: each step that speaks about the
 * whole takes the view and names its digest, so that words which came in meanwhile make it lapse instead of being agreed to unseen.
 */
import { newUuid } from "@rugdekking/seal";
import { base64urlnopad } from "@scure/base";
import { append, uploadAll, type AttachmentSource, type DossierHandle, type NewEntry } from "#services/dossier/client/index.ts";
import type { MessageBody, WithdrawalBody } from "#services/dossier/contract/bodies.ts";
import type { DossierRole, Receipt } from "#services/dossier/contract/index.ts";
import type { Workflow } from "#services/dossier/workflow/define.ts";
import { Problem } from "#services/problem/index.ts";
import { postponementProblem } from "#services/parliament/clock/index.ts";
import type { RichText } from "#services/parliament/contract/rich-text.ts";
import {
  SetCover,
  type CoSigningBody,
  type CommentBody,
  type DraftBody,
  type FactAnswerBody,
  type FactRequestBody,
  type InitialBody,
  type Mend,
  type MendBody,
  type Ministry,
  type NoteBody,
  type NotePart,
  type PostponementBody,
  type PresentationBody,
  type PublicationBody,
  type PublicVersion,
  type QuestionAssignmentBody,
  type QuestionDraft,
  type QuestionOwner,
  type SendingBody,
  type SetDecisionBody,
  type SetReturnBody,
  type SetSubmissionBody,
  type SignatureBody,
  type SignedBy,
  type SignedDocument,
  type VerdictBody,
} from "#services/parliament/contract/set.ts";
import { questionSet } from "#services/parliament/workflow/index.ts";
import { clockOf } from "./clock.ts";
import { mendedSet } from "./mends.ts";
import type { SetStep } from "./missing.ts";
import type { SetView } from "./view.ts";

const table: Workflow = questionSet;

/** Name and office of the reader in the signed roster of a desk that takes part in one of these roles. @throws {@link Problem} role-forbidden */
async function signerOf(handle: DossierHandle, roles: readonly DossierRole[]): Promise<SignedBy> {
  for (const { role, desk } of handle.view.participants) {
    if (!roles.includes(role) || desk === null || !handle.session.desks.includes(desk)) continue;
    const member = (await handle.session.trust.desk(desk)).roster.members.find(({ person }) => person === handle.session.person.person);
    if (member !== undefined) return { name: member.name.slice(0, 400), office: member.office.slice(0, 400) };
  }
  throw new Problem("role-forbidden", "You are not in the signed roster of a desk that may do this", "Ask a colleague of that desk.");
}

/** Refuses a step for which something is missing that must be there. @throws {@link Problem} requirement-missing naming the first thing */
function checkReady(view: SetView, step: SetStep): void {
  const first = view.missing[step].find(({ weight }) => weight === "needed");
  if (first === undefined) return;
  const whom = [first.questions.length > 0 ? ` (questions ${first.questions.join(", ")})` : "", first.about === null ? "" : ` (${first.about})`].join("");
  throw new Problem("requirement-missing", `Before ${step}: ${first.code} is missing${whom}`, "Complete it and read the set again.");
}

/** The cover after this entry, for the lists; undefined when nothing of it changes. */
async function coverAfter(handle: DossierHandle, action: string | null, change: Partial<SetCover> = {}): Promise<SetCover | undefined> {
  const to = action === null ? undefined : table.phases[handle.view.phase]?.[action]?.to;
  const cover = await handle.readCover(SetCover);
  if (cover === null || (to === undefined && Object.keys(change).length === 0)) return undefined;
  return { ...cover, ...change, steps: to === undefined ? cover.steps : [...cover.steps, { phase: to, at: new Date().toISOString() }].slice(-60) };
}

/** The cover's part about the clock, from the set as it will be. */
function clockCover(
  view: SetView,
  changed: { readonly mends?: readonly Mend[]; readonly postponement?: { readonly on: string; readonly reasons: string } },
): Partial<SetCover> {
  const set = mendedSet(view.read, [...view.mends, ...(changed.mends ?? [])]);
  const standing = view.postponements[0]?.body;
  const postponement = changed.postponement ?? (standing === undefined ? null : { on: standing.on, reasons: standing.reasons });
  const recess = view.clock?.settings.recess ?? "runs";
  const clock = clockOf({ received: set.received, postponement, answered: null }, set.received ?? "2000-01-01", recess, view.clock?.settings);
  return {
    title: (set.subject ?? set.title ?? set.reference ?? "Schriftelijke vragen").slice(0, 120),
    reference: set.reference?.slice(0, 40) ?? null,
    questions: set.questions.length,
    received: set.received,
    due: clock?.term.due ?? null,
    postponed: clock?.term.postponed ?? false,
    recessUnknown: clock?.term.recessUnknown ?? true,
  };
}

async function act(handle: DossierHandle, action: string, entry: Omit<NewEntry, "action" | "cover">): Promise<Receipt> {
  return append(handle, { ...entry, action, cover: await coverAfter(handle, action) });
}

/** Mends the set after it was opened. @throws {@link Problem} role-forbidden, phase-forbidden. */
export async function mendSet(handle: DossierHandle, view: SetView, mends: readonly Mend[], reason = ""): Promise<Receipt> {
  const body: MendBody = { version: 1, mends: [...mends], reason };
  return append(handle, { kind: "mend", body, cover: await coverAfter(handle, null, clockCover(view, { mends })) });
}

/** Lets another ministry sign along: its desk receives the dossier. @throws {@link Problem} role-forbidden (not a desk for parliament), phase-forbidden. */
export async function addMinistry(
  handle: DossierHandle,
  given: { readonly desk: string; readonly name: string; readonly minister: string; readonly words?: string },
): Promise<Receipt> {
  const desk = await handle.session.trust.desk(given.desk);
  const ministry: Ministry = { organisation: desk.organisation, desk: desk.id, name: given.name, minister: given.minister };
  const body: CoSigningBody = { version: 1, ministry, words: given.words ?? "" };
  const cover = await handle.readCover(SetCover);
  const also = [...(cover?.also ?? []), ministry.name.slice(0, 120)].slice(0, 8);
  return append(handle, {
    kind: "co-signing",
    body,
    grants: [{ role: "co-ministry", desk: desk.id, keys: { scope: "dossier" }, consent: null, until: null }],
    cover: await coverAfter(handle, null, { also }),
  });
}

/** Divides the questions, or some of them anew; the first division starts the drafting, and after a return it starts again. @throws {@link Problem} role-forbidden, phase-forbidden. */
export async function assignQuestions(handle: DossierHandle, owners: readonly QuestionOwner[], words = ""): Promise<Receipt> {
  const body: QuestionAssignmentBody = { version: 1, owners: [...owners], words };
  const { phase } = handle.view;
  const action = phase === "opened" ? "divide" : phase === "returned" ? "resume" : null;
  return action === null ? append(handle, { kind: "assignment", body }) : act(handle, action, { kind: "assignment", body });
}

/** Facts to ask. */
export interface FactsToAsk {
  /** Desk that is asked, of any organisation; it receives this request and nothing else. */
  readonly desk: string;
  readonly questions: readonly number[];
  readonly asked: string;
  readonly due: string;
}

/** Asks another desk for facts. They see the questions it is for and what is asked. @throws {@link Problem} role-forbidden, phase-forbidden. */
export async function askFacts(handle: DossierHandle, view: SetView, given: FactsToAsk): Promise<Receipt> {
  const desk = await handle.session.trust.desk(given.desk);
  const item = newUuid();
  const key = await handle.answerKey(item);
  if (key === null) throw new Problem("role-forbidden", "You do not hold the key of this set", "Ask a colleague of the lead ministry's desk.");
  const body: FactRequestBody = {
    version: 1,
    to: { desk: desk.id, name: desk.name.slice(0, 400) },
    questions: view.set.questions.filter(({ number }) => given.questions.includes(number)).map(({ number, text }) => ({ number, text })),
    asked: given.asked,
    due: given.due,
    signedBy: await signerOf(handle, ["policy-desk", "co-ministry"]),
    answerKey: base64urlnopad.encode(key),
  };
  return append(handle, {
    kind: "fact-request",
    body,
    item,
    grants: [{ role: "fact-source", desk: desk.id, keys: { scope: "body" }, consent: null, until: null }],
  });
}

/** Answers a request for facts, by whom was asked or by a desk that writes down what it heard. @param request item of the request @throws {@link Problem} role-forbidden */
export async function answerFacts(handle: DossierHandle, request: string, outcome: FactAnswerBody["outcome"], words: RichText): Promise<Receipt> {
  const body: FactAnswerBody = { version: 1, outcome, words, signedBy: await signerOf(handle, ["fact-source", "policy-desk", "co-ministry"]) };
  return append(handle, { kind: "fact-answer", body, answers: request });
}

/**
 * Writes drafts of one or more answers.
 * @param seen newest entry the writer had read: what came in after it was written at the same time, and is kept beside it
 * @throws {@link Problem} role-forbidden, phase-forbidden, input-too-large (write fewer at once).
 */
export const writeDraft = (handle: DossierHandle, drafts: readonly QuestionDraft[], seen = handle.view.lastSeq, words = ""): Promise<Receipt> =>
  append(handle, { kind: "draft", body: { version: 1, seen, drafts: [...drafts], words } satisfies DraftBody });

/** Writes parts of the note, and the order of all its parts. @param seen as for {@link writeDraft} */
export const writeNote = (
  handle: DossierHandle,
  parts: readonly NotePart[],
  order: readonly string[],
  seen = handle.view.lastSeq,
  words = "",
): Promise<Receipt> => append(handle, { kind: "note", body: { version: 1, seen, parts: [...parts], order: [...order], words } satisfies NoteBody });

/** A remark to make; what is left out is null. */
export type Remark = { readonly text: string } & Partial<Pick<CommentBody, "question" | "part" | "passage" | "replyTo" | "resolves">>;
/** Writes a remark. @throws {@link Problem} role-forbidden, phase-forbidden. */
export function comment(handle: DossierHandle, remark: Remark): Promise<Receipt> {
  const { text, question = null, part = null, passage = null, replyTo = null, resolves = null } = remark;
  return append(handle, { kind: "comment", body: { version: 1, id: newUuid(), question, part, passage, text, replyTo, resolves } satisfies CommentBody });
}

const submitted = (view: SetView, words: string, due: string | null): SetSubmissionBody => ({ version: 1, whole: view.whole, words, due });

/** Puts the drafts before the ministries that sign along. @throws {@link Problem} requirement-missing, role-forbidden, phase-forbidden. */
export async function coordinate(handle: DossierHandle, view: SetView, given: { readonly words?: string; readonly due?: string } = {}): Promise<Receipt> {
  checkReady(view, "coordinate");
  return act(handle, "coordinate", { kind: "submission", body: submitted(view, given.words ?? "", given.due ?? null) });
}

/** Asks for initials: after coordination, or at once where nobody signs along. @throws {@link Problem} requirement-missing, role-forbidden, phase-forbidden. */
export async function askInitials(handle: DossierHandle, view: SetView, given: { readonly words?: string; readonly due?: string } = {}): Promise<Receipt> {
  const action = handle.view.phase === "coordination" ? "end-coordination" : "ask-initials";
  checkReady(view, action);
  return act(handle, action, { kind: "submission", body: submitted(view, given.words ?? "", given.due ?? null) });
}

/** What a ministry that signs along says of the whole as it had it before it. @throws {@link Problem} requirement-missing (no reason), own-work, role-forbidden, phase-forbidden. */
export async function giveVerdict(
  handle: DossierHandle,
  view: SetView,
  given: Pick<VerdictBody, "verdict"> & Partial<Pick<VerdictBody, "reason" | "questions" | "changes">>,
): Promise<Receipt> {
  const { verdict, reason = "", questions = [], changes = [] } = given;
  if ((verdict === "object" && reason.trim() === "") || (verdict === "agree-with-change" && changes.length === 0))
    throw new Problem(
      "requirement-missing",
      verdict === "object" ? "An objection needs a reason" : "Agreeing with a change needs the change",
      "Write it down and send again.",
    );
  const body: VerdictBody = { version: 1, whole: view.whole, verdict, reason, questions, changes, signedBy: await signerOf(handle, ["co-ministry"]) };
  return append(handle, { kind: "verdict", body });
}

/** Initials the whole as the person had it before them. @throws {@link Problem} own-work (they wrote the newest words), role-forbidden, phase-forbidden. */
export async function initial(handle: DossierHandle, view: SetView, words = ""): Promise<Receipt> {
  const body: InitialBody = { version: 1, whole: view.whole, words, signedBy: await signerOf(handle, ["policy-desk"]) };
  return append(handle, { kind: "initial", body });
}

/** Puts letter and note before the minister, whose desk receives the dossier. @throws {@link Problem} requirement-missing, role-forbidden, phase-forbidden. */
export async function presentSet(handle: DossierHandle, view: SetView, given: { readonly desk: string; readonly words?: string }): Promise<Receipt> {
  checkReady(view, "present");
  const desk = await handle.session.trust.desk(given.desk);
  const body: PresentationBody = { version: 1, whole: view.whole, to: { desk: desk.id, name: desk.name.slice(0, 400) }, words: given.words ?? "" };
  const there = handle.view.participants.some((one) => one.role === "minister" && one.desk === desk.id && one.scope === "dossier");
  return act(handle, "present", {
    kind: "presentation",
    body,
    grants: there ? [] : [{ role: "minister", desk: desk.id, keys: { scope: "dossier" }, consent: null, until: null }],
  });
}

function presented(view: SetView): NonNullable<SetView["presentation"]> {
  if (view.presentation === null) throw new Problem("requirement-missing", "Nothing was presented", "Read the set again.");
  return view.presentation;
}

/** The minister agrees, signed over the presentation that was read. @throws {@link Problem} own-work, requirement-missing, role-forbidden, phase-forbidden. */
export async function agree(handle: DossierHandle, view: SetView, words = ""): Promise<Receipt> {
  checkReady(view, "agree");
  const body: SetDecisionBody = { version: 1, whole: view.whole, words, signedBy: await signerOf(handle, ["minister"]) };
  return act(handle, "agree", { kind: "decision", body, decides: presented(view).item });
}

/** The minister returns it, with the reason. @throws {@link Problem} requirement-missing (no reason), own-work, role-forbidden, phase-forbidden. */
export async function returnSet(
  handle: DossierHandle,
  view: SetView,
  given: { readonly reason: string; readonly questions?: readonly number[] },
): Promise<Receipt> {
  if (given.reason.trim() === "") throw new Problem("requirement-missing", "A return needs a reason", "Write why it goes back.");
  const body: SetReturnBody = {
    version: 1,
    whole: view.whole,
    questions: [...(given.questions ?? [])],
    reason: given.reason,
    signedBy: await signerOf(handle, ["minister"]),
  };
  return act(handle, "return", { kind: "return", body, decides: presented(view).item });
}

/** A document to sign: the file, what it is, and its SHA-256 as whoever made it says (base64url). */
export interface DocumentToSign extends Pick<SignedDocument, "what" | "sha256"> {
  readonly file: AttachmentSource;
}

/**
 * The minister signs letter and note: the files go along, and the signature is over their digests and the whole they were made of.
 * @throws {@link Problem} digest-mismatch (a file is another than was said), requirement-missing, own-work, role-forbidden, phase-forbidden.
 */
export async function signSet(handle: DossierHandle, view: SetView, documents: readonly DocumentToSign[]): Promise<Receipt> {
  checkReady(view, "sign");
  if (!documents.some(({ what }) => what === "letter") || !documents.some(({ what }) => what === "note"))
    throw new Problem("requirement-missing", "Letter and note are signed together", "Add both files.");
  const key = handle.keys.channels.get("main");
  if (key === undefined) throw new Problem("role-forbidden", "You do not hold the key of this set", "Ask the lead ministry's desk.");
  const signedBy = await signerOf(handle, ["minister"]);
  const { references, notes } = await uploadAll(
    handle.session.connection,
    { dossier: handle.id, channel: "main" },
    documents.map(({ file }) => file),
    key,
  );
  const signed = documents.map(({ what, sha256 }, at): SignedDocument => {
    const note = notes[at];
    if (note?.sha256 !== sha256)
      throw new Problem("digest-mismatch", `The ${what} is not the file whose digest was shown`, "Make the documents again; nothing was signed.");
    return { what, sha256, name: note.name, mediaType: note.mediaType };
  });
  const body: SignatureBody = { version: 1, whole: view.whole, documents: signed, signedBy, attachments: notes };
  return act(handle, "sign", { kind: "signature", body, attachments: references, decides: presented(view).item });
}

/** Sent to the Kamer. @throws {@link Problem} requirement-missing, role-forbidden, phase-forbidden. */
export async function sendSet(
  handle: DossierHandle,
  view: SetView,
  given: { readonly on: string; readonly reference: string; readonly words?: string },
): Promise<Receipt> {
  checkReady(view, "send");
  return act(handle, "send", {
    kind: "sending",
    body: { version: 1, on: given.on, reference: given.reference, words: given.words ?? "" } satisfies SendingBody,
  });
}

/**
 * The second pair of eyes: the public version of the note was made and looked over, and this is its file by digest, with what was left out of it.
 * @throws {@link Problem} own-work (they wrote the newest words), requirement-missing (not sent), role-forbidden, phase-forbidden.
 */
export async function initialPublic(handle: DossierHandle, view: SetView, publicVersion: PublicVersion, words = ""): Promise<Receipt> {
  if (view.sending === null) throw new Problem("requirement-missing", "Nothing was sent yet", "Record the sending first.");
  const body: InitialBody = { version: 1, whole: view.whole, words, signedBy: await signerOf(handle, ["policy-desk"]), publicVersion };
  return append(handle, { kind: "initial", body });
}

/**
 * Published, or a correction to what was published: what was withheld and who looked it over are taken from the public version that stands in the dossier, never from who publishes.
 * @throws {@link Problem} own-work (they made the public version themselves), digest-mismatch (the note is another file than was looked over), requirement-missing, role-forbidden, phase-forbidden.
 */
export async function publishSet(handle: DossierHandle, view: SetView, given: Omit<PublicationBody, "version" | "withheld" | "checkedBy">): Promise<Receipt> {
  checkReady(view, "publish");
  const { publicVersion } = view;
  if (publicVersion === null) throw new Problem("requirement-missing", "There is no public version", "Ask a colleague to make it.");
  if (publicVersion.person === handle.session.person.person)
    throw new Problem("own-work", "The public version is made by someone else than who publishes it", "Ask a colleague to publish it.");
  if (given.documents.some(({ what, sha256 }) => what === "note" && sha256 !== publicVersion.version.sha256))
    throw new Problem("digest-mismatch", "The note is not the public version that was looked over", "Publish that file, or let it be made anew.");
  const body: PublicationBody = { ...given, version: 1, withheld: publicVersion.version.withheld, checkedBy: publicVersion.body.signedBy };
  return handle.view.phase === "published" ? append(handle, { kind: "publication", body }) : act(handle, "publish", { kind: "publication", body });
}

/** The Speaker was told that it takes longer. @throws {@link Problem} requirement-missing (no reasons, or it does not stand), role-forbidden, phase-forbidden. */
export async function postpone(handle: DossierHandle, view: SetView, given: Omit<PostponementBody, "version">): Promise<Receipt> {
  if (view.clock === null) throw new Problem("requirement-missing", "Without the day of sending in there is no term to postpone", "Mend the set first.");
  const problem = postponementProblem(view.clock.asked, given, view.clock.settings);
  // Too late is still sent: the Kamer hears it, and the three weeks are added all the same.
  if (problem !== null && problem !== "after-first-term")
    throw new Problem("requirement-missing", `The postponement does not stand: ${problem}`, "Correct it and send again.");
  const body: PostponementBody = { ...given, version: 1 };
  return append(handle, { kind: "postponement", body, cover: await coverAfter(handle, null, clockCover(view, { postponement: given })) });
}

const message = (text: string): MessageBody => ({ version: 1, text, attachments: [] });
/** Back to drafting: from coordination or initials, or taken back from the minister. @throws {@link Problem} role-forbidden, phase-forbidden. */
export const redraft = (handle: DossierHandle, text: string): Promise<Receipt> =>
  act(handle, handle.view.phase === "presented" ? "take-back" : "redraft", { kind: "message", body: message(text) });

/** A message to everyone at work on the set. @throws {@link Problem} role-forbidden. */
export const tellAll = (handle: DossierHandle, text: string): Promise<Receipt> => append(handle, { kind: "message", body: message(text) });

/** The members withdrew the questions, or the set was opened by mistake. @throws {@link Problem} role-forbidden, phase-forbidden. */
export const withdrawSet = (handle: DossierHandle, reason: string): Promise<Receipt> =>
  act(handle, "withdraw", { kind: "withdrawal", body: { version: 1, reason } satisfies WithdrawalBody });
