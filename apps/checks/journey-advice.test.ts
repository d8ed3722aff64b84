/**
 * Journey: an advice from the visit to the signature, in the browser, by the people of the demonstration: proposals with their rule, the adviser's choices with reasons, the risk table, handing in refused
 * while a part lacks, one return per section, the difference shown, adoption, the office-holder's reading, and the documents made in the browser and judged with poppler. With `PICTURES=<folder>` pages and papers are kept as pictures.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { axeFindings, desktop, openBrowser, overflows, phone, visit, type Visitor } from "./browser.ts";
import { become, goTo, heading, takeAway } from "./walk-report.ts";
import { weighRisk } from "./walk-scan.ts";
import { startDemonstration, type Demonstration } from "./world.ts";

const pictures = process.env["PICTURES"];
const folder = mkdtempSync(join(tmpdir(), "rugdekking-advice-"));
const at = (name: string): string => join(folder, name);
/** Words of the weak spots: in the advice, never in what the employer gets. */
const weakness = /oud slot|donker|achterom|Weging|wijkagent/u;

let world: Demonstration;
let browser: Browser;
let scan = "";
const people = new Map<string, Visitor>();

async function enter(player: string, size: { readonly width: number; readonly height: number }): Promise<Page> {
  const known = people.get(player);
  if (known !== undefined) return known.page;
  const visitor = await visit(browser, world.url, size);
  people.set(player, visitor);
  await become(visitor.page, world, player);
  return visitor.page;
}

let looked = 0;
/** Nothing for axe to say at both sizes, nothing that scrolls sideways on a phone. */
async function look(page: Page, name: string): Promise<void> {
  looked += 1;
  const keep = async (size: { readonly width: number; readonly height: number }): Promise<void> => {
    await page.setViewportSize(size);
    await page.evaluate(() => scrollTo(0, 0));
    expect(await axeFindings(page), `${name} at ${size.width}`).toEqual([]);
    expect(await overflows(page), `${name} scrolls sideways at ${size.width}`).toBe(false);
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${String(looked).padStart(2, "0")}-${name}-${size.width}.png`), fullPage: true });
  };
  await keep(phone);
  await keep(desktop);
}

const press = async (page: Page, name: string | RegExp): Promise<void> => await page.getByRole("button", { name }).first().click();
const fill = async (page: Page, name: RegExp, words: string): Promise<void> => await page.getByRole("textbox", { name }).first().fill(words);
const poppler = (program: string, ...line: string[]): string =>
  execFileSync(program, line, { encoding: "utf8", maxBuffer: 50_000_000, stdio: ["ignore", "pipe", "ignore"] });

/** Opens the advice as if coming back later: from the list. */
async function openAdvice(page: Page, title: string): Promise<void> {
  await goTo(page, "/advies");
  await heading(page, "Adviezen");
  await goTo(page, `/advies/${scan}`);
  await heading(page, title);
}

/** Makes a document in the browser and keeps it. */
async function makePaper(page: Page, name: string, file: string): Promise<void> {
  await page.getByRole("button", { name: `Maak de pdf: ${name}` }).click();
  const save = page.getByRole("button", { name: `Bewaar de pdf: ${name}` });
  await save.waitFor({ timeout: 120_000 });
  const waiting = page.waitForEvent("download");
  await save.click();
  await (await waiting).saveAs(at(file));
  if (pictures !== undefined) poppler("pdftoppm", "-r", "70", "-png", at(file), join(pictures, `paper-${file}`));
}

/** What poppler says of a document: tagged, headings in order, words in reading order. */
function judge(file: string): { readonly text: string; readonly headings: string[]; readonly levels: number[] } {
  expect(poppler("pdfinfo", at(file))).toMatch(/Tagged:\s+yes/u);
  const lines = poppler("pdfinfo", "-struct-text", at(file)).split("\n");
  const headings: string[] = [];
  const levels: number[] = [];
  for (const [place, line] of lines.entries()) {
    const level = /^\s*H(\d)/u.exec(line)?.[1];
    if (level === undefined) continue;
    levels.push(Number(level));
    headings.push(/"(.*)"/u.exec(lines.slice(place + 1, place + 4).join(" "))?.[1] ?? "");
  }
  return { text: poppler("pdftotext", at(file), "-").replaceAll(/\s+/gu, " "), headings, levels };
}

beforeAll(async () => {
  [world, browser] = await Promise.all([startDemonstration(), openBrowser()]);
  scan = world.dossier("scan-visited");
}, 240_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("what was seen leads to measures by a rule; the adviser drops, changes, adds and undoes, always with a reason", async () => {
  const page = await enter("adviseur", desktop);
  await openAdvice(page, "Schrijf het advies");
  await press(page, /^Maatregelen/);
  const lock = page.locator(".proposal", { hasText: "Regel back-door-lock-1" });
  await lock.getByText("De achterdeur heeft een oud slot.").waitFor();
  await lock.getByText("Elke buitendeur telt mee voor het keurmerk.").waitFor();
  await lock.getByText("indicatie, eigen schatting").waitFor();
  await page.getByRole("heading", { name: "Bevindingen zonder maatregel" }).waitFor();
  await look(page, "measures-proposed");

  const light = page.locator(".proposal", { hasText: "Regel plot-lighting-1" });
  await light.getByRole("button", { name: /^Laat vervallen/ }).click();
  await press(page, "Laat deze maatregel vervallen");
  await page.getByText("Schrijf in een paar woorden waarom.").waitFor();
  await fill(page, /^Waarom vervalt dit/, "Weging: er hangt al een lamp.");
  await press(page, "Laat deze maatregel vervallen");
  await page.getByText("Niet overgenomen (1)").click();
  await page.getByText("Weging: er hangt al een lamp.").waitFor();
  await page.getByRole("button", { name: /^Maak ongedaan/ }).click();
  await light.getByText("Voorgesteld").waitFor();

  await lock.getByRole("button", { name: /^Pas aan/ }).click();
  await fill(page, /^Waarom past u dit aan/, "Weging: er zijn twee buitendeuren.");
  await fill(page, /^Kosten, laagst/, "500");
  await fill(page, /^Kosten, hoogst/, "900");
  await look(page, "measure-change");
  await press(page, "Bewaar deze maatregel");
  await lock.getByText("bedrag van de adviseur").waitFor();

  await page
    .getByRole("button", { name: /^Voeg een maatregel toe bij/ })
    .first()
    .click();
  await page.getByRole("searchbox", { name: /^Zoek in het register/ }).fill("parkeer");
  await look(page, "measure-search");
  await page
    .getByRole("button", { name: /^Kies:/ })
    .first()
    .click();
  await fill(page, /^Waarom voegt u dit toe/, "Weging: de auto is herkenbaar.");
  await press(page, "Bewaar deze maatregel");
  await page.locator(".proposal", { hasText: "Weging: de auto is herkenbaar." }).getByText("Toegevoegd").first().waitFor();
  await look(page, "measures-edited");
}, 240_000);

test("an advice without threat analysis or risks is not handed in; shared items are cited, risks weighed with the table in view", async () => {
  const page = await enter("adviseur", desktop);
  await press(page, /^Inleveren/);
  await page.locator("form").getByRole("button", { name: "Inleveren" }).click();
  await page.getByText("Vul eerst in: dreiging, risico's, advies.").waitFor();
  await look(page, "hand-in-refused");

  await press(page, /^Dreiging/);
  await page.getByText("Wat de ambtsdrager met u deelde").waitFor();
  await page.getByText(/^Aanvraag, met de reden/).click();
  await fill(page, /^Wat neemt u mee uit/, "Weging: reeks berichten.");
  await press(page, "Nog iemand toevoegen");
  await fill(page, /^Wie/, "Demonstratie: wijkagent");
  await fill(page, /^Uw conclusie/, "Demonstratie: de dreiging is ernstig.");
  await look(page, "threat");

  await press(page, /^Risico/);
  await page.getByRole("heading", { name: "Wat er kan gebeuren, volgens de bevindingen" }).waitFor();
  await page
    .getByRole("button", { name: /^Weeg dit risico/ })
    .first()
    .click();
  await press(page, "Bewaar dit risico");
  await page.getByText("Kies ernst en kans, nu en na de maatregelen.").waitFor();
  await weighRisk(page, ["hoog", "waarschijnlijk"], ["hoog", "waarschijnlijk"]);
  await look(page, "risk-form");
  await press(page, "Bewaar dit risico");
  await page.getByText("Risico 1 blijft zeer ernstig na de maatregelen.").waitFor();
  await page.getByRole("button", { name: /^Wijzig risico 1/ }).click();
  await weighRisk(page, ["hoog", "mogelijk"], ["midden", "niet waarschijnlijk"]);
  await press(page, "Bewaar dit risico");
  await page.getByText("Nu ernstig, na de maatregelen aanvaardbaar").waitFor();
  await look(page, "risk");

  await press(page, /^Advies/);
  await fill(page, /^Advies: Wonen/, "Demonstratie: begin bij de achterdeur met het oud slot.");
  await press(page, /^Inleveren/);
  await page.locator("form").getByRole("button", { name: "Inleveren" }).click();
  await heading(page, "Het advies is ingeleverd");
}, 240_000);

test("the authority sees what is due and what it rests on, returns one section with a reason, and then sees exactly what changed", async () => {
  const authority = await enter("bva", desktop);
  await openAdvice(authority, "Beoordeel het advies");
  await authority.getByText(/^Beslis uiterlijk/).waitFor();
  const grounds = authority.getByRole("list", { name: "Waar het op rust" });
  for (const said of [/Ja, .*3\.9/u, /4 bevindingen/u, /bij 1 partij gevraagd, 1 gedeeld stuk genoemd/u, /1 risico gewogen/u])
    await grounds.getByText(said).waitFor();
  await authority.getByText("Waar elke maatregel vandaan komt").click();
  await authority.getByText("Weging: er zijn twee buitendeuren.").first().waitFor();
  await authority.getByText("Het huis met de bevindingen").click();
  await look(authority, "weigh");
  await press(authority, "Reden om terug te sturen bij maatregelen");
  await fill(authority, /^Wat moet er anders bij maatregelen/, "Demonstratie: en de schuur?");
  await authority.getByText("Ik stuur het terug").click();
  await press(authority, "Stuur terug met redenen");
  await heading(authority, "Het advies is terug bij de adviseur");

  const adviser = await enter("adviseur", desktop);
  await openAdvice(adviser, "Schrijf het advies");
  await press(adviser, /^Maatregelen/);
  await adviser.getByText("Demonstratie: en de schuur?").waitFor();
  await press(adviser, "Maatregel toevoegen");
  await press(adviser, "Zelf een maatregel schrijven");
  await fill(adviser, /^Wat is de maatregel/, "Hangslot op de schuur");
  await fill(adviser, /^Waarom\?/, "Weging: gereedschap helpt een inbreker.");
  await fill(adviser, /^Kosten, laagst/, "40");
  await fill(adviser, /^Kosten, hoogst/, "80");
  await press(adviser, "Bewaar deze maatregel");
  await press(adviser, /^Inleveren/);
  await adviser.locator("form").getByRole("button", { name: "Inleveren" }).click();
  await heading(adviser, "Het advies is ingeleverd");

  await openAdvice(authority, "Beoordeel het advies");
  await authority.getByText("Dit is versie 2.").waitFor();
  await authority.getByRole("list", { name: "Maatregelen" }).getByText("Hangslot op de schuur").waitFor();
  await authority.getByRole("region", { name: "Keuzes van de adviseur die anders zijn" }).getByText("Hangslot op de schuur").waitFor();
  await look(authority, "weigh-again");
  await authority.getByText("Ik stel het advies vast").click();
  await press(authority, "Naar ondertekenen");
  await authority.getByRole("dialog").getByRole("button", { name: "Onderteken en stel vast" }).click();
  await heading(authority, "Het advies is vastgesteld");
}, 240_000);

test("the office-holder reads it with the house and the next steps, and makes every document in the browser", async () => {
  const page = await enter("wethouder-tweede", desktop);
  await openAdvice(page, "Uw advies");
  await page.getByRole("heading", { name: "De volgende stappen" }).waitFor();
  await page.getByRole("heading", { name: "Uw huis" }).waitFor();
  await page.getByText("ongeveer 9 MB").waitFor();
  await look(page, "read");
  await makePaper(page, "Het hele advies", "advies.pdf");
  await makePaper(page, "De lijst voor de werkgever", "verstrekking.pdf");
  await makePaper(page, "Uitleg in gewone taal", "uitleg.pdf");
  await makePaper(page, "Verklaring van vaststelling", "verklaring.pdf");
  await look(page, "read-made");
}, 300_000);

test("the papers are tagged, their headings in order, their words in reading order; the extract holds no weakness", () => {
  const advice = judge("advies.pdf");
  for (const { levels } of [advice, judge("uitleg.pdf"), judge("verklaring.pdf"), judge("verstrekking.pdf")])
    for (const [place, level] of levels.entries()) expect(level, String(place)).toBeLessThanOrEqual((levels[place - 1] ?? 0) + 1);
  const order = [
    "Samenvatting",
    "Dreigingsanalyse",
    "Risico",
    "Bevindingen per domein",
    "Maatregelen",
    "Wat er overblijft",
    "Vaststelling",
    "Verschil met versie 1",
  ];
  const places = order.map((words) => advice.headings.findIndex((one) => one.includes(words)));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places).not.toContain(-1);
  const said = ["Vertrouwelijk", "Wies Demo", "oud slot", "regel kvk-1", "Hangslot op de schuur", "Bas Demo", "Weging: gereedschap helpt een inbreker."];
  for (const words of said) expect(advice.text, words).toContain(words);
  expect(advice.text.indexOf("Bevinding B1")).toBeLessThan(advice.text.indexOf("Bevinding B2"));
  expect(poppler("pdfimages", "-list", at("advies.pdf"))).toMatch(/image\s+120\s+160/u);
  expect(advice.text).toContain("Demonstratie: getekend, geen foto");
  const extract = judge("verstrekking.pdf").text;
  expect(extract).toContain("Wies Demo");
  expect(extract).toContain("Hangslot op de schuur");
  expect(extract).not.toMatch(weakness);
  expect(judge("uitleg.pdf").text).toContain("Wat er nu gebeurt");
  expect(judge("verklaring.pdf").text).toMatch(/Bas Demo, beveiligingsautoriteit.*Beveiligingsautoriteit Demo-BZK/u);
});

test("the employer makes the same extract, and nothing else; the statement of adoption verifies from a file, for anyone", async () => {
  const employer = await enter("werkgever", desktop);
  await openAdvice(employer, "Advies");
  await makePaper(employer, "De lijst voor de werkgever", "werkgever.pdf");
  expect(await employer.getByRole("button", { name: /^Maak de pdf/ }).count()).toBe(0);
  const theirs = judge("werkgever.pdf").text;
  expect(theirs).toContain("Bas Demo, beveiligingsautoriteit");
  expect(theirs).not.toMatch(weakness);

  const holder = await enter("wethouder-tweede", desktop);
  await goTo(holder, `/dossier/${scan}`);
  await holder.locator(".timeline").waitFor();
  await takeAway(holder, at("scan.zip"));
  const { page, context, complaints } = await visit(browser, world.url, desktop, { path: "/controleren" });
  await page.locator('input[data-role="bundle"]').setInputFiles(at("scan.zip"));
  await page.getByText("Dit dossier is heel en echt").waitFor({ timeout: 60_000 });
  const adopted = page.getByRole("region", { name: "Advies vastgesteld" });
  for (const words of ["Bas Demo", "beveiligingsautoriteit", "Beveiligingsautoriteit Demo-BZK"]) await adopted.getByText(words, { exact: true }).waitFor();
  const printed = /(?:[0-9a-f]{8} ){7}[0-9a-f]{8}/u.exec(judge("verklaring.pdf").text)?.[0] ?? "none";
  await adopted.getByText(printed).waitFor();
  await look(page, "verify-bundle");
  expect(complaints).toEqual([]);
  await context.close();
}, 240_000);

test("no screen complained on the way", () => {
  expect([...people].flatMap(([player, { complaints }]) => complaints.map((one) => `${player}: ${one}`))).toEqual([]);
});
