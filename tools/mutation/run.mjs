/**
 * `npm run mutation`: mutates the rooms of rooms.mjs one after the other, or those that are named (`npm run mutation -- tokens ledger`), and ends with a table of their scores; exit code 1 when one is
 * below what is wanted. Broken off (Ctrl-C), it keeps what was judged and goes on there the next time.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ensurePackages, environment, node, root } from "#tools/setup/install.mjs";
import { openly } from "#tools/setup/processes.mjs";
import { SetupError, run } from "#tools/setup/say.mjs";
import { rooms, wanted } from "./rooms.mjs";

/** @typedef {{ noticed: number, all: number, survived: number, untouched: number, timeouts: number }} Score */

/**
 * Counts a room's report: what was noticed (by a failing test, or because nothing came to an end any more) among all changes that can be judged.
 * @param {string} file path of Stryker's JSON report
 * @returns {Score | null} null when there is none
 */
function scoreOf(file) {
  if (!existsSync(file)) return null;
  /** @type {{ files: Record<string, { mutants: { status: string }[] }> }} */
  const report = JSON.parse(readFileSync(file, "utf8"));
  const statuses = Object.values(report.files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  /** @param {string} status */
  const count = (status) => statuses.filter((one) => one === status).length;
  const [killed, timeouts, survived, untouched] = [count("Killed"), count("Timeout"), count("Survived"), count("NoCoverage")];
  return { noticed: killed + timeouts, all: killed + timeouts + survived + untouched, survived, untouched, timeouts };
}

await run(async () => {
  ensurePackages();
  const asked = process.argv.slice(2);
  const names = asked.length === 0 ? Object.keys(rooms) : asked;
  const unknown = names.find((name) => !(name in rooms));
  if (unknown !== undefined) throw new SetupError(`Er is geen kamer "${unknown}". · There is no room "${unknown}": ${Object.keys(rooms).join(", ")}.`);
  /** @type {string[]} */
  const lines = [];
  let good = true;
  for (const name of names) {
    const stryker = join(root, "node_modules", "@stryker-mutator", "core", "bin", "stryker.js");
    const code = await openly(node, [stryker, "run", "tools/mutation/stryker.config.mjs"], { cwd: root, env: environment({ RUGDEKKING_MUTATION_ROOM: name }) });
    const score = scoreOf(join(root, "reports", "mutation", `${name}.json`));
    const percent = score === null ? 0 : (100 * score.noticed) / score.all;
    // Stryker's own code is 1 for a score below the threshold too; anything else that went wrong leaves no whole report.
    good &&= score !== null && percent >= wanted && code === 0;
    lines.push(
      score === null
        ? `${name.padEnd(10)} no report (exit code ${code})`
        : `${name.padEnd(10)} ${percent.toFixed(1).padStart(5)} %  ${score.noticed} of ${score.all} noticed (${score.timeouts} by not ending), ${score.survived} survived, ${score.untouched} reached by no test`,
    );
  }
  process.stdout.write(`\n${lines.join("\n")}\nwanted: ${wanted} % of each\n`);
  return good ? 0 : 1;
});
