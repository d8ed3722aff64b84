/** One question: as it was asked, its draft, and beside it the evidence, facts, remarks and earlier answers. */
import { base64urlnopad } from "@scure/base";
import type { ComponentType, JSX } from "preact";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Button, Notice, SendForm, Skeleton } from "#services/interface/index.ts";
import { writeDraft, type QuestionView, type Text } from "#services/parliament/client/index.ts";
import type { RichText } from "#services/parliament/contract/rich-text.ts";
import type { EditorProps } from "#services/parliament/screens/editor/editor.tsx";
import { useKeptText } from "#services/parliament/screens/editor/kept-draft.ts";
import type { Written } from "#services/parliament/screens/editor/shared-text.ts";
import type { OpenEditor } from "#services/parliament/screens/editor/view.ts";
import { States } from "./board.tsx";
import { Comments } from "./comments.tsx";
import { Earlier } from "./earlier.tsx";
import { Evidence } from "./evidence.tsx";
import { AskedFacts } from "./facts.tsx";
import { History } from "./history.tsx";
import { may } from "./may.ts";
import type { PartProps } from "./set-actions.tsx";
import { Words } from "./words.tsx";

/** What the dossier has of a text, as the editor takes it. */
export const writtenOf = (dossier: string, { history }: Text): Written[] =>
  history.map(({ seq, words, editor }) => ({ entry: `${dossier} ${seq}`, words, update: editor === null ? null : base64urlnopad.decode(editor) }));

/** The editor is fetched when the first draft opens: no other page carries it. */
export function useEditor(): ComponentType<EditorProps> | null {
  const [editor, setEditor] = useState<{ readonly draw: ComponentType<EditorProps> } | null>(null);
  useEffect(() => {
    void import("#services/parliament/screens/editor/editor.tsx").then(({ default: draw }) => setEditor({ draw }));
  }, []);
  return editor?.draw ?? null;
}

interface Props extends PartProps {
  readonly question: QuestionView;
  readonly onNext: (() => void) | null;
}

const nothing: RichText = [];
/** How long after the last key the words are looked at, milliseconds. */
const pause = 400;

export function QuestionPage(props: Props): JSX.Element {
  const { handle, view, question, m, onNext } = props;
  const [editor, setEditor] = useState<OpenEditor | null>(null);
  const [typed, setTyped] = useState<RichText | null>(null);
  const writing = may(handle, "draft");
  return (
    <div class="kamer-beside">
      <div class="stack">
        <section class="card stack-small">
          <h2>{m.asked}</h2>
          <p class="kamer-quote" lang="nl">
            {question.question.text}
          </p>
          <States question={question} view={view} m={m} />
        </section>
        {writing ? (
          <DraftForm {...props} onOpen={setEditor} onWords={setTyped} />
        ) : (
          <section class="card stack-small">
            <p class="soft">{m.readOnly}</p>
            {question.draft.newest === null ? <p>{m.noWords}</p> : <Words words={question.draft.newest.words} />}
          </section>
        )}
        <Comments {...props} threads={question.comments} on={{ question: question.number }} />
        {onNext !== null && (
          <div class="actions">
            <Button look="quiet" icon="arrow" iconLast onPress={onNext}>
              {m.next}
            </Button>
          </div>
        )}
      </div>
      <div class="stack">
        <Evidence {...props} words={typed ?? question.draft.newest?.words ?? nothing} editor={writing ? editor : null} />
        <AskedFacts {...props} />
        <Earlier {...props} />
      </div>
    </div>
  );
}

interface DraftProps extends Props {
  readonly onOpen: (editor: OpenEditor) => void;
  /** The words as they are typed, after a pause. */
  readonly onWords: (words: RichText) => void;
}

function DraftForm({ handle, view, question, m, onChange, onOpen, onWords }: DraftProps): JSX.Element {
  const Editor = useEditor();
  const history = useMemo(() => writtenOf(handle.id, question.draft), [question]);
  const { draft, saving, resumed, changed, drop, discard } = useKeptText(`${handle.id} ${question.number}`, history);
  const [nothing, setNothing] = useState(false);
  const wait = useRef<ReturnType<typeof setTimeout> | null>(null);
  const look = useCallback(() => {
    if (wait.current !== null) clearTimeout(wait.current);
    wait.current = setTimeout(() => draft !== null && onWords(draft.words()), pause);
  }, [draft]);
  useEffect(() => {
    if (draft !== null) onWords(draft.words());
    return () => {
      if (wait.current !== null) clearTimeout(wait.current);
    };
  }, [draft]);
  // What was read when this text was opened: what comes in later was written at the same time.
  const seen = handle.view.lastSeq;
  const beside = question.draft.beside.length > 0;
  const answers = view.questions.map(({ number }) => number).filter((number) => number !== question.number);
  return (
    <section class="card stack-small">
      {beside && <Notice tone="amber" title={m.beside} />}
      {nothing && <Notice title={m.nothingNew} live />}
      {Editor === null || draft === null ? (
        <Skeleton lines={6} />
      ) : (
        <SendForm
          button={m.save}
          ready={() => {
            setNothing(!draft.changed && !beside);
            return draft.changed || beside;
          }}
          send={async () => {
            await writeDraft(handle, [{ question: question.number, words: draft.words(), editor: base64urlnopad.encode(draft.update()) }], seen);
            await drop();
            onChange();
          }}
        >
          <Editor
            label={m.draft(question.number)}
            draft={draft}
            saving={saving}
            resumed={resumed}
            answers={answers}
            onChange={() => {
              setNothing(false);
              changed();
              look();
            }}
            onOpen={onOpen}
          />
        </SendForm>
      )}
      {(resumed || saving === "kept") && (
        <Button look="quiet" size="small" icon="bin" onPress={() => void discard()}>
          {m.discard}
        </Button>
      )}
      <History text={question.draft} m={m} />
    </section>
  );
}

/** A text as one paragraph; for what is typed in a plain field. */
export const paragraphs = (text: string): RichText =>
  text
    .split(/\n\s*\n/u)
    .map((part) => part.trim().replaceAll(/\s*\n\s*/gu, " "))
    .filter((part) => part !== "")
    .map((part) => ({ kind: "paragraph", content: [{ kind: "words", text: part }] }));
