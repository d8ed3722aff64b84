/** The doors of fingerprints: blinded values in, evaluated values out, opaque contributions, coarse counts. apps/server registers it behind the directory, which knows who calls. */
import type {} from "@fastify/swagger";
import { base64urlnopad } from "@scure/base";
import type { FastifyPluginAsync, FastifyRequest } from "fastify";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Type from "typebox";
import { Uuid } from "#services/directory/contract/index.ts";
import { requireConfirmed, requirePerson, type Caller } from "#services/directory/server/index.ts";
import { holdDesks, readDesk, type DeskFacts } from "#services/directory/store/index.ts";
import type { LeafReceipt } from "#services/ledger/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import {
  Check,
  contributingFunctions,
  ContributionCounts,
  ContributionPage,
  ContributionPlace,
  Evaluated,
  Evaluation,
  FingerprintDesk,
  mostStanding,
  NetworkHandOver,
  Networks,
  NewContributions,
  NewNetwork,
  pace,
  StandingContributions,
  stepOf,
} from "#services/signalling/contract/same-actor.ts";
import {
  countOthers,
  deleteContribution,
  holdsKey,
  insertContributions,
  insertKey,
  insertNetwork,
  insertRequest,
  monthOf,
  readContributions,
  readKeys,
  readNetworks,
  standingOf,
  takeRequest,
  takeTurns,
  turnsLeft,
  waitingDesks,
  type Bucket,
  type NetworkRow,
} from "#services/signalling/store/index.ts";
import { inTransaction, type Database } from "#services/storage/index.ts";
import { evaluateBatch, readElements, type EvaluationKey } from "./oblivious.ts";
import { verifiedHandOver, verifiedNetwork } from "./statements.ts";

export { evaluationKey, type EvaluationKey } from "./oblivious.ts";

/** Given by apps/server. */
export interface FingerprintOptions {
  readonly db: Database;
  /** Resolves when the leaf is in a committed, signed checkpoint. */
  readonly sequencer: { integrated(hash: string): Promise<LeafReceipt> };
  /** Null when the key file is not the one this database was set up with: nothing would match any more, and clients have pinned the other key. */
  readonly key: EvaluationKey | null;
  readonly clock: () => Date;
  /** Evaluations of one desk; {@link pace} unless told otherwise. */
  readonly pace?: { readonly burst: number; readonly perDay: number };
}

const base = "/api/v1/fingerprints";
const pageSize = 200;
const DeskId = Type.Object({ desk: Uuid });
const Nothing = Type.Null();

/** The caller, as a member of a desk that may contribute. @throws {@link Problem} session codes; role-forbidden */
async function memberOf(options: FingerprintOptions, request: FastifyRequest, id: string): Promise<{ caller: Caller; desk: DeskFacts; lead: boolean }> {
  const caller = requirePerson(request);
  const desk = await readDesk(options.db, id);
  const member = desk?.members.find(({ person }) => person === caller.person);
  if (desk === null || member === undefined) throw new Problem("role-forbidden", "You are not a member of this desk", "Ask a lead of the desk to add you.");
  requireConfirmed(caller, desk.id);
  if (!contributingFunctions.includes(desk.function))
    throw new Problem("role-forbidden", `A desk of function ${desk.function} takes no part in fingerprints`, "Ask the safety desk of the employer.");
  return { caller, desk, lead: member.lead };
}

/** The newest version. @throws {@link Problem} requirement-missing when there is none yet */
async function newestNetwork(options: FingerprintOptions): Promise<NetworkRow> {
  const newest = (await readNetworks(options.db)).at(-1);
  if (newest === undefined) throw new Problem("requirement-missing", "No desk has made the network key yet", "A lead of a safety desk makes it.");
  return newest;
}

/** @throws {@link Problem} requirement-missing unless the desk holds the newest key: it could make no fingerprint that means anything. */
async function holderOf(options: FingerprintOptions, desk: string): Promise<NetworkRow> {
  const newest = await newestNetwork(options);
  if (await holdsKey(options.db, desk, newest.hash)) return newest;
  throw new Problem("requirement-missing", "This desk does not hold the network key", "Ask for it, and have a desk that holds it hand it over.");
}

function networkRoutes(options: FingerprintOptions): FastifyPluginAsync {
  return async (server) => {
    const app = server.withTypeProvider<TypeBoxTypeProvider>();
    app.get(
      `${base}/networks`,
      {
        schema: {
          operationId: "listFingerprintNetworks",
          tags: ["fingerprints"],
          summary: "Which keys fingerprints are made with",
          response: { 200: Networks },
        },
      },
      async (request) => {
        requirePerson(request);
        return { networks: (await readNetworks(options.db)).map(({ statement }) => statement) };
      },
    );
    app.post(
      `${base}/networks`,
      {
        schema: {
          operationId: "createFingerprintNetwork",
          tags: ["fingerprints"],
          summary: "Make the network key, or its next version",
          description:
            "By a lead of a safety desk; of a next version, by one that holds the version before. The key itself is sealed to that desk and never readable here.",
          body: NewNetwork,
          response: { 204: Nothing },
        },
      },
      async (request, reply) => {
        await makeNetwork(options, request, request.body);
        return await reply.code(204).send(null);
      },
    );
    app.post(
      `${base}/desks/:desk/keys`,
      {
        schema: {
          operationId: "handOverFingerprintKey",
          tags: ["fingerprints"],
          summary: "Hand the network key to a desk",
          description: "By a member of another desk that holds it, to a desk that asked; sealed to its present epoch.",
          params: DeskId,
          body: NetworkHandOver,
          response: { 204: Nothing },
        },
      },
      async (request, reply) => {
        await handOverKey(options, request, request.params.desk, request.body);
        return await reply.code(204).send(null);
      },
    );
    app.post(
      `${base}/desks/:desk/requests`,
      {
        schema: {
          operationId: "requestFingerprintKey",
          tags: ["fingerprints"],
          summary: "Ask for the network key",
          params: DeskId,
          response: { 204: Nothing },
        },
      },
      async (request, reply) => {
        const { desk } = await memberOf(options, request, request.params.desk);
        await insertRequest(options.db, desk.id);
        return await reply.code(204).send(null);
      },
    );
  };
}

/** @throws {@link Problem} see the routes. */
async function makeNetwork(options: FingerprintOptions, request: FastifyRequest, body: NewNetwork): Promise<void> {
  const caller = requirePerson(request);
  const { payload, hash } = await verifiedNetwork(body.network, caller, options.clock());
  const { desk, lead } = await memberOf(options, request, payload.desk);
  if (!lead) throw new Problem("role-forbidden", "Only a lead of a safety desk makes the network key", "Ask a lead.");
  if (options.key === null || payload.publicKey !== base64urlnopad.encode(options.key.publicKey))
    throw new Problem("statement-mismatch", "/network names another public key than this server evaluates with", "Read the trust anchor again.");
  const handed = await verifiedHandOver(body.handOver, caller, options.clock());
  if (handed.network !== hash || handed.from !== desk.id || handed.to.desk !== desk.id)
    throw new Problem("statement-mismatch", "/handOver is not to the desk that makes this network", "Hand the key to your own desk first.");
  await inTransaction(options.db, async (trx) => {
    checkEpoch((await holdDesks(trx, [desk.id])).get(desk.id), handed.to.epoch);
    const before = (await readNetworks(trx)).at(-1) ?? null;
    if (payload.version !== (before?.version ?? 0) + 1 || payload.previous !== (before?.hash ?? null))
      throw new Problem(
        "already-there",
        "There is another network key by now than the one this follows",
        "Ask for that key, or look again and make the next version on purpose.",
      );
    if (before !== null && !(await holdsKey(trx, desk.id, before.hash)))
      throw new Problem("role-forbidden", "A next version is made by a desk that holds the present one", "Ask for the key first.");
    if (!(await insertNetwork(trx, { version: payload.version, hash, statement: body.network })))
      throw new Problem("already-there", "Another desk was just before you", "Ask for the key instead.");
    await insertKey(trx, desk.id, hash, body.handOver);
    await takeRequest(trx, desk.id);
  });
  await options.sequencer.integrated(hash);
}

function checkEpoch(desk: DeskFacts | undefined, epoch: number): void {
  if (desk === undefined || !contributingFunctions.includes(desk.function))
    throw new Problem("requirement-missing", "There is no safety desk under this id", "Look the desk up again.");
  if (desk.epoch !== epoch)
    throw new Problem(
      "epoch-stale",
      `The desk is at epoch ${desk.epoch}, the key is sealed to ${epoch}`,
      "Read the desk's roster and seal to its present key.",
    );
}

/** @throws {@link Problem} see the routes. */
async function handOverKey(options: FingerprintOptions, request: FastifyRequest, to: string, body: NetworkHandOver): Promise<void> {
  const caller = requirePerson(request);
  const payload = await verifiedHandOver(body, caller, options.clock());
  const { desk } = await memberOf(options, request, payload.from);
  const network = await holderOf(options, desk.id);
  if (payload.network !== network.hash || payload.to.desk !== to)
    throw new Problem(
      "statement-mismatch",
      "/statement is of another network or desk than the address",
      "Hand over the newest key, to the desk of the address.",
    );
  // To oneself it would let one member put junk where the desk's own key stands.
  if (payload.from === to) throw new Problem("statement-mismatch", "/statement hands the key to the desk it comes from", "That desk holds it already.");
  await inTransaction(options.db, async (trx) => {
    checkEpoch((await holdDesks(trx, [to])).get(to), payload.to.epoch);
    if (!(await takeRequest(trx, to)))
      throw new Problem("requirement-missing", "This desk does not ask for the network key", "It is handed to a desk that asked, once for each time it asked.");
    await insertKey(trx, to, network.hash, body);
  });
}

function valueRoutes(options: FingerprintOptions): FastifyPluginAsync {
  const { burst, perDay } = options.pace ?? pace;
  const bucket: Bucket = { burst, every: Math.round(86_400_000 / perDay) };
  return async (server) => {
    const app = server.withTypeProvider<TypeBoxTypeProvider>();
    app.get(
      `${base}/desks/:desk`,
      {
        schema: {
          operationId: "readFingerprintDesk",
          tags: ["fingerprints"],
          summary: "What your desk holds, who waits for the key, and how many evaluations are left",
          params: DeskId,
          response: { 200: FingerprintDesk },
        },
      },
      async (request) => {
        const { desk } = await memberOf(options, request, request.params.desk);
        const [keys, networks] = await Promise.all([readKeys(options.db, desk.id), readNetworks(options.db)]);
        const newest = networks.at(-1)?.hash ?? null;
        const holds = newest !== null && keys.some(({ network }) => network === newest);
        return {
          keys: keys.map(({ statement, sealed }) => ({ statement, sealed })),
          waiting: holds ? await waitingDesks(options.db) : [],
          left: await turnsLeft(options.db, desk.id, bucket, options.clock()),
        };
      },
    );
    app.post(
      `${base}/desks/:desk/evaluations`,
      {
        schema: {
          operationId: "evaluateFingerprints",
          tags: ["fingerprints"],
          summary: "Evaluate blinded values",
          description: `RFC 9497, VOPRF, ristretto255-SHA512. At most ${burst} at once for a desk, then ${perDay} a day.`,
          params: DeskId,
          body: Evaluation,
          response: { 200: Evaluated },
        },
      },
      async (request) => {
        const { desk } = await memberOf(options, request, request.params.desk);
        await holderOf(options, desk.id);
        if (options.key === null)
          throw new Problem(
            "unavailable",
            "The key of fingerprints is not the one this database was set up with",
            "Restore keys/fingerprints from a backup of the data directory.",
          );
        const blinded = readElements(request.body.blinded);
        const left = await takeTurns(options.db, desk.id, blinded.length, bucket, options.clock());
        if (left === null)
          throw new Problem(
            "quota-reached",
            `Your desk has had ${burst} values evaluated; ${perDay} are added each day`,
            "Wait, and take the values that matter most first.",
          );
        const { evaluated, proof } = evaluateBatch(options.key, blinded);
        return { evaluated: evaluated.map((one) => base64urlnopad.encode(one)), proof: base64urlnopad.encode(proof), left };
      },
    );
    app.post(
      `${base}/desks/:desk/checks`,
      {
        schema: {
          operationId: "checkFingerprints",
          tags: ["fingerprints"],
          summary: "How many other desks have these, without contributing",
          params: DeskId,
          body: Check,
          response: { 200: ContributionCounts },
        },
      },
      async (request) => {
        const { desk } = await memberOf(options, request, request.params.desk);
        await holderOf(options, desk.id);
        return { others: (await countOthers(options.db, desk.id, request.body.fingerprints)).map(stepOf) };
      },
    );
  };
}

function contributionRoutes(options: FingerprintOptions): FastifyPluginAsync {
  return async (server) => {
    const app = server.withTypeProvider<TypeBoxTypeProvider>();
    app.post(
      `${base}/desks/:desk/contributions`,
      {
        schema: {
          operationId: "contributeFingerprints",
          tags: ["fingerprints"],
          summary: "Contribute fingerprints",
          description: "Tells how many other desks contributed the same, in steps; never who, when or of which dossier.",
          params: DeskId,
          body: NewContributions,
          response: { 201: ContributionCounts },
        },
      },
      async (request, reply) => {
        const { desk } = await memberOf(options, request, request.params.desk);
        const network = await holderOf(options, desk.id);
        const { contributions } = request.body;
        if (request.body.network !== network.hash)
          throw new Problem("epoch-stale", "There is a newer network key", "Read the networks again and make the fingerprints anew.");
        await inTransaction(options.db, async (trx) => {
          const before = await standingOf(trx, desk.id);
          await insertContributions(trx, desk.id, network.hash, monthOf(options.clock()), contributions);
          // Counted after: what is said to replace another adds nothing only where that other one was there. A full desk can still make its own anew.
          const after = await standingOf(trx, desk.id);
          if (after > mostStanding && after > before)
            throw new Problem("quota-reached", `A desk has at most ${mostStanding} contributions`, "Take back what matters no longer.");
        });
        const others = await countOthers(
          options.db,
          desk.id,
          contributions.map(({ fingerprint }) => fingerprint),
        );
        return await reply.code(201).send({ others: others.map(stepOf) });
      },
    );
    app.get(
      `${base}/desks/:desk/contributions`,
      {
        schema: {
          operationId: "listContributions",
          tags: ["fingerprints"],
          summary: "Your desk's own contributions, with how many others each hits now",
          params: DeskId,
          querystring: ContributionPage,
          response: { 200: StandingContributions },
        },
      },
      async (request) => {
        const { desk } = await memberOf(options, request, request.params.desk);
        const rows = await readContributions(options.db, desk.id, request.query.after ?? null, pageSize + 1);
        const page = rows.slice(0, pageSize);
        return { contributions: page.map((row) => ({ ...row, others: stepOf(row.others) })), next: rows.length > pageSize ? (page.at(-1)?.id ?? null) : null };
      },
    );
    app.delete(
      `${base}/desks/:desk/contributions/:id`,
      {
        schema: {
          operationId: "withdrawContribution",
          tags: ["fingerprints"],
          summary: "Take a contribution back",
          params: ContributionPlace,
          response: { 204: Nothing },
        },
      },
      async (request, reply) => {
        const { desk } = await memberOf(options, request, request.params.desk);
        if (!(await deleteContribution(options.db, desk.id, request.params.id)))
          throw new Problem("not-found", "Your desk has no such contribution", "Read the list again; it may have been taken back already.");
        return await reply.code(204).send(null);
      },
    );
  };
}

/** The routes of fingerprints. Every one of them is for a signed-in member of a safety desk. */
export function fingerprintRoutes(options: FingerprintOptions): FastifyPluginAsync {
  return async (server) => {
    await server.register(networkRoutes(options));
    await server.register(valueRoutes(options));
    await server.register(contributionRoutes(options));
  };
}
