/** What this page keeps on the device: how far the import is, what was read, what was marked, the person's own data. All of it sealed as drafts are ([Note: Draft seal]); nothing of it is sent from here. */
import { browserDraftStore } from "#services/dossier/client/drafts-browser.ts";
import type { DraftStore } from "#services/dossier/client/drafts.ts";
import { parseCursor, type Broken, type ImportCursor, type ImportedItem } from "#services/reporting/import/items.ts";
import { marks, type Marked } from "./found.ts";
import { parseWatchForm, type WatchForm } from "./watch-list.ts";

/** How a text without messages is cut. */
export const splits = ["whole", "blank-lines", "lines"] as const;
export type Split = (typeof splits)[number];

/** A file that was brought in. Its bytes stay where they were; a pasted text is kept here. */
export interface Source {
  /** The name it has here; no two have the same. */
  readonly name: string;
  /** As it was chosen. */
  readonly given: string;
  readonly size: number;
  readonly pasted: boolean;
}

/** Files that were brought in together, and how far they are read. */
export interface Round {
  readonly sources: readonly Source[];
  readonly split: Split;
  readonly cursor: ImportCursor | null;
  readonly done: boolean;
}

/** Everything but the messages themselves. */
export interface Kept {
  readonly version: 1;
  readonly rounds: readonly Round[];
  /** How many batches of messages there are. */
  readonly batches: number;
}

/** Messages that came in together, and what was skipped between them. */
export interface Batch {
  readonly items: readonly ImportedItem[];
  readonly broken: readonly Broken[];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null && !Array.isArray(value);
const isWhole = (value: unknown): value is number => typeof value === "number" && Number.isInteger(value) && value >= 0;

function parseSource(value: unknown): Source[] {
  if (!isRecord(value)) return [];
  const { name, given, size, pasted } = value;
  return typeof name === "string" && typeof given === "string" && isWhole(size) && typeof pasted === "boolean" ? [{ name, given, size, pasted }] : [];
}

function parseRound(value: unknown): Round[] {
  if (!isRecord(value) || !Array.isArray(value["sources"])) return [];
  const split = splits.find((known) => known === value["split"]);
  if (split === undefined || typeof value["done"] !== "boolean") return [];
  return [{ sources: value["sources"].flatMap(parseSource), split, cursor: parseCursor(value["cursor"]), done: value["done"] }];
}

/** What was kept; null when it is nothing, or of another version of the app. */
export function parseKept(value: unknown): Kept | null {
  if (!isRecord(value) || value["version"] !== 1 || !Array.isArray(value["rounds"]) || !isWhole(value["batches"])) return null;
  return { version: 1, rounds: value["rounds"].flatMap(parseRound), batches: value["batches"] };
}

/** What is read was sealed by our own key, so only an older shape of our own is possible: the fields that the rest leans on are looked at. */
function isItem(value: unknown): value is ImportedItem {
  return (
    isRecord(value) &&
    typeof value["id"] === "string" &&
    typeof value["text"] === "string" &&
    typeof value["source"] === "string" &&
    isRecord(value["place"]) &&
    Array.isArray(value["attachments"]) &&
    Array.isArray(value["notes"])
  );
}
const isBroken = (value: unknown): value is Broken => isRecord(value) && typeof value["code"] === "string" && isRecord(value["place"]);

export function parseBatch(value: unknown): Batch {
  if (!isRecord(value) || !Array.isArray(value["items"]) || !Array.isArray(value["broken"])) return { items: [], broken: [] };
  return { items: value["items"].filter(isItem), broken: value["broken"].filter(isBroken) };
}

export function parseMarks(value: unknown): (readonly [string, Marked])[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((line: unknown) => {
    if (!Array.isArray(line)) return [];
    const [id, said, by]: unknown[] = line;
    const mark = marks.find((known) => known === said);
    return typeof id === "string" && mark !== undefined && (by === "self" || by === "delegate") ? [[id, { mark, by }] as const] : [];
  });
}

const numbered = (batch: number): string => `batch-${batch}`;
const pasteOf = (name: string): string => `paste-${name}`;

/** The sealed store of this page. Every call may throw where a browser keeps nothing. */
export class Shelf {
  readonly #open: () => Promise<DraftStore>;
  #store: Promise<DraftStore> | null = null;

  constructor(open: () => Promise<DraftStore> = async () => await browserDraftStore("rugdekking-online-drafts")) {
    this.#open = open;
  }

  async #drafts(): Promise<DraftStore> {
    this.#store ??= this.#open();
    this.#store.catch(() => {
      this.#store = null;
    });
    return await this.#store;
  }

  async read(): Promise<Kept | null> {
    return parseKept(await (await this.#drafts()).read("kept"));
  }

  async keep(kept: Kept): Promise<void> {
    await (await this.#drafts()).write("kept", kept);
  }

  async readBatch(batch: number): Promise<Batch> {
    return parseBatch(await (await this.#drafts()).read(numbered(batch)));
  }

  async keepBatch(batch: number, content: Batch): Promise<void> {
    await (await this.#drafts()).write(numbered(batch), content);
  }

  async readPaste(name: string): Promise<string | null> {
    const text = await (await this.#drafts()).read(pasteOf(name));
    return typeof text === "string" ? text : null;
  }

  async keepPaste(name: string, text: string): Promise<void> {
    await (await this.#drafts()).write(pasteOf(name), text);
  }

  async readMarks(): Promise<readonly (readonly [string, Marked])[]> {
    return parseMarks(await (await this.#drafts()).read("marks"));
  }

  async keepMarks(marked: ReadonlyMap<string, Marked>): Promise<void> {
    await (
      await this.#drafts()
    ).write(
      "marks",
      [...marked].map(([id, { mark, by }]) => [id, mark, by]),
    );
  }

  async readWatch(): Promise<WatchForm | null> {
    return parseWatchForm(await (await this.#drafts()).read("watch"));
  }

  async keepWatch(form: WatchForm): Promise<void> {
    await (await this.#drafts()).write("watch", form);
  }

  /** Removes everything, and the key it was sealed with. */
  async clear(): Promise<void> {
    await (await this.#drafts()).clear();
  }
}
