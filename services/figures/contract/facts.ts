/**
 * What an anonymous fact holds: a closed union of shapes in coarse classes. Made on the device of whoever writes the entry it follows from (services/reporting, scanning, signalling and support), collected by the research desk,
 * published under disclosure control by services/figures. Static data and pure functions, no I/O; any room may import it.
 *
 * [Note: What a fact holds] The kind, a calendar month, and classes. No name, organisation, municipality, day, words, number, desk, person, id of a dossier, or anything that is chosen freely. The month is the one in which the fact was
 * made, and lies in the quarter of the key that its token was signed with; nothing finer is said about time. What is counted per function is counted in {@link functionClasses}, not in offices: a province has one King's commissioner
 * and a handful of executives, so they stand among all of their province. Facts that follow from one dossier (a report filed, the same report closed) carry nothing that joins them.
 *
 * The file that `rugdekking figures collect` writes and `rugdekking figures publish` reads is JSON Lines: each line is one {@link Fact}, sorted by its text, so that the order of the lines says nothing.
 */
import Type, { type Static } from "typebox";

/** Kinds of fact. Each has a token key of its own per quarter, so the kind and the quarter are what the server can tell of a fact that arrives. */
export const factKinds = ["report-filed", "report-closed", "scan-requested", "scan-completed", "signal-closed", "help-asked", "help-given"] as const;
export const FactKind = Type.Enum(factKinds);
export type FactKind = (typeof factKinds)[number];

/** Calendar month, `YYYY-MM`. */
export const Month = Type.String({ pattern: "^20\\d{2}-(0[1-9]|1[0-2])$" });
/** Quarter of a calendar year, `2026-q4`. */
export const Quarter = Type.String({ pattern: "^20\\d{2}-q[1-4]$" });
/** The quarter of a month. */
export const quarterOf = (month: string): string => `${month.slice(0, 4)}-q${Math.ceil(Number(month.slice(5)) / 3)}`;
/** The three months of a quarter, in order. */
export const monthsOf = (quarter: string): readonly string[] => {
  const first = Number(quarter.slice(6)) * 3 - 2;
  return [first, first + 1, first + 2].map((month) => `${quarter.slice(0, 4)}-${String(month).padStart(2, "0")}`);
};

/** Provinces by their number at Statistics Netherlands, as registers/organisations names them: pv20 Groningen to pv31 Limburg. */
export const provinces = ["pv20", "pv21", "pv22", "pv23", "pv24", "pv25", "pv26", "pv27", "pv28", "pv29", "pv30", "pv31"] as const;
const Province = Type.Union([Type.Enum(provinces), Type.Null()]);
export type Province = (typeof provinces)[number];
/** The province of an organisation as a fact says it; null when it has none (the ministry, a water authority in more than one) or is not known. */
export const provinceOf = (province: string | null | undefined): Province | null => provinces.find((one) => one === province) ?? null;

/** Offices, joined until each has a crowd in every province. */
export const functionClasses = ["municipal-executive", "municipal-council", "province", "water-authority", "other"] as const;
export const FunctionClass = Type.Enum(functionClasses);
export type FunctionClass = (typeof functionClasses)[number];
const classOfFunction: Readonly<Record<string, FunctionClass>> = {
  mayor: "municipal-executive",
  alderman: "municipal-executive",
  councillor: "municipal-council",
  "committee-member": "municipal-council",
  "kings-commissioner": "province",
  "provincial-executive": "province",
  "provincial-councillor": "province",
  "water-authority-chair": "water-authority",
  "water-authority-executive": "water-authority",
  "water-authority-general-board": "water-authority",
};
/** The class of an office (`OfficeFunction` or `Seeker` of the dossiers); everything else, and null, is `other`. */
export const functionClassOf = (office: string | null): FunctionClass => (office === null ? "other" : (classOfFunction[office] ?? "other"));

/** Forms as the Monitor counts them. Doxing is told by a field of its own. */
export const formClasses = ["verbal", "threat", "physical", "discrimination", "sexual", "other"] as const;
export const FormClass = Type.Enum(formClasses);
/** Channels, joined; `unknown` when it was not said. `website` of a report is among `social-media`, `at-home` among `in-person`. */
export const channelClasses = ["social-media", "message", "phone", "letter", "in-person", "other", "unknown"] as const;
export const ChannelClass = Type.Enum(channelClasses);
export type ChannelClass = (typeof channelClasses)[number];

/** Classes of a count. */
export const factCountClasses = ["0", "1-2", "3-5", "6-10", "11+"] as const;
const Count = Type.Enum(factCountClasses);
/** Classes of calendar days. */
export const factDayClasses = ["0-30", "31-90", "91-180", "181-365", "366+"] as const;
const Days = Type.Union([Type.Enum(factDayClasses), Type.Null()]);

/** Steps of a signal that have a term, and how each was answered. */
export const factSignalSteps = ["received", "weighed", "presented", "decided", "fed-back"] as const;
export const factStepAnswers = ["in-time", "late", "open"] as const;

/** Why help is sought, joined; thoughts of death are in `strain`, with everything that weighs on someone. */
export const helpClasses = ["threat", "online", "pressure", "strain", "none"] as const;
export const HelpClass = Type.Enum(helpClasses);
export type HelpClass = (typeof helpClasses)[number];

const head = <K extends FactKind>(kind: K) => ({ version: Type.Literal(1), kind: Type.Literal(kind), month: Month });

/** A report was filed. */
export const ReportFiled = Type.Object(
  {
    ...head("report-filed"),
    province: Province,
    function: FunctionClass,
    /** Sorted as {@link formClasses}; empty when nothing was ticked. */
    forms: Type.Array(FormClass, { maxItems: formClasses.length, uniqueItems: true }),
    channel: ChannelClass,
    /** It came over the internet; null when the channel was not said. */
    online: Type.Union([Type.Boolean(), Type.Null()]),
    /** Doxing was among the forms (art. 285d Sr). */
    doxing: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type ReportFiled = Static<typeof ReportFiled>;

/** A report was closed by the desk. */
export const ReportClosed = Type.Object(
  {
    ...head("report-closed"),
    province: Province,
    function: FunctionClass,
    /** A criminal complaint (aangifte) was filed, by the person or the employer. */
    complaint: Type.Boolean(),
    /** The desk wrote down how serious it is. */
    weighed: Type.Boolean(),
    /** The desk did something (an action other than only the complaint). */
    followUp: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type ReportClosed = Static<typeof ReportClosed>;

/** A security scan was requested. */
export const ScanRequested = Type.Object({ ...head("scan-requested"), province: Province, function: FunctionClass }, { additionalProperties: false });
export type ScanRequested = Static<typeof ScanRequested>;

/** A scan was completed: how long it took, and how many measures came; as services/scanning/facts counts them. */
export const ScanCompleted = Type.Object(
  {
    ...head("scan-completed"),
    /** Calendar days from the request to the completion; null when not known. */
    throughput: Days,
    advised: Count,
    placed: Count,
    onLoan: Count,
    declined: Count,
    open: Count,
    /** Days from adoption within which half of what was placed or lent was there, and the last; null when nothing was. */
    daysHalf: Days,
    daysLast: Days,
  },
  { additionalProperties: false },
);
export type ScanCompleted = Static<typeof ScanCompleted>;

/** A signal to police and OM was closed: which steps were answered in time; as services/signalling/facts counts them. */
export const SignalClosed = Type.Object(
  {
    ...head("signal-closed"),
    /** Police unit as registers/regions names it (`politie-oost-nederland`); null: not known. */
    unit: Type.Union([Type.String({ pattern: "^politie-[a-z-]{1,30}$" }), Type.Null()]),
    steps: Type.Array(Type.Object({ step: Type.Enum(factSignalSteps), answer: Type.Enum(factStepAnswers) }, { additionalProperties: false }), {
      maxItems: factSignalSteps.length,
    }),
    outcome: Type.Enum(["local-measures", "nominated", "basic-policing", "redirected", "open"]),
  },
  { additionalProperties: false },
);
export type SignalClosed = Static<typeof SignalClosed>;

/** Help was asked of the support team. */
export const HelpAsked = Type.Object(
  {
    ...head("help-asked"),
    function: FunctionClass,
    /** Sorted as {@link helpClasses}; empty when nothing was said. */
    why: Type.Array(HelpClass, { maxItems: helpClasses.length, uniqueItems: true }),
    acute: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type HelpAsked = Static<typeof HelpAsked>;

/** A request for help was closed by the support team. */
export const HelpGiven = Type.Object(
  {
    ...head("help-given"),
    outcome: Type.Enum(["helped", "handed-over", "not-reached", "other"]),
    /** Who helped: the newest offer; null when there was none. */
    by: Type.Union([Type.Enum(["team", "peer", "expert"]), Type.Null()]),
  },
  { additionalProperties: false },
);
export type HelpGiven = Static<typeof HelpGiven>;

/** One anonymous fact. */
export const Fact = Type.Union([ReportFiled, ReportClosed, ScanRequested, ScanCompleted, SignalClosed, HelpAsked, HelpGiven]);
/** One anonymous fact. */
export type Fact = Static<typeof Fact>;
/**
 * How complete the facts of a kind are: dossiers that were given a token, and facts that arrived. They differ by who said no, whose device was never opened again, and what still waits. Null: fewer than five, not said.
 */
export const FactCount = Type.Object(
  {
    quarter: Quarter,
    kind: FactKind,
    given: Type.Union([Type.Integer({ minimum: 5 }), Type.Null()]),
    arrived: Type.Union([Type.Integer({ minimum: 5 }), Type.Null()]),
  },
  { additionalProperties: false },
);
export type FactCount = Static<typeof FactCount>;
