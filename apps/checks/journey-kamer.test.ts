/**
 * Journey: a set of ten questions (invented) to two ministries goes from file to published in one sitting, by the people who do it, each in a browser of their own: read and mended, divided, drafted in the editor,
 * facts asked and late, figures cited that are changed and withdrawn afterwards, an objection of the second ministry, initials by another than the writer, returned by the minister with a reason, redrafted, agreed, signed over the files the browser made, sent,
 * its public version made by a second pair of eyes and published with its record, with a postponement told on the way. Every page is asked to axe, at 360 px and wide. With `PICTURES=<folder>` every page is kept as a picture.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Check } from "typebox/value";
import { Picture, PictureList, pictureFolderOf } from "#services/figures/contract/picture.ts";
import { desktop, openBrowser, phone, visit, type Visitor } from "./browser.ts";
import { lookFor, pictures } from "./look.ts";
import { stageMinistries, twoMinistries } from "./ministries.ts";
import { become, goTo, heading } from "./walk-report.ts";
import { startDemonstration, type Demonstration } from "./world.ts";

let world: Demonstration;
let browser: Browser;
const people = new Map<string, Visitor>();
const look = lookFor("kamer-", [phone, desktop]);

/** Days from now, as a calendar day. */
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function enter(player: string): Promise<Page> {
  const known = people.get(player);
  if (known !== undefined) return known.page;
  const visitor = await visit(browser, world.url, desktop);
  people.set(player, visitor);
  await become(visitor.page, world, player);
  return visitor.page;
}

const press = async (page: Page, name: string | RegExp): Promise<void> => await page.getByRole("button", { name }).first().click();
let set = "";
/** Opens the set anew, as whoever comes back to it does. */
async function openSet(player: string, tab?: string): Promise<Page> {
  const page = await enter(player);
  await goTo(page, "/kamer");
  await heading(page, "Kamervragen");
  await goTo(page, `/dossier/${set}`);
  await page.getByRole("tab", { name: "Bord" }).waitFor({ timeout: 30_000 });
  if (tab !== undefined) await page.getByRole("tab", { name: tab }).click();
  return page;
}
/** Presses a step on the road and sends its form. */
async function step(
  page: Page,
  name: string,
  send: string,
  fill: (dialog: ReturnType<Page["getByRole"]>) => Promise<void> = async () => undefined,
): Promise<void> {
  await page.getByRole("button", { name, exact: true }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  await fill(dialog);
  await dialog.getByRole("button", { name: send, exact: true }).click();
  await dialog.waitFor({ state: "detached", timeout: 120_000 });
  await page.locator(".dossier-actions:not([inert])").waitFor({ timeout: 30_000 });
  await page.getByRole("tab", { name: "Bord" }).waitFor();
}
const editor = (page: Page, name: string | RegExp): ReturnType<Page["getByRole"]> => page.getByRole("textbox", { name, exact: true });
/** Opens a question by its number and writes its answer. */
async function answer(page: Page, number: number, words: string): Promise<void> {
  await toEnd(page, number);
  await page.keyboard.type(words);
  await press(page, "Zet in het dossier");
  await page.getByText("Eerdere versies").waitFor({ timeout: 30_000 });
  await page.locator(".dossier-actions:not([inert])").waitFor();
}

/** Puts what was written in the dossier and waits until the new version stands there. */
async function save(page: Page): Promise<void> {
  const versions = page.locator(".kamer-history > li");
  const before = await versions.count();
  await press(page, "Zet in het dossier");
  await expect.poll(async () => await versions.count(), { timeout: 30_000 }).toBe(before + 1);
  await page.locator(".dossier-actions:not([inert])").waitFor();
}
/** Opens a question and puts the cursor at the end of its answer. */
async function toEnd(page: Page, number: number): Promise<ReturnType<Page["getByRole"]>> {
  await page.getByRole("tab", { name: "Bord" }).click();
  await page
    .locator(".kamer-question")
    .nth(number - 1)
    .click();
  const text = editor(page, `Uw antwoord op vraag ${number}`);
  await text.click();
  await page.keyboard.press("Control+End");
  return text;
}
const evidence = (page: Page): ReturnType<Page["getByRole"]> => page.getByRole("region", { name: "Cijfers met bron" });
/** Searches a published figure and puts it in the text at the cursor. */
async function cite(page: Page, words: string): Promise<void> {
  await evidence(page).getByRole("searchbox", { name: "Zoek een cijfer" }).fill(words);
  await evidence(page)
    .getByRole("button", { name: /^Zet in de tekst/u })
    .first()
    .click();
  await evidence(page).getByText("nog gelijk").first().waitFor();
}

/** A second edition of the demonstration's quarter, as an operator lays it there: one figure says another number, one is not shown any more. */
function publishAgain(changed: string, withdrawn: string): void {
  const root = join(world.data, "publications");
  const list: unknown = JSON.parse(readFileSync(join(root, "cijfers.json"), "utf8"));
  const [folder] = Check(PictureList, list) ? list.publications : [];
  const first: unknown = JSON.parse(readFileSync(join(root, folder ?? "", "publication.json"), "utf8"));
  if (!Check(Picture, first) || folder === undefined) throw new Error("the demonstration publishes no quarter");
  const second: Picture = {
    ...first,
    edition: 2,
    source: { nl: first.source.nl.replace("uitgave 1", "uitgave 2"), en: first.source.en.replace("edition 1", "edition 2") },
    figures: first.figures.map((one) => {
      const tail = one.id.slice(one.id.indexOf("/") + 1);
      if (tail === changed && one.shown !== null) return { ...one, shown: { ...one.shown, value: one.shown.value + 5 } };
      return tail === withdrawn ? { ...one, shown: null, withheld: "protected" } : one;
    }),
  };
  mkdirSync(join(root, pictureFolderOf(second)));
  writeFileSync(join(root, pictureFolderOf(second), "publication.json"), JSON.stringify(second));
  writeFileSync(join(root, "cijfers.json"), JSON.stringify({ version: 1, publications: [pictureFolderOf(second), folder] }));
}

const asked = [
  "Kent u het bericht dat lokale bestuurders vaker worden bedreigd?",
  "Hoeveel veiligheidsscans zijn uitgevoerd?",
  "Hoeveel aanvragen wachten nog?",
  "Welke rol heeft de politie bij doxing?",
  "Hoe wordt aangifte gestimuleerd?",
  "Kunnen raadsleden ook een scan krijgen?",
  "Hoe is de nazorg geregeld?",
  "Wat doet u tegen haatberichten?",
  "Hoe werken gemeente, politie en OM samen?",
  "Kunt u deze vragen apart beantwoorden?",
];
/** Invented. Question 4 stands there twice, as it does in real files, so that a person must mend it. */
const file = [
  "Vragen van de leden Verzonnen (ABC) en Bedacht (XYZ) aan de Minister van Binnenlandse Zaken en Koninkrijksrelaties en de Minister van Justitie en Veiligheid over de veiligheid van lokale bestuurders (ingezonden",
].join("\n");
const dutchMonths = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"];
function fileOf(): string {
  const sent = new Date(Date.now() - 3 * 86_400_000);
  const day = `${sent.getUTCDate()} ${dutchMonths[sent.getUTCMonth()] ?? ""} ${sent.getUTCFullYear()}`;
  const questions = asked.flatMap((words, at) => [`Vraag ${at === 4 ? 4 : at + 1}`, words, ""]);
  return [`2026Z99901`, "", `${file} ${day})`, "", ...questions].join("\n");
}

beforeAll(async () => {
  [world, browser] = await Promise.all([startDemonstration(), openBrowser()]);
  await stageMinistries(world, [...twoMinistries, { organisation: "demo-bzk", function: "minister", name: "Minister Proef-BZK", players: ["onderzoek"] }]);
}, 240_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
});

describe("a set of ten questions to two ministries", { timeout: 240_000 }, () => {
  test("is read, and what the reader could not settle is mended by hand", async () => {
    const page = await enter("bva");
    await goTo(page, "/kamer/inlezen");
    await heading(page, "Vragen inlezen");
    await look(page, "upload-empty");
    const path = join(world.data, "vragen-verzonnen.txt");
    writeFileSync(path, fileOf());
    await page.locator("input[type=file]").first().setInputFiles(path);
    await page.getByText("Twee keer hetzelfde nummer: 4").waitFor();
    await look(page, "upload-mend");
    await press(page, "Nummer opnieuw");
    await page.getByText("Twee keer hetzelfde nummer").waitFor({ state: "detached" });
    await page.getByRole("textbox", { name: "Naam van het ministerie" }).fill("Ministerie van Proef-BZK");
    await page.getByRole("textbox", { name: "Wie tekent, zoals in de brief" }).fill("de minister van Proef-BZK");
    await press(page, "Vergrendel en open het dossier");
    await page.waitForURL(/\/dossier\/[0-9a-f-]{36}$/u, { timeout: 60_000 });
    set = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    await page.getByRole("tab", { name: "Bord" }).waitFor({ timeout: 30_000 });
    expect(await page.locator(".kamer-question").count()).toBe(10);
    await look(page, "board-new");
  });

  test("is divided, and the second ministry is asked to sign along", async () => {
    const page = await openSet("bva");
    await step(page, "Verdeel de vragen", "Vergrendel de verdeling", async (dialog) => {
      await dialog.getByRole("combobox", { name: "Wie schrijft het antwoord?" }).selectOption({ label: "Bas Demo, Kamervragen Proef-BZK" });
    });
    await page.getByRole("tab", { name: "Afstemming en besluit" }).click();
    await step(page, "Ministerie toevoegen", "Voeg toe", async (dialog) => {
      await dialog.getByRole("combobox").selectOption({ label: "Kamervragen Proef-JenV" });
      await dialog.getByRole("textbox", { name: "Naam van het ministerie" }).fill("Ministerie van Proef-JenV");
      await dialog.getByRole("textbox", { name: "Wie mee tekent, zoals in de brief" }).fill("de minister van Proef-JenV");
    });
    await step(page, "Meld uitstel", "Vergrendel het uitstel", async (dialog) => {
      await dialog.getByRole("textbox", { name: "Waarom lukt het niet op tijd?" }).fill("Verzonnen: er is afstemming nodig met de politie.");
    });
    await page.getByText("met uitstel").first().waitFor();
  });

  test("asks facts of the police, who answer late and see nothing else", async () => {
    const page = await openSet("bva", "Bord");
    await page.locator(".kamer-question").nth(3).click();
    await step(page, "Vraag feiten", "Vergrendel en vraag", async (dialog) => {
      await dialog.getByRole("combobox", { name: "Aan welk team?" }).selectOption({ label: "RCCB Demo-politie" });
      await dialog.getByRole("textbox", { name: "Wat wilt u weten?" }).fill("Verzonnen: hoe vaak is aangifte van doxing gedaan?");
      await dialog.getByLabel("Antwoord nodig op").fill(inDays(-1));
    });
    await page.getByText("te laat", { exact: true }).first().waitFor();
    const police = await enter("politie");
    await goTo(police, `/dossier/${set}`);
    await police.getByRole("heading", { name: "U bent om feiten gevraagd" }).waitFor({ timeout: 30_000 });
    expect(await police.getByText(asked[0] ?? "").count()).toBe(0);
    await look(police, "facts-asked");
    await police.getByText("Een antwoord", { exact: true }).click();
    await police.getByRole("textbox", { name: "Uw antwoord" }).fill("Verzonnen: dat is nog niet geteld.");
    await press(police, "Onderteken en verstuur");
    await police.getByText("Gegeven:").waitFor({ timeout: 30_000 });
  });

  test("is drafted in the editor, kept sealed while one types, with a reference and a number without a source marked", async () => {
    const page = await openSet("bva", "Bord");
    await page.locator(".kamer-question").nth(0).click();
    const text = editor(page, "Uw antwoord op vraag 1");
    await text.click();
    await page.keyboard.press("Control+b");
    await page.keyboard.type("Ja.");
    await page.keyboard.press("Control+b");
    await page.keyboard.type(" Dat bericht ken ik.");
    await page.getByText("Vergrendeld bewaard op dit apparaat").waitFor();
    // Escape leaves the text for its buttons; nobody is caught in it.
    await page.keyboard.press("Escape");
    expect(await page.evaluate(() => document.activeElement?.closest("[role=toolbar]") !== null)).toBe(true);
    await page.getByRole("button", { name: "Verwijzing", exact: true }).click();
    await page.getByRole("combobox", { name: "Naar het antwoord op welke vraag?" }).selectOption("9");
    await press(page, "Invoegen");
    expect(await text.textContent()).toContain("antwoord op vraag 9");
    await look(page, "question-editor");
    // Left without handing it over: it is there again.
    await page.getByRole("tab", { name: "Bord" }).click();
    await page.locator(".kamer-question").nth(0).click();
    await page.getByText("U schreef hier eerder aan").waitFor();
    expect(await text.textContent()).toContain("Ja. Dat bericht ken ik.");
    await press(page, "Zet in het dossier");
    await page.getByText("Eerdere versies").waitFor({ timeout: 30_000 });
    await page.locator(".dossier-actions:not([inert])").waitFor();
    await answer(page, 2, "Er zijn 440 scans bij bestuurders uitgevoerd.");
    await page.getByText("“440” verwijst naar geen bron").waitFor();
    for (let number = 3; number <= 10; number++) await answer(page, number, `Verzonnen antwoord op deze vraag, letter ${"abcdefghij".charAt(number - 1)}.`);
    await page.getByRole("tab", { name: "Bord" }).click();
    expect(await page.locator(".kamer-board").getByText("concept", { exact: true }).count()).toBe(10);
    await look(page, "board-drafted");
  });

  test("cites a published figure with all that belongs to it, and marks numbers without a source and answers that contradict", async () => {
    const page = await openSet("bva", "Bord");
    const third = await toEnd(page, 3);
    await cite(page, "meldingen kwamen binnen");
    expect(await third.locator(".draft-figure").count()).toBe(1);
    const words = (await evidence(page).textContent()) ?? "";
    for (const part of ["Telling over", "n = ", "Marge", "Periode", "Rugdekking, ", "uitgave 1 (verzonnen)", "Blijvend adres"]) expect(words).toContain(part);
    const address = await evidence(page).getByRole("link", { name: "Blijvend adres" }).first().getAttribute("href");
    expect(address).toMatch(/^\/cijfers\/landelijk-\d{4}-k\d\/reports\/alle$/u);
    expect((await page.request.get(`${world.url}/api/v1/open-data/figures/${(address ?? "").slice("/cijfers/".length)}`)).status()).toBe(200);
    await look(page, "figure-cited");
    await save(page);
    await toEnd(page, 5);
    await cite(page, "aangifte");
    await save(page);
    await evidence(page).getByText("nog gelijk").waitFor();
    // What was typed is looked at before it is put in the dossier.
    const last = await toEnd(page, 10);
    await page.keyboard.type(" Er zijn 450 scans bij bestuurders uitgevoerd.");
    await evidence(page).getByText("“450” verwijst naar geen bron").waitFor();
    await evidence(page)
      .getByText(/noemt 440/u)
      .waitFor();
    await last.locator(".draft-mark[data-kind=against]").first().waitFor();
    await look(page, "figure-marked");
    await press(page, "Gooi mijn wijzigingen weg");
    await expect.poll(async () => await editor(page, "Uw antwoord op vraag 10").textContent(), { timeout: 20_000 }).not.toContain("450");
  });

  test("says which figure was changed and which was withdrawn, and takes the new one over", async () => {
    const before = await openSet("bva", "Bord");
    await toEnd(before, 5);
    const withdrawn = await evidence(before).getByRole("link", { name: "Blijvend adres" }).first().getAttribute("href");
    publishAgain("reports/alle", (withdrawn ?? "").split("/").slice(-2).join("/"));
    await before.waitForTimeout(1_200);
    const page = await openSet("bva", "Afstemming en besluit");
    const standing = page.getByRole("region", { name: "Cijfers die niet meer zo gepubliceerd zijn" });
    await standing.getByText("veranderd").waitFor();
    await standing.getByText("ingetrokken").waitFor();
    const third = await toEnd(page, 3);
    await evidence(page).getByText("veranderd").waitFor();
    await third.locator(".draft-figure[data-state=changed]").waitFor();
    await look(page, "figure-changed");
    await evidence(page)
      .getByRole("button", { name: /^Neem het nieuwe cijfer over/u })
      .click();
    await evidence(page).getByText("nog gelijk").waitFor();
    expect(await evidence(page).textContent()).toContain("uitgave 2 (verzonnen)");
    await save(page);
    const fifth = await toEnd(page, 5);
    await evidence(page).getByText("ingetrokken").waitFor();
    await fifth.locator(".draft-figure[data-state=withdrawn]").waitFor();
    await look(page, "figure-withdrawn");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("Verzonnen antwoord zonder cijfer.");
    await save(page);
    await page.getByRole("tab", { name: "Afstemming en besluit" }).click();
    await page.getByRole("heading", { name: "Parafen" }).waitFor();
    await expect.poll(async () => await standing.count()).toBe(0);
  });

  test("has a decision note of three parts", async () => {
    const page = await openSet("bva", "Beslisnota");
    for (const part of ["Aanleiding", "Geadviseerd besluit", "Kern"]) {
      await editor(page, part).click();
      await page.keyboard.type(`Verzonnen woorden over ${part.toLowerCase()}.${part === "Kern" ? " Beau Demo weet hier meer van." : ""}`);
    }
    await look(page, "note");
    await press(page, "Zet de nota in het dossier");
    await page.getByText("Verzonnen woorden over kern.").first().waitFor();
    await page.locator(".dossier-actions[inert]").waitFor({ state: "detached" });
    await page.locator(".dossier-actions:not([inert])").waitFor();
    await page.getByRole("tab", { name: "Voorbeeld" }).click();
    await page.getByRole("region", { name: "Antwoordbrief" }).waitFor();
    await look(page, "preview");
    const [download] = await Promise.all([page.waitForEvent("download"), press(page, "Antwoordbrief: Word")]);
    expect(download.suggestedFilename()).toBe("antwoordbrief.docx");
  });

  test("meets an objection, which lapses when the answer is changed", async () => {
    const lead = await openSet("bva", "Afstemming en besluit");
    await look(lead, "road");
    await step(lead, "Leg voor aan de andere ministeries", "Leg voor aan de andere ministeries");
    const other = await openSet("om", "Afstemming en besluit");
    await step(other, "Geef uw oordeel", "Onderteken uw oordeel", async (dialog) => {
      await dialog.getByText("bezwaar", { exact: true }).click();
      await dialog.getByRole("combobox").selectOption({ label: "Vraag 4" });
      await dialog.getByRole("textbox", { name: "Waarom?" }).fill("Verzonnen: het antwoord noemt de politie niet.");
    });
    await openSet("bva", "Afstemming en besluit");
    expect(await lead.getByRole("button", { name: "Vraag de parafen" }).getAttribute("aria-disabled")).toBe("true");
    await look(lead, "objection");
    await answer(lead, 4, " De politie neemt elke aangifte op.");
    await lead.getByRole("tab", { name: "Afstemming en besluit" }).click();
    await lead.getByText("vervallen: er is daarna geschreven").waitFor();
    await openSet("om", "Afstemming en besluit");
    await step(other, "Geef uw oordeel", "Onderteken uw oordeel", async (dialog) => {
      await dialog.getByText("akkoord", { exact: true }).click();
    });
  });

  test("is initialled by another than who wrote it, presented, and returned by the minister with a reason", async () => {
    const lead = await openSet("bva", "Afstemming en besluit");
    await step(lead, "Vraag de parafen", "Vraag de parafen");
    const second = await openSet("bva-tweede", "Afstemming en besluit");
    await step(second, "Zet uw paraaf", "Zet uw paraaf");
    await step(second, "Leg voor aan de bewindspersoon", "Vergrendel en leg voor", async (dialog) => {
      await dialog.getByRole("combobox").selectOption({ label: "Minister Proef-BZK" });
    });
    const minister = await openSet("onderzoek", "Afstemming en besluit");
    await look(minister, "decision");
    await step(minister, "Geef terug", "Geef terug met deze reden", async (dialog) => {
      await dialog.getByRole("textbox").fill("Verzonnen: noem ook de nazorg bij vraag 7.");
    });
  });

  test("is written anew, goes the road again, and is agreed and signed over the files", async () => {
    const lead = await openSet("bva", "Bord");
    await step(lead, "Verdeel de vragen", "Vergrendel de verdeling", async (dialog) => {
      await dialog.getByText("Vraag 7", { exact: true }).click();
      await dialog.getByRole("combobox", { name: "Wie schrijft het antwoord?" }).selectOption({ label: "Bas Demo, Kamervragen Proef-BZK" });
    });
    await answer(lead, 7, " Er is nazorg.");
    await lead.getByRole("tab", { name: "Afstemming en besluit" }).click();
    await step(lead, "Leg voor aan de andere ministeries", "Leg voor aan de andere ministeries");
    const other = await openSet("om", "Afstemming en besluit");
    await step(other, "Geef uw oordeel", "Onderteken uw oordeel", async (dialog) => {
      await dialog.getByText("akkoord", { exact: true }).click();
    });
    await openSet("bva", "Afstemming en besluit");
    await step(lead, "Vraag de parafen", "Vraag de parafen");
    const second = await openSet("bva-tweede", "Afstemming en besluit");
    await step(second, "Zet uw paraaf", "Zet uw paraaf");
    await step(second, "Leg voor aan de bewindspersoon", "Vergrendel en leg voor", async (dialog) => {
      await dialog.getByRole("combobox").selectOption({ label: "Minister Proef-BZK" });
    });
    const minister = await openSet("onderzoek", "Afstemming en besluit");
    await step(minister, "Akkoord", "Onderteken uw akkoord");
    await step(minister, "Onderteken brief en nota", "Onderteken en vergrendel", async (dialog) => {
      await dialog.getByRole("button", { name: "Maak brief en nota" }).click();
      await dialog.getByText("Bekijk beide").waitFor({ timeout: 120_000 });
    });
  });

  test("is sent and published, checked by a second pair of eyes, and leaves the list of what is due", async () => {
    const lead = await openSet("bva", "Afstemming en besluit");
    await step(lead, "Meld de verzending", "Vergrendel de verzending", async (dialog) => {
      await dialog.getByRole("textbox", { name: "Kenmerk" }).fill("2026-0000000001");
    });
    // Nobody publishes what no second pair of eyes made public.
    expect(await lead.getByRole("button", { name: "Publiceer", exact: true }).getAttribute("aria-disabled")).toBe("true");
    const second = await openSet("bva-tweede", "Afstemming en besluit");
    await step(second, "Maak de openbare versie", "Onderteken de openbare versie", async (dialog) => {
      await dialog.getByRole("heading", { name: "Dit wordt openbaar" }).waitFor({ timeout: 60_000 });
      await dialog.getByRole("group", { name: "Dit lijkt op een naam, mailadres of nummer" }).getByText("Beau Demo", { exact: true }).waitFor();
      await dialog.getByRole("group", { name: "Welke delen blijven binnen?" }).getByText("Aanleiding", { exact: true }).click();
      await dialog.getByRole("combobox", { name: "Op welke grond blijft Aanleiding binnen?" }).selectOption({ label: "Persoonlijke beleidsopvattingen" });
      await dialog.getByText("Deel van de nota: Aanleiding").waitFor();
      const goesOut = (await dialog.getByRole("group", { name: "Openbare nota" }).textContent()) ?? "";
      expect(goesOut).toContain("[weggelaten: 5.1.2.e Woo] weet hier meer van.");
      expect(goesOut).not.toMatch(/Beau|woorden over aanleiding/u);
      await look(second, "public-version");
    });
    await openSet("bva", "Afstemming en besluit");
    await step(lead, "Publiceer", "Vergrendel de publicatie", async (dialog) => {
      await dialog.getByText("Nagekeken door Beau Demo").waitFor({ timeout: 60_000 });
      await dialog.getByText("Deel van de nota: Aanleiding").waitFor();
      for (const [button, name] of [
        ["Openbare nota: Word (docx)", "beslisnota-openbaar.docx"],
        ["Openbare nota: LibreOffice (odt)", "beslisnota-openbaar.odt"],
      ] as const) {
        const [download] = await Promise.all([lead.waitForEvent("download"), dialog.getByRole("button", { name: button }).click()]);
        expect(download.suggestedFilename()).toBe(name);
        if (pictures !== undefined) await download.saveAs(join(pictures, name));
      }
      await dialog.getByRole("button", { name: "Maak de pdf: Openbare nota" }).click();
      await dialog.getByRole("link", { name: /^Open de pdf: Openbare nota/u }).waitFor({ timeout: 120_000 });
      await dialog.getByRole("textbox", { name: "Adres van de brief (https)" }).fill("https://open.example.nl/brief");
      await dialog.getByRole("textbox", { name: "Adres van de beslisnota (https)" }).fill("https://open.example.nl/nota");
      await dialog.getByRole("textbox", { name: /^Adres van uw ministerie in TOOI/u }).fill("https://identifier.overheid.nl/tooi/id/ministerie/mnre0000");
      await dialog.getByText("Publicatiegegevens voor open.overheid.nl").last().click();
      const record = (await dialog.locator(".kamer-record").textContent()) ?? "";
      for (const part of ['"kind": "antwoord Kamervragen"', '"kind": "beslisnota"', '"2026-0000000001"', "Vergaderstukken Staten-Generaal"])
        expect(record).toContain(part);
      await look(lead, "publish");
    });
    await lead.getByText("Verstuurd en gepubliceerd.").first().waitFor();
    await look(lead, "published");
    await goTo(lead, "/kamer");
    await heading(lead, "Kamervragen");
    await lead.getByRole("heading", { name: "Verstuurd of ingetrokken" }).waitFor();
    await look(lead, "list");
  });
});
