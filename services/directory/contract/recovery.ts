/** What clients and server tell each other about recovery: two of three holders, a delay, a veto. The states of an attempt are one readable table here. */
import Type, { type Static } from "typebox";
import { Base64Url, Envelope, Moment, SealedKey, Sha256, UnlockMethod, Uuid } from "./index.ts";

/** Least and usual time between the second confirmation and the handing out, in hours. 72: a weekend does not pass unseen. A house may set it (`RUGDEKKING_RECOVERY_HOURS`), a person may ask for more. */
export const recoveryHours = { least: 1, usual: 72, most: 24 * 31 } as const;
/** An attempt that came to nothing ends by itself after this many days, the delay aside. */
export const attemptDays = 14;
/** Attempts for one desk side by side: whoever is really locked out can still ask when somebody else did. Officers ask them, so nobody unknown can take these places. */
export const attemptsAtOnce = 3;
/**
 * Attempts for one person that run and about which holders and person get news.
 * [Note: Anyone may ask] Asking for a person's keys needs a sign-in name and nothing else, so whoever threatens them can ask too. Were there so many places and no more, a few questions would shut the person
 * out for two weeks, unseen, since an answer does not say whether it counts. So each attempt counts; only the news stops, and of attempts that nobody confirmed the newest {@link attemptsShown} are shown: who is on
 * the telephone with a holder asks anew and stands among them.
 */
export const attemptsTold = 3;
/** Unconfirmed attempts of one set that are shown to its holders and its person: the newest. Confirmed ones always are. */
export const attemptsShown = 200;

/** Who may take a step: `holder` of a share, `asker` (who gets the keys back), `subject` (whose keys they are: the person, or any member of the desk), `clock`. */
export type RecoveryParty = "holder" | "asker" | "subject" | "clock";

/**
 * The life of an attempt: from a state, each step with who may take it and where it leads. `confirm` stays in `asked` until two shares are there (an officer who asks brings their own).
 * [Note: The delay counts from the second confirmation] Were it counted from the asking, someone could ask, be taken for noise for three days, and have two holders confirm in the last hour.
 */
export const recoveryTable = {
  asked: {
    confirm: { by: "holder", to: "waiting" },
    refuse: { by: "holder", to: "refused" },
    veto: { by: "subject", to: "vetoed" },
    lapse: { by: "clock", to: "lapsed" },
  },
  waiting: { elapse: { by: "clock", to: "open" }, refuse: { by: "holder", to: "refused" }, veto: { by: "subject", to: "vetoed" } },
  open: {
    take: { by: "asker", to: "taken" },
    refuse: { by: "holder", to: "refused" },
    veto: { by: "subject", to: "vetoed" },
    lapse: { by: "clock", to: "lapsed" },
  },
  /** The keys were handed out: a veto ends the way in, and cannot make anyone forget them. */
  taken: { finish: { by: "asker", to: "done" }, veto: { by: "subject", to: "vetoed" }, lapse: { by: "clock", to: "lapsed" } },
  done: {},
  vetoed: {},
  refused: {},
  lapsed: {},
  /** Of a desk: a lead started a new epoch meanwhile, so the desk is not lost. */
  overtaken: {},
} as const satisfies Record<string, Readonly<Record<string, { readonly by: RecoveryParty; readonly to: string }>>>;

export const recoveryStates = [
  "asked",
  "waiting",
  "open",
  "taken",
  "done",
  "vetoed",
  "refused",
  "lapsed",
  "overtaken",
] as const satisfies readonly (keyof typeof recoveryTable)[];
export type RecoveryState = (typeof recoveryStates)[number];
export type RecoveryStep = "confirm" | "refuse" | "veto" | "lapse" | "elapse" | "take" | "finish";

/** What is kept of an attempt, from which its state follows. */
export interface AttemptFacts {
  /** When two shares were there, plus the delay; null before. */
  readonly opens: Date | null;
  readonly taken: Date | null;
  /** After this it lapses. */
  readonly ends: Date;
  /** How it ended, when it did. */
  readonly outcome: RecoveryState | null;
}

/** The state of an attempt at a moment. */
export function recoveryState({ opens, taken, ends, outcome }: AttemptFacts, at: Date): RecoveryState {
  if (outcome !== null) return outcome;
  if (ends <= at) return "lapsed";
  if (taken !== null) return "taken";
  if (opens === null) return "asked";
  return opens <= at ? "open" : "waiting";
}

/** Whether this step exists in this state for this party. */
export function recoveryAllows(state: RecoveryState, step: RecoveryStep, by: RecoveryParty): boolean {
  const steps: Readonly<Record<string, { readonly by: RecoveryParty }>> = recoveryTable[state];
  return steps[step]?.by === by;
}

/** Setting up: the signed set, one sealed share per holder by place, the server's half, and for a person the bundle sealed to the seed. */
export const NewRecoverySet = Type.Object(
  {
    statement: Envelope,
    shares: Type.Array(SealedKey, { minItems: 3, maxItems: 3 }),
    /** 32 bytes. */
    half: Sha256,
    method: Type.Union([UnlockMethod, Type.Null()]),
  },
  { additionalProperties: false },
);
export type NewRecoverySet = Static<typeof NewRecoverySet>;

const state = Type.Enum(recoveryStates);
/** One attempt as its holders and its subject see it. */
export const AttemptView = Type.Object(
  {
    attempt: Uuid,
    state,
    asked: Moment,
    /** Of a person: the new key, whose code is compared by telephone. */
    temporaryKey: Type.Union([Base64Url, Type.Null()]),
    /** Of a desk: the signed request. */
    request: Type.Union([Envelope, Type.Null()]),
    /** Places whose holder confirmed. */
    confirmed: Type.Array(Type.Integer()),
    opens: Type.Union([Moment, Type.Null()]),
    taken: Type.Union([Moment, Type.Null()]),
    ended: Type.Union([Moment, Type.Null()]),
  },
  { additionalProperties: false },
);
export type AttemptView = Static<typeof AttemptView>;

/** A set with all that happened under it. `signer`: public key of who signed it, to be checked against a roster or one's own. */
export const RecoveryView = Type.Object(
  {
    recovery: Uuid,
    statement: Envelope,
    hash: Sha256,
    signer: Base64Url,
    made: Moment,
    ended: Type.Union([Moment, Type.Null()]),
    attempts: Type.Array(AttemptView),
    /** Everything that was signed about it, as it came in. */
    statements: Type.Array(Type.Object({ statement: Envelope, received: Moment }, { additionalProperties: false })),
  },
  { additionalProperties: false },
);
export type RecoveryView = Static<typeof RecoveryView>;

/** A set of which the caller holds a share. */
export const HeldShare = Type.Object(
  { ...RecoveryView.properties, place: Type.Integer(), sealed: Type.Union([SealedKey, Type.Null()]) },
  { additionalProperties: false },
);
export type HeldShare = Static<typeof HeldShare>;

/** Answer to `GET /api/v1/recoveries`. */
export const Recoveries = Type.Object(
  {
    /** Hours this house waits at least. */
    hours: Type.Integer(),
    /** About the caller's own keys, newest first; those that ended stay. */
    own: Type.Array(RecoveryView),
    /** About desks the caller is in. */
    desks: Type.Array(RecoveryView),
    held: Type.Array(HeldShare),
  },
  { additionalProperties: false },
);
export type Recoveries = Static<typeof Recoveries>;

/** Asking for one's own keys, without being signed in. The answer is the same for every name, known or not. */
export const NewClaim = Type.Object(
  {
    handle: Type.String({ minLength: 1, maxLength: 120 }),
    /** 1216 bytes (MLKEM768-X25519). */
    temporaryKey: Type.String({ pattern: "^[A-Za-z0-9_-]{1622}$" }),
  },
  { additionalProperties: false },
);
export const Claim = Type.Object({ recovery: Uuid, attempt: Uuid, token: Sha256 }, { additionalProperties: false });
export type Claim = Static<typeof Claim>;

/** By whom an attempt is looked at or taken: with the token of a claim, or by the officer who asked (signed in, null). */
export const AskerToken = Type.Object({ token: Type.Union([Sha256, Type.Null()]) }, { additionalProperties: false });

/** How far an attempt is, for who asked. */
export const ClaimState = Type.Object({ state, confirmed: Type.Integer(), opens: Type.Union([Moment, Type.Null()]) }, { additionalProperties: false });
export type ClaimState = Static<typeof ClaimState>;

/** A confirmation: signed by the holder, with the share as it is passed on; null for the code on paper, whose share the asker opens. */
export const ConfirmationBody = Type.Object({ statement: Envelope, sealed: Type.Union([SealedKey, Type.Null()]) }, { additionalProperties: false });

/** What is handed out after the delay, to who asked. */
export const HandedOut = Type.Object(
  {
    statement: Envelope,
    signer: Base64Url,
    half: Sha256,
    /** As passed on for this attempt. For an officer also their own share, and for a claim the one on paper, as they keep it (`own`). */
    shares: Type.Array(Type.Object({ place: Type.Integer(), sealed: SealedKey, own: Type.Boolean() }, { additionalProperties: false })),
    /** Of a person: card and sealed bundle. */
    card: Type.Union([Envelope, Type.Null()]),
    method: Type.Union([UnlockMethod, Type.Null()]),
    /** Of a person: the newest record of their ways to sign in, which the next one follows; null when there is none. */
    record: Type.Union([Type.Object({ seq: Type.Integer(), hash: Sha256 }, { additionalProperties: false }), Type.Null()]),
    /** Of a desk: the present epoch's key under the recovery key, and the two signatures the next roster needs. */
    desk: Type.Union([
      Type.Object({ epoch: Type.Integer(), sealed: SealedKey, request: Envelope, confirmation: Envelope }, { additionalProperties: false }),
      Type.Null(),
    ]),
  },
  { additionalProperties: false },
);
export type HandedOut = Static<typeof HandedOut>;

/** Ends a person's attempt: the new ways to sign in and their record, signed with the recovered key. The challenge in the set is SHA-256 of the token. */
export const Completion = Type.Object({ token: Sha256, statement: Envelope, record: Envelope }, { additionalProperties: false });

/** Records of one's ways to sign in, first one first. */
export const UnlockRecords = Type.Object(
  { records: Type.Array(Type.Object({ statement: Envelope, received: Moment }, { additionalProperties: false })) },
  { additionalProperties: false },
);
