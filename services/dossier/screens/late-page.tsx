/** /te-laat: the weekly list of what is late at a desk, grouped by what it waits for; names are opened on this device. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import Type from "typebox";
import { Check } from "typebox/value";
import { termName } from "#registers/terms/index.ts";
import type { OpenDesk, Session } from "#services/directory/client/session.ts";
import { useSession } from "#services/directory/screens/session.ts";
import { openCovers, readLate } from "#services/dossier/client/index.ts";
import type { LateList } from "#services/dossier/contract/index.ts";
import { Button, EmptyState, ErrorState, Link, Page, Select, Skeleton, useLanguage, useMessages } from "#services/interface/index.ts";
import { SignedOut } from "./dossier-page.tsx";
import { en } from "./en.ts";
import { loadKinds } from "./kinds.ts";
import { nl, type Messages } from "./nl.ts";

/** Lines drawn per group: a list of hundreds is for /werk. */
const most = 100;
const Cover = Type.Object({ title: Type.Optional(Type.String()) });

/** The list with its covers open. */
interface Late {
  readonly at: string;
  readonly groups: LateList["groups"];
  readonly lines: readonly { readonly id: string; readonly term: string; readonly phase: string; readonly due: string; readonly title: string }[];
}

async function openLate(session: Session, desk: OpenDesk, untitled: (kind: LateList["groups"][number]["kind"], opened: string) => string): Promise<Late> {
  const { at, groups, lines } = await readLate(session, desk.id);
  const covers = await openCovers(lines, desk.keys);
  return {
    at,
    groups,
    lines: lines.flatMap(({ id, term, phase, kind, opened }, place) => {
      const cover = covers[place];
      const title = Check(Cover, cover) ? (cover.title ?? "") : "";
      return term === null ? [] : [{ id, term: term.name, phase, due: term.due, title: title === "" ? untitled(kind, opened) : title }];
    }),
  };
}

export default function LatePage(): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const session = useSession();
  if (session === null) return <SignedOut />;
  if (session.desks.length === 0)
    return (
      <Page title={m.late.title}>
        <EmptyState icon="people" title={m.work.noDesk}>
          <p>{m.work.noDeskText}</p>
        </EmptyState>
      </Page>
    );
  return <LateOf key={session.person.person} session={session} m={m} />;
}

function LateOf({ session, m }: { readonly session: Session; readonly m: Messages }): JSX.Element {
  const language = useLanguage();
  const [desks, setDesks] = useState<readonly OpenDesk[]>([]);
  const [chosen, setChosen] = useState(session.desks[0] ?? "");
  const [late, setLate] = useState<Late | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let left = false;
    setLate(null);
    setError(null);
    const look = async (): Promise<void> => {
      const kinds = await loadKinds();
      const [all, desk] = await Promise.all([session.openDesks(), session.openDesk(chosen)]);
      const found = await openLate(session, desk, (kind, opened) => m.work.opened(kinds.of(kind)?.title[language] ?? "", opened));
      if (left) return;
      setDesks(all);
      setLate(found);
    };
    look().catch((thrown: unknown) => {
      if (!left) setError(thrown);
    });
    return () => {
      left = true;
    };
  }, [session, chosen, turn, language]);
  return (
    <Page title={m.late.title}>
      <p class="lead">{m.late.intro}</p>
      {desks.length > 1 && (
        <Select label={m.work.desk} value={chosen} options={desks.map((one) => ({ value: one.id, label: one.name }))} onChoose={setChosen} />
      )}
      {error !== null && <ErrorState error={error} onRetry={() => setTurn((now) => now + 1)} />}
      {late === null && error === null && <Skeleton lines={5} />}
      {late !== null && late.groups.length === 0 && (
        <EmptyState icon="check" title={m.late.none}>
          <p>{m.late.noneText}</p>
        </EmptyState>
      )}
      {late !== null && late.groups.length > 0 && (
        <>
          <p class="soft">{m.late.asOf(late.at)}</p>
          {late.groups.map((group) => (
            <Group key={`${group.kind} ${group.phase} ${group.term}`} group={group} lines={late.lines} m={m} />
          ))}
          <div class="actions no-print">
            <Button look="second" onPress={() => globalThis.print()}>
              {m.late.print}
            </Button>
          </div>
          <p class="soft no-print">{m.late.printNote}</p>
        </>
      )}
    </Page>
  );
}

function Group({ group, lines, m }: { readonly group: LateList["groups"][number]; readonly lines: Late["lines"]; readonly m: Messages }): JSX.Element {
  const language = useLanguage();
  const mine = lines.filter(({ term, phase }) => term === group.term && phase === group.phase);
  return (
    <section class="card stack-small">
      <h2>{m.late.group(termName(group.term, language), m.roles[group.waitsFor])}</h2>
      <p>{m.late.count(group.late, group.oldest)}</p>
      <ul class="plain stack-small">
        {mine.slice(0, most).map(({ id, title, due }) => (
          <li key={id}>
            <Link to={`/dossier/${id}`}>{title}</Link>, {m.late.since(due)}
          </li>
        ))}
      </ul>
      {mine.length > most && <p class="soft">{m.late.more(mine.length - most)}</p>}
    </section>
  );
}
