/** Keeps pins in IndexedDB, so that a browser remembers which keys it has seen. Imported by apps/web only (needs IndexedDB). */
import { openDB } from "idb";
import { TrustAnchor } from "#services/directory/contract/index.ts";
import { parseAnswer } from "./connection.ts";
import { ChainPin, DeskPin, type TrustStore } from "./trust.ts";

/** Opens (and makes) the pin database. @param name for tests; default `rugdekking-trust`. */
export async function browserTrustStore(name = "rugdekking-trust"): Promise<TrustStore> {
  const database = await openDB(name, 1, {
    upgrade(db) {
      db.createObjectStore("anchors");
      db.createObjectStore("desks");
    },
  });
  return {
    async readAnchor(origin) {
      const value: unknown = await database.get("anchors", origin);
      return value === undefined ? null : parseAnswer(TrustAnchor, value, "the pinned trust anchor");
    },
    async writeAnchor(origin, anchor) {
      await database.put("anchors", anchor, origin);
    },
    async readDesk(origin, desk) {
      const value: unknown = await database.get("desks", `${origin} ${desk}`);
      return value === undefined ? null : parseAnswer(DeskPin, value, "the pinned desk");
    },
    async writeDesk(origin, desk, pin) {
      await database.put("desks", pin, `${origin} ${desk}`);
    },
    // Among the anchors, as pins of the server as a whole: a store of their own would need a new version of the database, for which every open tab has to make way.
    async readChain(origin, name) {
      const value: unknown = await database.get("anchors", `${origin} ${name}`);
      return value === undefined ? null : parseAnswer(ChainPin, value, "the pinned chain");
    },
    async writeChain(origin, name, pin) {
      await database.put("anchors", pin, `${origin} ${name}`);
    },
  };
}
