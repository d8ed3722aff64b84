/** The board: every question with its owner, its day and its state, and dividing them; a ministry that signs along has its own part on top. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { VerifiedDesk } from "#services/directory/client/index.ts";
import { StepDialog, type Done } from "#services/dossier/screens/step-dialog.tsx";
import { Button, Choices, Field, Notice, Select, SendForm, Tag, useMessages } from "#services/interface/index.ts";
import { assignQuestions, type QuestionView } from "#services/parliament/client/index.ts";
import { en as sharedEn } from "#services/parliament/screens/en.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/parliament/screens/nl.ts";
import { may } from "./may.ts";
import type { PartProps } from "./set-actions.tsx";

export function Board({
  handle,
  view,
  m,
  onChange,
  onOpen,
  onVerdict,
}: PartProps & { readonly onOpen: (number: number) => void; readonly onVerdict: () => void }): JSX.Element {
  const [dividing, setDividing] = useState(false);
  // A ministry that signs along sees its own part first; the lead ministry sees all.
  const own =
    handle.view.roles.includes("co-ministry") && !handle.view.roles.includes("policy-desk")
      ? view.questions.filter(({ owner }) => owner !== null && handle.session.desks.includes(owner.desk))
      : null;
  return (
    <section class="stack-medium">
      {own === null ? (
        <>
          <h2>{m.board}</h2>
          <Questions questions={view.questions} view={view} m={m} onOpen={onOpen} />
        </>
      ) : (
        <>
          <OwnVerdict handle={handle} view={view} m={m} onVerdict={onVerdict} />
          <h2>{m.yourPart}</h2>
          {own.length === 0 && <p class="soft">{m.yourPartNone}</p>}
          <Questions questions={own} view={view} m={m} onOpen={onOpen} />
          <h2>{m.others}</h2>
          <Questions questions={view.questions.filter((one) => !own.includes(one))} view={view} m={m} onOpen={onOpen} />
        </>
      )}
      {may(handle, "assignment") && (
        <div class="actions">
          <Button icon="people" look={view.phase === "opened" || view.phase === "returned" ? "first" : "second"} onPress={() => setDividing(true)}>
            {m.divide}
          </Button>
        </div>
      )}
      {dividing && (
        <StepDialog title={m.divideTitle} onClose={() => setDividing(false)} onChange={onChange}>
          {(done) => <DivideForm handle={handle} view={view} m={m} done={done} />}
        </StepDialog>
      )}
    </section>
  );
}

interface QuestionsProps extends Pick<PartProps, "view" | "m"> {
  readonly questions: readonly QuestionView[];
  readonly onOpen: (number: number) => void;
}

function Questions({ questions, view, m, onOpen }: QuestionsProps): JSX.Element | null {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  if (questions.length === 0) return null;
  return (
    <ul class="kamer-board">
      {questions.map((question) => (
        <li key={question.number} class="card card-tight">
          <button type="button" class="kamer-question" onClick={() => onOpen(question.number)}>
            <span class="kamer-number">{question.number}</span>
            <span class="kamer-question-words">
              <span class="kamer-short" lang="nl">
                {question.question.text}
              </span>
              <span class="soft small">
                {question.owner === null ? m.noOwner : `${m.owner(question.owner.name)}, ${m.draftDue(shared.day(question.owner.due))}`}
              </span>
              <States question={question} view={view} m={m} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** What a ministry that signs along still has to say, or said: the first thing it comes here for. */
function OwnVerdict({ handle, view, m, onVerdict }: Pick<PartProps, "handle" | "view" | "m"> & { readonly onVerdict: () => void }): JSX.Element | null {
  const own = view.also.find(({ ministry }) => handle.session.desks.includes(ministry.desk));
  const asked = may(handle, "verdict");
  if (own === undefined || (own.verdict === null && !asked)) return null;
  const { verdict } = own;
  const stands = verdict !== null && !verdict.lapsed;
  return (
    <Notice
      tone={stands ? "info" : "amber"}
      title={stands ? m.verdictStands(m.verdicts[verdict.body.verdict]) : verdict === null ? m.verdictAsked : m.verdictLapsed}
    >
      {asked && (
        <div class="actions">
          <Button look="second" size="small" icon="shield" onPress={onVerdict}>
            {m.toVerdict}
          </Button>
        </div>
      )}
    </Notice>
  );
}

/** What is with a question, in a few words each. */
export function States({ question, view, m }: { readonly question: QuestionView; readonly view: PartProps["view"]; readonly m: PartProps["m"] }): JSX.Element {
  const { number, draft, late, comments, facts } = question;
  const open = comments.filter(({ resolved }) => !resolved).length;
  const asked = facts.filter(({ state }) => state === "asked" || state === "late").length;
  const uncited = view.findings.uncited.filter(({ place }) => place.question === number).length;
  const against = view.findings.contradictions.some(({ places }) => places.some((place) => place.question === number));
  return (
    <span class="kamer-states">
      <Tag tone={draft.newest === null ? (late ? "amber" : undefined) : "accent"} icon={draft.newest === null ? undefined : "check"}>
        {draft.newest !== null ? m.states.draft : late ? m.states.late : m.states.none}
      </Tag>
      {draft.beside.length > 0 && <Tag tone="amber">{m.states.beside}</Tag>}
      {open > 0 && <Tag icon="message">{m.states.comments(open)}</Tag>}
      {asked > 0 && (
        <Tag icon="clock" tone={facts.some(({ state }) => state === "late") ? "amber" : undefined}>
          {facts.some(({ state }) => state === "late") ? m.states.factsLate : m.states.facts(asked)}
        </Tag>
      )}
      {uncited > 0 && <Tag tone="amber">{m.states.uncited(uncited)}</Tag>}
      {against && <Tag tone="amber">{m.states.contradiction}</Tag>}
    </span>
  );
}

function DivideForm({ handle, view, m, done }: Omit<PartProps, "onChange"> & { readonly done: Done }): JSX.Element {
  const [chosen, setChosen] = useState<readonly string[]>(() => view.questions.filter(({ owner }) => owner === null).map(({ number }) => String(number)));
  const [desks, setDesks] = useState<readonly VerifiedDesk[]>([]);
  const [who, setWho] = useState("");
  const [due, setDue] = useState(() => view.clock?.dates.find(({ step }) => step.id === "drafts")?.day ?? "");
  const [checked, setChecked] = useState(false);
  useEffect(() => {
    const ids = [view.lead, ...view.also.map(({ ministry }) => ministry)].map(({ desk }) => desk);
    Promise.all(ids.map(async (id) => await handle.session.trust.desk(id))).then(setDesks, () => undefined);
  }, [handle]);
  const people = desks.flatMap((desk) => desk.roster.members.map((member) => ({ desk: desk.id, person: member.person, name: member.name, at: desk.name })));
  const person = people.find((one) => `${one.desk} ${one.person}` === who);
  const ready = chosen.length > 0 && person !== undefined && /^\d{4}-\d{2}-\d{2}$/u.test(due);
  return (
    <SendForm
      button={m.divideGo}
      ready={() => {
        setChecked(true);
        return ready;
      }}
      send={async () => {
        if (person === undefined) return;
        await done(
          assignQuestions(handle, [{ questions: chosen.map(Number), person: person.person, name: person.name.slice(0, 400), desk: person.desk, due }]),
        );
      }}
    >
      <Choices
        legend={m.which}
        columns={2}
        error={checked && !ready ? m.divideMissing : null}
        options={view.questions.map(({ number, owner }) => ({
          value: String(number),
          title: m.questionTab(number),
          ...(owner === null ? {} : { text: m.owner(owner.name) }),
        }))}
        values={chosen}
        onChoose={setChosen}
      />
      <Select
        label={m.who}
        value={who}
        options={[{ value: "", label: m.someone }, ...people.map((one) => ({ value: `${one.desk} ${one.person}`, label: `${one.name}, ${one.at}` }))]}
        onChoose={setWho}
      />
      <Field type="date" narrow label={m.due} value={due} onInput={setDue} />
    </SendForm>
  );
}
