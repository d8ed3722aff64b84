/** A case of the Kamer's open data (Zaak with ZaakActor, Document and DocumentActor), from OData JSON or XML, as a dossier: every value goes to a field of its schema or is shown. Called by index.ts. */
import { DOMParser, type Element, type Node, ParseError } from "@xmldom/xmldom";
import type { QuestionDossier } from "#services/parliament/contract/dossier.ts";
import { dutchDay } from "#services/dossier/workflow/terms.ts";
import { dutchDate } from "./dates.ts";
import { emptyDossier } from "./dossier.ts";
import { articleTitle, askingFacts } from "./headings.ts";
import { opensTitle } from "./markers.ts";
import { capital } from "./people.ts";
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

interface Zaak {
  readonly branch: Branch;
  /** Records beside or around it that belong to it. */
  readonly inside: Branch[];
  /** The same case once more, expanded in another record. */
  readonly again: Branch[];
}
interface Found {
  readonly zaken: Zaak[];
  readonly loose: Branch[];
  readonly rest: Branch[];
  /** What the records of a list are when they do not show it themselves, from the context of the answer. */
  readonly listed: Entity | null;
}

/** What the answer is a list of: `…$metadata#Zaak(ZaakActor())` (OData JSON Format 4.01 section 4.5.1). */
function contextOf(root: Branch): Entity | null {
  const context = leaf(root, ["@odata.context", "@context"]);
  const name = typeof context === "string" ? /#(\w+)/u.exec(context)?.[1] : undefined;
  return name === undefined ? null : entityOf(name);
}

/** Cases of a file by their id; where a record says which it belongs to, that is where it goes. */
function placeLoose(found: Found): void {
  const zaken = new Map<Scalar, Zaak>();
  for (const zaak of found.zaken) {
    const id = leaf(zaak.branch, ["id"]);
    if (id !== undefined && id !== null && !zaken.has(id)) zaken.set(id, zaak);
  }
  const alone = found.zaken.length === 0;
  const ofDocument = new Map<Scalar, Zaak>();
  const entity = (branch: Branch): Entity | null => entityOf(branch.name) ?? guess(branch);
  const put = (branch: Branch, home: Zaak): void => {
    home.inside.push(branch);
    const id = leaf(branch, ["id"]);
    if (id !== undefined && id !== null && entity(branch) === "document") ofDocument.set(id, home);
  };
  for (const { branch, inside } of found.zaken) {
    const home = zaken.get(leaf(branch, ["id"]) ?? "");
    for (const one of [...inside, ...branch.children.filter(({ name }) => entityOf(name) === "document").flatMap((list) => [list, ...list.children])]) {
      const id = leaf(one, ["id"]);
      if (home !== undefined && id !== undefined && id !== null) ofDocument.set(id, home);
    }
  }
  // Signatures stand with their documents, so those come first.
  const rank = (branch: Branch): number => (entity(branch) === "documentactor" ? 1 : 0);
  for (const branch of found.loose.toSorted((a, b) => rank(a) - rank(b))) {
    const named = idsOf(branch, "zaak");
    const documents = idsOf(branch, "document");
    let home = named.map((id) => zaken.get(id)).find((one) => one !== undefined) ?? documents.map((id) => ofDocument.get(id)).find((one) => one !== undefined);
    if (home === undefined && (alone || named.length + documents.length === 0)) {
      const [id] = named;
      home = id === undefined ? found.zaken[0] : undefined;
      if (home === undefined) {
        home = { branch: { name: "zaak", path: "", value: undefined, children: [] }, inside: [], again: [] };
        found.zaken.push(home);
        if (id !== undefined) zaken.set(id, home);
      }
    }
    // It belongs to a case that is not here: nobody of that case asked this.
    if (home === undefined) found.rest.push(branch);
    else put(branch, home);
  }
}

/** The ids by which a record names what it belongs to: `Zaak_Id`, `<zaak ref="…"/>`. */
function idsOf(branch: Branch, what: "zaak" | "document"): Scalar[] {
  const direct = leaf(branch, [`${what}_id`, what]);
  const referred = branch.children.flatMap((child) => (child.value === undefined && child.name.toLowerCase() === what ? [leaf(child, ["ref", "id"])] : []));
  return [direct, ...referred].filter((id): id is Scalar => id !== undefined && id !== null);
}

/** Reads the cases in a tree; null when it holds nothing of the Kamer's open data. */
export function readRecords(root: Branch): RecordReading | null {
  const found: Found = { zaken: [], loose: [], rest: [], listed: contextOf(root) };
  sort(root, null, found);
  if (found.zaken.length === 0 && found.loose.length === 0) return null;
  placeLoose(found);
  const places: RecordPlace[] = [];
  const dossiers = found.zaken.map((zaak, at) => readZaak(zaak, at === 0 ? "" : `/others/${at - 1}`, places));
  const [first] = dossiers;
  for (const branch of found.rest) show(branch, first, "", places);
  for (const [at, { reference }] of dossiers.entries())
    if (at > 0) first?.troubles.push(trouble("two-sets", { line: 0, page: null, path: found.zaken[at]?.branch.path ?? null }, reference ?? ""));
  return { dossiers, places };
}

/** Sorts a tree into cases, what stands beside or around them, and the rest. */
function sort(branch: Branch, listed: Entity | null, found: Found): void {
  if (branch.value !== undefined) {
    found.rest.push(branch);
    return;
  }
  const entity = entityOf(branch.name) ?? guess(branch) ?? listed;
  const list = isList(branch);
  if (entity === null || list || branch.children.length === 0) {
    const inside = list && (branch.name === "value" || branch.name === "") ? found.listed : null;
    for (const child of branch.children) sort(child, inside, found);
    return;
  }
  if (entity === "zaak") {
    addZaak(branch, found);
    return;
  }
  // `Document?$expand=Zaak`, `ZaakActor?$expand=Zaak`: the case stands inside what belongs to it.
  const expanded = branch.children.flatMap((child) => {
    if (child.value !== undefined || entityOf(child.name) !== "zaak") return [];
    return (isList(child) ? child.children : [child]).filter((one) => guess(one) === "zaak");
  });
  if (expanded.length === 0) {
    found.loose.push(branch);
    return;
  }
  const [home] = expanded.map((one) => addZaak(one, found));
  home?.inside.push({ ...branch, children: branch.children.filter((child) => !expanded.some((one) => one === child || child.children.includes(one))) });
}

/** A list in JSON: its children have numbers for names of their own. */
const isList = ({ path, children }: Branch): boolean =>
  children.length > 0 && children.every((child) => /^\/\d+$/u.test(child.path.slice(path.length)) && child.value === undefined);

/** Keeps a case, once. */
function addZaak(branch: Branch, found: Found): Zaak {
  const id = leaf(branch, ["id"]);
  const known = id === undefined || id === null ? undefined : zaakById.get(found)?.get(id);
  if (known !== undefined) {
    known.again.push(branch);
    return known;
  }
  const zaak: Zaak = { branch, inside: [], again: [] };
  found.zaken.push(zaak);
  if (id !== undefined && id !== null) {
    const ids = zaakById.get(found) ?? new Map<Scalar, Zaak>();
    zaakById.set(found, ids.set(id, zaak));
  }
  return zaak;
}
const zaakById = new WeakMap<Found, Map<Scalar, Zaak>>();

/** An entity in a list without a name of its own (`value` of OData, `content` of a feed). */
function guess(branch: Branch): Entity | null {
  const names = new Set(branch.children.map(({ name }) => name.toLowerCase()));
  if (names.has("documentnummer")) return "document";
  if (names.has("actornaam")) return names.has("document_id") ? "documentactor" : "zaakactor";
  if (names.has("nummer") && (names.has("gestartop") || names.has("onderwerp"))) return "zaak";
  // Of a record that was deleted nothing else need be left.
  return names.has("id") && isTrue(leaf(branch, ["verwijderd"])) ? "zaak" : null;
}

const isTrue = (value: Scalar | undefined): boolean => value === true || value === "true";

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

function readZaak({ branch, inside: loose, again }: Zaak, pointer: string, places: RecordPlace[]): QuestionDossier {
  const dossier = emptyDossier("record");
  const record: NonNullable<QuestionDossier["record"]> = { zaak: {}, actors: [], documents: [], documentActors: [] };
  dossier.record = record;
  const inside: { readonly branch: Branch; readonly entity: Entity; readonly of: Fields | null }[] = loose.map((one) => ({
    branch: one,
    entity: entityOf(one.name) ?? guess(one) ?? "zaakactor",
    of: null,
  }));
  const take = (from: Branch, entity: Entity, into: Fields, field: string): void => {
    for (const child of from.children) {
      const name = spelling[entity].get(child.name.toLowerCase());
      if (child.value !== undefined) {
        // The same case may be expanded in several records.
        if (name === undefined || (name in into && into[name] !== typed(name, child.value))) show(child, dossier, pointer, places);
        else {
          into[name] = typed(name, child.value);
          places.push({ field: `${field}/${name}`, path: child.path });
        }
        continue;
      }
      const kind = entityOf(child.name);
      if (kind !== null && kind !== entity && kind !== "zaak") {
        const list = child.children.some(({ value }) => value !== undefined) ? [child] : child.children;
        for (const one of list) inside.push({ branch: one, entity: kind, of: entity === "document" ? into : null });
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
  for (const one of [branch, ...again]) take(one, "zaak", record.zaak, `${pointer}/record/zaak`);
  const signed = new Map<Fields, Fields>();
  for (let at = 0; at < inside.length; at++) {
    const one = inside[at];
    if (one === undefined) continue;
    const list = one.entity === "document" ? "documents" : one.entity === "documentactor" ? "documentActors" : "actors";
    const fields: Fields = {};
    if (one.of !== null) signed.set(fields, one.of);
    const place = record[list].length;
    record[list].push(fields);
    take(one.branch, one.entity, fields, `${pointer}/record/${list}/${place}`);
  }
  factsOf(dossier, record, signed, branch.path);
  return dossier;
}

type Fields = Record<string, Scalar>;

const words = (value: Scalar | undefined): string | null => (typeof value === "string" && value !== "" ? value : null);
/** The day in the Netherlands of a moment of the service: with a zone it may be the day before or after the one that is written. */
function day(value: Scalar | undefined): string | null {
  if (typeof value !== "string") return null;
  const written = dutchDate(value);
  if (written === null || !/^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/u.test(value)) return written;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? written : dutchDay(at);
}
const office = /^(?:minister|staatssecretaris)/iu;
const live = ({ verwijderd }: Fields): boolean => verwijderd !== true;
/** Who answers: their office, or else their name. */
function officeOf(actor: Fields): string | null {
  const [name, role] = [words(actor["actorNaam"]), words(actor["functie"])];
  const whom = role !== null && office.test(role) ? role : (name ?? role);
  return whom === null ? null : capital(whom);
}

/** What the fields say; records that are deleted say nothing. `signed`: the document a signature stands in. */
function factsOf(
  dossier: QuestionDossier,
  { zaak, actors, documents, documentActors }: NonNullable<QuestionDossier["record"]>,
  signed: ReadonlyMap<Fields, Fields>,
  path: string,
): void {
  const standing = documents.filter(live);
  const asking = standing.find(({ soort }) => soort === "Schriftelijke vragen");
  const first = asking ?? standing[0];
  dossier.reference = words(zaak["nummer"]);
  dossier.referenceFrom = dossier.reference === null ? null : "record";
  dossier.title = words(zaak["titel"]) ?? words(asking?.["titel"]);
  dossier.subject = words(zaak["onderwerp"]) ?? words(asking?.["onderwerp"]);
  dossier.parliamentaryYear = words(zaak["vergaderjaar"]) ?? words(asking?.["vergaderjaar"]);
  dossier.documentNumber = words(first?.["documentNummer"]);
  dossier.received = day(zaak["gestartOp"]) ?? day(first?.["datum"]);
  dossier.due = day(zaak["termijn"]);
  dossier.dueFrom = dossier.due === null ? null : "record";
  for (const actor of actors.filter(live)) {
    const relation = String(actor["relatie"] ?? "");
    const name = words(actor["actorNaam"]);
    if (/indiener$/iu.test(relation) && name !== null) dossier.members.push({ name, faction: words(actor["actorFractie"]) });
    else if (/gericht aan/iu.test(relation)) {
      const whom = officeOf(actor);
      if (whom !== null) dossier.addressees.push(whom);
    }
  }
  const byId = new Map(documents.flatMap((one): [Scalar, Fields][] => (one["id"] === undefined || one["id"] === null ? [] : [[one["id"], one]])));
  const signers = (document: Fields | undefined): Fields[] =>
    document === undefined
      ? []
      : documentActors.filter((actor) => live(actor) && (signed.get(actor) ?? byId.get(actor["document_Id"] ?? actor["document"] ?? "")) === document);
  // A document that came without its case still says who signed it.
  if (dossier.members.length === 0)
    for (const actor of signers(asking)) {
      const name = words(actor["actorNaam"]);
      if (name !== null && !office.test(String(actor["functie"] ?? ""))) dossier.members.push({ name, faction: words(actor["actorFractie"]) });
    }
  const heading = [zaak["titel"], zaak["onderwerp"], asking?.["titel"], asking?.["onderwerp"]]
    .map((value) => words(value))
    .find((text) => text !== null && opensTitle(text));
  const who = heading === undefined ? undefined : /vragen van (.+)$/isu.exec(heading ?? "")?.[1];
  if (who !== undefined) {
    const facts = askingFacts(who);
    if (dossier.members.length === 0) dossier.members.push(...facts.members);
    if (dossier.addressees.length === 0) dossier.addressees.push(...facts.addressees);
    if (dossier.subject === heading) dossier.subject = facts.subject ?? dossier.subject;
  }
  for (const text of [dossier.subject, dossier.title]) {
    const title = articleTitle(text ?? "");
    if (title === null) continue;
    dossier.source = title;
    dossier.article = { title, outlet: null, published: null, url: null };
    break;
  }
  const answer = standing.find(({ soort }) => typeof soort === "string" && /^antwoord schriftelijke vragen/iu.test(soort));
  if (answer !== undefined) {
    const by = signers(answer);
    const chief = by.find(({ relatie }) => /^eerste/iu.test(String(relatie ?? ""))) ?? by[0];
    dossier.answering = {
      heading: words(answer["titel"]) ?? words(answer["onderwerp"]) ?? String(answer["soort"]),
      by: chief === undefined ? null : officeOf(chief),
      alsoOnBehalfOf: by.filter((one) => one !== chief).flatMap((one) => officeOf(one) ?? []),
      received: day(answer["datumOntvangst"]) ?? day(answer["datum"]),
    };
  }
  const place = { line: 0, page: null, path };
  if (!live(zaak)) {
    dossier.troubles.push(trouble("record-deleted", place, dossier.reference ?? ""));
    return;
  }
  if (dossier.reference === null) dossier.troubles.push(trouble("no-reference", place));
  if (dossier.members.length === 0) dossier.troubles.push(trouble("no-members", place));
  if (dossier.addressees.length === 0) dossier.troubles.push(trouble("no-addressees", place));
  if (dossier.received === null) dossier.troubles.push(trouble("no-date", place));
}
