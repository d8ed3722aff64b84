/** The decision note, part by part, each in its own editor; handed to the dossier as one. */
import { base64urlnopad } from "@scure/base";
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Button, Notice, Select, SendForm, Skeleton } from "#services/interface/index.ts";
import { writeNote, type NotePartView } from "#services/parliament/client/index.ts";
import { noteSections } from "#services/parliament/contract/dossier.ts";
import type { NotePart } from "#services/parliament/contract/set.ts";
import { useKeptText, type KeptText } from "#services/parliament/screens/editor/kept-draft.ts";
import { Comments } from "./comments.tsx";
import { History } from "./history.tsx";
import { may } from "./may.ts";
import { useEditor, writtenOf } from "./question.tsx";
import type { PartProps } from "./set-actions.tsx";
import { Words } from "./words.tsx";

type Section = (typeof noteSections)[number];
/** A part in the order of the page; a fresh one has nothing in the dossier yet. */
type Part = Pick<NotePartView, "id" | "section" | "heading" | "questions"> & { readonly text: NotePartView["text"] };

const fresh = (section: Section, id: string): Part => ({
  id,
  section,
  heading: "",
  questions: [],
  text: { newest: null, history: [], beside: [], states: [] },
});
/** Every note has these (client/missing.ts). */
const always: readonly Section[] = ["occasion", "advised-decision", "core"];

function partsOf(parts: readonly NotePartView[]): Part[] {
  const there = new Set(parts.map(({ section }) => section));
  // The same id for everyone who begins the same part at the same time: they write one part, not two.
  return [...parts, ...always.filter((section) => !there.has(section)).map((section) => fresh(section, section))];
}

export function NotePage({ handle, view, m, onChange }: PartProps): JSX.Element {
  const [parts, setParts] = useState<readonly Part[]>(() => partsOf(view.note.parts));
  const [adding, setAdding] = useState("");
  const [nothing, setNothing] = useState(false);
  const held = useRef(new Map<string, KeptText>());
  const writing = may(handle, "note");
  const beside = view.note.parts.some(({ text }) => text.beside.length > 0);
  const order = parts.map(({ id }) => id).join(" ");
  const moved =
    order !==
    partsOf(view.note.parts)
      .map(({ id }) => id)
      .join(" ");
  const name = ({ section, heading }: Part): string => (heading === "" ? (m.sections[section] ?? section) : heading);
  if (!writing)
    return (
      <section class="stack-medium">
        <h2>{m.note}</h2>
        <p class="soft">{m.readOnly}</p>
        {view.note.parts.map((part) => (
          <section key={part.id} class="card stack-small">
            <h3>{name(part)}</h3>
            <Words words={part.text.newest?.words ?? []} />
            <History text={part.text} about={name(part)} m={m} />
          </section>
        ))}
        <NoteComments handle={handle} view={view} m={m} onChange={onChange} name={name} />
      </section>
    );
  const changedParts = (): (readonly [Part, KeptText])[] =>
    parts.flatMap((part): (readonly [Part, KeptText])[] => {
      const kept = held.current.get(part.id);
      const isNew = part.text.newest === null && always.includes(part.section) === false;
      return kept?.draft !== null && kept !== undefined && (kept.draft.changed || part.text.beside.length > 0 || isNew) ? [[part, kept] as const] : [];
    });
  const send = async (): Promise<void> => {
    const changed = changedParts();
    const written = changed.flatMap(([{ id, section, heading, questions }, { draft }]): NotePart[] =>
      draft === null ? [] : [{ id, section, heading, questions: [...questions], words: draft.words(), editor: base64urlnopad.encode(draft.update()) }],
    );
    const there = new Set([...view.note.parts.map(({ id }) => id), ...written.map(({ id }) => id)]);
    await writeNote(
      handle,
      written,
      parts.map(({ id }) => id).filter((id) => there.has(id)),
    );
    for (const [, kept] of changed) await kept.drop();
    onChange();
  };
  const add = (section: string): void => {
    const wanted = noteSections.find((one) => one === section);
    if (wanted === undefined) return;
    const taken = new Set(parts.map(({ id }) => id));
    let id: string = wanted;
    for (let number = 2; taken.has(id); number++) id = `${wanted}-${number}`;
    setParts([...parts, fresh(wanted, id)]);
    setAdding("");
  };
  const down = (id: string): void => {
    const at = parts.findIndex((part) => part.id === id);
    const [part, next] = [parts[at], parts[at + 1]];
    if (part !== undefined && next !== undefined) setParts(parts.toSpliced(at, 2, next, part));
  };
  return (
    <section class="stack-medium">
      <h2>{m.note}</h2>
      <p>{m.noteText}</p>
      {beside && <Notice tone="amber" title={m.beside} />}
      {nothing && <Notice title={m.nothingNew} live />}
      <SendForm
        button={m.saveNote}
        ready={() => {
          const some = changedParts().length > 0 || moved;
          setNothing(!some);
          return some;
        }}
        send={send}
      >
        {parts.map((part, at) => (
          <PartForm
            key={part.id}
            dossier={handle.id}
            part={part}
            name={name(part)}
            answers={view.questions.map(({ number }) => number)}
            held={held.current}
            m={m}
          >
            <div class="actions">
              {at + 1 < parts.length && (
                <Button look="quiet" size="small" icon="down" onPress={() => down(part.id)}>
                  {m.partDown(name(part))}
                </Button>
              )}
              <Button look="quiet" size="small" icon="bin" onPress={() => setParts(parts.filter(({ id }) => id !== part.id))}>
                {m.partOut(name(part))}
              </Button>
            </div>
          </PartForm>
        ))}
        <div class="kamer-add">
          <Select
            label={m.whichPart}
            value={adding}
            options={[{ value: "", label: m.choose }, ...noteSections.map((section) => ({ value: section, label: m.sections[section] ?? section }))]}
            onChoose={setAdding}
          />
          <Button look="second" size="small" onPress={() => add(adding)}>
            {m.addPart}
          </Button>
        </div>
      </SendForm>
      <NoteComments handle={handle} view={view} m={m} onChange={onChange} name={name} />
    </section>
  );
}

/** Remarks on the note, each with the part it is on; a new one says first which. */
function NoteComments({ handle, view, m, onChange, name }: PartProps & { readonly name: (part: Part) => string }): JSX.Element | null {
  const [chosen, setChosen] = useState("");
  const { parts, comments } = view.note;
  const part = parts.find(({ id }) => id === chosen) ?? parts[0];
  const called = (id: string | null): string => {
    const one = parts.find((other) => other.id === id);
    return one === undefined ? m.partGone : name(one);
  };
  if (part === undefined && comments.length === 0) return null;
  return (
    <Comments
      handle={handle}
      m={m}
      onChange={onChange}
      threads={comments}
      on={{ part: part?.id ?? null }}
      title={m.noteComments}
      about={({ part: id = null }) => called(id)}
      choice={
        part !== undefined && (
          <Select label={m.commentOn} value={part.id} options={parts.map((other) => ({ value: other.id, label: name(other) }))} onChoose={setChosen} />
        )
      }
    />
  );
}

function PartForm({
  dossier,
  part,
  name,
  answers,
  held,
  m,
  children,
}: {
  readonly dossier: string;
  readonly part: Part;
  readonly name: string;
  readonly answers: readonly number[];
  readonly held: Map<string, KeptText>;
  readonly m: PartProps["m"];
  readonly children: ComponentChildren;
}): JSX.Element {
  const Editor = useEditor();
  const history = useMemo(() => writtenOf(`${dossier} ${part.id}`, part.text), [part]);
  const kept = useKeptText(`${dossier} note ${part.id}`, history);
  held.set(part.id, kept);
  useEffect(() => () => void held.delete(part.id), []);
  const { draft, saving, resumed, changed, discard } = kept;
  return (
    <section class="card stack-small">
      {Editor === null || draft === null ? (
        <Skeleton lines={4} />
      ) : (
        <Editor label={name} draft={draft} saving={saving} resumed={resumed} answers={answers} onChange={changed} />
      )}
      {(resumed || saving === "kept") && (
        <Button look="quiet" size="small" icon="bin" label={`${m.discard}: ${name}`} onPress={() => void discard()}>
          {m.discard}
        </Button>
      )}
      <History text={part.text} about={name} m={m} />
      {children}
    </section>
  );
}
