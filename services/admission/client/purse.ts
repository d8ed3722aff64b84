/**
 * The tokens of one device: earned before they are needed, each kept for the one thing it is spent on, one in reserve. The connection of the directory's client holds one; screens look at its progress.
 *
 * [Note: In memory alone] Tokens go with the page. Kept on the disk they would save a tenth of a second, and tell whoever looks through the device that somebody was about to report.
 */
import type { Static, TSchema } from "typebox";
import { isEnough } from "#services/admission/contract/level.ts";
import { TokenAnswer, tokensAtOnce, WorkChallenge, type Purpose } from "#services/admission/contract/index.ts";
import { pieces } from "#services/admission/contract/work.ts";
import { finishTokens, prepareTokens, solve, type Prepared } from "./solve.ts";
import { workWorker, type WorkWorker } from "./worker-maker.ts";
import type { WorkAnswer } from "./worker.ts";

/** The server, as far as it is needed. */
export interface Door {
  post<S extends TSchema>(path: string, value: unknown, schema: S, options?: { readonly signal?: AbortSignal | undefined }): Promise<Static<S>>;
}

/** What a token is for. */
export interface Need {
  readonly purpose: Purpose;
  /** The one thing it is spent on. */
  readonly use: string;
  /** To whom it will be sent, when that is known. */
  readonly desk?: string | null | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Held {
  readonly token: string;
  readonly level: number;
  /** Milliseconds. */
  readonly ends: number;
}

/** How far the work is, 0 to 1; null when nothing is being worked out. */
export type Working = number | null;

/** Tries after a challenge that was over before it was solved, as on a device that slept. */
const tries = 3;

/** See the head of this file. */
export class Purse {
  readonly #door: Door;
  readonly #count: number;
  readonly #spare: Held[] = [];
  readonly #kept = new Map<string, Held>();
  readonly #listeners = new Set<(working: Working) => void>();
  #busy: Promise<void> = Promise.resolve();

  /** @param count tokens asked at once: one where nobody comes back for a second */
  constructor(door: Door, count: number = tokensAtOnce) {
    this.#door = door;
    this.#count = Math.min(count, tokensAtOnce);
  }

  /** The token kept for a use, or null. */
  tokenFor(use: string): string | null {
    return this.#kept.get(use)?.token ?? null;
  }

  /** The server did not take the token of a use: it is thrown away, and what lies in reserve with it. That is as old and of no higher level, and a device's clock may be wrong about what is over. */
  refused(use: string): void {
    this.#kept.delete(use);
    this.#spare.length = 0;
  }

  /** Told of the work while there is any. @returns ends it */
  watch(listener: (working: Working) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Sees to it that there is a token for a use, working for it when none is in reserve that is good enough now. @throws {@link Problem} of the server; the abort reason. */
  async keep(need: Need): Promise<void> {
    if (this.#kept.has(need.use)) return;
    await this.#inTurn(async () => {
      if (this.#kept.has(need.use)) return;
      const held = await this.#earn(need);
      this.#kept.set(need.use, held);
    });
  }

  /** Lays one in reserve, so that nothing need be worked out later. Silent: whoever needs a token later hears of what goes wrong. */
  async layIn(purpose: Purpose, desk: string | null = null, signal?: AbortSignal): Promise<void> {
    try {
      await this.#inTurn(async () => {
        const held = await this.#earn({ purpose, use: "", desk, signal });
        this.#spare.push(held);
      });
    } catch {
      // Heard when it is needed.
    }
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    const before = this.#busy;
    const mine = before.catch(() => undefined).then(work);
    this.#busy = mine;
    await mine;
  }

  async #earn({ purpose, desk, signal }: Need): Promise<Held> {
    for (let attempt = 1; ; attempt += 1) {
      const challenge = await this.#door.post("/api/v1/admission/challenges", { purpose, desk: desk ?? null }, WorkChallenge, { signal });
      const spare = this.#takeSpare(challenge.level);
      if (spare !== null) return spare;
      try {
        return await this.#work(challenge, signal);
      } catch (error) {
        const over = error instanceof Error && "code" in error && error.code === "challenge-unknown";
        if (!over || attempt >= tries) throw error;
      } finally {
        this.#tell(null);
      }
    }
  }

  #takeSpare(asked: number): Held | null {
    const now = Date.now();
    for (const [place, held] of this.#spare.entries()) {
      // An hour to spare: it may be some time before it is sent.
      if (held.ends - now < 3_600_000 || !isEnough(held.level, asked)) continue;
      this.#spare.splice(place, 1);
      return held;
    }
    return null;
  }

  async #work(challenge: WorkChallenge, signal: AbortSignal | undefined): Promise<Held> {
    this.#tell(0);
    const start = workWorker();
    const made = start === null ? await this.#workHere(challenge, signal) : await this.#workBeside(start, challenge, signal);
    const { signatures } = await this.#answered(challenge, made, signal);
    const tokens = await finishTokens(challenge, made.pending, signatures);
    const ends = Date.parse(challenge.key.ends);
    const [first, ...more] = tokens.map((token) => ({ token, level: challenge.level, ends }));
    if (first === undefined) throw new Error("the server signed no token");
    this.#spare.push(...more);
    return first;
  }

  /** Hands the solution in; a lost answer means the same request again. */
  async #answered(
    { challenge }: WorkChallenge,
    { solution, blinded }: Prepared & { readonly solution: string },
    signal: AbortSignal | undefined,
  ): Promise<TokenAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#door.post("/api/v1/admission/tokens", { challenge, solution, blinded }, TokenAnswer, { signal });
      } catch (error) {
        const lost = error instanceof Error && "code" in error && error.code === "unavailable";
        if (!lost || attempt >= tries) throw error;
      }
    }
  }

  async #workHere(challenge: WorkChallenge, signal: AbortSignal | undefined): Promise<Prepared & { readonly solution: string }> {
    const solution = await solve(challenge, (done) => this.#tell(done / pieces), signal);
    return { solution, ...(await prepareTokens(challenge, this.#count)) };
  }

  async #workBeside(start: () => WorkWorker, challenge: WorkChallenge, signal: AbortSignal | undefined): Promise<Prepared & { readonly solution: string }> {
    const worker = start();
    try {
      return await new Promise((resolve, reject) => {
        signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
        worker.addEventListener("message", ({ data }: MessageEvent<WorkAnswer>) => {
          if ("done" in data) this.#tell(data.done / pieces);
          else if ("solution" in data) resolve(data);
          else reject(new Error(data.failed));
        });
        for (const kind of ["error", "messageerror"] as const) worker.addEventListener(kind, () => reject(new Error("the worker stopped")));
        worker.postMessage({ challenge, count: this.#count });
      });
    } catch (error) {
      signal?.throwIfAborted();
      // A browser that starts no worker gets its token all the same.
      if (error instanceof Error) return await this.#workHere(challenge, signal);
      throw error;
    } finally {
      worker.terminate();
    }
  }

  #tell(working: Working): void {
    for (const listener of this.#listeners) listener(working);
  }
}
