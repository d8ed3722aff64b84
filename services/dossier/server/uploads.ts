/** The doors for attachments: whole in one piece, or piece by piece with a token; sealed bytes go straight to disk. Registered by the plugin of this room. */
import { createHash, randomBytes } from "node:crypto";
import type { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import Type from "typebox";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import type { Admitted } from "#services/admission/server/index.ts";
import { NewUpload, UploadTicket } from "#services/dossier/contract/index.ts";
import { Sha256, Uuid } from "#services/directory/contract/index.ts";
import { newUploadId } from "#services/dossier/store/blobs.ts";
import { guestBytes, insertUpload, personBytes, readUpload, submissionBytes, updateUpload, type Upload } from "#services/dossier/store/uploads.ts";
import { Problem } from "#services/problem/index.ts";
import { isOfDesk } from "./directory.ts";
import type { DossierServices } from "./services.ts";

/** Bytes of a piece that the server advises; also the most that comes in one PUT. */
export const pieceSize = 8 * 1024 * 1024;
/** Hours an upload waits for the entry that names it. */
export const uploadHours = 24;

/** Hours a guest's upload of which nothing came yet is kept. */
const unstartedHours = 1;

/** What people may leave on the disk before an entry names it. Bytes. */
export interface UploadLimits {
  /** One file of someone without a session. */
  readonly perUpload: number;
  /** All files of one dossier that is being sent without a session. */
  readonly perSubmission: number;
  /** All that one desk takes in a day with dossiers opened without an account. */
  readonly perDesk: number;
  /** All that people without a session sent and no entry took, and what dossiers opened without an account brought in a day. */
  readonly together: number;
  /** All that one person with a session announced and no entry took: anyone can make an account. */
  readonly perPerson: number;
  /** @throws {@link Problem} storage-full when what room is left on the disk is kept for others. */
  readonly room?: (kind: RoomFor) => Promise<void>;
}
/** What room is asked for, what gives way first in front: files of guests, of accounts, of desks; words. */
export type RoomFor = "guest-file" | "file" | "desk-file" | "words";
export const uploadLimits: UploadLimits = {
  perUpload: 2 * 1024 ** 3,
  perSubmission: 4 * 1024 ** 3,
  perDesk: 10 * 1024 ** 3,
  together: 20 * 1024 ** 3,
  perPerson: 40 * 1024 ** 3,
};
/** Files of one dossier that is being sent without a session. */
const filesPerSubmission = 200;

const hashOf = (token: string): string => createHash("sha256").update(token).digest("base64url");
const expiry = (now: Date, hours: number): Date => new Date(now.getTime() + hours * 3_600_000);
const unknownUpload = (): Problem =>
  new Problem("not-found", "There is no such upload: it was never begun, took longer than a day, or an entry has it already", "Begin the upload anew.");

/** The bounds of {@link UploadLimits}, asked before anything is kept. */
interface Quota {
  /** May this caller begin a file of this length? @throws {@link Problem} input-too-large, storage-full; quota-reached for an account */
  begin(request: FastifyRequest, person: string | null, file: { readonly dossier: string; readonly size: number }): Promise<void>;
  /** Sets room apart for bytes of a guest that are about to come. @returns gives back what did not come. @throws {@link Problem} storage-full */
  reserve(bytes: number): Promise<() => void>;
}

/**
 * Guests share one quota of what they *sent*: were announcements counted, ten requests would keep every guest out for a day.
 * The database sums it up at most once a second, since a flood must not make it do so for every piece; what this process is receiving is added.
 */
function quotaOf(services: DossierServices, limits: UploadLimits): Quota {
  let known = 0;
  let readAt = -Infinity;
  let coming = 0;
  const checkTogether = async (bytes: number): Promise<void> => {
    const now = performance.now();
    if (now - readAt > 1000) {
      readAt = now;
      known = await guestBytes(services.db, new Date(services.clock().getTime() - 24 * 3_600_000));
    }
    if (known + coming + bytes > limits.together)
      throw new Problem(
        "storage-full",
        "This server took as many files of people without an account as it can for now",
        "Send the report without the file now and add it later, or phone the desk; in danger call 112.",
      );
  };
  return {
    begin: async (request, person, { dossier, size }) => {
      await limits.room?.(isOfDesk(request) ? "desk-file" : person === null || request.caller?.kind === "guest" ? "guest-file" : "file");
      if (person === null) {
        if (size > limits.perUpload)
          throw new Problem(
            "input-too-large",
            `/size is over the ${limits.perUpload} bytes a file may have without an account`,
            "Sign in, or send a shorter file.",
          );
        const before = await submissionBytes(services.db, dossier);
        if (before.files >= filesPerSubmission || before.bytes + size > limits.perSubmission)
          throw new Problem(
            "storage-full",
            `The files of this dossier are more than ${limits.perSubmission} bytes or ${filesPerSubmission} files together`,
            "Send the report with fewer files, and add the others afterwards.",
          );
        await checkTogether(0);
      } else if ((await personBytes(services.db, person)) + size > limits.perPerson)
        throw new Problem("quota-reached", "Too much of yours waits here without an entry", "Submit what you uploaded first, or wait a day.");
    },
    reserve: async (bytes) => {
      await checkTogether(bytes);
      coming += bytes;
      return () => {
        coming -= bytes;
        readAt = -Infinity;
      };
    },
  };
}

const header = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return typeof value === "string" ? value : undefined;
};

/** Pieces that are coming in at this server, by upload, until the row says how far they came. */
type Coming = Map<string, Promise<unknown>>;

/** What a piece needs. */
interface Piece {
  readonly id: string;
  readonly request: FastifyRequest;
  readonly offset: number;
  readonly source: Readable;
}

/** Continues an upload at the offset the client names. @throws {@link Problem} upload-offset, not-found, input-too-large */
async function continueUpload(services: DossierServices, quota: Quota, coming: Coming, piece: Piece): Promise<number> {
  const { id } = piece;
  const upload = await resume(services, coming, id, piece.request);
  const taking = takePiece(services, quota, upload, piece);
  coming.set(id, taking);
  try {
    return await taking;
  } finally {
    if (coming.get(id) === taking) coming.delete(id);
  }
}

async function takePiece(services: DossierServices, quota: Quota, upload: Upload, { id, request, offset, source }: Piece): Promise<number> {
  if (offset !== upload.received || upload.blob !== null)
    throw new Problem("upload-offset", `This upload continues at ${upload.received}, not at ${offset}`, "Ask for its offset with HEAD and go on there.");
  const rest = upload.size - offset;
  const announced = Number(header(request, "content-length") ?? rest);
  const release = upload.person === null ? await quota.reserve(Math.min(rest, announced)) : null;
  let received: number;
  try {
    received = await services.blobs.append(id, source, offset, upload.size);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    await updateUpload(services.db, id, 0, null, upload.expires);
    throw new Problem("upload-offset", "This upload starts again at 0: what was there is gone", "Send the file from its beginning.");
  } finally {
    release?.();
  }
  const complete = received === upload.size ? await services.blobs.finish(id) : null;
  if (!(await updateUpload(services.db, id, received, complete, expiry(services.clock(), uploadHours)))) throw unknownUpload();
  return received;
}

/**
 * The upload, for who holds its token. Who comes back on a new line ends the old one first, so that what that one had written counts;
 * only then, since without the token nobody may break off another's line.
 * @throws {@link Problem} not-found
 */
async function resume(services: DossierServices, coming: Coming, id: string, request: FastifyRequest): Promise<Upload> {
  const token = header(request, "upload-token");
  const held = async (): Promise<Upload> => {
    const upload = await readUpload(services.db, id);
    if (upload === null || token === undefined || upload.tokenHash !== hashOf(token)) throw unknownUpload();
    return upload;
  };
  await held();
  await services.blobs.interrupt(id);
  // The bytes lie on the disk then, and the row still says less: whoever read it now would send them again, beside a row that grows.
  await coming.get(id)?.catch(() => undefined);
  return held();
}

/** Runs a step that reads the body; when it refuses, the rest of the body is let run out and the line is closed, so that the answer arrives and no later request waits behind the remainder. */
async function reading<T>(reply: FastifyReply, body: Readable, step: (body: Readable) => Promise<T>): Promise<T> {
  try {
    return await step(body);
  } catch (error) {
    reply.header("Connection", "close");
    body.resume();
    throw error;
  }
}

/** Registers the upload routes; the content types they take are streams and never buffered. */
export function uploadRoutes(server: FastifyInstance, services: DossierServices, limits: UploadLimits): void {
  const app = server.withTypeProvider<TypeBoxTypeProvider>();
  const quota = quotaOf(services, limits);
  const admit = async (request: FastifyRequest, dossier: string): Promise<Admitted> =>
    await services.admission.admit(request, { purpose: "dossier", use: dossier });
  const coming: Coming = new Map();
  for (const type of ["application/octet-stream", "application/offset+octet-stream"])
    app.addContentTypeParser(type, (_request, payload, done) => done(null, payload));

  app.post(
    "/api/v1/uploads",
    { schema: { tags: ["dossier"], summary: "Begin a resumable upload of a sealed file", body: NewUpload, response: { 201: UploadTicket } } },
    async (request, reply) => {
      const caller = await services.directory.callerIfAny(request);
      // Before anything is asked of the database for somebody nobody knows.
      const admitted = caller === null ? await admit(request, request.body.dossier) : null;
      await quota.begin(request, caller?.person ?? null, request.body);
      const token = randomBytes(32).toString("base64url");
      const upload: Upload = {
        id: newUploadId(),
        dossier: request.body.dossier,
        item: request.body.item,
        size: request.body.size,
        received: 0,
        digest: null,
        blob: null,
        tokenHash: hashOf(token),
        person: caller?.person ?? null,
        expires: expiry(services.clock(), caller === null ? unstartedHours : uploadHours),
      };
      await services.inTransaction(async (trx) => {
        await admitted?.spend(trx);
        await insertUpload(trx, upload);
      });
      return reply.code(201).send({ upload: upload.id, token, offset: 0, pieceSize });
    },
  );

  const Id = Type.Object({ upload: Uuid });
  app.patch(
    "/api/v1/uploads/:upload",
    {
      schema: { tags: ["dossier"], summary: "Send the next piece", consumes: ["application/offset+octet-stream"], params: Id, response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      const offset = Number(header(request, "upload-offset") ?? Number.NaN);
      if (!Number.isSafeInteger(offset) || offset < 0)
        throw new Problem("input-malformed", "The header Upload-Offset must say where the piece begins, in bytes", "Send it with every piece.");
      const received = await reading(reply, request.body as Readable, (source) =>
        continueUpload(services, quota, coming, { id: request.params.upload, request, offset, source }),
      );
      return reply.code(204).header("Upload-Offset", received).send(null);
    },
  );

  app.head("/api/v1/uploads/:upload", { schema: { tags: ["dossier"], summary: "Ask where an upload goes on", params: Id } }, async (request, reply) => {
    const upload = await resume(services, coming, request.params.upload, request);
    return reply.code(204).header("Upload-Offset", upload.received).header("Upload-Length", upload.size).header("Cache-Control", "no-store").send();
  });

  app.put(
    "/api/v1/uploads/:upload",
    {
      schema: {
        tags: ["dossier"],
        summary: "Upload a sealed file of at most 8 MiB in one piece; the address names the item",
        consumes: ["application/octet-stream"],
        params: Id,
        querystring: Type.Object({ dossier: Uuid, size: Type.String({ pattern: "^[1-9][0-9]{0,8}$" }) }, { additionalProperties: false }),
        response: { 201: Type.Object({ digest: Sha256 }, { additionalProperties: false }) },
      },
    },
    async (request, reply) => {
      const size = Number(request.query.size);
      const caller = await services.directory.callerIfAny(request);
      const id = newUploadId();
      const { key, digest } = await reading(reply, request.body as Readable, async (body) => {
        if (size > pieceSize) throw new Problem("input-too-large", `/size is over ${pieceSize} bytes`, "Begin a resumable upload with POST /api/v1/uploads.");
        const { dossier } = request.query;
        const admitted = caller === null ? await admit(request, dossier) : null;
        await quota.begin(request, caller?.person ?? null, { dossier, size });
        // Before the bytes come: it stays good for this dossier whatever becomes of them, and for no other.
        if (admitted !== null) await services.inTransaction(async (trx) => await admitted.spend(trx));
        const release = caller === null ? await quota.reserve(size) : null;
        return services.blobs.put(id, body.iterator({ destroyOnReturn: false }), size).finally(() => release?.());
      });
      try {
        await insertUpload(services.db, {
          id,
          dossier: request.query.dossier,
          item: request.params.upload,
          size,
          received: size,
          digest,
          blob: key,
          tokenHash: null,
          person: caller?.person ?? null,
          expires: expiry(services.clock(), uploadHours),
        });
      } catch (error) {
        await services.blobs.delete(key);
        throw error;
      }
      return reply.code(201).send({ digest });
    },
  );
}
