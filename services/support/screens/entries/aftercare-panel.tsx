/** The aftercare dates in the dossier: the person sets, moves, removes and takes them along in a calendar; the team proposes. Drawn under the actions of a request for help. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { calendarFile } from "#services/dossier/client/calendar.ts";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { StepDialog, type Done } from "#services/dossier/screens/step-dialog.tsx";
import { allowedEntries } from "#services/dossier/workflow/enforce.ts";
import { dutchDay } from "#services/dossier/workflow/terms.ts";
import { Button, ErrorState, Field, saveFile, SendForm, Skeleton, Tag, useLanguage, writeDay } from "#services/interface/index.ts";
import { aftercareMarks, calendarUse, proposeAftercare, readAftercare, setAftercare } from "#services/support/client/index.ts";
import type { Aftercare, AftercareDate } from "#services/support/contract/index.ts";
import "#services/support/screens/support.css";
import type { Messages } from "./nl.ts";

interface PanelProps {
  readonly handle: DossierHandle;
  readonly m: Messages;
  readonly onChange: () => void;
}

/** What is open over the panel: a new date, one that is moved, or the calendar. */
type Open = { readonly what: "add" } | { readonly what: "move"; readonly date: AftercareDate } | { readonly what: "calendar" };

/** Nothing as long as there is neither a date nor the right to write one. */
export function AftercarePanel({ handle, m, onChange }: PanelProps): JSX.Element | null {
  const [plan, setPlan] = useState<Aftercare | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [open, setOpen] = useState<Open | null>(null);
  const [busy, setBusy] = useState(false);
  const may = allowedEntries(handle.workflow, handle.view.phase, handle.view.roles).includes("aftercare-plan");
  const newest = handle.newest("aftercare-plan");
  useEffect(() => {
    readAftercare(handle).then(setPlan, setError);
  }, [handle, newest?.hash]);
  if (!may && newest === null) return null;
  const words = m.aftercare;
  const { mine } = handle;
  const calendar = plan === null ? null : calendarUse(plan);
  const calendarTitle = calendar === "take-out" ? words.calendarOff : words.calendar;
  const write = async (dates: readonly AftercareDate[], declined: readonly string[] = []): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await setAftercare(handle, dates, declined);
      onChange();
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };
  return (
    <section class="card" aria-label={mine ? words.title : words.titleDesk}>
      <h2>{mine ? words.title : words.titleDesk}</h2>
      <p class="soft">{mine ? words.textMine : words.textDesk}</p>
      {error !== null && <ErrorState error={error} />}
      {plan === null && error === null && <Skeleton lines={2} />}
      {plan !== null && (
        <>
          {plan.dates.length === 0 && plan.proposed.length === 0 && <p>{words.none}</p>}
          <ul class="aftercare">
            {plan.dates.map((date) => (
              <Line key={date.id} date={date} m={m}>
                {mine && may && (
                  <>
                    <Small words={words.move} date={date} m={m} busy={busy} onPress={() => setOpen({ what: "move", date })} />
                    <Small words={words.remove} date={date} m={m} busy={busy} onPress={() => void write(plan.dates.filter(({ id }) => id !== date.id))} />
                  </>
                )}
              </Line>
            ))}
            {plan.proposed.map((date) => (
              <Line key={date.id} date={date} m={m} proposed={mine ? words.proposed : words.proposedDesk}>
                {mine && may && (
                  <>
                    <Small words={words.accept} date={date} m={m} busy={busy} onPress={() => void write([...plan.dates, date])} />
                    <Small words={words.decline} date={date} m={m} busy={busy} onPress={() => void write(plan.dates, [date.id])} />
                  </>
                )}
              </Line>
            ))}
          </ul>
          <div class="actions no-print">
            {may && (
              <Button look="second" size="small" icon="clock" onPress={() => setOpen({ what: "add" })}>
                {mine ? words.add : words.propose}
              </Button>
            )}
            {mine && calendar !== null && (
              <Button look="second" size="small" icon="download" onPress={() => setOpen({ what: "calendar" })}>
                {calendarTitle}
              </Button>
            )}
          </div>
          {open !== null && (
            <StepDialog
              title={open.what === "add" ? words.addTitle : open.what === "move" ? words.moveTitle : calendarTitle}
              onClose={() => setOpen(null)}
              onChange={onChange}
            >
              {(done) =>
                open.what === "calendar" ? (
                  <CalendarForm handle={handle} plan={plan} changed={newest?.header.at ?? ""} m={m} onSaved={() => setOpen(null)} />
                ) : (
                  <DateForm handle={handle} plan={plan} date={open.what === "move" ? open.date : null} m={m} done={done} />
                )
              }
            </StepDialog>
          )}
        </>
      )}
    </section>
  );
}

function Line({
  date,
  m,
  proposed,
  children,
}: {
  readonly date: AftercareDate;
  readonly m: Messages;
  readonly proposed?: string;
  readonly children: JSX.Element | false;
}): JSX.Element {
  const language = useLanguage();
  const past = date.on < dutchDay(new Date());
  return (
    <li data-proposed={proposed === undefined ? undefined : ""}>
      <span>
        <strong>{writeDay(language, date.on)}</strong>
        <br />
        {date.what}
        {proposed !== undefined && (
          <>
            <br />
            <Tag>{proposed}</Tag>
          </>
        )}
        {past && (
          <>
            <br />
            <Tag>{m.aftercare.past}</Tag>
          </>
        )}
      </span>
      {children !== false && <span class="actions no-print">{children}</span>}
    </li>
  );
}

function Small({
  words,
  date,
  m,
  busy,
  onPress,
}: {
  readonly words: string;
  readonly date: AftercareDate;
  readonly m: Messages;
  readonly busy: boolean;
  readonly onPress: () => void;
}): JSX.Element {
  return (
    <Button look="second" size="small" busy={busy} label={m.aftercare.named(words, date.what, date.on)} onPress={onPress}>
      {words}
    </Button>
  );
}

/** A day and what for. The person's is set at once; the team's is a proposal. */
function DateForm({
  handle,
  plan,
  date,
  m,
  done,
}: {
  readonly handle: DossierHandle;
  readonly plan: Aftercare;
  readonly date: AftercareDate | null;
  readonly m: Messages;
  readonly done: Done;
}): JSX.Element {
  const words = m.aftercare;
  const [on, setOn] = useState(date?.on ?? "");
  const [what, setWhat] = useState(date?.what ?? "");
  const [checked, setChecked] = useState(false);
  const wrong = !/^\d{4}-\d{2}-\d{2}$/.test(on) || on < dutchDay(new Date());
  const send = async (): Promise<void> => {
    if (!handle.mine) return await done(proposeAftercare(handle, [{ on, what }]));
    const next = { id: date?.id ?? crypto.randomUUID(), on, what };
    await done(setAftercare(handle, [...plan.dates.filter(({ id }) => id !== next.id), next]));
  };
  return (
    <SendForm
      button={handle.mine ? words.save : words.send}
      ready={() => {
        setChecked(true);
        return !wrong && what.trim() !== "";
      }}
      send={send}
    >
      <Field type="date" narrow label={words.on} error={checked && wrong ? words.onWrong : null} value={on} onInput={setOn} />
      <Field
        label={words.what}
        hint={words.whatHint}
        maxLength={400}
        error={checked && what.trim() === "" ? words.whatMissing : null}
        value={what}
        onInput={setWhat}
      />
    </SendForm>
  );
}

function CalendarForm({
  handle,
  plan,
  changed,
  m,
  onSaved,
}: {
  readonly handle: DossierHandle;
  readonly plan: Aftercare;
  readonly changed: string;
  readonly m: Messages;
  readonly onSaved: () => void;
}): JSX.Element {
  const words = m.aftercare;
  const [name, setName] = useState(words.calendarDefault);
  return (
    <SendForm
      button={words.calendarSave}
      icon="download"
      send={async () => {
        const title = name.trim() === "" ? words.calendarDefault : name.trim();
        saveFile("afspraken.ics", await calendarFile(aftercareMarks(handle.id, plan, title, changed)), "text/calendar");
        onSaved();
      }}
    >
      <p>{words.calendarText}</p>
      <Field label={words.calendarName} maxLength={80} value={name} onInput={setName} />
    </SendForm>
  );
}
