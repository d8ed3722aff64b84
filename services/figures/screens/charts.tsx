/**
 * Figures as pictures: rows with a dot and its interval or a bar of a count, twelve tiles, and the funnel. Drawn as SVG in the colours of the theme; nothing is told by colour alone, and each picture has its table behind it.
 * Used by both pages.
 */
import { Fragment, type ComponentChildren, type JSX } from "preact";
import { Link, useLanguage, useMessages } from "#services/interface/index.ts";
import type { PictureFigure, PictureSeries } from "#services/figures/contract/picture.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

const whole = { nl: new Intl.NumberFormat("nl-NL"), en: new Intl.NumberFormat("en-GB") };
/** A whole number with its thousands. */
export function useCounted(): (value: number) => string {
  const language = useLanguage();
  return (value) => whole[language].format(value);
}

/** One line of a picture. */
export interface Row {
  readonly label: string;
  readonly unit: PictureSeries["unit"];
  readonly figure: PictureFigure;
}

const addressOf = ({ id }: PictureFigure): string => `/cijfers/${id}`;

/** What a figure says in short: "71", "71 (tussen 64 en 78)", "niet getoond". */
export function useShort(): (figure: PictureFigure) => string {
  const m = useMessages<Messages>({ nl, en });
  const counted = useCounted();
  return ({ shown }) => {
    if (shown === null) return m.notShown;
    return shown.low === null || shown.high === null ? counted(shown.value) : `${shown.value} (${m.between(shown.low, shown.high)})`;
  };
}

function Strip({ row, most }: { readonly row: Row; readonly most: number }): JSX.Element {
  const { shown } = row.figure;
  const at = (value: number): string => `${2 + (96 * value) / most}%`;
  return (
    <svg class="figures-strip" width="100%" height="26" aria-hidden="true" focusable="false">
      <line class="figures-rule" x1={at(0)} x2={at(most)} y1="13" y2="13" />
      {row.unit === "percent" && [0, 50, 100].map((tick) => <line key={tick} class="figures-rule" x1={at(tick)} x2={at(tick)} y1="6" y2="20" />)}
      {shown !== null && row.unit === "count" && <rect class="figures-bar" x={at(0)} y="4" width={`${(96 * shown.value) / most}%`} height="18" rx="2" />}
      {shown !== null && row.unit === "percent" && (
        <>
          {shown.low !== null && shown.high !== null && (
            <>
              <line class="figures-whisker" x1={at(shown.low)} x2={at(shown.high)} y1="13" y2="13" />
              {[shown.low, shown.high].map((end, place) => (
                <line key={place} class="figures-whisker" x1={at(end)} x2={at(end)} y1="7" y2="19" />
              ))}
            </>
          )}
          <circle class={shown.low === null ? "figures-dot" : "figures-dot figures-dot-open"} cx={at(shown.value)} cy="13" r="6.5" />
        </>
      )}
    </svg>
  );
}

/** A row of the table behind a picture: what stands in front of it, and its figure. */
export interface TableRow {
  readonly label: ComponentChildren;
  readonly figure: PictureFigure;
}

/** A table behind a picture. @param head over the first column; "groep" unless told otherwise */
export function FigureTable({ caption, rows, head }: { readonly caption: string; readonly rows: readonly TableRow[]; readonly head?: string }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const counted = useCounted();
  const margins = rows.some(({ figure }) => figure.shown?.low !== null && figure.shown !== null);
  return (
    <details class="figures-details">
      <summary>
        {m.table}
        <span class="hidden-words">: {caption}</span>
      </summary>
      <div class="figures-scroll" role="region" aria-label={caption} tabIndex={0}>
        <table class="figures-table">
          <caption>{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{head ?? m.group}</th>
              <th scope="col">{m.value}</th>
              {margins && <th scope="col">{m.margin}</th>}
              <th scope="col">{m.count}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, figure: { id, shown } }) => (
              <tr key={id}>
                <th scope="row">{label}</th>
                <td>{shown === null ? m.notShown : counted(shown.value)}</td>
                {margins && <td>{shown === null || shown.low === null ? "–" : `${shown.low}–${shown.high}`}</td>}
                <td>{shown === null ? "–" : counted(shown.n)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** Rows under each other, each with its own strip; every label leads to the figure's own page. */
export function Rows({ caption, rows }: { readonly caption: ComponentChildren; readonly rows: readonly Row[] }): JSX.Element {
  const short = useShort();
  const most = Math.max(...rows.map(({ unit, figure }) => (unit === "percent" ? 100 : (figure.shown?.value ?? 0))), 1);
  const name = typeof caption === "string" ? caption : "";
  return (
    <figure class="figures-figure">
      <figcaption>{caption}</figcaption>
      <ul class="figures-rows">
        {rows.map((row) => (
          <li key={row.figure.id}>
            <Link to={addressOf(row.figure)} class="figures-label">
              {row.label}
            </Link>
            <Strip row={row} most={most} />
            <span class={row.figure.shown === null ? "figures-value soft" : "figures-value"}>{short(row.figure)}</span>
          </li>
        ))}
      </ul>
      <FigureTable caption={name} rows={rows} />
    </figure>
  );
}

/** Where each province stands in the field of tiles, and its name in one or two lines. */
const tiles: Readonly<Record<string, readonly [column: number, row: number, lines: readonly string[]]>> = {
  pv21: [2, 0, ["Fryslân"]],
  pv20: [3, 0, ["Groningen"]],
  pv27: [1, 1, ["Noord-", "Holland"]],
  pv24: [2, 1, ["Flevoland"]],
  pv22: [3, 1, ["Drenthe"]],
  pv28: [0, 2, ["Zuid-", "Holland"]],
  pv26: [1, 2, ["Utrecht"]],
  pv25: [2, 2, ["Gelderland"]],
  pv23: [3, 2, ["Overijssel"]],
  pv29: [0, 3, ["Zeeland"]],
  pv30: [1, 3, ["Noord-", "Brabant"]],
  pv31: [2, 3, ["Limburg"]],
};
const side = 100;

/** The twelve provinces as equal tiles. */
export function TileMap({ title, rows }: { readonly title: string; readonly rows: readonly Row[] }): JSX.Element {
  const short = useShort();
  const counted = useCounted();
  const values = rows.flatMap(({ figure }) => (figure.shown === null ? [] : [figure.shown.value]));
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const shade = (value: number): number => (most === least ? 1 : Math.min(3, Math.floor((4 * (value - least)) / (most - least))));
  const spoken = rows.map(({ label, figure }) => `${label}: ${short(figure)}`).join("; ");
  return (
    <figure class="figures-figure">
      <svg class="figures-tiles" viewBox={`0 0 ${4 * side} ${4 * side}`} role="img" aria-labelledby="figures-tiles-title figures-tiles-desc">
        <title id="figures-tiles-title">{title}</title>
        <desc id="figures-tiles-desc">{spoken}</desc>
        {rows.map(({ figure }) => {
          const place = tiles[figure.group["province"] ?? ""];
          if (place === undefined) return null;
          const [column, row, lines] = place;
          const [x, y] = [column * side, row * side];
          const { shown } = figure;
          return (
            <g key={figure.id}>
              <rect
                class={shown === null ? "figures-tile figures-tile-away" : `figures-tile figures-tile-${shade(shown.value)}`}
                x={x + 2}
                y={y + 2}
                width={side - 4}
                height={side - 4}
                rx="6"
              />
              {lines.map((line, at) => (
                <text key={line} class="figures-tile-name" x={x + side / 2} y={y + 22 + at * 17} text-anchor="middle">
                  {line}
                </text>
              ))}
              <text class="figures-tile-value" x={x + side / 2} y={y + 80} text-anchor="middle">
                {shown === null ? "–" : counted(shown.value)}
              </text>
            </g>
          );
        })}
      </svg>
      <FigureTable caption={title} rows={rows} />
    </figure>
  );
}

/** Report, weighing, follow-up, complaint: what came in, what was closed, and three shares of that. */
export function Funnel({ counts, shares }: { readonly counts: readonly Row[]; readonly shares: readonly Row[] }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const short = useShort();
  const most = Math.max(...counts.map(({ figure }) => figure.shown?.value ?? 0), 1);
  // The shares are of what was closed, so that bar is their whole.
  const closed = counts.at(-1)?.figure.shown?.value ?? most;
  const bar = ({ label, unit, figure }: Row): JSX.Element => {
    const value = figure.shown?.value ?? 0;
    const width = unit === "count" ? (100 * value) / most : (value * closed) / most;
    return (
      <li key={figure.id}>
        <span class="figures-funnel-words">
          <Link to={addressOf(figure)}>{label}</Link>
          <strong>{short(figure)}</strong>
        </span>
        <svg width="100%" height="30" aria-hidden="true" focusable="false">
          {figure.shown !== null && (
            <rect
              class={unit === "count" ? "figures-bar" : "figures-bar figures-bar-part"}
              x={`${(100 - width) / 2}%`}
              y="2"
              width={`${width}%`}
              height="26"
              rx="3"
            />
          )}
        </svg>
      </li>
    );
  };
  return (
    <figure class="figures-figure">
      <ul class="figures-funnel">
        {counts.map(bar)}
        <Fragment key="between">
          <li class="figures-funnel-between soft small">{m.funnelClosed}</li>
        </Fragment>
        {shares.map(bar)}
      </ul>
      <figcaption class="soft small">{m.funnelHint}</figcaption>
      <FigureTable caption={m.funnel} rows={[...counts, ...shares]} />
    </figure>
  );
}
