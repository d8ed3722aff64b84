/** The engine's door: complex-survey estimation, equal to R `survey` 4.5 where that gives an answer. No I/O; README.md has the table of what was compared. */
export { SurveyError, surveyErrorCodes, type SurveyErrorCode, type SurveyErrorData } from "./errors.ts";
