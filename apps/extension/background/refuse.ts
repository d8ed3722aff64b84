/** Which pages can be captured, and why another cannot. Used before anything is read. */
import { extensionPath } from "#services/reporting/contract/extension.ts";

/** `no-page`: not from the internet (a file, `data:`, a page of the browser itself). `own`: Rugdekking itself, where the person's own dossiers stand. */
export type Refusal = "no-page" | "own";

/** Null for an address that is none. */
export function addressOf(url: string | undefined): URL | null {
  return url !== undefined && URL.canParse(url) ? new URL(url) : null;
}

/** Why a page is not captured; null when it may be. @param own origin the extension is paired with */
export function refusalOf(url: string | undefined, own: string | null): Refusal | null {
  const address = addressOf(url);
  if (address === null || (address.protocol !== "https:" && address.protocol !== "http:")) return "no-page";
  return address.origin === own ? "own" : null;
}

/** Whether captures may be given to a page on this origin: nobody between it and its server can have changed it. */
export const isSafe = (address: URL): boolean =>
  address.protocol === "https:" || (address.protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(address.hostname));

/** Whether this can be the page where captures are taken over. */
export const isHandOverPage = (address: URL): boolean => address.pathname === extensionPath && isSafe(address);

/** The address as it is kept: without a name and password someone may have in it. */
export function plainAddress(url: string): string {
  const address = new URL(url);
  address.username = "";
  address.password = "";
  return address.href.slice(0, 2_000);
}
