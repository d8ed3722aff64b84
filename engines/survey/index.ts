/** The engine's door: complex-survey estimation, equal to R `survey` 4.5 where that gives an answer. No I/O; README.md has the table of what was compared. */
export { SurveyError, surveyErrorCodes, type SurveyErrorCode, type SurveyErrorData } from "./errors.ts";
export {
  type CategoryColumn,
  type Column,
  columnOf,
  crossed,
  type Groups,
  groupsIn,
  groupsOf,
  lineOf,
  type NumberColumn,
  numbersOf,
  type Table,
} from "./columns/column.ts";
export { type CsvOptions, parseCsv } from "./csv/parse.ts";
export { writeCsv } from "./csv/write.ts";
export * from "./design/index.ts";
export * from "./statistics/index.ts";
export * from "./calibration/index.ts";
export * from "./estimate/index.ts";
