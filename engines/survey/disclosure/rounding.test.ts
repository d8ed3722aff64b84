/** Rounding: next to the value, adding up, as near as can be. Run by vitest only. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { controlledRounding, roundToBase } from "./rounding.ts";
import { cellOf, cellValues, eachCellOf, makeCube, type Cube, type Dimension } from "./table.ts";

const flat = (id: string, size: number): Dimension => ({ id, codes: Array.from({ length: size }, (_, code) => ({ code: `${id}${code}`, parent: null })) });
const tables = fc
  .record({ rows: fc.integer({ min: 1, max: 6 }), columns: fc.integer({ min: 1, max: 6 }), base: fc.integer({ min: 2, max: 10 }) })
  .chain(({ rows, columns, base }) =>
    fc.record({
      cube: fc.constant(makeCube([flat("a", rows), flat("b", columns)])),
      base: fc.constant(base),
      values: fc.array(fc.nat({ max: 40 }), { minLength: rows * columns, maxLength: rows * columns }),
    }),
  );

const distance = (cube: Cube, values: readonly number[], rounded: Float64Array): number =>
  cellValues(cube, values).reduce((sum, value, cell) => sum + Math.abs(value - (rounded[cell] ?? 0)), 0);

describe("rounding each number by itself", () => {
  it("goes to the nearest multiple, a tie up", () => {
    expect([0, 2, 2.5, 7, 8, 12.49].map((value) => roundToBase(value, 5))).toEqual([0, 0, 5, 5, 10, 10]);
    for (const [value, base] of [
      [1, 1],
      [1, 2.5],
      [1, 0],
    ] as const)
      expect(() => roundToBase(value, base)).toThrow(expect.objectContaining({ code: "setting-invalid" }));
    for (const value of [-1, Number.NaN]) expect(() => roundToBase(value, 5)).toThrow(expect.objectContaining({ code: "table-malformed" }));
  });
});

describe("controlled rounding (Cox and Ernst 1982)", () => {
  it("keeps all sums, moves each number by less than a base and leaves multiples alone", () => {
    fc.assert(
      fc.property(tables, ({ cube, base, values }) => {
        const rounded = controlledRounding(cube, values, base);
        const sums = new Float64Array(cube.size);
        for (const [atom, cell] of cube.atoms.entries()) eachCellOf(cube, atom, (above) => (sums[above] = (sums[above] ?? 0) + (rounded[cell] ?? 0)));
        expect(rounded).toEqual(sums);
        for (const [cell, value] of cellValues(cube, values).entries()) {
          expect((rounded[cell] ?? 0) % base).toBe(0);
          expect(Math.abs((rounded[cell] ?? 0) - value)).toBeLessThan(base);
          if (value % base === 0) expect(rounded[cell]).toBe(value);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("has the least total distance of all that do, for two by two", () => {
    const cube = makeCube([flat("a", 2), flat("b", 2)]);
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 20 }), { minLength: 4, maxLength: 4 }), (values) => {
        const truth = cellValues(cube, values);
        let least = Number.POSITIVE_INFINITY;
        for (let choice = 0; choice < 16; choice += 1) {
          const atoms = values.map((value, atom) => Math.floor(value / 5) * 5 + (value % 5 !== 0 && ((choice >> atom) & 1) === 1 ? 5 : 0));
          const all = cellValues(cube, atoms);
          if (all.every((value, cell) => Math.abs(value - (truth[cell] ?? 0)) < 5)) least = Math.min(least, distance(cube, values, all));
        }
        expect(distance(cube, values, controlledRounding(cube, values, 5))).toBe(least);
      }),
    );
  });

  it("rounds one dimension, and says what it cannot do", () => {
    const row = makeCube([flat("a", 3)]);
    const rounded = controlledRounding(row, [2, 2, 2], 5);
    expect(rounded[cellOf(row, {})]).toBe(5);
    expect([1, 2, 3].map((cell) => rounded[cell] ?? 0).reduce((a, b) => a + b)).toBe(5);
    expect(() => controlledRounding(makeCube([flat("a", 2), flat("b", 2), flat("c", 2)]), Array(8).fill(1), 5)).toThrow(
      expect.objectContaining({ code: "not-roundable" }),
    );
    const levels = makeCube([
      {
        id: "a",
        codes: [
          { code: "N", parent: null },
          { code: "N1", parent: "N" },
        ],
      },
    ]);
    expect(() => controlledRounding(levels, [1], 5)).toThrow(expect.objectContaining({ code: "not-roundable" }));
    expect(() => controlledRounding(row, [1], 5)).toThrow(expect.objectContaining({ code: "table-malformed" }));
  });
});
