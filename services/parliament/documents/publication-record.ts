/**
 * Under what a letter or note is published on open.overheid.nl: the fields of DiWoo metadata, as JSON and as XML, with a parser of our own that reads the XML back strictly. Used by index.ts.
 *
 * [Note: What is known of DiWoo] From public code that publishes under it (the publication platforms of VWS and of municipalities, KOOP's own upload form), not from the schema itself, which
 * was out of reach: the namespace and version 0.9.8; the names of the elements; publisher, category, kind of act and language as `resource` with words in them; the category "Vergaderstukken
 * Staten-Generaal" as `c_c76862ab` (one other program has another code for it); `c_e1ec050e` ondertekening, `c_641ecd76` vaststelling, `c_dfcee535` ontvangst; languages and file types by
 * the authority tables of the EU's Publications Office. Not verified: the order of the elements, which of them are compulsory, and the codes of the kinds of document. open.overheid.nl does
 * know `beslisnota` as a kind, but its code was found nowhere, so that the kind is in the JSON and reaches the XML only with a `kindResource` that the publisher looked up. Nothing was
 * sent to a real service.
 */
import { DOMParser, type Element } from "@xmldom/xmldom";
import Type, { type Static } from "typebox";
import { Check, Errors } from "typebox/value";
import { xmlText } from "./letters.ts";

const Day = Type.String({ pattern: "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$" });
const Line = Type.String({ minLength: 1, maxLength: 1_000, pattern: "\\S" });
const Identifier = Type.String({ minLength: 1, maxLength: 200, pattern: "^\\S(?:.*\\S)?$" });
const closed = { additionalProperties: false };
/** An organisation in TOOI, the thesaurus of the government: `https://identifier.overheid.nl/tooi/id/ministerie/mnre1034`. */
const Organisation = Type.Object(
  { resource: Type.String({ pattern: "^https://identifier\\.overheid\\.nl/tooi/id/[a-z_]+/[a-z0-9_]+$" }), label: Line },
  closed,
);

/** Kinds of document this room makes, by the words open.overheid.nl knows them under. */
export const documentKinds = ["beslisnota", "antwoord Kamervragen"] as const;

/** The record of one publication. */
export const PublicationRecord = Type.Object(
  {
    title: Line,
    kind: Type.Enum([...documentKinds]),
    /** Address of the kind in TOOI, where the publisher has looked it up; null leaves it out of the XML. */
    kindResource: Type.Union([Type.String({ pattern: "^https://identifier\\.overheid\\.nl/tooi/def/thes/kern/c_[0-9a-f]+$" }), Type.Null()]),
    publisher: Organisation,
    /** Who answers for it, where that is another. */
    responsible: Type.Union([Organisation, Type.Null()]),
    /** Numbers it is known by: case at the Kamer, reference of the ministry. */
    identifiers: Type.Array(Identifier, { minItems: 1, maxItems: 20, uniqueItems: true }),
    /** Day the document was made. */
    created: Day,
    /** Day the minister signed or decided. */
    signed: Day,
    /** Day from which it may be read. */
    published: Day,
    format: Type.Enum(["PDF", "DOCX", "ODT"]),
    /** Number of the case or document it belongs to, such as the letter a note goes along with; null for none. */
    belongsTo: Type.Union([Identifier, Type.Null()]),
  },
  closed,
);
/** The record of one publication. */
export type PublicationRecord = Static<typeof PublicationRecord>;

/** `record-invalid`: not the form above. `xml-broken`: no XML. `xml-unexpected`: another element, value or order than this file writes. */
export type RecordErrorCode = "record-invalid" | "xml-broken" | "xml-unexpected";
/** A record that was refused; `place` is a JSON pointer or the name of an element. */
export class RecordError extends Error {
  override readonly name = "RecordError";
  readonly code: RecordErrorCode;
  readonly place: string;
  constructor(code: RecordErrorCode, place: string, message: string) {
    super(message);
    this.code = code;
    this.place = place;
  }
}

const namespace = "https://standaarden.overheid.nl/diwoo/metadata/";
const version = "0.9.8";
const thesaurus = "https://identifier.overheid.nl/tooi/def/thes/kern/";
/** Answers to questions of the Kamer and what goes along with them (Woo article 3.3, second paragraph, under b). */
const category = { resource: `${thesaurus}c_c76862ab`, label: "Vergaderstukken Staten-Generaal" } as const;
const signing = { resource: `${thesaurus}c_e1ec050e`, label: "ondertekening" } as const;
const language = { resource: "http://publications.europa.eu/resource/authority/language/NLD", label: "Nederlands" } as const;
const fileType = "http://publications.europa.eu/resource/authority/file-type/";

const realDay = (day: string): boolean => new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);

/** @throws {RecordError} `record-invalid` */
function checked(record: unknown): PublicationRecord {
  if (!Check(PublicationRecord, record)) {
    const [first] = Errors(PublicationRecord, record);
    throw new RecordError(
      "record-invalid",
      first?.instancePath ?? "",
      `The record is wrong at ${first?.instancePath ?? "/"}: it ${first?.message ?? "has another form"}.`,
    );
  }
  for (const field of ["created", "signed", "published"] as const)
    if (!realDay(record[field])) throw new RecordError("record-invalid", `/${field}`, `The record is wrong at /${field}: it is a day that no calendar has.`);
  if (record.published < record.created)
    throw new RecordError("record-invalid", "/published", "The record is wrong at /published: it lies before the day the document was made.");
  return record;
}

/** The record as JSON, with the words and addresses the XML has. @throws {RecordError} */
export function recordJson(given: PublicationRecord): string {
  const record = checked(given);
  return `${JSON.stringify({ standard: `DiWoo ${version}`, ...record, category, language, fileType: `${fileType}${record.format}` }, null, 2)}\n`;
}

const element = (name: string, inner: string, resource: string | null = null): string =>
  `<diwoo:${name}${resource === null ? "" : ` resource="${xmlText(resource)}"`}>${inner}</diwoo:${name}>`;
const known = (name: string, { resource, label }: { readonly resource: string; readonly label: string }): string => element(name, xmlText(label), resource);

/** The record as DiWoo XML. @throws {RecordError} */
export function recordXml(given: PublicationRecord): string {
  const record = checked(given);
  const kinds = record.kindResource === null ? "" : element("documentsoorten", known("documentsoort", { resource: record.kindResource, label: record.kind }));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<diwoo:Document xmlns:diwoo="${namespace}">${element(
    "DiWoo",
    [
      element("creatiedatum", record.created),
      known("publisher", record.publisher),
      record.responsible === null ? "" : known("verantwoordelijke", record.responsible),
      known("format", { resource: `${fileType}${record.format}`, label: record.format }),
      known("language", language),
      element("identifiers", record.identifiers.map((one) => element("identifier", xmlText(one))).join("")),
      element("titelcollectie", element("officieleTitel", xmlText(record.title))),
      element("classificatiecollectie", `${element("informatiecategorieen", known("informatiecategorie", category))}${kinds}`),
      element("geldigheid", element("begindatum", record.published)),
      element("documenthandelingen", element("documenthandeling", `${known("soortHandeling", signing)}${element("atTime", `${record.signed}T00:00:00`)}`)),
      record.belongsTo === null ? "" : element("isPartOf", xmlText(record.belongsTo)),
    ].join(""),
  )}</diwoo:Document>\n`;
}

/** Reads children by name, each at most once, and says which are left. */
class Fields {
  readonly #name: string;
  readonly #left: Element[] = [];
  constructor(parent: Element) {
    this.#name = parent.localName ?? "";
    for (let node = parent.firstChild; node !== null; node = node.nextSibling) {
      if (isElement(node)) this.#left.push(node);
      else if ((node.nodeValue ?? "").trim() !== "" || node.nodeType === 7)
        throw new RecordError("xml-unexpected", this.#name, `In ${this.#name} stand words that belong to no field.`);
    }
  }
  maybe(name: string): Element | null {
    const at = this.#left.findIndex((one) => one.localName === name && one.namespaceURI === namespace);
    return at < 0 ? null : (this.#left.splice(at, 1)[0] ?? null);
  }
  need(name: string): Element {
    const found = this.maybe(name);
    if (found === null) throw new RecordError("xml-unexpected", name, `${this.#name} lacks ${name}.`);
    return found;
  }
  all(name: string): Element[] {
    const found: Element[] = [];
    for (let next = this.maybe(name); next !== null; next = this.maybe(name)) found.push(next);
    return found;
  }
  end(): void {
    const [first] = this.#left;
    if (first !== undefined)
      throw new RecordError("xml-unexpected", first.nodeName, `${this.#name} holds ${first.nodeName}, which stands there once too often or is no field.`);
  }
}

const isElement = (node: unknown): node is Element => typeof node === "object" && node !== null && "nodeType" in node && node.nodeType === 1;

const textIn = (field: Element): string => {
  for (let node = field.firstChild; node !== null; node = node.nextSibling)
    if (isElement(node)) throw new RecordError("xml-unexpected", node.nodeName, `${field.nodeName} must hold words only.`);
  return field.textContent ?? "";
};
const knownIn = (field: Element): { resource: string; label: string } => ({ resource: field.getAttribute("resource") ?? "", label: textIn(field) });

/** One fixed value. */
function expectKnown(field: Element, { resource, label }: { readonly resource: string; readonly label: string }): void {
  const found = knownIn(field);
  if (found.resource !== resource || found.label !== label)
    throw new RecordError("xml-unexpected", field.nodeName, `${field.nodeName} must be ${label} (${resource}).`);
}
function only(parent: Element, name: string): Element {
  const fields = new Fields(parent);
  const found = fields.need(name);
  fields.end();
  return found;
}

/**
 * Reads what {@link recordXml} writes, strictly: another element, value or word is refused. The `kind` of a record without its address in TOOI is not in the XML and is told.
 * @throws {RecordError}
 */
export function readRecordXml(xml: string, kind: PublicationRecord["kind"]): PublicationRecord {
  let root: Element | null;
  try {
    root = new DOMParser({
      onError: (_level, message) => {
        throw new RecordError("xml-broken", "", `The record is no XML: ${message.slice(0, 200)}`);
      },
    }).parseFromString(xml, "text/xml").documentElement;
  } catch (error) {
    if (error instanceof RecordError) throw error;
    throw new RecordError("xml-broken", "", "The record is no XML.");
  }
  if (root === null || root.localName !== "Document" || root.namespaceURI !== namespace)
    throw new RecordError("xml-unexpected", root?.nodeName ?? "", `The record must be a Document of ${namespace}.`);
  const fields = new Fields(only(root, "DiWoo"));
  const classes = new Fields(fields.need("classificatiecollectie"));
  expectKnown(only(classes.need("informatiecategorieen"), "informatiecategorie"), category);
  const kinds = classes.maybe("documentsoorten");
  const named = kinds === null ? null : knownIn(only(kinds, "documentsoort"));
  classes.end();
  expectKnown(fields.need("language"), language);
  const format = knownIn(fields.need("format"));
  const act = new Fields(only(fields.need("documenthandelingen"), "documenthandeling"));
  expectKnown(act.need("soortHandeling"), signing);
  const signed = textIn(act.need("atTime"));
  act.end();
  if (!signed.endsWith("T00:00:00")) throw new RecordError("xml-unexpected", "diwoo:atTime", "diwoo:atTime must be a day at 00:00:00.");
  if (format.resource !== `${fileType}${format.label}`)
    throw new RecordError("xml-unexpected", "diwoo:format", "diwoo:format has another address than its words say.");
  if (named !== null && named.label !== kind) throw new RecordError("xml-unexpected", "diwoo:documentsoort", `diwoo:documentsoort must be ${kind}.`);
  const identifiers = new Fields(fields.need("identifiers"));
  const responsible = fields.maybe("verantwoordelijke");
  const belongsTo = fields.maybe("isPartOf");
  const record = checked({
    title: textIn(only(fields.need("titelcollectie"), "officieleTitel")),
    kind,
    kindResource: named?.resource ?? null,
    publisher: knownIn(fields.need("publisher")),
    responsible: responsible === null ? null : knownIn(responsible),
    identifiers: identifiers.all("identifier").map(textIn),
    created: textIn(fields.need("creatiedatum")),
    signed: signed.slice(0, 10),
    published: textIn(only(fields.need("geldigheid"), "begindatum")),
    format: format.label,
    belongsTo: belongsTo === null ? null : textIn(belongsTo),
  });
  identifiers.end();
  fields.end();
  return record;
}
