/** Facts of others for one question: asked of whom, by when, and what came. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { VerifiedDesk } from "#services/directory/client/index.ts";
import { StepDialog, type Done } from "#services/dossier/screens/step-dialog.tsx";
import { Button, ErrorState, Field, Select, SendForm, Tag, TextArea, useMessages } from "#services/interface/index.ts";
import { answerFacts, askFacts, type QuestionView } from "#services/parliament/client/index.ts";
import { en as sharedEn } from "#services/parliament/screens/en.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/parliament/screens/nl.ts";
import { may } from "./may.ts";
import type { PartProps } from "./set-actions.tsx";
import { Words } from "./words.tsx";

/** Who mostly knows what a question asks: the directory lists teams by their kind. */
const sources = ["police", "expert-desk", "om", "authority", "support", "research", "safety-desk", "parliament"] as const;

interface Props extends PartProps {
  readonly question: QuestionView;
}

export function AskedFacts(props: Props): JSX.Element | null {
  const { handle, question, m, onChange } = props;
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const asks = may(handle, "fact-request");
  if (!asks && question.facts.length === 0) return null;
  return (
    <section class="card stack-small">
      <h2>{m.facts}</h2>
      {error !== null && <ErrorState error={error} />}
      <ul class="kamer-figures">
        {question.facts.map(({ item, request, answers, state }) => (
          <li key={item}>
            <p>
              <strong>{m.factTo(request.body.to.name, shared.day(request.body.due))}</strong>
            </p>
            <p>{request.body.asked}</p>
            <p>
              <Tag
                tone={state === "late" || state === "cannot" ? "amber" : state === "asked" ? undefined : "accent"}
                icon={state === "asked" ? "clock" : undefined}
              >
                {m.factStates[state]}
              </Tag>
            </p>
            {answers.map(({ seq, by, body }) => (
              <div key={seq}>
                <Words words={body.words} />
                <p class="soft small">{m.by(by.name, by.office)}</p>
              </div>
            ))}
            {asks && (state === "asked" || state === "late") && (
              <Button
                look="quiet"
                size="small"
                icon="cross"
                label={`${m.notNeeded}: ${request.body.to.name}`}
                onPress={() => void answerFacts(handle, item, "not-needed", []).then(onChange, setError)}
              >
                {m.notNeeded}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {asks && (
        <div class="actions">
          <Button look="second" size="small" icon="people" onPress={() => setAsking(true)}>
            {m.askFacts}
          </Button>
        </div>
      )}
      {asking && (
        <StepDialog title={m.askFacts} onClose={() => setAsking(false)} onChange={onChange}>
          {(done) => <AskForm {...props} done={done} />}
        </StepDialog>
      )}
    </section>
  );
}

function AskForm({ handle, view, question, m, done }: Props & { readonly done: Done }): JSX.Element {
  const [desks, setDesks] = useState<readonly VerifiedDesk[]>([]);
  const [error, setError] = useState<unknown>(null);
  const [desk, setDesk] = useState("");
  const [asked, setAsked] = useState("");
  const [due, setDue] = useState(() => view.clock?.dates.find(({ step }) => step.id === "facts")?.day ?? "");
  const [checked, setChecked] = useState(false);
  const [kind, setKind] = useState<(typeof sources)[number]>("police");
  useEffect(() => {
    const own = new Set([view.lead.desk, ...view.also.map(({ ministry }) => ministry.desk)]);
    setDesk("");
    handle.session.trust.desks({ function: kind }).then((all) => setDesks(all.filter(({ id }) => !own.has(id))), setError);
  }, [handle, kind]);
  const ready = desk !== "" && asked.trim() !== "" && /^\d{4}-\d{2}-\d{2}$/u.test(due);
  return (
    <SendForm
      button={m.askGo}
      ready={() => {
        setChecked(true);
        return ready;
      }}
      send={() => done(askFacts(handle, view, { desk, questions: [question.number], asked, due }))}
    >
      {error !== null && <ErrorState error={error} />}
      <p>{m.askFactsText}</p>
      <Select
        label={m.askKind}
        value={kind}
        options={sources.map((value) => ({ value, label: m.sources[value] }))}
        onChoose={(value) => setKind(sources.find((one) => one === value) ?? "police")}
      />
      <Select
        label={m.askTo}
        error={checked && !ready ? m.askMissing : null}
        value={desk}
        options={[{ value: "", label: m.choose }, ...desks.map(({ id, name }) => ({ value: id, label: name }))]}
        onChoose={setDesk}
      />
      <TextArea label={m.askWhat} rows={3} maxLength={20_000} value={asked} onInput={setAsked} />
      <Field type="date" narrow label={m.askDue} value={due} onInput={setDue} />
    </SendForm>
  );
}
