/** Journey: at 23:00, on a phone, with a keyboard alone, someone without an account reports a threat with evidence, keeps the code, and comes back with it. Real Chromium, real server. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openReport, readReport } from "#services/reporting/client/index.ts";
import { readWorklist } from "#services/dossier/client/index.ts";
import { axeFindings, openBrowser, overflows, phone, visit, type Visitor } from "./browser.ts";
import { pressByKey as press, tabTo } from "./keyboard.ts";
import { openStage, type TestStage } from "./stage.ts";

let stage: TestStage;
let browser: Browser;
let visitor: Visitor;
beforeAll(async () => {
  stage = await openStage();
  browser = await openBrowser();
  visitor = await visit(browser, stage.house.url, phone);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await stage.close();
});

const heading = async (page: Page, name: string): Promise<void> => {
  await page.getByRole("heading", { level: 1, name }).waitFor();
};
const clean = async (page: Page): Promise<void> => {
  expect(await axeFindings(page)).toEqual([]);
  expect(await overflows(page)).toBe(false);
};

test("five steps by keyboard at 360 px, with evidence, to a code that works", async () => {
  const { page } = visitor;
  await heading(page, "Wat is er aan de hand?");
  await clean(page);
  expect(await page.getByRole("link", { name: /Bel 112/ }).count()).toBeGreaterThan(0);
  await press(page, /^Ik word bedreigd/);

  await heading(page, "Wat is er gebeurd?");
  await clean(page);
  await tabTo(page, /^Uw verhaal/);
  await page.keyboard.type("Demonstratie: er stond een man voor mijn deur die riep dat hij terugkomt.");
  await tabTo(page, /^Zo snel mogelijk/);
  await page.keyboard.press("Space");
  await press(page, /^Verder/);

  await heading(page, "Wat en waar was het?");
  await clean(page);
  await press(page, /^Bedreiging/, "Space");
  await press(page, /^Verder/);

  await heading(page, "Heeft u iets om te laten zien?");
  await clean(page);
  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles([
      "apps/checks/fixtures/bedreiging-demonstratie.eml",
      "apps/checks/fixtures/schermafbeelding-demonstratie.png",
      "apps/checks/fixtures/brief-demonstratie.pdf",
    ]);
  await press(page, /^Verder/);

  await heading(page, "Wie moet dit lezen?");
  await tabTo(page, /^Waar bent u ambtsdrager/);
  await page.keyboard.type("Demostad");
  await page.getByText("Gemeente Demostad (demonstratie)").first().waitFor();
  await press(page, /^Gemeente Demostad/, "Space");
  await page.getByText("ondertekend en door uw apparaat gecontroleerd").waitFor();
  await clean(page);
  await press(page, /^Verder/);

  await heading(page, "Kijk het nog even na");
  await clean(page);
  await press(page, /^Zet op slot en verstuur/);

  await heading(page, "Uw melding is bezorgd");
  await clean(page);
  const code = (await page.locator(".receipt-group .part").allInnerTexts()).join("-");
  expect(code).toMatch(/^[0-9A-Z]{4}([\s-][0-9A-Z]{4}){5}$/);
  await press(page, /^Ik heb de code bewaard/);

  await heading(page, "Heeft u de code?");
  for (const field of await page.getByRole("textbox", { name: /^Groep \d van de code/ }).all()) {
    const group = Number(/Groep (\d)/.exec((await field.evaluate((element) => (element as HTMLInputElement).labels?.[0]?.textContent)) ?? "")?.[1]);
    await field.focus();
    await page.keyboard.type(code.split(/[\s-]+/)[group - 1] ?? "");
  }
  await press(page, /^Klaar/);
  await heading(page, "U bent niet meer alleen hiermee");
  await clean(page);

  // What the desk receives: the words and all three files, byte for byte openable.
  const { safety, desks } = stage.company;
  const lines = [];
  for await (const part of readWorklist(safety, desks.safety)) lines.push(...part.lines);
  expect(lines).toHaveLength(1);
  const handle = await openReport(safety, lines[0]?.id ?? "");
  const first = handle.entries[0];
  if (first === undefined) throw new Error("the report has no first entry");
  const content = await readReport(handle, first);
  if (content.kind !== "report") throw new Error("the first entry is no report");
  expect(content.body.inOwnWords).toContain("man voor mijn deur");
  expect(content.body.attachments.map(({ name }) => name)).toEqual([
    "bedreiging-demonstratie.eml",
    "schermafbeelding-demonstratie.png",
    "brief-demonstratie.pdf",
  ]);

  // Back with the code alone, in another browser.
  const later = await visit(browser, stage.house.url, phone, { path: "/terug" });
  await later.page.getByRole("textbox", { name: /^Uw code/ }).fill(code.toLowerCase().replaceAll(/[\s-]/g, " "));
  await later.page.keyboard.press("Enter");
  await later.page.waitForURL(/\/dossier\//);
  await later.page.getByText("man voor mijn deur").first().waitFor();
  // Whose dossier it is decides whether it is counted, and reads first what is.
  await later.page.getByRole("heading", { level: 2, name: "Telt u mee?" }).waitFor();
  await later.page.getByText("Dit dossier telt mee.", { exact: true }).waitFor();
  await clean(later.page);
  await press(later.page, /^Nee, tel niet mee/);
  await later.page.getByText("Dit dossier telt niet mee.", { exact: true }).waitFor();
  expect([...visitor.complaints, ...later.complaints]).toEqual([]);
  await later.context.close();
}, 180_000);

test("what was typed survives a closed tab, sealed on this device, and can be thrown away", async () => {
  const { page, context } = await visit(browser, stage.house.url, phone, { path: "/melden" });
  await page.getByRole("heading", { level: 1, name: "Wat is er gebeurd?" }).waitFor();
  await page.getByRole("textbox", { name: /^Uw verhaal/ }).fill("Demonstratie KANARIE-concept");
  await page.getByText("Bewaard op dit apparaat").first().waitFor();
  await page.close();
  const again = await context.newPage();
  await again.goto(`${stage.house.url}/melden`);
  await again.getByText("U was al begonnen").waitFor();
  expect(await again.getByRole("textbox", { name: /^Uw verhaal/ }).inputValue()).toBe("Demonstratie KANARIE-concept");
  const stored = await again.evaluate(async () => {
    const names = await indexedDB.databases();
    const all: string[] = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
    for (const { name } of names) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name ?? "");
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      for (const store of db.objectStoreNames) {
        const values = await new Promise<unknown[]>((resolve) => {
          const asking = db.transaction(store).objectStore(store).getAll();
          asking.onsuccess = () => resolve(asking.result as unknown[]);
        });
        for (const value of values)
          all.push(
            JSON.stringify(value, (_, part: unknown) =>
              part instanceof ArrayBuffer || ArrayBuffer.isView(part) ? new TextDecoder("latin1").decode(part) : part,
            ),
          );
      }
      db.close();
    }
    return all.join("\n");
  });
  // The draft is there, as ciphertext.
  expect(stored.length).toBeGreaterThan(200);
  expect(stored).not.toContain("KANARIE-concept");
  await again.getByRole("button", { name: "Gooi alles weg" }).click();
  await again.getByRole("button", { name: "Ja, gooi alles weg" }).click();
  await again.waitForFunction(() => document.querySelector("textarea")?.value !== "Demonstratie KANARIE-concept");
}, 60_000);

/** In the page: a draft as the report page kept it before all services shared one store, with the key beside the text in one record. */
async function keepAsBefore(words: string): Promise<void> {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(JSON.stringify({ step: 0, words, forms: [] })));
  await new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open("rugdekking-drafts", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("drafts");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const change = opening.result.transaction("drafts", "readwrite");
      change.objectStore("drafts").put({ key, iv, sealed }, "report");
      change.oncomplete = () => {
        opening.result.close();
        resolve();
      };
    };
  });
}

/** In the page: how many drafts lie in the store of before. */
const keptBefore = async (): Promise<number> =>
  await new Promise((resolve, reject) => {
    const opening = indexedDB.open("rugdekking-drafts");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const asking = opening.result.transaction("drafts").objectStore("drafts").count();
      asking.onsuccess = () => {
        opening.result.close();
        resolve(asking.result);
      };
    };
  });

test("a draft typed before an update of the app is still there, and throwing away leaves none of it", async () => {
  const { page, context, complaints } = await visit(browser, stage.house.url, phone, { path: "/terug" });
  await page.evaluate(keepAsBefore, "Demonstratie van voor de nieuwe versie");
  const story = page.getByRole("textbox", { name: /^Uw verhaal/ });
  for (const time of ["moved to the store of all services", "read from there"]) {
    await page.goto(`${stage.house.url}/melden`);
    await page.getByText("U was al begonnen").waitFor();
    expect(await story.inputValue(), time).toBe("Demonstratie van voor de nieuwe versie");
    expect(await page.evaluate(keptBefore), time).toBe(0);
  }
  await page.getByRole("button", { name: "Gooi alles weg" }).click();
  await page.getByRole("button", { name: "Ja, gooi alles weg" }).click();
  await page.waitForURL(`${stage.house.url}/`);
  await page.goto(`${stage.house.url}/melden`);
  await story.waitFor();
  await page.waitForTimeout(500);
  expect(await story.inputValue()).toBe("");
  expect(complaints).toEqual([]);
  await context.close();
}, 60_000);

test("later steps that do not arrive are said in place, and come when asked again, with nothing typed lost", async () => {
  const { context, page } = await visit(browser, stage.house.url, phone, { path: "/" });
  let refused = 0;
  await page.route(/\/assets\/later-[\w-]+\.js$/, async (route) => {
    refused += 1;
    await route.abort("internetdisconnected");
  });
  await page.goto(`${stage.house.url}/melden`);
  await page.getByRole("textbox", { name: /^Uw verhaal/ }).fill("Demonstratie: de lijn valt weg.");
  await page.getByText(/^Zo snel mogelijk/).click();
  for (let step = 0; step < 3; step += 1) await page.getByRole("button", { name: /^Verder/ }).click();
  const again = page.getByRole("button", { name: "Probeer het nog eens" });
  await again.waitFor();
  expect(refused).toBeGreaterThan(0);
  expect(await axeFindings(page)).toEqual([]);
  await page.unrouteAll();
  await again.click();
  await page.getByRole("searchbox", { name: /^Waar bent u ambtsdrager/ }).waitFor();
  for (let step = 0; step < 3; step += 1) await page.getByRole("button", { name: "Terug", exact: true }).click();
  expect(await page.getByRole("textbox", { name: /^Uw verhaal/ }).inputValue()).toBe("Demonstratie: de lijn valt weg.");
  await context.close();
}, 60_000);
