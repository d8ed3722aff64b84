/** The page's side of an import worker: events come in batches while the page stays free. Imports no reader: those are loaded in the worker only. */
import { Problem } from "#services/problem/index.ts";
import type { ImportOptions } from "./import-files.ts";
import type { ImportEvent } from "./items.ts";
import { type ImportWorker, importWorker } from "./worker-maker.ts";
import type { ImportAnswered, ImportAsked } from "./worker-messages.ts";

const failed = (): Problem =>
  new Problem("unavailable", "The part of the app that reads files could not do its work", "Reload the page and choose the files again.");

/**
 * Imports in a worker of its own, which ends with the import. Stop asking, or abort, and it stops reading; the cursor of the last event goes on from there.
 * @param worker for tests; else the one apps/web named.
 * @throws {@link Problem} unavailable when the worker cannot run; the reason of `signal`. What is wrong with the files is among the events.
 */
export async function* importInWorker(
  files: readonly { readonly name: string; readonly blob: Blob }[],
  { cursor = null, split = "whole", limits = {}, signal, progress }: ImportOptions = {},
  worker: ImportWorker = importWorker(),
): AsyncGenerator<readonly ImportEvent[]> {
  const waiting: ImportAnswered[] = [];
  let wake: (() => void) | null = null;
  let dead = false;
  const stir = (): void => {
    wake?.();
    wake = null;
  };
  const say = (asked: ImportAsked): void => worker.postMessage(asked);
  worker.addEventListener("message", ({ data }: MessageEvent<ImportAnswered>) => {
    if (data.what === "progress") progress?.(data.read, data.total);
    else waiting.push(data);
    stir();
  });
  for (const type of ["error", "messageerror"] as const)
    worker.addEventListener(type, () => {
      dead = true;
      stir();
    });
  signal?.addEventListener("abort", stir);
  try {
    say({ what: "start", files, cursor, split, limits });
    for (;;) {
      signal?.throwIfAborted();
      const next = waiting.shift();
      if (next === undefined) {
        if (dead) throw failed();
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      if (next.what === "done") return;
      if (next.what === "failed") throw failed();
      if (next.what !== "batch") continue;
      yield next.events;
      say({ what: "more" });
    }
  } finally {
    signal?.removeEventListener("abort", stir);
    say({ what: "cancel" });
    worker.terminate();
  }
}
