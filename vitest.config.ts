/** How every test of the house runs: one PostgreSQL cluster for the whole run, two workers, the project's own Node. Read by vitest only. */
import { existsSync } from "node:fs";
import { defineConfig } from "vitest/config";

const cluster = "services/storage/testing-cluster.ts";

/** Proofs that take minutes run at night (`npm run nightly`): the whole road by command walks what journey-road walks in a browser by day; tokens in a real browser do what they do in Node by day. */
const atNight = process.env["RUGDEKKING_NIGHTLY"] === "1" ? [] : ["apps/checks/road-cli.test.ts", "engines/tokens/browser.test.ts"];

export default defineConfig({
  test: {
    include: ["**/*.test.ts", "**/*.test.tsx"],
    exclude: ["**/node_modules/**", "**/dist/**", "data/**", ...atNight],
    // Started once, each test file gets a database of its own inside it.
    globalSetup: existsSync(cluster) ? [cluster] : [],
    pool: "forks",
    maxWorkers: 2,
    // A journey through a real browser takes longer and says so itself.
    testTimeout: 30_000,
    hookTimeout: 120_000,
    execArgv: ["--disable-warning=ExperimentalWarning"],
  },
});
