/** What respondents, the research desk and the server tell each other about a wave of the survey: its signed statement, invitations, blind tokens, sealed answers, counts. Any room may import it. */
import Type, { type Static } from "typebox";
import { AnswerRecord } from "./answer-record.ts";
import { Base64Url, Envelope, Moment, SealedKey, Sha256, Uuid } from "#services/directory/contract/index.ts";

/** Media types of the signed statements of this room (DSSE payloadType). */
export const monitorStatements = { wave: "application/vnd.rugdekking.monitor-wave+json" } as const;

/** A wave: `2026`, `2027-pulse`. Part of every token's key. */
export const WaveId = Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,39}$" });

/** One part of a stratum's name, a code from the frame: `raadslid`, `gemeente`, `utrecht`, `50-100`; `alle` where strata were merged over it. */
const Code = Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,39}$" });

/** One text in the three languages of the questionnaire. */
const Text = Type.String({ minLength: 1, maxLength: 200 });
const Words = Type.Object({ nl: Text, en: Text, fy: Text }, { additionalProperties: false });

/** Answers wait on a respondent's device for a moment by chance, at most this many hours after the token was collected; [Note: A moment by chance] in client/participation.ts. */
export const mostHold = 24;

/** What a stratum is made of, in the order of its name. */
export const stratumParts = ["function", "organisationType", "province", "sizeClass"] as const;
/** Who is in a stratum. */
export const StratumKey = Type.Object({ function: Code, organisationType: Code, province: Code, sizeClass: Code }, { additionalProperties: false });
export type StratumKey = Static<typeof StratumKey>;

/** The name of a stratum, as its token key carries it: the four codes, `raadslid/gemeente/utrecht/50-100`. */
export const stratumName = (key: StratumKey): string => stratumParts.map((part) => key[part]).join("/");

/** `raadslid/gemeente/utrecht/50-100` */
const StratumName = Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,39}(/[a-z0-9][a-z0-9-]{0,39}){3}$" });

/**
 * [Note: No crowd under ten] An answer carries its stratum, so a stratum is the crowd a respondent stands in. Fewer than this many invited people are no crowd: the desk merges such strata before keys are made
 * (`services/monitor/frame`), and the server refuses a wave that has one.
 */
export const leastInvited = 10;
/** Most strata of a wave, and most keys asked for at once: making one takes the server a second or so. */
export const mostStrata = 400;
export const mostKeysAtOnce = 20;
/** Most invitations of one request. */
export const mostInvitationsAtOnce = 1_000;

/**
 * [Note: Every answer is equally long] The plaintext of an answer is JSON filled up with spaces to this many bytes, so that neither a long road through the questions nor a language shows in its length.
 * Sealed it is always {@link sealedAnswerBytes}.
 */
export const answerBytes = 8_192;
/** Bytes of an answer as an age file. */
export const sealedAnswerBytes = 8_383;

/** A stratum in the wave's statement. */
export const Stratum = Type.Object(
  {
    key: StratumKey,
    /** Persons in the sampling frame. */
    population: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    /** Invitations, at most: nobody can put in answers of people who do not exist beyond this. */
    invited: Type.Integer({ minimum: leastInvited, maximum: 1_000_000 }),
    /** DER SubjectPublicKeyInfo of the stratum's token key, base64url. */
    spki: Type.String({ pattern: "^[A-Za-z0-9_-]{390,740}$" }),
  },
  { additionalProperties: false },
);
export type Stratum = Static<typeof Stratum>;

/** Payload of a wave's statement, signed by a lead of a research desk; its hash is in the log, so that everyone is shown the same keys. */
export const WavePayload = Type.Object(
  {
    version: Type.Literal(1),
    wave: WaveId,
    title: Words,
    /** Which published questionnaire is asked, and the digest of its file: what was asked is fixed. */
    questionnaire: Type.Object(
      { set: Code, version: Type.Integer({ minimum: 1, maximum: 1_000 }), digest: Type.String({ pattern: "^[A-Za-z0-9_-]{43,64}$" }) },
      { additionalProperties: false },
    ),
    recallMonths: Type.Union([Type.Literal(6), Type.Literal(12)]),
    /** Invitations can be used and answers are taken from here. */
    opens: Moment,
    /** After this no token is given out any more. */
    closes: Moment,
    /** After this no answer is taken any more, and the private keys are destroyed. At least {@link mostHold} after `closes`. */
    ends: Moment,
    strata: Type.Array(Stratum, { minItems: 1, maxItems: mostStrata }),
    /** What the codes of the strata are called. A code that is not here is shown as it is. */
    labels: Type.Record(Code, Words, { maxProperties: 400 }),
    desk: Uuid,
    /** See [Note: One epoch of a wave]. */
    epoch: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    by: Uuid,
    at: Moment,
  },
  { additionalProperties: false },
);
/**
 * [Note: One epoch of a wave] Every answer of a wave is sealed to one epoch of the research desk: the one in force when the wave was stated, which its statement names. The epoch of the moment would be a clock on every
 * answer, which the server and the desk can read: it would tell those of before a change in the desk from those after. So whoever leaves the desk in mid-wave keeps a key that opens the wave's answers; what they do not get is
 * the answers, which the server gives to members of the day (docs/anonymity.md).
 */
export type WavePayload = Static<typeof WavePayload>;

/** `POST /api/v1/monitor/keys`: token keys for strata of a wave that is not open yet; the same keys again when asked again. */
export const KeysRequest = Type.Object(
  { desk: Uuid, wave: WaveId, strata: Type.Array(StratumName, { minItems: 1, maxItems: mostKeysAtOnce }) },
  { additionalProperties: false },
);
/** The public keys in the order asked for. */
export const Keys = Type.Object({ keys: Type.Array(Type.String()) }, { additionalProperties: false });

/** `GET /api/v1/monitor/waves/:wave`: a wave as served. */
export const WaveView = Type.Object({ wave: WaveId, statement: Envelope }, { additionalProperties: false });
export type WaveView = Static<typeof WaveView>;
/** `GET /api/v1/monitor/waves`: every wave, newest first. */
export const WaveList = Type.Object({ waves: Type.Array(WaveView) }, { additionalProperties: false });

/** `POST /api/v1/monitor/waves/:wave/invitations`: SHA-256 of what each invitation proves itself with, and its stratum. Whose it is, only the desk knows. */
export const NewInvitations = Type.Object(
  {
    invitations: Type.Array(Type.Object({ mark: Sha256, stratum: StratumName }, { additionalProperties: false }), {
      minItems: 1,
      maxItems: mostInvitationsAtOnce,
    }),
  },
  { additionalProperties: false },
);
/** How many invitations of the wave there are now. */
export const InvitationCount = Type.Object({ invitations: Type.Integer({ minimum: 0 }) }, { additionalProperties: false });

/** `GET …/uncollected`: invitations that got no token yet, a page. Who did not *answer* nobody can be told. */
export const Uncollected = Type.Object({ marks: Type.Array(Sha256), next: Type.Union([Sha256, Type.Null()]) }, { additionalProperties: false });
export type Uncollected = Static<typeof Uncollected>;

/** `POST …/look-ups`: which stratum an invitation is of. `proof`: 32 bytes that only the code gives. */
export const InvitationProof = Type.Object({ proof: Sha256 }, { additionalProperties: false });
export const InvitationView = Type.Object({ stratum: StratumName, collected: Type.Boolean() }, { additionalProperties: false });
export type InvitationView = Static<typeof InvitationView>;

/** `POST …/tokens`: a blinded message; the answer signs it blindly. The same invitation with the same message gets the same answer again, with another it gets none. */
export const TokenRequest = Type.Object({ proof: Sha256, blinded: Base64Url }, { additionalProperties: false });
export const TokenAnswer = Type.Object({ signature: Base64Url }, { additionalProperties: false });

/** The plaintext of an answer. Whether the record fits its questionnaire `readRecord` says. */
export const AnswerBody = Type.Object(
  {
    version: Type.Literal(1),
    record: AnswerRecord,
    /** Spaces up to {@link answerBytes}. */
    fill: Type.String({ maxLength: answerBytes, pattern: "^ *$" }),
  },
  { additionalProperties: false },
);
export type AnswerBody = Static<typeof AnswerBody>;

/** An answer, sealed by whoever holds a token to the epoch of the research desk that the wave names. Nothing in it or around it says when or from where. */
export const SealedAnswer = Type.Object(
  {
    /** UUID of version 4: where the seal has its place. */
    id: Type.String({ pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$" }),
    key: SealedKey,
    /** age file of {@link answerBytes} of plaintext, base64url. */
    sealed: Base64Url,
  },
  { additionalProperties: false },
);
export type SealedAnswer = Static<typeof SealedAnswer>;
/** `POST /api/v1/monitor/answers`, without a session. */
export const NewAnswer = Type.Object({ token: Type.String({ minLength: 100, maxLength: 900 }), answer: SealedAnswer }, { additionalProperties: false });
export type NewAnswer = Static<typeof NewAnswer>;

/** How a stratum stands; `invited` and `population` are in the wave's statement. Under {@link leastShown} answers the number is not said. */
export const StratumCount = Type.Object(
  {
    stratum: StratumName,
    invitations: Type.Integer({ minimum: 0 }),
    collected: Type.Integer({ minimum: 0 }),
    answered: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
  },
  { additionalProperties: false },
);
export type StratumCount = Static<typeof StratumCount>;
/** `GET …/fieldwork`, for the desk. `answered` in all: those of the strata that are told. */
export const Fieldwork = Type.Object({ strata: Type.Array(StratumCount), answered: Type.Integer({ minimum: 0 }) }, { additionalProperties: false });
export type Fieldwork = Static<typeof Fieldwork>;
/** Fewer answers of a stratum than this are not told while the fieldwork runs. */
export const leastShown = 5;

/** Where a page of answers ends: the id of its last answer and that one's stratum, since two respondents may choose one id. */
export const AnswerPlace = Type.String({ pattern: "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/[a-z0-9][a-z0-9-]{0,39}(/[a-z0-9][a-z0-9-]{0,39}){3}$" });
/** `GET …/answers`, for the desk, once the wave has ended: a page, in an order that says nothing. `next`: ask `after` it. */
export const AnswerPage = Type.Object(
  {
    answers: Type.Array(Type.Object({ stratum: StratumName, answer: SealedAnswer }, { additionalProperties: false })),
    next: Type.Union([AnswerPlace, Type.Null()]),
  },
  { additionalProperties: false },
);
export type AnswerPage = Static<typeof AnswerPage>;
