/** How every test of the house runs: one PostgreSQL cluster for the whole run, two workers, the project's own Node. Read by vitest only. */
import { existsSync } from "node:fs";
import { defineConfig } from "vitest/config";

const cluster = "services/storage/testing-cluster.ts";

/**
 * Proofs that take minutes run at night (`npm run nightly`), so that a day's run stays under its quarter of an hour on two cores: the whole road by command walks what journey-road walks in a browser by day;
 * planning, the visit and the advice are walked once by journey-road as well, and step by step at night; a set of parliamentary questions is walked over HTTP by day and in browsers at night; organisations that confirm or ask to take part, one actor with many victims, teams, acting on a report and recovery have their HTTP tests by day; the extension, the
 * signals, support, the Monitor (a whole wave over HTTP by day), messages, answering by a link and evidence likewise; the structure of papers and what is hostile to them, tokens and triage in a real browser have unit tests by day, and so have the pages with figures and what LibreOffice opens at night. Of the faults, server and database are killed and lines are broken by day; a full disk, a clock that jumps, a thousand half requests and a failover to a replica wait for the night. Every page in every look is gone through at night; by day a page that nobody looks at is told.
 */
const nightly = [
  "apps/checks/journey-signals.test.ts",
  "apps/checks/journey-support.test.ts",
  "apps/checks/journey-monitor.test.ts",
  "apps/checks/journey-online.test.ts",
  "apps/checks/journey-answer.test.ts",
  "apps/checks/journey-evidence.test.ts",
  "apps/checks/monitor-wave.test.ts",
  "apps/checks/monitor-cli.test.ts",
  "services/reporting/import/resume.test.ts",
  "engines/paper/hostile.test.ts",
  "apps/checks/road-cli.test.ts",
  "apps/checks/journey-planning.test.ts",
  "apps/checks/journey-visit.test.ts",
  "apps/checks/journey-advice.test.ts",
  "apps/checks/journey-same-actor.test.ts",
  "apps/checks/journey-extension.test.ts",
  "apps/checks/journey-kamer.test.ts",
  "apps/checks/journey-kamer-desk.test.ts",
  "apps/checks/journey-figures.test.ts",
  "apps/checks/journey-results.test.ts",
  "apps/checks/journey-manage.test.ts",
  "apps/checks/journey-organisation.test.ts",
  "apps/checks/journey-recovery.test.ts",
  "apps/checks/journey-acting.test.ts",
  "apps/checks/journey-flood.test.ts",
  "apps/checks/failover.test.ts",
  "services/storage/away.test.ts",
  "apps/checks/disk-full.test.ts",
  "apps/checks/slow-clients.test.ts",
  "apps/checks/clock-jump.test.ts",
  "apps/checks/accessibility.test.ts",
  "apps/checks/accessibility-guest.test.ts",
  "apps/checks/journey-keyboard.test.ts",
  "engines/paper/structure.test.ts",
  "services/parliament/documents/office.test.ts",
  "engines/tokens/browser.test.ts",
  "engines/triage/browser.test.ts",
];
const atNight = process.env["RUGDEKKING_NIGHTLY"] === "1" ? [] : nightly;

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
