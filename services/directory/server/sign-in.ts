/** Signing in by signing a challenge; the sessions and devices that follow. Routes of the directory. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Type, { type Static } from "typebox";
import { Compile } from "typebox/compile";
import { v4 as uuidv4 } from "uuid";
import { readStatement, SealError, SIGN_IN, verifyStatement } from "@rugdekking/seal/verify";
import { Base64Url, Challenge, Device, Envelope, Moment, Sha256, SignedIn, Uuid, type UnlockMethod } from "#services/directory/contract/index.ts";
import {
  desksOfPerson,
  endDevice,
  endSession,
  endSessions,
  guestOfKey,
  insertChallenge,
  insertSession,
  readPerson,
  readUnlocks,
  sessionsOf,
  unlocksOfHandle,
  useChallenge,
  type ChallengeRow,
  type PersonRow,
} from "#services/directory/store/index.ts";
import { Problem } from "#services/problem/index.ts";
import { absoluteHours, endPresent, giveCookie, idleSince, requireCaller, takeCookie, type Caller } from "./caller.ts";
import { decoys, offered } from "./decoys.ts";
import type { DirectoryOptions } from "./services.ts";
import { challengeMinutes, newToken, tokenHash } from "./tokens.ts";
import { unconfirmedDesks } from "./unconfirmed.ts";

const SignInPayload = Type.Object(
  { challenge: Base64Url, audience: Type.String({ maxLength: 300 }), person: Type.Union([Uuid, Type.Null()]), key: Sha256, at: Moment },
  { additionalProperties: false },
);
const signInPayload = Compile(SignInPayload);

const SignInRequest = Type.Object(
  {
    challenge: Type.String({ pattern: "^[A-Za-z0-9_-]{43}$" }),
    unlock: Type.Union([Uuid, Type.Null()]),
    statement: Envelope,
    device: Type.String({ minLength: 1, maxLength: 120 }),
  },
  { additionalProperties: false },
);
type SignInRequest = Static<typeof SignInRequest>;

/** A valid Ed25519 key whose private half nobody has (the base point's encoding): checked against when there is no account, so that both cases do the same work. */
const nobodysKey = Buffer.from(`58${"66".repeat(31)}`, "hex").toString("base64url");

/** One refusal for a wrong secret, an unknown name and an unknown method. */
const notProven = (): Problem =>
  new Problem(
    "signature-invalid",
    "The statement is not signed by the key this sign-in asks for",
    "Check the sign-in name and the secret, or use the recovery sheet.",
  );

/** Checks who signed and what was signed. @throws {@link Problem} signature-invalid, statement-mismatch */
async function checkStatement(options: DirectoryOptions, request: SignInRequest, signPublicKey: string, person: string | null): Promise<void> {
  const { payload } = await verifyStatement(request.statement, SIGN_IN, signPublicKey).catch((error: unknown) => {
    throw error instanceof SealError ? notProven() : error;
  });
  const mismatch = (what: string): Problem => new Problem("statement-mismatch", `The signed statement ${what}`, `Sign a new challenge for ${options.origin}.`);
  if (!signInPayload.Check(payload)) throw mismatch("is not of the agreed shape");
  if (payload.challenge !== request.challenge) throw mismatch("answers another challenge");
  if (payload.audience !== options.origin) throw mismatch("was made for another site");
  if (payload.person !== null && payload.person !== person) throw mismatch("names another person");
  if (payload.key !== request.statement.signatures[0]?.keyid) throw mismatch("names another key than the one that signed it");
}

async function proveAccount(options: DirectoryOptions, request: SignInRequest, challenge: ChallengeRow): Promise<{ person: PersonRow; unlock: UnlockMethod }> {
  const [person, unlocks] =
    challenge.person === null ? [null, []] : await Promise.all([readPerson(options.db, challenge.person), readUnlocks(options.db, challenge.person)]);
  const unlock = unlocks.find(({ id }) => id === request.unlock) ?? null;
  await checkStatement(options, request, unlock?.signPublicKey ?? nobodysKey, challenge.person);
  if (person === null || unlock === null) throw notProven();
  return { person, unlock };
}

async function proveGuest(options: DirectoryOptions, request: SignInRequest): Promise<PersonRow> {
  const unverified = readStatement(request.statement);
  const key = signInPayload.Check(unverified) ? unverified.key : "";
  const guest = await guestOfKey(options.db, key);
  if (guest === null) throw new Problem("receipt-unknown", "No dossier belongs to this receipt code", "Check the code; every group has four characters.");
  await checkStatement(options, request, guest.signPublicKey, guest.person);
  return guest;
}

const viewOf = (person: PersonRow, unlock: UnlockMethod | null, caller: Pick<Caller, "desks" | "unconfirmed" | "expires">): SignedIn => ({
  person: person.person,
  card: person.card,
  unlock,
  desks: [...caller.desks],
  ...(caller.unconfirmed.size === 0 ? {} : { unconfirmed: [...new Set(caller.unconfirmed.values())] }),
  expires: caller.expires.toISOString(),
});

function challengeRoute(server: FastifyInstance, options: DirectoryOptions): void {
  const { db, clock } = options;
  server.withTypeProvider<TypeBoxTypeProvider>().post(
    "/api/v1/sign-in/challenges",
    {
      schema: {
        operationId: "createChallenge",
        tags: ["directory"],
        summary: "Ask for a challenge to sign",
        description: "A name nobody has gets decoys, always the same ones. A null handle asks for a guest's challenge.",
        body: Type.Object({ handle: Type.Union([Type.String({ minLength: 1, maxLength: 120 }), Type.Null()]) }, { additionalProperties: false }),
        response: { 201: Challenge },
      },
    },
    async (request, reply) => {
      const { handle } = request.body;
      const known = handle === null ? null : await unlocksOfHandle(db, handle);
      const imagined = handle === null ? [] : decoys(options.decoySecret, handle);
      const challenge = newToken();
      const expires = new Date(clock().getTime() + challengeMinutes * 60_000);
      await insertChallenge(db, tokenHash(challenge), { person: known?.person ?? null, guest: handle === null }, expires);
      return reply.code(201).send({ challenge, expires: expires.toISOString(), unlocks: known === null ? imagined : known.unlocks.map(offered) });
    },
  );
}

function signInRoute(server: FastifyInstance, options: DirectoryOptions): void {
  const { db, clock } = options;
  const prove = async (request: SignInRequest): Promise<{ person: PersonRow; unlock: UnlockMethod | null }> => {
    const challenge = await useChallenge(db, tokenHash(request.challenge), clock());
    if (challenge === null || challenge.guest !== (request.unlock === null))
      throw new Problem("challenge-unknown", "This challenge is unknown, was used, or is older than two minutes", "Ask for a new challenge and sign that.");
    return challenge.guest ? { person: await proveGuest(options, request), unlock: null } : proveAccount(options, request, challenge);
  };
  server.withTypeProvider<TypeBoxTypeProvider>().post(
    "/api/v1/sign-in",
    {
      schema: {
        operationId: "signIn",
        tags: ["directory"],
        summary: "Sign in with a signed challenge",
        description: "The cookie __Host-session carries the session; the body carries the sealed keys to open.",
        body: SignInRequest,
        response: { 201: SignedIn },
      },
    },
    async (request, reply) => {
      const { person, unlock } = await prove(request.body);
      await endPresent(request, db);
      const token = newToken();
      const now = clock();
      const expires = new Date(now.getTime() + absoluteHours * 3_600_000);
      const session = tokenHash(token);
      await insertSession(db, { hash: session, id: uuidv4(), person: person.person, label: request.body.device, since: now, lastSeen: now, expires });
      giveCookie(reply, token);
      const all = await desksOfPerson(db, person.person);
      const unconfirmed = await unconfirmedDesks(db, options.providers ?? new Map(), { session, person: person.person, desks: all }, now);
      return reply.code(201).send(viewOf(person, unlock, { desks: all.filter((desk) => !unconfirmed.has(desk)), unconfirmed, expires }));
    },
  );
}

function sessionRoutes(server: FastifyInstance, options: DirectoryOptions): void {
  const { db, clock } = options;
  const app = server.withTypeProvider<TypeBoxTypeProvider>();
  app.get(
    "/api/v1/session",
    { schema: { operationId: "readSession", tags: ["directory"], summary: "Who is signed in", response: { 200: SignedIn } } },
    async (request) => {
      const caller = requireCaller(request);
      const person = await readPerson(db, caller.person);
      if (person === null) throw new Problem("session-expired", "This person is not registered here any more", "Register again.");
      return viewOf(person, null, caller);
    },
  );
  const leave = async (request: FastifyRequest, reply: FastifyReply, everywhere: boolean): Promise<FastifyReply> => {
    const { caller } = request;
    // Signing out twice is no error: what was asked for is so.
    if (caller !== null) await (everywhere ? endSessions(db, caller.person) : endSession(db, caller.session));
    takeCookie(reply);
    return reply.code(204).send(null);
  };
  app.delete(
    "/api/v1/session",
    { schema: { operationId: "signOut", tags: ["directory"], summary: "Sign out here", response: { 204: Type.Null() } } },
    async (request, reply) => leave(request, reply, false),
  );
  app.delete(
    "/api/v1/sessions",
    { schema: { operationId: "signOutEverywhere", tags: ["directory"], summary: "Sign out on every device", response: { 204: Type.Null() } } },
    async (request, reply) => {
      requireCaller(request);
      return leave(request, reply, true);
    },
  );

  app.get(
    "/api/v1/devices",
    {
      schema: {
        operationId: "listDevices",
        tags: ["directory"],
        summary: "Where I am signed in",
        response: { 200: Type.Object({ devices: Type.Array(Device) }, { additionalProperties: false }) },
      },
    },
    async (request) => {
      const caller = requireCaller(request);
      const sessions = await sessionsOf(db, caller.person, idleSince(clock()), clock());
      return {
        devices: sessions.map(({ id, label, since, lastSeen }) => ({
          id,
          label,
          since: since.toISOString(),
          lastSeen: lastSeen.toISOString(),
          current: id === caller.device,
        })),
      };
    },
  );
  app.delete(
    "/api/v1/devices/:id",
    {
      schema: {
        operationId: "removeDevice",
        tags: ["directory"],
        summary: "Sign one device out",
        params: Type.Object({ id: Uuid }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const caller = requireCaller(request);
      if (!(await endDevice(db, caller.person, request.params.id)))
        throw new Problem("not-found", "You are not signed in on such a device", "Read the list again.");
      if (request.params.id === caller.device) takeCookie(reply);
      return reply.code(204).send(null);
    },
  );
}

/** Challenge, sign-in, session and device routes. */
export function signInRoutes(server: FastifyInstance, options: DirectoryOptions): void {
  challengeRoute(server, options);
  signInRoute(server, options);
  sessionRoutes(server, options);
}
