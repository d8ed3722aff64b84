/** The person this device is known as: whether there is one, signing in as them, beginning as one, and forgetting them. The heavy client is loaded when it is needed. Used by the pages of this folder and by /antwoord. */
import { useEffect, useState } from "preact/hooks";
import type { DevicePerson, Session } from "#services/directory/client/index.ts";
import type { DeviceIdentity } from "#services/directory/client/device-identity.ts";
import { deviceName, openDoor } from "#services/directory/screens/session.ts";

const client = async () => await import("#services/directory/client/index.ts");
const kept = async () => await import("#services/directory/client/device-identity.ts");

/** Who this device is; null when nobody, also where the browser keeps nothing. */
async function whoIsThis(): Promise<DeviceIdentity | null> {
  try {
    return await (await kept()).readDeviceIdentity();
  } catch {
    return null;
  }
}

/** The person this device is known as, by id; null for nobody, undefined while it is looked up. */
export function useDevicePerson(): string | null | undefined {
  const [person, setPerson] = useState<string | null | undefined>(undefined);
  useEffect(() => {
    void whoIsThis().then((found) => setPerson(found?.person ?? null));
  }, []);
  return person;
}

/** Signs in as who this device is; null when it is nobody. @throws {@link Problem} not-found (the house knows this way in no more: it was taken away elsewhere), unavailable. */
export async function signInAsDevice(): Promise<Session | null> {
  const identity = await whoIsThis();
  if (identity === null) return null;
  const [{ signInWithSheet }, { connection, trust }] = await Promise.all([client(), openDoor()]);
  return await signInWithSheet(connection, { trust, device: deviceName(), handle: identity.handle, code: identity.code });
}

/** Makes someone new, keeps them on this device and signs in. @throws DOMException when this browser keeps nothing: then nobody was made; {@link Problem} unavailable, quota-reached. */
export async function beginOnDevice(): Promise<{ readonly session: Session; readonly made: DevicePerson }> {
  const [{ registerDevicePerson, signInWithSheet }, store, { connection, trust }] = await Promise.all([client(), kept(), openDoor()]);
  await store.readDeviceIdentity();
  const made = await registerDevicePerson(connection);
  await store.keepDeviceIdentity({ person: made.person, handle: made.handle, code: made.code });
  // A browser that is asked may promise not to clear this when its disk fills up; it may also say no.
  await navigator.storage.persist().catch(() => false);
  return { session: await signInWithSheet(connection, { trust, device: deviceName(), handle: made.handle, code: made.code }), made };
}

/** Forgets who this device was, once the house no longer knows its way in: there is no session to end. @throws DOMException when this browser keeps nothing. */
export const forgetStranger = async (): Promise<void> => await (await kept()).forgetDeviceIdentity();

/**
 * Forgets who this device is: first what lies here, so that it is gone also without a connection, then every session.
 * @throws {@link Problem} unavailable: then the device has forgotten and the sessions end by themselves.
 */
export async function forgetDevice(session: Session): Promise<void> {
  const [{ signOut }, store, { openDeviceBox }] = await Promise.all([client(), kept(), import("#services/directory/client/kept-browser.ts")]);
  await store.forgetDeviceIdentity();
  const box = await openDeviceBox(session.person);
  await box.clear();
  box.close();
  await signOut(session, true);
}
