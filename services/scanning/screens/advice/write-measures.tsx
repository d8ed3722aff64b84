/** The measures of the advice: what the rules propose for what was seen, what the adviser makes of it, what it costs whom. Used by the writing of an advice. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, Notice, useMessages } from "#services/interface/index.ts";
import type { MeasureEdit } from "#services/scanning/contract/index.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { MeasuresTable } from "#services/scanning/screens/entries/measures-table.tsx";
import { More } from "#services/scanning/screens/entries/said.tsx";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import "./advice.css";
import type { Proposed, Rulebook } from "./draft.ts";
import { ItemActions } from "./editing.tsx";
import { MeasureCard } from "./measure-card.tsx";
import { AddForm, ChangeForm, DropForm, type OnAct } from "./measure-forms.tsx";
import { Reasons, type PartProps } from "./part.tsx";
import type { Proposal } from "./rulebook.ts";

/** What stands open: one form at a time. */
type Open = { readonly form: "change" | "drop"; readonly measure: string } | { readonly form: "add"; readonly tied: readonly string[] };

export function WriteMeasures({ m, revise, findings, returned, book, proposed, fixed }: PartProps & { readonly fixed: boolean }): JSX.Element {
  const w = m.measures;
  const [open, setOpen] = useState<Open | null>(null);
  const { fit, byWhen, measures } = proposed;
  const keep = (edits: readonly MeasureEdit[], days: Readonly<Record<string, string>> = byWhen): void => {
    revise((now) => {
      const { measures: _old, ...advice } = now.advice;
      return { ...now, advice: { ...advice, edits: [...edits], byWhen: { ...days } } };
    });
  };
  const act: OnAct = (edit, day) => {
    const { [edit.measure]: _before, ...days } = byWhen;
    keep([...fit.edits, edit], day === null ? days : { ...days, [edit.measure]: day });
    setOpen(null);
  };
  const undo = (measure: string): void => {
    const last = fit.edits.findLastIndex((edit) => edit.measure === measure);
    keep(fit.edits.filter((_, at) => at !== last));
  };
  const standing = fit.list.filter(({ state }) => state !== "dropped");
  const dropped = fit.list.filter(({ state }) => state === "dropped");
  const card = (proposal: Proposal): JSX.Element => {
    const { measure, now, edits, state } = proposal;
    const here = open !== null && open.form !== "add" && open.measure === measure ? open.form : null;
    const forms = { proposal, m: w, onAct: act, onCancel: () => setOpen(null), byWhen: byWhen[measure] ?? null };
    return (
      <MeasureCard key={measure} proposal={proposal} byWhen={byWhen[measure]} findings={findings} book={book} m={w}>
        {here === "change" && <ChangeForm {...forms} />}
        {here === "drop" && <DropForm {...forms} />}
        {here === null && (
          <ItemActions
            actions={[
              ...(state === "dropped"
                ? []
                : ([
                    {
                      key: "change",
                      words: w.edit,
                      label: w.editOf(now.what),
                      icon: "pencil",
                      look: "second",
                      onPress: () => setOpen({ form: "change", measure }),
                    },
                    { key: "drop", words: w.drop, label: w.dropOf(now.what), icon: "cross", onPress: () => setOpen({ form: "drop", measure }) },
                  ] as const)),
              ...(edits.length === 0 ? [] : ([{ key: "undo", words: w.undo, label: w.undoOf(now.what), icon: "back", onPress: () => undo(measure) }] as const)),
            ]}
          />
        )}
      </MeasureCard>
    );
  };
  const unanswered = findings.filter(({ finding }) => fit.unanswered.includes(finding.id));
  if (fixed)
    return (
      <section class="stack">
        <h2>{w.title}</h2>
        <MeasuresTable show="advice" rows={measures} />
      </section>
    );
  return (
    <section class="stack">
      <h2>{w.title}</h2>
      <p>{w.text}</p>
      <Reasons returned={returned} section="measures" m={m} />
      {fit.misfits.length > 0 && (
        <Notice tone="amber" title={w.misfits}>
          <p>{w.misfitsText}</p>
          <ul class="words">
            {fit.misfits.map((edit, place) => (
              <li key={place}>{`${w.act[edit.change]}: ${edit.reason}`}</li>
            ))}
          </ul>
          <div class="actions">
            <Button look="second" size="small" onPress={() => keep(fit.edits)}>
              {w.forget}
            </Button>
          </div>
        </Notice>
      )}
      <TotalsLine book={book} measures={measures} w={w} />
      {open?.form === "add" ? (
        <AddForm
          m={w}
          book={book}
          findings={findings}
          tied={open.tied}
          standing={new Set(standing.map(({ measure }) => measure))}
          onAct={act}
          onCancel={() => setOpen(null)}
        />
      ) : (
        <div class="actions">
          <Button icon="key" look="second" onPress={() => setOpen({ form: "add", tied: [] })}>
            {w.add}
          </Button>
        </div>
      )}
      {fit.list.length === 0 && <p class="soft">{w.none}</p>}
      {standing.length > 0 && <ul class="plain stack-small">{standing.map(card)}</ul>}
      {unanswered.length > 0 && (
        <section class="stack-small" aria-label={w.unanswered}>
          <h3>{w.unanswered}</h3>
          <p class="soft small">{w.unansweredText}</p>
          <ul class="plain stack-small">
            {unanswered.map(({ finding }) => (
              <li key={finding.id} class="finding">
                <p class="story">{finding.observation}</p>
                <ItemActions
                  actions={[
                    {
                      key: "add",
                      words: w.addForShort,
                      label: w.addFor(finding.observation),
                      icon: "key",
                      look: "second",
                      onPress: () => {
                        setOpen({ form: "add", tied: [finding.id] });
                        scrollTo(0, 0);
                      },
                    },
                  ]}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      {dropped.length > 0 && (
        <More title={`${w.totals.dropped} (${dropped.length})`} open={open?.form === "drop"}>
          <ul class="plain stack-small">{dropped.map(card)}</ul>
        </More>
      )}
    </section>
  );
}

/** What it comes to, for the employer and for the person. */
export function TotalsLine({
  book,
  measures,
  w,
}: {
  readonly book: Rulebook;
  readonly measures: Proposed["measures"];
  readonly w: PartProps["m"]["measures"];
}): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const totals = book.totalsOf(measures);
  return (
    <div class="totals">
      {(["employer", "own"] as const).map((who) => (
        <p key={who} class="total">
          <span class="small">{w.totals[who]}</span>
          <strong>{shared.cost(totals[who].low, totals[who].high)}</strong>
          <span class="soft small">
            {w.count(totals[who].count)} · {w.basis["own-estimate"]}
          </span>
        </p>
      ))}
    </div>
  );
}
