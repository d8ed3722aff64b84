/**
 * Journey: a police officer without an account. On a phone of 360 px she becomes a member of her team with no name, passphrase or mail; the office-holder sends the team a link; she opens it and says
 * "ontvangen" in one tap. The link is then used up, opens nothing on a phone nobody knows, and the phone can forget her. With `PICTURES=<folder>` the pages are kept as pictures.
 */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateSheetCode } from "@rugdekking/seal";
import { addUnlock, Connection, listUnlocks, memoryTrustStore, removeUnlock, signInWithSheet, Trust } from "#services/directory/client/index.ts";
import { openBrowser, phone, visit, type Visitor } from "./browser.ts";
import { lookFor } from "./look.ts";
import { become, goTo, heading } from "./walk-report.ts";
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

async function enter(player: string | null, path = "/"): Promise<Page> {
  const visitor = await visit(browser, world.url, phone, { path });
  visitors.push(visitor);
  if (player !== null) await become(visitor.page, world, player);
  return visitor.page;
}
const clean = lookFor("a");
/** What lies in the browser: the key gives itself to nobody, and the rest says nothing without it. */
const keptOnDevice = async (page: Page): Promise<unknown> =>
  await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open("rugdekking-device");
      opening.addEventListener("success", () => resolve(opening.result));
      opening.addEventListener("error", () => reject(new Error("no database")));
    });
    const read = (key: string): Promise<unknown> =>
      new Promise((resolve) => {
        const asking = database.transaction("device-identity").objectStore("device-identity").get(key);
        asking.addEventListener("success", () => resolve(asking.result));
      });
    const [key, kept] = [(await read("key")) as CryptoKey, (await read("sealed")) as { readonly sealed: ArrayBuffer }];
    database.close();
    const given = await crypto.subtle.exportKey("raw", key).then(
      () => true,
      () => false,
    );
    return { extractable: key.extractable || given, readable: new TextDecoder().decode(kept.sealed).includes("toestel-") };
  });

const press = async (page: Page, name: string | RegExp): Promise<void> => await page.getByRole("button", { name }).first().click();

test("invited without an account, taken in, one link, one tap, and the link is used up", async () => {
  const [lead, owner, officer] = await Promise.all([enter("politie"), enter("raadslid"), enter(null, "/uitnodiging")]);
  await goTo(lead, "/beheer");
  await lead.getByRole("textbox", { name: /^Naam/ }).fill("Tess Demo");
  await lead.getByRole("textbox", { name: /^Functie/ }).fill("medewerker RCCB");
  await press(lead, "Maak een uitnodiging");
  const code = (await lead.locator(".code").first().innerText()).trim();

  await heading(officer, "Uitnodiging");
  await clean(officer, "how");
  await press(officer, "Alleen op deze telefoon");
  await heading(officer, "Maak deze telefoon klaar");
  await clean(officer, "ready");
  await press(officer, "Maak klaar");
  await heading(officer, "Uw herstelblad");
  const name = await officer.getByText(/^toestel-/).innerText();
  const spare = (await officer.locator(".receipt-group .part").allInnerTexts()).join("-");
  await clean(officer, "spare");
  expect(await keptOnDevice(officer)).toEqual({ extractable: false, readable: false });
  await press(officer, "Ik wil geen herstelblad");
  await heading(officer, "Verder zonder herstelblad?");
  await press(officer, "Verder zonder herstelblad");
  await officer.getByRole("textbox", { name: /^Code van de uitnodiging/ }).fill(code);
  await press(officer, "Bekijk de uitnodiging");
  await officer.getByText("U bent uitgenodigd voor RCCB Demo-politie").waitFor();
  await press(officer, "Neem de uitnodiging aan");
  await heading(officer, "U heeft de uitnodiging aangenomen");
  const digits = (await officer.locator(".code").innerText()).trim();

  await goTo(lead, "/werk");
  await goTo(lead, "/beheer");
  await lead.getByText(`Controlecijfers: ${digits}`).waitFor();
  await press(lead, /^Neem op in het team/);
  await press(lead, "Neem op en maak een nieuwe sleutel");
  await lead.getByText("Het team heeft een nieuwe sleutel").waitFor();

  const signal = world.dossier("signal-raised");
  await goTo(owner, `/dossier/${signal}`);
  await press(owner, "Stuur RCCB Demo-politie een koppeling");
  const link = (await owner.locator(".signal-link").first().innerText()).trim();
  expect(link).toMatch(/^http:\/\/[^#]+\/antwoord#[A-Za-z0-9_-]{43}$/u);
  // What is sent says nothing of what, who or whom.
  const message = await owner.locator(".signal-link").nth(1).innerText();
  expect(message.replace(link, "")).not.toMatch(/demo|politie|signaal|dreig|ria/iu);
  await clean(owner, "send");

  // The link is another page load: the keys of the tab are gone, and the phone is known all the same.
  await officer.goto("about:blank");
  await officer.goto(link);
  await heading(officer, "Uw antwoord");
  await officer.getByText(/^Demonstratie. De scheldberichten/).waitFor();
  expect(officer.url()).toBe(`${world.url}/antwoord`);
  await clean(officer, "answer");
  const top = await officer.getByRole("button", { name: "Ontvangen" }).boundingBox();
  expect(top === null ? Number.POSITIVE_INFINITY : top.y + top.height).toBeLessThan(phone.height);
  await press(officer, "Ontvangen");
  await heading(officer, "Uw antwoord is verstuurd.");
  await officer.getByText("Deze koppeling is nu op.").waitFor();
  await clean(officer, "done");
  await goTo(owner, "/signalen");
  await owner.getByText("De politie heeft uw signaal en kijkt hoe ernstig het is.").first().waitFor();

  // Another link, followed in the same tab, changes no more than what stands behind the #.
  await officer.goto(`${world.url}/antwoord#${"A".repeat(43)}`);
  await heading(officer, "Deze koppeling opent hier niets");
  expect(officer.url()).toBe(`${world.url}/antwoord`);
  await officer.goto(link);
  await heading(officer, "Deze koppeling is al gebruikt");

  const stranger = await enter(null, new URL(link).pathname + new URL(link).hash);
  await heading(stranger, "Deze telefoon is hier niet bekend");
  expect(stranger.url()).toBe(`${world.url}/antwoord`);
  expect(await stranger.locator("main").innerText()).not.toMatch(/politie|signaal|Ria/iu);
  await clean(stranger, "unknown");
  // Her spare sheet opens it there too, without leaving the page.
  await press(stranger, "Log in met uw account");
  await stranger.getByRole("textbox", { name: /^Uw inlognaam/ }).fill(name);
  await stranger.getByRole("tab", { name: "Herstelblad" }).click();
  await stranger.getByRole("textbox", { name: /^De code van uw herstelblad/ }).fill(spare);
  await stranger.getByRole("button", { name: "Log in", exact: true }).click();
  await heading(stranger, "Deze koppeling is al gebruikt");

  await goTo(officer, "/account");
  await press(officer, "Vergeet mij op deze telefoon");
  await officer.getByRole("dialog").getByText("U wordt overal uitgelogd", { exact: false }).waitFor();
  await clean(officer, "forget");
  await officer.getByRole("dialog").getByRole("button", { name: "Vergeet mij op deze telefoon" }).click();
  await officer.waitForURL(`${world.url}/`);
  await officer.goto(link);
  await heading(officer, "Deze telefoon is hier niet bekend");
  expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
}, 120_000);

test("a phone whose way in was taken away elsewhere is told so, and can forget it", async () => {
  const officer = await enter(null, "/uitnodiging");
  await press(officer, "Alleen op deze telefoon");
  await press(officer, "Maak klaar");
  await heading(officer, "Uw herstelblad");
  const handle = await officer.getByText(/^toestel-/).innerText();
  const spare = (await officer.locator(".receipt-group .part").allInnerTexts()).join("-");
  const connection = new Connection({ base: world.url, cookies: "own" });
  const elsewhere = await signInWithSheet(connection, { trust: new Trust(connection, memoryTrustStore()), device: "laptop", handle, code: spare });
  await addUnlock(elsewhere, { kind: "recovery-sheet", code: spare }, { kind: "recovery-sheet", label: "Nieuw blad", code: generateSheetCode() });
  const device = (await listUnlocks(elsewhere)).find(({ label }) => label === "Dit toestel");
  await removeUnlock(elsewhere, device?.id ?? "");

  await officer.goto(`${world.url}/inloggen`);
  await press(officer, "Op deze telefoon verder");
  await officer.getByRole("heading", { name: "Deze telefoon is niet meer bekend" }).waitFor();
  await clean(officer, "gone");
  await press(officer, "Laat deze telefoon dat vergeten");
  await officer.getByRole("heading", { name: "Deze telefoon is niet meer bekend" }).waitFor({ state: "detached" });
  await officer.reload();
  await heading(officer, "Inloggen");
  await officer.getByRole("textbox", { name: /^Uw inlognaam/ }).waitFor();
  expect(await officer.getByText("Deze telefoon is bekend").count()).toBe(0);
}, 60_000);
