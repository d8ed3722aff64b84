/** The evidence of an answer: figures it cites and what became of them, what the checks found, and finding a published figure to put in. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ErrorState, Button, Field, Tag } from "#services/interface/index.ts";
import type { CitedFigure } from "#services/figures/contract/citation.ts";
import type { QuestionView } from "#services/parliament/client/index.ts";
import type { RichText } from "#services/parliament/contract/rich-text.ts";
import type { OpenEditor } from "#services/parliament/screens/editor/view.ts";
import { readPublished, stateOf, type Published } from "./published.ts";
import type { PartProps } from "./set-actions.tsx";

/** Shown at most: who looks for one figure types a word more. */
const MOST = 8;

export const figuresIn = (words: RichText): CitedFigure[] =>
  words
    .flatMap((block) => (block.kind === "paragraph" ? [block.content] : block.items))
    .flatMap((line) => line.flatMap((piece) => (piece.kind === "figure" ? [piece.figure] : [])));

export function Evidence({ view, question, m, editor }: PartProps & { readonly question: QuestionView; readonly editor: OpenEditor | null }): JSX.Element {
  const [published, setPublished] = useState<Published | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    readPublished().then(setPublished, setError);
  }, []);
  const cited = figuresIn(question.draft.newest?.words ?? []);
  const uncited = view.findings.uncited.filter(({ place }) => place.question === question.number);
  const against = view.findings.contradictions.filter(({ places }) => places.some((place) => place.question === question.number));
  return (
    <section class="card stack-small">
      <h2>{m.figures}</h2>
      {(uncited.length > 0 || against.length > 0) && (
        <>
          <h3>{m.checks}</h3>
          <ul class="kamer-troubles">
            {uncited.map(({ words }, at) => (
              <li key={`u${at}`}>{words}</li>
            ))}
            {against.map(({ words }, at) => (
              <li key={`c${at}`}>{words}</li>
            ))}
          </ul>
        </>
      )}
      {cited.length > 0 && (
        <>
          <h3>{m.cited}</h3>
          <ul class="kamer-figures">
            {cited.map((figure, at) => (
              <li key={at}>
                <FigureWords figure={figure} m={m} />
                <State figure={figure} published={published} m={m} />
              </li>
            ))}
          </ul>
        </>
      )}
      {error !== null && <ErrorState error={error} />}
      {published !== null && editor !== null && <Find published={published} m={m} editor={editor} />}
    </section>
  );
}

function State({ figure, published, m }: { readonly figure: CitedFigure; readonly published: Published | null; readonly m: PartProps["m"] }): JSX.Element {
  const state = published === null ? "unknown" : stateOf(figure, published);
  return (
    <Tag tone={state === "same" ? "accent" : "amber"} icon={state === "same" ? "check" : "alert"}>
      {m.figureState[state]}
    </Tag>
  );
}

/** How a figure reads in a sentence. In Dutch whatever the language of the screen. */
export function textOf({ value, unit, low, high }: CitedFigure, m: PartProps["m"]): string {
  const said = (number: number): string =>
    unit === "percent" ? m.percent(number) : unit === "days" ? m.days(number) : new Intl.NumberFormat("nl-NL").format(number);
  return low === null || high === null ? said(value) : m.figureText(said(value), String(low).replace(".", ","), String(high).replace(".", ","));
}

function FigureWords({ figure, m }: { readonly figure: CitedFigure; readonly m: PartProps["m"] }): JSX.Element {
  return (
    <>
      <p>
        <strong>{textOf(figure, m)}</strong> {figure.statement}
      </p>
      <p class="soft small">
        {m.among}: {figure.denominator}
        {figure.n !== null && ` (n = ${figure.n})`}. {m.period}: {figure.period}. {m.source}:{" "}
        <a href={figure.address} target="_blank" rel="noreferrer">
          {figure.source}
        </a>
      </p>
    </>
  );
}

function Find({ published, m, editor }: { readonly published: Published; readonly m: PartProps["m"]; readonly editor: OpenEditor }): JSX.Element {
  const [words, setWords] = useState("");
  if (published.figures.length === 0) return <p class="soft">{m.figuresNone}</p>;
  const sought = words
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== "");
  const found = published.figures.filter(({ statement, denominator, figure, period }) => {
    const text = `${statement} ${denominator} ${figure} ${period}`.toLowerCase();
    return sought.every((word) => text.includes(word));
  });
  return (
    <>
      <p class="soft small">{m.figuresText}</p>
      <Field type="search" label={m.figuresSearch} value={words} onInput={setWords} />
      {sought.length > 0 && (
        <>
          <p class="small" role="status">
            {m.figuresFound(found.length)}
          </p>
          <ul class="kamer-figures">
            {found.slice(0, MOST).map((figure) => (
              <li key={figure.figure}>
                <FigureWords figure={figure} m={m} />
                <Button
                  look="second"
                  size="small"
                  icon="arrow"
                  label={`${m.figureIn}: ${textOf(figure, m)} ${figure.statement}, ${figure.denominator}`}
                  onPress={() => editor.insertFigure(figure, textOf(figure, m))}
                >
                  {m.figureIn}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
