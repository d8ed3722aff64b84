/** Papers in a web worker: `servePapers` inside it, `paperWorker` on the page. Apps write a worker of a few lines that reads the files and calls the former; README.md shows it. */
import { PaperError, type PaperErrorCode } from "./errors.ts";
import { renderUnknown, type PaperAssets, type PaperCompiler } from "./render.ts";
import type { PaperData, TemplateName } from "./templates.ts";
import { warmUp, warmUpAssets } from "./warm-up.ts";

/** The end of a message channel, as both a Worker and the scope inside one offer it. */
export interface Port {
  postMessage(message: unknown, options: { transfer: Transferable[] }): void;
  addEventListener(type: "message", listener: (event: MessageEvent<unknown>) => void): void;
}
/** A Worker as the page holds it. */
export interface PaperWorkerPort extends Port {
  addEventListener(type: "message", listener: (event: MessageEvent<unknown>) => void): void;
  addEventListener(type: "error" | "messageerror", listener: () => void): void;
  terminate(): void;
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  Object.fromEntries(typeof value === "object" && value !== null ? Object.entries(value) : []);

const isBytes = (entry: [string, unknown]): entry is [string, Uint8Array] => entry[1] instanceof Uint8Array;

/** Bytes fetched so far, of all there will be (unpacked). */
export type PaperProgress = (done: number, all: number) => void;

/**
 * Answers every request for a paper with its bytes or with the error. Call it once, in the worker, right away: requests that come while the compiler starts wait for it.
 * @param port the worker's own scope (`self`)
 * @param start makes the compiler, as with `browserCompiler`; what it tells `progress` reaches the page's `onProgress`
 */
export function servePapers(port: Port, start: (progress: PaperProgress) => Promise<PaperCompiler>): void {
  const compiler = start((done, all) => port.postMessage({ loaded: [done, all] }, { transfer: [] }));
  // Who asks hears of it; nobody else needs to.
  compiler.catch(() => undefined);
  const answer = async (asked: Readonly<Record<string, unknown>>): Promise<void> => {
    const { id, template } = asked;
    try {
      const ready = await compiler;
      if (template === null) {
        renderUnknown(ready, "advies", warmUp, warmUpAssets);
        return port.postMessage({ id, pdf: new Uint8Array() }, { transfer: [] });
      }
      const assets = Object.fromEntries(Object.entries(record(asked["assets"])).filter(isBytes));
      const pdf = renderUnknown(ready, typeof template === "string" ? template : "", asked["data"], assets);
      port.postMessage({ id, pdf }, { transfer: [pdf.buffer] });
    } catch (error) {
      const known =
        error instanceof PaperError
          ? error
          : new PaperError("worker-failed", `The paper could not be made: ${error instanceof Error ? error.name : "unknown"}.`);
      port.postMessage({ id, error: { code: known.code, message: known.message, data: known.data } }, { transfer: [] });
    }
  };
  port.addEventListener("message", ({ data }) => void answer(record(data)));
}

/** Papers from a worker. */
export interface PaperWorker {
  /** Ask for it when the page that may need a paper opens: starts the compiler and warms it up before it is needed; resolves when the next paper will be quick. */
  readonly ready: () => Promise<void>;
  /** As `renderPaper`, without blocking the page. The assets are copied, so they stay usable. */
  readonly render: <N extends TemplateName>(name: N, data: PaperData[N], assets?: PaperAssets) => Promise<Uint8Array>;
  /** Ends the worker and gives its memory back; what is still asked for fails with `worker-failed`. */
  readonly stop: () => void;
}

const codes: ReadonlySet<string> = new Set<PaperErrorCode>([
  "template-unknown",
  "data-invalid",
  "data-too-large",
  "asset-missing",
  "asset-unused",
  "picture-unreadable",
  "picture-too-large",
  "file-missing",
  "font-unreadable",
  "compiler-unavailable",
  "compile-refused",
  "pdf-unexpected",
  "worker-failed",
]);
const isCode = (code: unknown): code is PaperErrorCode => typeof code === "string" && codes.has(code);

function errorFrom(sent: unknown): PaperError {
  const { code, message, data } = record(sent);
  const facts = Object.entries(record(data)).filter((entry): entry is [string, string | number] => ["string", "number"].includes(typeof entry[1]));
  return new PaperError(isCode(code) ? code : "worker-failed", typeof message === "string" ? message : "The worker gave no reason.", Object.fromEntries(facts));
}

/** Speaks with a worker that called {@link servePapers}. @param onProgress hears how much of the compiler was fetched */
export function paperWorker(worker: PaperWorkerPort, onProgress?: PaperProgress): PaperWorker {
  const waiting = new Map<number, { readonly resolve: (pdf: Uint8Array) => void; readonly reject: (error: PaperError) => void }>();
  let asked = 0;
  let stopped: PaperError | null = null;
  const stop = (why: string): void => {
    stopped = new PaperError("worker-failed", `The document maker stopped: ${why}. Reload the page and try again.`, { why });
    worker.terminate();
    for (const { reject } of waiting.values()) reject(stopped);
    waiting.clear();
  };
  worker.addEventListener("message", ({ data }) => {
    const { id, pdf, error, loaded } = record(data);
    if (Array.isArray(loaded)) {
      const [done, all]: readonly unknown[] = loaded;
      if (typeof done === "number" && typeof all === "number") onProgress?.(done, all);
      return;
    }
    const asker = typeof id === "number" ? waiting.get(id) : undefined;
    if (asker === undefined || typeof id !== "number") return;
    waiting.delete(id);
    if (pdf instanceof Uint8Array) asker.resolve(pdf);
    else asker.reject(errorFrom(error));
  });
  worker.addEventListener("error", () => stop("its code failed"));
  worker.addEventListener("messageerror", () => stop("it answered what cannot be read"));
  const ask = async (template: string | null, data: unknown, assets: PaperAssets): Promise<Uint8Array> =>
    await new Promise((resolve, reject) => {
      if (stopped !== null) return reject(stopped);
      asked += 1;
      waiting.set(asked, { resolve, reject });
      worker.postMessage({ id: asked, template, data, assets }, { transfer: [] });
    });
  return {
    ready: async () => void (await ask(null, null, {})),
    render: async (name, data, assets = {}) => await ask(name, data, assets),
    stop: () => stop("it was ended"),
  };
}
