/** The words of a draft as they will read, without an editor: for the preview, the story and the comparison. */
import { Fragment, type JSX } from "preact";
import type { Inline, RichText } from "#services/parliament/contract/rich-text.ts";

/** Footnotes are numbered within one text. */
export function Words({ words }: { readonly words: RichText }): JSX.Element {
  const notes = words
    .flatMap((block) => (block.kind === "paragraph" ? [block.content] : block.items))
    .flatMap((line) => line.filter((piece) => piece.kind === "note"));
  const draw = (line: readonly Inline[]): JSX.Element[] => line.map((piece, at) => <Fragment key={at}>{drawn(piece, notes)}</Fragment>);
  return (
    <div class="kamer-words" lang="nl">
      {words.map((block, at) => {
        if (block.kind === "paragraph") return <p key={at}>{draw(block.content)}</p>;
        const items = block.items.map((item, place) => <li key={place}>{draw(item)}</li>);
        return block.ordered ? <ol key={at}>{items}</ol> : <ul key={at}>{items}</ul>;
      })}
      {notes.length > 0 && (
        <ol class="kamer-notes small soft">
          {notes.map((note, at) => (
            <li key={at}>{note.kind === "note" ? note.text : ""}</li>
          ))}
        </ol>
      )}
    </div>
  );
}

function drawn(piece: Inline, notes: readonly Inline[]): JSX.Element {
  if (piece.kind === "figure")
    return (
      <a class="draft-figure" href={piece.figure.address}>
        {piece.text}
      </a>
    );
  if (piece.kind === "answer") return <>het antwoord op vraag {piece.number}</>;
  if (piece.kind === "note") return <sup>{notes.indexOf(piece) + 1}</sup>;
  const linked = piece.link === undefined ? <>{piece.text}</> : <a href={piece.link}>{piece.text}</a>;
  const slanted = piece.emphasis === true ? <em>{linked}</em> : linked;
  return piece.strong === true ? <strong>{slanted}</strong> : slanted;
}

/** The words without looks, a line a paragraph: for search and comparison. */
export const plainWords = (words: RichText): string =>
  words
    .flatMap((block) => (block.kind === "paragraph" ? [block.content] : block.items))
    .map((line) => line.map((piece) => (piece.kind === "answer" ? `het antwoord op vraag ${piece.number}` : piece.kind === "note" ? "" : piece.text)).join(""))
    .join("\n");
