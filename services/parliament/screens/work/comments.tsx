/** Remarks and what was said to them: on an answer, on a part of the note, or on the whole set. Drawn by the pages of each. */
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, ErrorState, SendForm, TextArea, useLanguage, writeMoment } from "#services/interface/index.ts";
import { comment, type CommentThread, type Remark } from "#services/parliament/client/index.ts";
import { may } from "./may.ts";
import type { PartProps } from "./set-actions.tsx";

type Where = Pick<Remark, "question" | "part">;
interface Props extends Pick<PartProps, "handle" | "m" | "onChange"> {
  readonly threads: readonly CommentThread[];
  /** What a new remark is on; empty: the whole. */
  readonly on: Where;
  readonly title?: string;
  /** In words what a remark is on, where one list holds remarks on several. */
  readonly about?: (where: Where) => string;
  /** Above the form: what the new remark is on. */
  readonly choice?: ComponentChildren;
}

export function Comments({ handle, m, onChange, threads, on, title = m.comments, about, choice }: Props): JSX.Element | null {
  const writing = may(handle, "comment");
  if (!writing && threads.length === 0) return null;
  return (
    <section class="card stack-small">
      <h2>{title}</h2>
      {threads.length > 0 && (
        <ul class="kamer-comments">
          {threads.map((thread) => (
            <Thread key={thread.first.seq} thread={thread} handle={handle} m={m} onChange={onChange} writing={writing} about={about} />
          ))}
        </ul>
      )}
      {writing && choice}
      {writing && (
        <WordsForm label={m.comment} button={m.commentGo} send={async (text) => void (await comment(handle, { text, ...on }))} m={m} onChange={onChange} />
      )}
    </section>
  );
}

function Thread({
  thread: { first, replies, resolved },
  handle,
  m,
  onChange,
  writing,
  about,
}: Pick<Props, "handle" | "m" | "onChange"> & {
  readonly thread: CommentThread;
  readonly writing: boolean;
  readonly about: Props["about"] | undefined;
}): JSX.Element {
  const language = useLanguage();
  const [replying, setReplying] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { id, question, part, text, passage } = first.body;
  const short = text.slice(0, 60);
  const on: Where = { question, part };
  return (
    <li data-resolved={resolved ? "" : undefined}>
      <p class="soft small">
        {first.by.name}, {writeMoment(language, first.at)}
        {resolved && ` (${m.resolved})`}
      </p>
      {about !== undefined && (
        <p>
          <strong>{about(on)}</strong>
        </p>
      )}
      {passage !== null && (
        <p class="kamer-quote" lang="nl">
          {passage}
        </p>
      )}
      <p>{text}</p>
      {replies.map((reply) => (
        <p key={reply.seq} class="soft small">
          {reply.by.name}: {reply.body.text}
        </p>
      ))}
      {error !== null && <ErrorState error={error} />}
      {writing && !resolved && (
        <div class="actions">
          <Button look="quiet" size="small" icon="message" label={`${m.reply}: ${short}`} onPress={() => setReplying(!replying)}>
            {m.reply}
          </Button>
          <Button
            look="quiet"
            size="small"
            icon="check"
            label={`${m.resolve}: ${short}`}
            onPress={() => void comment(handle, { text: m.resolve, ...on, replyTo: id, resolves: id }).then(onChange, setError)}
          >
            {m.resolve}
          </Button>
        </div>
      )}
      {replying && (
        <WordsForm
          label={m.replyWords}
          button={m.replyGo}
          send={async (words) => void (await comment(handle, { text: words, ...on, replyTo: id }))}
          m={m}
          onChange={onChange}
        />
      )}
    </li>
  );
}

/** One text and one button, on the page itself. */
export function WordsForm({
  label,
  button,
  send,
  m,
  onChange,
}: {
  readonly label: string;
  readonly button: string;
  readonly send: (text: string) => Promise<void>;
  readonly m: Pick<PartProps["m"], "commentMissing">;
  readonly onChange: () => void;
}): JSX.Element {
  const [text, setText] = useState("");
  const [checked, setChecked] = useState(false);
  const missing = text.trim() === "";
  return (
    <SendForm
      button={button}
      ready={() => {
        setChecked(true);
        return !missing;
      }}
      send={async () => {
        await send(text.trim());
        onChange();
      }}
    >
      <TextArea label={label} rows={3} maxLength={20_000} value={text} error={checked && missing ? m.commentMissing : null} onInput={setText} />
    </SendForm>
  );
}
