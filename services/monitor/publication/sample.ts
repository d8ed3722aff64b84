/** From opened answers to rows and columns: each answer held to its questionnaire and coded, with its stratum and its place in every classification. Called by weighting.ts, tables.ts and services/monitor/staying. */
import type { PublicationRules } from "#registers/publications/index.ts";
import type { Questionnaire, RecallMonths } from "#registers/questionnaires/index.ts";
import { Check } from "typebox/value";
import { AnswerRecord } from "#services/monitor/contract/answer-record.ts";
import { stratumName, type StratumKey } from "#services/monitor/contract/index.ts";
import { AnswerError, derive, type AnalysisRecord } from "#services/monitor/questionnaire/index.ts";
import type { WaveAnswers } from "./answers.ts";
import { PublicationError } from "./errors.ts";

/** A stratum with what came of it. */
export interface SampleStratum {
  readonly name: string;
  readonly key: StratumKey;
  readonly population: number;
  readonly invited: number;
  /** Answers that can be used. */
  readonly answered: number;
}

/** The answers as data. Row numbers are places in `records`. */
export interface Sample {
  readonly wave: string;
  readonly recallMonths: RecallMonths;
  readonly records: readonly AnalysisRecord[];
  readonly strata: readonly SampleStratum[];
  /** Place in `strata` of each row. */
  readonly stratum: Int32Array;
  /** By dimension: the leaf code of each row. */
  readonly codes: ReadonlyMap<string, readonly string[]>;
  /** Answers that did not open or do not hold to the questionnaire: counted, never guessed. */
  readonly unreadable: number;
}

/** A column of the answers; NaN where nothing was said or it was not asked. */
export function columnOf(sample: Sample, name: string): Float64Array {
  return Float64Array.from(sample.records, (record) => {
    const cell = record[name];
    return typeof cell === "number" ? cell : Number.NaN;
  });
}

type RulesDimension = PublicationRules["dimensions"][number];

/** The leaf code a value comes down to. @throws PublicationError `code-unknown` */
function coder({ id, codes }: RulesDimension): (value: string) => string {
  const byValue = new Map(codes.flatMap(({ code, values }) => values.map((value) => [value, code] as const)));
  return (value) => {
    const code = byValue.get(value);
    if (code !== undefined) return code;
    throw new PublicationError(
      "code-unknown",
      `The frame has ${JSON.stringify(value)} as ${id}, which the rules of publication do not know; add it there in a new version.`,
    );
  };
}

/** The code of a stratum in a dimension that comes from strata; null for one that comes from the answers. */
export function stratumCode(dimension: RulesDimension, key: StratumKey): string | null {
  return "stratum" in dimension.from ? coder(dimension)(key[dimension.from.stratum]) : null;
}

/**
 * Reads and codes the answers.
 * @throws PublicationError `stratum-unknown`, `stratum-overfull`, `code-unknown`, `answers-none`, `answers-mixed`, `rules-other`.
 */
export function readSample(answers: WaveAnswers, questionnaire: Questionnaire, rules: PublicationRules): Sample {
  if (rules.questionnaire.set !== questionnaire.set || rules.questionnaire.version !== questionnaire.version)
    throw new PublicationError(
      "rules-other",
      `The rules are for ${rules.questionnaire.set} version ${rules.questionnaire.version}, the answers for ${questionnaire.set} version ${questionnaire.version}; take the rules of that version.`,
    );
  const place = new Map(answers.strata.map(({ key }, at) => [stratumName(key), at]));
  const records: AnalysisRecord[] = [];
  const stratum: number[] = [];
  const recalls = new Set<RecallMonths>();
  let unreadable = 0;
  for (const { stratum: name, record } of answers.answers) {
    const at = place.get(name);
    if (at === undefined)
      throw new PublicationError("stratum-unknown", `An answer is of stratum ${name}, which the wave does not state; fetch the answers again.`);
    if (!Check(AnswerRecord, record)) {
      unreadable += 1;
      continue;
    }
    try {
      records.push(derive(questionnaire, record));
      stratum.push(at);
      recalls.add(record.recallMonths);
    } catch (error) {
      if (!(error instanceof AnswerError)) throw error;
      unreadable += 1;
    }
  }
  const [recallMonths] = recalls;
  if (recallMonths === undefined) throw new PublicationError("answers-none", "There is no answer that can be read; nothing can be published.");
  if (recalls.size > 1) throw new PublicationError("answers-mixed", "Some answers look back over 6 months and others over 12; publish them as two waves.");
  const counts = new Int32Array(answers.strata.length);
  for (const at of stratum) counts[at] = (counts[at] ?? 0) + 1;
  const strata = answers.strata.map(({ key, population, invited }, at): SampleStratum => {
    const answered = counts[at] ?? 0;
    if (answered > Math.min(invited, population))
      throw new PublicationError("stratum-overfull", `Stratum ${stratumName(key)} has more answers than people invited; these answers cannot be of this wave.`);
    return { name: stratumName(key), key, population, invited, answered };
  });
  const codes = new Map(
    rules.dimensions.map((dimension): [string, readonly string[]] => {
      const code = coder(dimension);
      const { from } = dimension;
      if ("stratum" in from) {
        const ofStratum = strata.map(({ key }) => code(key[from.stratum]));
        return [dimension.id, stratum.map((at) => ofStratum[at] ?? "")];
      }
      return [
        dimension.id,
        records.map((record) => {
          const cell = record[from.column];
          return code(typeof cell === "number" ? String(cell) : "");
        }),
      ];
    }),
  );
  return { wave: answers.wave, recallMonths, records, strata, stratum: Int32Array.from(stratum), codes, unreadable };
}
