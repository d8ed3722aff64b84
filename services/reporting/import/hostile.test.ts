/** Whatever the bytes: no reader throws, hangs or grows; each gives items and reasons only. Properties over noise, over broken exports, and over each parser by itself. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { importFiles, type ImportedItem, troubleCodes } from "./index.ts";
import { EncodingGuess } from "./encoding.ts";
import { JsonSplitter, type JsonPath } from "./json-elements.ts";
import { lineBatches } from "./lines.ts";
import { fromIso, fromMailDate, fromXDate } from "./moments.ts";
import { textOfHtml, withoutEntities } from "./readers/html.ts";
import { mended } from "./readers/meta.ts";
import { OrderEvidence, parseOpening } from "./readers/whatsapp.ts";
import {
  androidDutch,
  androidEnglish,
  facebookArchive,
  instagramArchive,
  iphoneDutch,
  mailBox,
  mailWithPicture,
  mojibake,
  telegramAll,
  telegramChat,
  xArchive,
  zipOf,
} from "./testing-fixtures.ts";

const runs = process.env["SLOW"] === "1" ? 10 : 1;
const known = new Set<string>(troubleCodes);
const encoder = new TextEncoder();

/** Imports and checks what every import must hold. */
async function sound(name: string, bytes: Uint8Array): Promise<void> {
  const ids: string[] = [];
  let events = 0;
  for await (const event of importFiles([{ name, blob: new Blob([new Uint8Array(bytes)]) }])) {
    events++;
    if (event.kind === "broken") expect(known.has(event.broken.code)).toBe(true);
    else {
      ids.push(event.item.id);
      expect(placed(event.item, bytes.length)).toBe(true);
    }
  }
  // Every file gives something: an item, or the reason why not.
  expect(events).toBeGreaterThan(0);
}

const placed = ({ place: { bytes, number }, text, at }: ImportedItem, length: number): boolean =>
  number > 0 &&
  text.length <= 1024 * 1024 &&
  (bytes === null || (bytes.start <= bytes.end && bytes.end <= Math.max(length, 1) * 1100)) &&
  (at === null || /^\d{4}-\d{2}-\d{2}T/.test(at.iso));

const names = ["a.txt", "a.eml", "a.mbox", "result.json", "tweets.js", "direct-messages.js", "message_1.json", "a.zip", "foto.png", "zonder"];

/** An export with some bytes changed, taken out or put in. */
const broken = (whole: Uint8Array): fc.Arbitrary<Uint8Array> =>
  fc
    .array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), take: fc.integer({ min: 0, max: 40 }), put: fc.uint8Array({ maxLength: 12 }) }), {
      minLength: 1,
      maxLength: 6,
    })
    .map((changes) =>
      changes.reduce((bytes, { at, take, put }) => {
        const place = Math.floor(at * bytes.length);
        const after = bytes.subarray(Math.min(bytes.length, place + take));
        const next = new Uint8Array(place + put.length + after.length);
        next.set(bytes.subarray(0, place));
        next.set(put, place);
        next.set(after, place + put.length);
        return next;
      }, whole),
    );

describe("any bytes under any name", () => {
  test("give items and reasons, nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.uint8Array({ maxLength: 600 }), (name, bytes) => sound(name, bytes)),
      { numRuns: 200 * runs },
    );
  });

  test("that are text give items and reasons, nothing else", async () => {
    const piece = fc.constantFrom(
      "31-12-2023 21:14 - A: ",
      "[31-12-23, 9:14:05\u202fPM] ",
      "From a@b Sun Dec 31 21:14:05 2023\n",
      "From: ",
      "\n\n",
      "{",
      "}",
      "[",
      "]",
      '"',
      ",",
      ":",
      "\\",
      "window.YTD.tweets.part0 = ",
      '"messages"',
      '"participants"',
      '"type":"personal_chat"',
      "\u200e",
      "--b",
      "Content-Type: multipart/mixed; boundary=b\n",
    );
    const text = fc.array(fc.oneof(piece, fc.string({ maxLength: 20 })), { maxLength: 60 }).map((parts) => parts.join(""));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), text, (name, content) => sound(name, encoder.encode(content))),
      { numRuns: 200 * runs },
    );
  });
});

describe("a real export with bytes changed, lost and added", () => {
  test.each([
    ["chat.txt", androidDutch],
    ["chat.txt", androidEnglish],
    ["chat.txt", iphoneDutch],
    ["a.eml", mailWithPicture],
    ["a.mbox", mailBox],
    ["result.json", telegramChat],
    ["result.json", telegramAll],
    ["tweets.js", String(xArchive["data/tweets.js"])],
    ["direct-messages.js", String(xArchive["data/direct-messages.js"])],
  ])("%s", async (name, content) => {
    await fc.assert(
      fc.asyncProperty(broken(encoder.encode(content)), (bytes) => sound(name, bytes)),
      { numRuns: 40 * runs },
    );
  });

  test.each([
    ["x", xArchive],
    ["facebook", facebookArchive],
    ["instagram", instagramArchive],
    ["whatsapp", { "_chat.txt": iphoneDutch, "00000003-PHOTO-2023-12-31-21-15-00.jpg": new Uint8Array([1, 2]) }],
  ])("an archive of %s", async (name, entries) => {
    const whole = new Uint8Array(await (await zipOf(entries)).arrayBuffer());
    await fc.assert(
      fc.asyncProperty(broken(whole), (bytes) => sound(`${name}.zip`, bytes)),
      { numRuns: 40 * runs },
    );
  });
});

describe("lines", () => {
  test("are the same however the bytes come, and their places add up", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("bytes" as const, "utf-16le" as const, "utf-16be" as const),
        fc
          .array(fc.oneof(fc.constantFrom("\n", "\r\n", "\u0a0a", "\u0a00", "\u000d"), fc.string({ maxLength: 8 })), { maxLength: 30 })
          .map((parts) => parts.join("")),
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 }),
        async (width, text, sizes) => {
          const bytes =
            width === "bytes"
              ? encoder.encode(text)
              : Uint8Array.from(
                  [...text]
                    .flatMap((character) => Array.from({ length: character.length }, (_, at) => character.charCodeAt(at)))
                    .flatMap((unit) => (width === "utf-16le" ? [unit & 0xff, unit >> 8] : [unit >> 8, unit & 0xff])),
                );
          const chunks = async function* (): AsyncGenerator<Uint8Array> {
            for (let at = 0, turn = 0; at < bytes.length; turn++) {
              const size = sizes[turn % sizes.length] ?? 1;
              yield bytes.subarray(at, at + size);
              at += size;
            }
          };
          const decoder = new TextDecoder(width === "bytes" ? "utf-8" : width, { ignoreBOM: true });
          const lines: string[] = [];
          let end = 0;
          for await (const batch of lineBatches(chunks(), { limit: 10_000, width }))
            for (const line of batch) {
              expect(line.start).toBe(end);
              ({ end } = line);
              lines.push(decoder.decode(line.bytes ?? undefined));
            }
          expect(end).toBe(bytes.length);
          const whole = decoder.decode(bytes);
          const expected = whole.split("\n").map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
          if (expected.at(-1) === "") expected.pop();
          // A last line that is only a carriage return is one, whatever stands behind it.
          if (!whole.endsWith("\r")) expect(lines).toEqual(expected);
        },
      ),
      { numRuns: 150 * runs },
    );
  });
});

describe("the splitter of JSON", () => {
  /** What is taken out of a value by hand, to compare with. */
  const everything = (): "take" => "take";

  test("gives what JSON.parse gives, however the bytes come", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 8 }), fc.integer({ min: 1, max: 9 }), fc.boolean(), (values, size, spaced) => {
        const text = spaced ? JSON.stringify(values, null, 2) : JSON.stringify(values);
        const bytes = encoder.encode(text);
        const splitter = new JsonSplitter({ want: (path: JsonPath) => (path.length === 0 ? "enter" : everything()), elementBytes: 100_000, depth: 64 });
        const found: unknown[] = [];
        for (let at = 0; at < bytes.length; at += size)
          for (const { value, start, end, path, trouble } of splitter.push(bytes.subarray(at, at + size))) {
            expect(trouble).toBeNull();
            expect(path).toEqual([found.length]);
            expect(JSON.parse(new TextDecoder().decode(bytes.subarray(start, end)))).toEqual(value);
            found.push(value);
          }
        splitter.end();
        expect(found).toEqual(JSON.parse(text));
      }),
      { numRuns: 300 * runs },
    );
  });

  test("looks inside objects by key and passes over the rest", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), fc.integer({ min: 1, max: 5 }), (rest, wanted, size) => {
        const { gezocht: _, ...others } = rest;
        const bytes = encoder.encode(JSON.stringify({ ...others, gezocht: wanted }));
        const want = (path: JsonPath): "enter" | "take" | "skip" => (path.length === 0 ? "enter" : path[0] === "gezocht" ? "take" : "skip");
        const splitter = new JsonSplitter({ want, elementBytes: 100_000, depth: 64 });
        const found: unknown[] = [];
        for (let at = 0; at < bytes.length; at += size) for (const { value } of splitter.push(bytes.subarray(at, at + size))) found.push(value);
        splitter.end();
        expect(found).toEqual([JSON.parse(JSON.stringify(wanted))]);
      }),
      { numRuns: 200 * runs },
    );
  });
});

describe("text", () => {
  test("that was written as one character per byte is mended exactly, and other text is left alone", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        expect(mended(mojibake(text))).toBe(text.includes("\ufffd") ? mended(mojibake(text)) : text);
        if ([...text].some((character) => (character.codePointAt(0) ?? 0) > 0xff)) expect(mended(text)).toBe(text);
      }),
      { numRuns: 300 * runs },
    );
  });

  test("of any bytes has an encoding, or a reason", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 30 }), { maxLength: 5 }), (chunks) => {
        const guess = new EncodingGuess();
        for (const chunk of chunks) guess.see(chunk);
        try {
          expect(["utf-8", "utf-16le", "utf-16be", "windows-1252"]).toContain(guess.decide().label);
        } catch (error) {
          expect(error).toMatchObject({ code: "encoding-unknown" });
        }
      }),
    );
  });
});

describe("no words of a page are hidden", () => {
  const threat = "Ik weet u te vinden.";
  test.each([
    ["letters that are more when small, in front of a script", `${"\u0130".repeat(40)}<script>x</script><p>${threat}</p></body>`],
    ["letters that are more when small, in a style", `<style>${"\u0130".repeat(200)}</style>${threat}`],
    ["many of them and a second style far on", `<style>${"\u0130".repeat(9)}</STYLE >${threat}<style>x</style>`],
    ["a comment that is whole by itself", `<!-->${threat}`],
    ["and one with a dash", `<!--->${threat}`],
    ["a comment that ends as browsers know it", `<!-- weg --!>${threat}`],
    ["a head that is not closed", `<html><head><title>weg</title><body>${threat}`],
    ["words in a head", `<head>${threat}</head>`],
  ])("%s", (_what, page) => expect(textOfHtml(page)).toContain(threat));

  test("what a browser does not show stays out, in small letters and large", () => {
    expect(textOfHtml("<HEAD><TITLE>weg</TITLE><Style>weg</sTYLE></HEAD><Script>weg</SCRIPT >wel<!-- weg --> ook")).toBe("wel ook");
  });
});

test.each(["1", "2", "morgen 12", "2023", "31", "Foo 1"])("%j in a mail is no date, however a browser reads it", (written) => {
  expect(fromMailDate(written) ?? fromIso(written)).toBeNull();
});

describe("no input takes more than its length", () => {
  const hostile: readonly (readonly [string, (length: number) => string])[] = [
    ["spaces", (length) => " ".repeat(length)],
    ["digits", (length) => "1".repeat(length)],
    ["openings of tags", (length) => "<".repeat(length)],
    ["comments that end at once", (length) => "<!-->".repeat(length / 5)],
    ["closed scripts", (length) => "<script></script>".repeat(length / 17)],
    ["unclosed comments", (length) => "<!--".repeat(length / 4)],
    ["unclosed scripts", (length) => "<script>".repeat(length / 8)],
    ["ampersands", (length) => "&#".repeat(length / 2)],
    ["marks of direction", (length) => "\u200e".repeat(length)],
    ["beginnings of dates", (length) => "[31-12-2023 21:14".repeat(length / 17)],
    ["dots", (length) => "a.".repeat(length / 2)],
  ];
  const parsers: readonly (readonly [string, (text: string) => unknown])[] = [
    ["HTML", textOfHtml],
    ["entities", withoutEntities],
    ["the opening of a chat line", parseOpening],
    ["ISO times", fromIso],
    ["mail dates", fromMailDate],
    ["dates of X", fromXDate],
    ["mojibake", mended],
  ];
  test.each(parsers.flatMap(([what, parse]) => hostile.map(([of, make]) => [what, of, parse, make] as const)))("%s of %s", (_what, _of, parse, make) => {
    const text = make(1_000_000);
    const before = process.cpuUsage().user;
    parse(text);
    expect((process.cpuUsage().user - before) / 1000).toBeLessThan(1500);
  });

  test("a chat of one million beginnings", async () => {
    const before = process.cpuUsage().user;
    await sound("chat.txt", encoder.encode(`31-12-2023 21:14 - A: x\n${"31-12-2023 21:14 - ".repeat(40_000)}\n`));
    await sound("chat.txt", encoder.encode(`31-12-2023 21:14 - A: x\n${": ".repeat(400_000)}\n`));
    await sound("chat.txt", encoder.encode(`31-12-2023 21:14 - A: ${"<bijgevoegd: ".repeat(60_000)}\n`));
    await sound("chat.txt", encoder.encode(`31-12-2023 21:14 - A: ${"a.b ".repeat(200_000)}\n`));
    expect((process.cpuUsage().user - before) / 1000).toBeLessThan(6000);
  });
});

test("evidence about days and months is the same for every order of the same openings that decide by number", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 13, max: 28 })), { minLength: 1, maxLength: 20 }),
      fc.boolean(),
      (days, dayFirst) => {
        const evidence = new OrderEvidence();
        for (const [month, day] of days) {
          const found = parseOpening(`${dayFirst ? `${day}-${month}` : `${month}-${day}`}-2024 10:00 - A: x`);
          if (found !== null) evidence.see(found);
        }
        expect(evidence.decide()).toEqual({ order: dayFirst ? "day-first" : "month-first", sure: true });
      },
    ),
  );
});
