/** The directory's HTTP doors as one Fastify plugin; apps/server registers it before the dossier's, whose routes ask `request.caller`. */
import type { FastifyInstance } from "fastify";
import { readCallers } from "./caller.ts";
import { registerDesks } from "./desks.ts";
import { arrangementRoutes } from "./arrangement.ts";
import { joiningRoutes } from "./joining.ts";
import { organisationSignInRoutes } from "./organisation-sign-in.ts";
import { registerPersons } from "./persons.ts";
import { receiptRoutes } from "./receipts.ts";
import { recoveryRoutes } from "./recovery.ts";
import { signInRoutes } from "./sign-in.ts";
import type { DirectoryOptions } from "./services.ts";

export { absoluteHours, idleMinutes, idleSince, requireCaller, requirePerson, sessionCookie, type Caller } from "./caller.ts";
export type { DirectoryOptions } from "./services.ts";
export { readProviders } from "./organisation-providers.ts";
export { openProviders } from "./provider.ts";
export { requireConfirmed } from "./unconfirmed.ts";

/**
 * The routes of this room, and the hook that knows who calls; needs `@fastify/cookie` on the server.
 * The plugin is not encapsulated, so that plugins registered after it see the caller too.
 */
export function directoryRoutes(options: DirectoryOptions): (server: FastifyInstance) => Promise<void> {
  const plugin = async (server: FastifyInstance): Promise<void> => {
    readCallers(server, options.db, options.clock, options.providers ?? new Map());
    registerDesks(server, options);
    registerPersons(server, options);
    signInRoutes(server, options);
    organisationSignInRoutes(server, options);
    joiningRoutes(server, options);
    arrangementRoutes(server, options);
    recoveryRoutes(server, options);
    receiptRoutes(server, options);
  };
  // How Fastify is told not to encapsulate (fastify-plugin does the same).
  return Object.assign(plugin, { [Symbol.for("skip-override")]: true });
}
