/** Who can read a dossier now, by the names in signed rosters, and taking a consent back. Used by the dossier page. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import type { DossierRole } from "#services/dossier/contract/index.ts";
import {
  Button,
  Dialog,
  ErrorState,
  Notice,
  useLanguage,
  useMessages,
  writeDay,
  useInterfaceMessages,
  type Language,
  type Reader,
} from "#services/interface/index.ts";
import "./dossier.css";
import { en } from "./en.ts";
import { loadKinds } from "./kinds.ts";
import { nl, type Messages } from "./nl.ts";

/** One person or desk that holds keys of a dossier. */
export interface DossierReader {
  readonly key: string;
  /** Name in the verified roster; null for a person who reads it as themselves: see `self`. */
  readonly name: string | null;
  readonly role: DossierRole;
  /** Whether this is who looks at the page. */
  readonly self: boolean;
  /** What the key opens; `own`: it is this person's dossier. Words of the language in use are put to it when it is drawn: see {@link inWords}. */
  readonly reads: "own" | "dossier" | "channel" | "items";
  readonly since: string;
  readonly until: string | null;
  /** Hash of the consent it rests on, when it rests on one that still stands. */
  readonly consent: string | null;
}

/** Everyone with a key, each once, by their newest way in: what was ended and given again stands as it is now. @throws Problem signature-invalid when a desk's roster does not verify. */
export async function readersOf(handle: DossierHandle): Promise<DossierReader[]> {
  const { session, view, consents } = handle;
  const all = await Promise.all(
    view.participants.map(async (one): Promise<DossierReader> => {
      const standing = consents.find(({ hash, withdrawn }) => hash === one.consent && withdrawn === null);
      const base = { role: one.role, since: one.since, until: one.until, consent: standing?.hash ?? null };
      if (one.desk === null) {
        const self = one.person === session.person.person;
        return { ...base, key: one.person ?? one.role, name: null, self, reads: "own" };
      }
      const desk = await session.trust.desk(one.desk);
      const member = one.person === null ? null : desk.roster.members.find(({ person }) => person === one.person);
      const name = member === null || member === undefined ? desk.name : `${member.name}, ${desk.name}`;
      return { ...base, key: `${one.desk}${one.person ?? ""}${one.scope}`, name, self: false, reads: one.scope };
    }),
  );
  return [...new Map(all.map((one) => [one.key, one])).values()];
}

/** A reader's name and what they read, in the words of the language in use. */
export function inWords({ name, self, reads }: DossierReader, m: Messages): { readonly name: string; readonly reason: string } {
  const reasons = { own: m.ownerReason, dossier: m.whole, channel: m.channel, items: m.items } as const;
  return { name: name ?? (self ? m.you : m.owner), reason: reasons[reads] };
}

/** What the lock line says and lists. @param whole whether the reader has the keys of the whole dossier */
export function lockOf(
  readers: readonly DossierReader[],
  m: Messages,
  language: Language,
  whole: boolean,
): { readonly sentence: string; readonly readers: readonly Reader[] } {
  return {
    sentence: lockSentence(readers, m, language, whole),
    readers: readers.map((reader) => {
      const { name, reason } = inWords(reader, m);
      return { who: name, reason, since: reader.since };
    }),
  };
}

/** The one sentence of the lock line. A reader of a part (`whole` false) does not see everyone who can read the rest, so the sentence says only what is true of them. */
function lockSentence(readers: readonly DossierReader[], m: Messages, language: Language, whole: boolean): string {
  const names = [...new Set(readers.map((reader) => (reader.self ? m.you.toLowerCase() : inWords(reader, m).name)))];
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
        {readers
          .map((reader) => [reader, inWords(reader, m)] as const)
          .map(([reader, { name, reason }]) => (
            <li key={reader.key}>
              <div>
                <p>
                  <strong>{name}</strong>
                </p>
                <p class="soft small">
                  {[
                    `${reason.replace(/\.$/, "")}, ${frame.since(writeDay(language, reader.since))}.`,
                    reader.until === null ? "" : m.readers.until(reader.until),
                    handle.mine && reader.consent !== null ? m.readers.consent : "",
                  ]
                    .filter((part) => part !== "")
                    .join(" ")}
                </p>
              </div>
              {handle.mine && reader.consent !== null && (
                <Button look="second" size="small" label={`${m.readers.withdraw}: ${name}`} onPress={() => setAsked(reader)}>
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
            setDone(inWords(asked, m).name);
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
  const words = useMessages<Messages>({ nl, en });
  const m = words.readers;
  const frame = useInterfaceMessages();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const go = async (): Promise<void> => {
    if (reader.consent === null) return;
    setBusy(true);
    setError(null);
    try {
      const own = (await loadKinds()).of(handle.kind)?.revoke;
      const desk = handle.consents.find(({ hash }) => hash === reader.consent)?.to.desk;
      if (own !== undefined && desk !== undefined) await own(handle, desk);
      else {
        const { withdrawConsent } = await import("#services/dossier/client/index.ts");
        await withdrawConsent(handle.session, handle.id, reader.consent);
      }
      onDone();
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };
  return (
    <Dialog open title={m.confirmTitle} onClose={onClose}>
      <p>{m.confirm(inWords(reader, words).name)}</p>
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
