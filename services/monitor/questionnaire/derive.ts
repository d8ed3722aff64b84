/** From answers to columns: codes, derived variables, and why a value is missing. Called by the analysis; the same record always gives the same row. */
import { columnOf, columnsOf, type Questionnaire } from "#registers/questionnaires/index.ts";
import type { AnswerRecord } from "#services/monitor/contract/answer-record.ts";
import { answerTo, chosen } from "./answers.ts";
import { conditionsOf, known, missing, type MissingKind } from "./conditions.ts";
import { readRecord } from "./record.ts";

/** A code from the codebook, 0 or 1 for an option or a derived variable, or why there is none. Never a number that stands for "missing": such a number ends up in a mean one day. */
export type Cell = number | MissingKind;

/** One row: the same columns, in the same order, for every record of a questionnaire. */
export type AnalysisRecord = Readonly<Record<string, Cell>>;

/**
 * Codes one record.
 * @param record a record, from anyone; it is held to its questionnaire first
 * @throws AnswerError what `readRecord` throws.
 */
export function derive(questionnaire: Questionnaire, record: AnswerRecord): AnalysisRecord {
  const { answers } = readRecord(questionnaire, record);
  const named = conditionsOf(questionnaire);
  const row: Record<string, Cell> = {};
  for (const question of questionnaire.questions) {
    const answer = answerTo(answers, question.id);
    const gap = missing(answer);
    if (gap !== null) {
      for (const column of columnsOf(question)) row[column] = gap;
      continue;
    }
    const taken = chosen(question, answer);
    if (question.kind === "one") row[question.variable] = taken[0]?.code ?? "skipped";
    else for (const option of question.options) row[columnOf(question.variable, option)] = taken.includes(option) ? 1 : 0;
  }
  const denominators = new Map(questionnaire.denominators.map((one) => [one.id, one]));
  for (const { variable, denominator, when } of questionnaire.derived) {
    const among = denominators.get(denominator)?.when ?? null;
    const inside = among === null ? true : known(among, answers, named);
    const value = inside === true ? known(when, answers, named) : inside === false ? "not-asked" : inside;
    row[variable] = typeof value === "boolean" ? Number(value) : value;
  }
  return row;
}
