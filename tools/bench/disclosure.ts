/**
 * What it costs to make a set of tables safe: suppression, its check, and the guard over all that stays. Beside adding up the same tables once. `node tools/bench/disclosure.ts`.
 */
import { loadavg } from "node:os";
import {
  cellValues,
  cellWords,
  determinedBy,
  emptyGuard,
  flawsOf,
  judge,
  keyOf,
  makeCube,
  minimumRule,
  populationOf,
  publish,
  suppress,
  type Cube,
  type Dimension,
  type Publication,
} from "@rugdekking/survey/disclosure";
import { table, tell, type Row } from "./table.ts";

const flat = (id: string, size: number): Dimension => ({ id, codes: Array.from({ length: size }, (_, code) => ({ code: `${id}${code}`, parent: null })) });
const dimensions = [flat("province", 12), flat("function", 6), flat("size", 5)];
const pairs = [
  ["province", "function"],
  ["province", "size"],
  ["function", "size"],
];
const questions = 40;

/** People per finest group, most of them in a few: exponential, with large and small provinces, functions and sizes. */
function people(cube: Cube, mean: number): number[] {
  let state = 7;
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  return cube.atomNodes.map(([province = 0, role, size]) =>
    Math.floor(-Math.log(1 - random()) * mean * (province < 4 ? 2.5 : 0.6) * (role === 3 ? 3 : 0.4) * (size === 2 ? 2 : 0.7)),
  );
}

/** Runs once to warm up, then three times. @returns the middle time in milliseconds */
function time(work: () => unknown): number {
  work();
  const times = Array.from({ length: 3 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return times.toSorted((a, b) => a - b)[1] ?? 0;
}

const loadBefore = loadavg();
const rows: Row[] = [];
const cases = [
  { name: "12 x 6 x 5 with all margins", cube: makeCube(dimensions), mean: 12.5 },
  { name: "12 x 6 x 5, many people", cube: makeCube(dimensions), mean: 60 },
  { name: "three linked tables of 12 x 6, 12 x 5, 6 x 5", cube: makeCube(dimensions, pairs), mean: 12.5 },
];
for (const { name, cube, mean } of cases) {
  tell(name);
  const counts = people(cube, mean);
  const values = cellValues(cube, counts);
  const measure = { id: "n", values: counts, sensitive: minimumRule(cube, values) };
  const made = suppress(cube, [measure]);
  const base = time(() => cellValues(cube, counts));
  const row = (what: string, ms: number, target?: number): void => {
    const shared = {
      what: `${name}: ${what}`,
      ours: `${ms.toFixed(0)} ms`,
      baseline: `${base.toFixed(2)} ms adding up once`,
      ratio: `${(ms / base).toFixed(0)}x`,
    };
    rows.push(target === undefined ? shared : { ...shared, target: `${target} ms`, met: ms <= target });
  };
  row(
    `${made.primary.length} sensitive, ${made.secondary.length} more suppressed`,
    time(() => suppress(cube, [measure])),
    2000,
  );
  row(
    "check of the proof",
    time(() => flawsOf(cube, [measure], made)),
  );
  const hidden = new Set([...made.primary, ...made.secondary]);
  const out = Array.from({ length: cube.size }, (_, cell) => cell).filter((cell) => cube.published[cell] === 1 && !hidden.has(cell) && (values[cell] ?? 0) > 0);
  const atoms = cube.atoms.map((cell, atom) => ({ wave: "2026", codes: keyOf(cube, cell), n: counts[atom] ?? 0 }));
  const publication: Publication = {
    id: "report",
    title: "report",
    on: "2026-11-02",
    numbers: out.flatMap((cell) =>
      Array.from({ length: questions }, (_, one) => ({
        id: `${cell}/${one}`,
        label: `${cellWords(cube, cell)}, question ${one}`,
        known: determinedBy({ kind: "share", of: `q${one}`, population: populationOf(cube, cell, "2026") }),
      })),
    ),
  };
  row(
    `guard over ${publication.numbers.length} shares of ${questions} questions`,
    time(() => judge(emptyGuard, publication, atoms)),
  );
  const { state } = publish(emptyGuard, publication, atoms);
  const next = {
    ...publication,
    id: "answer",
    numbers: [{ id: "1", label: "all", known: determinedBy({ kind: "share", of: "q1", population: { wave: "2026", where: {} } }) }],
  };
  row(
    "guard over one number more",
    time(() => judge(state, next, atoms)),
  );
}
process.stdout.write(`${table("Disclosure control", rows, loadBefore)}\n`);
