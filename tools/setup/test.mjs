/**
 * `npm test`: brings in what is missing, then runs every check and every test and ends with one line that counts them. Arguments go to vitest as filters.
 * `npm run nightly`: the same at full size, for a night: what it makes larger is `nightly` below.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuild } from "./build.mjs";
import { ensureAge, ensureBrowser, ensurePackages, ensurePdfTools, environment, node, root } from "./install.mjs";
import { openly, quietly } from "./processes.mjs";
import { SetupError, run } from "./say.mjs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/** At night: the whole road by command is walked too (vitest.config.ts), a large file of 200 MB goes all the way through, server and PostgreSQL are killed a hundred times each during a thousand submissions, two tablets and mishaps are walked in a visit, the permission matrix goes over HTTP cell by cell, more than 50,000 requests are made from the API description, and property tests take ten times as many turns. By day the file is of 12 MB (still two pieces of 8 MiB), with four kills in two hundred and fifty. */
const nightly = {
  RUGDEKKING_NIGHTLY: "1",
  RUGDEKKING_ROAD_MB: "200",
  RUGDEKKING_CRASH_REPORTS: "1000",
  RUGDEKKING_CRASH_KILLS: "200",
  RUGDEKKING_FUZZ_RUNS: "520",
  SLOW: "1",
};

/** @param {string} path below node_modules @returns {string} */
const tool = (path) => join(root, "node_modules", path);

/**
 * The checks that are no vitest tests; each counts as one.
 * `proves` reads the tool's own output: a tool that looked at nothing and reports success has failed.
 * @type {readonly { name: string, args: readonly string[], proves?: (output: string) => boolean }[]}
 */
const checks = [
  { name: "types (tsc)", args: [tool("typescript/bin/tsc"), "-p", "."] },
  {
    name: "lint and walls (oxlint)",
    args: [tool("oxlint/bin/oxlint"), "--type-aware", "--deny-warnings", "."],
    proves: (output) => Number(/on (\d+) files/u.exec(output)?.[1] ?? 0) > 20,
  },
  { name: "format (oxfmt)", args: [tool("oxfmt/bin/oxfmt"), "--check", "."], proves: (output) => Number(/on (\d+) files/u.exec(output)?.[1] ?? 0) > 20 },
  { name: "unused files, exports and packages (knip)", args: [tool("knip/bin/knip.js"), "--no-progress"] },
];

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Count}
 */
function runChecks(env) {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const check of checks) {
    const started = Date.now();
    const { ok, output } = quietly(node, check.args, { cwd: root, env });
    const good = ok && (check.proves?.(output) ?? true);
    count[good ? "passed" : "failed"] += 1;
    process.stdout.write(`${good ? "ok    " : "FAILED"} ${check.name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
    if (!good) process.stdout.write(`${output.trim()}\n\n`);
  }
  return count;
}

/**
 * Counts a vitest JSON report. A file that could not be loaded has no tests in it and counts as one failure, as does an error outside any test.
 * @param {string} file path of the report
 * @param {number} exitCode of vitest
 * @returns {Count}
 */
function countReport(file, exitCode) {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(readFileSync(file, "utf8"));
  const lost = report.testResults.filter(
    (/** @type {{ status: string, assertionResults: { status: string }[] }} */ result) =>
      result.status === "failed" && !result.assertionResults.some((test) => test.status === "failed"),
  ).length;
  const failed = report.numFailedTests + lost;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} filters
 * @returns {Promise<Count>}
 */
async function runTests(env, filters) {
  const folder = mkdtempSync(join(tmpdir(), "rugdekking-test-"));
  const report = join(folder, "report.json");
  try {
    const args = [tool("vitest/vitest.mjs"), "run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...filters];
    const exitCode = await openly(node, args, { cwd: root, env });
    return countReport(report, exitCode);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await run(async () => {
  ensurePackages();
  const browser = ensureBrowser();
  const age = ensureAge();
  const pdf = ensurePdfTools();
  const filters = process.argv.slice(2).filter((word) => word !== "--nightly");
  const env = environment({
    ...(process.argv.includes("--nightly") ? nightly : {}),
    ...(browser === null ? {} : { CHROMIUM_PATH: browser }),
    ...(age === null ? {} : { AGE_PATH: age }),
    ...(pdf === null ? {} : { POPPLER_PATH: pdf.poppler, QPDF_PATH: pdf.qpdf }),
  });
  const counts = [runChecks(env)];
  try {
    ensureBuild();
    counts.push({ passed: 1, failed: 0, skipped: 0 });
    process.stdout.write("ok     build (vite)\n");
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    counts.push({ passed: 0, failed: 1, skipped: 0 });
    process.stdout.write(`FAILED build (vite)\n${error.message}\n`);
  }
  counts.push(await runTests(env, filters));
  const total = counts.reduce((sum, count) => ({
    passed: sum.passed + count.passed,
    failed: sum.failed + count.failed,
    skipped: sum.skipped + count.skipped,
  }));
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed${total.skipped === 0 ? "" : `, ${total.skipped} skipped`}\n`);
  return total.failed === 0 ? 0 : 1;
});
