/**
 * Whether who met aggression leaves office sooner: a discrete-time hazard, period by period, on a file of terms of office (a row per person: periods in office, whether they left, what they met). Called by the
 * command line on a file the research desk holds; the survey itself asks no one for dates.
 */
import { SurveyError, type Column, type Design } from "@rugdekking/survey";
import { coefficientRows, equivalenceTest, fitHazard, ratioRows, type EquivalenceVerdict } from "@rugdekking/survey/models";
import type { Both } from "#services/monitor/contract/publication.ts";

/** Odds of leaving in a period at most this many times higher or lower count as small; chosen before looking. */
export const smallOddsRatio = 1.25;

/** Which columns hold what. */
export interface TermsOfOffice {
  /** Last whole period before observation; left out, everyone is seen from the first. */
  readonly entry?: string;
  /** Last whole period in office that was observed. */
  readonly exit: string;
  /** 1: left in that period by choice; 0: still in office, or the term ended otherwise. */
  readonly left: string;
  /** 1: met aggression; 0: did not. */
  readonly met: string;
  /** Further terms, as `function + size`. */
  readonly besides?: string;
}

/** What came of it. */
export interface LeavingResult {
  readonly verdict: EquivalenceVerdict;
  readonly oddsRatio: { readonly estimate: number; readonly low: number; readonly high: number };
  readonly margin: number;
  /** Smallest odds ratio above 1 that would have been found in 8 of 10 such files. */
  readonly detectable: number;
  readonly n: number;
  readonly result: Both;
  readonly missed: Both;
}

const two = (value: number): number => Math.round(value * 100) / 100;
const dutch = new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 2 });
const english = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });

/** @throws SurveyError as `fitHazard` and `equivalenceTest`. */
export function compareLeaving(design: Design, frame: ReadonlyMap<string, Column>, columns: TermsOfOffice): LeavingResult {
  const model = fitHazard(design, frame, {
    ...(columns.entry === undefined ? {} : { entry: columns.entry }),
    exit: columns.exit,
    event: columns.left,
    terms: [columns.met, ...(columns.besides === undefined || columns.besides.trim() === "" ? [] : [columns.besides])].join(" + "),
    link: "logit",
    baseline: "factor",
  });
  const rows = coefficientRows(model, 0.95);
  const effect = rows.find(({ term }) => term === columns.met);
  const ratio = ratioRows(rows).find(({ term }) => term === columns.met);
  if (effect === undefined || ratio === undefined)
    throw new SurveyError("model-malformed", `${JSON.stringify(columns.met)} must hold 0 and 1, with people of both kinds`, { column: columns.met });
  const bound = Math.log(smallOddsRatio);
  const { verdict, detectable } = equivalenceTest(effect, { low: -bound, high: bound }, 0.95, 0.8);
  const oddsRatio = { estimate: two(ratio.estimate), low: two(ratio.low), high: two(ratio.high) };
  const missable = two(Math.exp(detectable));
  const opening: Readonly<Record<EquivalenceVerdict, Both>> = {
    inconclusive: { nl: "Er is geen duidelijk bewijs, de ene of de andere kant op.", en: "There is no clear evidence either way." },
    equivalent: { nl: "Er is geen verschil dat ertoe doet.", en: "There is no difference that matters." },
    small: { nl: "Er is een verschil, maar het is klein.", en: "There is a difference, but a small one." },
    different: {
      nl: `Wie agressie meemaakte, stopt ${effect.estimate > 0 ? "eerder" : "minder snel"}.`,
      en: `Those who met aggression leave ${effect.estimate > 0 ? "sooner" : "less soon"}.`,
    },
  };
  return {
    verdict,
    oddsRatio,
    margin: smallOddsRatio,
    detectable: missable,
    n: model.n,
    result: {
      nl: `${opening[verdict].nl} De kansverhouding om in een periode te stoppen is ${dutch.format(oddsRatio.estimate)} (tussen ${dutch.format(oddsRatio.low)} en ${dutch.format(oddsRatio.high)}); 1 is geen verschil.`,
      en: `${opening[verdict].en} The odds ratio of leaving in a period is ${english.format(oddsRatio.estimate)} (between ${english.format(oddsRatio.low)} and ${english.format(oddsRatio.high)}); 1 is no difference.`,
    },
    missed: {
      nl: `Een verhouding onder ongeveer ${dutch.format(missable)} kan in deze gegevens onopgemerkt blijven.`,
      en: `A ratio below about ${english.format(missable)} can go unseen in these data.`,
    },
  };
}
