/**
 * Passes a hash on to the time-stamp authority and its answer back: `POST /api/v1/timestamps`.
 *
 * It stands beside the log and not with the reports, since it is the same kind of proof (these bytes existed then), for whatever kind of dossier, and needs to know nothing of any of them.
 * The relay writes the question itself from 32 + 8 bytes, so nobody can send an authority anything else through it, and it reads nothing of the answer: the client checks that.
 */
import type {} from "@fastify/swagger";
import type { FastifyPluginAsync, FastifyRequest } from "fastify";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { timestampRequest } from "@rugdekking/timestamp/request";
import { Problem } from "#services/problem/index.ts";
import { type Pace, pacedByCaller } from "#services/problem/pace.ts";
import { TimestampAnswer, TimestampQuestion, timestampsPath } from "#services/ledger/contract/timestamps.ts";

/** How the relay is set up. */
export interface TimestampOptions {
  /** Address of the authority; null: this server asks none. */
  readonly authority: string | null;
  /** Id of the caller; throws unless it is somebody: an open relay would spend the authority's patience, or the operator's money. */
  readonly callerOf: (request: FastifyRequest) => string;
  /** Milliseconds an authority may take; 10,000 unless told otherwise. */
  readonly timeout?: number;
  /** Questions under way at once; 8 unless told otherwise. */
  readonly most?: number;
  /** What one caller may ask, and all callers together, unless told otherwise {@link timestampPace}; kept in memory. */
  readonly pace?: { readonly each: Pace; readonly all: Pace };
  /** Takes a turn of this caller in place of `pace`: how several servers keep one pace. @throws Problem quota-reached */
  readonly takeTurn?: (caller: string) => Promise<void>;
}

/** A large import of one caller passes, and an authority is not flooded, however many callers there are. */
export const timestampPace = { each: { burst: 250, perSecond: 0.5 }, all: { burst: 1_000, perSecond: 5 } } as const;
/** What is said to who asks faster. */
export const timestampRefusal = { what: "More time stamps are asked for", mend: "Ask again in some minutes; nothing is lost." } as const;
/** Questions of one caller under way at once: a slow authority must not let one caller hold the places of all. */
const mostEach = 2;

/** The most an answer may hold. Bytes. */
const mostBytes = 64 * 1024;

const away = (what: string): Problem =>
  new Problem("unavailable", `The time-stamp authority ${what}`, "Nothing is lost: what you sent is kept. Ask for the time stamp again later.");

/** The whole answer. @throws {@link Problem} unavailable when it is longer than any time stamp. */
async function readAnswer(answer: Response): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of answer.body ?? []) {
    size += piece.length;
    if (size > mostBytes) throw away("sent more than any time stamp holds");
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** RFC 3161 section 3.4 over HTTP; no redirect is followed, since it would lead somewhere the operator did not choose. */
async function ask(authority: string, question: Uint8Array<ArrayBuffer>, timeout: number): Promise<Uint8Array> {
  try {
    const answer = await fetch(authority, {
      method: "POST",
      redirect: "error",
      headers: { "Content-Type": "application/timestamp-query", Accept: "application/timestamp-reply" },
      body: question,
      signal: AbortSignal.timeout(timeout),
    });
    if (!answer.ok) throw away(`answered ${answer.status}`);
    const bytes = await readAnswer(answer);
    // A DER SEQUENCE and nothing else is passed on; what it says is the client's to judge.
    if (bytes[0] !== 0x30) throw away("sent something that is no time stamp");
    return bytes;
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw away("does not answer");
  }
}

/** Fastify plugin with `POST /api/v1/timestamps`. It stores nothing and logs nothing of what it passes on. */
export function timestampRoutes(options: TimestampOptions): FastifyPluginAsync {
  const { authority, callerOf, timeout = 10_000, most = 8, pace = timestampPace } = options;
  const underWay = new Map<string, number>();
  let running = 0;
  const turns = pacedByCaller(pace, timestampRefusal);
  return async (server) => {
    server.withTypeProvider<TypeBoxTypeProvider>().post(
      timestampsPath,
      {
        bodyLimit: 1024,
        schema: {
          operationId: "askTimestamp",
          tags: ["ledger"],
          summary: "Pass a hash on to the time-stamp authority",
          description:
            "The answer is the authority's own (RFC 3161) and was not read here. 404 when this server asks no authority, 503 when the authority is away: ask again later.",
          body: TimestampQuestion,
          response: { 200: TimestampAnswer },
        },
      },
      async (request) => {
        const caller = callerOf(request);
        if (authority === null)
          throw new Problem("not-found", "This server asks no time-stamp authority", "Its operator can name one with --timestamp-authority.");
        const own = underWay.get(caller) ?? 0;
        if (running >= most || own >= mostEach)
          throw new Problem("quota-reached", "Too many time stamps are being asked for at once", "Ask again in a minute; nothing is lost.");
        running += 1;
        underWay.set(caller, own + 1);
        try {
          await (options.takeTurn === undefined ? turns.take(caller) : options.takeTurn(caller));
          const { digest, nonce } = request.body;
          const question = timestampRequest(Buffer.from(digest, "base64url"), Buffer.from(nonce, "base64url"));
          return { response: Buffer.from(await ask(authority, question, timeout)).toString("base64url") };
        } finally {
          running -= 1;
          const left = (underWay.get(caller) ?? 1) - 1;
          if (left === 0) underWay.delete(caller);
          else underWay.set(caller, left);
        }
      },
    );
  };
}
