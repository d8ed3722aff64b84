/** Under a file: when it was taken in and stamped, in one quiet line; opened, everything that was written down of it and who has had it. Used by the list of files. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { DossierHandle, Evidence } from "#services/dossier/client/index.ts";
import type { GrantPayload } from "#services/dossier/contract/index.ts";
import { Button, ErrorState, Skeleton, useLanguage, useMessages, writeMoment, writeSize } from "#services/interface/index.ts";
import "./dossier.css";
import { en } from "./en.ts";
import { askNow, useEvidence } from "./kept-evidence.ts";
import { nl, type Messages } from "./nl.ts";

/** Nothing for a file without a record. */
export function EvidenceLine({ handle, item }: { readonly handle: DossierHandle; readonly item: string }): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const known = useEvidence(handle, item);
  const [open, setOpen] = useState(false);
  if (known === null) return null;
  const { evidence, stamps } = known;
  const { record, stamp, refused } = evidence;
  const w = m.evidence;
  const stamped = stamp !== null ? w.stamped(stamp.authority, writeMoment(language, stamp.at)) : refused ? w.refused : stamps ? w.waiting : "";
  return (
    <details class="evidence" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span>
          {w.taken(writeMoment(language, record.capturedAt))} {stamped}
        </span>
      </summary>
      {open && <Kept handle={handle} evidence={evidence} m={m} mayAsk={stamps && stamp === null} />}
    </details>
  );
}

interface KeptProps {
  readonly handle: DossierHandle;
  readonly evidence: Evidence;
  readonly m: Messages;
  readonly mayAsk: boolean;
}

function Kept({ handle, evidence: { record, stamp, entry, note }, m, mayAsk }: KeptProps): JSX.Element {
  const language = useLanguage();
  const w = m.evidence;
  const facts: readonly (readonly [string, string])[] = [
    [w.name, record.name],
    [w.size, writeSize(language, record.size)],
    [w.how, w.ways[record.how]],
    [w.url, record.from.url ?? ""],
    [w.account, record.from.account ?? ""],
    [w.platform, record.from.platform ?? ""],
    [w.clock, writeMoment(language, record.capturedAt)],
    [w.tool, record.tool],
    [w.stamp, stamp === null ? w.none : w.stampOf(stamp.authority, writeMoment(language, stamp.at), stamp.accuracy)],
  ];
  return (
    <div class="stack-small evidence-more">
      <dl class="facts">
        {facts.filter(([, value]) => value !== "").map(([label, value]) => [<dt key={`label-${label}`}>{label}</dt>, <dd key={label}>{value}</dd>])}
        <dt>{w.hash}</dt>
        <dd>
          <span class="code">{record.sha256}</span>
        </dd>
      </dl>
      {mayAsk && <AskStamp handle={handle} m={m} />}
      <p class="soft small">{w.proves}</p>
      <h4>{w.custody}</h4>
      <Custody handle={handle} entry={entry} item={note.item} m={m} />
    </div>
  );
}

/** Asking by hand, also for files of someone else. */
function AskStamp({ handle, m }: { readonly handle: DossierHandle; readonly m: Messages }): JSX.Element {
  const [busy, setBusy] = useState(false);
  const [later, setLater] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const ask = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const { waiting, problem } = await askNow(handle, "all");
      if (problem !== null && problem.code !== "unavailable" && problem.code !== "quota-reached") setError(problem);
      setLater(waiting > 0);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {error !== null && <ErrorState error={error} />}
      {later && error === null && (
        <p class="soft small" role="status">
          {m.evidence.later}
        </p>
      )}
      <div class="actions no-print">
        <Button look="second" size="small" icon="clock" busy={busy} onPress={() => void ask()}>
          {m.evidence.ask}
        </Button>
      </div>
    </>
  );
}

/** Whether a hand-over opens this file: the whole dossier, or the file itself. */
const opens = ({ keys }: GrantPayload, item: string): boolean =>
  keys.scope === "dossier" || (keys.scope === "items" && keys.items.some((one) => one.item === item));

interface CustodyLine {
  readonly at: string;
  readonly what: string;
}

async function custodyOf(handle: DossierHandle, entry: Evidence["entry"], item: string, m: Messages): Promise<CustodyLine[]> {
  const w = m.evidence;
  const { session } = handle;
  const nameOf = (person: string): string => {
    if (person === session.person.person) return m.you;
    if (person === handle.owner?.person) return m.owner;
    return handle.entries.find(({ header }) => header.author.person === person)?.author?.name ?? w.someone;
  };
  const received = await Promise.all(
    (await handle.readHandOvers())
      .filter(({ payload }) => opens(payload, item))
      .map(async ({ payload }): Promise<CustodyLine> => {
        if ("person" in payload.to) return { at: payload.at, what: w.ownKey(nameOf(payload.to.person)) };
        const desk = await session.trust.desk(payload.to.desk);
        return { at: payload.at, what: w.handed(nameOf(payload.by), desk.name, payload.until) };
      }),
  );
  const written = { at: entry.header.at, what: w.wrote(nameOf(entry.header.author.person)) };
  return [written, ...received].toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

function Custody({
  handle,
  entry,
  item,
  m,
}: {
  readonly handle: DossierHandle;
  readonly entry: Evidence["entry"];
  readonly item: string;
  readonly m: Messages;
}): JSX.Element {
  const language = useLanguage();
  const [lines, setLines] = useState<readonly CustodyLine[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let left = false;
    custodyOf(handle, entry, item, m).then(
      (found) => {
        if (!left) setLines(found);
      },
      (thrown: unknown) => {
        if (!left) setError(thrown);
      },
    );
    return () => {
      left = true;
    };
  }, [handle, entry.hash, item, m, handle.view.lastSeq]);
  if (error !== null) return <ErrorState error={error} />;
  if (lines === null) return <Skeleton lines={2} />;
  return (
    <ol class="evidence-custody">
      {lines.map(({ at, what }) => (
        <li key={`${at} ${what}`}>
          {what} <span class="soft">{writeMoment(language, at)}</span>
        </li>
      ))}
    </ol>
  );
}
