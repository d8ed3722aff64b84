/**
 * What happens on /berichten: files are read in one worker and judged in another, what was read is kept sealed, and everything goes on after a reload. One for the tab, so that a walk to
 * the report and back loses nothing. What this room knows stands here, and outside it only what goes from page to page (begin.ts); screens read it and are told when it changed.
 */
import { triageWorker, type TriageWorkerPort } from "@rugdekking/triage/worker";
import type { Campaign } from "@rugdekking/triage";
import { createStore, onLeave, type Store } from "#services/interface/index.ts";
import type { Broken, ImportEvent } from "#services/reporting/import/items.ts";
import { importInWorker } from "#services/reporting/import/worker-client.ts";
import { Found, type Counts, type Marked } from "./found.ts";
import { Shelf, type Batch, type Round, type Source, type Split } from "./shelf.ts";
import { emptyWatch, watchFrom, type WatchForm } from "./watch-list.ts";
import { startWorker } from "./workers.ts";

/** What is going on. */
export type Stage =
  /** Looking whether something was kept. */
  | { readonly at: "opening" }
  /** Nothing was brought in. */
  | { readonly at: "empty" }
  /** Bytes; `total` of all files of this round. */
  | { readonly at: "reading"; readonly read: number; readonly total: number }
  /** Messages. `again`: all were judged before, and are looked at once more for other protected data; what was said stands meanwhile. */
  | { readonly at: "judging"; readonly done: number; readonly all: number; readonly again: boolean }
  | { readonly at: "ready" };

/** Skipped items that are shown one by one; further ones are counted. */
const SHOWN_BROKEN = 200;
/** Screens are told at most this often (ms) while something runs. */
const TELL = 150;
/** Marks are kept this long (ms) after the last one. */
const KEEP = 400;

/** Gives the page its turn. */
export const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** A message as the triage takes it. Times without a zone are those of this device's clock. */
function toMessage(found: Found, index: number): unknown {
  const item = found.items[index];
  const time = found.timeAt(index);
  return {
    id: item?.id ?? "",
    text: item?.text ?? "",
    channel: item?.channel ?? null,
    author: item?.author?.slice(0, 1000) ?? null,
    ...(time === null ? {} : { at: new Date(time).toISOString() }),
  };
}

export class Work {
  /** Goes up whenever something changed. */
  readonly changes: Store<number> = createStore(0);
  readonly #shelf: Shelf;
  found = new Found();
  stage: Stage = { at: "opening" };
  rounds: Round[] = [];
  broken: Broken[] = [];
  brokenCount = 0;
  campaigns: readonly Campaign[] = [];
  /** What there is of what; null until it was counted. */
  counts: Counts | null = null;
  /** What failed; null when all is well. */
  error: unknown = null;
  /** Whether this device keeps what was read. Null: not tried yet. */
  kept: boolean | null = null;
  /** Whether everything here was there before this page was opened. */
  resumed = false;
  watch: WatchForm = emptyWatch;
  /** Bytes of the files that were chosen since the page was loaded, by the name they have here. */
  readonly #blobs = new Map<string, Blob>();
  #batches = 0;
  /** Ends the reading or the sorting that runs. */
  #control: AbortController | null = null;
  /** Reading and sorting, one after the other; null when nothing runs. */
  #running: Promise<void> | null = null;
  /** What was asked for and not begun: to sort everything, or to read and then sort. */
  #wanted: "nothing" | "judge" | "read" = "nothing";
  /** Writes to the shelf, one after the other. */
  #writing: Promise<void> = Promise.resolve();
  #opened: Promise<void> | null = null;
  #told = 0;
  #telling: ReturnType<typeof setTimeout> | null = null;
  #keeping: ReturnType<typeof setTimeout> | null = null;

  readonly #startTriage: () => TriageWorkerPort;

  constructor(shelf = new Shelf(), startTriage: () => TriageWorkerPort = () => startWorker("triage")) {
    this.#shelf = shelf;
    this.#startTriage = startTriage;
  }

  #tell(): void {
    if (this.#telling !== null) clearTimeout(this.#telling);
    this.#telling = null;
    this.#told = performance.now();
    this.changes.set(this.changes.get() + 1);
  }

  /** Tells, but not more often than a screen needs. */
  #tellSoon(): void {
    const wait = TELL - (performance.now() - this.#told);
    if (wait <= 0) this.#tell();
    else this.#telling ??= setTimeout(() => this.#tell(), wait);
  }

  #set(stage: Stage): void {
    this.stage = stage;
    this.#tell();
  }

  /** Reads back what was kept; once for the tab. */
  open(): Promise<void> {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  async #open(): Promise<void> {
    const { found } = this;
    try {
      const watch = await this.#shelf.readWatch();
      const kept = await this.#shelf.read();
      if (this.found !== found) return;
      this.watch = watch ?? emptyWatch;
      if (watch !== null) this.kept = true;
      // Whoever was quick enough to bring something in is not interrupted by what was kept.
      if (kept === null || kept.batches === 0 || this.stage.at !== "opening") {
        if (this.stage.at === "opening") this.#set({ at: "empty" });
        return;
      }
      for (let batch = 1; batch <= kept.batches; batch++) {
        const read = await this.#shelf.readBatch(batch);
        if (this.found !== found) return;
        this.#take(read);
      }
      for (const [id, marked] of await this.#shelf.readMarks()) found.mark(id, marked);
      if (this.found !== found) return;
      this.rounds = [...kept.rounds];
      this.#batches = kept.batches;
      for (const source of this.sources)
        if (source.pasted) {
          const text = await this.#shelf.readPaste(source.name);
          if (text !== null && this.found === found) this.#blobs.set(source.name, new Blob([text]));
        }
      if (this.found !== found) return;
      this.kept = true;
      this.resumed = true;
      await this.#ask("judge");
    } catch {
      if (this.found !== found) return;
      // A browser that keeps nothing (a private window) has nothing to go on with.
      this.kept = false;
      this.#set({ at: this.found.items.length === 0 ? "empty" : "ready" });
    }
  }

  get sources(): readonly Source[] {
    return this.rounds.flatMap(({ sources }) => sources);
  }

  /** Files that must be chosen again before their originals can be opened or read further. */
  get missing(): readonly Source[] {
    return this.sources.filter(({ name }) => !this.#blobs.has(name));
  }

  /** The first round that was not read to its end. */
  get unfinished(): Round | null {
    return this.rounds.find(({ done }) => !done) ?? null;
  }

  get busy(): boolean {
    return this.stage.at === "reading" || this.stage.at === "judging";
  }

  /** Files with their bytes, for opening originals. */
  files(): readonly { readonly name: string; readonly blob: Blob }[] {
    return [...this.#blobs].map(([name, blob]) => ({ name, blob }));
  }

  #unique(given: string, beside: readonly Source[] = []): string {
    const taken = new Set([...this.sources, ...beside].map(({ name }) => name));
    let name = given;
    for (let times = 2; taken.has(name); times++) name = `${given} (${times})`;
    return name;
  }

  /** Takes files that were asked for again by name and size. @returns the others. */
  #again(files: readonly File[]): File[] {
    return files.filter((file) => {
      const source = this.missing.find(({ given, size }) => given === file.name && size === file.size);
      if (source !== undefined) this.#blobs.set(source.name, file);
      return source === undefined;
    });
  }

  /** Files that were chosen: those that were missing take their place, all others are read. */
  async bring(files: readonly File[], split: Split = "whole"): Promise<void> {
    const fresh = this.#again(files);
    if (fresh.length === 0) {
      this.#tell();
      return;
    }
    const sources: Source[] = [];
    for (const file of fresh) {
      const name = this.#unique(file.name, sources);
      sources.push({ name, given: file.name, size: file.size, pasted: false });
      this.#blobs.set(name, file);
    }
    this.rounds = [...this.rounds, { sources, split, cursor: null, done: false }];
    await this.resume();
  }

  /** A text from the clipboard; it is kept, since there is no file to choose again. */
  async paste(text: string, name: string, split: Split): Promise<void> {
    const blob = new Blob([text]);
    const source = { name: this.#unique(name), given: name, size: blob.size, pasted: true };
    this.#blobs.set(source.name, blob);
    this.rounds = [...this.rounds, { sources: [source], split, cursor: null, done: false }];
    await this.#keep(async () => await this.#shelf.keepPaste(source.name, text));
    await this.resume();
  }

  /** Reads every round that is not at its end and whose files are there, then judges. */
  resume(): Promise<void> {
    return this.#ask("read");
  }

  /** Everything that reads or sorts goes through here, so that it never runs twice at once; what is asked for meanwhile is done after it. @returns when nothing is left to do */
  #ask(wanted: "judge" | "read"): Promise<void> {
    if (this.#wanted !== "read") this.#wanted = wanted;
    this.#running ??= this.#run();
    return this.#running;
  }

  #next(): "nothing" | "judge" | "read" {
    const wanted = this.#wanted;
    this.#wanted = "nothing";
    return wanted;
  }

  async #run(): Promise<void> {
    try {
      for (let wanted = this.#next(); wanted !== "nothing"; wanted = this.#next()) {
        const { found } = this;
        this.error = null;
        if (wanted === "read") await this.#readAll();
        // Forgotten meanwhile: there is nothing to judge.
        if (this.found === found) await this.#judge(wanted === "judge" && this.counts !== null);
      }
    } finally {
      this.#running = null;
    }
  }

  async #readAll(): Promise<void> {
    const control = new AbortController();
    this.#control = control;
    try {
      for (let place = 0; place < this.rounds.length && !control.signal.aborted; place++) {
        const round = this.rounds[place];
        if (round === undefined || round.done || round.sources.some(({ name }) => !this.#blobs.has(name))) continue;
        await this.#read(place, control.signal);
      }
    } catch (error) {
      if (!control.signal.aborted) this.error = error;
    } finally {
      this.#control = null;
    }
  }

  /** Stops what runs, reading or sorting; what was read stands, and `resume` goes on. */
  stop(): void {
    this.#control?.abort();
  }

  async #read(place: number, signal: AbortSignal): Promise<void> {
    const { found } = this;
    const round = this.rounds[place];
    if (round === undefined) return;
    const files = round.sources.flatMap(({ name }) => {
      const blob = this.#blobs.get(name);
      return blob === undefined ? [] : [{ name, blob }];
    });
    const total = files.reduce((sum, { blob }) => sum + blob.size, 0);
    this.#set({ at: "reading", read: 0, total });
    const progress = (read: number, all: number): void => {
      if (this.found !== found) return;
      this.stage = { at: "reading", read, total: all };
      this.#tellSoon();
    };
    for await (const events of importInWorker(files, { cursor: round.cursor, split: round.split, signal, progress })) {
      if (signal.aborted) break;
      await this.#batch(place, events);
    }
    if (signal.aborted) return;
    this.#change(place, { done: true });
    await this.#keepState();
  }

  #change(place: number, part: Partial<Round>): void {
    this.rounds = this.rounds.map((round, index) => (index === place ? { ...round, ...part } : round));
  }

  /** Shows a batch, keeps it, and only then the cursor behind it: a tab that closes in between reads the batch again, and no message comes twice. */
  async #batch(place: number, events: readonly ImportEvent[]): Promise<void> {
    const { found } = this;
    const batch: Batch = {
      items: events.flatMap((event) => (event.kind === "item" ? [event.item] : [])),
      broken: events.flatMap((event) => (event.kind === "broken" ? [event.broken] : [])),
    };
    this.#take(batch);
    this.#batches++;
    const number = this.#batches;
    await this.#keep(async () => await this.#shelf.keepBatch(number, batch));
    if (this.found !== found) return;
    this.#change(place, { cursor: events.at(-1)?.cursor ?? null });
    await this.#keepState();
    this.#tellSoon();
  }

  #take({ items, broken }: Batch): void {
    this.found.add(items);
    this.brokenCount += broken.length;
    this.broken.push(...broken.slice(0, Math.max(0, SHOWN_BROKEN - this.broken.length)));
  }

  /** Writes when its turn comes, unless what it was about is forgotten by then: it would stand on the device again after it was wiped. @throws what writing throws */
  async #write(write: () => Promise<void>): Promise<void> {
    const { found } = this;
    const turn = this.#writing.then(async () => {
      if (this.found === found) await write();
    });
    this.#writing = turn.catch(() => undefined);
    await turn;
  }

  async #keep(write: () => Promise<void>): Promise<void> {
    if (this.kept === false) return;
    const { found } = this;
    const kept = await this.#write(write).then(
      () => true,
      () => false,
    );
    if (this.found === found) this.kept = kept;
  }

  #keepState(): Promise<void> {
    return this.#keep(async () => await this.#shelf.keep({ version: 1, rounds: this.rounds, batches: this.#batches }));
  }

  /** Judges everything anew: campaigns show only in all messages together. */
  async #judge(again: boolean): Promise<void> {
    const { found } = this;
    // What was asked while files were read is what happens now.
    if (this.#wanted === "judge") this.#wanted = "nothing";
    const wanted = found.toJudge();
    if (wanted.length === 0) {
      const counts = await found.count(breathe);
      if (this.found !== found) return;
      this.counts = counts;
      this.#set({ at: found.items.length === 0 && this.brokenCount === 0 ? "empty" : "ready" });
      return;
    }
    this.#set({ at: "judging", done: 0, all: wanted.length, again });
    const control = new AbortController();
    this.#control = control;
    try {
      const triage = triageWorker(this.#startTriage());
      const messages = function* (): Generator<unknown> {
        for (const index of wanted) yield toMessage(found, index);
      };
      const { watch } = watchFrom(this.watch);
      try {
        const summary = await triage.run(
          messages(),
          {
            onBatch: ({ from, judgements }) => {
              for (const [place, judgement] of judgements.entries()) found.judge(wanted[from + place] ?? 0, judgement);
            },
            onProgress: (done) => {
              if (this.found !== found) return;
              this.stage = { at: "judging", done, all: wanted.length, again };
              this.#tellSoon();
            },
          },
          { signal: control.signal, ...(watch === null ? {} : { watch }) },
        );
        await breathe();
        found.setCampaigns(wanted, summary.campaignNumbers);
        if (this.found === found) this.campaigns = summary.campaigns;
      } finally {
        triage.stop();
      }
    } catch (error) {
      if (!control.signal.aborted) this.error = error;
    } finally {
      this.#control = null;
    }
    // Unless it was forgotten while it was judged.
    if (this.found !== found) return;
    const counts = await found.count(breathe);
    await breathe();
    if (this.found !== found) return;
    this.counts = counts;
    this.#set({ at: "ready" });
  }

  mark(id: string, marked: Marked | null): void {
    this.found.mark(id, marked);
    this.#keepMarks();
    this.#tell();
  }

  /** Marks many at once. */
  markAll(ids: readonly string[], marked: Marked): void {
    for (const id of ids) this.found.mark(id, marked);
    this.#keepMarks();
    this.#tell();
  }

  #keepMarks(): void {
    if (this.#keeping !== null) clearTimeout(this.#keeping);
    this.#keeping = setTimeout(() => void this.#keep(async () => await this.#shelf.keepMarks(this.found.marked)), KEEP);
  }

  /**
   * Keeps the person's own data, and looks for it in everything that is there, also where the device does not keep it and while something else is being read or sorted.
   * @returns when it was looked for: whether this device keeps it
   */
  async setWatch(form: WatchForm): Promise<boolean> {
    const { found } = this;
    this.watch = form;
    const kept = await this.#write(async () => await this.#shelf.keepWatch(form)).then(
      () => true,
      () => false,
    );
    if (this.found !== found) return kept;
    this.kept = kept || (this.kept ?? false);
    if (found.items.length > 0 || this.busy) await this.#ask("judge");
    else this.#tell();
    return kept;
  }

  /** Forgets everything that stands in memory. */
  forget(): void {
    this.stop();
    this.#wanted = "nothing";
    if (this.#keeping !== null) clearTimeout(this.#keeping);
    this.found = new Found();
    this.#blobs.clear();
    this.rounds = [];
    this.broken = [];
    this.brokenCount = 0;
    this.campaigns = [];
    this.counts = null;
    this.watch = emptyWatch;
    this.#batches = 0;
    this.error = null;
    this.resumed = false;
    this.#set({ at: "empty" });
  }

  /** Forgets everything, on the device as well. @throws what emptying the shelf throws: then it still stands there, and the person must know. */
  async wipe(): Promise<void> {
    this.forget();
    await this.#running;
    // A write on its way to the shelf would stand there again after it was emptied.
    await this.#writing;
    await this.#shelf.clear();
    this.kept = null;
    this.#tell();
  }
}

/** The one of this tab. */
export const work = new Work();
onLeave(() => work.forget());
