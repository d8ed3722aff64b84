/**
 * Bench: a gigabyte as evidence, from the real report page in Chromium to the server's disk and back through the dossier page; beside the same library sealing the same bytes in Node.
 * `node tools/bench/attachment.ts [--megabytes 1024]`. Memory: the server's own high-water mark, and what the browser's tabs hold.
 */
import { createHash, randomFillSync } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdtemp, open, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { parseArgs } from "node:util";
import type { Browser, Page } from "playwright-core";
import { generateDossierKey, newUuid, sealStream } from "@rugdekking/seal";
import { desktop, openBrowser, visit } from "#apps/checks/browser.ts";
import { watchRenderers, type TabMemory } from "./browser.ts";
import { makeDesk } from "./people.ts";
import { memoryOf, startServer, type BenchServer } from "./server.ts";
import { mebibytes, table, tell, type Row } from "./table.ts";

const serverLimit = 300 * 2 ** 20;
const tabLimit = 400 * 2 ** 20;
const slowdown = 1.5;
/** A name the register has once, so that the first found is the one with the desk. */
const municipality = { id: "gm0193", name: "Zwolle" } as const;
/** A gigabyte on a busy machine; nothing here waits longer. */
const patience = 600_000;

async function writeRandom(path: string, megabytes: number): Promise<string> {
  const hash = createHash("sha256");
  const file = await open(path, "w");
  const block = Buffer.alloc(2 ** 20);
  for (let at = 0; at < megabytes; at += 1) {
    randomFillSync(block);
    hash.update(block);
    await file.write(block);
  }
  await file.close();
  return hash.digest("hex");
}

async function digestOfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(piece);
  return hash.digest("hex");
}

/** Seconds in which the same library seals the file in Node, thrown away as it comes. */
async function sealInNode(path: string, size: number): Promise<number> {
  const began = performance.now();
  const source = Readable.toWeb(createReadStream(path, { highWaterMark: 64 * 1024 })) as ReadableStream<Uint8Array>;
  const { stream } = await sealStream(source, size, generateDossierKey(), { dossier: newUuid(), item: newUuid(), channel: "main" });
  const reader = stream.getReader();
  while (!(await reader.read()).done);
  return (performance.now() - began) / 1000;
}

const heading = async (page: Page, name: string): Promise<void> => await page.getByRole("heading", { level: 1, name }).waitFor({ timeout: patience });
const next = async (page: Page): Promise<void> => await page.getByRole("button", { name: /^Verder/ }).click();

/** One way: seconds, and what the tab held. */
interface Way {
  readonly seconds: number;
  readonly tab: TabMemory;
}

/** Files a report with the file through the wizard; times from "send" to "delivered". @returns also the receipt code. */
async function fileWith(browser: Browser, server: BenchServer, path: string): Promise<Way & { readonly code: string }> {
  const { context, page } = await visit(browser, server.url, desktop, { path: "/melden", largeFiles: true });
  page.setDefaultTimeout(120_000);
  await page.getByRole("textbox", { name: /^Uw verhaal/ }).fill("Demonstratie: een lange opname.");
  await page.getByText(/^Zo snel mogelijk/).click();
  await next(page);
  await page.getByText(/^Bedreiging/).click();
  await next(page);
  await page.locator('input[type="file"]').first().setInputFiles(path);
  await next(page);
  await page.getByRole("searchbox", { name: /^Waar bent u ambtsdrager/ }).fill(municipality.name);
  await page.getByRole("button", { name: municipality.name }).first().click();
  await page.getByText("ondertekend en door uw apparaat gecontroleerd").waitFor();
  await next(page);
  await heading(page, "Kijk het nog even na");
  const stop = watchRenderers();
  const began = performance.now();
  await page.getByRole("button", { name: /^Zet op slot en verstuur/ }).click();
  await heading(page, "Uw melding is bezorgd");
  const seconds = (performance.now() - began) / 1000;
  const tab = await stop();
  const code = (await page.locator(".receipt-group .part").allInnerTexts()).join("-");
  await context.close();
  return { seconds, tab, code };
}

/** Comes back with the code in another browser profile, saves the file from the dossier, and compares it. */
async function fetchBack(browser: Browser, server: BenchServer, code: string, folder: string, digest: string): Promise<Way> {
  const { context, page } = await visit(browser, server.url, desktop, { path: "/terug" });
  page.setDefaultTimeout(120_000);
  await page.getByRole("textbox", { name: /^Uw code/ }).fill(code);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/dossier\//);
  const save = page.getByRole("button", { name: /opname\.bin/ }).first();
  await save.waitFor();
  const stop = watchRenderers();
  const began = performance.now();
  const coming = page.waitForEvent("download", { timeout: patience });
  await save.click();
  const path = join(folder, "terug.bin");
  await (await coming).saveAs(path);
  const seconds = (performance.now() - began) / 1000;
  const tab = await stop();
  await context.close();
  if ((await digestOfFile(path)) !== digest) throw new Error("the file that came back is not the file that was sent");
  return { seconds, tab };
}

async function run(megabytes: number): Promise<void> {
  const loadBefore = loadavg();
  const folder = await mkdtemp(join(tmpdir(), "rugdekking-bench-"));
  const server = await startServer();
  const browser = await openBrowser();
  try {
    await makeDesk(server, municipality.id);
    const path = join(folder, "opname.bin");
    tell(`writing ${megabytes} MiB`);
    const digest = await writeRandom(path, megabytes);
    const peak = (): number => memoryOf(server.pid)?.peak ?? Number.NaN;
    const before = peak();
    tell("sealing in Node");
    const alone = await sealInNode(path, megabytes * 2 ** 20);
    tell("sealing and sending from the report page");
    const sent = await fileWith(browser, server, path);
    const afterSending = peak();
    tell("fetching and opening on the dossier page");
    const back = await fetchBack(browser, server, sent.code, folder, digest);
    const afterAll = peak();
    const rate = (seconds: number): string => `${(megabytes / seconds).toFixed(0)} MiB/s (${seconds.toFixed(1)} s)`;
    const tab = Math.max(sent.tab.own, back.tab.own);
    const rows: Row[] = [
      {
        what: `${megabytes} MiB sealed and sent from /melden, to the receipt on the screen`,
        ours: rate(sent.seconds),
        baseline: `${rate(alone)} (engines/seal over age-encryption, the same bytes in Node, thrown away)`,
        ratio: `${(sent.seconds / alone).toFixed(2)}x the time`,
        target: `<= ${slowdown}x`,
        met: sent.seconds / alone <= slowdown,
      },
      {
        what: "the same fetched and opened on the dossier page, saved, compared",
        ours: rate(back.seconds),
        baseline: rate(alone),
        ratio: `${(back.seconds / alone).toFixed(2)}x the time`,
      },
      {
        what: "server process, most it held (VmHWM): before / after sending / after fetching",
        ours: `${mebibytes(before)} / ${mebibytes(afterSending)} / ${mebibytes(afterAll)}`,
        target: `< ${mebibytes(serverLimit)}`,
        met: afterAll < serverLimit,
      },
      {
        what: "browser tab, most of its own: sending / fetching (with program files: the same)",
        ours: `${mebibytes(sent.tab.own)} / ${mebibytes(back.tab.own)} (${mebibytes(sent.tab.peak)} / ${mebibytes(back.tab.peak)})`,
        target: `< ${mebibytes(tabLimit)}`,
        met: tab < tabLimit,
      },
    ];
    process.stdout.write(`${table("A large attachment", rows, loadBefore)}\n`);
  } finally {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const { values } = parseArgs({ options: { megabytes: { type: "string", default: "1024" } } });
await run(Math.min(4096, Math.max(16, Number(values.megabytes))));
