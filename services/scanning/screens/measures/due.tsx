/** What of the measures is due, the end of the office with the loans that go back, and the fact that is counted. Used by the pages of measures. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { defaultSettings } from "#registers/functions/index.ts";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { mayWrite } from "#services/dossier/workflow/enforce.ts";
import { Button, Dialog, Field, Icon, SendForm, TextArea, useInterfaceMessages, useLanguage, useMessages, writeDay } from "#services/interface/index.ts";
import { loansOf, recordDeparture, type KnownMeasures } from "#services/scanning/client/index.ts";
import type { ScanFact } from "#services/scanning/contract/index.ts";
import { remindersOf, type Reminder } from "#services/scanning/planning/index.ts";
import { isDay, today } from "#services/scanning/screens/dutch-time.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { Facts } from "#services/scanning/screens/entries/said.tsx";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import type { Messages } from "./nl.ts";

/** Day by which loans are back: the last day and the term of the settings, which the law leaves open. */
const returnBy = (lastDay: string): string =>
  new Date(Date.parse(`${lastDay}T00:00:00Z`) + defaultSettings["loans-return-days"] * 86_400_000).toISOString().slice(0, 10);

/** What is due today, most pressing first. */
export function dueOf(known: KnownMeasures): Reminder[] {
  const { measures, earlier, departure } = known;
  const lives = [...measures, ...earlier].map(({ line, state, steps }) => ({ line, state, since: steps.at(-1)?.body.on ?? null }));
  return remindersOf(lives, today(), departure === null ? null : returnBy(departure.lastDay));
}

/** The reminders; draws nothing when nothing is due. */
export function Due({ known, mine, m }: { readonly known: KnownMeasures; readonly mine: boolean; readonly m: Messages }): JSX.Element | null {
  const due = dueOf(known);
  if (due.length === 0) return null;
  const words = ({ code, what, day }: Reminder): string => (code === "confirm" || day === null ? m.due.confirm(what) : m.due[code](what, day));
  return (
    <section class="card" aria-label={m.due.title}>
      <h2>{m.due.title}</h2>
      <ul class="conditions">
        {due.map((one) => (
          <li key={`${one.code} ${one.measure}`} data-state={one.code === "late" || one.code === "return-late" ? "not-met" : undefined}>
            <span class="condition-mark">
              <Icon name={one.code === "late" || one.code === "return-late" ? "alert" : "clock"} size={18} />
            </span>
            <div>
              <p>{words(one)}</p>
              {(one.waitsFor === "office-holder") === mine && <p class="soft small">{m.due.yours}</p>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The end of the office: a button for who may tell it, and once told the list of what goes back. */
export function Leaving({
  handle,
  known,
  m,
  onDone,
}: {
  readonly handle: DossierHandle;
  readonly known: KnownMeasures;
  readonly m: Messages;
  readonly onDone: () => void;
}): JSX.Element | null {
  const w = m.leave;
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const frame = useInterfaceMessages();
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  const { departure } = known;
  const may = mayWrite(handle.workflow, handle.view, "departure");
  if (departure === null && !may) return null;
  const loans = [...known.measures, ...known.earlier].filter(
    ({ line, state }) => line.provided === "on-loan" && state !== "declined" && state !== "advised" && state !== "ordered",
  );
  const out = loansOf(known).length;
  return (
    <section class={departure === null ? "no-print" : "card"} aria-label={w.known}>
      {departure !== null && (
        <>
          <h2>{w.known}</h2>
          <Facts
            facts={[
              [w.lastDay, writeDay(language, departure.lastDay)],
              [w.returnBy, out === 0 ? "" : writeDay(language, returnBy(departure.lastDay))],
              [w.how, departure.note],
            ]}
          />
          {loans.length === 0 ? (
            <p>{w.nothing}</p>
          ) : (
            <>
              <h3>{out === 0 ? w.done : w.list}</h3>
              <ul class="words">
                {loans.map(({ line, state }) => (
                  <li key={line.id}>
                    {line.what}: {shared.states[state].toLowerCase()}
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
      {may && (
        <div class="actions no-print">
          <Button look={departure === null ? "second" : "quiet"} size="small" icon="leave" onPress={() => setOpen(true)}>
            {departure === null ? w.open : w.change}
          </Button>
        </div>
      )}
      {open && (
        <Dialog open title={w.title} onClose={() => setOpen(false)}>
          <LeaveForm
            handle={handle}
            first={departure?.lastDay ?? ""}
            m={m}
            onDone={() => {
              setOpen(false);
              onDone();
            }}
          />
          <Button look="quiet" size="small" onPress={() => setOpen(false)}>
            {frame.cancel}
          </Button>
        </Dialog>
      )}
    </section>
  );
}

function LeaveForm({
  handle,
  first,
  m,
  onDone,
}: {
  readonly handle: DossierHandle;
  readonly first: string;
  readonly m: Messages;
  readonly onDone: () => void;
}): JSX.Element {
  const w = m.leave;
  const [lastDay, setLastDay] = useState(first);
  const [note, setNote] = useState("");
  const [checked, setChecked] = useState(false);
  return (
    <SendForm
      button={w.save}
      ready={() => {
        setChecked(true);
        return isDay(lastDay);
      }}
      send={async () => {
        await recordDeparture(handle, { lastDay, note: note.trim() });
        onDone();
      }}
    >
      <p>{w.text}</p>
      <Field type="date" narrow label={w.day} error={checked && !isDay(lastDay) ? w.dayMissing : null} value={lastDay} onInput={setLastDay} />
      <TextArea label={w.note} hint={w.noteHint} optional rows={2} value={note} onInput={setNote} />
    </SendForm>
  );
}

/** The fact as it will be counted, in words; shown before and after it is kept. */
export function CountedFact({ fact, m }: { readonly fact: ScanFact; readonly m: Messages }): JSX.Element {
  const w = m.fact;
  const days = (words: string | null): string => (words === null ? "" : w.days(words));
  return (
    <section class="card card-tight" aria-label={w.title}>
      <h3>{w.title}</h3>
      <p class="soft">{w.text}</p>
      <Facts
        facts={[
          [w.advised, fact.advised],
          [w.placed, fact.placed],
          [w.onLoan, fact.onLoan],
          [w.declined, fact.declined],
          [w.open, fact.open],
          [w.daysHalf, days(fact.daysHalf)],
          [w.daysLast, days(fact.daysLast)],
        ]}
      />
    </section>
  );
}
