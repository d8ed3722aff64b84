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
