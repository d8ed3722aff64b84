/** Journey: a lead invites a colleague with a code, the colleague accepts, the lead takes them in and later out again; each change is a new key under a signed roster, and who left reads nothing that comes after. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { axeFindings, desktop, openBrowser, overflows, phone, visit, type Visitor } from "./browser.ts";
import { become, heading, openLine } from "./walk-report.ts";
import { startDemonstration, type Demonstration } from "./world.ts";

let world: Demonstration;
let browser: Browser;
const visitors: Visitor[] = [];
beforeAll(async () => {
  [world, browser] = await Promise.all([startDemonstration(), openBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
});

async function enter(player: string, size: typeof phone | typeof desktop): Promise<Page> {
  const visitor = await visit(browser, world.url, size);
  visitors.push(visitor);
  await become(visitor.page, world, player);
  return visitor.page;
}
async function clean(page: Page): Promise<void> {
  expect(await axeFindings(page)).toEqual([]);
  expect(await overflows(page)).toBe(false);
}

test("invite, accept, take in, read; take out with a new key, read no more", async () => {
  const lead = await enter("veiligheid", desktop);
  await lead.getByRole("link", { name: "Wie zit er in dit team?" }).click();
  await heading(lead, "Wie zit er in het team?");
  await lead.getByText("2 leden").waitFor();
  await clean(lead);
  await lead.getByRole("textbox", { name: /^Naam/ }).fill("Oscar Demo");
  await lead.getByRole("textbox", { name: /^Functie/ }).fill("invaller");
  await lead.getByRole("button", { name: "Maak een uitnodiging" }).click();
  const code = (await lead.locator(".code").innerText()).trim();
  expect(code.length).toBeGreaterThan(20);
  await clean(lead);

  const guest = await enter("ondersteuning", phone);
  await guest.getByRole("contentinfo").getByRole("link", { name: "Mijn account" }).click();
  await heading(guest, "Mijn account");
  await guest.getByRole("link", { name: "Ik heb een code voor een team" }).click();
  await heading(guest, "Uitnodiging");
  await clean(guest);
  await guest.getByRole("textbox", { name: /^Code van de uitnodiging/ }).fill(code);
  await guest.getByRole("button", { name: "Bekijk de uitnodiging" }).click();
  await guest.getByText("U bent uitgenodigd voor Veiligheidsdesk Demostad").waitFor();
  await clean(guest);
  await guest.getByRole("button", { name: "Neem de uitnodiging aan" }).click();
  await heading(guest, "U heeft de uitnodiging aangenomen");
  const digits = (await guest.locator(".code").innerText()).trim();
  expect(digits).toMatch(/^\d{5}( \d{5}){4}$/);
  await clean(guest);
  // The code is worth nothing a second time, and never stood in an address.
  expect(guest.url()).not.toContain(code);

  await lead.getByRole("link", { name: "Mijn werk" }).click();
  await lead.getByRole("link", { name: "Wie zit er in dit team?" }).click();
  await lead.getByText("aangenomen, wacht op u").waitFor();
  // What the lead sees and what the invited person reads out by telephone come from two devices.
  await lead.getByText(`Controlecijfers: ${digits}`).waitFor();
  await clean(lead);
  await lead.getByRole("button", { name: /^Neem op in het team/ }).click();
  await lead.getByRole("dialog").getByText(digits).waitFor();
  await lead.getByText("Weet u zeker dat dit de goede persoon is?").waitFor();
  await clean(lead);
  await lead.getByRole("button", { name: "Neem op en maak een nieuwe sleutel" }).click();
  await lead.getByText("Het team heeft een nieuwe sleutel").waitFor();
  await lead.getByText("3 leden").waitFor();
  await lead.getByText("Erbij: Oscar Demo.").waitFor();

  // The new member reads what came before too: the older key lies sealed under the newer one.
  const member = await enter("ondersteuning", desktop);
  const choice = member.getByRole("combobox", { name: /^Team|^Welk|^Desk/ });
  if ((await choice.count()) > 0) await choice.selectOption({ label: "Veiligheidsdesk Demostad" });
  await openLine(member, "Na de raadsvergadering");
  await member.getByText("reeks scheldberichten").first().waitFor();

  await lead.getByRole("button", { name: "Haal uit het team: Oscar Demo" }).click();
  await lead.getByText("Wat deze persoon al heeft gelezen, blijft gelezen.").waitFor();
  await lead.getByRole("button", { name: "Haal weg en maak een nieuwe sleutel" }).click();
  await lead.getByText("Weg: Oscar Demo.").waitFor();
  await lead.getByText("2 leden").waitFor();
  await clean(lead);

  const gone = await enter("ondersteuning", desktop);
  await gone.getByRole("heading", { level: 1 }).waitFor();
  // What the own team has is there; the first look is not at a list that is still empty.
  await gone.locator("[data-line]").first().waitFor();
  expect(await gone.getByText("Na de raadsvergadering").count()).toBe(0);
  expect(await gone.getByText("Veiligheidsdesk Demostad").count()).toBe(0);
  expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
}, 180_000);
