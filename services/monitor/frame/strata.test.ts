/** [Note: No crowd under ten] and [Note: How small strata are merged]: whatever the frame, nobody is left out and nobody stands in a smaller crowd. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stratumName, type StratumKey } from "#services/monitor/contract/index.ts";
import { allocate, drawOf, REST, strataOf } from "./strata.ts";

const keys = fc.record({
  function: fc.constantFrom("raadslid", "wethouder", "burgemeester"),
  organisationType: fc.constantFrom("gemeente", "waterschap"),
  province: fc.constantFrom("utrecht", "drenthe", "limburg"),
  sizeClass: fc.constantFrom("klein", "midden", "groot"),
}) satisfies fc.Arbitrary<StratumKey>;
const many = (n: number, key: Partial<StratumKey>): StratumKey[] =>
  Array.from({ length: n }, () => ({ function: "raadslid", organisationType: "gemeente", province: "utrecht", sizeClass: "klein", ...key }));

describe("strata", () => {
  it("hold every row once, in a crowd of ten, under names of their own, whatever the frame", () => {
    fc.assert(
      fc.property(fc.array(keys, { minLength: 10, maxLength: 300 }), (rows) => {
        const strata = strataOf(rows);
        expect(strata.flatMap(({ rows: own }) => own).toSorted((a, b) => a - b)).toEqual(rows.map((_, at) => at));
        expect(new Set(strata.map(({ key }) => stratumName(key))).size).toBe(strata.length);
        for (const { key, rows: own } of strata) {
          expect(own.length).toBeGreaterThanOrEqual(10);
          // A name never says something of a member that is not so, and leaves out nothing that is so of all.
          for (const part of ["function", "organisationType", "province", "sizeClass"] as const) {
            const codes = new Set(own.map((row) => rows[row]?.[part]));
            expect(codes.size === 1 ? [...codes] : [REST]).toContain(key[part]);
          }
        }
      }),
    );
  });
  it("leave a large one alone and join two small size classes first", () => {
    const rows = [...many(40, {}), ...many(6, { sizeClass: "midden" }), ...many(7, { sizeClass: "groot" }), ...many(12, { province: "drenthe" })];
    expect(strataOf(rows).map(({ key, rows: own }) => [stratumName(key), own.length])).toEqual([
      ["raadslid/gemeente/drenthe/klein", 12],
      ["raadslid/gemeente/utrecht/klein", 40],
      ["raadslid/gemeente/utrecht/overig", 13],
    ]);
  });
  it("let the twelve King's Commissioners' worth of a rare function stand together over the provinces, and one lone person go in with the nearest", () => {
    const rows = [
      ...many(30, {}),
      ...["utrecht", "drenthe", "limburg"].flatMap((province) => many(4, { function: "commissaris", province })),
      ...many(1, { function: "dijkgraaf" }),
    ];
    const strata = strataOf(rows);
    expect(strata.find(({ key }) => key.function === "commissaris" || key.function === REST)?.rows.length).toBe(13);
  });
  it("refuse a frame that is no crowd at all", () => {
    expect(() => strataOf(many(9, {}))).toThrow(RangeError);
  });
});

describe("a sample", () => {
  it("is in proportion, never under ten and never more than there are; drawing repeats nobody", () => {
    const strata = strataOf([...many(1000, {}), ...many(20, { province: "drenthe" })]);
    expect(allocate(strata, 200)).toEqual([10, 196]);
    let at = 0;
    const [, large] = strata;
    if (large === undefined) throw new Error("no second stratum");
    const drawn = drawOf(large, 196, () => (at += 0.37) % 1);
    expect(new Set(drawn).size).toBe(196);
  });
});
