/** Who can bring someone's own keys back: choosing them, attempts with a no, and what happened. Part of the recovery page. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Holder } from "#services/directory/client/index.ts";
import type { Session } from "#services/directory/client/session.ts";
import type { AttemptView, RecoveryView } from "#services/directory/contract/recovery.ts";
import { Button, Dialog, ErrorState, Field, Notice, ReceiptCard, Skeleton, Tag, useMessages } from "#services/interface/index.ts";
import { en } from "./en.ts";
import { HolderFields } from "./holder-fields.tsx";
import { nl, type Messages } from "./nl.ts";

const client = async () => await import("#services/directory/client/index.ts");
const ended = new Set<AttemptView["state"]>(["done", "vetoed", "refused", "lapsed", "overtaken"]);

interface Read {
  readonly standing: {
    readonly view: RecoveryView;
    readonly holders: readonly { readonly name: string; readonly office: string; readonly person: string | null }[];
    readonly hours: number;
  } | null;
  readonly attempts: readonly (AttemptView & { readonly recovery: string })[];
}

async function read(session: Session): Promise<Read> {
  const { readRecoveries, readSet } = await client();
  const { own } = await readRecoveries(session);
  const view = own.find((one) => one.ended === null);
  const set = view === undefined ? null : await readSet(view);
  return {
    standing: view === undefined || set === null ? null : { view, holders: set.holders, hours: set.delayHours },
    attempts: own
      .flatMap(({ recovery, attempts }) => attempts.map((attempt) => ({ ...attempt, recovery })))
      .toSorted((a, b) => Date.parse(b.asked) - Date.parse(a.asked)),
  };
}

export function Own({ session }: { readonly session: Session }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [now, setNow] = useState<Read | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [paper, setPaper] = useState<string | null>(null);
  const [ending, setEnding] = useState(false);
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setError(null);
    try {
      await work();
      setNow(await read(session));
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => void attempt(async () => undefined), [session]);
  if (paper !== null)
    return (
      <section class="section stack-medium">
        <h2>{m.paperTitle}</h2>
        <Notice tone="red" title={m.paperWarn} live />
        <ReceiptCard title={m.paper} code={paper} fileName="notitie.txt" />
        <div class="actions">
          <Button onPress={() => setPaper(null)}>{m.paperNext}</Button>
        </div>
      </section>
    );
  const running = now?.attempts.filter(({ state }) => !ended.has(state)) ?? [];
  return (
    <>
      {running.length > 0 && (
        <section class="section stack-medium">
          <h2>{m.attempts}</h2>
          <Notice tone="red" title={m.attemptText} live />
          {running.map((one) => (
            <div key={one.attempt} class="card card-tight stack-small">
              <p>
                <strong>{m.asked(one.asked)}</strong> <Tag tone="accent">{m.states[one.state]}</Tag>
              </p>
              {one.opens !== null && <p class="soft">{m.opens(one.opens)}</p>}
              {one.state === "taken" && <p>{m.takenText}</p>}
              <div class="actions">
                <Button look="final" onPress={() => void attempt(async () => await (await client()).refuseAttempt(session, one.recovery, one.attempt))}>
                  {m.noButton}
                </Button>
              </div>
            </div>
          ))}
        </section>
      )}
      <section class="section stack-medium">
        <h2>{m.own}</h2>
        {error !== null && <ErrorState error={error} onRetry={() => void attempt(async () => undefined)} />}
        {now === null && error === null && <Skeleton lines={3} />}
        {now !== null && now.standing === null && <p>{m.none}</p>}
        {now !== null && now.standing !== null && (
          <>
            <ul class="plain stack-small">
              {now.standing.holders.map(({ name, office, person }) => (
                <li key={person ?? "paper"} class="card card-tight">
                  <p>
                    <strong>{person === null ? m.paper : name}</strong>
                    {office !== "" && <span class="soft">, {office}</span>}
                  </p>
                </li>
              ))}
            </ul>
            <p class="soft">
              {m.set(now.standing.view.made)} {m.waits(now.standing.hours)}
            </p>
            <div class="actions">
              <Button look="second" onPress={() => setEnding(true)}>
                {m.end}
              </Button>
            </div>
          </>
        )}
      </section>
      {now !== null && (
        <SetUp
          session={session}
          replaces={now.standing !== null}
          onDone={(code) => {
            setPaper(code);
            void attempt(async () => undefined);
          }}
        />
      )}
      {now !== null && now.attempts.some(({ state }) => ended.has(state)) && (
        <section class="section">
          <h2>{m.history}</h2>
          <ul class="plain stack-small">
            {now.attempts
              .filter(({ state }) => ended.has(state))
              .map((one) => (
                <li key={one.attempt}>
                  {m.asked(one.asked)}: {m.states[one.state]}
                </li>
              ))}
          </ul>
        </section>
      )}
      <Dialog open={ending} title={m.endTitle} onClose={() => setEnding(false)}>
        <p>{m.endText}</p>
        <div class="actions">
          <Button
            look="final"
            onPress={() => {
              setEnding(false);
              void attempt(async () => {
                if (now !== null && now.standing !== null) await (await client()).endRecovery(session, now.standing.view.recovery);
              });
            }}
          >
            {m.end}
          </Button>
        </div>
      </Dialog>
    </>
  );
}

function SetUp({
  session,
  replaces,
  onDone,
}: {
  readonly session: Session;
  readonly replaces: boolean;
  readonly onDone: (paper: string | null) => void;
}): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [first, setFirst] = useState<Holder | null>(null);
  const [second, setSecond] = useState<Holder | null>(null);
  const [passphrase, setPassphrase] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const go = async (): Promise<void> => {
    if (first === null || second === null) return;
    setBusy(true);
    setError(null);
    try {
      const { paper } = await (await client()).setUpRecovery(session, { kind: "passphrase", passphrase }, { holders: [first, second] });
      setPassphrase("");
      onDone(paper);
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };
  const wrong = typeof error === "object" && error !== null && "code" in error && error.code === "unlock-wrong";
  return (
    <section class="section">
      <form
        class="stack-medium"
        noValidate
        autocomplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void go();
        }}
      >
        <h2>{m.setUp}</h2>
        <p class="soft">{m.setUpText}</p>
        {replaces && <p class="soft">{m.replaces}</p>}
        <HolderFields session={session} title={m.first} onChosen={setFirst} />
        <HolderFields session={session} title={m.second} onChosen={setSecond} />
        <Field
          label={m.passphrase}
          type="password"
          autocomplete="current-password"
          value={passphrase}
          error={wrong ? m.wrongPassphrase : null}
          onInput={setPassphrase}
        />
        {error !== null && !wrong && <ErrorState error={error} />}
        <div class="actions">
          <Button type="submit" icon="key" busy={busy} disabled={first === null || second === null || passphrase === ""}>
            {m.go}
          </Button>
        </div>
      </form>
    </section>
  );
}
