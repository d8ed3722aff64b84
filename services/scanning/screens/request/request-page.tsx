/** /scan: asking for a security scan in three short steps, saved as one types; for who has scans already, where they stand. Holds the draft; the steps draw it. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Session } from "#services/directory/client/index.ts";
import { useSession } from "#services/directory/screens/session.ts";
import type { PreparedDossier } from "#services/dossier/client/index.ts";
import type { Receipt } from "#services/dossier/contract/index.ts";
import {
  Button,
  ButtonLink,
  Dialog,
  ErrorState,
  Icon,
  Notice,
  onLeave,
  Page,
  saveFile,
  Steps,
  useInterfaceMessages,
  useMessages,
} from "#services/interface/index.ts";
import { useKept } from "#services/scanning/screens/draft.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { OwnScans } from "#services/scanning/screens/lists.tsx";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import { comeBack } from "./come-back.ts";
import { emptyDraft, isDraft, isTold, requestFrom, whoLacks, type Draft } from "./draft.ts";
import { en } from "./en.ts";
import { HomeFields, homeLacks } from "./home-fields.tsx";
import { nl, type Messages } from "./nl.ts";
import { Certificate, Road } from "./road.tsx";
import { StepCheck, type ChosenDesks, type ConsentKind } from "./step-check.tsx";
import { Claim, StepWho } from "./step-who.tsx";

/** Two years: the road takes months, and a consent must end by itself. */
function consentEnd(): string {
  const end = new Date();
  end.setUTCFullYear(end.getUTCFullYear() + 2);
  return end.toISOString();
}

interface Delivered {
  readonly dossier: string;
  readonly receipt: Receipt;
  readonly earlier: boolean;
  /** Until when the first reader has to decide, as the server counts; null when it could not be asked. */
  readonly due: string | null;
}

/** A second try after a cut makes the same dossier. */
let prepared: PreparedDossier | null = null;
onLeave(() => {
  prepared = null;
});

async function send(session: Session, draft: Draft, desks: ChosenDesks, until: string): Promise<Delivered> {
  const request = requestFrom(draft);
  if (request === null) throw new Error("the request is not complete");
  const [{ requestScan }, { prepareDossier, readDue }] = await Promise.all([
    import("#services/scanning/client/index.ts"),
    import("#services/dossier/client/index.ts"),
  ]);
  prepared ??= prepareDossier();
  const sent = await requestScan(session, {
    request,
    desks: { expert: desks.expert.id, authority: desks.authority.id, employer: desks.employer.id },
    until,
    prepared,
  });
  prepared = null;
  return { ...sent, due: await readDue(session, sent.dossier) };
}

export default function RequestPage(): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const frame = useInterfaceMessages();
  const session = useSession();
  const { value: draft, change, saving, resumed, drop } = useKept<Draft>("scan-request", isDraft, emptyDraft);
  const [checked, setChecked] = useState(false);
  const [desks, setDesks] = useState<ChosenDesks | null>(null);
  const [given, setGiven] = useState<readonly ConsentKind[]>([]);
  const [until] = useState(consentEnd);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [throwing, setThrowing] = useState(false);
  const [delivered, setDelivered] = useState<Delivered | null>(null);
  const person = session === null || session.guest ? null : session;
  const { step } = draft;
  const lacks = (at: number): boolean =>
    at === 0 ? whoLacks(draft) : at === 1 ? homeLacks(draft.home, draft.function).length > 0 : desks === null || given.length < 3 || person === null;
  const go = (to: number): void => {
    setChecked(false);
    setError(null);
    change({ step: to });
  };
  const next = async (): Promise<void> => {
    const wanted = [0, 1, 2].find((at) => at <= step && lacks(at));
    if (wanted !== undefined) {
      if (wanted !== step) change({ step: wanted });
      setChecked(true);
      return;
    }
    if (step < 2) return go(step + 1);
    if (person === null || desks === null) return;
    setBusy(true);
    setError(null);
    try {
      const sent = await send(person, draft, desks, until);
      await drop();
      setDelivered(sent);
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };
  if (delivered !== null) return <Done m={m} delivered={delivered} />;
  const titles = [m.who, m.home, m.check] as const;
  const words = titles[step] ?? m.who;
  const saved = { nothing: "", keeping: shared.keeping, kept: shared.kept, "not-kept": shared.notKept }[saving];
  return (
    <Page
      title={words.title}
      lead={words.lead}
      part={step}
      lock={{ sentence: m.lock.sentence, readers: [{ who: m.lock.you, reason: m.lock.reason }] }}
      above={<Steps names={m.steps} now={step} onGo={busy ? undefined : go} />}
    >
      {step === 0 && person !== null && <OwnScans session={person} title={m.mine.title} />}
      {resumed && step === 0 && <Notice title={shared.resumed} live />}
      {step === 0 && <Road m={m} />}
      {step === 1 && <Certificate m={m} />}
      <form
        class="stack"
        noValidate
        autocomplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void next();
        }}
      >
        {step === 0 && <StepWho m={m} draft={draft} change={change} checked={checked} />}
        {step === 1 && (
          <>
            <HomeFields home={draft.home} office={draft.function} checked={checked} change={(part) => change({ home: { ...draft.home, ...part } })} />
            <div aria-live="polite">
              <Claim draft={draft} soFar />
            </div>
          </>
        )}
        {step === 2 && (
          <StepCheck
            m={m}
            draft={draft}
            change={change}
            checked={checked}
            desks={desks}
            onDesks={setDesks}
            given={given}
            onGive={setGiven}
            until={until}
            onGo={go}
          />
        )}
        {step === 2 && person === null && <NeedsAccount m={m} guest={session?.guest === true} />}
        <p class="soft small" aria-live="polite">
          {saved}
        </p>
        {busy && <p role="status">{m.check.stay}</p>}
        {error !== null && <ErrorState error={error} />}
        <div class="actions">
          {!(step === 2 && (person === null || desks === null)) && (
            <Button type="submit" busy={busy} icon={step === 2 ? "lock" : "arrow"} iconLast={step !== 2}>
              {busy ? m.check.sending : step === 2 ? m.check.send : frame.next}
            </Button>
          )}
          {step > 0 && !busy && (
            <Button look="second" icon="back" onPress={() => go(step - 1)}>
              {frame.back}
            </Button>
          )}
          {isTold(draft) && !busy && (
            <Button look="quiet" icon="bin" onPress={() => setThrowing(true)}>
              {m.throwAway}
            </Button>
          )}
        </div>
      </form>
      <Dialog open={throwing} title={m.throwTitle} onClose={() => setThrowing(false)}>
        <p>{m.throwText}</p>
        <div class="actions">
          <Button
            look="final"
            onPress={() => {
              setThrowing(false);
              change(emptyDraft);
              void drop();
            }}
          >
            {m.throwYes}
          </Button>
          <Button look="second" onPress={() => setThrowing(false)}>
            {m.throwNo}
          </Button>
        </div>
      </Dialog>
    </Page>
  );
}

/** Nobody is signed in: why an account, and the two ways to one. What was typed waits. */
function NeedsAccount({ m, guest }: { readonly m: Messages; readonly guest: boolean }): JSX.Element {
  useEffect(() => comeBack(), []);
  return (
    <section class="card" aria-label={m.account.title}>
      <h2>{m.account.title}</h2>
      <p>{m.account.text}</p>
      {guest && <p>{m.account.guest}</p>}
      <div class="actions">
        <ButtonLink to="/inloggen" icon="key">
          {m.account.signIn}
        </ButtonLink>
        <ButtonLink to="/account" look="second">
          {m.account.make}
        </ButtonLink>
      </div>
      <p class="soft small">{m.account.back}</p>
    </section>
  );
}

/** What happens now, and by when. */
function Done({ m, delivered }: { readonly m: Messages; readonly delivered: Delivered }): JSX.Element {
  const { due, earlier } = delivered;
  return (
    <Page title={m.done.title} lead={m.done.lead} part="done">
      <p class="card term-clock">
        <Icon name="clock" size={32} /> <strong>{due === null ? m.done.dueUnknown : m.done.due(due)}</strong>
      </p>
      {earlier && (
        <Notice tone="amber" title={m.done.earlier}>
          <p>{m.done.earlierText}</p>
        </Notice>
      )}
      <Road m={m} />
      <p>{m.done.counted}</p>
      <div class="actions">
        <ButtonLink to={`/dossier/${delivered.dossier}`} icon="arrow" iconLast>
          {m.done.open}
        </ButtonLink>
        <Button look="second" icon="download" onPress={() => saveFile("ontvangst.json", `${JSON.stringify(delivered.receipt, null, 2)}\n`, "application/json")}>
          {m.done.proof}
        </Button>
      </div>
    </Page>
  );
}
