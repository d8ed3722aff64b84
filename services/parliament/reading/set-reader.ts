/** Reads a set of questions, or a set with its answers, from words: one pass over the lines, each of which goes to a field or stays unplaced. Called by index.ts. */
import type { Answer, Question, QuestionDossier } from "#services/parliament/contract/dossier.ts";
import { emptyDossier, type Sink } from "./dossier.ts";
import { answeringFacts, articleFacts, articleTitle, askingFacts, partsOf, sentInDay } from "./headings.ts";
import type { Layout, Line } from "./lines.ts";
import {
  closesLetter,
  footnoteOf,
  hasEnded,
  isHead,
  lastQuestionOf,
  letterOf,
  Marks,
  openingOf,
  opensAnswering,
  opensLetter,
  opensNotice,
  opensNoticeWords,
  opensTitle,
  referenceAnywhere,
  referenceLine,
  sentInLine,
  sentInWhole,
  styleOf,
} from "./markers.ts";
import { type MarkJudge, noMarks, type Passage, passageOf } from "./passage.ts";
import { numbersIn, questionsNamed } from "./references.ts";
import { checkSet } from "./set-checks.ts";
import { placeOf, type SourceText } from "./source-text.ts";

interface Part {
  readonly kind: "question" | "answer" | "footnote" | "answering" | "title";
  readonly numbers: readonly number[];
  mark: string | null;
  /** Units of the first line that are its label. */
  readonly label: number;
  /** Lines of the label beyond the first (the number below "X Noot"). */
  readonly labelLines: Line[];
  readonly lines: Line[];
}
interface Cut {
  readonly parts: Part[];
  readonly head: Line[];
  readonly letter: Line[];
  readonly furniture: Line[];
  readonly unplaced: Line[];
}

const continuesTitle = (layout: Layout, lines: readonly Line[], line: Line): boolean => {
  const last = lines.at(-1);
  if (last === undefined || lines.length > 14) return false;
  // "(ingezonden" may run on over the next line, or stand in a paragraph of its own.
  if (sentInLine.test(line.text) || /\(\s*ingezonden[^)]*$/iu.test(last.text)) return true;
  const words = lines.map(({ text }) => text).join(" ");
  // A heading that has not said what it is about goes on, whatever the distance to its next line.
  if (
    line.gap <= layout.within + 2 &&
    !/\s(?:over|inzake|betreffende)\s/iu.test(words) &&
    !/^(?:vraag\s+)?\d{1,3}[.:)]?$/iu.test(line.text) &&
    !isHead(line.text)
  )
    return true;
  return layout.within !== -1 && line.gap <= layout.within && !/(?:ingezonden[^)]*\)\.?|\.)$/iu.test(last.text);
};

/** Whether a footnote has words yet, and not only its label. */
const hasWords = ({ lines, label }: Part): boolean => lines.length > 1 || (lines[0]?.text.length ?? 0) > label;

function cutUp(source: SourceText, layout: Layout, own: readonly Line[]): Cut {
  const cut: Cut = { parts: [], head: [], letter: [], furniture: [], unplaced: [] };
  const style = styleOf(own);
  const lastQuestion = lastQuestionOf(own, style);
  let current: Part | null = null;
  /** What a footnote interrupted at the foot of a page. */
  let interrupted: { readonly part: Part | null; readonly page: number } | null = null;
  let letter = false;
  let [lastNumber, lastNote, titles] = [0, 0, 0];
  let started = false;
  let before: Line | undefined;
  let behindFurniture = false;
  const open = (part: Omit<Part, "lines" | "labelLines">, line: Line): void => {
    current = { ...part, labelLines: [], lines: [line] };
    cut.parts.push(current);
    started ||= part.kind === "question" || part.kind === "answer";
    letter = false;
  };
  for (const [at, line] of own.entries()) {
    if (line.furniture) {
      cut.furniture.push(line);
      behindFurniture = true;
      continue;
    }
    const apart = behindFurniture || line.gap > Math.max(0, layout.within);
    behindFurniture = false;
    let now: Part | null = current;
    const ended = hasEnded(layout, before, line);
    before = line;
    if (now?.kind === "footnote" && now.mark === null) {
      // "X Noot", and its number on the line below.
      const number = /^(?:\d{1,3}|\*+)$/u.exec(line.text)?.[0];
      if (number !== undefined) {
        now.mark = number;
        now.labelLines.push(line);
        lastNote = Number(number) || lastNote;
        continue;
      }
      now.mark = "";
    }
    if (now?.kind === "footnote" && interrupted !== null && interrupted.page !== line.page && interrupted.page !== 0) {
      now = interrupted.part;
      current = now;
      interrupted = null;
    }
    if (opensTitle(line.text) && titles === 0) {
      titles++;
      open({ kind: "title", numbers: [], mark: null, label: 0 }, line);
      continue;
    }
    if (now?.kind === "title" && continuesTitle(layout, now.lines, line) && !opensAnswering(line.text)) {
      now.lines.push(line);
      continue;
    }
    if (opensAnswering(line.text) || opensNotice(line.text)) {
      open({ kind: "answering", numbers: [], mark: null, label: 0 }, line);
      continue;
    }
    const note = footnoteOf(source, line, style, lastNote + 1, ended, now?.kind === "footnote", lastQuestion >= 0 && at > lastQuestion);
    if (note !== null && (now !== null || cut.parts.length > 0)) {
      if (now?.kind !== "footnote") interrupted = { part: now, page: line.page };
      open({ kind: "footnote", numbers: [], mark: note.mark, label: note.label }, line);
      lastNote = Number(note.mark) || lastNote;
      continue;
    }
    const opening = openingOf(line, style, lastNumber + 1, ended);
    if (opening !== null) {
      open({ kind: opening.kind, numbers: opening.numbers, mark: null, label: opening.label }, line);
      if (opening.kind === "question") lastNumber = opening.numbers.at(-1) ?? lastNumber;
      interrupted = null;
      continue;
    }
    if (started && apart && sentInWhole.test(line.text)) {
      // Below the last question, as members send a set in.
      cut.head.push(line);
      current = null;
      continue;
    }
    if (!started && now?.kind !== "footnote") {
      if (now?.kind === "answering" && line.gap <= Math.max(0, layout.within)) now.lines.push(line);
      else if (isHead(line.text) || referenceLine.test(line.text) || sentInLine.test(line.text) || (opensTitle(line.text) && titles > 0)) cut.head.push(line);
      else if (/^\d{1,4}$/u.test(line.text) && titles === 0 && cut.head.length > 0) cut.head.push(line);
      else if (letter || opensLetter(line.text)) {
        letter = true;
        cut.letter.push(line);
      } else cut.unplaced.push(line);
      if (now?.kind === "title") current = null;
      continue;
    }
    if (opensNoticeWords(line.text)) {
      letter = true;
      current = null;
      cut.letter.push(line);
    } else if (now === null) (letter ? cut.letter : cut.unplaced).push(line);
    else if (now.kind === "footnote" && apart && hasWords(now)) {
      // A footnote is one paragraph; what stands below it belongs to nothing.
      cut.unplaced.push(line);
      current = null;
    } else if (now.kind === "title" || now.kind === "answering") cut.unplaced.push(line);
    else if ((now.kind === "answer" || (now.kind === "question" && apart)) && closesLetter(line.text)) {
      letter = true;
      current = null;
      cut.letter.push(line);
    } else now.lines.push(line);
  }
  return cut;
}

/** The words of a part, its label apart. */
function bodyOf(source: SourceText, layout: Layout, part: Part, marks: MarkJudge): Passage {
  const [first, ...rest] = part.lines;
  if (first === undefined) return passageOf(source, layout, []);
  const from = first.start + part.label;
  return source.text.slice(from, first.end).trim() === "" ? passageOf(source, layout, rest, marks) : passageOf(source, layout, part.lines, marks, from);
}

/** The numbers a question stands for: "Vragen 4 en 5" for two. */
const numbersAsked = ({ number, label }: Question): number[] => (/\d\D+\d/u.test(label) ? numbersIn(label) : [number]).filter((one) => one > 0);

/** A question whose parts are numbered by themselves ("Vraag 1a", "Vraag 1b"): the letter it came to, null under "Vraag 1" alone. */
interface Lettered {
  readonly question: Question;
  readonly last: string | null;
  /** The parts so far; empty before the second one. */
  readonly parts: readonly { readonly label: string | null; readonly text: string }[];
}
/** Whether the next part of a question opens here: "Vraag 1b" behind "Vraag 1a", or "Vraag 1a" behind the words under "Vraag 1". */
const goesOn = ({ question, last }: Lettered, numbers: readonly number[], letter: string | null): boolean =>
  letter !== null &&
  numbers.length === 1 &&
  numbers[0] === question.number &&
  (last === null ? letter === "a" : letter.charCodeAt(0) === last.charCodeAt(0) + 1);

/** Adds a part to a question: its label behind those before it, its words as a paragraph of their own. */
function addPart({ question, last, parts }: Lettered, label: string, letter: string | null, passage: Passage): Lettered {
  const shift = question.text === "" ? 0 : question.text.length + 2;
  const before = parts.length > 0 || question.text === "" ? parts : [{ label: last, text: question.text }];
  const all = [...before, { label: letter, text: passage.text }];
  question.parts = [...all];
  question.label = `${question.label} ${label}`;
  question.text = [question.text, passage.text].filter((words) => words !== "").join("\n\n");
  question.marks.push(...passage.marks.map(({ mark, at }) => ({ mark, at: at + shift })));
  question.refersTo = questionsNamed(question.text, [question.number]);
  return { question, last: letter, parts: all };
}

/** What one part becomes. */
export function readSet(source: SourceText, layout: Layout, own: readonly Line[], sink: Sink, pointer: string): QuestionDossier {
  const dossier = emptyDossier("unknown");
  const cut = cutUp(source, layout, own);
  const known = new Set(cut.parts.flatMap(({ kind, mark }) => (kind === "footnote" && mark !== null ? [mark] : [])));
  const marks = new Marks(source, known);
  const starts = new Map<object, number>();
  const questions: Question[] = [];
  const answers: Answer[] = [];
  /** Numbers that an answer was given to, and how many questions stand before the first one that has none yet. */
  const answered = new Set<number>();
  let open = 0;
  let lettered: Lettered | null = null;
  for (const part of cut.parts) {
    const [first] = part.lines;
    if (first === undefined) continue;
    const label = { start: first.start, end: first.start + part.label };
    const labelText = source.text.slice(label.start, label.end);
    if (part.kind === "title") {
      const passage = passageOf(source, layout, part.lines, marks);
      dossier.title = passage.text;
      dossier.titleMarks = passage.marks.map(({ mark, at }) => ({ mark, at }));
      sink.placing.passage(`${pointer}/title`, passage, `${pointer}/titleMarks`);
      continue;
    }
    if (part.kind === "answering") {
      const passage = passageOf(source, layout, part.lines);
      if (opensNotice(passage.text)) dossier.kind = "postponement";
      if (dossier.answering !== null) {
        // A second answer to the same questions ("nader antwoord") starts a new list; its heading is kept as a line of the letter.
        sink.placing.passage(`${pointer}/letter/${dossier.letter.length}`, passage);
        dossier.letter.push(passage.text);
        continue;
      }
      const facts = answeringFacts(passage.text);
      dossier.answering = { heading: passage.text, by: facts.by, alsoOnBehalfOf: [...facts.alsoOnBehalfOf], received: facts.received };
      sink.placing.passage(`${pointer}/answering/heading`, passage);
      continue;
    }
    const passage = bodyOf(source, layout, part, part.kind === "footnote" ? noMarks : marks);
    sink.joined(passage, source);
    const letter = part.kind === "question" ? letterOf(labelText) : null;
    if (part.kind === "question" && lettered !== null && goesOn(lettered, part.numbers, letter)) {
      const own = `${pointer}/questions/${dossier.questions.length - 1}`;
      sink.placing.range(`${own}/label`, label);
      sink.placing.passage(`${own}/text`, passage, `${own}/marks`, lettered.question.marks.length);
      lettered = addPart(lettered, labelText, letter, passage);
      continue;
    }
    const list = part.kind === "question" ? "questions" : part.kind === "answer" ? "answers" : "footnotes";
    const place = `${pointer}/${list}/${dossier[list].length}`;
    sink.placing.range(`${place}/label`, label);
    for (const line of part.labelLines) sink.placing.range(`${place}/label`, line);
    sink.placing.passage(`${place}/text`, passage, `${place}/marks`);
    const found = passage.marks.map(({ mark, at }) => ({ mark, at }));
    if (part.kind === "footnote") {
      dossier.footnotes.push({ mark: part.mark ?? "", text: passage.text, label: [labelText, ...part.labelLines.map(({ text }) => text)].join(" ") });
      starts.set(dossier.footnotes.at(-1) ?? {}, first.start);
    } else if (part.kind === "question") {
      const parts = partsOf(passage.text);
      const question: Question = {
        number: part.numbers[0] ?? 0,
        label: labelText,
        text: passage.text,
        ...(parts.length === 0 ? {} : { parts }),
        marks: found,
        refersTo: questionsNamed(passage.text, part.numbers),
      };
      questions.push(question);
      lettered = { question, last: letter, parts: [] };
      dossier.questions.push(question);
      starts.set(question, first.start);
    } else {
      for (let last = questions.length - 1; last >= open; last--) if (answered.has(questions[last]?.number ?? -1)) open = last + 1;
      const numbers = part.numbers.length > 0 ? [...part.numbers] : questions.slice(open).flatMap(numbersAsked);
      for (const number of numbers) answered.add(number);
      const answer: Answer = { numbers, label: labelText, text: passage.text, marks: found, refersTo: questionsNamed(passage.text, numbers) };
      answers.push(answer);
      dossier.answers.push(answer);
      starts.set(answer, first.start);
    }
  }
  for (const [field, lines] of [
    ["head", cut.head],
    ["furniture", cut.furniture],
  ] as const)
    for (const line of lines) {
      sink.placing.range(`${pointer}/${field}/${dossier[field].length}`, line);
      dossier[field].push(line.text);
    }
  for (const line of cut.letter) {
    sink.placing.range(`${pointer}/letter/${dossier.letter.length}`, line);
    dossier.letter.push(line.text);
  }
  for (const line of cut.unplaced) sink.unplaced(dossier, pointer, source, line);
  factsOf(dossier, source, own);
  if (dossier.kind === "unknown") {
    const letter = dossier.letter.join(" ");
    if (dossier.answers.length > 0 || dossier.answering !== null) dossier.kind = "answers";
    else if (dossier.questions.length > 0) dossier.kind = "questions";
    else if (/(?:niet|meer) (?:binnen|tijd)|uitstel/iu.test(letter)) dossier.kind = "postponement";
  }
  checkSet(dossier, (of) => placeOf(source, starts.get(of) ?? own[0]?.start ?? 0));
  return dossier;
}

/** The first of a text, on one line: no heading and no letter that names who asks is longer. */
const flat = (text: string): string => text.slice(0, 20_000).replace(/\s+/gu, " ").trim();

/** Who, whom, when and what it starts from: out of the heading, or else out of the covering letter. */
function factsOf(dossier: QuestionDossier, source: SourceText, own: readonly Line[]): void {
  const letter = dossier.letter.join(" ");
  const inLetter = /(?:vragen van|gesteld door) ((?:(?:het|de) )?(?:kamer)?(?:lid|leden) .+?)(?: ?\((?:kenmerk|ingezonden)|\.\s|\.$|$)/iu.exec(
    flat(letter),
  )?.[1];
  const titled = /vragen van ((?:(?:het|de) )?(?:kamer)?(?:lid|leden) .+)$/iu.exec(flat(dossier.title ?? ""))?.[1];
  const asking = titled ?? inLetter;
  const facts = asking === undefined ? null : askingFacts(asking);
  dossier.members = [...(facts?.members ?? [])];
  dossier.addressees = [...(facts?.addressees ?? [])];
  dossier.subject = facts?.subject ?? null;
  if (facts?.unclear === true)
    dossier.troubles.push({ code: "addressees-unclear", weight: "notice", place: placeOf(source, own[0]?.start ?? 0), about: dossier.addressees.join(", ") });
  const around = [dossier.title ?? "", ...dossier.head, letter, dossier.answering?.heading ?? ""].join("\n");
  dossier.reference = referenceAnywhere.exec(around)?.[0] ?? referenceAnywhere.exec(dossier.furniture.join("\n"))?.[0] ?? null;
  if (dossier.reference !== null) dossier.referenceFrom = "text";
  const year = dossier.reference === null ? undefined : Number(dossier.reference.slice(0, 4));
  dossier.received = sentInDay(around, year);
  dossier.parliamentaryYear =
    /vergaderjaar\s+(\d{4})\s*[–-]\s*(\d{4})/iu
      .exec([around, ...dossier.furniture].join("\n"))
      ?.slice(1, 3)
      .join("-") ?? null;
  const numbered = dossier.head.find((line) => /^\d{1,4}$/u.test(line));
  dossier.documentNumber = /\b20\d{2}D\d{5}\b/u.exec(around)?.[0] ?? numbered ?? null;
  for (const { text, marks } of [{ text: dossier.title ?? "", marks: dossier.titleMarks }, ...dossier.questions]) {
    const title = articleTitle(text);
    if (title === null) continue;
    const ends = text.indexOf(title) + title.length;
    const mark = marks.find((one) => one.at >= ends)?.mark;
    const footnote = dossier.footnotes.find((one) => one.mark === mark);
    dossier.source = title;
    dossier.article = { title, ...articleFacts(footnote?.text ?? "") };
    break;
  }
}
