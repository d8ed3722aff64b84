/** Reads a decision note (beslisnota) from words: its head, its parts under the headings a ministry uses, and what it says about the questions. Called by index.ts. */
import type { DecisionNote, QuestionDossier } from "#services/parliament/contract/dossier.ts";
import { dayInWords, dutchDate } from "./dates.ts";
import { emptyDossier, type Sink } from "./dossier.ts";
import { articleTitle, askingFacts } from "./headings.ts";
import type { Layout, Line } from "./lines.ts";
import { referenceAnywhere } from "./markers.ts";
import { passageOf } from "./passage.ts";
import { questionsNamed } from "./references.ts";
import { trouble } from "./set-checks.ts";
import { placeOf, type SourceText } from "./source-text.ts";

type Section = DecisionNote["sections"][number];

const headings: readonly (readonly [Section["section"], RegExp])[] = [
  ["occasion", /^aanleiding(?: en achtergrond)?$/iu],
  ["advised-decision", /^(?:geadviseerd(?:e)?|gevraagd(?:e)?|voorgesteld(?:e)?) besluit(?:en)?(?: en toelichting)?$|^advies$|^beslispunt(?:en)?$/iu],
  ["core", /^kern(?:punten)?$/iu],
  ["explanation", /^toelichting$/iu],
  ["stakeholders", /^krachtenveld$/iu],
  ["communication", /^communicatie$/iu],
  ["political-context", /^politiek(?:e|-bestuurlijke|e en bestuurlijke)? context$/iu],
  ["financial-and-legal", /^financi[eë]le en juridische (?:overwegingen|aspecten)$/iu],
  ["financial", /^financi[eë]le (?:overwegingen|aspecten|gevolgen|consequenties)$/iu],
  ["legal", /^juridische (?:overwegingen|aspecten|gevolgen)$/iu],
  ["withheld", /^(?:toelichting op )?informatie die niet openbaar (?:gemaakt kan worden|wordt gemaakt|gemaakt wordt)$/iu],
  ["attachments", /^bijlagen?$/iu],
  ["follow-up", /^vervolg(?:stappen|proces)?$/iu],
  ["other", /^(?:achtergrond|motivering|ontwikkelingen hiervoor|afstemming|uitvoering|planning|risico[’']?s|alternatieven|overwegingen|persoonsgegevens)$/iu],
];
/** Which part a line opens, or null. */
const sectionOf = (text: string): Section["section"] | null =>
  headings.find(([, form]) => form.test(text.replace(/^\d+[.)]\s+/u, "").replace(/\s*:$/u, "")))?.[0] ?? null;

const purpose = /^ter (?:besluitvorming|informatie|ondertekening|kennisname|bespreking|advisering|goedkeuring|accordering)/iu;
const label =
  /^(aan|van|datum|onze referentie|kenmerk|opgesteld door|samengewerkt met|bijlage(?:n|\(n\))?|afgestemd met|betreft|contactpersoon|deadline|kopie aan|uiterlijk bij|portefeuille|zaaknummer)(?:\s*:\s*|\s+|$)(.*)$/iu;
const bullet = /^([•●▪◦·\uf0b7]|[-–*](?=\s)|o(?=\s)|\d{1,2}[.)](?=\s))\s*/u;

/** Whether a text is a decision note: it says so, or it has the parts of one. */
export function isNote(lines: readonly Line[]): boolean {
  const own = lines.filter(({ furniture }) => !furniture).slice(0, 60);
  if (own.some(({ text }) => /^beslisnota\b/iu.test(text) || (purpose.test(text) && text === text.toUpperCase()))) return true;
  const found = new Set(lines.map(({ text }) => sectionOf(text)));
  return found.has("occasion") && (found.has("advised-decision") || found.has("core"));
}

interface Item {
  readonly bullet: number;
  readonly lines: Line[];
}

/** The words of one note. */
export function readNote(source: SourceText, layout: Layout, own: readonly Line[], sink: Sink): QuestionDossier {
  const dossier = emptyDossier("decision-note");
  const note: DecisionNote = { to: null, from: null, purpose: null, title: null, details: [], sections: [], questions: [] };
  const title: Line[] = [];
  const cut: { readonly section: Section["section"]; readonly heading: Line; readonly items: Item[] }[] = [];
  let inTitle = false;
  for (const line of own) {
    if (line.furniture) {
      sink.placing.range(`/furniture/${dossier.furniture.length}`, line);
      dossier.furniture.push(line.text);
      continue;
    }
    const section = sectionOf(line.text);
    const here = cut.at(-1);
    if (section !== null && !(section === "attachments" && here === undefined)) {
      cut.push({ section, heading: line, items: [] });
      inTitle = false;
    } else if (here !== undefined) {
      const mark = bullet.exec(line.text)?.[1]?.length ?? 0;
      const item = here.items.at(-1);
      if (mark > 0 || item === undefined || line.gap > Math.max(0, layout.within)) here.items.push({ bullet: mark, lines: [line] });
      else item.lines.push(line);
    } else inTitle = readHead(line, inTitle, layout, { dossier, note, title, sink, source });
  }
  if (title.length > 0) {
    const passage = passageOf(source, layout, title);
    note.title = passage.text;
    dossier.title = passage.text;
    sink.placing.passage("/note/title", passage);
    sink.joined(passage, source);
  }
  for (const [at, { section, heading, items }] of cut.entries()) {
    const field = `/note/sections/${at}`;
    sink.placing.range(`${field}/heading`, heading);
    const read = items.map(({ bullet: mark, lines }, place): Section["items"][number] => {
      const start = lines[0]?.start ?? 0;
      if (mark > 0) sink.placing.range(`${field}/items/${place}/bullet`, { start, end: start + mark });
      const passage = passageOf(source, layout, lines, undefined, start + mark);
      sink.placing.passage(`${field}/items/${place}/text`, passage);
      sink.joined(passage, source);
      const lead = /^(\p{Lu}[^:.?!]{2,80}):\s/u.exec(passage.text)?.[1] ?? null;
      return { bullet: mark === 0 ? null : source.text.slice(start, start + mark), text: passage.text, lead, questions: questionsNamed(passage.text) };
    });
    note.sections.push({ section, heading: heading.text, items: read });
  }
  note.questions = [...new Set(note.sections.flatMap(({ items }) => items.flatMap(({ questions }) => questions)))].toSorted((a, b) => a - b);
  dossier.note = note;
  factsOf(dossier, note);
  const place = placeOf(source, own[0]?.start ?? 0);
  if (dossier.members.length === 0) dossier.troubles.push(trouble("no-members", place));
  if (dossier.received === null) dossier.troubles.push(trouble("no-date", place));
  return dossier;
}

interface Head {
  readonly dossier: QuestionDossier;
  readonly note: DecisionNote;
  readonly title: Line[];
  readonly sink: Sink;
  readonly source: SourceText;
}

/** One line above the first part. @returns whether the title goes on. */
function readHead(line: Line, inTitle: boolean, layout: Layout, { dossier, note, title, sink, source }: Head): boolean {
  const named = label.exec(line.text);
  if (note.purpose === null && purpose.test(line.text)) {
    note.purpose = line.text;
    sink.placing.range("/note/purpose", line);
    return false;
  }
  if (/^(?:beslis)?nota\b/iu.test(line.text) && title.length === 0) {
    title.push(line);
    return true;
  }
  if (inTitle && line.gap <= Math.max(0, layout.within) && named?.[2] !== "") {
    title.push(line);
    return true;
  }
  const name = named?.[1]?.toLowerCase() ?? "";
  const value = named?.[2] ?? "";
  const simple = name === "aan" || name === "van" ? name : null;
  if (named !== null && value !== "" && simple !== null && note[simple === "aan" ? "to" : "from"] === null) {
    const field = simple === "aan" ? "to" : "from";
    const start = line.end - value.length;
    note[field] = value;
    sink.placing.range(`/note/${field}`, { start, end: line.end });
    sink.placing.range(`/head/${dossier.head.length}`, { start: line.start, end: start });
    dossier.head.push(line.text.slice(0, start - line.start).trim());
    return false;
  }
  if (named !== null) {
    const field = `/note/details/${note.details.length}`;
    const start = line.end - value.length;
    note.details.push({ label: line.text.slice(0, line.text.length - value.length).trim(), value });
    sink.placing.range(`${field}/label`, { start: line.start, end: start });
    sink.placing.range(`${field}/value`, { start, end: line.end });
    return false;
  }
  const open = note.details.at(-1);
  if (open !== undefined && open.value === "") {
    open.value = line.text;
    sink.placing.range(`/note/details/${note.details.length - 1}/value`, line);
    return false;
  }
  sink.unplaced(dossier, "", source, line);
  return false;
}

/** Who asked whom about what and until when, out of the occasion and the advised decision. */
function factsOf(dossier: QuestionDossier, note: DecisionNote): void {
  const all = (section: Section["section"]): string =>
    note.sections
      .filter((one) => one.section === section)
      .flatMap(({ items }) => items.map(({ text }) => text))
      .join("\n");
  const occasion = all("occasion");
  const words = [note.title ?? "", occasion, all("advised-decision"), all("core"), ...note.details.map(({ value }) => value)].join("\n");
  dossier.reference = referenceAnywhere.exec(words)?.[0] ?? null;
  if (dossier.reference !== null) dossier.referenceFrom = "text";
  const year = dossier.reference === null ? undefined : Number(dossier.reference.slice(0, 4));
  const asked =
    /(?:door|van) ((?:het|de) (?:kamer)?(?:lid|leden) .+? aan (?:de|het) .+? (?:over|inzake|betreffende) .+?)(?:\s*\(kenmerk[^)]*\))?(?:\.\s|\.?$|\n)/imu.exec(
      occasion,
    )?.[1];
  const facts = asked === undefined ? null : askingFacts(asked);
  const named = /(?:kamervragen|vragen) (?:van )?((?:(?:het|de) )?(?:kamer)?(?:lid|leden) .+)$/iu.exec(note.title ?? "")?.[1];
  const titled = named === undefined ? null : askingFacts(named);
  dossier.members = [...(facts?.members ?? titled?.members ?? [])];
  dossier.addressees = [...(facts?.addressees ?? titled?.addressees ?? [])];
  dossier.subject = titled?.subject ?? facts?.subject ?? null;
  const day = new RegExp(
    `(?:op|d\\.?d\\.?)\\s+(${dayInWords})[^.]{0,80}(?:gesteld|ingezonden|ontvangen)|(?:gesteld|ingezonden|ontvangen)[^.]{0,40}?\\s(?:op\\s+)?(${dayInWords})`,
    "iu",
  ).exec(occasion);
  dossier.received = dutchDate(day?.[1] ?? day?.[2] ?? "", { year });
  const until = new RegExp(`(?:termijn|deadline|uiterlijk|uiterste datum)[^•]{0,120}?\\b(${dayInWords})`, "iu").exec(words)?.[1];
  dossier.due = until === undefined ? null : dutchDate(until, { year, notBefore: dossier.received });
  if (dossier.due !== null) dossier.dueFrom = "stated";
  dossier.source = articleTitle(occasion) ?? articleTitle(note.title ?? "");
  dossier.article = dossier.source === null ? null : { title: dossier.source, outlet: null, published: null, url: null };
}
