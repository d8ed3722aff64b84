/** The inside of an import worker: reads files and gives what is in them in batches, no faster than the page takes them. apps/web starts it in a Worker; the page speaks to it through `worker-client.ts`. */
import { importFiles } from "./import-files.ts";
import type { ImportEvent } from "./items.ts";
import type { ImportAnswered, ImportAsked } from "./worker-messages.ts";

/** What is needed of the worker's own global scope. */
export interface ImportPort {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
}

/** Batches on their way at once: the page works on one while the next is read. */
const AHEAD = 2;
/** A batch goes when it holds so many events, */
const EVENTS = 200;
/** or so much text (UTF-16 code units), */
const LENGTH = 256 * 1024;
/** or when its first event waits this long (ms). */
const WAIT = 100;
/** Progress is told at most this often (ms). */
const TELL = 100;

/** Gathers events and sends them while the page keeps up. */
class Batches {
  readonly #tell: (answer: ImportAnswered) => void;
  #events: ImportEvent[] = [];
  #length = 0;
  #since = 0;
  #free = AHEAD;
  #woken: (() => void) | null = null;

  constructor(tell: (answer: ImportAnswered) => void) {
    this.#tell = tell;
  }

  more(): void {
    this.#free++;
    this.#woken?.();
    this.#woken = null;
  }

  async add(event: ImportEvent): Promise<void> {
    if (this.#events.length === 0) this.#since = performance.now();
    this.#events.push(event);
    this.#length += event.kind === "item" ? event.item.text.length : 0;
    if (this.#events.length >= EVENTS || this.#length >= LENGTH || performance.now() - this.#since >= WAIT) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.#events.length === 0) return;
    while (this.#free <= 0) await new Promise<void>((resolve) => (this.#woken = resolve));
    this.#free--;
    this.#tell({ what: "batch", events: this.#events });
    this.#events = [];
    this.#length = 0;
  }
}

/** Answers one import; call it once in the worker: `serveImport(self)`. */
export function serveImport(port: ImportPort): void {
  const tell = (answer: ImportAnswered): void => port.postMessage(answer);
  const control = new AbortController();
  const batches = new Batches(tell);
  const run = async ({ files, cursor, split, limits }: Extract<ImportAsked, { what: "start" }>): Promise<void> => {
    let told = 0;
    const progress = (read: number, total: number): void => {
      const now = performance.now();
      if (now - told < TELL && read < total) return;
      told = now;
      tell({ what: "progress", read, total });
    };
    for await (const event of importFiles(files, { cursor, split, limits, signal: control.signal, progress })) await batches.add(event);
    await batches.flush();
  };
  let started = false;
  port.addEventListener("message", ({ data }: MessageEvent<ImportAsked>) => {
    if (data.what === "more") batches.more();
    else if (data.what === "cancel") {
      control.abort();
      // Whoever waits to send must see that nobody listens any more.
      batches.more();
    } else if (!started) {
      started = true;
      run(data).then(
        () => tell({ what: "done" }),
        (error: unknown) => tell(control.signal.aborted ? { what: "done" } : { what: "failed", message: error instanceof Error ? error.message : "unknown" }),
      );
    }
  });
  tell({ what: "ready" });
}
