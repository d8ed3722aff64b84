/** Journey: someone pairs the browser extension with their report, captures an invented post, and takes it over into the dossier, where the bundle they take along proves it. The built extension in a real Chromium; its icon is really pressed. */
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { bundleAt, closeBundle, type OpenBundle } from "#apps/cli/files.ts";
import { verifyBundle } from "#services/dossier/bundle/index.ts";
import { signInAsGuest } from "#services/directory/client/index.ts";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { EvidenceBody } from "#services/dossier/contract/bodies.ts";
import { fileReport, openReport } from "#services/reporting/client/index.ts";
import { placeCapture } from "#services/reporting/client/place-capture.ts";
import { openCapture, sealCapture } from "#services/reporting/client/sealed-capture.ts";
import { axeFindings, desktop, overflows, phone } from "./browser.ts";
import { openExtension, type ExtensionBrowser } from "./extension.ts";
import { openPosts, type PostSite } from "./invented-posts.ts";
import { reportDraft } from "./road.ts";
import { openStage, type TestStage } from "./stage.ts";
import { goTo, heading, takeAway } from "./walk-report.ts";

// A browser with an extension, two windows and a house beside it: a slow machine may take its time.
vi.setConfig({ testTimeout: 120_000 });
const folder = mkdtempSync(join(tmpdir(), "rugdekking-journey-extension-"));
let stage: TestStage;
let posts: PostSite;
let browser: ExtensionBrowser;
let code = "";
let dossier = "";
let app: Page;
let post: Page;
const complaints: string[] = [];

beforeAll(async () => {
  stage = await openStage();
  posts = await openPosts();
  const { connection, trust } = stage.connect();
  const filed = await fileReport(connection, { as: { guest: true }, trust, desk: stage.company.desks.safety, report: reportDraft((field) => `demo ${field}`) });
  dossier = filed.dossier;
  code = filed.receiptCode ?? "";
  browser = await openExtension(desktop);
  app = browser.context.pages()[0] ?? (await browser.context.newPage());
  app.setDefaultTimeout(20_000);
  app.on("pageerror", (error) => complaints.push(`script: ${error.message}`));
  app.on("console", (message) => {
    if (message.type() === "error" && !/Failed to load resource/.test(message.text())) complaints.push(`console: ${message.text()}`);
  });
  post = await browser.context.newPage();
}, 120_000);
afterAll(async () => {
  await stage.close();
  await posts.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The report as its owner opens it, outside the browser. */
async function openOwn(): Promise<DossierHandle> {
  const { connection, trust } = stage.connect();
  return await openReport(await signInAsGuest(connection, { trust, device: "toestel van de test", receiptCode: code }), dossier);
}

/** Width and height of a PNG. */
function sizeOf(png: Buffer | undefined): { readonly width: number; readonly height: number } {
  return { width: png?.readUInt32BE(16) ?? 0, height: png?.readUInt32BE(20) ?? 0 };
}

/** Keeps a picture for who wants to look. */
const look = (name: string, png: Buffer): void => {
  if (process.env["RUGDEKKING_LOOK"] !== undefined) writeFileSync(join(process.env["RUGDEKKING_LOOK"], `${name}.png`), png);
};
const clean = async (name: string): Promise<void> => {
  expect(await axeFindings(app), name).toEqual([]);
  for (const size of [phone, desktop]) {
    await app.setViewportSize(size);
    expect(await overflows(app), `${name} ${size.width}`).toBe(false);
    look(`${name}-${size.width}`, await app.screenshot({ fullPage: true }));
  }
};

test("before it is paired it captures nothing, and says what to do", async () => {
  await post.goto(`${posts.url}/bericht`);
  const popup = await browser.pressIcon(post);
  await popup.says("Eerst koppelen");
  expect(await popup.axe()).toEqual([]);
  look("popup-unpaired", await popup.picture());
  expect(await popup.text()).not.toContain("Leg deze pagina vast");
});

test("on the app's page both show the same number, and one press pairs", async () => {
  await app.goto(`${stage.house.url}/uitbreiding`);
  await heading(app, "Vastleggen met de uitbreiding");
  await clean("capture-signed-out");
  const early = await browser.pressIcon(app);
  await early.says("Log eerst in op deze pagina");
  await app.goto(`${stage.house.url}/terug`);
  await app.getByRole("textbox", { name: /^Uw code/ }).fill(code);
  await app.getByRole("button", { name: "Open mijn melding" }).click();
  await app.locator(".timeline").waitFor();
  await goTo(app, "/uitbreiding");
  await app.getByRole("heading", { name: "De uitbreiding is nog niet verbonden" }).waitFor();
  await clean("capture-empty");
  const popup = await browser.pressIcon(app);
  await app.getByRole("heading", { name: "Vergelijk dit getal" }).waitFor();
  const number = await app.locator(".capture-number").innerText();
  expect(number).toMatch(/^(\d{5} ){4}\d{5}$/);
  await popup.says(number);
  await popup.says(stage.house.url);
  expect(await popup.axe()).toEqual([]);
  look("popup-pair", await popup.picture());
  await clean("capture-pair");
  // A yes to other digits, or to those of another site, pairs nothing: the page may offer other keys while someone compares.
  const yes = async (seen: Readonly<Record<string, string>>): Promise<unknown> =>
    await popup.run(
      `chrome.tabs.query({ active: true, currentWindow: true }).then(([tab]) => chrome.runtime.sendMessage({ what: "pair", tab: tab.id, ...${JSON.stringify(seen)} }))`,
    );
  const shown = { origin: stage.house.url, fingerprint: number };
  expect(await yes({ ...shown, fingerprint: number.replaceAll(/\d/g, "0") })).toEqual({ ok: false });
  expect(await yes({ ...shown, origin: posts.url })).toEqual({ ok: false });
  expect((await yes({})) ?? null).toBeNull();
  await app.getByRole("heading", { name: "Vergelijk dit getal" }).waitFor();
  await popup.press("Ja, koppel");
  await popup.says("Verbonden met deze pagina");
  await app.getByRole("heading", { name: "Er wacht niets" }).waitFor();
  await clean("capture-paired");
});

test("the long post is captured whole, without what stands beside it, and the page is put back", async () => {
  await post.bringToFront();
  const before = posts.asked.length;
  const popup = await browser.pressIcon(post);
  await popup.says("Leg deze pagina vast");
  await popup.says("Dit bewaren we");
  expect(await popup.axe()).toEqual([]);
  look("popup-capture", await popup.picture());
  await popup.press("Leg deze pagina vast");
  await popup.says("Vastgelegd en op slot");
  await popup.says("Er wacht 1 vastlegging, op slot.");
  expect(await popup.run("document.activeElement.id")).toBe("popup");
  expect(await popup.axe()).toEqual([]);
  look("popup-done", await popup.picture());
  expect(await popup.text()).not.toContain("paste niet");
  expect(await post.evaluate(() => scrollY)).toBe(0);
  expect(posts.asked.slice(before)).toEqual([]);
});

test("what waits is sealed: nothing of the post stands in the extension's storage", async () => {
  const worker = await browser.background();
  const kept = await worker.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((done, fail) => {
      const asked = indexedDB.open("rugdekking-extension");
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(new Error("no database"));
    });
    const all = async (store: string): Promise<unknown[]> =>
      await new Promise((done) => {
        const asked = database.transaction(store).objectStore(store).getAll();
        asked.onsuccess = () => done(asked.result);
      });
    const text = (value: unknown): string =>
      value instanceof Uint8Array ? Array.from(value, (byte) => String.fromCodePoint(byte)).join("") : JSON.stringify(value);
    const names = [...database.objectStoreNames];
    const found = (await Promise.all(names.map(all))).flat().map(text).join("\n");
    database.close();
    return { names, found };
  });
  expect(kept.names).toEqual(["captures", "facts", "files"]);
  expect(kept.found.length).toBeGreaterThan(10_000);
  // Long enough not to turn up by chance in half a megabyte of sealed bytes.
  for (const word of ["MARKERING", "Sjon Verzonnen", "sjon_verzonnen", "Demoplein", "/bericht", "\u0089PNG\r\n\u001A\n"])
    expect(kept.found).not.toContain(word);
});

test("the background cannot reach the network at all", async () => {
  const worker = await browser.background();
  const reached = await worker.evaluate(async (url) => {
    try {
      await fetch(url);
      return "reached";
    } catch {
      return "refused";
    }
  }, `${posts.url}/bericht`);
  expect(reached).toBe("refused");
});

test("it is taken over into the report and forgotten by the extension", async () => {
  const popup = await browser.pressIcon(app);
  await popup.says("Ga verder op de pagina");
  await app.getByRole("heading", { name: "Er wacht 1 vastlegging" }).waitFor();
  await app.getByText("Sjon Verzonnen (@sjon_verzonnen)").waitFor();
  await app.getByText("Tijd bij het bericht: gisteren om 21:03").waitFor();
  await app.getByRole("button", { name: "Bekijk het beeld" }).click();
  await app.getByRole("img", { name: "Het beeld van de vastgelegde pagina" }).waitFor();
  await clean("capture-waiting");
  await app.getByRole("button", { name: "Zet in mijn dossier" }).click();
  await app.getByText("1 vastlegging staat in uw dossier").waitFor({ timeout: 60_000 });
  await clean("capture-taken");
  await app.getByRole("link", { name: "Naar mijn melding" }).click();
  await app.locator(".timeline").waitFor();
  for (const name of ["schermafdruk.png", "heel-bericht.png", "bericht.txt", "vastlegging.json"])
    await app.locator(".dossier-file", { hasText: name }).waitFor();
  const again = await browser.pressIcon(post);
  await again.says("Er wacht niets.");
});

test("the bundle they take along verifies, and holds the words, both pictures and the sheet with their hashes", async () => {
  const path = join(folder, "mee.zip");
  await takeAway(app, path);
  let opened: OpenBundle | null = null;
  const verdict = await verifyBundle(async () => (opened = await bundleAt(path)), { pin: stage.house.anchor });
  expect(verdict.first).toBeNull();
  expect(verdict.evidence.map(({ name }) => name)).toEqual(["schermafdruk.png", "heel-bericht.png", "bericht.txt", "vastlegging.json"]);
  await closeBundle(opened);
  const handle = await openOwn();
  const files = new Map<string, { readonly bytes: Buffer; readonly record: unknown }>();
  const entry = handle.entries.find(({ header }) => header.kind === "evidence");
  if (entry === undefined) throw new Error("there is no evidence entry");
  for (const note of (await handle.readBody(entry, EvidenceBody)).attachments) {
    files.set(note.name, { bytes: Buffer.from(await new Response(await handle.readAttachment(entry, note)).arrayBuffer()), record: note.capture });
  }
  const text = files.get("bericht.txt")?.bytes.toString("utf8") ?? "";
  expect(text).toContain("MARKERING-BERICHT");
  expect(text).toContain("EINDE-BERICHT");
  expect(text).not.toMatch(/MARKERING-REACTIE|MARKERING-BUURMAN/);
  const sheet: unknown = JSON.parse(files.get("vastlegging.json")?.bytes.toString("utf8") ?? "");
  expect(sheet).toMatchObject({
    format: "rugdekking-page/1",
    url: `${posts.url}/bericht`,
    title: "Demoplein, verzonnen berichten",
    platform: "127.0.0.1",
    account: "Sjon Verzonnen (@sjon_verzonnen)",
    time: { shown: "gisteren om 21:03", stated: "2026-11-24T21:03:00+01:00" },
    lacks: { whole: false, text: false, frames: false },
    files: ["schermafdruk.png", "heel-bericht.png", "bericht.txt"].map((name) => ({
      name,
      sha256: createHash("sha256")
        .update(files.get(name)?.bytes ?? "")
        .digest("hex"),
    })),
  });
  for (const [name, { record }] of files)
    expect(record, name).toMatchObject({
      format: "rugdekking-capture/1",
      how: "extension",
      tool: "rugdekking 0.1.0 (extension)",
      from: { url: `${posts.url}/bericht`, account: "Sjon Verzonnen (@sjon_verzonnen)", platform: "127.0.0.1" },
    });
  const [seen, whole] = [sizeOf(files.get("schermafdruk.png")?.bytes), sizeOf(files.get("heel-bericht.png")?.bytes)];
  expect(seen).toEqual(await post.evaluate(() => ({ width: innerWidth, height: innerHeight })));
  // The whole post is as wide as its own box, and much longer than the window; the comment inside it, below its last words, is not on it.
  expect(whole.width).toBe(634);
  const own = await post.evaluate(() => {
    const [article, last] = [document.querySelector("article"), document.querySelector("article > p:last-of-type")];
    return (last?.getBoundingClientRect().bottom ?? 0) - (article?.getBoundingClientRect().top ?? 0);
  });
  expect(own).toBeGreaterThan(1_500);
  expect(Math.abs(whole.height - own - 12)).toBeLessThanOrEqual(4);
  look("whole-post", files.get("heel-bericht.png")?.bytes ?? Buffer.alloc(0));
  look("visible", files.get("schermafdruk.png")?.bytes ?? Buffer.alloc(0));
  expect(complaints).toEqual([]);
});

test("a capture is put in once, and never with other bytes than its record is about", async () => {
  const handle = await openOwn();
  const { person } = handle.session;
  const bytes = new TextEncoder().encode("Verzonnen bericht\n");
  const facts = { url: "https://demoplein.example/1", title: "Demoplein", platform: "demoplein.example", account: "", time: { shown: "", stated: "" } };
  const sealed = await sealCapture(
    {
      capturedAt: new Date().toISOString(),
      facts: { ...facts, from: { text: "article", account: "", time: "" } },
      begin: "Verzonnen bericht",
      lacks: { whole: false, text: false, frames: false },
      files: [{ role: "text", name: "bericht.txt", mediaType: "text/plain", bytes }],
    },
    { person: person.person, sealPublicKey: person.seal.publicKey },
  );
  const opened = await openCapture(sealed.capture, person);
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const part of opened.sheet.parts) files.set(part.item, await opened.open(part, sealed.files.get(part.item) ?? new Uint8Array(0)));
  const other = new Map([...files].map(([item, content]) => [item, content.map((byte) => byte ^ 1)] as const));
  await expect(placeCapture(handle, opened, other)).rejects.toMatchObject({ code: "digest-mismatch" });
  await handle.refresh();
  expect(await placeCapture(handle, opened, files)).toBe(true);
  await handle.refresh();
  const { length } = handle.entries;
  expect(await placeCapture(handle, opened, files)).toBe(false);
  await handle.refresh();
  expect(handle.entries).toHaveLength(length);
});

test("a script that poses as the extension gets no further than the list, and what it offers does not open", async () => {
  await goTo(app, "/uitbreiding");
  await heading(app, "Vastleggen met de uitbreiding");
  await app.bringToFront();
  const pose = async (answers: Readonly<Record<string, unknown>>): Promise<void> =>
    await app.evaluate((given) => {
      const nonce = "AAAAAAAAAAAAAAAAAAAAAA";
      // No port, no nonce, no mark: nothing happens.
      for (const junk of [{ mark: "rugdekking-extension/1", nonce }, { mark: "rugdekking-extension/1" }, null, "rugdekking-extension/1"])
        postMessage(junk, location.origin);
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener("message", ({ data }) => {
        port1.postMessage({ nonce: "BBBBBBBBBBBBBBBBBBBBBB", number: data.number, answer: "een ander" });
        port1.postMessage({ nonce, number: data.number, answer: given[data.ask.what] });
      });
      port1.start();
      postMessage({ mark: "rugdekking-extension/1", nonce }, location.origin, [port2]);
    }, answers);
  const here = { state: "paired", version: "9" };
  await pose({ here, waiting: { waiting: [{ id: "niets" }] } });
  await app.getByText("De uitbreiding gaf een antwoord dat we niet begrijpen.").waitFor();
  const id = "01980000-0000-7000-8000-000000000000";
  const offered = { id, capturedAt: "2026-11-25T22:10:00.000Z", to: id, key: `h1.${"A".repeat(1_563)}`, sheet: "AAAA", parts: [{ item: id, size: 10 }] };
  await pose({ here, waiting: { waiting: [offered] } });
  await app.getByText("Deze kan hier niet open.").waitFor();
  await app.getByRole("button", { name: "Zet in mijn dossier" }).click();
  await app.getByText("Kies eerst minstens één vastlegging.").waitFor();
});

test("of a page that becomes another while it is scrolled only what was itself is kept, and that is said", async () => {
  await post.goto(`${posts.url}/schuift`);
  const popup = await browser.pressIcon(post);
  await popup.press("Leg deze pagina vast");
  await popup.says("Het hele bericht paste niet in één beeld.");
  await goTo(app, "/terug");
  await goTo(app, "/uitbreiding");
  await (await browser.pressIcon(app)).says("Ga verder op de pagina");
  await app.getByText("Het bericht staat er niet helemaal op.").waitFor();
  await app.getByText("3 bestanden").waitFor();
  await app.getByText(`${posts.url}/schuift`).waitFor();
  await goTo(app, "/terug");
  const again = await browser.pressIcon(post);
  await again.press("Wis wat wacht");
  await again.press("Ja, wis");
  await again.says("Er wacht niets.");
});

test("a page of the browser itself, a file, data: and the app are refused with a word", async () => {
  const file = join(folder, "bericht.html");
  writeFileSync(file, "<title>x</title><article>MARKERING</article>");
  for (const address of [`file://${file}`, "data:text/html,<article>MARKERING</article>", "about:blank"]) {
    await post.goto(address);
    const popup = await browser.pressIcon(post);
    await popup.says("Deze pagina komt niet van internet.");
    expect(await popup.text()).not.toContain("Dit bewaren we");
  }
  const popup = await browser.pressIcon(app);
  await popup.says("Dit is Rugdekking zelf.");
});

test("a hostile page is read all the same, and its shouting reaches nobody", async () => {
  await post.goto(`${posts.url}/vijandig`);
  const popup = await browser.pressIcon(post);
  await popup.press("Leg deze pagina vast");
  await popup.says("Vastgelegd en op slot");
  expect(await post.evaluate("window.heard.some((data) => data.nonce !== 'AAAAAAAAAAAAAAAAAAAAAA')")).toBe(false);
  await popup.says("Er wacht 1 vastlegging");
});

test("a page that poses as the app is told nothing, and cannot take anything", async () => {
  await post.goto(`${posts.url}/uitbreiding`);
  const popup = await browser.pressIcon(post);
  // Its card is no card: the page is treated like any other.
  await popup.says("Leg deze pagina vast");
  await popup.says("Er wacht 1 vastlegging");
  const got: unknown = await post.evaluate("window.got");
  expect(JSON.stringify(got)).not.toMatch(/answer/);
  expect(got).toEqual(expect.arrayContaining([expect.objectContaining({ number: 1, refused: "not-paired" })]));
});

test("erasing asks once more and leaves nothing; unpairing forgets the keys", async () => {
  await post.goto(`${posts.url}/bericht`);
  const popup = await browser.pressIcon(post);
  await popup.press("English");
  await popup.says("1 capture is waiting, locked.");
  await popup.press("Nederlands");
  await popup.press("Wis wat wacht");
  await popup.says("Niemand kan het terughalen.");
  await popup.press("Ja, wis");
  await popup.says("Er wacht niets.");
  // Nor when the last one was made.
  expect(await popup.text()).not.toContain("Laatst vastgelegd");
  await popup.press("Ontkoppel");
  await popup.press("Ja, wis");
  await popup.says("Eerst koppelen");
});

test("through all of this the extension asked the network for nothing", async () => {
  expect(await browser.close()).toEqual([]);
});
