/** /dossier/:id: what happens now, the story so far, who can read it, and what the reader may do. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useSession } from "#services/directory/screens/session.ts";
import type { Session } from "#services/directory/client/index.ts";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import {
  ButtonLink,
  EmptyState,
  ErrorState,
  Notice,
  Page,
  problemCode,
  saveFile,
  Button,
  Skeleton,
  Tag,
  Timeline,
  useLanguage,
  useMessages,
  type PageProps,
  type Reader,
} from "#services/interface/index.ts";
import { en } from "./en.ts";
import { loadKinds, type KindScreens } from "./kinds.ts";
import { nl, type Messages } from "./nl.ts";

interface Opened {
  readonly handle: DossierHandle;
  readonly kind: KindScreens;
  readonly readers: readonly Reader[];
}

/** Everyone with a key, by the name in the desk's verified roster. */
async function readersOf(handle: DossierHandle, m: Messages): Promise<Reader[]> {
  const reasons = { dossier: m.whole, channel: m.channel, items: m.items } as const;
  return await Promise.all(
    handle.view.participants.map(async ({ desk, since, scope, role }): Promise<Reader> => {
      if (desk === null) return { who: m.owner, reason: m.ownerReason, since };
      const { name } = await handle.session.trust.desk(desk);
      return { who: role === "expert" ? `${name} (1)` : name, reason: reasons[scope], since };
    }),
  );
}

async function open(session: Session, id: string, m: Messages): Promise<Opened> {
  const [kinds, { openDossier }] = await Promise.all([loadKinds(), import("#services/dossier/client/index.ts")]);
  const handle = await openDossier(session, id, kinds.workflows);
  const kind = kinds.of(handle.kind);
  if (kind === undefined) throw new Error(`no screens for ${handle.kind}`);
  return { handle, kind, readers: await readersOf(handle, m) };
}

export default function DossierPage({ parameters }: PageProps): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const session = useSession();
  return session === null ? <SignedOut m={m} /> : <Dossier id={parameters["id"] ?? ""} session={session} />;
}

/** The page for whoever is not signed in. */
export function SignedOut({ m }: { readonly m: Messages }): JSX.Element {
  return (
    <Page title={m.signIn} lead={m.signInText}>
      <div class="actions">
        <ButtonLink to="/inloggen">{m.goSignIn}</ButtonLink>
        <ButtonLink to="/terug" look="second">
          {m.withCode}
        </ButtonLink>
      </div>
    </Page>
  );
}

/** One dossier; stands alone as a page and beside the worklist. */
export function Dossier({ id, session, onChange }: { readonly id: string; readonly session: Session; readonly onChange?: () => void }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = async (): Promise<void> => {
    setError(null);
    try {
      setOpened(await open(session, id, m));
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => {
    setOpened(null);
    void load();
  }, [id, session]);
  if (error !== null) return <Broken error={error} m={m} onRetry={() => void load()} />;
  if (opened === null || opened.handle.id !== id)
    return (
      <Page title={m.opening}>
        <Skeleton lines={6} />
      </Page>
    );
  const { handle, kind, readers } = opened;
  const { Actions } = kind;
  const others = new Set(handle.view.participants.flatMap(({ desk }) => (desk === null || session.desks.includes(desk) ? [] : [desk])));
  const changed = (): void => {
    void load();
    onChange?.();
  };
  return (
    <Page title={kind.title[language]} lock={{ sentence: m.lock(others.size), readers }} width="wide" part={id}>
      <section class="card stack-small" aria-label={m.now}>
        <h2>{m.now}</h2>
        <p class="lead">{kind.phase(handle.view.phase, language)}</p>
        {handle.view.term !== null && (
          <p>
            <Tag tone={handle.view.term.overdue ? "amber" : "accent"} icon="clock">
              {handle.view.term.overdue ? m.late : m.due(handle.view.term.due)}
            </Tag>
          </p>
        )}
      </section>
      <Actions key={handle.view.lastSeq} handle={handle} onChange={changed} />
      <section class="section stack-small">
        <h2>{m.story}</h2>
        <Story opened={opened} m={m} />
      </section>
    </Page>
  );
}

function Story({ opened: { handle, kind }, m }: { readonly opened: Opened; readonly m: Messages }): JSX.Element {
  const language = useLanguage();
  const { Entry } = kind;
  return (
    <Timeline
      items={handle.entries.map((entry) => ({
        key: entry.hash,
        at: entry.received,
        icon: entry.header.attachments.length > 0 ? "file" : entry.header.author.desk === null ? "message" : "people",
        who:
          entry.header.author.person === handle.session.person.person
            ? m.you
            : entry.author === null
              ? m.owner
              : `${entry.author.name}, ${entry.author.office}`,
        what: kind.entryName(entry.header.kind, language),
        own: entry.header.author.person === handle.session.person.person,
        body: (
          <div class="stack-small">
            {entry.readable ? <Entry handle={handle} entry={entry} /> : <p class="soft">{m.closed}</p>}
            <Button
              look="quiet"
              size="small"
              icon="download"
              onPress={() => void handle.readReceipt(entry).then((receipt) => saveFile("bewijs.json", JSON.stringify(receipt, null, 2), "application/json"))}
            >
              {m.proof}
            </Button>
          </div>
        ),
      }))}
    />
  );
}

/** Tampering is said calmly and clearly; anything else as any other failure. */
function Broken({ error, m, onRetry }: { readonly error: unknown; readonly m: Messages; readonly onRetry: () => void }): JSX.Element {
  const code = problemCode(error);
  if (code !== "chain-broken" && code !== "digest-mismatch" && code !== "signature-invalid")
    return (
      <Page title={m.opening}>
        <ErrorState error={error} onRetry={onRetry} />
      </Page>
    );
  return (
    <Page title={m.broken}>
      <Notice tone="red" title={m.broken} live>
        <p>{m.brokenText}</p>
      </Notice>
      <EmptyState icon="lock" title={m.broken} />
    </Page>
  );
}
