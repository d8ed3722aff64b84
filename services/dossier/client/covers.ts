/** Opens covers, thousands at a time, and keeps a searchable index of them that is stored sealed. Called by the work screen; the opening itself may run in workers. */
import { generateSeed, handOver, newUuid, openItem, openJson, sealItem, takeOver, type Person, type SealKeyPair } from "@rugdekking/seal";
import { readStatement, SealError } from "@rugdekking/seal/verify";
import { base64urlnopad } from "@scure/base";
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";
import { parseAnswer, type OpenDesk, type Session } from "#services/directory/client/index.ts";
import { Moment, Uuid } from "#services/directory/contract/index.ts";
import { WorklistLine, type Term } from "#services/dossier/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import { coverPlace } from "./handle.ts";
import { recipientName } from "./keys.ts";
import { readWorklist } from "./worklist.ts";

/** Desk keys by epoch, as `OpenDesk.keys`. Can be posted to a worker: the private halves are CryptoKeys that travel without being readable. */
export type DeskKeyring = ReadonlyMap<number, SealKeyPair>;

/** What one opened cover is: the JSON inside, or null when there is none or no key fits. */
export type OpenedCover = unknown;

/** Opens batches of lines; the browser's runs in Web Workers ({@link workerCoverPool}), Node's in the same thread ({@link coversInThread}). */
export interface CoverPool {
  /** How many batches are worth having on the way at once. */
  readonly lanes: number;
  /** One result per line, in order. @throws what the worker throws. */
  open(lines: readonly WorklistLine[], keys: DeskKeyring): Promise<readonly OpenedCover[]>;
}

/**
 * Opens the covers of these lines with a desk's keys, one result per line, null where nothing opens.
 *
 * [Note: covers are trusted less] The signature under each hand-over is not checked here: a server could show a title of its own making, as it could show none.
 * It learns nothing by it, and opening the dossier checks everything before a word is read or written.
 */
export async function openCovers(lines: readonly WorklistLine[], keys: DeskKeyring): Promise<OpenedCover[]> {
  const opened: OpenedCover[] = [];
  // Some at once: while WebCrypto works on one, the script works on the next.
  for (let at = 0; at < lines.length; at += 8) opened.push(...(await Promise.all(lines.slice(at, at + 8).map((line) => openCover(line, keys)))));
  return opened;
}

/** What a cover's opening reads of its hand-over, and no more: to check the whole of ten thousand takes as long as to open many of them, and opening a dossier does it anyway. */
const DossierHandOver = Type.Object({
  dossier: Type.String(),
  to: Type.Object({ desk: Type.String(), epoch: Type.Integer() }),
  keys: Type.Object({ scope: Type.Literal("dossier") }),
});

async function openCover(line: WorklistLine, keys: DeskKeyring): Promise<OpenedCover> {
  if (line.cover === null) return null;
  try {
    const grant = readStatement(line.grant.statement);
    if (!Check(DossierHandOver, grant)) return null;
    const pair = keys.get(grant.to.epoch);
    if (grant.dossier !== line.id || pair === undefined) return null;
    const sealed = line.grant.sealed["dossier"];
    if (sealed === undefined) return null;
    const dossierKey = await takeOver(sealed, pair, { purpose: "dossier", subject: line.id, to: recipientName(grant.to) });
    return await openJson(base64urlnopad.decode(line.cover), dossierKey, coverPlace(line.id));
  } catch (error) {
    if (error instanceof SealError || error instanceof Problem) return null;
    throw error;
  }
}

/** Opens covers in the calling thread. */
export const coversInThread = (): CoverPool => ({ lanes: 1, open: openCovers });

/** One line of the index, its cover open. */
export interface IndexedLine {
  readonly id: string;
  readonly kind: WorklistLine["kind"];
  readonly phase: string;
  readonly opened: string;
  readonly changed: string;
  readonly term: Term | null;
  /** As sealed by the reporting or scanning client: parse with ReportCover or ScanCover. */
  readonly cover: OpenedCover;
}

const StoredLine = Type.Object({
  id: Uuid,
  kind: WorklistLine.properties.kind,
  phase: Type.String(),
  opened: Moment,
  changed: Moment,
  term: WorklistLine.properties.term,
  cover: Type.Unknown(),
});
const StoredIndex = Type.Object({ version: Type.Literal(1), desk: Uuid, lines: Type.Array(StoredLine) });

/** A sealed index as the caller keeps it (IndexedDB): only the person it was sealed to can open it. */
export interface SealedIndex {
  /** SealedKey of the index's own key, to the person. */
  readonly key: string;
  readonly item: string;
  readonly bytes: Uint8Array;
  /** Length of the opened index. */
  readonly length: number;
}

/** Whether a value read back from storage has the shape of a {@link SealedIndex}. */
export const isSealedIndex = (value: unknown): value is SealedIndex =>
  typeof value === "object" &&
  value !== null &&
  "key" in value &&
  typeof value.key === "string" &&
  "item" in value &&
  typeof value.item === "string" &&
  "bytes" in value &&
  value.bytes instanceof Uint8Array &&
  "length" in value &&
  typeof value.length === "number";

/** Told while covers are opened. */
export type CoverProgress = (done: number, total: number) => void;

const batchSize = 100;

/** Lower case, without accents, as search compares text. */
export const normalised = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();

function wordsOf(value: unknown, into: string[] = []): string[] {
  if (typeof value === "string") into.push(value);
  else if (Array.isArray(value)) for (const part of value) wordsOf(part, into);
  else if (typeof value === "object" && value !== null) for (const part of Object.values(value)) wordsOf(part, into);
  return into;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** All covers of one desk, open and searchable, in memory. */
export class CoverIndex {
  readonly desk: string;
  readonly #lines = new Map<string, IndexedLine>();
  readonly #text = new Map<string, string>();
  /** The lines in order, until one changes: every letter in the search field asks for them. */
  #ordered: readonly IndexedLine[] | null = null;

  constructor(desk: string) {
    this.desk = desk;
  }

  get size(): number {
    return this.#lines.size;
  }
  /** Lines as on the worklist: due first, then longest unchanged. */
  lines(): readonly IndexedLine[] {
    this.#ordered ??= [...this.#lines.values()]
      .map((line) => ({ line, due: line.term === null ? Number.POSITIVE_INFINITY : Date.parse(line.term.due) }))
      .sort((a, b) => (a.due === b.due ? compareText(a.line.changed, b.line.changed) : a.due - b.due))
      .map(({ line }) => line);
    return this.#ordered;
  }
  get(id: string): IndexedLine | null {
    return this.#lines.get(id) ?? null;
  }
  /** Newest change known: what to ask the server for next; null when empty. */
  get changedSince(): string | null {
    let newest: string | null = null;
    for (const { changed } of this.#lines.values()) if (newest === null || changed > newest) newest = changed;
    return newest;
  }

  /** Lines whose cover has all words of the query somewhere in it; an empty query gives all. Matching is by substring, without case or accents. */
  search(query: string): readonly IndexedLine[] {
    const words = normalised(query)
      .split(/\s+/)
      .filter((word) => word !== "");
    if (words.length === 0) return this.lines();
    return this.lines().filter(({ id }) => {
      const text = this.#text.get(id) ?? "";
      return words.every((word) => text.includes(word));
    });
  }

  /** Takes lines in; opens only covers of lines that are new or changed. @returns how many were opened. */
  async update(lines: readonly WorklistLine[], keys: DeskKeyring, pool: CoverPool, progress?: CoverProgress): Promise<number> {
    const fresh = lines.filter((line) => this.#lines.get(line.id)?.changed !== line.changed);
    for (const line of lines) {
      const known = this.#lines.get(line.id);
      if (known?.changed === line.changed) this.#put({ ...known, term: line.term, phase: line.phase });
    }
    const batches: WorklistLine[][] = [];
    for (let at = 0; at < fresh.length; at += batchSize) batches.push(fresh.slice(at, at + batchSize));
    let done = 0;
    const lane = async (): Promise<void> => {
      for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
        const covers = await pool.open(batch, keys);
        for (const [index, line] of batch.entries())
          this.#put({
            id: line.id,
            kind: line.kind,
            phase: line.phase,
            opened: line.opened,
            changed: line.changed,
            term: line.term,
            cover: covers[index] ?? null,
          });
        done += batch.length;
        progress?.(done, fresh.length);
      }
    };
    await Promise.all(Array.from({ length: Math.max(1, pool.lanes) }, lane));
    return fresh.length;
  }

  /** Forgets lines that are no longer on the worklist. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of this.#lines.keys()) {
      if (ids.has(id)) continue;
      this.#lines.delete(id);
      this.#text.delete(id);
      this.#ordered = null;
    }
  }

  /** Seals the index to a person for storing on this device. @throws SealError */
  async sealIndex(person: Pick<Person, "person" | "seal">): Promise<SealedIndex> {
    const stored: Static<typeof StoredIndex> = { version: 1, desk: this.desk, lines: [...this.#lines.values()] };
    const plain = new TextEncoder().encode(JSON.stringify(stored));
    const secret = generateSeed();
    const item = newUuid();
    const bytes = await sealItem(plain, secret, { dossier: this.desk, item, channel: "index" });
    return { key: await handOver(secret, person.seal.publicKey, indexContext(this.desk, person.person)), item, bytes, length: plain.length };
  }

  /** Opens a stored index. @throws SealError when it is another person's or was altered; {@link Problem} input-malformed. Make a new one then. */
  static async openIndex(desk: string, sealed: SealedIndex, person: Pick<Person, "person" | "seal">): Promise<CoverIndex> {
    const secret = await takeOver(sealed.key, person.seal, indexContext(desk, person.person));
    const plain = await openItem(sealed.bytes, secret, { dossier: desk, item: sealed.item, channel: "index" }, sealed.length);
    const stored = parseAnswer(StoredIndex, JSON.parse(new TextDecoder().decode(plain)), "the stored index");
    const index = new CoverIndex(desk);
    for (const line of stored.lines) index.#put(line);
    return index;
  }

  #put(line: IndexedLine): void {
    this.#lines.set(line.id, line);
    this.#ordered = null;
    this.#text.set(line.id, normalised(wordsOf(line.cover).join("\n")));
  }
}

const indexContext = (desk: string, person: string) => ({ purpose: "item", subject: `${desk}/index`, to: person }) as const;

/** Lines that are opened before all others, in this thread: a worker takes longer to begin than these take to open. */
const firstLines = 50;

/**
 * Brings an index up to date: only what changed since, and a full walk when the server counts fewer or more lines than the index holds (hand-overs that ended).
 * @param progress told after each page of a full walk; from the first call on, the index holds what is due first and can be shown.
 * @throws {@link Problem} role-forbidden, unavailable.
 */
export async function refreshIndex(session: Session, desk: OpenDesk, index: CoverIndex, pool: CoverPool, progress?: CoverProgress): Promise<void> {
  const { changedSince } = index;
  if (changedSince !== null) {
    let total = index.size;
    for await (const part of readWorklist(session, desk.id, { pageSize: 200, changedSince })) {
      total = part.total;
      await index.update(part.lines, desk.keys, pool);
    }
    if (total === index.size) return;
  }
  const seen = new Set<string>();
  const parts = readWorklist(session, desk.id, { firstSize: firstLines, pageSize: 500 });
  let coming = parts.next();
  for (let part = await coming; part.done !== true; part = await coming) {
    // While these open, the next page is on its way. When it fails, that is heard where it is awaited.
    coming = parts.next();
    coming.catch(() => undefined);
    await index.update(part.value.lines, desk.keys, seen.size === 0 ? coversInThread() : pool);
    for (const { id } of part.value.lines) seen.add(id);
    progress?.(seen.size, part.value.total);
  }
  index.keepOnly(seen);
}
