/** Before sending nobody knows by when a house answers, for a house may set its own terms: the words of these pages promise no number of hours or days. */
import { expect, test } from "vitest";
import { en as signalEn } from "#services/signalling/screens/raise/en.ts";
import { nl as signalNl } from "#services/signalling/screens/raise/nl.ts";
import { en as homeEn } from "#services/reporting/screens/home-en.ts";
import { nl as homeNl } from "#services/reporting/screens/home-nl.ts";
import { en as reportEn } from "#services/reporting/screens/report/en.ts";
import { nl as reportNl } from "#services/reporting/screens/report/nl.ts";
import { en as askEn } from "#services/support/screens/ask/en.ts";
import { nl as askNl } from "#services/support/screens/ask/nl.ts";

/** Every sentence of a list of words; those made by a function as its own text. */
const sentences = (value: unknown): string[] =>
  typeof value === "string"
    ? [value]
    : typeof value === "function"
      ? [String(value)]
      : typeof value === "object" && value !== null
        ? Object.values(value).flatMap(sentences)
        : [];

test.each([
  ["ask, Dutch", askNl],
  ["ask, English", askEn],
  ["report, Dutch", reportNl],
  ["report, English", reportEn],
  ["home, Dutch", homeNl],
  ["home, English", homeEn],
  ["raise, Dutch", signalNl],
  ["raise, English", signalEn],
])("no number of hours or days stands in the words of %s", (_, words) => {
  expect(sentences(words).filter((one) => /(binnen|within) (#|\d+|one|een|één) (uur|werkdag|hour|working day)/iu.test(one))).toEqual([]);
});
