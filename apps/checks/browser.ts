/** A real Chromium for the journeys: finds it, starts it with the flags a closed network needs, keeps what it complained about, and lets axe look. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";

/** What a browser in a closed network is started with. */
export const browserFlags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** `CHROMIUM_PATH` is set by `npm test`; otherwise the usual places. */
export function chromiumPath(): string {
  const found = [
    process.env["CHROMIUM_PATH"],
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  ].find((path) => path !== undefined && existsSync(path));
  if (found === undefined) throw new Error("No Chromium: run npm test, which finds or installs one, or set CHROMIUM_PATH");
  return found;
}

/** Starts it. Close it in `afterAll`. */
export async function openBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: chromiumPath(), args: [...browserFlags] });
}

/** Sizes screens are looked at in (screens.md). */
export const phone = { width: 360, height: 740 } as const;
export const tablet = { width: 820, height: 1180 } as const;
export const desktop = { width: 1280, height: 800 } as const;

/** One person's browser profile and what went wrong in it. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Script errors, policy violations and failed requests, in order. Empty when all is well. */
  readonly complaints: readonly string[];
}

/**
 * In the page, before its first line: sends bytes as a Blob of the same bytes. Playwright keeps DevTools' network view open, and that turns every body of bytes into text: six to nine
 * seconds for a piece of 8 MiB, where the same page without DevTools takes as long for bytes as for a Blob. Nothing else of the page is touched.
 */
function sendBlobs(): void {
  const plain = globalThis.fetch;
  globalThis.fetch = async (input, init) =>
    await plain(input, init?.body instanceof Uint8Array ? { ...init, body: new Blob([new Uint8Array(init.body)]) } : init);
}

/** A fresh profile in this size; Dutch, no service worker (tests of it ask for one). */
export async function visit(
  browser: Browser,
  base: string,
  viewport: { readonly width: number; readonly height: number },
  options: {
    readonly path?: string;
    readonly serviceWorkers?: "allow" | "block";
    /** Files of more than a few megabytes will be sent: spares DevTools their bodies. */
    readonly largeFiles?: boolean;
  } = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    viewport,
    locale: "nl-NL",
    timezoneId: "Europe/Amsterdam",
    serviceWorkers: options.serviceWorkers ?? "block",
    acceptDownloads: true,
  });
  if (options.largeFiles === true) await context.addInitScript(sendBlobs);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`script: ${error.message}`));
  page.on("console", (message) => {
    // A 404 or 401 the page asks for on purpose shows as an error line without being one.
    if (message.type() === "error" && !/Failed to load resource/.test(message.text())) complaints.push(`console: ${message.text()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 500) complaints.push(`answer ${response.status()} to ${new URL(response.url()).pathname}`);
  });
  await page.goto(`${base}${options.path ?? "/"}`);
  return { context, page, complaints };
}

let axe: string | undefined;

/** axe-core as one script, for windows Playwright does not count as pages. */
export const axeScript = async (): Promise<string> => (axe ??= await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));

/** What axe is asked: WCAG 2.2 A and AA, as JSON of one line per rule. */
export const axeQuestion = `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }).then((r) => JSON.stringify(r.violations.map((v) => v.id + " (" + v.impact + "): " + v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join(", "))))`;

/** Waits, two seconds at the most, until no button is busy any more, and then for every animation and transition that has an end. */
const settled = `(async () => {
  for (let turn = 0; turn < 40 && document.querySelector("button[aria-busy]") !== null; turn++) await new Promise((resolve) => setTimeout(resolve, 50));
  await Promise.all(document.getAnimations().filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime)).map((one) => one.finished.catch(() => null)));
})()`;

/** What axe-core finds against WCAG 2.2 A and AA on the present page: rule, impact, first element. Empty when clean. */
export async function axeFindings(page: Page): Promise<string[]> {
  // The page's policy forbids added scripts, so axe runs in the isolated world of the debugging protocol.
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId } = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id, worldName: "axe" });
  // The world stays with the document: a second look at the same page need not read half a megabyte again.
  const { result: known } = await session.send("Runtime.evaluate", { expression: "typeof axe", contextId: executionContextId, returnByValue: true });
  if (known.value !== "object") await session.send("Runtime.evaluate", { expression: await axeScript(), contextId: executionContextId });
  // A button that is busy, or what fades in, has its colours only at the end of it.
  await session.send("Runtime.evaluate", { expression: settled, contextId: executionContextId, awaitPromise: true });
  const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
    expression: axeQuestion,
    contextId: executionContextId,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  if (exceptionDetails !== undefined) throw new Error(`axe did not run: ${exceptionDetails.text}`);
  const found: unknown = JSON.parse(String(result.value));
  return Array.isArray(found) ? found.map(String) : [];
}

/** Whether the page is wider than its window: on a phone nothing may scroll sideways. */
export const overflows = async (page: Page): Promise<boolean> =>
  await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1);
