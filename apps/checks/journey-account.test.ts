/** Journey: an office-holder makes an account, is warned before keys can be lost, adds a passkey, signs in with passkey and with the recovery sheet, looks at devices and signs out everywhere. Chromium's virtual authenticator with PRF. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { axeFindings, desktop, openBrowser, visit } from "./browser.ts";
import { openStage, type TestStage } from "./stage.ts";

let stage: TestStage;
let browser: Browser;
beforeAll(async () => {
  stage = await openStage({ host: "localhost" });
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await stage.close();
});

test("register, keep the sheet, add a passkey (WebAuthn PRF), sign in three ways, sign out everywhere", async () => {
  // WebAuthn wants a name, not an address.
  const base = stage.house.url;
  const { page, context, complaints } = await visit(browser, base, desktop, { path: "/account" });
  const heading = async (name: string): Promise<void> => await page.getByRole("heading", { level: 1, name }).waitFor();

  await heading("Maak een account");
  expect(await page.getByText("voorgoed kwijt").count()).toBeGreaterThan(0);
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("textbox", { name: /^Kies een inlognaam/ }).fill("ria.demo@demostad.example.nl");
  const passphrase = await page.getByRole("textbox", { name: /^Uw wachtzin/ }).inputValue();
  expect(passphrase.split(/[\s-]+/).length).toBeGreaterThanOrEqual(6);
  await page.getByLabel(/^Typ de wachtzin nog eens/).fill(passphrase);
  await page.getByRole("button", { name: "Maak mijn account" }).click();

  await heading("Uw herstelblad");
  expect(await axeFindings(page)).toEqual([]);
  const sheet = (await page.locator(".receipt-group .part").allInnerTexts()).join("-");
  await page.getByRole("button", { name: "Ik heb het blad bewaard" }).click();
  await heading("Heeft u het herstelblad?");
  for (const field of await page.getByRole("textbox", { name: /^Groep \d+ van de code/ }).all()) {
    const group = Number(/Groep (\d+)/.exec((await field.evaluate((element) => (element as HTMLInputElement).labels?.[0]?.textContent)) ?? "")?.[1]);
    await field.fill(sheet.split(/[\s-]+/)[group - 1] ?? "");
  }
  await page.getByRole("button", { name: "Klaar" }).click();
  await heading("Uw account is klaar");
  await page.getByRole("button", { name: "Naar mijn account" }).click();
  await heading("Mijn account");
  expect(await axeFindings(page)).toEqual([]);

  // After the last look of axe: ending its debugging session would take the virtual authenticator away.
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      ctap2Version: "ctap2_1",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      hasPrf: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.getByLabel(/^Typ uw wachtzin om dit toe te staan/).fill(passphrase);
  await page.getByRole("button", { name: /^Voeg toe/ }).click();
  await page.getByText("De passkey is toegevoegd").waitFor();

  await page.getByRole("button", { name: "Log hier uit" }).click();
  await page.goto(`${base}/inloggen`);
  await page.getByRole("tab", { name: "Passkey" }).click();
  await page.getByRole("textbox", { name: /^Uw inlognaam/ }).fill("ria.demo@demostad.example.nl");
  await page.getByRole("button", { name: "Log in" }).click();
  await heading("Uw meldingen, scans en signalen");
  await page.getByRole("banner").getByRole("link", { name: "Mijn account" }).click();
  await heading("Mijn account");

  await page.getByRole("button", { name: "Log overal uit" }).first().click();
  await page.goto(`${base}/inloggen`);
  await page.getByRole("tab", { name: "Herstelblad" }).click();
  await page.getByRole("textbox", { name: /^Uw inlognaam/ }).fill("ria.demo@demostad.example.nl");
  await page.getByRole("textbox", { name: /^De code van uw herstelblad/ }).fill(sheet.toLowerCase());
  await page.getByRole("button", { name: "Log in" }).click();
  await heading("Uw meldingen, scans en signalen");
  await page.getByRole("banner").getByRole("link", { name: "Mijn account" }).click();
  await heading("Mijn account");
  await page.getByText("dit apparaat").first().waitFor();

  // No script can read the session.
  expect(await page.evaluate(() => document.cookie)).toBe("");
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toMatch(/session/i);
  expect(complaints).toEqual([]);
  await context.close();
}, 120_000);
