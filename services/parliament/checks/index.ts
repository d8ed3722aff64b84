/** Checks on drafts: numbers without a citation, answers that contradict each other, figures that changed since. Pure, each finding with its place and Dutch words; a person decides what to do with it. */
import { contradictionsIn, type Contradiction } from "./contradictions.ts";
import { numbersIn, type FoundNumber } from "./numerals.ts";
import { linesOf, placeIn, type Place, type TextToCheck } from "./plain.ts";

export { checkCitations, citationState, type CheckedCitation, type PublishedFigure } from "./citations.ts";
export type { Contradiction } from "./contradictions.ts";
export { numbersIn, numeralValue, type FoundNumber } from "./numerals.ts";
export { linesOf, type Line, type Place, type TextToCheck } from "./plain.ts";

/** A number that cites nothing. */
export interface UncitedNumber {
  readonly place: Place;
  readonly number: FoundNumber;
  /** Dutch, a whole sentence. */
  readonly words: string;
}

/** What the checks found in the drafts and the note. */
export interface Findings {
  readonly uncited: readonly UncitedNumber[];
  readonly contradictions: readonly (Contradiction & { readonly words: string })[];
}

const where = ({ question, part }: Place): string => (question !== null ? `het antwoord op vraag ${question}` : `de nota (${part ?? "deel"})`);

/** Checks every answer and every part of the note against each other. */
export function findingsOf(answers: readonly TextToCheck[], note: readonly TextToCheck[]): Findings {
  const lines = [...answers, ...note].flatMap(linesOf);
  return {
    uncited: lines.flatMap((line) =>
      numbersIn(line.text, line.covered).map((number) => ({
        place: placeIn(line, number.start, number.end),
        number,
        words: `“${number.text.trim()}” verwijst naar geen bron. Zet er een cijfer met bron voor in de plaats, of laat het getal weg.`,
      })),
    ),
    contradictions: contradictionsIn(lines).map((one) => ({
      ...one,
      words: `${where(one.places[0])[0]?.toUpperCase() ?? ""}${where(one.places[0]).slice(1)} noemt ${one.values[0]}, ${where(one.places[1])} noemt ${one.values[1]} over hetzelfde (${one.about}).`,
    })),
  };
}
