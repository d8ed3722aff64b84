/** The threat analysis with local risk information (Regeling lid 4 onder a): its fields. Used by the writing of an advice. */
import type { JSX } from "preact";
import { Button, Choices, Field, TextArea, useLanguage, writeDay } from "#services/interface/index.ts";
import type { SharedByHolder } from "#services/scanning/client/index.ts";
import type { Cited } from "#services/scanning/contract/index.ts";
import { today } from "#services/scanning/screens/dutch-time.ts";
import type { Draft } from "./draft.ts";
import { Reasons, type PartProps } from "./part.tsx";

export function WriteThreat({ m, draft, revise, checked, returned, shared }: PartProps & { readonly shared: readonly SharedByHolder[] }): JSX.Element {
  const w = m.threat;
  const { analysis } = draft;
  const change = (part: Partial<Draft["analysis"]>): void => revise((now) => ({ ...now, analysis: { ...now.analysis, ...part } }));
  const source = (place: number, part: Partial<Draft["analysis"]["sources"][number]>): void =>
    change({ sources: analysis.sources.map((one, at) => (at === place ? { ...one, ...part } : one)) });
  return (
    <section class="stack">
      <h2>{w.title}</h2>
      <Reasons returned={returned} section="threat-analysis" m={m} />
      <TextArea
        label={w.history}
        hint={w.historyHint}
        optional
        rows={3}
        maxLength={60_000}
        value={analysis.history}
        onInput={(history) => change({ history })}
      />
      <TextArea
        label={w.local}
        hint={w.localHint}
        optional
        rows={3}
        maxLength={60_000}
        value={analysis.localInformation}
        onInput={(localInformation) => change({ localInformation })}
      />
      <fieldset class="stack-medium">
        <legend class="choice-legend">{w.sources}</legend>
        {analysis.sources.map((one, place) => (
          <div key={place} class="source">
            <Field label={w.who} maxLength={400} value={one.who} onInput={(who) => source(place, { who })} />
            <Field type="date" label={w.on} value={one.on} onInput={(on) => source(place, on === "" ? {} : { on })} />
            <Button look="quiet" size="small" icon="bin" onPress={() => change({ sources: analysis.sources.filter((_, at) => at !== place) })}>
              {w.removeSource(one.who === "" ? w.who.toLowerCase() : one.who)}
            </Button>
          </div>
        ))}
        <div class="actions">
          <Button look="second" size="small" icon="person" onPress={() => change({ sources: [...analysis.sources, { who: "", on: today() }] })}>
            {w.addSource}
          </Button>
        </div>
      </fieldset>
      <SharedItems m={w} shared={shared} cited={analysis.cited ?? []} onCite={(cited) => change({ cited })} />
      {analysis.sources.length === 0 && (
        <TextArea
          label={w.notAsked}
          rows={2}
          maxLength={6_000}
          value={analysis.notAsked}
          error={checked && analysis.notAsked.trim() === "" ? w.notAskedMissing : null}
          onInput={(notAsked) => change({ notAsked })}
        />
      )}
      <TextArea
        label={w.conclusion}
        hint={w.conclusionHint}
        rows={3}
        maxLength={60_000}
        value={analysis.conclusion}
        error={checked && analysis.conclusion.trim() === "" ? w.conclusionMissing : null}
        onInput={(conclusion) => change({ conclusion })}
      />
    </section>
  );
}

/** What the person shared, to be cited: chosen with a tick, with room for what the adviser takes from it. */
function SharedItems({
  m,
  shared,
  cited,
  onCite,
}: {
  readonly m: PartProps["m"]["threat"];
  readonly shared: readonly SharedByHolder[];
  readonly cited: readonly Cited[];
  readonly onCite: (cited: Cited[]) => void;
}): JSX.Element {
  const language = useLanguage();
  if (shared.length === 0) return <p class="soft">{m.sharedNone}</p>;
  const what = ({ kind, words }: SharedByHolder): string => `${m.sharedKinds[kind]}: ${words}`.slice(0, 400);
  const title = ({ kind, on }: Pick<SharedByHolder, "kind" | "on">): string => `${m.sharedKinds[kind]}, ${writeDay(language, on)}`;
  const nameOf = (one: Cited): string => {
    const kind = shared.find(({ item }) => item.item === one.item.item)?.kind;
    return kind === undefined ? writeDay(language, one.on) : title({ kind, on: one.on });
  };
  const citing = (one: SharedByHolder): Cited =>
    cited.find(({ item }) => item.item === one.item.item) ?? { item: one.item, what: what(one), on: one.on, note: "" };
  return (
    <div class="stack-medium">
      <Choices
        legend={m.shared}
        hint={m.sharedText}
        values={cited.map(({ item }) => item.item)}
        options={shared.map((one) => ({ value: one.item.item, title: title(one), text: one.words }))}
        onChoose={(ids) => onCite(shared.filter(({ item }) => ids.includes(item.item)).map(citing))}
      />
      {cited.map((one) => (
        <TextArea
          key={one.item.item}
          label={m.takes(nameOf(one))}
          hint={m.takesHint}
          optional
          rows={2}
          maxLength={2_000}
          value={one.note}
          onInput={(note) => onCite(cited.map((other) => (other.item.item === one.item.item ? { ...other, note } : other)))}
        />
      ))}
    </div>
  );
}
