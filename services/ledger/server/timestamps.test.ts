/** The relay to the time-stamp authority by itself: what it sends, what it lets through, and how much of it one caller may ask. */
import { createServer, type Server } from "node:http";
import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { timestampRequest } from "@rugdekking/timestamp/request";
import { Problem } from "#services/problem/index.ts";
import { timestampRoutes, type TimestampOptions } from "./timestamps.ts";

const digest = Buffer.alloc(32, 7);
const nonce = Buffer.alloc(8, 9);
const question = { digest: digest.toString("base64url"), nonce: nonce.toString("base64url") };
const asked: { readonly type: string | undefined; readonly body: Buffer; readonly headers: string }[] = [];
let authority: Server;
let address = "";
const opened: FastifyInstance[] = [];
/** While it is set the authority keeps its callers waiting for it. */
let held: Promise<void> | null = null;

async function relay(url: string | null, more: Pick<TimestampOptions, "pace"> = {}): Promise<FastifyInstance> {
  const server = Fastify();
  server.setErrorHandler((error, _request, reply) => {
    const document = (error instanceof Problem ? error : new Problem("unavailable", String(error), "")).toDocument();
    return reply.code(document.status).send(document);
  });
  await server.register(timestampRoutes({ authority: url, callerOf: ({ headers }) => String(headers["x-demo"]), ...more }));
  opened.push(server);
  return server;
}
const ask = (server: FastifyInstance, caller = "een") =>
  server.inject({ method: "POST", url: "/api/v1/timestamps", payload: question, headers: { "x-demo": caller, cookie: "__Host-session=geheim" } });

beforeAll(async () => {
  authority = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", async () => {
      asked.push({ type: request.headers["content-type"], body: Buffer.concat(pieces), headers: JSON.stringify(request.headers) });
      await held;
      response.writeHead(200, { "content-type": "application/timestamp-reply" }).end(Buffer.from([0x30, 0x00]));
    });
  });
  await new Promise<void>((ready) => {
    authority.listen(0, "127.0.0.1", ready);
  });
  const at = authority.address();
  address = `http://127.0.0.1:${typeof at === "object" && at !== null ? at.port : 0}/`;
});
afterAll(async () => {
  for (const server of opened) await server.close();
  authority.closeAllConnections();
  authority.close();
});

describe("the relay", () => {
  test("sends exactly an RFC 3161 question over the hash, and nothing of the caller", async () => {
    const answer = await ask(await relay(address));
    expect(answer.json()).toEqual({ response: "MAA" });
    expect(asked.at(-1)?.type).toBe("application/timestamp-query");
    expect(asked.at(-1)?.body.equals(timestampRequest(digest, nonce))).toBe(true);
    expect(asked.at(-1)?.headers).not.toMatch(/geheim|cookie|x-demo/);
  });

  test("says that it asks no authority, and that one is away", async () => {
    expect((await ask(await relay(null))).json()).toMatchObject({ code: "not-found" });
    expect((await ask(await relay("http://127.0.0.1:9/"))).json()).toMatchObject({ code: "unavailable" });
  });

  test("one caller is put off after 250 at once, another is not", async () => {
    const server = await relay(address);
    const codes = new Map<number, number>();
    for (let count = 0; count < 255; count++) {
      const { statusCode } = await ask(server);
      codes.set(statusCode, (codes.get(statusCode) ?? 0) + 1);
    }
    expect(codes.get(200)).toBeGreaterThanOrEqual(250);
    expect(codes.get(429)).toBeGreaterThan(0);
    expect((await ask(server, "twee")).statusCode).toBe(200);
  });

  test("all callers together are bounded too, and a caller who is put off takes nothing from the others", async () => {
    const pace = { each: { burst: 2, perSecond: 0.001 }, all: { burst: 4, perSecond: 0.001 } };
    const server = await relay(address, { pace });
    const codes: number[] = [];
    for (const caller of ["een", "een", "een", "een", "twee", "drie", "vier"]) codes.push((await ask(server, caller)).statusCode);
    expect(codes).toEqual([200, 200, 429, 429, 200, 200, 429]);
  });

  test("one caller has two questions under way at most, however slow the authority; another is served meanwhile, and both go on after", async () => {
    const server = await relay(address);
    const before = asked.length;
    let release = (): void => undefined;
    held = new Promise((done) => (release = done));
    const first = [ask(server), ask(server)];
    while (asked.length < before + 2) await new Promise((tick) => setTimeout(tick, 5));
    expect((await ask(server)).statusCode).toBe(429);
    const other = ask(server, "twee");
    while (asked.length < before + 3) await new Promise((tick) => setTimeout(tick, 5));
    held = null;
    release();
    expect((await Promise.all([...first, other])).map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect((await ask(server)).statusCode).toBe(200);
  });
});
