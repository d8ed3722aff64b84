/** The dossier's HTTP doors as one Fastify plugin; apps/server registers it after the directory's. It routes, counts days and guards; it cannot read. */
import type { FastifyInstance, FastifyPluginAsync } from "fastify";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Type from "typebox";
import { verifyPersonCard } from "@rugdekking/seal/verify";
import { DossierView, EntryView, HandOvers, LateList, NewDossier, Receipt, Submission, WorklistPage } from "#services/dossier/contract/index.ts";
import { Envelope, Moment, Uuid } from "#services/directory/contract/index.ts";
import { enqueueLeaves } from "#services/ledger/store/index.ts";
import { inTransaction } from "#services/storage/index.ts";
import { Problem } from "#services/problem/index.ts";
import { answerLinkRoutes } from "./answer-links.ts";
import { directoryQuestions, isOfDesk } from "./directory.ts";
import { assertReader, attachmentFor, entryHashFor, viewDossier, viewEntries, viewHandOvers, viewLate, viewOwnDossiers, viewWorklist } from "./reading.ts";
import type { ErasureSettings } from "./erasure.ts";
import { erasureRoutes } from "./erasure-routes.ts";
import type { DossierOptions, DossierServices } from "./services.ts";
import { sealProblem } from "./statements.ts";
import { acceptEntry, openDossier, type Author } from "./submission.ts";
import { uploadLimits, uploadRoutes, type UploadLimits } from "./uploads.ts";
import { acceptWithdrawal } from "./withdrawal.ts";

export type { DossierOptions, DossierServices, Notify, Outside } from "./services.ts";
export { standingIn, type Standing } from "./reading.ts";
export { mailPauseMinutes, newsMail, startNewsMail, type NewsMail, type NewsMailOptions } from "./mail.ts";
export { runErasures, verifiedRequest, type ErasureRun, type ErasureSettings, type RetentionRule } from "./erasure.ts";
export { sweep } from "./sweep.ts";
export { runTerms, weeklyLate, type TermsJob, type TermsRun } from "./terms-job.ts";
export type { RoomFor, UploadLimits } from "./uploads.ts";

/** A submission is a 256 KiB body (a third more in base64url), a cover, and hand-overs of some 2 KiB each. Bytes. */
const submissionLimit = 4 * 1024 * 1024;

/** Everything the routes of this room work with. */
export function dossierServices(options: DossierOptions): DossierServices {
  return {
    ...options,
    inTransaction: (work) => inTransaction(options.db, work),
    directory: options.directory ?? directoryQuestions(),
    ledger: {
      enqueue: enqueueLeaves,
      proofOf: async (hash) => (await options.sequencer.integrated(hash)).proof,
      indexOf: async (hash) => (await options.sequencer.integrated(hash)).index,
    },
  };
}

/** A guest signs with the key of the card that comes along; the card is registered in the same transaction. @throws {@link Problem} statement-mismatch, signature-invalid, input-malformed */
async function guestAuthor(card: Envelope): Promise<Author> {
  try {
    const { card: read } = await verifyPersonCard(card);
    if (read.kind !== "guest") throw new Problem("statement-mismatch", "/guest is the card of a person with an account", "Sign in instead.");
    return { person: read.person, signPublicKey: read.signPublicKey };
  } catch (error) {
    throw sealProblem(error, "/guest");
  }
}

/** Start and end of one HTTP range (RFC 9110 section 14.1.2), both included; null for the whole. Several ranges are answered with the whole, as the RFC allows. */
function parseRange(value: string | undefined, size: number): { start: number; end: number } | null | "unsatisfiable" {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/u.exec(value ?? "") ?? [];
  if (from === undefined || to === undefined || (from === "" && to === "")) return null;
  const start = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === "" || to === "" ? size - 1 : Math.min(size - 1, Number(to));
  return start >= size || start > end ? "unsatisfiable" : { start, end };
}

const DossierId = Type.Object({ id: Uuid });
/** Query values are text; numbers are read here, so that the strict (non-coercing) validator can stay. */
const Count = (digits: number): ReturnType<typeof Type.String> => Type.String({ pattern: `^[0-9]{1,${digits}}$` });
const bounded = (value: string | undefined, standard: number, most: number): number =>
  Math.max(1, Math.min(most, value === undefined ? standard : Number(value)));

function writingRoutes(server: FastifyInstance, services: DossierServices, limits: UploadLimits): void {
  const app = server.withTypeProvider<TypeBoxTypeProvider>();
  app.post(
    "/api/v1/dossiers",
    {
      bodyLimit: submissionLimit,
      schema: { tags: ["dossier"], summary: "Open a dossier with its first entry", body: NewDossier, response: { 201: Receipt } },
    },
    async (request, reply) => {
      const { guest, dossier, participants } = request.body;
      if (!isOfDesk(request)) await limits.room?.("words");
      if (guest === null) return reply.code(201).send(await openDossier(services, await services.directory.caller(request), null, request.body));
      // Before the card is looked at: a signature takes longer to check than a token that is not there.
      const desks = participants.map(({ desk }) => desk);
      const admitted = await services.admission.admit(request, { purpose: "dossier", use: dossier, desks });
      const letIn = { admitted, intake: { perDesk: limits.perDesk } };
      return reply.code(201).send(await openDossier(services, await guestAuthor(guest), letIn, request.body));
    },
  );
  app.post(
    "/api/v1/dossiers/:id/entries",
    {
      bodyLimit: submissionLimit,
      schema: {
        tags: ["dossier"],
        summary: "Add the next entry",
        description: "The same envelope again gives the same receipt.",
        params: DossierId,
        body: Submission,
        response: { 201: Receipt },
      },
    },
    async (request, reply) => {
      const author = await services.directory.caller(request);
      const { id } = request.params;
      const receipt = await acceptEntry(services, id, author, request.body).catch(async (error: unknown) => {
        // What is wrong with an entry is told to who has part in the dossier; to anyone else that it is there at all would be told.
        await assertReader(services, id, author.person);
        throw error;
      });
      return reply.code(201).send(receipt);
    },
  );
  app.post(
    "/api/v1/dossiers/:id/consent-withdrawals",
    {
      schema: {
        tags: ["dossier"],
        summary: "Withdraw a consent",
        params: DossierId,
        body: Type.Object({ statement: Envelope }, { additionalProperties: false }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const author = await services.directory.caller(request);
      await acceptWithdrawal(services, request.params.id, author, request.body.statement);
      return reply.code(204).send(null);
    },
  );
}

function readingRoutes(server: FastifyInstance, services: DossierServices): void {
  const app = server.withTypeProvider<TypeBoxTypeProvider>();
  app.get(
    "/api/v1/dossiers",
    {
      schema: {
        tags: ["dossier"],
        summary: "My own dossiers",
        response: { 200: Type.Object({ dossiers: Type.Array(DossierView) }, { additionalProperties: false }) },
      },
    },
    async (request) => ({ dossiers: await viewOwnDossiers(services, (await services.directory.caller(request)).person) }),
  );

  app.get(
    "/api/v1/dossiers/:id",
    { schema: { tags: ["dossier"], summary: "One dossier", params: DossierId, response: { 200: DossierView } } },
    async (request) => {
      const { person } = await services.directory.caller(request);
      return viewDossier(services, request.params.id, person);
    },
  );

  app.get(
    "/api/v1/dossiers/:id/entries",
    {
      schema: {
        tags: ["dossier"],
        summary: "Entries in the order of the chain",
        params: DossierId,
        querystring: Type.Object({ after: Type.Optional(Count(12)), limit: Type.Optional(Count(3)) }, { additionalProperties: false }),
        response: { 200: Type.Object({ entries: Type.Array(EntryView), next: Type.Union([Type.Integer(), Type.Null()]) }, { additionalProperties: false }) },
      },
    },
    async (request) => {
      const { person } = await services.directory.caller(request);
      return viewEntries(services, request.params.id, person, Number(request.query.after ?? 0), bounded(request.query.limit, 50, 100));
    },
  );

  app.get(
    "/api/v1/dossiers/:id/hand-overs",
    {
      schema: {
        tags: ["dossier"],
        summary: "Who handed keys to whom, as signed",
        description: "Statements without the keys they name, ended ones too. A reader without the dossier key sees those to them.",
        params: DossierId,
        response: { 200: HandOvers },
      },
    },
    async (request) => ({ handOvers: await viewHandOvers(services, request.params.id, (await services.directory.caller(request)).person) }),
  );
  app.get(
    "/api/v1/dossiers/:id/entries/:seq/receipt",
    {
      schema: { tags: ["dossier"], summary: "Proof that an entry was accepted", params: Type.Object({ id: Uuid, seq: Count(12) }), response: { 200: Receipt } },
    },
    async (request) => {
      const { person } = await services.directory.caller(request);
      const seq = Number(request.params.seq);
      const entry = await entryHashFor(services, request.params.id, person, seq);
      return { dossier: request.params.id, seq, entry, proof: await services.ledger.proofOf(entry) };
    },
  );

  app.get(
    "/api/v1/dossiers/:id/items/:item",
    { schema: { tags: ["dossier"], summary: "A sealed attachment (HTTP Range)", params: Type.Object({ id: Uuid, item: Uuid }) } },
    async (request, reply) => {
      const { person } = await services.directory.caller(request);
      const { blob, size, digest } = await attachmentFor(services, request.params.id, person, request.params.item);
      const range = parseRange(request.headers.range, size);
      reply
        .header("Accept-Ranges", "bytes")
        .header("ETag", `"${digest}"`)
        .header("Cache-Control", "private, no-store")
        .header("Content-Type", "application/octet-stream");
      if (range === "unsatisfiable") {
        reply.header("Content-Range", `bytes */${size}`);
        throw new Problem("range-unsatisfiable", `Range: the file is ${size} bytes`, "Ask for bytes within that size.");
      }
      const { start, end } = range ?? { start: 0, end: size - 1 };
      if (range !== null) reply.code(206).header("Content-Range", `bytes ${start}-${end}/${size}`);
      return reply.header("Content-Length", end - start + 1).send(services.blobs.read(blob, { start, end }));
    },
  );

  app.get(
    "/api/v1/desks/:desk/worklist",
    {
      schema: {
        tags: ["dossier"],
        summary: "A desk's worklist, what is due first",
        params: Type.Object({ desk: Uuid }),
        querystring: Type.Object(
          { after: Type.Optional(Type.String({ maxLength: 120 })), limit: Type.Optional(Count(3)), changedSince: Type.Optional(Moment) },
          { additionalProperties: false },
        ),
        response: { 200: WorklistPage },
      },
    },
    async (request) => {
      const { person } = await services.directory.caller(request);
      const { after, limit, changedSince } = request.query;
      return viewWorklist(services, request.params.desk, person, {
        limit: bounded(limit, 50, 500),
        ...(after === undefined ? {} : { after }),
        ...(changedSince === undefined ? {} : { changedSince }),
      });
    },
  );
}

function lateRoutes(server: FastifyInstance, services: DossierServices): void {
  const app = server.withTypeProvider<TypeBoxTypeProvider>();
  app.get(
    "/api/v1/desks/:desk/late",
    {
      schema: {
        tags: ["dossier"],
        summary: "What is late at a desk",
        description: "How much of what is late, and the lines, what waits longest first.",
        params: Type.Object({ desk: Uuid }),
        querystring: Type.Object({ after: Type.Optional(Type.String({ maxLength: 120 })), limit: Type.Optional(Count(3)) }, { additionalProperties: false }),
        response: { 200: LateList },
      },
    },
    async (request) => {
      const { person } = await services.directory.caller(request);
      const { after, limit } = request.query;
      return viewLate(services, request.params.desk, person, { limit: bounded(limit, 50, 500), ...(after === undefined ? {} : { after }) });
    },
  );
}

/** The routes of this room. `limits` bounds what people may leave on the disk. */
export const dossierRoutes: FastifyPluginAsync<DossierOptions & { readonly limits?: Partial<UploadLimits>; readonly erasure: ErasureSettings }> = async (
  server,
  options,
) => {
  const services = dossierServices(options);
  const limits = { ...uploadLimits, ...options.limits };
  writingRoutes(server, services, limits);
  readingRoutes(server, services);
  lateRoutes(server, services);
  answerLinkRoutes(server, services);
  uploadRoutes(server, services, limits);
  erasureRoutes(server, services, options.erasure);
};
