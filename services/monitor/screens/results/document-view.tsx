/** Draws a report or factsheet: key figures, then blocks in reading order, each chart with its table. Used by results-page.tsx. */
import { h, type ComponentChild, type JSX } from "preact";
import { Notice } from "#services/interface/index.ts";
import type { DocumentBlock, KeyFigure, Shape } from "#services/monitor/publication/show.ts";

/** A drawing as elements: the page's policy lets nobody put text in as markup. */
const drawn = ({ name, attributes, children }: Shape): JSX.Element =>
  h(
    name,
    attributes,
    children.map((one): ComponentChild => (typeof one === "string" ? one : drawn(one))),
  );

/** The few figures that stand out. */
export function KeyFigures({ figures }: { readonly figures: readonly KeyFigure[] }): JSX.Element {
  return (
    <ul class="results-key">
      {figures.map(({ figure, number, of, text, among, margin }) => (
        <li key={figure}>
          <span class="soft small">{of}</span>
          <span class="results-number">{number}</span>
          <strong>{text}</strong>
          <span class="soft small">{among}</span>
          <span class="soft small">{margin}</span>
        </li>
      ))}
    </ul>
  );
}

function Table({ caption, columns, rows }: Extract<DocumentBlock, { kind: "table" }>): JSX.Element {
  return (
    <div class="results-scroll" role="region" aria-label={caption} tabIndex={0}>
      <table class="results-table">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column, at) => (
              <th key={at} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, place) =>
                place === 0 ? (
                  <th key={place} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={place}>{cell}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Block({
  block,
  table,
  words,
}: {
  readonly block: DocumentBlock;
  readonly table: Extract<DocumentBlock, { kind: "table" }> | null;
  readonly words: string;
}): JSX.Element | null {
  switch (block.kind) {
    case "heading":
      return block.level === 1 ? <h2>{block.text}</h2> : <h3>{block.text}</h3>;
    case "paragraph":
      return <p>{block.text}</p>;
    case "list":
      return (
        <ul>
          {block.items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      );
    case "note":
      return (
        <Notice title={block.title}>
          {block.text.split(/\n+/u).map((line) => (
            <p key={line}>{line}</p>
          ))}
        </Notice>
      );
    case "table":
      return <Table {...block} />;
    case "chart":
      return (
        <figure class="results-figure">
          <div class="results-wide">{drawn(block.drawing)}</div>
          <div class="results-narrow">{drawn(block.narrow)}</div>
          <figcaption class="soft small">{block.caption}</figcaption>
          {table !== null && (
            <details>
              <summary>
                {words}
                <span class="hidden-words">: {table.caption}</span>
              </summary>
              <Table {...table} />
            </details>
          )}
        </figure>
      );
  }
}

/** All blocks; a table right behind a chart opens under it. @param words on what opens it */
export function Blocks({ blocks, words }: { readonly blocks: readonly DocumentBlock[]; readonly words: string }): JSX.Element {
  return (
    <>
      {blocks.map((block, at) => {
        if (block.kind === "table" && blocks[at - 1]?.kind === "chart") return null;
        const next = blocks[at + 1];
        return <Block key={at} block={block} table={block.kind === "chart" && next?.kind === "table" ? next : null} words={words} />;
      })}
    </>
  );
}
