/** Keeps the claim of someone who asks for their keys on this device while the delay runs, sealed under a key that cannot be exported. Imported by screens in a browser only. See [Note: What a device identity protects] in device-identity.ts: the same holds here. */
import { openDB, type IDBPDatabase } from "idb";
import { parseAnswer } from "./connection.ts";
import { KeptClaim } from "./recovery.ts";

interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}
const isSealed = (value: unknown): value is Sealed =>
  typeof value === "object" && value !== null && "iv" in value && value.iv instanceof Uint8Array && "sealed" in value && value.sealed instanceof ArrayBuffer;

const bound = new TextEncoder().encode("rugdekking recovery claim");
const store = "recovery-claim";

async function within<T>(work: (database: IDBPDatabase) => Promise<T>): Promise<T> {
  const database = await openDB("rugdekking-recovery", 1, { upgrade: (db) => void db.createObjectStore(store) });
  try {
    return await work(database);
  } finally {
    database.close();
  }
}

/** Keeps a claim in the place of whatever was there. @throws DOMException when this browser keeps nothing. */
export async function keepClaim(claim: KeptClaim): Promise<void> {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound }, key, new TextEncoder().encode(JSON.stringify(claim)));
  await within(async (database) => {
    const writing = database.transaction(store, "readwrite", { durability: "strict" });
    await Promise.all([writing.store.put(key, "key"), writing.store.put({ iv, sealed } satisfies Sealed, "sealed"), writing.done]);
  });
}

/** The claim this device keeps; null when there is none, or it does not open. @throws DOMException when this browser keeps nothing. */
export async function readKeptClaim(): Promise<KeptClaim | null> {
  const [key, stored]: unknown[] = await within(async (database) => await Promise.all([database.get(store, "key"), database.get(store, "sealed")]));
  if (!(key instanceof CryptoKey) || !isSealed(stored)) return null;
  try {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: stored.iv, additionalData: bound }, key, stored.sealed);
    const value: unknown = JSON.parse(new TextDecoder().decode(plain));
    return parseAnswer(KeptClaim, value, "the claim on this device");
  } catch {
    return null;
  }
}

/** Forgets the claim. @throws DOMException when this browser keeps nothing. */
export const forgetClaim = (): Promise<void> =>
  within(async (database) => {
    const writing = database.transaction(store, "readwrite", { durability: "strict" });
    await Promise.all([writing.store.clear(), writing.done]);
  });
