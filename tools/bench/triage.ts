/**
 * `rugdekking triage` through its command line on one core: messages a second by processor time, memory over two million messages; beside the least any program does with such lines
 * (read, JSON.parse, JSON.stringify, write). Run: `node tools/bench/triage.ts [--messages 200000] [--million 2]`. Needs Linux (`/proc`, `taskset`).
 */
import { spawn } from "node:child_process";
import { createReadStream, createWriteStream, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeMessages } from "./messages.ts";
import { mebibytes, type Row, table, tell } from "./table.ts";

const { values } = parseArgs({ options: { messages: { type: "string", default: "200000" }, million: { type: "string", default: "2" } } });
const count = Number(values.messages);
const many = Math.round(Number(values.million) * 1e6);
const target = 20_000;
const mostMemory = 250 * 2 ** 20;

/** What one program used: processor time and most resident memory of it and its children. */
interface Used {
  readonly seconds: number;
  readonly wall: number;
  readonly peak: number;
}

/** Clock ticks a second, as Linux counts processor time for programs. */
const TICKS = 100;

/** Runs `node …` bound to one core on `input`, and looks at it every 100 ms. */
async function measured(args: readonly string[], input: string, output: string): Promise<Used> {
  const began = performance.now();
  const child = spawn("taskset", ["-c", "0", process.execPath, "--disable-warning=ExperimentalWarning", ...args], {
    stdio: [openSync(input, "r"), openSync(output, "w"), "inherit"],
  });
  let [ticks, peak] = [0, 0];
  const timer = setInterval(() => {
    const look = (pid: string): number => {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024);
      const own = Number(fields[11]) + Number(fields[12]);
      return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
        .split(" ")
        .filter((one) => one !== "")
        .reduce((sum, one) => sum + look(one), own);
    };
    try {
      ticks = Math.max(ticks, look(String(child.pid)));
    } catch {
      // It ended between two looks.
    }
  }, 100);
  const code = await new Promise((resolve) => child.once("exit", resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`node ${args.join(" ")} ended with ${String(code)}`);
  return { seconds: ticks / TICKS, wall: (performance.now() - began) / 1000, peak };
}

const baseline = `
let rest = "";
process.stdin.setEncoding("utf8");
for await (const piece of process.stdin) {
  const lines = (rest + piece).split("\\n");
  rest = lines.pop();
  let out = "";
  for (const line of lines) out += JSON.stringify(JSON.parse(line)) + "\\n";
  process.stdout.write(out);
}`;

const loadBefore = loadavg();
const folder = mkdtempSync(join(tmpdir(), "rugdekking-bench-"));
try {
  const make = async (name: string, messages: number): Promise<string> => {
    tell(`writing ${messages} messages`);
    const path = join(folder, name);
    const out = createWriteStream(path);
    await writeMessages(out, messages);
    await new Promise<void>((resolve) => out.end(resolve));
    return path;
  };
  const few = await make("few.jsonl", count);
  const none = await make("none.jsonl", 0);
  const output = join(folder, "out.jsonl");
  const triage = ["apps/cli/bin.mjs", "triage"];
  const bare = ["--input-type=module", "--eval", baseline];
  tell("warming up");
  await measured(triage, none, output);
  const started = await measured(triage, none, output);
  const bareStarted = await measured(bare, none, output);
  tell(`triage of ${count}`);
  const ours = await measured(triage, few, output);
  let units = 0;
  let read = 0;
  let campaigns = 0;
  for await (const piece of createReadStream(few, "utf8"))
    for (const [, text = ""] of String(piece).matchAll(/"text":"([^"]*)"/gu)) [units, read] = [units + text.length, read + 1];
  for await (const piece of createReadStream(output, "utf8")) campaigns += String(piece).split('"campaign":"c').length - 1;
  tell("the bare loop");
  const loop = await measured(bare, few, output);
  rmSync(few);
  const lots = await make("many.jsonl", many);
  tell(`triage of ${many}`);
  const long = await measured(triage, lots, output);
  tell("the bare loop");
  const longLoop = await measured(bare, lots, output);

  const speed = (used: Used, messages: number, start: Used): number => messages / Math.max(0.01, used.seconds - start.seconds);
  const shown = (rate: number): string => `${Math.round(rate).toLocaleString("en")} / s`;
  const each = (used: Used, messages: number): string => `${((used.seconds / messages) * 1e6).toFixed(1)} µs`;
  const compare = (what: string, mine: Used, theirs: Used, messages: number): Row => {
    const rate = speed(mine, messages, started);
    const rateBare = speed(theirs, messages, bareStarted);
    return {
      what,
      ours: shown(rate),
      baseline: shown(rateBare),
      ratio: `${(rateBare / rate).toFixed(1)} x slower`,
      target: `>= ${target.toLocaleString("en")} / s`,
      met: rate >= target,
    };
  };
  const rows: Row[] = [
    compare(`${count.toLocaleString("en")} messages, one core, by processor time`, ours, loop, count),
    compare(`${many.toLocaleString("en")} messages, the same`, long, longLoop, many),
    {
      what: "processor time a message, start included",
      ours: each(long, many),
      baseline: each(longLoop, many),
      ratio: `${(long.seconds / longLoop.seconds).toFixed(1)} x`,
    },
    {
      what: `most resident memory, ${many.toLocaleString("en")} messages`,
      ours: mebibytes(long.peak),
      baseline: mebibytes(longLoop.peak),
      ratio: `${(long.peak / longLoop.peak).toFixed(1)} x`,
      target: "< 250 MiB",
      met: long.peak < mostMemory,
    },
    {
      what: `the same, ${count.toLocaleString("en")} messages`,
      ours: mebibytes(ours.peak),
      baseline: mebibytes(loop.peak),
      ratio: `${(ours.peak / loop.peak).toFixed(1)} x`,
    },
    { what: "start and end without messages, processor time", ours: `${started.seconds.toFixed(2)} s`, baseline: `${bareStarted.seconds.toFixed(2)} s` },
    { what: "elapsed, with what else the machine did", ours: `${long.wall.toFixed(0)} s`, baseline: `${longLoop.wall.toFixed(0)} s` },
  ];
  process.stdout.write(
    table("Triage", rows, loadBefore, [
      `Messages of ${Math.round(units / Math.max(1, read))} characters on average; ${((100 * campaigns) / count).toFixed(0)} % of them belong to a campaign. The baseline only parses and writes JSON.`,
      "Elsewhere: Deduce, the Python peer for personal data alone, does 1,650 to 1,880 texts a second with 1.1 GB on this class of machine.",
    ]),
  );
} finally {
  rmSync(folder, { recursive: true });
}
