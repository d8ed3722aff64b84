/** What goes on behind /berichten while the person presses on: own data that is saved while messages are sorted, and wiping while anything still runs or is being written. The real triage answers, when the test lets it. */
import { serveTriage, type TriageWorkerPort } from "@rugdekking/triage/worker";
import { expect, test } from "vitest";
import { memoryDraftStore, type DraftStore } from "#services/dossier/client/drafts.ts";
import type { ImportedItem } from "#services/reporting/import/items.ts";
import { Shelf } from "./shelf.ts";
import { emptyWatch, type WatchForm } from "./watch-list.ts";
import { Work } from "./work.ts";

const item = (number: number, text: string): ImportedItem => ({
  id: `id-${number}`,
  source: "whatsapp",
  place: { file: "chat.txt", index: 0, entry: null, number, bytes: { start: number * 100, end: number * 100 + 100 } },
  role: "message",
  author: "Bewoner",
  at: null,
  channel: "whatsapp",
  conversation: "Buurt",
  text,
  attachments: [],
  notes: [],
});
const home: WatchForm = { addresses: [{ street: "Demolaan", number: "12a", postcode: "", place: "" }], lists: emptyWatch.lists };
const soon = (milliseconds = 0): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A gate: who waits at it goes on once it is opened. */
function gate(): { readonly open: () => void; readonly wait: Promise<void> } {
  let open = (): void => undefined;
  const wait = new Promise<void>((resolve) => (open = resolve));
  return { open, wait };
}

/** The triage as it stands in a worker; its answers wait at a gate. */
function triageBehind(wait: Promise<void>, ended: () => void): TriageWorkerPort {
  const hear = { page: [] as ((data: unknown) => void)[], worker: [] as ((data: unknown) => void)[] };
  const carry = async (data: unknown, to: readonly ((data: unknown) => void)[], first: Promise<void>): Promise<void> => {
    await first;
    for (const one of to) one(data);
  };
  serveTriage({
    postMessage: (data) => void carry(data, hear.page, wait),
    addEventListener: (_, listener) => void hear.worker.push((data) => listener(new MessageEvent("message", { data }))),
  });
  return {
    postMessage: (data) => void carry(data, hear.worker, soon()),
    addEventListener: (type: string, listener: (event: MessageEvent<unknown>) => void) => {
      if (type === "message") hear.page.push((data) => listener(new MessageEvent("message", { data })));
    },
    terminate: ended,
  };
}

/** What was read the last time. */
async function shelved(drafts: DraftStore): Promise<Shelf> {
  const shelf = new Shelf(async () => drafts);
  const source = { name: "chat.txt", given: "chat.txt", size: 300, pasted: false };
  await shelf.keepBatch(1, { items: [item(0, "tot morgen"), item(1, "je woont op de Demolaan 12a")], broken: [] });
  await shelf.keep({ version: 1, rounds: [{ sources: [source], split: "whole", cursor: null, done: true }], batches: 1 });
  return shelf;
}

test("own data that is saved while the messages are sorted is looked for in all of them, and its progress is told", async () => {
  const drafts = memoryDraftStore();
  const first = gate();
  let started = 0;
  const work = new Work(await shelved(drafts), () => triageBehind(started++ === 0 ? first.wait : soon(), () => undefined));
  const stages: string[] = [];
  work.changes.watch(() => void stages.push(work.stage.at === "judging" && work.stage.again ? "again" : work.stage.at));
  const opened = work.open();
  while (work.stage.at !== "judging") await soon();
  const saved = work.setWatch(home);
  first.open();
  expect(await saved).toBe(true);
  await opened;
  expect(started).toBe(2);
  expect([work.found.isOwn(0), work.found.isOwn(1)]).toEqual([false, true]);
  expect(work.counts?.ownMessages).toBe(1);
  expect(stages).toContain("again");
  expect(work.stage.at).toBe("ready");
});

test("own data is looked for also where the device keeps nothing, and that it keeps nothing is said", async () => {
  const drafts = { ...memoryDraftStore(), write: async () => Promise.reject(new Error("no room")) };
  const work = new Work(new Shelf(async () => drafts), () => triageBehind(soon(), () => undefined));
  await work.open();
  work.found.add([item(1, "je woont op de Demolaan 12a")]);
  expect(await work.setWatch(home)).toBe(false);
  expect(work.kept).toBe(false);
  expect(work.found.isOwn(0)).toBe(true);
});

test("a list of own data by itself is kept, can be wiped, and is then gone here and on the device", async () => {
  const drafts = memoryDraftStore();
  const work = new Work(new Shelf(async () => drafts));
  await work.open();
  expect(work.kept).toBeNull();
  await work.setWatch(home);
  const later = new Work(new Shelf(async () => drafts));
  await later.open();
  expect([later.kept, later.watch]).toEqual([true, home]);
  await later.wipe();
  expect([later.kept, later.watch, await drafts.names()]).toEqual([null, emptyWatch, []]);
});

test("wiping ends a triage that runs, and what it finds afterwards is shown nowhere and written nowhere", async () => {
  const drafts = memoryDraftStore();
  const late = gate();
  let ended = 0;
  const work = new Work(await shelved(drafts), () => triageBehind(late.wait, () => void ended++));
  const opened = work.open();
  while (work.stage.at !== "judging") await soon();
  work.mark("id-1", { mark: "belongs", by: "self" });
  const saved = work.setWatch(home);
  await work.wipe();
  expect(ended).toBe(1);
  late.open();
  await Promise.all([opened, saved, soon(600)]);
  expect([work.stage.at, work.counts, work.error, work.found.items.length, work.found.marked.size]).toEqual(["empty", null, null, 0, 0]);
  expect(await drafts.names()).toEqual([]);
});

test("wiping waits for a write that is on its way, so that it does not stand on the device again", async () => {
  const drafts = memoryDraftStore();
  const slow = gate();
  const shelf = new Shelf(async () => ({
    ...drafts,
    write: async (name, draft) => {
      await slow.wait;
      await drafts.write(name, draft);
    },
  }));
  const work = new Work(shelf);
  await work.open();
  const saved = work.setWatch(home);
  await soon();
  const wiped = work.wipe();
  slow.open();
  await Promise.all([saved, wiped]);
  expect(await drafts.names()).toEqual([]);
});

test("wiping that does not work says so, and can be tried again", async () => {
  const drafts = memoryDraftStore();
  let broken = true;
  const clear = async (): Promise<void> => (broken ? Promise.reject(new Error("the disk is away")) : drafts.clear());
  const work = new Work(new Shelf(async () => ({ ...drafts, clear })));
  await work.open();
  await work.setWatch(home);
  await expect(work.wipe()).rejects.toThrow("the disk is away");
  expect(work.kept).toBe(true);
  broken = false;
  await work.wipe();
  expect([work.kept, await drafts.names()]).toEqual([null, []]);
});
