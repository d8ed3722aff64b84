/** What a request for help says once opened: the sealed bodies of help dossiers. Clients and screens use these; the server never sees them. */
import Type, { type Static } from "typebox";
import { ContactPreferences, LongText, MessageBody, ShortText, WithdrawalBody } from "#services/dossier/contract/bodies.ts";
import { AftercarePlanBody } from "./aftercare.ts";
import { HelpAnswers, Seeker } from "./situation.ts";

export * from "./aftercare.ts";
export * from "./peers.ts";
export * from "./situation.ts";

/** First entry (kind `help-request`). Only words or answers need to be there; everything else may stay empty. */
export const HelpRequestBody = Type.Object(
  {
    version: Type.Literal(1),
    /** What the person wants to say; may be empty: who presses for help need not explain. */
    words: LongText,
    /** What was answered on the page of help; sealed here, and sent nowhere else. */
    answers: HelpAnswers,
    name: ShortText,
    organisationName: ShortText,
    acute: Type.Boolean(),
    contact: ContactPreferences,
  },
  { additionalProperties: false },
);
export type HelpRequestBody = Static<typeof HelpRequestBody>;

/** Who helps (kind `help-offer`): someone of the desk's list, or the team itself. Only what the person needs to know of them. */
export const HelpOfferBody = Type.Object(
  {
    version: Type.Literal(1),
    by: Type.Enum(["team", "peer", "expert"]),
    name: ShortText,
    office: ShortText,
    /** How and when they get in touch, in words. */
    how: ShortText,
    words: LongText,
  },
  { additionalProperties: false },
);
export type HelpOfferBody = Static<typeof HelpOfferBody>;

/** How it ended (kind `outcome`): what the person is told, never empty. */
export const HelpOutcomeBody = Type.Object(
  { version: Type.Literal(1), outcome: Type.Enum(["helped", "handed-over", "not-reached", "other"]), words: LongText },
  { additionalProperties: false },
);
export type HelpOutcomeBody = Static<typeof HelpOutcomeBody>;

/** The few words a worklist needs of a request, sealed. */
export const HelpCover = Type.Object(
  {
    version: Type.Literal(1),
    title: Type.String({ maxLength: 120 }),
    name: Type.String({ maxLength: 120 }),
    seeker: Type.Union([Seeker, Type.Null()]),
    urgency: Type.Union([Type.Literal("acute"), Type.Literal("normal")]),
  },
  { additionalProperties: false },
);
export type HelpCover = Static<typeof HelpCover>;

/** Which body an entry of a kind carries in a help dossier. */
export const helpBodies = {
  "help-request": HelpRequestBody,
  message: MessageBody,
  "help-offer": HelpOfferBody,
  "aftercare-plan": AftercarePlanBody,
  outcome: HelpOutcomeBody,
  withdrawal: WithdrawalBody,
} as const;
/** Kinds of entry a help dossier can hold. */
export type HelpKind = keyof typeof helpBodies;
/** Body with its kind, to switch on. */
export type HelpContent = { [K in HelpKind]: { readonly kind: K; readonly body: Static<(typeof helpBodies)[K]> } }[HelpKind];
