/** Coming back when every way to sign in is lost: asking, the digits to read out, waiting, and new ways in. Part of the recovery page, for who is not signed in. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { KeptClaim } from "#services/directory/client/index.ts";
import type { ClaimState } from "#services/directory/contract/recovery.ts";
import { suggestPassphrase } from "#services/directory/screens/passphrase.ts";
import { openDoor } from "#services/directory/screens/session.ts";
import { showingWork, WorkingCard } from "#services/directory/screens/working.tsx";
import { Button, ButtonLink, ErrorState, Field, Notice, Page, ProgressBar, ReceiptCard, SendForm, useMessages } from "#services/interface/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

const client = async () => await import("#services/directory/client/index.ts");
const kept = async () => await import("#services/directory/client/recovery-claim-browser.ts");
const over = new Set<ClaimState["state"]>(["vetoed", "refused", "lapsed", "done", "overtaken"]);

export function ClaimPage(): JSX.Element {
  const { claim: m } = useMessages<Messages>({ nl, en });
  const [claim, setClaim] = useState<KeptClaim | null>(null);
  const [sheet, setSheet] = useState<string | null>(null);
  useEffect(() => {
    // A browser that keeps nothing has kept no claim either.
    void kept()
      .then(async ({ readKeptClaim }) => setClaim(await readKeptClaim()))
      .catch(() => undefined);
  }, []);
  if (sheet !== null)
    return (
      <Page title={m.done} lead={m.doneLead} part="done">
        <ReceiptCard title={m.sheet} code={sheet} fileName="notitie.txt" />
        <Notice tone="amber" title={m.anew} />
        <div class="actions">
          <ButtonLink to="/inloggen">{m.signIn}</ButtonLink>
        </div>
      </Page>
    );
  if (claim === null) return <Ask onAsked={setClaim} />;
  return <Waiting claim={claim} onForget={() => setClaim(null)} onDone={setSheet} />;
}

function Ask({ onAsked }: { readonly onAsked: (claim: KeptClaim) => void }): JSX.Element {
  const { claim: m, missing } = useMessages<Messages>({ nl, en });
  const [handle, setHandle] = useState("");
  const [checked, setChecked] = useState(false);
  const ask = async (): Promise<void> => {
    const [{ claimRecovery }, { keepClaim }, { connection }] = await Promise.all([client(), kept(), openDoor()]);
    const claim = await showingWork(connection, async () => await claimRecovery(connection, handle));
    await keepClaim(claim);
    onAsked(claim);
  };
  return (
    <Page title={m.title} lead={m.lead} part="ask">
      <SendForm
        button={m.ask}
        icon="key"
        ready={() => {
          setChecked(true);
          return handle.trim() !== "";
        }}
        send={ask}
      >
        <Field
          label={m.handle}
          keyboard="email"
          autocomplete="username"
          spellcheck={false}
          value={handle}
          error={checked && handle.trim() === "" ? missing : null}
          onInput={setHandle}
        />
        <WorkingCard />
      </SendForm>
    </Page>
  );
}

function Waiting({
  claim,
  onForget,
  onDone,
}: {
  readonly claim: KeptClaim;
  readonly onForget: () => void;
  readonly onDone: (sheet: string) => void;
}): JSX.Element {
  const words = useMessages<Messages>({ nl, en });
  const m = words.claim;
  const [code, setCode] = useState("");
  const [state, setState] = useState<ClaimState | null>(null);
  const [paper, setPaper] = useState("");
  const [used, setUsed] = useState<"no" | "yes" | "wrong">("no");
  const [error, setError] = useState<unknown>(null);
  const look = async (): Promise<void> => {
    setError(null);
    try {
      const [{ readClaim, codeOfClaim }, { connection }] = await Promise.all([client(), openDoor()]);
      setCode(await codeOfClaim(claim));
      setState(await readClaim(connection, claim));
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => void look(), [claim]);
  const usePaper = async (): Promise<void> => {
    try {
      const [{ confirmWithPaper }, { connection }] = await Promise.all([client(), openDoor()]);
      await confirmWithPaper(connection, claim, paper);
      setUsed("yes");
      await look();
    } catch {
      setUsed("wrong");
    }
  };
  const forget = async (): Promise<void> => {
    await (await kept()).forgetClaim();
    onForget();
  };
  const ended = state !== null && over.has(state.state);
  return (
    <Page title={ended ? m.ended : m.asked} lead={ended ? words.states[state.state] : m.askedLead} part={ended ? "ended" : "asked"}>
      {!ended && (
        <>
          <p>
            <strong class="code">{code}</strong>
          </p>
          <p class="soft">{m.unknown}</p>
          <Notice tone="amber" title={m.keep} />
          <section class="section stack-small">
            <h2>{m.now}</h2>
            <p role="status">
              {state === null ? "" : `${words.states[state.state]}. ${m.confirmations(state.confirmed)}`}{" "}
              {state !== null && state.opens !== null && words.opens(state.opens)}
            </p>
            <div class="actions">
              <Button look="second" onPress={() => void look()}>
                {m.look}
              </Button>
            </div>
          </section>
          {state?.state === "asked" && (
            <section class="section stack-small">
              <h2>{m.paper}</h2>
              <form
                class="stack-medium"
                noValidate
                autocomplete="off"
                onSubmit={(event) => {
                  event.preventDefault();
                  if (paper.trim() !== "" && used !== "yes") void usePaper();
                }}
              >
                <Field
                  label={words.paper}
                  hint={m.paperHint}
                  spellcheck={false}
                  value={paper}
                  error={used === "wrong" ? m.paperWrong : null}
                  onInput={setPaper}
                />
                {used === "yes" && <Notice live title={m.paperUsed} />}
                <div class="actions">
                  <Button type="submit" look="second" disabled={paper.trim() === "" || used === "yes"}>
                    {m.usePaper}
                  </Button>
                </div>
              </form>
            </section>
          )}
          {(state?.state === "open" || state?.state === "taken") && <Finish claim={claim} paper={paper} onPaper={setPaper} onDone={onDone} />}
        </>
      )}
      {error !== null && <ErrorState error={error} onRetry={() => void look()} />}
      <div class="actions">
        <Button look="quiet" onPress={() => void forget()}>
          {ended ? m.again : m.stop}
        </Button>
      </div>
    </Page>
  );
}

function Finish({
  claim,
  paper,
  onPaper,
  onDone,
}: {
  readonly claim: KeptClaim;
  readonly paper: string;
  readonly onPaper: (text: string) => void;
  readonly onDone: (sheet: string) => void;
}): JSX.Element {
  const { claim: m } = useMessages<Messages>({ nl, en });
  const [passphrase, setPassphrase] = useState(() => suggestPassphrase());
  const [share, setShare] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const go = async (): Promise<void> => {
    if (passphrase.length < 16) return;
    setShare(0);
    setError(null);
    try {
      const [{ finishClaim }, { forgetClaim }, { connection }] = await Promise.all([client(), kept(), openDoor()]);
      const { sheet } = await finishClaim(connection, claim, { passphrase, progress: setShare, ...(paper.trim() === "" ? {} : { paper }) });
      await forgetClaim();
      onDone(sheet);
    } catch (thrown) {
      setError(thrown);
      setShare(null);
    }
  };
  return (
    <form
      class="section stack-medium"
      noValidate
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (share === null) void go();
      }}
    >
      <Field
        label={m.passphrase}
        hint={m.passphraseHint}
        spellcheck={false}
        value={passphrase}
        error={passphrase.length < 16 ? m.tooShort : null}
        onInput={setPassphrase}
      />
      <Field label={m.paperAgain} optional spellcheck={false} value={paper} onInput={onPaper} />
      {share !== null && (
        <div role="status">
          <ProgressBar label={m.working} done={share} all={1} words={`${Math.round(share * 100)} %`} />
        </div>
      )}
      {error !== null && <ErrorState error={error} />}
      <div class="actions">
        <Button type="submit" icon="key" busy={share !== null}>
          {m.finish}
        </Button>
      </div>
    </form>
  );
}
