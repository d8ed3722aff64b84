/** The queue of facts of this browser: sealed in IndexedDB, asked for with the open session, given without it. apps/web starts it; the panel of this room says yes and no through it. */
import { browserDraftStore } from "#services/dossier/client/drafts-browser.ts";
import type { DraftStore } from "#services/dossier/client/drafts.ts";
import { session } from "#services/directory/screens/session.ts";
import { FactQueue, KeptFacts, namelessConnection } from "#services/figures/client/index.ts";
import type { LeftFact } from "#services/figures/contract/sink.ts";
import { onLeave } from "#services/interface/index.ts";
import { SealError } from "@rugdekking/seal/verify";
import { Problem } from "#services/problem/index.ts";

let opened: Promise<DraftStore> | null = null;

function store(): Promise<DraftStore> {
  opened ??= browserDraftStore("rugdekking-figures");
  opened.catch(() => {
    opened = null;
  });
  return opened;
}

const kept = new KeptFacts(store);

/** Which of 2^32 moments: enough for two days in milliseconds. */
const random = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;

/** The one queue of this tab. */
export const factQueue = new FactQueue({
  kept,
  asker: () => session.get(),
  nameless: () => namelessConnection(location.origin),
  // A browser without locks keeps nothing sealed either: it has both or none of a secure context.
  alone: async (turn) => ("locks" in navigator ? await navigator.locks.request("rugdekking-figures", async () => await turn()) : await turn()),
  now: () => Date.now(),
  random,
});

// "Snel weg": who looks at this device next must not find that there was a dossier. A fact less.
onLeave(() => void kept.clear().catch(() => undefined));

/** Makes a fact and keeps it. What cannot be made or kept here is not counted: there is nothing a person could do about it. */
export async function takeOnDevice(make: () => Promise<LeftFact | null>): Promise<void> {
  try {
    const left = await make();
    if (left !== null) await factQueue.take(left);
  } catch (error) {
    if (!(error instanceof Problem) && !(error instanceof SealError) && !(error instanceof DOMException) && !(error instanceof TypeError)) throw error;
  }
}

const everyMinutes = 5;

/**
 * Asks for tokens when someone signs in, and gives what is due while the app is open.
 *
 * [Note: Not with the sign-in] What became due while the device was closed does not go in the moment of opening or signing in, which the server sees: the first round is up to two minutes later, by chance, then one every few minutes.
 */
export function tendFacts(): void {
  const quietly = (work: Promise<unknown>): void => void work.catch(() => undefined);
  quietly(factQueue.ask());
  session.watch(() => quietly(factQueue.ask()));
  setTimeout(() => {
    quietly(factQueue.give());
    setInterval(() => quietly(factQueue.give()), everyMinutes * 60_000);
  }, random() * 120_000);
}
