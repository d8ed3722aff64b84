/**
 * Holds the pages with figures to 100 kB over the line, whatever they load to be drawn: the page, script, style and the figures themselves as the open data sends them. Reads what the build made and what a server answers;
 * run by vitest only, after `npm run build`.
 */
import { readdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { FastifyInstance } from "fastify";
import { createServer } from "#apps/server/create-server.ts";
import { figuresFolder } from "./invented-figures.ts";

const web = fileURLToPath(new URL("../../dist/web", import.meta.url));
const assets = readdirSync(`${web}/assets`);
const read = (name: string): string => readFileSync(`${web}/assets/${name}`, "utf8");

/** The one script of that name that imports no other page: shared pieces may carry the same name. */
function built(name: string, extension = "js"): readonly string[] {
  const found = assets.filter((file) => new RegExp(`^${name}-[\\w-]{8}\\.${extension}$`, "u").test(file));
  if (found.length === 0) throw new Error(`dist/web has no ${name}; run npm run build, or mend this list`);
  return found;
}

/** A script and everything it imports at once. */
function closure(name: string, found: Set<string> = new Set()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  for (const [, next] of read(name).matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/gu)) if (next !== undefined) closure(next, found);
  return found;
}

const index = readFileSync(`${web}/index.html`, "utf8");
const entry = /src="\/assets\/([\w.-]+\.js)"/u.exec(index)?.[1] ?? "";

let data: string;
let server: FastifyInstance;
beforeAll(async () => {
  data = await figuresFolder();
  server = await createServer({ origin: "http://127.0.0.1", plugins: [], webRoot: web, publications: join(data, "publications") });
});
afterAll(async () => {
  await server.close();
  await rm(data, { recursive: true, force: true });
});

it.each([
  ["/cijfers", "picture-page"],
  ["/cijfers/landelijk-2026-k3/reports/alle", "figure-page"],
])("%s is at most 100 kB with its figures, without the fonts every page shares", async (address, page) => {
  const scripts = new Set([...closure(entry), ...built(page).flatMap((name) => [...closure(name)])]);
  // Style comes with the page that asks for it; the build names it after one of the scripts.
  const styles = assets.filter((name) => name.endsWith(".css") && (name.startsWith("index-") || read(name).includes(".figures-number")));
  expect(styles.some((name) => read(name).includes(".figures-number"))).toBe(true);
  const asked = async (url: string): Promise<number> => {
    const answer = await server.inject({ method: "GET", url, headers: { host: "127.0.0.1", "accept-encoding": "gzip" } });
    expect([url, answer.statusCode]).toEqual([url, 200]);
    return answer.rawPayload.length;
  };
  const sizes = [
    ...[...scripts, ...styles].map((name) => [name, gzipSync(read(name), { level: 9 }).length] as const),
    [address, gzipSync(index, { level: 9 }).length] as const,
    ["the list", await asked("/api/v1/open-data/publications")] as const,
    ["the line through time", await asked("/api/v1/open-data/trends/reports/alle")] as const,
    ["the figures", await asked("/api/v1/open-data/publications/landelijk-2026-k3")] as const,
  ];
  const sum = sizes.reduce((all, [, size]) => all + size, 0);
  expect([sum <= 100_000, sum, sizes]).toEqual([true, sum, sizes]);
  // A measure that lost a piece would say yes to anything.
  expect(sum).toBeGreaterThan(40_000);
  await asked(address);
});
