/** `rugdekking migrate`: brings the schema up to date, ours and that of jobs; the one step of a deployment that may change tables. Servers then start with --no-migrate. */
import { type Call, type Command, CommandError, type ExitCode } from "#apps/cli/command.ts";

/** @returns ids of the steps that were applied now. `commands/server.ts` hands in the real one. */
export type Migrator = (database: string) => Promise<readonly string[]>;

/** The address of a database by option or environment; never with a password on the line. @throws {@link CommandError} */
export function databaseOf(call: Call): string | null {
  const database = call.text("database");
  // By its own form, not as a URL: with several hosts it is none.
  if (database !== null && /^[a-z]+:\/\/[^@/]*:[^@/]+@/u.test(database))
    throw new CommandError("--database holds a password, which every user of this machine could read", "set RUGDEKKING_DATABASE instead");
  const address = database ?? process.env["RUGDEKKING_DATABASE"] ?? null;
  if (address !== null && !/^postgres(?:ql)?:\/\//.test(address))
    throw new CommandError("the database address does not start with postgres://", "give --database postgres://user@host/name, or set RUGDEKKING_DATABASE");
  return address;
}

/** The command, around what migrates. */
export function migrateCommand(migrate: Migrator): Command {
  const run = async (call: Call): Promise<ExitCode> => {
    const database = databaseOf(call);
    if (database === null)
      throw new CommandError("there is no database to migrate", "give --database URL or RUGDEKKING_DATABASE; an embedded database is migrated by start");
    const applied = await migrate(database);
    call.screen.answer({ applied }, applied.length === 0 ? "The schema is up to date." : `Applied ${applied.length} steps; the last is ${applied.at(-1)}.`);
    return 0;
  };
  return {
    name: "migrate",
    about: "bring the schema of a PostgreSQL server up to date, as one step of a deployment",
    takes: "",
    options: { database: { value: "URL", about: "the PostgreSQL server; with a password, use RUGDEKKING_DATABASE" } },
    example: "rugdekking migrate --database postgres://rugdekking@db.example.nl/rugdekking",
    run,
  };
}
