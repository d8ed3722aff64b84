/**
 * The scan road as people walk it in the browser, one person per browser: asked for, entitled, planned, visited with a photo, advised, sent back once, adopted with a signature, provided, confirmed, completed.
 * Registers its tests inside the journey that calls it. With `PICTURES=<folder>` every page is kept as a picture.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { axeFindings, desktop, overflows, phone, tablet } from "./browser.ts";
import { goTo, heading } from "./walk-report.ts";

/** Words about the weak spot of the home: they may reach the adviser, the authority and the person, never the employer. */
const weakness = "Demonstratie KANARIE-zwakte: de achterdeur sluit niet.";
const why = "Demonstratie KANARIE-reden: daarom kan iemand achterom.";
const reason = "Demonstratie: noem ook het raam naast de achterdeur.";
const photo = fileURLToPath(new URL("./fixtures/schermafbeelding-demonstratie.png", import.meta.url));
const pictures = process.env["PICTURES"];

type Size = typeof phone | typeof tablet | typeof desktop;
const sizes: readonly Size[] = [phone, tablet, desktop];

/** What the journey gives: people at their own devices. */
export interface Road {
  /** Someone who is signed in, in a browser of their own. */
  enter(player: string, size: Size): Promise<Page>;
  /** Someone who is not signed in yet. */
  arrive(path: string, size: Size): Promise<Page>;
  /** Sign-in name of a player. */
  handle(player: string): string;
}

/** Opens the advice as if coming back later: from the list. */
async function openAdvice(page: Page, scan: string, title: string): Promise<void> {
  await goTo(page, "/advies");
  await heading(page, "Adviezen");
  await goTo(page, `/advies/${scan}`);
  await heading(page, title);
}

let looked = 0;
/** Nothing for axe to say, nothing that scrolls sideways on a phone. */
async function look(page: Page, name: string): Promise<void> {
  const size = sizes.find(({ width }) => width === page.viewportSize()?.width) ?? desktop;
  expect(await axeFindings(page), name).toEqual([]);
  await page.setViewportSize(phone);
  // What lies under the bar that stays on top is no target at that moment.
  await page.evaluate(() => scrollTo(0, 0));
  expect(await overflows(page), `${name} at 360 px`).toBe(false);
  expect(await axeFindings(page), `${name} at 360 px`).toEqual([]);
  if (pictures !== undefined) {
    looked += 1;
    const path = (kind: string): string => join(pictures, `${String(looked).padStart(2, "0")}-${name}-${kind}.png`);
    const keep = async (kind: string): Promise<void> => {
      await page.evaluate(() => scrollTo(0, 0));
      await page.screenshot({ path: path(kind), fullPage: true });
    };
    await keep("360");
    const wide = size === tablet ? tablet : desktop;
    await page.setViewportSize(wide);
    await keep(String(wide.width));
    await page.emulateMedia({ colorScheme: "dark" });
    await keep("dark");
    await page.emulateMedia({ colorScheme: "light" });
  }
  await page.setViewportSize(size);
}

const press = async (page: Page, name: string | RegExp): Promise<void> => await page.getByRole("button", { name }).first().click();
const follow = async (page: Page, name: string | RegExp): Promise<void> => await page.getByRole("link", { name }).first().click();
const fill = async (page: Page, name: RegExp, words: string): Promise<void> => await page.getByRole("textbox", { name }).fill(words);
/** Presses the button of an open dialog and waits until it is gone. */
async function inDialog(page: Page, button: string): Promise<void> {
  await page.getByRole("dialog").getByRole("button", { name: button }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden", timeout: 60_000 });
}
const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

async function addMeasure(page: Page, what: string, sort: string, [low, high]: readonly [string, string]): Promise<void> {
  await press(page, "Maatregel toevoegen");
  await press(page, "Zelf een maatregel schrijven");
  await fill(page, /^Wat is de maatregel/, `Demonstratie: ${what}`);
  await fill(page, /^Waarom\?/, why);
  await page.locator("form.card").getByText(sort, { exact: true }).click();
  await fill(page, /^Kosten, laagst/, low);
  await fill(page, /^Kosten, hoogst/, high);
  await press(page, "Bewaar deze maatregel");
  await page.getByRole("form", { name: "Maatregel toevoegen" }).waitFor({ state: "hidden" });
}

/** Chooses seriousness and likelihood, now and after the measures, in the words of the table. */
export async function weighRisk(page: Page, ...weights: readonly [now: readonly [string, string], after: readonly [string, string]]): Promise<void> {
  for (const [place, [seriousness, likelihood]] of weights.entries()) {
    await page.getByLabel("Ernst", { exact: true }).nth(place).selectOption({ label: seriousness });
    await page.getByLabel("Kans", { exact: true }).nth(place).selectOption({ label: likelihood });
  }
}

/** Registers the tests of the scan road. @returns the scan's dossier id, known once they ran. */
export function walkScan(road: Road): () => string {
  let holder: Page;
  let adviser: Page;
  let authority: Page;
  let scan = "";

  test("an office-holder asks for a scan, signs in on the way and loses nothing", async () => {
    holder = await road.arrive("/scan", phone);
    await heading(holder, "Vraag een veiligheidsscan aan");
    await look(holder, "request-who");
    await fill(holder, /^Uw naam/, "Wil Demo");
    await holder.getByRole("searchbox", { name: /^Waar bent u ambtsdrager/ }).fill("Demostad");
    await press(holder, /^Gemeente Demostad/);
    await holder.getByText("Raadslid", { exact: true }).click();
    await holder.getByText("heeft het CCV een eigen scan").waitFor();
    await look(holder, "request-councillor");
    await holder.getByText("Wethouder", { exact: true }).click();
    await holder.getByText("Ja, ik ben in functie").click();
    await holder.getByText("Vul in vanaf welke dag dit geldt.").waitFor();
    await holder.getByLabel(/^Sinds wanneer bent u in functie/).fill("2026-06-01");
    await holder.getByText("U kunt deze scan aanvragen").waitFor();
    await press(holder, "Verder");

    await heading(holder, "Over uw huis");
    await press(holder, "Verder");
    await holder.getByText("Vul het adres in waar u woont.").waitFor();
    await look(holder, "request-home-missing");
    await fill(holder, /^Straat en huisnummer/, "Demostraat 1");
    await fill(holder, /^Woonplaats/, "Demostad");
    await holder.getByText("U woont in uw eigen gemeente of provincie.").click();
    await holder.getByText("Dat kan bij mij niet").click();
    await fill(holder, /^Waarom kan het niet/, "Demonstratie: een huurhuis.");
    await fill(holder, /^Hoe kan men u bereiken/, "Demonstratie: via dit dossier");
    await press(holder, "Verder");

    await heading(holder, "Kijk het na en geef toestemming");
    await holder.getByText("Voor de scan heeft u een account nodig").waitFor();
    await holder.getByText("Bewaard op dit apparaat").waitFor();
    await look(holder, "request-check-signed-out");
    await holder.locator("select.demonstration-choice").selectOption(road.handle("wethouder"));
    await holder.waitForURL(/\/scan$/);
    await heading(holder, "Kijk het na en geef toestemming");
    await holder.getByText("Demostraat 1").waitFor();
    for (const desk of ["Veiligheidsscans Demo-CCV", "Beveiligingsautoriteit Demo-BZK", "Werkgeversdesk Demostad"])
      await holder.getByText(`Ik geef toestemming aan ${desk}`).click();
    await look(holder, "request-check");
    await press(holder, "Onderteken en verstuur");
    await heading(holder, "Uw aanvraag is bezorgd");
    await look(holder, "request-done");
    await follow(holder, "Naar mijn scan");
    await holder.waitForURL(/\/dossier\//);
    scan = holder.url().split("/").at(-1) ?? "";
    await heading(holder, "Veiligheidsscan");
    await holder.getByText("Het CCV kijkt of u recht heeft op deze scan.").waitFor();
    await look(holder, "dossier-requested-holder");
  }, 180_000);

  test("the desk decides on the right with the certificate's exception, and chooses an adviser from its signed list", async () => {
    const planner = await road.enter("planner", desktop);
    await goTo(planner, `/dossier/${scan}`);
    await heading(planner, "Veiligheidsscan");
    await press(planner, "Recht bepalen");
    await planner.getByRole("dialog").getByText("Regeling art. 3.9 lid 5 onder b").waitFor();
    expect(await planner.getByRole("textbox", { name: /^Waarom kan het niet worden gevraagd/ }).inputValue()).toContain("huurhuis");
    await look(planner, "entitle");
    await inDialog(planner, "Leg het besluit vast");
    await press(planner, "Adviseur kiezen");
    await planner.getByRole("radio", { name: /^Aafke Demo/ }).check();
    await look(planner, "assign");
    await inDialog(planner, "Wijs de adviseur aan");
    await planner.getByText("De afspraak moet nog worden gemaakt.").waitFor();
    await planner.getByText("Uitzondering op het keurmerk").waitFor();
    await planner.getByText(/^Besloten door Pim Demo, planner veiligheidsscans, op /).waitFor();
    await look(planner, "dossier-assigned-desk");
  }, 120_000);

  test("the adviser plans, visits with the network off and a photo, sends it after, and hands an advice in", async () => {
    adviser = await road.enter("adviseur", tablet);
    await goTo(adviser, `/dossier/${scan}`);
    await heading(adviser, "Veiligheidsscan");
    await press(adviser, "Afspraak maken");
    await adviser.getByLabel(/^Dag/).fill(day(1));
    await adviser.getByLabel(/^Tijd/).fill("10:00");
    await look(adviser, "plan");
    await inDialog(adviser, "Leg de afspraak vast");
    await goTo(adviser, "/bezoek");
    await heading(adviser, "Bezoeken");
    await adviser.getByText("Aan u toegewezen").first().waitFor();
    await look(adviser, "visits");
    await goTo(adviser, `/dossier/${scan}`);
    await follow(adviser, "Naar het bezoek");

    await heading(adviser, "Bezoek");
    await adviser.getByText("de app zelf", { exact: true }).waitFor();
    // From here to the sending there is no network at the kitchen table.
    await adviser.context().setOffline(true);
    await press(adviser, "Begin met de vragen");
    await adviser.getByRole("article", { name: "Wat voor woning is het?" }).getByText("Rijtjeshuis of hoekhuis", { exact: true }).click();
    await adviser.getByText("Nog geen bevindingen bij dit onderwerp.").waitFor();
    await look(adviser, "visit-empty");
    await press(adviser, "Bevinding toevoegen");
    await fill(adviser, /^Wat ziet of hoort u/, weakness);
    await adviser.getByText("Zeer ernstig", { exact: true }).click();
    await adviser.locator('form.card input[data-role="photos"]').setInputFiles(photo);
    await adviser.locator("form.card .visit-photos img").waitFor();
    await look(adviser, "visit-finding");
    await press(adviser, "Bewaar deze bevinding");
    await look(adviser, "visit-domain");
    await press(adviser, /^Afronden/);
    await press(adviser, "Verstuur het bezoek");
    await adviser.getByText("Vul in wie erbij waren.").waitFor();
    await fill(adviser, /^Wie waren erbij/, "Demonstratie: mevrouw Demo");
    await adviser.getByText("Versturen kan als er weer verbinding is.").waitFor();
    await look(adviser, "visit-finish");
    await adviser.context().setOffline(false);
    await press(adviser, "Verstuur het bezoek");
    await heading(adviser, "Het bezoek is vastgelegd");
    await follow(adviser, "Naar het advies");

    await heading(adviser, "Schrijf het advies");
    await press(adviser, "Nog iemand toevoegen");
    await fill(adviser, /^Wie/, "Demonstratie: veiligheidsdesk");
    await fill(adviser, /^Uw conclusie/, "Demonstratie: de dreiging is ernstig.");
    await look(adviser, "write-threat");
    await press(adviser, /^Naar risico/);
    await press(adviser, /^Maak hier een risico van/);
    await fill(adviser, /^Wat kan er gebeuren/, "Demonstratie: iemand komt achterom.");
    await weighRisk(adviser, ["hoog", "mogelijk"], ["laag", "niet waarschijnlijk"]);
    await look(adviser, "write-risk-form");
    await press(adviser, "Bewaar dit risico");
    await look(adviser, "write-risk");
    await press(adviser, /^Naar advies/);
    await fill(adviser, /^Advies: Wonen/, `Demonstratie: begin bij de achterkant. ${weakness}`);
    await look(adviser, "write-sections");
    await press(adviser, /^Naar maatregelen/);
    await addMeasure(adviser, "Slot op de achterdeur", "Verstrekt", ["250", "400"]);
    await addMeasure(adviser, "Camera bij de voordeur", "In bruikleen", ["150", "300"]);
    await look(adviser, "write-measures");
    await press(adviser, /^Naar inleveren/);
    await adviser.getByText("Bewaard op dit apparaat").waitFor();
    await look(adviser, "write-hand-in");
    await press(adviser, /^Inleveren$/);
    await heading(adviser, "Het advies is ingeleverd");
    await look(adviser, "write-done");
  }, 240_000);

  test("the authority returns it once with a reason; the adviser answers with a new version", async () => {
    authority = await road.enter("bva", desktop);
    await goTo(authority, "/advies");
    await heading(authority, "Adviezen");
    await authority.getByText("Te beoordelen").waitFor();
    await look(authority, "advices");
    await openAdvice(authority, scan, "Beoordeel het advies");
    await authority.getByText("begin bij de achterkant").waitFor();
    await look(authority, "weigh");
    await authority.getByText("Ik stuur het terug").click();
    await press(authority, "Stuur terug met redenen");
    await authority.getByText("Schrijf eerst bij minstens één onderdeel wat er anders moet.").waitFor();
    await press(authority, "Reden om terug te sturen bij wonen");
    await fill(authority, /^Wat moet er anders bij wonen/, reason);
    await look(authority, "weigh-return");
    await press(authority, "Stuur terug met redenen");
    await heading(authority, "Het advies is terug bij de adviseur");

    await openAdvice(adviser, scan, "Schrijf het advies");
    await press(adviser, /^Advies/);
    await adviser.getByText(reason).waitFor();
    await look(adviser, "write-returned");
    const text = adviser.getByRole("textbox", { name: /^Advies: Wonen/ });
    await text.fill(`${await text.inputValue()} Demonstratie: ook het raam.`);
    await press(adviser, /^Inleveren/);
    await adviser.getByRole("heading", { level: 2, name: "Lever het advies in" }).waitFor();
    await adviser.locator("form").getByRole("button", { name: "Inleveren" }).click();
    await heading(adviser, "Het advies is ingeleverd");
  }, 180_000);

  test("the authority sees what changed and adopts with a signature that says exactly what it covers", async () => {
    await openAdvice(authority, scan, "Beoordeel het advies");
    await authority.getByText("Dit is versie 2.").waitFor();
    await authority.locator("ins", { hasText: "ook het raam" }).waitFor();
    await authority.getByText("Ik stel het advies vast").click();
    await look(authority, "weigh-adopt");
    await press(authority, "Naar ondertekenen");
    const dialog = authority.getByRole("dialog");
    await dialog.getByText("Bas Demo").waitFor();
    await dialog.getByText("beveiligingsautoriteit", { exact: true }).waitFor();
    await dialog.getByText("Dit kunt u niet ongedaan maken.").waitFor();
    await look(authority, "sign");
    await dialog.getByRole("button", { name: "Onderteken en stel vast" }).click();
    await heading(authority, "Het advies is vastgesteld");
    await goTo(authority, `/dossier/${scan}`);
    await authority.getByRole("region", { name: "Vastgesteld en ondertekend" }).getByText("Bas Demo").waitFor();
    await look(authority, "dossier-adopted-authority");
  }, 120_000);

  test("the employer sees what to provide and nothing of why; measures are ordered, placed, confirmed and completed", async () => {
    const employer = await road.enter("werkgever", desktop);
    const told = async (path: string, words: string): Promise<void> => {
      await goTo(employer, path);
      await employer.getByText(words).first().waitFor();
      await employer.waitForLoadState("networkidle");
      expect(await employer.content()).not.toMatch(/KANARIE|Demostraat 1|het raam/);
    };
    await told("/maatregelen", "Voor Wil Demo");
    await look(employer, "measures-list-employer");
    await told(`/advies/${scan}`, "Het advies zelf is niet met u gedeeld");
    await look(employer, "advice-employer");
    await told(`/dossier/${scan}`, "Demonstratie: Slot op de achterdeur");
    await look(employer, "dossier-employer");
    await told(`/maatregelen/${scan}`, "Demonstratie: Slot op de achterdeur");
    await look(employer, "measures-employer");

    const record = async (step: RegExp, save: string, cost?: string): Promise<void> => {
      await press(employer, step);
      if (cost !== undefined) await fill(employer, /^Wat heeft het gekost/, cost);
      await inDialog(employer, save);
    };
    await record(/^Besteld: Demonstratie: Slot/, "Leg vast: besteld");
    await employer.getByText("Nog 2 maatregelen te regelen.").waitFor();
    await press(employer, /^Geplaatst: Demonstratie: Slot/);
    await look(employer, "measure-step");
    await fill(employer, /^Wat heeft het gekost/, "310");
    await inDialog(employer, "Leg vast: geplaatst");
    await employer.getByText("Nog 1 maatregel te regelen.").waitFor();
    await record(/^In bruikleen gegeven: Demonstratie: Camera/, "Leg vast: in bruikleen", "190");
    await employer.getByRole("button", { name: "Alles is klaar" }).waitFor();
    await look(employer, "measures-employer-placed");

    await goTo(holder, `/maatregelen/${scan}`);
    await heading(holder, "Maatregelen");
    for (const what of ["Slot", "Camera"]) {
      await press(holder, new RegExp(`^Het zit er en het werkt: Demonstratie: ${what}`));
      await inDialog(holder, "Bevestig");
      await holder.getByRole("button", { name: new RegExp(`^Het zit er en het werkt: Demonstratie: ${what}`) }).waitFor({ state: "hidden" });
    }
    await look(holder, "measures-holder");

    await goTo(employer, "/maatregelen");
    await goTo(employer, `/maatregelen/${scan}`);
    await press(employer, "Alles is klaar");
    await look(employer, "complete");
    await inDialog(employer, "Rond de scan af");
    await employer.getByText("Alles is geregeld").first().waitFor();
    expect(await employer.content()).not.toMatch(/KANARIE|Demostraat 1|het raam/);
  }, 240_000);

  test("the office-holder reads the adopted advice with its seal, and the whole story", async () => {
    await goTo(holder, "/advies");
    await heading(holder, "Adviezen");
    await look(holder, "advices-holder");
    await goTo(holder, `/advies/${scan}`);
    await heading(holder, "Uw advies");
    await holder.getByText(weakness).first().waitFor();
    const seal = holder.getByRole("region", { name: "Vastgesteld en ondertekend" });
    await seal.getByText("Bas Demo").waitFor();
    await seal.getByText("beveiligingsautoriteit", { exact: true }).waitFor();
    await holder.getByText("Risicobeoordeling").first().click();
    await look(holder, "advice-holder");
    await goTo(holder, "/maatregelen");
    await heading(holder, "Maatregelen");
    await look(holder, "measures-list-holder");
    await goTo(holder, `/dossier/${scan}`);
    await holder.getByText("Alle maatregelen zijn klaar.").waitFor();
    await holder
      .getByText(/foto-[0-9a-f]{8}\.jpg/)
      .first()
      .waitFor();
    await holder.getByRole("button", { name: "Ik ben verhuisd" }).waitFor();
    await look(holder, "dossier-completed-holder");
  }, 120_000);
  return () => scan;
}
