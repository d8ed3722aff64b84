/** Sends requests that were prepared beforehand, by closed or open loop, and times each. Used by the benches in this folder only. */
import { Agent, request } from "node:http";

/** One request as it goes over the line. */
export interface Prepared {
  readonly method: "POST" | "PUT" | "GET";
  readonly path: string;
  readonly mediaType: string | null;
  readonly body: Buffer | null;
}

/** An answer. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Kept-open lines to one server. */
export class Lines {
  readonly #base: URL;
  readonly #agent: Agent;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(base: string, lines: number, headers: Readonly<Record<string, string>> = {}) {
    this.#base = new URL(base);
    this.#agent = new Agent({ keepAlive: true, maxSockets: lines });
    this.#headers = headers;
  }

  /** @throws when the line breaks. */
  async send(prepared: Prepared): Promise<Answer> {
    return await new Promise((resolve, reject) => {
      const headers: Record<string, string | number> = { "X-Rugdekking": "1", ...this.#headers };
      if (prepared.mediaType !== null) headers["Content-Type"] = prepared.mediaType;
      if (prepared.body !== null) headers["Content-Length"] = prepared.body.length;
      const sent = request(
        { agent: this.#agent, host: this.#base.hostname, port: this.#base.port, method: prepared.method, path: prepared.path, headers },
        (answer) => {
          const pieces: Buffer[] = [];
          answer.on("data", (piece: Buffer) => pieces.push(piece));
          answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(pieces).toString("utf8") }));
          answer.on("error", reject);
        },
      );
      sent.on("error", reject);
      sent.end(prepared.body ?? undefined);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** What a run gave. */
export interface Run {
  readonly seconds: number;
  /** Milliseconds of each piece of work that was done. */
  readonly took: readonly number[];
}

/** Done pieces of work per second. */
export const rate = (run: Run): number => run.took.length / run.seconds;

/** `clients` that each begin the next piece as soon as the last is answered, until the time is over or `work` says there is no more (false). */
export async function closedLoop(clients: number, seconds: number, work: () => Promise<boolean>): Promise<Run> {
  const began = performance.now();
  const until = began + seconds * 1000;
  const took: number[] = [];
  const client = async (): Promise<void> => {
    while (performance.now() < until) {
      const at = performance.now();
      if (!(await work())) return;
      took.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { seconds: (performance.now() - began) / 1000, took };
}

/** A piece of work at every tick whether or not the last was answered; each is timed from its tick, so that waiting in line counts. */
export async function openLoop(perSecond: number, seconds: number, work: () => Promise<boolean>): Promise<Run> {
  const began = performance.now();
  const took: number[] = [];
  const running: Promise<void>[] = [];
  for (let count = 0; count < perSecond * seconds; count += 1) {
    const due = began + (count * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    running.push(
      work().then((done) => {
        if (done) took.push(performance.now() - due);
      }),
    );
  }
  await Promise.all(running);
  return { seconds: (performance.now() - began) / 1000, took };
}
