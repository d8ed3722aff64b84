/** What a set of written questions under work says once opened: the sealed bodies of `question-set` dossiers. Clients, screens and documents use these; the server never sees them. */
import Type, { type Static } from "typebox";
import { recessEffects } from "#registers/answer-term/index.ts";
import { Base64Url, Moment, Sha256, Uuid } from "#services/directory/contract/index.ts";
import { AttachmentNote, Day, LongText, MessageBody, ShortText, WithdrawalBody } from "#services/dossier/contract/bodies.ts";
import { noteSections, ReadDossier } from "./dossier.ts";
import { RichText } from "./rich-text.ts";

const version = Type.Literal(1);
/** Number of a question, as printed; 0 for a single question without one. */
const QuestionNumber = Type.Integer({ minimum: 0, maximum: 999 });
const Numbers = Type.Array(QuestionNumber, { maxItems: 200 });
/** Name and office of who signs, as the signed roster has them; the letter and the note never print it (officials are not named). */
export const SignedBy = Type.Object({ name: ShortText, office: ShortText }, { additionalProperties: false });
/** Name and office of who signs. */
export type SignedBy = Static<typeof SignedBy>;

/**
 * [Note: Digest of the whole] SHA-256, base64url, over the newest draft of every question and the newest note (client/whole.ts says which bytes). Whoever initials, agrees, objects or decides names it, so that
 * what they looked at is fixed; a draft or note written after it makes their word lapse, and it must be given anew (design laws 4 and 5).
 */
export const WholeDigest = Sha256;

/** A ministry that answers: lead or co-signing. */
export const Ministry = Type.Object(
  {
    /** Organisation as the register has it (`bzk`). */
    organisation: Type.String({ maxLength: 40 }),
    desk: Uuid,
    name: ShortText,
    /** Who signs for it, as the letter prints it ("de minister van Justitie en Veiligheid"). */
    minister: ShortText,
  },
  { additionalProperties: false },
);
/** A ministry that answers. */
export type Ministry = Static<typeof Ministry>;

/** What a person changed in the set as it was read, one change each; the set as read stays as it is. */
export const Mend = Type.Union([
  /** The words of a question, or a question the reader missed; null takes one away that is none. */
  Type.Object(
    { what: Type.Literal("question"), number: QuestionNumber, text: Type.Union([Type.String({ minLength: 1, maxLength: 20_000 }), Type.Null()]) },
    { additionalProperties: false },
  ),
  /** Where a line goes that could not be placed (its place in `unplaced`); null: it is no part of the set. */
  Type.Object(
    { what: Type.Literal("unplaced"), at: Type.Integer({ minimum: 0 }), question: Type.Union([QuestionNumber, Type.Null()]) },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      what: Type.Literal("field"),
      field: Type.Enum(["reference", "documentNumber", "title", "subject", "source"]),
      value: Type.Union([ShortText, Type.Null()]),
    },
    { additionalProperties: false },
  ),
  Type.Object({ what: Type.Literal("received"), day: Day }, { additionalProperties: false }),
  Type.Object(
    {
      what: Type.Literal("members"),
      members: Type.Array(Type.Object({ name: ShortText, faction: Type.Union([ShortText, Type.Null()]) }, { additionalProperties: false }), { maxItems: 40 }),
    },
    { additionalProperties: false },
  ),
  Type.Object({ what: Type.Literal("addressees"), addressees: Type.Array(ShortText, { maxItems: 20 }) }, { additionalProperties: false }),
]);
/** One change to the set as it was read. */
export type Mend = Static<typeof Mend>;

/** First entry (kind `question-set`): the set as it was read, what the person mended, and by which clock it runs. */
export const QuestionSetBody = Type.Object(
  {
    version,
    read: ReadDossier,
    mends: Type.Array(Mend, { maxItems: 500 }),
    /** Lead ministry. */
    lead: Ministry,
    /** What a recess does to the term in this house. */
    recess: Type.Enum([...recessEffects]),
    openedBy: SignedBy,
    /** The file it was read from. */
    attachments: Type.Array(AttachmentNote, { maxItems: 20 }),
  },
  { additionalProperties: false },
);
export type QuestionSetBody = Static<typeof QuestionSetBody>;

/** The set is mended later (kind `mend`); added to what was mended before. */
export const MendBody = Type.Object({ version, mends: Type.Array(Mend, { minItems: 1, maxItems: 500 }), reason: LongText }, { additionalProperties: false });
export type MendBody = Static<typeof MendBody>;

/** A second ministry signs along (kind `co-signing`); its desk receives the dossier key with this entry. */
export const CoSigningBody = Type.Object({ version, ministry: Ministry, words: LongText }, { additionalProperties: false });
export type CoSigningBody = Static<typeof CoSigningBody>;

/** Who answers a question, and when the draft is due inside the house. */
export const QuestionOwner = Type.Object(
  {
    questions: Type.Array(QuestionNumber, { minItems: 1, maxItems: 200 }),
    /** Person id where they are in a desk's roster; null for someone known by name alone. */
    person: Type.Union([Uuid, Type.Null()]),
    name: ShortText,
    /** The ministry's desk they draft for. */
    desk: Uuid,
    due: Day,
  },
  { additionalProperties: false },
);
export type QuestionOwner = Static<typeof QuestionOwner>;
/** Division of the questions (kind `assignment`): the newest counts for each question it names. */
export const QuestionAssignmentBody = Type.Object(
  { version, owners: Type.Array(QuestionOwner, { minItems: 1, maxItems: 200 }), words: LongText },
  { additionalProperties: false },
);
export type QuestionAssignmentBody = Static<typeof QuestionAssignmentBody>;

/** Facts asked of another desk (kind `fact-request`): all they see of the set. */
export const FactRequestBody = Type.Object(
  {
    version,
    to: Type.Object({ desk: Uuid, name: ShortText }, { additionalProperties: false }),
    /** The questions it is for, in their own words. */
    questions: Type.Array(Type.Object({ number: QuestionNumber, text: Type.String({ maxLength: 20_000 }) }, { additionalProperties: false }), {
      maxItems: 200,
    }),
    /** What is asked. */
    asked: LongText,
    due: Day,
    signedBy: SignedBy,
    /** [Note: Key of an answer] Key under which the answer is sealed, 32 bytes, derived of the dossier key and this request: whoever was asked can write and read the answer to this request, and nothing else. */
    answerKey: Base64Url,
  },
  { additionalProperties: false },
);
export type FactRequestBody = Static<typeof FactRequestBody>;

/** What an answer to a request for facts can be; `not-needed` is said by who asked. */
export const factOutcomes = ["answered", "partly", "cannot", "not-needed"] as const;
/** The facts (kind `fact-answer`); the header's `answers` names the request. */
export const FactAnswerBody = Type.Object({ version, outcome: Type.Enum(factOutcomes), words: RichText, signedBy: SignedBy }, { additionalProperties: false });
export type FactAnswerBody = Static<typeof FactAnswerBody>;

/** What the editor keeps of a text: one update of its CRDT, base64url, opaque here. Applying every one of a text in order merges what was written at the same time; applying one twice does no harm. */
export const EditorState = Type.String({ pattern: "^[A-Za-z0-9_-]*$", maxLength: 120_000 });
/** Newest entry the writer had read when writing: what came in between was written at the same time. */
const Seen = Type.Integer({ minimum: 1 });

/** One question's draft. */
export const QuestionDraft = Type.Object(
  { question: QuestionNumber, words: RichText, editor: Type.Union([EditorState, Type.Null()]) },
  { additionalProperties: false },
);
export type QuestionDraft = Static<typeof QuestionDraft>;
/** Drafts of answers (kind `draft`); the newest counts for each question it names. */
export const DraftBody = Type.Object(
  { version, seen: Seen, drafts: Type.Array(QuestionDraft, { minItems: 1, maxItems: 200 }), words: ShortText },
  { additionalProperties: false },
);
export type DraftBody = Static<typeof DraftBody>;

/** One part of the decision note. */
export const NotePart = Type.Object(
  {
    /** Stays the same through every version of the part. */
    id: Type.String({ pattern: "^[a-z0-9-]{1,60}$" }),
    section: Type.Enum([...noteSections]),
    /** As printed; empty: the usual heading of the section. */
    heading: ShortText,
    /** The questions it is about; empty for a part about the whole. */
    questions: Numbers,
    words: RichText,
    editor: Type.Union([EditorState, Type.Null()]),
  },
  { additionalProperties: false },
);
export type NotePart = Static<typeof NotePart>;
/** The decision note (kind `note`): the parts that were written, and the order of all parts as it is from now on; a part that is not in the order is no longer part of the note. */
export const NoteBody = Type.Object(
  {
    version,
    seen: Seen,
    parts: Type.Array(NotePart, { maxItems: 200 }),
    order: Type.Array(Type.String({ pattern: "^[a-z0-9-]{1,60}$" }), { maxItems: 200, uniqueItems: true }),
    words: ShortText,
  },
  { additionalProperties: false },
);
export type NoteBody = Static<typeof NoteBody>;

/** A remark (kind `comment`). */
export const CommentBody = Type.Object(
  {
    version,
    id: Uuid,
    /** What it is on: an answer, a part of the note, or the whole (both null). */
    question: Type.Union([QuestionNumber, Type.Null()]),
    part: Type.Union([Type.String({ pattern: "^[a-z0-9-]{1,60}$" }), Type.Null()]),
    /** The words it is about, as they stood; null: all of it. */
    passage: Type.Union([Type.String({ minLength: 1, maxLength: 2000 }), Type.Null()]),
    text: LongText,
    /** Id of the comment it replies to. */
    replyTo: Type.Union([Uuid, Type.Null()]),
    /** Id of a comment that is dealt with by this one. */
    resolves: Type.Union([Uuid, Type.Null()]),
  },
  { additionalProperties: false },
);
export type CommentBody = Static<typeof CommentBody>;

/** To coordination, or to the route of initials (kind `submission`). */
export const SetSubmissionBody = Type.Object(
  { version, whole: WholeDigest, words: LongText, due: Type.Union([Day, Type.Null()]) },
  { additionalProperties: false },
);
export type SetSubmissionBody = Static<typeof SetSubmissionBody>;

/** What a co-signing ministry can say. */
export const verdicts = ["agree", "agree-with-change", "object"] as const;
/** Coordination verdict of a co-signing ministry (kind `verdict`). The reason may be empty for `agree` alone. */
export const VerdictBody = Type.Object(
  {
    version,
    whole: WholeDigest,
    verdict: Type.Enum(verdicts),
    /** Questions it is about; empty: all. */
    questions: Numbers,
    reason: LongText,
    /** With `agree-with-change`: the change, for each question. */
    changes: Type.Array(Type.Object({ question: QuestionNumber, text: LongText }, { additionalProperties: false }), { maxItems: 200 }),
    signedBy: SignedBy,
  },
  { additionalProperties: false },
);
export type VerdictBody = Static<typeof VerdictBody>;

/** One thing that was left out of a public version, and on what ground. */
const WithheldWords = Type.Object({ what: ShortText, ground: ShortText }, { additionalProperties: false });
/**
 * The public version of the note as the second pair of eyes made it: enough to make the same file again, which its digest proves. Who publishes makes it again, looks at it, and publishes exactly that
 * ([Note: Two pairs of eyes on a public version] in workflow/index.ts).
 */
export const PublicVersion = Type.Object(
  {
    /** SHA-256 of it as PDF. */
    sha256: Sha256,
    /** Parts of the note that are not made public. */
    parts: Type.Array(Type.Object({ part: Type.String({ pattern: "^[a-z0-9-]{1,60}$" }), ground: ShortText }, { additionalProperties: false }), {
      maxItems: 200,
    }),
    /** Names that were looked for: everyone who worked on the set. */
    names: Type.Array(ShortText, { maxItems: 500 }),
    /** What looks like a name, mail address or number and may stand all the same. */
    mayStand: Type.Array(ShortText, { maxItems: 200 }),
    /** Everything that was left out, parts and words. */
    withheld: Type.Array(WithheldWords, { maxItems: 200 }),
  },
  { additionalProperties: false },
);
/** The public version of the note. */
export type PublicVersion = Static<typeof PublicVersion>;

/** An initial on the route (kind `initial`): by another official than who wrote the newest draft. With `publicVersion` it is the second pair of eyes on what is published, after the sending. */
export const InitialBody = Type.Object(
  { version, whole: WholeDigest, words: LongText, signedBy: SignedBy, publicVersion: Type.Optional(PublicVersion) },
  { additionalProperties: false },
);
export type InitialBody = Static<typeof InitialBody>;

/** The whole is put before the minister (kind `presentation`), whose desk receives the dossier key with this entry. */
export const PresentationBody = Type.Object(
  { version, whole: WholeDigest, to: Type.Object({ desk: Uuid, name: ShortText }, { additionalProperties: false }), words: LongText },
  { additionalProperties: false },
);
export type PresentationBody = Static<typeof PresentationBody>;

/** The minister agrees (kind `decision`), signed over the presentation that was read (the header's `decides`). */
export const SetDecisionBody = Type.Object({ version, whole: WholeDigest, words: LongText, signedBy: SignedBy }, { additionalProperties: false });
export type SetDecisionBody = Static<typeof SetDecisionBody>;
/** The minister returns it (kind `return`), always with a reason. */
export const SetReturnBody = Type.Object(
  { version, whole: WholeDigest, questions: Numbers, reason: Type.String({ minLength: 1, maxLength: 60_000 }), signedBy: SignedBy },
  { additionalProperties: false },
);
export type SetReturnBody = Static<typeof SetReturnBody>;

/** A document as it was signed; the file itself is an attachment of the entry. */
export const SignedDocument = Type.Object(
  { what: Type.Enum(["letter", "note"]), sha256: Sha256, name: Type.String({ maxLength: 255 }), mediaType: Type.String({ maxLength: 120 }) },
  { additionalProperties: false },
);
export type SignedDocument = Static<typeof SignedDocument>;
/** The signature (kind `signature`): over letter and note as files, each by its digest, and the whole they were made of. */
export const SignatureBody = Type.Object(
  {
    version,
    whole: WholeDigest,
    documents: Type.Array(SignedDocument, { minItems: 2, maxItems: 8 }),
    signedBy: SignedBy,
    attachments: Type.Array(AttachmentNote, { maxItems: 8 }),
  },
  { additionalProperties: false },
);
export type SignatureBody = Static<typeof SignatureBody>;

/** Sent to the Kamer (kind `sending`). */
export const SendingBody = Type.Object({ version, on: Day, reference: ShortText, words: LongText }, { additionalProperties: false });
export type SendingBody = Static<typeof SendingBody>;

/** One document as it was published. */
export const PublishedDocument = Type.Object(
  {
    what: Type.Enum(["letter", "note", "attachment"]),
    /** Kind of document as open.overheid.nl names it (`beslisnota`, `kamerstuk`). */
    documentType: ShortText,
    title: ShortText,
    address: Type.String({ pattern: "^https://", maxLength: 2000 }),
    sha256: Sha256,
  },
  { additionalProperties: false },
);
export type PublishedDocument = Static<typeof PublishedDocument>;
/** Published (kind `publication`). */
export const PublicationBody = Type.Object(
  {
    version,
    on: Day,
    documents: Type.Array(PublishedDocument, { minItems: 1, maxItems: 40 }),
    /** What was left out of the public version, and on what ground. */
    withheld: Type.Array(WithheldWords, { maxItems: 200 }),
    /** The second pair of eyes on the public version: another than who writes this entry. */
    checkedBy: SignedBy,
    /** The publication record as it was handed in, a JSON text. */
    record: Type.String({ maxLength: 60_000 }),
    words: LongText,
  },
  { additionalProperties: false },
);
export type PublicationBody = Static<typeof PublicationBody>;

/** The Speaker was told that it takes longer (kind `postponement`): three more weeks, with reasons. */
export const PostponementBody = Type.Object(
  { version, on: Day, reasons: Type.String({ minLength: 1, maxLength: 60_000 }), reference: ShortText },
  { additionalProperties: false },
);
export type PostponementBody = Static<typeof PostponementBody>;

/** The few words the lists need, sealed like an item: a list shows the clock without opening the dossier. */
export const SetCover = Type.Object(
  {
    version,
    title: Type.String({ maxLength: 120 }),
    reference: Type.Union([Type.String({ maxLength: 40 }), Type.Null()]),
    lead: Type.String({ maxLength: 120 }),
    also: Type.Array(Type.String({ maxLength: 120 }), { maxItems: 8 }),
    questions: Type.Integer({ minimum: 0, maximum: 999 }),
    received: Type.Union([Day, Type.Null()]),
    /** Last day of the term when the cover was written; null without a day of sending in. */
    due: Type.Union([Day, Type.Null()]),
    postponed: Type.Boolean(),
    recessUnknown: Type.Boolean(),
    steps: Type.Array(Type.Object({ phase: Type.String({ maxLength: 40 }), at: Moment }, { additionalProperties: false }), { maxItems: 60 }),
  },
  { additionalProperties: false },
);
export type SetCover = Static<typeof SetCover>;

/** Body of each kind of entry in a set. */
export const setBodies = {
  "question-set": QuestionSetBody,
  mend: MendBody,
  "co-signing": CoSigningBody,
  assignment: QuestionAssignmentBody,
  "fact-request": FactRequestBody,
  "fact-answer": FactAnswerBody,
  draft: DraftBody,
  note: NoteBody,
  comment: CommentBody,
  submission: SetSubmissionBody,
  verdict: VerdictBody,
  initial: InitialBody,
  presentation: PresentationBody,
  decision: SetDecisionBody,
  return: SetReturnBody,
  signature: SignatureBody,
  sending: SendingBody,
  publication: PublicationBody,
  postponement: PostponementBody,
  message: MessageBody,
  withdrawal: WithdrawalBody,
} as const;
/** Kinds of entry a set can hold. */
export type SetKind = keyof typeof setBodies;
/** Body of each kind, as it is once opened. */
export type SetBodies = { readonly [K in SetKind]: Static<(typeof setBodies)[K]> };
/** Body with its kind, to switch on. */
export type SetContent<K extends SetKind = SetKind> = { readonly [P in K]: { readonly kind: P; readonly body: SetBodies[P] } }[K];
