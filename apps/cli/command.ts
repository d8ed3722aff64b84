/** What a command is: its words, options, example and what it does; parses the line it was called with. Every file in commands/ uses this. */
import { type ParseArgsConfig, parseArgs } from "node:util";
import type { Screen } from "./screen.ts";

/** Where `rugdekking start` listens, and where the other commands look for it, unless told otherwise. */
export const DEFAULT_PORT = 7420;

/** 0 done, 1 the input was wrong, 2 it could not run (server away, file system, not installed). */
export type ExitCode = 0 | 1 | 2;

/** Something the caller can mend: becomes one line on stderr, `rugdekking: what, where; how to mend it`. Holds no secret. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly mend: string;
  readonly exit: ExitCode;

  /** @param message what and where; @param mend how to mend it; @param exit 1 for wrong input (default), 2 for could not run. */
  constructor(message: string, mend: string, exit: ExitCode = 1) {
    super(message);
    this.mend = mend;
    this.exit = exit;
  }
}

/** One option; `value` names what follows it (`null`: a switch). */
export interface OptionRule {
  readonly value: string | null;
  readonly about: string;
  readonly multiple?: boolean;
}

/** One line of the command table. */
export interface Command {
  /** The words, for example `ledger check`. */
  readonly name: string;
  readonly about: string;
  /** Positionals as help shows them, for example `RECEIPT` or `FILE...`; a `...` takes any number, `[X]` may be left out. */
  readonly takes: string;
  readonly options: Readonly<Record<string, OptionRule>>;
  /** A line that works, shown by `--help`. */
  readonly example: string;
  readonly run: (call: Call) => Promise<ExitCode>;
}

/** Options every command knows. */
export const everywhere: Readonly<Record<string, OptionRule>> = {
  help: { value: null, about: "explain this command" },
  json: { value: null, about: "answer as JSON on stdout" },
};

/** Options of every command that talks to a server. */
export const connected: Readonly<Record<string, OptionRule>> = {
  server: { value: "URL", about: `address of the server (or RUGDEKKING_SERVER; default http://127.0.0.1:${DEFAULT_PORT})` },
  home: { value: "DIR", about: "where pinned keys are kept (default ~/.rugdekking)" },
};

/** Options of every command that someone does under a name, or as a guest. */
export const signedIn: Readonly<Record<string, OptionRule>> = {
  ...connected,
  as: { value: "HANDLE", about: "sign in under this name; the passphrase comes from a file or the environment" },
  "passphrase-file": { value: "FILE", about: "first line is the passphrase (or RUGDEKKING_PASSPHRASE)" },
  "receipt-file": { value: "FILE", about: "act as the guest whose receipt code is in this file" },
};

/** A command as it was called. Values are read by kind; a wrong one names the option. */
export class Call {
  readonly command: Command;
  readonly positionals: readonly string[];
  readonly screen: Screen;
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(command: Command, positionals: readonly string[], values: Readonly<Record<string, unknown>>, screen: Screen) {
    this.command = command;
    this.positionals = positionals;
    this.screen = screen;
    this.#values = values;
  }

  /** Value of an option, or null when it was not given. */
  text(option: string): string | null {
    const value = this.#values[option];
    return typeof value === "string" ? value : null;
  }

  /** All values of an option that may be given more than once. */
  list(option: string): readonly string[] {
    const value = this.#values[option];
    return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
  }

  flag(option: string): boolean {
    return this.#values[option] === true;
  }

  /** @throws {@link CommandError} when the option is missing or empty. */
  need(option: string): string {
    const value = this.text(option);
    if (value !== null && value !== "") return value;
    throw new CommandError(`${this.command.name} needs --${option}`, `for example: ${this.command.example}`);
  }

  /** A value that must be one of a list. @throws {@link CommandError} naming the list. */
  choice<const T extends string>(option: string, choices: readonly T[], fallback?: T): T {
    const value = this.text(option);
    if (value === null && fallback !== undefined) return fallback;
    const chosen = choices.find((one) => one === value);
    if (chosen !== undefined) return chosen;
    throw new CommandError(`--${option} ${value === null ? "is missing" : `does not know ${JSON.stringify(value)}`}`, `choose ${choices.join(", ")}`);
  }

  /** Positional number `place`, from 0. */
  at(place: number): string {
    const value = this.positionals[place];
    if (value !== undefined) return value;
    throw new CommandError(`${this.command.name} needs ${this.command.takes}`, `for example: ${this.command.example}`);
  }
}

const rulesOf = (command: Command): Readonly<Record<string, OptionRule>> => ({ ...everywhere, ...command.options });

/** How many positionals `takes` allows. */
function positionalRange(takes: string): { readonly least: number; readonly most: number } {
  const words = takes === "" ? [] : takes.split(" ");
  return {
    least: words.filter((word) => !word.startsWith("[")).length,
    most: words.some((word) => word.includes("...")) ? Number.POSITIVE_INFINITY : words.length,
  };
}

/**
 * The command a line names (its longest match) and the words after it.
 * @throws {@link CommandError} when no command has that name.
 */
export function findCommand(commands: readonly Command[], line: readonly string[]): { command: Command; rest: readonly string[] } {
  const found = commands
    .filter(({ name }) => name.split(" ").every((word, place) => line[place] === word))
    .toSorted((a, b) => b.name.length - a.name.length)[0];
  if (found !== undefined) return { command: found, rest: line.slice(found.name.split(" ").length) };
  const [first = ""] = line;
  const near = commands.filter(({ name }) => name.startsWith(`${first} `)).map(({ name }) => name);
  throw new CommandError(
    `there is no command ${JSON.stringify(
      line
        .slice(0, 2)
        .filter((word) => !word.startsWith("-"))
        .join(" "),
    )}`,
    near.length > 0 ? `choose ${near.join(", ")}` : "see rugdekking --help",
  );
}

/** Parses the words after a command's name. @throws {@link CommandError} naming the option or positional that is wrong. */
export function parseCall(command: Command, rest: readonly string[], screen: Screen): Call {
  const options: NonNullable<ParseArgsConfig["options"]> = Object.fromEntries(
    Object.entries(rulesOf(command)).map(([name, rule]) => [
      name,
      { type: rule.value === null ? ("boolean" as const) : ("string" as const), multiple: rule.multiple ?? false },
    ]),
  );
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args: [...rest], options, allowPositionals: true, strict: true });
  } catch (error) {
    const what = error instanceof Error ? (error.message.split(". ")[0] ?? "the line is wrong") : "the line is wrong";
    throw new CommandError(`${command.name}: ${what}`, `see rugdekking ${command.name} --help`);
  }
  const { least, most } = positionalRange(command.takes);
  const given = parsed.positionals.length;
  if (parsed.values["help"] !== true && (given < least || given > most))
    throw new CommandError(`${command.name} takes ${command.takes === "" ? "no words" : command.takes}; ${given} given`, `for example: ${command.example}`);
  return new Call(command, parsed.positionals, parsed.values, screen);
}

/** `--help` of one command. */
export function helpOf(command: Command): string {
  const rows = Object.entries(rulesOf(command)).map(
    ([name, rule]) => [`  --${name}${rule.value === null ? "" : ` ${rule.value}`}${rule.multiple === true ? " (repeatable)" : ""}`, rule.about] as const,
  );
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return [
    `rugdekking ${command.name}${command.takes === "" ? "" : ` ${command.takes}`}`,
    "",
    `  ${command.about}`,
    "",
    "Options",
    ...rows.map(([left, right]) => left.padEnd(width) + right),
    "",
    "Example",
    `  ${command.example}`,
    "",
  ].join("\n");
}

/** `--help` of the whole program. */
export function helpOfAll(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name, takes }) => name.length + takes.length)) + 5;
  return [
    "rugdekking: help for threatened local office-holders, sealed from end to end",
    "",
    "Usage: rugdekking COMMAND [options]     (rugdekking COMMAND --help explains one, with an example)",
    "",
    ...commands.map(({ name, takes, about }) => `  ${`${name} ${takes}`.trim().padEnd(width)}${about}`),
    "",
    "Secrets never go on the command line: passphrases and receipt codes are read from files or from RUGDEKKING_PASSPHRASE.",
    "Exit: 0 done, 1 the input is wrong, 2 it could not run.",
    "",
  ].join("\n");
}
