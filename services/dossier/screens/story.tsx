/** The story of a dossier as a timeline, each entry drawn by its kind, each with its proof of receipt. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { DossierEntry, DossierHandle } from "#services/dossier/client/index.ts";
import { Button, ErrorState, saveFile, Timeline, useLanguage, useMessages, type IconName } from "#services/interface/index.ts";
import { en } from "./en.ts";
import type { KindScreens } from "./kinds.ts";
import { nl, type Messages } from "./nl.ts";

const iconOf = (entry: DossierEntry, kind: KindScreens): IconName =>
  kind.entryIcon?.(entry.header.kind) ?? (entry.header.author.desk === null ? "message" : "people");

/** Oldest first; the reader's own entries stand right on wide screens. */
export function Story({ handle, kind }: { readonly handle: DossierHandle; readonly kind: KindScreens }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const { Entry } = kind;
  const self = handle.session.person.person;
  const nameOf = (entry: DossierEntry): string => {
    if (entry.header.author.person === self) return m.you;
    // Who opened a ministry's set did so for their desk: it is about nobody.
    if (entry.author === null) return entry.header.author.role === "policy-officer" ? m.opener : m.owner;
    return [entry.author.name, entry.author.office].filter((part) => part !== "").join(", ");
  };
  return (
    <Timeline
      items={handle.entries.map((entry) => ({
        key: entry.hash,
        at: entry.received,
        icon: iconOf(entry, kind),
        who: nameOf(entry),
        what: kind.entryName(entry.header.kind, language),
        own: entry.header.author.person === self,
        body: (
          <>
            {entry.readable ? <Entry handle={handle} entry={entry} /> : <p class="soft">{m.closed}</p>}
            <Proof handle={handle} entry={entry} what={kind.entryName(entry.header.kind, language)} />
          </>
        ),
      }))}
    />
  );
}

function Proof({ handle, entry, what }: { readonly handle: DossierHandle; readonly entry: DossierEntry; readonly what: string }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      saveFile(`bewijs-${entry.seq}.json`, `${JSON.stringify(await handle.readReceipt(entry), null, 2)}\n`, "application/json");
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {error !== null && <ErrorState error={error} />}
      <div class="dossier-foot no-print">
        <Button look="quiet" size="small" icon="download" busy={busy} label={`${m.proof}: ${what}`} onPress={() => void save()}>
          {m.proof}
        </Button>
      </div>
    </>
  );
}
