/** The editor of a draft: toolbar, text, and what is kept. Drawn by the page of a question and of the note; ProseMirror itself is fetched when the first editor opens. */
import type { EditorState } from "prosemirror-state";
import type { JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Saving } from "#services/dossier/screens/kept-draft.ts";
import { Button, ErrorState, Field, Select, Skeleton, useMessages } from "#services/interface/index.ts";
import { hasMark, inList, keys, linkAt, mark, setLink, toggleList } from "./commands.ts";
import type { Draft } from "./draft.ts";
import "./editor.css";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { isLink } from "./rich-text.ts";
import type { OpenEditor } from "./view.ts";

export interface EditorProps {
  readonly label: string;
  readonly draft: Draft;
  readonly saving: Saving;
  readonly resumed: boolean;
  /** Questions whose answer can be pointed to. */
  readonly answers: readonly number[];
  readonly onChange: () => void;
  /** Given the editor when it is there: for what is put in from beside it (a figure). */
  readonly onOpen?: ((editor: OpenEditor) => void) | undefined;
}

export default function DraftEditor({ label, draft, saving, resumed, answers, onChange, onOpen }: EditorProps): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const place = useRef<HTMLDivElement>(null);
  const bar = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<OpenEditor | null>(null);
  const [state, setState] = useState<EditorState | null>(null);
  const [error, setError] = useState<unknown>(null);
  const hint = useId();
  // The page gives a new function at each drawing; the editor stays.
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => {
    let open: OpenEditor | null = null;
    let gone = false;
    const start = async (): Promise<void> => {
      const { openEditor } = await import("./view.ts");
      if (gone || place.current === null) return;
      open = openEditor(place.current, draft, {
        label,
        describedBy: hint,
        onState: setState,
        onChange: () => latest.current(),
        onLeave: () => bar.current?.querySelector<HTMLElement>("[tabindex='0']")?.focus(),
      });
      setEditor(open);
      setState(open.state);
      onOpen?.(open);
    };
    start().catch(setError);
    return () => {
      gone = true;
      open?.close();
    };
  }, [draft]);
  return (
    <div class="draft-editor">
      <p class="field-label" aria-hidden="true">
        {label}
      </p>
      {error !== null && <ErrorState error={error} />}
      {editor === null && error === null && <Skeleton lines={4} />}
      {editor !== null && state !== null && <Toolbar editor={editor} state={state} answers={answers} bar={bar} m={m} />}
      <div ref={place} />
      <p id={hint} class="soft small draft-keys">
        {m.keys}
      </p>
      {resumed && <p class="soft small">{m.resumed}</p>}
      <p class="soft small" role="status">
        {m.saving[saving]}
      </p>
    </div>
  );
}

type Ask = "link" | "answer" | "note";

function Toolbar({
  editor,
  state,
  answers,
  bar,
  m,
}: {
  readonly editor: OpenEditor;
  readonly state: EditorState;
  readonly answers: readonly number[];
  readonly bar: { current: HTMLDivElement | null };
  readonly m: Messages;
}): JSX.Element {
  const [ask, setAsk] = useState<Ask | null>(null);
  const [at, setAt] = useState(0);
  const run = (name: string) => (): void => {
    const command = keys[name];
    if (command !== undefined) editor.run(command);
  };
  const tools: readonly { readonly name: string; readonly pressed?: boolean; readonly press: () => void }[] = [
    { name: m.strong, pressed: hasMark(state, mark("strong")), press: run("Mod-b") },
    { name: m.emphasis, pressed: hasMark(state, mark("emphasis")), press: run("Mod-i") },
    { name: m.bullets, pressed: inList(state, false), press: () => editor.run(toggleList(false)) },
    { name: m.numbers, pressed: inList(state, true), press: () => editor.run(toggleList(true)) },
    { name: m.link, pressed: linkAt(state) !== "", press: () => setAsk("link") },
    ...(answers.length === 0 ? [] : [{ name: m.answer, press: () => setAsk("answer") }]),
    { name: m.note, press: () => setAsk("note") },
    { name: m.undo, press: run("Mod-z") },
    { name: m.redo, press: run("Mod-y") },
  ];
  const move = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const to = event.key === "Home" ? 0 : event.key === "End" ? tools.length - 1 : (at + step + tools.length) % tools.length;
    if (step === 0 && event.key !== "Home" && event.key !== "End") return;
    event.preventDefault();
    setAt(to);
    bar.current?.querySelectorAll<HTMLElement>("button")[to]?.focus();
  };
  return (
    <>
      <div ref={bar} class="draft-tools" role="toolbar" aria-label={m.toolbar} onKeyDown={move}>
        {tools.map(({ name, pressed, press }, place) => (
          <button
            key={name}
            type="button"
            class="draft-tool"
            tabIndex={place === at ? 0 : -1}
            aria-pressed={pressed === undefined ? undefined : pressed ? "true" : "false"}
            onFocus={() => setAt(place)}
            onClick={press}
          >
            {name}
          </button>
        ))}
      </div>
      {ask !== null && <AskFor key={ask} ask={ask} editor={editor} state={state} answers={answers} m={m} onDone={() => setAsk(null)} />}
    </>
  );
}

/** What a tool must know first: an address, a number, a text. */
function AskFor({
  ask,
  editor,
  state,
  answers,
  m,
  onDone,
}: {
  readonly ask: Ask;
  readonly editor: OpenEditor;
  readonly state: EditorState;
  readonly answers: readonly number[];
  readonly m: Messages;
  readonly onDone: () => void;
}): JSX.Element {
  const [text, setText] = useState(ask === "link" ? linkAt(state) : ask === "answer" ? String(answers[0] ?? "") : "");
  const [checked, setChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>("input, select")?.focus(), []);
  const wrong = ask === "link" ? text.trim() !== "" && !isLink(text.trim()) : ask === "note" && text.trim() === "";
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setChecked(true);
    if (wrong) return;
    onDone();
    if (ask === "link") editor.run(setLink(text.trim()));
    else if (ask === "answer") editor.insertAnswer(Number(text));
    else editor.insertNote(text.trim());
  };
  const leave = (): void => {
    onDone();
    editor.focus();
  };
  return (
    <form
      ref={form}
      class="draft-ask"
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === "Escape") leave();
      }}
    >
      {ask === "link" && (
        <Field label={m.linkLabel} hint={m.linkHint} maxLength={2000} value={text} error={checked && wrong ? m.linkWrong : null} onInput={setText} />
      )}
      {ask === "answer" && (
        <Select
          label={m.answerLabel}
          value={text}
          options={answers.map((number) => ({ value: String(number), label: m.answerOption(number) }))}
          onChoose={setText}
        />
      )}
      {ask === "note" && <Field label={m.noteLabel} maxLength={4000} value={text} error={checked && wrong ? m.noteWrong : null} onInput={setText} />}
      <div class="actions">
        <Button type="submit" size="small">
          {ask === "link" ? m.change : m.insert}
        </Button>
        <Button look="quiet" size="small" onPress={leave}>
          {m.cancel}
        </Button>
      </div>
    </form>
  );
}
