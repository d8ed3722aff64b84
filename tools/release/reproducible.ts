/**
 * `npm run reproducible`: builds the committed tree twice, in two folders with names of different length, with another time zone, language and mask, and compares every file of
 * the web app and the extension. Prints the digest that a server puts in the log. Needs the package registry (or npm's cache); some minutes.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readBundle } from "#apps/server/bundle.ts";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const work = mkdtempSync(join(tmpdir(), "rugdekking-build-"));

/** Builds what is committed. @returns the manifests of web app and extension, one after the other */
async function build(
  name: string,
  environment: Readonly<Record<string, string>>,
  mask: number,
): Promise<{ readonly digest: string; readonly lines: string[] }> {
  const folder = join(work, name);
  execFileSync("git", ["clone", "--quiet", "--no-local", root, folder]);
  const before = process.umask(mask);
  try {
    const env = { ...process.env, ...environment };
    execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--silent", "--prefer-offline"], { cwd: folder, env, stdio: "inherit" });
    execFileSync("npm", ["run", "build", "--silent"], { cwd: folder, env, stdio: "inherit" });
  } finally {
    process.umask(before);
  }
  const web = await readBundle(join(folder, "dist/web"));
  const extension = await readBundle(join(folder, "dist/extension"));
  return { digest: web.digest, lines: [...web.manifest.split("\n"), ...extension.manifest.split("\n").map((line) => `${line} (extension)`)] };
}

try {
  const one = await build("a", { TZ: "UTC", LC_ALL: "C" }, 0o022);
  const two = await build("another-folder-with-a-longer-name", { TZ: "Pacific/Kiritimati", LC_ALL: "nl_NL.UTF-8" }, 0o077);
  const other = new Set(two.lines);
  const first = new Set(one.lines);
  const differing = [...one.lines.filter((line) => !other.has(line)), ...two.lines.filter((line) => !first.has(line))];
  if (differing.length > 0) {
    process.stderr.write(`reproducible: ${differing.length} lines differ between two builds of one tree:\n${differing.join("\n")}\n`);
    process.exitCode = 1;
  } else process.stdout.write(`${one.digest}  web app, the same twice (${one.lines.length - 2} files with the extension's)\n`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
