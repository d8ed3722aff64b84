/** Campaigns: what is put together, what is not however it tempts, and what a screen can draw of it. All messages invented. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CampaignReport, Message } from "@rugdekking/triage";
import { burstsAmong, timelineOf } from "./bursts.ts";
import { createCampaigns } from "./index.ts";
import { linksIn } from "./links.ts";

const start = Date.UTC(2026, 2, 1, 20);
type Given = Partial<Message> & { readonly text: string };
const message = (given: Given, n: number): Message => ({ id: n, at: start + n * 60_000, author: `account${n}`, channel: null, ...given });

function run(given: readonly Given[]): CampaignReport {
  const messages = given.map(message);
  const finder = createCampaigns();
  for (const one of messages) finder.add(one);
  return finder.finish((n) => messages[n] ?? message({ text: "" }, n));
}
const campaignsOf = (texts: readonly string[]): readonly (string | null)[] => {
  const report = run(texts.map((text) => ({ text })));
  return texts.map((_, n) => report.campaignOf(n));
};

const letter =
  "Beste wethouder, wij zijn het niet eens met de sluiting van het zwembad aan de Demoweg. Op 3 maart staan wij om 19.30 uur voor het stadhuis. Teken ook!";

describe("the same text with small changes is one campaign", () => {
  it.each([
    ["as it was", letter],
    ["capitals", letter.toUpperCase()],
    ["accents and other marks", letter.replaceAll("e", "é").replaceAll(",", " –").replaceAll(".", " !!!")],
    ["accents written apart", letter.replaceAll("a", "á".normalize("NFD"))],
    ["zero-width characters", [...letter].join("\u200b")],
    ["other spaces and lines", letter.replaceAll(" ", "\n\t ")],
    ["emoji in between", letter.replaceAll(" ", " 😡 ")],
    ["letters of another alphabet that look the same", letter.replaceAll("e", "е").replaceAll("o", "о")],
    ["bold letters", letter.replaceAll(/[a-z]/gu, (character) => String.fromCodePoint(0x1d41a + character.charCodeAt(0) - 97))],
    ["other figures", letter.replace("3 maart", "14 maart").replace("19.30", "20.00")],
    ["another name behind an @", `@demo_account ${letter}`],
    ["a link added", `${letter} https://petitie.example.nl/zwembad?utm_source=app`],
    ["two words replaced", letter.replace("wethouder", "burgemeester").replace("zwembad", "theater")],
    ["a word left out", letter.replace("niet ", "")],
    ["a sentence in front", `Ik heb hier lang over nagedacht. ${letter}`],
    ["a spelling mistake", letter.replace("sluiting", "sluitign")],
  ])("%s", (_, changed) => {
    expect(changed === letter).toBe(_ === "as it was");
    expect(campaignsOf([letter, "Wanneer is de volgende raadsvergadering over het verkeersplan in de binnenstad?", changed])).toEqual(["c1", null, "c1"]);
  });

  it("keeps two campaigns that run through each other apart, numbered by their first message", () => {
    const other = "Het is een schande dat deze gemeente de bomen aan de Voorbeeldlaan kapt zonder met de buurt te praten.";
    expect(campaignsOf(["Los bericht dat verder niemand anders schreef vandaag.", other, letter, `${other}!!`, letter.toLowerCase(), other])).toEqual([
      null,
      "c1",
      "c2",
      "c1",
      "c2",
      "c1",
    ]);
  });

  it("finds all of a template whose words are changed at random, as one", () => {
    const words = letter.split(" ");
    let seed = 7;
    const random = (): number => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;
    const variants = Array.from({ length: 300 }, () =>
      words.map((word) => (random() < 0.06 ? `woord${Math.floor(random() * 1e6).toString(36)}` : word)).join(" "),
    );
    const found = campaignsOf(variants);
    expect(found.filter((id) => id === "c1").length).toBeGreaterThanOrEqual(290);
    expect(new Set(found).size).toBeLessThanOrEqual(4);
  });
});

describe("what tempts and must not be joined", () => {
  it.each([
    "ja",
    "Nee!",
    "Dank u wel",
    "😡😡😡",
    "",
    "   ",
    "https://x.example/",
    "@demo @demo @demo",
    "ha ha ha ha ha ha ha ha",
    "Gefeliciteerd met je verjaardag",
    "12345 67890 111",
  ])("a thousand times %j binds nobody", (text) => {
    const report = run(Array.from({ length: 1000 }, () => ({ text })));
    expect(report.campaignCount).toBe(0);
  });

  it("a greeting and a closing that everyone writes do not join what stands between", () => {
    const letters = [
      "de riolering in onze straat loopt al weken over bij regen",
      "mijn aanvraag voor een parkeervergunning is kwijtgeraakt bij de balie",
      "in het park is de verlichting bij het speelveld kapot gegaan",
    ];
    expect(campaignsOf(letters.map((middle) => `Geachte heer Demo, ${middle}. Met vriendelijke groet, een inwoner`))).toEqual([null, null, null]);
  });

  it("a row of small steps does not tie two different texts together", () => {
    const words = Array.from({ length: 30 }, (_, n) => `begin${n}x`.replaceAll(/\d/gu, (digit) => "abcdefghij"[Number(digit)] ?? ""));
    const steps: string[] = [];
    for (let step = 0; step <= 30; step++) {
      steps.push(words.join(" "));
      words[step] = `einde${String.fromCharCode(97 + (step % 26))}${"q".repeat(1 + Math.floor(step / 26))}`;
    }
    const found = campaignsOf(steps);
    expect(found[0]).not.toBeNull();
    expect(found.at(-1)).not.toBe(found[0]);
  });

  it("two people who share a link are not a campaign, three are, and one who repeats it is not", () => {
    const share = (author: string, text: string): Given => ({ author, text: `${text} https://www.krant.example.nl/artikel/9?fbclid=${author}` });
    expect(run([share("a", "Kijk"), share("b", "Lees dit eens")]).campaignCount).toBe(0);
    expect(run([share("a", "Kijk"), share("a", "Nog eens"), share("a", "En weer")]).campaignCount).toBe(0);
    const three = run([share("a", "Kijk"), { text: "Iets heel anders" }, share("b", "Lees dit eens"), share("c", "Ongelofelijk")]);
    expect([0, 1, 2, 3].map((n) => three.campaignOf(n))).toEqual(["c1", null, "c1", "c1"]);
    expect(three.describe()).toMatchObject([{ bond: "same-link", count: 3, links: [{ name: "krant.example.nl/artikel/9", count: 3 }] }]);
  });

  it("a bare host binds nobody, and neither does the same link a month apart", () => {
    expect(run(["a", "b", "c"].map((author) => ({ author, text: "zie https://www.demostad.example.nl/" }))).campaignCount).toBe(0);
    const apart = ["a", "b", "c"].map((author, n) => ({ author, at: start + n * 30 * 86_400_000, text: "zie https://demostad.example.nl/nieuws/4" }));
    expect(run(apart).campaignCount).toBe(0);
  });
});

/** Word pairs as text, counted another way than the engine does. */
const pairsOf = (text: string): ReadonlySet<string> => {
  const words = ["<", ...text.split(" "), ">"];
  return new Set(words.slice(1).map((word, at) => `${words[at]} ${word}`));
};
const dice = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => (2 * [...a].filter((pair) => b.has(pair)).length) / (a.size + b.size);

describe("for all messages", () => {
  const word = fc.integer({ min: 0, max: 40 }).map((n) => `${String.fromCharCode(97 + (n % 26))}${String.fromCharCode(97 + Math.floor(n / 26))}woord`);
  const texts = fc.array(
    fc.array(word, { minLength: 1, maxLength: 14 }).map((words) => words.join(" ")),
    { maxLength: 60 },
  );

  it("campaigns are numbered by their first message, and none has fewer than two", () => {
    fc.assert(
      fc.property(texts, (given) => {
        const found = campaignsOf(given);
        const ids = [...new Set(found.filter((id) => id !== null))];
        expect(ids).toEqual(ids.map((_, at) => `c${at + 1}`));
        for (const id of ids) expect(found.filter((other) => other === id).length).toBeGreaterThanOrEqual(2);
      }),
    );
  });

  it("every message of a campaign is like its first text, or like a first text that is (0.6, 0.4 of the word pairs)", () => {
    fc.assert(
      fc.property(texts, (given) => {
        const found = campaignsOf(given);
        for (const [n, id] of found.entries()) {
          if (id === null) continue;
          const members = given.filter((_, other) => found[other] === id);
          const root = pairsOf(members[0] ?? "");
          const mine = pairsOf(given[n] ?? "");
          const near = members.some((other) => dice(pairsOf(other), mine) >= 0.6 && dice(pairsOf(other), root) >= 0.4);
          expect(near).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("the same text twice is always together, when it has words enough", () => {
    const long = fc.uniqueArray(word, { minLength: 6, maxLength: 30 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(texts, long, (others, text) => {
        const found = campaignsOf([text, ...others, text]);
        expect(found[0]).not.toBeNull();
        expect(found.at(-1)).toBe(found[0]);
      }),
    );
  });

  it("texts of other words are never together", () => {
    const lengths = fc.array(fc.integer({ min: 5, max: 40 }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(lengths, fc.integer({ min: 0, max: 1e6 }), (given, from) => {
        let n = from * 1000;
        const own = (): string => [...String(n++)].map((digit) => "abcdefghij"[Number(digit)]).join("");
        const found = campaignsOf(given.map((length) => Array.from({ length }, own).join(" ")));
        expect(found.every((id) => id === null)).toBe(true);
      }),
    );
  });

  it("what is recalled wrongly is not joined: the comparison is in full", () => {
    const finder = createCampaigns();
    for (let n = 0; n < 50; n++) finder.add(message({ text: letter }, n));
    const report = finder.finish((n) =>
      message(
        { text: `${n} `.repeat(3) + Array.from({ length: 20 }, (_, at) => `${"abcdefghij"[n % 10]}${"klmnopqrst"[at % 10]}${"uvwxy"[n % 5]}${n}`).join(" ") },
        n,
      ),
    );
    expect(report.campaignCount).toBeLessThan(11);
  });
});

describe("what a screen draws", () => {
  it("says in Dutch what binds, counts accounts, and gives a timeline that adds up", () => {
    const report = run([
      ...Array.from({ length: 12 }, (_, n) => ({ text: `${letter} https://petitie.example.nl/zwembad`, author: `account${n % 5}`, at: start + n * 180_000 })),
      { text: "Iets anders dat hier tussendoor kwam, zonder tijd", at: null },
      { text: "Met eigen woorden, maar met die link: www.petitie.example.nl/zwembad/", author: "ander", at: start + 36 * 60_000 },
    ]);
    const [campaign, ...more] = report.describe();
    expect(more).toEqual([]);
    expect(campaign).toMatchObject({
      id: "c1",
      bond: "same-text",
      why: "Zelfde tekst: 13 berichten van 6 accounts in 36 minuten; 1 daarvan deelt met eigen woorden dezelfde link",
      count: 13,
      firstMessage: 0,
      first: start,
      last: start + 36 * 60_000,
      accountCount: 6,
      links: [{ name: "petitie.example.nl/zwembad", count: 13 }],
      sharesAccountsWith: [],
    });
    expect(campaign?.accounts[0]).toEqual({ name: "account0", count: 3 });
    expect(campaign?.timeline?.counts.reduce((sum, count) => sum + count, 0)).toBe(13);
  });

  it("a campaign whose first message came along by its link alone is still one of text", () => {
    const link = "https://petitie.example.nl/zwembad";
    const report = run([{ text: `Kijk hier eens naar ${link}` }, ...Array.from({ length: 4 }, () => ({ text: `${letter} ${link}` }))]);
    expect(report.describe()).toMatchObject([{ firstMessage: 0, bond: "same-text", count: 5 }]);
  });

  it("names campaigns that the same accounts take part in", () => {
    const other = "Deze burgemeester moet vandaag nog opstappen en de hele raad mag achter hem aan gaan.";
    const report = run([
      ...["a", "b", "c"].map((author) => ({ author, text: letter })),
      ...["b", "c", "d"].map((author) => ({ author, text: other })),
      ...["e", "c"].map((author) => ({ author, text: "Een derde tekst die ook twee keer voorkomt in deze reeks van berichten." })),
    ]);
    expect(report.describe().map(({ id, sharesAccountsWith }) => [id, sharesAccountsWith])).toEqual([
      ["c1", ["c2"]],
      ["c2", ["c1"]],
      ["c3", []],
    ]);
  });

  it("describes the largest, in order of first message", () => {
    const numbered = (n: number): string =>
      `Tekst ${"abcdefgh"[n]} over onderwerp ${"stuvwxyz"[n]} en ${"ijklmnop"[n]}plein met ${"qrstuvwx"[n]}weg ${"bcdfghjk"[n]}huis ${"lmnpqrst"[n]}brug`;
    const report = run([0, 0, 1, 1, 1, 2, 2, 2, 2].map((n) => ({ text: numbered(n) })));
    expect(report.describe(2).map(({ id, count }) => [id, count])).toEqual([
      ["c2", 3],
      ["c3", 4],
    ]);
  });

  it("finds the hour that brought far more than usual, and nothing in an even stream", () => {
    const even = Uint32Array.from({ length: 400 }, (_, n) => 1_770_000_000 + n * 3000);
    expect(burstsAmong(even)).toEqual([]);
    const peak = Uint32Array.from([...even, ...Array.from({ length: 30 }, (_, n) => 1_770_500_000 + n * 60)]).toSorted();
    const [burst, ...more] = burstsAmong(peak);
    expect(more).toEqual([]);
    expect(burst?.count).toBeGreaterThanOrEqual(30);
    expect(burst?.count).toBeLessThanOrEqual(34);
    expect(burst?.why).toMatch(/^3\d berichten in \d+ minuten; gewoonlijk 1,2 per uur$/u);
    expect(burstsAmong(peak.subarray(0, 7))).toEqual([]);
  });

  it("gives at most sixty steps, whatever the span", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 0xffffffff }), { minLength: 1, maxLength: 50 }), (given) => {
        const timeline = timelineOf(Uint32Array.from(given).toSorted());
        expect(timeline?.counts.length).toBeLessThanOrEqual(60);
        expect(timeline?.counts.reduce((sum, count) => sum + count, 0)).toBe(given.length);
      }),
    );
    expect(timelineOf(new Uint32Array())).toBeNull();
  });
});

describe("links in one spelling", () => {
  it.each([
    ["https://www.krant.example.nl/a/1?utm_source=x&b=2&fbclid=zz#top", "krant.example.nl/a/1?b=2"],
    ["HTTP://M.Krant.Example.NL/a/1/", "krant.example.nl/a/1"],
    ["(zie www.krant.example.nl/a/1).", "krant.example.nl/a/1"],
    ["https://youtu.be/abc123?si=q", "youtube.com/watch?v=abc123"],
    ["https://twitter.com/demo/status/1?s=20", "x.com/demo/status/1"],
    ["“https://krant.example.nl/a/1”", "krant.example.nl/a/1"],
  ])("%s", (text, link) => expect(linksIn(text)).toEqual([link]));

  it.each(["geen link", "https://", "www.", "https://krant.example.nl", "://", "http://localhost/a", "a://b c://d www"])("none in %j", (text) =>
    expect(linksIn(text)).toEqual([]),
  );

  it("looks at eight at most, in time that grows with the text and no faster", () => {
    expect(linksIn(Array.from({ length: 20 }, (_, n) => `https://a.example/${n}`).join(" "))).toHaveLength(8);
    expect(linksIn("www.".repeat(200_000))).toEqual([]);
    expect(linksIn("://".repeat(300_000))).toEqual([]);
  });
});
