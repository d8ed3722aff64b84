/** Padmé, PoPETS 2019, algorithm 1: the paper's bound of 12 %, and a table that must not move. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { padmeLength } from "./verify.ts";
import vector from "./vectors/padme.json" with { type: "json" };

describe("Padmé", () => {
  it.each(vector.table)("%i bytes become %i", (length, padded) => expect(padmeLength(length ?? -1)).toBe(padded));
  it("never adds more than 12 %, never shortens, never falls, and pads a padded length no further", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (length) => {
        const padded = padmeLength(length);
        expect(padded).toBeGreaterThanOrEqual(length);
        expect((padded - length) / length).toBeLessThanOrEqual(0.12);
        expect(padmeLength(padded)).toBe(padded);
        expect(padmeLength(length + 1)).toBeGreaterThanOrEqual(padded);
      }),
      { numRuns: 100 },
    );
    for (let length = 1; length <= 4096; length++) expect(padmeLength(length) - length).toBeLessThanOrEqual(length * 0.12);
  });
  it("follows the paper's own bit arithmetic", () => {
    for (let length = 2; length < 70_000; length += 37) {
      const exponent = 31 - Math.clz32(length);
      const mask = (1 << (exponent - (32 - Math.clz32(exponent)))) - 1;
      expect(padmeLength(length)).toBe((length + mask) & ~mask);
    }
  });
  it.each([-1, 1.5, Number.NaN, Infinity])("refuses %f", (length) =>
    expect(() => padmeLength(length)).toThrow(expect.objectContaining({ code: "length-mismatch" })),
  );
});
