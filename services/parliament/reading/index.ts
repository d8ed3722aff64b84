/**
 * Reads what the Kamer and ministries publish - sets of written questions, answers, decision notes, open-data records - from txt, HTML, PDF, JSON and XML.
 * Runs in a browser as well as in Node and never touches a file or the network: bytes in, one dossier out. Called by `rugdekking question read` and the upload page.
 *
 * [Note: Nothing is dropped] Every character of the words of a file that is no white space goes to a field of the dossier or to `unplaced`; {@link Reading.places} says which
 * stretch went where, and a property test holds it. What is no word of the file does not count: markup, scripts, styles and what is hidden in a page.
 */
import type { QuestionDossier, ReadDossier } from "#services/parliament/contract/dossier.ts";
import { answerTerm } from "#services/parliament/clock/index.ts";
import { emptyDossier, Sink } from "./dossier.ts";
import { textOfPage } from "./html.ts";
import { layoutOf, type Line } from "./lines.ts";
import { opensTitle, referenceLine } from "./markers.ts";
import { isNote, readNote } from "./note-reader.ts";
import type { Place } from "./passage.ts";
import { type Branch, branchOfJson, branchOfXml, readRecords, type RecordPlace } from "./records.ts";
import { readSet } from "./set-reader.ts";
import { trouble } from "./set-checks.ts";
import { decodeText, plainText, placeOf, type SourceText, wholeFile } from "./source-text.ts";
import { textOfXml } from "./xml-text.ts";

export type { Place } from "./passage.ts";
export type { RecordPlace } from "./records.ts";
export { troubleWordsDutch, troubleWordsEnglish, type TroubleWords } from "./trouble-words.ts";

/** A published set is some kilobytes of words; larger than this (32 MiB) is no set. */
export const MAX_BYTES = 32 * 1024 * 1024;

/** A file to be read. */
export interface QuestionFile {
  /** As it is called; `kv-tk-2021Z17253.txt` names its case. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What came of a file. */
export interface Reading {
  readonly dossier: ReadDossier;
  /** Form the file was taken for. */
  readonly form: "txt" | "html" | "pdf" | "json" | "xml";
  /** The words of the file as they were read; empty for a record. `places` are offsets into it. */
  readonly text: string;
  /** For each stretch of the words its field, by JSON pointer, in the order of the text. */
  readonly places: readonly Place[];
  /** The same for the values of a record. */
  readonly recordPlaces: readonly RecordPlace[];
}

type Form = Reading["form"];

function formOf(bytes: Uint8Array): Form {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 1024));
  if (head.includes("%PDF-")) return "pdf";
  const start = decodeText(bytes.subarray(0, 4096))
    .text.replace(/^\ufeff/u, "")
    .trimStart();
  if (/^[[{]\s*(?:["[{\]}]|$)/u.test(start)) return "json";
  if (/^(?:<!doctype html|<html|<(?:head|body|div|main|article|section|p|h[1-6]|table|ul|ol|span)\b)/iu.test(start.replace(/^(?:<!--[\s\S]*?-->\s*)+/u, "")))
    return "html";
  if (start.startsWith("<?xml")) return /<html[\s>]/iu.test(start) ? "html" : "xml";
  return /^<[a-z][\w:.-]*(?:\s[^<]*)?>/iu.test(start) ? "xml" : "txt";
}

/** A dossier without anything, for a file that could not be read. */
const nothing = (form: Form, code: Parameters<typeof trouble>[0], about: string | number = ""): Reading => ({
  dossier: { ...emptyDossier("unknown"), troubles: [trouble(code, wholeFile, about)], others: [] },
  form,
  text: "",
  places: [],
  recordPlaces: [],
});

/**
 * Reads one file. Never throws for what is in it: what is wrong stands in `troubles`, and what could be read is there beside it.
 */
export async function readQuestions(file: QuestionFile): Promise<Reading> {
  const { name, bytes } = file;
  if (bytes.length > MAX_BYTES) return nothing("txt", "too-large", bytes.length);
  const form = formOf(bytes);
  if (form === "pdf") return await readPdf(name, bytes);
  const { text: decoded, guessed } = decodeText(bytes);
  const text = decoded.replace(/^\ufeff/u, "");
  if (text.trim() === "") return nothing(form, "empty");
  const reading =
    form === "json"
      ? readJson(name, text)
      : form === "xml"
        ? readXml(name, text)
        : form === "html"
          ? readWords(textOfPage(text), form, name, markedReference(text))
          : readWords(plainText(text), form, name);
  if (guessed) reading.dossier.troubles.push(trouble("not-utf-8", wholeFile));
  return reading;
}

async function readPdf(name: string, bytes: Uint8Array): Promise<Reading> {
  const { PdfTrouble, textOfPdf } = await import("./pdf.ts");
  try {
    const { source, pageCount, silent } = await textOfPdf(bytes);
    if (source.text.trim() === "") return nothing("pdf", "pdf-without-text", pageCount);
    const reading = readWords(source, "pdf", name);
    for (const page of silent) reading.dossier.troubles.push(trouble("page-without-text", { line: 0, page, path: null }, page));
    if (pageCount > (source.pages?.length ?? 0)) reading.dossier.troubles.push(trouble("too-large", wholeFile, `${pageCount} pages`));
    return reading;
  } catch (error) {
    if (error instanceof PdfTrouble) return nothing("pdf", error.code);
    throw error;
  }
}

function readJson(name: string, text: string): Reading {
  let root: Branch;
  try {
    root = branchOfJson("", JSON.parse(text), "");
  } catch {
    const words = readWords(plainText(text), "json", name);
    words.dossier.troubles.unshift(trouble("json-broken", wholeFile));
    return words;
  }
  const records = readRecords(root);
  if (records !== null) return recordReading(records, "json", name);
  const words = readWords(plainText(text), "json", name);
  return words;
}

function readXml(name: string, text: string): Reading {
  const root = branchOfXml(text);
  if (root === null) {
    const words = readWords(plainText(text), "xml", name);
    words.dossier.troubles.unshift(trouble("xml-broken", wholeFile));
    return words;
  }
  const records = readRecords(root);
  return records === null ? readWords(textOfXml(root), "xml", name, markedReference(text)) : recordReading(records, "xml", name);
}

function recordReading({ dossiers, places }: NonNullable<ReturnType<typeof readRecords>>, form: Form, name: string): Reading {
  const [first = emptyDossier("record"), ...others] = dossiers;
  for (const dossier of dossiers) finish(dossier, dossiers.length === 1 ? name : "");
  return { dossier: { ...first, others }, form, text: "", places: [], recordPlaces: places };
}

/** The number of the case in the markup of a publication (`DCTERMS.identifier`), which shows it nowhere. */
const markedReference = (markup: string): string | null => /\bcontent\s*=\s*["'](?:kv-tk-)?(20\d{2}Z\d{5})["']/iu.exec(markup)?.[1]?.toUpperCase() ?? null;

function readWords(source: SourceText, form: Form, name: string, marked: string | null = null): Reading {
  const layout = layoutOf(source);
  const sink = new Sink();
  const done = (dossiers: readonly QuestionDossier[]): Reading => {
    const [first = emptyDossier("unknown"), ...others] = dossiers;
    if (first.reference === null && marked !== null) {
      first.reference = marked;
      first.referenceFrom = "text";
    }
    sink.tell(first);
    for (const dossier of dossiers) finish(dossier, dossiers.length === 1 ? name : "");
    return { dossier: { ...first, others }, form, text: source.text, places: sink.placing.places, recordPlaces: [] };
  };
  if (isNote(layout.lines)) return done([readNote(source, layout, layout.lines, sink)]);
  const sets = setsIn(layout.lines);
  const dossiers = sets.map((lines, at) => readSet(source, layout, lines, sink, at === 0 ? "" : `/others/${at - 1}`));
  const [first] = dossiers;
  for (const [at, other] of dossiers.entries())
    if (at > 0) first?.troubles.push(trouble("two-sets", placeOf(source, sets[at]?.[0]?.start ?? 0), other.reference ?? other.title ?? ""));
  if (first?.kind === "unknown") first.troubles.unshift(trouble("unknown-form", wholeFile));
  return done(dossiers);
}

/** The lines of each set: a second heading "Vragen van …" after a question starts another, with the lines of its head just above. */
function setsIn(lines: readonly Line[]): readonly (readonly Line[])[] {
  const sets: Line[][] = [];
  let current: Line[] = [];
  let [titled, title, reference, questions] = [false, "", "", 0];
  for (const line of lines) {
    const opens = !line.furniture && opensTitle(line.text) && titled && questions > 0 && line.text !== title;
    const number = line.furniture ? undefined : referenceLine.exec(line.text)?.[1];
    const renumbered = number !== undefined && reference !== "" && number !== reference && questions > 0;
    if (opens || renumbered) {
      const head: Line[] = [];
      if (opens) {
        let from = current.length;
        for (let last = current[from - 1]; last !== undefined && isSetHead(last); last = current[from - 1]) from--;
        head.push(...current.splice(from));
      }
      sets.push(current);
      current = head;
      [titled, title, reference, questions] = [false, "", "", 0];
    }
    if (!line.furniture && opensTitle(line.text)) [titled, title] = [true, line.text];
    if (number !== undefined) reference = number;
    if (/^(?:vraag\s+)?\d{1,3}[a-h]?\s*[.:)]?(?:\s|$)/iu.test(line.text)) questions++;
    current.push(line);
  }
  sets.push(current);
  return sets;
}

const isSetHead = ({ text }: Line): boolean =>
  referenceLine.test(text) || /^(?:tweede kamer der staten-generaal|vergaderjaar|vragen gesteld door|aanhangsel|\(?ingezonden)\b/iu.test(text);

/** What the name of the file adds, and the last day when none is stated. */
function finish(dossier: QuestionDossier, name: string): void {
  const named = /\b(20\d{2}Z\d{5})\b/iu.exec(name.replace(/_/gu, " "))?.[1]?.toUpperCase();
  const place = wholeFile;
  if (dossier.reference === null && named !== undefined) {
    dossier.reference = named;
    dossier.referenceFrom = "file-name";
  } else if (
    dossier.reference === null &&
    dossier.kind !== "unknown" &&
    !dossier.troubles.some(({ code }) => code === "no-reference" || code === "record-deleted")
  )
    dossier.troubles.push(trouble("no-reference", place));
  else if (named !== undefined && dossier.reference !== named) dossier.troubles.push(trouble("reference-differs", place, `${dossier.reference} / ${named}`));
  if (dossier.due === null && dossier.received !== null) {
    dossier.due = answerTerm({ received: dossier.received, postponement: null, answered: null }).due;
    dossier.dueFrom = "counted";
  }
}
