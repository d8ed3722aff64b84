/** The report road as people walk it in the browser: an office-holder on a phone, a safety desk on a desktop. Steps for the journeys in this folder; each waits for what the person would wait for. */
import type { Page } from "playwright-core";
import type { Demonstration } from "./world.ts";

/** Becomes one of the invented persons by the demonstration's switcher, and waits until their first page is there. */
export async function become(page: Page, world: Demonstration, player: string): Promise<void> {
  await page.locator("select.demonstration-choice").selectOption(world.handle(player));
  await page.waitForURL(/\/(werk|terug)$/);
}

/** Goes to another page inside the app: loading it anew would forget the keys of the tab, as it should. */
export const goTo = async (page: Page, path: string): Promise<void> =>
  await page.evaluate((to) => {
    history.pushState({ index: 1 }, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
  }, path);

/** Waits for the page's heading. */
export const heading = async (page: Page, name: string): Promise<void> => await page.getByRole("heading", { level: 1, name }).waitFor();

const press = async (page: Page, name: string | RegExp): Promise<void> => await page.getByRole("button", { name }).click();

/** Words and files of a report. */
export interface Told {
  readonly story: string;
  readonly name: string;
  readonly where: string;
  readonly files: readonly string[];
}

/** A signed-in office-holder reports: five steps, until it is delivered. `look` is called on each step. @returns the dossier's id. */
export async function reportAsPerson(page: Page, told: Told, look: (step: string) => Promise<void>): Promise<string> {
  await page.getByRole("link", { name: "Iets melden" }).click();
  await heading(page, "Wat is er gebeurd?");
  await look("story");
  await page.getByRole("textbox", { name: /^Uw verhaal/ }).fill(told.story);
  await page.getByText("Zo snel mogelijk").click();
  await press(page, "Verder");
  await heading(page, "Wat en waar was het?");
  await page.getByText("Bedreiging", { exact: true }).click();
  await look("what");
  await press(page, "Verder");
  await heading(page, "Heeft u iets om te laten zien?");
  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles([...told.files]);
  await look("files");
  await press(page, "Verder");
  await heading(page, "Wie moet dit lezen?");
  await page.getByRole("searchbox", { name: /^Waar bent u ambtsdrager/ }).fill(told.where);
  await press(page, new RegExp(told.where));
  await page.getByText("ondertekend en door uw apparaat gecontroleerd").waitFor();
  await page.getByRole("textbox", { name: /^Uw naam/ }).fill(told.name);
  await look("who");
  await press(page, "Verder");
  await heading(page, "Kijk het nog even na");
  await look("check");
  await press(page, "Zet op slot en verstuur");
  await page.getByRole("heading", { level: 1, name: "U bent niet meer alleen hiermee" }).waitFor({ timeout: 180_000 });
  await look("done");
  await page.getByRole("link", { name: "Naar mijn melding" }).click();
  await page.waitForURL(/\/dossier\//);
  await page.locator(".timeline").waitFor();
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

/** Opens the line of the worklist that holds these words. */
export async function openLine(page: Page, words: string): Promise<void> {
  await page.locator("[data-line]", { hasText: words }).first().click();
  await page.locator(".timeline").waitFor();
}

/** Presses one of the actions, fills the dialog, sends, and waits until the dossier was drawn anew. */
export async function act(page: Page, action: string, fill: (dialog: ReturnType<Page["getByRole"]>) => Promise<void>, send: string): Promise<void> {
  await press(page, action);
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  await fill(dialog);
  await dialog.getByRole("button", { name: send }).click();
  await dialog.waitFor({ state: "detached" });
}

/** What the desk says; every word can hold a mark. */
export interface DeskWords {
  readonly first: string;
  readonly norm: string;
  readonly grounds: string;
  readonly number: string;
  readonly vpt: string;
}

/** The desk takes the report up, weighs it and records the criminal complaint. */
export async function handleReport(page: Page, words: DeskWords): Promise<void> {
  await act(page, "Opnemen", async (dialog) => await dialog.getByRole("textbox", { name: /^Uw eerste antwoord/ }).fill(words.first), "Neem op en verstuur");
  await page.getByText(words.first).waitFor();
  await act(
    page,
    "Normtoets",
    async (dialog) => {
      await dialog.getByText("Over de grens", { exact: true }).click();
      await dialog.getByRole("textbox", { name: /^Aan welke norm/ }).fill(words.norm);
    },
    "Leg de normtoets vast",
  );
  await page.getByText(words.norm).waitFor();
  await act(
    page,
    "Ernst bepalen",
    async (dialog) => {
      await dialog.getByText("Zeer ernstig", { exact: true }).click();
      await dialog.getByRole("textbox", { name: /^Waar baseert u/ }).fill(words.grounds);
    },
    "Leg de ernst vast",
  );
  await page.getByText(words.grounds).waitFor();
  await act(
    page,
    "Actie vastleggen",
    async (dialog) => {
      await dialog.getByRole("textbox", { name: /^Nummer van de aangifte/ }).fill(words.number);
      await dialog.getByRole("textbox", { name: /^VPT-code/ }).fill(words.vpt);
    },
    "Leg de actie vast",
  );
  await page.getByText(words.vpt).waitFor();
}

/** The desk closes with an outcome and a word to the reporter. */
export async function closeReport(page: Page, feedback: string): Promise<void> {
  await act(
    page,
    "Afsluiten",
    async (dialog) => {
      await dialog.getByText("Overgedragen aan een ander", { exact: true }).click();
      await dialog.getByRole("textbox", { name: /^Wat wilt u de melder laten weten/ }).fill(feedback);
    },
    "Sluit af en verstuur",
  );
  await page.getByText(feedback).first().waitFor();
}

/** The office-holder answers in their own dossier. */
export async function answer(page: Page, words: string): Promise<void> {
  await page.getByRole("textbox", { name: /^Uw bericht aan het veiligheidspunt/ }).fill(words);
  await press(page, "Zet op slot en verstuur");
  await page.locator(".timeline").getByText(words).waitFor();
}

/** "Alles meenemen": makes the file on this device and gives the path it was saved to. */
export async function takeAway(page: Page, path: string): Promise<void> {
  const waiting = page.waitForEvent("download", { timeout: 180_000 });
  await press(page, "Maak mijn bestand");
  await (await waiting).saveAs(path);
}
