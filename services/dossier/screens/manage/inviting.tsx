/** Inviting someone to a team, and the invitations that wait. Used by the manage page. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Invitation, ShownKeys } from "#services/directory/client/index.ts";
import type { OpenDesk, Session } from "#services/directory/client/session.ts";
import { Button, CopyButton, ErrorState, Field, Skeleton, Tag, useMessages } from "#services/interface/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

interface Made {
  readonly name: string;
  readonly token: string;
  readonly expires: string;
}

/** An invitation that was accepted, with the keys the server shows of whoever did. */
export interface Accepted extends Invitation {
  readonly acceptedBy: string;
  readonly keys: ShownKeys;
}

/** The form and the list; `onAdd` asks the lead to take an accepted invitation in. */
export function Inviting({
  session,
  desk,
  onAdd,
}: {
  readonly session: Session;
  readonly desk: OpenDesk;
  readonly onAdd: (invitation: Accepted) => void;
}): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [name, setName] = useState("");
  const [office, setOffice] = useState("");
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  const [waiting, setWaiting] = useState<readonly (Invitation | Accepted)[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const look = async (): Promise<void> => {
    try {
      const { listInvitations, readFingerprint } = await import("#services/directory/client/index.ts");
      const members = new Set(desk.roster.members.map(({ person }) => person));
      const open = (await listInvitations(session, desk.id)).filter(({ acceptedBy }) => acceptedBy === null || !members.has(acceptedBy));
      setWaiting(
        await Promise.all(
          open.map(async (one) => {
            const { acceptedBy } = one;
            return acceptedBy === null ? one : { ...one, acceptedBy, keys: await readFingerprint(session.connection, acceptedBy) };
          }),
        ),
      );
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => void look(), [session, desk]);
  const send = async (): Promise<void> => {
    setChecked(true);
    if (name.trim() === "" || office.trim() === "") return;
    setBusy(true);
    setError(null);
    try {
      const { invite } = await import("#services/directory/client/index.ts");
      setMade({ name, ...(await invite(session, desk.id, { name: name.trim(), office: office.trim() })) });
      setName("");
      setOffice("");
      setChecked(false);
      await look();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <section class="section">
        <h2>{m.invite}</h2>
        <p class="soft">{m.inviteText}</p>
        <form
          class="stack-medium"
          noValidate
          autocomplete="off"
          onSubmit={(event) => {
            event.preventDefault();
            if (!busy) void send();
          }}
        >
          <Field label={m.name} maxLength={200} error={checked && name.trim() === "" ? m.nameMissing : null} value={name} onInput={setName} />
          <Field label={m.office} maxLength={200} error={checked && office.trim() === "" ? m.officeMissing : null} value={office} onInput={setOffice} />
          {error !== null && <ErrorState error={error} />}
          <div class="actions">
            <Button type="submit" busy={busy}>
              {m.make}
            </Button>
          </div>
        </form>
        {made !== null && (
          <div class="card card-tight" role="status">
            <h3>{m.code}</h3>
            <p class="code">{made.token}</p>
            <p>{m.codeText(made.name)}</p>
            <p class="soft small">{m.expires(made.expires)}</p>
            <div class="actions">
              <CopyButton text={made.token} />
            </div>
          </div>
        )}
      </section>
      <section class="section">
        <h2>{m.waiting}</h2>
        {waiting === null && error === null && <Skeleton lines={2} />}
        {waiting?.length === 0 && <p class="soft">{m.none}</p>}
        <ul class="dossier-readers">
          {waiting?.map((invitation) => (
            <li key={invitation.id}>
              <div>
                <p>
                  <strong>{invitation.name}</strong>{" "}
                  <Tag tone={invitation.acceptedBy === null ? undefined : "accent"}>{invitation.acceptedBy === null ? m.notYet : m.accepted}</Tag>
                </p>
                <p class="soft small">{invitation.office}</p>
                {"keys" in invitation && (
                  <p class="small">
                    {m.fingerprint}: <span class="code">{invitation.keys.fingerprint}</span>
                  </p>
                )}
              </div>
              {"keys" in invitation && <Add invitation={invitation} words={m.add} onAdd={onAdd} />}
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

const Add = ({
  invitation,
  words,
  onAdd,
}: {
  readonly invitation: Accepted;
  readonly words: string;
  readonly onAdd: (invitation: Accepted) => void;
}): JSX.Element => (
  <Button size="small" label={`${words}: ${invitation.name}`} onPress={() => onAdd(invitation)}>
    {words}
  </Button>
);
