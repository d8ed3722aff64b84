/** Captures the page of one tab: reads it, takes pictures, seals all of it and keeps it waiting. Called by the background when the person presses the button. */
import Type from "typebox";
import { Check } from "typebox/value";
import type { Look } from "#apps/extension/page/look.ts";
import { oneLine } from "#apps/extension/page/one-line.ts";
import type { PageFacts } from "#services/reporting/contract/extension.ts";
import { sealCapture, type TakenFile, type TakenPage } from "#services/reporting/client/sealed-capture.ts";
import { clearRows, Moved, picture, pictured, wholePicture, type Whole } from "./pictures.ts";
import { addressOf, plainAddress, refusalOf, type Refusal } from "./refuse.ts";
import { keepCapture, type Pairing } from "./waiting.ts";

const Pixels = Type.Number({ minimum: -10_000_000, maximum: 10_000_000 });
const LookShape = Type.Object({
  window: Type.Object({ width: Type.Number({ minimum: 1, maximum: 100_000 }), height: Type.Number({ minimum: 1, maximum: 100_000 }) }),
  zoomed: Type.Boolean(),
  left: Pixels,
  top: Pixels,
  width: Pixels,
  height: Pixels,
  clear: Type.Object({ top: Pixels, bottom: Pixels }),
});
const Found = Type.Object({ text: Type.String({ maxLength: 400 }), from: Type.String({ maxLength: 60 }) });
const Page = Type.Object({
  url: Type.String({ maxLength: 100_000 }),
  title: Type.String({ maxLength: 400 }),
  text: Type.String({ maxLength: 400_000 }),
  cut: Type.Boolean(),
  frames: Type.Boolean(),
  by: Type.String({ maxLength: 60 }),
  account: Found,
  time: Type.Object({ shown: Type.String({ maxLength: 200 }), stated: Type.String({ maxLength: 100 }), from: Type.String({ maxLength: 60 }) }),
  look: LookShape,
});

/** What capturing came to; `pictures`: none was left out for being too large. `unreadable`: the browser lets no extension read this page. `moved`: the page or the tab changed meanwhile. `full`: no room on the device. */
export type CaptureOutcome =
  | { readonly ok: true; readonly whole: boolean; readonly text: boolean; readonly pictures: boolean }
  | { readonly ok: false; readonly why: Refusal | "unreadable" | "moved" | "full" };

async function inPage<A extends readonly unknown[]>(tab: number, func: (...values: A) => unknown, args: A): Promise<unknown> {
  return (await chrome.scripting.executeScript({ target: { tabId: tab }, func, args }))[0]?.result;
}

async function showRow(tab: number, row: number): Promise<Look | null> {
  const look = await inPage(tab, async (wanted: number) => await globalThis.rugdekkingPage?.show(wanted), [row]);
  return Check(LookShape, look) ? look : null;
}

/** The whole message, and the page put back. None when the page became another on the way: what was read and pictured before that stands. */
async function wholeOrNone(tab: number, url: string): Promise<Whole | null> {
  try {
    return await wholePicture(tab, url, async (row) => await showRow(tab, row));
  } catch {
    return null;
  } finally {
    // The page may be gone; then there is nothing to put back.
    await inPage(tab, () => globalThis.rugdekkingPage?.restore(), []).catch(() => undefined);
  }
}

async function take(tab: number, url: string): Promise<TakenPage | null> {
  await chrome.scripting.executeScript({ target: { tabId: tab }, files: ["page-reader.js"] });
  const capturedAt = new Date().toISOString();
  const page = await inPage(tab, () => globalThis.rugdekkingPage?.read() ?? null, []);
  if (!Check(Page, page)) return null;
  if (page.url !== url) throw new Moved("the page changed before it was read");
  const rows = clearRows(page.look);
  const visible = await picture(tab, url);
  const inView = !page.look.zoomed && rows.from <= 0 && Math.min(rows.to, pictured(page.look, visible)) >= page.look.height - 1;
  const whole = inView || page.look.zoomed ? null : await wholeOrNone(tab, url);
  const files: TakenFile[] = [{ role: "visible", name: "schermafdruk.png", mediaType: "image/png", bytes: visible }];
  if (whole !== null) files.push({ role: "whole", name: "heel-bericht.png", mediaType: "image/png", bytes: whole.png });
  if (page.text !== "") files.push({ role: "text", name: "bericht.txt", mediaType: "text/plain", bytes: new TextEncoder().encode(`${page.text}\n`) });
  const { account, time } = page;
  const facts: PageFacts = {
    url: plainAddress(url),
    title: page.title,
    platform: (addressOf(url)?.hostname ?? "").replace(/^www\./u, "").slice(0, 253),
    account: account.text,
    time: { shown: time.shown, stated: time.stated },
    from: { text: page.by, account: account.from, time: time.from },
  };
  const lacks = { whole: !inView && (whole === null || whole.cut), text: page.cut, frames: page.frames };
  return { capturedAt, facts, begin: oneLine(page.text, 200), lacks, files };
}

/** Reads, pictures, seals and keeps. Nothing of the page stays anywhere unsealed. */
export async function captureTab(tab: chrome.Tab, pairing: Pairing): Promise<CaptureOutcome> {
  const refusal = refusalOf(tab.url, pairing.origin);
  if (refusal !== null || tab.id === undefined || tab.url === undefined) return { ok: false, why: refusal ?? "no-page" };
  let taken: TakenPage | null;
  try {
    taken = await take(tab.id, tab.url);
  } catch (error) {
    return { ok: false, why: error instanceof Moved ? "moved" : "unreadable" };
  }
  if (taken === null) return { ok: false, why: "unreadable" };
  const sealed = await sealCapture(taken, pairing);
  try {
    await keepCapture(sealed);
  } catch {
    return { ok: false, why: "full" };
  }
  return { ok: true, whole: !taken.lacks.whole, text: taken.files.some(({ role }) => role === "text"), pictures: sealed.tooLarge === 0 };
}
