/** What a signal says once opened: the sealed bodies of signal dossiers. Clients and screens use these; the server never sees them. */
import Type, { type Static } from "typebox";
import { Moment, Uuid } from "#services/directory/contract/index.ts";
import { TimestampBody } from "#services/dossier/contract/capture.ts";
import { AttachmentNote, Day, EvidenceBody, LongText, MessageBody, OfficeFunction, ShortText, WithdrawalBody } from "#services/dossier/contract/bodies.ts";
import { TermLengths } from "#services/dossier/workflow/lengths.ts";
import { SignalFact } from "./fact.ts";

export { signalSteps, SignalFact, type SignalStep } from "./fact.ts";

/** Name and office of who signs, as the signed roster has them. */
export const SignedBy = Type.Object({ name: ShortText, office: ShortText }, { additionalProperties: false });
export type SignedBy = Static<typeof SignedBy>;

/** Items of another dossier of the same person that go along: the recipient opens them there, under their own consent. */
export const SharedItems = Type.Object(
  {
    dossier: Uuid,
    kind: Type.Enum(["report", "scan"]),
    /** Each with a few words that say what it is. */
    items: Type.Array(Type.Object({ item: Uuid, words: ShortText }, { additionalProperties: false }), { minItems: 1, maxItems: 200 }),
  },
  { additionalProperties: false },
);
export type SharedItems = Static<typeof SharedItems>;

/** By which rules the desks were chosen; see services/signalling/routing. */
export const SignalRoute = Type.Object(
  {
    /** Police unit and parket as registers/regions names them; null where the home address is not in the register. */
    unit: Type.Union([Type.String({ maxLength: 40 }), Type.Null()]),
    parket: Type.Union([Type.String({ maxLength: 40 }), Type.Null()]),
    /** True: past the driehoek, straight to the OM of the home address (Circulaire 2026 par. 2.4.2). */
    around: Type.Boolean(),
    /** Why, in words, as the person read it. */
    why: Type.Array(ShortText, { maxItems: 10 }),
  },
  { additionalProperties: false },
);
export type SignalRoute = Static<typeof SignalRoute>;

/** First entry of a signal (kind `signal`). A report that was not weighed yet: a dreigingsmelding, no judgement. */
export const SignalBody = Type.Object(
  {
    version: Type.Literal(1),
    /** What the matter is, in the person's own words. */
    words: LongText,
    name: ShortText,
    function: OfficeFunction,
    organisationName: ShortText,
    /** Gemeente of the home address: that is what routes a person. The address itself is never asked here. */
    homeMunicipality: ShortText,
    /** Whom the threat is aimed at. */
    target: Type.Enum(["self", "family", "both"]),
    route: SignalRoute,
    shared: Type.Array(SharedItems, { maxItems: 20 }),
    contact: Type.String({ maxLength: 2_000 }),
    attachments: Type.Array(AttachmentNote, { maxItems: 200 }),
  },
  { additionalProperties: false },
);
export type SignalBody = Static<typeof SignalBody>;

/** Received: one tap (kind `receipt`). */
export const ReceiptBody = Type.Object(
  {
    version: Type.Literal(1),
    signedBy: SignedBy,
    /** Reference of the partner's own system, if they want to give it. */
    reference: ShortText,
    text: LongText,
  },
  { additionalProperties: false },
);
export type ReceiptBody = Static<typeof ReceiptBody>;

/** A weighing (kind `weighing`): by the RCCB (serious or not), or by the adviser who presents it to the chief prosecutor. */
export const WeighingBody = Type.Object(
  {
    version: Type.Literal(1),
    signedBy: SignedBy,
    outcome: Type.Enum(["serious", "basic-policing", "presented"]),
    /** What may be said of it; empty: heard, no details. Nobody is asked to disclose (Wet politiegegevens). */
    text: LongText,
    reference: ShortText,
  },
  { additionalProperties: false },
);
export type WeighingBody = Static<typeof WeighingBody>;

/** Not ours (kind `redirection`), with a pointer. */
export const RedirectionBody = Type.Object(
  {
    version: Type.Literal(1),
    signedBy: SignedBy,
    /** To whom it belongs, in words, and the desk where it is known. */
    to: Type.Object({ name: ShortText, desk: Type.Union([Uuid, Type.Null()]) }, { additionalProperties: false }),
    reason: LongText,
  },
  { additionalProperties: false },
);
export type RedirectionBody = Static<typeof RedirectionBody>;

/** Decision of the chief prosecutor (kind `decision`), signed over the weighing that was read (the header's `decides`). */
export const DecisionBody = Type.Object(
  {
    version: Type.Literal(1),
    signedBy: SignedBy,
    decision: Type.Enum(["local-measures", "nominated", "basic-policing"]),
    text: LongText,
    /** When it is weighed again (measures are scaled down as soon as possible). */
    retestOn: Type.Union([Day, Type.Null()]),
  },
  { additionalProperties: false },
);
export type DecisionBody = Static<typeof DecisionBody>;

/** Provisional measures were taken at once (kind `provisional`); which ones need not be said. */
export const ProvisionalBody = Type.Object(
  { version: Type.Literal(1), signedBy: SignedBy, text: LongText, settledWithProsecution: Type.Boolean() },
  { additionalProperties: false },
);
export type ProvisionalBody = Static<typeof ProvisionalBody>;

/** Feedback to the office-holder (kind `feedback`). `no-details` is a full answer. */
export const FeedbackBody = Type.Object(
  { version: Type.Literal(1), signedBy: SignedBy, answer: Type.Enum(["told", "no-details"]), text: LongText, next: LongText },
  { additionalProperties: false },
);
export type FeedbackBody = Static<typeof FeedbackBody>;

/** What one may expect of police and OM under the Eenduidige Landelijke Afspraken, as far as sources give them (domain.md 4.1); the full list of 19 and 13 is OPEN. */
export const expectations = [
  "vpt-code",
  "complaint-taken",
  "investigation-opened",
  "high-priority",
  "prosecution-in-principle",
  "victim-informed-before-release",
  "damages-recovered",
  "employer-may-file",
] as const;
export type Expectation = (typeof expectations)[number];

/** VPT-code, number of the aangifte, and which expectations were met (kind `registration`). The newest counts. */
export const RegistrationBody = Type.Object(
  {
    version: Type.Literal(1),
    /** Was the VPT-code asked for, and did police confirm it stands on the aangifte? Without it the agreements do not apply. */
    vpt: Type.Enum(["not-asked", "asked", "confirmed", "refused"]),
    complaintNumber: ShortText,
    complaintOn: Type.Union([Day, Type.Null()]),
    expectations: Type.Array(
      Type.Object({ id: Type.Enum(expectations), state: Type.Enum(["asked", "met", "not-met"]), note: ShortText }, { additionalProperties: false }),
      { maxItems: expectations.length },
    ),
  },
  { additionalProperties: false },
);
export type RegistrationBody = Static<typeof RegistrationBody>;

/** How it ended (kind `outcome`), with the one anonymous fact it leaves behind. */
export const SignalOutcomeBody = Type.Object({ version: Type.Literal(1), text: LongText, fact: SignalFact }, { additionalProperties: false });
export type SignalOutcomeBody = Static<typeof SignalOutcomeBody>;

/** The few words the lists of desks need; sealed like an item. */
export const SignalCover = Type.Object(
  {
    version: Type.Literal(1),
    title: Type.String({ maxLength: 120 }),
    name: Type.String({ maxLength: 120 }),
    function: OfficeFunction,
    urgency: Type.Enum(["acute", "normal"]),
    unit: Type.Union([Type.String({ maxLength: 40 }), Type.Null()]),
    /** The house's own term lengths when the last step was taken; left out before the first, and where it counts by the table. */
    lengths: Type.Optional(TermLengths),
    /** When it was raised, and when each step was taken: what a list shows of the chain. */
    steps: Type.Array(Type.Object({ phase: Type.String({ maxLength: 40 }), at: Moment }, { additionalProperties: false }), { maxItems: 40 }),
  },
  { additionalProperties: false },
);
export type SignalCover = Static<typeof SignalCover>;

/** Body of each kind of entry in a signal. */
export const signalBodies = {
  signal: SignalBody,
  receipt: ReceiptBody,
  weighing: WeighingBody,
  redirection: RedirectionBody,
  decision: DecisionBody,
  provisional: ProvisionalBody,
  feedback: FeedbackBody,
  registration: RegistrationBody,
  outcome: SignalOutcomeBody,
  message: MessageBody,
  evidence: EvidenceBody,
  withdrawal: WithdrawalBody,
  timestamp: TimestampBody,
} as const;
export type SignalKind = keyof typeof signalBodies;

/** An opened body with its kind to switch on. */
export type SignalContent = { [K in SignalKind]: { readonly kind: K; readonly body: Static<(typeof signalBodies)[K]> } }[SignalKind];
