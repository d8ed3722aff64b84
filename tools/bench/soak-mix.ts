/** What goes between the soak and the process that makes its load, and the mix of that load. Used by soak.ts and soak-load.ts only. */
import Type, { type Static } from "typebox";

/** The kinds of work, and how many of a thousand arrivals are of it. */
export const mix = {
  /** A page of fifty of the desk's worklist. */
  worklist: 400,
  /** A dossier with its entries, as the desk opens it. */
  dossier: 230,
  /** Public figures: the page, the list, one publication, one cited figure. */
  figures: 190,
  /** The log's checkpoint, a tile, the receipt of a statement. */
  ledger: 160,
  /** A guest files a report with a file of 40 kB; sealed, sent and its receipt checked. */
  report: 14,
  /** A guest comes back with the code, opens the report and writes. */
  followUp: 4,
  /** A file of 9 MiB in two pieces with a report. */
  upload: 2,
} as const;

/** Name of a kind of work. */
export type Kind = keyof typeof mix;
export const kinds: readonly Kind[] = ["worklist", "dossier", "figures", "ledger", "report", "followUp", "upload"];

/** What the parent hands to the process that makes the load, as JSON in its argument. */
export const Order = Type.Object(
  {
    url: Type.String(),
    /** HTTP requests a second, on the average. */
    rate: Type.Number(),
    seconds: Type.Number(),
    desk: Type.String(),
    handle: Type.String(),
    code: Type.String(),
  },
  { additionalProperties: false },
);
export type Order = Static<typeof Order>;

const Numbers = Type.Record(Type.String(), Type.Array(Type.Number()));

/** Said once a second: what was done since the last time. */
export const Told = Type.Object(
  {
    what: Type.Literal("told"),
    /** HTTP requests that were answered. */
    requests: Type.Integer(),
    /** Milliseconds of each piece of work from its planned moment, by kind. */
    took: Numbers,
    /** What went wrong, shortened, the first few. */
    errors: Type.Array(Type.String()),
    failed: Type.Integer(),
    /** Pieces of work that are on their way. */
    open: Type.Integer(),
    /** Milliseconds that the generator itself began a piece later than planned, at most. */
    late: Type.Number(),
  },
  { additionalProperties: false },
);
export type Told = Static<typeof Told>;

/** Said at the beginning and at the end. */
export const Moment = Type.Object({ what: Type.Union([Type.Literal("begun"), Type.Literal("done")]) }, { additionalProperties: false });
