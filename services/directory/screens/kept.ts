/** Opening, without a server, what this device keeps sealed for a person; and taking up a session that ended meanwhile. The visit pages use it. */
import type { HeldSecret, Session } from "#services/directory/client/index.ts";
import { deviceName, openDoor } from "./session.ts";

const client = async () => await import("#services/directory/client/index.ts");
const browser = async () => await import("#services/directory/client/kept-browser.ts");

/** Whether someone can be unlocked here without a connection. */
export async function keepsSomeone(): Promise<boolean> {
  try {
    return (await (await browser()).keptPersons()).length > 0;
  } catch {
    return false;
  }
}

/**
 * Unlocks whoever this secret belongs to among those the device keeps. The session can open what lies here; the server asks for a sign-in of its own.
 * @returns null when it is nobody's.
 * @throws SealError sheet-malformed; whatever the passkey throws.
 */
export async function unlockKept(held: HeldSecret): Promise<Session | null> {
  const [{ openKept, Session: Signed }, { keptPersons }, { connection, trust }] = await Promise.all([client(), browser(), openDoor()]);
  for (const kept of await keptPersons()) {
    const person = await openKept(kept, held);
    // It ended before it began as far as the server goes: nothing here may be taken for a session of the server's.
    if (person !== null) return new Signed({ connection, trust, person, guest: false, desks: kept.desks, expires: new Date(0).toISOString() });
  }
  return null;
}

/** Signs in at the server under a name that is known already. @throws {@link Problem} not-found when name and secret do not belong together; unavailable. */
export async function signInAgain(handle: string, held: HeldSecret): Promise<Session> {
  const [{ signInWithPassphrase, signInWithPasskey, signInWithSheet }, { connection, trust }] = await Promise.all([client(), openDoor()]);
  const options = { trust, device: deviceName(), handle };
  if (held.kind === "recovery-sheet") return signInWithSheet(connection, { ...options, code: held.code });
  if (held.kind === "passkey") return signInWithPasskey(connection, { ...options, prf: held.prf });
  const { passphrase, progress } = held;
  return signInWithPassphrase(connection, { ...options, passphrase, ...(progress === undefined ? {} : { progress }) });
}
