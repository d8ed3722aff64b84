/** The command line itself: finds the command, runs it, turns every failure into one line. Started by bin.mjs; tests call {@link main}. */
import { finish } from "./afterwards.ts";
import { type Command, type ExitCode, findCommand, helpOf, helpOfAll, parseCall } from "./command.ts";
import { standardStreams, type Streams, screenOn } from "./screen.ts";

/**
 * The commands a line may mean. [Note: The server process] A line that starts the server gets the start command alone: every other command
 * is a client's and can open seals, and code that can do that is never loaded where the server runs (law 1).
 */
const commandsFor = async (line: readonly string[]): Promise<readonly Command[]> => {
  if (line[0] === "start" || line[0] === "migrate") return (await import("./commands/server.ts")).serverCommands;
  // Triage stays within its memory over millions of messages: nothing else is loaded beside it.
  if (line[0] === "triage") return (await import("./commands/triage.ts")).triageCommands;
  // An estimate needs nothing of dossiers either.
  if (line[0] === "estimate") return (await import("./commands/estimate.ts")).estimateCommands;
  return (await import("./table.ts")).commands;
};

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
    try {
      return await command.run(call);
    } finally {
      await finish();
    }
  } catch (error) {
    const { troubleOf } = await import("./trouble.ts");
    const { line: trouble, exit, code } = troubleOf(error);
    if (json && !screen.answered) streams.out(`${JSON.stringify({ error: { code, message: trouble } }, null, 2)}\n`);
    streams.err(`${trouble}\n`);
    return exit;
  }
}

if (import.meta.main) {
  process.exitCode = await main(process.argv.slice(2), standardStreams());
}
