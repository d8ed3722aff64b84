/** The picture of messages over time: small squares, a row per group or account, a stretch to choose, and the same as a table. Drawn by online-page.tsx from timeline.ts. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button, EmptyState, Skeleton, useLanguage, writeDay, writeMoment, writeNumber } from "#services/interface/index.ts";
import type { OnlineMessages } from "./nl.ts";
import { chartOf, squaresOf, type Chart, type ChartRow } from "./timeline.ts";
import { breathe, work } from "./work.ts";

/** Units of the drawing: a square and the room around it. */
const CELL = 10;
const SQUARE = 8;

interface Window {
  readonly from: number;
  readonly to: number;
}

export function TimelinePicture({ m, onRead }: { readonly m: OnlineMessages; readonly onRead: (window: Window) => void }): JSX.Element {
  const t = m.time;
  const language = useLanguage();
  const { found, counts } = work;
  const [chart, setChart] = useState<Chart | null | undefined>(undefined);
  useEffect(() => {
    let wanted = true;
    void chartOf(found, breathe).then((made) => wanted && setChart(made));
    return () => {
      wanted = false;
    };
  }, [found, counts]);
  const [brush, setBrush] = useState<readonly [number, number] | null>(null);
  if (chart === undefined) return <Skeleton lines={5} />;
  if (chart === null)
    return (
      <EmptyState icon="clock" title={t.none}>
        <p>{t.noneText}</p>
      </EmptyState>
    );
  const last = chart.columns - 1;
  const [from, to] = brush ?? [0, last];
  const window = { from: chart.start + from * chart.step, to: chart.start + (to + 1) * chart.step - 1 };
  const inside = chart.rows.reduce((sum, { counts }) => sum + counts.slice(from, to + 1).reduce((one, other) => one + other, 0), 0);
  const write = (column: number): string => (chart.step < 86_400_000 ? writeMoment : writeDay)(language, chart.start + column * chart.step);
  return (
    <section class="stack" aria-labelledby="time-title">
      <div class="stack-small">
        <h2 id="time-title">{t.title}</h2>
        <p class="soft">
          {t.text(chart.unit)} {t.legend}
        </p>
      </div>
      <div class="card chart">
        <ol class="plain chart-rows">
          {chart.rows.map((row) => (
            <li key={row.key}>
              <p class="chart-name">
                <span>{nameOf(m, row)}</span> <span class="soft">{writeNumber(language, row.total)}</span>
              </p>
              <Squares m={m} chart={chart} row={row} brush={brush} onBrush={setBrush} />
            </li>
          ))}
        </ol>
        <p class="row row-between small soft chart-axis">
          <span>{write(0)}</span>
          <span>{write(last)}</span>
        </p>
      </div>
      {last > 0 && (
        <div class="card card-tight">
          <p class="soft small">{t.hint}</p>
          <Slide label={t.from} words={write(from)} value={from} most={last} onInput={(value) => setBrush([Math.min(value, to), to])} />
          <Slide label={t.to} words={write(to)} value={to} most={last} onInput={(value) => setBrush([from, Math.max(value, from)])} />
          <p role="status">
            <strong>{t.chosen(inside)}</strong>
          </p>
          <div class="actions">
            <Button look="second" icon="message" onPress={() => onRead(window)}>
              {t.read}
            </Button>
            {brush !== null && (
              <Button look="quiet" onPress={() => setBrush(null)}>
                {t.clear}
              </Button>
            )}
          </div>
        </div>
      )}
      {chart.timeless > 0 && <p class="soft">{t.timeless(chart.timeless)}</p>}
      <details class="fold">
        <summary>{t.table}</summary>
        <div class="table-room" tabIndex={0} role="region" aria-label={t.table}>
          <table class="plain-table">
            <thead>
              <tr>
                {Object.entries(t.columns).map(([key, name]) => (
                  <th key={key} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {chart.rows.map((row) => (
                <tr key={row.key}>
                  <th scope="row">{nameOf(m, row)}</th>
                  <td>{writeNumber(language, row.total)}</td>
                  <td>{writeNumber(language, row.threats)}</td>
                  <td>{writeMoment(language, row.first)}</td>
                  <td>{writeMoment(language, row.last)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}

const nameOf = (m: OnlineMessages, row: ChartRow): string =>
  row.kind === "campaign" ? m.time.campaign(row.campaign ?? 0, row.accounts) : row.kind === "account" ? (row.account ?? "") : m.time.others;

/** One row of piles. Threats lie at the bottom of a pile, filled; the rest is open: shape tells them apart, not colour alone. */
function Squares({
  m,
  chart,
  row,
  brush,
  onBrush,
}: {
  readonly m: OnlineMessages;
  readonly chart: Chart;
  readonly row: ChartRow;
  readonly brush: readonly [number, number] | null;
  readonly onBrush: (brush: readonly [number, number] | null) => void;
}): JSX.Element {
  const [begun, setBegun] = useState<number | null>(null);
  const tallest = Math.max(1, ...row.counts.map((count) => squaresOf(count, chart.unit)));
  const [width, height] = [chart.columns * CELL, tallest * CELL];
  const columnAt = (event: PointerEvent): number => {
    const box = event.currentTarget instanceof Element ? event.currentTarget.getBoundingClientRect() : null;
    const share = box === null || box.width === 0 ? 0 : (event.clientX - box.left) / box.width;
    return Math.min(chart.columns - 1, Math.max(0, Math.floor(share * chart.columns)));
  };
  const draw = (event: PointerEvent): void => {
    if (begun === null) return;
    const here = columnAt(event);
    onBrush([Math.min(begun, here), Math.max(begun, here)]);
  };
  return (
    <svg
      class="chart-row"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      preserveAspectRatio="xMinYMax meet"
      role="img"
      aria-label={m.time.row(nameOf(m, row), row.total, row.threats)}
      onPointerDown={(event) => {
        if (event.currentTarget instanceof Element) event.currentTarget.setPointerCapture(event.pointerId);
        setBegun(columnAt(event));
      }}
      onPointerMove={draw}
      onPointerUp={(event) => {
        draw(event);
        setBegun(null);
      }}
    >
      <rect class="chart-ground" x="0" y={height - 1} width={width} height="1" />
      {brush !== null && <rect class="chart-brush" x={brush[0] * CELL} y="0" width={(brush[1] - brush[0] + 1) * CELL} height={height} />}
      {row.counts.flatMap((count, column) => {
        const full = squaresOf(row.threatCounts[column] ?? 0, chart.unit);
        return Array.from({ length: Math.max(full, squaresOf(count, chart.unit)) }, (_, place) => (
          <rect
            key={`${column}-${place}`}
            class={place < full ? "chart-full" : "chart-open"}
            x={column * CELL + (CELL - SQUARE) / 2}
            y={height - (place + 1) * CELL + (CELL - SQUARE) / 2}
            width={SQUARE}
            height={SQUARE}
            rx="1.5"
          />
        ));
      })}
    </svg>
  );
}

function Slide({
  label,
  words,
  value,
  most,
  onInput,
}: {
  readonly label: string;
  readonly words: string;
  readonly value: number;
  readonly most: number;
  readonly onInput: (value: number) => void;
}): JSX.Element {
  return (
    <label class="slide">
      <span class="slide-words">
        <span>{label}</span> <strong>{words}</strong>
      </span>
      <input type="range" min={0} max={most} step={1} value={value} aria-valuetext={words} onInput={(event) => onInput(Number(event.currentTarget.value))} />
    </label>
  );
}
