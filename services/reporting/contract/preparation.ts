/** What is made ready before anything leaves the dossier: the facts for a criminal complaint, a notice to a platform, a shielding step. Sealed like every entry, so that a delegate can go on with it; nothing here is ever sent by the program. */
import Type, { type Static } from "typebox";
import { Uuid } from "#services/directory/contract/index.ts";
import { Day, OfficeFunction, ShortText } from "#services/dossier/contract/bodies.ts";

/** The seven W's of the Politie Informatie Formulier (domain.md section 5), in its order. */
export const questionIds = ["who", "what", "where", "with-what", "in-what-way", "when", "why"] as const;
export const QuestionId = Type.Enum(questionIds);
export type QuestionId = (typeof questionIds)[number];

/** The story itself may be long; one entry holds it all. */
const Story = Type.String({ maxLength: 40_000 });
const Words = Type.String({ maxLength: 8_000 });
/** Row of a register. */
const RowId = Type.String({ pattern: "^[a-z0-9-]{1,40}$" });
const MayBeDay = Type.Union([Day, Type.Null()]);

/** One article that may apply, with the elements the person sees in the facts. Police and OM judge. */
export const ConsideredArticle = Type.Object(
  { id: RowId, elements: Type.Array(RowId, { maxItems: 20, uniqueItems: true }), note: Type.String({ maxLength: 1_000 }) },
  { additionalProperties: false },
);
export type ConsideredArticle = Static<typeof ConsideredArticle>;

/** Facts for a criminal complaint (aangifte). The newest one counts. */
export const ComplaintPreparation = Type.Object(
  {
    version: Type.Literal(1),
    type: Type.Literal("complaint"),
    /** Who files it: the person, or the employer for them (ELA). */
    by: Type.Union([Type.Literal("office-holder"), Type.Literal("employer")]),
    person: Type.Object({ name: ShortText, function: Type.Union([OfficeFunction, Type.Null()]), organisation: ShortText }, { additionalProperties: false }),
    /** Who goes to the police when the employer files; may be empty. */
    filer: Type.Object({ name: ShortText, office: ShortText }, { additionalProperties: false }),
    /** Address in the complaint: that of the office, never of the home. */
    domicile: Type.Object({ name: ShortText, address: ShortText, place: ShortText }, { additionalProperties: false }),
    /** How police and OM reach the person, by way of the office. */
    contact: ShortText,
    /** Asks that the offender be prosecuted (klacht): some articles cannot do without. */
    prosecution: Type.Boolean(),
    answers: Type.Object(
      { who: Words, what: Story, where: Words, "with-what": Words, "in-what-way": Words, when: Words, why: Words },
      { additionalProperties: false },
    ),
    articles: Type.Array(ConsideredArticle, { maxItems: 30 }),
    /** Items of the files that go along. */
    evidence: Type.Array(Uuid, { maxItems: 500, uniqueItems: true }),
  },
  { additionalProperties: false },
);
export type ComplaintPreparation = Static<typeof ComplaintPreparation>;

/** A notice of illegal content to a platform (Regulation (EU) 2022/2065, art. 16). The newest one with an id counts. */
export const NoticePreparation = Type.Object(
  {
    version: Type.Literal(1),
    type: Type.Literal("platform-notice"),
    id: Uuid,
    platform: ShortText,
    /** Exact addresses of what is noticed (lid 2 b). */
    urls: Type.Array(Type.String({ maxLength: 2_000 }), { maxItems: 50 }),
    /** What else points it out: account, time, words; may be empty. */
    location: Type.String({ maxLength: 4_000 }),
    /** What stands there, in the notifier's words. */
    says: Words,
    /** Articles it rests on, from the register. */
    articles: Type.Array(RowId, { maxItems: 30, uniqueItems: true }),
    /** Why it is illegal (lid 2 a), in the notifier's words. */
    why: Words,
    /** Name and e-mail address (lid 2 c); empty only with `exception`. */
    notifier: Type.Object({ name: ShortText, email: ShortText }, { additionalProperties: false }),
    /** The exception of lid 2 c: sexual abuse of children (Directive 2011/93/EU, arts 3 to 7), and nothing else. */
    exception: Type.Boolean(),
    /** Statement of good faith (lid 2 d), given by a person. */
    goodFaith: Type.Boolean(),
    /** Files of the dossier that show it. */
    evidence: Type.Array(Uuid, { maxItems: 100, uniqueItems: true }),
    /** When the person sent it themselves; null until then. */
    sentOn: MayBeDay,
    again: MayBeDay,
    /** What the platform answered; may be empty. */
    answer: Type.String({ maxLength: 10_000 }),
  },
  { additionalProperties: false },
);
export type NoticePreparation = Static<typeof NoticePreparation>;

/** How far a shielding step is. */
export const shieldingStates = ["open", "asked", "done", "not-needed"] as const;

/** One step that shields an address or other data. The newest one per step counts. */
export const ShieldingPreparation = Type.Object(
  {
    version: Type.Literal(1),
    type: Type.Literal("shielding"),
    step: RowId,
    /** Version of the register the step was read from. */
    register: Type.Integer({ minimum: 1 }),
    state: Type.Enum(shieldingStates),
    on: Day,
    again: MayBeDay,
    note: Type.String({ maxLength: 10_000 }),
  },
  { additionalProperties: false },
);
export type ShieldingPreparation = Static<typeof ShieldingPreparation>;

/** Something made ready (kind `preparation`). */
export const PreparationBody = Type.Union([ComplaintPreparation, NoticePreparation, ShieldingPreparation]);
export type PreparationBody = Static<typeof PreparationBody>;
