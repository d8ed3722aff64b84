/**
 * Journeys without a mouse: a safety desk searches, opens, leaves a step and takes it; someone who lost everything asks for recovery; the police answer a signal. Each time: where is the keyboard afterwards, is
 * what went wrong said at its field, and is nothing lost that had the focus (WCAG 2.1.1, 2.4.3, 3.3.1, 4.1.3)? The report by keyboard is journey-report.
 */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { desktop, openBrowser, phone, visit, type Visitor } from "./browser.ts";
import { focus, pressByKey, tabTo } from "./keyboard.ts";
import { become, goTo, heading } from "./walk-report.ts";
import { startDemonstration, type Demonstration } from "./world.ts";

// At night this runs beside others on the same two cores.
vi.setConfig({ testTimeout: 180_000 });

let world: Demonstration;
let browser: Browser;

beforeAll(async () => {
  [world, browser] = await Promise.all([startDemonstration(), openBrowser()]);
}, 600_000);
afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

const enter = async (player: string): Promise<Visitor> => {
  const visitor = await visit(browser, world.url, desktop, { path: "/inloggen" });
  visitor.page.setDefaultTimeout(60_000);
  await become(visitor.page, world, player);
  return visitor;
};
const patient = { timeout: 60_000 } as const;
/** Waits until the keyboard stands where it should. */
const standsAt = async (page: Page, name: RegExp): Promise<void> => await expect.poll(async () => (await focus(page)).name, patient).toMatch(name);

test("the first stop leads past the bar, and adds no step to the history that Snel weg has to undo", async () => {
  const { page, context } = await visit(browser, world.url, phone, { path: "/monitor" });
  await page.locator("main h1").waitFor();
  const before = await page.evaluate(() => history.length);
  await page.keyboard.press("Tab");
  expect((await focus(page)).name).toBe("Naar de inhoud");
  await page.keyboard.press("Enter");
  expect((await focus(page)).tag).toBe("main");
  expect(await page.evaluate(() => [location.hash, history.length])).toEqual(["", before]);
  await context.close();
});

describe("a safety desk", () => {
  let desk: Visitor;
  beforeAll(async () => {
    desk = await enter("veiligheid");
    await desk.page.locator("[data-line]").first().waitFor();
  }, 240_000);
  afterAll(async () => await desk.context.close());

  test("searches and opens a dossier", async () => {
    const { page } = desk;
    await page.keyboard.press("/");
    expect((await focus(page)).name).toMatch(/^Zoek/u);
    await page.keyboard.type("scheldberichten");
    await expect.poll(async () => await page.locator("[data-line]").count(), patient).toBe(1);
    await pressByKey(page, /scheldberichten/u);
    await page.locator(".timeline").waitFor();
    await expect.poll(async () => (await focus(page)).tag, patient).toBe("h2");
  });

  test("opens a step and leaves it again: by Escape and by its button the keyboard is back where it was", async () => {
    const { page } = desk;
    for (const leave of ["Escape", "button"]) {
      await pressByKey(page, /^Normtoets$/u);
      await page.getByRole("dialog").waitFor();
      expect(await page.evaluate(() => document.activeElement?.closest("dialog") !== null)).toBe(true);
      if (leave === "Escape") await page.keyboard.press("Escape");
      else await pressByKey(page, /^Annuleren$/u);
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await standsAt(page, /^Normtoets$/u);
    }
  });

  test("is brought to the first thing that lacks something, which says so itself", async () => {
    const { page } = desk;
    await pressByKey(page, /^Normtoets$/u);
    await pressByKey(page, /^Leg de normtoets vast$/u);
    await expect.poll(async () => (await focus(page)).tag, patient).toBe("input");
    const first = await focus(page);
    expect(first.described).not.toBe("");
    const error = await page.getByRole("dialog").locator(".field-error").first().textContent();
    expect(first.described).toContain(error ?? "no error");
    // A choice is made with the space bar.
    await page.keyboard.press("Space");
    await tabTo(page, /^Aan welke norm/u);
    await page.keyboard.type("Verzonnen norm, zonder muis.");
    await pressByKey(page, /^Leg de normtoets vast$/u);
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await standsAt(page, /^Dit is bezorgd/u);
    await page.getByText("Verzonnen norm, zonder muis.").waitFor();
    // Still there once everything was drawn anew, and the next stop is below it.
    await page.locator(".dossier-actions:not([inert])").waitFor();
    expect((await focus(page)).name).toMatch(/^Dit is bezorgd/u);
  });

  test("turns the keys of one letter off, for who speaks to the computer (WCAG 2.1.4)", async () => {
    const { page } = desk;
    await goTo(page, "/over");
    await goTo(page, "/werk");
    await page.locator("[data-line]").first().waitFor();
    await page.keyboard.press("j");
    expect(await page.evaluate(() => document.activeElement?.hasAttribute("data-line"))).toBe(true);
    await page.evaluate(() => document.querySelector<HTMLElement>("h1")?.focus());
    await pressByKey(page, /^Zet ze uit$/u);
    await page.evaluate(() => document.querySelector<HTMLElement>("h1")?.focus());
    for (const key of ["j", "/"]) await page.keyboard.press(key);
    expect((await focus(page)).tag).toBe("h1");
    await pressByKey(page, /^Zet ze aan$/u);
    await page.keyboard.press("j");
    expect(await page.evaluate(() => document.activeElement?.hasAttribute("data-line"))).toBe(true);
  });
});

test("someone who lost everything asks for recovery", async () => {
  const { page, context } = await visit(browser, world.url, phone, { path: "/inloggen" });
  await pressByKey(page, /^Kunt u niet meer inloggen/u);
  await heading(page, "Alles kwijt?");
  await expect.poll(async () => (await focus(page)).tag, patient).toBe("h1");
  await pressByKey(page, /^Vraag mijn sleutels terug$/u);
  await expect.poll(async () => await focus(page), patient).toMatchObject({ tag: "input", invalid: true });
  expect((await focus(page)).described).not.toBe("");
  await page.keyboard.type(world.handle("raadslid"));
  await page.keyboard.press("Enter");
  await page.locator("main .code").first().waitFor();
  await expect.poll(async () => (await focus(page)).tag, patient).toBe("h1");
  await context.close();
});

test("the police answer a signal, and the keyboard stands at the word that it was sent", async () => {
  const { page, context } = await enter("politie");
  await goTo(page, "/signalen");
  await page.locator("li.signal-line .signal-chain").first().waitFor();
  await pressByKey(page, /^Ontvangen/u);
  await standsAt(page, /^Uw antwoord is verstuurd/u);
  await pressByKey(page, /^Ernstig, naar het OM/u);
  await expect.poll(async () => await focus(page), patient).toMatchObject({ tag: "h3", name: "Ernstig, naar het OM" });
  await pressByKey(page, /^Nee/u);
  await tabTo(page, /^Ernstig, naar het OM/u);
  await page.keyboard.press("Enter");
  await pressByKey(page, /^Ja, onderteken en verstuur$/u);
  await standsAt(page, /^Uw antwoord is verstuurd/u);
  await context.close();
});
