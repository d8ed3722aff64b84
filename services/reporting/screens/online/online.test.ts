/** What the messages page works with, as pure functions: choosing and counting, the texts that are drawn, the chart of time, the protected data, the files that go along, and what comes back from the device. */
import type { Judgement } from "@rugdekking/triage";
import { describe, expect, test } from "vitest";
import type { ImportedItem } from "#services/reporting/import/items.ts";
import { memoryDraftStore } from "#services/dossier/client/drafts.ts";
import { accountOf, overviewOf, piecesFor } from "./evidence.ts";
import { firstChoice, Found, partsOf, timeOf } from "./found.ts";
import { nl } from "./nl.ts";
import { brought } from "./begin.ts";
import { parseBatch, parseKept, parseMarks, Shelf } from "./shelf.ts";
import { bringToReport, make, Unopened } from "./hand-over.ts";
import { chartOf, squaresOf } from "./timeline.ts";
import { countWatched, emptyWatch, faultAt, parseWatchForm, watchFrom } from "./watch-list.ts";
import { work } from "./work.ts";

const item = (number: number, more: Partial<ImportedItem> = {}): ImportedItem => ({
  id: `id-${number}`,
  source: "whatsapp",
  place: { file: "chat.txt", index: 0, entry: null, number, bytes: { start: number * 100, end: number * 100 + 100 } },
  role: "message",
  author: `Bewoner ${number % 3}`,
  at: { iso: new Date(Date.UTC(2026, 10, 1, 12, number)).toISOString(), zone: "known", order: "sure" },
  channel: "whatsapp",
  conversation: "Buurt",
  text: `bericht ${number}`,
  attachments: [],
  notes: [],
  ...more,
});

const judged = (level: Judgement["threat"]["level"], score: number, personal: Judgement["personal"] = []): Judgement => ({
  id: "x",
  threat: { score, level, reasons: level === "none" ? [] : [{ start: 0, end: 7, why: "dreigt" }] },
  abuse: { score: 0 },
  personal,
});
const now = async (): Promise<void> => undefined;
const hit = { kind: "address", start: 8, end: 9, text: "1", canonical: "Demolaan 1" } as const;

function filled(): Found {
  const found = new Found();
  found.add([
    item(0),
    item(1),
    item(2),
    item(3),
    item(4, { role: "notice", text: "Jan is toegevoegd" }),
    item(5, { text: "", attachments: [{ name: "foto.jpg", type: "image/jpeg", size: 3, entry: "foto.jpg", part: null, present: true }] }),
    item(6, { at: null }),
  ]);
  found.judge(0, judged("none", 0.01));
  found.judge(1, judged("likely", 0.7));
  found.judge(2, judged("explicit", 0.9));
  found.judge(3, judged("none", 0.02, [{ ...hit, watched: true }]));
  found.judge(6, judged("possible", 0.4, [hit]));
  return found;
}

describe("choosing and counting", () => {
  test("what asks for attention comes by level, then by score; the person's own data too", () => {
    expect(filled().choose(firstChoice)).toEqual([2, 1, 6, 3]);
  });
  test("by time the oldest comes first and what has no time comes last", () => {
    expect(filled().choose({ ...firstChoice, wish: "all", order: "time" })).toEqual([0, 1, 2, 3, 5, 6]);
  });
  test("a window, a campaign and a mark narrow the choice", () => {
    const found = filled();
    const from = found.timeAt(1) ?? 0;
    expect(found.choose({ ...firstChoice, wish: "all", window: { from, to: from + 60_000 } })).toEqual([2, 1]);
    found.setCampaigns([0, 1, 2, 3, 6], Uint32Array.of(0, 4, 4, 0, 0));
    expect(found.choose({ ...firstChoice, wish: "all", campaign: 4 })).toEqual([2, 1]);
    found.mark("id-2", { mark: "belongs", by: "delegate" });
    expect(found.choose({ ...firstChoice, wish: "belongs" })).toEqual([2]);
    expect(found.choose({ ...firstChoice, wish: "open" })).toEqual([1, 6, 3]);
  });
  test("a message that comes twice stands once, and is counted", () => {
    const found = filled();
    expect(found.add([item(1), item(9)])).toBe(1);
    expect(found.same).toBe(1);
  });
  test("the summary counts messages, tells what was not judged, and who marked", async () => {
    const found = filled();
    found.add([item(20)]);
    found.mark("id-2", { mark: "belongs", by: "delegate" });
    found.mark("id-1", { mark: "not", by: "self" });
    const summary = { ...(await found.count(now)), ...found.countMarks() };
    expect(summary).toMatchObject({ messages: 7, notices: 1, wordless: 1, unjudged: 1, ownMessages: 1, personalMessages: 2, byDelegate: 1 });
    expect(summary.levels).toEqual({ explicit: 1, likely: 1, possible: 1, none: 2 });
    expect(summary.own.address).toBe(1);
    expect(summary.marks).toEqual({ belongs: 1, not: 1, doubt: 0 });
  });
  test("nothing is judged that a person did not write, or that has no words", () => {
    expect(filled().toJudge()).toEqual([0, 1, 2, 3, 6]);
  });
  test("a time that cannot be read is no time", () => {
    expect(timeOf({ at: { iso: "gisteren", zone: "unknown", order: "sure" } })).toBeNull();
  });
  test("a hundred thousand messages are chosen from in little time", () => {
    const found = new Found();
    found.add(Array.from({ length: 100_000 }, (_, number) => item(number)));
    for (let index = 0; index < 100_000; index++) found.judge(index, judged(index % 50 === 0 ? "likely" : "none", (index % 1000) / 1000));
    const before = process.cpuUsage();
    expect(found.choose({ ...firstChoice, wish: "all" })).toHaveLength(100_000);
    const { user } = process.cpuUsage(before);
    expect(user / 1000).toBeLessThan(400);
  });
});

describe("texts that are drawn", () => {
  const text = "Wij komen naar Demolaan 1 vandaag";
  const judgement: Judgement = {
    ...judged("none", 0),
    threat: { score: 0.9, level: "explicit", reasons: [{ start: 0, end: 20, why: "komt langs" }] },
    personal: [
      { kind: "address", start: 15, end: 25, text: "Demolaan 1", canonical: "Demolaan 1", watched: true },
      { kind: "name", start: 26, end: 33, text: "vandaag", canonical: "vandaag" },
    ],
  };
  test("words with a reason win, and together the parts are the text", () => {
    const parts = partsOf(text, judgement, 1000);
    expect(parts.map((part) => part.text).join("")).toBe(text);
    expect(parts.map(({ stands }) => stands)).toEqual(["reason", "own", "plain", "personal"]);
    expect(parts[0]?.reason).toBe(1);
  });
  test("no more is drawn than asked for", () => {
    expect(
      partsOf(text, judgement, 17)
        .map((part) => part.text)
        .join(""),
    ).toBe(text.slice(0, 17));
    expect(partsOf(text, null, 5)).toEqual([{ text: "Wij k", stands: "plain", reason: null }]);
  });
});

describe("the chart of time", () => {
  test("counts every message with a time once, campaigns first, and says how many have none", async () => {
    const found = filled();
    found.setCampaigns([0, 1, 2, 3, 6], Uint32Array.of(0, 4, 4, 0, 0));
    const chart = await chartOf(found, now);
    expect(chart?.timeless).toBe(1);
    expect(chart?.rows.reduce((sum, { total }) => sum + total, 0)).toBe(5);
    expect(chart?.rows[0]).toMatchObject({ kind: "campaign", campaign: 4, total: 2, threats: 2, accounts: 2 });
    for (const { counts, total } of chart?.rows ?? []) expect(counts.reduce((one, other) => one + other, 0)).toBe(total);
  });
  test("a pile is never taller than five squares and never hides a message", async () => {
    const found = new Found();
    found.add(Array.from({ length: 900 }, (_, number) => item(number, { author: "Eén", at: { iso: "2026-11-01T12:00:00Z", zone: "known", order: "sure" } })));
    const chart = await chartOf(found, now);
    expect(squaresOf(900, chart?.unit ?? 1)).toBeLessThanOrEqual(5);
    expect(squaresOf(1, chart?.unit ?? 1)).toBe(1);
  });
  test("years of messages fit in the columns there are", async () => {
    const found = new Found();
    found.add([2012, 2019, 2026].map((year, number) => item(number, { at: { iso: `${year}-01-01T00:00:00Z`, zone: "known", order: "sure" } })));
    const chart = await chartOf(found, now);
    expect(chart?.columns).toBeLessThanOrEqual(45);
    expect(chart?.rows.flatMap(({ counts }) => counts).reduce((one, other) => one + other, 0)).toBe(3);
  });
  test("without times there is none", async () => {
    const found = new Found();
    found.add([item(1, { at: null })]);
    expect(await chartOf(found, now)).toBeNull();
  });
});

describe("the person's own data", () => {
  const form = {
    addresses: [{ street: "Demolaan", number: "12 a", postcode: "1234 AB", place: "Demostad" }],
    lists: { ...emptyWatch.lists, phones: "06 12345678\n\n06 87654321\n06 12345678" },
  };
  test("becomes the lists the triage takes, each thing once", () => {
    expect(watchFrom(form)).toEqual({
      watch: {
        addresses: [{ street: "Demolaan", houseNumber: "12", addition: "a", postcode: "1234 AB", place: "Demostad" }],
        phones: ["06 12345678", "06 87654321"],
      },
      faults: [],
    });
    expect(countWatched(form)).toBe(3);
    expect(watchFrom(emptyWatch).watch).toBeNull();
  });
  test("what is half filled in is pointed at", () => {
    const { faults } = watchFrom({ ...form, addresses: [{ street: "", number: "twaalf", postcode: "0000 XX", place: "" }] });
    expect(faults.map((fault) => (fault.at === "address" ? fault.field : ""))).toEqual(["street", "number", "postcode"]);
    expect(faultAt("phones[1]", form)).toEqual({ at: "list", list: "phones", line: "06 87654321" });
    expect(faultAt("the whole", form)).toBeNull();
  });
  test("comes back from the device as it was, and anything else as nothing", () => {
    expect(parseWatchForm(JSON.parse(JSON.stringify(form)))).toEqual(form);
    for (const other of [null, 3, {}, { addresses: [], lists: null }]) expect(parseWatchForm(other)).toBeNull();
  });
});

describe("what goes along as evidence", () => {
  const long = (): Found => {
    const found = new Found();
    found.add(Array.from({ length: 40 }, (_, number) => item(number)));
    return found;
  };
  test("lines of a chat come with five around them, joined where they touch", () => {
    const pieces = piecesFor(long(), [10, 14, 33]);
    expect(pieces.map(({ place, items }) => [place.bytes, items])).toEqual([
      [{ start: 500, end: 2000 }, [10, 14]],
      [{ start: 2800, end: 3900 }, [33]],
    ]);
    expect(pieces[0]?.name).toBe("chat - 5 tot 19.txt");
  });
  test("a mail goes as it is, and what came with a chat message goes too", () => {
    const found = new Found();
    found.add([
      item(1, { source: "mail", place: { file: "brief.eml", index: 0, entry: null, number: 1, bytes: { start: 0, end: 900 } } }),
      item(2, {
        place: { file: "chat.zip", index: 1, entry: "_chat.txt", number: 1, bytes: { start: 0, end: 50 } },
        attachments: [
          { name: "foto.jpg", type: null, size: null, entry: "foto.jpg", part: null, present: true },
          { name: "weg.jpg", type: null, size: null, entry: "weg.jpg", part: null, present: false },
        ],
      }),
    ]);
    const pieces = piecesFor(found, [0, 1]);
    expect(pieces.map(({ name, mediaType }) => [name, mediaType])).toEqual([
      ["brief.eml", "message/rfc822"],
      ["_chat - 1.txt", "text/plain"],
      ["foto.jpg", "image/jpeg"],
    ]);
    expect(accountOf(found, pieces[0] ?? { name: "", mediaType: "", place: item(1).place, items: [], lines: null, what: "message" })).toBe("Bewoner 1");
  });
  test("two files of one name get two names, and none takes that of the list", () => {
    const found = new Found();
    const file = (number: number, folder: string): ImportedItem =>
      item(number, { source: "file", text: "", place: { file: "a.zip", index: 0, entry: `${folder}/overzicht.txt`, number: 0, bytes: null } });
    found.add([file(1, "een"), file(2, "twee")]);
    expect(piecesFor(found, [0, 1]).map(({ name }) => name)).toEqual(["overzicht (2).txt", "overzicht (3).txt"]);
  });
  test("the list says where each stands, and quotes nothing", () => {
    const found = filled();
    found.mark("id-2", { mark: "belongs", by: "delegate" });
    const list = overviewOf(found, piecesFor(found, [2]), { ...nl.overview, levels: nl.read.levels, kinds: nl.kinds });
    expect(list).toContain("bytes 200 tot 300");
    expect(list).toContain("Lijkt een open bedreiging (dreigt)");
    expect(list).toContain("door wie meelas");
    expect(list).not.toContain("bericht 2");
  });
  test("the list does not say which of the data are the person's own: two messages with an address each, one of them theirs, read the same", () => {
    const listOf = (watched?: true): string => {
      const found = filled();
      for (const index of [2, 3]) found.judge(index, judged("likely", 0.7, [{ ...hit, ...(watched && index === 3 ? { watched } : {}) }]));
      return overviewOf(found, piecesFor(found, [2, 3]), { ...nl.overview, levels: nl.read.levels, kinds: nl.kinds });
    };
    expect(listOf(true)).toContain("Genoemd: Adres");
    expect(listOf(true)).toBe(listOf());
  });
});

describe("handing over", () => {
  const three = (): Found => {
    const found = new Found();
    found.add([item(1), item(40), item(80)].map((one, place) => ({ ...one, place: { ...one.place, file: `chat ${place}.txt` } })));
    return found;
  };
  const opens =
    (broken: readonly string[]) =>
    async (places: readonly { readonly file: string }[]): Promise<(Blob | null)[]> =>
      places.map(({ file }) => (broken.includes(file) ? null : new Blob([file])));
  const tell = (): void => undefined;

  test("one original that is broken is named before anything goes, and holds up no other once the person goes on without it", async () => {
    const found = three();
    const pieces = piecesFor(found, [0, 1, 2]);
    const open = opens(["chat 1.txt"]);
    const refused = await make(found, pieces, tell, { without: false, open }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: "Unopened", files: ["chat 1 - 40.txt"], others: true });
    const made = await make(found, pieces, tell, { without: true, open });
    expect(made.map(({ file }) => file.name)).toEqual(["overzicht.txt", "chat 0 - 1.txt", "chat 2 - 80.txt"]);
    const list = await made[0]?.file.text();
    expect(list).toContain("Deze bestanden konden niet worden geopend en gaan niet mee:\n  chat 1 - 40.txt");
    expect(list).toContain("2 berichten, 2 bestanden.");
    expect(list).not.toContain("id-40");
  });
  test("where no original opens, nothing goes at all", async () => {
    const found = three();
    const open = opens(["chat 0.txt", "chat 1.txt", "chat 2.txt"]);
    const refused = make(found, piecesFor(found, [0, 1, 2]), tell, { without: true, open });
    await expect(refused).rejects.toBeInstanceOf(Unopened);
    await expect(refused).rejects.toMatchObject({ others: false });
  });
  test("what lies ready for a report comes once, and a newer list takes the place of the one before", async () => {
    work.found = three();
    const own = new File(["een foto"], "foto.txt");
    brought.set([own]);
    for (const chosen of [[0], [0, 1]]) await bringToReport(piecesFor(work.found, chosen), tell, { without: false, open: opens([]) });
    expect(brought.get().map(({ name }) => name)).toEqual(["foto.txt", "chat 0 - 1.txt", "overzicht.txt", "chat 1 - 40.txt"]);
    expect(await brought.get()[2]?.text()).toContain("2 berichten, 2 bestanden.");
    brought.set([]);
    work.forget();
  });
});

describe("what is kept on the device", () => {
  test("comes back as it went in, and wiping leaves nothing", async () => {
    const drafts = memoryDraftStore();
    const shelf = new Shelf(async () => drafts);
    const kept = {
      version: 1 as const,
      rounds: [{ sources: [{ name: "a (2)", given: "a", size: 3, pasted: false }], split: "lines" as const, cursor: null, done: false }],
      batches: 1,
    };
    await shelf.keep(kept);
    await shelf.keepBatch(1, { items: [item(1)], broken: [] });
    await shelf.keepMarks(new Map([["id-1", { mark: "doubt" as const, by: "self" as const }]]));
    await shelf.keepPaste("geplakt", "tekst");
    expect(await shelf.read()).toEqual(kept);
    expect(await shelf.readBatch(1)).toEqual({ items: [item(1)], broken: [] });
    expect(await shelf.readMarks()).toEqual([["id-1", { mark: "doubt", by: "self" }]]);
    expect(await shelf.readPaste("geplakt")).toBe("tekst");
    await shelf.clear();
    expect(await drafts.names()).toEqual([]);
  });
  test("what another version kept is not taken for ours", () => {
    expect(parseKept({ version: 2, rounds: [], batches: 0 })).toBeNull();
    expect(parseBatch({ items: [{ id: 1 }], broken: [null] })).toEqual({ items: [], broken: [] });
    expect(parseMarks([["id", "guilty", "self"], 3, ["id", "not", "self"]])).toEqual([["id", { mark: "not", by: "self" }]]);
  });
});
