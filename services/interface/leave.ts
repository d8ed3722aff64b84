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
