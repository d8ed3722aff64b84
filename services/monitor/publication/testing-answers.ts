/**
 * An invented wave for tests: 12,000 invited in 40 strata, 4,500 answers, everybody in it made up, with chances that are known. The same seed gives the same wave.
 * Non-response is not by chance over the whole: large municipalities answer less and meet more aggression, so that unweighted shares are wrong.
 */
import type { Question, Questionnaire } from "#registers/questionnaires/index.ts";
import { stratumName, type StratumKey } from "#services/monitor/contract/index.ts";
import { recordOf, roadOf, type Answer, type Asking } from "#services/monitor/questionnaire/index.ts";
import type { WaveAnswers } from "./answers.ts";

/** Numbers from 0 to 1, the same for the same seed (Mulberry32). */
export function chances(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A stratum of the invented frame with its chances. */
export interface InventedStratum {
  readonly key: StratumKey;
  readonly population: number;
  readonly invited: number;
  readonly answering: number;
  /** Chance of any verbal aggression, and of a threat. */
  readonly verbal: number;
  readonly threat: number;
}

const provinces = [
  "groningen",
  "fryslan",
  "drenthe",
  "overijssel",
  "flevoland",
  "gelderland",
  "utrecht",
  "noord-holland",
  "zuid-holland",
  "zeeland",
  "noord-brabant",
  "limburg",
] as const;

/** 40 strata, 12,000 invited, 4,500 answers. */
export function inventedStrata(): readonly InventedStratum[] {
  // Exact totals; the first stratum takes up what rounding leaves.
  const made: InventedStratum[] = [];
  const add = (key: StratumKey, invited: number, response: number, verbal: number, threat: number): void =>
    void made.push({ key, population: Math.round(invited * 1.05), invited, answering: Math.round(invited * response), verbal, threat });
  for (const [at, province] of provinces.entries()) {
    const weight = 150 + 70 * ((at * 5) % 7);
    add({ function: "raadslid", organisationType: "gemeente", province, sizeClass: "20-50" }, weight, 0.52, 0.26 + 0.01 * (at % 4), 0.1);
    add({ function: "raadslid", organisationType: "gemeente", province, sizeClass: "100-plus" }, weight + 20, 0.22, 0.54 + 0.01 * (at % 3), 0.25);
    add({ function: "wethouder", organisationType: "gemeente", province, sizeClass: "alle" }, 60 + 15 * ((at * 3) % 6), 0.42, 0.58, 0.3);
  }
  add({ function: "burgemeester", organisationType: "gemeente", province: "overig", sizeClass: "alle" }, 330, 0.5, 0.66, 0.4);
  add({ function: "statenlid", organisationType: "provincie", province: "overig", sizeClass: "alle" }, 550, 0.4, 0.4, 0.15);
  add({ function: "gedeputeerde", organisationType: "provincie", province: "overig", sizeClass: "alle" }, 70, 0.4, 0.6, 0.3);
  add({ function: "algemeen-bestuur", organisationType: "waterschap", province: "overig", sizeClass: "alle" }, 610, 0.35, 0.15, 0.05);
  const invited = made.reduce((sum, one) => sum + one.invited, 0);
  const answering = made.reduce((sum, one) => sum + one.answering, 0);
  const [first, ...others] = made;
  if (first === undefined) return made;
  const extra = 12_000 - invited;
  return [
    { ...first, invited: first.invited + extra, population: first.population + Math.round(extra * 1.05), answering: first.answering + 4_500 - answering },
    ...others,
  ];
}

/** How someone leaves office, and how aggression changes it: for tests of staying. */
export interface InventedEffect {
  /** Chance to want to go on without aggression, and with it. */
  readonly stay: number;
  readonly stayAfterAggression: number;
}

interface Person {
  readonly stratum: InventedStratum;
  readonly victim: boolean;
  readonly answers: ReadonlyMap<string, Answer>;
}

function personOf(stratum: InventedStratum, chance: () => number, effect: InventedEffect): Person {
  const often = (): string => ["once", "few", "few", "monthly", "weekly"][Math.floor(chance() * 5)] ?? "once";
  const happened = (p: number): string => (chance() < p ? often() : "never");
  const verbal = happened(stratum.verbal);
  const threat = happened(stratum.threat);
  const physical = happened(0.02);
  const discrimination = happened(0.06);
  const sexual = happened(0.03);
  const doxing = happened(0.04);
  const victim = [verbal, threat, physical, discrimination, sexual, doxing].some((one) => one !== "never");
  const left = chance();
  const stays = chance() < (victim ? effect.stayAfterAggression : effect.stay);
  const answers: [string, Answer][] = [
    ["status", left < 0.93 ? "serving" : left < 0.985 ? "left" : "candidate"],
    ["verbal", verbal],
    ["threat", threat],
    ["physical", physical],
    ["discrimination", discrimination],
    ["sexual", sexual],
    ["doxing", doxing],
    ["go-on", stays ? (chance() < 0.6 ? "yes" : "probably") : "no"],
    ["gender", chance() < 0.38 ? "woman" : chance() < 0.98 ? "man" : "other"],
    ["last-complaint", chance() < 0.08 ? "self" : "none"],
  ];
  return { stratum, victim, answers: new Map(answers) };
}

function answerOf(question: Question, chance: () => number): Answer {
  const dice = chance();
  if (dice < 0.01) return "refused";
  if (dice < 0.02) return "skipped";
  const option = question.options[Math.floor(chance() * question.options.length)]?.id ?? "skipped";
  return question.kind === "one" ? option : [option];
}

/** The wave. @param effect what aggression does to wanting to go on. @param strata the frame; by default the forty. */
export function inventedWave(
  questionnaire: Questionnaire,
  seed = 2026,
  effect: InventedEffect = { stay: 0.7, stayAfterAggression: 0.55 },
  strata: readonly InventedStratum[] = inventedStrata(),
): WaveAnswers {
  const chance = chances(seed);
  const answers = strata.flatMap((stratum) =>
    Array.from({ length: stratum.answering }, () => {
      const asking: Asking = { questionnaire, recallMonths: 12, details: stratum.invited >= questionnaire.smallStratum };
      const { answers: planned } = personOf(stratum, chance, effect);
      const given: Record<string, Answer> = {};
      // Whatever might be asked is answered, and then the road takes what it asks.
      for (const question of questionnaire.questions) {
        const plan = planned.get(question.id);
        const fits = typeof plan === "string" && question.options.some(({ id }) => id === plan);
        given[question.id] = fits && plan !== undefined && chance() > 0.01 ? plan : answerOf(question, chance);
      }
      return { stratum: stratumName(stratum.key), record: recordOf(asking, roadOf(asking, given).answers) };
    }),
  );
  return {
    version: 1,
    wave: "2026",
    opens: "2026-09-01T06:00:00.000Z",
    ends: "2026-10-15T22:00:00.000Z",
    invented: true,
    strata: strata.map(({ key, population, invited }) => ({ key, population, invited })),
    answers,
  };
}
