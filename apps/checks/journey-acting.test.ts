/** Journey: from a report, on a phone, someone makes the facts for a complaint ready, a notice to a platform, and a shielding step; the documents come out tagged, and nothing was sent. Real Chromium, real server. */
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { main } from "#apps/cli/rugdekking.ts";
import { generateReceiptCode } from "@rugdekking/seal";
import { fileReport, openReport, preparationsOf } from "#services/reporting/client/index.ts";
import { axeFindings, desktop, openBrowser, overflows, phone, visit, type Visitor } from "./browser.ts";
import { openStage, type TestStage } from "./stage.ts";
import { goTo } from "./walk-report.ts";

let stage: TestStage;
let browser: Browser;
let visitor: Visitor;
let folder = "";
let dossier = "";
let code = "";

async function signIn(page: Page): Promise<void> {
  await page.getByRole("textbox", { name: /^Uw code/ }).fill(code);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/dossier\//);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rugdekking-acting-"));
  [stage, browser] = await Promise.all([openStage(), openBrowser()]);
  const { connection, trust } = stage.connect();
  const receiptCode = generateReceiptCode();
  await writeFile(join(folder, "code.txt"), `${receiptCode}\n`);
  const filed = await fileReport(connection, {
    as: { guest: true, receiptCode },
    trust,
    desk: stage.company.desks.safety,
    attachments: [
      {
        name: "scherm-demonstratie.png",
        mediaType: "image/png",
        bytes: new Blob([await readFile("apps/checks/fixtures/schermafbeelding-demonstratie.png")]),
        capturedAt: null,
        note: "",
      },
      { name: "prive-demonstratie.txt", mediaType: "text/plain", bytes: new Blob(["Demonstratie"]), capturedAt: null, note: "" },
    ],
    report: {
      inOwnWords: "Demonstratie: er staat dat ze weten waar ik woon, met een foto van mijn huis.",
      what: ["threat", "doxing"],
      channel: "social-media",
      when: { at: null, words: "gisteravond rond elf uur" },
      where: "https://voorbeeld.example/berichten/1",
      target: "both",
      author: { known: "unknown", words: "" },
      reporterName: "Wil Demo",
      function: "alderman",
      organisationName: "Gemeente Demostad (demonstratie)",
      acute: false,
      contact: { how: "here", reach: "", wishes: "" },
    },
  });
  dossier = filed.dossier;
  visitor = await visit(browser, stage.house.url, phone, { path: "/terug" });
  code = receiptCode;
  await signIn(visitor.page);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await stage.close();
  await rm(folder, { recursive: true, force: true });
});

const heading = async (page: Page, name: string): Promise<void> => await page.getByRole("heading", { level: 1, name }).waitFor();
const press = async (page: Page, name: string | RegExp): Promise<void> => await page.getByRole("button", { name }).first().click();

/** Axe on a phone and on a desktop, and nothing that scrolls sideways; a picture of both where someone asked to look. */
async function clean(page: Page, name: string): Promise<void> {
  for (const [size, viewport] of Object.entries({ phone, desktop })) {
    await page.setViewportSize(viewport);
    // What the frame at the top covers while a page is scrolled is no finding.
    await page.evaluate(() => scrollTo(0, 0));
    expect([name, size, await axeFindings(page)]).toEqual([name, size, []]);
    expect([name, size, await overflows(page)]).toEqual([name, size, false]);
    const pictures = process.env["RUGDEKKING_PICTURES"];
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}-${size}.png`), fullPage: true });
  }
  await page.setViewportSize(phone);
}

/** Names of what lies half typed on this device. */
const draftsLeft = async (page: Page): Promise<string[]> =>
  await page.evaluate(
    async () =>
      await new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open("rugdekking-acting-drafts");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const asking = opening.result.transaction("drafts").objectStore("drafts").getAllKeys();
          asking.onsuccess = () => {
            opening.result.close();
            resolve(asking.result.map(String));
          };
        };
      }),
  );

/** What programs that did not make it say of a document. */
function looked(path: string): { readonly text: string; readonly tagged: boolean } {
  // Poppler grumbles on stderr about a boolean that ISO 32000-1 table 321 asks for.
  const run = (program: string, args: readonly string[]): string => execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return { text: run("pdftotext", [path, "-"]), tagged: /Tagged:\s+yes/u.test(run("pdfinfo", [path])) };
}

/** Makes the document of a list, keeps it, and lets programs that did not make it say what it is. */
async function madePaper(page: Page, name: string): Promise<{ readonly text: string; readonly tagged: boolean }> {
  await press(page, `Maak de pdf: ${name}`);
  const waiting = page.waitForEvent("download", { timeout: 90_000 });
  await page.getByRole("button", { name: `Bewaar de pdf: ${name}` }).click({ timeout: 90_000 });
  const path = join(folder, `${crypto.randomUUID()}.pdf`);
  await (await waiting).saveAs(path);
  return looked(path);
}

test("the facts for a complaint: seven W's, the office's address, articles that others judge, one file of two, and a tagged document", async () => {
  const { page } = visitor;
  await page.getByRole("link", { name: "Aangifte voorbereiden" }).click();
  await heading(page, "Aangifte voorbereiden");
  expect(await page.getByRole("textbox", { name: /^Wat is er gebeurd of gezegd/ }).inputValue()).toContain("een foto van mijn huis");
  await page.getByRole("textbox", { name: /^Waarom, denkt u/ }).fill("Demonstratie: na het besluit over het zwembad.");
  await clean(page, "aangifte-1");
  // Whoever leaves, or whose page is loaded anew, finds what they typed; nobody else does: it is sealed on this device.
  await page.getByText("Bewaard op dit apparaat").waitFor();
  await page.reload();
  await page.goto(`${stage.house.url}/terug`);
  await signIn(page);
  await goTo(page, `/stappen/${dossier}/aangifte`);
  await page.getByText("U was al begonnen. Uw tekst staat er nog.").waitFor();
  expect(await page.getByRole("textbox", { name: /^Waarom, denkt u/ }).inputValue()).toContain("zwembad");
  await clean(page, "aangifte-begonnen");
  // Who goes on typing while it is put into the dossier keeps that too, and is not told that it is in there.
  const why = page.getByRole("textbox", { name: /^Waarom, denkt u/ });
  const typed = Promise.withResolvers<void>();
  const putting = page.waitForResponse((answer) => answer.request().method() === "POST" && answer.url().endsWith("/entries"));
  await page.route("**/entries", async (route) => {
    if (route.request().method() === "POST") await typed.promise;
    await route.continue();
  });
  await press(page, "Bewaar tot hier");
  await why.pressSequentially(" En nog iets.");
  typed.resolve();
  await putting;
  await page.getByRole("button", { name: "Bewaar tot hier" }).and(page.locator(":enabled")).waitFor();
  await page.unroute("**/entries");
  expect(await why.inputValue()).toBe("Demonstratie: na het besluit over het zwembad. En nog iets.");
  expect(await page.getByText("Bewaard in het dossier. Er is niets verstuurd.").count()).toBe(0);
  await page.getByText("Bewaard op dit apparaat").waitFor();
  expect(await draftsLeft(page)).toEqual([`complaint-${dossier}`]);
  await press(page, "Verder");
  await page.getByRole("textbox", { name: /^Wie gaat er voor de werkgever/ }).fill("G. Griffier");
  await page.getByRole("textbox", { name: /^Straat en nummer van het kantoor/ }).fill("Demonstratieplein 1");
  await page.getByRole("textbox", { name: /^Postcode en plaats/ }).fill("0000 AB Demostad");
  await clean(page, "aangifte-2");
  await press(page, "Verder");
  await page.getByText("Te beoordelen door politie en OM").first().waitFor();
  expect(await page.getByRole("checkbox", { name: "Artikel 285d: Doxing" }).isChecked()).toBe(true);
  await page.getByText("Iemand zocht die op, verspreidde ze of gaf ze door").click();
  await clean(page, "aangifte-3");
  await press(page, "Verder");
  await page.getByText("prive-demonstratie.txt").click();
  await press(page, "Verder");
  await page.getByText("Het document is geen aangifte.").waitFor();
  await press(page, "Bewaar in het dossier");
  await page.getByText("Bewaard in het dossier. Er is niets verstuurd.").waitFor();
  // The button is gone; the keyboard is at the word that took its place.
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Bewaard in het dossier. Er is niets verstuurd.");
  await clean(page, "aangifte-5");
  expect(await draftsLeft(page)).toEqual([]);
  const { text, tagged } = await madePaper(page, "Feiten voor de aangifte");
  expect(tagged).toBe(true);
  const order = [
    "Feiten voor de aangifte",
    "VPT-code",
    "wethouder",
    "Demonstratieplein 1",
    "Wie",
    "Waarom",
    "na het besluit",
    "Te beoordelen door politie en OM",
    "285 Sr",
    "285d Sr",
    "Bewijs",
    "scherm-",
    "Wat hier niet in staat",
  ];
  let at = 0;
  for (const part of order) {
    const found = text.indexOf(part, at);
    expect([part, found >= at]).toEqual([part, true]);
    at = found;
  }
  expect(text).toContain("Eén ander bestand uit het dossier");
  expect(text).not.toContain("prive-");
}, 120_000);

test("a notice to a platform: what the law asks is asked, the text is there in two languages, and sending is the person's own act", async () => {
  const { page } = visitor;
  await goTo(page, `/stappen/${dossier}/platform`);
  await heading(page, "Melden bij een platform");
  await press(page, "Nieuwe melding");
  await press(page, "Bewaar in het dossier");
  await page.getByText("Vul in welk platform het is.").waitFor();
  await clean(page, "platform-leeg");
  await page.getByRole("textbox", { name: /^Welk platform is het/ }).fill("Voorbeeldnet");
  await page.getByRole("textbox", { name: /^Precies welk adres/ }).fill("https://voorbeeld.example/berichten/1");
  await page.getByRole("textbox", { name: /^Waarom mag dit niet/ }).fill("Demonstratie: dit bericht dreigt en toont mijn huis.");
  await page.getByRole("textbox", { name: /^Naam van wie meldt/ }).fill("Gemeente Demostad");
  await page.getByRole("textbox", { name: /^E-mailadres van wie meldt/ }).fill("veiligheid@demostad.example.nl");
  await page.getByText("Ik geloof dat deze melding klopt en volledig is").click();
  // Away and back: the notice is as it was typed, its addresses too.
  await goTo(page, `/stappen/${dossier}`);
  await goTo(page, `/stappen/${dossier}/platform`);
  await press(page, "Nieuwe melding");
  await page.getByText("U was al begonnen. Uw tekst staat er nog.").waitFor();
  expect(await page.getByRole("textbox", { name: /^Precies welk adres/ }).inputValue()).toBe("https://voorbeeld.example/berichten/1");
  await press(page, "Gooi mijn tekst weg");
  await press(page, "Nee, laat staan");
  await press(page, "Bewaar in het dossier");
  const text = page.getByRole("region", { name: "De tekst" });
  await text.getByText("te goeder trouw van overtuigd").waitFor();
  await clean(page, "platform-klaar");
  await page.getByRole("tab", { name: "Engels" }).click();
  await text.getByText("bona fide belief").waitFor();
  expect(await draftsLeft(page)).toEqual([]);
  await press(page, "Leg dit vast");
  await page.getByRole("button", { name: "Nieuwe melding" }).waitFor();
  await page.getByText(/^Verstuurd op/).waitFor();
  await page.getByText(/^Kijk opnieuw op/).waitFor();
  await clean(page, "platform-lijst");
}, 120_000);

test("a page under Stappen that is opened at once, without a dossier before it, has its style", async () => {
  const { context, page } = await visit(browser, stage.house.url, phone, { path: `/stappen/${dossier}/afschermen` });
  await page.locator("main h1").waitFor();
  const styled = await page.evaluate(() =>
    [...document.styleSheets].some(({ cssRules }) => [...cssRules].some(({ cssText }) => cssText.includes(".acting-step"))),
  );
  expect(styled).toBe(true);
  await context.close();
});

test("shielding: one step at a time, its letter filled in and not kept, its state kept for whoever goes on", async () => {
  const { page } = visitor;
  await goTo(page, `/stappen/${dossier}/afschermen`);
  await heading(page, "Uw adres afschermen");
  await clean(page, "afschermen");
  await press(page, /^Stap A: KVK/);
  await heading(page, "KVK: uw bezoekadres afschermen");
  await page.getByRole("textbox", { name: /^Adres dat weg moet/ }).fill("Demonstratielaan 12, KANARIE");
  await page.getByRole("region", { name: "De brief" }).getByText("Demonstratielaan 12, KANARIE").waitFor();
  await page.getByText("Aangevraagd", { exact: true }).click();
  await clean(page, "afschermen-stap");
  await press(page, "Bewaar deze stap");
  await page.getByText("Bewaard in het dossier. Er is niets verstuurd.").waitFor();
  await press(page, "Alle stappen van afschermen");
  await page.getByText(/^Kijk opnieuw op/).waitFor();
  expect(visitor.complaints).toEqual([]);

  // The desk opens the same dossier and finds it all, sealed until then; the address of the letter was kept nowhere.
  const handle = await openReport(stage.company.safety, dossier);
  const { complaint, notices, shielding } = await preparationsOf(handle);
  expect(complaint?.evidence).toHaveLength(1);
  expect([...notices.values()].map(({ platform, sentOn }) => [platform, sentOn === null])).toEqual([["Voorbeeldnet", false]]);
  expect(shielding.get("kvk")?.state).toBe("asked");
  expect(JSON.stringify([complaint, [...notices.values()], [...shielding.values()]])).not.toContain("KANARIE");
  expect(stage.mails.join("\n")).not.toMatch(/Voorbeeldnet|Demonstratielaan/u);
}, 60_000);

test("where evidence is added, a short guide says what to do with messages that vanish", async () => {
  const { page } = visitor;
  await goTo(page, `/dossier/${dossier}`);
  await press(page, "Bewijs toevoegen");
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Berichten die verdwijnen, zoals bij Snapchat").click();
  await dialog.getByText("Maak met een tweede telefoon een foto van het scherm.").waitFor();
  await clean(page, "verdwijnen");
}, 60_000);

test("the command line makes the same documents, says what is missing, and writes text to copy", async () => {
  let [out, err] = ["", ""];
  const run = async (...line: string[]): Promise<number> =>
    await main([...line, "--receipt-file", join(folder, "code.txt"), "--server", stage.house.url, "--home", join(folder, "home")], {
      out: (text) => (out += text),
      err: (text) => (err += text),
      bar: false,
    });
  const at = (name: string): string => join(folder, name);
  expect([await run("paper", dossier, "--kind", "aangifte", "--out", at("aangifte.pdf")), err]).toEqual([0, ""]);
  expect(out).toMatch(/tagged PDF \(PDF\/UA-1\)\. Nothing was sent\./u);
  expect(looked(at("aangifte.pdf")).text).toContain("Zet de VPT-code op deze aangifte.");
  expect([await run("paper", dossier, "--kind", "melding", "--language", "en", "--out", at("notice.txt")), err]).toEqual([0, ""]);
  expect(await readFile(at("notice.txt"), "utf8")).toContain("bona fide belief");
  expect([await run("paper", dossier, "--kind", "melding", "--language", "en", "--out", at("notice.pdf")), err]).toEqual([0, ""]);
  const english = looked(at("notice.pdf"));
  expect(english.tagged).toBe(true);
  expect(english.text).toMatch(/Article 285d \(Doxing\)[\s\S]*Gemeente Demostad[\s\S]*page \d of \d/u);
  await writeFile(at("letter.json"), JSON.stringify({ name: "Wil Demo", home: "Demonstratielaan 12" }));
  expect([await run("paper", dossier, "--kind", "brief", "--step", "kvk", "--facts", at("letter.json"), "--out", at("kvk.pdf")), err]).toEqual([0, ""]);
  expect(looked(at("kvk.pdf")).tagged).toBe(true);
  await writeFile(at("step.json"), JSON.stringify({ type: "shielding", step: "brp", register: 1, state: "done", on: "2026-11-26", again: null, note: "" }));
  expect([await run("prepare", dossier, "--body", at("step.json")), err]).toEqual([0, ""]);
  expect((await preparationsOf(await openReport(stage.company.safety, dossier))).shielding.get("brp")?.state).toBe("done");
  expect(await run("paper", dossier, "--kind", "brief", "--step", "plate", "--out", at("plate.pdf"))).toBe(1);
  expect(err).toMatch(/there is no letter for step "plate"; choose kvk, kadaster, brp/u);
}, 60_000);
