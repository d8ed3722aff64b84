/** What both pages show: what is and is not learnt, and the form for one value. For this folder. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Field, Icon, type Language, Notice, Select, SendForm, TextArea } from "#services/interface/index.ts";
import type { Answer } from "#services/signalling/client/same-actor.ts";
import { actorKinds, platforms, spell, type ActorKind, type ActorValue, type Platform } from "#services/signalling/contract/actor-values.ts";
import type { Others } from "#services/signalling/contract/same-actor.ts";
import "#services/signalling/screens/signal.css";
import type { Messages } from "./nl.ts";

/** In plain words, above everything one can press. */
export function Learnt({
  m,
  team = false,
}: {
  readonly m: Messages;
  /** Said to the person whose dossier it is: the team learns it. */ readonly team?: boolean;
}): JSX.Element {
  const { learnt } = m;
  const lists = [
    { title: team ? learnt.teamTitle : learnt.yesTitle, lines: learnt.yes, icon: "check" },
    { title: learnt.noTitle, lines: learnt.no, icon: "lock" },
    { title: learnt.serverTitle, lines: learnt.server, icon: "info" },
  ] as const;
  return (
    <section class="stack-medium">
      {lists.map(({ title, lines, icon }) => (
        <div key={title} class="stack-small">
          <h2 class="same-actor-title">
            <Icon name={icon} />
            <span>{title}</span>
          </h2>
          <ul class="words">
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      ))}
      <p class="soft">{learnt.careful}</p>
      <p class="soft">{learnt.limit}</p>
    </section>
  );
}

/** `2026-11` as "november 2026". */
export const writeMonth = (language: Language, month: string): string =>
  new Intl.DateTimeFormat(language, { month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(`${month}-01T00:00:00Z`));

/** A compared value as a person would name it: an account with its platform in words. */
export function nameOf({ kind, shown }: Pick<Answer, "kind" | "shown">, m: Messages): string {
  const at = shown.indexOf(":");
  const platform = platforms.find((one) => one === shown.slice(0, Math.max(0, at)));
  return kind === "account" && platform !== undefined ? `${shown.slice(at + 1)}, ${m.platforms[platform]}` : shown;
}

/** The step a count falls in, as a sentence that is read out when it comes. */
export function Outcome({ answer, m }: { readonly answer: Answer; readonly m: Messages }): JSX.Element {
  return (
    <Notice title={m.others[answer.others]} tone={answer.others === "none" ? "info" : "amber"} live>
      <p>{nameOf(answer, m)}</p>
    </Notice>
  );
}

/** Whether a count asks for attention. */
export const hits = (others: Others): boolean => others !== "none";

const valueOf = (kind: ActorKind, platform: Platform, text: string): ActorValue =>
  kind === "account" ? { kind, platform, handle: text } : { kind, value: text };

/** The field's own words for what cannot be compared; null when it can. */
function wrongIn(kind: ActorKind, platform: Platform, text: string, m: Messages): string | null {
  try {
    spell(valueOf(kind, platform, text));
    return null;
  } catch {
    return m.wrong[kind];
  }
}

const isKind = (text: string): text is ActorKind => actorKinds.some((kind) => kind === text);
const isPlatform = (text: string): text is Platform => platforms.some((platform) => platform === text);

/** One value at a time: its kind, where it is, what it is. `send` gives what it came to. */
export function ValueForm({
  m,
  button,
  send,
}: {
  readonly m: Messages;
  readonly button: string;
  readonly send: (value: ActorValue) => Promise<Answer | undefined>;
}): JSX.Element {
  const [kind, setKind] = useState<ActorKind>("account");
  const [platform, setPlatform] = useState<Platform>("x");
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const ready = (): boolean => {
    setAnswer(null);
    const found = wrongIn(kind, platform, text, m);
    setWrong(found);
    return found === null;
  };
  const go = async (): Promise<void> => {
    setAnswer((await send(valueOf(kind, platform, text))) ?? null);
    setText("");
  };
  const field = { label: m.value[kind], hint: m.hint[kind], value: text, onInput: setText, error: wrong, spellcheck: false };
  return (
    <>
      <SendForm button={button} ready={ready} send={go}>
        <Select
          label={m.kind}
          value={kind}
          options={actorKinds.map((value) => ({ value, label: m.kinds[value] }))}
          onChoose={(value) => isKind(value) && (setWrong(null), setKind(value))}
        />
        {kind === "account" && (
          <Select
            label={m.platform}
            value={platform}
            options={platforms.map((value) => ({ value, label: m.platforms[value] }))}
            onChoose={(value) => isPlatform(value) && setPlatform(value)}
          />
        )}
        {kind === "text" ? <TextArea {...field} rows={5} /> : <Field {...field} type={kind === "phone" ? "tel" : kind === "email" ? "email" : "text"} />}
      </SendForm>
      {answer !== null && <Outcome answer={answer} m={m} />}
    </>
  );
}
