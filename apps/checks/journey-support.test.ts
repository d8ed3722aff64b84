/**
 * Journey: who can help now, on a phone and without a connection; asking the support team for help without an account; the team finds someone from its own list and proposes a date, the person decides;
 * a municipality checks whether it is ready. Real Chromium, real server. With `PICTURES=<folder>` every page is kept as a picture, light and dark.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { axeFindings, desktop, openBrowser, overflows, phone, visit, type Visitor } from "./browser.ts";
import { act, become, goTo, heading } from "./walk-report.ts";
import { startDemonstration, type Demonstration } from "./world.ts";

const pictures = process.env["PICTURES"];
let world: Demonstration;
let browser: Browser;
const visitors: Visitor[] = [];

beforeAll(async () => {
  [world, browser] = await Promise.all([startDemonstration(), openBrowser()]);
}, 240_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
});

const enter = async (path: string, size: typeof phone | typeof desktop, serviceWorkers: "allow" | "block" = "block"): Promise<Visitor> => {
  const visitor = await visit(browser, world.url, size, { path, serviceWorkers });
  visitors.push(visitor);
  return visitor;
};
const press = async (page: Page, name: string | RegExp): Promise<void> => await page.getByRole("button", { name }).first().click();

/** Nothing for axe to say and nothing that scrolls sideways, on a phone and on a desk; with PICTURES both are kept, light and dark. */
async function look(page: Page, name: string): Promise<void> {
  const before = page.viewportSize() ?? desktop;
  for (const size of [phone, desktop]) {
    await page.setViewportSize(size);
    await page.evaluate(() => scrollTo(0, 0));
    expect(await axeFindings(page), `${name} at ${size.width} px`).toEqual([]);
    expect(await overflows(page), `${name} at ${size.width} px scrolls sideways`).toBe(false);
    if (pictures === undefined) continue;
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.waitForTimeout(250);
      await page.screenshot({ path: join(pictures, `${name}-${size.width}-${colorScheme}.png`), fullPage: true });
    }
    await page.emulateMedia({ colorScheme: null });
  }
  await page.setViewportSize(before);
}

/** Ids of the provisions as they stand on the screen, in order. */
const cards = async (page: Page): Promise<string[]> =>
  await page.locator("[data-provision]:visible").evaluateAll((all) => all.map((one) => one.getAttribute("data-provision") ?? ""));

test("three questions on a phone lead to who fits, with why, whether they answer now, and a card for paper; the same without a connection", async () => {
  const { page, context } = await enter("/hulp", phone, "allow");
  await heading(page, "Wie kan mij nu helpen?");
  expect(await page.getByRole("link", { name: "Bel 112" }).count()).toBeGreaterThan(0);
  await look(page, "hulp-1-wie");
  // The app itself is on the device once the worker has filled its shelf; then the line goes.
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await context.setOffline(true);
  await page.goto(`${world.url}/hulp`);
  await heading(page, "Wie kan mij nu helpen?");
  await page.getByText("Raadslid", { exact: true }).click();
  await press(page, "Verder");
  await heading(page, "Wat is er aan de hand?");
  await page.getByText("Mijn adres of gegevens staan online").click();
  await look(page, "hulp-2-wat");
  await press(page, "Verder");
  await heading(page, "Speelt het nu, of al langer?");
  await page.getByText("Het gebeurt nu, of net").click();
  await look(page, "hulp-3-waar");
  await press(page, "Verder");
  await heading(page, "Deze mensen kunnen u helpen");
  const shown = await cards(page);
  expect(shown.slice(0, 3)).toEqual(["emergency", "support-team", "own-organisation"]);
  expect(shown).toHaveLength(6);
  const team = page.locator("[data-provision=support-team]");
  expect(await team.getByRole("link", { name: "Bel 070-373 83 14" }).getAttribute("href")).toBe("tel:+31703738314");
  await team.getByText("Dag en nacht bereikbaar").first().waitFor();
  await team.getByText("Omdat u zei: Raadslid").waitFor();
  await page.locator("[data-provision=own-organisation]").getByText("Omdat u zei: Mijn adres of gegevens staan online · Raadslid").waitFor();
  await look(page, "hulp-4-wie-helpt");
  await team.getByText("Meer hierover").click();
  await team.getByText("Nagekeken op").first().waitFor();
  await press(page, /^Laat ook \d+ andere/);
  expect((await cards(page)).includes("kvk")).toBe(true);
  expect((await cards(page)).includes("security-scan")).toBe(false);

  // On paper: numbers as words, the whole list, and nothing of what was answered.
  await page.emulateMedia({ media: "print" });
  const paper = await page.locator("main").innerText();
  expect(paper).toContain("070-373 83 14 · Dag en nacht bereikbaar");
  expect(paper).toContain("Uw antwoorden staan niet op deze kaart.");
  expect(paper).not.toContain("Omdat u zei");
  expect(paper).not.toContain("U koos");
  if (pictures !== undefined) await page.pdf({ path: join(pictures, "hulp-kaart.pdf"), format: "A4" });
  await page.emulateMedia({ media: null });
  await context.setOffline(false);
}, 120_000);

test("help is asked without an account in one step; the team takes it up, names someone of its own list and proposes a date; the person decides and takes it to the calendar", async () => {
  const guest = await enter("/hulp", phone);
  const { page } = guest;
  await page.getByText("Wethouder", { exact: true }).click();
  await press(page, "Verder");
  await page.getByText("Het wordt mij te veel").click();
  await press(page, "Laat meteen alle hulp zien");
  await page.getByRole("link", { name: "Vraag hulp aan het team" }).click();
  await heading(page, "Vraag hulp aan het team");
  await page.getByRole("region", { name: "Dit team leest uw verzoek" }).getByText("Oscar Demo").waitFor();
  await page.getByText("Wethouder · Het wordt mij te veel").waitFor();
  await look(page, "vragen");
  await page.getByText("Nee, het kan morgen").click();
  await page.getByRole("textbox", { name: /^Wat wilt u kwijt/ }).fill("Demonstratie: ik slaap niet meer.");
  await press(page, "Zet op slot en vraag om hulp");
  await heading(page, "Uw verzoek is bezorgd");
  await look(page, "vragen-code");
  const code = (await page.locator(".receipt-group .part").allInnerTexts()).join("-");
  await press(page, "Ik heb de code bewaard");
  await heading(page, "Heeft u de code?");
  for (const field of await page.getByRole("textbox", { name: /^Groep \d van de code/ }).all()) {
    const group = Number(/Groep (\d)/.exec((await field.evaluate((element) => (element as HTMLInputElement).labels?.[0]?.textContent)) ?? "")?.[1]);
    await field.fill(code.split(/[\s-]+/)[group - 1] ?? "");
  }
  await press(page, "Klaar");
  await heading(page, "Het team weet dat u hulp vraagt");
  await look(page, "vragen-klaar");
  await page.getByRole("link", { name: "Naar mijn verzoek" }).click();
  await page.getByText("Uw verzoek ligt bij het team.").waitFor();

  const desk = await enter("/inloggen", desktop);
  await become(desk.page, world, "ondersteuning");
  await goTo(desk.page, "/mensen");
  await heading(desk.page, "Mensen die kunnen helpen");
  await press(desk.page, "Voeg iemand toe");
  const form = desk.page.getByRole("dialog");
  await form.getByRole("textbox", { name: "Naam", exact: true }).fill("Anna Demo");
  await form.getByRole("textbox", { name: /^Ambt of vak/ }).fill("oud-wethouder");
  await form.getByRole("textbox", { name: /^Hoe bereikt u/ }).fill("06-00000000");
  await form.getByRole("button", { name: "Bewaar op dit apparaat" }).click();
  await desk.page.getByRole("heading", { name: "Anna Demo" }).waitFor();
  await look(desk.page, "mensen");
  const lying = await desk.page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open("rugdekking-kept");
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const values = await new Promise<unknown[]>((resolve) => {
      const asking = database.transaction("boxes").objectStore("boxes").getAll();
      asking.onsuccess = () => resolve(asking.result as unknown[]);
    });
    database.close();
    return JSON.stringify(values, (_, part: unknown) => (part instanceof ArrayBuffer ? new TextDecoder("latin1").decode(part) : part));
  });
  expect(lying.length).toBeGreaterThan(200);
  expect(lying).not.toMatch(/Anna Demo|06-00000000/);

  await goTo(desk.page, "/werk");
  await desk.page.locator("[data-line]", { hasText: "ik slaap niet meer" }).first().click();
  await desk.page.locator(".timeline").getByText("ik slaap niet meer").waitFor();
  await act(
    desk.page,
    "Opnemen",
    async (dialog) => await dialog.getByRole("textbox", { name: /^Uw eerste antwoord/ }).fill("Demonstratie: ik ben Oscar, ik zoek iemand voor u."),
    "Neem op en verstuur",
  );
  await desk.page.getByText("ik ben Oscar").waitFor();
  await act(
    desk.page,
    "Zeg wie helpt",
    async (dialog) => {
      await dialog.getByText("Een ambtgenoot").click();
      await dialog.getByRole("combobox", { name: "Uit uw lijst" }).selectOption({ label: "Anna Demo, oud-wethouder (Uren niet bekend)" });
      await dialog.getByRole("textbox", { name: /^Hoe en wanneer/ }).fill("Anna belt u morgen.");
    },
    "Leg vast en verstuur",
  );
  await desk.page.locator(".timeline").getByText("Anna belt u morgen.").waitFor();
  const later = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  await act(
    desk.page,
    "Stel een dag voor",
    async (dialog) => {
      await dialog.getByLabel("Dag", { exact: true }).fill(later);
      await dialog.getByRole("textbox", { name: /^Waarvoor/ }).fill("Samen terugkijken");
    },
    "Stel voor",
  );
  await desk.page.getByText("Voorgesteld, nog geen antwoord").waitFor();
  expect(await desk.page.getByRole("button", { name: /^Verzet|^Haal weg/ }).count()).toBe(0);
  await look(desk.page, "werk-hulp");

  await page.reload();
  await page.goto(`${world.url}/terug`);
  await page.getByRole("textbox", { name: /^Uw code/ }).fill(code);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/dossier\//);
  await page.getByText("Anna belt u morgen.").waitFor();
  await page.getByText("06-00000000").waitFor({ state: "detached" });
  await press(page, /^Zet deze dag/);
  await page.getByRole("button", { name: /^Verzet: Samen terugkijken/ }).waitFor();
  await look(page, "dossier-hulp");
  const moved = new Date(Date.now() + 27 * 86_400_000).toISOString().slice(0, 10);
  await act(page, `Verzet`, async (dialog) => await dialog.getByLabel("Dag", { exact: true }).fill(moved), "Zet de dag");
  await page.getByRole("button", { name: new RegExp(`^Verzet: Samen terugkijken, .* ${Number(moved.slice(8))} `) }).waitFor();
  await press(page, "Zet in mijn agenda");
  const waiting = page.waitForEvent("download");
  await page.getByRole("dialog").getByRole("button", { name: "Bewaar voor mijn agenda" }).click();
  const calendar = await readFile(await (await waiting).path(), "utf8");
  expect(calendar).toContain(`DTSTART;VALUE=DATE:${moved.replaceAll("-", "")}`);
  expect(calendar).toContain("SUMMARY:Afspraak");
  expect(calendar).not.toMatch(/terugkijken|nazorg|hulp|Anna/i);
}, 240_000);

test("a municipality sees what stands, what is missing and the first three steps; the answers stay on the device, and the plan becomes a document there", async () => {
  const { page } = await enter("/gereed", phone);
  await heading(page, "Is uw organisatie er klaar voor?");
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET") sent.push(request.url());
  });
  await page.getByRole("textbox", { name: /^Naam van uw organisatie/ }).fill("Gemeente Demostad");
  const groups = await page.locator("main fieldset").all();
  expect(groups.length).toBeGreaterThanOrEqual(20);
  for (const [place, group] of groups.entries()) await group.getByText(["Ja", "Nee", "Weet ik niet"][place % 3] ?? "Ja", { exact: true }).click();
  await page.getByText("Bewaard op dit apparaat").waitFor();
  await look(page, "gereed");
  await press(page, "Laat het plan zien");
  await heading(page, "Uw plan");
  // From the end of a long list of questions to the top of the plan, with the focus on its heading.
  await page.waitForFunction(() => scrollY === 0 && document.activeElement?.tagName === "H1");
  expect(await page.locator(".readiness-steps > li").count()).toBe(3);
  await look(page, "gereed-plan");
  await press(page, /^Maak de pdf/);
  await page.getByRole("button", { name: /^Bewaar de pdf/ }).waitFor({ timeout: 90_000 });
  await page.goto(`${world.url}/gereed`);
  await page.getByText("Uw eerdere antwoorden staan er nog.").waitFor();
  expect(await page.getByRole("textbox", { name: /^Naam van uw organisatie/ }).inputValue()).toBe("Gemeente Demostad");
  await press(page, "Wis mijn antwoorden");
  await page.reload();
  await heading(page, "Is uw organisatie er klaar voor?");
  await page.waitForTimeout(300);
  expect(await page.getByRole("textbox", { name: /^Naam van uw organisatie/ }).inputValue()).toBe("");
  expect(sent).toEqual([]);
}, 180_000);

test("no screen complained on the way", () => {
  expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
});
