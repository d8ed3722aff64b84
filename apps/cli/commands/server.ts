/** `rugdekking start`, with the real house behind it: the only file of the command line that knows how apps/server is opened. */
import type { Command } from "#apps/cli/command.ts";
import { demonstrationOrganisations } from "#apps/demonstration/cast.ts";
import { demonstrationRoutes } from "#apps/demonstration/routes.ts";
import type { GivenSettings } from "#apps/server/settings.ts";
import { migrateCommand } from "./migrate.ts";
import { type RunningHouse, startCommand, type World } from "./start.ts";

/** The house is loaded only when it is started: no other command waits for it. */
async function open(given: GivenSettings, { registrar, demonstration }: World): Promise<RunningHouse> {
  const [{ openHouse }, { readSettings }] = await Promise.all([import("#apps/server/house.ts"), import("#apps/server/settings.ts")]);
  const settings = readSettings(given);
  const house = await openHouse(settings, {
    ...(registrar === null ? {} : { registrar }),
    ...(demonstration === null
      ? {}
      : { organisations: demonstrationOrganisations, plugins: [demonstrationRoutes({ path: demonstration, production: settings.production })] }),
    // Names and places of our own code only: an error's message may hold what a person sent.
    unforeseen: (failure) => void process.stderr.write(`rugdekking: unforeseen ${JSON.stringify(failure)}\n`),
  });
  return { address: house.url, close: () => house.stop() };
}

async function migrateAll(database: string): Promise<readonly string[]> {
  const [{ houseMigrations }, { migrateJobs }, { migrate, openDatabase }] = await Promise.all([
    import("#apps/server/house.ts"),
    import("#apps/server/jobs.ts"),
    import("#services/storage/index.ts"),
  ]);
  const db = openDatabase(database, { connections: 1 });
  try {
    const applied = await migrate(db, houseMigrations);
    await migrateJobs(database);
    return applied;
  } finally {
    await db.destroy();
  }
}

/** What a line that starts the server, or makes ready for it, can mean. */
export const serverCommands: readonly Command[] = [startCommand(open), migrateCommand(migrateAll)];
