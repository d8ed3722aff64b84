/**
 * Journey: the national picture, by a reader without an account. From the overview to one figure and to a province that is withheld, with the table behind every picture, the citation on the clipboard and the same address
 * opened anew; in Dutch and English, on a phone and a desktop. With `PICTURES=<folder>` the pages are kept as pictures.
 */
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createServer } from "#apps/server/create-server.ts";
import { desktop, openBrowser, phone, visit, type Visitor } from "./browser.ts";
import { figuresFolder } from "./invented-figures.ts";
import { lookFor } from "./look.ts";

let data: string;
let server: FastifyInstance;
let url: string;
let browser: Browser;
beforeAll(async () => {
  [data, browser] = await Promise.all([figuresFolder(), openBrowser()]);
  // The frame alone: these pages need nobody to be signed in, and no database.
  const webRoot = fileURLToPath(new URL("../../dist/web", import.meta.url));
  server = await createServer({ origin: "http://127.0.0.1", plugins: [], webRoot, publications: join(data, "publications") });
  url = await server.listen({ host: "127.0.0.1", port: 0 });
}, 120_000);
afterAll(async () => {
  await browser.close();
  await server.close();
  await rm(data, { recursive: true, force: true });
});

const look = lookFor("figures-", [phone, desktop]);
const open = async (path: string, size: { readonly width: number; readonly height: number } = phone): Promise<Visitor> =>
  await visit(browser, url, size, { path });
const heading = async (page: Page, name: string | RegExp): Promise<void> => await page.getByRole("heading", { level: 1, name }).waitFor();

test("the overview tells one number first, says it is invented, and has a table behind every picture", async () => {
  const { context, page } = await open("/cijfers");
  await heading(page, "Landelijk beeld, derde kwartaal 2026");
  await page.getByText("Deze cijfers zijn verzonnen").waitFor();
  await page.getByText("meldingen kwamen binnen").first().waitFor();
  const figures = page.locator("figure.figures-figure");
  expect(await figures.count()).toBeGreaterThan(6);
  expect(await figures.filter({ has: page.locator("details table") }).count()).toBe(await figures.count());
  const map = page.getByRole("img", { name: /Meldingen, per provincie/ });
  expect(await map.locator("rect").count()).toBe(12);
  await look(page, "overview");
  await page.getByRole("combobox", { name: "Wat wilt u zien?" }).selectOption({ label: "Scans aangevraagd" });
  await page.getByRole("img", { name: /Scans aangevraagd, per provincie/ }).waitFor();
  expect(await page.locator(".figures-tile-away").count()).toBeGreaterThan(0);
  await look(page, "withheld");
  await page.getByRole("button", { name: /^EN/ }).click();
  await heading(page, "National picture, third quarter of 2026");
  await look(page, "english");
  await context.close();
}, 120_000);

test("a series through time has a point for every quarter, says why it breaks, and leads to the address of each point", async () => {
  for (const size of [phone, desktop]) {
    const { context, page, complaints } = await open("/cijfers", size);
    await heading(page, /Landelijk beeld/);
    const chart = page.locator(".figures-trend");
    await chart.waitFor();
    expect(await chart.locator("desc").textContent()).toMatch(/^3e kwartaal 2025: [\d.]+; 4e kwartaal 2025: .*; 3e kwartaal 2026: 620$/u);
    expect(await chart.locator(".figures-dot").count()).toBe(5);
    // Between the third and the fourth point the line is broken, and says so.
    expect(await chart.locator(".figures-trend-line").count()).toBe(3);
    await page.getByText("Vanaf 2e kwartaal 2026. Twintig gemeenten deden voor het eerst mee (verzonnen).", { exact: false }).waitFor();
    await chart.scrollIntoViewIfNeeded();
    await look(page, `trend-${size.width}`);
    await page.getByRole("combobox", { name: "Per kwartaal of per maand?" }).selectOption({ label: "Per maand" });
    await page.getByRole("img", { name: "Meldingen, per maand" }).waitFor();
    expect(await chart.locator(".figures-dot").count()).toBe(15);
    await page.getByRole("combobox", { name: "Welke lijn wilt u zien?" }).selectOption({ label: "Ontvangst op tijd bevestigd" });
    await page.getByRole("img", { name: "Ontvangst op tijd bevestigd (van de 100), per maand" }).waitFor();
    await look(page, `trend-months-${size.width}`);
    await page.getByRole("combobox", { name: "Per kwartaal of per maand?" }).selectOption({ label: "Per kwartaal" });
    const summary = page.locator("figure").filter({ has: chart }).locator("summary");
    await summary.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("table").getByRole("link", { name: "1e kwartaal 2026" }).click();
    await heading(page, "Ontvangst op tijd bevestigd");
    expect(new URL(page.url()).pathname).toBe("/cijfers/landelijk-2026-k1/signals-received-in-time/alle");
    // A group of which some quarters are hidden: an empty mark, and never a number.
    await page.goto(`${url}/cijfers/landelijk-2026-k3/scans-requested/province=pv29`);
    await chart.waitFor();
    expect(await chart.locator(".figures-trend-away").count()).toBeGreaterThan(0);
    expect((await chart.locator(".figures-dot").count()) + (await chart.locator(".figures-trend-away").count())).toBe(5);
    await chart.scrollIntoViewIfNeeded();
    await look(page, `trend-hidden-${size.width}`);
    expect(complaints).toEqual([]);
    await context.close();
  }
}, 180_000);

test("a single figure has its own address, its citation, and says what it does not say", async () => {
  const { context, page } = await open("/cijfers", desktop);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("link", { name: "Aangifte gedaan" }).first().click();
  await heading(page, "Aangifte gedaan");
  expect(new URL(page.url()).pathname).toBe("/cijfers/landelijk-2026-k3/complaints/alle");
  await page.getByRole("heading", { name: "Wat dit niet zegt" }).waitFor();
  await look(page, "single");
  await page.getByRole("button", { name: "Noem dit cijfer" }).click();
  const copied = await page.evaluate(async () => await navigator.clipboard.readText());
  expect(copied).toMatch(
    /^\d+ van de 100 afgeronde meldingen: er is aangifte gedaan.*derde kwartaal 2026.*\(verzonnen\).*\/cijfers\/landelijk-2026-k3\/complaints\/alle\nsha-256 [0-9a-f]{64}$/su,
  );
  // The address that was cited, opened by someone else.
  const address = /http\S+/u.exec(copied)?.[0] ?? "";
  await page.goto(address);
  await heading(page, "Aangifte gedaan");
  await page.reload();
  await heading(page, "Aangifte gedaan");
  await context.close();
}, 120_000);

test("a figure that is withheld says why, and cannot be cited", async () => {
  const { context, page } = await open("/cijfers/landelijk-2026-k3/scans-requested/province=pv29");
  await heading(page, "Scans aangevraagd: Zeeland");
  await page.getByText("Waarom niet getoond?").waitFor();
  expect(await page.getByRole("button", { name: "Noem dit cijfer" }).count()).toBe(0);
  await look(page, "why");
  await page.goto(`${url}/cijfers/landelijk-2026-k3/nothing/alle`);
  await page.getByText("Dit cijfer is er niet").waitFor();
  await page.goto(`${url}/cijfers/landelijk-2031-k1`);
  await page.getByText("Dit cijfer is er niet").waitFor();
  await look(page, "gone");
  await context.close();
}, 120_000);

test("the pages are read with a keyboard alone", async () => {
  const { context, page } = await open("/cijfers", desktop);
  await heading(page, /Landelijk beeld/);
  const summary = page.locator("details.figures-details > summary").first();
  await summary.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("table").first().waitFor();
  await page.getByRole("link", { name: "Meer over dit cijfer" }).focus();
  await page.keyboard.press("Enter");
  await heading(page, "Meldingen");
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
  await context.close();
}, 120_000);
