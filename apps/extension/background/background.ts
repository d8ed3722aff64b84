/** The background of the extension: hears the popup and the bridge, and shows on the icon how many captures wait. It sleeps when nobody asks anything. Nothing imports this file. */
import { Check } from "typebox/value";
import { extensionPath } from "#services/reporting/contract/extension.ts";
import { PopupAsk, type Here, type PopupAnswers, type Standing } from "./asks.ts";
import { captureTab } from "./capture.ts";
import { meet, pair, takePort, tellAll } from "./hand-over.ts";
import { addressOf, isHandOverPage, refusalOf } from "./refuse.ts";
import { countWaiting, eraseAll, readLast, readPairing, type Pairing } from "./waiting.ts";

/** One capture at a time: two would take turns at scrolling the page. */
let busy = false;

async function showCount(): Promise<void> {
  const waiting = await countWaiting();
  await chrome.action.setBadgeBackgroundColor({ color: "#0b5560" });
  await chrome.action.setBadgeText({ text: waiting === 0 ? "" : String(waiting) });
}

async function hereOf(tab: chrome.Tab, pairing: Pairing | null): Promise<Here> {
  const address = addressOf(tab.url);
  if (address !== null && tab.id !== undefined && isHandOverPage(address)) {
    const met = await meet(tab.id, address.origin);
    // The number shown is of the keys this page offers, also when it is paired with others.
    if (met !== null) return { kind: "app", state: met.state, origin: address.origin, fingerprint: met.proposal?.fingerprint ?? "" };
  }
  const refusal = refusalOf(tab.url, pairing?.origin ?? null);
  return refusal === null ? { kind: "page", host: address?.host ?? "" } : { kind: "refused", why: refusal };
}

async function standing(tab: number): Promise<Standing> {
  const pairing = await readPairing();
  const [here, waiting, last] = await Promise.all([hereOf(await chrome.tabs.get(tab), pairing), countWaiting(), readLast()]);
  return { paired: pairing === null ? null : { origin: pairing.origin, page: pairing.origin + extensionPath }, waiting, last, here };
}

async function capture(tab: number): Promise<PopupAnswers["capture"]> {
  const pairing = await readPairing();
  if (pairing === null) return { ok: false, why: "not-paired" };
  if (busy) return { ok: false, why: "busy" };
  busy = true;
  try {
    const outcome = await captureTab(await chrome.tabs.get(tab), pairing);
    await showCount();
    tellAll();
    return outcome;
  } finally {
    busy = false;
  }
}

async function answer(ask: PopupAsk): Promise<PopupAnswers[PopupAsk["what"]]> {
  switch (ask.what) {
    case "look":
      return await standing(ask.tab);
    case "capture":
      return await capture(ask.tab);
    case "pair":
      return { ok: await pair(ask.tab, ask) };
    case "erase":
      await eraseAll({ pairing: ask.pairing });
      await showCount();
      tellAll();
      return { ok: true };
  }
}

chrome.runtime.onMessage.addListener((message, sender, reply) => {
  // Only the popup: a script beside a page carries that page's origin.
  if (sender.id !== chrome.runtime.id || sender.origin !== location.origin || !Check(PopupAsk, message)) return undefined;
  answer(message).then(reply, () => reply(null));
  // The answer comes later.
  return true;
});
chrome.runtime.onConnect.addListener((port) => takePort(port, showCount));
