/** /mensen: for a support team, the list of colleagues and experts with their availability; kept sealed on this device ([Note: The desk's list of people]). */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { OpenDesk, Session } from "#services/directory/client/index.ts";
import { desksOf, OwnDesksPage } from "#services/dossier/screens/own-desks.tsx";
import { dutchDay } from "#services/dossier/workflow/terms.ts";
import { Button, Dialog, EmptyState, ErrorState, Skeleton, Tag, useInterfaceMessages, useMessages } from "#services/interface/index.ts";
import type { Peer } from "#services/support/contract/peers.ts";
import { reachableAt } from "#services/support/matching/index.ts";
import { ReachTag } from "#services/support/screens/reach.tsx";
import { en as sharedEn } from "#services/support/screens/shared-en.ts";
import { nl as sharedNl, type SharedWords } from "#services/support/screens/shared-nl.ts";
import "#services/support/screens/support.css";
import { en } from "./en.ts";
import { keepPeers, readPeers } from "./kept-peers.ts";
import { nl, type Messages } from "./nl.ts";
import { PeerForm } from "./peer-form.tsx";

export default function PeoplePage(): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  return (
    <OwnDesksPage
      title={m.title}
      lead={m.lead}
      width="wide"
      read={desksOf("support")}
      none={{ icon: "lock", title: m.none, text: <p>{m.noneText}</p> }}
      draw={(session, desk) => <DeskPeople session={session} desk={desk} m={m} />}
    />
  );
}

function DeskPeople({ session, desk, m }: { readonly session: Session; readonly desk: OpenDesk; readonly m: Messages }): JSX.Element {
  const frame = useInterfaceMessages();
  const [peers, setPeers] = useState<readonly Peer[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  /** Whom the form is about; `new` for someone who is not on the list. */
  const [editing, setEditing] = useState<Peer | "new" | null>(null);
  useEffect(() => {
    readPeers(session, desk.id).then(setPeers, setError);
  }, [session, desk.id]);
  const keep = async (next: readonly Peer[]): Promise<void> => {
    await keepPeers(session, desk.id, next);
    setPeers(next);
    setEditing(null);
  };
  if (error !== null) return <ErrorState error={error} />;
  if (peers === null) return <Skeleton lines={6} />;
  return (
    <section class="stack" aria-label={desk.name}>
      <div class="row row-between">
        <h2>{desk.name}</h2>
        <span class="soft">{m.count(peers.length)}</span>
      </div>
      {peers.length === 0 && (
        <EmptyState icon="people" title={m.empty}>
          <p>{m.emptyText}</p>
        </EmptyState>
      )}
      <ul class="people">
        {peers.map((peer) => (
          <li key={peer.id}>
            <PeerCard
              peer={peer}
              m={m}
              onEdit={() => setEditing(peer)}
              onRemove={() => {
                keep(peers.filter(({ id }) => id !== peer.id)).catch(setError);
              }}
            />
          </li>
        ))}
      </ul>
      <div class="actions">
        <Button icon="person" onPress={() => setEditing("new")}>
          {m.add}
        </Button>
      </div>
      <Dialog open={editing !== null} title={m.addTitle} onClose={() => setEditing(null)}>
        {editing !== null && (
          <PeerForm
            peer={editing === "new" ? null : editing}
            m={m}
            onKeep={async (peer) => await keep([...peers.filter(({ id }) => id !== peer.id), peer].toSorted((a, b) => a.name.localeCompare(b.name, "nl")))}
          />
        )}
        <Button look="quiet" size="small" onPress={() => setEditing(null)}>
          {frame.cancel}
        </Button>
      </Dialog>
    </section>
  );
}

function PeerCard({
  peer,
  m,
  onEdit,
  onRemove,
}: {
  readonly peer: Peer;
  readonly m: Messages;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}): JSX.Element {
  const words = useMessages<SharedWords>({ nl: sharedNl, en: sharedEn });
  const now = new Date();
  const away = peer.away !== null && dutchDay(now) <= peer.away ? peer.away : null;
  return (
    <article class="card card-tight">
      <h3>{peer.name}</h3>
      <p class="soft">{[m.kinds[peer.kind], peer.office].filter((part) => part !== "").join(" · ")}</p>
      <p>{away === null ? <ReachTag reach={reachableAt(peer.hours, now)} /> : <Tag tone="amber">{m.awayUntil(away)}</Tag>}</p>
      <dl class="facts">
        <dt>{m.for}</dt>
        <dd>{peer.seekers.length === 0 ? m.everyone : peer.seekers.map((one) => words.seekers[one]).join(", ")}</dd>
        <dt>{m.with}</dt>
        <dd>{peer.situations.length === 0 ? m.everything : peer.situations.map((one) => words.situations[one]).join(", ")}</dd>
        <dt>{m.reach}</dt>
        <dd>{peer.reach}</dd>
        {peer.note !== "" && (
          <>
            <dt>{m.note}</dt>
            <dd>{peer.note}</dd>
          </>
        )}
      </dl>
      <div class="actions">
        <Button look="second" size="small" icon="pencil" label={m.editOf(peer.name)} onPress={onEdit}>
          {m.edit}
        </Button>
        <Button look="quiet" size="small" icon="bin" label={m.removeOf(peer.name)} onPress={onRemove}>
          {m.remove}
        </Button>
      </div>
    </article>
  );
}
