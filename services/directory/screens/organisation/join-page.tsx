/** /meedoen: who works at a municipality, province or water authority that does not take part yet asks for it, and sees what came of it. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { CheckedJoining, Session } from "#services/directory/client/index.ts";
import type { Organisation } from "#services/directory/contract/index.ts";
import { joiningKinds } from "#services/directory/contract/joining.ts";
import { OrganisationSearch } from "#services/directory/screens/organisations/organisation-search.tsx";
import { useSession } from "#services/directory/screens/session.ts";
import { Button, ButtonLink, ErrorState, Field, Notice, Page, SendForm, Skeleton, Tag, useMessages } from "#services/interface/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

export default function JoinPage(): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).join;
  const session = useSession();
  return (
    <Page title={m.title} lead={m.lead}>
      <section class="section">
        <h2>{m.steps}</h2>
        <ol class="numbered">
          <li>{m.step1}</li>
          <li>{m.step2}</li>
          <li>{m.step3}</li>
        </ol>
      </section>
      {session === null || session.guest ? (
        <section class="section">
          <p>{m.signedOut}</p>
          <div class="actions">
            <ButtonLink to="/inloggen">{m.signIn}</ButtonLink>
            <ButtonLink to="/account" look="second">
              {m.register}
            </ButtonLink>
          </div>
        </section>
      ) : (
        <Asking key={session.person.person} session={session} />
      )}
    </Page>
  );
}

function Asking({ session }: { readonly session: Session }): JSX.Element {
  const [mine, setMine] = useState<readonly CheckedJoining[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = async (): Promise<void> => {
    setError(null);
    try {
      const { listOwnJoining } = await import("#services/directory/client/index.ts");
      setMine(await listOwnJoining(session));
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => void load(), [session]);
  const waits = mine?.some(({ view }) => view.state === "open" || view.state === "verified") ?? true;
  return (
    <>
      {error !== null && <ErrorState error={error} onRetry={() => void load()} />}
      {mine === null && error === null && <Skeleton lines={4} />}
      {mine?.map((one) => (
        <Asked key={one.hash} session={session} one={one} />
      ))}
      {mine !== null && !waits && <AskForm session={session} onDone={(made) => setMine([made, ...mine])} />}
    </>
  );
}

/** What was asked, and who said what about it. */
function Asked({ session, one }: { readonly session: Session; readonly one: CheckedJoining }): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).join;
  const { view, asked, verdicts, fingerprint } = one;
  return (
    <section class="card stack-medium" aria-label={m.mine}>
      <h2 class="card-name">
        {m.mine} <Tag tone={view.state === "joined" ? "accent" : undefined}>{m.states[view.state]}</Tag>
      </h2>
      <p>
        {asked.deskName}, {asked.name}, {asked.office}
      </p>
      {view.state === "open" && (
        <>
          <Notice title={m.digits}>
            <p>
              <strong class="code">{fingerprint}</strong>
            </p>
            <p>{m.digitsText}</p>
          </Notice>
          <p class="soft small">{m.ends(view.expires)}</p>
        </>
      )}
      {verdicts.map(({ payload, name, desk }) => (
        <div key={payload.desk}>
          <p>{payload.verdict === "verified" ? m.verifiedBy(name, desk.name, payload.at) : m.refusedBy(name, desk.name, payload.at)}</p>
          {payload.reason !== null && (
            <p>
              {m.reason} {payload.reason}
            </p>
          )}
        </div>
      ))}
      {verdicts.length > 0 && <p class="soft small">{m.checked}</p>}
      {view.state === "joined" &&
        (session.desks.length > 0 ? (
          <div class="actions">
            <ButtonLink to="/beheer">{m.manage}</ButtonLink>
          </div>
        ) : (
          <p>{m.again}</p>
        ))}
    </section>
  );
}

function AskForm({ session, onDone }: { readonly session: Session; readonly onDone: (made: CheckedJoining) => void }): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).join;
  const [organisation, setOrganisation] = useState<Organisation | null>(null);
  const [fields, setFields] = useState({ deskName: "", name: "", office: "" });
  const [checked, setChecked] = useState(false);
  const missing = (value: string): string | null => (checked && value.trim() === "" ? m.required : null);
  const field = (key: keyof typeof fields, label: string, hint?: string): JSX.Element => (
    <Field
      label={label}
      {...(hint === undefined ? {} : { hint })}
      maxLength={120}
      value={fields[key]}
      error={missing(fields[key])}
      onInput={(value) => setFields({ ...fields, [key]: value })}
    />
  );
  const send = async (): Promise<void> => {
    if (organisation === null) return;
    const { requestJoining } = await import("#services/directory/client/index.ts");
    const [deskName, name, office] = [fields.deskName.trim(), fields.name.trim(), fields.office.trim()];
    onDone(await requestJoining(session, { organisation: organisation.id, function: "safety-desk", deskName, name, office }));
  };
  return (
    <SendForm
      button={m.send}
      icon="key"
      ready={() => {
        setChecked(true);
        return organisation !== null && Object.values(fields).every((value) => value.trim() !== "");
      }}
      send={send}
    >
      {organisation === null ? (
        <OrganisationSearch label={m.which} missing={checked ? m.missing : null} fits={({ kind }) => joiningKinds.includes(kind)} onChoose={setOrganisation} />
      ) : (
        <div class="card card-tight helper">
          <p>
            {m.chosen}: <strong>{organisation.name}</strong>
          </p>
          <Button look="quiet" size="small" onPress={() => setOrganisation(null)}>
            {m.change}
          </Button>
        </div>
      )}
      {field("deskName", m.deskName, m.deskNameHint)}
      {field("name", m.name, m.nameHint)}
      {field("office", m.office)}
      <p class="soft small">{m.kept}</p>
    </SendForm>
  );
}
