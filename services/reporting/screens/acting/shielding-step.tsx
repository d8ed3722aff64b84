/** One shielding step: for whom, how, what is needed, what is not known, the letter, and how far it is. Used by the shielding page. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { isDay, today } from "#services/dossier/workflow/terms.ts";
import type { LetterId } from "#registers/shielding/index.ts";
import { sources } from "#registers/sources/index.ts";
import { PaperList } from "#services/dossier/screens/papers/paper-list.tsx";
import { Choice, Choices, CopyButton, Field, Notice, SendForm, TextArea, useLanguage } from "#services/interface/index.ts";
import {
  functionWords,
  keptStep,
  letterAsks,
  letterDocument,
  letterLanguages,
  nextLook,
  type Language,
  type LetterFacts,
  type StandingStep,
} from "#services/reporting/acting/index.ts";
import { prepare } from "#services/reporting/client/index.ts";
import { shieldingStates } from "#services/reporting/contract/preparation.ts";
import { Sentences, type ActingProps } from "./known.tsx";

interface StepProps extends ActingProps {
  readonly standing: StandingStep;
  readonly onSaved: () => Promise<void>;
}

export function ShieldingStepView(props: StepProps): JSX.Element {
  const { standing, m } = props;
  const w = m.shielding;
  const { step } = standing;
  const words = step[useLanguage()];
  return (
    <div class="stack">
      <section class="stack-small">
        <h2>{w.for}</h2>
        <p>{words.for}</p>
      </section>
      <Sentences title={w.how} items={words.how} ordered />
      <Sentences title={w.need} items={words.need} />
      {words.mind !== "" && (
        <Notice tone="amber" title={w.mind}>
          <p>{words.mind}</p>
        </Notice>
      )}
      {words.open !== "" && (
        <Notice title={w.open}>
          <p>{words.open}</p>
        </Notice>
      )}
      {step.letter !== null && <Letter {...props} id={step.letter} />}
      {!step.nothing && <State {...props} />}
      <p class="soft small">{w.source(sources.get(step.source)?.title ?? step.source, step.date)}</p>
    </div>
  );
}

/** The letter, filled in here and kept nowhere: the address in it is the one to protect. */
function Letter({ handle, known, standing, m, id }: StepProps & { readonly id: LetterId }): JSX.Element {
  const w = m.shielding;
  const [facts, setFacts] = useState<LetterFacts>(() => ({
    name: known.report?.reporterName ?? "",
    function: functionWords(known.report?.function ?? null),
    organisation: known.report?.organisationName ?? "",
    reply: "",
    delegate: "",
    home: "",
    number: "",
    pages: [],
    reason: "",
    threatened: known.report?.what.includes("threat") ?? false,
    receiver: "",
    date: today(),
  }));
  const [pages, setPages] = useState("");
  const languages = letterLanguages(id);
  const [language, setLanguage] = useState<Language>("nl");
  const change = (part: Partial<LetterFacts>): void => setFacts((now) => ({ ...now, ...part }));
  const asks = letterAsks[id];
  const letter = letterDocument(id, { ...facts, pages: pages.split("\n") }, language);
  const whole = `${letter.subject}\n\n${letter.text}\n`;
  const field = (key: "name" | "function" | "organisation" | "reply" | "delegate" | "home" | "number" | "receiver", hint?: string): JSX.Element => (
    <Field label={w.fields[key]} hint={hint} optional maxLength={400} value={facts[key]} onInput={(text) => change({ [key]: text })} />
  );
  return (
    <section class="card">
      <h2>{w.letterTitle}</h2>
      <p>{w.letterText}</p>
      {asks.includes("receiver") && field("receiver")}
      {field("name")}
      {field("function")}
      {field("organisation")}
      {field("reply", w.replyHint)}
      {field("delegate", w.delegateHint)}
      {asks.includes("home") && field("home")}
      {asks.includes("number") && field("number")}
      {asks.includes("pages") && (
        <TextArea label={w.fields.pages} hint={w.pagesHint} rows={3} optional maxLength={8_000} spellcheck={false} value={pages} onInput={setPages} />
      )}
      {asks.includes("reason") && (
        <TextArea label={w.fields.reason} rows={3} optional maxLength={8_000} value={facts.reason} onInput={(reason) => change({ reason })} />
      )}
      {asks.includes("threatened") && (
        <Choices
          legend={w.threatened}
          hint={w.threatenedHint}
          values={facts.threatened ? ["yes"] : []}
          options={[{ value: "yes", title: w.threatenedOption }]}
          onChoose={(values) => change({ threatened: values.length > 0 })}
        />
      )}
      {languages.length > 1 && (
        <Choice
          legend={w.letterLanguage}
          columns={2}
          value={language}
          options={languages.map((value) => ({ value, title: m.language[value] }))}
          onChoose={setLanguage}
        />
      )}
      <div class="acting-text" tabIndex={0} role="region" aria-label={w.letterTitle}>
        <div lang={letter.language}>{whole}</div>
      </div>
      <Notice tone="amber">
        <p>{w.warning}</p>
      </Notice>
      <div class="actions">
        <CopyButton key={whole} text={whole} label={w.copy} />
      </div>
      <PaperList
        key={whole}
        heading={false}
        offers={[
          {
            key: "letter",
            ...w.letterPaper,
            make: async (set) => {
              const { readyPaper } = await import("#services/reporting/client/papers/index.ts");
              return await set(await readyPaper(handle, letter, { fileName: `brief-${standing.step.id}.pdf`, named: false }));
            },
          },
        ]}
      />
    </section>
  );
}

/** How far the step is, and when to look again. */
function State({ handle, standing, m, onSaved }: StepProps): JSX.Element {
  const w = m.shielding;
  const { step } = standing;
  const [state, setState] = useState(standing.state);
  const [on, setOn] = useState(today());
  const [again, setAgain] = useState(standing.again ?? "");
  const [note, setNote] = useState(standing.note);
  const [checked, setChecked] = useState(false);
  const wrong = again !== "" && !isDay(again);
  return (
    <section class="card">
      <h2>{w.stateTitle}</h2>
      <SendForm
        button={w.save}
        ready={() => {
          setChecked(true);
          return isDay(on) && !wrong;
        }}
        send={async () => {
          await prepare(handle, keptStep(step, { state, on, again: again === "" ? null : again, note }));
          await onSaved();
        }}
      >
        <Choice
          legend={w.state}
          columns={2}
          value={state}
          options={shieldingStates.map((value) => ({ value, title: m.states[value] }))}
          onChoose={(value) => {
            setState(value);
            setAgain(nextLook(step, value, isDay(on) ? on : today()) ?? "");
          }}
        />
        <Field type="date" narrow label={w.on} error={checked && !isDay(on) ? m.wrongDay : null} value={on} onInput={setOn} />
        <Field type="date" narrow optional label={w.againOn} hint={w.againHint} error={checked && wrong ? m.wrongDay : null} value={again} onInput={setAgain} />
        <TextArea label={w.note} rows={3} optional maxLength={8_000} value={note} onInput={setNote} />
      </SendForm>
      {standing.on !== null && <Notice title={m.kept} live />}
    </section>
  );
}
