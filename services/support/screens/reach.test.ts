/** The hours of a week in words: every stretch, days in a row as first and last, and what is known of holidays. Run by vitest only. */
import { expect, it } from "vitest";
import type { Hours } from "#services/support/contract/situation.ts";
import { hoursWords } from "./reach.tsx";
import { en } from "./shared-en.ts";
import { nl } from "./shared-nl.ts";

const office: Hours = { week: [{ days: [1, 2, 3, 4, 5], from: "09:00", until: "17:00" }], holidays: "unknown" };

it("says that nobody knows of holidays, and when they are", () => {
  expect(hoursWords(office, nl.reach, "nl")).toBe("maandag tot en met vrijdag van 09:00 tot 17:00 uur; of er op feestdagen iemand is, weten wij niet");
  expect(hoursWords({ ...office, holidays: "closed" }, en.reach, "en")).toBe("Monday to Friday from 09:00 to 17:00; not on holidays");
});
it("names every stretch, and days apart one by one", () => {
  const week = [
    { days: [7, 6], from: "10:00", until: "12:00" },
    { days: [1, 2, 3, 5], from: "13:00", until: "15:00" },
  ];
  expect(hoursWords({ week, holidays: "open" }, nl.reach, "nl")).toBe(
    "zaterdag, zondag van 10:00 tot 12:00 uur; maandag tot en met woensdag, vrijdag van 13:00 tot 15:00 uur; ook op feestdagen",
  );
});
it("says of no hours that they are not known", () => {
  expect([hoursWords(null, nl.reach, "nl"), hoursWords("always", nl.reach, "nl")]).toEqual(["Uren niet bekend", "Dag en nacht bereikbaar"]);
});
