/** Makes the picture of a quarter of facts: read, protect, count, say how. One pipeline for the pages, the tables and the open data. Called by the command line and the demonstration, on the desk's own machine. */
import { makeDesign, proportion } from "@rugdekking/survey";
import { roundToBase, type PublishedMemory } from "@rugdekking/survey/disclosure";
import { monthsOf, type Fact, type FactCount } from "#services/figures/contract/facts.ts";
import {
  pictureFolderOf,
  pictureGroupName,
  pictureIdOf,
  type Picture,
  type PictureBreak,
  type PictureFigure,
  type PictureGroup,
  type PicturePublisher,
} from "#services/figures/contract/picture.ts";
import { PictureError } from "./errors.ts";
import { groupsOf, protect, type PictureProtection } from "./protection.ts";
import { codeOf, dimensionsOf, factChapters, factSeries, type FactSeries } from "./series.ts";

/** Fewest facts in a group that is shown; base of rounding; a share of fewer facts than the third carries an interval. */
const minimum = 10;
const roundedTo = 5;
const intervalBelow = 200;
const level = 0.95;
/** Rounding of a share that is a whole percent but for its last bit must not widen the interval. */
const STILL = 1e-9;

/** What is published, by whom and when. */
export interface PictureOrder {
  readonly facts: readonly Fact[];
  /** How complete they are, as the server counts; may be empty. */
  readonly counts: readonly FactCount[];
  /** `2026-q3` */
  readonly quarter: string;
  /** 1 for the first; a correction is the next. */
  readonly edition: number;
  /** `YYYY-MM-DD` */
  readonly on: string;
  readonly invented: boolean;
  readonly publisher: PicturePublisher;
  readonly memory: PublishedMemory;
  /** What is not what it was from this quarter on; left out: nothing. */
  readonly breaks?: readonly PictureBreak[];
}

/** A picture, and what stays with the desk. */
export interface MadePicture {
  readonly picture: Picture;
  /** To keep for the next publication. Never to be published. */
  readonly memory: PublishedMemory;
  /** For the desk's own eyes. */
  readonly report: PictureProtection["report"];
}

/** Interval of a share in whole percents, outwards (Wilson): how far it could move if chance had decided. */
function intervalOf(ones: number, n: number): { readonly low: number; readonly high: number } {
  const column = Float64Array.from({ length: n }, (_, row) => (row < ones ? 1 : 0));
  const { low, high } = proportion(makeDesign({ rows: n }), column, "wilson", level);
  const percent = (value: number | null, otherwise: number): number => (value === null ? otherwise : value * 100);
  return { low: Math.max(0, Math.floor(percent(low, 0) + STILL)), high: Math.min(100, Math.ceil(percent(high, 100) - STILL)) };
}

/** Code of a fact in a dimension by name; null for a name that is none. */
const codeIn = (fact: Fact, dimension: string): string | null =>
  dimension === "month" || dimension === "province" || dimension === "function" ? codeOf(fact, dimension) : null;

function figureOf(picture: string, facts: readonly Fact[], one: FactSeries, group: PictureGroup, { hidden }: PictureProtection): PictureFigure {
  const head = { id: `${picture}/${one.id}/${pictureGroupName(group)}`, series: one.id, group };
  if (hidden(one, group)) return { ...head, shown: null, withheld: "protected" };
  const inside = facts.filter((fact) => one.of(fact) !== null && Object.entries(group).every(([dimension, code]) => codeIn(fact, dimension) === code));
  const n = inside.length;
  const rounded = roundToBase(n, roundedTo);
  if (one.unit === "count") return { ...head, shown: { value: rounded, low: null, high: null, n: rounded }, withheld: null };
  if (n === 0) return { ...head, shown: null, withheld: "nobody" };
  const ones = inside.filter((fact) => one.of(fact) === 1).length;
  const interval = n < intervalBelow ? intervalOf(ones, n) : { low: null, high: null };
  return { ...head, shown: { value: Math.round((100 * ones) / n), ...interval, n: rounded }, withheld: null };
}

const quarterTitle = (quarter: string): { readonly nl: string; readonly en: string } => {
  const [year = "", number = ""] = quarter.split("-q");
  const ordinal = ["eerste", "tweede", "derde", "vierde"][Number(number) - 1] ?? "";
  const inEnglish = ["first", "second", "third", "fourth"][Number(number) - 1] ?? "";
  return { nl: `Landelijk beeld, ${ordinal} kwartaal ${year}`, en: `National picture, ${inEnglish} quarter of ${year}` };
};

const coverageOf = (counts: readonly FactCount[], quarter: string): Picture["method"]["coverage"] =>
  counts
    .filter((one) => one.quarter === quarter)
    .map(({ kind, given, arrived }) => ({
      kind,
      given: given === null ? null : roundToBase(given, roundedTo),
      arrived: arrived === null ? null : roundToBase(arrived, roundedTo),
    }));

/**
 * Makes the picture. Nothing is half published.
 * @throws PictureError `series-unknown`, `not-protected`, `guard-refused`; DisclosureError for a memory that does not fit
 */
export function makePicture({ facts, counts, quarter, edition, on, invented, publisher, memory, breaks = [] }: PictureOrder): MadePicture {
  const id = pictureIdOf(quarter);
  const title = quarterTitle(quarter);
  const stranger = breaks.flatMap(({ series }) => series).find((name) => factSeries.every((one) => one.id !== name));
  if (stranger !== undefined)
    throw new PictureError("series-unknown", `A break names the series ${stranger}, which is not published; take a name from codeboek.csv, or none for all.`);
  const dimensions = dimensionsOf(monthsOf(quarter));
  const protection = protect(facts, factSeries, dimensions, { id: pictureFolderOf({ id, edition }), title: title.nl, on, quarter }, memory, minimum);
  const picture: Picture = {
    version: 1,
    id,
    edition,
    quarter,
    on,
    invented,
    title,
    source: { nl: `Rugdekking, ${title.nl}, uitgave ${edition}`, en: `Rugdekking, ${title.en}, edition ${edition}` },
    publisher,
    method: { minimum, roundedTo, intervalBelow, level, coverage: coverageOf(counts, quarter) },
    chapters: factChapters.map((chapter) => ({ ...chapter })),
    dimensions: dimensions.map((dimension) => ({ ...dimension, codes: [...dimension.codes] })),
    series: factSeries.map(({ id: series, chapter, kind, unit, title: named, statement, among, not, by }) => ({
      id: series,
      chapter,
      kind,
      unit,
      title: named,
      statement,
      among,
      not,
      by: [...by],
    })),
    ...(breaks.length === 0 ? {} : { breaks: breaks.map(({ series, about }) => ({ series: [...series], about: { ...about } })) }),
    figures: factSeries.flatMap((one) => groupsOf(dimensions, one.by).map((group) => figureOf(id, facts, one, group, protection))),
  };
  return { picture, memory: protection.memory, report: protection.report };
}
