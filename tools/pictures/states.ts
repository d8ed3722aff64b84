/** Pages and states that are looked at and not shown in the README: what is empty, refused, filled in wrongly, opened in a dialog, and the pages few people see. With scenes.ts they reach every page of the app. */
import type { Page } from "playwright-core";
import { goTo, openLine } from "#apps/checks/walk-report.ts";
import type { Demonstration } from "#apps/checks/world.ts";
import type { Scene } from "./scenes.ts";

/** A page by its address, drawn when its first words besides the heading are there. */
const at =
  (path: string, there = "main h1") =>
  async (page: Page): Promise<void> => {
    await goTo(page, path);
    await page.locator(there).first().waitFor();
    await page.waitForFunction(() => document.querySelector(".skeleton") === null);
  };

const press = async (page: Page, name: string | RegExp): Promise<void> => await page.getByRole("button", { name }).click();
const step = async (page: Page, heading: string): Promise<void> => await page.getByRole("heading", { level: 1, name: heading }).waitFor();

/** The report as a guest tells it, up to and with a step. */
async function tell(page: Page, until: "what" | "files" | "who" | "check"): Promise<void> {
  await page.getByRole("textbox", { name: /^Uw verhaal/ }).fill("Demonstratie: iemand riep dat hij terugkomt.");
  await page.getByText("Zo snel mogelijk").click();
  await press(page, "Verder");
  await step(page, "Wat en waar was het?");
  if (until === "what") return;
  await page.getByText("Bedreiging", { exact: true }).click();
  await press(page, "Verder");
  await step(page, "Heeft u iets om te laten zien?");
  if (until === "files") {
    await page
      .locator('input[type="file"]')
      .first()
      .setInputFiles([{ name: "een lange naam van een schermafbeelding (demonstratie).txt", mimeType: "text/plain", buffer: Buffer.from("Demonstratie") }]);
    return;
  }
  await press(page, "Verder");
  await step(page, "Wie moet dit lezen?");
  await page.getByRole("searchbox", { name: /^Waar bent u ambtsdrager/ }).fill("Demostad");
  await press(page, /^Gemeente Demostad/);
  await page.getByText("ondertekend en door uw apparaat gecontroleerd").waitFor();
  if (until === "who") return;
  await page.getByRole("textbox", { name: /^Uw naam/ }).fill("Ria Demo");
  await press(page, "Verder");
  await step(page, "Kijk het nog even na");
}

const ofDossier =
  (page: string, name: string, there = "main h1") =>
  async (window: Page, world: Demonstration): Promise<void> =>
    await at(`${page}/${world.dossier(name)}`, there)(window);

/** A report a desk has open, with the dialog of one of its steps sent off empty. */
const refusedStep =
  (action: string, send: string) =>
  async (page: Page): Promise<void> => {
    await openLine(page, "Ria Demo");
    await page.getByRole("button", { name: action, exact: true }).first().click();
    await page.getByRole("dialog").getByRole("button", { name: send }).click();
  };

/** A page of figures whose address ends in this way, from the first link to it. */
const figureOf =
  (parts: number) =>
  async (page: Page): Promise<void> => {
    const link = page.locator("main a[href^='/cijfers/']").first();
    await link.waitFor();
    const address = (await link.getAttribute("href")) ?? "";
    await at(
      address
        .split("/")
        .slice(0, 2 + parts)
        .join("/"),
      "main h2, main figure, main table",
    )(page);
  };

/** Whoever asks for questions without a token is sent away, so one is collected first, with any of the demonstration's codes: each gives one. */
async function takePart(page: Page, world: Demonstration): Promise<void> {
  const invitations = world.file.monitor?.invitations ?? [];
  const { code } = invitations[Math.floor(Math.random() * invitations.length)] ?? { code: "" };
  await page.goto(`${world.url}/monitor#${code}`);
  await page.getByRole("button", { name: "Haal mijn bewijs op" }).click();
  await page.getByRole("button", { name: "Begin met de vragen" }).click();
  await page.locator(".monitor-question input").first().waitFor();
}

/** Every state that is not in scenes.ts. */
export const states: readonly Scene[] = [
  { name: "no-such-page", page: null, size: "phone", path: "/bestaat-niet" },
  { name: "report-empty", page: "/melden", size: "phone", path: "/melden", go: async (page) => await press(page, "Verder") },
  { name: "report-what", page: "/melden", size: "phone", path: "/melden", go: async (page) => await tell(page, "what") },
  { name: "report-files", page: "/melden", size: "phone", path: "/melden", go: async (page) => await tell(page, "files") },
  { name: "report-who", page: "/melden", size: "phone", path: "/melden", go: async (page) => await tell(page, "who") },
  { name: "report-check", page: "/melden", size: "phone", path: "/melden", go: async (page) => await tell(page, "check") },
  {
    name: "sign-in-wrong",
    page: "/inloggen",
    size: "phone",
    path: "/inloggen",
    go: async (page) => {
      await page.getByRole("textbox").first().fill("niemand@demo.example.nl");
      await page.locator("form button[type=submit]").first().click();
    },
  },
  {
    name: "return-wrong",
    page: "/terug",
    size: "phone",
    path: "/terug",
    go: async (page) => {
      await page.locator("main input").first().fill("ABCD-EFGH");
      await page.locator("form button[type=submit]").first().click();
    },
  },
  { name: "signed-out-work", page: "/werk", size: "phone", path: "/werk" },
  { name: "signed-out-account", page: "/account", size: "desktop", path: "/account" },
  { name: "confirm-signed-out", page: "/bevestigen", size: "phone", path: "/bevestigen" },
  { name: "confirm", page: "/bevestigen", size: "desktop", as: "veiligheid", go: at("/bevestigen", "main .state, main .card, main section") },
  { name: "way-back", page: "/aanmelding/:organisation", size: "phone", path: "/aanmelding/demo-gemeente" },
  { name: "requests", page: "/meedoen/verzoeken", size: "desktop", as: "veiligheid", go: at("/meedoen/verzoeken", "main h2") },
  { name: "late", page: "/te-laat", size: "desktop", as: "veiligheid", go: at("/te-laat", "main h2, main .state") },
  { name: "invitation", page: "/uitnodiging", size: "phone", path: "/uitnodiging" },
  { name: "invitation-code", page: "/uitnodiging", size: "phone", as: "raadslid", go: at("/uitnodiging", "main input, main textarea") },
  { name: "recovery-claim", page: "/herstel", size: "phone", path: "/herstel" },
  { name: "recovery-desk", page: "/herstel", size: "desktop", as: "veiligheid", go: at("/herstel", "main h2") },
  { name: "monitor", page: "/monitor", size: "phone", path: "/monitor" },
  { name: "monitor-questions", page: "/monitor/vragen", size: "phone", path: "/monitor", go: takePart },
  { name: "monitor-preview", page: "/monitor/voorbeeld", size: "phone", path: "/monitor/voorbeeld" },
  { name: "monitor-form", page: "/monitor/formulier", size: "desktop", path: "/monitor/formulier" },
  { name: "fieldwork", page: "/monitor/veldwerk", size: "desktop", as: "onderzoek", go: at("/monitor/veldwerk", "main h2") },
  { name: "kamer-read", page: "/kamer/inlezen", size: "desktop", as: "beleid", go: at("/kamer/inlezen") },
  { name: "advices", page: "/advies", size: "desktop", as: "bva", go: at("/advies", "main h2, main li, main .state") },
  { name: "measures-list", page: "/maatregelen", size: "desktop", as: "werkgever", go: at("/maatregelen", "main h2, main li, main .state") },
  { name: "figures-picture", page: "/cijfers/:picture", size: "phone", path: "/cijfers", go: figureOf(1) },
  { name: "figures-series", page: "/cijfers/:picture/:series", size: "desktop", path: "/cijfers", go: figureOf(2) },
  { name: "answer-nothing", page: "/antwoord", size: "phone", path: "/antwoord" },
  { name: "signal-signed-out", page: "/signaal", size: "phone", path: "/signaal" },
  { name: "signal-first", page: "/signaal", size: "phone", as: "raadslid", go: at("/signaal") },
  { name: "signal-from-report", page: "/signaal/:id", size: "phone", as: "raadslid", go: ofDossier("/signaal", "report-in-hand") },
  { name: "signal-figures", page: "/signalen/cijfers", size: "desktop", as: "politie", go: at("/signalen/cijfers", "main h2, main .state, main table") },
  { name: "same-actor", page: "/zelfde-dader", size: "desktop", as: "veiligheid", go: at("/zelfde-dader", "main h2, main .state, main form") },
  {
    name: "same-actor-agree",
    page: "/zelfde-dader/:id",
    size: "phone",
    as: "raadslid",
    go: ofDossier("/zelfde-dader", "report-in-hand", "main h2, main form"),
  },
  {
    name: "same-actor-desk",
    page: "/zelfde-dader/:id",
    size: "desktop",
    as: "veiligheid",
    go: ofDossier("/zelfde-dader", "report-in-hand", "main h2, main form, main .state"),
  },
  {
    name: "keep",
    page: "/dossier/:id/bewaren",
    size: "desktop",
    as: "veiligheid",
    go: async (page, world) => {
      await at(`/dossier/${world.dossier("report-in-hand")}/bewaren`, "main form")(page);
      await press(page, "Onderteken en leg vast");
    },
  },
  {
    name: "keep-mine",
    page: "/dossier/:id/bewaren",
    size: "phone",
    as: "raadslid",
    go: async (page, world) => await at(`/dossier/${world.dossier("report-in-hand")}/bewaren`, "main h2")(page),
  },
  { name: "people", page: "/mensen", size: "desktop", as: "ondersteuning", go: at("/mensen", "main h2, main .state, main form") },
  { name: "no-such-dossier", page: "/dossier/:id", size: "phone", as: "raadslid", go: at("/dossier/00000000-0000-7000-8000-000000000000", ".notice, .state") },
  { name: "work-support", page: "/werk", size: "desktop", as: "ondersteuning", go: at("/werk", "[data-line], .state") },
  { name: "work-norm-refused", page: "/werk", size: "desktop", as: "veiligheid", go: refusedStep("Normtoets", "Leg de normtoets vast") },
  { name: "work-note", page: "/werk", size: "phone", as: "veiligheid", go: async (page) => await openLine(page, "Ria Demo") },
  { name: "signal-dossier", page: "/dossier/:id", size: "desktop", as: "politie", go: ofDossier("/dossier", "signal-raised", ".timeline") },
  { name: "dossier-guest-signed-out", page: "/dossier/:id", size: "phone", path: "/dossier/00000000-0000-7000-8000-000000000000" },
  {
    name: "check-wrong",
    page: "/controleren",
    size: "phone",
    path: "/controleren",
    go: async (page) => await page.locator("main button.button").first().click(),
  },
];
