/** What is read: notices, the 112 line, who can read, steps, timeline, receipt, progress and the states every page has. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { safeFileName } from "#services/file-name/index.ts";
import { Button, ButtonLink, Link } from "./controls.tsx";
import { Icon, type IconName } from "./icons.tsx";
import { useLanguage, writeDay, writeTime } from "./language.ts";
import { useInterfaceMessages } from "./messages.ts";
import type { Mending } from "./nl.ts";
import { explain } from "./explain.ts";

/** A word to the reader. Red only for danger and for what cannot be undone. `live` is read out when it appears. */
export function Notice({
  tone = "info",
  title,
  live,
  children,
}: {
  readonly tone?: "info" | "amber" | "red";
  readonly title?: string | undefined;
  readonly live?: boolean | undefined;
  readonly children?: ComponentChildren;
}): JSX.Element {
  return (
    <div class="notice" data-tone={tone} role={live === true ? (tone === "red" ? "alert" : "status") : undefined}>
      <Icon name={tone === "info" ? "info" : "alert"} />
      <div class="notice-body">
        {title !== undefined && <p class="notice-title">{title}</p>}
        {children}
      </div>
    </div>
  );
}

/** Takes the focus when it appears: for what comes in the place of the button that was pressed, so that a keyboard or a reader aloud does not start anew at the top. */
export function Arrived({ children }: { readonly children: ComponentChildren }): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus({ preventScroll: true }), []);
  return (
    <div ref={place} class="arrived" tabIndex={-1}>
      {children}
    </div>
  );
}

/** "Is er nu gevaar? Bel dan eerst 112." with the number as a button. */
export function Emergency112(): JSX.Element {
  const m = useInterfaceMessages();
  return (
    <div class="emergency">
      <p>{m.danger}</p>
      <ButtonLink to="tel:112" look="emergency" size="small" icon="phone">
        {m.call112}
      </ButtonLink>
    </div>
  );
}

/** Someone who can read what is on this page. */
export interface Reader {
  readonly who: string;
  /** Why this person or desk can read it. */
  readonly reason: string;
  /** Since when, RFC 3339; left out for what has not happened yet. */
  readonly since?: string | undefined;
}

/** One sentence that says who can read this page now; opening it lists them with date and reason. */
export function LockLine({ sentence, readers }: { readonly sentence: string; readonly readers: readonly Reader[] }): JSX.Element {
  const m = useInterfaceMessages();
  const language = useLanguage();
  return (
    <details class="lock">
      <summary>
        <Icon name="lock" size={22} />
        <span class="lock-sentence">
          <span class="hidden-words">{m.whoReads} </span>
          {sentence}
        </span>
        <Icon name="down" size={20} class="chevron" />
      </summary>
      <ul class="lock-list">
        {readers.map((reader) => (
          <li key={reader.who}>
            <span class="who">{reader.who}</span>
            <span class="soft">
              {reader.reason}
              {reader.since !== undefined && ` (${m.since(writeDay(language, reader.since))})`}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Where one is in a wizard, with the names of all steps; steps that were done can be returned to. `now` counts from 0. */
export function Steps({
  names,
  now,
  onGo,
}: {
  readonly names: readonly string[];
  readonly now: number;
  readonly onGo?: ((step: number) => void) | undefined;
}): JSX.Element {
  const m = useInterfaceMessages();
  return (
    <nav class="steps" aria-label={m.stepOf(now + 1, names.length, names[now] ?? "")}>
      <p class="steps-now" aria-hidden="true">
        {m.stepOf(now + 1, names.length, names[now] ?? "")}
      </p>
      <ol class="steps-list">
        {names.map((name, index) => (
          <li
            key={name}
            class="steps-item"
            data-state={index < now ? "done" : index === now ? "now" : "later"}
            aria-current={index === now ? "step" : undefined}
          >
            {index < now && onGo !== undefined ? (
              <button type="button" onClick={() => onGo(index)}>
                {name}
              </button>
            ) : (
              <span>{name}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** One thing that happened. `own` entries stand right on wide screens. */
export interface TimelineItem {
  readonly key: string;
  /** RFC 3339. */
  readonly at: string;
  readonly icon: IconName;
  readonly who: string;
  readonly what: string;
  readonly own: boolean;
  readonly body?: ComponentChildren;
}

/** What happened, by day, oldest first unless the caller turned it. */
export function Timeline({ items }: { readonly items: readonly TimelineItem[] }): JSX.Element {
  const language = useLanguage();
  const rows: JSX.Element[] = [];
  let day = "";
  for (const item of items) {
    const itsDay = writeDay(language, item.at);
    if (itsDay !== day) {
      day = itsDay;
      rows.push(
        <li key={`day-${item.key}`}>
          <h3 class="timeline-day">{itsDay}</h3>
        </li>,
      );
    }
    rows.push(
      <li key={item.key} class="timeline-entry" data-own={item.own ? "" : undefined}>
        <span class="timeline-icon">
          <Icon name={item.icon} size={22} />
        </span>
        <div class="timeline-body">
          <p class="timeline-head">
            <strong>{item.what}</strong>
            <span class="soft">
              {item.who} · <time dateTime={item.at}>{writeTime(language, item.at)}</time>
            </span>
          </p>
          {item.body}
        </div>
      </li>,
    );
  }
  return <ol class="timeline">{rows}</ol>;
}

/** Copies a text; says that it did. The clipboard may refuse, then the words stay as they were. */
export function CopyButton({ text, label }: { readonly text: string; readonly label?: string | undefined }): JSX.Element {
  const m = useInterfaceMessages();
  const [done, setDone] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setDone(true);
    } catch {
      setDone(false);
    }
  };
  return (
    <Button look="second" size="small" icon={done ? "check" : "copy"} onPress={() => void copy()}>
      <span aria-live="polite">{done ? m.copied : (label ?? m.copy)}</span>
    </Button>
  );
}

/** Gives a text to the person as a file, made on this device. `name` may come from whoever sent the file: it is made safe here. */
export function saveFile(name: string, content: BlobPart, type = "text/plain;charset=utf-8"): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = safeFileName(name);
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A code to keep, in numbered groups, with copy, print and save. Designed to be printed alone. `fileName` must not tell what it is for. */
export function ReceiptCard({
  title,
  code,
  saved = code,
  fileName,
  children,
}: {
  readonly title: string;
  readonly code: string;
  /** What is copied and saved, where that is more than the code. */
  readonly saved?: string | undefined;
  readonly fileName: string;
  readonly children?: ComponentChildren;
}): JSX.Element {
  const m = useInterfaceMessages();
  const groups = code.split(/[\s-]+/);
  return (
    <section class="receipt" aria-label={title}>
      <h2>{title}</h2>
      <ol class="receipt-code">
        {groups.map((part, index) => (
          <li key={index} class="receipt-group">
            <span class="nr">{index + 1}</span>
            <span class="part">{part}</span>
          </li>
        ))}
      </ol>
      {children}
      <div class="actions no-print">
        <CopyButton text={saved} />
        <Button look="second" size="small" icon="print" onPress={() => print()}>
          {m.print}
        </Button>
        <Button look="second" size="small" icon="download" onPress={() => saveFile(fileName, `${saved}\n`)}>
          {m.download}
        </Button>
      </div>
    </section>
  );
}

/** How far something is, in a bar and in words. */
export function ProgressBar({
  label,
  done,
  all,
  words,
}: {
  readonly label: string;
  readonly done: number;
  readonly all: number;
  readonly words: string;
}): JSX.Element {
  return (
    <div class="progress">
      <progress max={all} value={done} aria-label={label} />
      <p class="progress-words">
        <span>{label}</span>
        <span>{words}</span>
      </p>
    </div>
  );
}

/** Grey lines in the shape of what is coming; read out as "Even geduld". */
export function Skeleton({ lines = 4 }: { readonly lines?: number }): JSX.Element {
  const m = useInterfaceMessages();
  return (
    <div class="skeleton" role="status">
      <span class="hidden-words">{m.loading}</span>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} aria-hidden="true" />
      ))}
    </div>
  );
}

/** Nothing yet: what will come here, and what to do. */
export function EmptyState({
  icon = "list",
  title,
  children,
}: {
  readonly icon?: IconName;
  readonly title: string;
  readonly children?: ComponentChildren;
}): JSX.Element {
  return (
    <div class="state">
      <Icon name={icon} size={36} />
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** What went wrong, where, and how to mend it. Takes whatever was thrown; never shows a code alone. */
export function ErrorState({
  error,
  where,
  onRetry,
}: {
  readonly error: unknown;
  readonly where?: string | undefined;
  readonly onRetry?: (() => void) | undefined;
}): JSX.Element {
  const m = useInterfaceMessages();
  const words: Mending = explain(error, m);
  const signedOut = words === m.problems["session-missing"];
  return (
    <Notice tone="amber" title={words.what} live>
      {where !== undefined && (
        <p>
          {m.where} {where}
        </p>
      )}
      <p>{words.mend}</p>
      <div class="actions">
        {signedOut && <Link to="/inloggen">{m.signIn}</Link>}
        {onRetry !== undefined && (
          <Button look="second" size="small" onPress={onRetry}>
            {m.tryAgain}
          </Button>
        )}
      </div>
    </Notice>
  );
}

/** A small word about a state: phase, term. */
export function Tag({
  tone,
  icon,
  children,
}: {
  readonly tone?: "accent" | "amber" | "red" | undefined;
  readonly icon?: IconName | undefined;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <span class="tag" data-tone={tone}>
      {icon !== undefined && <Icon name={icon} size={18} />}
      {children}
    </span>
  );
}
