/** The files beside a picture: one table of all figures, a codebook, and the metadata as DCAT-AP-NL. Pure; the command line writes them. */
import { writeCsv } from "@rugdekking/survey";
import { agentOf, catalogueNode, contactOf, day, distributionsOf, eu, missingProperties, to, word, type Node } from "#services/figures/contract/dcat.ts";
import { monthsOf } from "#services/figures/contract/facts.ts";
import { pictureFolderOf, pictureWithheldWords, type Picture } from "#services/figures/contract/picture.ts";
import { PictureError } from "./errors.ts";

/** A file of the open data. */
export interface PictureFile {
  readonly name: string;
  readonly text: string;
}

const columns = {
  figure: "Blijvende naam van het cijfer",
  series: "Wat er is geteld",
  title: "Naam van wat er is geteld",
  value: "Het getal: een afgerond aantal, of hoeveel van de 100; leeg als het cijfer niet wordt getoond",
  unit: "count: aantal; percent: van de 100",
  low: "Onderkant van de marge; alleen bij een deel van weinig",
  high: "Bovenkant van de marge; alleen bij een deel van weinig",
  n: "Waarop het cijfer rust, afgerond",
  withheld: "Waarom een cijfer niet wordt getoond; leeg als het wel wordt getoond",
  among: "Waarvan het een aantal of deel is",
  quarter: "Kwartaal",
  month: "Maand; leeg: het hele kwartaal",
  province: "Provincie (CBS-code); leeg: heel Nederland",
  function: "Functie; leeg: iedereen",
  edition: "Uitgave; een verbetering is een nieuwe uitgave",
  source: "Zo haalt u het aan",
} as const;

/** A line per figure, with everything a reader needs on the line itself. A figure that is not shown has empty numbers and says why: never a zero. */
export function tableFile(picture: Picture): PictureFile {
  const series = new Map(picture.series.map((one) => [one.id, one]));
  const rows = picture.figures.map(({ id, series: name, group, shown, withheld }): readonly (string | number)[] => {
    const of = series.get(name);
    return [
      id,
      name,
      of?.title.nl ?? "",
      shown?.value ?? "",
      of?.unit ?? "",
      shown?.low ?? "",
      shown?.high ?? "",
      shown?.n ?? "",
      withheld === null ? "" : pictureWithheldWords[withheld].nl,
      of?.among.nl ?? "",
      picture.quarter,
      group["month"] ?? "",
      group["province"] ?? "",
      group["function"] ?? "",
      picture.edition,
      picture.invented ? `${picture.source.nl} (verzonnen)` : picture.source.nl,
    ];
  });
  return { name: "cijfers.csv", text: writeCsv([Object.keys(columns), ...rows]) };
}

/** The codebook: columns, codes, and what each series counts and does not say. */
export function codebookFile({ dimensions, series }: Picture): PictureFile {
  const text = writeCsv([
    ["kind", "name", "code", "label", "among", "not"],
    ...Object.entries(columns).map(([name, about]) => ["column", name, "", about, "", ""]),
    ...dimensions.flatMap(({ id, title, codes }) => [
      ["dimension", id, "", title.nl, "", ""],
      ...codes.map((one) => ["code", id, one.code, one.title.nl, "", ""]),
    ]),
    ...series.map((one) => ["series", one.id, one.unit, one.statement.nl, one.among.nl, one.not.nl]),
  ]);
  return { name: "codeboek.csv", text };
}

/**
 * The metadata: a catalogue with one dataset. @param site address under which the folder stands, ending in a slash
 * @throws PictureError `metadata-incomplete` naming every property that is missing
 */
export function catalogueFile(picture: Picture, site: string, files: readonly string[]): PictureFile {
  const publisher = { ...picture.publisher, site };
  const months = monthsOf(picture.quarter);
  const [first = "", , last = ""] = months;
  const end = new Date(Date.UTC(Number(last.slice(0, 4)), Number(last.slice(5)), 0)).toISOString().slice(0, 10);
  const made = picture.invented ? (["Verzonnen cijfers, als voorbeeld. ", "Made-up figures, as an example. "] as const) : (["", ""] as const);
  const description = word(
    `${made[0]}Meldingen van agressie tegen politieke ambtsdragers, wat ermee gebeurde, veiligheidsscans, maatregelen, signalen en hulp: geteld uit anonieme feiten. Te kleine groepen zijn weggelaten.`,
    `${made[1]}Reports of aggression against political office-holders, what was done with them, security scans, measures, signals and help: counted from anonymous facts. Groups that are too small are left out.`,
  );
  const dataset: Node = {
    "@id": `${site}#dataset`,
    "@type": "dcat:Dataset",
    "dct:title": word(picture.title.nl, picture.title.en),
    "dct:description": description,
    "dct:identifier": `${site}${pictureFolderOf(picture)}`,
    "dct:accessRights": to(`${eu}/access-right/PUBLIC`),
    "dcat:contactPoint": contactOf(publisher),
    "dct:creator": agentOf(publisher),
    "dct:publisher": agentOf(publisher),
    "dcat:theme": [to(`${eu}/data-theme/GOVE`), to(`${eu}/data-theme/JUST`)],
    "dct:language": [to(`${eu}/language/NLD`), to(`${eu}/language/ENG`)],
    "dct:issued": day(picture.on),
    "dct:temporal": { "@type": "dct:PeriodOfTime", "dcat:startDate": day(`${first}-01`), "dcat:endDate": day(end) },
    "dct:spatial": to(`${eu}/country/NLD`),
    "dct:accrualPeriodicity": to(`${eu}/frequency/QUARTERLY`),
    "dcat:version": `${picture.quarter}-${picture.edition}`,
    "dcat:landingPage": to(`${new URL("/", site).href}cijfers`),
    "dcat:keyword": ["agressie", "bedreiging", "doxing", "aangifte", "politieke ambtsdragers"].map((one): Node => ({ "@value": one, "@language": "nl" })),
    "foaf:page": to(`${site}codeboek.csv`),
    "dcat:distribution": distributionsOf(site, files),
  };
  const title = word(`Open data bij ${picture.source.nl}`, `Open data of ${picture.source.en}`);
  const catalogue = catalogueNode(`${site}catalogus.jsonld`, publisher, { title, description }, dataset);
  const missing = missingProperties(catalogue);
  if (missing.length > 0)
    throw new PictureError(
      "metadata-incomplete",
      `The metadata lacks what DCAT-AP-NL asks for: ${missing.join(", ")}. Give name, address, contact and site of the publisher.`,
    );
  return { name: "catalogus.jsonld", text: JSON.stringify(catalogue, null, 2) };
}

/** All files of a picture but the list of them. @throws PictureError `metadata-incomplete` */
export function pictureFiles(picture: Picture, site: string): readonly PictureFile[] {
  const tables = [{ name: "publication.json", text: JSON.stringify(picture) }, tableFile(picture), codebookFile(picture)];
  return [
    ...tables,
    catalogueFile(
      picture,
      site,
      tables.map(({ name }) => name),
    ),
  ];
}
