/** A set as it was read, beside the text of its file, to be mended by hand. Pure: the reading goes in, the changes come out. Drawn by the upload page. */
import type { JSX } from "preact";
import type { Trouble } from "#services/parliament/contract/dossier.ts";
import { troubleWordsDutch, troubleWordsEnglish, type Reading } from "#services/parliament/reading/index.ts";
import { Button, Field, Notice, Select, Tag, TextArea, useLanguage } from "#services/interface/index.ts";
import { addQuestion, removeQuestion, renumber, stillWrong, type LinePlace, type Mending } from "./mending.ts";
import type { Messages } from "./nl.ts";

interface Props {
  readonly reading: Reading;
  readonly mending: Mending;
  readonly change: (mending: Mending) => void;
  readonly m: Messages;
}

export function MendReading({ reading, mending, change, m }: Props): JSX.Element {
  return (
    <div class="kamer-beside">
      <div class="stack">
        <Troubles troubles={mending.read.troubles} m={m} />
        <MendFields mending={mending} change={change} m={m} />
      </div>
      <Source reading={reading} m={m} />
    </div>
  );
}

/** Everything of a set that a person can mend: before it is opened, and later where it is worked on. */
export function MendFields({ mending, change, m }: Omit<Props, "reading">): JSX.Element {
  const set = (part: Partial<Mending>): void => change({ ...mending, ...part });
  return (
    <>
      <section class="card stack-medium">
        <h2>{m.about}</h2>
        <Field
          type="date"
          narrow
          label={m.received}
          hint={m.receivedHint}
          error={stillWrong(mending).noDay ? m.receivedMissing : null}
          value={mending.received}
          onInput={(received) => set({ received })}
        />
        <Field label={m.reference} narrow maxLength={40} value={mending.reference} onInput={(reference) => set({ reference })} />
        <Field label={m.subject} maxLength={400} value={mending.subject} onInput={(subject) => set({ subject })} />
        <TextArea label={m.members} hint={m.membersHint} rows={3} value={mending.members} onInput={(members) => set({ members })} />
        <TextArea label={m.addressees} hint={m.addresseesHint} rows={3} value={mending.addressees} onInput={(addressees) => set({ addressees })} />
        <details>
          <summary>{m.more}</summary>
          <div class="stack-medium">
            <Field label={m.heading} maxLength={400} optional value={mending.title} onInput={(title) => set({ title })} />
            <Field label={m.article} maxLength={400} optional value={mending.source} onInput={(source) => set({ source })} />
            <Field
              label={m.documentNumber}
              narrow
              maxLength={40}
              optional
              value={mending.documentNumber}
              onInput={(documentNumber) => set({ documentNumber })}
            />
          </div>
        </details>
      </section>
      <Questions mending={mending} change={change} m={m} />
      {mending.read.unplaced.length > 0 && <Unplaced mending={mending} change={change} m={m} />}
    </>
  );
}

/** What was wrong with the file, what must be mended first. */
export function Troubles({ troubles, m }: { readonly troubles: readonly Trouble[]; readonly m: Messages }): JSX.Element | null {
  const words = useLanguage() === "nl" ? troubleWordsDutch : troubleWordsEnglish;
  if (troubles.length === 0) return null;
  return (
    <section class="card stack-small">
      <h2>{m.troubles}</h2>
      {troubles.some(({ code }) => code === "pdf-without-text") && <Notice tone="amber" title={m.scan} />}
      <ul class="kamer-troubles">
        {troubles
          .toSorted((a, b) => (a.weight === b.weight ? 0 : a.weight === "wrong" ? -1 : 1))
          .map(({ code, weight, place, about }, at) => (
            <li key={at}>
              <Tag tone={weight === "wrong" ? "amber" : "accent"}>{weight === "wrong" ? m.wrong : m.notice}</Tag>{" "}
              <span class="soft">{words.place(place)}:</span> {words[code](about)}
            </li>
          ))}
      </ul>
    </section>
  );
}

function Questions({ mending, change, m }: Omit<Props, "reading">): JSX.Element {
  const { twice, missing, empty, none } = stillWrong(mending);
  const set = (key: string, part: { readonly number?: number; readonly text?: string }): void =>
    change({ ...mending, questions: mending.questions.map((one) => (one.key === key ? { ...one, ...part } : one)) });
  return (
    <section class="card stack-medium">
      <h2>{m.questions}</h2>
      {none && <Notice tone="amber" title={m.none} />}
      {twice.length > 0 && <Notice tone="amber" title={m.twice(twice)} />}
      {missing.length > 0 && <Notice title={m.missing(missing)} />}
      {empty.length > 0 && <Notice tone="amber" title={m.empty(empty)} />}
      {mending.questions.map(({ key, number, text }) => (
        <div key={key} class="kamer-mend" data-twice={twice.includes(number) ? "" : undefined}>
          <Field
            label={m.number(number)}
            keyboard="numeric"
            narrow
            maxLength={3}
            value={String(number)}
            onInput={(typed) => set(key, { number: Number(/^\d{1,3}$/u.exec(typed)?.[0] ?? 0) })}
          />
          <TextArea label={m.words(number)} rows={3} value={text} onInput={(words) => set(key, { text: words })} />
          <Button look="quiet" size="small" icon="bin" onPress={() => change(removeQuestion(mending, key))}>
            {m.remove(number)}
          </Button>
        </div>
      ))}
      <div class="actions">
        <Button look="second" size="small" icon="pencil" onPress={() => change(addQuestion(mending))}>
          {m.add}
        </Button>
        {mending.questions.length > 1 && (
          <Button look="quiet" size="small" icon="list" onPress={() => change(renumber(mending))}>
            {m.renumber}
          </Button>
        )}
      </div>
    </section>
  );
}

function Unplaced({ mending, change, m }: Omit<Props, "reading">): JSX.Element {
  const choose = (at: number, value: string): void => {
    const place: LinePlace = value === "" ? null : value === "nowhere" ? "nowhere" : { to: value };
    change({ ...mending, lines: mending.lines.map((one, other) => (other === at ? place : one)) });
  };
  return (
    <section class="card stack-medium">
      <h2>{m.unplaced}</h2>
      <p>{m.unplacedText}</p>
      {mending.read.unplaced.map(({ text, place }, at) => {
        const now = mending.lines[at] ?? null;
        return (
          <div key={at} class="kamer-mend">
            <p class="kamer-quote">{text}</p>
            <Select
              label={m.place(place.line)}
              value={now === null ? "" : now === "nowhere" ? "nowhere" : now.to}
              options={[
                { value: "", label: m.undecided },
                ...mending.questions.map(({ key, number }) => ({ value: key, label: m.question(number) })),
                { value: "nowhere", label: m.nowhere },
              ]}
              onChoose={(value) => choose(at, value)}
            />
          </div>
        );
      })}
    </section>
  );
}

/** The words of the file, with what became of them: a question, not placed, or something else. */
function Source({ reading, m }: { readonly reading: Reading; readonly m: Messages }): JSX.Element | null {
  if (reading.text === "") return null;
  const pieces: JSX.Element[] = [];
  let done = 0;
  for (const { start, end, field } of reading.places.toSorted((a, b) => a.start - b.start)) {
    if (start < done) continue;
    if (start > done) pieces.push(<span key={done}>{reading.text.slice(done, start)}</span>);
    const kind = /\/questions\//u.test(field) ? "question" : /\/unplaced\//u.test(field) ? "unplaced" : null;
    const words = reading.text.slice(start, end);
    pieces.push(
      kind === null ? (
        <span key={start}>{words}</span>
      ) : (
        <mark key={start} class="kamer-mark" data-kind={kind}>
          {words}
        </mark>
      ),
    );
    done = end;
  }
  pieces.push(<span key="rest">{reading.text.slice(done)}</span>);
  return (
    <section class="card stack-small kamer-source" aria-label={m.source}>
      <h2>{m.source}</h2>
      <p class="soft small">{m.marked}</p>
      <div class="kamer-text" tabIndex={0} role="region" aria-label={m.source}>
        {pieces}
      </div>
    </section>
  );
}
