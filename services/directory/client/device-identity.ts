/**
 * The one person a device is known as, for a partner without an account: a generated sign-in name and the code of a sheet, sealed in IndexedDB. Imported by screens in a browser only.
 *
 * [Note: What a device identity protects] The key is AES-GCM and cannot be exported: what lies here opens in this browser profile alone, so a copy of the database without the browser's key store, a
 * backup that leaves keys out, or someone who reads exported storage gets nothing. Whoever holds the unlocked phone, or runs code on this origin, opens it as its person does. There is no second
 * factor to ask for: a phone's own lock is the lock. A phone that is lost is answered by the team: its lead takes the member out, which is a new key.
 */
import { openDB, type IDBPDatabase } from "idb";
import Type, { type Static } from "typebox";
import { Uuid } from "#services/directory/contract/index.ts";
import { parseAnswer } from "./connection.ts";

const DeviceIdentity = Type.Object(
  { version: Type.Literal(1), person: Uuid, handle: Type.String({ maxLength: 120 }), code: Type.String({ maxLength: 200 }) },
  { additionalProperties: false },
);
/** Who this device is. */
export type DeviceIdentity = Static<typeof DeviceIdentity>;

interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}
const isSealed = (value: unknown): value is Sealed =>
  typeof value === "object" && value !== null && "iv" in value && value.iv instanceof Uint8Array && "sealed" in value && value.sealed instanceof ArrayBuffer;

const bound = new TextEncoder().encode("rugdekking device identity");
const open = (): Promise<IDBPDatabase> =>
  openDB("rugdekking-device", 1, {
    upgrade(db) {
      db.createObjectStore("device-identity");
    },
  });

async function within<T>(work: (database: IDBPDatabase) => Promise<T>): Promise<T> {
  const database = await open();
  try {
    return await work(database);
  } finally {
    database.close();
  }
}

/** Keeps who this device is, in the place of whoever it was; done when it is on the disk. @throws DOMException when this browser keeps nothing. */
export async function keepDeviceIdentity(identity: Omit<DeviceIdentity, "version">): Promise<void> {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify({ version: 1, ...identity } satisfies DeviceIdentity));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound }, key, plain);
  await within(async (database) => {
    const writing = database.transaction("device-identity", "readwrite", { durability: "strict" });
    await Promise.all([writing.store.put(key, "key"), writing.store.put({ iv, sealed } satisfies Sealed, "sealed"), writing.done]);
  });
}

/** Who this device is; null when it is nobody, or keeps what it cannot open. @throws DOMException when this browser keeps nothing. */
export async function readDeviceIdentity(): Promise<DeviceIdentity | null> {
  const [key, stored]: unknown[] = await within(
    async (database) => await Promise.all([database.get("device-identity", "key"), database.get("device-identity", "sealed")]),
  );
  if (!(key instanceof CryptoKey) || !isSealed(stored)) return null;
  try {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: stored.iv, additionalData: bound }, key, stored.sealed);
    const value: unknown = JSON.parse(new TextDecoder().decode(plain));
    return parseAnswer(DeviceIdentity, value, "who this device is");
  } catch {
    return null;
  }
}

/** Forgets who this device is: the key goes with it. @throws DOMException when this browser keeps nothing. */
export const forgetDeviceIdentity = (): Promise<void> =>
  within(async (database) => {
    const writing = database.transaction("device-identity", "readwrite", { durability: "strict" });
    await Promise.all([writing.store.clear(), writing.done]);
  });
