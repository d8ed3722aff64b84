/**
 * What a device keeps for a person to work without a connection, in IndexedDB: their wrapped keys, and a box of values sealed under a key that only their own key opens.
 * Without their passphrase, sheet or passkey nothing in it can be read. Imported by screens in a browser only.
 */
import { generateSeed, handOver, takeOver, type Person } from "@rugdekking/seal";
import { openDB, type IDBPDatabase } from "idb";
import { parseAnswer } from "./connection.ts";
import { KeptPerson } from "./kept.ts";

interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}
const isSealed = (value: unknown): value is Sealed =>
  typeof value === "object" && value !== null && "iv" in value && value.iv instanceof Uint8Array && "sealed" in value && value.sealed instanceof ArrayBuffer;

/** One database for all persons of this device; a name in a box is `<person>/<name>`. */
function openKeptDatabase(name: string): Promise<IDBPDatabase> {
  return openDB(name, 1, {
    upgrade(db) {
      db.createObjectStore("persons");
      db.createObjectStore("keys");
      db.createObjectStore("boxes");
    },
  });
}

const databaseName = "rugdekking-kept";

/** The persons this device keeps wrapped keys of; those of another shape (an older app) are left out. @throws DOMException when this browser keeps nothing. */
export async function keptPersons(name = databaseName): Promise<KeptPerson[]> {
  const database = await openKeptDatabase(name);
  try {
    const stored: unknown[] = await database.getAll("persons");
    return stored.flatMap((value) => {
      try {
        return [parseAnswer(KeptPerson, value, "a person kept on this device")];
      } catch {
        return [];
      }
    });
  } finally {
    database.close();
  }
}

/** Sealed values of one person on this device. Names are readable, values are not; a value is bound to its name and cannot be put in another's place. */
export interface DeviceBox {
  readonly person: string;
  /** Keeps the wrapped keys beside the box, so that it opens without a server. @throws DOMException QuotaExceededError. */
  keepPerson(kept: KeptPerson): Promise<void>;
  /** The JSON value, or null when there is none or it does not open. The caller parses it. */
  read(name: string): Promise<unknown>;
  /** Writes a JSON value; done when it is on the disk. @throws DOMException QuotaExceededError when the disk is full: what was there before is still there. */
  write(name: string, value: unknown): Promise<void>;
  /** The bytes, or null. */
  readBytes(name: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Writes bytes. @throws as {@link DeviceBox.write}. */
  writeBytes(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  remove(names: readonly string[]): Promise<void>;
  /** Names that begin so, in order. */
  names(prefix: string): Promise<string[]>;
  /** Takes away the wrapped keys, the box's own key and everything in it. */
  clear(): Promise<void>;
  close(): void;
}

/** Lengths are rounded up to this many bytes, so that the size on disk tells little. */
const grain = 1_024;

function padded(plain: Uint8Array): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(Math.ceil((plain.length + 4) / grain) * grain);
  new DataView(made.buffer).setUint32(0, plain.length);
  made.set(plain, 4);
  return made;
}
const unpadded = (made: ArrayBuffer): Uint8Array<ArrayBuffer> => new Uint8Array(made, 4, new DataView(made).getUint32(0));

/**
 * Opens (and makes) the box of a person whose keys are at hand.
 * @param name of the database, for tests
 * @throws DOMException when this browser keeps nothing or its disk is full; SealError when the box was made for other keys.
 */
export async function openDeviceBox(person: Pick<Person, "person" | "seal">, name = databaseName): Promise<DeviceBox> {
  const database = await openKeptDatabase(name);
  const context = { purpose: "item", subject: `${person.person}/device-box`, to: person.person } as const;
  const seed = generateSeed();
  const fresh = await handOver(seed, person.seal.publicKey, context);
  const change = database.transaction("keys", "readwrite", { durability: "strict" });
  const known: unknown = await change.store.get(person.person);
  if (typeof known !== "string") await change.store.put(fresh, person.person);
  await change.done;
  const secret = typeof known === "string" ? await takeOver(known, person.seal, context) : seed;
  const key = await crypto.subtle.importKey("raw", new Uint8Array(secret), "AES-GCM", false, ["encrypt", "decrypt"]);
  const at = (one: string): string => `${person.person}/${one}`;
  const bound = (one: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(`rugdekking kept ${at(one)}`);
  const put = async (one: string, plain: Uint8Array): Promise<void> => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound(one) }, key, padded(plain));
    // Strict: a battery that runs flat a moment later takes nothing with it.
    const writing = database.transaction("boxes", "readwrite", { durability: "strict" });
    await Promise.all([writing.store.put({ iv, sealed } satisfies Sealed, at(one)), writing.done]);
  };
  const get = async (one: string): Promise<Uint8Array<ArrayBuffer> | null> => {
    const stored: unknown = await database.get("boxes", at(one));
    if (!isSealed(stored)) return null;
    try {
      return unpadded(await crypto.subtle.decrypt({ name: "AES-GCM", iv: stored.iv, additionalData: bound(one) }, key, stored.sealed));
    } catch {
      return null;
    }
  };
  const all = (prefix: string): IDBKeyRange => IDBKeyRange.bound(at(prefix), `${at(prefix)}\u{ffff}`);
  return {
    person: person.person,
    async keepPerson(kept) {
      await database.put("persons", kept, person.person);
    },
    async read(one) {
      const plain = await get(one);
      return plain === null ? null : JSON.parse(new TextDecoder().decode(plain));
    },
    write: (one, value) => put(one, new TextEncoder().encode(JSON.stringify(value))),
    readBytes: get,
    writeBytes: put,
    async remove(names) {
      const writing = database.transaction("boxes", "readwrite", { durability: "strict" });
      await Promise.all([...names.map((one) => writing.store.delete(at(one))), writing.done]);
    },
    async names(prefix) {
      const start = at("").length;
      return (await database.getAllKeys("boxes", all(prefix))).flatMap((one) => (typeof one === "string" ? [one.slice(start)] : []));
    },
    async clear() {
      const writing = database.transaction(["persons", "keys", "boxes"], "readwrite", { durability: "strict" });
      await Promise.all([
        writing.objectStore("persons").delete(person.person),
        writing.objectStore("keys").delete(person.person),
        writing.objectStore("boxes").delete(all("")),
        writing.done,
      ]);
    },
    close: () => database.close(),
  };
}
