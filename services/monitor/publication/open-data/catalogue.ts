/** The metadata of the Monitor's open data: a catalogue with one dataset and its files (services/figures/contract/dcat.ts). Called by the command line, which gives what only the publisher knows. */
import {
  agentOf,
  catalogueNode,
  contactOf,
  day,
  distributionsOf,
  eu,
  missingProperties,
  to,
  word,
  type Node,
  type Publisher,
} from "#services/figures/contract/dcat.ts";
import type { Publication } from "#services/monitor/contract/publication.ts";
import { PublicationError } from "#services/monitor/publication/errors.ts";

export { licence, missingProperties, type Node, type Publisher } from "#services/figures/contract/dcat.ts";

/**
 * The catalogue. @param files names of the files of the publication, beside each other under the site
 * @throws PublicationError `metadata-incomplete` naming every property that is missing.
 */
export function catalogueOf(publication: Publication, publisher: Publisher, files: readonly string[]): Node {
  const { id, title, source, wave, edition, on, fieldwork, invented } = publication;
  const agent = agentOf(publisher);
  const description = word(
    `${invented ? "Verzonnen antwoorden, als voorbeeld. " : ""}Agressie en intimidatie tegen politieke ambtsdragers: schattingen met marge, per functie, provincie, grootte van de gemeente en geslacht. Cijfers over te kleine groepen zijn weggelaten.`,
    `${invented ? "Made-up answers, as an example. " : ""}Aggression and intimidation against political office-holders: estimates with margins, by office, province, size of municipality and gender. Figures about groups that are too small are left out.`,
  );
  const dataset: Node = {
    "@id": `${publisher.site}#dataset`,
    "@type": "dcat:Dataset",
    "dct:title": word(title.nl, title.en),
    "dct:description": description,
    "dct:identifier": `${publisher.site}${id}`,
    "dct:accessRights": to(`${eu}/access-right/PUBLIC`),
    "dcat:contactPoint": contactOf(publisher),
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
    "dcat:distribution": distributionsOf(publisher.site, files),
  };
  const words = { title: word(`Open data bij ${source.nl}`, `Open data of ${source.en}`), description };
  const catalogue = catalogueNode(`${publisher.site}catalogus.jsonld`, publisher, words, dataset);
  const missing = missingProperties(catalogue);
  if (missing.length > 0)
    throw new PublicationError(
      "metadata-incomplete",
      `The metadata lacks what DCAT-AP-NL asks for: ${missing.join(", ")}. Give name, address, contact and site of the publisher.`,
    );
  return catalogue;
}
