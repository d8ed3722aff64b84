/** The web app in the log: a real server and PostgreSQL, a visitor with the command line, and a server that hands out something else than it logged. */
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generateNoteKey } from "@rugdekking/ledger";
import { main } from "#apps/cli/rugdekking.ts";
import { checkRelease, listsOfWorker } from "#services/ledger/client/release.ts";
import { ledgerRoutes } from "#services/ledger/server/index.ts";
import { migrations, openSequencer, type Sequencer } from "#services/ledger/store/index.ts";
import { openTestDatabase, type TestDatabase } from "#services/storage/testing.ts";
import { readBundle } from "./bundle.ts";
import { createServer } from "./create-server.ts";
import { logBundle, releaseRoutes } from "./release.ts";
import { securityText } from "./security-text.ts";

const keys = await generateNoteKey("demo.example.nl/log");
const page = "<!doctype html><title>Rugdekking</title>";
const script = "export {};\n";
const worker = (text: string): string =>
  `const files = ${JSON.stringify({ "/": base64(page), "/assets/a-1234.js": base64(text) }, null, 2)};\nconst large = {};\n`;
const base64 = (text: string): string => createHash("sha256").update(text).digest("base64");

let clone: TestDatabase;
let sequencer: Sequencer;
let server: FastifyInstance;
let base: string;
let folder: string;
let web: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rugdekking-release-"));
  web = join(folder, "web");
  await mkdir(join(web, "assets"), { recursive: true });
  await writeFile(join(web, "index.html"), page);
  await writeFile(join(web, "assets", "a-1234.js"), script);
  await writeFile(join(web, "assets", "a-1234.js.br"), "left out");
  await writeFile(join(web, "sw.js"), worker(script));
  clone = await openTestDatabase(migrations);
  sequencer = await openSequencer(clone.db, { signerKey: keys.signerKey, sweep: 0 });
  const bundle = await logBundle(clone.db, sequencer, web);
  server = await createServer({
    origin: "http://127.0.0.1",
    webRoot: web,
    plugins: [
      ledgerRoutes(clone.db),
      releaseRoutes(clone.db, bundle),
      securityText("mailto:veiligheid@demo.example.nl", "http://127.0.0.1", () => new Date("2026-11-01T00:00:00Z")),
      async (frame) => void frame.get("/api/v1/trust-anchor", async () => ({ log: keys.verifierKey, registrar: "A".repeat(43), demonstration: false })),
    ],
  });
  base = await server.listen({ host: "127.0.0.1", port: 0 });
}, 60_000);
afterAll(async () => {
  await server.close();
  await sequencer.stop();
  await clone.close();
  await rm(folder, { recursive: true, force: true });
});

/** `rugdekking release check` with these words more. */
async function check(...more: string[]): Promise<{ exit: number; out: string; err: string }> {
  const heard = { out: "", err: "" };
  const exit = await main(["release", "check", "--json", "--server", base, "--home", join(folder, "home"), ...more], {
    out: (text: string) => void (heard.out += text),
    err: (text: string) => void (heard.err += text),
    bar: false,
  });
  return { exit, ...heard };
}

describe("the web app in the log", () => {
  test("what is served is what is logged, and what was built here", async () => {
    const { digest } = await readBundle(web);
    const { exit, out } = await check("--local", web);
    expect([exit, JSON.parse(out)]).toMatchObject([0, { ok: true, digest, files: 3, leaf: 0, compared: true }]);
    expect((await check("--digest", digest)).exit).toBe(0);
  });
  test("another build is told from it", async () => {
    const { exit, err } = await check("--digest", "0".repeat(64));
    expect([exit, err]).toEqual([1, expect.stringContaining("what was built here is 000")]);
  });
  test("the same bundle started again keeps its leaf; nothing built logs nothing", async () => {
    await logBundle(clone.db, sequencer, web);
    expect(JSON.parse((await check()).out)).toMatchObject({ leaf: 0, treeSize: 1 });
    expect(await logBundle(clone.db, sequencer, join(folder, "nowhere"))).toBeNull();
  });
  test("a server that hands out another script than it logged is caught by name", async () => {
    await writeFile(join(web, "assets", "a-1234.js"), "export const x = 1;\n");
    const { exit, err } = await check();
    expect([exit, err]).toEqual([1, expect.stringContaining("/assets/a-1234.js is not the file in the log")]);
    await writeFile(join(web, "assets", "a-1234.js"), script);
    expect((await check()).exit).toBe(0);
  });
  test("list, digest and receipt hold each other", async () => {
    const release: unknown = await (await fetch(`${base}/api/v1/release`)).json();
    const { digest, manifest, proof } = release as { digest: string; manifest: string; proof: string };
    expect((await checkRelease({ digest, manifest, proof }, keys.verifierKey)).files.map(({ path }) => path)).toEqual([
      "/assets/a-1234.js",
      "/index.html",
      "/sw.js",
    ]);
    await expect(checkRelease({ digest, manifest: manifest.replace("index", "andex"), proof }, keys.verifierKey)).rejects.toMatchObject({
      code: "proof-malformed",
    });
    const forged = `${"0".repeat(64)}  ./index.html\n`;
    const own = createHash("sha256").update(forged).digest("hex");
    await expect(checkRelease({ digest: own, manifest: forged, proof }, keys.verifierKey)).rejects.toMatchObject({ code: "inclusion-invalid" });
    const upward = `${"0".repeat(64)}  ./../secret\n`;
    await expect(checkRelease({ digest: createHash("sha256").update(upward).digest("hex"), manifest: upward, proof }, keys.verifierKey)).rejects.toMatchObject({
      code: "proof-malformed",
    });
  });
  test("the service worker's own list is read, and one without is told", () => {
    expect(listsOfWorker(worker(script))?.map(({ path }) => path)).toEqual(["/index.html", "/assets/a-1234.js"]);
    expect(listsOfWorker("const other = {};")).toBeNull();
  });
});

test("RFC 9116: where to report a weakness", async () => {
  const answer = await fetch(`${base}/.well-known/security.txt`);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/plain; charset=utf-8"]);
  expect(await answer.text()).toBe(
    "Contact: mailto:veiligheid@demo.example.nl\nExpires: 2027-04-30T00:00:00.000Z\nPreferred-Languages: nl, en\nCanonical: http://127.0.0.1/.well-known/security.txt\n",
  );
});
