/**
 * Journey: what a desk does around a set of questions (invented) besides walking its road. Files as they come: two sets in one, a scan, numbers missing and twice, a line that belongs nowhere; a set mended, talked
 * about and withdrawn; two people in one draft, each in a browser of their own; earlier answers beside a draft; agreement with changes by a ministry that sees its part; the history of answer and note.
 * Every page is asked to axe at 360 px, at half a desktop (200 % zoom) and on a desktop, where nothing may scroll sideways. With `PICTURES=<folder>` every page is kept as a picture.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { desktop, openBrowser, phone, visit, type Visitor } from "./browser.ts";
import { lookFor } from "./look.ts";
import { stageMinistries, twoMinistries } from "./ministries.ts";
import { become, goTo, heading } from "./walk-report.ts";
import { startDemonstration, type Demonstration } from "./world.ts";

/** A desktop at 200 %: half as many pixels of CSS each way. */
const zoomed = { width: desktop.width / 2, height: desktop.height / 2 };
const lookNow = lookFor("kamer-desk-");
/** Looks at a page in every size, and leaves it as wide as it was. */
async function look(page: Page, name: string): Promise<void> {
  for (const size of [phone, zoomed, desktop]) {
    await page.setViewportSize(size);
    await lookNow(page, `${name}-${size.width}`);
  }
}

let world: Demonstration;
let browser: Browser;
const people = new Map<string, Visitor>();
let set = "";

async function enter(player: string): Promise<Page> {
  const known = people.get(player);
  if (known !== undefined) return known.page;
  const visitor = await visit(browser, world.url, desktop);
  people.set(player, visitor);
  await become(visitor.page, world, player);
  return visitor.page;
}
/** Opens the set anew, as whoever comes back to it does. */
async function openSet(player: string, tab?: string): Promise<Page> {
  const page = await enter(player);
  await goTo(page, "/kamer");
  await heading(page, "Kamervragen");
  await goTo(page, `/dossier/${set}`);
  await page.getByRole("tab", { name: "Bord" }).waitFor({ timeout: 30_000 });
  if (tab !== undefined) await page.getByRole("tab", { name: tab, exact: true }).click();
  return page;
}
const press = async (page: Page, name: string | RegExp): Promise<void> => await page.getByRole("button", { name }).first().click();
/** Sends, and waits until it is in the dossier and the page was drawn anew from it: what is worked in is another element then. */
async function send(page: Page, name: string | RegExp, within: Pick<Page, "getByRole"> = page): Promise<void> {
  await page
    .locator(".dossier-actions > *")
    .first()
    .evaluate((element) => element.setAttribute("data-before", ""));
  await within
    .getByRole("button", { name, exact: typeof name === "string" })
    .first()
    .click();
  await page.locator("[data-before]").waitFor({ state: "detached", timeout: 60_000 });
  await drawn(page);
}
async function drawn(page: Page): Promise<void> {
  await page.locator(".dossier-actions[inert]").waitFor({ state: "detached", timeout: 30_000 });
  await page.locator(".dossier-actions:not([inert])").waitFor({ timeout: 30_000 });
  await page.getByRole("tab", { name: "Bord" }).waitFor();
}
async function step(page: Page, name: string, go: string, fill: (dialog: Locator) => Promise<void> = async () => undefined): Promise<void> {
  await page.getByRole("button", { name, exact: true }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  await fill(dialog);
  await send(page, go, dialog);
  await dialog.waitFor({ state: "detached" });
}
const editor = (page: Page, name: string): Locator => page.getByRole("textbox", { name, exact: true });
async function openQuestion(page: Page, number: number): Promise<Locator> {
  await page.getByRole("tab", { name: "Bord" }).click();
  await page.locator(".kamer-question", { has: page.locator(".kamer-number", { hasText: new RegExp(`^${number}$`, "u") }) }).click();
  const text = editor(page, `Uw antwoord op vraag ${number}`);
  await text.waitFor();
  return text;
}
async function type(page: Page, text: Locator, words: string): Promise<void> {
  await text.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(words);
}
async function save(page: Page): Promise<void> {
  await send(page, "Zet in het dossier");
}
const sample = (name: string): string => fileURLToPath(new URL(`../../services/parliament/reading/samples/${name}`, import.meta.url));
async function read(page: Page, path: string): Promise<void> {
  await goTo(page, "/kamer");
  await heading(page, "Kamervragen");
  await goTo(page, "/kamer/inlezen");
  await heading(page, "Vragen inlezen");
  await page.locator("input[type=file]").first().setInputFiles(path);
}

beforeAll(async () => {
  [world, browser] = await Promise.all([startDemonstration(), openBrowser()]);
  await stageMinistries(world, twoMinistries);
}, 240_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
});

describe("files as they come", { timeout: 180_000 }, () => {
  test("two sets in one file: both are kept, and a person chooses", async () => {
    const page = await enter("bva");
    await read(page, sample("twee-sets.txt"));
    await page.getByText("2 sets in dit bestand").waitFor();
    const choice = page.getByRole("combobox", { name: "Alles blijft bewaard. Met welke set gaat u nu werken?" });
    await choice.selectOption({ label: "2026Z99904: 1 vraag" });
    expect(await page.getByRole("textbox", { name: "Zaaknummer" }).inputValue()).toBe("2026Z99904");
    expect(await choice.inputValue()).toBe("1");
    expect(await page.getByRole("textbox", { name: "Tekst van vraag 1" }).inputValue()).toBe("Hoeveel aangiften zijn gedaan?");
    await look(page, "two-sets");
  });

  test("a scan without text is said to be one, and can be typed over by hand", async () => {
    const page = await enter("bva");
    await read(page, sample("gescand.pdf"));
    await page.getByText("Dit is een scan: beelden zonder tekst.").waitFor({ timeout: 30_000 });
    await look(page, "scan");
    await press(page, "Typ de vragen zelf over");
    await page.getByRole("textbox", { name: "Tekst van vraag 1" }).fill("Verzonnen: staat dit op de scan?");
    await page.getByText("Vul de dag in waarop de vragen zijn ingezonden.").waitFor();
  });

  test("numbers missing and twice, an empty question and a line between them are mended, and the clock is told what a recess does", async () => {
    const page = await enter("bva");
    await read(page, sample("nummers.txt"));
    await page.getByText("Twee keer hetzelfde nummer: 3").waitFor();
    await page.getByText("Deze nummers ontbreken: 2, 4").waitFor();
    await page.getByText("Zonder tekst: vraag 5").waitFor();
    await look(page, "numbers");
    await press(page, "Nummer opnieuw");
    await page.getByRole("textbox", { name: "Tekst van vraag 4" }).fill("Verzonnen: wilt u dit apart beantwoorden?");
    await page.getByRole("combobox", { name: "Regel 3 hoort bij" }).selectOption({ label: "Vraag 1" });
    await page.getByRole("textbox", { name: "Naam van het ministerie" }).fill("Ministerie van Proef-BZK");
    await page.getByRole("textbox", { name: "Wie tekent, zoals in de brief" }).fill("de minister van Proef-BZK");
    await page.getByText("De laatste dag schuift naar de eerste werkdag erna", { exact: true }).click();
    await look(page, "mended");
    await press(page, "Vergrendel en open het dossier");
    await page.waitForURL(/\/dossier\/[0-9a-f-]{36}$/u, { timeout: 60_000 });
    set = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    await page.getByRole("tab", { name: "Bord" }).waitFor({ timeout: 30_000 });
    expect(await page.locator(".kamer-question").count()).toBe(4);
    await page.locator(".kamer-board").getByText("Iemand schreef hier een regel tussen.").waitFor();
  });
});

describe("a set that is open", { timeout: 180_000 }, () => {
  test("is mended by hand with the keyboard alone, and everyone sees it", async () => {
    const page = await openSet("bva");
    await page.getByRole("tab", { name: "Bord" }).focus();
    await page.keyboard.press("ArrowLeft");
    await page.getByRole("heading", { name: "Over deze set" }).waitFor();
    await page.getByText("De laatste dag schuift naar de eerste werkdag erna").waitFor();
    await look(page, "whole");
    await page.getByRole("button", { name: "Herstel de set" }).focus();
    await page.keyboard.press("Enter");
    const words = page.getByRole("textbox", { name: "Tekst van vraag 2" });
    await words.focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("Verzonnen: wat doet u er nu aan?");
    await page.getByLabel("Ingezonden op").fill("2026-04-02");
    await page.getByRole("textbox", { name: "Wie vragen" }).fill("De Waard (Lijst Duinrand)\nBedacht (XYZ)");
    await page.getByRole("textbox", { name: "Aan wie" }).fill("Minister van Proef-BZK\nMinister van Proef-JenV");
    await page.getByRole("textbox", { name: "Waarom herstelt u dit?" }).fill("Verzonnen: zoals de Griffie het stuurde.");
    await look(page, "mend-open");
    await page.getByRole("button", { name: "Vergrendel wat u herstelde" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Over deze set" }).waitFor({ timeout: 30_000 });
    await page.locator("dd").getByText("De Waard (Lijst Duinrand), Bedacht (XYZ)").waitFor();
    await page.locator("dd").getByText("2 april 2026").waitFor();
    await page.getByRole("tab", { name: "Bord" }).click();
    await page.locator(".kamer-board").getByText("Verzonnen: wat doet u er nu aan?").waitFor();
  });

  test("says when nothing was mended", async () => {
    const page = await openSet("bva", "De set");
    await press(page, "Herstel de set");
    await press(page, "Vergrendel wat u herstelde");
    await page.getByText("U hebt niets veranderd.").waitFor();
    await press(page, "Herstel niets");
    await page.getByRole("heading", { name: "Over deze set" }).waitFor();
  });

  test("is divided between two ministries, and the second sees its part first", async () => {
    const page = await openSet("bva", "Afstemming en besluit");
    await step(page, "Ministerie toevoegen", "Voeg toe", async (dialog) => {
      await dialog.getByRole("combobox").selectOption({ label: "Kamervragen Proef-JenV" });
      await dialog.getByRole("textbox", { name: "Naam van het ministerie" }).fill("Ministerie van Proef-JenV");
      await dialog.getByRole("textbox", { name: "Wie mee tekent, zoals in de brief" }).fill("de minister van Proef-JenV");
    });
    await page.getByRole("tab", { name: "Bord" }).click();
    for (const [who, without] of [
      ["Bas Demo, Kamervragen Proef-BZK", ["Vraag 3"]],
      ["Kamervragen Proef-JenV", []],
    ] as const)
      await step(page, "Verdeel de vragen", "Vergrendel de verdeling", async (dialog) => {
        // What nobody has yet is chosen already.
        for (const question of without) await dialog.getByText(question, { exact: true }).click();
        const choice = dialog.getByRole("combobox", { name: "Wie schrijft het antwoord?" });
        // Who may be chosen is read from the rosters first.
        const option = choice.locator("option").filter({ hasText: who }).first();
        await option.waitFor({ state: "attached" });
        await choice.selectOption({ label: (await option.innerText()).trim() });
      });
    const other = await openSet("om");
    await other.getByRole("heading", { name: "Uw deel" }).waitFor();
    expect(await other.locator(".kamer-board").first().locator(".kamer-question").count()).toBe(1);
    await other.locator(".kamer-board").first().getByText("Wanneer is het antwoord").waitFor();
    await look(other, "own-part");
  });

  test("is talked about: a message to all, a remark on the whole, a reply, and done", async () => {
    const page = await openSet("bva", "De set");
    await page.getByText("Dit lezen: Ministerie van Proef-BZK en Ministerie van Proef-JenV.").waitFor();
    await page.getByRole("textbox", { name: "Uw bericht" }).fill("Verzonnen: wij beginnen maandag.");
    await send(page, "Vergrendel en verstuur");
    await page.locator(".kamer-comments").getByText("Verzonnen: wij beginnen maandag.").waitFor();
    const other = await openSet("om", "De set");
    await other.locator(".kamer-comments").getByText("Verzonnen: wij beginnen maandag.").waitFor();
    await other.getByRole("textbox", { name: "Uw opmerking" }).fill("Verzonnen: noem de politie overal gelijk.");
    await send(other, "Plaats de opmerking");
    await other.getByRole("button", { name: "Antwoord: Verzonnen: noem de politie overal gelijk." }).waitFor();
    await openSet("bva", "De set");
    await press(page, "Antwoord: Verzonnen: noem de politie");
    await page.getByRole("textbox", { name: "Uw antwoord op de opmerking" }).fill("Verzonnen: doen wij.");
    await send(page, "Plaats het antwoord");
    await page.locator(".kamer-comments").getByText("Verzonnen: doen wij.").waitFor();
    await look(page, "talk");
    await send(page, /^Afgehandeld: Verzonnen: noem de politie/u);
    await page.locator(".kamer-comments").getByText("(afgehandeld)").waitFor();
  });
});

describe("one draft", { timeout: 180_000 }, () => {
  test("by two people at once, in two browsers, keeps every word of both", async () => {
    const first = await openSet("bva");
    const second = await openSet("bva-tweede");
    const [one, two] = [await openQuestion(first, 1), await openQuestion(second, 1)];
    await type(first, one, "Verzonnen eerste woorden van Bas.");
    await type(second, two, "Verzonnen tweede woorden van Beau.");
    await save(first);
    await save(second);
    await second.getByText("samen te voegen").first().waitFor();
    await openSet("bva");
    const merged = await openQuestion(first, 1);
    await first.getByText("Er is tegelijk geschreven.").waitFor();
    const words = (await merged.textContent()) ?? "";
    for (const wrote of ["Verzonnen eerste woorden van Bas.", "Verzonnen tweede woorden van Beau."]) expect(words).toContain(wrote);
    await look(first, "merge");
    await save(first);
    expect(await first.getByText("samen te voegen").count()).toBe(0);
    await openSet("bva-tweede");
    expect(await (await openQuestion(second, 1)).textContent()).toBe(words);
  });

  test("shows its versions and what each changed, and what was typed can be thrown away", async () => {
    const page = await openSet("bva");
    const text = await openQuestion(page, 1);
    await type(page, text, " Dat zijn er 45.");
    await page.getByText("Vergrendeld bewaard op dit apparaat").waitFor();
    await press(page, "Gooi mijn wijzigingen weg");
    await expect.poll(async () => await editor(page, "Uw antwoord op vraag 1").textContent()).not.toContain("45");
    await type(page, editor(page, "Uw antwoord op vraag 1"), " Dat zijn er 46.");
    await save(page);
    await page.getByText("Eerdere versies").click();
    await page.locator(".kamer-history > li summary").first().click();
    await page.locator(".kamer-history > li").first().getByText("Wat er veranderde").click();
    await page.locator(".kamer-history ins").getByText("46").first().waitFor();
    await look(page, "history");
  });

  test("stands beside earlier answers, found on this device, with the differences", async () => {
    const path = join(world.data, "eerder.jsonl");
    const lines = [
      { id: "2024Z99901", question: "Hoe vaak zijn dijkgraven bedreigd?", answer: "Verzonnen eerste woorden van Bas. Dat zijn er 31." },
      { id: "2024Z99902", question: "Hoeveel bomen staan er langs de dijk?", answer: "Verzonnen: dat weten wij niet." },
    ];
    await writeFile(path, lines.map((line) => JSON.stringify(line)).join("\n"));
    const page = await openSet("bva");
    await openQuestion(page, 1);
    const wrong = join(world.data, "geen-archief.jsonl");
    await writeFile(wrong, "geen regel van een archief\n");
    const file = page
      .locator("section", { has: page.getByRole("heading", { name: "Eerdere antwoorden" }) })
      .locator("input[type=file]")
      .last();
    await file.setInputFiles(wrong);
    await page.getByText("Dit bestand is geen archief.").waitFor();
    await file.setInputFiles(path);
    await page.getByText("2 eerdere antwoorden ingelezen").waitFor();
    await page.getByText("2024Z99901").first().waitFor();
    await page.getByText("Vergelijk met uw concept").first().click();
    await page.getByText("Andere getallen: eerst 31, nu 46.").waitFor();
    await look(page, "earlier");
  });
});

describe("the note", { timeout: 180_000 }, () => {
  test("has remarks on its parts, a history, and lets go of what was typed", async () => {
    const page = await openSet("bva", "Beslisnota");
    for (const part of ["Aanleiding", "Geadviseerd besluit", "Kern"]) await type(page, editor(page, part), `Verzonnen woorden over ${part.toLowerCase()}.`);
    await send(page, "Zet de nota in het dossier");
    await page.getByRole("heading", { name: "Opmerkingen bij de nota" }).waitFor();
    await page.getByRole("combobox", { name: "Bij welk deel?" }).selectOption({ label: "Kern" });
    await page.getByRole("textbox", { name: "Uw opmerking" }).fill("Verzonnen: de kern mag korter.");
    await send(page, "Plaats de opmerking");
    await page.locator(".kamer-comments").getByText("Verzonnen: de kern mag korter.").waitFor();
    await type(page, editor(page, "Aanleiding"), " Dit gaat weer weg.");
    await press(page, "Gooi mijn wijzigingen weg: Aanleiding");
    await expect.poll(async () => await editor(page, "Aanleiding").textContent()).not.toContain("weer weg");
    await type(page, editor(page, "Kern"), " En korter.");
    await send(page, "Zet de nota in het dossier");
    await page.getByText("Eerdere versies: Kern").click();
    await page.locator(".kamer-history > li summary:visible").first().click();
    await page.getByText("Wat er veranderde").locator("visible=true").first().click();
    await page.locator(".kamer-history ins").getByText("korter").locator("visible=true").first().waitFor();
    await look(page, "note");
  });

  test("and the letter go out as files for LibreOffice", async () => {
    const page = await openSet("bva", "Voorbeeld");
    for (const [name, file] of [
      ["Antwoordbrief: LibreOffice", "antwoordbrief.odt"],
      ["Beslisnota: LibreOffice", "beslisnota.odt"],
    ] as const) {
      const [download] = await Promise.all([page.waitForEvent("download"), press(page, name)]);
      expect(download.suggestedFilename()).toBe(file);
      const bytes = await readFile(await download.path());
      // The first file of an ODT is its type, as it stands: offices tell it by that.
      expect(bytes.subarray(30, 77).toString("latin1")).toBe("mimetypeapplication/vnd.oasis.opendocument.text");
    }
  });
});

describe("agreement with changes", { timeout: 180_000 }, () => {
  test("names each change with its question; the lead ministry opens it from there and writes", async () => {
    const lead = await openSet("bva");
    for (const number of [2, 4]) {
      await type(lead, await openQuestion(lead, number), `Verzonnen antwoord, letter ${"abcd".charAt(number - 1)}.`);
      await save(lead);
    }
    const other = await openSet("om");
    await type(other, await openQuestion(other, 3), "Verzonnen: het antwoord van de andere minister.");
    await save(other);
    await openSet("bva", "Afstemming en besluit");
    await step(lead, "Leg voor aan de andere ministeries", "Leg voor aan de andere ministeries");
    await openSet("om", "Bord");
    // Who wrote the newest answer cannot judge it themselves; the lead ministry writes the last word here.
    await type(lead, await openQuestion(lead, 3), " Nagelezen.");
    await save(lead);
    await openSet("om", "Bord");
    await other.getByText("Uw oordeel over de hele set is gevraagd.").waitFor();
    await look(other, "verdict-asked");
    await press(other, "Naar uw oordeel");
    await step(other, "Geef uw oordeel", "Onderteken uw oordeel", async (dialog) => {
      await dialog.getByText("akkoord met wijziging", { exact: true }).click();
      await dialog.getByRole("button", { name: "Onderteken uw oordeel" }).click();
      await dialog.getByText("Kies een vraag en schrijf wat er anders moet.").waitFor();
      await dialog.getByRole("button", { name: "Nog een wijziging" }).click();
      for (const [at, question, words] of [
        [0, "Vraag 1", "Verzonnen: noem de politie."],
        [1, "Vraag 2", "Verzonnen: noem de wet."],
      ] as const) {
        await dialog.getByRole("combobox", { name: "Over welke vraag?" }).nth(at).selectOption({ label: question });
        await dialog.getByRole("textbox", { name: "Welke wijziging?" }).nth(at).fill(words);
      }
      await look(other, "changes");
    });
    await other.getByRole("tab", { name: "Bord" }).click();
    await other.getByText("Uw oordeel: akkoord met wijziging.").waitFor();
    await openSet("bva", "Afstemming en besluit");
    await lead.getByText("Verzonnen: noem de wet.").first().waitFor();
    await look(lead, "changes-asked");
    await press(lead, "Open vraag 2");
    await type(lead, editor(lead, "Uw antwoord op vraag 2"), " Dat staat in de wet.");
    await save(lead);
    await openSet("om", "Bord");
    await other.getByText("Na uw oordeel is er geschreven. Geef het opnieuw.").waitFor();
  });
});

describe("the end of a set", { timeout: 120_000 }, () => {
  test("reads in English as well", async () => {
    const page = await openSet("bva", "De set");
    await press(page, "English");
    await page.getByRole("heading", { name: "About this set" }).waitFor();
    await look(page, "english");
    await press(page, "Nederlands");
    await page.getByRole("heading", { name: "Over deze set" }).waitFor();
  });

  test("is its withdrawal, with a reason, after a warning", async () => {
    const page = await openSet("bva", "De set");
    await page.getByRole("button", { name: "Trek de set in" }).focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Intrekken kunt u niet terugdraaien").waitFor();
    await look(page, "withdraw");
    await dialog.getByRole("button", { name: "Trek de set voorgoed in" }).click();
    await dialog.getByText("Schrijf op waarom.").waitFor();
    await dialog.getByRole("textbox", { name: "Waarom trekt u de set in?" }).fill("Verzonnen: de leden trokken de vragen in.");
    await dialog.getByRole("button", { name: "Trek de set voorgoed in" }).click();
    await dialog.waitFor({ state: "detached", timeout: 30_000 });
    await page.getByText("Deze set is ingetrokken").waitFor({ timeout: 30_000 });
    await page.getByText("Verzonnen: de leden trokken de vragen in.").first().waitFor();
    await look(page, "withdrawn");
    await goTo(page, "/kamer");
    await page.getByRole("heading", { name: "Verstuurd of ingetrokken" }).waitFor();
  });

  test("left nothing to complain of in any browser", () => {
    expect([...people].flatMap(([player, { complaints }]) => complaints.map((one) => `${player}: ${one}`))).toEqual([]);
  });
});
