/** /zelfde-dader/:id: the person whose dossier it is agrees here, or takes it back; the safety desk contributes what the dossier knows of the actor. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { VerifiedDesk } from "#services/directory/client/index.ts";
import { openDossier, withdrawConsent } from "#services/dossier/client/index.ts";
import { loadKinds } from "#services/dossier/screens/kinds.ts";
import { WithDossier, type OpenedDossierPage } from "#services/dossier/screens/opened.tsx";
import {
  EmptyState,
  ErrorState,
  Link,
  Notice,
  Page,
  SendForm,
  Skeleton,
  useLanguage,
  useMessages,
  writeDay,
  type PageProps,
} from "#services/interface/index.ts";
import { consentToLook, contribute, standingConsent, type Answer } from "#services/signalling/client/same-actor.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { Learnt, Outcome, ValueForm } from "./parts.tsx";

export default function SameActorDossierPage({ parameters }: PageProps): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  return (
    <WithDossier
      id={parameters["id"] ?? ""}
      title={m.title}
      open={async (session, id) => await openDossier(session, id, (await loadKinds()).workflows)}
      Draw={Opened}
    />
  );
}

function Opened(props: OpenedDossierPage): JSX.Element {
  return props.handle.mine ? <Agreeing {...props} /> : <Contributing {...props} />;
}

/** The safety desk of the dossier, by its verified roster. */
function useSafetyDesk({ handle, session }: OpenedDossierPage): { readonly desk: VerifiedDesk | null; readonly error: unknown; readonly none: boolean } {
  const id = handle.view.participants.find((one) => one.role === "safety-desk")?.desk ?? null;
  const [desk, setDesk] = useState<VerifiedDesk | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    if (id !== null) session.trust.desk(id).then(setDesk, setError);
  }, [id]);
  return { desk, error, none: id === null };
}

function Agreeing(props: OpenedDossierPage): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const { handle, session, lock, reload } = props;
  const { desk, error, none } = useSafetyDesk(props);
  const given = desk === null ? null : standingConsent(handle, desk.id);
  const agree = async (): Promise<void> => {
    if (desk === null) return;
    const until = new Date();
    until.setUTCFullYear(until.getUTCFullYear() + 1);
    await consentToLook(handle, { desk: desk.id, text: m.agree.words, until: until.toISOString() });
    await reload();
  };
  return (
    <Page title={m.title} lead={m.agree.lead} lock={lock}>
      {error !== null && <ErrorState error={error} />}
      {none && <EmptyState icon="people" title={m.agree.noTeam} />}
      {!none && desk === null && error === null && <Skeleton lines={4} />}
      {desk !== null && (
        <>
          <p>{m.agree.who(desk.name)}</p>
          <p>{m.agree.what}</p>
          <Learnt m={m} team />
          {given === null ? (
            <SendForm key="agree" button={m.agree.go} icon="check" send={agree}>
              {null}
            </SendForm>
          ) : (
            <SendForm
              key="take-back"
              button={m.agree.takeBack}
              icon={undefined}
              send={async () => {
                await withdrawConsent(session, handle.id, given.hash);
                await reload();
              }}
            >
              <Notice title={m.agree.given(writeDay(language, given.until.slice(0, 10)))}>
                <p>{m.agree.takeBackText}</p>
              </Notice>
            </SendForm>
          )}
        </>
      )}
    </Page>
  );
}

function Contributing(props: OpenedDossierPage): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const { handle, session, lock } = props;
  const { desk, error, none } = useSafetyDesk(props);
  const [answers, setAnswers] = useState<readonly Answer[]>([]);
  const given = desk === null ? null : standingConsent(handle, desk.id);
  return (
    <Page title={m.title} lead={m.dossier.lead} lock={lock}>
      {error !== null && <ErrorState error={error} />}
      {none && <EmptyState icon="people" title={m.agree.noTeam} />}
      {!none && desk === null && error === null && <Skeleton lines={4} />}
      {desk !== null && given === null && (
        <EmptyState icon="lock" title={m.dossier.notYet}>
          <p>{m.dossier.notYetText}</p>
        </EmptyState>
      )}
      {desk !== null && given !== null && (
        <>
          <Learnt m={m} />
          <section class="stack-medium">
            <h2>{m.dossier.add}</h2>
            <p>{m.dossier.addText}</p>
            <p class="soft">{m.dossier.until(writeDay(language, given.until.slice(0, 10)))}</p>
            <ValueForm
              m={m}
              button={m.dossier.add}
              send={async (value) => {
                const [answer] = await contribute(session, desk.id, handle, [value]);
                if (answer !== undefined) setAnswers((before) => [...before, answer]);
                return undefined;
              }}
            />
          </section>
          {answers.length > 0 && (
            <section class="stack-medium">
              <h2>{m.dossier.results}</h2>
              {answers.map((answer, at) => (
                <Outcome key={at} answer={answer} m={m} />
              ))}
            </section>
          )}
        </>
      )}
      <Link to="/zelfde-dader">{m.dossier.toList}</Link>
    </Page>
  );
}
