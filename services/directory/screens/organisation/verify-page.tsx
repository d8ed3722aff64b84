/** /meedoen/verzoeken: members of desks that may verify see who asks to take part, and sign or refuse. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { CheckedJoining, Verdict } from "#services/directory/client/index.ts";
import type { OpenDesk, Session } from "#services/directory/client/session.ts";
import { verifyingFunctions } from "#services/directory/contract/joining.ts";
import { useSession } from "#services/directory/screens/session.ts";
import {
  Button,
  ButtonLink,
  Dialog,
  EmptyState,
  ErrorState,
  Field,
  Notice,
  Page,
  SendForm,
  Skeleton,
  TextArea,
  useMessages,
} from "#services/interface/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

interface Waiting {
  readonly desk: OpenDesk | null;
  readonly requests: readonly CheckedJoining[];
  /** Names of the organisations that ask, by id. */
  readonly names: ReadonlyMap<string, string>;
}

async function read(session: Session): Promise<Waiting> {
  const { listJoining, readOrganisation } = await import("#services/directory/client/index.ts");
  const desk = (await session.openDesks()).find((one) => verifyingFunctions.some((may) => may.function === one.function)) ?? null;
  if (desk === null) return { desk, requests: [], names: new Map() };
  const requests = await listJoining(session);
  const ids = [...new Set(requests.map(({ asked }) => asked.organisation))];
  const names = await Promise.all(ids.map(async (id) => [id, (await readOrganisation(session.connection, id)).name] as const));
  return { desk, requests, names: new Map(names) };
}

export default function VerifyPage(): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const session = useSession();
  if (session === null)
    return (
      <Page title={m.verify.title} lead={m.verify.lead}>
        <div class="actions">
          <ButtonLink to="/inloggen">{m.join.signIn}</ButtonLink>
        </div>
      </Page>
    );
  return <Verifying key={session.person.person} session={session} />;
}

function Verifying({ session }: { readonly session: Session }): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).verify;
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [done, setDone] = useState(false);
  const load = (): void => {
    setError(null);
    read(session).then(setWaiting, setError);
  };
  useEffect(load, [session]);
  const desk = waiting?.desk ?? null;
  return (
    <Page title={m.title} lead={m.lead}>
      {error !== null && <ErrorState error={error} onRetry={load} />}
      {waiting === null && error === null && <Skeleton lines={5} />}
      {done && <Notice title={m.done} live />}
      {waiting !== null && desk === null && (
        <EmptyState icon="people" title={m.notYours}>
          <p>{m.notYoursText}</p>
        </EmptyState>
      )}
      {desk !== null && waiting?.requests.length === 0 && (
        <EmptyState icon="people" title={m.none}>
          <p>{m.noneText}</p>
        </EmptyState>
      )}
      {desk !== null &&
        waiting?.requests.map((one) => (
          <One
            key={one.hash}
            session={session}
            desk={desk}
            one={one}
            name={waiting.names.get(one.asked.organisation) ?? one.asked.organisation}
            onDone={() => {
              setDone(true);
              load();
            }}
          />
        ))}
    </Page>
  );
}

function One({
  session,
  desk,
  one,
  name,
  onDone,
}: {
  readonly session: Session;
  readonly desk: OpenDesk;
  readonly one: CheckedJoining;
  readonly name: string;
  readonly onDone: () => void;
}): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).verify;
  const [digits, setDigits] = useState("");
  const [wrong, setWrong] = useState(false);
  const [refusing, setRefusing] = useState(false);
  const [reason, setReason] = useState("");
  const [checked, setChecked] = useState(false);
  const { asked, verdicts, fingerprint } = one;
  const own = verdicts.some((said) => said.desk.organisation === desk.organisation);
  const right = digits.replaceAll(/\D/g, "") === fingerprint.replaceAll(" ", "");
  const rule = async (said: Verdict): Promise<void> => {
    const { ruleOnJoining } = await import("#services/directory/client/index.ts");
    await ruleOnJoining(session, desk.id, one, said);
    onDone();
  };
  return (
    <section class="card stack-medium" aria-label={name}>
      <h2 class="card-name">{name}</h2>
      <p>
        {asked.deskName}. {m.asked(asked.name, asked.office)}
      </p>
      {verdicts.map((said) => (
        <p key={said.desk.id} class="soft">
          {own ? m.saidOwn : m.half(said.desk.name)}
        </p>
      ))}
      {!own && (
        <>
          <h3>{m.how}</h3>
          <ol class="numbered">
            <li>{m.how1}</li>
            <li>{m.how2}</li>
            <li>{m.how3}</li>
          </ol>
          <SendForm
            button={m.go}
            icon="key"
            ready={() => {
              setWrong(!right);
              return right;
            }}
            send={() => rule({ verdict: "verified", fingerprint: digits })}
          >
            <Field
              label={m.digits}
              hint={m.digitsHint}
              keyboard="numeric"
              spellcheck={false}
              maxLength={60}
              value={digits}
              error={wrong ? m.digitsWrong : null}
              onInput={(value) => {
                setDigits(value);
                setWrong(false);
              }}
            />
          </SendForm>
          <div class="actions">
            <Button look="quiet" label={`${m.refuse}: ${name}`} onPress={() => setRefusing(true)}>
              {m.refuse}
            </Button>
          </div>
        </>
      )}
      <Dialog open={refusing} title={`${m.refuse}: ${name}`} onClose={() => setRefusing(false)}>
        <SendForm
          button={m.refuseGo}
          look="final"
          ready={() => {
            setChecked(true);
            return reason.trim() !== "";
          }}
          send={async () => {
            await rule({ verdict: "refused", reason: reason.trim().replaceAll(/\s+/g, " ") });
            setRefusing(false);
          }}
        >
          <TextArea
            label={m.reason}
            hint={m.reasonHint}
            maxLength={500}
            value={reason}
            error={checked && reason.trim() === "" ? m.reasonMissing : null}
            onInput={setReason}
          />
        </SendForm>
        <div class="actions">
          <Button look="quiet" onPress={() => setRefusing(false)}>
            {m.cancel}
          </Button>
        </div>
      </Dialog>
    </section>
  );
}
