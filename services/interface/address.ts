/** The one place that touches the browser's history: where we are, going somewhere else, and how far back our first page lies (for "Snel weg"). */
import { createStore, type Store } from "./store.ts";

const indexOf = (state: unknown): number => {
  if (typeof state === "object" && state !== null && "index" in state && typeof state.index === "number") return state.index;
  return 0;
};

/** The path in the address bar, without query. */
export const path: Store<string> = createStore(globalThis.location?.pathname ?? "/");

/** How many of our own pages lie before this one in the tab's history. */
export const historyIndex = (): number => indexOf(history.state);

/** Starts to follow back and forward; called once by the router. */
export function followHistory(): () => void {
  const tell = (): void => path.set(location.pathname);
  addEventListener("popstate", tell);
  return () => removeEventListener("popstate", tell);
}

/** Goes to another page of the app. With `replace` the present page is not kept in the history (after sending, after signing in). */
export function navigate(to: string, options: { readonly replace?: boolean } = {}): void {
  if (options.replace === true) history.replaceState({ index: historyIndex() }, "", to);
  else history.pushState({ index: historyIndex() + 1 }, "", to);
  path.set(location.pathname);
  scrollTo(0, 0);
}
