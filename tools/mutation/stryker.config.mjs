/** Stryker's settings for one room, named by RUGDEKKING_MUTATION_ROOM; how to start it stands in docs/proofs.md. */
import { readdirSync } from "node:fs";
import { rooms, wanted } from "./rooms.mjs";

const name = process.env["RUGDEKKING_MUTATION_ROOM"] ?? "";
const room = rooms[name];
if (room === undefined) throw new Error(`RUGDEKKING_MUTATION_ROOM must be one of ${Object.keys(rooms).join(", ")}`);
const only = process.env["RUGDEKKING_MUTATION_FILES"];
process.env["RUGDEKKING_MUTATION_TESTS"] = room.tests.join(",");

/** @param {string} folder @param {readonly string[]} kept @returns {string[]} folders beside those: what no mutated room imports is not copied */
const others = (folder, kept) => readdirSync(folder).flatMap((one) => (kept.includes(one) ? [] : [`${folder}/${one}`]));

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  mutate: only === undefined ? [...room.mutate] : only.split(","),
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner", `${import.meta.dirname}/wording.mjs`],
  ignorers: ["wording"],
  vitest: { configFile: "tools/mutation/vitest.config.ts", related: false },
  // Stryker wants to rewrite a tsconfig with a compiler interface that TypeScript 7 no longer has; a name that does not exist makes it leave that out.
  tsconfigFile: "nope.json",
  coverageAnalysis: "perTest",
  concurrency: Number(process.env["RUGDEKKING_MUTATION_AT_ONCE"] ?? 2),
  ignorePatterns: [
    "docs",
    "dist",
    "data",
    "registers",
    "apps",
    "reports",
    ...others("engines", ["seal", "ledger", "tokens"]),
    ...others("services", ["dossier", "problem", "directory", "ledger", "reporting", "signalling"]),
  ],
  // What is read once when a module loads (constants) would need every test anew for each change; it is left out of the score.
  ignoreStatic: true,
  // What was judged before and did not change, nor the tests that reach it, is not run again.
  incremental: true,
  incrementalFile: `reports/mutation/${name}.incremental.json`,
  // A loop without end is noticed by counting how often the changed place is passed; this is for what waits for ever, and long enough for a busy machine. Seconds; a quiet one needs fewer.
  timeoutMS: 1_000 * Number(process.env["RUGDEKKING_MUTATION_PATIENCE"] ?? 90),
  tempDirName: `/tmp/rugdekking-mutation-${name}`,
  reporters: ["json", "clear-text", "progress-append-only"],
  jsonReporter: { fileName: `reports/mutation/${name}.json` },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: true },
  thresholds: { high: 95, low: wanted, break: only === undefined ? wanted : 0 },
};
