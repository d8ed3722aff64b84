/** Reads a decision note (beslisnota) from words: its head, its parts under the headings a ministry uses, and what it says about the questions. Called by index.ts. */
import type { DecisionNote, QuestionDossier } from "#services/parliament/contract/dossier.ts";
import { anyDay, dutchDate } from "./dates.ts";
import { emptyDossier, type Sink } from "./dossier.ts";
import { articleTitle, askingFacts, type HeadingFacts } from "./headings.ts";
import type { Layout, Line } from "./lines.ts";
import { opensQuestion, opensTitle, referenceAnywhere } from "./markers.ts";
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
/** Longer than any heading of a note. */
const MOST_HEADING = 100;
/** Which part a line opens, or null. */
const sectionOf = (text: string): Section["section"] | null =>
  text.length > MOST_HEADING ? null : (headings.find(([, form]) => form.test(text.replace(/^\d+[.)]\s+/u, "").replace(/\s*:$/u, "")))?.[0] ?? null);

const purpose = /^ter (?:besluitvorming|informatie|ondertekening|kennisname|bespreking|advisering|goedkeuring|accordering)/iu;
const label =
  /^(aan|van|datum|onze referentie|kenmerk|opgesteld door|samengewerkt met|bijlage(?:n|\(n\))?|afgestemd met|betreft|contactpersoon|deadline|kopie aan|uiterlijk bij|portefeuille|zaaknummer)(?:\s*:\s*|\s+|$)(.*)$/iu;
const bullet = /^([•●▪◦·\uf0b7]|[-–*](?=\s)|o(?=\s)|\d{1,2}[.)](?=\s))\s*/u;

/**
 * Whether a text is a decision note: it says so at its head and has parts of one, or it has the parts without saying it.
 * A set that speaks of a decision note opens with its own heading or first question before it does.
 */
export function isNote(lines: readonly Line[]): boolean {
  const own = lines.filter(({ furniture }) => !furniture);
  const parts = own.map(({ text }) => sectionOf(text));
  const found = new Set(parts);
  const whole = found.has("occasion") && (found.has("advised-decision") || found.has("core"));
  const said = own.slice(0, 60).findIndex(({ text }) => /^beslisnota(?=\s|:|$)/iu.test(text) || (purpose.test(text) && text === text.toUpperCase()));
  const question = own.findIndex(({ text }) => opensQuestion(text));
  if (whole && (question === -1 || parts.indexOf("occasion") < question)) return true;
  if (said === -1) return false;
  const asked = own.findIndex(({ text }) => opensTitle(text) || opensQuestion(text));
  return (asked === -1 || said < asked) && (said === 0 || parts.some((part) => part !== null) || purpose.test(own[said]?.text ?? ""));
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

/** A day by itself, and not the middle of a longer number. */
const aDay = `(?<![\\p{L}\\d.,/-])(${anyDay})(?![-/]?\\d)`;
/** Up to the end of the sentence. */
const sentence = (most: number): string => `(?:(?![.?!]\\s+\\p{Lu}|\\n)[^•]){0,${most}}?`;
/** What says until when the Kamer is answered, the clearest first. "Op korte termijn" and the term of something else are none of these. */
const terms: readonly RegExp[] = [
  new RegExp(`(?:nieuwe|verlengde) (?:beantwoordings|antwoord|reactie)?termijn\\b${sentence(120)}${aDay}`, "iu"),
  new RegExp(`(?:(?:beantwoordings|antwoord|reactie)termijn|termijn (?:voor|van) (?:de |het )?(?:be)?antwoord\\p{L}*)${sentence(120)}${aDay}`, "iu"),
  new RegExp(
    `(?<!(?:korte?|kortere|lange?|langere|middellange|afzienbare|redelijke)\\s)\\btermijn\\b${sentence(30)}(?:loopt|verloopt|verstrijkt|eindigt|afloopt|is|tot|van)\\b${sentence(60)}${aDay}`,
    "iu",
  ),
  new RegExp(`\\b(?:deadline|uiterste (?:datum|dag))\\b${sentence(80)}${aDay}`, "iu"),
  new RegExp(`(?:be)?antwoord\\p{L}*${sentence(120)}\\b(?:uiterlijk|v[oó]{1,2}r)\\s+(?:op\\s+)?${aDay}`, "iu"),
  new RegExp(`\\buiterlijk\\s+(?:op\\s+)?${aDay}${sentence(120)}(?:antwoord|verzend|verzond|verstuur|teken)`, "iu"),
];

/** The facts of the sentence that says who asked whom; null when none does. */
function askedIn(occasion: string): HeadingFacts | null {
  let seen = 0;
  for (const { index, 0: opening } of occasion.matchAll(/(?:door|van|heeft|hebben) (?=(?:(?:het|de) )?(?:kamer)?(?:lid|leden) )/giu)) {
    if (++seen > 20) return null;
    const [line = ""] = occasion.slice(index + opening.length, index + opening.length + 1_500).split("\n");
    const end = /\.\s+(?=\p{Lu})|\.$/u.exec(line)?.index ?? line.length;
    const words = line.slice(0, end);
    if (/\saan (?:de|het) .*?\s(?:over|inzake|betreffende) /iu.test(words)) return askingFacts(words);
  }
  return null;
}

/** Who asked whom about what and until when, out of the occasion and the advised decision. */
function factsOf(dossier: QuestionDossier, note: DecisionNote): void {
  const all = (section: Section["section"]): string =>
    note.sections
      .filter((one) => one.section === section)
      .flatMap(({ items }) => items.map(({ text }) => text))
      .join("\n");
  const occasion = all("occasion");
  const title = (note.title ?? "").slice(0, 5_000).replace(/\s+/gu, " ");
  const deadlines = note.details.filter(({ label: name }) => /^deadline/iu.test(name)).map(({ value }) => `Deadline ${value}`);
  const words = [title, all("advised-decision"), occasion, all("core"), all("explanation"), ...deadlines].join("\n");
  dossier.reference = referenceAnywhere.exec([words, ...note.details.map(({ value }) => value)].join("\n"))?.[0] ?? null;
  if (dossier.reference !== null) dossier.referenceFrom = "text";
  const dated = dutchDate(note.details.find(({ label: name }) => /^datum/iu.test(name))?.value ?? "");
  const year = dossier.reference !== null ? Number(dossier.reference.slice(0, 4)) : dated === null ? undefined : Number(dated.slice(0, 4));
  const facts = askedIn(occasion);
  const named = /(?:kamervragen|vragen) (?:van )?((?:(?:het|de) )?(?:kamer)?(?:lid|leden) .+)$/iu.exec(title)?.[1];
  const titled = named === undefined ? null : askingFacts(named);
  dossier.members = [...(facts?.members ?? titled?.members ?? [])];
  dossier.addressees = [...(facts?.addressees ?? titled?.addressees ?? [])];
  dossier.subject = titled?.subject ?? facts?.subject ?? null;
  const day = new RegExp(
    `(?:op|d\\.?d\\.?)\\s+${aDay}${sentence(80)}(?:gesteld|ingezonden|ontvangen)|(?:gesteld|ingezonden|ontvangen)${sentence(40)}\\s(?:op\\s+)?${aDay}`,
    "iu",
  ).exec(occasion);
  dossier.received = dutchDate(day?.[1] ?? day?.[2] ?? "", { year });
  for (const term of terms) {
    const until = term.exec(words)?.[1];
    const last = until === undefined ? null : dutchDate(until, { year, notBefore: dossier.received });
    // A day before the questions were asked ends no term of theirs.
    if (last === null || (dossier.received !== null && last < dossier.received)) continue;
    dossier.due = last;
    dossier.dueFrom = "stated";
    break;
  }
  dossier.source = articleTitle(occasion) ?? articleTitle(title);
  dossier.article = dossier.source === null ? null : { title: dossier.source, outlet: null, published: null, url: null };
}
