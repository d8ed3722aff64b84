/**
 * Journey: a set of ten questions (invented) to two ministries goes from file to published in one sitting, by the people who do it, each in a browser of their own: read and mended, divided, drafted in the editor,
 * facts asked and late, an objection of the second ministry, initials by another than the writer, returned by the minister with a reason, redrafted, agreed, signed over the files the browser made, sent, published,
 * with a postponement told on the way. Every page is asked to axe, at 360 px and wide. With `PICTURES=<folder>` every page is kept as a picture.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signKeyPair } from "@rugdekking/seal";
import { Connection, createDesk, memoryTrustStore, Trust } from "#services/directory/client/index.ts";
import type { DeskFunction } from "#services/directory/contract/index.ts";
import { desktop, openBrowser, phone, visit, type Visitor } from "./browser.ts";
import { lookFor } from "./look.ts";
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
  await dialog.waitFor({ state: "detached", timeout: 60_000 });
  await page.locator(".dossier-actions:not([inert])").waitFor({ timeout: 30_000 });
  await page.getByRole("tab", { name: "Bord" }).waitFor();
}
const editor = (page: Page, name: string | RegExp): ReturnType<Page["getByRole"]> => page.getByRole("textbox", { name, exact: true });
/** Opens a question by its number and writes its answer. */
async function answer(page: Page, number: number, words: string): Promise<void> {
  await page.getByRole("tab", { name: "Bord" }).click();
  await page
    .locator(".kamer-question")
    .nth(number - 1)
    .click();
  const text = editor(page, `Uw antwoord op vraag ${number}`);
  await text.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(words);
  await press(page, "Zet in het dossier");
  await page.getByText("Eerdere versies").waitFor({ timeout: 30_000 });
  await page.locator(".dossier-actions:not([inert])").waitFor();
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
  const trust = new Trust(new Connection({ base: world.url, cookies: "own" }), memoryTrustStore());
  const registrar = await signKeyPair(new Uint8Array(Buffer.from(world.file.registrar.seed, "base64url")));
  const desk = async (organisation: string, kind: DeskFunction, name: string, players: readonly string[]): Promise<void> => {
    const members = players.map((player, at) => {
      const person = world.file.persons.find(({ key }) => key === player);
      if (person === undefined || person.person === null) throw new Error(`the demonstration has no player ${player}`);
      return { person: person.person, name: person.name, office: person.office, lead: at === 0 };
    });
    await createDesk(trust, { registrar, organisation, name, function: kind, members });
  };
  await desk("demo-bzk", "parliament", "Kamervragen Proef-BZK", ["bva", "bva-tweede"]);
  await desk("demo-om", "parliament", "Kamervragen Proef-JenV", ["om"]);
  await desk("demo-bzk", "minister", "Minister Proef-BZK", ["onderzoek"]);
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
    await answer(page, 2, "Er zijn 440 scans uitgevoerd.");
    await page.getByText("“440” verwijst naar geen bron").waitFor();
    for (let number = 3; number <= 10; number++) await answer(page, number, `Verzonnen antwoord op deze vraag, letter ${"abcdefghij".charAt(number - 1)}.`);
    await page.getByRole("tab", { name: "Bord" }).click();
    expect(await page.locator(".kamer-board").getByText("concept", { exact: true }).count()).toBe(10);
    await look(page, "board-drafted");
  });

  test("has a decision note of three parts", async () => {
    const page = await openSet("bva", "Beslisnota");
    for (const part of ["Aanleiding", "Geadviseerd besluit", "Kern"]) {
      await editor(page, part).click();
      await page.keyboard.type(`Verzonnen woorden over ${part.toLowerCase()}.`);
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
    await step(lead, "Meld de publicatie", "Vergrendel de publicatie", async (dialog) => {
      await dialog.getByRole("textbox", { name: "Adres van de brief (https)" }).fill("https://open.example.nl/brief");
      await dialog.getByRole("textbox", { name: "Adres van de beslisnota (https)" }).fill("https://open.example.nl/nota");
      await dialog.getByRole("combobox").selectOption({ label: "Beau Demo" });
    });
    await lead.getByText("Verstuurd en gepubliceerd.").first().waitFor();
    await look(lead, "published");
    await goTo(lead, "/kamer");
    await heading(lead, "Kamervragen");
    await lead.getByRole("heading", { name: "Verstuurd of ingetrokken" }).waitFor();
    await look(lead, "list");
  });
});
