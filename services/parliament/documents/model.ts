/** What goes out on a set of written questions: the answer letter to the Kamer and the decision note for the minister, as they are drafted. The other files of this room turn them into documents; the command line reads them as JSON. */
import Type, { type Static } from "typebox";
import { noteSections } from "#services/parliament/contract/dossier.ts";
import { type Inline, RichText } from "#services/parliament/contract/rich-text.ts";

const Line = Type.String({ maxLength: 400 });
const Name = Type.String({ minLength: 1, maxLength: 400, pattern: "\\S" });
const MaybeLine = Type.Union([Line, Type.Null()]);
const Day = Type.String({ pattern: "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$" });
const Number_ = Type.Integer({ minimum: 1, maximum: 999 });
const Words = Type.String({ maxLength: 200_000 });
const closed = { additionalProperties: false };
const Detail = Type.Object({ label: Name, value: Type.String({ maxLength: 4_000 }) }, closed);
/** A line at the head with a name (`Onze referentie`). */
export type Detail = Static<typeof Detail>;

/** A question as it was asked, word for word. */
export const AskedQuestion = Type.Object(
  {
    number: Number_,
    /** Paragraphs with an empty line between. */
    text: Words,
    /** There when it asks more than one thing; cut from `text`, in order. */
    parts: Type.Array(Type.Object({ label: MaybeLine, text: Words }, closed), { maxItems: 100 }),
    /** Footnotes of those who asked: `at` in UTF-16 units of `text`. */
    notes: Type.Array(Type.Object({ at: Type.Integer({ minimum: 0 }), text: Type.String({ minLength: 1, maxLength: 4_000 }) }, closed), { maxItems: 200 }),
  },
  closed,
);
/** A question as it was asked. */
export type AskedQuestion = Static<typeof AskedQuestion>;

/** The letter that answers a set. */
export const AnswerLetter = Type.Object(
  {
    /** Lines of whom it goes to: the chair of the Kamer. */
    to: Type.Array(Name, { minItems: 1, maxItems: 10 }),
    date: Day,
    /** Of the ministry. */
    reference: Line,
    /** Of the Kamer (`2026Z00186`). */
    case: Line,
    subject: Name,
    members: Type.Array(Type.Object({ name: Name, faction: MaybeLine }, closed), { minItems: 1, maxItems: 50 }),
    /** Who signs: the lead minister. */
    lead: Type.Object({ office: Name, name: Line }, closed),
    /** Offices it is sent on behalf of as well. */
    alsoOnBehalfOf: Type.Array(Name, { maxItems: 10 }),
    /** What the letter says besides handing over the answers. */
    message: RichText,
    /** Questions with their answer, those that are answered together in one group. */
    groups: Type.Array(Type.Object({ questions: Type.Array(AskedQuestion, { minItems: 1, maxItems: 200 }), answer: RichText }, closed), {
      minItems: 1,
      maxItems: 500,
    }),
    /** Not signed yet: says CONCEPT on every page. */
    concept: Type.Boolean(),
    demonstration: Type.Boolean(),
  },
  closed,
);
/** The letter that answers a set. */
export type AnswerLetter = Static<typeof AnswerLetter>;

/** An official who worked on a note. A field of their own, so that a public version can do without. */
export const Official = Type.Object(
  {
    role: Type.Enum(["author", "initials", "contact"]),
    /** Given name or initials, and surname: `S. van den Berg`. */
    name: Name,
    mail: MaybeLine,
    phone: MaybeLine,
    /** Paraaf, with its day; null before it is given. */
    initialled: Type.Union([Day, Type.Null()]),
  },
  closed,
);
/** An official who worked on a note. */
export type Official = Static<typeof Official>;

/** Why something is not published; `null` when it is. */
const Withheld = Type.Union([Type.Object({ ground: Name }, closed), Type.Null()]);

/** One point of a part, with the questions it is about. */
const Point = Type.Object({ questions: Type.Array(Number_, { maxItems: 999 }), text: RichText, withheld: Withheld }, closed);
const Section = Type.Object(
  {
    section: Type.Enum([...noteSections]),
    heading: Name,
    text: RichText,
    /** Bullets below the text: the Kern, per question or group of questions. */
    points: Type.Array(Point, { maxItems: 500 }),
    withheld: Withheld,
  },
  closed,
);
/** One part of a note. */
export type Section = Static<typeof Section>;

/** A decision note (beslisnota) as it is drafted. */
export const DecisionNoteDraft = Type.Object(
  {
    to: Line,
    /** The directorate, never a person. */
    from: Line,
    /** `TER BESLUITVORMING`. */
    purpose: Line,
    title: Name,
    /** Of the Kamer (`2026Z00186`). */
    case: Line,
    date: Type.Union([Day, Type.Null()]),
    /** Other lines of the head that may be published. */
    details: Type.Array(Detail, { maxItems: 30 }),
    /** Lines of the head that name people or how to reach them. */
    contact: Type.Array(Detail, { maxItems: 30 }),
    officials: Type.Array(Official, { maxItems: 50 }),
    sections: Type.Array(Section, { minItems: 1, maxItems: 100 }),
    concept: Type.Boolean(),
    demonstration: Type.Boolean(),
  },
  closed,
);
/** A decision note as it is drafted. */
export type DecisionNoteDraft = Static<typeof DecisionNoteDraft>;

/** Headings a ministry uses, by part. */
export const sectionHeadings: Readonly<Record<Section["section"], string>> = {
  occasion: "Aanleiding",
  "advised-decision": "Geadviseerd besluit",
  core: "Kern",
  explanation: "Toelichting",
  stakeholders: "Krachtenveld",
  communication: "Communicatie",
  "political-context": "Politieke context",
  financial: "Financiële overwegingen",
  legal: "Juridische overwegingen",
  "financial-and-legal": "Financiële en juridische overwegingen",
  withheld: "Informatie die niet openbaar wordt gemaakt",
  attachments: "Bijlagen",
  "follow-up": "Vervolg",
  other: "Overig",
};

/** The words of a line of a draft, as they are read aloud. */
export const wordsOf = (content: readonly Inline[]): string =>
  content.map((piece) => (piece.kind === "words" || piece.kind === "figure" ? piece.text : piece.kind === "answer" ? answerWords(piece.number) : "")).join("");

/** "het antwoord op vraag 2", as a cross reference stands in a sentence. */
export const answerWords = (number: number): string => `het antwoord op vraag ${number}`;
