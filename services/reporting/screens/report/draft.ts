/** The half-told report: its shape, and that it is kept sealed on this device until it is sent or thrown away. Only the report page uses it. */
import { openDB, type IDBPDatabase } from "idb";
import { browserDraftStore } from "#services/dossier/client/drafts-browser.ts";
import type { DraftStore } from "#services/dossier/client/drafts.ts";
import type { ContactPreferences, OfficeFunction } from "#services/dossier/contract/bodies.ts";
import type { IncidentChannel, IncidentForm, ReportBody } from "#services/reporting/contract/index.ts";

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
 * [Note: Draft seal] The draft is sealed with AES-256-GCM under a key made on this device that no script can export (dossier/client/drafts-browser.ts). It keeps
 * the text out of backups of the profile folder, of search and of a curious look at the storage. It does not keep out someone who can open this browser as
 * this person: the page says so and has a button that throws it away.
 */
let store: Promise<DraftStore> | null = null;
function drafts(): Promise<DraftStore> {
  store ??= browserDraftStore("rugdekking-report-drafts");
  store.catch(() => {
    store = null;
  });
  return store;
}

const place = "report";

/** Seals and keeps the draft. @throws DOMException when this browser keeps nothing (private window, full disk). */
export async function keepDraft(draft: Draft): Promise<void> {
  await (await drafts()).write(place, draft);
}

/** The kept draft, or null when there is none or it cannot be opened (another version of the app, a damaged profile). */
export async function readDraft(): Promise<Draft | null> {
  try {
    const value = (await (await drafts()).read(place)) ?? (await takeOver());
    return isDraft(value) ? { ...emptyDraft, ...value } : null;
  } catch {
    return null;
  }
}

/** Throws the draft and its key away, also one that an earlier version of the app kept. */
export async function dropDraft(): Promise<void> {
  await (await drafts()).clear();
  const earlier = await openEarlier();
  await earlier?.delete(earlierShelf, place);
  earlier?.close();
}

/** Before drafts had a store for all services the report kept its own, with the key beside the text in one record. */
const earlierShelf = "drafts";
async function openEarlier(): Promise<IDBPDatabase | null> {
  const name = "rugdekking-drafts";
  if (!(await indexedDB.databases()).some((known) => known.name === name)) return null;
  const database = await openDB(name);
  if (database.objectStoreNames.contains(earlierShelf)) return database;
  database.close();
  return null;
}

/** Moves a draft of an earlier version to the store: what someone typed before an update is not lost by it. The record goes only once the draft is kept anew. */
async function takeOver(): Promise<unknown> {
  const earlier = await openEarlier();
  if (earlier === null) return null;
  try {
    const kept: unknown = await earlier.get(earlierShelf, place);
    if (!isEarlier(kept)) return null;
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv }, kept.key, kept.sealed);
    const value: unknown = JSON.parse(new TextDecoder().decode(plain));
    await (await drafts()).write(place, value);
    await earlier.delete(earlierShelf, place);
    return value;
  } finally {
    earlier.close();
  }
}

const isEarlier = (value: unknown): value is { readonly key: CryptoKey; readonly iv: Uint8Array<ArrayBuffer>; readonly sealed: ArrayBuffer } =>
  typeof value === "object" &&
  value !== null &&
  "key" in value &&
  value.key instanceof CryptoKey &&
  "iv" in value &&
  value.iv instanceof Uint8Array &&
  "sealed" in value &&
  value.sealed instanceof ArrayBuffer;

/** What is read was authenticated by our own key, so only an older shape of our own is possible: the fields that carry text are checked, the rest fills in. */
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
