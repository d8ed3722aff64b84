/** Opens one dossier for the pages that work on it: signed out, loading, refused, or open with the line that says who can read it. The services say which kind, and in which words it is refused. */
import type { ComponentType, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Session } from "#services/directory/client/index.ts";
import { useSession } from "#services/directory/screens/session.ts";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { ButtonLink, EmptyState, ErrorState, Page, problemCode, Skeleton, useLanguage, useMessages, type Reader } from "#services/interface/index.ts";
import { SignedOut } from "./dossier-page.tsx";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { lockOf, readersOf, type DossierReader } from "./readers.tsx";

/** An opened dossier as a page gets it. */
export interface OpenedDossierPage {
  readonly session: Session;
  readonly handle: DossierHandle;
  readonly lock: { readonly sentence: string; readonly readers: readonly Reader[] };
  /** Grows with every reading; a key for what must be drawn anew. */
  readonly version: number;
  /** Reads the dossier again. */
  readonly reload: () => Promise<void>;
}

/** Words of a dossier that is not, or no longer, with this reader. */
export type RefusalWords = Pick<Messages, "noAccess" | "noAccessText" | "toWork" | "toMine">;

interface Props {
  readonly id: string;
  readonly title: string;
  /** Opens a dossier of the kind the page is for. */
  readonly open: (session: Session, id: string) => Promise<DossierHandle>;
  /** The dossier page's own words when left out. */
  readonly words?: RefusalWords | undefined;
  readonly Draw: ComponentType<OpenedDossierPage>;
}

/** Codes that mean: not, or no longer, with this reader. */
export const shut: ReadonlySet<string> = new Set(["not-found", "grant-ended", "role-forbidden", "consent-expired", "consent-missing"]);

/** Draws `Draw` with the opened dossier, or the state that stands in its place. */
export function WithDossier(props: Props): JSX.Element {
  const session = useSession();
  return session === null ? <SignedOut /> : <Opening key={session.person.person} {...props} session={session} />;
}

/** What was read; the words of the lock line are put to it when it is drawn, in the language of that moment. */
type Held = Omit<OpenedDossierPage, "reload" | "session" | "lock"> & { readonly readers: readonly DossierReader[] };

function Opening({ id, title, open, words, Draw, session }: Props & { readonly session: Session }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const [held, setHeld] = useState<Held | null>(null);
  const [error, setError] = useState<unknown>(null);
  const hold = async (handle: DossierHandle): Promise<void> => {
    const readers = await readersOf(handle);
    setHeld((before) => ({ handle, version: (before?.version ?? 0) + 1, readers }));
  };
  const load = async (): Promise<void> => {
    setError(null);
    try {
      await hold(await open(session, id));
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => void load(), [id, session]);
  if (error !== null) return <Refused error={error} title={title} words={words ?? m} desk={session.desks.length > 0} onRetry={() => void load()} />;
  if (held === null)
    return (
      <Page title={title}>
        <Skeleton lines={6} />
      </Page>
    );
  const reload = async (): Promise<void> => {
    try {
      await held.handle.refresh();
      await hold(held.handle);
    } catch (thrown) {
      setError(thrown);
    }
  };
  const { handle, version, readers } = held;
  const lock = lockOf(readers, m, language, handle.keys.channels.has("main"));
  return <Draw handle={handle} version={version} lock={lock} session={session} reload={reload} />;
}

/** What stands in the place of a dossier that did not open. */
export function Refused({
  error,
  title,
  words,
  desk,
  onRetry,
}: {
  readonly error: unknown;
  readonly title: string;
  readonly words: RefusalWords;
  readonly desk: boolean;
  readonly onRetry: () => void;
}): JSX.Element {
  const code = problemCode(error);
  if (code === null || !shut.has(code))
    return (
      <Page title={title} part="failed">
        <ErrorState error={error} onRetry={onRetry} />
      </Page>
    );
  return (
    <Page title={words.noAccess} part="shut">
      <EmptyState icon="lock" title={words.noAccessText}>
        <div class="actions">
          <ButtonLink to={desk ? "/werk" : "/terug"} look="second">
            {desk ? words.toWork : words.toMine}
          </ButtonLink>
        </div>
      </EmptyState>
    </Page>
  );
}
