/**
 * Journey: answering the Monitor. On a phone of 360 px someone follows the link of an invitation, reads how anonymity works, collects the token, answers, looks back, and waits; a day later (the page's clock is moved)
 * the answers leave, and no request of it carries a cookie, though someone is signed in on the same phone. It is open in two tabs: one token is collected, and nothing is sent that was taken back. What was sent is gone
 * from the device. Another invitation on the same phone, and erasing a token, are asked about first. A second device with the same code is refused. The research desk sees the count, and not who.
 * With `PICTURES=<folder>` the pages are kept as pictures.
 */
import { join } from "node:path";
import type { Browser, Page, Request } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { invitationProof, toBase64Url } from "@rugdekking/seal";
import { Connection, memoryTrustStore, Trust } from "#services/directory/client/index.ts";
import { giveAnswer, readWave, respondentConnection } from "#services/monitor/client/index.ts";
import { keyOf } from "#services/monitor/client/waves.ts";
import { TokenAnswer } from "#services/monitor/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import { desktop, openBrowser, phone, visit, type Visitor } from "./browser.ts";
import { lookFor, pictures } from "./look.ts";
import { quickRequest } from "./quick-blinding.ts";
import { become, heading } from "./walk-report.ts";
import { startDemonstration, type Demonstration } from "./world.ts";

let world: Demonstration;
let browser: Browser;
const visitors: Visitor[] = [];
beforeAll(async () => {
  [world, browser] = await Promise.all([startDemonstration(), openBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
});

const clean = lookFor("m");

const press = async (page: Page, name: string | RegExp): Promise<void> => await page.getByRole("button", { name }).first().click();

/** The tab comes to the front again. A browser without a screen keeps all of them there, and says nothing. */
const lookAgain = async (page: Page): Promise<void> => await page.evaluate(() => void document.dispatchEvent(new Event("visibilitychange")));

/** In the page: everything in one part of where this device keeps what is sealed. */
const keptIn = async (store: "drafts" | "keys"): Promise<readonly unknown[]> =>
  await new Promise((resolve, reject) => {
    const opening = indexedDB.open("rugdekking-monitor");
    opening.addEventListener("error", () => reject(new Error("no database")));
    opening.addEventListener("success", () => {
      const asking = opening.result.transaction(store).objectStore(store).getAll();
      asking.addEventListener("error", () => reject(new Error(`no ${store}`)));
      asking.addEventListener("success", () => {
        opening.result.close();
        resolve(asking.result);
      });
    });
  });
/** In the page: how many of these drafts these keys open. */
const openWith = async ({
  drafts,
  keys,
}: Readonly<Record<"drafts" | "keys", readonly unknown[]>>): Promise<{ readonly tried: number; readonly opened: number }> => {
  const additionalData = new TextEncoder().encode("rugdekking draft participation");
  let [tried, opened] = [0, 0];
  for (const draft of drafts)
    for (const key of keys) {
      if (
        typeof draft !== "object" ||
        draft === null ||
        !("iv" in draft && draft.iv instanceof Uint8Array && "sealed" in draft && draft.sealed instanceof ArrayBuffer)
      )
        continue;
      if (!(key instanceof CryptoKey)) continue;
      tried += 1;
      const iv = new Uint8Array(draft.iv);
      const opens = crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData }, key, draft.sealed);
      opened += await opens.then(
        () => 1,
        () => 0,
      );
    }
  return { tried, opened };
};
const keptBy = async (page: Page) => ({
  drafts: await page.evaluateHandle(keptIn, "drafts" as const),
  keys: await page.evaluateHandle(keptIn, "keys" as const),
});

/** Codes of the small stratum: it is asked no questions about the person. */
const codes = (): readonly string[] =>
  (world.file.monitor?.invitations ?? []).filter(({ stratum }) => stratum.startsWith("wethouder/")).map(({ code }) => code);

/** Others of the same stratum, so that there is a number to show: real tokens, real answers, without a screen. */
async function othersAnswer(count: number): Promise<void> {
  const connection = respondentConnection(world.url);
  const wave = await readWave(new Trust(new Connection({ base: world.url, cookies: "own" }), memoryTrustStore()), "demonstratie");
  for (const code of codes().slice(2, 2 + count)) {
    const { blinded, finish } = quickRequest(await keyOf(wave, "wethouder/gemeente/demoland/20-50"));
    const proof = toBase64Url(invitationProof(code, wave.wave));
    const { signature } = await connection.post(`/api/v1/monitor/waves/${wave.wave}/tokens`, { proof, blinded: blinded.toString("base64url") }, TokenAnswer);
    await giveAnswer(connection, wave, finish(Buffer.from(signature, "base64url")), {
      questionnaire: { set: "monitor", version: 1 },
      recallMonths: 12,
      details: false,
      answers: {},
    });
  }
}

test("a link, four sentences, a token, the questions, a wait, and sent without a trace of who it was", async () => {
  const [code = "", other = ""] = codes();
  // Someone is signed in on this phone: a research desk's own member, of all people.
  const signedIn = await visit(browser, world.url, phone);
  visitors.push(signedIn);
  await become(signedIn.page, world, "onderzoek");
  expect((await signedIn.context.cookies()).map(({ name }) => name)).toContain("__Host-session");

  const page = await signedIn.context.newPage();
  page.setDefaultTimeout(20_000);
  const asked: Request[] = [];
  signedIn.context.on("request", (request) => {
    if (new URL(request.url()).pathname.startsWith("/api/v1/monitor/") && request.method() === "POST") asked.push(request);
  });
  const paths = (): string[] => asked.map((request) => new URL(request.url()).pathname.split("/").at(-1) ?? "");
  await page.clock.install();
  // A code that was mistyped is said to be so, and a link followed in the same tab takes its place.
  await page.goto(`${world.url}/monitor`);
  await heading(page, "Vragen over veiligheid");
  await page.getByText("De server zet er een stempel op, maar ziet niet wat erop staat.").waitFor();
  expect(await page.locator("ol.numbered li").count()).toBe(4);
  await clean(page, "start");
  await page.getByRole("textbox", { name: /^Code uit uw uitnodiging/ }).fill("AAAA-BBBB-CCCC-DDDD-EEEE-FFFF");
  await press(page, "Ga verder");
  await page.getByText("Deze code kennen wij niet.").waitFor();
  await page.goto(`${world.url}/monitor#${code}`);
  await heading(page, "Monitor (demonstratie, verzonnen)");
  expect(page.url()).toBe(`${world.url}/monitor`);
  await page.getByText("Uw groep is klein.", { exact: false }).waitFor();
  await clean(page, "found");
  // The same link in two tabs: one of them collects, and the other then shows what there is.
  const tab = await signedIn.context.newPage();
  tab.setDefaultTimeout(20_000);
  await tab.goto(`${world.url}/monitor#${code}`);
  await heading(tab, "Monitor (demonstratie, verzonnen)");
  await Promise.all([page, tab].map(async (one) => await press(one, "Haal mijn bewijs op")));
  await Promise.any([page, tab].map(async (one) => await heading(one, "U hebt uw bewijs")));
  for (const one of [page, tab]) {
    await lookAgain(one);
    await heading(one, "U hebt uw bewijs");
  }
  expect(paths().filter((path) => path === "tokens")).toHaveLength(1);
  await clean(page, "collected");
  // Somebody else's invitation on the same phone does not take the place of this one, and can be answered elsewhere.
  await tab.goto(`${world.url}/monitor#${other}`);
  await heading(tab, "Dit apparaat is al in gebruik");
  await tab.getByText("Op dit apparaat ligt al een bewijs voor: Monitor (demonstratie, verzonnen).").waitFor();
  await clean(tab, "occupied");
  await press(tab, "Ga daarmee verder");
  await heading(tab, "U hebt uw bewijs");
  // A token is erased only by who knows that its code gives no other.
  await press(tab, "Wis mijn bewijs");
  await tab.getByText("Uw code werkt daarna niet meer.", { exact: false }).waitFor();
  await clean(tab, "erase");
  await press(tab, "Nee, bewaar het");
  await heading(tab, "U hebt uw bewijs");
  await press(page, "Begin met de vragen");
  await page.waitForURL(`${world.url}/monitor/vragen`);
  await page.locator(".monitor-question input").first().waitFor();
  await clean(page, "question");
  const summary = page.getByRole("heading", { level: 1, name: "Kijk uw antwoorden na" });
  for (let step = 0; step < 80 && !(await summary.isVisible()); step += 1) {
    const before = await page.locator("main h1").innerText();
    // The first two are answered, the others passed over: nobody has to answer anything.
    if (step < 2) await page.locator(".monitor-question label").first().click();
    await page.locator('main form button[type="submit"]').click();
    await page.waitForFunction((was) => document.querySelector("main h1")?.textContent !== was, before);
  }
  await summary.waitFor();
  await clean(page, "summary");
  await press(page, "Klaar, zet ze klaar om te versturen");
  await heading(page, "Uw antwoorden staan klaar");
  await clean(page, "waiting");

  // Nothing left so far but what was asked under the code, and it does not leave within the hour.
  await page.clock.fastForward("00:50:00");
  expect(paths().filter((path) => path === "answers")).toEqual([]);
  await othersAnswer(4);
  // Taken back in one tab, it is not sent by the other, which still shows it as waiting.
  await lookAgain(tab);
  await heading(tab, "Uw antwoorden staan klaar");
  await press(page, "Haal terug en wijzig");
  await summary.waitFor();
  await tab.clock.fastForward("25:00:00");
  await tab.getByText("U ging in een ander tabblad verder.", { exact: false }).waitFor();
  await clean(tab, "elsewhere");
  expect(paths().filter((path) => path === "answers")).toEqual([]);
  // Answers that are refused are not lost: they can be taken back and changed, with the token.
  const tooLarge = new Problem("input-too-large", "Refused by this test", "None.").toDocument();
  await page.route(
    "**/api/v1/monitor/answers",
    async (route) => await route.fulfill({ status: tooLarge.status, contentType: "application/problem+json", body: JSON.stringify(tooLarge) }),
    { times: 1 },
  );
  await press(page, "Klaar, zet ze klaar om te versturen");
  await page.getByText("Uw antwoorden passen niet bij deze vragen.").waitFor();
  await clean(page, "refused");
  await press(page, "Wis alles hier");
  await page.getByText("Uw code werkt daarna niet meer.", { exact: false }).waitFor();
  await press(page, "Nee, bewaar het");
  const before = await keptBy(page);
  expect(await page.evaluate(openWith, before)).toEqual({ tried: 1, opened: 1 });
  await press(page, "Haal terug en wijzig");
  await summary.waitFor();
  await press(page, "Klaar, zet ze klaar om te versturen");
  await heading(page, "Verstuurd. Dank u wel.");
  await clean(page, "sent");
  // One was refused by this test, one arrived.
  expect(paths().filter((path) => path === "answers")).toHaveLength(2);
  // The answers are erased as it says: what may be left of them on the disk opens with no key that is still there.
  const after = await keptBy(page);
  expect(await page.evaluate(openWith, after)).toEqual({ tried: 1, opened: 1 });
  expect(await page.evaluate(openWith, { drafts: before.drafts, keys: after.keys })).toEqual({ tried: 1, opened: 0 });
  for (const request of asked) {
    const headers = await request.allHeaders();
    expect([request.url(), headers["cookie"], headers["authorization"], headers["referer"]]).toEqual([request.url(), undefined, undefined, undefined]);
    const body = request.postData() ?? "";
    expect(body).not.toContain(code);
    if (request.url().endsWith("/answers")) expect(body).not.toContain(toBase64Url(invitationProof(code, "demonstratie")));
  }

  // The same code on another device.
  const second = await visit(browser, world.url, phone, { path: `/monitor#${code}` });
  visitors.push(second);
  await heading(second.page, "Monitor (demonstratie, verzonnen)");
  await press(second.page, "Haal mijn bewijs op");
  await second.page.getByText("Met deze code is al een bewijs opgehaald.").waitFor();
  await clean(second.page, "second");
  expect(other).not.toBe(code);

  // The research desk counts five, and knows of none who.
  const desk = signedIn.page;
  const counted: Request[] = [];
  desk.on("request", (request) => void (request.url().endsWith("/fieldwork") && counted.push(request)));
  await desk.getByRole("link", { name: "Veldwerk van de Monitor" }).click();
  await heading(desk, "Veldwerk");
  await desk.getByText("Ten minste 5 van de 52 mensen met een uitnodiging").waitFor();
  await desk.getByText("Ten minste 10 van de 100. Met wat wij nog niet zeggen erbij: tussen 4 en 21.").waitFor();
  await desk.getByText("42 van de 100; tussen 19 en 68").waitFor();
  await desk.getByText("47 mensen haalden geen bewijs op.", { exact: false }).waitFor();
  expect(await desk.getByText("In 2 groepen antwoordden nog geen tien mensen.", { exact: false }).count()).toBe(1);
  await clean(desk, "fieldwork");
  await desk.getByText("Tabel: alle groepen").click();
  const row = desk.getByRole("row", { name: /^wethouder, gemeente, Demoland/ });
  expect((await row.getByRole("cell").allInnerTexts()).slice(0, 4)).toEqual(["12", "12", "5", "5"]);
  await desk.setViewportSize(desktop);
  await clean(desk, "fieldwork-desk");
  if (pictures !== undefined) await desk.pdf({ path: join(pictures, "m11-fieldwork.pdf"), format: "A4" });
  // Where a cookie belongs it is sent: the check above could have found one.
  expect((await counted[0]?.allHeaders())?.["cookie"]).toContain("__Host-session");
  expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
}, 180_000);
