/** Counts the facts of signals per step and per police unit, with a Wilson interval and no cell under five. Pure; the figures page draws it, the test holds it to published values. */
import type { Followed } from "#services/signalling/facts/index.ts";
import { signalSteps, type SignalFact, type SignalStep } from "#services/signalling/contract/index.ts";

/** A share with its interval; `all` is never under {@link least}. */
export interface Share {
  readonly good: number;
  readonly all: number;
  /** Bounds of the interval, 0 to 1. */
  readonly low: number;
  readonly high: number;
}

/** Fewer than this are not shown: a person could be found in them. */
export const least = 5;

/**
 * Wilson score interval without continuity correction (Wilson 1927; Newcombe 1998, method 3): holds its level for small numbers and for shares near 0 and 1.
 * @throws RangeError unless 0 <= good <= all and all > 0.
 */
export function wilson(good: number, all: number, z = 1.959_963_984_540_054): { readonly low: number; readonly high: number } {
  if (!(all > 0) || good < 0 || good > all) throw new RangeError(`no share of ${good} in ${all}`);
  const share = good / all;
  const middle = share + z ** 2 / (2 * all);
  const half = z * Math.sqrt((share * (1 - share)) / all + z ** 2 / (4 * all ** 2));
  const scale = 1 + z ** 2 / all;
  return { low: good === 0 ? 0 : Math.max(0, (middle - half) / scale), high: good === all ? 1 : Math.min(1, (middle + half) / scale) };
}

/** Null for a cell that is too small to show. */
const shareOf = (good: number, all: number): Share | null => (all < least ? null : { good, all, ...wilson(good, all) });

/** One row: a step, or a unit. */
export interface Row<K> {
  readonly key: K;
  readonly share: Share | null;
}

/** What the page shows. */
export interface Figures {
  /** Signals looked at. */
  readonly signals: number;
  /** Signals in which a first answer was owed and their share that got it in time. */
  readonly acknowledged: Share | null;
  /** Signals in which anything was owed, and the share in which every answer came in time. */
  readonly followed: Share | null;
  readonly steps: readonly Row<SignalStep>[];
  /** What a police unit itself owed, received and weighed together; null: unit not known. */
  readonly units: readonly Row<string | null>[];
}

type Answer = SignalFact["steps"][number]["answer"];
const inTime = (answers: readonly Answer[]): number => answers.filter((answer) => answer === "in-time").length;

/** What the police unit itself owed since it was asked: receiving and weighing. A signal that was never weighed by the police (around the driehoek, or not theirs) has none. */
const ownAnswers = ({ steps: all, ofUnit: steps = all }: Followed): Answer[] =>
  steps.some(({ step }) => step === "weighed") ? steps.filter(({ step }) => step === "received" || step === "weighed").map(({ answer }) => answer) : [];

/** Counts them. A step that is still within its term is in no fact, and so in no figure. */
export function figuresOf(facts: readonly Followed[]): Figures {
  const answersAt = (step: SignalStep): Answer[] => facts.flatMap(({ steps }) => steps.filter((one) => one.step === step).map(({ answer }) => answer));
  const owed = facts.filter(({ steps }) => steps.length > 0);
  const first = answersAt("received");
  const units = [...new Set(facts.map(({ unit }) => unit))].toSorted((a, b) => (a ?? "￿").localeCompare(b ?? "￿"));
  return {
    signals: facts.length,
    acknowledged: shareOf(inTime(first), first.length),
    followed: shareOf(owed.filter(({ steps }) => steps.every(({ answer }) => answer === "in-time")).length, owed.length),
    steps: signalSteps.map((key) => {
      const answers = answersAt(key);
      return { key, share: shareOf(inTime(answers), answers.length) };
    }),
    units: units.map((key) => {
      const own = facts.filter(({ unit }) => unit === key).map(ownAnswers);
      // The cell is as small as the number of signals in it, however many answers those have.
      const signals = own.filter((answers) => answers.length > 0).length;
      return { key, share: signals < least ? null : shareOf(inTime(own.flat()), own.flat().length) };
    }),
  };
}

/** What the figures say about co-operation: too few to say, no late answer at all, or some. */
export const verdictOf = ({ followed }: Figures): "too-few" | "none" | "some" =>
  followed === null ? "too-few" : followed.good === followed.all ? "none" : "some";
