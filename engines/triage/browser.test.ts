/** The worker in a real Chromium: fifty thousand messages, and the work beside the page. */
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { build } from "vite";
import type { PageReport } from "./testing-page.ts";

const executablePath = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
const folder = new URL(".", import.meta.url).pathname;

/** The page and its worker as a browser loads them: path to code. */
async function bundled(): Promise<{ readonly files: ReadonlyMap<string, string | Uint8Array>; readonly entry: string }> {
  const result = await build({
    root: folder,
    base: "/",
    configFile: false,
    logLevel: "error",
    worker: { format: "es" },
    build: {
      write: false,
      minify: true,
      target: "es2022",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: `${folder}testing-page.ts` },
    },
  });
  const files = new Map<string, string | Uint8Array>();
  let entry = "";
  for (const built of Array.isArray(result) ? result : [result]) {
    if (!("output" in built)) throw new Error("the build gave a watcher instead of files");
    for (const file of built.output) {
      files.set(`/${file.fileName}`, file.type === "chunk" ? file.code : file.source);
      if (file.type === "chunk" && file.isEntry) entry = `/${file.fileName}`;
    }
  }
  return { files, entry };
}

describe.skipIf(!existsSync(executablePath))("in Chromium (skipped where it is not installed)", () => {
  let page: Page;
  let stop = async (): Promise<void> => {};
  const asked: string[] = [];

  beforeAll(async () => {
    const { files, entry } = await bundled();
    const server = createServer((request, response) => {
      const path = (request.url ?? "/").split("?")[0] ?? "/";
      asked.push(path);
      const file = files.get(path);
      // As the real server does: only the worker's own file may start WebAssembly (apps/server/headers.ts).
      const wasm = path.includes("worker") ? " 'wasm-unsafe-eval'" : "";
      response.setHeader("content-security-policy", `default-src 'none'; script-src 'self'${wasm}; worker-src 'self'`);
      response.setHeader("content-type", file === undefined ? "text/html; charset=utf-8" : "text/javascript");
      response.end(file ?? `<!doctype html><html lang="nl"><title>triage</title><script type="module" src="${entry}"></script>`);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const browser = await chromium.launch({
      executablePath,
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
    });
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/`);
    await page.waitForFunction(() => Reflect.has(globalThis, "triage"));
    stop = async () => {
      await browser.close();
      server.close();
    };
  }, 60_000);
  afterAll(() => stop());

  it("judges fifty thousand messages in order, with campaigns, beside the page and not on it", { timeout: 120_000 }, async () => {
    const report: PageReport = await page.evaluate(async () => await Reflect.get(globalThis, "triage").run(50_000));
    expect(report).toMatchObject({ judged: 50_000, inOrder: true, progress: 50_000 });
    expect(report.summary).toMatchObject({ count: 50_000, refused: 0 });
    // One in some thousands shares no key with any other: see the README on what campaigns overlook.
    expect(report.summary.largest).toBeGreaterThanOrEqual(4_990);
    expect(report.summary.inCampaigns).toBeLessThanOrEqual(5_000);
    console.info(
      `Chromium: 50,000 messages in ${Math.round(report.took)} ms, longest gap ${Math.round(report.longestGap)} ms, long tasks ${JSON.stringify(report.longTasks)}`,
    );
    // Judging is seconds of work; were it on the page, all of them would be long tasks. That none is over 50 ms on a quiet machine is for the bench: here others use the processor too.
    expect(report.longTasks.reduce((sum, task) => sum + task, 0)).toBeLessThan(report.took / 2);
  });

  it("stops when it is cancelled, and takes a new pass afterwards", async () => {
    const { code, judged, after } = await page.evaluate(async () => await Reflect.get(globalThis, "triage").cancelled());
    expect(code).toBe("worker-cancelled");
    expect(judged).toBeLessThan(2_000);
    expect(after).toBe(10);
  }, 60_000);

  it("asks the server for nothing but its own code", () => {
    expect(asked.filter((path) => path !== "/" && !path.startsWith("/assets/") && path !== "/favicon.ico")).toEqual([]);
  });
});
