/**
 * The work of `rugdekking triage`: messages in, findings out, one JSON object a line, in the same order. Everything happens in this process; nothing leaves the machine.
 * Loaded by commands/triage.ts when it is asked for.
 */
import { type Campaign, createTriage, MAX_LINE_BYTES, type Message, parseLine, parseWatch, TriageError, type Watch } from "@rugdekking/triage";
import { type Call, CommandError, type ExitCode } from "./command.ts";
import { openNew, readText } from "./plain-files.ts";
import { LineCutter } from "./lines.ts";
import { oneLine, type Pipe } from "./screen.ts";
import { Spool } from "./spool.ts";

/** Written to standard output at once. */
const OUT_BYTES = 64 * 1024;
/** Campaigns in full in `--campaigns`: the largest. */
const DESCRIBED = 1000;

/** The person's own protected data. @throws {@link CommandError} */
async function watchIn(path: string | null): Promise<Watch | undefined> {
  if (path === null) return undefined;
  const text = await readText(path);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CommandError(`${path} is not JSON`, "see the README of engines/triage for what protected data looks like");
  }
  try {
    return parseWatch(value);
  } catch (error) {
    throw new CommandError(`${path}: ${error instanceof Error ? error.message : "it cannot be read"}`, "mend the file; what it holds is shown nowhere");
  }
}

/** Says on standard error what is wrong with a line: prose, or JSON with --json. Nothing of the line itself is shown. */
function complainer(call: Call): (number: number, code: string, message: string) => void {
  if (call.flag("json")) return (line, code, message) => call.screen.complain(JSON.stringify({ line, code, message }));
  return (number, code, message) => call.screen.complain(oneLine(`rugdekking: line ${number}: ${message} (${code})`));
}

const lineTroubles = {
  "line-too-long": `it has more than ${MAX_LINE_BYTES} bytes; a text may have 1,048,576 characters, cut longer ones into pieces`,
  "encoding-wrong": "it is not UTF-8; save the file as UTF-8",
} as const;

/** Reads and judges everything. @returns how many lines were refused. */
async function judgeAll(call: Call, pipe: Pipe, judge: (message: Message, line: Buffer) => void): Promise<number> {
  const complain = complainer(call);
  const progress = call.flag("progress") ? call.screen.progress("Reading", true) : null;
  let refused = 0;
  const refuse = (number: number, code: string, message: string): void => {
    refused++;
    complain(number, code, message);
  };
  const cutter = new LineCutter(MAX_LINE_BYTES, {
    line(number, text, bytes) {
      let message: Message;
      try {
        message = parseLine(text);
      } catch (error) {
        if (!(error instanceof TriageError)) throw error;
        return refuse(number, error.code, error.message);
      }
      judge(message, bytes);
    },
    trouble: (number, what) => refuse(number, what, lineTroubles[what]),
  });
  let done = 0;
  const total = pipe.size ?? Number.POSITIVE_INFINITY;
  for await (const piece of pipe.input) {
    cutter.feed(piece);
    done += piece.byteLength;
    progress?.at(done, Math.max(total, done + 1));
  }
  cutter.end();
  progress?.at(done, done);
  progress?.end();
  return refused;
}

/** Gives the findings with their campaigns, in order. */
async function writeAll(pipe: Pipe, spool: Spool, campaignOf: (n: number) => string | null): Promise<void> {
  let out = Buffer.allocUnsafe(OUT_BYTES);
  let filled = 0;
  let n = 0;
  for (const finding of spool.findings()) {
    const campaign = campaignOf(n++);
    const most = finding.length + 16;
    if (filled + most > out.length) {
      if (filled > 0) await pipe.write(out.subarray(0, filled));
      // What was written may still be on its way: it is not written over.
      out = Buffer.allocUnsafe(Math.max(OUT_BYTES, most));
      filled = 0;
    }
    filled += finding.copy(out, filled);
    filled += out.write(campaign === null ? "null}\n" : `"${campaign}"}\n`, filled);
  }
  if (filled > 0) await pipe.write(out.subarray(0, filled));
}

/** A campaign as `--campaigns` writes it: times as text, the first message by its id. */
const written = ({ firstMessage, first, last, ...campaign }: Campaign, idOf: (n: number) => Message["id"]): object => ({
  ...campaign,
  firstMessage: idOf(firstMessage),
  first: first === null ? null : new Date(first).toISOString(),
  last: last === null ? null : new Date(last).toISOString(),
});

/** Runs the command. @returns 1 when lines were refused. @throws {@link CommandError} */
export async function triage(call: Call): Promise<ExitCode> {
  const { pipe } = call.screen;
  const watch = await watchIn(call.text("watch"));
  const campaignsPath = call.text("campaigns");
  const campaignsFile = campaignsPath === null ? null : await openNew(campaignsPath);
  const pass = createTriage(watch === undefined ? {} : { watch });
  const spool = new Spool();
  try {
    const refused = await judgeAll(call, pipe, (message, line) => {
      const { id, threat, abuse, personal } = pass.judge(message);
      // The order of the fields is that of the contract; campaign and closing brace follow when it is known.
      spool.add(`${JSON.stringify({ id, threat, abuse, personal }).slice(0, -1)},"campaign":`, line);
    });
    const recall = (n: number): Message => {
      const line = spool.line(n);
      return parseLine(line.toString("utf8"));
    };
    const report = pass.finish(recall);
    await writeAll(pipe, spool, (n) => report.campaignOf(n));
    if (campaignsFile !== null) {
      const campaigns = report.describe(DESCRIBED).map((campaign) => written(campaign, (n) => recall(n).id));
      await campaignsFile.write(`${JSON.stringify({ campaignCount: report.campaignCount, campaigns, bursts: report.bursts() }, null, 2)}\n`);
    }
    return refused === 0 ? 0 : 1;
  } finally {
    spool.close();
    await campaignsFile?.discard();
  }
}
