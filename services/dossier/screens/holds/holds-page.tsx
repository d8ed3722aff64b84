/** /dossier/:id/bewaren: who keeps a dossier from being erased, and recording that one's team still needs it. Reached from the foot of a dossier and from /gegevens. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { OpenDesk, Session } from "#services/directory/client/session.ts";
import { useSession } from "#services/directory/screens/session.ts";
import type { DossierHandle, Hold } from "#services/dossier/client/index.ts";
import { holdGrounds, longestHold, longestHoldReason, type HoldGround } from "#services/dossier/contract/erasure.ts";
import {
  Button,
  ButtonLink,
  Choice,
  ErrorState,
  Field,
  Notice,
  Page,
  Select,
  SendForm,
  Skeleton,
  TextArea,
  useLanguage,
  useMessages,
  writeDay,
  type PageProps,
} from "#services/interface/index.ts";
import { SignedOut } from "#services/dossier/screens/dossier-page.tsx";
import { loadKinds } from "#services/dossier/screens/kinds.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

interface Opened {
  /** Null for an owner who has lost the dossier, while a team still holds it. */
  readonly handle: DossierHandle | null;
  readonly holds: readonly Hold[];
  /** Desks of the reader that have the whole dossier and that they lead. */
  readonly led: readonly OpenDesk[];
}

async function open(session: Session, id: string): Promise<Opened> {
  const [kinds, { openHolds }] = await Promise.all([loadKinds(), import("#services/dossier/client/index.ts")]);
  const { handle, holds } = await openHolds(session, id, kinds.workflows);
  if (handle === null || handle.mine) return { handle, holds, led: [] };
  const taking = new Set(handle.view.participants.flatMap(({ desk }) => (desk === null ? [] : [desk])));
  const own = await Promise.all(session.desks.filter((desk) => taking.has(desk)).map(async (desk) => await session.openDesk(desk)));
  return { handle, holds, led: own.filter(({ lead }) => lead) };
}

export default function HoldsPage({ parameters }: PageProps): JSX.Element {
  const session = useSession();
  const id = parameters["id"] ?? "";
  return session === null ? <SignedOut /> : <Holds key={id} session={session} id={id} />;
}

function Holds({ session, id }: { readonly session: Session; readonly id: string }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [opened, setOpened] = useState<Opened | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [said, setSaid] = useState<string | null>(null);
  const load = async (): Promise<void> => {
    setError(null);
    try {
      setOpened(await open(session, id));
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => void load(), [session, id]);
  const told = async (words: string): Promise<void> => {
    setSaid(words);
    await load();
  };
  const back = (
    <div class="actions">
      <ButtonLink to={`/dossier/${id}`} look="second">
        {m.back}
      </ButtonLink>
    </div>
  );
  if (error !== null)
    return (
      <Page title={m.title}>
        <ErrorState error={error} onRetry={() => void load()} />
        {back}
      </Page>
    );
  if (opened === null)
    return (
      <Page title={m.title} part="opening">
        <p class="soft">{m.opening}</p>
        <Skeleton lines={4} />
      </Page>
    );
  const { handle, holds, led } = opened;
  const owner = handle === null || handle.mine;
  return (
    <Page title={m.title} lead={owner ? m.leadOwner : m.lead} part={id}>
      {said !== null && <Notice title={said} live />}
      <section class="section">
        <h2>{m.now}</h2>
        {holds.length === 0 && <p>{m.none}</p>}
        <ul class="plain stack-small">
          {holds.map((hold) => (
            <HoldCard
              key={hold.id}
              hold={hold}
              mayEnd={led.some((desk) => desk.id === hold.desk?.id)}
              session={session}
              dossier={id}
              onEnd={() => told(m.endDone)}
            />
          ))}
        </ul>
      </section>
      {handle !== null && !handle.mine && (led.length === 0 ? <p class="soft">{m.notLead}</p> : <Make handle={handle} led={led} onDone={() => told(m.done)} />)}
      {handle !== null && back}
    </Page>
  );
}

function HoldCard({
  hold,
  mayEnd,
  session,
  dossier,
  onEnd,
}: {
  readonly hold: Hold;
  readonly mayEnd: boolean;
  readonly session: Session;
  readonly dossier: string;
  readonly onEnd: () => Promise<void>;
}): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const [asked, setAsked] = useState(false);
  const day = (moment: string): string => writeDay(language, moment);
  const lasts = hold.ended === null && Date.parse(hold.until) > Date.now();
  const end = async (): Promise<void> => {
    await (await import("#services/dossier/client/index.ts")).endHold(session, dossier, hold.id);
    await onEnd();
  };
  return (
    <li class="card card-tight stack-small">
      <p>
        <strong>{hold.ended !== null ? m.ended(day(hold.ended)) : lasts ? m.lasts(day(hold.until)) : m.over(day(hold.until))}</strong>
      </p>
      <p>{m.grounds[hold.ground].title}</p>
      <p>{hold.reason ?? m.sealed}</p>
      <p class="soft small">
        {hold.desk === null ? m.byOwner(day(hold.at)) : m.byDesk(hold.desk.name, hold.by?.name ?? "", hold.by?.office ?? "", day(hold.at))}
      </p>
      {mayEnd && lasts && !asked && (
        <div class="actions">
          <Button look="second" size="small" label={`${m.end}: ${m.lasts(day(hold.until))}`} onPress={() => setAsked(true)}>
            {m.end}
          </Button>
        </div>
      )}
      {asked && lasts && (
        <SendForm button={m.endConfirm} look="final" send={end}>
          <p>{m.endCareful}</p>
          <div class="actions">
            <Button look="quiet" size="small" onPress={() => setAsked(false)}>
              {m.cancel}
            </Button>
          </div>
        </SendForm>
      )}
    </li>
  );
}

const dayText = (date: Date): string => {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};
/** The first and the last day that may be chosen: tomorrow, and a day less than the longest hold, since a chosen day counts whole. */
function bounds(now: Date): { readonly first: string; readonly last: string } {
  const after = (days: number): string => dayText(new Date(now.getFullYear(), now.getMonth(), now.getDate() + days));
  return { first: after(1), last: after(longestHold - 1) };
}

function Make({
  handle,
  led,
  onDone,
}: {
  readonly handle: DossierHandle;
  readonly led: readonly OpenDesk[];
  readonly onDone: () => Promise<void>;
}): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [desk, setDesk] = useState(led[0]?.id ?? "");
  const [ground, setGround] = useState<HoldGround | null>(null);
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState("");
  const [tried, setTried] = useState(false);
  const { first, last } = bounds(new Date());
  const wrongDay = until < first || until > last;
  const ready = (): boolean => {
    setTried(true);
    return ground !== null && reason.trim() !== "" && !wrongDay;
  };
  const send = async (): Promise<void> => {
    if (ground === null) return;
    const { placeHold } = await import("#services/dossier/client/index.ts");
    await placeHold(handle, { desk, ground, reason, until });
    setGround(null);
    setReason("");
    setUntil("");
    setTried(false);
    await onDone();
  };
  return (
    <section class="section">
      <h2>{m.make}</h2>
      <SendForm button={m.send} ready={ready} send={send}>
        {led.length > 1 && <Select label={m.makeFor} value={desk} options={led.map(({ id, name }) => ({ value: id, label: name }))} onChoose={setDesk} />}
        <Choice
          legend={m.ground}
          error={tried && ground === null ? m.groundMissing : null}
          options={holdGrounds.map((value) => ({ value, ...m.grounds[value] }))}
          value={ground}
          onChoose={setGround}
        />
        <TextArea
          label={m.reason}
          hint={m.reasonHint}
          error={tried && reason.trim() === "" ? m.reasonMissing : null}
          value={reason}
          maxLength={longestHoldReason}
          onInput={setReason}
        />
        <Field label={m.until} hint={m.untilHint} type="date" narrow error={tried && wrongDay ? m.untilWrong : null} value={until} onInput={setUntil} />
        <p class="soft">{m.careful}</p>
      </SendForm>
    </section>
  );
}
