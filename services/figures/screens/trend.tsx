/**
 * A series through time: a point for each published quarter or month, a line where two may be compared, and a mark with words where they may not. What is not shown has the same empty mark everywhere. Drawn in shares of the
 * width, so that letters keep their size on a phone; the table behind it leads to the permanent address of every point. Used by both pages.
 */
import type { ComponentChildren, JSX } from "preact";
import { useId, useState } from "preact/hooks";
import { Link, Select, Skeleton, useLanguage, useMessages } from "#services/interface/index.ts";
import { monthsOf } from "#services/figures/contract/facts.ts";
import type { PictureFigure } from "#services/figures/contract/picture.ts";
import { quartersBetween, type Trend } from "#services/figures/contract/trend.ts";
import { FigureTable, useCounted, useShort } from "./charts.tsx";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { useTrend } from "./read-pictures.ts";

type By = "quarter" | "month";

/** A place on the axis of time. */
interface Place {
  readonly quarter: string;
  /** Month, `2026-08`; null for a whole quarter. */
  readonly month: string | null;
  /** Null: nothing was published of it. */
  readonly figure: PictureFigure | null;
  /** Number of the break before it, from 1; null without one. */
  readonly broken: number | null;
}

/** Every quarter or month from the first published to the last, also those in between of which nothing is there. */
function placesOf({ quarters, breaks }: Trend, by: By): readonly Place[] {
  const marked = [...new Set(breaks.map(({ from }) => from))];
  return quartersBetween(quarters[0]?.quarter ?? "", quarters.at(-1)?.quarter ?? "").flatMap((quarter): readonly Place[] => {
    const held = quarters.find((one) => one.quarter === quarter);
    const place = marked.indexOf(quarter) + 1;
    const broken = place === 0 ? null : place;
    if (by === "quarter") return [{ quarter, month: null, figure: held?.figure ?? null, broken }];
    return monthsOf(quarter).map((month, at) => ({
      quarter,
      month,
      figure: held?.months.find(({ group }) => group["month"] === month) ?? null,
      broken: at === 0 ? broken : null,
    }));
  });
}

/** A round end of the scale, whose half is whole. */
function endOf(most: number, unit: Trend["unit"]): number {
  for (let power = 10; ; power *= 10)
    for (const step of [1, 2, 4, 6, 8]) if (step * power >= most) return unit === "percent" ? Math.min(100, step * power) : step * power;
}

const useNames = () => {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const months = new Intl.DateTimeFormat(language === "nl" ? "nl-NL" : "en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
  const ofQuarter = (quarter: string): string => m.quarterName(Number(quarter.slice(6)), quarter.slice(0, 4));
  return {
    ofQuarter,
    ofPlace: ({ quarter, month }: Place): string => (month === null ? ofQuarter(quarter) : months.format(new Date(`${month}-01T00:00:00Z`))),
  };
};

const height = 250;
const [top, bottom] = [44, 196];

function Drawing({ trend, places, title }: { readonly trend: Trend; readonly places: readonly Place[]; readonly title: string }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const counted = useCounted();
  const short = useShort();
  const { ofPlace } = useNames();
  const id = useId();
  const end = endOf(Math.max(1, ...places.map(({ figure }) => figure?.shown?.high ?? figure?.shown?.value ?? 0)), trend.unit);
  const width = 100 / places.length;
  const x = (at: number): string => `${(at + 0.5) * width}%`;
  const y = (value: number): number => bottom - ((bottom - top) * value) / end;
  const spoken = places.flatMap((place) => (place.figure === null ? [] : [`${ofPlace(place)}: ${short(place.figure)}`])).join("; ");
  const few = places.length <= 8;
  return (
    <svg class="figures-trend" height={height} role="img" aria-labelledby={`${id}-title ${id}-desc`}>
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-desc`}>{spoken}</desc>
      {[0, end / 2, end].map((tick) => (
        <g key={tick}>
          <line class="figures-rule" x1="0" x2="100%" y1={y(tick)} y2={y(tick)} />
          <text x="-8" y={y(tick) + 5} text-anchor="end">
            {counted(tick)}
          </text>
        </g>
      ))}
      {places.map(({ figure, quarter, month, broken }, at) => {
        const shown = figure?.shown ?? null;
        const before = places[at - 1]?.figure?.shown ?? null;
        const first = month === null || month.endsWith("-01") || at === 0;
        return (
          <g key={month ?? quarter}>
            {broken !== null && (
              <>
                <line class="figures-trend-break" x1={`${at * width}%`} x2={`${at * width}%`} y1="26" y2={bottom} />
                <circle class="figures-trend-mark" cx={`${at * width}%`} cy="14" r="12" />
                <text x={`${at * width}%`} y="19" text-anchor="middle">
                  {broken}
                </text>
              </>
            )}
            {shown !== null && before !== null && broken === null && (
              <line class="figures-trend-line" x1={x(at - 1)} x2={x(at)} y1={y(before.value)} y2={y(shown.value)} />
            )}
            {shown !== null && shown.low !== null && shown.high !== null && (
              <line class="figures-whisker" x1={x(at)} x2={x(at)} y1={y(shown.low)} y2={y(shown.high)} />
            )}
            {figure !== null && shown === null && (
              <svg x={x(at)} y={bottom - 14} overflow="visible">
                <rect class="figures-trend-away" x="-6" y="0" width="12" height="12" />
              </svg>
            )}
            {month === null && (
              <text x={x(at)} y={bottom + 22} text-anchor="middle">
                {m.quarterShort(Number(quarter.slice(6)))}
              </text>
            )}
            {((month === null && (at === 0 || quarter.endsWith("q1"))) || (month !== null && first)) && (
              <text x={x(at)} y={bottom + (month === null ? 44 : 22)} text-anchor="middle">
                {quarter.slice(0, 4)}
              </text>
            )}
          </g>
        );
      })}
      {places.map(({ figure, quarter, month }, at) => {
        const shown = figure?.shown ?? null;
        return (
          shown !== null && (
            <g key={month ?? quarter}>
              <circle class={shown.low === null ? "figures-dot" : "figures-dot figures-dot-open"} cx={x(at)} cy={y(shown.value)} r={few ? 6 : 4} />
              {few && (
                <text class="figures-trend-value" x={x(at)} y={y(shown.high ?? shown.value) - 12} text-anchor="middle">
                  {counted(shown.value)}
                </text>
              )}
            </g>
          )
        );
      })}
    </svg>
  );
}

/** The table behind the line: every point leads to its permanent address, and says which break it stands behind. */
function PlaceTable({ caption, places }: { readonly caption: string; readonly places: readonly Place[] }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const { ofPlace } = useNames();
  const rows = places.flatMap((place) => {
    const { figure, broken } = place;
    if (figure === null) return [];
    const label = (
      <>
        <Link to={`/cijfers/${figure.id}`}>{ofPlace(place)}</Link>
        {broken !== null && ` (${m.breakMark(broken)})`}
      </>
    );
    return [{ label, figure }];
  });
  return <FigureTable caption={caption} rows={rows} head={m.time} />;
}

/** "Door de tijd", once two quarters or more are published. @param children what chooses the series, above the picture */
export function TrendSection({
  series,
  group,
  children,
}: {
  readonly series: string;
  readonly group: string;
  readonly children?: ComponentChildren;
}): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const { ofQuarter } = useNames();
  const trend = useTrend(series, group);
  const [by, setBy] = useState<By>("quarter");
  if (trend === "none" || (trend !== null && trend.quarters.length < 2)) return null;
  // While the next line comes the choice stays where it is; only the picture waits.
  if (trend === null)
    return (
      <section>
        <h2>{m.trend}</h2>
        <div class="figures-turns no-print">{children}</div>
        <Skeleton lines={8} />
      </section>
    );
  const monthly = trend.quarters.some(({ months }) => months.length > 0);
  const now = monthly ? by : "quarter";
  const places = placesOf(trend, now);
  const of100 = trend.unit === "percent" ? ` (${m.of100.toLowerCase()})` : "";
  const caption = `${trend.title[language]}${of100}, ${(now === "month" ? m.perMonth : m.perQuarter).toLowerCase()}`;
  const marked = [...Map.groupBy(trend.breaks, ({ from }) => from)];
  return (
    <section>
      <h2>{m.trend}</h2>
      <div class="figures-turns no-print">
        {children}
        {monthly && (
          <Select
            label={m.each}
            options={(["quarter", "month"] as const).map((value) => ({ value, label: value === "month" ? m.perMonth : m.perQuarter }))}
            value={now}
            onChoose={(value) => setBy(value === "month" ? "month" : "quarter")}
          />
        )}
      </div>
      <figure class="figures-figure">
        <figcaption>{caption}</figcaption>
        <Drawing trend={trend} places={places} title={caption} />
        {marked.length > 0 && (
          <>
            <p class="figures-breaks">
              <strong>{m.breaks}</strong>
            </p>
            <ol class="figures-list">
              {marked.map(([from, breaks]) => (
                <li key={from}>
                  {m.breakFrom(ofQuarter(from))} {breaks.map(({ about }) => about[language]).join(" ")}
                </li>
              ))}
            </ol>
          </>
        )}
        <p class="soft small">
          {places.some(({ figure }) => figure !== null && figure.shown === null) && `${m.emptyMark} `}
          {m.trendHint} <a href={`/api/v1/open-data/trends/${series}/${group}`}>{m.trendData}</a>
        </p>
        <PlaceTable caption={caption} places={places} />
      </figure>
    </section>
  );
}
