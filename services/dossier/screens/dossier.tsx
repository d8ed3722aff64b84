/** One opened dossier: what happens now, what the reader may do, the story, who can read it, taking it away. A page of its own, or the panel beside a worklist. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Session } from "#services/directory/client/index.ts";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import type { Term } from "#services/dossier/contract/index.ts";
import {
  Arrived,
  Button,
  ButtonLink,
  EmptyState,
  ErrorState,
  Icon,
  Link,
  LockLine,
  Notice,
  Page,
  problemCode,
  Skeleton,
  Tag,
  useLanguage,
  useMessages,
  type Reader,
} from "#services/interface/index.ts";
import "./dossier.css";
import { en } from "./en.ts";
import { dossierFeet, loadKinds, type KindScreens } from "./kinds.ts";
import { en as holdEn } from "./holds/en.ts";
import { nl as holdNl, type Messages as HoldMessages } from "./holds/nl.ts";
import { useNews } from "./news.ts";
import { TermStory } from "./term-story.tsx";
import { nl, type Messages } from "./nl.ts";
import { lockOf, Readers, readersOf, type DossierReader } from "./readers.tsx";
import { Story } from "./story.tsx";
import { TakeAway } from "./take-away-panel.tsx";

/** A dossier with everything the page draws from. */
export interface OpenedDossier {
  readonly handle: DossierHandle;
  readonly kind: KindScreens;
  readonly readers: readonly DossierReader[];
}

async function open(session: Session, id: string): Promise<OpenedDossier> {
  const [kinds, { openDossier }] = await Promise.all([loadKinds(), import("#services/dossier/client/index.ts")]);
  const handle = await openDossier(session, id, kinds.workflows);
  const kind = kinds.of(handle.kind);
  if (kind === undefined) throw new Error(`no screens for ${handle.kind}`);
  return { handle, kind, readers: await readersOf(handle) };
}

interface DossierProps {
  readonly id: string;
  readonly session: Session;
  /** `page` draws a page with its heading; `panel` stands beside a list and takes the focus when it opens. */
  readonly frame: "page" | "panel";
  /** Told when the reader changed the dossier. */
  readonly onChange?: (() => void) | undefined;
}

/** Opens a dossier and draws it, whatever its kind. */
export function Dossier({ id, session, frame, onChange }: DossierProps): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const [opened, setOpened] = useState<OpenedDossier | null>(null);
  const [error, setError] = useState<unknown>(null);
  // How often the reader sent something since it was opened.
  const [sent, setSent] = useState(0);
  const [drawing, setDrawing] = useState(false);
  const load = async (): Promise<void> => {
    setError(null);
    try {
      setOpened(await open(session, id));
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => {
    setOpened(null);
    setSent(0);
    void load();
  }, [id, session]);
  if (error !== null) return <Refused error={error} m={m} frame={frame} desk={session.desks.length > 0} onRetry={() => void load()} />;
  if (opened === null || opened.handle.id !== id)
    return (
      <Frame frame={frame} title={m.opening} part="opening">
        <Skeleton lines={6} />
      </Frame>
    );
  const { handle, kind, readers } = opened;
  const { Actions } = kind;
  const draw = async (): Promise<void> => {
    try {
      await handle.refresh();
      setOpened({ handle, kind, readers: await readersOf(handle) });
      onChange?.();
    } catch (thrown) {
      setError(thrown);
    }
  };
  const lock = lockOf(readers, m, language, handle.keys.channels.has("main"));
  return (
    <Frame frame={frame} title={kind.title[language]} part={id} lock={lock}>
      <Now opened={opened} m={m} />
      {sent > 0 && (
        <Arrived key={sent}>
          <Notice title={m.sent} live />
        </Arrived>
      )}
      <News handle={handle} m={m} onShow={() => void draw()} />
      {/* Out of reach until the page is up to date: what someone opens meanwhile would close again. */}
      <div class="dossier-actions" inert={drawing}>
        <Actions
          key={handle.view.lastSeq}
          handle={handle}
          onChange={() => {
            setSent((times) => times + 1);
            setDrawing(true);
            void draw().finally(() => setDrawing(false));
          }}
        />
      </div>
      <section class="section">
        <h2>{m.story}</h2>
        <Story handle={handle} kind={kind} />
      </section>
      <Readers handle={handle} readers={readers} onChange={() => void draw()} />
      {dossierFeet().map((Foot) => (
        <Foot key={Foot.name} handle={handle} />
      ))}
      <TakeAway handle={handle} />
      {handle.keys.dossierKey !== null && <KeepLink handle={handle} />}
    </Frame>
  );
}

/** To the page of holds; for who has the whole dossier. */
function KeepLink({ handle }: { readonly handle: DossierHandle }): JSX.Element {
  const m = useMessages<HoldMessages>({ nl: holdNl, en: holdEn });
  return (
    <p class="soft small no-print">
      {handle.mine ? m.linkOwnerText : m.linkText} <Link to={`/dossier/${handle.id}/bewaren`}>{handle.mine ? m.linkOwner : m.link}</Link>
    </p>
  );
}

/** The next step, on top: phase in plain words, who waits for whom, until when. */
function Now({ opened: { handle, kind }, m }: { readonly opened: OpenedDossier; readonly m: Messages }): JSX.Element {
  const language = useLanguage();
  const { term, phase, roles, outside } = handle.view;
  return (
    <section class="card dossier-now" aria-label={m.now}>
      <h2>{m.now}</h2>
      <p class="lead">{kind.phase(phase, language, handle.mine)}</p>
      {term === null ? (
        <p class="soft">{m.noTerm}</p>
      ) : (
        <>
          <p>
            <strong>{roles.includes(term.waitsFor) ? m.yourTurn : m.turn(m.roles[term.waitsFor])}</strong>
          </p>
          <Due term={term} mine={handle.mine} m={m} />
          <TermStory handle={handle} m={m} />
        </>
      )}
      {outside !== undefined && <p class="soft">{m.outside(new Intl.ListFormat(language, { type: "disjunction" }).format(outside))}</p>}
    </section>
  );
}

/** Someone else wrote meanwhile. Nothing is drawn anew by itself: that would take away what the reader is typing. */
function News({ handle, m, onShow }: { readonly handle: DossierHandle; readonly m: Messages; readonly onShow: () => void }): JSX.Element | null {
  const [news, clear] = useNews(handle);
  if (!news) return null;
  return (
    <Notice title={m.news} live>
      <div class="actions">
        <Button
          look="second"
          size="small"
          onPress={() => {
            clear();
            onShow();
          }}
        >
          {m.showNews}
        </Button>
      </div>
    </Notice>
  );
}

function Due({ term, mine, m }: { readonly term: Term; readonly mine: boolean; readonly m: Messages }): JSX.Element {
  const late = term.overdue || Date.parse(term.due) < Date.now();
  if (!late)
    return (
      <p>
        <Tag tone="accent" icon="clock">
          {m.due(term.due)}
        </Tag>
      </p>
    );
  return (
    <Notice tone="amber">
      <p>{mine ? m.lateOwner(m.roles[term.waitsFor]) : m.lateDesk(term.due)}</p>
    </Notice>
  );
}

/** The page's frame, or the panel's: a heading that takes focus, the lock line, the content. */
function Frame({
  frame,
  title,
  part,
  lock,
  children,
}: {
  readonly frame: DossierProps["frame"];
  readonly title: string;
  readonly part: string;
  readonly lock?: { readonly sentence: string; readonly readers: readonly Reader[] };
  readonly children: ComponentChildren;
}): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (frame === "panel") heading.current?.focus({ preventScroll: true });
  }, [frame, part]);
  if (frame === "page")
    return (
      <Page title={title} part={part === "opening" ? undefined : part} lock={lock} width="wide">
        {children}
      </Page>
    );
  return (
    <article class="stack" aria-label={title}>
      <h2 ref={heading} tabIndex={-1} class="panel-title">
        {title}
      </h2>
      {lock !== undefined && <LockLine sentence={lock.sentence} readers={lock.readers} />}
      {children}
    </article>
  );
}

const tampered = new Set(["chain-broken", "digest-mismatch", "signature-invalid", "statement-mismatch"]);
const shut = new Set(["not-found", "grant-ended", "role-forbidden", "consent-expired", "consent-missing"]);

/** Tampering is said calmly and clearly; no access says who can give it; anything else as any other failure. */
function Refused({
  error,
  m,
  frame,
  desk,
  onRetry,
}: {
  readonly error: unknown;
  readonly m: Messages;
  readonly frame: DossierProps["frame"];
  readonly desk: boolean;
  readonly onRetry: () => void;
}): JSX.Element {
  const code = problemCode(error);
  if (code !== null && tampered.has(code))
    return (
      <Frame frame={frame} title={m.broken} part="broken">
        <Notice tone="red" title={m.brokenText} live>
          <p>{m.brokenMend}</p>
        </Notice>
      </Frame>
    );
  if (code !== null && shut.has(code))
    return (
      <Frame frame={frame} title={m.noAccess} part="shut">
        <EmptyState icon="lock" title={m.noAccessText}>
          <div class="actions">
            <ButtonLink to={desk ? "/werk" : "/terug"} look="second">
              {desk ? m.toWork : m.toMine}
            </ButtonLink>
          </div>
        </EmptyState>
      </Frame>
    );
  return (
    <Frame frame={frame} title={m.opening} part="failed">
      <ErrorState error={error} onRetry={onRetry} />
    </Frame>
  );
}

/** Nothing is open yet: stands where the panel will be. */
export function NothingOpen({ m }: { readonly m: Messages }): JSX.Element {
  return (
    <div class="state">
      <Icon name="list" size={36} />
      <p>
        <strong>{m.work.choose}</strong>
      </p>
      <p class="soft">{m.work.chooseText}</p>
    </div>
  );
}
