/** Calendar files of several days: whole days that no clock moves, each found again by its UID, and nothing in them that tells what they are for. Run by vitest only. */
import { describe, expect, it } from "vitest";
import { calendarFile, type CalendarMark } from "./calendar.ts";

const mark = (subject: string, day: string, change: Partial<CalendarMark> = {}): CalendarMark => ({
  subject,
  title: "Afspraak",
  when: { day },
  changed: "2026-11-26T22:30:00Z",
  sequence: 1,
  off: false,
  ...change,
});
const linesOf = async (...marks: readonly CalendarMark[]): Promise<string[]> => (await calendarFile(marks)).replaceAll("\r\n ", "").split("\r\n");

describe("a calendar file of days", () => {
  it("names whole days, whatever the device's clock says", async () => {
    const lines = await linesOf(mark("aftercare x a", "2026-12-01"), mark("aftercare x b", "2027-03-28"));
    expect(lines.filter((line) => line.startsWith("DTSTART"))).toEqual(["DTSTART;VALUE=DATE:20261201", "DTSTART;VALUE=DATE:20270328"]);
    expect(lines.filter((line) => line === "BEGIN:VEVENT")).toHaveLength(2);
    expect(lines).toContain("METHOD:PUBLISH");
  });
  it("finds the same appointment again, and takes away the one that is off", async () => {
    const first = await linesOf(mark("aftercare x a", "2026-12-01"), mark("aftercare x b", "2026-12-08"));
    const then = await linesOf(mark("aftercare x a", "2026-12-02", { sequence: 2 }), mark("aftercare x b", "2026-12-08", { sequence: 2, off: true }));
    const uids = (lines: readonly string[]): string[] => lines.filter((line) => line.startsWith("UID"));
    expect(uids(then)).toEqual(uids(first));
    expect(new Set(uids(first)).size).toBe(2);
    expect(then.filter((line) => line.startsWith("STATUS"))).toEqual(["STATUS:CONFIRMED", "STATUS:CANCELLED"]);
  });
  it("cancels when nothing is left", async () => {
    expect(await linesOf(mark("aftercare x a", "2026-12-01", { off: true }))).toContain("METHOD:CANCEL");
  });
  it("says nothing of help, aftercare or the dossier", async () => {
    const text = (await calendarFile([mark("aftercare 0199b1c4-1111-7222-8333-444455556666 a", "2026-12-01")])).toLowerCase();
    for (const word of ["rugdekking", "aftercare", "nazorg", "hulp", "help", "steun", "0199b1c4"]) expect(text).not.toContain(word);
  });
});
