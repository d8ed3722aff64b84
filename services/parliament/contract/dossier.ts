/** What a set of written questions (Kamervragen), its answers or a decision note comes to once it is read. Written by the reading room, read by everything that works on a set. */
import Type, { type Static } from "typebox";

const Day = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" });
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const MaybeDay = Type.Union([Day, Type.Null()]);
const Numbers = Type.Array(Type.Integer({ minimum: 1, maximum: 999 }));

/** What a file was taken for. `record` is a case of the Kamer's open data: who asked whom and until when, without the words. */
export const dossierKinds = ["questions", "answers", "decision-note", "postponement", "record", "unknown"] as const;

/** A mark of a footnote, taken out of the words around it. */
const Mark = Type.Object({
  /** As it stands in the source, without brackets: `2`, `*`; a raised figure of the alphabet (`²`) as its digit. */
  mark: Type.String(),
  /** Where it stood: UTF-16 units into the text of the same object. */
  at: Type.Integer({ minimum: 0 }),
});
/** One footnote. */
const Footnote = Type.Object({
  mark: Type.String(),
  text: Type.String(),
  /** The words before it in the source (`X Noot 2`, `[2]`). */
  label: Type.String(),
});

/** One question of a question: `a.`, or one sentence that asks. */
const Part = Type.Object({ label: MaybeText, text: Type.String() });

/** One numbered question. */
export const Question = Type.Object({
  number: Type.Integer({ minimum: 0, maximum: 999 }),
  /** As printed: `Vraag 1`, `1.`. */
  label: Type.String(),
  /** The words of the question, paragraphs with an empty line between; footnote marks are in `marks`. */
  text: Type.String(),
  /** There when the question asks more than one thing. The texts are cut from `text`, in order. */
  parts: Type.Optional(Type.Array(Part)),
  marks: Type.Array(Mark),
  /** Other questions it names. */
  refersTo: Numbers,
});
/** One numbered question. */
export type Question = Static<typeof Question>;

/** One answer; it may answer several questions at once. */
const Answer = Type.Object({
  /** The questions it answers, by number; empty when the source does not say. */
  numbers: Numbers,
  label: Type.String(),
  text: Type.String(),
  marks: Type.Array(Mark),
  /** Answers it points to ("Zie antwoord vraag 2"). */
  refersTo: Numbers,
});
/** One answer. */
export type Answer = Static<typeof Answer>;

/** Who answered and when. */
const Answering = Type.Object({
  /** The whole heading, as printed. */
  heading: Type.String(),
  by: MaybeText,
  /** "Mede namens". */
  alsoOnBehalfOf: Type.Array(Type.String()),
  /** Day on which the Kamer received it. */
  received: MaybeDay,
});

/** Parts of a decision note a ministry uses; `other` is a heading we do not know. */
export const noteSections = [
  "occasion",
  "advised-decision",
  "core",
  "explanation",
  "stakeholders",
  "communication",
  "political-context",
  "financial",
  "legal",
  "financial-and-legal",
  "withheld",
  "attachments",
  "follow-up",
  "other",
] as const;

const NoteItem = Type.Object({
  /** `•`, `-`, `1.` as printed; null for a plain paragraph. */
  bullet: MaybeText,
  text: Type.String(),
  /** The words before the colon, where an item opens with its subject. */
  lead: MaybeText,
  /** Questions it is about. */
  questions: Numbers,
});
const NoteSection = Type.Object({
  section: Type.Enum([...noteSections]),
  heading: Type.String(),
  items: Type.Array(NoteItem),
});

/** A decision note (beslisnota). */
export const DecisionNote = Type.Object({
  to: MaybeText,
  from: MaybeText,
  /** What is asked of the minister, as printed: `TER BESLUITVORMING`. */
  purpose: MaybeText,
  title: MaybeText,
  /** Other lines of the head with a name (`Datum`, `Onze referentie`). */
  details: Type.Array(Type.Object({ label: Type.String(), value: Type.String() })),
  sections: Type.Array(NoteSection),
  /** Every question the note speaks about, in order. */
  questions: Numbers,
});
/** A decision note. */
export type DecisionNote = Static<typeof DecisionNote>;

/** What can be wrong with a file; each is said with its place, and what was read is kept for a person to mend. */
export const troubleCodes = [
  "empty",
  "too-large",
  "pdf-without-text",
  "page-without-text",
  "pdf-broken",
  "pdf-locked",
  "json-broken",
  "xml-broken",
  "not-utf-8",
  "unknown-form",
  "two-sets",
  "no-questions",
  "number-missing",
  "number-twice",
  "number-out-of-order",
  "question-empty",
  "answer-missing",
  "answer-without-question",
  "refers-nowhere",
  "footnote-missing",
  "footnote-unused",
  "no-members",
  "no-addressees",
  "addressees-unclear",
  "no-date",
  "no-reference",
  "reference-differs",
  "record-deleted",
  "word-joined",
] as const;
/** Code of a trouble. */
export type TroubleCode = (typeof troubleCodes)[number];

/** Where something stands in the source. */
export const SourcePlace = Type.Object({
  /** Line, from 1; 0 when the file as a whole is meant. */
  line: Type.Integer({ minimum: 0 }),
  /** Page of a PDF, from 1; null otherwise. */
  page: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
  /** JSON pointer (or path of elements) in a record; null otherwise. */
  path: MaybeText,
});
/** Where something stands in the source. */
export type SourcePlace = Static<typeof SourcePlace>;

const Trouble = Type.Object({
  code: Type.Enum([...troubleCodes]),
  /** `wrong` must be mended by a person before the set can be worked on; `notice` is worth a look. */
  weight: Type.Enum(["wrong", "notice"]),
  place: SourcePlace,
  /** What the code is about: a number, a mark, a reference. */
  about: Type.String(),
});
/** One trouble. */
export type Trouble = Static<typeof Trouble>;

const Scalar = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]);
/** Fields of the Kamer's open data, by their names in its schemas (`onderwerp`, `gestartOp`). */
const Fields = Type.Record(Type.String(), Scalar);

/** The case as the Kamer's open data has it. */
const KamerRecord = Type.Object({ zaak: Fields, actors: Type.Array(Fields), documents: Type.Array(Fields), documentActors: Type.Array(Fields) });

const properties = {
  kind: Type.Enum([...dossierKinds]),
  /** Number of the case at the Kamer, `2021Z17253`. */
  reference: MaybeText,
  referenceFrom: Type.Union([Type.Enum(["text", "file-name", "record"]), Type.Null()]),
  /** Number of the document, or of the Aanhangsel. */
  documentNumber: MaybeText,
  parliamentaryYear: MaybeText,
  /** The heading that names who asks whom about what, as printed. */
  title: MaybeText,
  /** Marks of footnotes in the heading. */
  titleMarks: Type.Array(Mark),
  subject: MaybeText,
  /** Day on which the questions were sent in (ingezonden). */
  received: MaybeDay,
  /** Last day of the answer term. */
  due: MaybeDay,
  /** `stated` in the source, from the open-data `record`, or `counted` from the day of sending in. */
  dueFrom: Type.Union([Type.Enum(["stated", "record", "counted"]), Type.Null()]),
  members: Type.Array(Type.Object({ name: Type.String(), faction: MaybeText })),
  addressees: Type.Array(Type.String()),
  /** Title of the article or report the questions start from. */
  source: MaybeText,
  /** What is known about that article. */
  article: Type.Union([Type.Object({ title: Type.String(), outlet: MaybeText, published: MaybeDay, url: MaybeText }), Type.Null()]),
  questions: Type.Array(Question),
  answering: Type.Union([Answering, Type.Null()]),
  answers: Type.Array(Answer),
  footnotes: Type.Array(Footnote),
  note: Type.Optional(DecisionNote),
  record: Type.Optional(KamerRecord),
  /** Lines of the head of the publication (chamber, year, series). */
  head: Type.Array(Type.String()),
  /** A covering letter: salutation, the sentences that hand the answers over, closing. */
  letter: Type.Array(Type.String()),
  /** What belongs to the page and not to the set: page numbers, running heads, links of a site. */
  furniture: Type.Array(Type.String()),
  /** What we could not place, as it stands; nothing is left out. */
  unplaced: Type.Array(Type.Object({ text: Type.String(), place: SourcePlace })),
  troubles: Type.Array(Trouble),
};

/** One set as it was read. */
export const QuestionDossier = Type.Object(properties);
/** One set as it was read. */
export type QuestionDossier = Static<typeof QuestionDossier>;

/** A file as it was read: the first set, and with two sets in one file the others. */
export const ReadDossier = Type.Object({ ...properties, others: Type.Array(QuestionDossier) });
/** A file as it was read. */
export type ReadDossier = Static<typeof ReadDossier>;
