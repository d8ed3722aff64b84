/** /hulp/vragen: asking the support team for help in one step, sealed, with or without an account. Then the code for who has no account, and what happens by when. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { VerifiedDesk } from "#services/directory/client/index.ts";
import { useSession } from "#services/directory/screens/session.ts";
import { WorkingCard } from "#services/directory/screens/working.tsx";
import type { ContactPreferences } from "#services/dossier/contract/bodies.ts";
import {
  Button,
  ButtonLink,
  Choice,
  ConfirmCode,
  Emergency112,
  ErrorState,
  Field,
  Icon,
  isLeaving,
  Notice,
  Page,
  ReceiptCard,
  Select,
  SendForm,
  Skeleton,
  TextArea,
  useMessages,
  useStore,
} from "#services/interface/index.ts";
import { useArrival } from "#services/support/screens/arrival.ts";
import { given, noAnswers } from "#services/support/screens/help/answers.ts";
import { en as sharedEn } from "#services/support/screens/shared-en.ts";
import { nl as sharedNl, type SharedWords } from "#services/support/screens/shared-nl.ts";
import "#services/support/screens/support.css";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { findTeams, sendHelp, unconfirmed, type SentHelp } from "./send.ts";

const teamLine = "tel:+31703738314";

export default function AskPage(): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const kept = useStore(unconfirmed);
  const [sent, setSent] = useState<SentHelp | null>(kept);
  const [confirming, setConfirming] = useState(false);
  useEffect(() => {
    if (sent?.code === null || sent === null || kept === null) return;
    const ask = (event: BeforeUnloadEvent): void => {
      // "Snel weg" must never be held up by a question.
      if (!isLeaving()) event.preventDefault();
    };
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [sent, kept]);
  if (sent === null)
    return (
      <Ask
        m={m}
        onSent={(done) => {
          if (done.code !== null) unconfirmed.set(done);
          given.set({ answers: noAnswers, step: 0 });
          setSent(done);
        }}
      />
    );
  if (sent.code !== null && kept !== null && !confirming) return <Code m={m} code={sent.code} onNext={() => setConfirming(true)} />;
  if (sent.code !== null && kept !== null) return <Confirm m={m} code={sent.code} onBack={() => setConfirming(false)} onDone={() => unconfirmed.set(null)} />;
  return <Done m={m} sent={sent} />;
}

/** The only time the code is shown. */
function Code({ m, code, onNext }: { readonly m: Messages; readonly code: string; readonly onNext: () => void }): JSX.Element {
  useArrival();
  return (
    <Page title={m.code.title} lead={m.code.lead}>
      <Notice tone="red" title={m.code.warnTitle}>
        <p>{m.code.warn}</p>
      </Notice>
      <ReceiptCard title={m.code.card} code={code} fileName="notitie.txt">
        <p>{m.code.cardText}</p>
        <p class="soft small no-print">{m.code.where}</p>
      </ReceiptCard>
      <div class="actions">
        <Button icon="arrow" iconLast onPress={onNext}>
          {m.code.next}
        </Button>
      </div>
    </Page>
  );
}

/** Two groups are asked back. */
function Confirm({
  m,
  code,
  onBack,
  onDone,
}: {
  readonly m: Messages;
  readonly code: string;
  readonly onBack: () => void;
  readonly onDone: () => void;
}): JSX.Element {
  useArrival();
  return (
    <Page title={m.confirm.title} lead={m.confirm.lead}>
      <ConfirmCode code={code} onBack={onBack} onDone={onDone} />
    </Page>
  );
}

function Done({ m, sent }: { readonly m: Messages; readonly sent: SentHelp }): JSX.Element {
  useArrival();
  return (
    <Page title={m.done.title} lead={m.done.lead}>
      <p class="card term-clock">
        <Icon name="clock" size={32} /> <strong>{sent.due === null ? m.done.dueUnknown : m.done.due(sent.due)}</strong>
      </p>
      {sent.earlier && (
        <Notice tone="amber" title={m.done.earlier}>
          <p>{m.done.earlierText}</p>
        </Notice>
      )}
      <ol class="numbered">
        {m.done.next.map((step) => (
          <li key={step}>
            <span>{step}</span>
          </li>
        ))}
      </ol>
      <div class="actions">
        <ButtonLink to={`/dossier/${sent.dossier}`} icon="arrow" iconLast>
          {m.done.open}
        </ButtonLink>
      </div>
      <section class="card card-tight">
        <p>{m.done.wait}</p>
        <div class="actions">
          <ButtonLink to={teamLine} look="second" size="small" icon="phone">
            {m.call}
          </ButtonLink>
        </div>
      </section>
    </Page>
  );
}

/** The teams, and the one that is chosen. */
function useTeams(): {
  readonly teams: readonly VerifiedDesk[] | null;
  readonly team: VerifiedDesk | null;
  readonly error: unknown;
  readonly choose: (id: string) => void;
  readonly look: () => void;
} {
  const [teams, setTeams] = useState<readonly VerifiedDesk[] | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const look = (): void => {
    setError(null);
    findTeams().then(setTeams, setError);
  };
  useEffect(look, []);
  return { teams, team: teams?.find(({ id }) => id === chosen) ?? teams?.[0] ?? null, error, choose: setChosen, look };
}

function Ask({ m, onSent }: { readonly m: Messages; readonly onSent: (sent: SentHelp) => void }): JSX.Element {
  const session = useSession();
  const { teams, team, error, choose, look } = useTeams();
  const { answers } = useStore(given);
  const [acute, setAcute] = useState<"yes" | "no" | null>(null);
  const [words, setWords] = useState("");
  const [name, setName] = useState("");
  const [organisation, setOrganisation] = useState("");
  const [how, setHow] = useState<ContactPreferences["how"]>("here");
  const [reach, setReach] = useState("");
  const [wishes, setWishes] = useState("");
  const [checked, setChecked] = useState(false);
  const reachMissing = how !== "here" && reach.trim() === "";
  const lock = { sentence: m.lock.sentence, readers: [{ who: m.lock.you, reason: m.lock.youReason }] };
  return (
    <Page title={m.title} lead={m.lead} lock={lock}>
      <Emergency112 />
      {!navigator.onLine && (
        <Notice tone="amber">
          <p>{m.offline}</p>
        </Notice>
      )}
      {error !== null && <ErrorState error={error} onRetry={look} />}
      {teams === null && error === null && <Skeleton lines={3} />}
      {teams?.length === 0 && (
        <Notice tone="amber" title={m.none}>
          <p>{m.noneText}</p>
          <div class="actions">
            <ButtonLink to={teamLine} icon="phone" size="small">
              {m.call}
            </ButtonLink>
          </div>
        </Notice>
      )}
      {teams !== null && teams.length > 1 && (
        <Select label={m.which} value={team?.id ?? ""} options={teams.map((one) => ({ value: one.id, label: one.name }))} onChoose={choose} />
      )}
      {team !== null && (
        <SendForm
          button={m.send}
          ready={() => {
            setChecked(true);
            return acute !== null && !reachMissing;
          }}
          send={async () => {
            onSent(
              await sendHelp(
                team,
                {
                  words,
                  answers,
                  name,
                  organisationName: organisation,
                  acute: acute === "yes",
                  contact: { how, reach: how === "here" ? "" : reach, wishes },
                },
                session,
              ),
            );
          }}
        >
          <Choice
            legend={m.acute}
            columns={2}
            error={checked && acute === null ? m.acuteMissing : null}
            options={(["yes", "no"] as const).map((value) => ({ value, ...m.acuteOptions[value] }))}
            value={acute}
            onChoose={setAcute}
          />
          <TextArea label={m.words} hint={m.wordsHint} rows={3} optional value={words} onInput={setWords} />
          <Taken m={m} />
          <Choice
            legend={m.contact}
            options={(["here", "phone", "e-mail"] as const).map((value) => ({ value, ...m.contactOptions[value] }))}
            value={how}
            onChoose={(value) => {
              setHow(value);
              setReach("");
            }}
          />
          {how !== "here" && (
            <>
              <Field
                label={how === "phone" ? m.reachPhone : m.reachMail}
                type={how === "phone" ? "tel" : "email"}
                maxLength={400}
                error={checked && reachMissing ? m.reachMissing : null}
                value={reach}
                onInput={setReach}
              />
              <TextArea label={m.wishes} hint={m.wishesHint} optional rows={2} maxLength={2_000} value={wishes} onInput={setWishes} />
            </>
          )}
          <Field label={m.name} hint={m.nameHint} optional maxLength={120} value={name} onInput={setName} />
          <Field label={m.organisation} optional maxLength={120} value={organisation} onInput={setOrganisation} />
          <Readers m={m} team={team} />
          <WorkingCard />
        </SendForm>
      )}
    </Page>
  );
}

/** The answers of /hulp as they will go along, with a way to leave them out. */
function Taken({ m }: { readonly m: Messages }): JSX.Element | null {
  const words = useMessages<SharedWords>({ nl: sharedNl, en: sharedEn });
  const { answers, step } = useStore(given);
  const said = [
    answers.seeker === null ? "" : words.seekers[answers.seeker],
    ...answers.situations.map((one) => words.situations[one]),
    answers.phase === null ? "" : words.phases[answers.phase].title,
  ].filter((part) => part !== "");
  if (said.length === 0) return null;
  return (
    <section class="card card-tight" aria-label={m.answers}>
      <p>
        {m.answers}: <strong>{said.join(" · ")}</strong>
      </p>
      <div class="actions">
        <Button look="quiet" size="small" icon="cross" onPress={() => given.set({ answers: noAnswers, step })}>
          {m.dropAnswers}
        </Button>
      </div>
    </section>
  );
}

/** Whose keys the request will be handed to, by name. */
function Readers({ m, team }: { readonly m: Messages; readonly team: VerifiedDesk }): JSX.Element {
  return (
    <section class="card card-tight" aria-label={m.readers}>
      <p>
        {m.readers}: <strong>{team.name}</strong>
      </p>
      <ul class="plain stack-small">
        {team.roster.members.map((member) => (
          <li key={member.person} class="reader">
            <Icon name="person" />
            <span>
              {member.name}, <span class="soft">{member.office}</span>
            </span>
          </li>
        ))}
      </ul>
      <p class="soft small">{m.verified}</p>
    </section>
  );
}
