/** Keeps how far someone is, sealed on this device by the draft store, and lets every page of the respondent see the same. Nothing of it is sent. Used by the pages of this room. */
import type { DraftStore } from "#services/dossier/client/drafts.ts";
import { createStore, onLeave, useStore } from "#services/interface/index.ts";
import { useEffect } from "preact/hooks";
import { parseParticipation, type Participation } from "#services/monitor/client/participation.ts";

const draftName = "participation";
let opened: Promise<DraftStore> | null = null;

function drafts(): Promise<DraftStore> {
  opened ??= import("#services/dossier/client/drafts-browser.ts").then(({ browserDraftStore }) => browserDraftStore("rugdekking-monitor"));
  opened.catch(() => {
    opened = null;
  });
  return opened;
}

/** Null: nothing collected. `reading`: not looked yet. */
const kept = createStore<Participation | null | "reading">("reading");
/** `not-kept`: this browser keeps nothing; what there is lasts as long as the page. */
export type Saving = "nothing" | "keeping" | "kept" | "not-kept";
const saving = createStore<Saving>("nothing");
/** One write after the other: the last answer must be the one that stays. */
let writes: Promise<void> = Promise.resolve();

onLeave(() => kept.set("reading"));

async function read(): Promise<void> {
  if (kept.get() !== "reading") return;
  try {
    const found = parseParticipation(await (await drafts()).read(draftName));
    if (kept.get() === "reading") kept.set(found);
  } catch {
    saving.set("not-kept");
    if (kept.get() === "reading") kept.set(null);
  }
}

/** Shows the new state at once, and settles when it is kept or known not to be; {@link useParticipation} says which. */
export function keep(next: Participation): Promise<void> {
  kept.set(next);
  saving.set("keeping");
  writes = writes.then(async () => {
    try {
      await (await drafts()).write(draftName, next);
      saving.set("kept");
    } catch {
      saving.set("not-kept");
    }
  });
  return writes;
}

/** Erases it, with the key it was sealed under: what may be left of the old bytes on the disk opens no more. */
export function forget(): Promise<void> {
  kept.set(null);
  saving.set("nothing");
  writes = writes.then(async () => {
    try {
      await (await drafts()).clear();
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  });
  return writes;
}

/** How far someone is, and whether that is kept. */
export function useParticipation(): { readonly kept: Participation | null | "reading"; readonly saving: Saving } {
  const now = useStore(kept);
  const state = useStore(saving);
  useEffect(() => void read(), []);
  return { kept: now, saving: state };
}
