/** The shares someone keeps for others: whether they are whole, and passing one on after a telephone call. Part of the recovery page. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { CheckedShare } from "#services/directory/client/index.ts";
import type { Session } from "#services/directory/client/session.ts";
import type { AttemptView } from "#services/directory/contract/recovery.ts";
import { Button, ErrorState, Field, Notice, problemCode, Skeleton, Tag, useMessages } from "#services/interface/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

const client = async () => await import("#services/directory/client/index.ts");

export function Held({ session }: { readonly session: Session }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [held, setHeld] = useState<readonly (CheckedShare & { readonly name: string })[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = async (): Promise<void> => {
    try {
      const shares = await (await client()).readHeld(session);
      setHeld(
        await Promise.all(
          shares.map(async (share) => ({ ...share, name: "desk" in share.set.subject ? (await session.trust.desk(share.set.subject.desk)).name : m.someone })),
        ),
      );
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => void load(), [session]);
  return (
    <section class="section stack-medium">
      <h2>{m.held}</h2>
      {error !== null && <ErrorState error={error} onRetry={() => void load()} />}
      {held === null && error === null && <Skeleton lines={2} />}
      {held?.length === 0 && <p class="soft">{m.heldNone}</p>}
      {held?.map((share) => (
        <div key={share.set.recovery} class="card card-tight stack-small">
          <h3 class="card-name">{"desk" in share.set.subject ? m.heldDesk(share.name) : m.heldPerson(share.name)}</h3>
          {share.whole ? <p class="soft">{m.whole}</p> : <Notice tone="amber" title={m.broken} />}
          {share.held.attempts
            .filter(({ state }) => ["asked", "waiting", "open"].includes(state))
            .map((attempt) => (
              <Asked key={attempt.attempt} session={session} share={share} attempt={attempt} onDone={() => void load()} />
            ))}
        </div>
      ))}
    </section>
  );
}

function Asked({
  session,
  share,
  attempt,
  onDone,
}: {
  readonly session: Session;
  readonly share: CheckedShare;
  readonly attempt: AttemptView;
  readonly onDone: () => void;
}): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [digits, setDigits] = useState("");
  const [members, setMembers] = useState<readonly { readonly name: string; readonly office: string }[] | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const desk = attempt.request !== null;
  const mine = attempt.confirmed.includes(share.held.place);
  useEffect(() => {
    if (!desk) return;
    void client()
      .then(async ({ readRequest }) => await readRequest(session, share.set, attempt))
      .then(
        (read) => setMembers(read.members),
        (thrown: unknown) => setError(thrown),
      );
  }, [attempt.attempt]);
  const act = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await work();
      onDone();
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };
  const confirm = async (): Promise<void> => await (await client()).confirmAttempt(session, share, attempt, desk ? null : digits);
  const refuse = async (): Promise<void> => await (await client()).refuseAttempt(session, share.set.recovery, attempt.attempt);
  return (
    <div class="stack-small">
      <p>
        <strong>{m.asked(attempt.asked)}</strong> <Tag>{m.states[attempt.state]}</Tag>
      </p>
      {mine && <Notice title={m.confirmed} />}
      {!mine && attempt.state === "asked" && (
        <form
          class="stack-small"
          noValidate
          autocomplete="off"
          onSubmit={(event) => {
            event.preventDefault();
            if (!busy) void act(confirm);
          }}
        >
          <p>{desk ? m.confirmDeskText : m.confirmText}</p>
          {members !== null && (
            <ul class="plain stack-small">
              {members.map(({ name, office }) => (
                <li key={name}>
                  {name}, {office}
                </li>
              ))}
            </ul>
          )}
          {!desk && <Field label={m.typed} keyboard="numeric" value={digits} onInput={setDigits} />}
          <Notice tone="amber">
            <p>{desk ? m.confirmDeskMeans : m.confirmMeans}</p>
          </Notice>
          <div class="actions">
            <Button type="submit" icon="key" busy={busy} disabled={desk ? members === null : digits.replaceAll(/\D/g, "").length !== 25}>
              {desk ? m.confirmDesk : m.confirm}
            </Button>
          </div>
        </form>
      )}
      {error !== null && (problemCode(error) === "signature-invalid" ? <Notice tone="red" live title={m.differ} /> : <ErrorState error={error} />)}
      <div class="actions">
        <Button look="second" size="small" onPress={() => void act(refuse)}>
          {m.refuse}
        </Button>
      </div>
    </div>
  );
}
