/** What would harm, or cannot be read, is refused with its reason; everything beside it is still read. */
import { BlobWriter, TextReader, ZipWriter } from "@zip.js/zip.js/lib/zip-core-native.js";
import { describe, expect, test } from "vitest";
import { importWordsDutch, importWordsEnglish, type ImportFile, type ImportLimits, Originals, troubleCodes } from "./index.ts";
import { all, androidDutch, breaksOf, fileOf, itemsOf, mailPlain, telegramChat, xArchive, zipOf } from "./testing-fixtures.ts";

const refusedWith = async (file: ImportFile, limits: Partial<ImportLimits> = {}): Promise<readonly string[]> => breaksOf(await all([file], { limits }));
const bytesOf = async (blob: Blob): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await blob.arrayBuffer());
const zipFile = async (entries: Readonly<Record<string, string | Uint8Array>>, name = "alles.zip"): Promise<ImportFile> => ({
  name,
  blob: await zipOf(entries),
});

/** An archive whose entry names are replaced by others of the same length, as no writer would write them. */
async function renamed(entries: Readonly<Record<string, string>>, from: string, to: string): Promise<Blob> {
  expect(from.length).toBe(to.length);
  const bytes = await bytesOf(await zipOf(entries));
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return new Blob([Uint8Array.from(text.replaceAll(from, to), (character) => character.charCodeAt(0))]);
}

describe("an archive", () => {
  test("that unpacks to far too much is a bomb: by what it says of itself, and by what comes", async () => {
    const bomb = { name: "bom.zip", blob: await zipOf({ "a.txt": new Uint8Array(3_000_000) }) };
    expect(await refusedWith(bomb, { zipRatioFrom: 1_000_000 })).toEqual(["entry zip-bomb 0"]);
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`${at}.bin`, new Uint8Array(300_000)]));
    const codes = await refusedWith({ name: "bom.zip", blob: await zipOf(many) }, { zipRatioFrom: 1_000_000 });
    expect(codes.length).toBeGreaterThan(10);
    expect(new Set(codes)).toEqual(new Set(["entry zip-bomb 0"]));
  });

  test("counts what is read again once: the originals of many messages may stand in one entry, and an ordinary archive is no bomb for it", async () => {
    // Packs to about a tenth, as chats do.
    const lines = Array.from({ length: 4_000 }, (_, at) => `regel ${at} ${((at * 2_654_435_761) >>> 0).toString(36)}`).join("\n");
    const files = [await zipFile({ "chat.txt": lines, "ander.txt": lines })];
    const limits = { zipRatioFrom: 10_000, zipRatio: 20, zipTotalBytes: 3 * lines.length };
    const originals = new Originals(files, limits);
    for (let count = 0; count < 60; count += 1) {
      const stream = originals.original({ file: "alles.zip", index: 0, entry: "chat.txt", number: count, bytes: { start: 0, end: lines.length } });
      expect((await new Response(stream).arrayBuffer()).byteLength).toBe(lines.length);
    }
  });

  test("that is a bomb of many small entries stays one when they are opened as originals", async () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`${at}.bin`, new Uint8Array(300_000)]));
    const originals = new Originals([await zipFile(many)], { zipRatioFrom: 1_000_000 });
    const codes: unknown[] = [];
    for (const entry of Object.keys(many))
      await new Response(originals.original({ file: "alles.zip", index: 0, entry, number: 0, bytes: null }))
        .arrayBuffer()
        .catch((error: unknown) => codes.push(error));
    expect(codes.length).toBeGreaterThan(10);
    expect(codes).toContainEqual(expect.objectContaining({ code: "zip-bomb" }));
  });

  test("that lies about the size of an entry is stopped where it should have ended", async () => {
    const bytes = await bytesOf(await zipOf({ "a.bin": new Uint8Array(50_000) }));
    const view = new DataView(bytes.buffer);
    // The central header: PK 01 02, unpacked size at 24.
    for (let at = 0; at + 46 < bytes.length; at++) if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10, true);
    expect(await refusedWith({ name: "leugen.zip", blob: new Blob([bytes]) })).toEqual(["entry zip-damaged 0"]);
  });

  test("an entry whose own header is not where the list says is refused, and the others are read", async () => {
    const bytes = await bytesOf(await zipOf({ "a.eml": mailPlain, "b.eml": mailPlain }));
    const second = Buffer.from(bytes).indexOf("PK\u0003\u0004", 4, "latin1");
    bytes[second] = 0;
    const { codes, items } = await (async () => {
      const events = await all([{ name: "kop.zip", blob: new Blob([bytes]) }]);
      return { codes: breaksOf(events), items: itemsOf(events).length };
    })();
    expect(codes).toEqual(["entry zip-damaged 0"]);
    expect(items).toBe(1);
  });

  test("is refused above the limits of one entry and of the whole", async () => {
    const file = await zipFile({ "a.bin": new Uint8Array(9000), "b.bin": new Uint8Array(9000) });
    expect(await refusedWith(file, { zipEntryBytes: 5000 })).toEqual(["entry zip-too-large 0", "entry zip-too-large 0"]);
    expect(await refusedWith(file, { zipTotalBytes: 18_000 })).toEqual([]);
    expect(await refusedWith(file, { zipTotalBytes: 17_999 })).toEqual(["entry zip-too-large 0"]);
    expect(await refusedWith(file, { zipDirectoryBytes: 30 })).toEqual(["file zip-too-large 0"]);
  });

  test("with too many entries is refused before any is read", async () => {
    expect(await refusedWith(await zipFile({ a: "1", b: "2", c: "3" }), { zipEntries: 2 })).toEqual(["file zip-too-many-entries 0"]);
  });

  test("in an archive is not opened; what lies beside it is read", async () => {
    const inner = await bytesOf(await zipOf({ "a.txt": "x" }));
    const events = await all([await zipFile({ "binnen.zip": inner, "b.txt": "wel" })]);
    expect(breaksOf(events)).toEqual(["entry zip-nested 0"]);
    expect(itemsOf(events).map(({ text }) => text)).toEqual(["wel"]);
  });

  test.each([
    ["leads outside", "aaaaaaaaaaaa", "../../aa.txt"],
    ["is absolute", "aaaaaaaaaaaa", "/etc/passwd1"],
    ["names a drive", "aaaaaaaaaaaa", "C:/a/aaa.txt"],
    ["holds a backslash", "aaaaaaaaaaaa", "..\\..\\aa.txt"],
    ["holds a control character", "aaaaaaaaaaaa", "aaaaa\u0001aa.tx1"],
    ["has an empty part", "aaaaaaaaaaaa", "aaa//aaa.txt"],
    ["has a dot for a folder", "aaaaaaaaaaaa", "aa/./aaa.txt"],
    ["is that of another entry", "aaaaaaaaaaaa", "beside-1.txt"],
  ])("with a name that %s leaves that entry closed and reads the others", async (_what, from, to) => {
    const events = await all([{ name: "namen.zip", blob: await renamed({ "beside-1.txt": "wel", [from]: "niet" }, from, to) }]);
    expect(breaksOf(events)).toEqual(["entry zip-name-refused 2"]);
    expect(itemsOf(events).map(({ text }) => text)).toEqual(["wel"]);
  });

  test("with a password, cut off, damaged, in parts, or no archive at all is refused with its own reason", async () => {
    expect(await refusedWith({ name: "a.zip", blob: await zipOf({ "a.txt": "x" }, { password: "geheim" }) })).toEqual(["file zip-encrypted 0"]);
    const whole = await bytesOf(await zipOf(xArchive));
    expect(await refusedWith({ name: "a.zip", blob: new Blob([whole.slice(0, whole.length / 2)]) })).toEqual(["file zip-truncated 0"]);
    const noise = Uint8Array.from({ length: 4000 }, (_, at) => (at * 7919) % 251);
    const damaged = await bytesOf(await zipOf({ "a.bin": noise, "b.txt": "wel" }));
    damaged[200] = (damaged[200] ?? 0) ^ 0xff;
    const events = await all([{ name: "a.zip", blob: new Blob([damaged]) }]);
    expect(breaksOf(events)).toEqual(["entry zip-damaged 0"]);
    expect(itemsOf(events).map(({ text }) => text)).toEqual(["wel"]);
    expect(await refusedWith(fileOf("a.zip", "PK\u0003\u0004 niets"))).toEqual(["file zip-truncated 0"]);
  });

  test("whose entries share bytes is refused", async () => {
    const bytes = await bytesOf(await zipOf({ "a.txt": "xxxx", "b.txt": "yyyy" }));
    const view = new DataView(bytes.buffer);
    let seen = 0;
    // Both entries of the list point at the first file: offset at 42.
    for (let at = 0; at + 46 <= bytes.length; at++) if (view.getUint32(at, true) === 0x02014b50 && seen++ === 1) view.setUint32(at + 42, 0, true);
    expect(seen).toBe(2);
    expect(await refusedWith({ name: "a.zip", blob: new Blob([bytes]) })).toEqual(["file zip-damaged 0"]);
  });

  test("that comes as a stream must be a file first", async () => {
    const blob = await zipOf(xArchive);
    expect(breaksOf(await all([{ name: "x.zip", stream: blob.stream(), size: blob.size }]))).toEqual(["file stream-archive 0"]);
  });

  test("made elsewhere by streaming, with sizes behind the data, is read", async () => {
    const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false, dataDescriptor: true, zip64: true });
    await writer.add("_chat.txt", new TextReader(androidDutch));
    expect(itemsOf(await all([{ name: "chat.zip", blob: await writer.close() }]))).toHaveLength(10);
  });
});

describe("text", () => {
  test("in UTF-16 with a mark is read, both ends first", async () => {
    for (const little of [true, false]) {
      const view = new DataView(new ArrayBuffer(2 * (androidDutch.length + 1)));
      view.setUint16(0, 0xfeff, little);
      for (let at = 0; at < androidDutch.length; at++) view.setUint16(2 * at + 2, androidDutch.charCodeAt(at), little);
      const events = await all([fileOf("chat.txt", new Uint8Array(view.buffer))]);
      expect(breaksOf(events)).toEqual([]);
      expect(itemsOf(events)).toHaveLength(10);
      expect(itemsOf(events)[2]?.text).toBe("Wie komt er naar de vergadering?\nEn wie niet?\n\nLaat het weten");
    }
  });

  test("in windows-1252 is guessed, and that is said", async () => {
    const bytes = Uint8Array.from("01-02-2023 21:14 - J\u00f6ris: \u0080 5\n", (character) => character.charCodeAt(0));
    const [item] = itemsOf(await all([fileOf("chat.txt", bytes)]));
    expect(item).toMatchObject({ author: "Jöris", text: "€ 5", notes: ["encoding-guessed", "date-order-guessed"] });
  });

  test("with a UTF-8 mark is read without it", async () => {
    expect(itemsOf(await all([fileOf("a.txt", "\ufeffhallo")]))[0]?.text).toBe("hallo");
    expect(itemsOf(await all([fileOf("a.txt", `\ufeff${androidDutch}`)]))).toHaveLength(10);
    expect(itemsOf(await all([fileOf("result.json", `\ufeff${telegramChat}`)]))).toHaveLength(6);
  });

  test("without any recognisable characters is refused", async () => {
    expect(await refusedWith(fileOf("a.txt", new Uint8Array([1, 0, 2, 0, 3, 0])))).toEqual(["file encoding-unknown 0"]);
  });

  test("with an endless line loses that message and no other", async () => {
    const chat = `31-12-2023 21:14 - A: een\n31-12-2023 21:15 - A: ${"x".repeat(5000)}\n31-12-2023 21:16 - A: drie\n31-12-2023 21:17 - A: vier\n${"y".repeat(5000)}\n31-12-2023 21:18 - A: vijf\n`;
    const events = await all([fileOf("chat.txt", chat)], { limits: { lineBytes: 1000 } });
    expect(itemsOf(events).map(({ text }) => text)).toEqual(["een", "drie", "vijf"]);
    expect(breaksOf(events)).toEqual(["item line-too-long 2", "item line-too-long 4"]);
    expect(await refusedWith(fileOf("a.txt", "x".repeat(5000)), { lineBytes: 1000 })).toEqual(["item line-too-long 1"]);
  });

  test("that is too long is refused, message by message", async () => {
    expect(await refusedWith(fileOf("a.txt", "xxxxxxxxx\n".repeat(100)), { textLength: 500 })).toEqual(["item text-too-long 1"]);
    const chat = `31-12-2023 21:14 - A: ${"een\n".repeat(200)}31-12-2023 21:15 - A: twee\n`;
    const events = await all([fileOf("chat.txt", chat)], { limits: { textLength: 500 } });
    expect(breaksOf(events)).toEqual(["item text-too-long 1"]);
    expect(itemsOf(events).map(({ text }) => text)).toEqual(["twee"]);
  });

  test("that is empty says so", async () => {
    expect(await refusedWith(fileOf("a.txt", ""))).toEqual(["file file-empty 0"]);
    expect(await refusedWith(fileOf("a.txt", " \n\n"))).toEqual(["file file-empty 0"]);
  });

  test("from a stream longer than may be kept must be a file", async () => {
    const stream = new Blob(["x\n".repeat(1000)]).stream();
    expect(breaksOf(await all([{ name: "a.txt", stream, size: null }], { limits: { spoolBytes: 500 } }))).toEqual(["file stream-too-large 0"]);
  });
});

describe("mail", () => {
  const box = (mails: readonly string[]): string => mails.map((mail) => `From a@b.example Sun Dec 31 21:14:05 2023\n${mail}\n\n`).join("");

  test("that is too large is skipped, and the next is read", async () => {
    const events = await all([fileOf("a.mbox", box([mailPlain, mailPlain + "x\n".repeat(3000), mailPlain]))], { limits: { mailBytes: 4000 } });
    expect(breaksOf(events)).toEqual(["item mail-too-large 2"]);
    expect(itemsOf(events)).toHaveLength(2);
  });

  test("of 2 MB of parts in parts is refused at once", async () => {
    let nested = "From: a@b.example\nSubject: x\nDate: Mon, 1 Jan 2024 09:00:00 +0100\n";
    for (let at = 0; nested.length < 2_000_000; at++) nested += `Content-Type: multipart/mixed; boundary="b${at}"\n\n--b${at}\n`;
    const before = process.cpuUsage().user;
    expect(await refusedWith(fileOf("a.eml", nested))).toEqual(["item mail-too-complex 1"]);
    expect((process.cpuUsage().user - before) / 1000).toBeLessThan(2000);
  });

  test("of parts in parts below that number but too deep is refused as well", async () => {
    let nested = "From: a@b.example\nSubject: x\n";
    for (let at = 0; at < 60; at++) nested += `Content-Type: multipart/mixed; boundary="b${at}"\n\n--b${at}\n`;
    // Fewer than the most containers.
    expect(await refusedWith(fileOf("a.eml", nested))).toEqual(["item mail-too-complex 1"]);
  });

  test("of a hundred containers and 2 MB of lines that look like borders is refused at once", async () => {
    let wide = 'From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary="buiten"\n\n';
    for (let at = 0; at < 100; at++) wide += `--buiten\nContent-Type: multipart/mixed; boundary="b${at}"\n\n--b${at}\n\n`;
    wide += "--b\n".repeat(500_000);
    const before = process.cpuUsage().user;
    expect(await refusedWith(fileOf("a.eml", wide))).toEqual(["item mail-too-complex 1"]);
    expect((process.cpuUsage().user - before) / 1000).toBeLessThan(2000);
  });

  test("of a million short lines, or of 100,000 parts, costs little time and little memory", async () => {
    const head = 'From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary="b"\n\n';
    const before = process.cpuUsage().user;
    const peak = process.resourceUsage().maxRSS;
    expect(await refusedWith(fileOf("a.eml", `From: a@b.example\nSubject: x\n\n${"x\n".repeat(600_000)}`))).toEqual(["item text-too-long 1"]);
    expect(await refusedWith(fileOf("a.eml", `From: a@b.example\nSubject: x\n\n${"y\n".repeat(2_100_000)}`))).toEqual(["item mail-too-complex 1"]);
    expect(await refusedWith(fileOf("a.eml", head + "--b\n\nx\n".repeat(100_000)))).toEqual(["item mail-too-complex 1"]);
    expect((process.cpuUsage().user - before) / 1000).toBeLessThan(6000);
    // Two gigabytes when each line is kept as an object; this is what is swept up later.
    expect((process.resourceUsage().maxRSS - peak) / 1024).toBeLessThan(900);
  });

  test("packed in a mail in a mail is bounded as well: what is inside stays an attachment", async () => {
    const bomb = Buffer.from(`From: c@d.example\nSubject: binnen\nContent-Type: multipart/mixed; boundary="b"\n\n${"--b\n\nx\n".repeat(100_000)}`).toString(
      "base64",
    );
    const outer = `From: a@b.example\nSubject: buiten\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n${bomb.replaceAll(/.{76}/g, "$&\n")}\n`;
    const [item] = itemsOf(await all([fileOf("a.eml", outer)]));
    expect(item).toMatchObject({ text: "buiten", attachments: [{ type: "message/rfc822" }] });
  });

  test("that is none is refused", async () => {
    expect(await refusedWith(fileOf("a.eml", "zomaar tekst"))).toEqual(["item mail-malformed 1"]);
    expect(await refusedWith(fileOf("a.eml", ""))).toEqual(["file file-empty 0"]);
    expect(await refusedWith(fileOf("a.mbox", "zomaar tekst"))).toEqual(["file nothing-found 0"]);
  });
});

describe("JSON", () => {
  const telegram = (messages: string): ImportFile => fileOf("result.json", `{"name":"A","type":"personal_chat","id":1,"messages":[${messages}]}`);
  const good = (id: number): string => JSON.stringify({ id, type: "message", date: "2023-12-31T21:14:05", from: "A", text: `nummer ${id}` });

  test("with one element that is too large, too deep or broken loses that one only", async () => {
    const large = JSON.stringify({ id: 2, type: "message", text: "x".repeat(3000) });
    const deep = `{"id":3,"type":"message","text":${"[".repeat(100)}${"]".repeat(100)}}`;
    const events = await all([telegram([good(1), large, deep, `{"id":4,"text":nope}`, `{"id":5 "text":""}`, good(6)].join(","))], {
      limits: { jsonElementBytes: 2000 },
    });
    expect(breaksOf(events)).toEqual(["item json-element-too-large 2", "item json-too-deep 3", "item json-malformed 4", "item json-malformed 5"]);
    expect(itemsOf(events).map(({ text }) => text)).toEqual(["nummer 1", "nummer 6"]);
  });

  test("that stops half way gives what was whole, and says that it stops", async () => {
    const whole = `{"name":"A","type":"personal_chat","id":1,"messages":[${good(1)},${good(2)}`;
    const events = await all([fileOf("result.json", whole.slice(0, -5))]);
    expect(itemsOf(events).map(({ text }) => text)).toEqual(["nummer 1"]);
    expect(breaksOf(events)).toEqual(["file json-truncated 0"]);
  });

  test("that is damaged in its structure says where", async () => {
    const events = await all([fileOf("result.json", `{"name":"A","type":"personal_chat","id":1,"messages":[${good(1)};${good(2)}]}`)]);
    expect(itemsOf(events)).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ kind: "broken", broken: { code: "json-malformed", scope: "file", data: { at: 54 + good(1).length } } });
  });

  test("with nothing but a million brackets is refused", async () => {
    const events = await all([fileOf("result.json", `{"type":"personal_chat","messages":${"[".repeat(1_000_000)}`)]);
    expect(breaksOf(events)).toEqual(["file json-truncated 0"]);
  });

  test("with broken bytes in one element does not spoil the next", async () => {
    const [head = "", tail = ""] = `{"name":"A","type":"personal_chat","id":1,"messages":[{"id":9,"type":"message","text":"?"},${good(2)}]}`.split("?");
    const bytes = Uint8Array.from([...new TextEncoder().encode(head), 0xe2, 0x82, ...new TextEncoder().encode(tail)]);
    const events = await all([fileOf("result.json", bytes)]);
    expect(breaksOf(events)).toEqual(["item json-malformed 1"]);
    expect(itemsOf(events).map(({ text }) => text)).toEqual(["nummer 2"]);
  });
});

test("a file that cannot be read to its end is told, and the next is read", async () => {
  const failing = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.error(new Error("the disk is gone"));
    },
  });
  const events = await all([{ name: "weg.mbox", stream: failing, size: 10 }, fileOf("b.txt", "wel")]);
  expect(breaksOf(events)).toEqual(["file file-unreadable 0"]);
  expect(itemsOf(events)).toHaveLength(1);
});

test("every code has a sentence in both languages, and none shows what someone wrote", () => {
  for (const words of [importWordsDutch, importWordsEnglish]) {
    expect(Object.keys(words.trouble).toSorted()).toEqual([...troubleCodes].toSorted());
    for (const code of troubleCodes) {
      const sentence = words.trouble[code]({ limit: 1024 * 1024, at: 12, what: "x" });
      expect(sentence).toMatch(/^[A-Z\u00c9].*[.?]$/u);
      expect(sentence).not.toMatch(/undefined|NaN/);
    }
  }
});
