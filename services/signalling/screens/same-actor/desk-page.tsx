/** /zelfde-dader: for a safety desk: comparing, and what it contributed with how many others each hits. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { OpenDesk, Session } from "#services/directory/client/index.ts";
import { openDossier } from "#services/dossier/client/index.ts";
import { desksOf, OwnDesksPage, ToWork } from "#services/dossier/screens/own-desks.tsx";
import { loadKinds } from "#services/dossier/screens/kinds.ts";
import { Button, EmptyState, ErrorState, Link, Notice, SendForm, Skeleton, Tag, useLanguage, useMessages } from "#services/interface/index.ts";
import type { NetworkState, OwnContribution } from "#services/signalling/client/same-actor.ts";
import { contributingFunctions } from "#services/signalling/contract/same-actor.ts";
import "#services/dossier/screens/dossier.css";
import { en } from "./en.ts";
import { Waiting, WithoutKey } from "./network.tsx";
import { nl, type Messages } from "./nl.ts";
import { hits, Learnt, nameOf, ValueForm, writeMonth } from "./parts.tsx";

/** The cryptography is fetched with the first comparison, not with the page's frame. */
const client = async () => await import("#services/signalling/client/same-actor.ts");

export default function SameActorPage(): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  return (
    <OwnDesksPage
      title={m.title}
      lead={m.lead}
      read={desksOf(...contributingFunctions)}
      none={{ icon: "people", title: m.noDesk, text: <ToWork words={m.noDeskText} link={m.toWork} /> }}
      choice={m.team}
      draw={(session, desk) => <Comparing session={session} desk={desk} m={m} />}
    />
  );
}

function Comparing({ session, desk, m }: { readonly session: Session; readonly desk: OpenDesk; readonly m: Messages }): JSX.Element {
  const [state, setState] = useState<NetworkState | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = async (): Promise<void> => {
    setError(null);
    try {
      setState(await (await client()).readNetworkState(session, desk.id));
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => void load(), [desk]);
  if (error !== null) return <ErrorState error={error} onRetry={() => void load()} />;
  if (state === null) return <Skeleton lines={5} />;
  const shared = { session, desk, state, m, onChange: () => void load() };
  return (
    <>
      <Learnt m={m} />
      {state.held === null ? (
        <WithoutKey {...shared} />
      ) : (
        <>
          <Own session={session} desk={desk} network={state.held.hash} m={m} />
          <section class="stack-medium">
            <h2>{m.check.title}</h2>
            <p>{m.check.text}</p>
            <p class="soft">{m.left(state.left)}</p>
            <ValueForm
              m={m}
              button={m.check.go}
              send={async (value) => {
                const [answer] = await (await client()).check(session, desk.id, [value]);
                void load();
                return answer;
              }}
            />
          </section>
          <Waiting {...shared} />
        </>
      )}
    </>
  );
}

interface OwnProps {
  readonly session: Session;
  readonly desk: OpenDesk;
  /** Statement hash of the newest network. */
  readonly network: string;
  readonly m: Messages;
}

/** Reads the list, and takes back what nobody agrees to any more: see [Note: When consents are looked at]. */
async function readOwn(session: Session, desk: string, asked: boolean): Promise<{ readonly own: readonly OwnContribution[]; readonly gone: number }> {
  const { ownContributions, tidy, tidyOnce } = await client();
  const [all, { workflows }] = await Promise.all([ownContributions(session, desk), loadKinds()]);
  const gone = new Set(await (asked ? tidy : tidyOnce)(session, desk, all, async (id) => await openDossier(session, id, workflows)));
  return { own: all.filter(({ id }) => !gone.has(id)).toSorted((a, b) => Number(hits(b.others)) - Number(hits(a.others))), gone: gone.size };
}

function Own({ session, desk, network, m }: OwnProps): JSX.Element {
  const [read, setRead] = useState<Awaited<ReturnType<typeof readOwn>> | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = async (asked = false): Promise<void> => {
    setError(null);
    try {
      setRead(await readOwn(session, desk.id, asked));
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => void load(), [desk, network]);
  const takeBack = async (id: string): Promise<void> => {
    try {
      await (await client()).withdraw(session, desk.id, id);
      await load();
    } catch (thrown) {
      setError(thrown);
    }
  };
  const w = m.own;
  return (
    <section class="stack-medium">
      <h2>{w.title}</h2>
      {error !== null && <ErrorState error={error} onRetry={() => void load()} />}
      {read === null && error === null && <Skeleton lines={3} />}
      {read !== null && read.gone > 0 && <Notice title={w.tidied(read.gone)} live />}
      {read?.own.length === 0 && (
        <EmptyState icon="shield" title={w.none}>
          <p>{w.noneText}</p>
        </EmptyState>
      )}
      {read?.own.some((one) => one.network !== network) === true && (
        <SendForm
          button={w.renew}
          send={async () => {
            const { workflows } = await loadKinds();
            await (await client()).renew(session, desk.id, read.own, async (id) => await openDossier(session, id, workflows));
            await load();
          }}
        >
          <p>{w.renewText}</p>
        </SendForm>
      )}
      <ul class="dossier-readers">
        {read?.own.map((one) => (
          <Line key={one.id} one={one} m={m} onTakeBack={() => void takeBack(one.id)} />
        ))}
      </ul>
      {read !== null && read.own.length > 0 && (
        <SendForm button={w.look} icon={undefined} send={async () => await load(true)}>
          <p class="soft">{w.lookText}</p>
        </SendForm>
      )}
    </section>
  );
}

function Line({ one, m, onTakeBack }: { readonly one: OwnContribution; readonly m: Messages; readonly onTakeBack: () => void }): JSX.Element {
  const w = m.own;
  const language = useLanguage();
  const name = one.label === null ? w.unreadable : nameOf(one.label, m);
  return (
    <li>
      <div>
        <p>
          <strong>{name}</strong>
        </p>
        <p>{hits(one.others) ? <Tag tone="amber">{m.others[one.others]}</Tag> : <span class="soft">{m.others.none}</span>}</p>
        <p class="soft small">
          {one.label === null ? "" : `${m.kinds[one.label.kind]}. `}
          {w.since(writeMonth(language, one.month))}
        </p>
        {one.label !== null && <Link to={`/zelfde-dader/${one.label.dossier}`}>{w.toDossier}</Link>}
      </div>
      <div class="actions">
        <Button look="second" size="small" label={`${w.withdraw}: ${name}`} onPress={onTakeBack}>
          {w.withdraw}
        </Button>
      </div>
    </li>
  );
}
