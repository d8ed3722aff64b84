/** "Snel weg": leaves for a neutral page at once, forgets everything the tab holds, and leaves as little behind in its history as a browser allows. */
import { historyIndex } from "./address.ts";

/** A public weather page: says nothing about the person, and people look at it. */
export const neutralPage = "https://www.knmi.nl/nederland-nu/weer/verwachtingen";

const cleaners = new Set<() => void>();

/** Registers what must be forgotten (opened keys, the session, a half-typed text in memory). It must not wait for anything. @returns the function that takes it back. */
export function onLeave(clean: () => void): () => void {
  cleaners.add(clean);
  return () => cleaners.delete(clean);
}

/** Whether "Snel weg" was pressed: nothing may ask a question then. */
export const isLeaving = (): boolean => "left" in document.documentElement.dataset;

/**
 * [Note: Leaving] A page cannot erase a tab's history. It can go back to its own first entry, cut off what lies ahead by one neutral step, and
 * replace that first entry. What remains is one entry ahead that points to the home page; Back leads to where the person was before us.
 */
export async function leave(): Promise<void> {
  document.documentElement.dataset["left"] = "";
  document.title = "Weer";
  for (const clean of cleaners) {
    try {
      clean();
    } catch {
      // Leaving goes on whatever happens; the page is discarded in a moment.
    }
  }
  try {
    sessionStorage.clear();
  } catch {
    // Storage that is switched off holds nothing to forget.
  }
  const steps = historyIndex();
  if (steps > 0) {
    await step(() => history.go(-steps));
    history.pushState({ index: 1 }, "", "/");
    await step(() => history.back());
  }
  location.replace(neutralPage);
}

/** Does one move in the history and waits until the browser made it, at most 250 ms: leaving must not hang. */
const step = (move: () => void): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      removeEventListener("popstate", done);
      clearTimeout(late);
      resolve();
    };
    const late = setTimeout(done, 250);
    addEventListener("popstate", done);
    move();
  });

/** Two presses within this are meant; slower, or with another key between, they are not. Milliseconds. */
const twiceWithin = 600;

/**
 * Escape twice leaves, from anywhere in the page and also while something is typed. One press still closes what it closes: an Escape that something else took (a menu, the text of
 * an editor), that shut an open dialog, that is held down, or that ends what an input method composes does not count.
 * @returns the function that takes it back.
 */
export function leaveByKey(): () => void {
  let first = 0;
  let dialog = false;
  // Before anything else hears of it: afterwards the dialog is shut already.
  const before = (event: KeyboardEvent): void => {
    if (event.key === "Escape") dialog = document.querySelector("dialog[open]") !== null;
  };
  const heard = (event: KeyboardEvent): void => {
    if (
      event.key !== "Escape" ||
      event.isComposing ||
      event.repeat ||
      event.defaultPrevented ||
      dialog ||
      event.ctrlKey ||
      event.altKey ||
      event.metaKey ||
      event.shiftKey
    ) {
      first = 0;
      return;
    }
    if (first !== 0 && event.timeStamp - first <= twiceWithin) void leave();
    else first = event.timeStamp;
  };
  addEventListener("keydown", before, true);
  addEventListener("keydown", heard);
  return () => {
    removeEventListener("keydown", before, true);
    removeEventListener("keydown", heard);
  };
}
