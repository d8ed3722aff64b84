/** Finds figures in a publication and says them in words, with margin, n, denominator, wave and source. Called by documents.ts, open-data rooms and screens. */
import { digestOf } from "@rugdekking/seal/verify";
import {
  withheldWords,
  type Distribution,
  type Indicator,
  type Publication,
  type PublishedCategory,
  type PublishedShare,
} from "#services/monitor/contract/publication.ts";
import { groupName, type Group } from "./group-name.ts";
import { PublicationError } from "./errors.ts";
import { counted, wordsIn, type Language } from "./words.ts";

/** A figure of either kind: a share of an indicator, or of an answer to a question. */
export type PublishedFigure = PublishedShare | PublishedCategory;

/** The questions of which every answer is published; none in a publication from before version 2. */
export const distributionsOf = ({ distributions }: Publication): readonly Distribution[] => distributions ?? [];

/** The figure of that name. @throws PublicationError `figure-unknown` */
export function figureNamed(publication: Publication, id: string): PublishedFigure {
  const { figures, id: name } = publication;
  const found =
    figures.find((one) => one.id === id) ??
    distributionsOf(publication)
      .flatMap((one) => one.figures)
      .find((one) => one.id === id);
  if (found === undefined) throw new PublicationError("figure-unknown", `There is no figure ${id} in ${name}; its figures are listed in publication.json.`);
  return found;
}

/** The figure of an indicator for a group, or null when the publication has none. */
export const figureOf = (publication: Publication, indicator: string, group: Group): PublishedShare | null =>
  publication.figures.find(({ id }) => id === `${publication.id}/${indicator}/${groupName(group)}`) ?? null;

/** @throws PublicationError `figure-unknown` */
export function indicatorNamed({ indicators }: Publication, id: string): Indicator {
  const found = indicators.find((one) => one.id === id);
  if (found === undefined) throw new PublicationError("figure-unknown", `There is no indicator ${id} in this publication.`);
  return found;
}

/** What a figure measures: its indicator, or the answer to a question, as an indicator is worded. @throws PublicationError `figure-unknown` */
export function measureOf(publication: Publication, figure: PublishedFigure): Indicator {
  if ("indicator" in figure) return indicatorNamed(publication, figure.indicator);
  const distribution = distributionsOf(publication).find(({ id }) => id === figure.distribution);
  const category = distribution?.categories.find(({ id }) => id === figure.category);
  if (distribution === undefined || category === undefined)
    throw new PublicationError("figure-unknown", `There is no answer ${figure.category} of ${figure.distribution} in this publication.`);
  const { id, chapter, title, denominator } = distribution;
  const both = { nl: `${title.nl}: ${withinWords(category.title.nl)}`, en: `${title.en}: ${withinWords(category.title.en)}` };
  return { id, chapter, title: both, label: both, denominator, historical: null };
}

/** Words as they go on within a line; an abbreviation or name keeps its capitals. */
const withinWords = (text: string): string => (/^\p{Lu}\P{Lu}/u.test(text) ? `${text.slice(0, 1).toLowerCase()}${text.slice(1)}` : text);

/** A group in words: "Wethouder, Utrecht"; everyone when it names nothing. */
export function groupWords({ dimensions }: Publication, group: Group, language: Language): string {
  const parts = Object.entries(group).map(
    ([dimension, code]) => dimensions.find(({ id }) => id === dimension)?.codes.find((one) => one.code === code)?.title[language] ?? code,
  );
  return parts.length === 0 ? wordsIn(language).everyone : parts.join(", ");
}

/** "ongeveer 45 van de 100 (tussen 43 en 47)"; of a wide margin the range alone; of a figure that is not shown why. */
export function shareWords({ shown, withheld }: Pick<PublishedFigure, "shown" | "withheld">, language: Language): string {
  const say = wordsIn(language);
  if (shown === null) return withheldWords[withheld ?? "protected"][language];
  return shown.wide ? say.range(shown.low, shown.high) : say.about(shown.percent, shown.low, shown.high);
}

/** The short word in place of a figure. */
export const insteadOf = ({ withheld }: Pick<PublishedFigure, "withheld">, language: Language): string =>
  withheld === "nobody" ? wordsIn(language).nobody : wordsIn(language).notShown;

/** A figure in a sentence: what, of whom, how many. It ends in one full stop, whatever stands there. */
export function figureSentence(publication: Publication, figure: PublishedFigure, language: Language): string {
  const indicator = measureOf(publication, figure);
  const among = language === "nl" ? `van ${indicator.denominator.words.nl}` : `share of ${indicator.denominator.words.en}`;
  const share = shareWords(figure, language).replace(/\.$/u, "");
  return `${indicator.label[language]}, ${groupWords(publication, figure.group, language)} (${among}): ${share}.`;
}

/** A figure as it is cited: what, of whom, how many, margin, answers, wave, source and permanent name, in one line. */
export function citation(publication: Publication, figure: PublishedFigure, language: Language): string {
  const n = figure.shown === null ? "" : ` ${wordsIn(language).answers(counted(figure.shown.n, language))}.`;
  const made = publication.invented ? (language === "nl" ? " Verzonnen antwoorden." : " Made-up answers.") : "";
  return `${figureSentence(publication, figure, language)}${n} ${publication.source[language]}, ${publication.on}. ${figure.id}.${made}`;
}

/** A figure that was put into another paper, with all it takes to check it later. */
export interface FrozenFigure {
  readonly version: 1;
  readonly figure: PublishedFigure;
  /** Of an answer to a question: `id` is the question's in the publication, and its words name the answer. */
  readonly indicator: Indicator;
  readonly publication: { readonly id: string; readonly wave: string; readonly edition: number; readonly on: string; readonly invented: boolean };
  readonly citation: { readonly nl: string; readonly en: string };
  /** SHA-256 over the JSON of all the above, base64url. */
  readonly digest: string;
}

const frozenBytes = (figure: Omit<FrozenFigure, "digest">): Uint8Array => new TextEncoder().encode(JSON.stringify(figure));

/** Freezes a figure for an answer or letter. @throws PublicationError `figure-unknown` */
export async function freeze(publication: Publication, id: string): Promise<FrozenFigure> {
  const figure = figureNamed(publication, id);
  const bare = {
    version: 1 as const,
    figure,
    indicator: measureOf(publication, figure),
    publication: { id: publication.id, wave: publication.wave, edition: publication.edition, on: publication.on, invented: publication.invented },
    citation: { nl: citation(publication, figure, "nl"), en: citation(publication, figure, "en") },
  };
  return { ...bare, digest: await digestOf(frozenBytes(bare)) };
}

/** Whether a frozen figure is what this publication says, to the letter. */
export async function holds(publication: Publication, frozen: FrozenFigure): Promise<boolean> {
  const now = await freeze(publication, frozen.figure.id);
  return now.digest === frozen.digest && JSON.stringify(now) === JSON.stringify(frozen);
}
