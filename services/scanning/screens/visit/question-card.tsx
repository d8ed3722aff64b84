/** One question at the kitchen table: its answer in one tap, pass over, note, photo, why it is asked, and what the answer brings up. Used by the sections of a domain. */
import { memo } from "preact/compat";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Question } from "#registers/questions/index.ts";
import { sources } from "#registers/sources/index.ts";
import { Button, Choice, Field, Icon, Tag, TextArea, useMessages } from "#services/interface/index.ts";
import { skipReasons, type Answer, type AnswerValue } from "#services/scanning/contract/index.ts";
import type { FoundFinding } from "#services/scanning/questions/index.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import { afterFrame } from "./after-frame.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import type { NotedFinding, PhotoNote } from "./notes.ts";
import { PhotoButtons, PhotoStrip, useRemovePhoto } from "./photos.tsx";

/** What the adviser can do with a proposed finding. */
export interface Proposal {
  readonly found: FoundFinding;
  readonly taken: NotedFinding | null;
  readonly left: boolean;
}

export interface QuestionCardProps {
  readonly question: Question;
  readonly answer: Answer | null;
  /** The answer comes from a visit that was sent before. */
  readonly earlier: boolean;
  readonly photos: readonly PhotoNote[];
  readonly proposals: readonly Proposal[];
  readonly onAnswer: (question: string, value: AnswerValue, note: string) => void;
  readonly onClear: (question: string) => void;
  readonly onPropose: (found: FoundFinding, what: "take" | "reword" | "leave" | "show") => void;
}

/** Drawn again only when something of this question changed: a section has many. */
export const QuestionCard = memo(
  PlainCard,
  (a, b) =>
    a.question === b.question && a.answer === b.answer && a.earlier === b.earlier && same(a.photos, b.photos) && sameProposals(a.proposals, b.proposals),
);
const same = <T,>(a: readonly T[], b: readonly T[]): boolean => a.length === b.length && a.every((one, at) => one === b[at]);
const sameProposals = (a: readonly Proposal[], b: readonly Proposal[]): boolean =>
  a.length === b.length &&
  a.every((one, at) => {
    const other = b[at];
    return (
      other !== undefined &&
      one.found.id === other.found.id &&
      one.taken === other.taken &&
      one.left === other.left &&
      one.found.reason.answer === other.found.reason.answer
    );
  });

/** An answer on its way to the notes; null within it: taken back. */
interface Held {
  readonly answer: Pick<Answer, "value" | "note"> | null;
}

function PlainCard(props: QuestionCardProps): JSX.Element {
  const { question, answer, earlier, photos, proposals, onAnswer, onClear, onPropose } = props;
  const m = useMessages<Messages>({ nl, en });
  const [noting, setNoting] = useState(false);
  const removePhoto = useRemovePhoto();
  // What was just given, until the notes have it: the card shows it in the next frame, and all that hangs on it is drawn after.
  const [held, setHeld] = useState<Held | null>(null);
  const newest = useRef<Held | null>(null);
  const hold = (next: Held, tell: () => void): void => {
    newest.current = next;
    setHeld(next);
    afterFrame(() => {
      // A later letter or tap takes this one's place, so that nothing older is ever put back under a finger.
      if (newest.current !== next) return;
      tell();
      setHeld(null);
    });
  };
  const shown = held === null ? answer : held.answer;
  const value = shown?.value ?? null;
  const note = shown?.note ?? "";
  // The row of tools follows the notes, not the finger: it moves everything below it, and that is not what the tap waits for.
  const kept = answer !== null;
  const skipped = typeof value === "object" && value !== null ? value.skipped : null;
  const write = (next: AnswerValue, words: string): void => hold({ answer: { value: next, note: words } }, () => onAnswer(question.id, next, words));
  const give = (next: AnswerValue): void => write(next, note);
  const clear = (): void => hold({ answer: null }, () => onClear(question.id));
  return (
    <article class="visit-question" data-answered={value === null ? undefined : ""} aria-label={question.text}>
      <AnswerField question={question} value={value} onGive={give} onClear={clear} />
      {question.kind !== "photo" && <PhotoStrip photos={photos} onRemove={removePhoto} />}
      {question.kind === "photo" && (
        <>
          <div class="actions actions-tight">
            <PhotoButtons question={question.id} />
          </div>
          <PhotoStrip photos={photos} onRemove={removePhoto} />
        </>
      )}
      {value !== null && (noting || note !== "") && (
        <TextArea label={m.noteOf} rows={2} maxLength={6_000} value={note} onInput={(text) => write(value, text)} />
      )}
      <div class="visit-row">
        <div class="visit-skips" role="group" aria-label={m.skip}>
          {skipReasons.map((reason) => (
            <button
              key={reason}
              type="button"
              class="visit-skip"
              aria-pressed={skipped === reason}
              aria-label={m.skipOf(m.skips[reason], question.text)}
              onClick={() => (skipped === reason ? clear() : give({ skipped: reason }))}
            >
              {skipped === reason && <Icon name="check" size={18} />}
              {m.skips[reason]}
            </button>
          ))}
        </div>
        <div class="visit-tools">
          {!noting && note === "" && kept && (
            <Button look="quiet" size="small" icon="pencil" label={`${m.addNote}: ${question.text}`} onPress={() => setNoting(true)}>
              {m.addNote}
            </Button>
          )}
          {question.kind !== "photo" && <PhotoButtons question={question.id} label={question.text} small />}
          {kept && !earlier && question.kind !== "photo" && (
            <Button look="quiet" size="small" label={m.clearOf(question.text)} onPress={clear}>
              {m.clear}
            </Button>
          )}
          {earlier && <Tag icon="clock">{m.fromBefore}</Tag>}
        </div>
      </div>
      <details class="visit-why">
        <summary>{m.why}</summary>
        <p lang="nl">{question.help}</p>
        <p class="soft small">{m.source(sources.get(question.source)?.title ?? question.source, question.where)}</p>
      </details>
      {proposals.map((proposal) => (
        <ProposalLine key={proposal.found.id} proposal={proposal} onPropose={onPropose} />
      ))}
    </article>
  );
}

function AnswerField({
  question,
  value,
  onGive,
  onClear,
}: {
  readonly question: Question;
  readonly value: AnswerValue | null;
  readonly onGive: (value: AnswerValue) => void;
  readonly onClear: () => void;
}): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  switch (question.kind) {
    case "yes-no":
      return (
        <Choice
          legend={question.text}
          legendLanguage="nl"
          columns={2}
          options={[
            { value: "yes", title: m.yes },
            { value: "no", title: m.no },
          ]}
          value={value === "yes" || value === "no" ? value : null}
          onChoose={onGive}
        />
      );
    case "choice":
      return (
        <Choice
          legend={question.text}
          legendLanguage="nl"
          columns={2}
          options={(question.choices ?? []).map(({ id, text }) => ({ value: id, title: text, language: "nl" }))}
          value={typeof value === "string" ? value : null}
          onChoose={onGive}
        />
      );
    case "number":
      return <NumberField question={question} value={typeof value === "number" ? value : null} onGive={onGive} onClear={onClear} />;
    case "text":
      return (
        <TextArea
          label={question.text}
          labelLanguage="nl"
          rows={3}
          maxLength={6_000}
          value={typeof value === "string" ? value : ""}
          onInput={(text) => (text.trim() === "" ? onClear() : onGive(text))}
        />
      );
    case "photo":
      return (
        <p class="choice-legend" lang="nl">
          {question.text}
        </p>
      );
  }
}

/** A whole number; what is typed stays on the screen while it is none. */
function NumberField({
  question,
  value,
  onGive,
  onClear,
}: {
  readonly question: Question;
  readonly value: number | null;
  readonly onGive: (value: number) => void;
  readonly onClear: () => void;
}): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [typed, setTyped] = useState(value === null ? "" : String(value));
  useEffect(() => {
    if (value !== null) setTyped(String(value));
  }, [value]);
  const { min = 0, max = 9_999 } = question;
  const number = /^\d{1,6}$/.test(typed.trim()) ? Number(typed) : null;
  const wrong = typed.trim() !== "" && (number === null || number < min || number > max);
  return (
    <Field
      label={question.unit === undefined ? question.text : `${question.text} (${question.unit})`}
      labelLanguage="nl"
      narrow
      keyboard="numeric"
      value={typed}
      error={wrong ? m.between(min, max) : null}
      onInput={(text) => {
        setTyped(text);
        const next = /^\d{1,6}$/.test(text.trim()) ? Number(text) : null;
        if (next !== null && next >= min && next <= max) onGive(next);
        else if (value !== null) onClear();
      }}
    />
  );
}

function ProposalLine({
  proposal: { found, taken, left },
  onPropose,
}: {
  readonly proposal: Proposal;
  readonly onPropose: QuestionCardProps["onPropose"];
}): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const { observation } = found;
  if (left)
    return (
      <p class="visit-proposal-left soft small">
        {m.left}: <span lang="nl">{observation}</span>{" "}
        <button type="button" class="link" aria-label={m.leftBackOf(observation)} onClick={() => onPropose(found, "show")}>
          {m.leftBack}
        </button>
      </p>
    );
  return (
    <section class="visit-proposal" data-taken={taken === null ? undefined : ""} aria-label={taken === null ? m.found : m.taken}>
      <p class="row">
        <strong>{taken === null ? m.found : m.taken}</strong>
        <Tag tone={found.seriousness === "high" ? "amber" : undefined}>{shared.seriousness[taken?.seriousness ?? found.seriousness]}</Tag>
      </p>
      <p lang="nl">{taken?.observation ?? observation}</p>
      <p class="soft small">{m.because(found.reason.question, found.reason.answer)}</p>
      <div class="actions actions-tight">
        {taken === null && (
          <Button size="small" icon="check" label={m.takeOf(observation)} onPress={() => onPropose(found, "take")}>
            {m.take}
          </Button>
        )}
        <Button look="second" size="small" icon="pencil" label={m.rewordOf(observation)} onPress={() => onPropose(found, "reword")}>
          {m.reword}
        </Button>
        {taken === null && (
          <Button look="quiet" size="small" label={m.leaveOf(observation)} onPress={() => onPropose(found, "leave")}>
            {m.leave}
          </Button>
        )}
      </div>
    </section>
  );
}
