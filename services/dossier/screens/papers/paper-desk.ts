/** Makes documents in the browser: one worker while the page is open. Used by the list beside it; the services hand in what a document says. */
import { paperWorker, type PaperProgress, type PaperWorker } from "@rugdekking/paper/worker";
import type { TemplateName } from "@rugdekking/paper";
import type { PaperToSet } from "#services/dossier/client/index.ts";
import { startPaperWorker } from "./paper-worker-maker.ts";

/** A document that was made. */
export interface MadePaper {
  readonly pdf: Uint8Array;
  readonly fileName: string;
  readonly leftOut: readonly string[];
}

/** Sets one document. @throws PaperError. */
export type SetPaper = <N extends TemplateName>(paper: PaperToSet<N>) => Promise<MadePaper>;

/** What a page holds while it makes documents. */
export interface PaperDesk {
  /** Collects with `make` while the program starts, then sets what it hands over. @throws PaperError, Problem. */
  readonly make: (make: (set: SetPaper) => Promise<MadePaper>, onStep: (step: "collecting" | "making") => void) => Promise<MadePaper>;
  /** Ends the worker: gives its memory back, and what it remembers of the text. */
  readonly stop: () => void;
}

/** @param onLoad how much of the program was fetched, the first time */
export function openPaperDesk(onLoad: PaperProgress): PaperDesk {
  let worker: PaperWorker | null = null;
  const started = (): PaperWorker => {
    if (worker !== null) return worker;
    const port = startPaperWorker();
    if (port === null) throw new Error("this browser starts no worker");
    worker = paperWorker(port, onLoad);
    return worker;
  };
  return {
    make: async (make, onStep) => {
      started();
      onStep("collecting");
      return await make(async ({ template, data, assets, fileName, leftOut }) => {
        onStep("making");
        try {
          return { pdf: await started().render(template, data, assets), fileName, leftOut };
        } catch (error) {
          // A worker that failed once is not asked again.
          worker?.stop();
          worker = null;
          throw error;
        }
      });
    },
    stop: () => {
      worker?.stop();
      worker = null;
    },
  };
}

/** Whether this device kept the program from an earlier time (apps/web/service-worker.js). */
export async function programKept(): Promise<boolean> {
  try {
    for (const name of await caches.keys()) {
      if (!name.startsWith("large-")) continue;
      if ((await (await caches.open(name)).keys()).some(({ url }) => url.endsWith(".wasm"))) return true;
    }
  } catch {
    // A browser that keeps nothing fetches it again.
  }
  return false;
}
