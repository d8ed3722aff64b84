/** `npm start`: from a fresh clone to one address with the demonstration world; runs on any Node >= 20 with nothing installed yet. */
import { join } from "node:path";
import { ensureBuild } from "./build.mjs";
import { ensurePackages, environment, node, nodeFlags, root } from "./install.mjs";
import { openly } from "./processes.mjs";
import { run } from "./say.mjs";

await run(async () => {
  ensurePackages();
  ensureBuild();
  const given = process.argv.slice(2);
  // Said out loud here and nowhere else: without this flag the program starts empty, and in production it refuses it.
  const world = given.includes("--production") || given.includes("--demonstration") ? [] : ["--demonstration"];
  return openly(node, [...nodeFlags, join(root, "apps/cli/rugdekking.ts"), "start", ...world, ...given], { cwd: root, env: environment() });
});
