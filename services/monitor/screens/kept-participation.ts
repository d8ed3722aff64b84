/** How far someone is, sealed on this device by the draft store, for every page of the respondent and every tab. Nothing of it is sent. Used by the pages of this room. */
import { useEffect } from "preact/hooks";
import type { DraftStore } from "#services/dossier/client/drafts.ts";
import { createStore, onLeave, useStore } from "#services/interface/index.ts";
import { Keeper, type Held, type Keeping } from "./keeper.ts";

let opened: Promise<DraftStore> | null = null;

function drafts(): Promise<DraftStore> {
  opened ??= import("#services/dossier/client/drafts-browser.ts").then(({ browserDraftStore }) => browserDraftStore("rugdekking-monitor"));
  opened.catch(() => {
    opened = null;
  });
  return opened;
}

/** A browser without locks keeps nothing sealed either: it has both or none of a secure context. */
const alone = async (turn: () => Promise<void>): Promise<void> =>
  "locks" in navigator ? await navigator.locks.request("rugdekking-monitor", async () => await turn()) : await turn();

const shown = createStore<Keeping>({ held: "reading", saving: "nothing" });
const keeper = new Keeper(drafts, alone, (now) => shown.set(now));
onLeave(() => keeper.leave());

/** `[Note: Two tabs]` Goes from one state to the next if the device still holds the first; {@link useParticipation} says what came of it. @returns whether it was done. @throws what `first` throws. */
export const change = async (expected: Held, next: Held, first?: () => Promise<void>): Promise<boolean> => await keeper.change(expected, next, first);

/** Erases it, with the key it was sealed under: what may be left of the old bytes on the disk opens no more. @returns false when another tab went on, or when the browser did not erase it. */
export const forget = async (expected: Held): Promise<boolean> => await keeper.change(expected, null);

/** How far someone is, and whether that is kept. Looked at again whenever the tab comes to the front. */
export function useParticipation(): Keeping {
  useEffect(() => {
    const look = (): void => {
      if (document.visibilityState === "visible") void keeper.look();
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return useStore(shown);
}
