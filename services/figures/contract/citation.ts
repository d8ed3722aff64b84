/** A figure as it is cited and frozen: what an answer to parliament keeps of it. Made by whoever publishes (services/figures, the Monitor's open data), kept in drafts by services/parliament. Static data without I/O. */
import Type, { type Static } from "typebox";

const Line = Type.String({ minLength: 1, maxLength: 1000 });
const Day = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" });

/**
 * One published number, frozen. It stands by itself: who reads it needs nothing else to know what was counted, of whom, when, how certain it is and where it is published.
 * `digest` fixes the bytes of the publication it came from, so that a figure that was changed or withdrawn afterwards can be told (design law 6).
 */
export const CitedFigure = Type.Object(
  {
    /** Permanent name within its publication, never used for anything else: `monitor-2026-1/any_aggression/alle`, `landelijk-2026-k3/reports/alle`. */
    figure: Type.String({ pattern: "^[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9_=+-]*)+$", maxLength: 300 }),
    /** Permanent address of the figure on this site: an absolute path, without host. */
    address: Type.String({ pattern: "^/[A-Za-z0-9/_.=+#?&%-]*$", maxLength: 500 }),
    /** What was counted, as it goes on from the number ("van de 100 ambtsdragers kregen te maken met agressie"). */
    statement: Line,
    /** The number as it is shown: whole percents, or a rounded count. */
    value: Type.Number(),
    unit: Type.Enum(["percent", "count", "days"]),
    /** Margin, in the same unit; null for a count of everything there was. */
    low: Type.Union([Type.Number(), Type.Null()]),
    high: Type.Union([Type.Number(), Type.Null()]),
    /** Level of the margin, 0..1; null without one. */
    level: Type.Union([Type.Number(), Type.Null()]),
    /** Answers or facts it rests on, rounded as published; null when the publication does not say. */
    n: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
    /** Of whom or what. */
    denominator: Line,
    /** Wave of the survey, or the months or quarter counted. */
    period: Line,
    /** Who published it, in what. */
    source: Line,
    publishedOn: Day,
    /** SHA-256 of the publication's file, hexadecimal. */
    digest: Type.String({ pattern: "^[0-9a-f]{64}$" }),
  },
  { additionalProperties: false },
);
/** One published number, frozen. */
export type CitedFigure = Static<typeof CitedFigure>;

/** What can have happened to a figure since it was frozen: still the same; the publication says another number now; it was withdrawn, or is not there any more. */
export const citationStates = ["same", "changed", "withdrawn"] as const;
export type CitationState = (typeof citationStates)[number];
