/** /wie-las-mee: who held which key when, per dossier and over all, checked on this device; to print or keep. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Session } from "#services/directory/client/session.ts";
import { useSession } from "#services/directory/screens/session.ts";
import type { KeyEvent, KeyHistory, KeyHolder } from "#services/dossier/client/index.ts";
import { SignedOut } from "#services/dossier/screens/dossier-page.tsx";
import { loadKinds } from "#services/dossier/screens/kinds.ts";
import {
  Button,
  EmptyState,
  ErrorState,
  Notice,
  Page,
  ProgressBar,
  saveFile,
  Select,
  Timeline,
  useLanguage,
  useMessages,
  writeDay,
  type IconName,
  type Language,
} from "#services/interface/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

export default function KeyHistoryPage(): JSX.Element {
  const session = useSession();
  return session === null ? <SignedOut /> : <History key={session.person.person} session={session} />;
}

const names = (people: readonly KeyHolder[], language: Language): string =>
  new Intl.ListFormat(language, { type: "conjunction" }).format(people.map(({ name, office }) => (office === "" ? name : `${name} (${office})`)));

interface Words {
  readonly icon: IconName;
  readonly what: string;
  readonly lines: readonly string[];
  readonly people: readonly KeyHolder[];
}

/** An event in the words of the language in use. */
function wordsOf({ facts }: KeyEvent, m: Messages, language: Language): Words {
  const line = (...lines: string[]): readonly string[] => lines.filter((one) => one !== "");
  switch (facts.is) {
    case "handed-over":
      return {
        icon: "key",
        what: m.handedOver(facts.desk ?? (facts.own ? m.yourself : m.aPerson)),
        lines: line(facts.reads === "items" ? m.reads.items(facts.items) : m.reads[facts.reads], facts.until === null ? "" : m.until(facts.until)),
        people: facts.people,
      };
    case "consent":
      return { icon: "check", what: m.consent(facts.desk), lines: [m.until(facts.until)], people: [] };
    case "withdrawn":
      return { icon: "cross", what: m.withdrawn(facts.desk), lines: [], people: [] };
    case "desk-changed": {
      const { joined, left, recovered, recoverable } = facts;
      const said = line(
        joined.length === 0 ? "" : m.joined(names(joined, language)),
        left.length === 0 ? "" : m.left(names(left, language)),
        recovered ? m.recovered : "",
        recoverable.length === 0 ? "" : m.recoverable(names(recoverable, language)),
      );
      return { icon: "people", what: m.deskChanged(facts.desk), lines: said.length === 0 ? [m.renewed] : said, people: [] };
    }
    case "unlocks":
      return {
        icon: "lock",
        what: m.unlocks,
        lines: line(facts.kinds.map(({ kind, label }) => `${m.unlockKinds[kind] ?? kind} (${label})`).join(", "), facts.recovered ? m.afterRecovery : ""),
        people: [],
      };
    case "recovery-set":
      return { icon: "shield", what: m.recoverySet, lines: [names(facts.holders, language), m.hours(facts.hours)], people: [] };
    default:
      return { icon: "shield", what: m.recovery[facts.is], lines: line(facts.by === null ? "" : m.by(facts.by)), people: [] };
  }
}

function History({ session }: { readonly session: Session }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const [history, setHistory] = useState<KeyHistory | null>(null);
  const [progress, setProgress] = useState<readonly [number, number]>([0, 1]);
  const [chosen, setChosen] = useState("");
  const [error, setError] = useState<unknown>(null);
  const load = async (): Promise<void> => {
    setError(null);
    try {
      const [{ keyHistory }, { workflows }] = await Promise.all([import("#services/dossier/client/index.ts"), loadKinds()]);
      setHistory(await keyHistory(session, workflows, (done, all) => setProgress([done, all])));
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => void load(), [session]);
  const dossiers = new Map<string, string>();
  for (const { dossier, kind, at } of history?.events ?? [])
    if (dossier !== null && kind !== null) dossiers.set(dossier, m.dossier(m.kinds[kind], writeDay(language, at)));
  const events = (history?.events ?? []).filter(({ dossier }) => chosen === "" || (chosen === "own" ? dossier === null : dossier === chosen));
  const save = (): void =>
    saveFile(
      "lijst.txt",
      [m.title, "", ...events.flatMap((event) => textOf(event, m, language)), "", m.notTitle, ...m.not.map((one) => `- ${one}`), ""].join("\n"),
    );
  return (
    <Page title={m.title} lead={m.lead} lock={{ sentence: m.lock, readers: [{ who: m.lockReader, reason: m.lockReason }] }}>
      {error !== null && <ErrorState error={error} onRetry={() => void load()} />}
      {history === null && error === null && (
        <div role="status">
          <ProgressBar label={m.working} done={progress[0]} all={Math.max(1, progress[1])} words={`${progress[0]} / ${progress[1]}`} />
        </div>
      )}
      {history !== null && (
        <>
          <p class="soft small">
            {m.log(history.log.size)} {history.log.before === null ? m.firstLook : m.grown(history.log.before)}
          </p>
          {history.unread.length > 0 && <Notice tone="amber" title={m.unread(history.unread.length)} />}
          {history.events.length === 0 ? (
            <EmptyState icon="key" title={m.none}>
              <p>{m.noneText}</p>
            </EmptyState>
          ) : (
            <>
              <div class="no-print stack-small">
                <Select
                  label={m.choose}
                  value={chosen}
                  options={[
                    { value: "", label: m.everything },
                    ...(session.guest ? [] : [{ value: "own", label: m.own }]),
                    ...[...dossiers].map(([value, label]) => ({ value, label })),
                  ]}
                  onChoose={setChosen}
                />
                <div class="actions">
                  <Button look="second" size="small" icon="print" onPress={() => print()}>
                    {m.print}
                  </Button>
                  <Button look="second" size="small" icon="download" onPress={save}>
                    {m.save}
                  </Button>
                </div>
              </div>
              <h2>{m.events}</h2>
              <Timeline items={events.map((event) => itemOf(event, m, language, dossiers))} />
            </>
          )}
        </>
      )}
      <section class="section">
        <h2>{m.notTitle}</h2>
        <ul class="plain stack-small">
          {m.not.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      </section>
    </Page>
  );
}

function itemOf(event: KeyEvent, m: Messages, language: Language, dossiers: ReadonlyMap<string, string>) {
  const { icon, what, lines, people } = wordsOf(event, m, language);
  return {
    key: event.key,
    at: event.at,
    icon,
    what,
    who: event.dossier === null ? m.own : (dossiers.get(event.dossier) ?? ""),
    own: false,
    body: (
      <>
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
        {people.length > 0 && (
          <p>
            {m.people} {names(people, language)}.
          </p>
        )}
        <p class="soft small">{m.proofs[event.proof]}</p>
      </>
    ),
  };
}

function textOf(event: KeyEvent, m: Messages, language: Language): readonly string[] {
  const { what, lines, people } = wordsOf(event, m, language);
  return [
    `${event.at}  ${what}`,
    ...lines.map((line) => `    ${line}`),
    ...(people.length === 0 ? [] : [`    ${m.people} ${names(people, language)}`]),
    `    ${m.proofs[event.proof]} ${event.key}`,
  ];
}
