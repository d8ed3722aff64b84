/** What was published of the Monitor is handed out as it is, and nothing else of the folder. Run by vitest only. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createServer } from "./create-server.ts";

let folder: string;
let server: FastifyInstance;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rugdekking-publications-"));
  const one = join(folder, "publications", "monitor-2026-1");
  await mkdir(one, { recursive: true });
  for (const [name, text] of [
    ["publication.json", "{}"],
    ["tabel-alle.csv", "figure\r\n"],
    ["catalogus.jsonld", "{}"],
    ["rapport.pdf", "%PDF-1.7"],
    ["page.html", "<script>"],
    [".earlier.json", "{}"],
  ] as const)
    await writeFile(join(one, name), text);
  await writeFile(join(folder, "secret.json"), "{}");
  server = await createServer({ origin: "http://127.0.0.1", plugins: [], webRoot: join(folder, "no-web"), publications: join(folder, "publications") });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const get = async (url: string) => await server.inject({ method: "GET", url, headers: { host: "127.0.0.1" } });

describe("/publicaties/", () => {
  it.each([
    ["publication.json", "application/json; charset=utf-8"],
    ["tabel-alle.csv", "text/csv; charset=utf-8"],
    ["catalogus.jsonld", "application/ld+json; charset=utf-8"],
    ["rapport.pdf", "application/pdf"],
  ])("hands out %s as %s", async (name, type) => {
    const answer = await get(`/publicaties/monitor-2026-1/${name}`);
    expect([answer.statusCode, answer.headers["content-type"], answer.headers["x-content-type-options"]]).toEqual([200, type, "nosniff"]);
  });
  it.each(["monitor-2026-1/page.html", "monitor-2026-1/.earlier.json", "../secret.json", "%2e%2e/secret.json", "monitor-2026-1/", "monitor-2026-1/none.json"])(
    "does not hand out %s",
    async (name) => {
      expect((await get(`/publicaties/${name}`)).statusCode).toBe(404);
    },
  );
  it("is no part of the described API", async () => {
    expect((await get("/api/openapi.json")).body).not.toContain("publicaties");
  });
});
