/** What can happen to an appointment besides making it: into a calendar, and nobody there. Used by the actions of a scan. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import {
  Choice,
  ErrorState,
  Field,
  Notice,
  saveFile,
  SendForm,
  Skeleton,
  TextArea,
  useLanguage,
  useMessages,
  writeDay,
  writeTime,
} from "#services/interface/index.ts";
import { appointmentOf, invitationOf, recordNoShow, type Appointment } from "#services/scanning/client/index.ts";
import type { NoShowBody } from "#services/scanning/contract/index.ts";
import { More } from "#services/scanning/screens/entries/said.tsx";
import { en } from "#services/scanning/screens/planning/en.ts";
import { nl, type Messages as Planning } from "#services/scanning/screens/planning/nl.ts";
import type { FormProps } from "./forms.tsx";

const looksLikeMail = (text: string): boolean => /^[^\s@"<>]+@[^\s@"<>]+$/u.test(text);

/** The appointment as a file for the reader's own calendar, with a calm warning first. */
export function CalendarForm({ handle, done }: FormProps): JSX.Element {
  const w = useMessages<Planning>({ nl, en }).calendar;
  const language = useLanguage();
  const [appointment, setAppointment] = useState<Appointment | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [title, setTitle] = useState(w.standard);
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [checked, setChecked] = useState(false);
  useEffect(() => {
    appointmentOf(handle).then(setAppointment, setError);
  }, [handle]);
  if (error !== null) return <ErrorState error={error} />;
  if (appointment === null) return <Skeleton lines={3} />;
  const mails = from.trim() !== "" || to.trim() !== "";
  const wrongMail = mails && !(looksLikeMail(from.trim()) && looksLikeMail(to.trim()));
  const save = async (): Promise<void> => {
    const text = await invitationOf({
      dossier: handle.id,
      appointment,
      title: title.trim() === "" ? w.standard : title.trim(),
      ...(mails ? { mail: { from: from.trim(), to: to.trim() } } : {}),
    });
    saveFile("afspraak.ics", text, "text/calendar;charset=utf-8");
  };
  return (
    <SendForm
      button={w.save}
      icon="download"
      ready={() => {
        setChecked(true);
        return !wrongMail;
      }}
      send={() => done(save())}
    >
      <p>
        <strong>{writeDay(language, appointment.body.start)}</strong>, {writeTime(language, appointment.body.start)}
      </p>
      {appointment.sequence > 0 && <p class="soft">{w.changed(appointment.sequence)}</p>}
      {appointment.off ? <p>{w.off}</p> : <Notice>{w.warning}</Notice>}
      <Field label={w.name} hint={w.nameHint} maxLength={120} value={title} onInput={setTitle} />
      <More title={w.mail}>
        <p>{w.mailText}</p>
        <Field optional maxLength={254} label={w.from} error={checked && wrongMail ? w.mailWrong : null} value={from} onInput={setFrom} />
        <Field optional maxLength={254} label={w.to} value={to} onInput={setTo} />
      </More>
    </SendForm>
  );
}

const absents = ["office-holder", "expert", "both"] as const;
const nexts = ["new-appointment", "call-first", "other-adviser"] as const;

/** Someone was not there: who, and how to go on. */
export function NoShowForm({ handle, done }: FormProps): JSX.Element {
  const w = useMessages<Planning>({ nl, en }).noShow;
  const [absent, setAbsent] = useState<NoShowBody["absent"] | null>(null);
  const [next, setNext] = useState<NoShowBody["next"] | null>(null);
  const [note, setNote] = useState("");
  const [checked, setChecked] = useState(false);
  const send = async (): Promise<void> => {
    if (absent === null || next === null) return;
    const appointment = await appointmentOf(handle);
    await recordNoShow(handle, { absent, next, note: note.trim(), appointment: appointment?.body.start ?? null });
  };
  return (
    <SendForm
      button={w.save}
      ready={() => {
        setChecked(true);
        return absent !== null && next !== null;
      }}
      send={() => done(send())}
    >
      <p>{w.text}</p>
      <Choice
        legend={w.legend}
        error={checked && absent === null ? w.missing : null}
        options={absents.map((value) => ({ value, title: w.absent[value] }))}
        value={absent}
        onChoose={setAbsent}
      />
      <Choice
        legend={w.nextLegend}
        error={checked && next === null ? w.nextMissing : null}
        options={nexts.map((value) => ({ value, ...w.next[value] }))}
        value={next}
        onChoose={setNext}
      />
      <TextArea label={w.note} rows={2} optional value={note} onInput={setNote} />
    </SendForm>
  );
}
