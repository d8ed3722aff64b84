/** From what the reading room made of a published piece to the models of this room: a real note becomes a draft with the same parts, a read question one that can be asked again in a letter. */
import type { DecisionNote, Question, QuestionDossier } from "#services/parliament/contract/dossier.ts";
import type { Block, Inline, RichText } from "#services/parliament/contract/rich-text.ts";
import { dutchDate } from "#services/parliament/reading/dates.ts";
import type { AskedQuestion, DecisionNoteDraft, Detail, Section } from "./model.ts";

type Read = DecisionNote["sections"][number];
type Item = Read["items"][number];

/** Lines of a head that say what a note is; every other line may name people and stays out of a public version. */
const impersonal = /^(?:datum|onze referentie|kenmerk|zaaknummer|betreft|bijlagen?|bijlage\(n\)|deadline|uiterlijk bij)$/iu;

/** Most characters of one stretch of words in a draft. */
const MOST_WORDS = 20_000;

/** A text as stretches of words, none too long; never cut inside a pair of surrogates. */
function wordsIn(text: string, strong = false): Inline[] {
  const found: Inline[] = [];
  for (let at = 0; at < text.length;) {
    let end = Math.min(text.length, at + MOST_WORDS);
    if (end < text.length && /[\ud800-\udbff]/u.test(text.charAt(end - 1))) end--;
    found.push({ kind: "words", text: text.slice(at, end), ...(strong ? { strong: true as const } : {}) });
    at = end;
  }
  return found;
}

/** The subject an item opens with is set strong, colon included, as ministries do. */
function contentOf({ text, lead }: Item): Inline[] {
  if (lead === null || !text.startsWith(`${lead}:`)) return wordsIn(text);
  return [...wordsIn(text.slice(0, lead.length + 1), true), ...wordsIn(text.slice(lead.length + 1))];
}

/** Paragraphs and lists, in order; items under one kind of bullet are one list. */
function textOf(items: readonly Item[]): RichText {
  const blocks: Block[] = [];
  for (const item of items) {
    const content = contentOf(item);
    if (item.bullet === null) {
      blocks.push({ kind: "paragraph", content });
      continue;
    }
    const ordered = /^\d/u.test(item.bullet);
    const last = blocks.at(-1);
    if (last?.kind === "list" && last.ordered === ordered) last.items.push(content);
    else blocks.push({ kind: "list", ordered, items: [content] });
  }
  return blocks;
}

function sectionFrom({ section, heading, items }: Read): Section {
  const first = section === "core" ? items.findIndex(({ bullet }) => bullet !== null) : -1;
  if (first < 0) return { section, heading, text: textOf(items), points: [], withheld: null };
  const points: Section["points"] = [];
  for (const item of items.slice(first)) {
    const paragraph: Block = { kind: "paragraph", content: contentOf(item) };
    const last = points.at(-1);
    // A paragraph below a point goes on about it.
    if (item.bullet === null && last !== undefined) {
      last.text.push(paragraph);
      last.questions = [...new Set([...last.questions, ...item.questions])].toSorted((a, b) => a - b);
    } else points.push({ questions: [...item.questions], text: [paragraph], withheld: null });
  }
  return { section, heading, text: textOf(items.slice(0, first)), points, withheld: null };
}

/** What a draft needs beyond the note itself. */
export interface NoteSource {
  /** Number of the case at the Kamer; null when the note names none. */
  readonly reference: QuestionDossier["reference"];
  readonly concept: boolean;
}

/**
 * A draft with the same head, parts, points and questions as a note that was read. Lines of the head that may name people become `contact`; no official is guessed from words.
 */
export function noteFromReading(note: DecisionNote, { reference, concept }: NoteSource): DecisionNoteDraft {
  const said: Detail[] = note.details.flatMap(({ label, value }) => (label === "" ? [] : [{ label, value }]));
  const details = said.filter(({ label }) => impersonal.test(label) && !/^datum$/iu.test(label));
  const day = said.find(({ label }) => /^datum$/iu.test(label));
  const date = day === undefined ? null : dutchDate(day.value);
  return {
    to: note.to ?? "",
    from: note.from ?? "",
    purpose: note.purpose ?? "",
    title: note.title ?? "Beslisnota",
    case: reference ?? "",
    date,
    // A day we could not read stays as it stands.
    details: day !== undefined && date === null ? [day, ...details] : details,
    contact: said.filter(({ label }) => !impersonal.test(label)),
    officials: [],
    sections: note.sections.map(sectionFrom),
    concept,
    demonstration: false,
  };
}

/** A question as it was read, with the footnotes its marks stand for. */
export function askedFrom(question: Question, footnotes: QuestionDossier["footnotes"]): AskedQuestion {
  return {
    number: question.number,
    text: question.text,
    parts: (question.parts ?? []).map(({ label, text }) => ({ label, text })),
    notes: question.marks.flatMap(({ mark, at }) => {
      const found = footnotes.find((one) => one.mark === mark);
      return found === undefined || found.text === "" ? [] : [{ at, text: found.text.slice(0, 4_000) }];
    }),
  };
}
