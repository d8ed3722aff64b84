/** A witness over HTTP: takes checkpoints, judges them by c2sp.org/tlog-witness, remembers, cosigns. Started by `rugdekking witness run` and tests. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { cosign, judgeCheckpoint, type NoteSigner, type NoteVerifier, type WitnessVerdict } from "@rugdekking/ledger";
import type { WitnessMemory } from "./memory.ts";

/** What a witness runs on. */
export interface WitnessOptions {
  readonly signer: NoteSigner;
  /** Keys of the logs it watches, by origin. */
  readonly logs: ReadonlyMap<string, readonly NoteVerifier[]>;
  readonly memory: WitnessMemory;
  readonly clock?: () => Date;
  /** Hears of every request that was judged: origin is not told when it was not known. */
  readonly log?: (line: { readonly status: number; readonly why: string }) => void;
}

/** A request holds 63 hashes and a checkpoint with its signatures; more is somebody else's. */
const mostBytes = 256 * 1024;

/** Bytes as text, to the letter: not UTF-8 is refused and a byte-order mark is kept, so that what is signed is what was sent. */
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Makes the HTTP server; it does not listen yet. */
export function witnessServer(options: WitnessOptions): Server {
  // One at a time: between reading a head and keeping the next nothing else is judged. A witness of houses has a few requests a second.
  let turn: Promise<unknown> = Promise.resolve();
  const answer = async (body: string): Promise<{ readonly verdict: WitnessVerdict; readonly line: string }> => {
    const next = turn.then(async () => {
      const verdict = await judgeCheckpoint(body, options.logs, (origin) => options.memory.latest(origin));
      if (verdict.status !== 200) return { verdict, line: "" };
      await options.memory.keep(verdict.checkpoint);
      return { verdict, line: await cosign(verdict.text, options.signer, Math.floor((options.clock?.() ?? new Date()).getTime() / 1000)) };
    });
    turn = next.catch(() => undefined);
    return await next;
  };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? "";
    if (path === "/key" && request.method === "GET") return send(response, 200, `${options.signer.verifierKey}\n`);
    if (path !== "/add-checkpoint") return send(response, 404, "there is /add-checkpoint and /key\n");
    if (request.method !== "POST") return send(response, 405, "add-checkpoint takes POST\n", { Allow: "POST" });
    const body = await bodyOf(request);
    if (body === "too-large") return send(response, 413, "the request is larger than 256 KiB\n", { Connection: "close" });
    if (body === "not-text") return send(response, 400, "the request is not UTF-8\n");
    const { verdict, line } = await answer(body.text);
    options.log?.({ status: verdict.status, why: verdict.status === 200 ? `${verdict.checkpoint.origin} ${verdict.checkpoint.size}` : verdict.why });
    if (verdict.status === 200) return send(response, 200, line);
    if (verdict.status === 409) return send(response, 409, `${verdict.size}\n`, { "Content-Type": "text/x.tlog.size" });
    return send(response, verdict.status, `${verdict.why}\n`);
  };
  return createServer({ requestTimeout: 10_000, headersTimeout: 5_000, keepAliveTimeout: 65_000 }, (request, response) => {
    void handle(request, response).catch(() => {
      // A full disk, a signer that failed: nothing was signed. What went wrong may name a path and is not for strangers.
      options.log?.({ status: 500, why: "the head could not be kept" });
      if (response.headersSent) response.destroy();
      else send(response, 500, "the witness cannot keep what it would sign\n");
    });
  });
}

async function bodyOf(request: IncomingMessage): Promise<{ readonly text: string } | "too-large" | "not-text"> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request) {
    if (!Buffer.isBuffer(piece)) return "not-text";
    size += piece.length;
    if (size > mostBytes) return "too-large";
    pieces.push(piece);
  }
  try {
    return { text: decoder.decode(Buffer.concat(pieces)) };
  } catch {
    return "not-text";
  }
}

function send(response: ServerResponse, status: number, text: string, headers: Readonly<Record<string, string>> = {}): void {
  response
    .writeHead(status, { "Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", ...headers })
    .end(text);
}
