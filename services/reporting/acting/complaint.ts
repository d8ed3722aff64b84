/** Facts for a criminal complaint: what is still missing, what a report already answers, and the paper for the police. It never says that something is a crime. */
import { articles, type Article } from "#registers/articles/index.ts";
import { functions } from "#registers/functions/index.ts";
import { sources } from "#registers/sources/index.ts";
import type { OfficeFunction } from "#services/dossier/contract/bodies.ts";
import type { IncidentChannel, IncidentForm, ReportBody } from "#services/reporting/contract/index.ts";
import { questionIds, type ComplaintPreparation, type ConsideredArticle, type QuestionId } from "#services/reporting/contract/preparation.ts";
import { formsBeyond, heavierFor, wantsRequest } from "./considered.ts";
import { longMoment } from "./document.ts";
import { evidenceRows, type EvidenceItem, type EvidenceRow } from "./evidence.ts";

/** Something the person may still want to fill in. Nothing stops the paper from being made. */
export type ComplaintGap = QuestionId | "name" | "function" | "domicile" | "filer" | "articles" | "evidence" | "request";

const empty = (text: string): boolean => text.trim() === "";

/** What is missing, in the order in which the screen asks it. */
export function complaintGaps(given: ComplaintPreparation): ComplaintGap[] {
  const gaps: ComplaintGap[] = questionIds.filter((id) => empty(given.answers[id]));
  if (empty(given.person.name)) gaps.push("name");
  if (given.person.function === null) gaps.push("function");
  if (empty(given.domicile.name) || empty(given.domicile.address) || empty(given.domicile.place)) gaps.push("domicile");
  if (given.by === "employer" && empty(given.filer.name)) gaps.push("filer");
  if (given.articles.length === 0) gaps.push("articles");
  if (!given.prosecution && wantsRequest(given.articles.map(({ id }) => id))) gaps.push("request");
  if (given.evidence.length === 0) gaps.push("evidence");
  return gaps;
}

const channelWords: Readonly<Record<IncidentChannel, string>> = {
  "social-media": "Via sociale media",
  "e-mail": "Via e-mail",
  messaging: "Via een app of sms",
  phone: "Via de telefoon",
  letter: "Via een brief of pakket",
  "in-person": "In persoon, op straat of tijdens het werk",
  "at-home": "In persoon, bij de woning",
  website: "Via een website of forum",
  other: "",
};
const formWords: Readonly<Record<IncidentForm, string>> = {
  verbal: "schelden",
  threat: "bedreiging",
  physical: "fysiek geweld",
  discrimination: "discriminatie",
  sexual: "seksuele intimidatie",
  doxing: "persoonsgegevens verspreiden",
  other: "",
};
const knownWords = { known: "De dader is bekend", suspected: "Er is een vermoeden", unknown: "Onbekend" } as const;
const told = (parts: readonly string[], between = ". "): string => parts.filter((part) => !empty(part)).join(between);

/** What the report already answers; `why` is left to the person. The paper is Dutch, and so are these. */
export function answersFrom(report: ReportBody): ComplaintPreparation["answers"] {
  return {
    who: told([knownWords[report.author.known], report.author.words]),
    what: report.inOwnWords.slice(0, 40_000),
    where: report.where,
    "with-what": report.channel === null ? "" : channelWords[report.channel],
    "in-what-way": told(
      report.what.map((form) => formWords[form]),
      ", ",
    ),
    when: told([report.when.words, report.when.at === null ? "" : longMoment(report.when.at)], ", "),
    why: "",
  };
}

/** Dutch name of an office. */
export const functionWords = (id: OfficeFunction | null): string => (id === null ? "" : (functions.get(id)?.nl ?? ""));

/** One article as the paper prints it. */
export interface PaperArticle {
  article: string;
  name: string;
  elements: { text: string; seen: boolean }[];
  note: string;
  request: string;
  heavier: string;
  limits: string;
  open: string;
  source: string;
}

/** The paper, of the same form as the data of the template `aangifte`. */
export interface ComplaintPaper {
  document: { title: string; reference: string; version: null; date: string; marking: string; demonstration: boolean };
  by: ComplaintPreparation["by"];
  person: { name: string; function: string; organisation: string };
  filer: { name: string; office: string };
  domicile: { name: string; address: string; place: string };
  contact: string;
  prosecution: boolean;
  questions: { id: QuestionId; text: string }[];
  articles: PaperArticle[];
  beyond: string;
  evidence: EvidenceRow[];
  leftOut: string[];
}

/** What the paper is made from. */
export interface ComplaintFacts {
  readonly preparation: ComplaintPreparation;
  /** Every file of the dossier this reader may see. */
  readonly evidence: readonly EvidenceItem[];
  /** Forms the report named. */
  readonly forms: readonly IncidentForm[];
  readonly reference: string;
  /** Day it is made, `YYYY-MM-DD`. */
  readonly date: string;
  readonly demonstration: boolean;
}

const requestTerm = "De klacht moet er zijn binnen drie maanden nadat wie haar mag indienen van het feit hoorde (art. 66 Sr).";

/** Whether the public prosecutor may act without being asked. Nothing is said where that is so, as for threats (285), doxing (285d) and incitement (131). */
const requests: Readonly<Record<Article["complaint"], string>> = {
  never: "",
  always: `Zonder verzoek tot vervolging (klacht) mag het OM niet vervolgen. ${requestTerm}`,
  "unless-official": `Zonder verzoek tot vervolging (klacht) mag het OM niet vervolgen, tenzij artikel 267 geldt. ${requestTerm}`,
  "if-defamation": `Is met smaad of smaadschrift gedreigd, dan mag het OM zonder verzoek tot vervolging (klacht) niet vervolgen (art. 284 lid 2 Sr). ${requestTerm}`,
};

function heavierWords(article: Article, given: ComplaintPreparation["person"]): string {
  const known = heavierFor(article, given.function);
  if (known === null) return "";
  if (known === "named") return `De straf is een derde hoger bij deze functie: ${functionWords(given.function)} staat in de lijst van de gelezen tekst.`;
  return `De straf is een derde hoger bij bepaalde functies. De functie ${functionWords(given.function)} staat niet in de lijst van de gelezen tekst.`;
}

function paperArticle(article: Article, chosen: ConsideredArticle, person: ComplaintPreparation["person"]): PaperArticle {
  const seen = new Set(chosen.elements);
  return {
    article: article.article,
    name: article.nl.name,
    elements: article.elements.map((id) => ({ text: article.nl.elements[id] ?? id, seen: seen.has(id) })),
    note: chosen.note,
    request: requests[article.complaint],
    heavier: heavierWords(article, person),
    limits: article.nl.limits,
    open: article.nl.open,
    source: told([sources.get(article.source)?.title ?? "", article.where], ", ").slice(0, 400),
  };
}

const many = (count: number, one: string, more: string): string => (count === 1 ? `Eén ${one}` : `${count} ${more}`);

/** What is not in the paper, so that nobody thinks it is everything. */
function leftOut({ preparation, evidence }: ComplaintFacts, rows: readonly EvidenceRow[]): string[] {
  const others = evidence.length - rows.length;
  const unstamped = rows.filter(({ stamp }) => stamp === null).length;
  const open = questionIds.filter((id) => empty(preparation.answers[id])).length;
  return [
    "Een plek voor het woonadres: die is er met opzet niet. Staat het toch in een antwoord, een toelichting of bij een bestand, neem het dan niet over.",
    "De bestanden zelf. Zij gaan apart mee; de lijst noemt hun vingerafdruk, zodat te zien is dat het dezelfde zijn.",
    "Berichten tussen de melder en het veiligheidspunt, en wat het veiligheidspunt van de ernst vond.",
    "Maatregelen voor de veiligheid van de woning.",
    "Een oordeel of iets strafbaar is, en wie de dader is. Dat is aan politie en OM.",
    ...(others > 0 ? [`${many(others, "ander bestand", "andere bestanden")} uit het dossier.`] : []),
    ...(unstamped > 0 ? [`Een tijdstempel van een ander dan de melder, bij ${unstamped === 1 ? "één bestand" : `${unstamped} bestanden`}.`] : []),
    ...(open > 0 ? [`Antwoord op ${open === 1 ? "één van de zeven vragen" : `${open} van de zeven vragen`}.`] : []),
  ];
}

/** The facts for the police, in the order in which an aangifte is taken. */
export function complaintPaper(facts: ComplaintFacts): ComplaintPaper {
  const { preparation: given } = facts;
  const rows = evidenceRows(facts.evidence, given.evidence);
  const chosen = new Map(given.articles.map((one) => [one.id, one]));
  const beyond = formsBeyond(facts.forms).map((form) => formWords[form]);
  return {
    document: {
      title: "Feiten voor de aangifte",
      reference: facts.reference,
      version: null,
      date: facts.date,
      marking: "Vertrouwelijk",
      demonstration: facts.demonstration,
    },
    by: given.by,
    person: { name: given.person.name, function: functionWords(given.person.function), organisation: given.person.organisation },
    filer: given.filer,
    domicile: given.domicile,
    contact: given.contact,
    prosecution: given.prosecution,
    questions: questionIds.map((id) => ({ id, text: given.answers[id] })),
    articles: [...articles.values()].flatMap((article) => {
      const one = chosen.get(article.id);
      return one === undefined ? [] : [paperArticle(article, one, given.person)];
    }),
    beyond: beyond.length === 0 ? "" : `Gemeld is ook: ${beyond.join(", ")}. Daarvoor gelden andere artikelen, die hier niet staan.`,
    evidence: rows,
    leftOut: leftOut(facts, rows),
  };
}
