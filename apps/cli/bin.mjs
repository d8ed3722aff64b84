#!/usr/bin/env node
/**
 * Starts the command line on the project's own Node. Plain JavaScript for any Node >= 20: it only finds the pinned Node 24 and runs
 * rugdekking.ts with it, so that the command behaves the same whatever Node the machine has.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The pinned node, or null when `npm ci` was not run. */
function pinnedNode() {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve("node/package.json"));
    const binary = join(folder, "bin", process.platform === "win32" ? "node.exe" : "node");
    return existsSync(binary) ? binary : null;
  } catch {
    return null;
  }
}

const binary = pinnedNode();
if (binary === null) {
  process.stderr.write("rugdekking: the pinned Node 24 is not installed beside the program; run `npm ci` in the project folder\n");
  process.exit(2);
}
const program = join(dirname(fileURLToPath(import.meta.url)), "rugdekking.ts");
/**
 * Compiled code is kept beside the packages (a folder as trusted as the program itself), so that a command starts a third sooner; where that folder may not be written nothing is kept.
 * Triage keeps to its memory over millions of messages: what is thrown away at once and what is kept have little room of their own, and more makes nothing quicker.
 * glibc keeps what one thread gave back from the others; with one arena it is used again (17 MB less over two million messages). And it keeps what was given back at all, unless it is told
 * that large pieces stay apart: the keys of messages go back when campaigns are found, before more is asked for (another 18 MB).
 */
const triage = process.argv[2] === "triage";
const memory = triage ? ["--max-semi-space-size=8", "--max-old-space-size=160"] : [];
const env = {
  NODE_COMPILE_CACHE: fileURLToPath(new URL("../../node_modules/.cache/compiled", import.meta.url)),
  ...(triage ? { MALLOC_ARENA_MAX: "1", MALLOC_MMAP_THRESHOLD_: "131072" } : {}),
  ...process.env,
};
const child = spawn(binary, ["--disable-warning=ExperimentalWarning", ...memory, program, ...process.argv.slice(2)], { stdio: "inherit", env });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
  process.stderr.write(`rugdekking: the pinned Node could not be started (${error.code ?? error.message}); run \`npm ci\` in the project folder\n`);
  process.exit(2);
});
child.on("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
