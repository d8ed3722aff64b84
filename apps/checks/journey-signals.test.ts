/**
 * Journey: the chain holds, by the people of the demonstration in real browsers at 360 px. A councillor of the smallest gemeente goes from report to help to signal; police, OM and chief prosecutor
 * answer on their phones, one of them late; a consent is taken back half-way; a mayor's own case goes around; the desk reads its figures. With `PICTURES=<folder>` every page is kept as a picture.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signKeyPair } from "@rugdekking/seal";
import { Connection, createDesk, memoryTrustStore, Trust } from "#services/directory/client/index.ts";
import type { DeskFunction } from "#services/directory/contract/index.ts";
import { openDatabase } from "#services/storage/index.ts";
import { desktop, openBrowser, phone, visit, type Visitor } from "./browser.ts";
import { lookFor } from "./look.ts";
import { become, goTo, heading, reportAsPerson } from "./walk-report.ts";
import { databaseOf, startDemonstration, type Demonstration } from "./world.ts";

let world: Demonstration;
let browser: Browser;
const people = new Map<string, Visitor>();

async function enter(player: string): Promise<Page> {
  const known = people.get(player);
  if (known !== undefined) return known.page;
  const visitor = await visit(browser, world.url, phone);
  people.set(player, visitor);
  await become(visitor.page, world, player);
  return visitor.page;
}

const look = lookFor("s", [phone, desktop]);

const press = async (page: Page, name: string | RegExp): Promise<void> => await page.getByRole("button", { name }).first().click();
const card = (page: Page, words: string): ReturnType<Page["locator"]> => page.locator("li.signal-line", { hasText: words }).first();

/** An answer in the list: pressed, and where it is final the warning accepted. */
async function answer(
  page: Page,
  who: string,
  name: string,
  fill: (line: ReturnType<Page["locator"]>) => Promise<void> = async () => undefined,
): Promise<void> {
  const line = card(page, who);
  await line.getByRole("button", { name: new RegExp(`^${name}`) }).click();
  if (name !== "Ontvangen") {
    await line.getByText("U kunt het daarna niet terughalen").waitFor();
    await line.locator(".skeleton").waitFor({ state: "detached" });
    await fill(line);
    await line.getByRole("button", { name: "Ja, onderteken en verstuur" }).click();
  }
  await page.getByText("Uw antwoord is verstuurd").waitFor({ timeout: 30_000 });
}

/** A list read anew. */
async function list(page: Page): Promise<void> {
  await goTo(page, "/werk");
  await goTo(page, "/signalen");
  await heading(page, "Signalen");
  await page.locator("li.signal-line .signal-chain").first().waitFor();
}

const smallest = { id: "gm0088", name: "Schiermonnikoog" } as const;
const story = "Verzonnen: iemand schrijft dat hij weet waar ik woon en dat hij morgen komt.";

beforeAll(async () => {
  [world, browser] = await Promise.all([startDemonstration(), openBrowser()]);
  const trust = new Trust(new Connection({ base: world.url, cookies: "own" }), memoryTrustStore());
  const registrar = await signKeyPair(new Uint8Array(Buffer.from(world.file.registrar.seed, "base64url")));
  const desk = async (organisation: string, kind: DeskFunction, name: string, player: string): Promise<void> => {
    const person = world.file.persons.find(({ key }) => key === player);
    if (person === undefined || person.person === null) throw new Error(`the demonstration has no player ${player}`);
    const member = { person: person.person, name: person.name, office: person.office, lead: true };
    await createDesk(trust, { registrar, organisation, name, function: kind, members: [member] });
  };
  // One person serves a small gemeente beside her own: a shared desk with separated dossiers.
  await desk(smallest.id, "safety-desk", "Veiligheidspunt Schiermonnikoog", "veiligheid");
  await desk("politie-noord-nederland", "police", "RCCB Noord-Nederland", "politie");
  await desk("om-noord-nederland", "om", "BB&C Noord-Nederland", "om");
  await desk("om-noord-nederland", "chief-prosecutor", "Hoofdofficier Noord-Nederland", "hoofdofficier");
}, 240_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
});

let signal = "";
describe("a councillor of the smallest gemeente, at 360 px", () => {
  test("gets from threat to help and to a signal in under three minutes of clicks", async () => {
    const page = await enter("raadslid");
    const file = join(world.data, "verzonnen-bericht.txt");
    writeFileSync(file, "Dit is een verzonnen bericht voor een test.");
    const begun = performance.now();
    const report = await reportAsPerson(page, { story, name: "Ria Demo", where: smallest.name, files: [file] }, async () => undefined);
    await goTo(page, "/hulp");
    await page.getByRole("link", { name: /070-373 83 14/ }).waitFor();
    await goTo(page, `/dossier/${report}`);
    await page.getByRole("link", { name: "Geef een signaal aan politie en OM" }).click();

    await heading(page, "Is er nu gevaar?");
    expect(await page.getByRole("link", { name: "Bel 112" }).first().getAttribute("href")).toBe("tel:112");
    await look(page, "danger");
    await page.getByText("Nee, nu niet").click();
    await press(page, "Verder");

    await heading(page, "Over wie gaat het?");
    // What the report told is not asked again.
    await page
      .getByText("Gemeente Schiermonnikoog")
      .or(page.getByText("Schiermonnikoog", { exact: true }))
      .first()
      .waitFor();
    expect(await page.getByRole("textbox", { name: /^Uw naam/ }).inputValue()).toBe("Ria Demo");
    await page.getByRole("textbox", { name: /^Wat is er aan de hand/ }).fill("Verzonnen: ik ben bang voor morgen.");
    await page.getByText("Raadslid", { exact: true }).click();
    await look(page, "who");
    await press(page, "Verder");

    await heading(page, "Waar woont degene die bedreigd wordt?");
    await page.getByText("Tegen mij", { exact: true }).click();
    await page.getByRole("searchbox", { name: /^Gemeente van het woonadres/ }).fill(smallest.name);
    await press(page, new RegExp(smallest.name));
    await page.getByText("Daar werkt de politie-eenheid Noord-Nederland").waitFor();
    await page.getByText("Circulaire 2026 par. 2.4.1").waitFor();
    for (const name of ["RCCB Noord-Nederland", "BB&C Noord-Nederland", "Hoofdofficier Noord-Nederland"]) await page.getByText(name, { exact: true }).waitFor();
    await look(page, "where");
    await press(page, "Verder");

    await heading(page, "Wat gaat mee?");
    const items = page.getByRole("checkbox");
    await items.first().waitFor();
    // Nothing is chosen beforehand but the report it comes from.
    expect(await items.evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).checked))).toEqual([true, false]);
    await page.getByText("verzonnen-bericht.txt").click();
    await page.getByText("2 stukken gaan mee").waitFor();
    await look(page, "along");
    await press(page, "Verder");

    await heading(page, "Geef toestemming en verstuur");
    await page.getByText(/^RCCB Noord-Nederland mag dit signaal en 2 stukken die u koos lezen/).waitFor();
    await look(page, "consent");
    await press(page, "Onderteken en verstuur");
    await heading(page, "Uw signaal is bezorgd");
    const minutes = (performance.now() - begun) / 60_000;
    expect(minutes).toBeLessThan(3);
    await look(page, "done");
    await page.getByRole("link", { name: "Naar mijn signaal" }).click();
    await page.locator(".timeline").waitFor();
    signal = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    await look(page, "dossier-mine");
  }, 240_000);
});

describe("par. 2.4.1 on phones: police, OM, chief prosecutor", () => {
  test("the police say in one tap that they have it, open the two pieces that were shared, and weigh it serious", async () => {
    const page = await enter("politie");
    await list(page);
    await look(page, "list-police");
    await answer(page, "Schiermonnikoog", "Ontvangen");
    await card(page, "Schiermonnikoog").getByRole("link").first().click();
    await page.getByText("Verzonnen: ik ben bang voor morgen.").waitFor();
    await look(page, "dossier-police");
    await page.getByRole("link", { name: /open de stukken/i }).click();
    await page.getByText(story).waitFor();
    await list(page);
    await card(page, "Schiermonnikoog")
      .getByRole("button", { name: /^Ernstig, naar het OM/ })
      .click();
    await card(page, "Schiermonnikoog").getByText("U kunt het daarna niet terughalen").waitFor();
    await look(page, "sure");
    await press(page, "Nee, terug");
    await answer(page, "Schiermonnikoog", "Ernstig, naar het OM");
  }, 120_000);

  test("the OM is late, which everyone sees; presents it; the chief prosecutor decides; word goes back", async () => {
    const database = openDatabase(databaseOf(world.data));
    await sql`UPDATE dossier SET term_due = term_due - interval '30 days' WHERE id = ${signal}`.execute(database);
    await sql`UPDATE desk_dossier SET due = due - interval '30 days' WHERE dossier = ${signal}`.execute(database);
    await sql`UPDATE dossier_entry SET received = received - interval '30 days' WHERE dossier = ${signal}`.execute(database);
    await database.destroy();
    const om = await enter("om");
    await list(om);
    expect(await om.locator("li.signal-line").first().innerText()).toContain("Schiermonnikoog");
    await card(om, "Schiermonnikoog").getByText("Te laat", { exact: true }).waitFor();
    await look(om, "list-late");
    const owner = await enter("raadslid");
    await goTo(owner, "/signalen");
    await card(owner, "Signaal van")
      .getByText(/^te laat, dit moest op/)
      .waitFor();
    await look(owner, "own-late");
    await answer(om, "Schiermonnikoog", "Voorleggen aan de hoofdofficier");

    const chief = await enter("hoofdofficier");
    await list(chief);
    await answer(chief, "Schiermonnikoog", "Maatregelen in het lokale domein", async (line) => {
      await line.getByText("Geen toelichting.").waitFor();
      await look(chief, "decide");
    });
    await list(om);
    await answer(om, "Schiermonnikoog", "Gehoord, geen details");

    await goTo(owner, `/dossier/${signal}`);
    await owner.getByText("Gehoord, geen details. Politie en OM hoeven niet meer te vertellen.").waitFor();
    await owner.getByText(/dat was te laat$/).waitFor();
    await press(owner, "Aangifte en afspraken");
    await owner.getByText("Ja, de politie bevestigt het").click();
    await owner.getByRole("combobox", { name: /vrijkomt/ }).selectOption("asked");
    await look(owner, "registration");
    await press(owner, "Zet op slot en bewaar");
    await owner.getByText("De VPT-code staat op de aangifte.").waitFor();
    await look(owner, "dossier-fed-back");
  }, 180_000);

  test("a consent taken back half-way ends what that desk may open, and the page says what it cannot undo", async () => {
    const owner = await enter("raadslid");
    await goTo(owner, "/signalen");
    const mine = card(owner, "Signaal van");
    await mine.getByRole("button", { name: "Trek toestemming in: BB&C Noord-Nederland" }).click();
    const dialog = owner.getByRole("dialog");
    await dialog.getByText("Wat gelezen is, blijft gelezen.").waitFor();
    await look(owner, "revoke");
    await dialog.getByRole("button", { name: "Trek toestemming in" }).click();
    await owner.getByText("BB&C Noord-Nederland kan vanaf nu niets meer openen.").waitFor({ timeout: 30_000 });
    const om = await enter("om");
    await goTo(om, "/werk");
    await goTo(om, `/dossier/${signal}`);
    await heading(om, "Dit dossier is niet met u gedeeld");
    await goTo(owner, `/dossier/${signal}`);
    await press(owner, "Afronden");
    await owner.getByText("Alleen dit blijft zonder naam bewaard.").waitFor();
    await owner.getByText("Voorgelegd: te laat").waitFor();
    await look(owner, "close");
    await press(owner, "Rond af");
    await owner.getByText("Politie-eenheid: Noord-Nederland").waitFor();
  }, 120_000);
});

describe("par. 2.4.2", () => {
  test("a mayor's own case goes to the OM of the home address; no desk of the police sees it", async () => {
    const page = await enter("burgemeester");
    await goTo(page, "/signaal");
    await page.getByText("Ja, of het was net").click();
    await press(page, "Verder");
    await page.getByRole("textbox", { name: /^Wat is er aan de hand/ }).fill("Verzonnen: er hing een brief aan mijn deur.");
    await page.getByRole("textbox", { name: /^Uw naam/ }).fill("Bo Demo");
    await page.getByRole("searchbox", { name: /^Waar bent u ambtsdrager/ }).fill("Demostad");
    await press(page, /^Gemeente Demostad/);
    await page.getByText("Burgemeester", { exact: true }).click();
    await press(page, "Verder");
    await page.getByText("Tegen mij", { exact: true }).click();
    await page.getByRole("searchbox", { name: /^Gemeente van het woonadres/ }).fill("Demostad");
    await press(page, /^Gemeente Demostad/);
    await page.getByText("U zit in de driehoek van burgemeester, OM en politie.").waitFor();
    await page.getByText("BB&C Demo-OM", { exact: true }).waitFor();
    expect(await page.getByText("RCCB Demo-politie").count()).toBe(0);
    await look(page, "around");
    await press(page, "Verder");
    await heading(page, "Wat gaat mee?");
    await press(page, "Verder");
    await page.getByText("Let op: dit is het team van uw eigen gemeente.").waitFor();
    await press(page, "Onderteken en verstuur");
    await heading(page, "Uw signaal is bezorgd");
    const police = await enter("politie");
    await list(police);
    expect(await police.locator("li.signal-line", { hasText: "Bo Demo" }).count()).toBe(0);
    const om = await enter("om");
    await list(om);
    await answer(om, "Bo Demo", "Ontvangen");
    await card(om, "Bo Demo").getByText("niet nodig").waitFor({ state: "attached" });
  }, 120_000);

  test("a desk that does not exist here yet is said, with a number to call, and nothing can be sent", async () => {
    const page = await enter("wethouder");
    await goTo(page, "/signaal");
    await page.getByText("Nee, nu niet").click();
    await press(page, "Verder");
    await page.getByRole("textbox", { name: /^Wat is er aan de hand/ }).fill("Verzonnen.");
    await page.getByRole("textbox", { name: /^Uw naam/ }).fill("Wil Demo");
    await page.getByRole("searchbox", { name: /^Waar bent u ambtsdrager/ }).fill("Demostad");
    await press(page, /^Gemeente Demostad/);
    await page.getByText("Wethouder", { exact: true }).click();
    await press(page, "Verder");
    await page.getByText("Tegen mij", { exact: true }).click();
    await page.getByRole("searchbox", { name: /^Gemeente van het woonadres/ }).fill("Maastricht");
    await press(page, /Maastricht/);
    await page.getByText("Dit signaal kan hier nog niet langs de hele weg").waitFor();
    expect(await page.getByRole("link", { name: "Bel de politie: 0900-8844" }).getAttribute("href")).toBe("tel:09008844");
    await look(page, "no-desk");
    await press(page, "Verder");
    await heading(page, "Waar woont degene die bedreigd wordt?");
  }, 60_000);
});

describe("a guest", () => {
  test("raises a signal from their own report with nothing but the receipt code", async () => {
    const { page } = await visit(browser, world.url, phone, { path: "/terug" });
    await page
      .getByRole("textbox")
      .first()
      .fill(world.file.guestReceipt ?? "");
    await press(page, /Open/);
    await page.waitForURL(/\/dossier\//);
    await page.getByRole("link", { name: "Geef een signaal aan politie en OM" }).click();
    await page.getByText("Nee, nu niet").click();
    await press(page, "Verder");
    await page.getByRole("textbox", { name: /^Wat is er aan de hand/ }).fill("Verzonnen: wij worden gevolgd.");
    await page.getByRole("textbox", { name: /^Uw naam/ }).fill("Demo Gast");
    await page.getByText("Raadslid", { exact: true }).click();
    await press(page, "Verder");
    await page.getByRole("searchbox", { name: /^Gemeente van het woonadres/ }).fill("Demostad");
    await press(page, /^Gemeente Demostad/);
    await page.getByText("RCCB Demo-politie", { exact: true }).waitFor();
    await press(page, "Verder");
    await heading(page, "Wat gaat mee?");
    await page.getByText("1 stuk gaat mee").waitFor();
    await press(page, "Verder");
    await press(page, "Onderteken en verstuur");
    await heading(page, "Uw signaal is bezorgd");
    await page.getByRole("link", { name: "Naar al mijn signalen" }).click();
    await page.getByText("Uw signaal is bij de politie.").waitFor();
  }, 60_000);
});

describe("the figures of a desk", () => {
  test("say how many were followed up in time, hide what is too small, and say what they cannot say", async () => {
    const page = await enter("politie");
    await goTo(page, "/signalen/cijfers");
    await heading(page, "Worden signalen opgevolgd?");
    await page.getByText("Dat is nog niet te zeggen.").first().waitFor();
    await page.getByText("Minder dan vijf. Dat tonen wij niet.").first().waitFor();
    await page.getByText("Ze gaan alleen over de signalen van dit team").first().waitFor();
    await look(page, "figures");
  }, 60_000);
});

describe("not theirs", () => {
  test("the person reads who gets the signal and who reads nothing more before it goes to another region", async () => {
    const [police, owner] = [await enter("politie"), await enter("raadslid")];
    await list(police);
    const id = world.dossier("signal-raised");
    const line = police.locator("li.signal-line", { has: police.locator(`a[href$="/dossier/${id}"]`) });
    await line.getByRole("button", { name: /^Niet voor ons/ }).click();
    await line.locator(".skeleton").waitFor({ state: "detached" });
    await line.getByRole("combobox", { name: /^Is dat een team/ }).selectOption({ label: "RCCB Noord-Nederland" });
    await line.getByRole("button", { name: "Ja, onderteken en verstuur" }).click();
    await police.getByText("Uw antwoord is verstuurd").waitFor({ timeout: 30_000 });
    await goTo(owner, "/werk");
    await goTo(owner, `/dossier/${id}`);
    await press(owner, "Stuur het naar wie er wel over gaat");
    const dialog = owner.getByRole("dialog");
    await dialog.getByText("RCCB Noord-Nederland mag dit signaal een jaar lang lezen").waitFor();
    for (const name of ["BB&C Noord-Nederland", "Hoofdofficier Noord-Nederland"]) await dialog.getByText(`${name} mag het ook een jaar lang lezen`).waitFor();
    await dialog.getByText(/^Zij krijgen niets meer te zien: .*RCCB Demo-politie/).waitFor();
    await look(owner, "again");
    await dialog.getByRole("button", { name: "Onderteken en verstuur" }).click();
    await dialog.waitFor({ state: "detached", timeout: 30_000 });
    await goTo(owner, "/signalen");
    const mine = owner.locator("li.signal-line", { has: owner.locator(`a[href$="/dossier/${id}"]`) });
    await mine.getByText("Hoofdofficier Noord-Nederland").waitFor();
    expect(await mine.getByText("Demo-politie").count()).toBe(0);
  }, 90_000);
});

test("nobody's browser complained", () => {
  for (const [player, { complaints }] of people) expect(complaints, player).toEqual([]);
});
