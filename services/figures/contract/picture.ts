/**
 * What is published of the national picture: one quarter of anonymous facts as figures with words around them. Static data without I/O, open to everyone; made by services/figures/publication on the desk's own machine,
 * read by screens, by the open data and by whoever cites.
 *
 * [Note: Counted, not sampled] A count is of every fact that arrived, so it has no sampling margin. It is not a count of everything that happened: who reports nothing, or says no to being counted, is not in it. A share
 * of few facts carries an interval, because a few facts more or less would move it.
 */
import Type, { type Static } from "typebox";
import { FactKind, Quarter } from "./facts.ts";
import { Both, Code, Day, titledCode, withheldAlike, Word } from "./published.ts";

export { Both } from "./published.ts";

/** Name of a series, chapter or dimension. */
export const Name = Type.String({ pattern: "^[a-z][a-z0-9-]{0,39}$" });
const Whole = Type.Integer({ minimum: 0, maximum: 10_000_000 });
const OrNull = Type.Union([Whole, Type.Null()]);

/** Permanent name of the picture of a quarter: `landelijk-2026-k3`. A correction has the same name and the next edition. */
export const PictureId = Type.String({ pattern: "^landelijk-20\\d{2}-k[1-4]$" });
/** The name of a quarter's picture. */
export const pictureIdOf = (quarter: string): string => `landelijk-${quarter.replace("q", "k")}`;
/** Folder of one edition: what lies there never changes. */
export const PictureFolder = Type.String({ pattern: "^landelijk-20\\d{2}-k[1-4]-[1-9]\\d{0,2}$" });
/** The folder of an edition. */
export const pictureFolderOf = ({ id, edition }: Pick<Picture, "id" | "edition">): string => `${id}-${edition}`;

/** [Note: Withheld cells look alike] */
export const pictureWithheldReasons = withheldAlike;

/** One figure: of everything in the quarter, or of a group. */
export const PictureFigure = Type.Object(
  {
    /** Permanent, never used for anything else: `landelijk-2026-k3/reports/province=pv26`. */
    id: Type.String({ pattern: "^landelijk-20\\d{2}-k[1-4]/[a-z][a-z0-9-]*/(alle|[a-z]+=[a-z0-9-]+)$" }),
    series: Name,
    /** Dimension to code, at most one; empty for everything. */
    group: Type.Record(Name, Code),
    shown: Type.Union([
      Type.Object(
        {
          /** A count rounded to the base, or a share in whole percents. */
          value: Whole,
          /** Interval of a share of few facts, rounded outwards; null for a count, and for a share of many. */
          low: OrNull,
          high: OrNull,
          /** Facts it rests on, rounded to the base. */
          n: Whole,
        },
        { additionalProperties: false },
      ),
      Type.Null(),
    ]),
    withheld: Type.Union([Type.Enum(pictureWithheldReasons), Type.Null()]),
  },
  { additionalProperties: false },
);
export type PictureFigure = Static<typeof PictureFigure>;

/** What is counted. */
export const PictureSeries = Type.Object(
  {
    id: Name,
    chapter: Name,
    kind: FactKind,
    unit: Type.Enum(["count", "percent"]),
    title: Both,
    /** As it goes on from the number: "meldingen", "van de 100 meldingen gingen over het internet". */
    statement: Both,
    /** Of what it is a count or share. */
    among: Both,
    /** What this figure does not say. */
    not: Both,
    /** Dimensions it is shown by, besides everything. */
    by: Type.Array(Name, { maxItems: 3 }),
  },
  { additionalProperties: false },
);
export type PictureSeries = Static<typeof PictureSeries>;

/** Who publishes: as the catalogue of open data names it. */
export const PicturePublisher = Type.Object(
  {
    name: Word,
    /** Address in a register of organisations (TOOI, ROR). */
    id: Word,
    /** Mail address for questions. */
    contact: Word,
  },
  { additionalProperties: false },
);
export type PicturePublisher = Static<typeof PicturePublisher>;

/** From this quarter on a series is not what it was: the counting or who takes part changed, so a line over the quarters stops here and begins anew. Said by the research desk, in words for everyone. */
export const PictureBreak = Type.Object(
  {
    /** Names of series; empty: all of them. */
    series: Type.Array(Name, { maxItems: 100 }),
    about: Both,
  },
  { additionalProperties: false },
);
export type PictureBreak = Static<typeof PictureBreak>;

/** The national picture of one quarter. */
export const Picture = Type.Object(
  {
    version: Type.Literal(1),
    id: PictureId,
    edition: Type.Integer({ minimum: 1, maximum: 999 }),
    quarter: Quarter,
    on: Day,
    /** Facts made up for a demonstration or test: said on every page. */
    invented: Type.Boolean(),
    title: Both,
    /** Whom to cite. */
    source: Both,
    publisher: PicturePublisher,
    method: Type.Object(
      {
        /** Fewest facts in a group that is shown. */
        minimum: Whole,
        roundedTo: Whole,
        /** A share of fewer facts than this carries an interval, of this level. */
        intervalBelow: Whole,
        level: Type.Number({ minimum: 0, maximum: 1 }),
        /** How complete the facts are: dossiers that could give one, and facts that arrived, rounded; null where that is not said. */
        coverage: Type.Array(Type.Object({ kind: FactKind, given: OrNull, arrived: OrNull }, { additionalProperties: false })),
      },
      { additionalProperties: false },
    ),
    chapters: Type.Array(Type.Object({ id: Name, title: Both }, { additionalProperties: false })),
    dimensions: Type.Array(
      Type.Object({ id: Name, title: Both, codes: Type.Array(Type.Object(titledCode, { additionalProperties: false })) }, { additionalProperties: false }),
    ),
    series: Type.Array(PictureSeries),
    breaks: Type.Optional(Type.Array(PictureBreak, { maxItems: 20 })),
    figures: Type.Array(PictureFigure, { maxItems: 5_000 }),
  },
  { additionalProperties: false },
);
export type Picture = Static<typeof Picture>;

/** Names of the editions that are out, newest first: `publicaties/cijfers.json`. Of one quarter only the newest edition is what is published now. */
export const PictureList = Type.Object({ version: Type.Literal(1), publications: Type.Array(PictureFolder) }, { additionalProperties: false });

/** Media types of the two signed statements about a picture (DSSE payloadType): who made it, and who cleared it. */
export const pictureStatements = {
  made: "application/vnd.rugdekking.figures-publication-made+json",
  cleared: "application/vnd.rugdekking.figures-publication+json",
} as const;

/** Why a figure is not shown, in plain words. */
export const pictureWithheldWords: Readonly<Record<(typeof pictureWithheldReasons)[number], Both>> = {
  protected: {
    nl: "Niet getoond: het zijn er te weinig. Dat geldt voor deze groep, of voor een groep die u ermee zou kunnen uitrekenen. Zo is niemand te herkennen.",
    en: "Not shown: there are too few. That holds for this group, or for one that could be worked out with it. So nobody can be recognised.",
  },
  nobody: { nl: "Geen cijfer: er was niets om een deel van te nemen.", en: "No figure: there was nothing to take a share of." },
};

/** A group of facts: dimension to code; empty for everything. */
export type PictureGroup = Readonly<Record<string, string>>;
/** `alle`, or `province=pv26`. */
export const pictureGroupName = (group: PictureGroup): string =>
  Object.entries(group)
    .map(([dimension, code]) => `${dimension}=${code}`)
    .join("+") || "alle";

/** The figure of a series for a group, or null when the picture has none. */
export const pictureFigureOf = ({ id, figures }: Picture, series: string, group: PictureGroup): PictureFigure | null =>
  figures.find((one) => one.id === `${id}/${series}/${pictureGroupName(group)}`) ?? null;

/** A group in words; null for everything. */
export function pictureGroupWords({ dimensions }: Picture, group: PictureGroup): Both | null {
  const parts = Object.entries(group).map(
    ([dimension, code]) => dimensions.find(({ id }) => id === dimension)?.codes.find((one) => one.code === code)?.title ?? { nl: code, en: code },
  );
  return parts.length === 0 ? null : { nl: parts.map(({ nl }) => nl).join(", "), en: parts.map(({ en }) => en).join(", ") };
}
