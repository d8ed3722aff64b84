/** The audit against trying every table: equal in two dimensions, where a vertex is whole; never narrower in three. Run by vitest only. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { audit } from "./audit.ts";
import { minimumRule } from "./rules.ts";
import { suppress } from "./suppress.ts";
import { cellOf, cellValues, eachCellOf, makeCube, type Cube, type Dimension } from "./table.ts";
import { attack } from "./testing-attack.ts";

const flat = (id: string, size: number): Dimension => ({ id, codes: Array.from({ length: size }, (_, code) => ({ code: `${id}${code}`, parent: null })) });

/** Bounds by trying every table, when the grand total is public so that there is an end to it. */
function tried(cube: Cube, counts: readonly number[], hidden: readonly number[]) {
  const inside: number[][] = Array.from({ length: cube.size }, () => []);
  for (const atom of cube.atoms.keys()) eachCellOf(cube, atom, (cell) => inside[cell]?.push(atom));
  const values = cellValues(cube, counts);
  const known = inside.flatMap((atoms, cell) => (cube.published[cell] === 1 && !hidden.includes(cell) ? [{ atoms, value: values[cell] ?? 0 }] : []));
  const zeros = new Set(counts.flatMap((value, atom) => (value === 0 ? [atom] : [])));
  return attack(
    cube.atoms.length,
    known,
    hidden.map((cell) => inside[cell] ?? []),
    zeros,
    values[0] ?? 0,
  );
}

const hiddenIn = (cube: Cube, chosen: readonly boolean[]): readonly number[] =>
  Array.from({ length: cube.size }, (_, cell) => cell).filter((cell) => cell !== 0 && chosen[cell] === true);

describe("the audit of a pattern", () => {
  it("finds in two dimensions exactly what trying every table finds", () => {
    const cube = makeCube([flat("a", 3), flat("b", 2)]);
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 6 }), { minLength: 6, maxLength: 6 }),
        fc.array(fc.boolean(), { minLength: cube.size, maxLength: cube.size }),
        (counts, chosen) => {
          const hidden = hiddenIn(cube, chosen);
          const told = audit(cube, counts, hidden);
          for (const [index, { low, high }] of tried(cube, counts, hidden).entries()) {
            expect(told[index]?.low).toBeCloseTo(low, 6);
            expect(told[index]?.high).toBeCloseTo(high, 6);
            if (told[index]?.exact === true) expect(low).toBe(high);
          }
        },
      ),
      { numRuns: 80, seed: 3 },
    );
  });

  it("is never narrower than trying every table in three dimensions", () => {
    const cube = makeCube([flat("a", 2), flat("b", 2), flat("c", 2)]);
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 3 }), { minLength: 8, maxLength: 8 }),
        fc.array(
          fc.integer({ min: 0, max: 2 }).map((value) => value === 0),
          { minLength: cube.size, maxLength: cube.size },
        ),
        (counts, chosen) => {
          const hidden = hiddenIn(cube, chosen);
          const told = audit(cube, counts, hidden);
          for (const [index, { low, high }] of tried(cube, counts, hidden).entries()) {
            expect(told[index]?.low).toBeLessThanOrEqual(low + 1e-6);
            expect(told[index]?.high).toBeGreaterThanOrEqual(high - 1e-6);
          }
        },
      ),
      { numRuns: 40, seed: 4 },
    );
  });

  it("sees that a single suppressed cell is read exactly, and that suppression keeps the interval open, in a table of the size that is published", () => {
    const cube = makeCube([flat("province", 12), flat("function", 6)]);
    const counts = cube.atoms.map((_, atom) => (atom === 8 ? 4 : 11 + ((atom * 7) % 40)));
    const values = cellValues(cube, counts);
    const [sensitive] = minimumRule(cube, values);
    const cell = sensitive?.cell ?? 0;
    expect(audit(cube, counts, [cell])).toEqual([{ cell, exact: true, low: 4, high: 4 }]);
    const made = suppress(cube, [{ id: "n", values: counts, sensitive: minimumRule(cube, values) }]);
    const [told] = audit(cube, counts, [cell, ...made.secondary]);
    expect(told?.exact).toBe(false);
    expect(told?.high).toBeGreaterThanOrEqual(10);
    expect(told?.low).toBeLessThanOrEqual(3);
  });

  it("says when nothing bounds a cell", () => {
    const cube = makeCube([flat("a", 2)]);
    const cells = [{ a: "a0" }, {}].map((key) => cellOf(cube, key));
    expect(audit(cube, [3, 12], cells)).toEqual([
      { cell: cells[0], exact: false, low: 0, high: Number.POSITIVE_INFINITY },
      { cell: cells[1], exact: false, low: 12, high: Number.POSITIVE_INFINITY },
    ]);
  });
});
