/** /antwoord: whoever got a link answers with it. The pointer stands behind the `#`, which no browser sends, and is taken out of the address before anything else; a page without a known person says what to do and never for whom the link was. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Session } from "#services/directory/client/index.ts";
import { signInAsDevice } from "#services/directory/screens/device/device.ts";
import { session as signedIn, useSession } from "#services/directory/screens/session.ts";
import { SignInForm } from "#services/directory/screens/sign-in-page.tsx";
import { lookUpAnswerLink, pointerOf, type DossierHandle } from "#services/dossier/client/index.ts";
import "#services/dossier/screens/dossier.css";
import { Button, ButtonLink, ErrorState, historyIndex, navigate, Notice, Page, problemCode, Skeleton, useMessages } from "#services/interface/index.ts";
import { openSignal } from "#services/signalling/client/index.ts";
import { SignalEntry } from "#services/signalling/screens/entries/entry.tsx";
import { answersFor } from "#services/signalling/screens/list/answering.ts";
import { Answers } from "#services/signalling/screens/list/answers.tsx";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

/** Takes the pointer out of the address: it must not stay in the history, a screenshot or a bookmark. */
function takePointer(): string | null {
  const { hash, pathname } = location;
  if (hash === "") return null;
  history.replaceState({ index: historyIndex() }, "", pathname);
  return pointerOf(hash);
}

export default function AnswerPage(): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).page;
  const [pointer, setPointer] = useState(takePointer);
  const session = useSession();
  useEffect(() => {
    // A second link that is followed in this tab changes no more of the address than its fragment.
    const follow = (): void => {
      const next = takePointer();
      if (next !== null) setPointer(next);
    };
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  if (pointer === null)
    return (
      <Page title={m.none} part="none">
        <p>{m.noneText}</p>
        <ToList m={m} />
      </Page>
    );
  if (session === null) return <Entering m={m} />;
  return <Looking key={`${pointer}${session.person.person}`} pointer={pointer} session={session} m={m} />;
}

const ToList = ({ m }: { readonly m: Messages["page"] }): JSX.Element => (
  <div class="actions">
    <ButtonLink to="/signalen" look="second" icon="list">
      {m.list}
    </ButtonLink>
  </div>
);

/** Signs in as who this device is; where it is nobody, says what to do. */
function Entering({ m }: { readonly m: Messages["page"] }): JSX.Element {
  const [unknown, setUnknown] = useState(false);
  const [signingIn, setSigningIn] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const enter = async (): Promise<void> => {
    setError(null);
    try {
      const entered = await signInAsDevice();
      if (entered === null) setUnknown(true);
      else signedIn.set(entered);
    } catch (thrown) {
      // Known no more: its way in was taken away elsewhere. What it kept is left alone, for the sign-in page to offer to forget.
      if (problemCode(thrown) === "not-found") setUnknown(true);
      else setError(thrown);
    }
  };
  useEffect(() => void enter(), []);
  if (!unknown)
    return (
      <Page title={m.title}>
        {error === null ? (
          <div role="status">
            <p>{m.opening}</p>
            <Skeleton lines={3} />
          </div>
        ) : (
          <ErrorState error={error} onRetry={() => void enter()} />
        )}
      </Page>
    );
  return (
    <Page title={m.unknown} lead={m.unknownText} part="unknown">
      <h2>{m.unknownDo}</h2>
      <ul>
        <li>{m.ask}</li>
        <li>{m.call}</li>
        <li>{m.other}</li>
      </ul>
      {signingIn ? (
        <section class="stack-medium">
          <h2>{m.account}</h2>
          {/* Here and not on its own page: going there would lose the link. */}
          <SignInForm onDone={() => undefined} />
        </section>
      ) : (
        <div class="actions">
          <Button icon="key" onPress={() => setSigningIn(true)}>
            {m.account}
          </Button>
          <ButtonLink to="/uitnodiging" look="second">
            {m.invitation}
          </ButtonLink>
        </div>
      )}
      <p class="soft small">{m.keep}</p>
    </Page>
  );
}

type Found = { readonly what: "open"; readonly handle: DossierHandle } | { readonly what: "spent" | "wrong" | "done" };

/** Asks where the link leads and draws that. */
function Looking({ pointer, session, m }: { readonly pointer: string; readonly session: Session; readonly m: Messages["page"] }): JSX.Element {
  const [found, setFound] = useState<Found | null>(null);
  const [error, setError] = useState<unknown>(null);
  const look = async (): Promise<void> => {
    setError(null);
    try {
      const view = await lookUpAnswerLink(session, pointer);
      if (view.answered) setFound({ what: "spent" });
      else if (view.kind === "signal") setFound({ what: "open", handle: await openSignal(session, view.dossier) });
      else navigate(`/dossier/${view.dossier}`, { replace: true });
    } catch (thrown) {
      const code = problemCode(thrown);
      if (code === "not-found" || code === "grant-ended") setFound({ what: "wrong" });
      // Ended meanwhile: a known device signs in anew by itself, anybody else is asked to.
      else if (code === "session-missing" || code === "session-expired") signedIn.set(null);
      else setError(thrown);
    }
  };
  useEffect(() => void look(), []);
  if (found === null)
    return (
      <Page title={m.title} part="looking">
        {error === null ? <Skeleton lines={4} /> : <ErrorState error={error} onRetry={() => void look()} />}
      </Page>
    );
  switch (found.what) {
    case "open":
      return <Answering handle={found.handle} m={m} onDone={() => setFound({ what: "done" })} />;
    case "done":
      return (
        <Page title={m.done} lead={m.doneText} part="done">
          <p>{m.doneNext}</p>
          <ToList m={m} />
        </Page>
      );
    case "spent":
      return (
        <Page title={m.spent} lead={m.spentText} part="spent">
          <ToList m={m} />
        </Page>
      );
    case "wrong":
      return (
        <Page title={m.wrong} lead={m.wrongText} part="wrong">
          <p>{m.wrongMend}</p>
          <ToList m={m} />
        </Page>
      );
  }
}

/** The answers first, then the words they are about. */
function Answering({ handle, m, onDone }: { readonly handle: DossierHandle; readonly m: Messages["page"]; readonly onDone: () => void }): JSX.Element {
  const { actions } = handle.view;
  const told = handle.entries.filter((entry) => entry.readable && isTold(handle, entry.seq));
  return (
    <Page title={m.title} lead={m.lead} part="answer">
      {answersFor(actions).length === 0 ? (
        <Notice title={m.nothing}>
          <p>{m.nothingText}</p>
        </Notice>
      ) : (
        <Answers actions={actions} open={async () => handle} about="" onDone={onDone} />
      )}
      <section class="stack-medium">
        <h2>{m.about}</h2>
        {told.map((entry) => (
          <div key={entry.hash} class="card card-tight stack-small">
            <SignalEntry handle={handle} entry={entry} />
          </div>
        ))}
        <div class="actions">
          <ButtonLink to={`/dossier/${handle.id}`} look="second" icon="arrow" iconLast>
            {m.whole}
          </ButtonLink>
        </div>
      </section>
    </Page>
  );
}

/** The signal itself and the newest weighing and decision: what an answer is about. */
const isTold = (handle: DossierHandle, seq: number): boolean => (["signal", "weighing", "decision"] as const).some((kind) => handle.newest(kind)?.seq === seq);
