/**
 * A set of questions as it stands, from its opened entries: who answers what by when, the newest words and what was written beside them, facts, remarks, verdicts and initials with whether they still hold,
 * the clock, and what is missing before each step. Pure; screens, documents, the command line and the tests read it.
 */
import type { DossierRole, ItemReference } from "#services/dossier/contract/index.ts";
import type { CalendarDay } from "#services/dossier/workflow/terms.ts";
import type { ClockSettings } from "#services/parliament/clock/index.ts";
import type { Answer, Question, QuestionDossier, ReadDossier } from "#services/parliament/contract/dossier.ts";
import type { RichText } from "#services/parliament/contract/rich-text.ts";
import type {
  CommentBody,
  FactAnswerBody,
  FactRequestBody,
  InitialBody,
  Mend,
  Ministry,
  NotePart,
  PostponementBody,
  PresentationBody,
  PublicationBody,
  PublicVersion,
  QuestionOwner,
  SendingBody,
  SetBodies,
  SetContent,
  SetDecisionBody,
  SetKind,
  SetReturnBody,
  SetSubmissionBody,
  SignatureBody,
  SignedBy,
  VerdictBody,
} from "#services/parliament/contract/set.ts";
import { findingsOf, type Findings } from "#services/parliament/checks/index.ts";
import { clockOf, type SetClock } from "./clock.ts";
import { mendedSet } from "./mends.ts";
import { missingBefore, type Missing, type SetStep } from "./missing.ts";
import { digestOfWhole } from "./whole.ts";

/** An opened entry, as `openEntries` gives it. */
export interface OpenedEntry {
  readonly seq: number;
  /** Time the author stated, and when the server took it in. */
  readonly at: string;
  readonly received: string;
  readonly author: { readonly person: string; readonly role: DossierRole; readonly desk: string | null };
  /** Name and office by the signed roster of the desk. */
  readonly by: SignedBy;
  readonly action: string | null;
  /** Reference of the body: what a decision names. */
  readonly item: ItemReference;
  /** The request it answers. */
  readonly answers: string | null;
  /** Null when the reader holds no key to it. */
  readonly content: SetContent | null;
}

/** Who wrote what, when. */
export interface Written<B> {
  readonly seq: number;
  readonly at: string;
  readonly person: string;
  readonly desk: string | null;
  readonly by: SignedBy;
  readonly body: B;
}
/** A word over the whole that holds only as long as nothing was written after it. */
export interface Judged<B> extends Written<B> {
  /** The words changed since, or it names another digest: it must be given anew. */
  readonly lapsed: boolean;
}

/** One version of a text. */
export interface Version {
  readonly seq: number;
  readonly at: string;
  readonly person: string;
  readonly by: SignedBy;
  readonly words: RichText;
  /** CRDT update of the editor, base64url, or null. */
  readonly editor: string | null;
  readonly seen: number;
}
/** A text with its history. */
export interface Text {
  /** The newest version; null when nothing was written. */
  readonly newest: Version | null;
  /** Every version, oldest first. */
  readonly history: readonly Version[];
  /** Written at the same time as the newest, by someone who had not read it or whom it had not read: must be merged by a next version that has seen both. Nothing of them is lost. */
  readonly beside: readonly Version[];
  /** What the editor applies, in order, to have everything anyone wrote: every update of every version. */
  readonly states: readonly string[];
}

/** One question. */
export interface QuestionView {
  readonly number: number;
  readonly question: Question;
  /** Answers of the set as read, when the file held answers too (an earlier publication). */
  readonly earlier: readonly Answer[];
  readonly owner: QuestionOwner | null;
  readonly late: boolean;
  readonly draft: Text;
  readonly comments: readonly CommentThread[];
  /** Requests for facts for this question, by their item. */
  readonly facts: readonly FactView[];
}
/** A remark and what was said to it. */
export interface CommentThread {
  readonly first: Written<CommentBody>;
  readonly replies: readonly Written<CommentBody>[];
  readonly resolved: boolean;
}
/** A request for facts. */
export interface FactView {
  /** Item of the request: what an answer names. */
  readonly item: string;
  readonly request: Written<FactRequestBody>;
  readonly answers: readonly Written<FactAnswerBody>[];
  readonly state: "asked" | "late" | FactAnswerBody["outcome"];
}
/** One part of the note. */
export interface NotePartView extends Pick<NotePart, "id" | "section" | "heading" | "questions"> {
  readonly text: Text;
}
/** A ministry that signs along, and what it said last. */
export interface CoMinistryView {
  readonly ministry: Ministry;
  readonly verdict: Judged<VerdictBody> | null;
}

/** A set as it stands. */
export interface SetView {
  readonly phase: string;
  /** As mended; `read` is what the reader of the file made of it. */
  readonly set: QuestionDossier;
  readonly read: ReadDossier;
  readonly mends: readonly Mend[];
  readonly lead: Ministry;
  readonly also: readonly CoMinistryView[];
  readonly openedBy: SignedBy;
  readonly openedAt: string;
  /** Null when the day of sending in is not known: mend it. */
  readonly clock: SetClock | null;
  readonly postponements: readonly Written<PostponementBody>[];
  readonly questions: readonly QuestionView[];
  readonly note: { readonly parts: readonly NotePartView[]; readonly comments: readonly CommentThread[] };
  /** Remarks on the whole. */
  readonly comments: readonly CommentThread[];
  readonly facts: readonly FactView[];
  /** Digest of the whole as it is now; see [Note: Digest of the whole]. */
  readonly whole: string;
  readonly submissions: readonly Written<SetSubmissionBody>[];
  readonly verdicts: readonly Judged<VerdictBody>[];
  readonly initials: readonly Judged<InitialBody>[];
  readonly presentation: (Judged<PresentationBody> & { readonly item: ItemReference }) | null;
  readonly decision: Judged<SetDecisionBody> | null;
  readonly returns: readonly Written<SetReturnBody>[];
  readonly signature: Judged<SignatureBody> | null;
  readonly sending: Written<SendingBody> | null;
  /** The public version of the note as the second pair of eyes made it after the sending; null when nobody did. */
  readonly publicVersion: (Written<InitialBody> & { readonly version: PublicVersion }) | null;
  readonly publications: readonly Written<PublicationBody>[];
  readonly findings: Findings;
  /** What stands in the way of a step; empty: it can be taken, as far as its words go. */
  readonly missing: Readonly<Record<SetStep, readonly Missing[]>>;
  readonly entries: readonly OpenedEntry[];
}

interface Item<B> extends Written<B> {
  readonly item: ItemReference;
  readonly answers: string | null;
}

/** Entries of a kind with their opened bodies, oldest first. */
function all<K extends SetKind>(entries: readonly OpenedEntry[], kind: K): Item<SetBodies[K]>[] {
  const isOf = (content: SetContent | null): content is SetContent & { readonly kind: K; readonly body: SetBodies[K] } => content?.kind === kind;
  return entries.flatMap(({ seq, at, author, by, content, item, answers }): Item<SetBodies[K]>[] =>
    isOf(content) ? [{ seq, at, person: author.person, desk: author.desk, by, body: content.body, item, answers }] : [],
  );
}

function textOf(history: readonly Version[]): Text {
  const newest = history.at(-1) ?? null;
  return {
    newest,
    history,
    beside: newest === null ? [] : history.filter(({ seq }) => seq > newest.seen && seq < newest.seq),
    states: history.flatMap(({ editor }) => editor ?? []),
  };
}

function threadsOf(comments: readonly Written<CommentBody>[]): CommentThread[] {
  const resolved = new Set(comments.flatMap(({ body }) => body.resolves ?? []));
  const ids = new Set(comments.map(({ body }) => body.id));
  const isFirst = ({ body }: Written<CommentBody>): boolean => body.replyTo === null || !ids.has(body.replyTo);
  return comments.filter(isFirst).map((first) => ({
    first,
    replies: comments.filter(({ body }) => body.replyTo === first.body.id),
    resolved: resolved.has(first.body.id),
  }));
}

/** What the view needs besides the entries. */
export interface Given {
  readonly phase: string;
  readonly today: CalendarDay;
  /** Another register of recesses or other rules; left out: the registers, with the recess setting of the set. */
  readonly settings?: ClockSettings;
}

/** Words that were written: their place in the chain. */
const lastWords = (entries: readonly OpenedEntry[]): number =>
  entries.findLast(({ content }) => content?.kind === "draft" || content?.kind === "note")?.seq ?? 0;

function factsOf(entries: readonly OpenedEntry[], today: CalendarDay): FactView[] {
  const answers = all(entries, "fact-answer");
  return all(entries, "fact-request").map(({ item, ...request }) => {
    const own = answers.filter((one) => one.answers === item.item);
    const state = own.at(-1)?.body.outcome ?? (request.body.due < today ? "late" : "asked");
    return { item: item.item, request, answers: own, state };
  });
}

function noteOf(entries: readonly OpenedEntry[]): NotePartView[] {
  const notes = all(entries, "note");
  const order = notes.at(-1)?.body.order ?? [];
  return order.flatMap((id) => {
    const versions = notes.flatMap(({ seq, at, person, by, body }) =>
      body.parts
        .filter((part) => part.id === id)
        .map((part) => ({ part, version: { seq, at, person, by, words: part.words, editor: part.editor, seen: body.seen } })),
    );
    const newest = versions.at(-1)?.part;
    if (newest === undefined) return [];
    const { section, heading, questions } = newest;
    return [{ id, section, heading, questions, text: textOf(versions.map(({ version }) => version)) }];
  });
}

/** @throws RangeError when the entries do not begin with an opened set: only for readers of the whole dossier. */
export async function viewOfSet(entries: readonly OpenedEntry[], { phase, today, settings }: Given): Promise<SetView> {
  const [opened] = all(entries, "question-set");
  if (opened === undefined) throw new RangeError("the first entry of the set could not be opened; who holds single items reads requests with factsAsked");
  const { read, lead, recess } = opened.body;
  const mends = [...opened.body.mends, ...all(entries, "mend").flatMap(({ body }) => body.mends)];
  const set = mendedSet(read, mends);
  const postponements = all(entries, "postponement");
  const sending = all(entries, "sending").at(-1) ?? null;
  const postponed = postponements[0];
  const clock = clockOf(
    {
      received: set.received,
      postponement: postponed === undefined ? null : { on: postponed.body.on, reasons: postponed.body.reasons },
      answered: sending?.body.on ?? null,
    },
    today,
    recess,
    settings,
  );
  const facts = factsOf(entries, today);
  const remarks = all(entries, "comment");
  const threads = threadsOf(remarks);
  const drafts = all(entries, "draft");
  const assignments = all(entries, "assignment");
  const unsent = sending === null;
  const numbers = [...new Set(set.questions.map(({ number }) => number))];
  const questions = numbers.flatMap((number): QuestionView[] => {
    const question = set.questions.find((one) => one.number === number);
    if (question === undefined) return [];
    const history = drafts.flatMap(({ seq, at, person, by, body }) =>
      body.drafts.filter((one) => one.question === number).map(({ words, editor }) => ({ seq, at, person, by, words, editor, seen: body.seen })),
    );
    const owner = assignments.flatMap(({ body }) => body.owners).findLast((one) => one.questions.includes(number)) ?? null;
    return [
      {
        number,
        question,
        earlier: set.answers.filter((answer) => answer.numbers.includes(number)),
        owner,
        late: unsent && owner !== null && owner.due < today && history.length === 0,
        draft: textOf(history),
        comments: threads.filter(({ first }) => first.body.question === number),
        facts: facts.filter(({ request }) => request.body.questions.some((one) => one.number === number)),
      },
    ];
  });
  const parts = noteOf(entries);
  const whole = await digestOfWhole({
    answers: questions.flatMap(({ number, draft }) => (draft.newest === null ? [] : [{ question: number, words: draft.newest.words }])),
    note: parts.map(({ text, ...part }) => ({ ...part, words: text.newest?.words ?? [] })),
  });
  const changed = lastWords(entries);
  const judged = <B extends { readonly whole: string }, W extends Written<B>>(one: W): W & { readonly lapsed: boolean } => ({
    ...one,
    lapsed: one.seq < changed || one.body.whole !== whole,
  });
  const verdicts = all(entries, "verdict").map(judged);
  const initialled = all(entries, "initial");
  const initials = initialled.filter(({ body }) => body.publicVersion === undefined).map(judged);
  const made = initialled.findLast(({ seq, body }) => body.publicVersion !== undefined && sending !== null && seq > sending.seq);
  const lastReturn = all(entries, "return").at(-1)?.seq ?? 0;
  const standingAfter = <W extends { readonly seq: number; readonly lapsed: boolean }>(list: readonly W[]): W | null => {
    const last = list.at(-1);
    return last === undefined ? null : last.seq < lastReturn ? { ...last, lapsed: true } : last;
  };
  const also = all(entries, "co-signing").map(({ body }): CoMinistryView => ({
    ministry: body.ministry,
    verdict: verdicts.findLast(({ desk }) => desk === body.ministry.desk) ?? null,
  }));
  const view: Omit<SetView, "missing"> = {
    phase,
    set,
    read,
    mends,
    lead,
    also: also.filter(({ ministry }, at) => also.findLastIndex((other) => other.ministry.desk === ministry.desk) === at),
    openedBy: opened.body.openedBy,
    openedAt: opened.at,
    clock,
    postponements,
    questions,
    note: { parts, comments: threads.filter(({ first }) => first.body.question === null && first.body.part !== null) },
    comments: threads.filter(({ first }) => first.body.question === null && first.body.part === null),
    facts,
    whole,
    submissions: all(entries, "submission"),
    verdicts,
    initials,
    presentation: standingAfter(all(entries, "presentation").map(judged)),
    decision: standingAfter(all(entries, "decision").map(judged)),
    returns: all(entries, "return"),
    signature: standingAfter(all(entries, "signature").map(judged)),
    sending,
    publicVersion: made?.body.publicVersion === undefined ? null : { ...made, version: made.body.publicVersion },
    publications: all(entries, "publication"),
    findings: findingsOf(
      questions.map(({ number, draft }) => ({ question: number, words: draft.newest?.words ?? [] })),
      parts.map(({ id, text }) => ({ part: id, words: text.newest?.words ?? [] })),
    ),
    entries,
  };
  return { ...view, missing: missingBefore(view) };
}
