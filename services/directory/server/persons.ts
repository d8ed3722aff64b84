/** Registration, cards and unlock methods over HTTP. Routes of the directory. */
import type { FastifyInstance } from "fastify";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Type, { type Static } from "typebox";
import { Compile } from "typebox/compile";
import { SealError, UNLOCK_SET, verifyPersonCard, verifyStatement, type PersonCard } from "@rugdekking/seal/verify";
import { Envelope, PersonRegistration, UnlockChallenge, UnlockMethod, UnlockSetPayload, Uuid } from "#services/directory/contract/index.ts";
import {
  forgetChallenges,
  insertChallenge,
  insertRegistration,
  lockUnlocks,
  readPerson,
  readUnlocks,
  replaceUnlocks,
  useChallenge,
} from "#services/directory/store/index.ts";
import { Problem } from "#services/problem/index.ts";
import { inTransaction } from "#services/storage/index.ts";
import { requirePerson, type Caller } from "./caller.ts";
import type { DirectoryOptions } from "./services.ts";
import { checkUnlocks, writeRecord } from "./unlock-records.ts";
import { challengeMinutes, newToken, tokenHash } from "./tokens.ts";

/** A person always has at least this many ways to their keys: losing one must not be losing everything (design section 4). */
const leastUnlocks = 2;

async function verifiedCard(envelope: Envelope): Promise<{ card: PersonCard; hash: string }> {
  try {
    return await verifyPersonCard(envelope);
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    throw new Problem(
      error.code === "signature-invalid" ? "signature-invalid" : "input-malformed",
      `/card: ${error.message}`,
      "Make the card anew and sign it with the key it carries.",
    );
  }
}

const unlockSet = Compile(UnlockSetPayload);

/** What the caller signed about their unlock methods. @throws {@link Problem} signature-invalid, statement-mismatch, input-malformed, requirement-missing */
async function verifiedUnlockSet(options: DirectoryOptions, statement: Envelope, caller: Caller): Promise<Static<typeof UnlockSetPayload>> {
  const { payload } = await verifyStatement(statement, UNLOCK_SET, caller.signPublicKey).catch((error: unknown) => {
    if (!(error instanceof SealError)) throw error;
    throw new Problem(
      error.code === "signature-invalid" ? "signature-invalid" : "input-malformed",
      `/statement: ${error.message}`,
      "Sign in again and sign the change with your own key.",
    );
  });
  if (isRecord(payload) && Array.isArray(payload["unlocks"]) && payload["unlocks"].length < leastUnlocks)
    throw new Problem("requirement-missing", "At least two ways to unlock must remain, or one loss would lose everything", "Add another one first.");
  if (!unlockSet.Check(payload)) {
    const where = unlockSet.Errors(payload)[0]?.instancePath ?? "";
    throw new Problem(
      "input-malformed",
      `/statement: the signed payload is not of the agreed shape at ${where === "" ? "/" : where}`,
      "Build it as the contract describes.",
    );
  }
  if (payload.person !== caller.person || payload.audience !== options.origin)
    throw new Problem("statement-mismatch", "/statement is of another person or was made for another site", `Sign a change of your own for ${options.origin}.`);
  checkUnlocks(payload.unlocks);
  return payload;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** Registration and card routes, and those for one's own unlock methods. */
export function registerPersons(server: FastifyInstance, options: DirectoryOptions): void {
  const { db } = options;
  const app = server.withTypeProvider<TypeBoxTypeProvider>();
  app.post(
    "/api/v1/persons",
    {
      schema: {
        operationId: "registerPerson",
        tags: ["directory"],
        summary: "Register a person with a self-signed card",
        description: "With at least two unlock methods. The same registration again changes nothing.",
        body: PersonRegistration,
        response: { 201: Type.Object({ person: Uuid }, { additionalProperties: false }) },
      },
    },
    async (request, reply) => {
      const { card, hash } = await verifiedCard(request.body.card);
      if (card.kind !== "person" || card.version !== 1)
        throw new Problem("statement-mismatch", "/card is not the first card of a person", "Register with a new card of kind person.");
      checkUnlocks(request.body.unlocks);
      await options.room?.();
      const admitted = await options.admission.admit(request, { purpose: "account", use: card.person });
      await inTransaction(db, async (trx) => {
        await insertRegistration(trx, request.body, card, hash);
        await admitted.spend(trx);
      });
      await options.sequencer.integrated(hash);
      return reply.code(201).send({ person: card.person });
    },
  );
  app.get(
    "/api/v1/persons/:person/card",
    {
      schema: {
        operationId: "readCard",
        tags: ["directory"],
        summary: "A person's card",
        params: Type.Object({ person: Uuid }),
        response: { 200: Type.Object({ card: Envelope }, { additionalProperties: false }) },
      },
    },
    async (request) => {
      const found = await readPerson(db, request.params.person);
      if (found === null) throw new Problem("not-found", "Nobody is registered under this id", "Ask the person for their id.");
      return { card: found.card };
    },
  );

  app.get(
    "/api/v1/unlocks",
    {
      schema: {
        operationId: "listUnlocks",
        tags: ["directory"],
        summary: "My unlock methods",
        response: { 200: Type.Object({ unlocks: Type.Array(UnlockMethod) }, { additionalProperties: false }) },
      },
    },
    async (request) => ({ unlocks: await readUnlocks(db, requirePerson(request).person) }),
  );
  app.post(
    "/api/v1/unlocks/challenges",
    {
      schema: {
        operationId: "createUnlockChallenge",
        tags: ["directory"],
        summary: "Ask for a challenge to change my unlock methods",
        description: "Good for two minutes, once, and only as long as nothing else changed them.",
        body: Type.Object({}, { additionalProperties: false }),
        response: { 201: UnlockChallenge },
      },
    },
    async (request, reply) => {
      const { person } = requirePerson(request);
      const challenge = newToken();
      const expires = new Date(options.clock().getTime() + challengeMinutes * 60_000);
      await insertChallenge(db, tokenHash(challenge), { person, guest: false }, expires);
      return reply.code(201).send({ challenge, expires: expires.toISOString() });
    },
  );
  app.put(
    "/api/v1/unlocks",
    {
      schema: {
        operationId: "replaceUnlocks",
        tags: ["directory"],
        summary: "Change my unlock methods",
        description:
          "The statement holds all methods there will be and a fresh challenge, and is signed with the person's own key: a session alone changes nothing. The record says what they are from now on, follows the one before, and stays.",
        body: Type.Object({ statement: Envelope, record: Envelope }, { additionalProperties: false }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const caller = requirePerson(request);
      const { challenge, unlocks } = await verifiedUnlockSet(options, request.body.statement, caller);
      const hash = await inTransaction(db, async (trx) => {
        // The lock comes first: of two changes at once the second finds its challenge gone.
        await lockUnlocks(trx, caller.person);
        const used = await useChallenge(trx, tokenHash(challenge), options.clock());
        if (used?.person !== caller.person)
          throw new Problem(
            "challenge-unknown",
            "This challenge is unknown, was used, is older than two minutes, or your unlock methods changed since",
            "Ask for a new challenge, read the list again and sign that.",
          );
        await replaceUnlocks(trx, caller.person, unlocks);
        const written = await writeRecord(trx, request.body.record, caller, unlocks, null, options.clock());
        await forgetChallenges(trx, caller.person);
        return written;
      });
      await options.sequencer.integrated(hash);
      return reply.code(204).send(null);
    },
  );
}
