/** A case of the Kamer's open data (Zaak with ZaakActor, Document and DocumentActor), from OData JSON or XML, as a dossier: every value goes to a field of its schema or is shown. Called by index.ts. */
import { DOMParser, type Element, type Node, ParseError } from "@xmldom/xmldom";
import type { QuestionDossier } from "#services/parliament/contract/dossier.ts";
import { dutchDate } from "./dates.ts";
import { emptyDossier } from "./dossier.ts";
import { trouble } from "./set-checks.ts";

/** Where a value of a record went. */
export interface RecordPlace {
  readonly field: string;
  /** JSON pointer, or path of elements. */
  readonly path: string;
}

/** One value of a record. */
export type Scalar = string | number | boolean | null;
/** A record as a tree, whatever its spelling. */
export interface Branch {
  readonly name: string;
  readonly path: string;
  readonly value: Scalar | undefined;
  readonly children: readonly Branch[];
  /** Words and elements in their order, for XML. */
  readonly content?: readonly (string | Branch)[];
}

type Entity = "zaak" | "zaakactor" | "document" | "documentactor";
/** Names by the schemas of the Kamer (tkData v1-0), and what the OData service adds to every entity. */
const common = "id gewijzigdOp apiGewijzigdOp verwijderd bijgewerkt";
const attributes: Readonly<Record<Entity, readonly string[]>> = {
  zaak: `${common} nummer soort onderwerp gestartOp organisatie titel citeertitel alias grondslagvoorhang termijn vergaderjaar volgnummer status huidigeBehandelstatus afgedaan grootProject kabinetsappreciatie datum kamerstukdossier_Id`.split(
    " ",
  ),
  zaakactor:
    `${common} zaak_Id persoon_Id fractie_Id commissie_Id zaak persoon fractie commissie actorNaam actorFractie actorAfkorting functie relatie sidActor`.split(
      " ",
    ),
  document:
    `${common} soort documentNummer titel onderwerp datum volgnummer vergaderjaar kamer citeertitel alias datumRegistratie datumOntvangst aanhangselnummer kenmerkAfzender organisatie contentType contentLength huidigeDocumentVersie huidigeDocumentVersie_Id bronDocument zaak kamerstukdossier activiteit agendapunt`.split(
      " ",
    ),
  documentactor:
    `${common} document_Id persoon_Id fractie_Id commissie_Id document persoon fractie commissie actorNaam actorFractie functie relatie sidActor`.split(" "),
};
const spelling: Readonly<Record<Entity, ReadonlyMap<string, string>>> = {
  zaak: new Map(attributes.zaak.map((name) => [name.toLowerCase(), name])),
  zaakactor: new Map(attributes.zaakactor.map((name) => [name.toLowerCase(), name])),
  document: new Map(attributes.document.map((name) => [name.toLowerCase(), name])),
  documentactor: new Map(attributes.documentactor.map((name) => [name.toLowerCase(), name])),
};
const entityOf = (name: string): Entity | null => {
  const bare = name.toLowerCase().replace(/en$|s$/u, (end) => (name.toLowerCase() === "documenten" || end === "s" ? "" : end));
  return bare === "zaak" || bare === "zaakactor" || bare === "document" || bare === "documentactor" ? bare : null;
};

/** Deeper than any record. */
const MAX_DEPTH = 200;

/** JSON as a tree. @throws RangeError when it is deeper than any record. */
export function branchOfJson(name: string, value: unknown, path: string, depth = 0): Branch {
  if (depth > MAX_DEPTH) throw new RangeError(`a record is not more than ${MAX_DEPTH} levels deep`);
  if (Array.isArray(value))
    return { name, path, value: undefined, children: value.map((one: unknown, at) => branchOfJson(name, one, `${path}/${at}`, depth + 1)) };
  if (typeof value === "object" && value !== null)
    return {
      name,
      path,
      value: undefined,
      children: Object.entries(value).map(([key, one]) => branchOfJson(key, one, `${path}/${key.replace(/~/gu, "~0").replace(/\//gu, "~1")}`, depth + 1)),
    };
  const scalar = typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
  return { name, path, value: scalar, children: [] };
}

const isElement = (node: Node): node is Element => node.nodeType === 1;

/** XML as a tree, attributes first; null when it is broken. Entities of a DTD are not resolved: a document with one is refused. */
export function branchOfXml(text: string): Branch | null {
  if (/<!(?:DOCTYPE|ENTITY)/iu.test(text)) return null;
  try {
    const refuse = (): never => {
      throw new ParseError("broken");
    };
    const root = new DOMParser({ onError: (level: string) => void (level !== "warning" && refuse()) }).parseFromString(text, "text/xml").documentElement;
    return root === null ? null : branchOfElement(root, `/${root.localName ?? root.nodeName}`, 0);
  } catch {
    return null;
  }
}

function branchOfElement(element: Element, path: string, depth: number): Branch {
  const name = element.localName ?? element.nodeName;
  if (depth > MAX_DEPTH) throw new ParseError("too deep");
  const children: Branch[] = [];
  let nil = false;
  for (const { name: full, localName, value } of element.attributes) {
    if (full === "xmlns" || full.startsWith("xmlns:")) continue;
    if (localName === "nil" || localName === "null") nil = value === "true";
    else children.push({ name: localName ?? full, path: `${path}/@${full}`, value, children: [] });
  }
  let words = "";
  const content: (string | Branch)[] = [];
  const counts = new Map<string, number>();
  for (const child of element.childNodes) {
    if (isElement(child)) {
      const own = child.localName ?? child.nodeName;
      const count = (counts.get(own) ?? 0) + 1;
      counts.set(own, count);
      const inner = branchOfElement(child, `${path}/${own}[${count}]`, depth + 1);
      children.push(inner);
      content.push(inner);
    } else if (child.nodeType === 3 || child.nodeType === 4) {
      words += child.nodeValue ?? "";
      content.push(child.nodeValue ?? "");
    }
  }
  const bare = words.trim();
  if (children.length === 0) return { name, path, value: nil && bare === "" ? null : bare, children: [], content };
  if (bare !== "") children.push({ name: "#text", path: `${path}/text()`, value: bare, children: [] });
  return { name, path, value: undefined, children, content };
}

/** What belongs to the service that answered and not to the case: OData annotations, the frame of an Atom feed. */
const envelope = /^(?:@?odata\..*|@odata.*|.*@odata\..*|type|etag|base|href|rel|updated|published|title|category|skiptoken)$/iu;
/** Attributes that are no words in the schemas; XML writes them as words. */
const truths = new Set(["verwijderd", "afgedaan", "grootProject"]);
const counts = new Set(["volgnummer", "kamer", "contentLength"]);
const typed = (name: string, value: Scalar): Scalar => {
  if (typeof value !== "string") return value;
  if (truths.has(name) && (value === "true" || value === "false")) return value === "true";
  return counts.has(name) && /^-?\d{1,15}$/u.test(value) ? Number(value) : value;
};

/** A record read, with where its values went. */
export interface RecordReading {
  readonly dossiers: readonly QuestionDossier[];
  readonly places: readonly RecordPlace[];
}

interface Found {
  readonly zaken: { readonly branch: Branch; readonly inside: Branch[] }[];
  readonly loose: Branch[];
  readonly rest: Branch[];
}

/** Reads the cases in a tree; null when it holds nothing of the Kamer's open data. */
export function readRecords(root: Branch): RecordReading | null {
  const found: Found = { zaken: [], loose: [], rest: [] };
  sort(root, null, null, found);
  if (found.zaken.length === 0 && found.loose.length === 0) return null;
  if (found.zaken.length === 0) found.zaken.push({ branch: { name: "zaak", path: "", value: undefined, children: [] }, inside: [] });
  const idOf = (branch: Branch, names: readonly string[]): Scalar | undefined => leaf(branch, names);
  for (const branch of found.loose) {
    const of =
      idOf(branch, ["zaak_id", "zaak"]) ?? branch.children.filter(({ name }) => name.toLowerCase() === "zaak").map((one) => leaf(one, ["ref", "id"]))[0];
    const home = found.zaken.find(({ branch: zaak }) => of !== undefined && of !== null && idOf(zaak, ["id"]) === of) ?? found.zaken[0];
    home?.inside.push(branch);
  }
  const places: RecordPlace[] = [];
  const dossiers = found.zaken.map(({ branch, inside }, at) => readZaak(branch, inside, at === 0 ? "" : `/others/${at - 1}`, places));
  const [first] = dossiers;
  for (const branch of found.rest) show(branch, first, "", places);
  for (const other of dossiers.slice(1))
    first?.troubles.push(trouble("two-sets", { line: 0, page: null, path: found.zaken[dossiers.indexOf(other)]?.branch.path ?? null }, other.reference ?? ""));
  return { dossiers, places };
}

/** Sorts a tree into cases, what stands inside them or beside them, and the rest. */
function sort(branch: Branch, within: Entity | null, inside: Branch[] | null, found: Found): void {
  if (branch.value !== undefined) {
    found.rest.push(branch);
    return;
  }
  const entity = entityOf(branch.name) ?? guess(branch);
  const single =
    !branch.children.some(({ path }) => /\/\d+$/u.test(path) && path.startsWith(`${branch.path}/`)) || branch.children.some(({ value }) => value !== undefined);
  if (entity !== null && single && branch.children.length > 0 && within === null) {
    if (entity === "zaak") {
      const own: Branch[] = [];
      found.zaken.push({ branch, inside: own });
      return;
    }
    (inside ?? found.loose).push(branch);
    return;
  }
  for (const child of branch.children) sort(child, within, inside, found);
}

/** An entity in a list without a name of its own (`value` of OData, `content` of a feed). */
function guess(branch: Branch): Entity | null {
  const names = new Set(branch.children.map(({ name }) => name.toLowerCase()));
  if (names.has("nummer") && (names.has("gestartop") || names.has("onderwerp"))) return "zaak";
  if (names.has("documentnummer")) return "document";
  if (names.has("actornaam")) return names.has("document_id") ? "documentactor" : "zaakactor";
  return null;
}

const leaf = (branch: Branch, names: readonly string[]): Scalar | undefined =>
  branch.children.find(({ name, value }) => value !== undefined && names.includes(name.toLowerCase()))?.value;

function show(branch: Branch, dossier: QuestionDossier | undefined, pointer: string, places: RecordPlace[]): void {
  if (dossier === undefined) return;
  if (branch.value === undefined) {
    for (const child of branch.children) show(child, dossier, pointer, places);
    return;
  }
  if (branch.value === null || branch.value === "") return;
  if (envelope.test(branch.name) || /\/(?:link|author|generator)(?:\[\d+\])?\//u.test(branch.path)) {
    places.push({ field: `${pointer}/furniture/${dossier.furniture.length}`, path: branch.path });
    dossier.furniture.push(String(branch.value));
    return;
  }
  places.push({ field: `${pointer}/unplaced/${dossier.unplaced.length}/text`, path: branch.path });
  dossier.unplaced.push({ text: String(branch.value), place: { line: 0, page: null, path: branch.path } });
}

function readZaak(branch: Branch, loose: readonly Branch[], pointer: string, places: RecordPlace[]): QuestionDossier {
  const dossier = emptyDossier("record");
  const record: NonNullable<QuestionDossier["record"]> = { zaak: {}, actors: [], documents: [], documentActors: [] };
  dossier.record = record;
  const inside: { readonly branch: Branch; readonly entity: Entity }[] = loose.map((one) => ({
    branch: one,
    entity: entityOf(one.name) ?? guess(one) ?? "zaakactor",
  }));
  const take = (from: Branch, entity: Entity, into: Record<string, Scalar>, field: string): void => {
    for (const child of from.children) {
      const name = spelling[entity].get(child.name.toLowerCase());
      if (child.value !== undefined) {
        if (name === undefined || name in into) show(child, dossier, pointer, places);
        else {
          into[name] = typed(name, child.value);
          places.push({ field: `${field}/${name}`, path: child.path });
        }
        continue;
      }
      const kind = entityOf(child.name);
      if (kind !== null && kind !== entity && kind !== "zaak") {
        const list = child.children.some(({ value }) => value !== undefined) ? [child] : child.children;
        for (const one of list) inside.push({ branch: one, entity: kind });
        continue;
      }
      // A reference to something else (`<persoon ref="…"/>`): its id is the value.
      const [only] = child.children;
      if (name !== undefined && child.children.length === 1 && only?.value !== undefined && only.name === "ref" && !(name in into)) {
        into[name] = only.value;
        places.push({ field: `${field}/${name}`, path: only.path });
      } else show(child, dossier, pointer, places);
    }
  };
  take(branch, "zaak", record.zaak, `${pointer}/record/zaak`);
  for (let at = 0; at < inside.length; at++) {
    const one = inside[at];
    if (one === undefined) continue;
    const list = one.entity === "document" ? "documents" : one.entity === "documentactor" ? "documentActors" : "actors";
    const fields: Record<string, Scalar> = {};
    const place = record[list].length;
    record[list].push(fields);
    take(one.branch, one.entity, fields, `${pointer}/record/${list}/${place}`);
  }
  factsOf(dossier, record);
  return dossier;
}

const words = (value: Scalar | undefined): string | null => (typeof value === "string" && value !== "" ? value : null);
const day = (value: Scalar | undefined): string | null => (typeof value === "string" ? dutchDate(value) : null);
const office = /^(?:minister|staatssecretaris)/iu;

function factsOf(dossier: QuestionDossier, { zaak, actors, documents }: NonNullable<QuestionDossier["record"]>): void {
  dossier.reference = words(zaak["nummer"]);
  dossier.referenceFrom = dossier.reference === null ? null : "record";
  dossier.title = words(zaak["titel"]);
  dossier.subject = words(zaak["onderwerp"]);
  dossier.parliamentaryYear = words(zaak["vergaderjaar"]);
  const first = documents.find(({ soort }) => soort === "Schriftelijke vragen") ?? documents[0];
  dossier.documentNumber = words(first?.["documentNummer"]);
  dossier.received = day(zaak["gestartOp"]) ?? day(first?.["datum"]);
  dossier.due = day(zaak["termijn"]);
  dossier.dueFrom = dossier.due === null ? null : "record";
  for (const actor of actors) {
    const relation = String(actor["relatie"] ?? "");
    const [name, role] = [words(actor["actorNaam"]), words(actor["functie"])];
    if (/indiener$/iu.test(relation) && name !== null) dossier.members.push({ name, faction: words(actor["actorFractie"]) });
    else if (/gericht aan/iu.test(relation)) {
      const whom = role !== null && office.test(role) ? role : (name ?? role);
      if (whom !== null) dossier.addressees.push(whom.charAt(0).toUpperCase() + whom.slice(1));
    }
  }
  const place = { line: 0, page: null, path: "" };
  if (dossier.reference === null) dossier.troubles.push(trouble("no-reference", place));
  if (dossier.members.length === 0) dossier.troubles.push(trouble("no-members", place));
  if (dossier.received === null) dossier.troubles.push(trouble("no-date", place));
}
