/** GET /api/v1/demonstration: the passphrases of the invented persons, for the person switcher. The house registers this only in demonstration mode, never in production. */
import type { FastifyPluginAsync } from "fastify";
import Type from "typebox";
import { codesToTry, readDemonstration } from "./store.ts";
import { Problem } from "#services/problem/index.ts";

/** What the person switcher gets. */
export const DemonstrationView = Type.Object(
  {
    demonstration: Type.Literal(true),
    complete: Type.Boolean(),
    persons: Type.Array(
      Type.Object(
        { key: Type.String(), name: Type.String(), office: Type.String(), organisation: Type.String(), handle: Type.String(), passphrase: Type.String() },
        { additionalProperties: false },
      ),
    ),
    guestReceipt: Type.Union([Type.String(), Type.Null()]),
    /** Codes with which anyone can fill in the invented Monitor, as `/monitor#CODE`. */
    monitorCodes: Type.Array(Type.String()),
  },
  { additionalProperties: false },
);

/**
 * The plugin, with the path of demonstration.json.
 * @throws Error at registration when `production` is set: a demonstration never runs in production.
 */
export function demonstrationRoutes(options: { readonly path: string; readonly production: boolean }): FastifyPluginAsync {
  if (options.production) throw new Error("a production server has no demonstration routes");
  return async (server) => {
    server.get(
      "/api/v1/demonstration",
      {
        schema: {
          summary: "Persons of the demonstration world",
          description: "Only on a demonstration server. Every person in it is invented.",
          tags: ["demonstration"],
          response: { 200: DemonstrationView },
        },
      },
      async (_request, reply) => {
        const file = await readDemonstration(options.path);
        if (file === null) throw new Problem("not-found", "The demonstration world is not built yet", "Try again in a moment.");
        void reply.header("Cache-Control", "no-store");
        const persons = file.persons
          .filter(({ person }) => person !== null)
          .map(({ key, name, office, organisation, handle, passphrase }) => ({ key, name, office, organisation, handle, passphrase }));
        return { demonstration: true as const, complete: file.complete, persons, guestReceipt: file.guestReceipt, monitorCodes: codesToTry(file) };
      },
    );
  };
}
