/** What a client without a session and the server tell each other before something is taken in: a challenge, its solution, blind tokens. Services above import it; it imports nothing of theirs. */
import Type, { type Static } from "typebox";
import { purposes } from "./door.ts";

export { purposes, tokenHeader, type Purpose } from "./door.ts";

/** Tokens that one challenge gives at most: one for now and one to keep. */
export const tokensAtOnce = 2;

const Moment = Type.String({ format: "date-time", pattern: "Z$", maxLength: 30 });
const Bytes = (least: number, most: number) => Type.String({ pattern: `^[A-Za-z0-9_-]{${least},${most}}$` });

/** A token as it travels: see @rugdekking/tokens. */
export const TokenText = Bytes(400, 900);

/** `POST /api/v1/admission/challenges`. `desk`: to whom it will be sent, when that is known; a desk that is flooded asks more. */
export const NewChallenge = Type.Object(
  {
    purpose: Type.Enum(purposes),
    desk: Type.Union([Type.String({ pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$" }), Type.Null()]),
  },
  { additionalProperties: false },
);
export type NewChallenge = Static<typeof NewChallenge>;

/** What must be worked out; see work.ts. */
export const WorkChallenge = Type.Object(
  {
    /** Opaque; its hash is the seed of the work. The server keeps nothing of it until it is solved. */
    challenge: Type.String({ pattern: "^[A-Za-z0-9_.-]{40,300}$" }),
    /** See level.ts. A token is good for doors that ask this level, one more, or less. */
    level: Type.Integer({ minimum: 0, maximum: 9 }),
    /** Hashes that one piece takes on average. */
    work: Type.Integer({ minimum: 1, maximum: 4_194_304 }),
    expires: Moment,
    /** Under which key the token is made: all who ask in this period at this level get the same. */
    key: Type.Object(
      { period: Type.String({ pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }), spki: Bytes(300, 800), ends: Moment },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);
export type WorkChallenge = Static<typeof WorkChallenge>;

/** `POST /api/v1/admission/tokens`. The same request again gets the same answer; another one for this challenge gets none. */
export const TokenRequest = Type.Object(
  {
    challenge: WorkChallenge.properties.challenge,
    solution: Bytes(86, 86),
    blinded: Type.Array(Bytes(300, 700), { minItems: 1, maxItems: tokensAtOnce }),
  },
  { additionalProperties: false },
);
export type TokenRequest = Static<typeof TokenRequest>;
export const TokenAnswer = Type.Object({ signatures: Type.Array(Bytes(300, 700), { minItems: 1, maxItems: tokensAtOnce }) }, { additionalProperties: false });
export type TokenAnswer = Static<typeof TokenAnswer>;

/** Wave and stratum of a token's key, in the words of engines/tokens. */
export const labelsOf = (period: string, level: number): { readonly wave: string; readonly stratum: string } => ({
  wave: `admission ${period}`,
  stratum: `level ${level}`,
});
