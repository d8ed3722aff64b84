/** Journey: someone without an account reports with a picture while the time-stamp authority is away; the report goes through, the stamp comes when they open their dossier, and the bundle they take along proves it. Real Chromium, real authority. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasOpenssl, makeAuthority, serveAuthority, type ServedAuthority, type TestAuthority } from "@rugdekking/timestamp/testing";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleAt, closeBundle, type OpenBundle } from "#apps/cli/files.ts";
import { verifyBundle } from "#services/dossier/bundle/index.ts";
import { axeFindings, openBrowser, overflows, phone, visit, type Visitor } from "./browser.ts";
import { openStage, type TestStage } from "./stage.ts";
import { goTo, heading, takeAway } from "./walk-report.ts";

if (!hasOpenssl) console.warn("openssl is not on this machine: time stamps are not walked in the browser here");

describe.skipIf(!hasOpenssl)("a picture as evidence, in the browser", () => {
  const folder = mkdtempSync(join(tmpdir(), "rugdekking-journey-evidence-"));
  let authority: TestAuthority;
  let served: ServedAuthority;
  let stage: TestStage;
  let browser: Browser;
  let visitor: Visitor;
  beforeAll(async () => {
    authority = makeAuthority();
    served = await serveAuthority(authority);
    writeFileSync(join(folder, "wortel.pem"), authority.rootPem);
    stage = await openStage({ settings: { timestampAuthority: served.url, timestampRoots: join(folder, "wortel.pem") } });
    browser = await openBrowser();
    visitor = await visit(browser, stage.house.url, phone);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await stage.close();
    await served.close();
    authority.remove();
    rmSync(folder, { recursive: true, force: true });
  });
  const clean = async (): Promise<void> => {
    expect(await axeFindings(visitor.page)).toEqual([]);
    expect(await overflows(visitor.page)).toBe(false);
  };
  const next = async (name: RegExp): Promise<void> => await visitor.page.getByRole("button", { name }).click();

  test("the report is delivered without the authority, and says that the stamp comes later", async () => {
    const { page } = visitor;
    served.behave("broken");
    await page.getByRole("link", { name: /^Ik word bedreigd/ }).click();
    await page.getByRole("textbox", { name: /^Uw verhaal/ }).fill("Demonstratie: ik kreeg een bericht met een foto van mijn huis.");
    await page.getByText("Zo snel mogelijk").click();
    await next(/^Verder/);
    await heading(page, "Wat en waar was het?");
    await next(/^Verder/);
    await heading(page, "Heeft u iets om te laten zien?");
    await page.locator('input[type="file"]').first().setInputFiles(["apps/checks/fixtures/schermafbeelding-demonstratie.png"]);
    await next(/^Verder/);
    await heading(page, "Wie moet dit lezen?");
    await page.getByRole("searchbox", { name: /^Waar bent u ambtsdrager/ }).fill("Demostad");
    await next(/^Gemeente Demostad/);
    await page.getByText("ondertekend en door uw apparaat gecontroleerd").waitFor();
    await next(/^Verder/);
    await heading(page, "Kijk het nog even na");
    await next(/^Zet op slot en verstuur/);
    await heading(page, "Uw melding is bezorgd");
    const code = (await page.locator(".receipt-group .part").allInnerTexts()).join("-");
    await next(/^Ik heb de code bewaard/);
    await heading(page, "Heeft u de code?");
    for (const field of await page.getByRole("textbox", { name: /^Groep \d van de code/ }).all()) {
      const group = Number(/Groep (\d)/.exec((await field.evaluate((element) => (element as HTMLInputElement).labels?.[0]?.textContent)) ?? "")?.[1]);
      await field.fill(code.split(/[\s-]+/)[group - 1] ?? "");
    }
    await next(/^Klaar/);
    await heading(page, "U bent niet meer alleen hiermee");
    await page.getByText("De tijdstempel is nog niet gelukt. Uw melding is wel aangekomen.").waitFor();
    await clean();
    expect(served.asked.length).toBeGreaterThan(0);
  });

  test("opening the dossier asks again; the line says when and by whom, the panel who had it", async () => {
    const { page } = visitor;
    served.behave("honest");
    await page.getByRole("link", { name: "Naar mijn melding" }).click();
    const line = page.locator(".evidence > summary");
    await line.getByText(/^Vastgelegd op .* Tijdstempel van Demo Tijd, Demo Tijd stempel op /).waitFor();
    await line.click();
    await page.getByText("Wie had het, en sinds wanneer?").waitFor();
    await page.getByText(/Demo safety-desk de sleutel/).waitFor();
    expect(await page.locator(".evidence-custody li").allInnerTexts()).toHaveLength(3);
    await clean();
    if (process.env["RUGDEKKING_LOOK"] !== undefined) {
      await page.locator(".evidence").screenshot({ path: join(process.env["RUGDEKKING_LOOK"], "evidence-phone.png") });
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.locator(".evidence").scrollIntoViewIfNeeded();
      await page.screenshot({ path: join(process.env["RUGDEKKING_LOOK"], "evidence-desktop.png") });
      await page.emulateMedia({ colorScheme: "dark" });
      await page.screenshot({ path: join(process.env["RUGDEKKING_LOOK"], "evidence-dark.png") });
      await page.emulateMedia({ colorScheme: "light" });
      await page.setViewportSize(phone);
    }
  });

  test("what they take along verifies against the pinned keys and roots, here and on the page that checks", async () => {
    const { page, complaints } = visitor;
    const path = join(folder, "mee.zip");
    await takeAway(page, path);
    let opened: OpenBundle | null = null;
    const verdict = await verifyBundle(async () => (opened = await bundleAt(path)), { pin: stage.house.anchor });
    await closeBundle(opened);
    expect(verdict.first).toBeNull();
    expect(verdict.evidence.map(({ name, stamp }) => [name, stamp?.authority])).toEqual([
      ["schermafbeelding-demonstratie.png", "Demo Tijd, Demo Tijd stempel"],
    ]);
    await goTo(page, "/controleren");
    await heading(page, "Controleer uw bewijs");
    await page.locator('[data-role="bundle"]').setInputFiles(path);
    await page.getByText("Dit dossier is heel en echt").waitFor();
    await page.getByText("schermafbeelding-demonstratie.png").waitFor();
    await page.getByText(/Demo Tijd, Demo Tijd stempel/).waitFor();
    await clean();
    // The authority was away once, on purpose.
    expect(complaints.filter((one) => one !== "answer 503 to /api/v1/timestamps")).toEqual([]);
  });
});
