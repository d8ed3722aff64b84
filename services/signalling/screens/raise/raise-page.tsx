/** /signaal and /signaal/:id: raising a signal in five short steps, 112 first; with an id, from that report or scan. Holds the draft in this tab's memory; the steps draw it. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Session } from "#services/directory/client/index.ts";
import { openDoor, useSession } from "#services/directory/screens/session.ts";
import type { PreparedDossier } from "#services/dossier/client/index.ts";
import { SignedOut } from "#services/dossier/screens/dossier-page.tsx";
import {
  Button,
  ButtonLink,
  Emergency112,
  ErrorState,
  Icon,
  Notice,
  onLeave,
  Page,
  Steps,
  useInterfaceMessages,
  useLanguage,
  useMessages,
  writeMoment,
  type PageProps,
} from "#services/interface/index.ts";
import "#services/signalling/screens/signal.css";
import { openSource, toldIn } from "./along.ts";
import { emptyDraft, officesOf, reasonsOf, routeOf, whereLacks, whoLacks, type Draft } from "./draft.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { findRoad, type Road } from "./road.ts";
import { StepAlong, type ChosenAlong } from "./step-along.tsx";
import { StepConsent } from "./step-consent.tsx";
import { StepDanger, StepWho } from "./step-who.tsx";
import { StepWhere, type FoundRoad } from "./step-where.tsx";

export default function RaisePage({ parameters }: PageProps): JSX.Element {
  const session = useSession();
  return session === null ? <SignedOut /> : <Raise key={session.person.person} session={session} from={parameters["id"] ?? null} />;
}

const dayIn = (years: number, days = 0): string => {
  const day = new Date();
  day.setUTCFullYear(day.getUTCFullYear() + years);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
};
const fitsDay = (day: string): boolean => /^\d{4}-\d{2}-\d{2}$/u.test(day) && day > dayIn(0) && day <= dayIn(3);

/** A second try after a cut makes the same dossier. */
let prepared: PreparedDossier | null = null;
onLeave(() => {
  prepared = null;
});

/** A signal that is with its first reader. */
interface Raised {
  readonly dossier: string;
  /** Until when that reader has to respond, as the server counts; null when it could not be asked. */
  readonly due: string | null;
  readonly earlier: boolean;
}

interface Sending {
  readonly session: Session;
  readonly draft: Draft;
  readonly road: Road;
  readonly along: ChosenAlong;
  readonly until: string;
  readonly helpers: readonly string[];
  readonly language: "nl" | "en";
}

async function send({ session, draft, road, along, until, helpers, language }: Sending): Promise<Raised> {
  const { function: held, office, home, target } = draft;
  const way = routeOf(draft);
  const desk = (role: Road["stops"][number]["role"]): string | null => road.stops.find((stop) => stop.role === role)?.desk?.id ?? null;
  const [police, prosecution, chiefProsecutor] = [desk("police"), desk("prosecution"), desk("chief-prosecutor")];
  if (held === null || office === null || home === null || way === null || prosecution === null || chiefProsecutor === null)
    throw new Error("the signal is not complete");
  const [{ raiseSignal }, { prepareDossier, readDue }] = await Promise.all([
    import("#services/signalling/client/index.ts"),
    import("#services/dossier/client/index.ts"),
  ]);
  prepared ??= prepareDossier();
  const { dossier, earlier } = await raiseSignal({
    writer: session,
    draft: {
      words: draft.words.trim(),
      name: draft.name.trim(),
      function: held,
      organisationName: office.name,
      homeMunicipality: home.name,
      target: target ?? "self",
      route: { unit: road.unit, parket: road.parket, around: road.around, why: reasonsOf(way, draft).map(({ words }) => words[language]) },
      contact: draft.contact.trim(),
    },
    acute: draft.acute === true,
    organisation: office.id,
    desks: { police, prosecution, chiefProsecutor, employers: helpers },
    shared: [...along.values()]
      .filter(({ items }) => items.length > 0)
      .map(({ source, items }) => ({
        handle: source.handle,
        items: source.items.filter(({ item }) => items.includes(item)).map(({ item, words }) => ({ item, words: words.slice(0, 400) })),
      })),
    until: `${until}T21:59:59.000Z`,
    prepared,
  });
  prepared = null;
  return { dossier, due: await readDue(session, dossier), earlier };
}

/** Reads what the dossier it starts from tells of the person, so that nobody types it twice. */
function useBeginning(session: Session, from: string | null, begin: (part: Partial<Draft>, along: ChosenAlong) => void): unknown {
  const [error, setError] = useState<unknown>(null);
  const language = useLanguage();
  useEffect(() => {
    if (from === null) return;
    const read = async (): Promise<void> => {
      const source = await openSource(session, from, language);
      if (!source.handle.mine) return;
      const told = await toldIn(source.handle);
      const [{ readOrganisation }, { connection }] = await Promise.all([import("#services/directory/client/index.ts"), openDoor()]);
      const office = await readOrganisation(connection, source.handle.view.organisation);
      const offices = officesOf[office.kind] ?? [];
      const held = told.function ?? null;
      begin(
        {
          ...(offices.length === 0 ? {} : { office }),
          ...(held === null || !offices.includes(held) ? {} : { function: held }),
          name: told.name ?? told.reporterName ?? "",
          ...(told.target === undefined ? {} : { target: told.target }),
        },
        new Map([[from, { source, items: source.items.filter(({ first }) => first).map(({ item }) => item) }]]),
      );
    };
    read().catch(setError);
  }, [session, from]);
  return error;
}

/** Looks the desks up again whenever an answer changes the way. */
function useRoad(draft: Draft): FoundRoad {
  const [road, setRoad] = useState<Road | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const { function: held, office, home, target, standsIn } = draft;
  useEffect(() => {
    setRoad(null);
    setError(null);
    const way = routeOf(draft);
    if (way === null) return;
    let stale = false;
    findRoad(draft, way).then(
      (found) => {
        if (!stale) setRoad(found);
      },
      (thrown: unknown) => {
        if (!stale) setError(thrown);
      },
    );
    return () => {
      stale = true;
    };
  }, [held, office?.id, home?.id, target, standsIn, attempt]);
  return { road, error, again: () => setAttempt((now) => now + 1) };
}

function Raise({ session, from }: { readonly session: Session; readonly from: string | null }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const frame = useInterfaceMessages();
  const language = useLanguage();
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [along, setAlong] = useState<ChosenAlong>(new Map());
  const [step, setStep] = useState(0);
  const [checked, setChecked] = useState(false);
  const [until, setUntil] = useState(() => dayIn(1));
  const [helpers, setHelpers] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [sent, setSent] = useState<Raised | null>(null);
  const change = (part: Partial<Draft>): void => setDraft((now) => ({ ...now, ...part }));
  const beginError = useBeginning(session, from, (part, items) => {
    change(part);
    setAlong((now) => new Map([...items, ...now]));
  });
  const found = useRoad(draft);
  const { road } = found;
  const whole = road !== null && road.stops.every(({ desk }) => desk !== null);
  const lacks = (at: number): boolean =>
    [draft.acute === null, whoLacks(draft) || draft.words.trim() === "", whereLacks(draft) || !whole, false, !fitsDay(until)][at] ?? false;
  const go = (to: number): void => {
    setChecked(false);
    setError(null);
    setStep(to);
  };
  const next = async (): Promise<void> => {
    const wanted = [0, 1, 2, 3, 4].find((at) => at <= step && lacks(at));
    if (wanted !== undefined) {
      setStep(wanted);
      setChecked(true);
      return;
    }
    if (step < 4) return go(step + 1);
    if (road === null) return;
    setBusy(true);
    setError(null);
    try {
      setSent(await send({ session, draft, road, along, until, helpers, language }));
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };
  if (sent !== null) return <Done m={m} sent={sent} acute={draft.acute === true} around={road?.around === true} />;
  const pages = [m.danger, m.who, m.where, m.along, m.consent] as const;
  const words = pages[step] ?? m.danger;
  const items = [...along.values()].reduce((sum, one) => sum + one.items.length, 0);
  const steps = { m, draft, change, checked };
  return (
    <Page
      title={words.title}
      lead={words.lead}
      part={step}
      lock={{ sentence: m.lock.sentence, readers: [{ who: m.lock.you, reason: m.lock.reason }] }}
      above={<Steps names={m.steps} now={step} onGo={busy ? undefined : go} />}
    >
      {beginError !== null && <ErrorState error={beginError} />}
      {step > 0 && draft.acute === true && <Emergency112 />}
      <form
        class="stack"
        noValidate
        autocomplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void next();
        }}
      >
        {step === 0 && <StepDanger {...steps} />}
        {step === 1 && <StepWho {...steps} />}
        {step === 2 && <StepWhere {...steps} found={found} />}
        {step === 3 && <StepAlong m={m} session={session} chosen={along} onChoose={(id, chosen) => setAlong((now) => new Map([...now, [id, chosen]]))} />}
        {step === 4 && road !== null && (
          <StepConsent m={m} road={road} items={items} until={until} wrong={!fitsDay(until)} onUntil={setUntil} helpers={helpers} onHelpers={setHelpers} />
        )}
        {busy && <p role="status">{m.consent.stay}</p>}
        {error !== null && <ErrorState error={error} />}
        <div class="actions">
          <Button type="submit" busy={busy} icon={step === 4 ? "lock" : "arrow"} iconLast={step !== 4}>
            {busy ? m.consent.sending : step === 4 ? m.consent.send : frame.next}
          </Button>
          {step > 0 && !busy && (
            <Button look="second" icon="back" onPress={() => go(step - 1)}>
              {frame.back}
            </Button>
          )}
        </div>
      </form>
    </Page>
  );
}

/** What happens now, and by when. */
function Done({
  m,
  sent: { dossier, due, earlier },
  acute,
  around,
}: {
  readonly m: Messages;
  readonly sent: Raised;
  readonly acute: boolean;
  readonly around: boolean;
}): JSX.Element {
  const language = useLanguage();
  const w = m.done;
  const who = around ? w.om : w.police;
  const next = [w.next.received, ...(around ? [] : [w.next.weighed]), w.next.presented, w.next.decided, w.next["fed-back"]];
  return (
    <Page title={w.title} lead={w.lead} part="done">
      {acute && <Emergency112 />}
      <p class="card term-clock">
        <Icon name="clock" size={32} /> <strong>{due === null ? w.dueUnknown(who) : w.due(writeMoment(language, due), who)}</strong>
      </p>
      {earlier && (
        <Notice tone="amber" title={w.earlier}>
          <p>{w.earlierText}</p>
        </Notice>
      )}
      <ol class="numbered">
        {next.map((step) => (
          <li key={step}>
            <span>{step}</span>
          </li>
        ))}
      </ol>
      <p>
        {w.terms} {w.late}
      </p>
      <p class="soft">{w.noDetails}</p>
      <p>{w.counted}</p>
      <div class="actions">
        <ButtonLink to={`/dossier/${dossier}`} icon="arrow" iconLast>
          {w.open}
        </ButtonLink>
        <ButtonLink to="/signalen" look="second" icon="list">
          {w.all}
        </ButtonLink>
      </div>
    </Page>
  );
}
