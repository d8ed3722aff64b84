/** `rugdekking estimate` as scripts meet it (design section 6): a request and a CSV beside it in, lines of the contract out, all or nothing. Data invented. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Type } from "typebox";
import { Parse } from "typebox/value";
import { afterAll, describe, expect, test } from "vitest";
import { main } from "./rugdekking.ts";

const folder = mkdtempSync(join(tmpdir(), "rugdekking-estimate-"));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, "data"));

const value = Type.Union([Type.Number(), Type.Null()]);
const Lines = Type.Array(
  Type.Object({
    id: Type.Union([Type.String(), Type.Number()]),
    group: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
    term: Type.Optional(Type.String()),
    estimate: value,
    se: value,
    low: value,
    high: value,
    df: value,
    deff: value,
    n: Type.Integer(),
    note: Type.Optional(Type.String()),
    p: Type.Optional(Type.Number()),
  }),
);

const header = "functie,bureau,gewicht,N,golf,bedreigd,uren,tevreden";
const people = Array.from({ length: 40 }, (_, row) =>
  [
    ["raadslid", "wethouder"][row % 2],
    `b${Math.floor(row / 4)}`,
    row % 2 === 0 ? 10 : 4,
    row % 2 === 0 ? 200 : 80,
    row < 20 ? 2022 : 2024,
    (row * 7) % 3 === 0 ? 1 : 0,
    10 + ((row * 13) % 29),
    row === 5 ? "" : ["nee", "ja"][(row * 5) % 3 === 0 ? 1 : 0],
  ].join(","),
);
writeFileSync(join(folder, "data", "wave.csv"), `${header}\n${people.join("\n")}\n`);
const design = { strata: "functie", weights: "gewicht", fpc: "N" };

async function run(spec: unknown, name = "spec.json"): Promise<{ exit: number; out: string; err: string; lines: ReturnType<typeof read> }> {
  writeFileSync(join(folder, name), typeof spec === "string" ? spec : JSON.stringify(spec));
  let [out, err] = ["", ""];
  const exit = await main(["estimate", join(folder, name)], { out: (text) => (out += text), err: (text) => (err += text), bar: false });
  return { exit, out, err, lines: exit === 0 ? read(out) : [] };
}
const read = (out: string) => Parse(Lines, JSON.parse(out));
const asked = (...estimates: readonly object[]) => ({ data: "data/wave.csv", missing: "drop", design, estimates });

describe("rugdekking estimate", () => {
  test("answers every statistic, in order, with the fields of the contract; the path is relative to the request", async () => {
    const { exit, err, lines } = await run(
      asked(
        { id: "m", statistic: "mean", of: "uren" },
        { id: "t", statistic: "total", of: "bedreigd", by: "functie" },
        { id: "p", statistic: "proportion", of: "tevreden", equals: "ja", interval: "beta", where: 'uren > 12 & functie == "raadslid"' },
        { id: "r", statistic: "ratio", of: ["bedreigd", "uren"] },
        { id: "q", statistic: "quantile", of: "uren", p: [0.25, 0.5], qrule: "school" },
        { id: "v", statistic: "variance", of: "uren" },
        { id: "d", statistic: "difference", of: "bedreigd", by: ["golf", "functie"] },
        { id: "g", statistic: "glm", formula: "bedreigd ~ functie + uren", family: "quasibinomial" },
        { id: "c", statistic: "chisq", of: ["tevreden", "functie"] },
        { id: "tt", statistic: "ttest", of: "uren", by: "functie" },
        { id: "tr", statistic: "trend", of: "uren", by: "golf" },
      ),
    );
    expect({ exit, err }).toEqual({ exit: 0, err: "" });
    expect(lines.map(({ id }) => id)).toEqual(["m", "t", "t", "p", "r", "q", "q", "v", "d", "d", "g", "g", "g", "c", "tt", "tr"]);
    expect(lines[0]).toMatchObject({ df: 38, n: 40 });
    expect(lines.filter(({ id }) => id === "t").map(({ group }) => group)).toEqual([{ functie: "raadslid" }, { functie: "wethouder" }]);
    expect(lines.filter(({ id }) => id === "d").map(({ term }) => term)).toEqual(["2024 - 2022", "2024 - 2022"]);
    expect(lines.filter(({ id }) => id === "q").map(({ term }) => term)).toEqual(["0.25", "0.5"]);
    for (const { low, estimate, high } of lines) if (low !== null && high !== null) expect(low <= (estimate ?? 0) && (estimate ?? 0) <= high).toBe(true);
  });

  test("calibrates, and makes or reads replicates", async () => {
    const estimates = [
      { id: "n", statistic: "total", of: "functie" },
      { id: "u", statistic: "mean", of: "uren" },
    ];
    const calibrate = [
      {
        type: "rake",
        margins: [
          { by: "functie", totals: { raadslid: 210, wethouder: 90 } },
          { by: ["golf"], totals: { 2022: 160, 2024: 140 } },
        ],
      },
    ];
    const raked = await run({ ...asked(...estimates), calibrate });
    expect(raked.lines.map(({ estimate }) => Math.round((estimate ?? 0) * 1e6) / 1e6).slice(0, 2)).toEqual([210, 90]);
    const linear = await run({
      ...asked(...estimates),
      calibrate: [
        {
          type: "linear",
          margins: [
            { by: [], totals: { "(Intercept)": 300 } },
            { by: "functie", totals: { functiewethouder: 90 } },
            { by: "uren", totals: { uren: 7000 } },
          ],
        },
      ],
    });
    expect(linear.lines.map(({ estimate }) => Math.round((estimate ?? 0) * 1e6) / 1e6)).toEqual([210, 90, Math.round((7000 / 300) * 1e6) / 1e6]);
    const jackknife = await run({ ...asked(...estimates), design: { ...design, fpc: null, replicates: { type: "JKn" } }, calibrate });
    expect(jackknife.lines.map(({ se }) => (se ?? 1) < 1e-6).slice(0, 2)).toEqual([true, true]);
    writeFileSync(
      join(folder, "data", "rep.csv"),
      `sampling,r1,r2\n${people.map((_, row) => `3,${row % 2 === 0 ? 6 : 0},${row % 2 === 0 ? 0 : 6}`).join("\n")}\n`,
    );
    const given = await run({ ...asked(...estimates), design: { replicates: { type: "BRR", columns: "data/rep.csv" } } });
    expect(given).toMatchObject({ exit: 0, err: "" });
  });

  test("takes the sampling weights from the file of replicate weights when they stand there", async () => {
    const rows = people.map((_, row) => `${row % 2 === 0 ? 10 : 4},${row % 2 === 0 ? 20 : 0},${row % 2 === 0 ? 0 : 8}`).join("\n");
    writeFileSync(join(folder, "data", "weighted.csv"), `basis,r1,r2\n${rows}\n`);
    const estimates = [{ id: "u", statistic: "total", of: "uren" }];
    const totalBy = (weights: string) => run({ ...asked(...estimates), design: { weights, replicates: { type: "BRR", columns: "data/weighted.csv" } } });
    const [beside, own] = [await totalBy("basis"), await run({ ...asked(...estimates), design: { weights: "gewicht" } })];
    expect(beside.lines[0]?.estimate).toBe(own.lines[0]?.estimate);
    expect(beside).toMatchObject({ exit: 0, err: "" });
  });

  test("names the file and the line of what is wrong in the data or the replicate weights", async () => {
    const estimates = [{ id: "u", statistic: "mean", of: "uren" }];
    expect((await run(asked({ id: "p", statistic: "proportion", of: "uren" }))).err).toMatch(/data\/wave\.csv: estimate "p": line 2: .*proportion-invalid/u);
    writeFileSync(join(folder, "data", "zero.csv"), `${header}\n${people[0]}\n\n${people[1]?.replace(",4,", ",0,")}\n`);
    // The empty line is none of the rows: row 2 stands on line 4.
    expect((await run({ ...asked(...estimates), data: "data/zero.csv", design: { weights: "gewicht" } })).err).toMatch(
      /data\/zero\.csv: line 4: .*weight-invalid/u,
    );
    const weights = people.map((_, row) => (row === 6 ? "1,1," : "1,1,1")).join("\n");
    writeFileSync(join(folder, "data", "hole.csv"), `sampling,r1,r2\n${weights}\n`);
    const { err } = await run({ ...asked(...estimates), design: { replicates: { type: "BRR", columns: "data/hole.csv" } } });
    expect(err).toMatch(/data\/hole\.csv: line 8: .*replicates-invalid/u);
  });

  test("says null with a word where a group has no answer to give", async () => {
    const { exit, lines } = await run(
      asked(
        { id: "nobody", statistic: "mean", of: "uren", where: "uren > 100" },
        { id: "all", statistic: "proportion", of: "bedreigd", interval: "asin", where: { bedreigd: 1 } },
      ),
    );
    expect(exit).toBe(0);
    expect(lines).toMatchObject([
      { id: "nobody", estimate: null, se: null, low: null, n: 0, note: "domain-empty" },
      { id: "all", estimate: 1, se: 0, low: null, high: null, note: "domain-degenerate" },
    ]);
  });

  test.each<[string, unknown, RegExp]>([
    ["no JSON", "{", /is not JSON/u],
    ["a word that is not in the contract", { ...asked({ id: 1, statistic: "mean", of: "uren" }), desing: {} }, /desing.*spec-malformed/u],
    ["an unknown statistic", asked({ id: 1, statistic: "median", of: "uren" }), /estimates\[0\]\.statistic.*choose mean/u],
    ["an unknown column", asked({ id: 1, statistic: "mean", of: "uurtjes" }), /uurtjes.*column-unknown/u],
    ["a text where numbers must be", asked({ id: 1, statistic: "ratio", of: ["functie", "uren"] }), /line 2, column "functie".*csv-value/u],
    ["a missing answer", { ...asked({ id: 1, statistic: "mean", of: "tevreden" }), missing: "fail" }, /line 7, column "tevreden".*value-missing/u],
    ["a condition that does not read", asked({ id: 1, statistic: "mean", of: "uren", where: "uren >" }), /where.*position/u],
    ["a file that is not there", { ...asked({ id: 1, statistic: "mean", of: "uren" }), data: "elders.csv" }, /elders\.csv is not there/u],
    [
      "totals of an unknown group",
      { ...asked({ id: 1, statistic: "mean", of: "uren" }), calibrate: [{ type: "poststratify", margins: [{ by: "functie", totals: { raadslid: 3 } }] }] },
      /wethouder.*stratum-unknown/u,
    ],
    ["weights that are names", { ...asked({ id: 1, statistic: "mean", of: "uren" }), design: { weights: "functie" } }, /line 2, column "functie".*csv-value/u],
  ])("refuses %s with one line, exit 1 and nothing on standard output", async (_, spec, message) => {
    const { exit, out, err } = await run(spec);
    expect({ exit, out }).toEqual({ exit: 1, out: "" });
    expect(err).toMatch(message);
    expect(err.trim().split("\n")).toHaveLength(1);
  });
});
