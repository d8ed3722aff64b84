/** The command line itself: finds the command, runs it, turns every failure into one line. Started by bin.mjs; tests call {@link main}. */
import { LedgerError } from "@rugdekking/ledger";
import { SealError } from "@rugdekking/seal/verify";
import { ContainerError } from "#services/dossier/bundle/container.ts";
import { Problem, type ProblemCode } from "#services/problem/index.ts";
import { type Command, CommandError, type ExitCode, findCommand, helpOf, helpOfAll, parseCall } from "./command.ts";
import { serverCommands } from "./commands/server.ts";
import { oneLine, standardStreams, type Streams, screenOn } from "./screen.ts";

/**
 * The commands a line may mean. [Note: The server process] A line that starts the server gets the start command alone: every other command
 * is a client's and can open seals, and code that can do that is never loaded where the server runs (law 1).
 */
const commandsFor = async (line: readonly string[]): Promise<readonly Command[]> =>
  line[0] === "start" ? serverCommands : (await import("./table.ts")).commands;

/** Problems that are not the caller's input: exit 2. */
const couldNotRun: ReadonlySet<ProblemCode> = new Set(["unavailable", "storage-full", "quota-reached"]);

/** One line that says what, where and how to mend it, and the exit code it means. Unknown errors show their message, never a stack. */
export function troubleOf(error: unknown): { readonly line: string; readonly exit: ExitCode; readonly code: string } {
  const flat = (text: string): string => oneLine(text.replace(/\s+/g, " ").trim().replace(/[.;]$/, ""));
  const tell = (what: string, mend: string, exit: ExitCode, code: string) => ({ line: `rugdekking: ${flat(what)}; ${flat(mend)}`, exit, code });
  if (error instanceof CommandError) return tell(error.message, error.mend, error.exit, error.exit === 1 ? "input-wrong" : "could-not-run");
  if (error instanceof Problem) return tell(`${error.message} (${error.code})`, error.mend, couldNotRun.has(error.code) ? 2 : 1, error.code);
  if (error instanceof SealError) return tell(`${error.message} (${error.code})`, "check the key, code or file that was given", 1, error.code);
  if (error instanceof LedgerError) return tell(`${error.message} (${error.code})`, "ask for the receipt again", 1, error.code);
  if (error instanceof ContainerError) return tell(error.message, "ask for the bundle again", 1, error.code);
  return tell(
    error instanceof Error ? error.message : "something unknown went wrong",
    "try again; if it stays, report it with the command (without secrets)",
    2,
    "unexpected",
  );
}

/**
 * Runs one line.
 * @param line the words after `rugdekking`; @param streams where it writes.
 */
export async function main(line: readonly string[], streams: Streams): Promise<ExitCode> {
  const json = line.includes("--json");
  const commands = await commandsFor(line);
  const words = line.filter((word) => !word.startsWith("-"));
  if (words.length === 0) {
    streams.out(helpOfAll(commands));
    return line.includes("--help") || line.includes("-h") ? 0 : 1;
  }
  const screen = screenOn(streams, json);
  try {
    const { command, rest } = findCommand(commands, line);
    const call = parseCall(command, rest, screen);
    if (call.flag("help")) {
      streams.out(helpOf(command));
      return 0;
    }
    return await command.run(call);
  } catch (error) {
    const { line: trouble, exit, code } = troubleOf(error);
    if (json && !screen.answered) streams.out(`${JSON.stringify({ error: { code, message: trouble } }, null, 2)}\n`);
    streams.err(`${trouble}\n`);
    return exit;
  }
}

if (import.meta.main) {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 2));
  process.exitCode = await main(process.argv.slice(2), standardStreams());
}
