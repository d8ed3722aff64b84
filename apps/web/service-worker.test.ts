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
let large: [path: string, digest: string][] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rugdekking-web-"));
  await build({ configFile: fileURLToPath(new URL("./vite.config.ts", import.meta.url)), logLevel: "error", build: { outDir: folder } });
  const source = await readFile(join(folder, "sw.js"), "utf8");
  const listIn = (name: string): [string, string][] => {
    const list: unknown = JSON.parse(new RegExp(`const ${name} = (\\{[\\s\\S]*?\\});`, "u").exec(source)?.[1] ?? "null");
    return Object.entries(list ?? {}).map(([path, digest]) => [path, String(digest)]);
  };
  listed = listIn("files");
  large = listIn("large");
}, 60_000);
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

it("names the page, and every built script, style and font", async () => {
  const built = (await readdir(join(folder, "assets"))).filter((name) => /\.(js|css|woff2)$/.test(name)).map((name) => `/assets/${name}`);
  expect(built.length).toBeGreaterThan(10);
  const now = built.filter((name) => !large.some(([path]) => path === name));
  expect(listed.map(([path]) => path).toSorted()).toEqual(["/", ...now].toSorted());
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
  for (const [path, digest] of [...listed, ...large]) {
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

it("leaves the document maker and its fonts alone until someone wants a document, then keeps them, checked", async () => {
  const wasm = large.find(([path]) => path.endsWith(".wasm"));
  const kinds = large.map(([path]) => path.split(".").at(-1) ?? "");
  expect(["ttf", "typ", "wasm"].map((kind) => kinds.filter((one) => one === kind).length)).toEqual([5, 10, 1]);
  expect(["triage-worker", "import-worker"].map((name) => large.some(([path]) => path.includes(name)))).toEqual([true, true]);
  expect(listed.some(([path]) => large.some(([one]) => one === path))).toBe(false);
  const shelves = new Map<string, Map<string, unknown>>();
  const fetched: [path: string, integrity: string | undefined][] = [];
  let answered: Promise<unknown> = Promise.resolve();
  let ask: ((path: string) => void) | null = null;
  runInNewContext(await readFile(join(folder, "sw.js"), "utf8"), {
    URL,
    location: { origin: "https://demo.example.nl" },
    addEventListener: (name: string, listener: (event: object) => void) => {
      if (name === "fetch")
        ask = (path) =>
          listener({
            request: { url: `https://demo.example.nl${path}`, method: "GET", mode: "cors" },
            respondWith: (answer: Promise<unknown>) => (answered = answer),
          });
    },
    caches: {
      open: async (name: string) => {
        const shelf = shelves.get(name) ?? new Map<string, unknown>();
        shelves.set(name, shelf);
        return { match: async (path: string) => shelf.get(path), put: async (path: string, answer: unknown) => void shelf.set(path, answer) };
      },
    },
    fetch: async (path: string, options: RequestInit) => {
      fetched.push([path, options.integrity]);
      return { ok: true, clone: () => "kept" };
    },
  });
  const path = wasm?.[0] ?? "";
  for (const _time of [1, 2]) {
    (ask as ((path: string) => void) | null)?.(path);
    await answered;
  }
  expect(fetched).toEqual([[path, `sha256-${wasm?.[1] ?? ""}`]]);
  expect([...shelves].map(([name, shelf]) => [name.split("-")[0], [...shelf.keys()]])).toEqual([["large", [path]]]);
});
