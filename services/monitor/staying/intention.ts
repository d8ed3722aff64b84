/**
 * Whether who met aggression wants to go on in office less often: a difference of shares with a design-based error, an equivalence test beside the usual one, and a logit model beside both. Called by
 * services/monitor/publication.
 *
 * [Note: Chosen before looking] What counts as a small difference (`smallDifference`), the level, the power and which comparisons are made stand here and not in a setting: they are the same for every wave.
 */
import { degreesOfFreedom, subset, SurveyError, type Column, type Design } from "@rugdekking/survey";
import { coefficientRows, equivalenceTest, factorOf, fitModel, ratioRows, twoSampleTest } from "@rugdekking/survey/models";
import type { Both, StayingResult } from "#services/monitor/contract/publication.ts";
import { columnOf, type Sample } from "#services/monitor/publication/sample.ts";
import { missedSentence, resultSentence, tenth, type Said, type Subject } from "./sentences.ts";

/** Differences of shares smaller than this count as small, in percentage points. */
export const smallDifference = 5;
const level = 0.95;
/** Chance to find an effect of the size that is called detectable. */
const power = 0.8;
/** Fewer answers than this on either side, and nothing is said. */
const leastEachSide = 30;

/** Column of who wants to go on. */
export const stayingIndicator = "intends_to_stay";

/** A comparison by its name, and the column that divides people in two sides. */
export interface StayingComparison {
  readonly id: string;
  readonly exposure: string;
}

/** What is compared. */
interface Comparison extends StayingComparison {
  readonly title: Both;
  readonly subject: Subject;
}
const comparisons: readonly Comparison[] = [
  {
    id: "stay-aggression",
    exposure: "any_aggression",
    title: { nl: "Agressie en verder willen", en: "Aggression and wanting to go on" },
    subject: {
      exposed: { nl: "wie agressie meemaakte", en: "those who met aggression" },
      others: { nl: "wie geen agressie meemaakte", en: "those who met none" },
    },
  },
  {
    id: "stay-threat",
    exposure: "any_threat",
    title: { nl: "Bedreiging en verder willen", en: "Threats and wanting to go on" },
    subject: {
      exposed: { nl: "wie bedreigd of geïntimideerd werd", en: "those who were threatened" },
      others: { nl: "wie niet bedreigd werd", en: "those who were not" },
    },
  },
];

/** Columns that divide people in the two sides of a comparison. */
export const stayingExposures: readonly string[] = comparisons.map(({ exposure }) => exposure);

/** What came of a comparison; of whom it is and of how many the publication knows. */
export type StayingFinding = Omit<StayingResult, "denominator" | "n">;

/** A comparison with what came of it, or why there is none (for the desk). */
export type Compared = StayingComparison & ({ readonly result: StayingFinding } | { readonly result: null; readonly why: string });

/** Makes every comparison. Fewer answers than it takes, or a model that cannot be fitted, is said and not guessed at. */
export function compareStaying(sample: Sample, design: Design): readonly Compared[] {
  const stays = columnOf(sample, stayingIndicator);
  return comparisons.map((comparison) => {
    const { id, exposure } = comparison;
    const met = columnOf(sample, exposure);
    const keep = Uint8Array.from(stays, (value, row) => (Number.isNaN(value) || Number.isNaN(met[row] ?? Number.NaN) ? 0 : 1));
    const count = (side: number, of: (row: number) => boolean): number =>
      keep.reduce((sum, one, row) => sum + (one === 1 && met[row] === side && of(row) ? 1 : 0), 0);
    const sides = [0, 1].map((side) => ({ n: count(side, () => true), yes: count(side, (row) => stays[row] === 1) }));
    if (sides.some((side) => side.n < leastEachSide)) return { id, exposure, result: null, why: `one side has fewer than ${leastEachSide} answers` };
    // A difference from all or from none would tell it of each of them.
    if (sides.some((side) => side.yes === 0 || side.yes === side.n)) return { id, exposure, result: null, why: "everyone on one side said the same" };
    try {
      return { id, exposure, result: compared(comparison, sample, subset(design, keep), stays, met) };
    } catch (error) {
      if (!(error instanceof SurveyError)) throw error;
      return { id, exposure, result: null, why: error.message };
    }
  });
}

function compared({ id, title, subject }: Comparison, sample: Sample, design: Design, stays: Float64Array, met: Float64Array): StayingFinding {
  const sides = Array.from(met, (value) => (value === 1 ? "met" : value === 0 ? "a-not" : ""));
  const difference = twoSampleTest(design, stays, factorOf(sides), level);
  const margin = smallDifference / 100;
  const test = equivalenceTest(difference, { low: -margin, high: margin }, level, power);
  // Office is what both aggression and going on hang on most: the odds ratio holds it still.
  const office = Array.from(sample.stratum, (at) => sample.strata[at]?.key.function ?? "");
  const frame = new Map<string, Column>([
    ["stays", { kind: "number", values: stays }],
    ["met", { kind: "number", values: met }],
    ["office", factorOf(office)],
  ]);
  const several = new Set(office.filter((_, row) => design.weights[row] !== 0)).size > 1;
  const model = fitModel({ design, frame }, { formula: several ? "stays ~ met + office" : "stays ~ met", family: "binomial" });
  const odds = ratioRows(coefficientRows(model, level)).find(({ term }) => term === "met");
  if (odds === undefined) throw new SurveyError("model-malformed", "the model has no coefficient for what was met", { df: degreesOfFreedom(design) });
  const said: Said = {
    verdict: test.verdict,
    difference: tenth(difference.estimate * 100),
    low: tenth(difference.low * 100),
    high: tenth(difference.high * 100),
    margin: smallDifference,
    detectable: tenth(test.detectable * 100),
  };
  const two = (value: number): number => Math.round(value * 100) / 100;
  return {
    id,
    title,
    result: resultSentence(subject, said),
    missed: missedSentence(said),
    verdict: test.verdict,
    difference: said.difference,
    low: said.low,
    high: said.high,
    margin: said.margin,
    detectable: said.detectable,
    oddsRatio: { estimate: two(odds.estimate), low: two(odds.low), high: two(odds.high) },
  };
}
