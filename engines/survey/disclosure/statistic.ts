/** Which unknowns a published number determines: a mean beside its n tells a total, a share tells a count. The guard and whoever publishes call it. */
import { DisclosureError } from "./errors.ts";

/**
 * Whom a number is about: everyone of the wave whose code, in each named dimension, is among those given. Codes are leaves of the classification, spelled out, so that a later change of the
 * classification does not change what was published.
 */
export interface Population {
  /** Wave of the survey (or edition of a register). People of two waves are different unknowns. */
  readonly wave: string;
  /** Dimension to the leaf codes it takes in; a dimension that is not named takes in all. */
  readonly where: Readonly<Record<string, readonly string[]>>;
}

/** One part of a linear combination of totals. */
export interface Term {
  /** Whole number that is not zero. Multiply a combination with fractions by their common denominator. */
  readonly coefficient: number;
  /**
   * What is added up over the people: `people` for the count itself, else the name of a question or variable.
   * All categories of one question have one name: with the share of one and the base, the share of the others is half known.
   */
  readonly measure: string;
  readonly population: Population;
}

/** One linear combination that a reader knows once a number is out. */
export interface Known {
  readonly terms: readonly Term[];
}

/** A number as it is published. Every kind is published with its unweighted n. */
export type Statistic =
  /** How many people. */
  | { readonly kind: "count"; readonly population: Population }
  /** Sum of a variable, weighted or not. */
  | { readonly kind: "total"; readonly of: string; readonly population: Population }
  /** Mean of a variable, or the share that gave an answer to a question. */
  | { readonly kind: "mean" | "share"; readonly of: string; readonly population: Population }
  /** Sum of one variable over sum of another. */
  | { readonly kind: "ratio"; readonly of: string; readonly over: string; readonly population: Population }
  /** Difference of a mean or share between two groups or waves, published without the two themselves. */
  | { readonly kind: "difference"; readonly of: string; readonly populations: readonly [Population, Population]; readonly sizes: readonly [number, number] }
  /** Quantile: it tells a value of one of these people, so the population as a whole must be large enough. */
  | { readonly kind: "quantile"; readonly of: string; readonly population: Population };

/** The measure of the count of people itself. */
export const PEOPLE = "people";

/**
 * What a reader can calculate once this is out, rounding ignored (a percentage to whole numbers leaves less; taking it as exact errs on the safe side).
 * A difference with its two sizes is a combination of two totals: m1/n1 - m2/n2, times n1 n2.
 * @throws DisclosureError `publication-malformed` for sizes that are no whole numbers above zero.
 */
export function determinedBy(statistic: Statistic): readonly Known[] {
  const known = (measure: string, population: Population): Known => ({ terms: [{ coefficient: 1, measure, population }] });
  switch (statistic.kind) {
    case "count":
      return [known(PEOPLE, statistic.population)];
    case "total":
    case "mean":
    case "share":
    case "quantile":
      // A quantile gives less than a total; treating it as one demands the same of the group it is about.
      return [known(PEOPLE, statistic.population), known(statistic.of, statistic.population)];
    case "ratio":
      // With either total known from elsewhere the ratio gives the other.
      return [known(PEOPLE, statistic.population), known(statistic.of, statistic.population), known(statistic.over, statistic.population)];
    case "difference": {
      const [first, second] = statistic.populations;
      const [n, m] = statistic.sizes;
      if (![n, m].every((size) => Number.isSafeInteger(size) && size > 0)) {
        throw new DisclosureError("publication-malformed", `The difference in ${statistic.of} needs the two unweighted sizes, whole numbers above zero.`);
      }
      return [
        known(PEOPLE, first),
        known(PEOPLE, second),
        {
          terms: [
            { coefficient: m, measure: statistic.of, population: first },
            { coefficient: -n, measure: statistic.of, population: second },
          ],
        },
      ];
    }
  }
}
