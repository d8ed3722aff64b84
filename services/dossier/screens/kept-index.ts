/** Keeps a desk's sealed index of covers in this browser, so that a returning desk opens only what is new. Only the person it was sealed to can open it. */
import { openDB, type IDBPDatabase } from "idb";
import type { Session } from "#services/directory/client/index.ts";
import { CoverIndex, isSealedHead, openIndex, sealIndex } from "#services/dossier/client/index.ts";

const openStore = (): Promise<IDBPDatabase> =>
  openDB("rugdekking-covers", 1, {
    upgrade(database) {
      database.createObjectStore("indexes");
    },
  });

const nameOf = (session: Session, desk: string): string => `${session.person.person}/${desk}`;
/** Apart from the head, so that the first lines do not wait for megabytes to be read. */
const restOf = (name: string): string => `${name}/rest`;

/**
 * The index as it was kept, or an empty one when there is none, it is another person's, of another version or not whole, or this browser keeps nothing.
 * @param show called when its first lines can be shown
 */
export async function readKept(session: Session, desk: string, show: (index: CoverIndex) => void): Promise<CoverIndex> {
  try {
    const database = await openStore();
    const name = nameOf(session, desk);
    // One transaction: head and rest are of the same moment, also while another tab stores a newer index.
    const { store, done } = database.transaction("indexes");
    const head = store.get(name);
    const rest = store.get(restOf(name));
    rest.catch(() => undefined);
    const stored: unknown = await head;
    const opening = isSealedHead(stored) ? openIndex(desk, stored, rest, session.person, show) : new CoverIndex(desk);
    try {
      return await opening;
    } finally {
      await done;
      database.close();
    }
  } catch {
    return new CoverIndex(desk);
  }
}

/** Keeps the index when it is not as it was kept; a browser that keeps nothing works the same, only slower next time. */
export async function keep(session: Session, index: CoverIndex): Promise<void> {
  if (!index.altered) return;
  // Before and not after: what changes while it is being sealed is not in it.
  index.stored();
  try {
    const { key, head, rest } = await sealIndex(index, session.person);
    const database = await openStore();
    const name = nameOf(session, index.desk);
    const { store, done } = database.transaction("indexes", "readwrite");
    await Promise.all([store.put({ key, head }, name), store.put(rest, restOf(name)), done]);
    database.close();
  } catch {
    // Nothing is lost: the covers are opened again next time.
  }
}
