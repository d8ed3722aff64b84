/** Terms against calendars that others published, and against the clock changes. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, dueMoment, dutchDay, easterSunday, endOfDay, holidaysOf, isWorkingDay } from "./terms.ts";

/**
 * The movable holidays as the usual Dutch calendars list them (Rijksoverheid, "Officiële feestdagen in Nederland"), written down by hand and not
 * computed here: Easter Sunday falls on 31-3, 20-4, 5-4, 28-3, 16-4, 1-4, 21-4, 13-4 and 28-3 in 2024-2032 (USNO, "The Date of Easter").
 * Columns: Goede Vrijdag, tweede paasdag, Koningsdag, Hemelvaartsdag, tweede pinksterdag.
 */
const published: Readonly<Record<number, readonly [string, string, string, string, string]>> = {
  2024: ["03-29", "04-01", "04-27", "05-09", "05-20"],
  2025: ["04-18", "04-21", "04-26", "05-29", "06-09"],
  2026: ["04-03", "04-06", "04-27", "05-14", "05-25"],
  2027: ["03-26", "03-29", "04-27", "05-06", "05-17"],
  2028: ["04-14", "04-17", "04-27", "05-25", "06-05"],
  2029: ["03-30", "04-02", "04-27", "05-10", "05-21"],
  2030: ["04-19", "04-22", "04-27", "05-30", "06-10"],
  2031: ["04-11", "04-14", "04-26", "05-22", "06-02"],
  2032: ["03-26", "03-29", "04-27", "05-06", "05-17"],
};

describe("Algemene termijnenwet art. 3", () => {
  for (const [year, movable] of Object.entries(published)) {
    it(`knows the holidays of ${year}`, () => {
      const expected = ["01-01", ...movable, "05-05", "12-25", "12-26"].map((day) => `${year}-${day}`).toSorted();
      expect([...holidaysOf(Number(year)).keys()].toSorted()).toEqual(expected);
      for (const day of expected) expect(isWorkingDay(day), day).toBe(false);
    });
  }

  it("knows Easter at the edges of the calendar (earliest 22 March 1818, latest 25 April 2038)", () => {
    expect(easterSunday(1818)).toBe("1818-03-22");
    expect(easterSunday(2038)).toBe("2038-04-25");
  });

  it("knows the years in which the rule has its exceptions (USNO, The Date of Easter)", () => {
    const dates = ["1954-04-18", "1981-04-19", "2000-04-23", "2049-04-18", "2076-04-19", "2100-03-28", "2285-03-22"];
    for (const date of dates) expect(easterSunday(Number(date.slice(0, 4)))).toBe(date);
  });

  it("knows each holiday by its name in the article", () => {
    expect(Object.fromEntries([...holidaysOf(2026)].map(([day, name]) => [name, day]))).toEqual({
      nieuwjaarsdag: "2026-01-01",
      "goede-vrijdag": "2026-04-03",
      "tweede-paasdag": "2026-04-06",
      koningsdag: "2026-04-27",
      bevrijdingsdag: "2026-05-05",
      hemelvaartsdag: "2026-05-14",
      "tweede-pinksterdag": "2026-05-25",
      "eerste-kerstdag": "2026-12-25",
      "tweede-kerstdag": "2026-12-26",
    });
  });

  it("counts 2026 to 253 working days: 261 weekdays less 8 holidays on weekdays", () => {
    let count = 0;
    for (let day = "2026-01-01"; day <= "2026-12-31"; day = addDays(day, 1)) if (isWorkingDay(day)) count += 1;
    // On a weekday in 2026: 1 Jan, 3 Apr, 6 Apr, 27 Apr, 5 May, 14 May, 25 May, 25 Dec; 26 Dec is a Saturday.
    expect(count).toBe(253);
  });
});

describe("due moments", () => {
  it("ends one working day after a Friday night on Monday", () => {
    expect(dueMoment(new Date("2026-11-20T22:00:00Z"), { workingDays: 1 }).toISOString()).toBe("2026-11-23T22:59:59.000Z");
  });
  it("starts the count on the Dutch day: 23:30 UTC in winter is already tomorrow", () => {
    expect(dutchDay(new Date("2026-11-19T23:30:00Z"))).toBe("2026-11-20");
    expect(dueMoment(new Date("2026-11-19T23:30:00Z"), { workingDays: 1 }).toISOString()).toBe("2026-11-23T22:59:59.000Z");
  });
  it("skips Good Friday and Easter Monday", () => {
    expect(dueMoment(new Date("2026-04-02T10:00:00Z"), { workingDays: 1 }).toISOString()).toBe("2026-04-07T21:59:59.000Z");
  });
  it("runs over the change to summer time (29 March 2026) and back (25 October 2026)", () => {
    expect(dueMoment(new Date("2026-03-27T10:00:00Z"), { workingDays: 1 }).toISOString()).toBe("2026-03-30T21:59:59.000Z");
    expect(dueMoment(new Date("2026-10-23T10:00:00Z"), { workingDays: 1 }).toISOString()).toBe("2026-10-26T22:59:59.000Z");
    expect(endOfDay("2026-03-29").toISOString()).toBe("2026-03-29T21:59:59.000Z");
    expect(endOfDay("2026-10-25").toISOString()).toBe("2026-10-25T22:59:59.000Z");
    expect(endOfDay("2026-03-28").toISOString()).toBe("2026-03-28T22:59:59.000Z");
  });
  it("runs hours at night, at Christmas and over a clock change as real hours", () => {
    expect(dueMoment(new Date("2026-12-24T23:30:00Z"), { hours: 1 }).toISOString()).toBe("2026-12-25T00:30:00.000Z");
    expect(dueMoment(new Date("2026-03-29T00:30:00Z"), { hours: 1 }).toISOString()).toBe("2026-03-29T01:30:00.000Z");
  });
  it("refuses a term that is no length", () => {
    expect(() => dueMoment(new Date(), { workingDays: 0 })).toThrow(RangeError);
    expect(() => dueMoment(new Date(), { hours: 1.5 })).toThrow(RangeError);
  });
  it("always ends on a working day, after the start, with exactly so many working days in between", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("2024-01-01"), max: new Date("2032-12-01"), noInvalidDate: true }),
        fc.integer({ min: 1, max: 60 }),
        (from, workingDays) => {
          const last = dutchDay(dueMoment(from, { workingDays }));
          expect(isWorkingDay(last)).toBe(true);
          let count = 0;
          for (let day = addDays(dutchDay(from), 1); day <= last; day = addDays(day, 1)) if (isWorkingDay(day)) count += 1;
          expect(count).toBe(workingDays);
        },
      ),
      { numRuns: 60 },
    );
  });
});
