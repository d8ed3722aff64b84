/**
 * Bench: how much comes over the line, and how long it takes, until a frightened person with a slow phone can type on /melden; beside a bare page with one text field from the same server.
 * `node tools/bench/report-page.ts [--runs 5]`. Every run has a fresh browser profile: nothing is in a cache.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import type { Browser } from "playwright-core";
import { openBrowser, phone } from "#apps/checks/browser.ts";
import { throttle } from "./browser.ts";
import { makeDesk } from "./people.ts";
import { startServer } from "./server.ts";
import { percentile, table, tell, type Row } from "./table.ts";

const kilobytes = 120;
const seconds = 2.5;

/** One visit of a fresh phone. */
interface Visit {
  /** Milliseconds from asking for the page until the first text field took a letter. */
  readonly typed: number;
  /** Bytes over the line until then: of script and style, and of everything (fonts, page, answers, headers). */
  readonly code: number;
  readonly all: number;
  /** Requests until then. */
  readonly requests: number;
}

/** In the page: notes the first moment at which a text field holds what is put in it, as a keystroke would. */
function noteTyping(): void {
  const look = (): void => {
    const field = document.querySelector<HTMLTextAreaElement | HTMLInputElement>("textarea, input[type=text]");
    if (field !== null && !field.disabled && !field.readOnly && field.getClientRects().length > 0) {
      field.focus();
      if (document.activeElement === field && document.execCommand("insertText", false, "x") && field.value.endsWith("x")) {
        // The frame in which the letter is drawn.
        requestAnimationFrame(() => Object.assign(globalThis, { benchTyped: performance.now() }));
        return;
      }
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Visits an address with a fresh profile and counts what came. */
async function visitOnce(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: phone, locale: "nl-NL", timezoneId: "Europe/Amsterdam", serviceWorkers: "block" });
  try {
    await context.addInitScript(noteTyping);
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const session = await throttle(page);
    const kinds = new Map<string, string>();
    const counted = { code: 0, all: 0, requests: 0 };
    session.on("Network.responseReceived", ({ requestId, type }) => void kinds.set(requestId, type));
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      const kind = kinds.get(requestId);
      if (kind === "Script" || kind === "Stylesheet") counted.code += encodedDataLength;
      counted.all += encodedDataLength;
      counted.requests += 1;
    });
    await page.goto(url, { waitUntil: "commit" });
    await page.waitForFunction(() => "benchTyped" in globalThis, undefined, { polling: 20 });
    const until = { ...counted };
    const typed = await page.evaluate(() => Number(Reflect.get(globalThis, "benchTyped")));
    return { typed, ...until };
  } finally {
    await context.close();
  }
}

/** The least a page can be: one text field. The line, the browser and the throttle are the same. */
async function barePage(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const page = `<!doctype html><html lang="nl"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Kaal</title><textarea></textarea></html>`;
  const server = createServer((_request, response) => void response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(page));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: async () => await new Promise((closed) => server.close(() => closed())) };
}

async function run(runs: number): Promise<void> {
  const loadBefore = loadavg();
  const server = await startServer();
  const browser = await openBrowser();
  const bare = await barePage();
  try {
    await makeDesk(server);
    const ours: Visit[] = [];
    const least: Visit[] = [];
    for (let round = 0; round < runs; round += 1) {
      tell(`visit ${round + 1} of ${runs}`);
      ours.push(await visitOnce(browser, `${server.url}/melden`));
      least.push(await visitOnce(browser, bare.url));
    }
    const middle = (visits: readonly Visit[], of: (visit: Visit) => number): number => percentile(visits.map(of), 0.5);
    const code = middle(ours, (visit) => visit.code) / 1000;
    const typed = middle(ours, (visit) => visit.typed);
    const bareTyped = middle(least, (visit) => visit.typed);
    const rows: Row[] = [
      {
        what: "/melden: script and style over the line until a letter is taken",
        ours: `${code.toFixed(1)} kB`,
        baseline: "0 kB (bare page with one text field)",
        target: `<= ${kilobytes} kB`,
        met: code <= kilobytes,
      },
      {
        what: "/melden: everything over the line until then, requests",
        ours: `${(middle(ours, ({ all }) => all) / 1000).toFixed(1)} kB, ${middle(ours, ({ requests }) => requests)}`,
        baseline: `${(middle(least, ({ all }) => all) / 1000).toFixed(1)} kB, ${middle(least, ({ requests }) => requests)}`,
      },
      {
        what: `a throttled phone (4x slower processor, 1.6 Mbit/s, 150 ms) can type, middle of ${runs}`,
        ours: `${typed.toFixed(0)} ms`,
        baseline: `${bareTyped.toFixed(0)} ms`,
        ratio: `${(typed / bareTyped).toFixed(2)}x`,
        target: `<= ${seconds * 1000} ms`,
        met: typed <= seconds * 1000,
      },
      {
        what: "the same, slowest",
        ours: `${Math.max(...ours.map((visit) => visit.typed)).toFixed(0)} ms`,
        baseline: `${Math.max(...least.map((visit) => visit.typed)).toFixed(0)} ms`,
      },
    ];
    process.stdout.write(`${table("The report page on a slow phone", rows, loadBefore)}\n`);
  } finally {
    await bare.close();
    await browser.close();
    await server.stop();
  }
}

const { values } = parseArgs({ options: { runs: { type: "string", default: "5" } } });
await run(Math.min(15, Math.max(1, Number(values.runs))));
