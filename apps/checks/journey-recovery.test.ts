/** Journey: someone chooses two people, loses everything, asks for their keys back, a holder compares digits and passes a share on, the delay passes, and they are back; a device that is gone; and who held which key when. In a real browser at 360 px. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { registerPerson, signInWithSheet } from "#services/directory/client/index.ts";
import { fileReport } from "#services/reporting/client/index.ts";
import { openBrowser, phone, visit, type Visitor } from "./browser.ts";
import { lookFor } from "./look.ts";
import { reportDraft } from "./road.ts";
import { openStage, type TestStage } from "./stage.ts";
import { heading } from "./walk-report.ts";

let stage: TestStage;
let browser: Browser;
/** Hours that the server's clock runs ahead of everyone's. */
let ahead = 0;
const visitors: Visitor[] = [];
const look = lookFor("recovery-");
const passphrase = "zeven losse woorden voor de demonstratie hier";

beforeAll(async () => {
  stage = await openStage({ host: "localhost", extras: { clock: () => new Date(Date.now() + ahead * 3_600_000) } });
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await stage.close();
});

async function open(path: string): Promise<Page> {
  const visitor = await visit(browser, stage.house.url, phone, { path });
  visitors.push(visitor);
  visitor.page.setDefaultTimeout(60_000);
  return visitor.page;
}

/** Signs in with a recovery sheet and goes to a page by its link in the account. */
async function enter(handle: string, sheet: string, link: string): Promise<Page> {
  const page = await open("/inloggen");
  await page.getByRole("tab", { name: "Herstelblad" }).click();
  await page.getByRole("textbox", { name: /^Uw inlognaam/ }).fill(handle);
  await page.getByRole("textbox", { name: /^De code van uw herstelblad/ }).fill(sheet);
  await page.getByRole("button", { name: "Log in" }).click();
  await heading(page, "Uw meldingen, scans en signalen");
  await page.getByRole("contentinfo").getByRole("link", { name: "Mijn account" }).click();
  await heading(page, "Mijn account");
  await look(page, "account");
  await page.getByRole("link", { name: link }).click();
  return page;
}

test("choose, lose, ask, confirm, wait, come back; and see it all afterwards", async () => {
  const names = { owner: "ria.demo@demostad.example.nl", first: "vriend.demo@demostad.example.nl", second: "griffier.demo@demostad.example.nl" };
  const made = new Map<string, { person: string; sheetCode: string }>();
  for (const handle of Object.values(names)) made.set(handle, await registerPerson(stage.connect().connection, { handle, mail: null, passphrase }));
  const sheetOf = (handle: string): string => made.get(handle)?.sheetCode ?? "";
  const { connection, trust } = stage.connect();
  const owner = await signInWithSheet(connection, { trust, device: "toestel van de test", handle: names.owner, code: sheetOf(names.owner) });
  await fileReport(connection, {
    as: { session: owner },
    trust,
    desk: stage.company.desks.safety,
    report: reportDraft((field) => `demonstratie ${field}`),
    attachments: [],
  });

  // The owner chooses two people, after comparing what they read out.
  const page = await enter(names.owner, sheetOf(names.owner), "Herstel: wie kan mij helpen?");
  await heading(page, "Herstel");
  await look(page, "nobody-yet");
  for (const [title, handle] of [
    ["Eerste persoon", names.first],
    ["Tweede persoon", names.second],
  ] as const) {
    const card = page.getByRole("group", { name: title });
    await card.getByRole("textbox", { name: /^Naam/ }).fill(`Demo ${title}`);
    await card.getByRole("textbox", { name: /^Persoonscode/ }).fill(made.get(handle)?.person ?? "");
    await card.getByRole("button", { name: "Zoek op" }).click();
    await card.getByRole("button", { name: "De cijfers kloppen" }).click();
  }
  await look(page, "chosen");
  await page.getByLabel(/^Typ uw wachtzin om dit toe te staan/).fill(passphrase);
  await page.getByRole("button", { name: "Verdeel mijn sleutel" }).click();
  await page.getByRole("heading", { name: "Uw deel op papier" }).waitFor();
  const paper = (await page.locator(".receipt-group .part").allInnerTexts()).join("-");
  await look(page, "paper");
  await page.getByRole("button", { name: "Ik heb het papier bewaard" }).click();
  await page.getByText("De server wacht 72 uur").waitFor();
  await look(page, "set-up");

  // Everything is lost: a browser that knows nothing.
  const lost = await open("/inloggen");
  await lost.getByRole("link", { name: "Kunt u niet meer inloggen?" }).click();
  await heading(lost, "Alles kwijt?");
  await look(lost, "claim");
  await lost.getByRole("textbox", { name: /^Uw inlognaam/ }).fill(names.owner);
  await lost.getByRole("button", { name: "Vraag mijn sleutels terug" }).click();
  await heading(lost, "Uw vraag is verstuurd");
  await lost
    .locator(".code")
    .filter({ hasText: /\d{5}( \d{5}){4}/ })
    .waitFor();
  const digits = (await lost.locator(".code").first().innerText()).trim();
  await look(lost, "asked");
  await lost.getByRole("textbox", { name: /^Het deel op papier/ }).fill(paper);
  await lost.getByRole("button", { name: "Gebruik het papier" }).click();
  await lost.getByText("1 deel is er").waitFor();

  // A holder hears the digits; others are refused.
  const holder = await enter(names.second, sheetOf(names.second), "Herstel: wie kan mij helpen?");
  await holder.getByText("Uw deel klopt.").waitFor();
  await holder.getByRole("textbox", { name: /^De cijfers die u hoort/ }).fill("11111 22222 33333 44444 55555");
  await holder.getByRole("button", { name: "De cijfers kloppen, geef mijn deel" }).click();
  await holder.getByText("Dit zijn andere cijfers").waitFor();
  await look(holder, "other-digits");
  await holder.getByRole("textbox", { name: /^De cijfers die u hoort/ }).fill(digits);
  await holder.getByRole("button", { name: "De cijfers kloppen, geef mijn deel" }).click();
  await holder.getByText("Uw deel is doorgegeven").waitFor();
  await look(holder, "passed-on");

  // The owner's own page offers a no for as long as the server waits.
  await page.reload();
  const watch = await enter(names.owner, sheetOf(names.owner), "Herstel: wie kan mij helpen?");
  await watch.getByRole("button", { name: "Dit ben ik niet: nee" }).waitFor();
  await look(watch, "veto");

  await lost.getByRole("button", { name: "Kijk opnieuw" }).click();
  await lost.getByText("Kan open vanaf").waitFor();
  ahead = 73;
  await lost.getByRole("button", { name: "Kijk opnieuw" }).click();
  await lost.getByRole("button", { name: "Open mijn sleutels" }).waitFor();
  await lost.getByRole("textbox", { name: /^Kies een nieuwe wachtzin/ }).fill(passphrase);
  await look(lost, "open");
  await lost.getByRole("button", { name: "Open mijn sleutels" }).click();
  await heading(lost, "U kunt weer inloggen");
  const fresh = (await lost.locator(".receipt-group .part").allInnerTexts()).join("-");
  await look(lost, "back");

  const back = await enter(names.owner, fresh, "Wie las mee?");
  await heading(back, "Wie las mee?");
  await back.getByText("U kwam terug met herstel").waitFor();
  await back.getByText("Sleutel voor Demo safety-desk").first().waitFor();
  await look(back, "who-held-which-key");

  const account = await enter(names.owner, fresh, "Herstel: wie kan mij helpen?");
  await account.goBack();
  await heading(account, "Mijn account");
  await account.getByRole("button", { name: "Een apparaat is weg" }).click();
  await account.getByText("Wat daar al gelezen of bewaard is").waitFor();
  await look(account, "lost-device");
  for (const { complaints } of visitors) expect(complaints).toEqual([]);
}, 420_000);
