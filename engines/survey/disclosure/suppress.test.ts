/** Suppression against an attacker who tries every table: no sensitive cell is narrowed to within its protection interval, by whatever dimensions, margins and linked tables. Run by vitest only. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flawsOf } from "./certificate.ts";
import { DisclosureError } from "./errors.ts";
import { emptyGuard, judge } from "./guard.ts";
import { concentrationRule, emptyBase, minimumRule, shareRule } from "./rules.ts";
import { determinedBy } from "./statistic.ts";
import { suppress } from "./suppress.ts";
import { atomValues, cellOf, cellValues, cellWords, eachCellOf, keyOf, makeCube, populationOf, type Cube, type Dimension } from "./table.ts";
import { attack, type Equation } from "./testing-attack.ts";

const flat = (id: string, size: number): Dimension => ({ id, codes: Array.from({ length: size }, (_, code) => ({ code: `${id}${code}`, parent: null })) });

/** Atoms of each cell, by the definition of a sum. */
function atomsOf(cube: Cube): readonly (readonly number[])[] {
  const inside: number[][] = Array.from({ length: cube.size }, () => []);
  for (const atom of cube.atoms.keys()) eachCellOf(cube, atom, (cell) => inside[cell]?.push(atom));
  return inside;
}

/** What the attacker finds about each cell when the pattern is published. */
function attacked(cube: Cube, counts: readonly number[], suppressed: readonly number[], cells: readonly number[]) {
  const inside = atomsOf(cube);
  const values = cellValues(cube, counts);
  const hidden = new Set(suppressed);
  const known: Equation[] = inside.flatMap((atoms, cell) => (cube.published[cell] === 1 && !hidden.has(cell) ? [{ atoms, value: values[cell] ?? 0 }] : []));
  const zeros = new Set(counts.flatMap((value, atom) => (value === 0 ? [atom] : [])));
  return attack(
    cube.atoms.length,
    known,
    cells.map((cell) => inside[cell] ?? []),
    zeros,
    // A witness adds at most what is asked, so no table above this is needed; trying fewer tables only makes the attacker's interval narrower.
    Math.max(...counts) + 10,
  );
}

const shapes: readonly { readonly name: string; readonly cube: Cube; readonly most: number; readonly runs: number }[] = [
  { name: "3 x 3", cube: makeCube([flat("a", 3), flat("b", 3)]), most: 9, runs: 40 },
  { name: "2 x 4", cube: makeCube([flat("a", 2), flat("b", 4)]), most: 9, runs: 40 },
  { name: "2 x 2 x 2", cube: makeCube([flat("a", 2), flat("b", 2), flat("c", 2)]), most: 7, runs: 40 },
  {
    name: "linked: a x b and a x c",
    cube: makeCube(
      [flat("a", 2), flat("b", 2), flat("c", 2)],
      [
        ["a", "b"],
        ["a", "c"],
      ],
    ),
    most: 3,
    runs: 40,
  },
  {
    name: "hierarchy x 2",
    cube: makeCube([
      {
        id: "place",
        codes: [{ code: "N", parent: null }, { code: "S", parent: null }, ...["N1", "N2", "S1", "S2"].map((code) => ({ code, parent: code.charAt(0) }))],
      },
      flat("b", 2),
    ]),
    most: 7,
    runs: 40,
  },
];

describe.each(shapes)("an attacker who tries every table of $name", ({ cube, most, runs }) => {
  it("never narrows a sensitive cell to within its protection interval", () => {
    let protectedCells = 0;
    fc.assert(
      fc.property(fc.array(fc.nat({ max: most }), { minLength: cube.atoms.length, maxLength: cube.atoms.length }), (counts) => {
        const values = cellValues(cube, counts);
        const measure = { id: "n", values: counts, sensitive: minimumRule(cube, values, 4) };
        let made;
        try {
          made = suppress(cube, [measure]);
        } catch (error) {
          // So much is empty that no pattern protects it: said, not published.
          expect(error).toMatchObject({ code: "cannot-protect" });
          return;
        }
        expect(flawsOf(cube, [measure], made)).toEqual([]);
        const found = attacked(cube, counts, [...made.primary, ...made.secondary], made.primary);
        for (const [index, { cell, upper, lower }] of measure.sensitive.entries()) {
          expect(found[index]?.high).toBeGreaterThanOrEqual((values[cell] ?? 0) + upper);
          expect(found[index]?.low).toBeLessThanOrEqual((values[cell] ?? 0) - lower);
          protectedCells += 1;
        }
      }),
      { numRuns: runs, seed: 20261126 },
    );
    expect(protectedCells).toBeGreaterThan(15);
  });
});

describe("the same attacker", () => {
  const cube = makeCube([flat("a", 3), flat("b", 3)]);
  const counts = [12, 5, 20, 15, 30, 11, 14, 25, 16];

  it("reads a cell exactly when only that cell is suppressed", () => {
    const { cell } = minimumRule(cube, cellValues(cube, counts))[0] ?? { cell: 0 };
    expect(attacked(cube, counts, [cell], [cell])).toEqual([{ low: 5, high: 5 }]);
  });

  it("reads it exactly when a second cell in the same row is suppressed, since the columns still add up", () => {
    const cells = [
      { a: "a1", b: "b0" },
      { a: "a0", b: "b0" },
    ].map((key) => cellOf(cube, key));
    expect(attacked(cube, counts, cells, cells.slice(0, 1))).toEqual([{ low: 5, high: 5 }]);
  });

  it("knows it to within one when the corners of a box are too small, although no sum gives it away", () => {
    const small = [2, 1, 20, 0, 30, 11, 14, 25, 16].map((value) => value + 1);
    const box = [
      { a: "a0", b: "b0" },
      { a: "a1", b: "b0" },
      { a: "a0", b: "b1" },
      { a: "a1", b: "b1" },
    ].map((key) => cellOf(cube, key));
    const [found] = attacked(cube, small, box, box.slice(1, 2));
    expect((found?.high ?? 0) - (found?.low ?? 0)).toBeLessThan(10);
    const measure = { id: "n", values: small, sensitive: minimumRule(cube, cellValues(cube, small)) };
    const made = suppress(cube, [measure]);
    expect(attacked(cube, small, [...made.primary, ...made.secondary], box.slice(1, 2))[0]?.high).toBeGreaterThanOrEqual(10);
  });

  it("succeeds against random tables where only the sensitive cells are suppressed", () => {
    let read = 0;
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = fc.sample(fc.array(fc.nat({ max: 9 }), { minLength: 9, maxLength: 9 }), { numRuns: 1, seed })[0] ?? [];
      const naive = minimumRule(cube, cellValues(cube, random), 4);
      const found = attacked(
        cube,
        random,
        naive.map(({ cell }) => cell),
        naive.map(({ cell }) => cell),
      );
      if (found.some(({ high }) => high < 4)) read += 1;
    }
    expect(read).toBeGreaterThan(20);
  });
});

describe("suppression", () => {
  const province = flat("province", 12);
  const dimensions = [province, flat("function", 6), flat("size", 5)];

  /** Some 4,500 people over 360 groups, most in a few of them. */
  function wave(cube: Cube, seed: number): number[] {
    let state = seed;
    const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    return cube.atoms.map(() => Math.floor(-Math.log(1 - random()) * 12.5));
  }

  it("protects provinces x functions x size classes with all margins, with a proof for each cell", () => {
    const cube = makeCube(dimensions);
    const counts = wave(cube, 7);
    const measure = { id: "n", values: counts, sensitive: minimumRule(cube, cellValues(cube, counts)) };
    expect(measure.sensitive.length).toBeGreaterThan(100);
    const made = suppress(cube, [measure]);
    expect(flawsOf(cube, [measure], made)).toEqual([]);
  });

  it("protects three linked tables of two dimensions each", () => {
    const cube = makeCube(dimensions, [
      ["province", "function"],
      ["province", "size"],
      ["function", "size"],
    ]);
    const counts = wave(cube, 11).map((n, atom) => (cube.atomNodes[atom]?.[0] === 1 ? Math.floor(n / 20) : n));
    const measure = { id: "n", values: counts, sensitive: minimumRule(cube, cellValues(cube, counts)) };
    expect(measure.sensitive.length).toBeGreaterThan(2);
    expect(flawsOf(cube, [measure], suppress(cube, [measure]))).toEqual([]);
  });

  it("keeps what must be kept, and says so when that leaves no way", () => {
    const cube = makeCube([flat("a", 3), flat("b", 3)]);
    const counts = [12, 5, 20, 15, 30, 11, 14, 25, 16];
    const measure = { id: "n", values: counts, sensitive: minimumRule(cube, cellValues(cube, counts)) };
    const keep = [cellOf(cube, {}), cellOf(cube, { a: "a0" }), cellOf(cube, { a: "a0", b: "b0" })];
    const made = suppress(cube, [measure], { keep });
    expect(made.secondary.filter((cell) => keep.includes(cell))).toEqual([]);
    expect(flawsOf(cube, [measure], made)).toEqual([]);
    const all = Array.from({ length: cube.size }, (_, cell) => cell).filter((cell) => cell !== measure.sensitive[0]?.cell);
    expect(() => suppress(cube, [measure], { keep: all })).toThrow(expect.objectContaining({ code: "cannot-protect" }));
    expect(() => suppress(cube, [measure], { keep: [measure.sensitive[0]?.cell ?? 0] })).toThrow(DisclosureError);
  });

  it("protects a count and a total with one pattern, since a mean beside its n gives the total", () => {
    const cube = makeCube([flat("a", 4), flat("b", 4)]);
    const contributions = cube.atoms.map((_, atom) =>
      atom === 5 ? [900, 20, 10] : Array.from({ length: 12 + atom }, (_each, one) => 5 + ((one * 7 + atom) % 11)),
    );
    const [counts, totals] = [contributions.map((each) => each.length), contributions.map((each) => each.reduce((a, b) => a + b, 0))];
    const measures = [
      { id: "n", values: counts, sensitive: minimumRule(cube, cellValues(cube, counts)) },
      { id: "hours", values: totals, sensitive: concentrationRule(cube, contributions, { dominance: { n: 1, k: 75 }, percent: 10 }) },
    ];
    expect(measures.map(({ sensitive }) => sensitive.length)).toEqual([1, expect.any(Number)]);
    const made = suppress(cube, measures);
    expect(flawsOf(cube, measures, made)).toEqual([]);
    expect(made.witnesses.some(({ measure }) => measure === "hours")).toBe(true);
  });

  it("is refused by its own check when a witness or a cell is taken away", () => {
    const cube = makeCube([flat("a", 3), flat("b", 3)]);
    const counts = [12, 5, 20, 15, 30, 11, 14, 25, 16];
    const measure = { id: "n", values: counts, sensitive: minimumRule(cube, cellValues(cube, counts)) };
    const made = suppress(cube, [measure]);
    expect(flawsOf(cube, [measure], { ...made, witnesses: made.witnesses.slice(1) })).toEqual([expect.objectContaining({ what: "unprotected" })]);
    expect(flawsOf(cube, [measure], { ...made, secondary: made.secondary.slice(1) })).toContainEqual(expect.objectContaining({ what: "contradicted" }));
    expect(flawsOf(cube, [measure], { ...made, primary: [] })).toContainEqual(expect.objectContaining({ what: "published" }));
    const narrow = made.witnesses.map((one) => ({ ...one, changes: one.changes.map(([atom, by]) => [atom, Math.sign(by)] as const) }));
    expect(flawsOf(cube, [measure], { ...made, witnesses: narrow })).toContainEqual(expect.objectContaining({ what: "too-narrow" }));
  });
});

describe("shares, with the answers as a dimension", () => {
  const cube = makeCube([
    flat("place", 3),
    flat("role", 2),
    {
      id: "threatened",
      codes: [
        { code: "yes", parent: null },
        { code: "no", parent: null },
      ],
    },
  ]);

  it("hide a small base and its answers, and a reader who tries every table cannot tell either", () => {
    let small = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 3 })), { minLength: 6, maxLength: 6 }), (answers) => {
        const counts = [...answers.map(([yes]) => yes), ...answers.map(([, no]) => no)];
        const values = cellValues(cube, counts);
        const measure = { id: "n", values: counts, sensitive: shareRule(cube, values, "threatened", 3) };
        const zeros = emptyBase(cube, values, "threatened");
        let made;
        try {
          made = suppress(cube, [measure], { zeros });
        } catch (error) {
          expect(error).toMatchObject({ code: "cannot-protect" });
          return;
        }
        expect(flawsOf(cube, [measure], made, zeros)).toEqual([]);
        const inside = atomsOf(cube);
        const hidden = new Set([...made.primary, ...made.secondary]);
        // Trying every table is for those with a public total: without one there is no end to them.
        if (hidden.has(0)) return;
        const known: Equation[] = inside.flatMap((atoms, cell) => (hidden.has(cell) ? [] : [{ atoms, value: values[cell] ?? 0 }]));
        const empty = new Set(zeros.flatMap((nobody, atom) => (nobody ? [atom] : [])));
        if (made.primary.length + made.secondary.length > 14) return;
        const found = attack(
          cube.atoms.length,
          known,
          measure.sensitive.map(({ cell }) => inside[cell] ?? []),
          empty,
          6,
        );
        for (const [index, { cell, upper, lower }] of measure.sensitive.entries()) {
          expect(found[index]?.high).toBeGreaterThanOrEqual((values[cell] ?? 0) + upper);
          expect(found[index]?.low).toBeLessThanOrEqual((values[cell] ?? 0) - lower);
          small += 1;
        }
      }),
      { numRuns: 60, seed: 5 },
    );
    expect(small).toBeGreaterThan(20);
  });

  it("leave a small share of a large base alone: that is the figure itself", () => {
    const counts = [1, 20, 30, 2, 40, 50, 30, 20, 30, 40, 40, 50];
    expect(shareRule(cube, cellValues(cube, counts), "threatened")).toEqual([]);
    expect(() => shareRule(cube, cellValues(cube, counts), "gender")).toThrow(expect.objectContaining({ code: "dimension-unknown" }));
  });
});

describe("the differencing guard", () => {
  it("lets a table through that was suppressed for the same minimum, and refuses it unsuppressed", () => {
    const cube = makeCube([flat("a", 5), flat("b", 4), flat("c", 3)]);
    let refused = 0;
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 30 }), { minLength: 60, maxLength: 60 }), (counts) => {
        const values = cellValues(cube, counts);
        const measure = { id: "n", values: counts, sensitive: minimumRule(cube, values) };
        const made = suppress(cube, [measure]);
        const people = cube.atoms.map((cell, atom) => ({ wave: "2026", codes: keyOf(cube, cell), n: counts[atom] ?? 0 }));
        const out = (hidden: readonly number[]) => ({
          id: "a",
          title: "table",
          on: "2026-11-02",
          numbers: Array.from({ length: cube.size }, (_, cell) => cell)
            .filter((cell) => (values[cell] ?? 0) > 0 && !hidden.includes(cell))
            .map((cell) => ({
              id: `${cell}`,
              label: cellWords(cube, cell),
              known: determinedBy({ kind: "share", of: "q", population: populationOf(cube, cell, "2026") }),
            })),
        });
        expect(judge(emptyGuard, out([...made.primary, ...made.secondary]), people)).toEqual({ allowed: true });
        if (made.secondary.length > 0 && !judge(emptyGuard, out(made.primary), people).allowed) refused += 1;
      }),
      { numRuns: 5, seed: 6 },
    );
    expect(refused).toBeGreaterThan(2);
  });
});

describe("rules that make a cell sensitive", () => {
  it("minimum n: 1 to 9 people, an empty cell only when asked", () => {
    const cube = makeCube([flat("a", 3)]);
    const values = cellValues(cube, [0, 9, 10]);
    expect(minimumRule(cube, values).map(({ cell, upper, lower }) => [cell, upper, lower])).toEqual([[cellOf(cube, { a: "a1" }), 1, 1]]);
    expect(minimumRule(cube, values, 10, "sensitive").map(({ cell }) => cell)).toEqual([1, 2]);
    expect(() => minimumRule(cube, values, 1)).toThrow(expect.objectContaining({ code: "setting-invalid" }));
  });

  // Hundepool et al. (2012), section 4.2: the worked comparisons of the two rules.
  it("p %: the second largest may not come within p percent of the largest", () => {
    const cube = makeCube([flat("a", 2)]);
    const [safe, unsafe] = [
      [100, 60, 20],
      [100, 60, 9],
    ];
    const found = concentrationRule(cube, [safe, unsafe], { percent: 10 });
    expect(found).toEqual([{ cell: cellOf(cube, { a: "a1" }), upper: 1, lower: 1, rule: "p-percent" }]);
  });

  it("(n, k): the n largest may not have more than k percent", () => {
    const cube = makeCube([flat("a", 2)]);
    const found = concentrationRule(
      cube,
      [
        [50, 30, 20],
        [80, 10, 10],
      ],
      { dominance: { n: 1, k: 75 } },
    );
    expect(found.map(({ cell }) => cell)).toEqual([cellOf(cube, { a: "a1" })]);
    expect(found[0]?.upper).toBeCloseTo(80 / 0.75 - 100, 9);
  });
});

describe("tables", () => {
  it("refuse circles, strangers and repeats in a classification", () => {
    const wrong: readonly Dimension[] = [
      {
        id: "a",
        codes: [
          { code: "x", parent: "y" },
          { code: "y", parent: "x" },
        ],
      },
      { id: "a", codes: [{ code: "x", parent: "z" }] },
      {
        id: "a",
        codes: [
          { code: "x", parent: null },
          { code: "x", parent: null },
        ],
      },
      { id: "a", codes: [] },
      { id: "a", codes: [{ code: "*", parent: null }] },
    ];
    for (const one of wrong) expect(() => makeCube([one])).toThrow(expect.objectContaining({ code: "dimension-malformed" }));
    expect(() => makeCube([flat("a", 2)], [["b"]])).toThrow(expect.objectContaining({ code: "dimension-unknown" }));
    expect(() => makeCube(Array.from({ length: 8 }, (_, which) => flat(`d${which}`, 9)))).toThrow(expect.objectContaining({ code: "table-too-large" }));
  });

  it("add up over a hierarchy, and take values at leaves only", () => {
    const cube = makeCube([
      {
        id: "p",
        codes: [
          { code: "N", parent: null },
          { code: "N1", parent: "N" },
          { code: "N2", parent: "N" },
        ],
      },
      flat("f", 2),
    ]);
    const values = cellValues(
      cube,
      atomValues(cube, [
        { key: { p: "N1", f: "f0" }, value: 3 },
        { key: { p: "N2", f: "f1" }, value: 4 },
      ]),
    );
    expect([{ p: "N" }, { p: "N", f: "f0" }, { f: "f1" }, {}].map((key) => values[cellOf(cube, key)])).toEqual([7, 3, 4, 7]);
    for (const key of [{ p: "N", f: "f0" }, { p: "N1" }])
      expect(() => atomValues(cube, [{ key, value: 1 }])).toThrow(expect.objectContaining({ code: "table-malformed" }));
    for (const value of [-1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => atomValues(cube, [{ key: { p: "N1", f: "f0" }, value }])).toThrow(DisclosureError);
  });
});
