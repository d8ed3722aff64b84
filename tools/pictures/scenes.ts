/** The scenes of the pictures: which screen, as whom, in which size. One list for the README, for looking at everything and for the accessibility tests. */
import type { Page } from "playwright-core";
import { layResults } from "#apps/checks/invented-results.ts";
import { goTo } from "#apps/checks/walk-report.ts";
import type { Demonstration } from "#apps/checks/world.ts";
import { inventedChat } from "./messages.ts";

/** One picture. */
export interface Scene {
  readonly name: string;
  /** The page it shows, as the app's table of pages has it; null for an address that is no page. */
  readonly page: string | null;
  /** Size of the README's picture. */
  readonly size: "phone" | "desktop";
  /** Player who looks; nobody when left out. */
  readonly as?: string;
  /** Page where nobody is signed in. */
  readonly path?: string;
  /** What is done before the picture is taken. */
  readonly go?: (page: Page, world: Demonstration) => Promise<void>;
  /** The whole page and not only the first window. */
  readonly whole?: boolean | undefined;
}

const openDossier =
  (name: string) =>
  async (page: Page, world: Demonstration): Promise<void> => {
    await goTo(page, `/dossier/${world.dossier(name)}`);
    await page.locator(".timeline").waitFor();
  };

/** A page about one dossier. */
const open =
  (page: string, name: string) =>
  async (window: Page, world: Demonstration): Promise<void> => {
    await goTo(window, `${page}/${world.dossier(name)}`);
    await window.locator("main h2").first().waitFor();
  };

/** A page under "Stappen" of the report in hand. */
const steps =
  (page: string, go: (page: Page) => Promise<void> = async () => undefined) =>
  async (window: Page, world: Demonstration): Promise<void> => {
    await goTo(window, `/stappen/${world.dossier("report-in-hand")}${page}`);
    await window.getByRole("link", { name: "Naar het dossier" }).waitFor();
    await go(window);
  };

/** A notice to an invented platform, filled in and kept. */
async function writeNotice(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Nieuwe melding" }).click();
  for (const [field, words] of [
    [/^Welk platform is het/, "Voorbeeldnet"],
    [/^Precies welk adres/, "https://voorbeeld.example/berichten/1"],
    [/^Waarom mag dit niet/, "Demonstratie: dit bericht dreigt en toont mijn huis."],
    [/^Naam van wie meldt/, "Gemeente Demostad"],
    [/^E-mailadres van wie meldt/, "veiligheid@demostad.example.nl"],
  ] as const)
    await page.getByRole("textbox", { name: field }).fill(words);
  await page.getByText("Ik geloof dat deze melding klopt en volledig is").click();
  await page.getByRole("button", { name: "Bewaar in het dossier" }).click();
  await page.getByRole("region", { name: "De tekst" }).waitFor();
}

/** The list of sets of questions. */
async function openKamer(page: Page): Promise<void> {
  await goTo(page, "/kamer");
  await page.locator(".kamer-set").first().waitFor();
}
/** The example set of questions, on its board. */
async function openSet(page: Page, world: Demonstration): Promise<void> {
  await goTo(page, `/dossier/${world.dossier("question-set")}`);
  await page.getByRole("tab", { name: "Bord" }).waitFor();
  await page.evaluate(() => scrollTo(0, 0));
}
/** Its second question, with a published figure looked up, cited and found to be the same still. */
async function openQuestion(page: Page, world: Demonstration): Promise<void> {
  await openSet(page, world);
  await page.locator(".kamer-question").nth(1).click();
  await page.getByRole("textbox", { name: "Uw antwoord op vraag 2", exact: true }).click();
  await page.keyboard.press("Control+End");
  const evidence = page.getByRole("region", { name: "Cijfers met bron" });
  await evidence.getByRole("searchbox", { name: "Zoek een cijfer" }).fill("om hulp gevraagd");
  await evidence
    .getByRole("button", { name: /^Zet in de tekst/u })
    .first()
    .click();
  await evidence.getByText("nog gelijk").first().waitFor();
  await evidence.getByRole("searchbox", { name: "Zoek een cijfer" }).fill("doxing province=pv27");
}

/** What an invented wave of the Monitor found, laid out before the page is opened anew. */
async function openResults(page: Page, world: Demonstration): Promise<void> {
  await layResults(world.data);
  await page.reload();
  await page.locator(".results-key").first().waitFor();
}

const story = "Demonstratie: er stond een man voor mijn deur die riep dat hij terugkomt.";

/** Brings the invented chat and a picture in, and fills in the address it names. */
async function bringMessages(page: Page): Promise<void> {
  await page.getByText("Uw eigen gegevens").click();
  await page.getByRole("textbox", { name: /^Straat/ }).fill("Demolaan");
  await page.getByRole("textbox", { name: /^Huisnummer/ }).fill("12a");
  await page.getByRole("button", { name: "Bewaar op dit apparaat" }).click();
  await page.getByText("Bewaard: 1 gegeven.").waitFor();
  await page.locator('[data-role="files"]').setInputFiles([
    { name: "WhatsApp-chat met Buurt (demo).txt", mimeType: "text/plain", buffer: Buffer.from(inventedChat()) },
    { name: "schermafbeelding.png", mimeType: "image/png", buffer: Buffer.from("89504e470d0a1a0a", "hex") },
  ]);
  await page.getByRole("button", { name: "Lees 2 bestanden" }).click();
  await page.getByRole("tab", { name: "Overzicht" }).waitFor();
}

/** A part of the page where messages are looked through. */
const messages =
  (part: string, go: (page: Page) => Promise<void> = async () => undefined) =>
  async (page: Page): Promise<void> => {
    await bringMessages(page);
    await page.getByRole("tab", { name: part }).click();
    await page.evaluate(() => scrollTo(0, 0));
    await go(page);
  };

const firstGroup = (page: Page) => page.getByRole("group", { name: /^Hoort dit erbij/ });

/** Every main screen. */
export const scenes: readonly Scene[] = [
  { name: "home", page: "/", size: "phone", path: "/" },
  {
    name: "report",
    page: "/melden",
    size: "phone",
    path: "/melden",
    go: async (page) => {
      await page.getByRole("textbox", { name: /^Uw verhaal/ }).fill(story);
      await page.getByText("Bewaard op dit apparaat").first().waitFor();
    },
  },
  { name: "messages-begin", page: "/berichten", size: "phone", path: "/berichten", go: async (page) => await page.getByText("Wat heeft u?").waitFor() },
  { name: "messages-summary", page: "/berichten", size: "phone", path: "/berichten", go: messages("Overzicht") },
  {
    name: "messages-reading",
    page: "/berichten",
    size: "phone",
    path: "/berichten",
    go: messages("Lezen", async (page) => {
      await firstGroup(page).first().getByRole("button", { name: "Hoort erbij" }).click();
      await page
        .getByRole("button", { name: /^Toon dit bericht/ })
        .nth(1)
        .click();
      await page.locator("#list-title").evaluate((title) => scrollTo(0, title.getBoundingClientRect().top + scrollY - 80));
    }),
  },
  { name: "messages-time", page: "/berichten", size: "desktop", whole: true, path: "/berichten", go: messages("In de tijd") },
  { name: "messages-own", page: "/berichten", size: "phone", path: "/berichten", go: messages("Uw gegevens") },
  {
    name: "messages-take",
    page: "/berichten",
    size: "phone",
    path: "/berichten",
    go: messages("Lezen", async (page) => {
      for (const place of [0, 1, 2]) await firstGroup(page).nth(place).getByRole("button", { name: "Hoort erbij" }).click();
      await page.getByRole("tab", { name: /^Meenemen/ }).click();
      await page.evaluate(() => scrollTo(0, 0));
    }),
  },
  { name: "steps", page: "/stappen/:id", size: "phone", as: "raadslid", go: steps("") },
  { name: "steps-complaint", page: "/stappen/:id/aangifte", size: "phone", as: "raadslid", go: steps("/aangifte") },
  {
    name: "steps-articles",
    page: "/stappen/:id/aangifte",
    size: "desktop",
    whole: true,
    as: "raadslid",
    go: steps("/aangifte", async (page) => {
      for (let step = 0; step < 2; step++) await page.getByRole("button", { name: "Verder" }).click();
    }),
  },
  { name: "steps-platform", page: "/stappen/:id/platform", size: "desktop", whole: true, as: "raadslid", go: steps("/platform", writeNotice) },
  { name: "steps-shielding", page: "/stappen/:id/afschermen", size: "phone", as: "raadslid", go: steps("/afschermen") },
  {
    name: "steps-letter",
    page: "/stappen/:id/afschermen",
    size: "phone",
    as: "raadslid",
    go: steps("/afschermen", async (page) => await page.getByRole("button", { name: /Google/ }).click()),
  },
  { name: "capture", page: "/uitbreiding", size: "phone", as: "raadslid", go: async (page) => await goTo(page, "/uitbreiding") },
  { name: "figures", page: "/cijfers", size: "desktop", path: "/cijfers", go: async (page) => await page.locator(".figures-hero").waitFor() },
  {
    name: "figures-single",
    page: "/cijfers/:picture/:series/:group",
    size: "phone",
    path: "/cijfers",
    go: async (page) => {
      await page.getByRole("link", { name: "Via internet" }).first().click();
      await page.locator(".figures-tiles").scrollIntoViewIfNeeded();
    },
  },
  { name: "kamer", page: "/kamer", size: "desktop", as: "beleid", go: async (page) => await openKamer(page) },
  { name: "kamer-board", page: "/dossier/:id", size: "desktop", whole: true, as: "beleid", go: openSet },
  { name: "kamer-question", page: "/dossier/:id", size: "desktop", whole: true, as: "beleid", go: openQuestion },
  {
    name: "kamer-road",
    page: "/dossier/:id",
    size: "phone",
    whole: true,
    as: "beleid",
    go: async (page, world) => {
      await openSet(page, world);
      await page.getByRole("tab", { name: "Afstemming en besluit" }).click();
    },
  },
  { name: "monitor-results", page: "/monitor/uitkomsten", size: "desktop", path: "/monitor/uitkomsten", go: openResults },
  {
    name: "monitor-group",
    page: "/monitor/uitkomsten/:document",
    size: "phone",
    path: "/monitor/uitkomsten",
    go: async (page, world) => {
      await openResults(page, world);
      await page.getByRole("combobox", { name: "Over wie wilt u lezen?" }).selectOption({ label: "Zeeland" });
      await page.getByRole("heading", { level: 1, name: "Factsheet: Zeeland" }).waitFor();
    },
  },
  {
    name: "figures-trend",
    page: "/cijfers",
    size: "phone",
    path: "/cijfers",
    go: async (page) => {
      await page.locator(".figures-trend").waitFor();
      await page.getByRole("heading", { name: "Door de tijd" }).scrollIntoViewIfNeeded();
      await page.evaluate(() => document.querySelector(".figures-turns")?.scrollIntoView());
    },
  },
  { name: "sign-in", page: "/inloggen", size: "phone", path: "/inloggen" },
  { name: "register", page: "/account", size: "phone", path: "/account" },
  { name: "return", page: "/terug", size: "phone", path: "/terug" },
  { name: "check", page: "/controleren", size: "desktop", path: "/controleren" },
  {
    name: "help",
    page: "/hulp",
    size: "phone",
    whole: true,
    path: "/hulp",
    go: async (page) => {
      await page.getByText("Raadslid", { exact: true }).click();
      await page.getByRole("button", { name: "Verder" }).click();
      await page.getByText("Haat of schelden online").click();
      await page.getByRole("button", { name: "Verder" }).click();
      await page.getByText("Het gebeurt nu, of net").click();
      await page.getByRole("button", { name: "Verder" }).click();
      await page.locator(".help-cards").waitFor();
      await page.evaluate(() => scrollTo(0, 0));
    },
  },
  { name: "help-ask", page: "/hulp/vragen", size: "phone", path: "/hulp/vragen", go: async (page) => await page.locator("form").waitFor() },
  { name: "dossier-help", page: "/dossier/:id", size: "phone", whole: true, as: "raadslid", go: openDossier("help-in-contact") },
  {
    name: "ready",
    page: "/gereed",
    size: "desktop",
    path: "/gereed",
    go: async (page) => {
      await page.locator("main fieldset").first().waitFor();
      for (const [place, group] of (await page.locator("main fieldset").all()).entries())
        await group.getByText(place % 3 === 0 ? "Nee" : "Ja", { exact: true }).click();
      await page.getByRole("button", { name: "Laat het plan zien" }).click();
      await page.locator(".readiness-steps").waitFor();
    },
  },
  { name: "about", page: "/over", size: "phone", path: "/over" },
  { name: "mine", page: "/terug", size: "phone", as: "wethouder" },
  { name: "account", page: "/account", size: "desktop", as: "wethouder", go: async (page) => await goTo(page, "/account") },
  { name: "kept-of-me", page: "/gegevens", size: "phone", as: "raadslid", go: async (page) => await goTo(page, "/gegevens") },
  {
    name: "who-held-keys",
    page: "/wie-las-mee",
    size: "phone",
    as: "raadslid",
    go: async (page) => {
      await goTo(page, "/wie-las-mee");
      await page.locator("main h2").first().waitFor();
      await page.locator("main progress").waitFor({ state: "detached" });
    },
  },
  { name: "recovery", page: "/herstel", size: "phone", as: "raadslid", go: async (page) => await goTo(page, "/herstel") },
  { name: "take-part", page: "/meedoen", size: "desktop", as: "raadslid", go: async (page) => await goTo(page, "/meedoen") },
  { name: "dossier-report", page: "/dossier/:id", size: "phone", as: "raadslid", go: openDossier("report-in-hand") },
  { name: "dossier-scan", page: "/dossier/:id", size: "phone", as: "wethouder", go: openDossier("scan-adopted") },
  { name: "work", page: "/werk", size: "desktop", as: "veiligheid", go: async (page) => await page.locator("[data-line]").first().waitFor() },
  {
    name: "work-dossier",
    page: "/werk",
    size: "desktop",
    as: "veiligheid",
    go: async (page) => {
      await page.locator("[data-line]").first().click();
      await page.locator(".timeline").waitFor();
    },
  },
  { name: "manage", page: "/beheer", size: "desktop", as: "veiligheid", go: async (page) => await goTo(page, "/beheer") },
  {
    name: "scan-request",
    page: "/scan",
    size: "phone",
    as: "raadslid",
    go: async (page) => {
      await goTo(page, "/scan");
      await page.getByRole("textbox", { name: /^Uw naam/ }).fill("Ria Demo");
      await page.getByRole("searchbox", { name: /^Waar bent u ambtsdrager/ }).fill("Demostad");
      await page.getByRole("button", { name: /^Gemeente Demostad/ }).click();
      await page.getByText("Burgemeester", { exact: true }).click();
    },
  },
  { name: "visits", page: "/bezoek", size: "desktop", as: "adviseur", go: async (page) => await goTo(page, "/bezoek") },
  { name: "planning", page: "/planning", size: "desktop", as: "planner", whole: true, go: async (page) => await goTo(page, "/planning") },
  { name: "visit", page: "/bezoek/:id", size: "phone", as: "adviseur", go: open("/bezoek", "scan-visited") },
  {
    name: "visit-questions",
    page: "/bezoek/:id",
    size: "desktop",
    as: "adviseur",
    go: async (page, world) => {
      await open("/bezoek", "scan-visited")(page, world);
      await page
        .getByRole("navigation", { name: "Onderwerpen" })
        .getByRole("button", { name: /^Wonen/ })
        .click();
      await page.locator(".visit-question").nth(2).waitFor();
    },
  },
  {
    name: "visit-house",
    page: "/bezoek/:id",
    size: "desktop",
    as: "adviseur",
    whole: true,
    go: async (page, world) => {
      await open("/bezoek", "scan-visited")(page, world);
      await page
        .getByRole("navigation", { name: "Onderwerpen" })
        .getByRole("button", { name: /^Het huis/ })
        .click();
    },
  },
  { name: "advice-write", page: "/advies/:id", size: "desktop", as: "adviseur", go: open("/advies", "scan-visited") },
  { name: "advice-weigh", page: "/advies/:id", size: "desktop", as: "bva", go: open("/advies", "scan-submitted") },
  { name: "advice-read", page: "/advies/:id", size: "phone", as: "wethouder", go: open("/advies", "scan-adopted") },
  { name: "measures", page: "/maatregelen/:id", size: "desktop", as: "werkgever", go: open("/maatregelen", "scan-adopted") },
  { name: "measures-mine", page: "/maatregelen/:id", size: "phone", as: "wethouder", go: open("/maatregelen", "scan-adopted") },
  {
    name: "signals-police",
    page: "/signalen",
    size: "phone",
    as: "politie",
    whole: true,
    go: async (page) => {
      await goTo(page, "/signalen");
      await page.locator("li.signal-line .signal-chain").first().waitFor();
    },
  },
  {
    name: "signals-mine",
    page: "/signalen",
    size: "phone",
    as: "wethouder",
    whole: true,
    go: async (page) => {
      await goTo(page, "/signalen");
      await page.locator("li.signal-line .signal-chain").first().waitFor();
    },
  },
  {
    name: "signal-where",
    page: "/signaal",
    size: "phone",
    as: "raadslid",
    whole: true,
    go: async (page) => {
      await goTo(page, "/signaal");
      await page.getByText("Nee, nu niet").click();
      await page.getByRole("button", { name: "Verder" }).click();
      await page.getByRole("textbox", { name: /^Wat is er aan de hand/ }).fill("Demonstratie: iemand noemt de school van mijn kinderen.");
      await page.getByRole("textbox", { name: /^Uw naam/ }).fill("Ria Demo");
      await page.getByRole("searchbox", { name: /^Waar bent u ambtsdrager/ }).fill("Demostad");
      await page.getByRole("button", { name: /^Gemeente Demostad/ }).click();
      await page.getByText("Raadslid", { exact: true }).click();
      await page.getByRole("button", { name: "Verder" }).click();
      await page.getByText("Tegen mij en mijn gezin").click();
      await page.getByRole("searchbox", { name: /^Gemeente van het woonadres/ }).fill("Demostad");
      await page.getByRole("button", { name: /^Gemeente Demostad/ }).click();
      await page.getByText("RCCB Demo-politie", { exact: true }).waitFor();
    },
  },
  { name: "employer", page: "/werk", size: "desktop", as: "werkgever", go: async (page) => await page.locator("[data-line]").first().waitFor() },
];
