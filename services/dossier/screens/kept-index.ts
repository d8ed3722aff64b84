/** Keeps a desk's sealed index of covers in this browser, so that a returning desk opens only what is new. Only the person it was sealed to can open it. */
import { openDB, type IDBPDatabase } from "idb";
import type { Session } from "#services/directory/client/index.ts";
import { CoverIndex, isSealedIndex } from "#services/dossier/client/index.ts";

const openStore = (): Promise<IDBPDatabase> =>
  openDB("rugdekking-covers", 1, {
    upgrade(database) {
      database.createObjectStore("indexes");
    },
  });

const nameOf = (session: Session, desk: string): string => `${session.person.person}/${desk}`;

/** The index as it was kept, or an empty one when there is none, it is another person's, or this browser keeps nothing. */
export async function readKept(session: Session, desk: string): Promise<CoverIndex> {
  try {
    const database = await openStore();
    const stored: unknown = await database.get("indexes", nameOf(session, desk));
    database.close();
    return isSealedIndex(stored) ? await CoverIndex.openIndex(desk, stored, session.person) : new CoverIndex(desk);
  } catch {
    return new CoverIndex(desk);
  }
}

/** Keeps the index; a browser that keeps nothing works the same, only slower next time. */
export async function keep(session: Session, index: CoverIndex): Promise<void> {
  try {
    const sealed = await index.sealIndex(session.person);
    const database = await openStore();
    await database.put("indexes", sealed, nameOf(session, index.desk));
    database.close();
  } catch {
    // Nothing is lost: the covers are opened again next time.
  }
}
