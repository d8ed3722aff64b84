/** What a report says once opened: the sealed bodies of report dossiers. Clients and screens use these; the server never sees them. */
import Type, { type Static } from "typebox";
import { Moment } from "#services/directory/contract/index.ts";
import { TimestampBody } from "#services/dossier/contract/capture.ts";
import { PreparationBody } from "./preparation.ts";
import {
  AttachmentNote,
  Day,
  EvidenceBody,
  LongText,
  MessageBody,
  OfficeFunction,
  ReferralBody,
  ShortText,
  WithdrawalBody,
} from "#services/dossier/contract/bodies.ts";

/** Forms of aggression as the Monitor Integriteit en Veiligheid counts them, with doxing (art. 285d Sr) as its own form. */
export const incidentForms = ["verbal", "threat", "physical", "discrimination", "sexual", "doxing", "other"] as const;
export const IncidentForm = Type.Enum(incidentForms);
export type IncidentForm = (typeof incidentForms)[number];

/** How it reached the person. */
export const incidentChannels = ["social-media", "e-mail", "messaging", "phone", "letter", "in-person", "at-home", "website", "other"] as const;
export const IncidentChannel = Type.Enum(incidentChannels);
export type IncidentChannel = (typeof incidentChannels)[number];

/** How the desk may reach the reporter, and when better not. */
export const ContactPreferences = Type.Object(
  {
    how: Type.Union([Type.Literal("here"), Type.Literal("phone"), Type.Literal("e-mail")]),
    /** Phone number or address for it; empty with `here`. */
    reach: ShortText,
    /** "not after 22:00", "do not leave a voicemail". */
    wishes: Type.String({ maxLength: 2_000 }),
  },
  { additionalProperties: false },
);
export type ContactPreferences = Static<typeof ContactPreferences>;

/** First entry of a report (kind `report`). Only `inOwnWords` must be told; everything else may stay empty or null. */
export const ReportBody = Type.Object(
  {
    version: Type.Literal(1),
    inOwnWords: LongText,
    what: Type.Array(IncidentForm, { maxItems: incidentForms.length }),
    channel: Type.Union([IncidentChannel, Type.Null()]),
    /** When it happened, as far as known: a moment, or words ("gisteravond"). */
    when: Type.Object({ at: Type.Union([Moment, Type.Null()]), words: ShortText }, { additionalProperties: false }),
    where: ShortText,
    target: Type.Union([Type.Literal("self"), Type.Literal("family"), Type.Literal("both")]),
    /** Whether the reporter knows who did it; the words are theirs. */
    author: Type.Object(
      { known: Type.Union([Type.Literal("known"), Type.Literal("suspected"), Type.Literal("unknown")]), words: Type.String({ maxLength: 2_000 }) },
      { additionalProperties: false },
    ),
    /** Name of the reporter; empty when a guest prefers to say it later. */
    reporterName: ShortText,
    /** Function of the office-holder it is about. */
    function: Type.Union([OfficeFunction, Type.Null()]),
    organisationName: ShortText,
    acute: Type.Boolean(),
    contact: ContactPreferences,
    attachments: Type.Array(AttachmentNote, { maxItems: 200 }),
  },
  { additionalProperties: false },
);
export type ReportBody = Static<typeof ReportBody>;

/** Does it cross the line (kind `norm-test`)? Emotional is not the same as harmless; the desk writes why. */
export const NormTestBody = Type.Object(
  {
    version: Type.Literal(1),
    outcome: Type.Union([Type.Literal("emotional"), Type.Literal("crossing-the-line"), Type.Literal("unclear")]),
    /** Which agreed norm it was held against. */
    norm: ShortText,
    explanation: LongText,
  },
  { additionalProperties: false },
);
export type NormTestBody = Static<typeof NormTestBody>;

/** How serious the desk judges it (kind `seriousness`), and on what that rests. A person decides; there is no score. */
export const SeriousnessBody = Type.Object(
  {
    version: Type.Literal(1),
    level: Type.Union([Type.Literal("low"), Type.Literal("medium"), Type.Literal("high"), Type.Literal("acute")]),
    grounds: LongText,
    advised: Type.String({ maxLength: 10_000 }),
  },
  { additionalProperties: false },
);
export type SeriousnessBody = Static<typeof SeriousnessBody>;

const step = { version: Type.Literal(1), on: Day, note: LongText, attachments: Type.Array(AttachmentNote, { maxItems: 200 }) };
/**
 * Something the desk did (kind `action`). A complaint (aangifte) names who filed it (the employer may, domain.md section 9 point 7), its number
 * and the VPT code: without that code the agreements on Veilige Publieke Taak (ELA) do not apply.
 */
export const ActionBody = Type.Union([
  Type.Object(
    {
      ...step,
      type: Type.Literal("complaint"),
      number: ShortText,
      vptCode: ShortText,
      by: Type.Union([Type.Literal("office-holder"), Type.Literal("employer")]),
      functionStated: Type.Boolean(),
    },
    { additionalProperties: false },
  ),
  Type.Object({ ...step, type: Type.Literal("police-report"), number: ShortText }, { additionalProperties: false }),
  Type.Object({ ...step, type: Type.Literal("conversation"), with: ShortText }, { additionalProperties: false }),
  Type.Object({ ...step, type: Type.Literal("letter"), to: ShortText }, { additionalProperties: false }),
  Type.Object({ ...step, type: Type.Literal("platform-notice"), platform: ShortText, reference: ShortText }, { additionalProperties: false }),
  Type.Object({ ...step, type: Type.Literal("aftercare-talk"), by: ShortText }, { additionalProperties: false }),
  Type.Object({ ...step, type: Type.Literal("other"), what: ShortText }, { additionalProperties: false }),
]);
export type ActionBody = Static<typeof ActionBody>;

/** How it ended and what the reporter is told (kind `outcome`). */
export const OutcomeBody = Type.Object(
  {
    version: Type.Literal(1),
    outcome: Type.Union([
      Type.Literal("stopped"),
      Type.Literal("prosecuted"),
      Type.Literal("handed-over"),
      Type.Literal("no-further-steps"),
      Type.Literal("other"),
    ]),
    /** Feedback to the reporter; never empty. */
    feedback: Type.String({ minLength: 1, maxLength: 60_000 }),
    aftercare: Type.String({ maxLength: 10_000 }),
  },
  { additionalProperties: false },
);
export type OutcomeBody = Static<typeof OutcomeBody>;

/** The few words a worklist needs of a report, sealed. Kept under 2 kB. */
export const ReportCover = Type.Object(
  {
    version: Type.Literal(1),
    title: Type.String({ maxLength: 120 }),
    reporterName: Type.String({ maxLength: 120 }),
    function: Type.Union([OfficeFunction, Type.Null()]),
    urgency: Type.Union([Type.Literal("acute"), Type.Literal("normal")]),
    /** First words of the newest message, and who wrote it. */
    lastMessage: Type.Union([
      Type.Object(
        { words: Type.String({ maxLength: 160 }), by: Type.Union([Type.Literal("reporter"), Type.Literal("desk")]), at: Moment },
        { additionalProperties: false },
      ),
      Type.Null(),
    ]),
  },
  { additionalProperties: false },
);
export type ReportCover = Static<typeof ReportCover>;

/** Which body an entry of a kind carries in a report dossier. */
export const reportBodies = {
  report: ReportBody,
  evidence: EvidenceBody,
  message: MessageBody,
  "norm-test": NormTestBody,
  seriousness: SeriousnessBody,
  action: ActionBody,
  outcome: OutcomeBody,
  referral: ReferralBody,
  preparation: PreparationBody,
  withdrawal: WithdrawalBody,
  timestamp: TimestampBody,
} as const;
/** Kinds of entry a report dossier can hold. */
export type ReportKind = keyof typeof reportBodies;
/** Body of one kind. */
export type ReportBodyOf<K extends ReportKind> = Static<(typeof reportBodies)[K]>;
/** Body with its kind, to switch on. */
export type ReportContent = { [K in ReportKind]: { readonly kind: K; readonly body: ReportBodyOf<K> } }[ReportKind];
