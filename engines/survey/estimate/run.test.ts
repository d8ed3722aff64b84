/** What a request must be told: answers of the wrong kind, what was left out, replicates without a value, groups without a fit, fields nobody would hear. Data invented. */
import { readFile } from "node:fs/promises";
import { describe, expect, test, vi } from "vitest";
import { parseCsv } from "#engines/survey/csv/parse.ts";
import { degreesOfFreedom, makeDesign, makeReplicates } from "#engines/survey/design/index.ts";
import { SurveyError } from "#engines/survey/errors.ts";
import { means, standardError } from "#engines/survey/statistics/index.ts";
import { type EstimateLine, parseSpec, runSpec } from "./index.ts";

// Counts how often degrees of freedom are worked out; nothing else is changed.
vi.mock(import("#engines/survey/design/index.ts"), async (original) => {
  const door = await original();
  return { ...door, degreesOfFreedom: vi.fn(door.degreesOfFreedom) };
});

const lines = (csv: string, request: object, replicates: string | null = null): readonly EstimateLine[] =>
  runSpec(parseSpec({ data: "data.csv", ...request }), parseCsv(csv), replicates === null ? null : parseCsv(replicates));

function refusal(run: () => unknown): SurveyError {
  try {
    run();
  } catch (error) {
    if (error instanceof SurveyError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}
const malformed = (estimate: object, design: object = {}): string =>
  refusal(() => parseSpec({ data: "d.csv", design, estimates: [{ id: 1, ...estimate }] })).message;

/** Three groups of four; `threat` of c is always yes. */
const people = `group,unit,weight,threat,answer,hours,full
a,1,2,1,ja,10,12
a,2,2,0,nee,14,12
a,3,2,1,ja,11,12
a,4,2,0,,17,12
b,5,3,0,nee,20,12
b,6,3,1,ja,25,12
b,7,3,0,nee,21,12
b,8,3,1,,28,12
c,9,1,1,ja,30,12
c,10,1,1,ja,33,12
c,11,1,1,ja,39,12
c,12,1,1,nee,31,12
`;
const weighted = { weights: "weight" };

describe("the answer that is counted", () => {
  test.each([
    ["a text beside numbers", { of: "threat", equals: "ja" }],
    ["a number beside names", { of: "answer", equals: 1 }],
    ["yes or no beside names", { of: "answer", equals: true }],
  ])("is refused when it is %s", (_, asked) => {
    expect(refusal(() => lines(people, { design: weighted, estimates: [{ id: 1, statistic: "proportion", ...asked }] })).code).toBe("column-kind");
  });

  test("may be yes or no where numbers are 1 and 0", () => {
    const asked = (equals: unknown) => lines(people, { design: weighted, estimates: [{ id: 1, statistic: "mean", of: "threat", equals }] });
    expect(asked(true)).toEqual(asked(1));
  });

  test("that nobody in the whole table gave is said", () => {
    const [found] = lines(people, { design: weighted, estimates: [{ id: 1, statistic: "mean", of: "answer", equals: "jaa" }] });
    expect(found).toMatchObject({ estimate: 0, note: "level-unknown" });
  });

  test("of a glm makes its response, as a column of zeros and ones would", () => {
    const table = people.replaceAll(/^(\w,.*),(ja|nee),/gmu, (_, before: string, answer: string) => `${before},${answer === "nee" ? "zeker niet" : "ja"},`);
    const [by, own] = ["answer", "threat"].map((response) =>
      lines(response === "threat" ? table.replaceAll(/,[01],(ja|zeker niet),/gu, (_, answer: string) => `,${answer === "ja" ? 1 : 0},${answer},`) : table, {
        design: weighted,
        estimates: [
          {
            id: 1,
            statistic: "glm",
            formula: `${response} ~ hours`,
            family: "quasibinomial",
            where: "!is.na(answer)",
            ...(response === "answer" ? { equals: "ja" } : {}),
          },
        ],
      }),
    );
    expect(by).toEqual(own);
    expect(by?.map(({ term }) => term)).toEqual(["(Intercept)", "hours"]);
  });
});

test("rows without an answer are left out unless the request says otherwise, and counted", () => {
  const asked = { design: weighted, estimates: [{ id: 1, statistic: "mean", of: "answer", equals: "ja" }] };
  expect(lines(people, asked)).toMatchObject([{ n: 10, leftOut: 2, note: "rows-left-out" }]);
  expect(lines(people, { ...asked, estimates: [{ id: 1, statistic: "mean", of: "threat" }] })[0]).not.toHaveProperty("note");
  expect(refusal(() => lines(people, { ...asked, missing: "fail" }))).toMatchObject({ code: "value-missing", data: { line: 5 } });
});

describe("a difference", () => {
  const asked = { id: 1, statistic: "difference", of: "hours", by: "group" };
  test("is of its own two groups: rows, degrees of freedom and error", () => {
    const found = lines(people, { design: { ...weighted, strata: "group" }, estimates: [asked] });
    const pair = lines(people, { design: { ...weighted, strata: "group" }, estimates: [{ ...asked, where: 'group != "b"' }] });
    expect(found.map(({ term, n, df }) => ({ term, n, df }))).toEqual([
      { term: "b - a", n: 8, df: 6 },
      { term: "c - a", n: 8, df: 6 },
    ]);
    expect(found.slice(1)).toEqual(pair);
  });

  test("loses only the replicates in which one of its two groups has nobody, and says so", () => {
    // Every other replicate leaves out all of c.
    const weights = people
      .trim()
      .split("\n")
      .slice(1)
      .map((line, row) => [1, 2, 3, 4, 5, 6].map((one) => (line.startsWith("c") && one % 2 === 0 ? 0 : 1 + ((row * one) % 5))).join(","));
    const design = { ...weighted, replicates: { type: "bootstrap", columns: "replicates.csv" } };
    const found = lines(people, { design, estimates: [asked] }, `r1,r2,r3,r4,r5,r6\n${weights.join("\n")}\n`);
    expect(found.map(({ term, replicatesDropped, note }) => ({ term, replicatesDropped, note }))).toEqual([
      { term: "b - a", replicatesDropped: undefined, note: undefined },
      { term: "c - a", replicatesDropped: 3, note: "replicates-dropped" },
    ]);
    expect(found.every(({ se }) => (se ?? 0) > 0)).toBe(true);
  });
});

describe("a model", () => {
  test("is left out of the replicates in which it has no fit, and the others give its error", () => {
    // Unit 4 is the only one of b that says no: without it b is all yes.
    const csv = "g,unit,y\na,1,1\na,2,0\na,5,1\na,6,0\na,3,1\nb,1,1\nb,2,1\nb,3,1\nb,4,0\nb,5,1\n";
    const found = lines(csv, {
      design: { clusters: "unit", replicates: { type: "JK1" } },
      estimates: [{ id: 1, statistic: "glm", formula: "y ~ g", family: "quasibinomial" }],
    });
    expect(found.map(({ term, replicatesDropped, note }) => ({ term, replicatesDropped, note }))).toEqual([
      { term: "(Intercept)", replicatesDropped: 1, note: "replicates-dropped" },
      { term: "gb", replicatesDropped: 1, note: "replicates-dropped" },
    ]);
    expect(found.every(({ se }) => (se ?? 0) > 0 && Number.isFinite(se))).toBe(true);
  });

  test("that cannot be fitted in one group leaves the other groups their estimates", () => {
    const found = lines(people, {
      design: weighted,
      estimates: [{ id: 1, statistic: "glm", formula: "threat ~ 1", family: "quasibinomial", by: "group" }],
    });
    expect(found.map(({ group, estimate, note }) => ({ ...group, found: estimate !== null, note }))).toEqual([
      { group: "a", found: true, note: undefined },
      { group: "b", found: true, note: undefined },
      { group: "c", found: false, note: "separation" },
    ]);
  });

  test("of everybody there is has no sampling variance: the estimate for certain, with a note", () => {
    const census = { strata: "group", fpc: "full" };
    const csv = people.replaceAll(/,12$/gmu, ",4");
    const [found] = lines(csv, { design: census, estimates: [{ id: 1, statistic: "ttest", of: "hours", by: "group", where: 'group != "c"' }] });
    expect(found).toMatchObject({ term: "difference", se: 0, p: 0, note: "domain-degenerate" });
    expect(found?.estimate).toBeCloseTo(10.5, 10);
    expect([found?.low, found?.high]).toEqual([found?.estimate, found?.estimate]);
  });
});

describe("a finite population", () => {
  const sized = { strata: "group", fpc: "full", weights: "weight" };
  const estimates = [{ id: 1, statistic: "mean", of: "hours" }];
  test.each(["BRR", "Fay"])("is refused for replicates of type %s, which cannot count it", (type) => {
    const replicates = { type, ...(type === "Fay" ? { rho: 0.5 } : {}) };
    expect(refusal(() => lines(people, { design: { ...sized, replicates }, estimates }))).toMatchObject({
      code: "replicates-invalid",
      data: { path: "design.replicates.type" },
    });
    expect(lines(people, { design: { ...sized, fpc: null, replicates }, estimates })).toHaveLength(1);
  });

  test("counts in a bootstrap, by drawing from the population as R's bootstrap does", () => {
    const [found] = lines(people, { design: { ...sized, replicates: { type: "bootstrap", count: 50, seed: 4 } }, estimates });
    const table = parseCsv(people);
    const values = (name: string): Float64Array => {
      const column = table.columns.get(name);
      return column?.kind === "number" ? column.values : new Float64Array(0);
    };
    const group = table.columns.get("group");
    const design = makeDesign({
      rows: 12,
      strata: group?.kind === "category" ? [{ codes: group.codes, names: group.levels, values: group.levels }] : [],
      weights: values("weight"),
      fpc: [values("full")],
    });
    const replicated = makeReplicates(design, { type: "bootstrap", method: "canty-davison", replicates: 50, seed: 4 });
    expect(found?.se).toBe(standardError(means(replicated, [values("hours")])));
  });
});

test("a group whose every stratum has one unit has no average to take, and says so; the other groups have", () => {
  const csv = `${people}d,13,5,1,ja,8,12\n`;
  const found = lines(csv, {
    design: { ...weighted, strata: "group", lonelyPsu: "average" },
    estimates: [{ id: 1, statistic: "mean", of: "hours", by: "group" }],
  });
  expect(found.map(({ note }) => note)).toEqual([undefined, undefined, undefined, "no-degrees-of-freedom"]);
});

test("degrees of freedom are worked out once for a domain, however many estimates and terms there are of it", () => {
  const counted = vi.mocked(degreesOfFreedom);
  counted.mockClear();
  lines(people, {
    design: { ...weighted, replicates: { type: "JK1" } },
    estimates: [
      { id: 1, statistic: "mean", of: "group" },
      { id: 2, statistic: "total", of: "group" },
      { id: 3, statistic: "mean", of: "hours" },
      { id: 4, statistic: "mean", of: "hours", by: "group" },
      { id: 5, statistic: "quantile", of: "hours", p: [0.25, 0.5], by: "group" },
    ],
  });
  expect(counted).toHaveBeenCalledTimes(4);
});

test("a field that would not be heard is refused, by its path", () => {
  expect(malformed({ statistic: "mean", of: "hours", interval: "beta" })).toMatch(/^estimates\[0\]\.interval means nothing for a mean/u);
  expect(malformed({ statistic: "ratio", of: ["a", "b"], equals: 1 })).toMatch(/equals means nothing for a ratio/u);
  expect(malformed({ statistic: "proportion", of: "a", p: 0.5 })).toMatch(/\.p means nothing for a proportion/u);
  const mean = { statistic: "mean", of: "hours" };
  expect(malformed(mean, { strata: "group", replicates: { type: "BRR", columns: ["r1", "r2"] } })).toMatch(/^design\.strata means nothing beside/u);
  expect(malformed(mean, { replicates: { type: "JKn", count: 5 } })).toMatch(/^design\.replicates\.count means nothing/u);
  expect(malformed(mean, { replicates: { type: "bootstrap", rho: 0.5 } })).toMatch(/^design\.replicates\.rho means nothing/u);
  expect(malformed(mean, { replicates: { type: "bootstrap", scale: 1 } })).toMatch(/^design\.replicates\.scale means nothing/u);
});

test("the README names every field of a request in the section about it", async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const section = readme.slice(readme.indexOf("## The request"), readme.indexOf("## Compared with R"));
  const none = { data: "d.csv", estimates: [{ id: 1, statistic: "mean", of: "y" }] };
  const places = [
    { ...none, "?": 1 },
    { ...none, design: { "?": 1 } },
    { ...none, design: { replicates: { "?": 1 } } },
    { ...none, calibrate: [{ "?": 1 }] },
    { ...none, calibrate: [{ type: "rake", margins: [{ "?": 1 }] }] },
    { ...none, estimates: [{ "?": 1 }] },
  ];
  const fields = places.flatMap((place) => (refusal(() => parseSpec(place)).message.split("it may have ")[1] ?? "").split(", "));
  expect(fields).toHaveLength(5 + 7 + 9 + 4 + 2 + 12);
  expect(fields.filter((field) => !section.includes(`\`${field}\``) && !section.includes(`"${field}"`))).toEqual([]);
});
