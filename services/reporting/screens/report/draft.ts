/** The half-told report: its shape, and how it is kept sealed on this device until it is sent or thrown away. Only the report page uses it. */
import { openDB, type IDBPDatabase } from "idb";
import type { OfficeFunction } from "#services/dossier/contract/bodies.ts";
import type { ContactPreferences, IncidentChannel, IncidentForm, ReportBody } from "#services/reporting/contract/index.ts";

/** What has been told so far. Files are not part of it: they stay in the tab until they are sent. */
export interface Draft {
  readonly step: number;
  readonly words: string;
  readonly acute: boolean | null;
  readonly forms: readonly IncidentForm[];
  readonly channel: IncidentChannel | null;
  readonly when: string;
  readonly where: string;
  readonly target: ReportBody["target"] | null;
  readonly author: ReportBody["author"]["known"] | null;
  readonly authorWords: string;
  readonly organisation: { readonly id: string; readonly name: string } | null;
  readonly function: OfficeFunction | null;
  readonly name: string;
  readonly contact: ContactPreferences["how"];
  readonly reach: string;
  readonly wishes: string;
}

export const emptyDraft: Draft = {
  step: 0,
  words: "",
  acute: null,
  forms: [],
  channel: null,
  when: "",
  where: "",
  target: null,
  author: null,
  authorWords: "",
  organisation: null,
  function: null,
  name: "",
  contact: "here",
  reach: "",
  wishes: "",
};

/**
 * [Note: Draft seal] The draft is sealed with AES-256-GCM under a key made on this device that no script can export. It keeps the text out of backups
 * of the profile folder, of search and of a curious look at the storage. It does not keep out someone who can open this browser as this person:
 * the page says so and has a button that throws it away.
 */
interface Kept {
  readonly key: CryptoKey;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}

const shelf = "drafts";
const place = "report";
let database: Promise<IDBPDatabase> | null = null;
const open = (): Promise<IDBPDatabase> => {
  database ??= openDB("rugdekking-drafts", 1, { upgrade: (db) => void db.createObjectStore(shelf) });
  return database;
};

const isKept = (value: unknown): value is Kept =>
  typeof value === "object" &&
  value !== null &&
  "key" in value &&
  value.key instanceof CryptoKey &&
  "iv" in value &&
  value.iv instanceof Uint8Array &&
  "sealed" in value &&
  value.sealed instanceof ArrayBuffer;

/** Seals and keeps the draft. Each time under a fresh IV; the key stays until the draft is thrown away. @throws DOMException when this browser keeps nothing (private window, full disk). */
export async function keepDraft(draft: Draft): Promise<void> {
  const db = await open();
  const before: unknown = await db.get(shelf, place);
  const key = isKept(before) ? before.key : await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(JSON.stringify(draft)));
  await db.put(shelf, { key, iv, sealed } satisfies Kept, place);
}

/** The kept draft, or null when there is none or it cannot be opened (another version of the app, a damaged profile). */
export async function readDraft(): Promise<Draft | null> {
  try {
    const kept: unknown = await (await open()).get(shelf, place);
    if (!isKept(kept)) return null;
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv }, kept.key, kept.sealed);
    const value: unknown = JSON.parse(new TextDecoder().decode(plain));
    return isDraft(value) ? { ...emptyDraft, ...value } : null;
  } catch {
    return null;
  }
}

/** Throws the draft and its key away. */
export async function dropDraft(): Promise<void> {
  await (await open()).delete(shelf, place);
}

/** The bytes were authenticated by our own key, so only an older shape of our own is possible: the fields that carry text are checked, the rest fills in. */
function isDraft(value: unknown): value is Partial<Draft> {
  return (
    typeof value === "object" &&
    value !== null &&
    "words" in value &&
    typeof value.words === "string" &&
    "step" in value &&
    typeof value.step === "number" &&
    "forms" in value &&
    Array.isArray(value.forms)
  );
}

/** Whether anything was told at all. */
export const isTold = (draft: Draft): boolean => draft.words.trim() !== "" || draft.forms.length > 0 || draft.name !== "";
