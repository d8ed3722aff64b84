/** The service worker's list is the app as it is on disk: a single wrong digest makes every browser refuse the worker, silently. */
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { build } from "vite";

let folder = "";
let listed: [path: string, digest: string][] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rugdekking-web-"));
  await build({ configFile: fileURLToPath(new URL("./vite.config.ts", import.meta.url)), logLevel: "error", build: { outDir: folder } });
  const list: unknown = JSON.parse(/const files = (\{[\s\S]*?\});/.exec(await readFile(join(folder, "sw.js"), "utf8"))?.[1] ?? "null");
  listed = Object.entries(list ?? {}).map(([path, digest]) => [path, String(digest)]);
}, 60_000);
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

it("names the page, and every built script, style and font", async () => {
  const built = (await readdir(join(folder, "assets"))).filter((name) => /\.(js|css|woff2)$/.test(name)).map((name) => `/assets/${name}`);
  expect(built.length).toBeGreaterThan(10);
  expect(listed.map(([path]) => path).toSorted()).toEqual(["/", ...built].toSorted());
});

it("has what a visit needs without a connection, and stays small: no document compiler", async () => {
  const names = listed.map(([path]) => path);
  for (const wanted of ["veilig-wonen-1", "veilig-wonen-2", "photo-worker", "visit-page", "visits-page"])
    expect(
      names.some((name) => name.startsWith(`/assets/${wanted}`)),
      wanted,
    ).toBe(true);
  const sizes = await Promise.all(names.map(async (name) => (await readFile(join(folder, name === "/" ? "index.html" : name))).length));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(4_000_000);
});

it("gives each the SHA-256 of the bytes a browser will get", async () => {
  for (const [path, digest] of listed) {
    expect(
      createHash("sha256")
        .update(await readFile(join(folder, path === "/" ? "index.html" : path)))
        .digest("base64"),
      path,
    ).toBe(digest);
  }
});

it("keeps nothing, the page included, that the browser did not check against the list", async () => {
  const fetched: [path: string, integrity: string | undefined][] = [];
  const kept: string[] = [];
  const installing: Promise<unknown>[] = [];
  runInNewContext(await readFile(join(folder, "sw.js"), "utf8"), {
    addEventListener: (name: string, listener: (event: object) => void) => {
      if (name === "install") listener({ waitUntil: (done: Promise<unknown>) => installing.push(done) });
    },
    caches: { open: async () => ({ put: async (path: string) => void kept.push(path) }) },
    fetch: async (path: string, options: RequestInit) => void fetched.push([path, options.integrity]),
  });
  await Promise.all(installing);
  expect(kept.toSorted()).toEqual(listed.map(([path]) => path).toSorted());
  expect(fetched).toEqual(listed.map(([path, digest]) => [path, `sha256-${digest}`]));
});
