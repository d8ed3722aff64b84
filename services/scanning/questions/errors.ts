/** What can go wrong with question sets and answers, as a closed list of stable codes; thrown by this room, worded by screens. */

/** Stable codes. A code never changes meaning. */
export type QuestionErrorCode =
  /** No set of this name was ever published. */
  | "set-unknown"
  /** The set exists, this version does not (here): perhaps the app is older than the visit. */
  | "version-unknown"
  /** The set has no question of this id. */
  | "question-unknown"
  /** A number where a choice is asked, and the like. */
  | "answer-type"
  /** The question has no such choice. */
  | "answer-choice"
  /** Empty, too small or too large. */
  | "answer-range"
  /** One question has two answers: two tablets on one visit must be brought together first. */
  | "answered-twice"
  /** The answers do not have the promised form at all. */
  | "answers-malformed"
  /** These answers were given in another set or version than the one they are read with. */
  | "version-mismatch";

/** Thrown for sets and answers that cannot be read. The message names set, version and question, never an answer. */
export class QuestionError extends Error {
  override readonly name = "QuestionError";
  readonly code: QuestionErrorCode;
  /** Question it is about; null when it is about the whole. */
  readonly question: string | null;
  /** @param code stable code; @param detail what and where, without the answer; @param question id, if it is about one. */
  constructor(code: QuestionErrorCode, detail: string, question: string | null = null) {
    super(detail);
    this.code = code;
    this.question = question;
  }
}
