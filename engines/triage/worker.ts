/**
 * Triage in a web worker: `serveTriage` inside it, `triageWorker` on the page, so that thousands of messages never hold up the screen. Apps write a worker of one line that calls the
 * former; README.md shows it. Everything stays in the browser: the worker asks nothing of any server.
 */
import { TriageError, type TriageErrorCode } from "./errors.ts";
import { type Message, parseMessage } from "./message.ts";
import { parseWatch, type Watch } from "./personal/index.ts";
import { createTriage, type Judgement, type Triage } from "./triage.ts";
import type { Burst, Campaign } from "./campaigns/index.ts";

/** The end of a message channel, as both a Worker and the scope inside one offer it. */
export interface TriagePort {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: MessageEvent<unknown>) => void): void;
}
/** A Worker as the page holds it. */
export interface TriageWorkerPort extends TriagePort {
  addEventListener(type: "message", listener: (event: MessageEvent<unknown>) => void): void;
  addEventListener(type: "error" | "messageerror", listener: () => void): void;
  terminate(): void;
}

/** Judgements that cross at once, and texts they are of together: judging and unpacking them takes a few milliseconds at the most. */
const BATCH = 100;
const BATCH_UNITS = 100_000;
/** Batches the worker may be ahead of the page: more would pile up in the page's queue and be unpacked in one go. */
const AHEAD = 4;
/** Messages that cross at once, and texts of them together: packing them is the page's own time. */
const CHUNK = 200;
const CHUNK_UNITS = 200_000;
/** Campaigns described in full. */
const DESCRIBED = 200;

/** Page to worker. A pass is begun, given chunks, then finished or cancelled; `seen` says how many batches the page has taken in. */
type Order =
  | { readonly kind: "begin"; readonly pass: number; readonly watch: unknown }
  | { readonly kind: "chunk"; readonly pass: number; readonly messages: readonly unknown[] }
  | { readonly kind: "finish"; readonly pass: number }
  | { readonly kind: "seen"; readonly pass: number }
  | { readonly kind: "cancel"; readonly pass: number };

/** A message that could not be read: its place in what was given, and why. */
export interface Refusal {
  /** Number of the message, from 0. */
  readonly index: number;
  readonly code: TriageErrorCode;
  readonly message: string;
}

/** Judgements of messages that follow each other. */
export interface Batch {
  /** Number of the first message, from 0; refused ones count. */
  readonly from: number;
  /** One for each message, in order; null where it was refused. */
  readonly judgements: readonly (Judgement | null)[];
  readonly refused: readonly Refusal[];
}

/** What all messages together show. */
export interface TriageSummary {
  /** Messages given, and how many of them were refused. */
  readonly count: number;
  readonly refused: number;
  readonly campaignCount: number;
  /** Campaign of each message given, as its number (1 is `c1`); 0: none. */
  readonly campaignNumbers: Uint32Array;
  /** The largest campaigns in full. `firstMessage` counts messages given. */
  readonly campaigns: readonly Campaign[];
  readonly bursts: readonly Burst[];
}

/** Worker to page. */
type Answer =
  | { readonly kind: "batch"; readonly pass: number; readonly batch: Batch }
  | { readonly kind: "summary"; readonly pass: number; readonly summary: TriageSummary }
  | { readonly kind: "failed"; readonly pass: number; readonly code: TriageErrorCode; readonly message: string };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;

/** Length of a message's text, for cutting chunks and batches. */
const unitsOf = (message: unknown): number => (isRecord(message) && typeof message["text"] === "string" ? message["text"].length : 0);

const asTriageError = (error: unknown): TriageError =>
  error instanceof TriageError
    ? error
    : new TriageError("worker-failed", `The messages could not be judged: ${error instanceof Error ? error.name : "unknown"}.`);

/** One pass inside the worker. */
class Pass {
  readonly number: number;
  readonly #triage: Triage;
  readonly #messages: Message[] = [];
  /** Number, among those given, of each message that was judged. */
  readonly #given: number[] = [];
  #count = 0;
  #waiting: unknown[] = [];
  #from = 0;
  /** Batches sent that the page has not taken in yet. */
  #ahead = 0;
  #finishing = false;
  readonly #send: (answer: Answer) => void;

  constructor(number: number, watch: Watch | undefined, send: (answer: Answer) => void) {
    this.number = number;
    this.#triage = createTriage(watch === undefined ? {} : { watch });
    this.#send = send;
  }

  take(messages: readonly unknown[]): void {
    this.#waiting = this.#from === this.#waiting.length ? [...messages] : [...this.#waiting.slice(this.#from), ...messages];
    this.#from = 0;
    this.work();
  }

  seen(): void {
    this.#ahead--;
    this.work();
  }

  finish(): void {
    this.#finishing = true;
    this.work();
  }

  /** Judges as far as the page keeps up. */
  work(): void {
    while (this.#from < this.#waiting.length && this.#ahead < AHEAD) {
      let [to, units] = [this.#from, 0];
      while (to < this.#waiting.length && to - this.#from < BATCH && units < BATCH_UNITS) units += unitsOf(this.#waiting[to++]);
      const given = this.#waiting.slice(this.#from, to);
      this.#from = to;
      this.#ahead++;
      this.#send({ kind: "batch", pass: this.number, batch: this.#judge(given) });
    }
    if (!this.#finishing || this.#from < this.#waiting.length) return;
    this.#finishing = false;
    this.#send({ kind: "summary", pass: this.number, summary: this.#summary() });
  }

  #judge(given: readonly unknown[]): Batch {
    const from = this.#count;
    const refused: Refusal[] = [];
    const judgements = given.map((value) => {
      const index = this.#count++;
      try {
        const message = parseMessage(value);
        const judgement = this.#triage.judge(message);
        this.#messages.push(message);
        this.#given.push(index);
        return judgement;
      } catch (error) {
        const { code, message } = asTriageError(error);
        refused.push({ index, code, message });
        return null;
      }
    });
    return { from, judgements, refused };
  }

  #summary(): TriageSummary {
    const report = this.#triage.finish((n) => {
      const message = this.#messages[n];
      if (message === undefined) throw new TriageError("worker-failed", "A message that was judged is not there any more.");
      return message;
    });
    const campaignNumbers = new Uint32Array(this.#count);
    for (const [n, given] of this.#given.entries()) campaignNumbers[given] = Number(report.campaignOf(n)?.slice(1) ?? 0);
    return {
      count: this.#count,
      refused: this.#count - this.#given.length,
      campaignCount: report.campaignCount,
      campaignNumbers,
      campaigns: report.describe(DESCRIBED).map((campaign) => ({ ...campaign, firstMessage: this.#given[campaign.firstMessage] ?? 0 })),
      bursts: report.bursts(),
    };
  }
}

/** An order from what came over the channel; null for anything else. */
function orderFrom(data: unknown): Order | null {
  if (!isRecord(data)) return null;
  const { kind, pass, watch, messages } = data;
  if (typeof pass !== "number") return null;
  if (kind === "begin") return { kind, pass, watch };
  if (kind === "chunk") return Array.isArray(messages) ? { kind, pass, messages } : null;
  return kind === "finish" || kind === "seen" || kind === "cancel" ? { kind, pass } : null;
}

/**
 * Answers passes, one after the other. Call it once, in the worker, right away.
 * @param port the worker's own scope (`self`)
 */
export function serveTriage(port: TriagePort): void {
  let current: Pass | null = null;
  const send = (answer: Answer): void => port.postMessage(answer);
  const obey = (order: Order): void => {
    switch (order.kind) {
      case "begin":
        current = new Pass(order.pass, order.watch === undefined ? undefined : parseWatch(order.watch), send);
        return;
      case "chunk":
        return current?.take(order.messages);
      case "finish":
        return current?.finish();
      case "seen":
        return current?.seen();
      case "cancel":
        current = null;
        return;
    }
  };
  port.addEventListener("message", ({ data }) => {
    const order = orderFrom(data);
    // What belongs to a pass that was cancelled or replaced is no longer wanted.
    if (order === null || (order.kind !== "begin" && order.pass !== current?.number)) return;
    try {
      obey(order);
    } catch (error) {
      current = null;
      const { code, message } = asTriageError(error);
      send({ kind: "failed", pass: order.pass, code, message });
    }
  });
}

/** What a page hears while a pass runs. */
export interface TriageListener {
  /** Judgements, in order, at most a hundred at a time. */
  readonly onBatch: (batch: Batch) => void;
  /** Messages judged so far, of all that were given. */
  readonly onProgress?: (done: number, all: number) => void;
}

/** Triage from a worker. */
export interface TriageWorker {
  /**
   * Judges messages without holding up the page; one pass at a time, a new one cancels the one before.
   * @param messages objects as on the lines of `rugdekking triage`; may be read bit by bit, for example while a file is being unpacked
   * @param watch protected data as in `protected.json`
   * @param signal cancels: what was still to come is dropped
   * @throws {TriageError} `watch-malformed`, `worker-cancelled`, `worker-failed`
   */
  readonly run: (
    messages: Iterable<unknown> | AsyncIterable<unknown>,
    listener: TriageListener,
    options?: { readonly watch?: unknown; readonly signal?: AbortSignal },
  ) => Promise<TriageSummary>;
  /** Ends the worker and gives its memory back; a pass that runs fails with `worker-failed`. */
  readonly stop: () => void;
}

interface Running {
  readonly pass: number;
  given: number;
  done: number;
  readonly listener: TriageListener;
  readonly resolve: (summary: TriageSummary) => void;
  readonly reject: (error: unknown) => void;
  /** Chunks given that are not judged yet: messages up to and with their last, and text in them. */
  readonly waiting: { readonly upTo: number; readonly units: number }[];
  /** Wakes who waits to give more. */
  wake: () => void;
}

/** Whether the worker's answer is one. The worker is our own code: its form is checked no deeper than needed to tell answers apart. */
function isAnswer(data: unknown): data is Answer {
  if (!isRecord(data) || typeof data["pass"] !== "number") return false;
  if (data["kind"] === "batch") return isRecord(data["batch"]);
  if (data["kind"] === "summary") return isRecord(data["summary"]);
  return data["kind"] === "failed" && typeof data["message"] === "string";
}

/** Text that was given and not judged: one huge message after another would otherwise pile up in the worker. */
function unitsAhead(mine: Running): number {
  while ((mine.waiting[0]?.upTo ?? Number.POSITIVE_INFINITY) <= mine.done) mine.waiting.shift();
  return mine.waiting.reduce((sum, { units }) => sum + units, 0);
}

/** Speaks with a worker that called {@link serveTriage}. */
export function triageWorker(worker: TriageWorkerPort): TriageWorker {
  let running: Running | null = null;
  let stopped: TriageError | null = null;
  let passes = 0;
  const order = (one: Order): void => worker.postMessage(one);
  const end = (error: TriageError): void => {
    const ended = running;
    running = null;
    ended?.wake();
    ended?.reject(error);
  };
  const stop = (why: string): void => {
    stopped ??= new TriageError("worker-failed", `The triage stopped: ${why}. Reload the page and try again.`);
    worker.terminate();
    end(stopped);
  };
  const cancel = (): void => {
    if (running === null) return;
    order({ kind: "cancel", pass: running.pass });
    end(new TriageError("worker-cancelled", "The triage was cancelled."));
  };
  worker.addEventListener("message", ({ data }) => {
    if (!isAnswer(data) || running === null || data.pass !== running.pass) return;
    if (data.kind === "failed") return end(new TriageError(data.code, data.message));
    if (data.kind === "summary") {
      const { resolve } = running;
      running = null;
      return resolve(data.summary);
    }
    running.done += data.batch.judgements.length;
    order({ kind: "seen", pass: running.pass });
    running.listener.onBatch(data.batch);
    running?.listener.onProgress?.(running.done, running.given);
    running?.wake();
  });
  worker.addEventListener("error", () => stop("its code failed"));
  worker.addEventListener("messageerror", () => stop("it answered what cannot be read"));

  /** Gives everything in chunks, never far ahead of what was judged; between chunks the page gets its turn. */
  async function give(mine: Running, messages: Iterable<unknown> | AsyncIterable<unknown>): Promise<void> {
    let chunk: unknown[] = [];
    let units = 0;
    const send = async (): Promise<void> => {
      order({ kind: "chunk", pass: mine.pass, messages: chunk });
      mine.given += chunk.length;
      mine.waiting.push({ upTo: mine.given, units });
      [chunk, units] = [[], 0];
      while (running === mine && (mine.given - mine.done > 4 * CHUNK || unitsAhead(mine) > 4 * CHUNK_UNITS))
        await new Promise<void>((resolve) => (mine.wake = resolve));
    };
    for await (const message of messages) {
      if (running !== mine) return;
      chunk.push(message);
      units += unitsOf(message);
      if (chunk.length === CHUNK || units > CHUNK_UNITS) await send();
    }
    if (running !== mine) return;
    if (chunk.length > 0) await send();
    if (running === mine) order({ kind: "finish", pass: mine.pass });
  }

  return {
    run: async (messages, listener, { watch, signal } = {}) => {
      if (stopped !== null) throw stopped;
      cancel();
      const pass = ++passes;
      const abort = (): void => {
        if (running?.pass === pass) cancel();
      };
      try {
        return await new Promise<TriageSummary>((resolve, reject) => {
          const mine: Running = { pass, given: 0, done: 0, waiting: [], listener, resolve, reject, wake: () => {} };
          running = mine;
          order({ kind: "begin", pass, watch });
          if (signal?.aborted === true) return abort();
          signal?.addEventListener("abort", abort, { once: true });
          give(mine, messages).catch((error: unknown) => {
            // The pass fails with what went wrong while reading, not with a cancellation.
            reject(error);
            if (running === mine) cancel();
          });
        });
      } finally {
        signal?.removeEventListener("abort", abort);
      }
    },
    stop: () => stop("it was ended"),
  };
}
