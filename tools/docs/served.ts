/** Starts the real server on an empty data directory, for whoever needs the API description it serves: the docs generator and its tests. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** A running server of our own. */
export interface Served {
  /** Such as `http://127.0.0.1:40123`. */
  readonly origin: string;
  /** Stops it and removes its data. */
  close(): Promise<void>;
}

/** A port nobody uses at this moment. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port was given");
  return address.port;
}

/**
 * Starts `rugdekking start` and waits until it answers.
 * @throws with what it printed when it ends or does not answer within a minute
 */
export async function startServed(): Promise<Served> {
  const data = mkdtempSync(join(tmpdir(), "rugdekking-served-"));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "apps/cli/rugdekking.ts", "start", "--port", String(port), "--data", data], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece: Buffer) => (printed += piece.toString()));
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const close = async (): Promise<void> => {
    child.kill("SIGTERM");
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 300 && child.exitCode === null; tries += 1) {
    const answer = await fetch(`${origin}/api/v1/health`).catch(() => null);
    if (answer?.ok === true) return { origin, close };
    await pause(200);
  }
  await close();
  throw new Error(`the server did not start:\n${printed}`);
}
