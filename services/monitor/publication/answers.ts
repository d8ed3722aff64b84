/**
 * The opened answers of a wave as the research desk keeps them: a file on its own machine, as `rugdekking monitor answers` writes it; read here and nowhere else. Called by sample.ts and by the command line.
 * The server never sees it: what it keeps is sealed to the desk (`[Note: Every answer is equally long]`).
 */
import Type, { type Static } from "typebox";
import { Check, Errors } from "typebox/value";
import { StratumKey } from "#services/monitor/contract/index.ts";
import { PublicationError } from "./errors.ts";

const Count = Type.Integer({ minimum: 0, maximum: 1_000_000 });

/** Answers of a wave, opened by the desk, with the frame they were drawn from. */
export const WaveAnswers = Type.Object(
  {
    version: Type.Literal(1),
    wave: Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,39}$" }),
    opens: Type.String(),
    ends: Type.String(),
    /** Made up for a demonstration or test. */
    invented: Type.Boolean(),
    /** As in the wave's signed statement: who is in the frame, and how many were invited. */
    strata: Type.Array(
      Type.Object({ key: StratumKey, population: Type.Integer({ minimum: 1, maximum: 1_000_000 }), invited: Count }, { additionalProperties: false }),
      { minItems: 1, maxItems: 400 },
    ),
    /** One per person, in no order. `record` as services/monitor/contract/answer-record has it; null for one that did not open. */
    answers: Type.Array(Type.Object({ stratum: Type.String({ maxLength: 200 }), record: Type.Unknown() })),
  },
  { additionalProperties: false },
);
export type WaveAnswers = Static<typeof WaveAnswers>;

/** Reads the file. @throws PublicationError `answers-malformed`, with the place. */
export function readWaveAnswers(value: unknown): WaveAnswers {
  if (Check(WaveAnswers, value)) return value;
  const [first] = Errors(WaveAnswers, value);
  throw new PublicationError(
    "answers-malformed",
    `The file of answers is wrong at ${first?.instancePath === "" ? "its top" : (first?.instancePath ?? "")}: it ${first?.message ?? "has another form"}. Fetch the answers again.`,
  );
}
