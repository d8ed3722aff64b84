/** The decision note as running text: its head, what is asked of the minister, its parts. A draft is printed with the officials who made it, a public version cannot be. Used by index.ts. */
import type { RichText } from "#services/parliament/contract/rich-text.ts";
import { questionsNamed } from "#services/parliament/reading/references.ts";
import { dayInWords } from "./figure-words.ts";
import type { DocumentSettings } from "./letter.ts";
import { type DecisionNoteDraft, type Official, type Section, wordsOf } from "./model.ts";
import { PublicNote, type PublicWords } from "./public-note.ts";
import {
  blocksOf,
  figuresIn,
  figureTable,
  lineOf,
  numbersInWords,
  type Piece,
  plain,
  type Running,
  type RunningBlock,
  type TextSettings,
} from "./running-text.ts";

type Fact = Running["facts"][number];
type Point = Section["points"][number];

const roles: Readonly<Record<Official["role"], string>> = { author: "Opgesteld door", initials: "Paraaf", contact: "Contactpersoon" };

const officialFact = ({ role, name, mail, phone, initialled }: Official): Fact => ({
  label: roles[role],
  text: [name, mail, phone, initialled === null ? null : dayInWords(initialled)].filter((one) => one !== null && one !== "").join(", "),
});

const wordsIn = (text: RichText): string =>
  text
    .flatMap((block) => (block.kind === "list" ? block.items : [block.content]))
    .map((line) => wordsOf(line))
    .join("\n");

/** "(vraag 2)" behind a point that does not say itself which questions it is about. */
function questionsBehind({ questions, text }: Point): string {
  const named = new Set(questionsNamed(wordsIn(text)));
  const open = questions.filter((number) => !named.has(number));
  return open.length === 0 ? "" : ` (${open.length === 1 ? "vraag" : "vragen"} ${numbersInWords(open)})`;
}

const withheldTitle = "Niet openbaar gemaakt";

/** A point as the paragraphs of one bullet; a list inside it becomes paragraphs with a sign. */
function pointItem(point: Point, settings: TextSettings, isPublic: boolean): Piece[][] {
  const behind = questionsBehind(point);
  const ground = point.withheld === null ? null : `${isPublic ? withheldTitle : "Wordt niet openbaar gemaakt"}: ${point.withheld.ground}`;
  const lines = point.text.flatMap((block) =>
    block.kind === "paragraph"
      ? [lineOf(block.content, settings)]
      : block.items.map((item, at) => [plain(block.ordered ? `${at + 1}. ` : "– "), ...lineOf(item, settings)]),
  );
  const last = lines.at(-1);
  if (ground !== null) lines.push([plain(`${ground}${last === undefined ? behind : ""}`)]);
  if (last !== undefined && behind !== "") {
    const end = last.at(-1);
    // "… agressie (vragen 2 en 4)." - the reference stands inside the sentence.
    if (end?.kind === "text" && end.link === null && end.text.endsWith(".")) {
      const before = end.text.slice(0, -1);
      last.splice(-1, 1, ...(before === "" ? [] : [{ ...end, text: before }]), plain(`${behind}.`));
    } else last.push(plain(behind));
  }
  return lines.length === 0 ? [[plain(behind.trim())]] : lines;
}

function sectionBlocks(section: Section, settings: TextSettings, isPublic: boolean): RunningBlock[] {
  const { heading, text, points, withheld } = section;
  return [
    { kind: "heading", level: 1, text: heading, anchor: null },
    ...(withheld === null ? [] : [{ kind: "withheld" as const, title: isPublic ? withheldTitle : "Wordt niet openbaar gemaakt", text: withheld.ground }]),
    ...blocksOf(text, settings),
    ...(points.length === 0 ? [] : [{ kind: "list" as const, ordered: false, items: points.map((point) => pointItem(point, settings, isPublic)) }]),
  ];
}

/** What a draft and a public version have in common, and what only a draft has. */
function running(words: PublicWords, own: Pick<DecisionNoteDraft, "contact" | "officials" | "concept"> | null, { site }: DocumentSettings): Running {
  const settings: TextSettings = { answers: new Map(), site };
  const texts = words.sections.flatMap(({ text, points }) => [text, ...points.map((point) => point.text)]);
  const said = [words.title, ...words.details.map(({ value }) => value), ...texts.map(wordsIn)].join("\n");
  const fact = (label: string, text: string): Fact[] => (text === "" ? [] : [{ label, text }]);
  return {
    document: {
      title: words.title,
      reference: words.case,
      version: null,
      // A PDF is dated; a note without a day gets one that nobody takes for its own.
      date: words.date ?? "1970-01-01",
      marking: "",
      demonstration: words.demonstration,
    },
    concept: own?.concept ?? false,
    purpose: words.purpose,
    to: [],
    facts: [
      ...fact("Aan", words.to),
      ...fact("Van", words.from),
      ...(words.date === null ? [] : fact("Datum", dayInWords(words.date))),
      ...(said.includes(words.case) ? [] : fact("Kenmerk", words.case)),
      ...[...words.details, ...(own?.contact ?? [])].map(({ label, value }) => ({ label, text: value })),
      ...(own?.officials ?? []).map(officialFact),
    ],
    blocks: [...words.sections.flatMap((section) => sectionBlocks(section, settings, own === null)), ...figureTable(figuresIn(texts), site)],
  };
}

/** A note as running text. */
export const runningNote = (note: DecisionNoteDraft | PublicNote, settings: DocumentSettings): Running =>
  note instanceof PublicNote ? running(note.words, null, settings) : running(note, note, settings);
