/** The answer letter as running text: the letter itself, then each question as it was asked with its answer. Used by index.ts. */
import { dayInWords } from "./figure-words.ts";
import type { AnswerLetter, AskedQuestion } from "./model.ts";
import { blocksOf, figuresIn, figureTable, numbersInWords, paragraphsOf, type Piece, plain, type Running, type RunningBlock } from "./running-text.ts";

/** "de leden A (X) en B (Y)". */
function membersInWords(members: AnswerLetter["members"]): string {
  const named = members.map(({ name, faction }) => (faction === null || faction === "" ? name : `${name} (${faction})`));
  const last = named.at(-1) ?? "";
  return named.length === 1 ? `het lid ${last}` : `de leden ${named.slice(0, -1).join(", ")} en ${last}`;
}

const officesInWords = (offices: readonly string[]): string => {
  const named = offices.map((office) => `de ${office}`);
  const last = named.at(-1) ?? "";
  return named.length < 2 ? last : `${named.slice(0, -1).join(", ")} en ${last}`;
};

/** Words with the footnotes that stand in them. @param notes with their places in these words */
function withNotes(text: string, notes: AskedQuestion["notes"]): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const note of notes.toSorted((a, b) => a.at - b.at)) {
    const at = Math.min(text.length, note.at);
    if (at > done) pieces.push(plain(text.slice(done, at)));
    done = Math.max(done, at);
    pieces.push({ kind: "note", text: note.text, link: null });
  }
  if (done < text.length) pieces.push(plain(text.slice(done)));
  return pieces;
}

/** A question word for word: a lettered part is a paragraph with its letter, everything else stands as it was written. */
function asked({ text, parts, notes }: AskedQuestion): RunningBlock {
  const cut: { readonly words: string; readonly label: string | null }[] = parts.some(({ label }) => label !== null)
    ? parts.map(({ label, text: words }) => ({ words, label }))
    : paragraphsOf(text).map((words) => ({ words, label: null }));
  // A label that the whole no longer holds, or words that were changed, must not lose a note: the whole is printed then.
  const found: { readonly words: string; readonly label: string | null; readonly at: number }[] = [];
  let from = 0;
  for (const { words, label } of cut) {
    const at = text.indexOf(words, from);
    if (at < 0) return { kind: "asked", paragraphs: [withNotes(text, notes)] };
    found.push({ words, label, at });
    from = at + words.length;
  }
  if (found.length === 0) return { kind: "asked", paragraphs: [withNotes(text, notes)] };
  // A note belongs to the words it stands behind: white space between two paragraphs included.
  let done = -1;
  return {
    kind: "asked",
    paragraphs: found.map(({ words, label, at }, place) => {
      const next = found[place + 1]?.at ?? text.length + 1;
      const own = notes.filter((note) => note.at > done && (note.at < next || place === found.length - 1));
      done = next - 1;
      const moved = own.map((note) => ({ ...note, at: Math.max(0, Math.min(words.length, note.at - at)) }));
      return [...(label === null ? [] : [plain(`${label}. `)]), ...withNotes(words, moved)];
    }),
  };
}

/** What a document may be told besides its words. */
export interface DocumentSettings {
  /** Site on which cited figures are published (`https://…`); null prints their path. */
  readonly site: string | null;
}

/** The letter as running text. */
export function runningLetter(letter: AnswerLetter, { site }: DocumentSettings): Running {
  const members = membersInWords(letter.members);
  const places = letter.groups.map(({ questions }, at) => ({ numbers: questions.map(({ number }) => number), place: `antwoord-${at + 1}` }));
  const answers = new Map(places.flatMap(({ numbers, place }) => numbers.map((number) => [number, place] as const)));
  const settings = { answers, site };
  const also = letter.alsoOnBehalfOf.length === 0 ? "" : `, mede namens ${officesInWords(letter.alsoOnBehalfOf)},`;
  const caseWords = letter.case === "" ? "" : ` (kenmerk ${letter.case})`;
  const handing = `Hierbij bied ik u${also} de antwoorden aan op de schriftelijke vragen van ${members} over ${letter.subject}${caseWords}.`;
  return {
    document: {
      title: `Antwoorden op de schriftelijke vragen van ${members} over ${letter.subject}`.slice(0, 400),
      reference: letter.reference,
      version: null,
      date: letter.date,
      marking: "",
      demonstration: letter.demonstration,
    },
    concept: letter.concept,
    purpose: "",
    to: letter.to,
    facts: [
      { label: "Datum", text: dayInWords(letter.date) },
      ...(letter.reference === "" ? [] : [{ label: "Onze referentie", text: letter.reference }]),
      ...(letter.case === "" ? [] : [{ label: "Uw kenmerk", text: letter.case }]),
      { label: "Betreft", text: letter.subject },
    ],
    blocks: [
      { kind: "paragraph", pieces: [plain(handing)] },
      ...blocksOf(letter.message, settings),
      { kind: "signature", office: `De ${letter.lead.office},`, name: letter.lead.name },
      { kind: "heading", level: 1, text: "Vragen en antwoorden", anchor: null },
      ...letter.groups.flatMap(({ questions, answer }, at): RunningBlock[] => [
        ...questions.flatMap((question): RunningBlock[] => [{ kind: "heading", level: 2, text: `Vraag ${question.number}`, anchor: null }, asked(question)]),
        {
          kind: "heading",
          level: 2,
          text: `Antwoord ${numbersInWords(questions.map(({ number }) => number)).slice(0, 390)}`,
          anchor: places[at]?.place ?? null,
        },
        ...blocksOf(answer, settings),
      ]),
      ...figureTable(figuresIn([letter.message, ...letter.groups.map(({ answer }) => answer)]), site),
    ],
  };
}
