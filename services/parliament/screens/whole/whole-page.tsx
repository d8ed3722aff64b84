/** A set as a whole: what it is about and mending that, remarks on all of it, messages to everyone at work on it, withdrawing it. A tab of the place where a set is worked on. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { StepDialog, type Done } from "#services/dossier/screens/step-dialog.tsx";
import { Button, Notice, SendForm, TextArea, useLanguage, useMessages, writeMoment } from "#services/interface/index.ts";
import { tellAll, withdrawSet } from "#services/parliament/client/index.ts";
import { en as sharedEn } from "#services/parliament/screens/en.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/parliament/screens/nl.ts";
import { en as readingEn } from "#services/parliament/screens/upload/en.ts";
import { nl as readingNl, type Messages as Reading } from "#services/parliament/screens/upload/nl.ts";
import { Comments, WordsForm } from "#services/parliament/screens/work/comments.tsx";
import { may } from "#services/parliament/screens/work/may.ts";
import type { PartProps } from "#services/parliament/screens/work/set-actions.tsx";
import { en } from "./en.ts";
import { MendSet } from "./mend-set.tsx";
import { nl, type Messages } from "./nl.ts";

export function WholePage(props: PartProps): JSX.Element {
  const { handle, view, m: work, onChange } = props;
  const m = useMessages<Messages>({ nl, en });
  const [mending, setMending] = useState(false);
  const [withdrawing, setWithdrawing] = useState(false);
  if (mending) return <MendSet {...props} words={m} onDone={() => setMending(false)} />;
  const withdrawal = view.entries.flatMap(({ content }) => (content?.kind === "withdrawal" ? [content.body.reason] : [])).at(-1);
  return (
    <div class="stack">
      {withdrawal !== undefined && (
        <Notice tone="amber" title={m.withdrawn}>
          <p>{withdrawal}</p>
        </Notice>
      )}
      <About view={view} m={m}>
        {may(handle, "mend") && (
          <div class="actions">
            <Button look="second" icon="pencil" onPress={() => setMending(true)}>
              {m.mend}
            </Button>
          </div>
        )}
      </About>
      <Comments handle={handle} m={work} onChange={onChange} threads={view.comments} on={{}} title={m.comments} />
      <ToAll {...props} words={m} />
      {handle.view.actions.includes("withdraw") && (
        <section class="card stack-small">
          <h2>{m.withdraw}</h2>
          <p>{m.withdrawText}</p>
          <div class="actions">
            <Button look="second" icon="bin" onPress={() => setWithdrawing(true)}>
              {m.withdraw}
            </Button>
          </div>
        </section>
      )}
      {withdrawing && (
        <StepDialog title={m.withdraw} onClose={() => setWithdrawing(false)} onChange={onChange}>
          {(done) => <WithdrawForm handle={handle} m={m} done={done} />}
        </StepDialog>
      )}
    </div>
  );
}

function About({ view, m, children }: Pick<PartProps, "view"> & { readonly m: Messages; readonly children: JSX.Element | false }): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const reading = useMessages<Reading>({ nl: readingNl, en: readingEn });
  const { set, clock } = view;
  const lines: readonly (readonly [string, string | null])[] = [
    [m.reference, set.reference],
    [m.received, set.received === null ? null : shared.day(set.received)],
    [m.subject, set.subject],
    [m.members, set.members.map(({ name, faction }) => (faction === null ? name : `${name} (${faction})`)).join(", ")],
    [m.addressees, set.addressees.join(", ")],
    [m.article, set.source],
    [m.heading, set.title],
    [m.documentNumber, set.documentNumber],
    ...(clock === null ? [] : [[m.recess, reading.recesses[clock.settings.recess]] as const]),
  ];
  return (
    <section class="card stack-medium">
      <h2>{m.about}</h2>
      <dl class="facts">
        {lines.map(([label, words]) => [<dt key={`${label}-label`}>{label}</dt>, <dd key={label}>{words === null || words === "" ? m.unknown : words}</dd>])}
      </dl>
      {children}
    </section>
  );
}

/** Messages to everyone who holds the whole set; whoever was asked for facts holds their request alone. */
function ToAll({ handle, view, m: work, onChange, words: m }: PartProps & { readonly words: Messages }): JSX.Element | null {
  const language = useLanguage();
  const said = view.entries.flatMap(({ seq, at, by, content }) => (content?.kind === "message" ? [{ seq, at, by, text: content.body.text }] : []));
  const writing = may(handle, "message");
  if (!writing && said.length === 0) return null;
  const minister = view.presentation === null ? [] : [view.presentation.body.to.name];
  const readers = [view.lead.name, ...view.also.map(({ ministry }) => ministry.name), ...minister];
  return (
    <section class="card stack-small">
      <h2>{m.messages}</h2>
      <p>{m.messagesText(new Intl.ListFormat(language, { type: "conjunction" }).format([...new Set(readers)]))}</p>
      {view.facts.length > 0 && <p class="soft small">{m.messagesNot}</p>}
      {said.length > 0 && (
        <ul class="kamer-comments">
          {said.map(({ seq, at, by, text }) => (
            <li key={seq}>
              <p class="soft small">
                {by.name}, {writeMoment(language, at)}
              </p>
              <p>{text}</p>
            </li>
          ))}
        </ul>
      )}
      {writing && <WordsForm label={m.message} button={m.messageGo} send={async (text) => void (await tellAll(handle, text))} m={work} onChange={onChange} />}
    </section>
  );
}

function WithdrawForm({ handle, m, done }: Pick<PartProps, "handle"> & { readonly m: Messages; readonly done: Done }): JSX.Element {
  const [reason, setReason] = useState("");
  const [checked, setChecked] = useState(false);
  const missing = reason.trim() === "";
  return (
    <SendForm
      button={m.withdrawGo}
      look="final"
      ready={() => {
        setChecked(true);
        return !missing;
      }}
      send={() => done(withdrawSet(handle, reason.trim()))}
    >
      <Notice tone="red" title={m.withdrawWarning}>
        <p>{m.withdrawAfter}</p>
      </Notice>
      <TextArea label={m.withdrawReason} rows={3} maxLength={20_000} value={reason} error={checked && missing ? m.withdrawMissing : null} onInput={setReason} />
    </SendForm>
  );
}
