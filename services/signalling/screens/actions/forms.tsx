/** The forms of a signal besides the answers: provisional measures, complaint and agreements, sending it on, withdrawing, closing. Used by the actions of a signal. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { expectations, type Expectation, type RedirectionBody, type RegistrationBody, type SignalFact } from "#services/signalling/contract/index.ts";
import type { VerifiedDesk } from "#services/directory/client/index.ts";
import { loadKinds } from "#services/dossier/screens/kinds.ts";
import type { StepFormProps } from "#services/dossier/screens/step-dialog.tsx";
import { Choice, ErrorState, Field, Notice, problemCode, Select, SendForm, Skeleton, TextArea, useMessages } from "#services/interface/index.ts";
import {
  closeSignal,
  desksAgain,
  factBefore,
  raiseAgain,
  readSignal,
  recordProvisional,
  register,
  roadAgain,
  withdrawSignal,
  type RoadAgain,
} from "#services/signalling/client/index.ts";
import { en as sharedEn } from "#services/signalling/screens/en.ts";
import { FactView } from "#services/signalling/screens/entries/fact-view.tsx";
import { nl as sharedNl, type Messages as Shared } from "#services/signalling/screens/nl.ts";
import type { Messages } from "./nl.ts";

/** What every form of a signal is given. */
export type FormProps = StepFormProps<Messages>;

export function ProvisionalForm({ handle, m, done }: FormProps): JSX.Element {
  const w = m.provisional;
  const [text, setText] = useState("");
  const [settled, setSettled] = useState<"yes" | "no" | null>(null);
  const [checked, setChecked] = useState(false);
  return (
    <SendForm
      button={w.save}
      ready={() => {
        setChecked(true);
        return settled !== null;
      }}
      send={() => done(recordProvisional(handle, { text, settledWithProsecution: settled === "yes" }))}
    >
      <p>{w.text}</p>
      <Choice
        legend={w.settled}
        error={checked && settled === null ? w.missing : null}
        options={[
          { value: "yes", title: w.yes },
          { value: "no", title: w.no },
        ]}
        value={settled}
        onChoose={setSettled}
      />
      <TextArea label={w.words} rows={3} optional value={text} onInput={setText} />
    </SendForm>
  );
}

type ListState = RegistrationBody["expectations"][number]["state"] | "none";
const vpts = ["not-asked", "asked", "confirmed", "refused"] as const;
const listStates = ["none", "asked", "met", "not-met"] as const;

/** The newest registration is where the form begins: what was known stays. */
export function RegistrationForm({ handle, m, done }: FormProps): JSX.Element {
  const w = m.register;
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const [body, setBody] = useState<Omit<RegistrationBody, "version"> | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const read = async (): Promise<void> => {
      const newest = handle.newest("registration");
      const content = newest === null ? null : await readSignal(handle, newest);
      if (content?.kind === "registration") {
        const { version: _version, ...known } = content.body;
        setBody(known);
      } else setBody({ vpt: "not-asked", complaintNumber: "", complaintOn: null, expectations: [] });
    };
    read().catch(setError);
  }, [handle]);
  if (error !== null) return <ErrorState error={error} />;
  if (body === null) return <Skeleton lines={6} />;
  const change = (part: Partial<typeof body>): void => setBody({ ...body, ...part });
  const stateOf = (id: Expectation): ListState => body.expectations.find((one) => one.id === id)?.state ?? "none";
  const set = (id: Expectation, state: string): void => {
    const rest = body.expectations.filter((one) => one.id !== id);
    const wanted = listStates.find((one) => one === state) ?? "none";
    const note = body.expectations.find((one) => one.id === id)?.note ?? "";
    change({ expectations: wanted === "none" ? rest : [...rest, { id, state: wanted, note }] });
  };
  return (
    <SendForm button={w.save} send={() => done(register(handle, body))}>
      <p>{w.text}</p>
      <Choice
        legend={w.vpt}
        columns={2}
        options={vpts.map((value) => ({ value, title: w.vpts[value] }))}
        value={body.vpt}
        onChoose={(vpt) => change({ vpt })}
      />
      <Field label={w.number} optional maxLength={400} value={body.complaintNumber} onInput={(complaintNumber) => change({ complaintNumber })} />
      <Field
        type="date"
        narrow
        optional
        label={w.on}
        value={body.complaintOn ?? ""}
        onInput={(day) => change({ complaintOn: /^\d{4}-\d{2}-\d{2}$/u.test(day) ? day : null })}
      />
      <h3>{w.list}</h3>
      <p class="soft">{w.listHint}</p>
      {expectations.map((id) => (
        <Select
          key={id}
          label={shared.expectations[id]}
          value={stateOf(id)}
          options={listStates.map((value) => ({ value, label: w.states[value] }))}
          onChoose={(state) => set(id, state)}
        />
      ))}
      <p class="soft small">{w.source}</p>
    </SendForm>
  );
}

/** To the desk that was pointed to, under new consents: for it, and for the desks of the OM behind it. */
export function RaiseAgainForm({ handle, m, done }: FormProps): JSX.Element {
  const w = m.raiseAgain;
  const [found, setFound] = useState<{ readonly to: RedirectionBody["to"] | null; readonly desks: readonly VerifiedDesk[] } | null>(null);
  const [chosen, setChosen] = useState("");
  const [text, setText] = useState("");
  const [road, setRoad] = useState<{ readonly to: string; readonly found: RoadAgain } | { readonly to: string; readonly error: unknown } | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    if (chosen === "") return;
    let stale = false;
    roadAgain(handle, chosen).then(
      (way) => {
        if (!stale) setRoad({ to: chosen, found: way });
      },
      (thrown: unknown) => {
        if (!stale) setRoad({ to: chosen, error: thrown });
      },
    );
    return () => {
      stale = true;
    };
  }, [handle, chosen]);
  useEffect(() => {
    const read = async (): Promise<void> => {
      const newest = handle.newest("redirection");
      const content = newest === null ? null : await readSignal(handle, newest);
      const to = content?.kind === "redirection" ? content.body.to : null;
      const desks = await desksAgain(handle, to?.desk ?? null);
      setFound({ to, desks });
      // Only the desk that was named stands ready: nobody signs a year of reading for whichever comes first.
      setChosen(desks.find(({ id }) => id === to?.desk)?.id ?? "");
    };
    read().catch(setError);
  }, [handle]);
  if (error !== null) return <ErrorState error={error} />;
  if (found === null) return <Skeleton lines={4} />;
  const desk = found.desks.find(({ id }) => id === chosen);
  const choice = (
    <Select
      label={w.which}
      value={chosen}
      options={[...(desk === undefined ? [{ value: "", label: w.choose }] : []), ...found.desks.map(({ id, name }) => ({ value: id, label: name }))]}
      onChoose={setChosen}
    />
  );
  if (found.desks.length === 0)
    return (
      <Notice tone="amber">
        <p>{w.none}</p>
      </Notice>
    );
  if (desk === undefined)
    return (
      <div class="stack-medium">
        {found.to !== null && <p>{w.text(found.to.name)}</p>}
        {choice}
      </div>
    );
  const way = road?.to === desk.id ? road : null;
  if (way === null || "error" in way)
    return (
      <div class="stack-medium">
        {found.to !== null && <p>{w.text(found.to.name)}</p>}
        {found.desks.length > 1 && choice}
        {way === null ? (
          <Skeleton lines={3} />
        ) : problemCode(way.error) === "requirement-missing" ? (
          <Notice tone="amber">
            <p>{w.noChief(desk.name)}</p>
          </Notice>
        ) : (
          <ErrorState error={way.error} />
        )}
      </div>
    );
  const { behind, ends, stands } = way.found;
  return (
    <SendForm button={w.send} send={async () => done(raiseAgain(handle, desk.id, text, (await loadKinds()).workflows))}>
      {found.to !== null && <p>{w.text(found.to.name)}</p>}
      {found.desks.length > 1 && choice}
      <p>{w.consent(desk.name)}</p>
      {behind.map((one) => (
        <p key={one.desk.id}>{w.behind(one.desk.name)}</p>
      ))}
      {ends.length > 0 && <p>{w.ends(ends.map(({ name }) => name))}</p>}
      {stands.length > 0 && <p>{w.stands(stands.map(({ name }) => name))}</p>}
      <p class="soft">{w.stays}</p>
      <TextArea label={w.words} rows={3} optional value={text} onInput={setText} />
    </SendForm>
  );
}

export function WithdrawForm({ handle, m, done }: FormProps): JSX.Element {
  const [reason, setReason] = useState("");
  return (
    <SendForm button={m.withdraw.go} look="final" send={() => done(withdrawSignal(handle, reason))}>
      <Notice tone="amber">
        <p>{m.withdraw.text}</p>
      </Notice>
      <TextArea label={m.withdraw.reason} rows={3} optional value={reason} onInput={setReason} />
    </SendForm>
  );
}

/** Shows the one fact that is kept before anything is closed. */
export function CloseForm({ handle, m, done }: FormProps): JSX.Element {
  const w = m.close;
  const [text, setText] = useState("");
  const [fact, setFact] = useState<SignalFact | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    factBefore(handle).then(setFact, setError);
  }, [handle]);
  if (error !== null) return <ErrorState error={error} />;
  if (fact === null) return <Skeleton lines={4} />;
  return (
    <SendForm button={w.go} send={() => done(closeSignal(handle, text))}>
      <TextArea label={w.label} hint={w.labelHint} optional rows={3} value={text} onInput={setText} />
      <FactView fact={fact} />
      <p class="soft">{w.fact}</p>
    </SendForm>
  );
}
