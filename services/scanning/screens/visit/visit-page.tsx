/** /bezoek/:id: a whole visit at the kitchen table, with or without a connection. Everything is written to the device, sealed, at once, and sent when the adviser says so. */
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { toBase64Url } from "@rugdekking/seal";
import { keptPersonOf, type Session } from "#services/directory/client/index.ts";
import type { DeviceBox } from "#services/directory/client/kept-browser.ts";
import { useSession } from "#services/directory/screens/session.ts";
import {
  Button,
  ButtonLink,
  EmptyState,
  ErrorState,
  Icon,
  Notice,
  Page,
  problemCode,
  saveFile,
  Skeleton,
  useLanguage,
  useMessages,
  useStore,
  type Language,
  type PageProps,
} from "#services/interface/index.ts";
import { en as dossierEn } from "#services/dossier/screens/en.ts";
import { nl as dossierNl } from "#services/dossier/screens/nl.ts";
import { openScan, packVisit, sealVisitFile, withLock, type SentVisit, type VisitPack } from "#services/scanning/client/index.ts";
import { riskDomains, type Answer } from "#services/scanning/contract/index.ts";
import { evaluate, openSet, QuestionError, type AnswerBook, type Evaluation, type ReadySet } from "#services/scanning/questions/index.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { HouseEditor } from "#services/scanning/screens/house/index.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import { lockOf, readersOf } from "#services/dossier/screens/readers.tsx";
import { Refused, shut } from "#services/scanning/screens/opened.tsx";
import { PartsNav } from "#services/scanning/screens/parts-nav.tsx";
import { useGoing } from "./after-frame.ts";
import { useBook, useTurn, type Book } from "./book.ts";
import { Differences } from "./differences.tsx";
import { DomainPart, type Known } from "./domain.tsx";
import { en } from "./en.ts";
import { Finish } from "./finish.tsx";
import { boxOf, readVisit, writeHandle, writePack, type VisitOnDevice } from "./kept.ts";
import { Locked } from "./locked.tsx";
import { nl, type Messages } from "./nl.ts";
import { choose, differences, isNoted, knownAnswers, placed, type Notes, type Part } from "./notes.ts";
import { useOnline } from "./online.ts";
import { Overview } from "./overview.tsx";
import { ShelfOfPage } from "./photos.tsx";
import "./visit.css";

export default function VisitPage({ parameters }: PageProps): JSX.Element {
  const session = useSession();
  const id = parameters["id"] ?? "";
  return session === null ? <Locked /> : <Opening key={`${session.person.person} ${id}`} id={id} session={session} />;
}

interface Opened {
  readonly box: DeviceBox;
  readonly found: VisitOnDevice;
}

/** Codes that mean: no server now, or not signed in there. The visit goes on from the device. */
const away = new Set(["unavailable", "session-missing", "session-expired"]);

function Opening({ id, session }: { readonly id: string; readonly session: Session }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const dossierWords = useMessages({ nl: dossierNl, en: dossierEn });
  const language = useLanguage();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [kept, setPack] = useState<VisitPack | null>(null);
  // Who can read, once it was asked: the pack keeps the sentence in the language of its day, for when there is no connection.
  const [lock, setLock] = useState<((words: typeof dossierNl, language: Language) => ReturnType<typeof lockOf>) | null>(null);
  const pack = useMemo(() => (kept === null || lock === null ? kept : withLock(kept, lock(dossierWords, language))), [kept, lock, language]);
  const [error, setError] = useState<unknown>(null);
  const [sent, setSent] = useState<SentVisit | null>(null);
  /** Keeps a pack; a full disk is said by the notes, which are what matters. */
  const keep = async (box: DeviceBox, fresh: VisitPack): Promise<void> => {
    setPack(fresh);
    await writePack(box, fresh).catch(() => undefined);
  };
  const prepare = async (box: DeviceBox): Promise<void> => {
    const handle = await openScan(session, id);
    const readers = await readersOf(handle);
    const say = (words: typeof dossierNl, inLanguage: Language): ReturnType<typeof lockOf> =>
      lockOf(readers, words, inLanguage, handle.keys.channels.has("main"));
    await keep(box, await packVisit(handle, say(dossierWords, language)));
    setLock(() => say);
    try {
      await box.keepPerson(await keptPersonOf(session));
      if (session.handle !== null) await writeHandle(box, session.handle);
    } catch {
      // The overview says that the lock is not on the device yet.
    }
  };
  const load = async (): Promise<void> => {
    setError(null);
    try {
      const box = await boxOf(session);
      const found = await readVisit(box, id);
      setPack(found.pack);
      setOpened({ box, found });
      await prepare(box);
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => void load(), [id]);
  const code = problemCode(error);
  if (sent !== null) return <Done id={id} sent={sent} pack={pack} />;
  if (pack === null || opened === null) {
    if (error === null)
      return (
        <Page title={m.title}>
          <Skeleton lines={6} />
        </Page>
      );
    if (code === null || !away.has(code)) return <Refused error={error} title={m.title} desk={session.desks.length > 0} onRetry={() => void load()} />;
    return (
      <Page title={m.title} part="away">
        <EmptyState icon="clock" title={m.notHere}>
          <p>{m.notHereText}</p>
          <div class="actions">
            <Button onPress={() => void load()}>{m.again}</Button>
            <ButtonLink to="/bezoek" look="second">
              {m.list.title}
            </ButtonLink>
          </div>
        </EmptyState>
      </Page>
    );
  }
  return (
    <Turns
      {...opened}
      session={session}
      pack={pack}
      refused={code !== null && shut.has(code)}
      failed={code !== null && (away.has(code) || shut.has(code)) ? null : error}
      onPack={(fresh) => keep(opened.box, fresh)}
      onSent={setSent}
    />
  );
}

interface TableProps extends Opened {
  readonly session: Session;
  readonly pack: VisitPack;
  /** The scan is no longer shared with the adviser. */
  readonly refused: boolean;
  /** Something else went wrong while making it ready. */
  readonly failed: unknown;
  readonly onPack: (pack: VisitPack) => Promise<void>;
  readonly onSent: (sent: SentVisit) => void;
}

/** One tab at a time. Whoever takes over reads what the other wrote last. */
function Turns(props: TableProps): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const { box, pack } = props;
  const { turn, take, mine } = useTurn(pack.dossier);
  const [found, setFound] = useState<VisitOnDevice | null>(props.found);
  if (turn === "waiting" || found === null)
    return (
      <Page title={m.title}>
        <Skeleton lines={6} />
      </Page>
    );
  if (turn === "elsewhere")
    return (
      <Page title={m.title} part="elsewhere">
        <EmptyState icon="copy" title={m.elsewhere}>
          <p>{m.elsewhereText}</p>
          <div class="actions">
            <Button
              onPress={() => {
                setFound(null);
                take();
                void readVisit(box, pack.dossier).then(setFound);
              }}
            >
              {m.takeOver}
            </Button>
          </div>
        </EmptyState>
      </Page>
    );
  if (found.strange !== null) return <Strange {...props} found={found} />;
  const nothing = found.notes === null || !isNoted(found.notes);
  if ((!pack.may || props.refused) && nothing)
    return (
      <Page title={m.title} lock={pack.lock} part="shut">
        <EmptyState icon="lock" title={m.notNow}>
          <p>{m.notNowText}</p>
          <div class="actions">
            <ToDossier id={pack.dossier} />
          </div>
        </EmptyState>
      </Page>
    );
  return <Table {...props} found={found} mayWrite={mine} />;
}

/** Notes of a shape this app does not know: kept as they are, and to be taken along. */
function Strange({ session, pack, found }: TableProps): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const save = async (): Promise<void> =>
    saveFile("bezoek.rugdekking", await sealVisitFile(session.person, pack.dossier, { pack, notes: found.strange, photos: [] }), "application/json");
  return (
    <Page title={m.title} part="strange">
      <Notice tone="amber" title={m.strange}>
        <p>{m.strangeText}</p>
        <div class="actions">
          <Button look="second" icon="download" onPress={() => void save()}>
            {m.saveFile}
          </Button>
        </div>
      </Notice>
    </Page>
  );
}

function ToDossier({ id }: { readonly id: string }): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  return (
    <ButtonLink to={`/dossier/${id}`} look="second">
      {shared.toDossier}
    </ButtonLink>
  );
}

function Done({ id, sent, pack }: { readonly id: string; readonly sent: SentVisit; readonly pack: VisitPack | null }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  return (
    <Page title={m.done} lead={m.doneText} lock={pack?.lock} part="done">
      {sent.lost.length > 0 && <Notice tone="amber" title={m.doneLost(sent.lost.length)} live />}
      <p class="soft">{m.doneHere}</p>
      <div class="actions">
        <ButtonLink to={`/advies/${id}`} icon="arrow" iconLast>
          {m.toAdvice}
        </ButtonLink>
        <ToDossier id={id} />
      </div>
    </Page>
  );
}

type SetState = { readonly set: ReadySet | null; readonly unknown: boolean };

/** The version the notes were begun with. */
function useSet({ set, setVersion }: Pick<Notes, "set" | "setVersion">): SetState {
  const [state, setState] = useState<SetState>({ set: null, unknown: false });
  useEffect(() => {
    openSet(set, setVersion).then(
      (ready) => setState({ set: ready, unknown: false }),
      (error: unknown) => setState({ set: null, unknown: error instanceof QuestionError }),
    );
  }, [set, setVersion]);
  return state;
}

/** Own answers over those of earlier visits, as one book to evaluate. Answers of another version that do not fit stay where they are and count for nothing here. */
function useKnown(notes: Notes, pack: VisitPack, set: ReadySet | null): { readonly known: Known; readonly evaluation: Evaluation | null } {
  const own = notes.answers;
  return useMemo(() => {
    const merged = knownAnswers(notes, pack);
    const answers = new Map<string, Answer>(merged.map(({ question, now }) => [question, now.answer]));
    for (const answer of own) answers.set(answer.question, answer);
    const mine = new Set(own.map(({ question }) => question));
    const earlier = new Set([...answers.keys()].filter((question) => !mine.has(question)));
    const book: AnswerBook = answers;
    return { known: { answers, earlier }, evaluation: set === null ? null : evaluate(set, book) };
  }, [own, notes.after, pack, set]);
}

function Table({ session, box, pack, found, refused, failed, mayWrite, onPack, onSent }: TableProps & { readonly mayWrite: () => boolean }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const online = useOnline();
  const book = useBook(box, pack, found, mayWrite);
  const { notes, revise } = book;
  const { set, unknown } = useSet(notes);
  const { known, evaluation } = useKnown(notes, pack, set);
  const { going, go } = useGoing((part: Part) => revise((now) => ({ ...now, part }), true));
  const nameOf = (part: Part): string => (part === "overview" ? m.overview : part === "house" ? m.house : part === "finish" ? m.finish : shared.domains[part]);
  const onHouse = notes.findings.filter(({ ring, place }) => ring !== "none" || (place ?? null) !== null);
  const parts = (["overview", ...riskDomains, "house", "finish"] as const).map((key) => {
    const state = stateOf(key, notes, evaluation, m, onHouse.length);
    return { key, name: nameOf(key), ...state };
  });
  const { part } = notes;
  const after = parts[parts.findIndex(({ key }) => key === part) + 1]?.key ?? "finish";
  const differing = differences(notes, pack);
  const lead = pack.request === null ? m.lead : m.at(pack.request.name, pack.request.address);
  return (
    <ShelfOfPage.Provider value={book.shelf}>
      <Page title={m.title} lead={lead} lock={pack.lock} width="wide">
        {refused && <Notice tone="amber" title={m.shut} live />}
        {!pack.may && !refused && (
          <Notice tone="amber" title={m.closedTitle} live>
            <p>{m.closed}</p>
          </Notice>
        )}
        {failed !== null && <ErrorState error={failed} />}
        {book.clockBack && (
          <Notice tone="amber" title={m.clock}>
            <p>{m.clockText}</p>
          </Notice>
        )}
        <KeepingTrouble book={book} session={session} pack={pack} />
        {unknown && <UnknownSet notes={notes} />}
        <PartsNav label={m.parts} parts={parts} now={going ?? part} onGo={go} />
        {part === "overview" ? (
          <Overview
            pack={pack}
            set={set}
            evaluation={evaluation}
            noted={isNoted(notes)}
            onGo={({ domain, section }) => revise((now) => ({ ...now, part: domain, sections: { ...now.sections, [domain]: section } }), true)}
          >
            <Differences differences={differing} pack={pack} set={set} onChoose={(answer) => revise((now) => choose(now, pack, answer))} />
          </Overview>
        ) : part === "house" ? (
          <section class="stack-medium">
            <h2>{m.house}</h2>
            <HouseEditor findings={onHouse} onPlace={(id, place, ring) => revise((now) => placed(now, id, place, ring))} />
          </section>
        ) : part === "finish" ? (
          <Finish session={session} box={box} book={book} pack={pack} set={set} evaluation={evaluation} online={online} onPack={onPack} onSent={onSent} />
        ) : (
          <DomainPart
            key={part}
            domain={part}
            set={set}
            evaluation={evaluation}
            known={known}
            notes={notes}
            revise={revise}
            next={{ name: nameOf(after), go: () => go(after) }}
          />
        )}
        <KeepingLine book={book} online={online} />
      </Page>
    </ShelfOfPage.Provider>
  );
}

function stateOf(key: Part, notes: Notes, evaluation: Evaluation | null, m: Messages, houseCount: number): { readonly state: string; readonly done: boolean } {
  if (key === "overview") return { state: m.findings(notes.findings.length), done: false };
  if (key === "finish") return { state: m.photoCount(notes.photos.length), done: false };
  if (key === "house") {
    const put = notes.findings.filter(({ place }) => (place ?? null) !== null).length;
    return { state: m.houseState(put, houseCount), done: houseCount > 0 && put === houseCount };
  }
  const progress = evaluation?.progress[key];
  return progress === undefined
    ? { state: "", done: false }
    : { state: m.progressOf(progress.done, progress.asked), done: progress.asked > 0 && progress.done === progress.asked };
}

/** Answers of a question set this app does not know, readable as they are. */
function UnknownSet({ notes }: { readonly notes: Notes }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  return (
    <Notice tone="amber" title={m.unknownSet} live>
      <p>{m.unknownSetText(notes.set, notes.setVersion)}</p>
      <ul class="words">
        {notes.answers.map(({ question, value, note }) => (
          <li key={question}>
            {question}: {typeof value === "object" ? m.skips[value.skipped] : String(value)}
            {note === "" ? "" : ` (${note})`}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** One quiet line at the foot: kept or not, with or without a connection. */
function KeepingLine({ book, online }: { readonly book: Book; readonly online: boolean }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const keeping = useStore(book.keeping);
  if (keeping === "nothing" && online) return <p class="visit-keeping" aria-live="polite" />;
  return (
    <p class="visit-keeping" data-offline={online ? undefined : ""}>
      <Icon name={keeping === "kept" ? "lock" : "clock"} size={20} />
      <span aria-live="polite">{m.saving[keeping]}</span>
      {!online && <span>{m.offline}</span>}
    </p>
  );
}

/** The disk is full, or the browser refused: what that means, and three ways out. Nothing is removed to make room. */
function KeepingTrouble({ book, session, pack }: { readonly book: Book; readonly session: Session; readonly pack: VisitPack }): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  const keeping = useStore(book.keeping);
  if (keeping !== "full" && keeping !== "not-kept") return null;
  const save = async (): Promise<void> => {
    const photos = [...book.inHand].map(([id, { photo, small }]) => ({
      id,
      photo: toBase64Url(new Uint8Array(photo)),
      small: toBase64Url(new Uint8Array(small)),
    }));
    saveFile("bezoek.rugdekking", await sealVisitFile(session.person, pack.dossier, { pack, notes: book.notes, photos }), "application/json");
  };
  return (
    <Notice tone="amber" title={keeping === "full" ? m.full : m.notKept} live>
      <p>{m.fullText}</p>
      <p>{m.fullHow}</p>
      <div class="actions actions-tight">
        <Button size="small" onPress={() => void book.keepAgain()}>
          {m.again}
        </Button>
        <Button look="second" size="small" icon="download" onPress={() => void save()}>
          {m.saveFile}
        </Button>
        <Button look="second" size="small" icon="lock" onPress={() => book.revise((now) => ({ ...now, part: "finish" }), true)}>
          {m.send}
        </Button>
      </div>
    </Notice>
  );
}
