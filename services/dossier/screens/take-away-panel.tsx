/** "Alles meenemen": one file with everything the reader may read, made on this device. Used by the dossier page. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { Button, ErrorState, Link, Notice, ProgressBar, saveFile, useLanguage, useMessages, writeSize } from "#services/interface/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

type State =
  | { readonly is: "idle" | "done" }
  | { readonly is: "busy"; readonly done: number; readonly all: number }
  | { readonly is: "failed"; readonly error: unknown };

/** The file's name says nothing about what is in it. */
const fileName = "rugdekking.zip";

/** The section at the foot of a dossier. */
export function TakeAway({ handle }: { readonly handle: DossierHandle }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const [state, setState] = useState<State>({ is: "idle" });
  const make = async (): Promise<void> => {
    setState({ is: "busy", done: 0, all: 1 });
    try {
      const { takeAway } = await import("./take-away.ts");
      saveFile(fileName, await takeAway(handle, (done, all) => setState({ is: "busy", done, all })), "application/zip");
      setState({ is: "done" });
    } catch (error) {
      setState({ is: "failed", error });
    }
  };
  return (
    <section class="section no-print">
      <h2>{m.take.title}</h2>
      <p>{m.take.text}</p>
      <p class="soft">{m.take.careful}</p>
      {state.is === "busy" && (
        <ProgressBar
          label={m.take.busy}
          done={state.done}
          all={Math.max(1, state.all)}
          words={m.fetching(writeSize(language, state.done), writeSize(language, state.all))}
        />
      )}
      {state.is === "done" && <Notice title={m.take.done} live />}
      {state.is === "failed" && <ErrorState error={state.error} />}
      <div class="actions">
        <Button look="second" icon="download" busy={state.is === "busy"} onPress={() => void make()}>
          {m.take.button}
        </Button>
      </div>
      <p class="soft small">
        {m.proofText} <Link to="/controleren">{m.checkProof}</Link>
      </p>
    </section>
  );
}
