/** /kamer: every set of questions the reader's teams work on, each with its clock; late first. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { OpenDesk, Session } from "#services/directory/client/index.ts";
import { useSession } from "#services/directory/screens/session.ts";
import { SignedOut } from "#services/dossier/screens/dossier-page.tsx";
import { ToWork } from "#services/dossier/screens/own-desks.tsx";
import { today } from "#services/dossier/workflow/terms.ts";
import { ButtonLink, EmptyState, ErrorState, Link, Page, Skeleton, Tag, useLanguage, useMessages } from "#services/interface/index.ts";
import { en as sharedEn } from "#services/parliament/screens/en.ts";
import "#services/parliament/screens/kamer.css";
import { nl as sharedNl, type Messages as Shared } from "#services/parliament/screens/nl.ts";
import { en } from "./en.ts";
import { isOver, listSets, type ListedSet } from "./listed.ts";
import { nl, type Messages } from "./nl.ts";

export default function KamerPage(): JSX.Element {
  const session = useSession();
  return session === null ? <SignedOut /> : <Sets key={session.person.person} session={session} />;
}

interface Held {
  readonly desks: readonly OpenDesk[];
  readonly sets: readonly ListedSet[];
}

async function held(session: Session): Promise<Held> {
  // Facts may be asked of any desk, so all of them are looked at.
  const desks = await session.openDesks();
  return { desks, sets: await listSets(session, desks) };
}

/** Days from one calendar day to another. */
const between = (from: string, to: string): number => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

function Sets({ session }: { readonly session: Session }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [now, setNow] = useState<Held | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = (): void => {
    setError(null);
    held(session).then(setNow, setError);
  };
  useEffect(load, [session]);
  const mayRead = now?.desks.some((desk) => desk.function === "parliament") ?? false;
  const open = now?.sets.filter((set) => !isOver(set)) ?? [];
  const done = now?.sets.filter(isOver) ?? [];
  const late = open.filter(({ cover }) => cover !== null && cover.due !== null && cover.due < today()).length;
  return (
    <Page title={m.title} lead={m.lead} width="wide">
      {error !== null && <ErrorState error={error} onRetry={load} />}
      {now === null && error === null && <Skeleton lines={6} />}
      {late > 0 && (
        <p>
          <Tag tone="amber" icon="clock">
            {m.lateCount(late)}
          </Tag>
        </p>
      )}
      {mayRead && (
        <div class="actions">
          <ButtonLink to="/kamer/inlezen" icon="file">
            {m.read}
          </ButtonLink>
        </div>
      )}
      {now !== null && now.sets.length === 0 && (
        <EmptyState icon="list" title={mayRead ? m.none : m.noDesk}>
          {mayRead ? <p>{m.noneText}</p> : <ToWork words={m.noDeskText} link={m.toWork} />}
        </EmptyState>
      )}
      {open.length > 0 && <List title={m.open} sets={open} m={m} />}
      {done.length > 0 && <List title={m.done} sets={done} m={m} />}
    </Page>
  );
}

function List({ title, sets, m }: { readonly title: string; readonly sets: readonly ListedSet[]; readonly m: Messages }): JSX.Element {
  const language = useLanguage();
  return (
    <section class="section">
      <h2>{title}</h2>
      <ul class="kamer-sets">
        {sets.map((set) => (
          <li key={set.id} class="card card-tight kamer-set">
            <Line set={set} m={m} also={(names) => new Intl.ListFormat(language, { type: "conjunction" }).format(names)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Line({ set, m, also }: { readonly set: ListedSet; readonly m: Messages; readonly also: (names: readonly string[]) => string }): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const { cover, id, phase } = set;
  return (
    <>
      <div class="kamer-set-words">
        <p class="kamer-set-title">
          <Link to={`/dossier/${id}`}>{cover === null ? m.closed : <span lang="nl">{cover.title}</span>}</Link>
        </p>
        <p class="soft small">
          {[
            cover?.reference ?? "",
            cover === null ? "" : m.questions(cover.questions),
            cover === null || cover.also.length === 0 ? "" : m.also(also(cover.also)),
          ]
            .filter((part) => part !== "")
            .join(" · ")}
        </p>
        <p>{shared.phases[phase] ?? phase}</p>
        {cover !== null && cover.recessUnknown && !isOver(set) && <p class="soft small">{shared.recessUnknown}</p>}
      </div>
      {!isOver(set) && cover !== null && <ClockFace due={cover.due} postponed={cover.postponed} m={shared} />}
    </>
  );
}

/** The days that are left, large: what one looks for in this list. */
function ClockFace({ due, postponed, m }: { readonly due: string | null; readonly postponed: boolean; readonly m: Shared }): JSX.Element {
  if (due === null)
    return (
      <p class="kamer-face" data-state="none">
        {m.noClock}
      </p>
    );
  const days = between(today(), due);
  return (
    <div class="kamer-face" data-state={days < 0 ? "late" : days <= 5 ? "soon" : "calm"}>
      <strong>{days < 0 ? m.late(-days) : days === 0 ? m.lastDay : m.left(days)}</strong>
      <span class="small">
        {m.due(due)}
        {postponed && `, ${m.postponed}`}
      </span>
    </div>
  );
}
