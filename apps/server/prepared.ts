/**
 * Answers that are ready before anyone asks: the page and the open data of the national picture, as bytes with all their headers, sent without any routing. Filled by open-data.ts and pages.ts, put before the frame by create-server.ts.
 *
 * [Note: Before the routes] What is answered here is public, the same for everyone, asked for by GET at one exact address, and says the very headers that its route says. Every other request, and every address that is not here
 * (yet), goes to the frame with its guards; so the routes stay whole without this file, only slower.
 */
import { createHash } from "node:crypto";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import type { FastifyReply, FastifyRequest } from "fastify";

/** An answer that is ready to be sent. */
export interface Prepared {
  readonly bytes: Buffer;
  /** The same packed; null for what is sent as it is. */
  readonly gzip: Buffer | null;
  /** Entity tags of both forms, with their quotes. */
  readonly tags: readonly [plain: string, gzip: string];
  /** Headers of this answer, apart from those that say how it is packed and how long it is. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Makes an answer ready. @param packed whether it may be sent as gzip: only for what holds no secret */
export function prepare(bytes: Buffer, headers: Readonly<Record<string, string>>, packed: boolean): Prepared {
  const mark = createHash("sha256").update(bytes).digest("hex").slice(0, 32);
  return {
    bytes,
    gzip: packed ? gzipSync(bytes, { level: 9 }) : null,
    tags: [`"${mark}"`, `"${mark}-gz"`],
    headers: packed ? { ...headers, Vary: "Accept-Encoding" } : headers,
  };
}

/** What of an answer this asker gets. */
interface Chosen {
  readonly status: 200 | 304;
  readonly body: Buffer | null;
  readonly tag: string;
  readonly packed: boolean;
}

/** By what the asker takes and has: with nothing to look at, nothing is looked at. */
function choose({ bytes, gzip, tags }: Prepared, takes: string | undefined, has: string | undefined): Chosen {
  const packed = gzip !== null && takes !== undefined && /\bgzip\b/u.test(takes);
  const tag = packed ? tags[1] : tags[0];
  if (has !== undefined) {
    const known = has.split(",").map((one) => one.trim().replace(/^W\//u, ""));
    if (known.includes("*") || tags.some((one) => known.includes(one))) return { status: 304, body: null, tag, packed };
  }
  return { status: 200, body: packed ? gzip : bytes, tag, packed };
}

/** Sends it from a route. */
export async function sendPrepared(request: FastifyRequest, reply: FastifyReply, prepared: Prepared): Promise<FastifyReply> {
  const { status, body, tag, packed } = choose(prepared, String(request.headers["accept-encoding"] ?? ""), request.headers["if-none-match"]);
  void reply.headers(prepared.headers).header("ETag", tag);
  if (body === null) return await reply.code(status).send();
  if (packed) void reply.header("Content-Encoding", "gzip");
  return await reply.code(status).send(body);
}

/** Where answers that are ready are looked up; null: not here, let the frame answer. */
export type PreparedShelf = (address: string) => { readonly prepared: Prepared; readonly route: string } | null;

/** Told of each answer, as the frame tells of its own. */
type PreparedTold = (line: { readonly method: string; readonly route: string; readonly status: number; readonly milliseconds: number }) => void;

/**
 * Puts the shelves before the frame on a real line; what is injected by tests goes through the routes.
 * @param everywhere headers on every answer of this server
 */
export function putBefore(server: Server, shelves: readonly PreparedShelf[], everywhere: Readonly<Record<string, string>>, told: PreparedTold): void {
  const frame = server.listeners("request");
  const heads = new WeakMap<Prepared, Map<string, string[]>>();
  /** The head of an answer as Node writes it, made once for each form it is sent in. */
  const headOf = (prepared: Prepared, { status, body, tag, packed }: Chosen): string[] => {
    const kept = heads.get(prepared) ?? new Map<string, string[]>();
    heads.set(prepared, kept);
    const form = `${status} ${tag}`;
    const before = kept.get(form);
    if (before !== undefined) return before;
    const all = {
      ...everywhere,
      ...prepared.headers,
      ETag: tag,
      ...(body === null ? {} : { "Content-Length": String(body.byteLength) }),
      ...(packed && body !== null ? { "Content-Encoding": "gzip" } : {}),
    };
    const head = Object.entries(all).flat();
    kept.set(form, head);
    return head;
  };
  const answered = (request: IncomingMessage, response: ServerResponse): boolean => {
    if (request.method !== "GET" || request.url === undefined || request.headers.host === undefined) return false;
    for (const shelf of shelves) {
      const found = shelf(request.url);
      if (found === null) continue;
      const chosen = choose(found.prepared, request.headers["accept-encoding"], request.headers["if-none-match"]);
      response.writeHead(chosen.status, headOf(found.prepared, chosen));
      if (chosen.body === null) response.end();
      else response.end(chosen.body);
      told({ method: "GET", route: found.route, status: chosen.status, milliseconds: 0 });
      return true;
    }
    return false;
  };
  server.removeAllListeners("request");
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    if (answered(request, response)) return;
    for (const listener of frame) Reflect.apply(listener, server, [request, response]);
  });
}
