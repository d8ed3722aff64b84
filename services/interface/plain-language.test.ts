/** Plain Dutch on every screen: reads all Dutch messages of all services and of the browser extension, and holds them to short sentences, u-form and a list of words we do not use. */
import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const files = globSync("{services,apps/extension}/**/{nl,*-nl}.ts", { cwd: root })
  .filter((file) => file.startsWith("services/interface/") || file.startsWith("apps/extension/") || file.includes("/screens/"))
  .toSorted();

/** Jargon, officialese, blame and exclamations that B1 has a plain word for. */
const banned = [
  "gebruiker",
  "invoer",
  "authenticatie",
  "autoriseren",
  "encryptie",
  "versleuteling",
  "submit",
  "upload",
  "downloaden",
  "klik hier",
  "conform",
  "middels",
  "teneinde",
  "derhalve",
  "ten behoeve van",
  "inzake",
  "betreffende",
  "indien",
  "dient te",
  "geachte",
  "helaas",
  "slachtoffer bent",
  "ongeldig",
  "foutmelding",
  "verplicht veld",
  "jij",
  "jouw",
  "jullie",
];

/** Texts by place in the module. Functions are called with a stand-in for each argument: a number, then a moment, then a list of words, whichever it takes. */
function textsOf(value: unknown, place: string): { readonly place: string; readonly text: string }[] {
  if (typeof value === "string") return [{ place, text: value }];
  if (typeof value === "function") {
    for (const stand of [3, "2026-11-23T22:10:00Z", ["Demo Een", "Demo Twee"]]) {
      try {
        const said: unknown = Reflect.apply(value, null, [stand, stand, stand, stand]);
        return textsOf(said, place);
      } catch {
        // It wants another kind of argument.
      }
    }
    throw new Error(`${place} takes neither a number nor a moment nor a list of words`);
  }
  if (typeof value === "object" && value !== null) return Object.entries(value).flatMap(([key, inner]) => textsOf(inner, `${place}.${key}`));
  return [];
}

const sentencesOf = (text: string): string[] => text.split(/(?<=[.?:])\s+/).filter((sentence) => sentence.trim() !== "");
const wordsOf = (sentence: string): string[] => sentence.split(/\s+/).filter((word) => /\p{L}/u.test(word));

it("finds the Dutch messages of the frame and of at least two services", () => {
  expect(files.length).toBeGreaterThanOrEqual(4);
});

describe.each(files)("%s", (file) => {
  const all: { readonly place: string; readonly text: string }[] = [];
  beforeAll(async () => {
    const module: unknown = await import(`${root}/${file}`);
    if (typeof module !== "object" || module === null || !("nl" in module)) throw new Error(`${file} exports no nl`);
    all.push(...textsOf(module.nl, "nl"));
  });
  it("holds texts", () => expect(all.length).toBeGreaterThan(0));
  it("has no sentence over 18 words", () => {
    const long = all.flatMap(({ place, text }) =>
      sentencesOf(text)
        .filter((sentence) => wordsOf(sentence).length > 18)
        .map((sentence) => `${place}: ${sentence}`),
    );
    expect(long).toEqual([]);
  });
  it("has no exclamation marks", () => {
    expect(all.filter(({ text }) => text.includes("!")).map(({ place }) => place)).toEqual([]);
  });
  it("uses none of the banned words", () => {
    const found = all.flatMap(({ place, text }) =>
      banned.filter((word) => new RegExp(`(?<!\\p{L})${word}(?!\\p{L})`, "iu").test(text)).map((word) => `${place}: ${word}`),
    );
    expect(found).toEqual([]);
  });
});
