/** How tests run while code is being mutated: the tests of one room alone, without a database. Read by Stryker's vitest runner only. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Each change runs the tests again: a property gets ten turns instead of hundreds. What only the eleventh turn would notice counts as not noticed.
    setupFiles: [`${import.meta.dirname}/few-turns.mjs`],
    include: (process.env["RUGDEKKING_MUTATION_TESTS"] ?? "none").split(","),
    // Real browsers and sizes of bundles see no mutated line.
    exclude: ["**/browser.test.ts", "**/size.test.ts", "**/node_modules/**"],
    // The changed place is chosen anew for each judgement, so modules need not be: loading them again would cost more than most tests. Tests that need them fresh ask for it themselves.
    isolate: false,
    // On a busy machine a slow test must not count as one that noticed.
    testTimeout: 60_000,
    execArgv: ["--disable-warning=ExperimentalWarning"],
  },
});
