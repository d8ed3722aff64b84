/**
 * Makes a {@link CitedFigure} of what is published, and says what became of one since: pure functions over published files, of the national picture and of the Monitor alike. Called by the pages, the open data, the command
 * line, and by services/parliament, which keeps the figures in its drafts.
 */
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";
import type { CitationState, CitedFigure } from "./citation.ts";
import { Picture, pictureGroupWords, type PictureFigure } from "./picture.ts";

/** As much of a publication of the Monitor (`publication.json`) as citing takes. */
const Both = Type.Object({ nl: Type.String(), en: Type.String() });
const MonitorPublication = Type.Object({
  id: Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,79}$" }),
  wave: Type.String(),
  on: Type.String(),
  source: Both,
  fieldwork: Type.Object({ from: Type.String(), to: Type.String() }),
  method: Type.Object({ level: Type.Number() }),
  dimensions: Type.Array(Type.Object({ id: Type.String(), codes: Type.Array(Type.Object({ code: Type.String(), title: Both })) })),
  indicators: Type.Array(Type.Object({ id: Type.String(), label: Both, denominator: Type.Object({ words: Both }) })),
  figures: Type.Array(
    Type.Object({
      id: Type.String(),
      indicator: Type.String(),
      group: Type.Record(Type.String(), Type.String()),
      shown: Type.Union([Type.Object({ percent: Type.Number(), low: Type.Number(), high: Type.Number(), n: Type.Integer() }), Type.Null()]),
    }),
  ),
});
type MonitorPublication = Static<typeof MonitorPublication>;

/** The numbers of a figure as they are published. */
export type PublishedNumbers = Pick<CitedFigure, "value" | "low" | "high" | "n">;

/** A publication as it stands now, for {@link citationState}. */
export interface PublishedNow {
  /** Name without its edition: `landelijk-2026-k3`, `monitor-2026`. */
  readonly publication: string;
  /** Numbers by the name of the figure within its publication (`reports/alle`); null for one that is not shown. */
  readonly figures: ReadonlyMap<string, PublishedNumbers | null>;
}

const tailOf = (figure: string): string => figure.slice(figure.indexOf("/") + 1);
/** The name of a publication without its edition: `landelijk-2026-k3` has none in its name; `monitor-2026-1` has. */
export const stemOf = (publication: string): string => (publication.startsWith("landelijk-") ? publication : publication.replace(/-\d+$/u, ""));

const numbersOfPicture = ({ shown }: Pick<PictureFigure, "shown">): PublishedNumbers | null => shown;

/** Reads a `publication.json` of the national picture or of the Monitor. @returns null when it is neither */
export function publishedNow(value: unknown): PublishedNow | null {
  if (Check(Picture, value)) return { publication: value.id, figures: new Map(value.figures.map((one) => [tailOf(one.id), numbersOfPicture(one)])) };
  if (!Check(MonitorPublication, value)) return null;
  const figures = value.figures.map(({ id, shown }): readonly [string, PublishedNumbers | null] => [
    tailOf(id),
    shown === null ? null : { value: shown.percent, low: shown.low, high: shown.high, n: shown.n },
  ]);
  return { publication: stemOf(value.id), figures: new Map(figures) };
}

/**
 * What became of a figure since it was frozen.
 * @param now the newest edition of the publication it came from; null when that is not there any more
 * @returns `same` when every number of it is what is published now, in whatever edition; `changed` when one differs; `withdrawn` when the publication is gone, is another, or does not show the figure
 */
export function citationState(figure: CitedFigure, now: PublishedNow | null): CitationState {
  const [publication = ""] = figure.figure.split("/");
  if (now === null || stemOf(publication) !== now.publication) return "withdrawn";
  const there = now.figures.get(tailOf(figure.figure)) ?? null;
  if (there === null) return "withdrawn";
  return there.value === figure.value && there.low === figure.low && there.high === figure.high && there.n === figure.n ? "same" : "changed";
}

const quarterWords: Readonly<Record<string, string>> = {
  q1: "januari tot en met maart",
  q2: "april tot en met juni",
  q3: "juli tot en met september",
  q4: "oktober tot en met december",
};

/** The months a figure counts, in Dutch: a quarter, or the one month of its group. */
export function periodOf(picture: Picture, group: PictureFigure["group"]): string {
  const month = group["month"];
  if (month !== undefined) return pictureGroupWords(picture, { month })?.nl ?? month;
  const [year = "", quarter = ""] = picture.quarter.split("-");
  return `${quarterWords[quarter] ?? quarter} ${year}`;
}

/**
 * A figure of the picture, frozen.
 * @param digest SHA-256 of the publication's file, hexadecimal
 * @returns null when there is no such figure, or it is not shown: what is not shown cannot be cited
 */
export function citePicture(picture: Picture, id: string, digest: string): CitedFigure | null {
  const figure = picture.figures.find((one) => one.id === id);
  const series = picture.series.find((one) => one.id === figure?.series);
  if (figure === undefined || series === undefined || figure.shown === null) return null;
  const { month: _, ...group } = figure.group;
  const words = pictureGroupWords(picture, group);
  const { value, low, high, n } = figure.shown;
  return {
    figure: id,
    address: `/cijfers/${id}`,
    statement: series.statement.nl,
    value,
    unit: series.unit,
    low,
    high,
    level: low === null ? null : picture.method.level,
    n,
    denominator: words === null ? series.among.nl : `${series.among.nl}; ${words.nl}`,
    period: periodOf(picture, figure.group),
    source: picture.invented ? `${picture.source.nl} (verzonnen)` : picture.source.nl,
    publishedOn: picture.on,
    digest,
  };
}

/** A figure of the Monitor, frozen; as {@link citePicture}. Its address is that of the file, with the figure behind it. */
function citeMonitor(publication: MonitorPublication, id: string, digest: string): CitedFigure | null {
  const figure = publication.figures.find((one) => one.id === id);
  const indicator = publication.indicators.find((one) => one.id === figure?.indicator);
  if (figure === undefined || indicator === undefined || figure.shown === null) return null;
  const group = Object.entries(figure.group).map(
    ([dimension, code]) => publication.dimensions.find((one) => one.id === dimension)?.codes.find((one) => one.code === code)?.title.nl ?? code,
  );
  const { percent, low, high, n } = figure.shown;
  const among = indicator.denominator.words.nl;
  return {
    figure: id,
    address: `/publicaties/${publication.id}/publication.json#${tailOf(id)}`,
    statement: `van de 100: ${indicator.label.nl}`,
    value: percent,
    unit: "percent",
    low,
    high,
    level: publication.method.level,
    n,
    denominator: group.length === 0 ? among : `${among}; ${group.join(", ")}`,
    period: `meting ${publication.wave}, ${publication.fieldwork.from} tot en met ${publication.fieldwork.to}`,
    source: publication.source.nl,
    publishedOn: publication.on,
    digest,
  };
}

/** A figure of a `publication.json`, of the national picture or of the Monitor, frozen. @returns null when the file is neither, or does not show such a figure */
export function citeFigure(publication: unknown, id: string, digest: string): CitedFigure | null {
  if (Check(Picture, publication)) return citePicture(publication, id, digest);
  return Check(MonitorPublication, publication) ? citeMonitor(publication, id, digest) : null;
}

const number = new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 0 });

/** A frozen figure as one line of text, to put in a letter. */
export function citationText({ statement, value, unit, low, high, n, denominator, period, source, publishedOn, address }: CitedFigure, site = ""): string {
  const many = unit === "days" ? `${value} dagen` : number.format(value);
  const margin = low === null || high === null ? "" : ` (tussen ${low} en ${high})`;
  const rests = n === null || unit === "count" ? "" : `, n = ${number.format(n)}`;
  return `${many} ${statement}${margin}. Telling over: ${denominator}${rests}; ${period}. ${source}, ${publishedOn}. ${site}${address}`;
}
