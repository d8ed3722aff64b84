/** One PostgreSQL cluster for a whole vitest run: says where it may be made, stops and removes it afterwards. Named as `globalSetup` in vitest.config.ts; nothing else calls it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stopOrphan } from "./cluster.ts";

/** Environment variable that tells the test workers the directory. [Note: lazy test cluster] */
export const clusterVariable = "RUGDEKKING_TEST_CLUSTER";
/** How the directory of a test cluster is named, so that one left behind can be found. */
export const clusterPrefix = "rugdekking-test-";
let directory: string | null = null;

/**
 * [Note: lazy test cluster] Only the directory is made here. The first test file that opens a database starts PostgreSQL in it
 * (services/storage/testing.ts), so that a run without a database test pays nothing.
 */
export async function setup(): Promise<void> {
  await sweep();
  directory = mkdtempSync(join(tmpdir(), clusterPrefix));
  writeFileSync(join(directory, "owner"), String(process.pid));
  process.env[clusterVariable] = directory;
}

/** Stops the cluster when one was started, and removes its files. */
export async function teardown(): Promise<void> {
  if (directory === null) return;
  await stopOrphan(join(directory, "postgres"), "immediate");
  rmSync(directory, { recursive: true, force: true });
  directory = null;
}

/** A run that was killed left its cluster behind: stop those whose owner is gone. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(clusterPrefix)) continue;
    const left = join(tmpdir(), name);
    try {
      if (alive(Number(readFileSync(join(left, "owner"), "utf8")))) continue;
      await stopOrphan(join(left, "postgres"), "immediate");
      rmSync(left, { recursive: true, force: true });
    } catch {
      // Being made or removed by another run right now: not ours to sweep.
    }
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
