/** The evidence of an answer: figures it cites and what became of them, what the checks found, and finding a published figure to put in. What it finds in the words as they are typed is marked in the editor too. */
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { Button, ErrorState, Field, Select, Skeleton, Tag } from "#services/interface/index.ts";
import type { CitedFigure } from "#services/figures/contract/citation.ts";
import { findingsOf, linesOf, type Findings, type Place } from "#services/parliament/checks/index.ts";
import type { QuestionView } from "#services/parliament/client/index.ts";
import type { RichText } from "#services/parliament/contract/rich-text.ts";
import type { WordMark } from "#services/parliament/screens/editor/marks.ts";
import type { OpenEditor } from "#services/parliament/screens/editor/view.ts";
import { citedNowOf, figuresOf, listPublished, nameOf, newestOfEach, type CitedNow, type Source } from "./published.ts";
import type { PartProps } from "./set-actions.tsx";

/** Shown at most: who looks for one figure types a word more. */
const MOST = 8;

const figuresIn = (words: RichText): CitedFigure[] =>
  words
    .flatMap((block) => (block.kind === "paragraph" ? [block.content] : block.items))
    .flatMap((line) => line.flatMap((piece) => (piece.kind === "figure" ? [piece.figure] : [])));

/** What is published here; null while the list is read. */
function useSources(): readonly [readonly Source[] | null, unknown] {
  const [sources, setSources] = useState<readonly Source[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    listPublished().then(setSources, setError);
  }, []);
  return [sources, error];
}

/** What became of these figures, by their names; empty while it is read. */
function useCitedNow(figures: readonly CitedFigure[], sources: readonly Source[] | null): ReadonlyMap<string, CitedNow> {
  const [states, setStates] = useState<ReadonlyMap<string, CitedNow>>(new Map());
  const names = [...new Set(figures.map(nameOf))].toSorted().join("\n");
  useEffect(() => {
    let wanted = true;
    if (sources !== null) void citedNowOf(figures, sources).then((found) => wanted && setStates(found));
    return () => {
      wanted = false;
    };
  }, [names, sources]);
  return states;
}

interface Props extends PartProps {
  readonly question: QuestionView;
  /** The words as they are now, typed or not yet put in the dossier. */
  readonly words: RichText;
  readonly editor: OpenEditor | null;
}

/** What the checks say about this answer as it reads now, beside the others as they stand in the dossier. */
function findingsNow({ view, question, words }: Pick<Props, "view" | "question" | "words">): Findings {
  const own = ({ question: number }: Place): boolean => number === question.number;
  const { uncited, contradictions } = findingsOf(
    view.questions.map(({ number, draft }) => ({ question: number, words: number === question.number ? words : (draft.newest?.words ?? []) })),
    view.note.parts.map(({ id, text }) => ({ part: id, words: text.newest?.words ?? [] })),
  );
  return { uncited: uncited.filter(({ place }) => own(place)), contradictions: contradictions.filter(({ places }) => places.some(own)) };
}

/** Where the findings stand in these words. */
function marksOf(question: number, words: RichText, { uncited, contradictions }: Findings): WordMark[] {
  const lines = linesOf({ question, words });
  const mark = (place: Place, kind: WordMark["kind"], said: string): WordMark[] => {
    const line = place.question === question ? lines.find(({ block, item }) => block === place.block && item === place.item) : undefined;
    return line === undefined ? [] : [{ line: line.text, start: place.start, end: place.end, kind, words: said }];
  };
  return [
    ...uncited.flatMap(({ place, words: said }) => mark(place, "uncited", said)),
    ...contradictions.flatMap(({ places, words: said }) => places.flatMap((place) => mark(place, "against", said))),
  ];
}

export function Evidence(props: Props): JSX.Element {
  const { question, words, m, editor } = props;
  const [sources, error] = useSources();
  const cited = useMemo(() => figuresIn(words), [words]);
  const states = useCitedNow(cited, sources);
  const findings = useMemo(() => findingsNow(props), [props.view, question, words]);
  useEffect(() => {
    editor?.mark({ words: marksOf(question.number, words, findings), stateOf: (figure) => states.get(nameOf(figure))?.state ?? null });
  }, [editor, findings, states]);
  return (
    <section class="card stack-small" aria-label={m.figures}>
      <h2>{m.figures}</h2>
      {(findings.uncited.length > 0 || findings.contradictions.length > 0) && (
        <>
          <h3>{m.checks}</h3>
          <ul class="kamer-troubles">
            {findings.uncited.map((one, at) => (
              <li key={`u${at}`}>{one.words}</li>
            ))}
            {findings.contradictions.map((one, at) => (
              <li key={`c${at}`}>{one.words}</li>
            ))}
          </ul>
        </>
      )}
      {cited.length > 0 && (
        <>
          <h3>{m.cited}</h3>
          <ul class="kamer-figures">
            {cited
              .filter((figure, at) => cited.findIndex((other) => nameOf(other) === nameOf(figure)) === at)
              .map((figure) => (
                <li key={nameOf(figure)}>
                  <FigureWords figure={figure} m={m} />
                  <Standing figure={figure} standing={states.get(nameOf(figure)) ?? null} m={m} editor={editor} />
                </li>
              ))}
          </ul>
        </>
      )}
      {error !== null && <ErrorState error={error} />}
      {error === null && sources === null && <Skeleton lines={3} />}
      {sources?.length === 0 && <p class="soft">{m.figuresNone}</p>}
      {sources !== null && sources.length > 0 && editor !== null && <Find sources={sources} m={m} editor={editor} />}
    </section>
  );
}

/** What became of a citation; a changed one can be replaced by what is published now. */
function Standing({
  figure,
  standing,
  m,
  editor,
}: {
  readonly figure: CitedFigure;
  readonly standing: CitedNow | null;
  readonly m: PartProps["m"];
  readonly editor: OpenEditor | null;
}): JSX.Element {
  if (standing === null) return <Skeleton lines={1} />;
  const { state, now } = standing;
  return (
    <>
      <Tag tone={state === "same" ? "accent" : "amber"} icon={state === "same" ? "check" : "alert"}>
        {m.figureState[state]}
      </Tag>
      {state === "changed" && now !== null && (
        <>
          <p class="small">{m.figureNow(textOf(now, m), now.source)}</p>
          {editor !== null && (
            <Button
              look="second"
              size="small"
              icon="check"
              label={`${m.figureTake}: ${figure.statement}`}
              onPress={() => editor.replaceFigure(figure, now, textOf(now, m))}
            >
              {m.figureTake}
            </Button>
          )}
        </>
      )}
      {state === "withdrawn" && <p class="small">{m.figureGone}</p>}
    </>
  );
}

/** How a figure reads in a sentence. In Dutch whatever the language of the screen. */
function textOf({ value, unit, low, high }: CitedFigure, m: PartProps["m"]): string {
  const said = (number: number): string =>
    unit === "percent" ? m.percent(number) : unit === "days" ? m.days(number) : new Intl.NumberFormat("nl-NL").format(number);
  return low === null || high === null ? said(value) : m.figureText(said(value), String(low).replace(".", ","), String(high).replace(".", ","));
}

function FigureWords({ figure, m }: { readonly figure: CitedFigure; readonly m: PartProps["m"] }): JSX.Element {
  const { statement, denominator, n, low, high, level, period, source, address, unit } = figure;
  const counted = new Intl.NumberFormat("nl-NL");
  // "45 van de 100 van de 100 meldingen …" says it twice.
  const words = unit === "percent" ? statement.replace(/^van de 100:?\s+/u, "") : statement;
  return (
    <>
      <p>
        <strong>{textOf(figure, m)}</strong> {words}
      </p>
      <p class="soft small">
        {m.among}: {denominator}
        {n !== null && ` (n = ${counted.format(n)})`}. {m.margin}:{" "}
        {low === null || high === null ? m.marginNone : m.marginWords(low, high, level === null ? null : Math.round(level * 100))}. {m.period}: {period}.{" "}
        {m.source}: {source}.{" "}
        <a href={address} target="_blank" rel="noreferrer">
          {m.figureAddress}
        </a>
      </p>
    </>
  );
}

/** Figures of these publications; null while they are read. */
function useFigures(sources: readonly Source[]): readonly [readonly CitedFigure[] | null, unknown] {
  const [figures, setFigures] = useState<readonly CitedFigure[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const names = sources.map(({ digest }) => digest).join(" ");
  useEffect(() => {
    let wanted = true;
    setFigures(null);
    setError(null);
    figuresOf(sources).then(
      (found) => wanted && setFigures(found),
      (thrown: unknown) => wanted && setError(thrown),
    );
    return () => {
      wanted = false;
    };
  }, [names]);
  return [figures, error];
}

function Find({ sources, m, editor }: { readonly sources: readonly Source[]; readonly m: PartProps["m"]; readonly editor: OpenEditor }): JSX.Element {
  const [words, setWords] = useState("");
  const [from, setFrom] = useState("");
  const [figures, error] = useFigures(from === "" ? newestOfEach(sources) : sources.filter(({ publication }) => publication === from));
  const sought = words
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== "");
  const found = (figures ?? []).filter(({ statement, denominator, figure, period }) => {
    const text = `${statement} ${denominator} ${figure} ${period}`.toLowerCase();
    return sought.every((word) => text.includes(word));
  });
  return (
    <>
      <h3>{m.figuresFind}</h3>
      <p class="soft small">{m.figuresText}</p>
      {sources.length > 1 && (
        <Select
          label={m.figuresFrom}
          value={from}
          options={[{ value: "", label: m.figuresNewest }, ...sources.map(({ publication, title }) => ({ value: publication, label: title.nl }))]}
          onChoose={setFrom}
        />
      )}
      <Field type="search" label={m.figuresSearch} value={words} onInput={setWords} />
      {error !== null && <ErrorState error={error} />}
      {sought.length > 0 && figures === null && error === null && <Skeleton lines={3} />}
      {sought.length > 0 && figures !== null && (
        <>
          <p class="small" role="status">
            {found.length > MOST ? m.figuresMany(found.length, MOST) : m.figuresFound(found.length)}
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

/** Every figure the set cites that is not published any more as it was cited: said on the road, before someone signs for it. Nothing when all is well. */
export function FiguresStanding({ view, m }: Pick<PartProps, "view" | "m">): JSX.Element | null {
  const [sources] = useSources();
  const cited = useMemo(
    () => view.questions.flatMap(({ number, draft }) => figuresIn(draft.newest?.words ?? []).map((figure) => ({ number, figure }))),
    [view],
  );
  const states = useCitedNow(
    useMemo(() => cited.map(({ figure }) => figure), [cited]),
    sources,
  );
  const stands = cited.flatMap(({ number, figure }) => {
    const state = states.get(nameOf(figure))?.state ?? "same";
    return state === "same" ? [] : [{ number, figure, state }];
  });
  if (stands.length === 0) return null;
  return (
    <section class="card stack-small" aria-label={m.figuresStanding}>
      <h2>{m.figuresStanding}</h2>
      <ul class="kamer-figures">
        {stands.map(({ number, figure, state }) => (
          <li key={`${number} ${nameOf(figure)}`}>
            <p>
              {m.questionTab(number)}: {textOf(figure, m)} {figure.statement}
            </p>
            <Tag tone="amber" icon="alert">
              {m.figureState[state]}
            </Tag>
          </li>
        ))}
      </ul>
    </section>
  );
}
