/** Drafts in IndexedDB, sealed with an AES-GCM key that cannot be read out of the browser. Imported by screens only (needs IndexedDB); imports nothing else of this room, so that the report page stays small. */
import { openDB } from "idb";
import type { DraftStore } from "./drafts.ts";

interface SealedDraft {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}

const keyName = "device-key";
const isSealedDraft = (value: unknown): value is SealedDraft =>
  typeof value === "object" && value !== null && "iv" in value && value.iv instanceof Uint8Array && "sealed" in value && value.sealed instanceof ArrayBuffer;

/** Opens (and makes) the draft database. The name of a draft is bound into it: drafts cannot be swapped. @param name one database per kind of draft: two rooms that share a name would open each other's version. */
export async function browserDraftStore(name: string): Promise<DraftStore> {
  const database = await openDB(name, 1, {
    upgrade(db) {
      db.createObjectStore("keys");
      db.createObjectStore("drafts");
    },
  });
  const readKey = async (): Promise<CryptoKey | null> => {
    const key: unknown = await database.get("keys", keyName);
    return key instanceof CryptoKey ? key : null;
  };
  const newKey = async (): Promise<CryptoKey> => await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const deviceKey = async (): Promise<CryptoKey> => {
    const fresh = await newKey();
    const change = database.transaction("keys", "readwrite");
    const known: unknown = await change.store.get(keyName);
    if (!(known instanceof CryptoKey)) await change.store.put(fresh, keyName);
    await change.done;
    return known instanceof CryptoKey ? known : fresh;
  };
  const bound = (draft: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(`rugdekking draft ${draft}`);
  const seal = async (draft: string, value: unknown, key: CryptoKey): Promise<SealedDraft> => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = JSON.stringify(value);
    // Spaces up to the next kilobyte: the size on disk tells little about what was typed.
    const plain = new TextEncoder().encode(text + " ".repeat((1024 - (text.length % 1024)) % 1024));
    return { iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound(draft) }, key, plain) };
  };
  return {
    async read(draft) {
      const stored: unknown = await database.get("drafts", draft);
      const key = await readKey();
      if (key === null || !isSealedDraft(stored)) return null;
      try {
        const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: stored.iv, additionalData: bound(draft) }, key, stored.sealed);
        return JSON.parse(new TextDecoder().decode(plain));
      } catch {
        return null;
      }
    },
    async write(draft, value) {
      await database.put("drafts", await seal(draft, value, await deviceKey()), draft);
    },
    async replaceAll(draft, value) {
      const key = await newKey();
      const sealed = await seal(draft, value, key);
      // One transaction, begun when everything is ready: it is done as a whole or not at all.
      const change = database.transaction(["keys", "drafts"], "readwrite");
      const [keys, drafts] = [change.objectStore("keys"), change.objectStore("drafts")];
      await Promise.all([keys.clear(), drafts.clear(), keys.put(key, keyName), drafts.put(sealed, draft), change.done]);
    },
    async remove(draft) {
      await database.delete("drafts", draft);
    },
    async clear() {
      const change = database.transaction(["keys", "drafts"], "readwrite");
      await Promise.all([change.objectStore("keys").clear(), change.objectStore("drafts").clear(), change.done]);
    },
    async names() {
      return (await database.getAllKeys("drafts")).map(String);
    },
  };
}
