/** /gereed: the questions of the register for a municipality, and a plan of what stands, what is missing and the first three steps. Done in the browser, kept sealed on this device, sent nowhere. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { readiness, readinessTopics, type ReadinessQuestion, type ReadinessTopic } from "#registers/readiness/index.ts";
import { sources } from "#registers/sources/index.ts";
import { readAnchorUnverified } from "#services/directory/screens/session.ts";
import { PaperList } from "#services/dossier/screens/papers/paper-list.tsx";
import { dutchDay } from "#services/dossier/workflow/terms.ts";
import { Button, Choice, Field, Notice, Page, ProgressBar, useLanguage, useMessages, type Language } from "#services/interface/index.ts";
import { readinessPaper } from "#services/support/client/papers/readiness.ts";
import { readinessAnswers, weighReadiness, type ReadinessAnswer } from "#services/support/readiness/index.ts";
import { useArrival } from "#services/support/screens/arrival.ts";
import "#services/support/screens/support.css";
import { en } from "./en.ts";
import { useAnswers, type KeptReadiness } from "./kept-answers.ts";
import { nl, type Messages } from "./nl.ts";

export default function ReadinessPage(): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const { value: kept, saving, resumed, change, revise, clear } = useAnswers();
  const [planned, setPlanned] = useState(false);
  const lock = { sentence: m.lock.sentence, readers: [{ who: m.lock.you, reason: m.lock.reason }] };
  if (planned) return <Plan kept={kept} m={m} lock={lock} onBack={() => setPlanned(false)} />;
  const done = readiness.questions.filter(({ id }) => kept.answers[id] !== undefined).length;
  const answer = (id: string, value: ReadinessAnswer): void => revise((now) => ({ ...now, answers: { ...now.answers, [id]: value } }));
  const savedWords = { nothing: "", keeping: m.keeping, kept: m.kept, "not-kept": m.notKept }[saving];
  return (
    <Page title={m.title} lead={m.lead} lock={lock} part="questions">
      {resumed && <Notice title={m.resumed} />}
      <Field
        label={m.organisation}
        hint={m.organisationHint}
        optional
        maxLength={120}
        value={kept.organisation}
        onInput={(organisation) => change({ organisation })}
      />
      {readinessTopics.map((topic) => (
        <section key={topic} class="card">
          <h2>{m.topics[topic]}</h2>
          {questionsOf(topic).map((question) => (
            <Question key={question.id} question={question} value={kept.answers[question.id] ?? null} m={m} language={language} onChoose={answer} />
          ))}
          <details class="more">
            <summary>
              {m.sources}
              <span class="hidden-words">: {m.topics[topic]}</span>
            </summary>
            <dl class="facts">
              {questionsOf(topic).map(({ id, source, where, ...question }) => [
                <dt key={`${id}-asked`}>{question[language].text}</dt>,
                <dd key={id}>{[sources.get(source)?.title ?? "", where].filter((part) => part !== "").join("; ")}</dd>,
              ])}
            </dl>
          </details>
        </section>
      ))}
      <ProgressBar label={m.progress} done={done} all={readiness.questions.length} words={m.progressOf(done, readiness.questions.length)} />
      <p class="soft small" aria-live="polite">
        {savedWords}
      </p>
      <div class="actions">
        <Button icon="arrow" iconLast onPress={() => setPlanned(true)}>
          {m.toPlan}
        </Button>
        {done > 0 && (
          <Button look="quiet" icon="bin" onPress={() => void clear()}>
            {m.clear}
          </Button>
        )}
      </div>
      <p class="soft small">{m.version(readiness.version, readiness.date)}</p>
    </Page>
  );
}

const questionsOf = (topic: ReadinessTopic): readonly ReadinessQuestion[] => readiness.questions.filter((one) => one.topic === topic);

function Question({
  question: { id, ...question },
  value,
  m,
  language,
  onChoose,
}: {
  readonly question: ReadinessQuestion;
  readonly value: ReadinessAnswer | null;
  readonly m: Messages;
  readonly language: Language;
  readonly onChoose: (id: string, value: ReadinessAnswer) => void;
}): JSX.Element {
  const { text, why } = question[language];
  return (
    <div class="readiness-question">
      <Choice
        legend={text}
        hint={why}
        options={readinessAnswers.map((one) => ({ value: one, title: m.answers[one] }))}
        value={value}
        onChoose={(chosen) => onChoose(id, chosen)}
      />
    </div>
  );
}

function Plan({
  kept,
  m,
  lock,
  onBack,
}: {
  readonly kept: KeptReadiness;
  readonly m: Messages;
  readonly lock: { readonly sentence: string; readonly readers: readonly { readonly who: string; readonly reason: string }[] };
  readonly onBack: () => void;
}): JSX.Element {
  const language = useLanguage();
  useArrival();
  const { stands, missing, open, first } = weighReadiness(readiness, kept.answers);
  const rest = missing.filter((one) => !first.includes(one));
  const w = m.plan;
  return (
    <Page title={w.title} lead={w.lead(stands.length, readiness.questions.length)} lock={lock} part="plan">
      <p class="print-only">
        {kept.organisation} {w.printed(new Date().toISOString())} {m.version(readiness.version, readiness.date)}
      </p>
      <section class="card">
        <h2>{w.first}</h2>
        {first.length === 0 ? (
          <p>{w.firstNone}</p>
        ) : (
          <ol class="numbered readiness-steps">
            {first.map((one) => (
              <li key={one.id}>
                <span>
                  <strong>{one[language].step}</strong>
                  <br />
                  <span class="soft">
                    {w.why}: {one[language].why}
                  </span>
                </span>
              </li>
            ))}
          </ol>
        )}
      </section>
      <Heap title={w.missing} texts={rest.map((one) => one[language].step)} />
      <Heap title={w.stands} texts={stands.map((one) => one[language].text)} />
      {open.length > 0 && <p class="soft">{w.openCount(open.length)}</p>}
      <div class="actions">
        <Button look="second" icon="print" onPress={() => print()}>
          {w.print}
        </Button>
        <Button look="second" icon="back" onPress={onBack}>
          {m.toQuestions}
        </Button>
      </div>
      <PaperList
        offers={[
          {
            key: JSON.stringify(kept),
            name: w.paper,
            text: w.paperText,
            make: async (set) =>
              await set(
                readinessPaper({
                  answers: kept.answers,
                  organisation: kept.organisation,
                  date: dutchDay(new Date()),
                  language,
                  demonstration: (await readAnchorUnverified())?.demonstration === true,
                }),
              ),
          },
        ]}
      />
    </Page>
  );
}

/** Questions of one outcome; nothing when there are none. */
function Heap({ title, texts }: { readonly title: string; readonly texts: readonly string[] }): JSX.Element | null {
  if (texts.length === 0) return null;
  return (
    <section class="section">
      <h2>{title}</h2>
      <ul class="help-list">
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </section>
  );
}
