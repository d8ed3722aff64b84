/** What the research desk publishes of a wave: figures with margin, n, denominator, wave and source, and the words around them. Static data, open to everyone; screens, command line and open data read it. */
import Type, { type Static } from "typebox";
import { Both, Code, Day, titledCode, withheldAlike } from "#services/figures/contract/published.ts";

export type { Both } from "#services/figures/contract/published.ts";

/** Media types of the two signed statements about a publication (DSSE payloadType): who made it, and who cleared it. */
export const publicationMadeStatement = "application/vnd.rugdekking.monitor-publication-made+json";
export const publicationStatement = "application/vnd.rugdekking.monitor-publication+json";

const Name = Type.String({ pattern: "^[a-z][a-z0-9_-]{0,39}$" });
const Percent = Type.Integer({ minimum: 0, maximum: 100 });

/** Name of a publication: questionnaire set, wave, edition. A correction is a new edition; what was out stays out. */
export const PublicationId = Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,79}$" });

/** [Note: Withheld cells look alike]; `no-margin`: too few answers to say how certain it is. */
export const withheldReasons = [...withheldAlike, "no-margin"] as const;
export type WithheldReason = (typeof withheldReasons)[number];

/** Why a figure is not shown, in plain words. */
export const withheldWords: Readonly<Record<WithheldReason, Both>> = {
  protected: {
    nl: "Niet getoond: te weinig antwoorden, of iedereen antwoordde hetzelfde. Dat geldt voor deze groep, of voor een groep die u ermee zou kunnen uitrekenen.",
    en: "Not shown: too few answers, or everyone answered the same. That holds for this group, or for one that could be worked out with it.",
  },
  nobody: { nl: "Geen cijfer: niemand in deze groep beantwoordde deze vraag.", en: "No figure: nobody in this group answered this question." },
  "no-margin": { nl: "Niet getoond: er is geen marge te berekenen.", en: "Not shown: no margin can be calculated." },
};

const shown = Type.Object(
  {
    /** Share in whole percents, and its margin rounded outwards. */
    percent: Percent,
    low: Percent,
    high: Percent,
    /** Answers it rests on, rounded to the publication's base. */
    n: Type.Integer({ minimum: 0 }),
    /** The margin is so wide that only the range says something. */
    wide: Type.Boolean(),
  },
  { additionalProperties: false },
);

/** One figure: a share of a group. */
export const PublishedShare = Type.Object(
  {
    /** Permanent: never used for anything else, never changed. `monitor-2026-1/any_aggression/province=utrecht`. */
    id: Type.String({ pattern: "^[a-z0-9-]+/[a-z][a-z0-9_]*/(alle|[a-z]+=[a-z0-9-]+(\\+[a-z]+=[a-z0-9-]+)*)$" }),
    indicator: Name,
    /** Dimension to code; empty for everyone. */
    group: Type.Record(Name, Code),
    shown: Type.Union([shown, Type.Null()]),
    withheld: Type.Union([Type.Enum(withheldReasons), Type.Null()]),
  },
  { additionalProperties: false },
);
export type PublishedShare = Static<typeof PublishedShare>;

/** What is measured. */
export const Indicator = Type.Object(
  {
    id: Name,
    chapter: Name,
    /** Short, for heads of tables and charts. */
    title: Both,
    /** What someone did or met, as it goes on from "… van de 100 ambtsdragers": the wording of the codebook. */
    label: Both,
    denominator: Type.Object({ id: Name, words: Both }, { additionalProperties: false }),
    /** Indicator in registers/published-figures that asks by and large the same; null when none does. */
    historical: Type.Union([Type.String(), Type.Null()]),
  },
  { additionalProperties: false },
);
export type Indicator = Static<typeof Indicator>;

/**
 * One answer to a question: the share of a group that gave it. Its `n` is of all answers to the question, over which the shares of a group add up (to 100, as whole percents do).
 * Categories of a group are hidden together or one by one; at least two, unless an indicator tells their sum.
 */
export const PublishedCategory = Type.Object(
  {
    /** Permanent, like that of a share. `monitor-2026-1/last_channel.phone/province=utrecht`. */
    id: Type.String({ pattern: "^[a-z0-9-]+/[a-z][a-z0-9_]*\\.[a-z][a-z0-9]*/(alle|[a-z]+=[a-z0-9-]+)$" }),
    distribution: Name,
    category: Name,
    group: Type.Record(Name, Code),
    shown: Type.Union([shown, Type.Null()]),
    withheld: Type.Union([Type.Enum(withheldReasons), Type.Null()]),
  },
  { additionalProperties: false },
);
export type PublishedCategory = Static<typeof PublishedCategory>;

/** A question of which every answer is published. */
export const Distribution = Type.Object(
  {
    id: Name,
    chapter: Name,
    title: Both,
    /** The question as it was asked. */
    question: Both,
    denominator: Type.Object({ id: Name, words: Both }, { additionalProperties: false }),
    /** In the order of the questionnaire. */
    categories: Type.Array(Type.Object({ id: Name, title: Both }, { additionalProperties: false }), { minItems: 2 }),
    /** Dimensions it is published by; none for everyone together. */
    by: Type.Array(Type.Array(Name, { maxItems: 1 })),
    figures: Type.Array(PublishedCategory),
  },
  { additionalProperties: false },
);
export type Distribution = Static<typeof Distribution>;

/** A classification with its codes; `parent` groups them. */
export const PublishedDimension = Type.Object(
  {
    id: Name,
    title: Both,
    codes: Type.Array(Type.Object({ ...titledCode, parent: Type.Union([Code, Type.Null()]) }, { additionalProperties: false })),
  },
  { additionalProperties: false },
);
export type PublishedDimension = Static<typeof PublishedDimension>;

/** How the answers became figures: what a reader needs to judge them. */
export const Method = Type.Object(
  {
    population: Type.Integer(),
    invited: Type.Integer(),
    /** Answers used, rounded; in whole percents of those invited. */
    answered: Type.Integer(),
    response: Percent,
    /** Answers that could not be read, in whole percents of all. */
    unreadable: Percent,
    /** Strata of which too few answered, joined with another for the weights: numbers only. */
    strata: Type.Integer(),
    joined: Type.Integer(),
    /** Margins the weights were brought to, and those left out with the reason. */
    margins: Type.Array(Name),
    leftOut: Type.Array(Type.Object({ margin: Name, why: Both }, { additionalProperties: false })),
    /** Kish (1965): how much unequal weights cost; largest weight over the middle one. */
    weightEffect: Type.Number(),
    largestWeight: Type.Number(),
    level: Type.Number(),
    interval: Name,
    minimum: Type.Integer(),
    roundedTo: Type.Integer(),
  },
  { additionalProperties: false },
);
export type Method = Static<typeof Method>;

/** What staying or leaving came to; services/monitor/staying says how. */
export const StayingResult = Type.Object(
  {
    id: Name,
    title: Both,
    /** Of whom the shares are. */
    denominator: Type.Object({ id: Name, words: Both }, { additionalProperties: false }),
    /** The sentence, with its numbers. */
    result: Both,
    /** What the data could have missed. */
    missed: Both,
    verdict: Type.Enum(["equivalent", "small", "different", "inconclusive"]),
    /** Difference in percentage points, with its interval; one decimal. */
    difference: Type.Number(),
    low: Type.Number(),
    high: Type.Number(),
    /** Difference below which it counts as none, chosen before; and the smallest that would have been found in 8 of 10 surveys like this. */
    margin: Type.Number(),
    detectable: Type.Number(),
    /** Odds ratio of the logit model, beside it. */
    oddsRatio: Type.Object({ estimate: Type.Number(), low: Type.Number(), high: Type.Number() }, { additionalProperties: false }),
    /** Answers to whether one wants to go on, rounded; a few of them did not say what they met. */
    n: Type.Integer(),
  },
  { additionalProperties: false },
);
export type StayingResult = Static<typeof StayingResult>;

/** Everything that is published of a wave at once. */
export const Publication = Type.Object(
  {
    /** 2: with distributions. What came out as 1 stays readable. */
    version: Type.Union([Type.Literal(1), Type.Literal(2)]),
    id: PublicationId,
    title: Both,
    wave: Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,39}$" }),
    edition: Type.Integer({ minimum: 1 }),
    on: Day,
    /** Days on which answers were taken. */
    fieldwork: Type.Object({ from: Day, to: Day }, { additionalProperties: false }),
    recallMonths: Type.Union([Type.Literal(6), Type.Literal(12)]),
    /** Answers made up for a demonstration or test: said on every page and paper. */
    invented: Type.Boolean(),
    questionnaire: Type.Object({ set: Name, version: Type.Integer() }, { additionalProperties: false }),
    specification: Type.Object({ id: Name, version: Type.Integer() }, { additionalProperties: false }),
    /** Whom to cite. */
    source: Both,
    method: Method,
    chapters: Type.Array(Type.Object({ id: Name, title: Both }, { additionalProperties: false })),
    dimensions: Type.Array(PublishedDimension),
    indicators: Type.Array(Indicator),
    /** Which figures stand in one table: an indicator by zero or more dimensions. */
    tables: Type.Array(
      Type.Object(
        { id: Type.String(), indicator: Name, by: Type.Array(Name, { maxItems: 2 }), figures: Type.Array(Type.String()) },
        { additionalProperties: false },
      ),
    ),
    figures: Type.Array(PublishedShare),
    /** Since version 2. */
    distributions: Type.Optional(Type.Array(Distribution)),
    staying: Type.Array(StayingResult),
  },
  { additionalProperties: false },
);
export type Publication = Static<typeof Publication>;

/** The list of files of a publication and the two signed statements about it are the same for all that is cleared. */
export { PublicationMadePayload, PublicationManifest, PublicationPayload } from "#services/directory/contract/clearance.ts";
