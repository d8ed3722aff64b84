/** Who is calling: the session cookie, read once per request. This room and the dossier's server room ask `request.caller` and {@link requireCaller}. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { keyIdOf } from "@rugdekking/seal/verify";
import { endSession, readSession, touchSession } from "#services/directory/store/index.ts";
import { Problem } from "#services/problem/index.ts";
import type { Database } from "#services/storage/index.ts";
import { tokenHash } from "./tokens.ts";
import type { Provider } from "./provider.ts";
import { carryUnconfirmed, unconfirmedDesks, type Unconfirmed } from "./unconfirmed.ts";

/** A signed-in person or guest. */
export interface Caller {
  readonly person: string;
  readonly kind: "person" | "guest";
  /** Ed25519 public key of the card, base64url, and its key id. */
  readonly signPublicKey: string;
  readonly keyId: string;
  /** Desks the person is in now and may act for in this session. */
  readonly desks: readonly string[];
  /** Desks they are in and may not act for until their organisation confirms this session, with that organisation. */
  readonly unconfirmed: Unconfirmed;
  /** SHA-256 of the session token, and the device id shown to its owner. */
  readonly session: string;
  readonly device: string;
  /** Absolute end of the session. */
  readonly expires: Date;
}

declare module "fastify" {
  interface FastifyRequest {
    /** Null when nobody is signed in. */
    caller: Caller | null;
    /** A session cookie came along, but its session is over. */
    callerEnded: boolean;
  }
}

/** Name of the cookie. `__Host-`: only over a secure origin, only this host, only Path=/ (RFC 6265bis section 4.1.3.2). */
export const sessionCookie = "__Host-session";
/** A session ends when it was not used for this long. */
export const idleMinutes = 30;
/** A session ends this long after sign-in at the latest. */
export const absoluteHours = 12;
/** The last use is written down at most this often, so that reading stays reading. */
const touchSeconds = 60;

/** The moment before which an unused session is over. */
export const idleSince = (at: Date): Date => new Date(at.getTime() - idleMinutes * 60_000);

/** Reads the session of every request to the API, before any route. */
export function readCallers(server: FastifyInstance, db: Database, clock: () => Date, providers: ReadonlyMap<string, Provider>): void {
  server.decorateRequest("caller", null);
  server.decorateRequest("callerEnded", false);
  server.addHook("onRequest", async (request) => {
    // By the route that was found, not by the letters of the address, which the router decodes.
    const token = request.routeOptions.url?.startsWith("/api/v1/") === true ? request.cookies[sessionCookie] : undefined;
    if (token === undefined) return;
    const at = clock();
    const hash = tokenHash(token);
    const session = await readSession(db, hash, idleSince(at), at);
    request.callerEnded = session === null;
    if (session === null) return;
    if (at.getTime() - session.lastSeen.getTime() > touchSeconds * 1000) await touchSession(db, hash, at);
    const { person, kind, signPublicKey, id, expires } = session;
    const unconfirmed = await unconfirmedDesks(db, providers, { session: hash, person, desks: session.desks }, at);
    const desks = session.desks.filter((desk) => !unconfirmed.has(desk));
    request.caller = { person, kind, signPublicKey, keyId: await keyIdOf(signPublicKey), desks, unconfirmed, session: hash, device: id, expires };
  });
  carryUnconfirmed(server);
}

/** The caller. @throws {@link Problem} session-missing, session-expired */
export function requireCaller(request: FastifyRequest): Caller {
  if (request.caller !== null) return request.caller;
  if (request.callerEnded) throw new Problem("session-expired", "This session has ended, or was ended from another device", "Sign in again.");
  throw new Problem("session-missing", "Nobody is signed in", "Sign in first.");
}

/** The caller, when it is somebody with an account. @throws {@link Problem} session-missing, session-expired, role-forbidden for guests */
export function requirePerson(request: FastifyRequest): Caller {
  const caller = requireCaller(request);
  if (caller.kind === "person") return caller;
  throw new Problem("role-forbidden", "A guest has no account", "Register, or go on with your receipt code.");
}

const attributes = { httpOnly: true, secure: true, sameSite: "strict", path: "/" } as const;

/** Hands out the cookie. Without Max-Age: it goes with the browser, and the server ends it anyway. */
export function giveCookie(reply: FastifyReply, token: string): void {
  void reply.setCookie(sessionCookie, token, attributes);
}

/** Takes the cookie back, by name; what else a browser forgets at sign-out stands in [Note: Clear-Site-Data]. */
export function takeCookie(reply: FastifyReply): void {
  void reply.clearCookie(sessionCookie, attributes);
}

/** Ends the session a request came with, if any: a new sign-in never leaves the old token usable. */
export async function endPresent(request: FastifyRequest, db: Database): Promise<void> {
  if (request.caller !== null) await endSession(db, request.caller.session);
}
