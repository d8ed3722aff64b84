/** Holds the frame around every route: strict parsing, problem documents, headers, methods, pages; over real HTTP. */
import { mkdtemp, mkdir, writeFile, rm } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import Type from "typebox";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { Problem } from "#services/problem/index.ts";
import { createServer, type RequestLine } from "./create-server.ts";

let server: FastifyInstance;
let base = "";
let web = "";
const lines: RequestLine[] = [];

beforeAll(async () => {
  web = await mkdtemp(join(tmpdir(), "rugdekking-web-"));
  await mkdir(join(web, "assets"));
  await writeFile(join(web, "index.html"), "<!doctype html><title>Rugdekking</title>");
  for (const name of [
    "a-1234.js",
    "attachment-wasm-worker-Ab3_-9xZ.js",
    "attachment-wasm-worker-Ab3_-9xZ.js.br",
    "paper-worker-AbCd_-12.js",
    "paper-worker-AbCd_-12.js.br",
    "triage-worker-AbCd_-12.js",
    "triage-worker-AbCd_-12.js.br",
    "covers-worker-AbCd_-12.js",
    "wasm-worker.js",
  ])
    await writeFile(join(web, "assets", name), "export {};");
  server = await createServer({
    origin: "http://127.0.0.1",
    webRoot: web,
    log: (line) => lines.push(line),
    plugins: [
      async (frame) => {
        frame.post(
          "/api/v1/echoes/:echo",
          {
            schema: {
              body: Type.Object({ n: Type.Integer() }, { additionalProperties: false }),
              response: { 200: Type.Object({ n: Type.Integer() }, { additionalProperties: false }) },
            },
          },
          async () => ({ n: 1, hidden: "KANARIE" }),
        );
        frame.get("/api/v1/failures", async () => {
          throw new TypeError("KANARIE in a message");
        });
        frame.get("/api/v1/refusals", async () => {
          throw new Problem("grant-ended", "detail", "mend");
        });
      },
    ],
  });
  base = await server.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await server.close();
  await rm(web, { recursive: true, force: true });
});

const post = async (body: string, headers: Record<string, string> = {}): Promise<Response> =>
  await fetch(`${base}/api/v1/echoes/1?geheim=KANARIE`, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", "x-rugdekking": "1", ...headers },
  });
const code = async (answer: Response): Promise<unknown> => ((await answer.json()) as { code: unknown }).code;

test("only declared fields leave the server", async () => {
  expect(await (await post('{"n":1}')).json()).toEqual({ n: 1 });
});

test.each([
  ["a string for a number", '{"n":"1"}'],
  ["an unknown field", '{"n":1,"x":2}'],
  ["no JSON", "{"],
  ["nothing", ""],
])("%s is refused as input-malformed", async (_, body) => {
  const answer = await post(body);
  expect(answer.headers.get("content-type")).toContain("application/problem+json");
  expect([answer.status, await code(answer)]).toEqual([400, "input-malformed"]);
});

test("a body over the limit, an unknown media type, a wrong method and a wrong address each have their own code", async () => {
  expect(await code(await post(`{"n":${"1".repeat(5_000_000)}}`))).toBe("input-too-large");
  expect(await code(await post("n=1", { "content-type": "text/plain" }))).toBe("media-type-unknown");
  const wrong = await fetch(`${base}/api/v1/echoes/1`, { method: "DELETE", headers: { "x-rugdekking": "1" } });
  expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "POST"]);
  expect((await fetch(`${base}/api/v1/nothing`)).status).toBe(404);
});

test("an error nobody foresaw says nothing about itself", async () => {
  const answer = await fetch(`${base}/api/v1/failures`);
  const text = await answer.text();
  expect(answer.status).toBe(500);
  expect(text).not.toMatch(/KANARIE|TypeError|\.ts/);
});

test("a change from another origin, or without the own header, is refused", async () => {
  expect(await code(await post('{"n":1}', { origin: "https://elsewhere.example" }))).toBe("origin-refused");
  expect(await code(await post('{"n":1}', { "x-rugdekking": "0" }))).toBe("origin-refused");
  expect(await code(await post('{"n":1}', { "sec-fetch-site": "cross-site" }))).toBe("origin-refused");
});

/** An address exactly as spelled: fetch would tidy it. */
const spelled = async (method: string, path: string, headers: Record<string, string> = {}): Promise<{ status: number; headers: object; text: string }> =>
  await new Promise((resolve, reject) => {
    const asked = httpRequest({ port: new URL(base).port, host: "127.0.0.1", method, path, headers }, (answer) => {
      let text = "";
      answer.on("data", (piece: Buffer) => (text += piece.toString()));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    asked.on("error", reject);
    asked.end(method === "GET" ? undefined : '{"n":1}');
  });

test("an address spelled otherwise passes no guard by: the router decodes it, so the guards go by the route", async () => {
  const json = { "content-type": "application/json" };
  expect(await spelled("POST", "/%61pi/v1/echoes/1", json)).toMatchObject({ status: 403, text: expect.stringContaining("origin-refused") });
  expect(await spelled("POST", "/api/%76%31/echoes/1", { ...json, origin: "https://elsewhere.example", "x-rugdekking": "1" })).toMatchObject({ status: 403 });
  expect(await spelled("GET", "/%61pi/v1/refusals")).toMatchObject({ status: 403, headers: { "cache-control": "no-store", "api-version": "1.0.0" } });
});

test("a request without a host, and one with a wish nobody knows, are answered like any other", async () => {
  const answer = await new Promise<string>((resolve) => {
    let back = "";
    const socket = connect(Number(new URL(base).port), "127.0.0.1", () => socket.write("GET /api/v1/health HTTP/1.1\r\nConnection: close\r\n\r\n"));
    socket.on("data", (piece) => (back += piece.toString()));
    socket.on("close", () => resolve(back));
  });
  expect(answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*application\/problem\+json[\s\S]*"code":"input-malformed"/);
  expect(await spelled("GET", "/api/v1/health", { expect: "200-maybe" })).toMatchObject({ status: 200 });
});

test("more work at once than the server can hold is put off, reading first, and whoever watches over the server still hears that it lives", async () => {
  let inside = 0;
  const waits = async (): Promise<object> => {
    inside += 1;
    return await new Promise((resolve) => setTimeout(() => resolve({}), 500));
  };
  const many = await createServer({
    origin: "http://127.0.0.1",
    webRoot: web,
    most: 5,
    plugins: [
      async (frame) => {
        frame.get("/api/v1/waits", waits);
        frame.post("/api/v1/waits", waits);
      },
    ],
  });
  const address = await many.listen({ host: "127.0.0.1", port: 0 });
  const reading = async (): Promise<Response> => await fetch(`${address}/api/v1/waits`);
  const writing = async (): Promise<Response> =>
    await fetch(`${address}/api/v1/waits`, { method: "POST", body: "{}", headers: { "content-type": "application/json", "x-rugdekking": "1" } });
  const statuses = (answers: readonly Response[]): number[] => answers.map(({ status }) => status).toSorted((a, b) => a - b);
  try {
    const read = await Promise.all(Array.from({ length: 5 }, reading));
    expect(statuses(read)).toEqual([200, 200, 503, 503, 503]);
    const refused = read.find(({ status }) => status === 503);
    expect(refused?.headers.get("retry-after")).toBe("5");
    expect(await refused?.json()).toMatchObject({ code: "unavailable", mend: expect.stringMatching(/./) });

    inside = 0;
    const reads = Promise.all(Array.from({ length: 2 }, reading));
    await vi.waitFor(() => expect(inside).toBe(2));
    const writes = Promise.all(Array.from({ length: 4 }, writing));
    await vi.waitFor(() => expect(inside).toBe(5));
    expect((await fetch(`${address}/api/v1/health`)).status).toBe(200);
    expect((await reading()).status).toBe(503);
    expect(statuses(await writes)).toEqual([200, 200, 200, 503]);
    expect(statuses(await reads)).toEqual([200, 200]);
    expect((await reading()).status).toBe(200);
  } finally {
    await many.close();
  }
});

test("who asks and does not read the answer keeps no other reader out", async () => {
  const large = "verzonnen ".repeat(2_000_000);
  const many = await createServer({
    origin: "http://127.0.0.1",
    webRoot: web,
    most: 10,
    plugins: [async (frame) => void frame.get("/api/v1/large", async () => large)],
  });
  const address = await many.listen({ host: "127.0.0.1", port: 0 });
  const lines: Socket[] = [];
  try {
    for (let line = 0; line < 6; line += 1) {
      const socket = connect(Number(new URL(address).port), "127.0.0.1");
      lines.push(socket);
      socket.pause();
      socket.write("GET /api/v1/large HTTP/1.1\r\nHost: demo\r\n\r\n");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    // Three is what may be read at once; six answers stand unread.
    expect((await fetch(`${address}/api/openapi.json`)).status).toBe(200);
  } finally {
    for (const socket of lines) socket.destroy();
    await many.close();
  }
});

test("pages get the page, files are served, and the log of requests holds no query, body or id", async () => {
  expect((await fetch(`${base}/melden`)).headers.get("content-type")).toContain("text/html");
  const asset = await fetch(`${base}/assets/a-1234.js`);
  expect(asset.headers.get("cache-control")).toContain("immutable");
  expect((await fetch(`${base}/assets/none.js`)).status).toBe(404);
  await post('{"n":1}');
  expect(JSON.stringify(lines)).not.toContain("KANARIE");
  expect(lines.some(({ route }) => route === "/api/v1/echoes/:echo")).toBe(true);
});

test("WebAssembly is allowed on the answer with a listed worker's own file, packed or not, and on no page or other script", async () => {
  const policyOf = async (path: string, encoding: string): Promise<string> =>
    (await fetch(`${base}${path}`, { headers: { "accept-encoding": encoding } })).headers.get("content-security-policy") ?? "";
  const page = await policyOf("/", "identity");
  expect(page).not.toContain("wasm");
  for (const encoding of ["identity", "br"]) {
    for (const worker of ["/assets/paper-worker-AbCd_-12.js", "/assets/triage-worker-AbCd_-12.js", "/assets/attachment-wasm-worker-Ab3_-9xZ.js"])
      expect(await policyOf(worker, encoding), worker).toBe(page.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"));
    for (const path of [
      "/advies",
      "/melden",
      "/assets/covers-worker-AbCd_-12.js",
      "/assets/wasm-worker.js",
      "/assets/a-1234.js",
      "/assets/none.js",
      "/api/v1/health",
    ])
      expect(await policyOf(path, encoding), path).toBe(page);
  }
});

test("headers keep a browser to this server, and every API answer tells its version", async () => {
  const answer = await fetch(`${base}/api/v1/health`);
  expect(answer.headers.get("api-version")).toBe("1.0.0");
  const policy = answer.headers.get("content-security-policy") ?? "";
  for (const part of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"])
    expect(policy).toContain(part);
  for (const name of [
    "cross-origin-opener-policy",
    "cross-origin-embedder-policy",
    "cross-origin-resource-policy",
    "referrer-policy",
    "x-content-type-options",
  ])
    expect(answer.headers.get(name)).not.toBeNull();
  expect(answer.headers.get("server")).toBeNull();
  const permissions = new Map(
    (answer.headers.get("permissions-policy") ?? "").split(", ").map((one): [string, string] => [one.split("=")[0] ?? "", one.split("=")[1] ?? ""]),
  );
  for (const used of ["camera", "clipboard-write", "publickey-credentials-get"]) expect(permissions.get(used)).toBe("(self)");
  for (const unused of ["microphone", "geolocation", "payment", "display-capture", "clipboard-read", "fullscreen"]) expect(permissions.get(unused)).toBe("()");
  expect([...permissions.values()].every((allowed) => allowed === "()" || allowed === "(self)")).toBe(true);
  expect(["origin-agent-cluster", "x-permitted-cross-domain-policies", "x-dns-prefetch-control"].map((name) => answer.headers.get(name))).toEqual([
    "?1",
    "none",
    "off",
  ]);
});
