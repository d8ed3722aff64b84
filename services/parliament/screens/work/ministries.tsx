/** Who signs along: each ministry with what it said last, and adding one. Drawn by the road. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, ErrorState, Field, Select, SendForm, Skeleton, Tag } from "#services/interface/index.ts";
import { addMinistry } from "#services/parliament/client/index.ts";
import { deskOptions, useDesks } from "./desks.ts";
import type { PartProps } from "./set-actions.tsx";
import type { FormProps } from "./text-form.tsx";

export function Ministries({
  view,
  m,
  onAdd,
  onOpen,
}: PartProps & { readonly onAdd: (() => void) | null; readonly onOpen: (question: number) => void }): JSX.Element {
  return (
    <section class="card stack-small">
      <h2>{m.ministries}</h2>
      <p>{m.lead(view.lead.name)}</p>
      <ul class="kamer-figures">
        {view.also.map(({ ministry, verdict }) => (
          <li key={ministry.desk}>
            <p>
              <strong>{ministry.name}</strong> <span class="soft">{ministry.minister}</span>
            </p>
            <p>
              <Tag tone={verdict === null ? undefined : verdict.lapsed || verdict.body.verdict === "object" ? "amber" : "accent"}>
                {verdict === null ? m.verdictNone : m.verdicts[verdict.body.verdict]}
              </Tag>
              {verdict?.lapsed === true && <span class="soft"> {m.lapsed}</span>}
            </p>
            {verdict !== null && verdict.body.reason !== "" && <p>{verdict.body.reason}</p>}
            {verdict?.body.changes.map(({ question, text }, at) => (
              <div key={at} class="stack-small">
                <p>
                  {m.questionTab(question)}: {text}
                </p>
                <Button look="quiet" size="small" icon="pencil" onPress={() => onOpen(question)}>
                  {m.toQuestion(question)}
                </Button>
              </div>
            ))}
            {verdict !== null && <p class="soft small">{m.by(verdict.body.signedBy.name, verdict.body.signedBy.office)}</p>}
          </li>
        ))}
      </ul>
      {onAdd !== null && (
        <div class="actions">
          <Button look="second" size="small" icon="people" onPress={onAdd}>
            {m.addMinistry}
          </Button>
        </div>
      )}
    </section>
  );
}

export function MinistryForm({ handle, view, m, done }: FormProps): JSX.Element {
  const [desks, error] = useDesks({ handle }, "parliament");
  const [desk, setDesk] = useState("");
  const [name, setName] = useState("");
  const [minister, setMinister] = useState("");
  const [checked, setChecked] = useState(false);
  if (error !== null) return <ErrorState error={error} />;
  if (desks === null) return <Skeleton lines={3} />;
  const ready = desk !== "" && name.trim() !== "" && minister.trim() !== "";
  return (
    <SendForm
      button={m.addMinistryGo}
      ready={() => {
        setChecked(true);
        return ready;
      }}
      send={() => done(addMinistry(handle, { desk, name: name.trim(), minister: minister.trim() }))}
    >
      <p>{m.addMinistryText}</p>
      <Select
        label={m.askTo}
        error={checked && !ready ? m.fill : null}
        value={desk}
        options={deskOptions(
          desks.filter(({ id }) => id !== view.lead.desk),
          m.choose,
        )}
        onChoose={setDesk}
      />
      <Field label={m.ministry} maxLength={120} value={name} onInput={setName} />
      <Field label={m.minister} maxLength={400} value={minister} onInput={setMinister} />
    </SendForm>
  );
}
