/** All covers of one desk, open and searchable, in memory. Filled by refresh-index.ts, kept by sealed-index.ts, drawn by the work screen. */
import type { Term, WorklistLine } from "#services/dossier/contract/index.ts";
import type { CoverPool, DeskKeyring, OpenedCover } from "./covers.ts";

/** One line of the index, its cover open. */
export interface IndexedLine {
  readonly id: string;
  readonly kind: WorklistLine["kind"];
  readonly phase: string;
  readonly opened: string;
  readonly changed: string;
  readonly term: Term | null;
  /** Opened by someone without an account. */
  readonly guest: boolean;
  /** As sealed by the reporting or scanning client: parse with ReportCover or ScanCover. */
  readonly cover: OpenedCover;
}

const batchSize = 100;

/** Most text is plain ASCII, and taking accents apart costs ten times as much as looking whether there are any. */
const plainText = /^[\n -~]*$/u;

/** Lower case, without accents, as search compares text. */
export const normalised = (text: string): string =>
  plainText.test(text)
    ? text.toLowerCase()
    : text
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

const sameTerm = (a: Term | null, b: Term | null): boolean =>
  a === b || (a !== null && b !== null && a.name === b.name && a.due === b.due && a.waitsFor === b.waitsFor && a.overdue === b.overdue);

/** All covers of one desk. */
export class CoverIndex {
  readonly desk: string;
  /** How many lines there are in all while only the first of them are here; null when what is here is all that is known of. */
  expected: number | null = null;
  readonly #lines = new Map<string, IndexedLine>();
  readonly #text = new Map<string, string>();
  /** The lines in order, until one changes: every letter in the search field asks for them. */
  #ordered: readonly IndexedLine[] | null = null;
  #altered = false;

  constructor(desk: string) {
    this.desk = desk;
  }

  get size(): number {
    return this.#lines.size;
  }
  /** Whether it holds something else than when it was stored last ({@link stored}): only then is it worth storing again. */
  get altered(): boolean {
    return this.#altered;
  }
  /** Says that what it holds now is stored. */
  stored(): void {
    this.#altered = false;
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

  /** Takes lines in; opens only covers of lines that are new or changed, or that did not open before. @returns how many were tried. */
  async update(lines: readonly WorklistLine[], keys: DeskKeyring, pool: CoverPool): Promise<number> {
    const fresh = lines.filter((line) => this.#isFresh(line));
    for (const line of lines) {
      const known = this.#lines.get(line.id);
      if (known?.changed !== line.changed || (known.phase === line.phase && sameTerm(known.term, line.term))) continue;
      this.#put({ ...known, term: line.term, phase: line.phase });
    }
    const batches: WorklistLine[][] = [];
    for (let at = 0; at < fresh.length; at += batchSize) batches.push(fresh.slice(at, at + batchSize));
    const lane = async (): Promise<void> => {
      for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
        const covers = await pool.open(batch, keys);
        for (const [place, { id, kind, phase, opened, changed, term, guest }] of batch.entries())
          this.#put({ id, kind, phase, opened, changed, term, guest, cover: covers[place] ?? null });
      }
    };
    await Promise.all(Array.from({ length: Math.max(1, pool.lanes) }, lane));
    return fresh.length;
  }

  /** Takes in lines that were stored with their covers open. */
  restore(lines: readonly IndexedLine[]): void {
    const before = this.#altered;
    for (const line of lines) this.#put(line);
    this.#altered = before;
  }

  /** Forgets lines that are no longer on the worklist. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of this.#lines.keys()) {
      if (ids.has(id)) continue;
      this.#lines.delete(id);
      this.#text.delete(id);
      this.#ordered = null;
      this.#altered = true;
    }
  }

  #isFresh(line: WorklistLine): boolean {
    const known = this.#lines.get(line.id);
    return known === undefined || known.changed !== line.changed || (known.cover === null && line.cover !== null);
  }

  #put(line: IndexedLine): void {
    this.#lines.set(line.id, line);
    this.#ordered = null;
    this.#altered = true;
    this.#text.set(line.id, normalised(wordsOf(line.cover).join("\n")));
  }
}
