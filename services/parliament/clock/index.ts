/** The clock of written questions: three weeks, a postponement with reasons and three more, what is late and what will be, and the internal dates counted back from the last day. */
export {
  answerTerm,
  type AnswerTerm,
  type AskedSet,
  type ClockSettings,
  defaultSettings,
  type Postponement,
  postponementProblem,
  type PostponementProblem,
} from "./term.ts";
export { internalDates, type InternalDate } from "./steps.ts";
export { outlook, type Outlook, standing, type Standing } from "./standing.ts";
