/** The engine in a real Chromium for its tests and the bench: bundled by Vite, served under the app's own content policy, spoken to through one page. */
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname } from "node:path";
import { chromium, type Browser } from "playwright-core";
import { build } from "vite";
import type { PaperAssets, PaperData, TemplateName } from "./index.ts";

/** `npm test` sets CHROMIUM_PATH; otherwise Debian's place. */
export const chromiumPath: string = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
/** Whether there is a browser to test in. */
export const hasChromium: boolean = existsSync(chromiumPath);

const folder = new URL(".", import.meta.url).pathname;

/** The policy of apps/server/headers.ts; the worker's own answer has `'wasm-unsafe-eval'` besides, and nothing else does. */
const policy = (script: string): string =>
  [
    "default-src 'none'",
    `script-src ${script}`,
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types rugdekking",
  ].join("; ");

const types: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".wasm": "application/wasm",
  ".ttf": "font/ttf",
  ".typ": "text/plain; charset=utf-8",
};

/** All files of the bundle by path, and the page's own script. */
async function bundled(): Promise<{ readonly files: ReadonlyMap<string, Uint8Array | string>; readonly entry: string }> {
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
      rolldownOptions: { input: { page: `${folder}testing-page.ts` } },
    },
  });
  const files = new Map<string, Uint8Array | string>();
  let entry = "";
  for (const built of Array.isArray(result) ? result : [result]) {
    if (!("output" in built)) throw new Error("the build gave a watcher instead of files");
    for (const file of built.output) {
      files.set(`/${file.fileName}`, file.type === "chunk" ? file.code : file.source);
      if (file.type === "chunk" && file.isEntry && file.name === "page") entry = `/${file.fileName}`;
    }
  }
  return { files, entry };
}

/** What a paper from the browser comes back as. */
export interface BrowserPaper {
  readonly pdf: Uint8Array;
  /** Milliseconds in the page, from the call to the bytes. */
  readonly took: number;
}

/** A page with the engine in a worker. */
export interface PaperPage {
  readonly browser: Browser;
  /** Milliseconds from starting the worker to a compiler that is ready (download from this machine, compile, fonts). */
  readonly ready: number;
  /** Everything the page or its worker complained about. */
  readonly complaints: readonly string[];
  /** Sizes of what a browser loads, by file name. */
  readonly sizes: ReadonlyMap<string, number>;
  readonly files: ReadonlyMap<string, Uint8Array | string>;
  readonly render: <N extends TemplateName>(name: N, data: PaperData[N], assets?: PaperAssets) => Promise<BrowserPaper>;
  /** Asks for what may be nonsense and gives the error's code, or "made". */
  readonly refusal: (name: string, data: unknown, assets?: PaperAssets) => Promise<string>;
  readonly close: () => Promise<void>;
}

interface Sent {
  readonly name: string;
  readonly data: unknown;
  readonly assets: Readonly<Record<string, string>>;
}
const sent = (name: string, data: unknown, assets: PaperAssets): Sent => ({
  name,
  data,
  assets: Object.fromEntries(Object.entries(assets).map(([key, bytes]) => [key, Buffer.from(bytes).toString("base64")])),
});

/** Bundles, serves and opens. Close it when done. */
export async function openPaperPage(): Promise<PaperPage> {
  const { files, entry } = await bundled();
  const server = createServer((request, response) => {
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    const file = files.get(path);
    response.setHeader("content-security-policy", policy(path.includes("worker") ? "'self' 'wasm-unsafe-eval'" : "'self'"));
    response.setHeader("content-type", types[extname(path)] ?? "text/html; charset=utf-8");
    response.end(file ?? `<!doctype html><html lang="nl"><title>paper</title><script type="module" src="${entry}"></script>`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
  });
  const complaints: string[] = [];
  const page = await browser.newPage();
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("favicon")) complaints.push(message.text());
  });
  await page.goto(`http://127.0.0.1:${port}/`);
  const ready = await page.evaluate(async () => {
    const started = performance.now();
    const worker = Reflect.get(globalThis, "bench").start();
    Object.assign(globalThis, { papers: worker });
    await worker.ready();
    return performance.now() - started;
  });
  const ask = async (what: Sent): Promise<{ pdf: string; took: number; code: string }> =>
    await page.evaluate(async ({ name, data, assets }) => {
      const bytes = Object.fromEntries(Object.entries(assets).map(([key, text]) => [key, Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))]));
      const started = performance.now();
      try {
        const pdf: Uint8Array = await Reflect.get(globalThis, "papers").render(name, data, bytes);
        const took = performance.now() - started;
        let text = "";
        for (let at = 0; at < pdf.length; at += 30_000) text += String.fromCharCode(...pdf.subarray(at, at + 30_000));
        return { pdf: btoa(text), took, code: "made" };
      } catch (error) {
        const code: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "code") : undefined;
        return { pdf: "", took: 0, code: `${String(code)}: ${error instanceof Error ? error.message : ""}` };
      }
    }, what);
  return {
    browser,
    ready,
    complaints,
    sizes: new Map([...files].map(([path, file]) => [path, Buffer.byteLength(file)])),
    files,
    render: async (name, data, assets = {}) => {
      const { pdf, took, code } = await ask(sent(name, data, assets));
      if (code !== "made") throw new Error(code);
      return { pdf: new Uint8Array(Buffer.from(pdf, "base64")), took };
    },
    refusal: async (name, data, assets = {}) => (await ask(sent(name, data, assets))).code.split(":")[0] ?? "",
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}
