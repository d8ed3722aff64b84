/** Who is signed in in this tab, for every service's screens. The heavy client (keys, seals) is loaded only when someone needs it. */
import type { Connection, Session, Trust } from "#services/directory/client/index.ts";
import type { TrustAnchor } from "#services/directory/contract/index.ts";
import { createStore, language, onLeave, useStore, type Store } from "#services/interface/index.ts";

/** The open session, or null. Keys live in this tab's memory: a reload or "Snel weg" forgets them. */
export const session: Store<Session | null> = createStore<Session | null>(null);

/** The open session of this tab, drawn again when it changes; null means: show a way to sign in. */
export const useSession = (): Session | null => useStore(session);

/** The way to the server and the keys this device pinned. One per tab. */
export interface Door {
  readonly connection: Connection;
  readonly trust: Trust;
}

let door: Promise<Door> | null = null;

/** Opens the way to the server; the first call loads the client's script. @throws Problem when this device cannot keep pins. */
export function openDoor(): Promise<Door> {
  door ??= makeDoor();
  door.catch(() => {
    door = null;
  });
  return door;
}

async function makeDoor(): Promise<Door> {
  const [client, browser] = await Promise.all([import("#services/directory/client/index.ts"), import("#services/directory/client/trust-browser.ts")]);
  const connection = new client.Connection({ base: location.origin, cookies: "browser", tokensAtOnce: 2 });
  return { connection, trust: new client.Trust(connection, await browser.browserTrustStore()) };
}

/** What this device calls itself in the person's list of devices: the kind of browser, nothing more, in the language of whoever signs in. */
export function deviceName(): string {
  const agent = navigator.userAgent;
  const browser = /Firefox/.test(agent)
    ? "Firefox"
    : /Edg\//.test(agent)
      ? "Edge"
      : /Chrome/.test(agent)
        ? "Chrome"
        : /Safari/.test(agent)
          ? "Safari"
          : "Browser";
  const mobile = language.get() === "nl" ? "telefoon of tablet" : "phone or tablet";
  const device = /Android|iPhone|iPad/.test(agent) ? mobile : "computer";
  return `${browser}, ${device}`;
}

/** The server's public anchor, or null while unknown. Read without the heavy client: only to show the demonstration bar, never to trust anything by. */
export async function readAnchorUnverified(): Promise<Pick<TrustAnchor, "demonstration"> | null> {
  try {
    const answer: unknown = await (await fetch("/api/v1/trust-anchor", { headers: { Accept: "application/json" } })).json();
    return typeof answer === "object" && answer !== null && "demonstration" in answer && typeof answer.demonstration === "boolean"
      ? { demonstration: answer.demonstration }
      : null;
  } catch {
    return null;
  }
}

/** Takes the keys out of this tab and tells the server the session is over; does not wait for the answer. */
export function forgetSession(): void {
  if (session.get() === null) return;
  session.set(null);
  void fetch("/api/v1/session", { method: "DELETE", keepalive: true, headers: { "X-Rugdekking": "1" } }).catch(() => {
    // Without a connection the server ends the session by itself after half an hour.
  });
}

onLeave(forgetSession);
