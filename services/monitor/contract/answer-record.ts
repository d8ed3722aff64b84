/** What a respondent sends and nothing else: the answers on the road that was taken, and which questions they answer. No name, no code, no language, no device, no moment. Both sides of the Monitor agree on it here. */
import Type, { type Static } from "typebox";

const Id = Type.String({ pattern: "^[a-z0-9-]{1,40}$" });

/** `refused`: the person chose not to say. `skipped`: the question was shown and passed over. Everything else is the id of an option. */
export const nonAnswers = ["refused", "skipped"] as const;

/**
 * The answers of one person. It fits in `answerBytes` beside this, to which a client fills it up before it seals it (`[Note: Every answer is equally long]`), so that the size of a message does not tell whether
 * someone had much to report.
 */
export const AnswerRecord = Type.Object(
  {
    questionnaire: Type.Object({ set: Id, version: Type.Integer({ minimum: 1 }) }, { additionalProperties: false }),
    recallMonths: Type.Union([Type.Literal(6), Type.Literal(12)]),
    /** Whether questions marked `detail` were asked; false in a stratum too small for them. */
    details: Type.Boolean(),
    /** By question id. A string for kind `one` and for what is no answer; a list of options for kind `some`. A question that was not asked is not there. */
    answers: Type.Record(Id, Type.Union([Id, Type.Array(Id, { minItems: 1, maxItems: 20, uniqueItems: true })]), { maxProperties: 200 }),
  },
  { additionalProperties: false },
);
/** The answers of one person. */
export type AnswerRecord = Static<typeof AnswerRecord>;
