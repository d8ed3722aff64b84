/**
 * One series over the quarters that are published, as a line with its breaks. Pure functions over published files: called by the open data, read by the pages.
 *
 * [Note: A line of what is published] Nothing is counted anew for a line: its points are the figures of the newest edition of each quarter, as they stand there, each with its own permanent address. No sum over quarters
 * is made and no quarter is filled in, so a line tells nothing that its quarters do not tell. What a newer edition may show beside an older one was weighed by the guard when it was made (publication/protection.ts), which
 * remembers every edition of every quarter.
 */
import Type, { type Static } from "typebox";
import { monthsOf, Quarter } from "./facts.ts";
import { Both, Name, type Picture, PictureFigure, pictureFigureOf, pictureGroupName, PictureId, type PictureGroup, type PictureSeries } from "./picture.ts";

/**
 * Why what comes before may not be compared with what comes after.
 * `stated`: the research desk says so. `counted-otherwise`: the series is described in other words. `rules`: other rules of rounding and hiding. `not-published`: one quarter or more in between is not there.
 */
const trendBreakKinds = ["stated", "counted-otherwise", "rules", "not-published"] as const;

/** A break: the line stops before `from` and begins again there. */
const TrendBreak = Type.Object({ from: Quarter, kind: Type.Enum(trendBreakKinds), about: Both }, { additionalProperties: false });
type TrendBreak = Static<typeof TrendBreak>;

/** A quarter of the line. */
const TrendQuarter = Type.Object(
  {
    quarter: Quarter,
    publication: PictureId,
    edition: Type.Integer({ minimum: 1, maximum: 999 }),
    on: Type.String({ format: "date" }),
    /** SHA-256 of the publication the point is in, hexadecimal. */
    digest: Type.String({ pattern: "^[0-9a-f]{64}$" }),
    figure: PictureFigure,
    /** Its months in order; empty where the series is not shown by month, or the line is of a group. */
    months: Type.Array(PictureFigure, { maxItems: 3 }),
  },
  { additionalProperties: false },
);
type TrendQuarter = Static<typeof TrendQuarter>;

/** A series over the published quarters, for everything or for one group. */
export const Trend = Type.Object(
  {
    version: Type.Literal(1),
    series: Name,
    /** `alle`, or `province=pv26`. */
    group: Type.String(),
    unit: Type.Enum(["count", "percent"]),
    /** As the newest quarter says it. */
    title: Both,
    statement: Both,
    invented: Type.Boolean(),
    /** Level of the margins, 0..1. */
    level: Type.Number({ minimum: 0, maximum: 1 }),
    /** In order of time. */
    quarters: Type.Array(TrendQuarter),
    breaks: Type.Array(TrendBreak),
  },
  { additionalProperties: false },
);
export type Trend = Static<typeof Trend>;

/** A published picture and the SHA-256 of its file. */
export interface PublishedPicture {
  readonly picture: Picture;
  readonly digest: string;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Quarters from one to another, both included. */
export function quartersBetween(first: string, last: string): readonly string[] {
  const place = (quarter: string): number => Number(quarter.slice(0, 4)) * 4 + Number(quarter.slice(6)) - 1;
  const [from, to] = [place(first), place(last)];
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => `${Math.floor((from + at) / 4)}-q${((from + at) % 4) + 1}`);
}

const seriesIn = (picture: Picture, series: string): PictureSeries | undefined => picture.series.find(({ id }) => id === series);

/** Breaks between a published quarter and the one published before it. */
function breaksBetween(before: Picture, after: Picture, series: string): readonly TrendBreak[] {
  const from = after.quarter;
  const stated = (after.breaks ?? []).filter((one) => one.series.length === 0 || one.series.includes(series));
  const [was, is] = [seriesIn(before, series), seriesIn(after, series)];
  const { coverage: _, ...rules } = after.method;
  const { coverage: __, ...earlierRules } = before.method;
  return [
    ...stated.map(({ about }): TrendBreak => ({ from, kind: "stated", about })),
    ...(same([was?.unit, was?.among, was?.statement], [is?.unit, is?.among, is?.statement])
      ? []
      : [
          {
            from,
            kind: "counted-otherwise" as const,
            about: { nl: `Hiervoor werd iets anders geteld: ${was?.among.nl ?? ""}.`, en: `Before this, something else was counted: ${was?.among.en ?? ""}.` },
          },
        ]),
    ...(same(rules, earlierRules)
      ? []
      : [
          {
            from,
            kind: "rules" as const,
            about: { nl: "Hiervoor golden andere regels voor afronden en niet tonen.", en: "Before this, other rules held for rounding and for not showing." },
          },
        ]),
    ...(quartersBetween(before.quarter, from).length > 2
      ? [
          {
            from,
            kind: "not-published" as const,
            about: { nl: "Over de tijd hiervoor zijn geen cijfers gepubliceerd.", en: "No figures were published of the time before this." },
          },
        ]
      : []),
  ];
}

/**
 * The line of a series over what is published.
 * @param published the newest edition of each quarter, in any order. Made-up quarters and real ones never share a line: those like the newest are taken.
 * @param group empty for everything, or one code of one dimension; a month has no line of its own
 * @returns null when no quarter has that figure
 */
export function trendOf(published: readonly PublishedPicture[], series: string, group: PictureGroup): Trend | null {
  const inTime = published.toSorted((a, b) => (a.picture.quarter < b.picture.quarter ? -1 : 1));
  const made = inTime.at(-1)?.picture.invented;
  const held = "month" in group ? [] : inTime.filter(({ picture }) => picture.invented === made && pictureFigureOf(picture, series, group) !== null);
  const newest = held.at(-1)?.picture;
  const words = newest === undefined ? undefined : seriesIn(newest, series);
  if (newest === undefined || words === undefined) return null;
  const whole = pictureGroupName(group) === "alle";
  const quarters = held.flatMap(({ picture, digest }): readonly TrendQuarter[] => {
    const figure = pictureFigureOf(picture, series, group);
    if (figure === null) return [];
    const months = whole ? monthsOf(picture.quarter).flatMap((month) => pictureFigureOf(picture, series, { month }) ?? []) : [];
    return [{ quarter: picture.quarter, publication: picture.id, edition: picture.edition, on: picture.on, digest, figure, months }];
  });
  const breaks = held.flatMap(({ picture }, at) => {
    const before = held[at - 1]?.picture;
    return before === undefined ? [] : breaksBetween(before, picture, series);
  });
  const { unit, title, statement } = words;
  const { invented, method } = newest;
  return { version: 1, series, group: pictureGroupName(group), unit, title, statement, invented, level: method.level, quarters, breaks };
}
