/** The extension's side of the bridge to /uitbreiding: meets the page when its person presses the icon there, and answers only that tab, that origin and that nonce; see [Note: Extension bridge]. */
import { fingerprintOf } from "@rugdekking/seal";
import { verifyPersonCard } from "@rugdekking/seal/verify";
import { base64urlnopad } from "@scure/base";
import { Check } from "typebox/value";
import {
  bridgeMark,
  bridgePiece,
  BridgeQuestion,
  type BridgeAsk,
  type BridgeRefusal,
  type BridgeReply,
  type BridgeState,
} from "#services/reporting/contract/extension.ts";
import { keepPairing, readFile, readPairing, readWaiting, removeCapture, type Pairing } from "./waiting.ts";

/** Someone who is signed in on the page, and would be paired with. */
export type Proposal = Omit<Pairing, "pairedAt">;

interface Meeting {
  readonly origin: string;
  readonly nonce: string;
  /** Null until the page said who is signed in. */
  state: BridgeState | null;
  proposal: Proposal | null;
  port: chrome.Port | null;
  /** Called when the page has said who is there. */
  here: () => void;
}

/** One meeting per tab; forgotten when the background sleeps, and made anew with the next press. */
const meetings = new Map<number, Meeting>();

/** What the popup shows of a page that may be the app's. */
export interface Met {
  readonly state: BridgeState;
  readonly proposal: Proposal | null;
}

/** Milliseconds in which the page must answer. */
const patience = 3_000;

const newNonce = (): string => base64urlnopad.encode(crypto.getRandomValues(new Uint8Array(16)));

/** Puts the bridge beside the page and hears who is signed in. Null when the page does not answer: it is not the app's, or still loading. */
export async function meet(tab: number, origin: string): Promise<Met | null> {
  meetings.get(tab)?.port?.disconnect();
  const heard = new Promise<boolean>((done) => {
    meetings.set(tab, { origin, nonce: newNonce(), state: null, proposal: null, port: null, here: () => done(true) });
    setTimeout(() => done(false), patience);
  });
  const meeting = meetings.get(tab);
  if (meeting === undefined) return null;
  try {
    await chrome.scripting.executeScript({ target: { tabId: tab }, files: ["bridge.js"] });
    await chrome.scripting.executeScript({
      target: { tabId: tab },
      func: (mark: string, nonce: string) => globalThis.rugdekkingBridge?.start(mark, nonce),
      args: [bridgeMark, meeting.nonce],
    });
  } catch {
    return null;
  }
  return (await heard) && meeting.state !== null ? { state: meeting.state, proposal: meeting.proposal } : null;
}

/**
 * The person compared the numbers and said yes. What is paired with is what they saw: a page may offer other keys while they compare.
 * @param seen what the window showed
 * @returns false when the page is gone, nobody is signed in there, or it offers other keys than were shown
 */
export async function pair(tab: number, seen: { readonly origin: string; readonly fingerprint: string }): Promise<boolean> {
  const meeting = meetings.get(tab);
  if (meeting?.proposal === undefined || meeting.proposal === null || meeting.port === null || meeting.state !== "unpaired") return false;
  if (meeting.proposal.fingerprint !== seen.fingerprint || meeting.proposal.origin !== seen.origin) return false;
  await keepPairing({ ...meeting.proposal, pairedAt: new Date().toISOString() });
  tellAll();
  return true;
}

/** Tells every page that the pairing or what waits has changed; each asks anew. */
export function tellAll(): void {
  for (const { port, nonce } of meetings.values()) port?.postMessage({ nonce, news: "changed" } satisfies BridgeReply);
}

/** Takes the connection of a bridge; anything that is not the met page is cut off at once. @param onTaken a capture was forgotten, now that it is in the dossier */
export function takePort(port: chrome.Port, onTaken: () => Promise<void>): void {
  const { sender } = port;
  const tab = sender?.tab?.id;
  const meeting = tab === undefined ? undefined : meetings.get(tab);
  // The browser fills in the sender; a page cannot.
  if (port.name !== "bridge" || sender?.id !== chrome.runtime.id || sender.frameId !== 0 || meeting === undefined || sender.origin !== meeting.origin) {
    port.disconnect();
    return;
  }
  meeting.port = port;
  port.onDisconnect.addListener(() => {
    // The page is gone, or shows another part of the app: what it offered is no longer offered.
    if (meeting.port === port) Object.assign(meeting, { port: null, proposal: null, state: null } satisfies Partial<Meeting>);
  });
  port.onMessage.addListener((message) => {
    if (!Check(BridgeQuestion, message) || message.nonce !== meeting.nonce) return;
    const { nonce, number, ask } = message;
    void answer(meeting, ask, onTaken).then(
      (reply) => port.postMessage({ nonce, number, ...reply } satisfies BridgeReply),
      () => port.postMessage({ nonce, number, refused: "gone" } satisfies BridgeReply),
    );
  });
}

type Answered = { readonly answer: unknown } | { readonly refused: BridgeRefusal };

async function answer(meeting: Meeting, ask: BridgeAsk, onTaken: () => Promise<void>): Promise<Answered> {
  if (ask.what === "here") return await hear(meeting, ask.card);
  // What is asked for goes to the paired person on the paired site, and to nobody else.
  const pairing = await readPairing();
  if (meeting.state !== "paired" || pairing === null || pairing.origin !== meeting.origin || pairing.person !== meeting.proposal?.person)
    return { refused: "not-paired" };
  switch (ask.what) {
    case "waiting":
      return { answer: { waiting: await readWaiting() } };
    case "piece": {
      const bytes = await readFile(ask.id, ask.item);
      return bytes === null ? { refused: "gone" } : { answer: { bytes: base64urlnopad.encode(bytes.slice(ask.from, ask.from + bridgePiece)) } };
    }
    case "taken": {
      await removeCapture(ask.id);
      await onTaken();
      return { answer: { left: (await readWaiting()).length } };
    }
  }
}

async function hear(meeting: Meeting, card: Extract<BridgeAsk, { what: "here" }>["card"]): Promise<Answered> {
  const pairing = await readPairing();
  let proposal: Proposal | null = null;
  if (card !== null) {
    try {
      const { person, sealPublicKey, signPublicKey } = (await verifyPersonCard(card)).card;
      proposal = { origin: meeting.origin, person, sealPublicKey, signPublicKey, fingerprint: await fingerprintOf({ person, sealPublicKey, signPublicKey }) };
    } catch {
      return { refused: "malformed" };
    }
  }
  meeting.proposal = proposal;
  meeting.state = stateOf(meeting.proposal, pairing);
  meeting.here();
  return { answer: { state: meeting.state, version: chrome.runtime.getManifest().version } };
}

function stateOf(proposal: Proposal | null, pairing: Pairing | null): BridgeState {
  if (proposal === null) return "signed-out";
  if (pairing === null) return "unpaired";
  const same = pairing.origin === proposal.origin && pairing.person === proposal.person && pairing.sealPublicKey === proposal.sealPublicKey;
  return same ? "paired" : "other";
}
