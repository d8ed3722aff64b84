/**
 * /aanmelding/:organisation: where an organisation's sign-in sends people back to. Takes the answer out of the address before anything else, hands it in with the session of this browser and says what to do next;
 * holds no keys. See `[Note: The way back from a provider]` in services/directory/server/organisation-sign-in.ts.
 */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { openDoor } from "#services/directory/screens/session.ts";
import { ButtonLink, ErrorState, Page, Skeleton, useMessages, type PageProps } from "#services/interface/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { returnChannel } from "./return-channel.ts";

type State = "busy" | "confirmed" | "link" | "nothing" | "failed";

/** The answer, taken out of the address bar and the history so that it stays in neither. */
function takeAnswer(): string {
  const answer = location.search;
  if (answer !== "") history.replaceState(history.state, "", location.pathname);
  return answer;
}

export default function ReturnPage({ parameters }: PageProps): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).back;
  const [state, setState] = useState<State>("busy");
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const answer = takeAnswer();
    const finish = async (): Promise<void> => {
      const [{ completeOrganisationSignIn }, { connection }] = await Promise.all([import("#services/directory/client/index.ts"), openDoor()]);
      const { outcome } = await completeOrganisationSignIn(connection, parameters["organisation"] ?? "", answer);
      setState(outcome === "confirmed" ? "confirmed" : "link");
    };
    if (answer === "") setState("nothing");
    else
      void finish()
        .catch((thrown: unknown) => {
          setError(thrown);
          setState("failed");
        })
        .finally(() => returnChannel.say());
  }, []);
  const title = { busy: m.title, confirmed: m.done, link: m.link, nothing: m.nothing, failed: m.failed }[state];
  return (
    <Page title={title} part={state}>
      {state === "busy" && (
        <>
          <p role="status">{m.busy}</p>
          <Skeleton lines={3} />
        </>
      )}
      {state === "confirmed" && <p>{m.doneText}</p>}
      {state === "link" && <p>{m.linkText}</p>}
      {state === "nothing" && <p>{m.nothingText}</p>}
      {state === "failed" && (
        <>
          <ErrorState error={error} />
          <p>{m.foreign}</p>
        </>
      )}
      {(state === "nothing" || state === "failed") && (
        <div class="actions">
          <ButtonLink to="/bevestigen">{m.again}</ButtonLink>
        </div>
      )}
    </Page>
  );
}
