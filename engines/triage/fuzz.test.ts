/** The whole engine on what nobody would write: it never throws, offsets lie within the text, findings can be written, and the time it takes grows no faster than the text. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTriage, type Judgement, MAX_TEXT_UNITS, parseLine, parseMessage, parseTime, TriageError } from "./index.ts";

const levels = new Set(["none", "possible", "likely", "explicit"]);
const share = (value: number): boolean => value >= 0 && value <= 1;

/** What must hold of a judgement whatever the text was. */
function check(text: string, { threat, abuse, personal }: Judgement): void {
  expect(share(threat.score) && share(abuse.score) && levels.has(threat.level)).toBe(true);
  for (const { start, end } of [...threat.reasons, ...personal]) {
    expect(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= text.length).toBe(true);
  }
  for (const { start, end, text: shown } of personal) expect(shown).toBe(text.slice(start, end));
}

/** Judges all, finds campaigns, describes them. */
function judgeAll(texts: readonly string[]): void {
  const messages = texts.map((text, id) => parseMessage({ id, text, author: `account${id % 3}`, at: "2026-03-01" }));
  const pass = createTriage();
  for (const message of messages) check(message.text, pass.judge(message));
  const report = pass.finish((n) => messages[n] ?? parseMessage({ id: 0, text: "" }));
  report.describe();
  report.bursts();
}

const anyUnit = fc.uint16Array({ maxLength: 300 }).map((units) => String.fromCharCode(...units));
/** Pieces that parsers of words, numbers, addresses and links are tempted by. */
const tempting = fc.constantFrom(
  ..."06 |+31|NL91 ABNA|1234 AB|straat 12|@|.|,|:|://|www.|https://|\ud835|\udc00|\u0301|\u200d|\u200b|'|\"|(|)|0|9|-| |\n|\t|a|ik |maak je |dood|als |niet |jij |é|😡|👨‍👩‍👧|İ|ß|ﬁ|ǆ|<|>|&|%|#|/|\\|{|}|null|e̶|１|٣".split(
    "|",
  ),
);
const woven = fc.array(tempting, { maxLength: 120 }).map((parts) => parts.join(""));

describe("for any text", () => {
  it("of any UTF-16 units, lone surrogates among them", () => {
    fc.assert(fc.property(fc.array(anyUnit, { maxLength: 8 }), judgeAll), { numRuns: 150 });
  });

  it("of any characters", { timeout: 120_000 }, () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: "binary", maxLength: 60 }), { maxLength: 6 }), judgeAll), { numRuns: 60 });
  });

  it("woven of what tempts", () => {
    fc.assert(fc.property(fc.array(woven, { maxLength: 8 }), judgeAll), { numRuns: 300 });
  });

  it("findings survive being written and read", () => {
    fc.assert(
      fc.property(fc.oneof(anyUnit, woven), (text) => {
        const judgement = createTriage().judge(parseMessage({ id: "1", text }));
        expect(JSON.parse(JSON.stringify(judgement))).toEqual(judgement);
      }),
      { numRuns: 150 },
    );
  });
});

describe("for any line", () => {
  const attempt = (line: string): void => {
    try {
      parseLine(line);
    } catch (error) {
      expect(error).toBeInstanceOf(TriageError);
    }
  };

  it("gives a message or a TriageError, never anything else", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), anyUnit), attempt));
    const loose = fc.record({ id: fc.anything(), text: fc.anything(), at: fc.anything(), author: fc.anything(), channel: fc.anything() }, { requiredKeys: [] });
    fc.assert(fc.property(loose, (value) => attempt(JSON.stringify(value, (_, one: unknown) => (typeof one === "bigint" ? String(one) : one)) ?? "")));
  });

  it("refuses a maze of brackets or commas before it is parsed, and reads one flat object with much beside the message", () => {
    const code = (line: string): string => {
      try {
        parseLine(line);
        return "read";
      } catch (error) {
        return error instanceof TriageError ? error.code : "other";
      }
    };
    const open = (deep: number): string => `{"id":1,"text":"a","extra":${"[".repeat(deep)}${"]".repeat(deep)}}`;
    expect([code(open(60)), code(open(70)), code("[".repeat(2_000_000))]).toEqual(["read", "line-too-complex", "line-too-complex"]);
    const within = (deep: number): string => `{"id":1,"text":"a","extra":${'{"a":'.repeat(deep)}1${"}".repeat(deep)}}`;
    expect([code(within(60)), code(within(70)), code('{"a":'.repeat(70))]).toEqual(["read", "line-too-complex", "line-too-complex"]);
    const flat = (members: number): string => `{"id":1,"text":"a"${',"a":1'.repeat(members)}}`;
    expect([code(flat(1_000)), code(flat(5_000))]).toEqual(["read", "line-too-complex"]);
    const wide = (members: number): string => `{"id":1,"text":"a","extra":[${Array.from({ length: members }, () => "{}").join(",")}]}`;
    expect([code(wide(1_000)), code(wide(5_000)), code(wide(1_000_000))]).toEqual(["read", "line-too-complex", "line-too-complex"]);
    // Brackets, commas and escaped quotes in the text are text.
    expect(parseLine(JSON.stringify({ id: 1, text: '\\"[{,'.repeat(100_000) })).text).toHaveLength(500_000);
  });

  it("reads every time that Date writes, and only dates that exist", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date("0100-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }), (date) => {
        expect(parseTime(date.toISOString())).toBe(date.getTime());
      }),
    );
    expect(
      [
        "2026-02-30",
        "2026-13-01",
        "26-01-01",
        "2026-01-01T24:00",
        "2026-01-01T10:60",
        "2026-01-01T10:00+1:00",
        "2026-01-01T10:00:00.Z",
        "0050-01-01",
        "",
        "morgen",
      ].map(parseTime),
    ).toEqual(Array.from({ length: 10 }, () => Number.NaN));
    expect(parseTime("2026-03-01T23:04:00.5+01:00")).toBe(Date.UTC(2026, 2, 1, 22, 4, 0, 500));
    expect(parseTime("2026-03-01 23:04")).toBe(Date.UTC(2026, 2, 1, 23, 4));
    // February has 29 days in years by four, save those by a hundred, save those by four hundred.
    expect(["2000-02-29", "2024-02-29", "2026-04-30"].map((day) => new Date(parseTime(day)).toISOString().slice(0, 10))).toEqual([
      "2000-02-29",
      "2024-02-29",
      "2026-04-30",
    ]);
    expect(["1900-02-29", "2023-02-29", "2100-02-29", "2000-02-30", "2026-04-31", "2026-01-00"].map(parseTime)).toEqual(
      Array.from({ length: 6 }, () => Number.NaN),
    );
  });
});

/** Processor time of this thread for judging a text and comparing it with itself, in ms. */
function cost(text: string): number {
  const before = process.threadCpuUsage();
  judgeAll([text, text]);
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

const awkward: Readonly<Record<string, string>> = {
  "one letter": "a",
  "one letter with an accent apart": "e\u0301",
  spaces: " ",
  "empty lines": "\n",
  figures: "0",
  "figures and spaces": "0 ",
  "figures and hyphens": "06-",
  "postcodes that do not end": "1234 A",
  "house numbers": "straat 1",
  "e-mail without end": "a@a.",
  "at signs": "@",
  dots: ".",
  "links within links": "https://www.",
  "IBAN without end": "NL91",
  brackets: "((",
  quotes: "“'",
  "zero-width": "\u200b",
  emoji: "👨‍👩‍👧",
  "lone surrogates": "\ud835",
  "a threat over and over": "ik maak je dood ",
  "a condition that never ends": "als je ",
  "spaced letters": "d o o d ",
  "figures for letters": "d00d 1k m44k ",
  capitals: "İ",
  names: "van der ",
};

/** Words that all differ, here and from every text made before: nothing learned of one helps with the next. */
let made = 0;
const different = (units: number): string => {
  const words: string[] = [];
  for (let length = 0; length < units; made++) {
    const word = `w${(made * 2_654_435_761) % 4_294_967_296}`.replaceAll(/\d/gu, (digit) => "abcdefghij"[Number(digit)] ?? "");
    words.push(word);
    length += word.length + 1;
  }
  return words.join(" ").slice(0, units);
};
const filled = (piece: string, units: number): string => piece.repeat(Math.ceil(units / piece.length)).slice(0, units);
const fillings: [string, (units: number) => string][] = [
  ...Object.entries(awkward).map(([name, piece]): [string, (units: number) => string] => [name, (units) => filled(piece, units)]),
  ["words that all differ", different],
];

describe("a threat at the end of a long message is found, whatever stands in front of it", () => {
  it.each(fillings)("%s", (_, fill) => {
    const front = fill(20_000);
    const text = `${front}\n\nMorgen sta ik bij jou voor de deur en dan maak ik jou dood, burgemeester.`;
    const threatIn = (one: string) => createTriage().judge(parseMessage({ id: 1, text: one })).threat;
    const threat = threatIn(text);
    expect(["likely", "explicit"]).toContain(threat.level);
    // Where what stands in front is no threat by itself, the reasons lie in the threat.
    if (threatIn(front).level === "none") expect(threat.reasons.some(({ end }) => end > front.length)).toBe(true);
  });
});

/** By night the longest message there may be; by day the same comparison with an eighth of it, in an eighth of the time. */
const longest = process.env["SLOW"] === "1" ? MAX_TEXT_UNITS : MAX_TEXT_UNITS / 8;

describe(`one message of ${longest / 1024} Ki characters takes no more than its share of one of a sixteenth`, () => {
  it.each(fillings)(
    "%s",
    (_, fill) => {
      const small = (): number => cost(fill(longest / 16));
      const large = (): number => cost(fill(longest));
      small();
      // The best of some: what else the machine does only ever adds.
      const few = Math.max(2, Math.min(small(), small()));
      let many = large();
      for (let again = 0; many / few >= 16 * 3 && again < 4; again += 1) many = Math.min(many, large());
      // Sixteen times the text; room for caches that no longer hold it, far from the 256 times of a square.
      expect(many / few).toBeLessThan(16 * 3);
    },
    60_000,
  );
});
