/** Response and margins of fieldwork: against published values and by property. Run by vitest only. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { marginOfHalf, responseOf, wilson } from "./response.ts";

const stratum = (name: string, population: number, invited: number) => ({
  key: { function: name, organisationType: "gemeente", province: "alle", sizeClass: "alle" },
  population,
  invited,
  spki: "",
});

describe("response", () => {
  // Newcombe 1998, Statistics in Medicine 17: 857-872, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("has Wilson's interval: %i of %i", (count, n, low, high) => {
    const ends = wilson(count, n);
    expect(ends.low).toBeCloseTo(low, 4);
    expect(ends.high).toBeCloseTo(high, 4);
  });

  it("always lies within its interval, and that within 0 and 1", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
        const count = Math.floor(share * n);
        const { low, high } = wilson(count, n);
        expect([0 <= low, low <= count / n, count / n <= high, high <= 1]).toEqual([true, true, true, true]);
      }),
    );
  });

  it("gives the margin of one half: 1,067 of very many is three points, everyone is none, nobody cannot be said", () => {
    expect(marginOfHalf(1_067, 1_000_000)).toBeCloseTo(0.03, 3);
    expect(marginOfHalf(355, 355)).toBe(0);
    expect(marginOfHalf(0, 355)).toBeNull();
    expect(marginOfHalf(100, 200)).toBeCloseTo(0.0695, 4);
  });

  it("joins the statement with the counts, says which strata are too thin, and makes no number of what is not told", () => {
    const { strata, all, untold } = responseOf(
      { strata: [stratum("raadslid", 400, 200), stratum("dijkgraaf", 12, 12), stratum("wethouder", 80, 80)] },
      {
        strata: [
          { stratum: "raadslid/gemeente/alle/alle", invitations: 200, collected: 90, answered: 80 },
          { stratum: "dijkgraaf/gemeente/alle/alle", invitations: 12, collected: 3, answered: null },
          { stratum: "wethouder/gemeente/alle/alle", invitations: 80, collected: 10, answered: 9 },
        ],
        answered: 89,
      },
    );
    expect(strata.map(({ name, answered, thin }) => [name.split("/")[0], answered, thin])).toEqual([
      ["dijkgraaf", null, true],
      ["raadslid", 80, false],
      ["wethouder", 9, true],
    ]);
    expect(strata[0]).toMatchObject({ response: null, margin: null });
    expect(strata[1]?.response?.share).toBe(0.4);
    // Under five of the three that collected may have answered: the upper end counts them, the lower does not.
    expect([all.response?.low, all.response?.high]).toEqual([wilson(89, 292).low, wilson(92, 292).high]);
    expect([all.population, all.invitations, all.collected, all.answered, untold]).toEqual([492, 292, 103, 89, 1]);
  });
});
