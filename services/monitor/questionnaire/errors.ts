/** What may be wrong with answers, as a closed list of stable codes. */

/** Every stable code of this room. */
export const answerErrorCodes = [
  "record-malformed",
  "questionnaire-other",
  "question-unknown",
  "question-not-asked",
  "question-open",
  "answer-kind",
  "answer-option",
  "answer-alone",
] as const;
export type AnswerErrorCode = (typeof answerErrorCodes)[number];

/** Answers do not fit their questionnaire. The message names the question and never the answer: it may be logged. */
export class AnswerError extends Error {
  override readonly name = "AnswerError";
  readonly code: AnswerErrorCode;
  /** Id of the question, where one is meant. */
  readonly question: string | null;

  constructor(code: AnswerErrorCode, message: string, question: string | null = null) {
    super(message);
    this.code = code;
    this.question = question;
  }
}
