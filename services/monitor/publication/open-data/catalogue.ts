/**
 * The metadata of the open data: a catalogue with one dataset and its files, as DCAT-AP-NL 3.0 in JSON-LD. Called by the command line, which gives what only the publisher knows.
 * Required properties: the profile's SHACL shapes (Geonovum, dcat-ap-nl-SHACL 3.0.0) and, below them, those of DCAT-AP 3.0. No SHACL engine runs here: {@link missingProperties} counts the properties itself.
 */
import type { Publication } from "#services/monitor/contract/publication.ts";
import { PublicationError } from "#services/monitor/publication/errors.ts";

/** What only the publisher knows. */
export interface Publisher {
  /** Name, and its address in a register of organisations (TOOI, ROR). */
  readonly name: string;
  readonly id: string;
  /** Mail address for questions. */
  readonly contact: string;
  /** Address under which the folder of the publication is put, ending in a slash. */
  readonly site: string;
}

const eu = "http://publications.europa.eu/resource/authority";
/** CC0: no rights kept. */
export const licence = `${eu}/licence/CC0`;

const context = {
  adms: "http://www.w3.org/ns/adms#",
  dcat: "http://www.w3.org/ns/dcat#",
  dct: "http://purl.org/dc/terms/",
  foaf: "http://xmlns.com/foaf/0.1/",
  vcard: "http://www.w3.org/2006/vcard/ns#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
} as const;

/** JSON-LD, as far as we write it. */
export type Node = { readonly [key: string]: string | Node | readonly (string | Node)[] };

const word = (nl: string, en: string): readonly Node[] => [
  { "@value": nl, "@language": "nl" },
  { "@value": en, "@language": "en" },
];
const to = (id: string): Node => ({ "@id": id });
const day = (value: string): Node => ({ "@value": value, "@type": "xsd:date" });

/** Media and file types of what we publish, by ending. */
const types: Readonly<Record<string, { readonly media: string; readonly file: string }>> = {
  csv: { media: "text/csv", file: "CSV" },
  json: { media: "application/json", file: "JSON" },
  pdf: { media: "application/pdf", file: "PDF" },
};

/** What must be there, and how often at most. */
const required: Readonly<Record<string, readonly { readonly path: string; readonly most: number }[]>> = {
  "dcat:Catalog": ["dct:title", "dct:description", "dct:publisher", "dcat:contactPoint", "dcat:dataset"].map((path) => ({
    path,
    most: path === "dct:publisher" || path === "dcat:contactPoint" ? 1 : Number.POSITIVE_INFINITY,
  })),
  "dcat:Dataset": ["dct:title", "dct:description", "dct:accessRights", "dcat:contactPoint", "dct:creator", "dct:identifier", "dct:publisher", "dcat:theme"].map(
    (path) => ({
      path,
      most: ["dct:accessRights", "dcat:contactPoint", "dct:identifier", "dct:publisher"].includes(path) ? 1 : Number.POSITIVE_INFINITY,
    }),
  ),
  "dcat:Distribution": [
    { path: "dcat:accessURL", most: 1 },
    { path: "dct:license", most: 1 },
  ],
  "foaf:Agent": [{ path: "foaf:name", most: Number.POSITIVE_INFINITY }],
  "vcard:Organization": [
    { path: "vcard:fn", most: Number.POSITIVE_INFINITY },
    { path: "vcard:hasEmail", most: Number.POSITIVE_INFINITY },
  ],
};

/** Whether a value says something: a text that is not empty, a reference, an object with properties. */
function says(value: string | Node): boolean {
  if (typeof value === "string") return value.trim() !== "";
  const text = value["@value"];
  if (text !== undefined) return typeof text === "string" && text.trim() !== "";
  const id = value["@id"];
  return Object.keys(value).length > (id === "" ? 1 : 0);
}

/** Every required property that is missing, says nothing or stands too often, as `dcat:Dataset dct:title`. */
export function missingProperties(node: Node): readonly string[] {
  const wrong: string[] = [];
  const walk = (one: Node): void => {
    const given = one["@type"];
    const type = typeof given === "string" ? given : "";
    for (const { path, most } of required[type] ?? []) {
      const values = [one[path] ?? []].flat().filter(says);
      if (values.length === 0 || values.length > most) wrong.push(`${type} ${path}`);
    }
    for (const value of Object.values(one)) for (const inner of [value].flat()) if (typeof inner !== "string") walk(inner);
  };
  walk(node);
  return wrong;
}

/**
 * The catalogue. @param files names of the files of the publication, beside each other under the site
 * @throws PublicationError `metadata-incomplete` naming every property that is missing.
 */
export function catalogueOf(publication: Publication, publisher: Publisher, files: readonly string[]): Node {
  const { id, title, source, wave, edition, on, fieldwork, invented } = publication;
  const agent: Node = { "@id": publisher.id, "@type": "foaf:Agent", "foaf:name": { "@value": publisher.name, "@language": "nl" } };
  const contact: Node = { "@type": "vcard:Organization", "vcard:fn": publisher.name, "vcard:hasEmail": to(`mailto:${publisher.contact}`) };
  const description = word(
    `${invented ? "Verzonnen antwoorden, als voorbeeld. " : ""}Agressie en intimidatie tegen politieke ambtsdragers: schattingen met marge, per functie, provincie, grootte van de gemeente en geslacht. Cijfers over te kleine groepen zijn weggelaten.`,
    `${invented ? "Made-up answers, as an example. " : ""}Aggression and intimidation against political office-holders: estimates with margins, by office, province, size of municipality and gender. Figures about groups that are too small are left out.`,
  );
  const distributions = files.map((name): Node => {
    const type = types[name.split(".").at(-1) ?? ""];
    return {
      "@id": `${publisher.site}${name}`,
      "@type": "dcat:Distribution",
      "dct:title": name,
      "dcat:accessURL": to(`${publisher.site}${name}`),
      "dcat:downloadURL": to(`${publisher.site}${name}`),
      "dct:license": to(licence),
      ...(type === undefined
        ? {}
        : { "dcat:mediaType": to(`https://www.iana.org/assignments/media-types/${type.media}`), "dct:format": to(`${eu}/file-type/${type.file}`) }),
    };
  });
  const dataset: Node = {
    "@id": `${publisher.site}#dataset`,
    "@type": "dcat:Dataset",
    "dct:title": word(title.nl, title.en),
    "dct:description": description,
    "dct:identifier": `${publisher.site}${id}`,
    "dct:accessRights": to(`${eu}/access-right/PUBLIC`),
    "dcat:contactPoint": contact,
    "dct:creator": agent,
    "dct:publisher": agent,
    "dcat:theme": [to(`${eu}/data-theme/GOVE`), to(`${eu}/data-theme/JUST`)],
    "dct:language": to(`${eu}/language/NLD`),
    "dct:issued": day(on),
    "dct:temporal": { "@type": "dct:PeriodOfTime", "dcat:startDate": day(fieldwork.from), "dcat:endDate": day(fieldwork.to) },
    "dct:spatial": to(`${eu}/country/NLD`),
    "dct:accrualPeriodicity": to(`${eu}/frequency/BIENNIAL`),
    "dcat:version": `${wave}-${edition}`,
    "dcat:landingPage": to(publisher.site),
    "dcat:keyword": ["agressie", "intimidatie", "bedreiging", "politieke ambtsdragers"].map((one): Node => ({ "@value": one, "@language": "nl" })),
    "foaf:page": to(`${publisher.site}codeboek.csv`),
    "dcat:distribution": distributions,
  };
  const catalogue: Node = {
    "@context": context,
    "@id": `${publisher.site}catalogus.jsonld`,
    "@type": "dcat:Catalog",
    "dct:title": word(`Open data bij ${source.nl}`, `Open data of ${source.en}`),
    "dct:description": description,
    "dct:publisher": agent,
    "dcat:contactPoint": contact,
    "dct:license": to(licence),
    "dct:conformsTo": to("https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/"),
    "dcat:dataset": dataset,
  };
  const missing = missingProperties(catalogue);
  if (missing.length > 0)
    throw new PublicationError(
      "metadata-incomplete",
      `The metadata lacks what DCAT-AP-NL asks for: ${missing.join(", ")}. Give name, address, contact and site of the publisher.`,
    );
  return catalogue;
}
