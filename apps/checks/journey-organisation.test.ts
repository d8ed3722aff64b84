/**
 * Journey: someone is asked to confirm at their organisation, does so in another tab at a real provider, says that the account is theirs and works; a lead sets who is away and which office is vacant, and hands over;
 * a clerk asks that their municipality may take part, and two authorities verify it.
 */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createJoinedDesk, listOwnJoining, registerDevicePerson, signInWithSheet, type DevicePerson } from "#services/directory/client/index.ts";
import { desktop, openBrowser, phone, visit, type Visitor } from "./browser.ts";
import { lookFor } from "./look.ts";
import { openProviderStage, type ProviderStage } from "./provider-stage.ts";
import { goTo, heading } from "./walk-report.ts";

let world: ProviderStage;
let browser: Browser;
const visitors: Visitor[] = [];
const look = lookFor("organisation-", [phone, desktop]);
beforeAll(async () => {
  world = await openProviderStage();
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await world.close();
});

async function enter(person: DevicePerson, size: typeof phone | typeof desktop, base = world.house.url): Promise<Page> {
  const visitor = await visit(browser, base, size, { path: "/inloggen" });
  visitors.push(visitor);
  const { page } = visitor;
  await page.getByRole("textbox", { name: /^Uw inlognaam/ }).fill(person.handle);
  await page.getByText("Herstelblad", { exact: true }).click();
  await page.getByRole("textbox", { name: /^De code van uw herstelblad/ }).fill(person.code);
  await page.getByRole("button", { name: "Log in" }).click();
  return page;
}

/** At the organisation, in the tab that opened; ends on our own page. */
async function signInThere(page: Page, account: string): Promise<Page> {
  const [other] = await Promise.all([page.context().waitForEvent("page"), page.getByRole("link", { name: /^Ga naar de aanmelding van/ }).click()]);
  await other.getByRole("textbox", { name: "Naam" }).fill(account);
  await other.getByRole("button", { name: "Meld u aan" }).click();
  return other;
}

test("confirm at the organisation, tie the account, work; then a confirmation is one step", async () => {
  const page = await enter(world.known("leider"), phone);
  await heading(page, "Bevestig dat u er werkt");
  const card = page.getByRole("region", { name: "Gemeente Demostad (demonstratie)" });
  await card.getByText("U kunt nog niet voor het team werken").waitFor();
  await look(page, "vraag");
  await card.getByRole("button", { name: /^Bevestig bij/ }).click();
  await look(page, "begonnen");
  const other = await signInThere(page, "leider-account");
  await heading(other, "Bijna klaar");
  // The answer is in no address any more.
  expect(new URL(other.url()).search).toBe("");
  await look(other, "terug");
  await other.close();
  await card.getByText("Is dit uw account bij").waitFor();
  await look(page, "koppelen");
  await card.getByRole("button", { name: "Ja, dit ben ik" }).click();
  await page.getByText("Bevestigd. U kunt aan het werk.").waitFor();
  await card.getByText(/^Bevestigd tot/).waitFor();
  await look(page, "bevestigd");
  await page.getByRole("link", { name: "Naar mijn werk" }).click();
  await page.getByText("Demo demo-gemeente").first().waitFor();

  // Another browser, the same person: no question any more, and nothing to read before it.
  const second = await enter(world.known("leider"), desktop);
  await heading(second, "Bevestig dat u er werkt");
  await goTo(second, "/werk");
  expect(await second.getByText("Demo demo-gemeente").count()).toBe(0);
  await goTo(second, "/bevestigen");
  await second
    .getByRole("region", { name: "Gemeente Demostad (demonstratie)" })
    .getByRole("button", { name: /^Bevestig bij/ })
    .click();
  const there = await signInThere(second, "leider-account");
  await heading(there, "Gelukt");
  await there.close();
  await second.getByText("Bevestigd. U kunt aan het werk.").waitFor();

  // Someone follows a link to the page in a browser where nothing was begun.
  const stranger = await visit(browser, world.house.url, phone, { path: "/aanmelding/demo-gemeente?code=x&state=y" });
  visitors.push(stranger);
  await heading(stranger.page, "Het is niet gelukt");
  expect(new URL(stranger.page.url()).search).toBe("");
  await look(stranger.page, "niet-begonnen");
}, 180_000);

test("a lead says who is away and which office is vacant, members see it, and the leadership is handed over", async () => {
  const base = world.stage.house.url;
  const lead = await enter(world.known("leider"), desktop, base);
  await lead.waitForURL(/\/werk$/);
  await lead.getByRole("link", { name: "Wie zit er in dit team?" }).click();
  await heading(lead, "Wie zit er in het team?");
  const team = lead.getByRole("combobox", { name: "Welk team?" });
  await team.selectOption(world.desks.strict);
  await lead.getByText("Iedereen is er.").waitFor();
  await lead.getByRole("combobox", { name: "Wie is afwezig?" }).selectOption({ label: "Demo leider, adviseur" });
  await lead.getByLabel("Tot en met").fill("2099-01-01");
  await lead.getByRole("button", { name: "Onderteken afwezigheid" }).click();
  await lead.getByText("Dit is langer dan 400 dagen.").waitFor();
  const soon = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  await lead.getByLabel("Tot en met").fill(soon);
  await lead.getByRole("combobox", { name: "Wie neemt waar?" }).selectOption({ label: "Demo collega, adviseur" });
  await lead.getByRole("button", { name: "Onderteken afwezigheid" }).click();
  await lead.getByText(/Demo leider is afwezig tot en met .* Demo collega neemt waar/).waitFor();
  await lead.getByRole("textbox", { name: "Naam van de functie" }).last().fill("griffier");
  await lead.getByRole("button", { name: "Onderteken functie" }).click();
  await lead.getByText("Er is een functie zonder persoon").waitFor();
  await look(lead, "beheer");

  const member = await enter(world.known("collega"), phone, base);
  await member.waitForURL(/\/werk$/);
  await member.locator(`select:has(option[value="${world.desks.strict}"])`).selectOption(world.desks.strict);
  await member.getByText(/Demo leider is afwezig/).waitFor();
  await look(member, "werk");

  await lead.getByRole("button", { name: "Draag de leiding over: Demo collega" }).click();
  await look(lead, "overdragen");
  await lead.getByRole("button", { name: "Draag over en maak een nieuwe sleutel" }).click();
  await lead.getByText("Demo ccv").first().waitFor();
}, 180_000);

test("a municipality asks to take part; two authorities telephone, compare digits and sign; the team is there", async () => {
  const base = world.stage.house.url;
  const { connection, trust } = world.stage.connect();
  const [clerk, authority, support] = [await registerDevicePerson(connection), await registerDevicePerson(connection), await registerDevicePerson(connection)];
  const { createDesk } = await import("#services/directory/client/index.ts");
  const desk = async (organisation: string, kind: "authority" | "support", { person }: DevicePerson): Promise<void> =>
    void (await createDesk(trust, {
      registrar: world.stage.registrar,
      organisation,
      name: `Proef ${kind}`,
      function: kind,
      members: [{ person, name: `Demo ${kind}`, office: "medewerker", lead: true }],
    }));
  await desk("bzk", "authority", authority);
  await desk("weerbaar-bestuur", "support", support);

  const page = await enter(clerk, phone, base);
  await page.waitForURL(/\/terug$/);
  await goTo(page, "/meedoen");
  await heading(page, "Meedoen met uw organisatie");
  await look(page, "meedoen");
  await page.getByRole("button", { name: "Onderteken en vraag aan" }).click();
  await page.getByText("Kies een organisatie.").waitFor();
  await page.getByRole("searchbox", { name: /^Welke organisatie/ }).fill("Zwolle");
  await page
    .getByRole("button", { name: /Zwolle/ })
    .first()
    .click();
  await page.getByRole("textbox", { name: /^Hoe heet het team/ }).fill("Veiligheidspunt Proef");
  await page.getByRole("textbox", { name: /^Uw naam/ }).fill("Demo Griffier");
  await page.getByRole("textbox", { name: /^Uw functie/ }).fill("griffier");
  await page.getByRole("button", { name: "Onderteken en vraag aan" }).click();
  await page.getByText("wacht op twee instanties").waitFor();
  const digits = (await page.locator(".code").innerText()).trim();
  expect(digits).toMatch(/^\d{5}( \d{5}){4}$/);
  await look(page, "gevraagd");

  for (const [who, person] of [
    ["bva", authority],
    ["steun", support],
  ] as const) {
    const verifier = await enter(person, desktop, base);
    await verifier.waitForURL(/\/werk$/);
    await verifier.getByRole("link", { name: "Wie wil meedoen?" }).click();
    await heading(verifier, "Wie wil meedoen?");
    const card = verifier.getByRole("region", { name: /Zwolle/ });
    await card.getByRole("textbox", { name: /^Controlecijfers die u hoort/ }).fill("12345 12345 12345 12345 12345");
    await card.getByRole("button", { name: "Onderteken: dit is de organisatie" }).click();
    await card.getByText("Deze cijfers horen niet bij de aanvraag").waitFor();
    await look(verifier, `${who}-verkeerd`);
    await card.getByRole("textbox", { name: /^Controlecijfers die u hoort/ }).fill(digits);
    await card.getByRole("button", { name: "Onderteken: dit is de organisatie" }).click();
    await verifier.getByText("Uw handtekening staat eronder.").waitFor();
    await look(verifier, `${who}-klaar`);
  }
  const signedIn = await signInWithSheet(connection, { trust, device: "toestel van de test", handle: clerk.handle, code: clerk.code });
  const [asked] = await listOwnJoining(signedIn);
  await createJoinedDesk(trust, { registrar: world.stage.registrar, request: asked?.view.request ?? "" });

  const later = await enter(clerk, desktop, base);
  await later.waitForURL(/\/werk$/);
  await goTo(later, "/beheer");
  await later.getByText("Hoe dit team er kwam").waitFor();
  await later.getByText(/Bevestigd door Demo authority, Proef authority/).waitFor();
  await look(later, "team");
  expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
}, 240_000);
