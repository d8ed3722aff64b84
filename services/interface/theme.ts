/** Light, dark, or as the device says: chosen in the footer, kept on this device. The colours themselves are in style/tokens.css. */
import { createStore } from "./store.ts";

export type Theme = "device" | "light" | "dark";

const kept = "rugdekking-theme";

function firstTheme(): Theme {
  try {
    const value = globalThis.localStorage?.getItem(kept);
    return value === "light" || value === "dark" ? value : "device";
  } catch {
    return "device";
  }
}

export const theme = createStore<Theme>(firstTheme());

function show(value: Theme): void {
  if (value === "device") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = value;
}

/** Applies the kept choice; apps/web calls it before the first draw. */
export const startTheme = (): void => show(theme.get());

/** Changes the theme now and remembers it. */
export function chooseTheme(next: Theme): void {
  try {
    if (next === "device") globalThis.localStorage?.removeItem(kept);
    else globalThis.localStorage?.setItem(kept, next);
  } catch {
    // Shown for as long as the page is open.
  }
  show(next);
  theme.set(next);
}
