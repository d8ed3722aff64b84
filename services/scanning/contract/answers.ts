/** Sealed shape of the answers of a visit. Read through the contract's index; what they come to is in services/scanning/questions. */
import Type, { type Static } from "typebox";
import { LocalId } from "./words.ts";

/** Why a question was passed over: does not apply here, could not be seen, the person did not want to tell. */
export const skipReasons = ["not-applicable", "not-seen", "not-shared"] as const;
/** Why a question was passed over. */
export type SkipReason = (typeof skipReasons)[number];

/** `yes` or `no`, the id of a choice, a text; a number, or the number of photos; or the reason why there is none. */
export const AnswerValue = Type.Union([
  Type.String({ minLength: 1, maxLength: 6_000 }),
  Type.Integer(),
  Type.Object({ skipped: Type.Enum(skipReasons) }, { additionalProperties: false }),
]);
/** What was answered. */
export type AnswerValue = Static<typeof AnswerValue>;

/** One answer, with a free note of the adviser. */
export const Answer = Type.Object({ question: LocalId, value: AnswerValue, note: Type.String({ maxLength: 6_000 }) }, { additionalProperties: false });
/** One answer. */
export type Answer = Static<typeof Answer>;

/** All answers of a visit with the set and version they were given in: fit to be part of a sealed body. */
export const VisitAnswers = Type.Object(
  {
    set: LocalId,
    setVersion: Type.Integer({ minimum: 1 }),
    answers: Type.Array(Answer, { maxItems: 600 }),
    /**
     * Number of the newest entry of the dossier that the adviser had before them when these answers were given. They take the place of answers up to that entry; answers of a
     * visit that was noted beside this one (a second tablet) stand beside them until someone chooses. Missing in older visits: read as 0.
     */
    after: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  { additionalProperties: false },
);
/** All answers of a visit. */
export type VisitAnswers = Static<typeof VisitAnswers>;
