/**
 * Metadata of open data as DCAT-AP-NL 3.0 in JSON-LD: what every catalogue of ours is made of. Pure; called by whoever publishes (services/figures, the Monitor) and by whoever gathers catalogues.
 * Required properties: the profile's SHACL shapes (Geonovum, dcat-ap-nl-SHACL 3.0.0) and, below them, those of DCAT-AP 3.0. No SHACL engine runs here: {@link missingProperties} counts the properties itself.
 */

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

/** Authority tables of the European Union. */
export const eu = "http://publications.europa.eu/resource/authority";
/** CC0: no rights kept. */
export const licence = `${eu}/licence/CC0`;

/** Prefixes of the terms we use. */
export const dcatContext = {
  adms: "http://www.w3.org/ns/adms#",
  dcat: "http://www.w3.org/ns/dcat#",
  dct: "http://purl.org/dc/terms/",
  foaf: "http://xmlns.com/foaf/0.1/",
  vcard: "http://www.w3.org/2006/vcard/ns#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
} as const;

/** JSON-LD, as far as we write it. */
export type Node = { readonly [key: string]: string | Node | readonly (string | Node)[] };

/** Words in both languages. */
export const word = (nl: string, en: string): readonly Node[] => [
  { "@value": nl, "@language": "nl" },
  { "@value": en, "@language": "en" },
];
/** A reference. */
export const to = (id: string): Node => ({ "@id": id });
/** A calendar day. */
export const day = (value: string): Node => ({ "@value": value, "@type": "xsd:date" });

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

/** Who publishes, and whom to ask. */
export const agentOf = (publisher: Publisher): Node => ({
  "@id": publisher.id,
  "@type": "foaf:Agent",
  "foaf:name": { "@value": publisher.name, "@language": "nl" },
});
export const contactOf = (publisher: Publisher): Node => ({
  "@type": "vcard:Organization",
  "vcard:fn": publisher.name,
  "vcard:hasEmail": to(`mailto:${publisher.contact}`),
});

/** Files beside each other under a site. */
export const distributionsOf = (site: string, files: readonly string[]): readonly Node[] =>
  files.map((name): Node => {
    const type = types[name.split(".").at(-1) ?? ""];
    return {
      "@id": `${site}${name}`,
      "@type": "dcat:Distribution",
      "dct:title": name,
      "dcat:accessURL": to(`${site}${name}`),
      "dcat:downloadURL": to(`${site}${name}`),
      "dct:license": to(licence),
      ...(type === undefined
        ? {}
        : { "dcat:mediaType": to(`https://www.iana.org/assignments/media-types/${type.media}`), "dct:format": to(`${eu}/file-type/${type.file}`) }),
    };
  });

/** A catalogue of datasets. */
export const catalogueNode = (
  id: string,
  publisher: Publisher,
  { title, description }: { readonly title: readonly Node[]; readonly description: readonly Node[] },
  datasets: Node | readonly Node[],
): Node => ({
  "@context": dcatContext,
  "@id": id,
  "@type": "dcat:Catalog",
  "dct:title": title,
  "dct:description": description,
  "dct:publisher": agentOf(publisher),
  "dcat:contactPoint": contactOf(publisher),
  "dct:license": to(licence),
  "dct:conformsTo": to("https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/"),
  "dcat:dataset": datasets,
});
