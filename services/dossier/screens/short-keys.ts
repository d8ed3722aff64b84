/** Whether j, k and / do something in a worklist: chosen there, kept on this device. Used by work-list.tsx. */
import { createStore } from "#services/interface/index.ts";

const kept = "rugdekking-short-keys";

function firstChoice(): boolean {
  try {
    return globalThis.localStorage?.getItem(kept) !== "off";
  } catch {
    return true;
  }
}

export const shortKeys = createStore<boolean>(firstChoice());

/** Turns them on or off now and remembers it. */
export function chooseShortKeys(on: boolean): void {
  try {
    if (on) globalThis.localStorage?.removeItem(kept);
    else globalThis.localStorage?.setItem(kept, "off");
  } catch {
    // As long as the page is open.
  }
  shortKeys.set(on);
}
