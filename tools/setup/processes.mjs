/** Starts other programs for the scripts in this folder: quietly with their output kept, or in the open with signals passed on. */
import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * Runs a program to its end and keeps what it printed.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeout?: number }} [options] timeout in ms
 * @returns {{ ok: boolean, output: string }} output is standard output and standard error together
 */
export function quietly(program, args, options = {}) {
  const done = spawnSync(program, [...args], { ...options, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 64 * 1024 * 1024 });
  const output = `${done.stdout ?? ""}${done.stderr ?? ""}${done.error === undefined ? "" : `${done.error.message}\n`}`;
  return { ok: done.status === 0, output };
}

/**
 * Runs a program on this terminal until it ends; passes on the signals that ask us to stop.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit code; 128 + 15 when a signal ended it
 */
export function openly(program, args, options = {}) {
  const child = spawn(program, [...args], { ...options, stdio: "inherit" });
  /** @param {NodeJS.Signals} signal */
  const pass = (signal) => child.kill(signal);
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, pass);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 143));
  });
}

/**
 * Where a program stands on the PATH.
 * @param {string} name
 * @param {string} [path] search path, default the environment's
 * @returns {string | null}
 */
export function onPath(name, path = process.env.PATH ?? "") {
  for (const folder of path.split(delimiter)) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      if (statSync(file).isFile()) return file;
    } catch {
      // Not here; look further.
    }
  }
  return null;
}
