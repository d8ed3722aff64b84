/**
 * Journey: the whole main road in the browser, by the people of the demonstration, over real HTTP against the real database: a threat at night with an .eml, a PNG, a PDF and a large file,
 * the desk's answer, the scan, the advice sent back once and adopted, the measures, and both dossiers taken away. Then, with the server gone: they verify, `age` opens them, and the canary search finds nothing.
 * The same road by command is road-cli.test.ts. RUGDEKKING_ROAD_MB sets the size of the large file: 12 MB by day, 200 MB in `npm run nightly`.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "#services/storage/index.ts";
import { axeFindings, desktop, openBrowser, overflows, phone, visit, type Visitor } from "./browser.ts";
import { findIn, findInText, mark, searchFiles, searchTables } from "./canary-search.ts";
import { openWithAge } from "./open-with-age.ts";
import { databaseOf, largeFile, startDemonstration, type Demonstration } from "./world.ts";
import { walkScan } from "./walk-scan.ts";
import { answer, become, closeReport, goTo, handleReport, reportAsPerson, takeAway } from "./walk-report.ts";

const program = fileURLToPath(new URL(import.meta.resolve("#apps/cli/rugdekking.ts")));
const fixtures = join(import.meta.dirname, "fixtures");
const megabytes = Number(process.env["RUGDEKKING_ROAD_MB"] ?? 12);
const folder = mkdtempSync(join(tmpdir(), "rugdekking-journey-"));
const at = (name: string): string => join(folder, name);
const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("base64url");
const words = (field: string): string => `Demonstratie ${mark}-${field}`;

let world: Demonstration;
let browser: Browser;
const people = new Map<string, Visitor>();
/** Addresses, headers and bodies of text that left the browsers; uploads of bytes are searched where they lie, in the data directory. */
const sent: string[] = [];

type Size = Parameters<typeof visit>[2];

/** Someone at their own device; what it sends is kept for the search at the end. */
async function arrive(who: string, path: string, size: Size): Promise<Page> {
  // The adviser's tablet keeps the app, for the visit without a network.
  const visitor = await visit(browser, world.url, size, { path, largeFiles: true, serviceWorkers: who === "adviseur" ? "allow" : "block" });
  visitor.page.on("request", (request) => {
    const body = request.postDataBuffer();
    sent.push(
      `${request.method()} ${request.url()} ${JSON.stringify(request.headers())} ${body === null || body.length > 1_000_000 ? "" : body.toString("latin1")}`,
    );
  });
  people.set(who, visitor);
  return visitor.page;
}

/** One person at their own device, signed in. */
async function enter(player: string, size: Size): Promise<Page> {
  const known = people.get(player);
  if (known !== undefined) return known.page;
  const page = await arrive(player, "/", size);
  await become(page, world, player);
  return page;
}

/** WCAG 2.2 AA by axe, and nothing scrolls sideways. */
async function clean(page: Page, where: string): Promise<void> {
  expect(await axeFindings(page), where).toEqual([]);
  expect(await overflows(page), `${where} scrolls sideways`).toBe(false);
}

/** Comes back to a page that was left open: it says that there is news, and shows it when asked. */
async function lookAgain(page: Page): Promise<void> {
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await page.getByRole("button", { name: "Laat het zien" }).click();
}

/** Runs the command as a person without our server would. */
function cli(...line: string[]): Promise<{ readonly exit: number; readonly out: string; readonly err: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program, ...line], {
      env: { ...process.env, RUGDEKKING_SERVER: world.url, RUGDEKKING_HOME: at("home") },
    });
    let [out, err] = ["", ""];
    child.stdout.on("data", (piece: Buffer) => (out += piece.toString()));
    child.stderr.on("data", (piece: Buffer) => (err += piece.toString()));
    child.on("exit", (code) => done({ exit: code ?? 2, out, err }));
  });
}

const video = "opname-KANARIE-demonstratie.mp4";
const files = ["bedreiging-demonstratie.eml", "schermafbeelding-demonstratie.png", "brief-demonstratie.pdf"];
let largeHash = "";
let report = "";

beforeAll(async () => {
  largeHash = largeFile(at(video), megabytes * 1_000_000);
  [world, browser] = await Promise.all([startDemonstration(), openBrowser()]);
  expect((await cli("ledger", "pin", "--out", at("pin.json"))).exit).toBe(0);
}, 240_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe("1. a threat at night", () => {
  test("the office-holder reports on a phone with an .eml, a PNG, a PDF and a large file", async () => {
    const page = await enter("wethouder", phone);
    await clean(page, "own dossiers");
    const told = { story: words("story"), name: words("name"), where: "Demostad", files: [...files.map((name) => join(fixtures, name)), at(video)] };
    report = await reportAsPerson(page, told, async (step) => await clean(page, step));
    await clean(page, "own report");
    await page.getByText(words("story")).waitFor();
  }, 300_000);

  test("the desk finds it in its work, takes it up, weighs it and records the complaint; the two talk; it is closed", async () => {
    const desk = await enter("veiligheid", desktop);
    // By keyboard alone: search on this device, walk to the line, open it.
    await desk.locator("[data-line]").first().waitFor();
    await desk.keyboard.press("/");
    await desk.keyboard.type(`${mark}-story`);
    await desk.getByText("1 dossier").waitFor();
    await desk.keyboard.press("Tab");
    await desk.keyboard.press("Enter");
    await desk.locator(".timeline").waitFor();
    expect(desk.url()).not.toContain(mark);
    expect(await desk.title()).not.toContain(mark);
    await clean(desk, "work");
    await handleReport(desk, { first: words("first"), norm: words("norm"), grounds: words("grounds"), number: words("number"), vpt: words("vpt") });
    const holder = await enter("wethouder", phone);
    await lookAgain(holder);
    await holder.getByText(words("first")).waitFor();
    await answer(holder, words("answer"));
    await lookAgain(desk);
    await desk.getByText(words("answer")).first().waitFor();
    await closeReport(desk, words("feedback"));
    await clean(desk, "closed report");
  }, 180_000);
});

let scanId: () => string;
describe("2. from request to an adopted, signed advice and placed measures", () => {
  scanId = walkScan({
    enter,
    arrive: async (path, size) => await arrive("wethouder, not signed in yet", path, size),
    handle: (player) => world.handle(player),
  });
});

describe("3. everything taken away, true without us", () => {
  test("the office-holder takes both dossiers along, each in one file made on this device; the employer a part", async () => {
    const holder = await enter("wethouder", phone);
    await lookAgain(holder);
    await holder.getByText(words("feedback")).first().waitFor();
    await takeAway(holder, at("melding.zip"));
    await clean(holder, "taken away");
    for (const [player, name] of [
      ["wethouder", "scan.zip"],
      ["werkgever", "werkgever.zip"],
    ] as const) {
      const page = await enter(player, phone);
      await goTo(page, `/dossier/${scanId()}`);
      await page.locator(".timeline").waitFor();
      await takeAway(page, at(name));
    }
    await goTo(holder, "/terug");
    await holder
      .getByRole("link", { name: /^Melding van/ })
      .first()
      .waitFor();
    await goTo(holder, `/dossier/${report}`);
    await holder.locator(".timeline").waitFor();
  }, 240_000);

  test("anyone checks a proof of receipt in the browser; one changed character is seen", async () => {
    const holder = await enter("wethouder", phone);
    const waiting = holder.waitForEvent("download");
    await holder.getByRole("button", { name: "Bewijs van ontvangst: Melding" }).first().click();
    await (await waiting).saveAs(at("bewijs.json"));
    const { page, context, complaints } = await visit(browser, world.url, phone, { path: "/controleren" });
    const chooser = page.locator('input[data-role="receipt"]');
    await chooser.setInputFiles(at("bewijs.json"));
    await page.getByText("Dit bewijs klopt", { exact: true }).waitFor();
    await clean(page, "a good proof");
    const proof: { entry: string } = JSON.parse(await readFile(at("bewijs.json"), "utf8"));
    await writeFile(at("ander.json"), JSON.stringify({ ...proof, entry: `${proof.entry.startsWith("A") ? "B" : "A"}${proof.entry.slice(1)}` }));
    await chooser.setInputFiles(at("ander.json"));
    await page.getByText("Dit bewijs klopt niet").waitFor();
    await chooser.setInputFiles(join(fixtures, files[0] ?? ""));
    await page.getByText("Dit is geen bewijs van Rugdekking").waitFor();
    await clean(page, "a wrong proof");
    expect(complaints).toEqual([]);
    await context.close();
  }, 60_000);

  test("nothing that was told is readable at the server: not in the database, files, what it printed, or what crossed the wire", async () => {
    const db = openDatabase(databaseOf(world.data), { connections: 1 });
    try {
      const { tables, found } = await searchTables(db);
      expect(tables).toBeGreaterThan(15);
      expect(found).toEqual([]);
    } finally {
      await db.destroy();
    }
    const { files: searched, found } = await searchFiles(world.data);
    expect(searched).toBeGreaterThan(50);
    expect(found).toEqual([]);
    expect(findIn("printed", Buffer.from(world.printed()))).toEqual([]);
    expect(sent.length).toBeGreaterThan(100);
    expect(sent.flatMap((text) => findInText(text.slice(0, 120), text))).toEqual([]);
  }, 120_000);

  test("no screen complained on the way", () => {
    expect([...people].flatMap(([player, { complaints }]) => complaints.map((one) => `${player}: ${one}`))).toEqual([]);
  });

  test("with the server gone, the files verify against the pinned keys, and age gives the evidence back as it was", async () => {
    await world.halt();
    for (const bundle of ["melding.zip", "scan.zip", "werkgever.zip"]) {
      const { exit, out, err } = await cli("verify", at(bundle), "--pin", at("pin.json"), "--json");
      expect(err, bundle).toBe("");
      expect(exit, bundle).toBe(0);
      const answer: { readonly ok: boolean; readonly checks: readonly { readonly outcome: string }[] } = JSON.parse(out);
      expect(answer.ok, bundle).toBe(true);
      expect(
        answer.checks.filter(({ outcome }) => outcome === "not-checked"),
        bundle,
      ).toEqual([]);
    }
    expect((await openWithAge(at("scan.zip"), at("scan"))).filter(({ same }) => !same)).toEqual([]);
    const part = await openWithAge(at("werkgever.zip"), at("werkgever"));
    expect(part.filter(({ same }) => !same)).toEqual([]);
    for (const name of await readdir(join(at("werkgever"), "originals")))
      expect(await readFile(join(at("werkgever"), "originals", name), "utf8")).not.toContain(mark);
    const opened = await openWithAge(at("melding.zip"), at("melding"));
    expect(opened).toHaveLength(4);
    expect(opened.filter(({ same }) => !same)).toEqual([]);
    const originals = await readdir(join(at("melding"), "originals"));
    for (const name of [...files, video]) {
      const found = originals.find((one) => one.endsWith(name));
      expect(sha256(await readFile(join(at("melding"), "originals", found ?? name))), name).toBe(
        name === video ? largeHash : sha256(await readFile(join(fixtures, name))),
      );
    }
  }, 240_000);
});
