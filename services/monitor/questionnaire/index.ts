/**
 * The rules of the questionnaire as pure functions over registers/questionnaires: the road through it, what is sent, what the analysis gets. Browser, server and command line call the same ones.
 * Conditions and derived variables are data; nothing here knows a question by name.
 */
export { answerTo, checkAnswer, chosen, press, said, type Answer, type Answers } from "./answers.ts";
export { codebook, type CodebookRow } from "./codebook.ts";
export { missingKinds, type MissingKind } from "./conditions.ts";
export { derive, type AnalysisRecord, type Cell } from "./derive.ts";
export { describe, recalled } from "./describe.ts";
export { AnswerError, answerErrorCodes, type AnswerErrorCode } from "./errors.ts";
export { parseAnswers, readRecord, recordOf } from "./record.ts";
export {
  completeness,
  helpQuestions,
  needsHelp,
  nextQuestion,
  questionAfter,
  questionBefore,
  roadOf,
  type Asking,
  type Completeness,
  type Road,
  type Setting,
} from "./road.ts";
export { differences, trendKey, type AskedIn } from "./trend.ts";
