/** What is told as one and what stands by itself, and when a desk is mailed. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { burstFrom, burstsOf, mailsOfGuests } from "./burst.ts";

const begin = Date.parse("2026-11-26T14:05:00Z");
const line = (id: string, minute: number, more: Partial<{ guest: boolean; phase: string }> = {}) => ({
  id,
  guest: true,
  phase: "filed",
  opened: new Date(begin + minute * 60_000).toISOString(),
  ...more,
});
const flood = (count: number, from = 0, apart = 1) => Array.from({ length: count }, (_, place) => line(`g${from}-${place}`, from + place * apart));

describe("bursts", () => {
  it("few reports stand by themselves, many within the hour are one group with the moment of the first", () => {
    expect(burstsOf(flood(burstFrom - 1))).toEqual([]);
    const [burst, ...more] = burstsOf(flood(412, 0, 0.1));
    expect(more).toEqual([]);
    expect([burst?.lines.length, burst?.since]).toEqual([412, "2026-11-26T14:05:00.000Z"]);
    expect(burstsOf(flood(100, 0, 10))).toEqual([]);
  });
  it("who has an account, what was taken up and what was taken out are never in a group", () => {
    const own = line("account", 3, { guest: false });
    const known = line("taken up", 4, { phase: "taken-up" });
    const out = line("out", 5);
    const [burst] = burstsOf([...flood(40), own, known, out], new Set(["out"]));
    for (const one of [own, known, out]) expect(burst?.lines).not.toContain(one);
    expect(burst?.lines).toHaveLength(40);
  });
  it("two floods with a quiet day between them are two groups", () => {
    expect(burstsOf([...flood(30), ...flood(25, 1_440)]).map(({ lines }) => lines.length)).toEqual([30, 25]);
  });
  it("whatever comes in, no line is in two groups, no group is small, and each window of many is in one", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ minute: fc.nat(2_000), guest: fc.boolean() }), { maxLength: 300 }), (minutes) => {
        const lines = minutes.map(({ minute, guest }, place) => line(String(place), minute, { guest }));
        const bursts = burstsOf(lines);
        const inside = bursts.flatMap((burst) => burst.lines);
        expect(new Set(inside).size).toBe(inside.length);
        for (const burst of bursts) expect(burst.lines.length).toBeGreaterThanOrEqual(burstFrom);
        for (const one of lines.filter(({ guest }) => guest)) {
          const from = Date.parse(one.opened);
          const window = lines.filter(({ guest, opened }) => guest && Date.parse(opened) >= from && Date.parse(opened) <= from + 3_600_000);
          if (window.length >= burstFrom) expect(inside).toContain(one);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("the mail of a burst", () => {
  const at = (minute: number): Date => new Date(begin + minute * 60_000);
  /** Goes through a flood minute by minute. @returns minutes at which a mail goes out */
  const mailed = (minutes: number, many: (minute: number) => boolean): number[] => {
    const kept: { before: { readonly told: Date; readonly latest: Date } | null } = { before: null };
    const out: number[] = [];
    for (let minute = 0; minute <= minutes; minute += 1) {
      const told = mailsOfGuests(many(minute), kept.before, at(minute));
      if (told) out.push(minute);
      kept.before = { told: told ? at(minute) : (kept.before?.told ?? at(minute)), latest: at(minute) };
    }
    return out;
  };
  it("is one, however long the flood goes on within a day, and one a day after that", () => {
    expect(mailed(1_000, (minute) => minute > 0)).toEqual([0]);
    expect(mailed(3_000, (minute) => minute > 0)).toEqual([0, 1_440, 2_880]);
  });
  it("is sent when a flood comes after a quiet hour, also after an earlier flood", () => {
    expect(mailsOfGuests(true, { told: at(0), latest: at(0) }, at(45))).toBe(true);
    expect(mailsOfGuests(true, { told: at(0), latest: at(0) }, at(20))).toBe(false);
    expect(mailsOfGuests(true, { told: at(0), latest: at(90) }, at(100))).toBe(false);
    expect(mailsOfGuests(true, { told: at(0), latest: at(90) }, at(200))).toBe(true);
  });
  it("few reports are mailed as always", () => {
    expect(mailsOfGuests(false, { told: at(0), latest: at(1) }, at(1))).toBe(true);
  });
});
