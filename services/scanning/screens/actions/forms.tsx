/** The short forms of a scan: the appointment, moving house, stopping. Used by the actions of a scan. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { StepFormProps } from "#services/dossier/screens/step-dialog.tsx";
import { Choices, ErrorState, Field, Notice, Select, SendForm, Skeleton, TextArea } from "#services/interface/index.ts";
import { loansOf, measuresOf, moveHouse, plan, requestOf, withdrawScan, type KnownMeasures, type MovedLoan } from "#services/scanning/client/index.ts";
import type { RequestBody } from "#services/scanning/contract/index.ts";
import { dutchMoment, today } from "#services/scanning/screens/dutch-time.ts";
import { emptyHome, HomeFields, homeLacks, homeOf, type Home } from "#services/scanning/screens/request/home-fields.tsx";
import type { Messages } from "./nl.ts";

/** What every form of a scan is given. */
export type FormProps = StepFormProps<Messages>;

const lengths = ["60", "90", "120", "150", "180", "240"] as const;

/** Day, time, length and place. */
export function PlanForm({ handle, m, done }: FormProps): JSX.Element {
  const [day, setDay] = useState("");
  const [time, setTime] = useState("");
  const [minutes, setMinutes] = useState<string>("120");
  const [placeNote, setPlaceNote] = useState("");
  const [checked, setChecked] = useState(false);
  const w = m.plan;
  const start = dutchMoment(day, time);
  const past = start !== null && day < today();
  return (
    <SendForm
      button={w.save}
      ready={() => {
        setChecked(true);
        return start !== null && !past;
      }}
      send={async () => {
        if (start !== null) await done(plan(handle, { start, minutes: Number(minutes), placeNote }));
      }}
    >
      <Field type="date" narrow label={w.day} error={checked && start === null ? w.missing : checked && past ? w.past : null} value={day} onInput={setDay} />
      <Field type="time" narrow label={w.time} value={time} onInput={setTime} />
      <Select label={w.minutes} value={minutes} options={lengths.map((value) => ({ value, label: w.minutesOf(Number(value)) }))} onChoose={setMinutes} />
      <Field label={w.place} hint={w.placeHint} optional maxLength={2_000} value={placeNote} onInput={setPlaceNote} />
    </SendForm>
  );
}

/** Moving house: the home's questions again, everything else as it was. */
export function MoveForm({ handle, m, done }: FormProps): JSX.Element {
  const [request, setRequest] = useState<RequestBody | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [home, setHome] = useState<Home>(emptyHome);
  const [checked, setChecked] = useState(false);
  const [known, setKnown] = useState<KnownMeasures | null>(null);
  const [along, setAlong] = useState<readonly string[]>([]);
  useEffect(() => {
    measuresOf(handle).then(setKnown, setError);
    requestOf(handle).then((body) => {
      setRequest(body);
      if (body !== null) setHome({ ...emptyHome, contact: body.contact, householdSize: body.householdSize === null ? "" : String(body.householdSize) });
    }, setError);
  }, [handle]);
  if (error !== null) return <ErrorState error={error} />;
  if (request === null) return <Skeleton lines={6} />;
  const loans = known === null ? [] : loansOf(known);
  const stays = known === null ? [] : known.measures.filter(({ line, state }) => line.provided === "provided" && (state === "placed" || state === "checked"));
  const told = loans.map(({ line: { id } }): MovedLoan => ({ measure: id, words: along.includes(id) ? m.move.goesAlong : m.move.goesBack }));
  return (
    <SendForm
      button={m.move.save}
      ready={() => {
        setChecked(true);
        return homeLacks(home, request.function).length === 0;
      }}
      send={() => {
        const { name, function: office, organisationName, standing, since } = request;
        return done(moveHouse(handle, { name, function: office, organisationName, standing, since, ...homeOf(home), moved: true }, told));
      }}
    >
      <p>{m.move.text}</p>
      {stays.length > 0 && (
        <div class="stack-small">
          <h3>{m.move.stays}</h3>
          <ul class="words">
            {stays.map(({ line }) => (
              <li key={line.id}>{line.what}</li>
            ))}
          </ul>
        </div>
      )}
      {loans.length > 0 && (
        <Choices
          legend={m.move.loans}
          hint={m.move.loansHint}
          values={along}
          options={loans.map(({ line }) => ({ value: line.id, title: line.what, text: along.includes(line.id) ? m.move.goesAlong : m.move.goesBack }))}
          onChoose={setAlong}
        />
      )}
      <HomeFields home={home} office={request.function} checked={checked} change={(part) => setHome((now) => ({ ...now, ...part }))} />
    </SendForm>
  );
}

/** The person ends it; a reason may stay out. */
export function WithdrawForm({ handle, m, done }: FormProps): JSX.Element {
  const [reason, setReason] = useState("");
  return (
    <SendForm button={m.withdraw.go} look="final" send={() => done(withdrawScan(handle, reason))}>
      <Notice tone="amber">
        <p>{m.withdraw.text}</p>
      </Notice>
      <TextArea label={m.withdraw.reason} rows={3} optional value={reason} onInput={setReason} />
    </SendForm>
  );
}
