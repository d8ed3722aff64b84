/** Who can read a dossier now, by the names in signed rosters, and taking a consent back. Used by the dossier page. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import type { DossierRole } from "#services/dossier/contract/index.ts";
import { Button, Dialog, ErrorState, Notice, useLanguage, useMessages, writeDay, useInterfaceMessages, type Language } from "#services/interface/index.ts";
import "./dossier.css";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

/** One person or desk that holds keys of a dossier. */
export interface DossierReader {
  readonly key: string;
  /** Name in the verified roster; "U" for the reader. */
  readonly name: string;
  readonly role: DossierRole;
  readonly self: boolean;
  readonly reason: string;
  readonly since: string;
  readonly until: string | null;
  /** Hash of the consent it rests on, when it rests on one that still stands. */
  readonly consent: string | null;
}

/** Everyone with a key, each once. @throws Problem signature-invalid when a desk's roster does not verify. */
export async function readersOf(handle: DossierHandle, m: Messages): Promise<DossierReader[]> {
  const { session, view, consents } = handle;
  const reasons = { dossier: m.whole, channel: m.channel, items: m.items } as const;
  const all = await Promise.all(
    view.participants.map(async (one): Promise<DossierReader> => {
      const standing = consents.find(({ hash, withdrawn }) => hash === one.consent && withdrawn === null);
      const base = { role: one.role, since: one.since, until: one.until, consent: standing?.hash ?? null };
      if (one.desk === null) {
        const self = one.person === session.person.person;
        return { ...base, key: one.person ?? one.role, name: self ? m.you : m.owner, self, reason: m.ownerReason };
      }
      const desk = await session.trust.desk(one.desk);
      const member = one.person === null ? null : desk.roster.members.find(({ person }) => person === one.person);
      const name = member === null || member === undefined ? desk.name : `${member.name}, ${desk.name}`;
      return { ...base, key: `${one.desk}${one.person ?? ""}${one.scope}`, name, self: false, reason: reasons[one.scope] };
    }),
  );
  return all.filter((one, place) => all.findIndex(({ key }) => key === one.key) === place);
}

/** The one sentence of the lock line. A reader of a part (`whole` false) does not see everyone who can read the rest, so the sentence says only what is true of them. */
export function lockSentence(readers: readonly DossierReader[], m: Messages, language: Language, whole: boolean): string {
  const names = [...new Set(readers.map(({ name, self }) => (self ? m.you.toLowerCase() : name)))];
  if (!whole) return m.lockPart(new Intl.ListFormat(language, { type: "conjunction" }).format(names));
  return names.length > 3 ? m.lockMany(names.length) : m.lockNames(new Intl.ListFormat(language, { type: "conjunction" }).format(names));
}

/** The list at the foot of the page; the owner can take consents back here. */
export function Readers({
  handle,
  readers,
  onChange,
}: {
  readonly handle: DossierHandle;
  readonly readers: readonly DossierReader[];
  readonly onChange: () => void;
}): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const frame = useInterfaceMessages();
  const language = useLanguage();
  const [asked, setAsked] = useState<DossierReader | null>(null);
  const [done, setDone] = useState<string | null>(null);
  return (
    <section class="section">
      <h2>{m.readers.title}</h2>
      {done !== null && <Notice title={m.readers.withdrawn(done)} live />}
      <ul class="dossier-readers">
        {readers.map((reader) => (
          <li key={reader.key}>
            <div>
              <p>
                <strong>{reader.name}</strong>
              </p>
              <p class="soft small">
                {[
                  `${reader.reason.replace(/\.$/, "")}, ${frame.since(writeDay(language, reader.since))}.`,
                  reader.until === null ? "" : m.readers.until(reader.until),
                  handle.mine && reader.consent !== null ? m.readers.consent : "",
                ]
                  .filter((part) => part !== "")
                  .join(" ")}
              </p>
            </div>
            {handle.mine && reader.consent !== null && (
              <Button look="second" size="small" label={`${m.readers.withdraw}: ${reader.name}`} onPress={() => setAsked(reader)}>
                {m.readers.withdraw}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {asked !== null && (
        <Withdrawal
          handle={handle}
          reader={asked}
          onClose={() => setAsked(null)}
          onDone={() => {
            setDone(asked.name);
            setAsked(null);
            onChange();
          }}
        />
      )}
    </section>
  );
}

function Withdrawal({
  handle,
  reader,
  onClose,
  onDone,
}: {
  readonly handle: DossierHandle;
  readonly reader: DossierReader;
  readonly onClose: () => void;
  readonly onDone: () => void;
}): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).readers;
  const frame = useInterfaceMessages();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const go = async (): Promise<void> => {
    if (reader.consent === null) return;
    setBusy(true);
    setError(null);
    try {
      const { withdrawConsent } = await import("#services/dossier/client/index.ts");
      await withdrawConsent(handle.session, handle.id, reader.consent);
      onDone();
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };
  return (
    <Dialog open title={m.confirmTitle} onClose={onClose}>
      <p>{m.confirm(reader.name)}</p>
      <Notice tone="amber">
        <p>{m.stays}</p>
      </Notice>
      {error !== null && <ErrorState error={error} />}
      <div class="actions">
        <Button look="final" busy={busy} onPress={() => void go()}>
          {m.withdraw}
        </Button>
        <Button look="quiet" onPress={onClose}>
          {frame.cancel}
        </Button>
      </div>
    </Dialog>
  );
}
