/** Organisations, desks, epochs and invitations over HTTP. Routes of the directory. */
import type { FastifyInstance } from "fastify";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Type from "typebox";
import { v7 as uuidv7 } from "uuid";
import { DeskFunction, DeskKeys, DeskView, Moment, Organisation, organisationKinds, Rotation, TrustAnchor, Uuid } from "#services/directory/contract/index.ts";
import {
  acceptInvitation,
  findDesks,
  findOrganisations,
  insertInvitation,
  invitationsOf,
  readDesk,
  readDeskKeys,
  readInvitation,
  readOrganisation,
  viewDesks,
  type DeskFacts,
} from "#services/directory/store/index.ts";
import { Problem } from "#services/problem/index.ts";
import { requireCaller, requirePerson, type Caller } from "./caller.ts";
import { makeDesk, rotateDesk } from "./rotation.ts";
import type { DirectoryOptions } from "./services.ts";
import { newToken, tokenHash } from "./tokens.ts";
import { requireConfirmed } from "./unconfirmed.ts";

/** 500 members with their keys, in the roster and wrapped. Bytes. */
const rotationLimit = 8 * 1024 * 1024;
const invitationDays = 14;

const OrganisationId = Type.String({ pattern: "^[a-z0-9-]{2,40}$" });
const DeskId = Type.Object({ desk: Uuid });
/** In the body and never in an address: proxies keep addresses in their logs. */
const Token = Type.Object({ token: Type.String({ pattern: "^[A-Za-z0-9_-]{43}$" }) }, { additionalProperties: false });
const noDesk = (): Problem => new Problem("not-found", "There is no such desk", "Look the desk up again.");

async function deskOf(options: DirectoryOptions, desk: string): Promise<DeskFacts & { readonly members: readonly { person: string; lead: boolean }[] }> {
  const found = await readDesk(options.db, desk);
  if (found === null) throw noDesk();
  return found;
}

async function viewOf(options: DirectoryOptions, desk: string): Promise<DeskView> {
  const [view] = await viewDesks(options.db, [await deskOf(options, desk)]);
  if (view === undefined) throw noDesk();
  return view;
}

/** A desk that the caller leads. @throws {@link Problem} not-found, role-forbidden, confirmation-missing */
export async function ledBy(options: DirectoryOptions, desk: string, caller: Caller): Promise<DeskFacts> {
  const found = await deskOf(options, desk);
  requireConfirmed(caller, desk);
  if (found.members.some(({ person, lead }) => person === caller.person && lead)) return found;
  throw new Problem("role-forbidden", "Only a lead of the desk may do this", "Ask a lead.");
}

function organisationRoutes(server: FastifyInstance, options: DirectoryOptions): void {
  const app = server.withTypeProvider<TypeBoxTypeProvider>();
  app.get(
    "/api/v1/trust-anchor",
    {
      schema: {
        operationId: "readTrustAnchor",
        tags: ["directory"],
        summary: "What a client pins before it trusts anything else",
        response: { 200: TrustAnchor },
      },
    },
    async () => options.anchor,
  );
  app.get(
    "/api/v1/organisations",
    {
      schema: {
        operationId: "listOrganisations",
        tags: ["directory"],
        summary: "Search organisations by name",
        description: "At most 50.",
        querystring: Type.Object(
          {
            query: Type.Optional(Type.String({ maxLength: 100 })),
            kind: Type.Optional(Type.Enum(organisationKinds)),
            limit: Type.Optional(Type.String({ pattern: "^[0-9]{1,2}$" })),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ organisations: Type.Array(Organisation) }, { additionalProperties: false }) },
      },
    },
    async (request) => {
      const { query, kind, limit } = request.query;
      return {
        organisations: await findOrganisations(options.db, { query: query ?? "", kind: kind ?? null, limit: Math.max(1, Math.min(50, Number(limit ?? 20))) }),
      };
    },
  );
  app.get(
    "/api/v1/organisations/:id",
    {
      schema: {
        operationId: "readOrganisation",
        tags: ["directory"],
        summary: "One organisation",
        params: Type.Object({ id: OrganisationId }),
        response: { 200: Organisation },
      },
    },
    async (request) => {
      const found = await readOrganisation(options.db, request.params.id);
      if (found === null) throw new Problem("not-found", "There is no such organisation", "Search by name.");
      return found;
    },
  );
}

function deskRoutes(server: FastifyInstance, options: DirectoryOptions): void {
  const app = server.withTypeProvider<TypeBoxTypeProvider>();
  app.get(
    "/api/v1/desks",
    {
      schema: {
        operationId: "listDesks",
        tags: ["directory"],
        summary: "Desks of an organisation or of a function",
        description: "At least one filter; at most 100.",
        querystring: Type.Object({ organisation: Type.Optional(OrganisationId), function: Type.Optional(DeskFunction) }, { additionalProperties: false }),
        response: { 200: Type.Object({ desks: Type.Array(DeskView) }, { additionalProperties: false }) },
      },
    },
    async (request) => {
      const { organisation, function: deskFunction } = request.query;
      if (organisation === undefined && deskFunction === undefined)
        throw new Problem("input-malformed", "querystring: neither organisation nor function is given", "Give at least one of the two.");
      return {
        desks: await viewDesks(options.db, await findDesks(options.db, { organisation: organisation ?? null, function: deskFunction ?? null, limit: 100 })),
      };
    },
  );
  app.get(
    "/api/v1/desks/:desk",
    { schema: { operationId: "readDesk", tags: ["directory"], summary: "One desk with its roster chain", params: DeskId, response: { 200: DeskView } } },
    async (request) => viewOf(options, request.params.desk),
  );
  app.get(
    "/api/v1/desks/:desk/keys",
    { schema: { operationId: "readDeskKeys", tags: ["directory"], summary: "My own keys to a desk", params: DeskId, response: { 200: DeskKeys } } },
    async (request) => {
      const caller = requireCaller(request);
      requireConfirmed(caller, request.params.desk);
      const keys = await readDeskKeys(options.db, await deskOf(options, request.params.desk), caller.person);
      if (keys === null) throw new Problem("role-forbidden", "You are not a member of this desk", "Ask a lead of the desk to add you.");
      return keys;
    },
  );
  app.post(
    "/api/v1/desks",
    {
      bodyLimit: rotationLimit,
      schema: {
        operationId: "createDesk",
        tags: ["directory"],
        summary: "Make a desk with a roster the registrar signed",
        body: Rotation,
        response: { 201: DeskView },
      },
    },
    async (request, reply) => reply.code(201).send(await viewOf(options, await makeDesk(options, request.body))),
  );
  app.post(
    "/api/v1/desks/:desk/epochs",
    {
      bodyLimit: rotationLimit,
      schema: {
        operationId: "createEpoch",
        tags: ["directory"],
        summary: "Start a desk's next epoch",
        description: "By a lead of the present roster; the wrapped keys must be exactly those of the new one.",
        params: DeskId,
        body: Rotation,
        response: { 201: DeskView },
      },
    },
    async (request, reply) => {
      await rotateDesk(options, request.params.desk, request.body, requirePerson(request));
      return reply.code(201).send(await viewOf(options, request.params.desk));
    },
  );
}

function invitationRoutes(server: FastifyInstance, options: DirectoryOptions): void {
  const { db, clock } = options;
  const app = server.withTypeProvider<TypeBoxTypeProvider>();
  // As a roster takes them (engines/seal): one line, nothing that is not shown.
  const Line = Type.String({ minLength: 1, maxLength: 120, pattern: "^[^\\x00-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069]*$" });
  const named = { name: Line, office: Line };
  const gone = (): Problem =>
    new Problem(
      "invitation-unknown",
      "This invitation is unknown, was used by someone else, or is older than two weeks",
      "Ask a lead of the desk for a new one.",
    );
  app.post(
    "/api/v1/desks/:desk/invitations",
    {
      schema: {
        operationId: "createInvitation",
        tags: ["directory"],
        summary: "Invite someone to a desk",
        description: "The token is shown once.",
        params: DeskId,
        body: Type.Object(named, { additionalProperties: false }),
        response: { 201: Type.Object({ token: Type.String(), expires: Moment }, { additionalProperties: false }) },
      },
    },
    async (request, reply) => {
      const desk = await ledBy(options, request.params.desk, requirePerson(request));
      const token = newToken();
      const expires = new Date(clock().getTime() + invitationDays * 86_400_000);
      await insertInvitation(db, {
        hash: tokenHash(token),
        id: uuidv7(),
        organisation: desk.organisation,
        desk: desk.id,
        ...request.body,
        acceptedBy: null,
        expires,
      });
      return reply.code(201).send({ token, expires: expires.toISOString() });
    },
  );
  const InvitationView = Type.Object({ id: Uuid, ...named, acceptedBy: Type.Union([Uuid, Type.Null()]), expires: Moment }, { additionalProperties: false });
  app.get(
    "/api/v1/desks/:desk/invitations",
    {
      schema: {
        operationId: "listInvitations",
        tags: ["directory"],
        summary: "Invitations that wait",
        params: DeskId,
        response: { 200: Type.Object({ invitations: Type.Array(InvitationView) }, { additionalProperties: false }) },
      },
    },
    async (request) => {
      const desk = await ledBy(options, request.params.desk, requirePerson(request));
      const found = await invitationsOf(db, desk.id, clock());
      return { invitations: found.map(({ id, name, office, acceptedBy, expires }) => ({ id, name, office, acceptedBy, expires: expires.toISOString() })) };
    },
  );
  app.post(
    "/api/v1/invitations/look-ups",
    {
      schema: {
        operationId: "readInvitation",
        tags: ["directory"],
        summary: "What an invitation invites to",
        description: "A POST that changes nothing: the token is a secret, and an address is no place for one.",
        body: Token,
        response: { 200: Type.Object({ desk: DeskView, name: Type.String(), office: Type.String() }, { additionalProperties: false }) },
      },
    },
    async (request) => {
      const found = await readInvitation(db, tokenHash(request.body.token), clock());
      if (found === null) throw gone();
      return { desk: await viewOf(options, found.desk), name: found.name, office: found.office };
    },
  );
  app.post(
    "/api/v1/invitations/acceptances",
    {
      schema: {
        operationId: "acceptInvitation",
        tags: ["directory"],
        summary: "Accept; a lead then adds you",
        body: Token,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const caller = requirePerson(request);
      if (!(await acceptInvitation(db, tokenHash(request.body.token), caller.person, clock()))) throw gone();
      return reply.code(204).send(null);
    },
  );
}

/** Trust anchor, organisation, desk and invitation routes. */
export function registerDesks(server: FastifyInstance, options: DirectoryOptions): void {
  organisationRoutes(server, options);
  deskRoutes(server, options);
  invitationRoutes(server, options);
}
