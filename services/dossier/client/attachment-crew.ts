/**
 * Seals and opens large files with several workers while the page does nothing but send and receive; `attachments.ts` loads it when a file is large and apps/web said how workers are made.
 *
 * [Note: Crew] Sealers each read, seal or open whole blocks ([Note: Blocks] in engines/seal), whichever comes first; one hasher adds them to the digests in their order. Blocks are
 * handed over, not copied. No more than a few are under way at once: the next begins when the page has taken one off, so a gigabyte never stands in memory.
 */
import { beginFile, BLOCK_BYTES, SEALED_BLOCK_BYTES, type FileBeginning, type ItemPlace } from "@rugdekking/seal";
import { SealError } from "@rugdekking/seal/verify";
import { errorOf, workerLost, type Answered, type Asked, type Digests, type Job, type JobResults, type OwnBytes } from "./attachment-jobs.ts";
import type { AttachmentWorker, AttachmentWorkers } from "./attachment-worker-maker.ts";
import { piecesOf } from "./upload.ts";

/** A worker that has not said it is ready by then is taken for one that never will. Milliseconds. */
const patience = 8_000;

/** One worker and what it was asked. */
class Mate {
  /** Settles when the worker can begin, or cannot. */
  readonly ready: Promise<void>;
  readonly #worker: AttachmentWorker;
  readonly #waiting = new Map<number, { readonly resolve: (result: unknown) => void; readonly reject: (reason: unknown) => void }>();
  #next = 0;
  #ended: { readonly reason: unknown } | null = null;

  constructor(worker: AttachmentWorker) {
    this.#worker = worker;
    this.ready = new Promise((resolve, reject) => {
      const late = setTimeout(() => this.end(workerLost("it did not start")), patience);
      this.#waiting.set(-1, {
        resolve: () => (clearTimeout(late), resolve()),
        reject: (reason) => (clearTimeout(late), reject(reason)),
      });
    });
    this.ready.catch(() => undefined);
    worker.addEventListener("message", (event: MessageEvent<Answered>) => {
      const answer = event.data;
      const id = "ready" in answer ? -1 : answer.id;
      const asked = this.#waiting.get(id);
      this.#waiting.delete(id);
      if ("failure" in answer) asked?.reject(errorOf(answer.failure));
      else asked?.resolve("ready" in answer ? undefined : answer.result);
    });
    for (const type of ["error", "messageerror"] as const) worker.addEventListener(type, () => this.end(workerLost("a worker ended")));
  }

  /** How many jobs it has not done yet. */
  get load(): number {
    return this.#waiting.size;
  }

  ask<J extends Job>(job: J, given: readonly Uint8Array<ArrayBuffer>[]): Promise<JobResults[J["what"]]> {
    if (this.#ended !== null) return Promise.reject(this.#ended.reason);
    const id = this.#next;
    this.#next += 1;
    return new Promise<JobResults[J["what"]]>((resolve, reject) => {
      // The worker's answer to a job is of that job's kind.
      this.#waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
      this.#worker.postMessage({ id, job } satisfies Asked, { transfer: given.map(({ buffer }) => buffer) });
    });
  }

  end(reason: unknown): void {
    if (this.#ended !== null) return;
    this.#ended = { reason };
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }
}

/** The workers of one file. Close it whatever happens. */
export class Crew {
  readonly #sealers: readonly Mate[];
  readonly #hasher: Mate;
  readonly #signal: AbortSignal | undefined;
  readonly #stop = (): void => this.#end(this.#signal?.reason);

  private constructor(sealers: readonly Mate[], hasher: Mate, signal: AbortSignal | undefined) {
    this.#sealers = sealers;
    this.#hasher = hasher;
    this.#signal = signal;
    signal?.addEventListener("abort", this.#stop, { once: true });
    if (signal?.aborted === true) this.#stop();
  }

  /** Starts the workers; null where they cannot be started. @param signal its abort ends their work, with its reason. */
  static async start(workers: AttachmentWorkers, signal?: AbortSignal): Promise<Crew | null> {
    const mates: Mate[] = [];
    try {
      const hasher = new Mate(workers.start());
      mates.push(hasher);
      while (mates.length <= workers.sealers) mates.push(new Mate(workers.start()));
      await Promise.all(mates.map(({ ready }) => ready));
      return new Crew(mates.slice(1), hasher, signal);
    } catch {
      for (const mate of mates) mate.end(workerLost("another did not start"));
      return null;
    }
  }

  /** Blocks under way at once: each sealer has one in hand and one waiting, and the hasher too. */
  get ahead(): number {
    return 2 * this.#sealers.length + 2;
  }

  /** Tells all sealers which file is sealed. */
  async take(file: Blob): Promise<void> {
    await Promise.all(this.#sealers.map((mate) => mate.ask({ what: "file", file }, [])));
  }

  /** Gives a job to the sealer with the least to do. */
  seal<J extends Extract<Job, { what: "seal" | "open" }>>(job: J, given: readonly OwnBytes[] = []): Promise<JobResults[J["what"]]> {
    const [first = this.#hasher, ...others] = this.#sealers;
    return others.reduce((least, mate) => (mate.load < least.load ? mate : least), first).ask(job, given);
  }

  /** Adds to the digests; both go to the worker, and the sealed bytes come back. */
  async hash(original: OwnBytes | null, sealed: OwnBytes): Promise<OwnBytes> {
    const given = original === null ? [sealed] : [original, sealed];
    return (await this.#hasher.ask({ what: "hash", original, sealed }, given)).sealed;
  }

  finish(): Promise<Digests> {
    return this.#hasher.ask({ what: "finish" }, []);
  }

  close(): void {
    this.#signal?.removeEventListener("abort", this.#stop);
    this.#end(workerLost("it was closed"));
  }

  #end(reason: unknown): void {
    for (const mate of [...this.#sealers, this.#hasher]) mate.end(reason);
  }
}

/** A job that was given out; in a wrapping, since a generator would wait for a bare promise before it gave it. */
interface Under<T> {
  readonly outcome: Promise<T>;
}

/** Gives the results in order and keeps up to `ahead` under way. A failure is thrown at its turn. */
async function* inOrder<T>(jobs: AsyncIterator<Under<T>>, ahead: number): AsyncGenerator<T> {
  const under: Under<T>[] = [];
  let ended = false;
  try {
    for (;;) {
      while (!ended && under.length < ahead) {
        const { done, value } = await jobs.next();
        if (done === true) ended = true;
        else {
          value.outcome.catch(() => undefined);
          under.push(value);
        }
      }
      const first = under.shift();
      if (first === undefined) return;
      yield await first.outcome;
    }
  } finally {
    await jobs.return?.();
  }
}

/** A file sealed by a crew: its whole size, and its bytes as they come, from the header on. */
export interface SealedByCrew {
  readonly size: number;
  readonly pieces: AsyncGenerator<OwnBytes>;
}

/**
 * Seals a file. When all pieces were taken, {@link Crew.finish} gives both digests.
 * @throws SealError as `beginFile`; the pieces throw {@link Problem} input-malformed (the file changed), unavailable (a worker died), and the abort reason.
 */
export async function sealWithCrew(crew: Crew, file: Blob, key: Uint8Array, place: ItemPlace): Promise<SealedByCrew> {
  const { begin, padded, payloadKey, size } = await beginFile(file.size, key, place);
  const blocks = Math.max(1, Math.ceil(padded / BLOCK_BYTES));
  await crew.take(file);
  async function* jobs(): AsyncGenerator<Under<OwnBytes>> {
    yield { outcome: crew.hash(null, begin) };
    let before: Promise<unknown> = Promise.resolve();
    for (let block = 0; block < blocks; block += 1) {
      const from = block * BLOCK_BYTES;
      const sealing = crew.seal({
        what: "seal",
        payloadKey,
        from,
        padded: Math.min(BLOCK_BYTES, padded - from),
        at: { block, last: block === blocks - 1 },
      });
      sealing.catch(() => undefined);
      // Handed to the hasher in order; it need not have done one before it is given the next.
      const handed = before.then(async () => {
        const { original, sealed } = await sealing;
        return { hashed: crew.hash(original, sealed) };
      });
      before = handed;
      yield { outcome: handed.then(({ hashed }) => hashed) };
    }
  }
  return { size, pieces: inOrder(jobs(), crew.ahead) };
}

/** Reads what stands before the first block, with the key at hand; null when more bytes are needed. */
export type BeginningReader = (bytes: Uint8Array) => Promise<FileBeginning | null>;

/**
 * Opens a sealed file; what comes out still has its padding. When all came out, {@link Crew.finish} gives the digest of the sealed bytes.
 * @throws SealError item-malformed, item-refused; what the source throws; {@link Problem} unavailable when a worker died; the abort reason.
 */
export async function* openWithCrew(crew: Crew, sealed: AsyncIterator<Uint8Array>, beginningOf: BeginningReader): AsyncGenerator<OwnBytes> {
  const jobs = openingJobs(crew, sealed, beginningOf);
  yield* inOrder(jobs, crew.ahead);
}

async function* openingJobs(crew: Crew, sealed: AsyncIterator<Uint8Array>, beginningOf: BeginningReader): AsyncGenerator<Under<OwnBytes>> {
  try {
    let first = new Uint8Array(0);
    let beginning: FileBeginning | null = null;
    while (beginning === null) {
      const { done, value } = await sealed.next();
      if (done === true) throw new SealError("item-malformed", "The item is cut off inside its header.");
      const longer = new Uint8Array(first.length + value.length);
      longer.set(first);
      longer.set(value, first.length);
      first = longer;
      beginning = await beginningOf(first);
    }
    const { begin, payloadKey } = beginning;
    await crew.hash(null, begin.slice());
    async function* payload(): AsyncGenerator<Uint8Array> {
      yield first.subarray(begin.length);
      for (;;) {
        const { done, value } = await sealed.next();
        if (done === true) return;
        yield value;
      }
    }
    const open = async (bytes: OwnBytes, block: number, last: boolean): Promise<OwnBytes> => {
      const hashed = await crew.hash(null, bytes);
      return (await crew.seal({ what: "open", payloadKey, sealed: hashed, at: { block, last } }, [hashed])).plain;
    };
    let block = 0;
    let held: OwnBytes | null = null;
    for await (const bytes of piecesOf(payload(), SEALED_BLOCK_BYTES)) {
      if (held !== null) {
        yield { outcome: open(held, block, false) };
        block += 1;
      }
      held = bytes;
    }
    if (held === null) throw new SealError("item-refused", "The item is cut off behind its header.");
    yield { outcome: open(held, block, true) };
  } finally {
    await sealed.return?.();
  }
}
