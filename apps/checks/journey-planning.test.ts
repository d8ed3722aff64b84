/**
 * Journey: who has a claim and who is led elsewhere, the planning of visits, and measures that live on, by the people of the demonstration in real browsers.
 * With `PICTURES=<folder>` every page is kept as a picture. The road itself, from request to adopted advice, is journey-road.test.ts.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axeFindings, desktop, openBrowser, overflows, phone, visit, type Visitor } from "./browser.ts";
import { startDemonstration, type Demonstration } from "./world.ts";
import { become, goTo, heading } from "./walk-report.ts";

const pictures = process.env["PICTURES"];
let world: Demonstration;
let browser: Browser;
const people = new Map<string, Visitor>();

async function enter(player: string, size: typeof phone | typeof desktop): Promise<Page> {
  const known = people.get(player);
  if (known !== undefined) return known.page;
  const visitor = await visit(browser, world.url, size);
  people.set(player, visitor);
  await become(visitor.page, world, player);
  return visitor.page;
}

let looked = 0;
/** Nothing for axe to say and nothing that scrolls sideways, on a phone and on a desk; with PICTURES both are kept. */
async function look(page: Page, name: string): Promise<void> {
  looked += 1;
  const before = page.viewportSize() ?? desktop;
  for (const size of [phone, desktop]) {
    await page.setViewportSize(size);
    await page.evaluate(() => scrollTo(0, 0));
    expect(await axeFindings(page), `${name} at ${size.width} px`).toEqual([]);
    expect(await overflows(page), `${name} at ${size.width} px scrolls sideways`).toBe(false);
    if (pictures !== undefined)
      await page.screenshot({ path: join(pictures, `p${String(looked).padStart(2, "0")}-${name}-${size.width}.png`), fullPage: true });
  }
  await page.setViewportSize(before);
}

const press = async (page: Page, name: string | RegExp): Promise<void> => await page.getByRole("button", { name }).first().click();
const dialog = (page: Page): ReturnType<Page["getByRole"]> => page.getByRole("dialog");
async function inDialog(page: Page, button: string | RegExp): Promise<void> {
  await dialog(page).getByRole("button", { name: button }).click();
  await dialog(page).waitFor({ state: "hidden", timeout: 60_000 });
}

beforeAll(async () => {
  [world, browser] = await Promise.all([startDemonstration(), openBrowser()]);
}, 240_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
});

/** Fills in a request up to the consents. */
async function askFor(page: Page, who: { readonly name: string; readonly office: string; readonly since: string }): Promise<void> {
  await goTo(page, "/scan");
  await heading(page, "Vraag een veiligheidsscan aan");
  await page.getByRole("textbox", { name: /^Uw naam/ }).fill(who.name);
  await page.getByRole("searchbox", { name: /^Waar bent u ambtsdrager/ }).fill("Demostad");
  await press(page, /^Gemeente Demostad/);
  await page.getByText(who.office, { exact: true }).click();
  await page.getByText("Ja, ik ben in functie").click();
  if (who.since !== "") await page.getByLabel(/^Sinds wanneer bent u in functie/).fill(who.since);
}

/** The consents, and sending. @returns the new scan's dossier id */
async function send(page: Page): Promise<string> {
  for (const desk of ["Veiligheidsscans Demo-CCV", "Beveiligingsautoriteit Demo-BZK", "Werkgeversdesk Demostad"])
    await page.getByText(`Ik geef toestemming aan ${desk}`).click();
  await press(page, "Onderteken en verstuur");
  await heading(page, "Uw aanvraag is bezorgd");
  await page.getByRole("link", { name: "Naar mijn scan" }).click();
  await page.waitForURL(/\/dossier\//);
  return page.url().split("/").at(-1) ?? "";
}

let aldermansScan = "";
describe("who has a claim", () => {
  test("a councillor is led to the scan for councillors with a number to call, may ask all the same, and is pointed there by the desk with the article", async () => {
    const councillor = await enter("raadslid", phone);
    await askFor(councillor, { name: "Ria Demo", office: "Raadslid", since: "2026-03-30" });
    await councillor.getByText("Deze regeling is niet voor uw functie. Er is wel hulp voor u.").waitFor();
    await councillor.getByText("Regeling art. 3.9 lid 1").waitFor();
    expect(await councillor.getByRole("link", { name: "Bel 030-751 67 12" }).getAttribute("href")).toBe("tel:+31307516712");
    await councillor.getByText("artikel 3.3.1 van het Rechtspositiebesluit").waitFor();
    await look(councillor, "councillor-way");
    await press(councillor, "Verder");
    await heading(councillor, "Over uw huis");
    await councillor.getByRole("textbox", { name: /^Straat en huisnummer/ }).fill("Demopad 7");
    await councillor.getByRole("textbox", { name: /^Woonplaats/ }).fill("Demostad");
    await councillor.getByText("Weet ik niet").click();
    await press(councillor, "Verder");
    await heading(councillor, "Kijk het na en geef toestemming");
    const scan = await send(councillor);

    const planner = await enter("planner", desktop);
    await goTo(planner, `/dossier/${scan}`);
    await press(planner, "Recht bepalen");
    await dialog(planner).getByText("Deze regeling geeft geen recht op de scan").waitFor();
    expect(
      await dialog(planner)
        .getByRole("radio", { name: /^De aanvrager krijgt een andere weg/ })
        .isChecked(),
    ).toBe(true);
    await look(planner, "entitle-councillor");
    await inDialog(planner, "Leg het besluit vast");
    await planner.getByText("De aanvrager is naar een andere weg gewezen.").waitFor();
    await councillor.reload();
    await become(councillor, world, "raadslid");
    await goTo(councillor, `/dossier/${scan}`);
    await councillor.getByText("Voor u is er een andere weg. Lees hieronder welke.").waitFor();
    await councillor.getByRole("link", { name: "Bel 030-751 67 12" }).waitFor();
    await look(councillor, "pointed-councillor");
  }, 240_000);

  test("an alderman sees by article what is met, what is not and what to do; the desk fills in what it knows and decides with an exception", async () => {
    const alderman = await enter("wethouder", phone);
    await askFor(alderman, { name: "Wil Demo", office: "Wethouder", since: "" });
    await alderman.getByText("We weten nog niet vanaf welke dag dit geldt.").waitFor();
    await alderman.getByText("Vul in vanaf welke dag dit geldt.").waitFor();
    await press(alderman, "Verder");
    await heading(alderman, "Over uw huis");
    await alderman.getByRole("textbox", { name: /^Straat en huisnummer/ }).fill("Demostraat 1");
    await alderman.getByRole("textbox", { name: /^Woonplaats/ }).fill("Demostad");
    await alderman.getByText("Nee, en ik vroeg geen ontheffing aan").click();
    await alderman.getByText("Vraag ontheffing van de woonplaatseis.").waitFor();
    await alderman.getByText("Nee, maar ik heb ontheffing").click();
    await alderman.getByText("U woont ergens anders. U heeft daarvoor een ontheffing.").waitFor();
    await alderman.getByText("Dat kan bij mij niet").click();
    await alderman.getByRole("textbox", { name: /^Waarom kan het niet/ }).fill("Demonstratie: een rijksmonument.");
    await alderman.getByText("Het CCV schrijft op wie de uitzondering geeft, wanneer en waarom.").waitFor();
    await look(alderman, "alderman-home");
    await press(alderman, "Verder");
    await heading(alderman, "Kijk het na en geef toestemming");
    await look(alderman, "alderman-check");
    aldermansScan = await send(alderman);

    const planner = await enter("planner", desktop);
    await goTo(planner, `/dossier/${aldermansScan}`);
    await press(planner, "Recht bepalen");
    const asked = dialog(planner);
    await asked.getByText("De scan kan nog niet beginnen").waitFor();
    // Against the rules only with a reason.
    await asked.getByText("De scan kan beginnen", { exact: true }).click();
    await asked.getByText("U besluit anders dan de regels zeggen.").waitFor();
    await asked.getByRole("button", { name: "Leg het besluit vast" }).click();
    await asked.getByText("Schrijf op waarom u anders besluit.").waitFor();
    // The desk knows since when: then the rules agree.
    await asked.getByLabel(/^Sinds wanneer/).fill("2026-06-01");
    await asked.getByRole("status").getByText("De scan kan beginnen").waitFor();
    await asked.getByText("Open punten van de wet").click();
    await asked.getByLabel(/^Aantal dagen na het aftreden/).fill("14");
    await look(planner, "entitle-alderman");
    await inDialog(planner, "Leg het besluit vast");
    await planner.getByText("Er is recht op de scan. Er moet nog een adviseur komen.").waitFor();
    await planner.getByText(/^Besloten door Pim Demo, planner veiligheidsscans, op /).waitFor();
    await planner.getByText("Aantal dagen na het aftreden om geleende maatregelen terug te geven: 14").waitFor();
    await planner.getByText("Regeling art. 3.9 lid 5 onder b").first().waitFor();
    await look(planner, "entitled-desk");
  }, 240_000);
});

/** Downloads the calendar file of the open scan and reads it: properties by name, folded lines made whole. */
async function calendarFile(page: Page, button: string, title?: string): Promise<{ readonly text: string; readonly fields: ReadonlyMap<string, string> }> {
  await press(page, button);
  if (title !== undefined)
    await dialog(page)
      .getByRole("textbox", { name: /^Hoe heet de afspraak/ })
      .fill(title);
  const waiting = page.waitForEvent("download");
  await dialog(page).getByRole("button", { name: "Bewaar het agendabestand" }).click();
  const text = await readFile(await (await waiting).path(), "utf8");
  await dialog(page).waitFor({ state: "hidden" });
  const lines = text.replaceAll("\r\n ", "").split("\r\n");
  return { text, fields: new Map(lines.map((line) => [line.split(/[:;]/u)[0] ?? "", line.slice(line.indexOf(":") + 1)])) };
}

const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
async function makeAppointment(page: Page, on: string): Promise<void> {
  await press(page, "Afspraak maken");
  await page.getByLabel(/^Dag/).fill(on);
  await page.getByLabel(/^Tijd/).fill("10:00");
  await inDialog(page, "Leg de afspraak vast");
}

describe("planning", () => {
  test("the coordinator notes who works where, and is suggested an adviser by load, with the table behind the picture", async () => {
    const planner = await enter("planner", desktop);
    await goTo(planner, "/planning");
    await heading(planner, "Planning");
    await planner
      .getByRole("group", { name: "Aafke Demo" })
      .getByLabel(/^Waar werkt deze adviseur/)
      .fill("Demostad, Demodam");
    await planner
      .getByRole("group", { name: "Aafke Demo" })
      .getByLabel(/^Hoeveel bezoeken/)
      .fill("4");
    await planner.getByText("Bewaard op dit apparaat").waitFor();
    await planner.getByText("Dezelfde cijfers als tabel").first().click();
    await planner.getByRole("rowheader", { name: "Aafke Demo" }).waitFor();
    await look(planner, "planning");
    await goTo(planner, `/dossier/${aldermansScan}`);
    await press(planner, "Adviseur kiezen");
    const first = dialog(planner).getByRole("radio").first();
    await first.waitFor();
    expect(await dialog(planner).locator(".choice, label").filter({ hasText: "Voorstel" }).first().textContent()).toContain("Aafke Demo");
    await dialog(planner).locator("summary", { hasText: "Bezoeken per week" }).click();
    await look(planner, "assign");
    await planner.getByRole("radio", { name: /^Aafke Demo/ }).check();
    await inDialog(planner, "Wijs de adviseur aan");
    await planner.getByText("Er is een adviseur. De afspraak moet nog worden gemaakt.").waitFor();
  }, 180_000);

  test("the adviser plans and takes the appointment along in a calendar that says nothing; a no-show is its own step; a move and a cancel raise the sequence", async () => {
    const adviser = await enter("adviseur", desktop);
    await goTo(adviser, `/dossier/${aldermansScan}`);
    await heading(adviser, "Veiligheidsscan");
    await makeAppointment(adviser, day(3));
    const made = await calendarFile(adviser, "Zet in mijn agenda");
    expect(made.fields.get("METHOD")).toBe("PUBLISH");
    expect(made.fields.get("SUMMARY")).toBe("Afspraak");
    expect(made.fields.get("SEQUENCE")).toBe("0");
    expect(made.fields.get("DTSTART")).toMatch(/^\d{8}T0[89]0000Z$/u);
    expect(made.text.toLowerCase()).not.toMatch(/scan|demostraat|wil demo|aafke|rugdekking|ccv/u);
    await press(adviser, "Zet in mijn agenda");
    await dialog(adviser).getByText("Anderen kunnen een agenda van het werk vaak lezen.").waitFor();
    await look(adviser, "calendar");
    await dialog(adviser).getByRole("button", { name: "Annuleren" }).click();

    await press(adviser, "Iemand was er niet");
    await dialog(adviser).getByText("De bewoner", { exact: true }).click();
    await dialog(adviser).getByText("Eerst even bellen").click();
    await look(adviser, "no-show");
    await inDialog(adviser, "Leg vast");
    await adviser.getByText("Niet doorgegaan").waitFor();
    await adviser.getByText("Eerst even bellen").waitFor();
    await makeAppointment(adviser, day(6));

    const alderman = await enter("wethouder", phone);
    await goTo(alderman, "/terug");
    await goTo(alderman, `/dossier/${aldermansScan}`);
    await alderman.getByText("De adviseur komt bij u langs.").waitFor();
    const own = await calendarFile(alderman, "Zet in mijn agenda", "Kapper");
    expect(own.fields.get("UID")).toBe(made.fields.get("UID"));
    expect(own.fields.get("SUMMARY")).toBe("Kapper");
    expect(own.fields.get("SEQUENCE")).toBe("2");
    await look(alderman, "planned-holder");
    await press(alderman, "Afspraak verzetten");
    await dialog(alderman).getByRole("textbox").first().fill("Demonstratie: ik ben verhinderd.");
    await inDialog(alderman, "Zeg af en verstuur");
    await alderman.getByText("De afspraak vervalt").waitFor();
    const gone = await calendarFile(alderman, "Haal uit mijn agenda");
    expect([gone.fields.get("METHOD"), gone.fields.get("STATUS"), gone.fields.get("SEQUENCE")]).toEqual(["CANCEL", "CANCELLED", "3"]);
    expect(gone.fields.get("UID")).toBe(made.fields.get("UID"));
    await look(alderman, "moved-holder");
  }, 240_000);
});

describe("measures live on", () => {
  const confirmAll = async (page: Page, words: readonly string[]): Promise<void> => {
    for (const what of words) {
      await press(page, new RegExp(`^Het zit er en het werkt: ${what}`));
      await inDialog(page, "Bevestig");
      await page.getByRole("button", { name: new RegExp(`^Het zit er en het werkt: ${what}`) }).waitFor({ state: "hidden" });
    }
  };

  test("the employer is reminded of what is due, provides and lends, sees a decline with its reason, and completes with the fact that will be counted", async () => {
    const scan = world.dossier("scan-adopted");
    const employer = await enter("werkgever", desktop);
    await goTo(employer, "/maatregelen");
    await employer.getByText("1 maatregel vraagt aandacht").waitFor();
    await look(employer, "measures-due-list");
    const holder = await enter("wethouder", phone);
    await goTo(holder, `/maatregelen/${scan}`);
    await press(holder, /^Ik wil dit niet: Afscherming/);
    await dialog(holder).getByRole("textbox").last().fill("Demonstratie: dat regelde ik zelf al.");
    await inDialog(holder, "Zeg deze maatregel af");
    await goTo(employer, `/maatregelen/${scan}`);
    await employer.getByText("Demonstratie: dat regelde ik zelf al.").waitFor();
    await press(employer, /^Geplaatst: Slot/);
    await inDialog(employer, "Leg vast: geplaatst");
    await employer.getByText("wacht op bevestiging van de bewoner").first().waitFor();
    await press(employer, /^In bruikleen gegeven: Camera/);
    await inDialog(employer, "Leg vast: in bruikleen");
    await employer.getByRole("button", { name: "Alles is klaar" }).waitFor();
    await look(employer, "measures-due");
    await goTo(holder, "/terug");
    await goTo(holder, `/maatregelen/${scan}`);
    await confirmAll(holder, ["Slot", "Camera"]);
    await look(holder, "measures-holder-confirmed");
    await goTo(employer, "/maatregelen");
    await goTo(employer, `/maatregelen/${scan}`);
    await press(employer, "Alles is klaar");
    await dialog(employer).getByText("Dit wordt later anoniem geteld.").waitFor();
    await look(employer, "complete-fact");
    await inDialog(employer, "Rond de scan af");
    await employer.getByText("Wat hiervan wordt geteld").waitFor();
    await look(employer, "completed-fact");
  }, 300_000);

  test("moving reopens with a new request: what stays, and the loan that goes along; leaving office lists the loan until its return is recorded", async () => {
    const scan = world.dossier("scan-adopted");
    const holder = await enter("wethouder", phone);
    await goTo(holder, "/terug");
    await goTo(holder, `/dossier/${scan}`);
    await press(holder, "Ik ben verhuisd");
    const form = dialog(holder);
    await form.getByText("Dit is verstrekt en blijft van u").waitFor();
    await form.getByText("Camera bij de voordeur").click();
    await form.getByText("Gaat mee naar het nieuwe huis.").waitFor();
    await form.getByRole("textbox", { name: /^Straat en huisnummer/ }).fill("Demolaan 99");
    await form.getByRole("textbox", { name: /^Woonplaats/ }).fill("Demodam");
    await form.getByText("Nee, ontheffing is aangevraagd").click();
    await form.getByText("Het is aangevraagd", { exact: true }).click();
    await look(holder, "move");
    await inDialog(holder, "Vraag de nieuwe scan aan");
    await holder.getByText("Het CCV kiest een adviseur voor u.").first().waitFor();
    await look(holder, "moved");

    const employer = await enter("werkgever", desktop);
    await goTo(employer, "/maatregelen");
    await goTo(employer, `/maatregelen/${scan}`);
    await employer.getByText("Gaat mee naar het nieuwe huis.").waitFor();
    await press(employer, "Het ambt stopt");
    await employer.getByLabel(/^Laatste dag in functie/).fill(day(10));
    await inDialog(employer, "Leg vast");
    await employer.getByText("Camera bij de voordeur: gaat terug, uiterlijk").waitFor();
    await look(employer, "leaving");
    expect(await employer.content()).not.toMatch(/Demolaan 99|Demostraat 1/);
    await press(employer, /^Teruggebracht: Camera/);
    await inDialog(employer, "Leg vast: teruggebracht");
    await employer.getByText("Alles is terug.").waitFor();
    await look(employer, "left");
  }, 240_000);
});

test("no screen complained on the way", () => {
  expect([...people].flatMap(([player, { complaints }]) => complaints.map((one) => `${player}: ${one}`))).toEqual([]);
});
