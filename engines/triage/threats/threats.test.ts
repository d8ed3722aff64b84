/** Holds the threat finder: how words are read, what the rules see, that the quick way and the plain way agree, and that the functional checks it learned from stay right. */
import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eachFeature, FEATURES } from "./features.ts";
import { judgeThreat } from "./index.ts";
import { readingOf, type Weights } from "./model.ts";
import { seenIn } from "./rules.ts";
import { wordsOf } from "./words.ts";

const read = (text: string): string =>
  wordsOf(text)
    .map((word) => word.text)
    .join(" ");
const seen = (text: string): ReturnType<typeof seenIn> => {
  return seenIn(wordsOf(text));
};

describe("words are read as a person reads them", () => {
  test.each([
    ["v4n4v0nd sch13t 1k j0u l3k", "vanavond schiet ik jou lek"],
    ["h a n g e n zul je, aan je eigen b r u g", "hangen zul je aan je eigen brug"],
    ["k.o.m.e.n", "komen"],
    ["ik_maak_je_af, hoor", "ik maak je af hoor"],
    ["k_nker en d_o_o_d", "knker en dood"],
    ["jij + 🔫 = ⚰️", "jij ~weapon ~grave"],
    ["GÉÉN gedoe", "geen gedoe"],
    ["doooood", "dood"],
    ["om 23:30 uur", "om 0 uur"],
    ["bur\u00ADge\u200Bmeester", "burgemeester"],
    ["ik $chiet je l€k", "ik schiet je lek"],
    ["dieven€ambtenaar", "dieveneambtenaar"],
  ])("%s", (text, expected) => expect(read(text)).toBe(expected));

  test("places are those of the text as given, in order, for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        let last = 0;
        for (const { start, end } of wordsOf(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          last = start;
        }
      }),
    );
  });
});

describe("the rules see a violent verb with a person, and who takes it back", () => {
  test.each([
    ["Ik ga je vermoorden", { person: 1, sender: 1, takenBack: 0 }],
    ["ik schiet morgen die wethouder neer", { person: 1, sender: 1, takenBack: 0 }],
    ["ze moeten alle moslims ophangen", { group: 1, takenBack: 0 }],
    ['Hij riep: "ik ga je vermoorden"', { person: 0, takenBack: 1 }],
    ["niemand mag hem vermoorden", { person: 0, takenBack: 1 }],
    ["mijn vrouw vermoordt mij als ik weer te laat ben", { person: 0, group: 0, takenBack: 1 }],
    ["ze moeten iedere vrouw ophangen", { group: 1, takenBack: 0 }],
    ["ik ga je vrouw vermoorden", { person: 1, group: 0, takenBack: 0 }],
    ["die moslims horen op de brandstapel", { group: 1, takenBack: 0 }],
    ["de tak moet op de brandstapel", { person: 0, group: 0, takenBack: 0 }],
    ["een transgender verkrachten zou niet strafbaar moeten zijn", { group: 1, takenBack: 0 }],
    ["een transgender verkrachten is strafbaar", { group: 0, takenBack: 1 }],
    ["we gaan de vlag ophangen", { person: 0, takenBack: 0 }],
  ] as const)("%s", (text, expected) => expect(seen(text)).toMatchObject(expected));
});

describe("a judgement", () => {
  test("the quick way through the words and the plain way give the same", () => {
    const values = new Int8Array(FEATURES * 3);
    let state = 1;
    for (let at = 0; at < values.length; at += 1) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      values[at] = (state >> 16) % 127;
    }
    const weights: Weights = { values, scale: [0.01, 0.02, 0.03], bias: [0.1, 0.2, 0.3] };
    const piece = fc.constantFrom("ik", "Weet", "waar je woont", "mes", "wethouder", "huis", "23:00", "😡", "kinderen", "school", "l33t", "?", ".");
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 40 }), (parts) => {
        const words = wordsOf(parts.join(" "));
        const sums = [0, 0, 0];
        let square = 0;
        eachFeature(words, (feature, weight) => {
          for (let head = 0; head < 3; head += 1) sums[head] = (sums[head] ?? 0) + (values[feature * 3 + head] ?? 0) * weight;
          square += weight * weight;
        });
        const { whole } = readingOf(words, weights);
        for (let head = 0; head < 3; head += 1)
          expect(whole[head]).toBeCloseTo(((sums[head] ?? 0) / (Math.sqrt(square) || 1)) * (weights.scale[head] ?? 0) + (weights.bias[head] ?? 0), 6);
      }),
    );
  });

  test("says which words and why, in Dutch, and nothing at level none", () => {
    const { threat } = judgeThreat("Morgenavond schiet ik je dood, wethouder.");
    expect(threat.level).toBe("explicit");
    expect(threat.reasons.length).toBeGreaterThan(0);
    for (const { start, end, why } of threat.reasons) {
      expect(start).toBeLessThan(end);
      expect(why).toMatch(/^[a-z]/);
    }
    expect(judgeThreat("Wanneer wordt het afval opgehaald?").threat).toMatchObject({ level: "none", reasons: [] });
    expect(
      judgeThreat("jij 🔪🪦")
        .threat.reasons.map(({ why }) => why)
        .join(),
    ).toContain("toont een wapen als emoji");
  });

  test("an empty text, a text of marks and a text of another script are no threat and no error", () => {
    for (const text of ["", "?!?!", "\n\n", "Привет мир", "مرحبا", "\uD800"]) expect(judgeThreat(text).threat.level).toBe("none");
  });

  test.each(["a ".repeat(3_000), "woord ".repeat(3_000), "\n".repeat(5_000), "1 ".repeat(3_000), ". ".repeat(3_000)])(
    "what stands in front, however much, does not keep the rest from being read (%#)",
    (front) => {
      const threat = "Ik ga je vanavond doodschieten, wethouder.";
      const { level, reasons } = judgeThreat(`${front}\n${threat}`).threat;
      expect(level).not.toBe("none");
      expect(Math.max(...reasons.map(({ end }) => end))).toBeGreaterThan(front.length);
    },
  );

  test("a threat in a long dull mail is read by itself", () => {
    const dull =
      "Wij vragen al jaren om een nieuwe lantaarnpaal bij de halte. De commissie heeft het voorstel twee keer besproken. Ook de wijkraad steunt ons. ";
    expect(judgeThreat(`${dull}Zaterdag steek ik je huis in brand. ${dull}`).threat.score).toBeGreaterThan(judgeThreat(dull + dull).threat.score);
  });
});

/** One line of checks/cases.jsonl. */
interface Case {
  readonly expected: string;
  readonly function: string;
  readonly text: string;
}
const isCase = (value: unknown): value is Case =>
  typeof value === "object" &&
  value !== null &&
  typeof Reflect.get(value, "expected") === "string" &&
  typeof Reflect.get(value, "function") === "string" &&
  typeof Reflect.get(value, "text") === "string";

// The weights learned from all of these cases: this holds what was learned, and says nothing of a new text. What to expect of those stands in README.md (five folds).
describe("functional checks (checks/README.md), as a regression test", () => {
  const cases = readFileSync(new URL("../checks/cases.jsonl", import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line): unknown => JSON.parse(line))
    .filter(isCase)
    .map((one) => {
      const { level } = judgeThreat(one.text).threat;
      return { ...one, right: (level === "likely" || level === "explicit") === (one.expected !== "none") };
    });
  test("there are as many as the README says", () => {
    const threats = cases.filter(({ expected }) => expected !== "none").length;
    expect([threats, cases.length - threats]).toEqual([1_170, 1_357]);
  });
  test("at least 95 of 100 functions are fully right, and every function in nine of ten cases", () => {
    const names = [...new Set(cases.map((one) => one.function))];
    const shares = names.map((name) => {
      const own = cases.filter((one) => one.function === name);
      return own.filter(({ right }) => right).length / own.length;
    });
    expect(shares.filter((one) => one === 1).length / names.length).toBeGreaterThanOrEqual(0.95);
    expect(Math.min(...shares)).toBeGreaterThan(0.9);
  });
});
