/**
 * Runs every bench, one after the other, and keeps what they print in results.md beside this file. `node tools/bench/all.ts [NAME …]`, or `npm run bench`.
 * With names, only those; results.md is written only when all of them ran.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runNode } from "./server.ts";
import { tell } from "./table.ts";

/** In the order of the table in README.md: what a person waits for first, the server and its database after that, the gigabyte last. */
const benches = [
  "start",
  "report-page",
  "visit",
  "paper",
  "triage",
  "sums",
  "survey",
  "submissions",
  "worklist",
  "pages",
  "scale",
  "terms",
  "fingerprints",
  "parliament",
  "tokens",
  "monitor",
  "figures",
  "attachment",
] as const;

/** Runs one bench to its end, passing on what it says. @returns its tables; null when it failed. */
async function runBench(name: string): Promise<string | null> {
  tell(`== ${name}`);
  const child = runNode([`tools/bench/${name}.ts`]);
  let printed = "";
  child.stdout?.on("data", (piece: Buffer) => {
    printed += piece.toString();
    process.stdout.write(piece);
  });
  child.stderr?.pipe(process.stderr);
  const code = await new Promise((resolve) => child.once("close", resolve));
  return code === 0 ? printed.trim() : null;
}

const asked = process.argv.slice(2);
const names = benches.filter((name) => asked.length === 0 || asked.includes(name));
const tables: string[] = [];
const failed: string[] = [];
for (const name of names) {
  const printed = await runBench(name);
  if (printed === null) failed.push(name);
  else tables.push(printed);
}
if (failed.length > 0) {
  process.stderr.write(`  failed: ${failed.join(", ")}\n`);
  process.exitCode = 1;
} else if (names.length === benches.length) {
  const head = "# What was measured last\n\nWritten by `npm run bench`; what each table means stands in [README.md](README.md).\n";
  await writeFile(join(import.meta.dirname, "results.md"), `${head}\n${tables.join("\n\n")}\n`);
}
