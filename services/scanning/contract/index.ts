/** What a security scan says once opened: the sealed bodies of scan dossiers. Clients and screens use these; the server never sees them. */
import Type, { type Static } from "typebox";
import { Moment, Uuid } from "#services/directory/contract/index.ts";
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
import { ItemReference } from "#services/dossier/contract/index.ts";
import { VisitAnswers } from "./answers.ts";
import { MeasureEdits } from "./edits.ts";
import { ScanFact } from "./fact.ts";
import { Situation } from "./situation.ts";
import { LocalId, Ring, RiskDomain } from "./words.ts";

export { Answer, AnswerValue, skipReasons, VisitAnswers, type SkipReason } from "./answers.ts";
export { MeasureEdit, MeasureEdits, OwnMeasure } from "./edits.ts";
export { countClasses, dayClasses, ScanFact } from "./fact.ts";
export { Situation } from "./situation.ts";
export { LocalId, Ring, rings, RiskDomain, riskDomains } from "./words.ts";

export const Seriousness = Type.Union([Type.Literal("low"), Type.Literal("medium"), Type.Literal("high")]);
export type Seriousness = Static<typeof Seriousness>;
export const Likelihood = Type.Union([Type.Literal("unlikely"), Type.Literal("possible"), Type.Literal("likely")]);
export type Likelihood = Static<typeof Likelihood>;

const attachments = Type.Array(AttachmentNote, { maxItems: 200 });

/** PKVW state of the home (Regeling art. 3.9 lid 5 onder b): a valid certificate, or a reasoned exception. */
export const PkvwStatus = Type.Object(
  {
    status: Type.Union([Type.Literal("valid"), Type.Literal("applied"), Type.Literal("none"), Type.Literal("not-reasonable"), Type.Literal("unknown")]),
    validUntil: Type.Union([Day, Type.Null()]),
    /** Why a certificate cannot reasonably be required; empty otherwise. */
    reason: Type.String({ maxLength: 10_000 }),
  },
  { additionalProperties: false },
);
export type PkvwStatus = Static<typeof PkvwStatus>;

/** First entry of a scan, and again after moving house (kind `request`). */
export const RequestBody = Type.Object(
  {
    version: Type.Literal(1),
    name: ShortText,
    function: OfficeFunction,
    organisationName: ShortText,
    /** In office, certain to take it, or no longer in office (lid 5 onder a). */
    standing: Type.Enum(["appointed", "certain", "neither", "left"]),
    since: Type.Union([Day, Type.Null()]),
    /** Last day in office, where it is known; missing in requests of before it was asked. */
    until: Type.Optional(Type.Union([Day, Type.Null()])),
    /** Home address; only ever sealed. */
    address: ShortText,
    homeMunicipality: ShortText,
    /** Home elsewhere: was the residence requirement lifted (lid 2)? */
    ontheffing: Type.Enum(["not-needed", "granted", "requested", "refused", "not-granted"]),
    /** Last day of the ontheffing; null without one. Missing in requests of before it was asked. */
    ontheffingUntil: Type.Optional(Type.Union([Day, Type.Null()])),
    pkvw: PkvwStatus,
    reasons: LongText,
    householdSize: Type.Union([Type.Integer({ minimum: 1, maximum: 30 }), Type.Null()]),
    /** True when this is a new request because the person moved (lid 6). */
    moved: Type.Boolean(),
    contact: Type.String({ maxLength: 2_000 }),
    attachments,
  },
  { additionalProperties: false },
);
export type RequestBody = Static<typeof RequestBody>;

const Sentence = { nl: Type.String({ maxLength: 2_000 }), en: Type.String({ maxLength: 2_000 }) };

/** How the rules decided: every condition with its article as it stood that day, so that the decision stays readable when rules or words change later. */
export const WeighedConditions = Type.Object(
  {
    /** The facts that were weighed, as the desk knew them. */
    situation: Situation,
    outcome: Type.Enum(["claim", "on-the-way", "no-claim", "elsewhere"]),
    conditions: Type.Array(
      Type.Object(
        { article: ShortText, state: Type.Enum(["met", "not-met", "not-known", "by-exception"]), final: Type.Boolean(), ...Sentence },
        { additionalProperties: false },
      ),
      { maxItems: 20 },
    ),
    todo: Type.Array(Type.Object({ article: ShortText, ...Sentence }, { additionalProperties: false }), { maxItems: 40 }),
    ways: Type.Array(Type.Object({ id: LocalId, ...Sentence }, { additionalProperties: false }), { maxItems: 20 }),
    /** Open points of the law for which the desk chose another value than the default. */
    settings: Type.Array(
      Type.Object(
        { id: LocalId, value: Type.Union([Type.Null(), Type.Boolean(), Type.Integer(), Type.String({ maxLength: 60 })]) },
        { additionalProperties: false },
      ),
      { maxItems: 20 },
    ),
    /** What the rules said about starting, when the desk decided otherwise; then its words say why. */
    against: Type.Boolean(),
    /** What the desk adds for the person. */
    words: LongText,
  },
  { additionalProperties: false },
);
export type WeighedConditions = Static<typeof WeighedConditions>;

/** Whether the Regeling gives a claim, by which article and lid (kind `entitlement`); also written when someone is pointed elsewhere. */
export const EntitlementBody = Type.Object(
  {
    version: Type.Literal(1),
    /** May the scan begin? */
    entitled: Type.Boolean(),
    /** Outcome for a function that the Regeling names, the regime's name for another; see services/scanning/entitlement. */
    rule: LocalId,
    article: ShortText,
    explanation: LongText,
    /** Missing in decisions recorded before conditions were. */
    weighed: Type.Optional(WeighedConditions),
    /** Decision on the PKVW gate, when an exception was made: by whom, when and why. */
    pkvwException: Type.Union([
      Type.Object({ by: ShortText, on: Type.Optional(Day), reason: Type.String({ maxLength: 10_000 }) }, { additionalProperties: false }),
      Type.Null(),
    ]),
  },
  { additionalProperties: false },
);
export type EntitlementBody = Static<typeof EntitlementBody>;

/** Which adviser comes (kind `assignment`); the header's `assignee` binds the person. */
export const AssignmentBody = Type.Object({ version: Type.Literal(1), expertName: ShortText, note: LongText }, { additionalProperties: false });
export type AssignmentBody = Static<typeof AssignmentBody>;

/** When the visit is (kind `appointment`). */
export const AppointmentBody = Type.Object(
  { version: Type.Literal(1), start: Moment, minutes: Type.Integer({ minimum: 15, maximum: 600 }), placeNote: Type.String({ maxLength: 2_000 }) },
  { additionalProperties: false },
);
export type AppointmentBody = Static<typeof AppointmentBody>;

/** Somebody was not there at the appointment (kind `no-show`). Says who and what happens next, and blames nobody. */
export const NoShowBody = Type.Object(
  {
    version: Type.Literal(1),
    absent: Type.Enum(["office-holder", "expert", "both"]),
    /** Start of the appointment that did not happen; null when it was not recorded here. */
    appointment: Type.Union([Moment, Type.Null()]),
    note: LongText,
    next: Type.Enum(["new-appointment", "call-first", "other-adviser"]),
  },
  { additionalProperties: false },
);
export type NoShowBody = Static<typeof NoShowBody>;

/** Floors of the house picture. */
export const floors = ["cellar", "ground", "upper"] as const;
export const Floor = Type.Enum(floors);
export type Floor = (typeof floors)[number];

/** Where on the house picture a finding is put: thousandths of the width and height of the drawing of that floor. */
export const PicturePlace = Type.Object(
  { floor: Floor, x: Type.Integer({ minimum: 0, maximum: 1_000 }), y: Type.Integer({ minimum: 0, maximum: 1_000 }) },
  { additionalProperties: false },
);
export type PicturePlace = Static<typeof PicturePlace>;

/** One thing seen during the visit. The optional parts are missing in visits noted before question sets and the house picture. */
export const Finding = Type.Object(
  {
    id: LocalId,
    /** Topic of registers/rules that the rules for measures look at; null for a finding in the adviser's own words. */
    topic: Type.Optional(Type.Union([LocalId, Type.Null()])),
    /** Question of the set whose answer proposed it; null for the adviser's own. */
    question: Type.Optional(Type.Union([LocalId, Type.Null()])),
    place: Type.Optional(Type.Union([PicturePlace, Type.Null()])),
    domain: RiskDomain,
    ring: Ring,
    observation: Type.String({ maxLength: 6_000 }),
    seriousness: Seriousness,
    photos: Type.Array(Uuid, { maxItems: 20 }),
  },
  { additionalProperties: false },
);
export type Finding = Static<typeof Finding>;

/** What the adviser saw (kind `visit`); several visits, also from two devices, add up. */
export const VisitBody = Type.Object(
  {
    version: Type.Literal(1),
    on: Day,
    present: ShortText,
    /** Answers to the questions, with set and version; missing in a visit noted without questions. */
    answers: Type.Optional(VisitAnswers),
    findings: Type.Array(Finding, { maxItems: 150 }),
    note: LongText,
    attachments,
  },
  { additionalProperties: false },
);
export type VisitBody = Static<typeof VisitBody>;

/** A report, signal or file the person shared, as a threat analysis cites it. */
export const Cited = Type.Object(
  {
    /** The sealed item, with the digest its author signed: the reader can see that it is the same one. */
    item: ItemReference,
    what: ShortText,
    on: Day,
    /** What the adviser takes from it. */
    note: Type.String({ maxLength: 2_000 }),
  },
  { additionalProperties: false },
);
export type Cited = Static<typeof Cited>;

/** Threat analysis with local risk information (lid 4 onder a; kind `threat-analysis`). */
export const ThreatAnalysisBody = Type.Object(
  {
    version: Type.Literal(1),
    history: LongText,
    localInformation: LongText,
    /** Who was asked for local information and when; empty when that was not reasonably possible, then `notAsked` says why. */
    sources: Type.Array(Type.Object({ who: ShortText, on: Day }, { additionalProperties: false }), { maxItems: 40 }),
    notAsked: Type.String({ maxLength: 6_000 }),
    /** What the person chose to share and the analysis rests on: the item, and what it was in a few words. Missing in analyses written before it could be cited. */
    cited: Type.Optional(Type.Array(Cited, { maxItems: 100 })),
    conclusion: LongText,
    attachments,
  },
  { additionalProperties: false },
);
export type ThreatAnalysisBody = Static<typeof ThreatAnalysisBody>;

/** Assessment of the risks in and around the home (lid 4 onder b; kind `risk-assessment`). */
export const RiskAssessmentBody = Type.Object(
  {
    version: Type.Literal(1),
    rows: Type.Array(
      Type.Object(
        {
          id: LocalId,
          domain: RiskDomain,
          scenario: Type.String({ maxLength: 4_000 }),
          findings: Type.Array(LocalId, { maxItems: 150 }),
          seriousness: Seriousness,
          likelihood: Likelihood,
          remaining: Type.Object({ seriousness: Seriousness, likelihood: Likelihood }, { additionalProperties: false }),
        },
        { additionalProperties: false },
      ),
      { maxItems: 150 },
    ),
    /** What is left after the measures, in words. */
    remainingRisk: LongText,
  },
  { additionalProperties: false },
);
export type RiskAssessmentBody = Static<typeof RiskAssessmentBody>;

/** One advised measure. `why` and `findings` never leave the advice (domain.md section 9 point 6). */
export const Measure = Type.Object(
  {
    id: LocalId,
    domain: RiskDomain,
    what: ShortText,
    why: Type.String({ maxLength: 6_000 }),
    findings: Type.Array(LocalId, { maxItems: 150 }),
    /** Provided for good (lid 1) or put at disposal for the duration of the office (lid 7). */
    provided: Type.Union([Type.Literal("provided"), Type.Literal("on-loan")]),
    /** Whole euros, VAT included. */
    costLow: Type.Integer({ minimum: 0, maximum: 10_000_000 }),
    costHigh: Type.Integer({ minimum: 0, maximum: 10_000_000 }),
    byWhen: Type.Union([Day, Type.Null()]),
    who: Type.Union([Type.Literal("employer"), Type.Literal("own")]),
  },
  { additionalProperties: false },
);
export type Measure = Static<typeof Measure>;

/** The advice the adviser drafts (kind `advice`). A return asks for a new version; versions count up from 1. */
export const AdviceBody = Type.Object(
  {
    version: Type.Literal(1),
    adviceVersion: Type.Integer({ minimum: 1 }),
    /** Address this advice is about (moving asks for a new one). */
    address: ShortText,
    sections: Type.Array(Type.Object({ id: LocalId, title: ShortText, text: LongText }, { additionalProperties: false }), { maxItems: 60 }),
    measures: Type.Array(Measure, { maxItems: 150 }),
    /** What the adviser did to the measures that the rules proposed, with reasons; missing in an advice written without proposals. */
    edits: Type.Optional(MeasureEdits),
    attachments,
  },
  { additionalProperties: false },
);
export type AdviceBody = Static<typeof AdviceBody>;

/** The adviser hands the advice to the authority (kind `submission`). */
export const SubmissionBody = Type.Object({ version: Type.Literal(1), note: LongText }, { additionalProperties: false });
export type SubmissionBody = Static<typeof SubmissionBody>;

/** The authority sends it back (kind `return`), with a reason per section. */
export const ReturnBody = Type.Object(
  {
    version: Type.Literal(1),
    decided: ItemReference,
    reasons: Type.Array(Type.Object({ section: LocalId, reason: Type.String({ minLength: 1, maxLength: 10_000 }) }, { additionalProperties: false }), {
      minItems: 1,
      maxItems: 60,
    }),
    note: LongText,
  },
  { additionalProperties: false },
);
export type ReturnBody = Static<typeof ReturnBody>;

/** The authority adopts it (kind `adoption`): the signed header names the same item in `decides`. */
export const AdoptionBody = Type.Object(
  {
    version: Type.Literal(1),
    statement: LongText,
    decided: ItemReference,
    signedBy: Type.Object({ name: ShortText, office: ShortText }, { additionalProperties: false }),
  },
  { additionalProperties: false },
);
export type AdoptionBody = Static<typeof AdoptionBody>;

/** One line of the provision list: what to provide, never why. */
export const ProvisionLine = Type.Pick(Measure, ["id", "domain", "what", "provided", "costLow", "costHigh", "byWhen", "who"], { additionalProperties: false });
export type ProvisionLine = Static<typeof ProvisionLine>;

/** What the employer must provide (kind `provision-list`, channel `provision`). Holds nothing about weaknesses of the home. */
export const ProvisionListBody = Type.Object(
  {
    version: Type.Literal(1),
    adviceVersion: Type.Integer({ minimum: 1 }),
    /** For whom: the employer must know where to send the fitter. */
    recipient: Type.Object({ name: ShortText, contact: ShortText }, { additionalProperties: false }),
    lines: Type.Array(ProvisionLine, { maxItems: 150 }),
    totalLow: Type.Integer({ minimum: 0 }),
    totalHigh: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
);
export type ProvisionListBody = Static<typeof ProvisionListBody>;

export const measureStates = ["ordered", "placed", "on-loan", "checked", "declined", "returned"] as const;
/** A step in the small life of one measure (kind `measure`, channel `provision`). The office-holder may decline, with a reason. */
export const MeasureBody = Type.Object(
  {
    version: Type.Literal(1),
    measure: LocalId,
    state: Type.Enum(measureStates),
    on: Day,
    reason: Type.String({ maxLength: 6_000 }),
    cost: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
  },
  { additionalProperties: false },
);
export type MeasureBody = Static<typeof MeasureBody>;

/** Everything is provided or declined (kind `completion`, channel `provision`). */
export const CompletionBody = Type.Object(
  {
    version: Type.Literal(1),
    note: LongText,
    onLoan: Type.Array(LocalId, { maxItems: 150 }),
    /** The anonymous fact of this scan, shown to whoever completes it and waiting here, sealed, until facts are delivered. The one place where it is kept. Missing where none can be made. */
    fact: Type.Optional(ScanFact),
  },
  { additionalProperties: false },
);
export type CompletionBody = Static<typeof CompletionBody>;

/** The person leaves office, so loans come back (lid 7; kind `departure`, channel `provision`). A later one replaces an earlier. */
export const DepartureBody = Type.Object({ version: Type.Literal(1), lastDay: Day, note: LongText }, { additionalProperties: false });
export type DepartureBody = Static<typeof DepartureBody>;

/** The few words a worklist needs of a scan, sealed. Kept under 2 kB. */
export const ScanCover = Type.Object(
  {
    version: Type.Literal(1),
    title: Type.String({ maxLength: 120 }),
    name: Type.String({ maxLength: 120 }),
    function: Type.Union([OfficeFunction, Type.Null()]),
    organisationName: Type.String({ maxLength: 120 }),
    visit: Type.Union([Moment, Type.Null()]),
    /** Length of the planned visit in minutes. Missing in covers of before it was kept, as are the two below. */
    minutes: Type.Optional(Type.Integer({ minimum: 15, maximum: 600 })),
    /** The assigned adviser: the load of each is counted from covers, on the desk's own devices (docs/architecture.md). */
    expert: Type.Optional(Type.Object({ person: Uuid, name: Type.String({ maxLength: 120 }) }, { additionalProperties: false })),
    /** Where the home is, for choosing an adviser who is near. */
    town: Type.Optional(Type.String({ maxLength: 120 })),
  },
  { additionalProperties: false },
);
export type ScanCover = Static<typeof ScanCover>;

/** Which body an entry of a kind carries in a scan dossier. */
export const scanBodies = {
  request: RequestBody,
  entitlement: EntitlementBody,
  assignment: AssignmentBody,
  appointment: AppointmentBody,
  visit: VisitBody,
  "threat-analysis": ThreatAnalysisBody,
  "risk-assessment": RiskAssessmentBody,
  advice: AdviceBody,
  submission: SubmissionBody,
  return: ReturnBody,
  adoption: AdoptionBody,
  "provision-list": ProvisionListBody,
  measure: MeasureBody,
  completion: CompletionBody,
  "no-show": NoShowBody,
  departure: DepartureBody,
  message: MessageBody,
  evidence: EvidenceBody,
  referral: ReferralBody,
  withdrawal: WithdrawalBody,
} as const;
/** Kinds of entry a scan dossier can hold. */
export type ScanKind = keyof typeof scanBodies;
/** Body of one kind. */
export type ScanBodyOf<K extends ScanKind> = Static<(typeof scanBodies)[K]>;
/** Body with its kind, to switch on. */
export type ScanContent = { [K in ScanKind]: { readonly kind: K; readonly body: ScanBodyOf<K> } }[ScanKind];
