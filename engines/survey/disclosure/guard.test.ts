/** The differencing guard: what it refuses, why, in words, and that a reader who calculates finds nothing in what it lets through. Run by vitest only. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DisclosureError } from "./errors.ts";
import { emptyGuard, judge, publish, readGuardState, withhold, type Atom, type GuardState, type Publication, type PublishedNumber } from "./guard.ts";
import { combination, lightVectors, RowSpace } from "./row-space.ts";
import { determinedBy, type Population, type Statistic } from "./statistic.ts";

const provinces = ["Drenthe", "Utrecht", "Zeeland"];
const functions = ["burgemeester", "wethouder", "raadslid"];
const sizes: Readonly<Record<string, readonly number[]>> = { Drenthe: [5, 14, 60], Utrecht: [11, 25, 120], Zeeland: [4, 16, 55] };
const atoms: readonly Atom[] = ["2024", "2026"].flatMap((wave) =>
  provinces.flatMap((province) =>
    functions.map((role, index) => ({ wave, codes: { province, function: role }, n: (sizes[province]?.[index] ?? 0) + (wave === "2024" ? 3 : 0) })),
  ),
);

const everyone = (wave = "2026"): Population => ({ wave, where: {} });
const of = (where: Readonly<Record<string, readonly string[]>>, wave = "2026"): Population => ({ wave, where });
const number = (id: string, label: string, statistic: Statistic): PublishedNumber => ({ id, label, known: determinedBy(statistic) });
const share = (id: string, label: string, population: Population, question = "bedreigd"): PublishedNumber =>
  number(id, label, { kind: "share", of: question, population });
const publication = (id: string, numbers: readonly PublishedNumber[]): Publication => ({ id, title: `Publicatie ${id}`, on: "2026-11-02", numbers });

/** All of these published one after the other; each must be allowed. */
function after(...publications: readonly Publication[]): GuardState {
  let state = emptyGuard;
  for (const one of publications) {
    const { state: next, verdict } = publish(state, one, atoms);
    expect(verdict).toEqual({ allowed: true });
    state = next;
  }
  return state;
}

function leakOf(state: GuardState, one: Publication) {
  const verdict = judge(state, one, atoms);
  if (verdict.allowed || verdict.reason !== "leak") throw new Error("no leak was found");
  return verdict.leak;
}

const mayors = { function: ["burgemeester"] };

describe("one publication", () => {
  it("may speak of ten people, not of nine", () => {
    expect(judge(emptyGuard, publication("a", [share("1", "burgemeesters in Utrecht", of({ province: ["Utrecht"], ...mayors }))]), atoms)).toEqual({
      allowed: true,
    });
    const leak = leakOf(emptyGuard, publication("a", [share("1", "burgemeesters in Zeeland", of({ province: ["Zeeland"], ...mayors }))]));
    expect(leak).toMatchObject({
      people: 4,
      earlier: [],
      fresh: [{ number: "1" }],
      group: [{ codes: { province: "Zeeland", function: "burgemeester" }, n: 4 }],
    });
    expect(leak.words).toContain("«burgemeesters in Zeeland» is about 4 people only");
  });

  it("may not hold everyone and everyone but five", () => {
    const leak = leakOf(
      emptyGuard,
      publication("a", [
        share("1", "burgemeesters", of(mayors)),
        share("2", "burgemeesters buiten Drenthe", of({ province: ["Utrecht", "Zeeland"], ...mayors })),
      ]),
    );
    expect(leak.people).toBe(5);
    expect(leak.fresh.map(({ number: id }) => id).toSorted()).toEqual(["1", "2"]);
  });

  it("may not hold parts that leave a small group over from their sum", () => {
    const parts = functions.slice(1).map((role, index) => share(`${index}`, `${role} in Zeeland`, of({ province: ["Zeeland"], function: [role] })));
    const leak = leakOf(emptyGuard, publication("a", [...parts, share("all", "Zeeland", of({ province: ["Zeeland"] }))]));
    expect(leak.people).toBe(4);
    expect(leak.fresh).toHaveLength(3);
    expect(leak.words).toMatch(/added and subtracted, leave 4 people/u);
  });
});

describe("over publications", () => {
  const report = publication("rapport", [share("12", "alle burgemeesters", of(mayors))]);

  it("refuses the difference with what was published before, and names both", () => {
    const factsheet = publication("factsheet", [share("3", "burgemeesters buiten Zeeland", of({ province: ["Drenthe", "Utrecht"], ...mayors }))]);
    const leak = leakOf(after(report), factsheet);
    expect(leak).toMatchObject({
      people: 4,
      measures: [expect.any(String)],
      earlier: [{ publication: "rapport", number: "12", on: "2026-11-02" }],
      fresh: [{ publication: "factsheet", number: "3" }],
    });
    expect(leak.words).toContain(
      "Together with «alle burgemeesters» (Publicatie rapport, 2026-11-02), which is public, the new number «burgemeesters buiten Zeeland» would leave 4 people",
    );
  });

  it("remembers over any number of publications and three of them together", () => {
    const state = after(
      publication("a", [share("1", "Zeeland", of({ province: ["Zeeland"] }))]),
      publication("b", [share("1", "raadsleden in Zeeland", of({ province: ["Zeeland"], function: ["raadslid"] }))]),
      publication("c", [share("1", "alle wethouders", of({ function: ["wethouder"] }))]),
    );
    const leak = leakOf(state, publication("d", [share("1", "wethouders in Zeeland", of({ province: ["Zeeland"], function: ["wethouder"] }))]));
    expect(leak.people).toBe(4);
    expect(leak.earlier.map(({ publication: id }) => id)).toEqual(["a", "b"]);
  });

  it("does not mix waves or questions that have nothing to do with each other", () => {
    const other = publication("b", [
      number("1", "buiten Zeeland, 2024", { kind: "share", of: "bedreigd", population: of({ province: ["Drenthe", "Utrecht"] }, "2024") }),
    ]);
    expect(judge(after(publication("a", [share("1", "allen", everyone())])), other, atoms)).toEqual({ allowed: true });
    // The same group, another question: its n is public already and the group is large.
    expect(judge(after(report), publication("b", [share("1", "burgemeesters", of(mayors), "aangifte")]), atoms)).toEqual({ allowed: true });
  });

  it("follows a change between waves that is published without the two figures", () => {
    const [now, then] = [of({ province: ["Drenthe", "Utrecht"] }), everyone("2024")];
    const change: Statistic = { kind: "difference", of: "bedreigd", populations: [now, then], sizes: [235, 337] };
    const state = after(publication("a", [share("1", "allen, 2024", then), share("2", "allen", everyone())]));
    // 235 people leave Zeeland's 75: large, so allowed; then Zeeland without its mayors leaves 4.
    const next = publish(state, publication("b", [number("1", "verandering", change)]), atoms);
    expect(next.verdict).toEqual({ allowed: true });
    const leak = leakOf(
      next.state,
      publication("c", [share("1", "wethouders en raadsleden in Zeeland", of({ province: ["Zeeland"], function: ["wethouder", "raadslid"] }))]),
    );
    expect(leak.people).toBe(4);
    // The answers need the change; the n is told by the two sizes alone.
    expect(leak.earlier.length).toBeGreaterThan(0);
  });

  it("holds nothing against a new number that was out already", () => {
    const open: GuardState = {
      version: 1,
      publications: [publication("oud", [share("1", "burgemeesters in Zeeland", of({ province: ["Zeeland"], ...mayors }))])],
    };
    expect(judge(open, publication("nieuw", [share("1", "wethouders in Utrecht", of({ province: ["Utrecht"], function: ["wethouder"] }))]), atoms)).toEqual({
      allowed: true,
    });
    expect(judge(open, publication("nieuw", [share("1", "burgemeesters in Drenthe", of({ province: ["Drenthe"], ...mayors }))]), atoms)).toMatchObject({
      allowed: false,
    });
  });

  it("leaves the state as it was when it refuses, and only adds when it allows", () => {
    const state = after(report);
    const refused = publish(state, publication("b", [share("1", "burgemeesters in Zeeland", of({ province: ["Zeeland"], ...mayors }))]), atoms);
    expect(refused.state).toBe(state);
    const allowed = publish(state, publication("c", [share("1", "allen", everyone())]), atoms);
    expect(allowed.state.publications.slice(0, 1)).toEqual(state.publications);
    expect(readGuardState(JSON.parse(JSON.stringify(allowed.state)))).toEqual(allowed.state);
  });

  it("withholds as little as needed, the last first, with the reason", () => {
    const mixed = publication("b", [
      share("1", "allen", everyone()),
      share("2", "burgemeesters in Utrecht", of({ province: ["Utrecht"], ...mayors })),
      share("3", "burgemeesters buiten Zeeland", of({ province: ["Drenthe", "Utrecht"], ...mayors })),
      share("4", "raadsleden", of({ function: ["raadslid"] })),
    ]);
    const { publication: rest, withheld } = withhold(after(report), mixed, atoms);
    // Without Utrecht's mayors, those of Drenthe and Zeeland together are 9.
    expect(rest.numbers.map(({ id }) => id)).toEqual(["1", "4"]);
    expect(withheld.map(({ number: id }) => id).toSorted()).toEqual(["2", "3"]);
    expect(withheld.every(({ because }) => because.includes("Publicatie rapport"))).toBe(true);
    expect(publish(after(report), rest, atoms).verdict).toEqual({ allowed: true });
  });
});

/**
 * The reader's own calculation: every combination of the published numbers with factors from -3 to 3. Up to five sums of groups that is all there is to try, since the factors that leave a smallest group are
 * minors of at most four rows and columns of zeros and ones. Shares nothing with the guard.
 */
function singledOut(rows: readonly (readonly number[])[], weights: readonly number[], minimum: number): boolean {
  const walk = (index: number, sums: readonly number[]): boolean => {
    if (index === rows.length) {
      const people = weights.reduce((sum, weight, at) => sum + (sums[at] === 0 ? 0 : weight), 0);
      return people > 0 && people < minimum && sums.every((value) => value >= 0);
    }
    return [-3, -2, -1, 0, 1, 2, 3].some((factor) =>
      walk(
        index + 1,
        sums.map((value, at) => value + factor * (rows[index]?.[at] ?? 0)),
      ),
    );
  };
  return walk(
    0,
    weights.map(() => 0),
  );
}

describe("a reader who tries every group and every combination", () => {
  const codes = ["a", "b", "c", "d", "e", "f"];

  it("finds a small group exactly where the guard refuses", () => {
    let [refused, allowed] = [0, 0];
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 14 }), { minLength: 6, maxLength: 6 }),
        fc.array(fc.subarray(codes, { minLength: 1 }), { minLength: 1, maxLength: 5 }),
        (weights, groups) => {
          const people = codes.map((place, index) => ({ wave: "2026", codes: { place }, n: weights[index] ?? 0 }));
          const one = publication(
            "x",
            groups.map((place, index) => number(`${index}`, place.join(""), { kind: "count", population: of({ place }) })),
          );
          const verdict = judge(emptyGuard, one, people);
          const found = singledOut(
            groups.map((group) => codes.map((code) => (group.includes(code) ? 1 : 0))),
            weights,
            10,
          );
          expect(verdict.allowed).toBe(!found);
          if (verdict.allowed) allowed += 1;
          else refused += 1;
        },
      ),
      { numRuns: 400, seed: 9 },
    );
    expect(Math.min(refused, allowed)).toBeGreaterThan(40);
  });

  it("finds nothing in what was published bit by bit, with what the guard refused left out", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 14 }), { minLength: 6, maxLength: 6 }),
        fc.array(fc.subarray(codes, { minLength: 1 }), { minLength: 3, maxLength: 5 }),
        (weights, groups) => {
          const people = codes.map((place, index) => ({ wave: "2026", codes: { place }, n: weights[index] ?? 0 }));
          let state = emptyGuard;
          for (const [index, place] of groups.entries()) {
            state = publish(state, publication(`${index}`, [number("1", place.join(""), { kind: "count", population: of({ place }) })]), people).state;
          }
          const out = state.publications.flatMap(({ numbers }) =>
            numbers.flatMap(({ known }) => known.flatMap(({ terms }) => terms.map(({ population }) => population.where["place"] ?? []))),
          );
          const rows = out.map((group) => codes.map((code) => (group.includes(code) ? 1 : 0)));
          expect(singledOut(rows, weights, 10)).toBe(false);
        },
      ),
      { numRuns: 150, seed: 11 },
    );
  });
});

describe("a difference between two small groups", () => {
  const people = ["a", "b", "c"].map((place, index) => ({ wave: "2026", codes: { place }, n: [3, 4, 20][index] ?? 0 }));
  const both = publication("x", [
    number("1", "ac", { kind: "count", population: of({ place: ["a", "c"] }) }),
    number("2", "bc", { kind: "count", population: of({ place: ["b", "c"] }) }),
  ]);

  it("isolates neither: let through, unless asked to be strict", () => {
    expect(judge(emptyGuard, both, people)).toEqual({ allowed: true });
    expect(judge(emptyGuard, both, people, { strict: true })).toMatchObject({ allowed: false, leak: { people: 7 } });
  });
});

describe("what cannot be decided", () => {
  const places = ["a", "b", "c", "d", "e", "f"];
  const people = places.map((place) => ({ wave: "2026", codes: { place }, n: 4 }));
  const ring = publication(
    "x",
    places.map((place, index) =>
      number(place, place, { kind: "count", population: of({ place: [place, places[(index + 1) % 6] ?? "", places[(index + 2) % 6] ?? ""] }) }),
    ),
  );

  it("is refused, since a search that was cut off shows nothing", () => {
    expect(judge(emptyGuard, ring, people, { budget: 1 })).toMatchObject({ allowed: false, reason: "undecided" });
    expect(withhold(emptyGuard, ring, people, { budget: 1 }).withheld.length).toBeGreaterThan(0);
    expect(judge(emptyGuard, ring, people)).toEqual({ allowed: true });
  });

  it("and so is what grows beyond what is counted exactly", () => {
    expect(lightVectors([[2 ** 60, 1]], [3, 3], 10, 100, () => "heavy")).toBe(false);
    expect(lightVectors([[2, 1]], [3, 3], 10, 100, () => "heavy")).toBe(true);
  });
});

describe("a ratio", () => {
  it("speaks of both its sums and of the people", () => {
    const known = determinedBy({ kind: "ratio", of: "meldingen", over: "incidenten", population: everyone() });
    expect(known.map(({ terms }) => terms[0]?.measure)).toEqual(["people", "meldingen", "incidenten"]);
    const ratio = publication("r", [
      number("1", "meldingen per incident, burgemeesters in Zeeland", {
        kind: "ratio",
        of: "meldingen",
        over: "incidenten",
        population: of({ province: ["Zeeland"], ...mayors }),
      }),
    ]);
    expect(leakOf(emptyGuard, ratio).measures).toEqual(["meldingen"]);
  });
});

describe("exact linear algebra", () => {
  it("does not round where doubles would: rows of numbers near 2^53", () => {
    const big = 9_007_199_254_740_881;
    const space = new RowSpace(3);
    expect(space.add([big, big - 2, 1])).toBe(true);
    expect(space.add([big - 4, big - 6, 3])).toBe(true);
    expect(space.holds([4, 4, -2])).toBe(true);
    expect(space.holds([4, 4, -1])).toBe(false);
    expect(space.add([1, 0, 0])).toBe(true);
    expect(space.rank).toBe(3);
  });

  it("writes what follows as a combination, and says when it does not", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 5, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
        fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 4, maxLength: 4 }),
        (rows, by) => {
          const target = Array.from({ length: 5 }, (_, at) => rows.reduce((sum, row, index) => sum + (row[at] ?? 0) * (by[index] ?? 0), 0));
          const found = combination(rows, target);
          expect(found).not.toBeNull();
          for (const [at, value] of target.entries())
            expect(rows.reduce((sum, row, index) => sum + (row[at] ?? 0) * (found?.coefficients[index] ?? 0), 0)).toBe(value * (found?.multiple ?? 0) + 0);
        },
      ),
    );
    expect(
      combination(
        [
          [1, 0],
          [2, 0],
        ],
        [0, 1],
      ),
    ).toBeNull();
  });
});

describe("misuse", () => {
  const good = publication("a", [share("1", "allen", everyone())]);

  it("is refused with a code that says what", () => {
    const cases: readonly (readonly [() => unknown, string])[] = [
      [() => judge(after(good), good, atoms), "publication-repeated"],
      [() => judge(emptyGuard, publication("b", [share("1", "x", everyone("2030"))]), atoms), "atoms-missing"],
      [() => judge(emptyGuard, publication("b", [share("1", "x", of({ gender: ["v"] }))]), atoms), "dimension-unknown"],
      [() => judge(emptyGuard, { ...good, on: "2 november" }, atoms), "publication-malformed"],
      [() => judge(emptyGuard, publication("b", [share("1", "x", everyone()), share("1", "y", everyone())]), atoms), "publication-malformed"],
      [() => judge(emptyGuard, good, [{ wave: "2026", codes: {}, n: -1 }]), "table-malformed"],
      [() => judge(emptyGuard, good, atoms, { minimum: 1 }), "setting-invalid"],
      [() => judge(emptyGuard, good, atoms, { budget: 0 }), "setting-invalid"],
      [() => determinedBy({ kind: "difference", of: "x", populations: [everyone(), everyone("2024")], sizes: [1.5, 2] }), "publication-malformed"],
    ];
    for (const [work, code] of cases) expect(work).toThrow(expect.objectContaining({ code }));
  });

  it("any JSON as state is read or refused", () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.record({ version: fc.constant(1), publications: fc.jsonValue() })), (value) => {
        try {
          readGuardState(value);
        } catch (error) {
          expect(error).toBeInstanceOf(DisclosureError);
        }
      }),
      { numRuns: 200 },
    );
  });
});
