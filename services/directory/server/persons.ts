/** Registration, cards and unlock methods over HTTP. Routes of the directory. */
import type { FastifyInstance } from "fastify";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Type from "typebox";
import { SealError, verifyPersonCard, type PersonCard } from "@rugdekking/seal/verify";
import { Envelope, PersonRegistration, UnlockMethod, Uuid } from "#services/directory/contract/index.ts";
import { deleteUnlock, insertRegistration, lockUnlocks, readPerson, readUnlocks, saveUnlock } from "#services/directory/store/index.ts";
import { Problem } from "#services/problem/index.ts";
import { inTransaction } from "#services/storage/index.ts";
import { requirePerson } from "./caller.ts";
import type { DirectoryOptions } from "./services.ts";

/** A person always has at least this many ways to their keys: losing one must not be losing everything (design section 4). */
const leastUnlocks = 2;
const mostUnlocks = 12;

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

/** Two methods that open with the same key are one method. @throws {@link Problem} input-malformed */
function checkUnlocks(unlocks: readonly UnlockMethod[]): void {
  const distinct = (values: readonly string[]): boolean => new Set(values).size === values.length;
  if (!distinct(unlocks.map(({ id }) => id)) || !distinct(unlocks.map(({ signPublicKey }) => signPublicKey)))
    throw new Problem("input-malformed", "/unlocks holds the same method twice", "Give two different ways to unlock.");
}

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
      await inTransaction(db, (trx) => insertRegistration(trx, request.body, card, hash));
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
  app.put(
    "/api/v1/unlocks/:id",
    {
      schema: {
        operationId: "saveUnlock",
        tags: ["directory"],
        summary: "Add or renew an unlock method",
        params: Type.Object({ id: Uuid }),
        body: UnlockMethod,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { person } = requirePerson(request);
      if (request.body.id !== request.params.id)
        throw new Problem("statement-mismatch", "/id is not the id in the address", "Send the method to its own address.");
      await inTransaction(db, async (trx) => {
        const known = await lockUnlocks(trx, person);
        if (!known.includes(request.body.id) && known.length >= mostUnlocks)
          throw new Problem("quota-reached", `There are ${mostUnlocks} unlock methods already`, "Remove one first.");
        const others = (await readUnlocks(trx, person)).filter(({ id }) => id !== request.body.id);
        checkUnlocks([...others, request.body]);
        await saveUnlock(trx, person, request.body);
      });
      return reply.code(204).send(null);
    },
  );
  app.delete(
    "/api/v1/unlocks/:id",
    {
      schema: {
        operationId: "removeUnlock",
        tags: ["directory"],
        summary: "Remove an unlock method",
        description: "Refused when fewer than two would remain.",
        params: Type.Object({ id: Uuid }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { person } = requirePerson(request);
      await inTransaction(db, async (trx) => {
        const known = await lockUnlocks(trx, person);
        if (!known.includes(request.params.id)) throw new Problem("not-found", "You have no such unlock method", "Read the list again.");
        if (known.length <= leastUnlocks)
          throw new Problem("requirement-missing", "At least two ways to unlock must remain, or one loss would lose everything", "Add another one first.");
        await deleteUnlock(trx, person, request.params.id);
      });
      return reply.code(204).send(null);
    },
  );
}
