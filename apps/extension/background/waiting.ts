/** What this extension keeps, in the browser's own database: to whom it is paired (public keys only) and the sealed captures that wait. Nothing here can be read without the person's key. */
import { openDB, type IDBPDatabase } from "idb";
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";
import { Moment, Uuid } from "#services/directory/contract/index.ts";
import { SealedCapture } from "#services/reporting/contract/extension.ts";
import type { SealedPage } from "#services/reporting/client/sealed-capture.ts";

/** To whom captures are sealed, and the one site they are given to. */
export const Pairing = Type.Object(
  {
    origin: Type.String({ maxLength: 300 }),
    person: Uuid,
    sealPublicKey: Type.String({ pattern: "^[A-Za-z0-9_-]+$", maxLength: 2_000 }),
    signPublicKey: Type.String({ pattern: "^[A-Za-z0-9_-]{43}$" }),
    /** Of both keys, as the page shows it. */
    fingerprint: Type.String({ maxLength: 40 }),
    pairedAt: Moment,
  },
  { additionalProperties: false },
);
export type Pairing = Static<typeof Pairing>;

let opened: Promise<IDBPDatabase> | null = null;
const database = (): Promise<IDBPDatabase> =>
  (opened ??= openDB("rugdekking-extension", 1, {
    upgrade(db) {
      db.createObjectStore("facts");
      db.createObjectStore("captures");
      db.createObjectStore("files");
    },
  }));

const fileKey = (id: string, item: string): string => `${id} ${item}`;
/** Every key of a capture's files. */
const filesOf = (id: string): IDBKeyRange => IDBKeyRange.bound(`${id} `, `${id} ~`);

/** Null when not paired, or when what is kept is not a pairing. */
export async function readPairing(): Promise<Pairing | null> {
  const kept: unknown = await (await database()).get("facts", "pairing");
  return Check(Pairing, kept) ? kept : null;
}

export async function keepPairing(pairing: Pairing): Promise<void> {
  await (await database()).put("facts", pairing, "pairing");
}

/** When something was last captured, or null. */
export async function readLast(): Promise<string | null> {
  const kept: unknown = await (await database()).get("facts", "last");
  return Check(Moment, kept) ? kept : null;
}

/** Keeps a capture whole, or not at all. @throws DOMException when the disk is full. */
export async function keepCapture({ capture, files }: SealedPage): Promise<void> {
  const change = (await database()).transaction(["facts", "captures", "files"], "readwrite", { durability: "strict" });
  await Promise.all([
    change.objectStore("captures").put(capture, capture.id),
    ...[...files].map(async ([item, bytes]) => await change.objectStore("files").put(bytes, fileKey(capture.id, item))),
    change.objectStore("facts").put(capture.capturedAt, "last"),
    change.done,
  ]);
}

/** Oldest first: ids sort by when they were made. */
export async function readWaiting(): Promise<SealedCapture[]> {
  const kept: unknown[] = await (await database()).getAll("captures");
  return kept.filter((one) => Check(SealedCapture, one));
}

export const countWaiting = async (): Promise<number> => await (await database()).count("captures");

/** Sealed bytes of one file; null when it is not here. */
export async function readFile(id: string, item: string): Promise<Uint8Array | null> {
  const kept: unknown = await (await database()).get("files", fileKey(id, item));
  return kept instanceof Uint8Array ? kept : null;
}

/** Forgets one capture. */
export async function removeCapture(id: string): Promise<void> {
  const change = (await database()).transaction(["captures", "files"], "readwrite");
  await Promise.all([change.objectStore("captures").delete(id), change.objectStore("files").delete(filesOf(id)), change.done]);
}

/** Forgets everything that waits and when that was; with `pairing`, to whom it was paired as well. */
export async function eraseAll({ pairing }: { readonly pairing: boolean }): Promise<void> {
  const change = (await database()).transaction(["facts", "captures", "files"], "readwrite");
  await Promise.all([
    change.objectStore("captures").clear(),
    change.objectStore("files").clear(),
    // When something was last captured tells of what was erased.
    pairing ? change.objectStore("facts").clear() : change.objectStore("facts").delete("last"),
    change.done,
  ]);
}
