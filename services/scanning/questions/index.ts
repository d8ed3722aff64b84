/** Question sets of a visit: open a version, keep answers to it, evaluate what they come to. Pure but for loading a set; clients and screens call it. */
export { noAnswers, readAnswers, storedAnswers, withAnswer, withoutAnswer, type AnswerBook } from "./answers.ts";
export { QuestionError, type QuestionErrorCode } from "./errors.ts";
export { answerInWords, evaluate, findingOf, progressOfAll, type Evaluation, type FoundFinding, type Progress } from "./evaluate.ts";
export { newestVersion, openSet, ready, type ReadySet } from "./sets.ts";
