/** The doors of erasing and of holds; registered with the dossier's other routes. */
import type { FastifyInstance } from "fastify";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Type from "typebox";
import { Envelope, Uuid } from "#services/directory/contract/index.ts";
import { DeskNotices, Erasures, ErasureView, Holds, NewHold } from "#services/dossier/contract/erasure.ts";
import { readNotices } from "#services/dossier/store/erasure.ts";
import { Problem } from "#services/problem/index.ts";
import { endHold, holdDossier, requestErasure, undoErasure, viewErasures, viewHolds, type ErasureSettings } from "./erasure.ts";
import type { DossierServices } from "./services.ts";

const DossierId = Type.Object({ id: Uuid });
const Stated = Type.Object({ statement: Envelope }, { additionalProperties: false });

/** Registers the routes. */
export function erasureRoutes(server: FastifyInstance, services: DossierServices, settings: ErasureSettings): void {
  const app = server.withTypeProvider<TypeBoxTypeProvider>();
  app.post(
    "/api/v1/dossiers/:id/erasure",
    {
      schema: {
        tags: ["dossier"],
        summary: "Ask that a dossier of mine is erased",
        description: "Can be undone until `due`. What others read or copied before is not taken back.",
        params: DossierId,
        body: Stated,
        response: { 202: ErasureView },
      },
    },
    async (request, reply) => {
      const author = await services.directory.caller(request);
      return reply.code(202).send(await requestErasure(services, settings, request.params.id, author, request.body.statement));
    },
  );
  app.delete(
    "/api/v1/dossiers/:id/erasure",
    { schema: { tags: ["dossier"], summary: "Undo my request to erase", params: DossierId, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await undoErasure(services, request.params.id, (await services.directory.caller(request)).person);
      return reply.code(204).send(null);
    },
  );
  app.get(
    "/api/v1/erasures",
    { schema: { tags: ["dossier"], summary: "What of mine is being erased, and receipts of what was", response: { 200: Erasures } } },
    async (request) => await viewErasures(services, settings, (await services.directory.caller(request)).person),
  );
  app.get(
    "/api/v1/desks/:desk/notices",
    {
      schema: {
        tags: ["dossier"],
        summary: "Dossiers of a desk that are erased or will be",
        params: Type.Object({ desk: Uuid }),
        response: { 200: DeskNotices },
      },
    },
    async (request) => {
      const { person } = await services.directory.caller(request);
      const desk = (await services.directory.desksOf(services.db, person)).find(({ id }) => id === request.params.desk);
      if (desk === undefined) throw new Problem("not-found", "There is no such desk for you", "Sign in as a member of the desk.");
      return { notices: await readNotices(services.db, { desk: desk.id, organisation: desk.organisation }) };
    },
  );
  holdRoutes(server, services);
}

function holdRoutes(server: FastifyInstance, services: DossierServices): void {
  const app = server.withTypeProvider<TypeBoxTypeProvider>();
  app.get(
    "/api/v1/dossiers/:id/holds",
    { schema: { tags: ["dossier"], summary: "What holds up erasing this dossier", params: DossierId, response: { 200: Holds } } },
    async (request) => ({ holds: await viewHolds(services, request.params.id, (await services.directory.caller(request)).person) }),
  );
  app.post(
    "/api/v1/dossiers/:id/holds",
    {
      schema: {
        tags: ["dossier"],
        summary: "Hold up erasing a dossier, as a lead of a desk that has it whole, or as its owner",
        description: "Signed, with a sealed reason and an end of at most a year from now.",
        params: DossierId,
        body: NewHold,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await holdDossier(services, request.params.id, await services.directory.caller(request), request.body);
      return reply.code(204).send(null);
    },
  );
  app.post(
    "/api/v1/dossiers/:id/holds/:hold/end",
    {
      schema: {
        tags: ["dossier"],
        summary: "End a hold before its time",
        params: Type.Object({ id: Uuid, hold: Uuid }),
        body: Stated,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await endHold(services, request.params.id, await services.directory.caller(request), request.params.hold, request.body.statement);
      return reply.code(204).send(null);
    },
  );
}
