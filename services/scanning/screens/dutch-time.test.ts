/** A date and a time as filled in become the moment Dutch clocks show them, whatever the device is set to. */
import { describe, expect, it } from "vitest";
import { dutchMoment, isDay } from "./dutch-time.ts";

describe("dutchMoment", () => {
  it("is one hour behind UTC's clock in winter and two in summer", () => {
    expect(dutchMoment("2026-11-26", "10:00")).toBe("2026-11-26T09:00:00.000Z");
    expect(dutchMoment("2026-07-01", "10:00")).toBe("2026-07-01T08:00:00.000Z");
  });
  it("holds on the days the clock changes", () => {
    expect(dutchMoment("2026-03-29", "10:00")).toBe("2026-03-29T08:00:00.000Z");
    expect(dutchMoment("2026-10-25", "10:00")).toBe("2026-10-25T09:00:00.000Z");
  });
  it("gives nothing for what was not filled in as it should be", () => {
    expect([dutchMoment("", "10:00"), dutchMoment("2026-11-26", ""), dutchMoment("2026-13-41", "10:00")]).toEqual([null, null, null]);
    expect(isDay("2026-02-30x")).toBe(false);
  });
});
