/**
 * Soak: the real server under a steady, mixed load for a long time; no request may fail and its memory may not grow. `node tools/bench/soak.ts [--minutes 30] [--rate 200]`; exit 1 when a promise was not kept.
 * Needs what `npm run build` makes. Arrivals are planned (an open model) by a process of its own; a line a minute on standard error says how it goes.
 */
import { rm } from "node:fs/promises";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Check } from "typebox/value";
import { figuresFolder } from "#apps/checks/invented-figures.ts";
import { makeDesk } from "./people.ts";
import { end, memoryOf, processorTimes, runNode, startServer } from "./server.ts";
import { kinds, mix, Moment, Told, type Kind, type Order } from "./soak-mix.ts";
import { mebibytes, percentile, slopeOf, table, tell, type Row } from "./table.ts";

/** Caches fill and code is compiled in the beginning: the first fifth, five minutes at most, is not judged for memory. */
const warmUp = (seconds: number): number => Math.min(300, seconds / 5);
/** Less than this after the warm-up and a slope is a swing of the collector. Seconds. */
const leastJudged = 480;
const mostSlope = 1;
/** Planned arrivals that must have been answered in time. */
const leastDone = 0.98;

interface Sample {
  /** Minutes since the load began. */
  readonly at: number;
  /** MiB. */
  readonly resident: number;
}

/** Latencies of a kind; of a long run every so manieth is kept, so that this program stays small too. */
class Latencies {
  readonly #kept: number[] = [];
  #every = 1;
  #seen = 0;
  get count(): number {
    return this.#seen;
  }
  get values(): readonly number[] {
    return this.#kept;
  }
  add(value: number): void {
    this.#seen += 1;
    if (this.#seen % this.#every !== 0) return;
    this.#kept.push(value);
    if (this.#kept.length < 200_000) return;
    this.#kept.splice(0, this.#kept.length, ...this.#kept.filter((_, place) => place % 2 === 0));
    this.#every *= 2;
  }
}

const ms = (values: readonly number[]): string => [0.5, 0.95, 0.99, 1].map((share) => percentile(values, share).toFixed(1)).join(" / ") + " ms";

async function run(minutes: number, rate: number, profile: string | undefined): Promise<boolean> {
  const loadBefore = loadavg();
  const seconds = minutes * 60;
  const figures = await figuresFolder();
  // Two guests report each second here, more than in the whole country on its worst day: in earnest their phones would be asked for work. The work is the load's and not the server's, so the least is asked.
  const server = await startServer({
    ...(profile === undefined ? {} : { profile }),
    env: { RUGDEKKING_PUBLICATIONS: join(figures, "publications"), RUGDEKKING_GUEST_WORK: "1" },
  });
  try {
    const office = await makeDesk(server);
    const order: Order = { url: server.url, rate, seconds, desk: office.desk.id, handle: office.handle, code: office.code };
    const child = runNode(["tools/bench/soak-load.ts", JSON.stringify(order)], { ipc: true });
    let printed = "";
    child.stderr?.on("data", (piece: Buffer) => (printed = `${printed}${piece.toString()}`.slice(-4_000)));
    child.stdout?.resume();

    const samples: Sample[] = [];
    const all = new Map<Kind, Latencies>(kinds.map((kind) => [kind, new Latencies()]));
    const errors: string[] = [];
    let [requests, failed, late, most] = [0, 0, 0, 0];
    let [minuteRequests, minuteFailed, minuteTook]: [number, number, number[]] = [0, 0, []];
    let began = 0;
    let done = false;
    let atStart: Promise<Awaited<ReturnType<typeof processorTimes>>> | undefined;
    let told = 0;
    child.on("message", (message: unknown) => {
      if (Check(Moment, message)) {
        if (message.what === "done") done = true;
        else {
          began = performance.now();
          atStart = processorTimes(server);
          tell(`${rate} requests/s for ${minutes} min; server ${mebibytes(memoryOf(server.pid)?.resident ?? 0)}`);
        }
        return;
      }
      if (!Check(Told, message)) return;
      requests += message.requests;
      minuteRequests += message.requests;
      failed += message.failed;
      minuteFailed += message.failed;
      late = Math.max(late, message.late);
      most = Math.max(most, message.open);
      for (const error of message.errors) if (errors.length < 20) errors.push(error);
      for (const kind of kinds)
        for (const value of message.took[kind] ?? []) {
          all.get(kind)?.add(value);
          minuteTook.push(value);
        }
      const resident = memoryOf(server.pid)?.resident;
      const at = (performance.now() - began) / 60_000;
      if (resident !== undefined) samples.push({ at, resident: resident / 2 ** 20 });
      if (Math.floor(at) <= told) return;
      told = Math.floor(at);
      tell(
        `minute ${told}: ${(minuteRequests / 60).toFixed(0)} requests/s, ${minuteFailed} failed, p50/p95/p99/max ${ms(minuteTook)}, server ${mebibytes(resident ?? 0)}, ${message.open} on their way`,
      );
      [minuteRequests, minuteFailed, minuteTook] = [0, 0, []];
    });
    await new Promise<void>((resolve) => child.once("exit", () => resolve()));
    await end(child);
    const took = (performance.now() - began) / 1_000;
    const now = await processorTimes(server);
    const then = await Promise.resolve<typeof atStart>(atStart);
    const each = (of: "server" | "database"): string => ((now[of] - (then?.[of] ?? 0)) / Math.max(1, requests)).toFixed(2);
    if (!done) errors.push(`the load ended early: ${/^.*(?:Error|Problem):? .*$/mu.exec(printed)?.[0] ?? printed.trim().slice(-300)}`);

    const judged = samples.filter(({ at }) => at * 60 >= warmUp(seconds));
    const slope = slopeOf(
      judged.map(({ at }) => at),
      judged.map(({ resident }) => resident),
    );
    const longEnough = seconds - warmUp(seconds) >= leastJudged;
    const planned = rate * seconds;
    const rows: Row[] = [
      {
        what: `requests answered, planned at ${rate}/s for ${minutes} min`,
        ours: `${requests}, ${(requests / Math.max(took, seconds)).toFixed(1)}/s`,
        baseline: `${planned} planned`,
        ratio: `${((100 * requests) / planned).toFixed(1)} %`,
        target: `>= ${100 * leastDone} %`,
        met: requests >= leastDone * planned && done,
      },
      { what: "pieces of work that failed", ours: String(failed), target: "0", met: failed === 0 && errors.length === 0 },
      {
        what: `memory of the server, slope by least squares after ${(warmUp(seconds) / 60).toFixed(1)} min`,
        ours: `${slope.toFixed(2)} MiB/min over ${judged.length} samples${longEnough ? "" : " (too short to judge)"}`,
        target: `< ${mostSlope} MiB/min`,
        ...(longEnough ? { met: slope < mostSlope } : {}),
      },
      {
        what: "the same: at the start, after the warm-up, at the end, most",
        ours:
          [samples[0], judged[0], samples.at(-1)].map((one) => `${one?.resident.toFixed(0) ?? "?"}`).join(" / ") +
          ` / ${mebibytes(memoryOf(server.pid)?.peak ?? 0)}`,
      },
      ...kinds.map((kind): Row => ({
        what: `${kind} (${mix[kind]} of 1000 arrivals, ${all.get(kind)?.count ?? 0} done), from the planned moment, p50 / p95 / p99 / max`,
        ours: ms(all.get(kind)?.values ?? []),
      })),
      { what: "the generator began later than planned, at most; most on their way at once", ours: `${late.toFixed(0)} ms; ${most}` },
      { what: "processor time per request: server / PostgreSQL", ours: `${each("server")} / ${each("database")} ms` },
    ];
    const notes = errors.length === 0 ? [] : [`What went wrong first: ${errors.slice(0, 5).join("; ")}`];
    process.stdout.write(`${table("Soak", rows, loadBefore, notes)}\n`);
    return rows.every(({ met }) => met !== false);
  } finally {
    await server.stop();
    await rm(figures, { recursive: true, force: true });
  }
}

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "30" }, rate: { type: "string", default: "200" }, profile: { type: "string" } },
});
const well = await run(Math.min(24 * 60, Math.max(0.2, Number(values.minutes))), Math.min(2_000, Math.max(1, Number(values.rate))), values.profile);
process.exitCode = well ? 0 : 1;
