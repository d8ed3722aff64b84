/**
 * Journey: a desk is flooded with reports without an account. Somebody on a phone sees why it takes a moment and gets through; the desk sees one group instead of forty lines, opens it, and takes one out. Real Chromium at
 * 360 px, the demonstration's people. With `PICTURES=<folder>` every page is kept as a picture.
 */
import { sql } from "kysely";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Connection, memoryTrustStore, Trust } from "#services/directory/client/index.ts";
import { fileReport } from "#services/reporting/client/index.ts";
import { openDatabase } from "#services/storage/index.ts";
import { openBrowser, phone, visit } from "./browser.ts";
import { lookFor } from "./look.ts";
import { reportDraft } from "./road.ts";
import { become, heading, openLine } from "./walk-report.ts";
import { databaseOf, startDemonstration, type Demonstration } from "./world.ts";

let world: Demonstration;
let browser: Browser;
const look = lookFor("flood-", [phone]);
const organisation = "demo-gemeente";
let desk = "";

beforeAll(async () => {
  // Enough to be seen in a picture; a house asks less.
  process.env["RUGDEKKING_GUEST_WORK"] = "2048";
  [world, browser] = await Promise.all([startDemonstration(), openBrowser()]);
  const connection = new Connection({ base: world.url, cookies: "own" });
  const trust = new Trust(connection, memoryTrustStore());
  desk = (await trust.desks({ organisation, function: "safety-desk" }))[0]?.id ?? "";
  const report = reportDraft((field) => `demonstratie ${field}`);
  for (let place = 0; place < 40; place += 1)
    await fileReport(connection, {
      as: { guest: true },
      trust,
      desk,
      report: { ...report, acute: place === 23, inOwnWords: place === 23 ? "Iemand staat voor mijn deur (demonstratie)" : "Koop nu (demonstratie)" },
    });
}, 300_000);
afterAll(async () => {
  delete process.env["RUGDEKKING_GUEST_WORK"];
  await browser.close();
  await world.stop();
});

test("the desk sees forty reports as one line, opens it, finds the one that is unlike the others in front, and takes it out", async () => {
  const { page, complaints } = await visit(browser, world.url, phone);
  await become(page, world, "veiligheid");
  await heading(page, "Wat vraagt nu om u?");
  const name = page.getByRole("heading", { level: 2, name: /^4\d meldingen zonder account sinds/ });
  await name.waitFor({ timeout: 60_000 });
  // The demonstration has a guest of its own.
  const all = Number.parseInt((await name.textContent()) ?? "", 10);
  expect(all).toBeGreaterThanOrEqual(40);
  // What has an account stands above it, each by itself.
  expect(await page.locator("[data-line]").count()).toBeGreaterThan(0);
  expect(await page.locator("[data-line]", { hasText: "Koop nu" }).count()).toBe(0);
  // It stands where its most pressing report would, above what has until later, and takes no more room than one.
  const order = await page.locator(".burst-name, .line-group").allTextContents();
  expect(order.join("; ")).toContain("zonder account sinds");
  const here = order.findIndex((name) => name.includes("zonder account sinds"));
  expect(order.slice(0, here).join()).not.toMatch(/Later|Zonder termijn/u);
  await look(page, "work-grouped");
  await page.getByRole("button", { name: "Toon de lijst" }).click();
  const inGroup = page.locator(".burst [data-line]");
  await inGroup.first().waitFor();
  expect(await inGroup.count()).toBe(all);
  // What repeats itself stands behind what does not.
  expect(await inGroup.nth(all - 1).textContent()).toContain("Koop nu");
  expect(await inGroup.nth(0).textContent()).not.toContain("Koop nu");
  const unlike = page.locator(".burst li", { hasText: "Iemand staat voor mijn deur" });
  await look(page, "work-opened");
  await unlike.getByRole("button", { name: "Haal uit de groep" }).click();
  await page.getByRole("heading", { level: 2, name: new RegExp(`^${all - 1} meldingen zonder account sinds`) }).waitFor();
  await page.getByRole("button", { name: "Verberg de lijst" }).click();
  await openLine(page, "Iemand staat voor mijn deur");
  expect(complaints).toEqual([]);
}, 180_000);

test("on a phone, without an account, a flooded desk takes a moment that is explained, and the report arrives", async () => {
  const db = openDatabase(databaseOf(world.data), { connections: 1 });
  await sql`INSERT INTO desk_dossier (organisation, desk_id, dossier, kind, phase, opened, changed, due, until, scope, grant_id, grant_statement, grant_sealed, guest)
    SELECT organisation, desk_id, gen_random_uuid(), kind, phase, now(), changed, due, until, scope, grant_id, grant_statement, grant_sealed, true
    FROM (SELECT * FROM desk_dossier WHERE desk_id = ${desk} AND guest LIMIT 1) AS one, generate_series(1, 900)`.execute(db);
  await db.destroy();
  const { page, complaints } = await visit(browser, world.url, phone, { path: "/melden" });
  const press = async (words: string | RegExp): Promise<void> => await page.getByRole("button", { name: words }).click();
  await heading(page, "Wat is er gebeurd?");
  await page.getByRole("textbox", { name: /^Uw verhaal/ }).fill("Verzonnen: iemand belt elke nacht.");
  await page.getByText("Zo snel mogelijk").click();
  await press("Verder");
  await heading(page, "Wat en waar was het?");
  await press("Verder");
  await heading(page, "Heeft u iets om te laten zien?");
  await press("Verder");
  await heading(page, "Wie moet dit lezen?");
  await page.getByRole("searchbox", { name: /^Waar bent u ambtsdrager/ }).fill("Demostad");
  await press(/Demostad/);
  await page.getByText("ondertekend en door uw apparaat gecontroleerd").waitFor();
  await press("Verder");
  await heading(page, "Kijk het nog even na");
  await press("Zet op slot en verstuur");
  await page.getByText("Even geduld", { exact: true }).first().waitFor({ timeout: 30_000 });
  await page.getByRole("progressbar", { name: "Uw apparaat rekent" }).waitFor();
  await look(page, "report-moment");
  await page.getByRole("heading", { level: 1, name: "Uw melding is bezorgd" }).waitFor({ timeout: 180_000 });
  await look(page, "report-code");
  expect(complaints).toEqual([]);
}, 300_000);

test("who asks for keys back while many do hears the same, and the question is sent", async () => {
  const db = openDatabase(databaseOf(world.data), { connections: 1 });
  await sql`INSERT INTO admission_spent (kind, spend, purpose, used, at)
    SELECT kind, 'verzonnen-' || n, 'recovery', 'verzonnen-' || n, now() FROM (SELECT kind FROM admission_key LIMIT 1) AS one, generate_series(1, 3000) AS n`.execute(
    db,
  );
  await db.destroy();
  const { page, complaints } = await visit(browser, world.url, phone, { path: "/herstel" });
  await page.getByLabel("Uw inlognaam").fill("verzonnen.raadslid@example.nl");
  await page.getByRole("button", { name: "Vraag mijn sleutels terug" }).click();
  await page.getByRole("status").getByText("Even geduld", { exact: true }).waitFor({ timeout: 30_000 });
  await page.getByRole("progressbar", { name: "Uw apparaat rekent" }).waitFor();
  await look(page, "recovery-moment");
  await page.getByRole("heading", { level: 1, name: "Uw vraag is verstuurd" }).waitFor({ timeout: 180_000 });
  expect(complaints).toEqual([]);
}, 240_000);
