/** "Telt u mee?": what is counted of a dossier, and a yes or no of whose it is. Stands at the foot of an opened dossier, for its owner alone. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { FootProps } from "#services/dossier/screens/kinds.ts";
import { Button, ErrorState, useMessages } from "#services/interface/index.ts";
import { factQueue } from "./device.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

/** The section. */
export function Counting({ handle }: FootProps): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  const mine = handle.view.roles.includes(handle.workflow.owner);
  const [counted, setCounted] = useState<boolean | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const attempt = async (work: () => Promise<boolean>): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      setCounted(await work());
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  useEffect(() => {
    if (mine) void attempt(async () => await factQueue.counted(handle.id));
  }, [handle.id, mine]);
  const { kind } = handle;
  if (!mine || kind === "question-set") return null;
  return (
    <section class="section no-print">
      <h2>{m.title}</h2>
      <p>{m.text}</p>
      <ul>
        {m.holds[kind].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>{m.not}</p>
      <p class="soft">{m.small}</p>
      <p class="soft">{m.waits}</p>
      {error !== null && <ErrorState error={error} />}
      {counted !== null && (
        <>
          <p role="status">
            <strong>{counted ? m.yes : m.no}</strong>
          </p>
          <div class="actions">
            <Button
              look="second"
              busy={busy}
              onPress={() =>
                void attempt(async () => {
                  await factQueue.choose(handle.id, !counted);
                  return !counted;
                })
              }
            >
              {counted ? m.sayNo : m.sayYes}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
