/**
 * What a house does by the clock, once over all its servers: pg-boss keeps the times and hands each job to one of them. Started by house.ts; its schema is made by the step that migrates.
 *
 * [Note: Jobs only wake] A job holds no data: it says that somebody should look. What is to be done lies in our own rows (outbox of mail, outbox of deliveries, running terms), written in the transaction of what
 * caused it and claimed row by row. So a job that is lost, late or done twice loses nothing and says nothing twice, a report is accepted also when the tables of jobs are away, and those tables tell nobody anything.
 */
import { PgBoss } from "pg-boss";
import { Problem } from "#services/problem/index.ts";
import { openConnections, type Connections } from "#services/storage/index.ts";
import type { Unforeseen } from "./problems.ts";

/** Schema of pg-boss, apart from ours: its tables are not held to our portable subset and are not in a backup. */
export const jobSchema = "rugdekking_jobs";

/** Jobs and when they run by themselves (cron, UTC). Deliveries and mail are woken as well when there is something. */
const schedule = { terms: "* * * * *", mail: "* * * * *", deliveries: "* * * * *", sweep: "*/5 * * * *" } as const;
/** Name of a job. */
export type JobName = keyof typeof schedule;
/** All of them. */
export const jobNames = ["terms", "mail", "deliveries", "sweep"] as const satisfies readonly JobName[];

/** Seconds after which a job whose server died is given to another. */
const expireSeconds = 600;
/** Seconds that done jobs are remembered: long enough for a look, short enough to keep the table small. */
const keepSeconds = 3_600;

/** How jobs are run. */
export interface JobOptions {
  readonly database: string;
  /** Makes or updates pg-boss's schema; else it must be there. */
  readonly migrate: boolean;
  /** What each job does. */
  readonly work: Readonly<Record<JobName, () => Promise<unknown>>>;
  /** Told of the name of an error, never of its message. */
  readonly unforeseen: Unforeseen;
}

/** How many jobs of a name wait, run and failed. */
export interface JobCount {
  readonly name: JobName;
  readonly waiting: number;
  readonly running: number;
  readonly failed: number;
  /** Seconds that the oldest job that could run has been waiting; 0 when none waits. */
  readonly late: number;
}

/** Running jobs. */
export interface Jobs {
  /** Has somebody look soon. Never throws and never waits: the clock looks within a minute anyway. */
  wake(name: JobName): void;
  counts(): Promise<readonly JobCount[]>;
  /** Takes no more, lets what runs end, within the bound. */
  stop(milliseconds: number): Promise<void>;
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "unknown");

/** Connections of its own, opened as the stores' are: they find the primary again after a failover. */
const connectionsOf = (database: string): Connections => openConnections(database, { most: 4, name: "rugdekking-jobs" });

async function ask(connections: Connections, text: string, values: unknown[] | undefined): Promise<{ rows: unknown[] }> {
  const client = await connections.connect();
  let failed = true;
  try {
    const answer = await client.query<Record<string, unknown>>(text, values);
    failed = false;
    return answer;
  } finally {
    // One that failed may stand in the middle of a transaction of its own making.
    client.release(failed);
  }
}

const bossOn = (connections: Connections, migrate: boolean, active: boolean): PgBoss =>
  new PgBoss({
    db: { executeSql: async (text, values) => await ask(connections, text, values) },
    schema: jobSchema,
    migrate,
    createSchema: migrate,
    supervise: active,
    schedule: active,
    // It would write the name of the machine into the database.
    registerInstance: false,
  });

/** Makes or updates the tables of jobs: for the deploy step (`rugdekking migrate`). */
export async function migrateJobs(database: string): Promise<void> {
  const connections = connectionsOf(database);
  try {
    const boss = bossOn(connections, true, false);
    boss.on("error", () => undefined);
    await boss.start();
    await boss.stop({ graceful: false });
  } finally {
    await connections.end();
  }
}

/** Starts jobs on this server beside those on others. */
export async function startJobs({ database, migrate, work, unforeseen }: JobOptions): Promise<Jobs> {
  const connections = connectionsOf(database);
  const boss = bossOn(connections, migrate, true);
  const tell = (route: string, error: unknown): void => unforeseen({ route, name: nameOf(error), code: "", at: "" });
  boss.on("error", (error) => tell("jobs", error));
  try {
    await boss.start();
  } catch (error) {
    tell("jobs", error);
    await connections.end();
    throw new Problem(
      "unavailable",
      "The tables of jobs are not there, or are of another version of this program",
      "Run rugdekking migrate with this version first.",
    );
  }
  try {
    const begin = async (name: JobName): Promise<void> => {
      // One that waits is enough: whoever takes it looks at everything there is.
      await boss.createQueue(name, { policy: "short", retryLimit: 2, retryDelay: 15, expireInSeconds: expireSeconds, deleteAfterSeconds: keepSeconds });
      await boss.schedule(name, schedule[name], null, { tz: "UTC" });
      await boss.work(name, { pollingIntervalSeconds: 2 }, async () => {
        try {
          await work[name]();
        } catch (error) {
          tell(name, error);
          // What is thrown is kept with the job: never the error itself, whose words may hold what a person sent.
          throw new Error(`${name} did not end well`);
        }
      });
    };
    await Promise.all(jobNames.map(begin));
  } catch (error) {
    await boss.stop({ graceful: false });
    await connections.end();
    throw error;
  }
  const asked = new Set<JobName>();
  let stopping = false;
  return {
    wake: (name) => {
      if (stopping || asked.has(name)) return;
      asked.add(name);
      boss
        .send(name)
        .catch((error: unknown) => tell("jobs", error))
        .finally(() => asked.delete(name));
    },
    counts: async () => {
      const counts: JobCount[] = [];
      for (const name of jobNames) {
        const [stats] = await boss.getQueueStats(name, { force: true });
        counts.push({
          name,
          waiting: stats?.queuedCount ?? 0,
          running: stats?.activeCount ?? 0,
          failed: stats?.failedCount ?? 0,
          late: stats?.readyOldestSeconds ?? 0,
        });
      }
      return counts;
    },
    stop: async (milliseconds) => {
      stopping = true;
      await boss.stop({ graceful: true, timeout: Math.max(1_000, milliseconds) });
      await connections.end();
    },
  };
}
