/**
 * The doors of anonymous facts. A participant of a dossier asks for the one blind token of an event; a fact comes in with a token and without a session; a research desk states quarters and collects what came when the quarter is over.
 * apps/server registers it behind the directory, which knows who calls. [Note: What the doors do not keep] in services/monitor/server holds here too: no address, no program, no time.
 */
import { createHash } from "node:crypto";
import type {} from "@fastify/swagger";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { signBlinded, TokenError } from "@rugdekking/tokens/server";
import type { FastifyPluginAsync, FastifyRequest } from "fastify";
import Type from "typebox";
import { Envelope, Uuid } from "#services/directory/contract/index.ts";
import { requireCaller, requireConfirmed, requirePerson, type Caller } from "#services/directory/server/index.ts";
import { readDesk } from "#services/directory/store/index.ts";
import { standingIn, type DossierServices, type Standing } from "#services/dossier/server/index.ts";
import { rolesThatWrite } from "#services/dossier/workflow/enforce.ts";
import {
  CountingChoice,
  factEvents,
  FactPage,
  FactPlace,
  FactTokenAnswer,
  FactTokenRequest,
  leastHandedOut,
  NewFact,
  QuarterKeys as QuarterKeyList,
  QuarterKeysRequest,
  QuarterList,
  QuarterView,
  sealedFactBytes,
  timesOf,
} from "#services/figures/contract/delivery.ts";
import { FactCount, type FactKind, Quarter } from "#services/figures/contract/facts.ts";
import {
  clearFactPages,
  countFacts,
  destroyFactKeys,
  insertFact,
  insertGiven,
  insertQuarter,
  isDeclined,
  mixFacts,
  readFactKeys,
  readFacts,
  readGiven,
  readQuarter,
  readQuarters,
  setDeclined,
  spendFact,
  type QuarterRow,
} from "#services/figures/store/index.ts";
import type { LeafReceipt } from "#services/ledger/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import { inTransaction, type Database } from "#services/storage/index.ts";
import { QuarterKeys } from "./keys.ts";
import { checkQuarter, verifiedQuarter } from "./statements.ts";

/** Given by apps/server. */
export interface FigureOptions {
  readonly db: Database;
  /** Resolves when the leaf is in a committed, signed checkpoint. */
  readonly sequencer: { integrated(hash: string): Promise<LeafReceipt> };
  /** 32 bytes under which private token keys are kept. */
  readonly houseKey: Uint8Array;
  /** Who is what to a dossier. */
  readonly dossiers: DossierServices;
  readonly clock: () => Date;
}

const base = "/api/v1/figures";
const QuarterParams = Type.Object({ quarter: Quarter });
const DossierParams = Type.Object({ dossier: Uuid });
const factsPerPage = 500;

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("base64url");

/** The caller, as a member of a research desk. @throws {@link Problem} session codes; role-forbidden */
async function memberOf(options: FigureOptions, request: FastifyRequest, id: string): Promise<{ caller: Caller; lead: boolean; epoch: number }> {
  const caller = requirePerson(request);
  const desk = await readDesk(options.db, id);
  const member = desk?.members.find(({ person }) => person === caller.person);
  if (desk === null || member === undefined) throw new Problem("role-forbidden", "You are not a member of this desk", "Ask a lead of the desk to add you.");
  requireConfirmed(caller, desk.id);
  if (desk.function !== "research") throw new Problem("role-forbidden", `A desk of function ${desk.function} collects no facts`, "A research desk does.");
  return { caller, lead: member.lead, epoch: desk.epoch };
}

/** @throws {@link Problem} not-found */
async function quarterOf(options: FigureOptions, quarter: string): Promise<QuarterRow> {
  const row = await readQuarter(options.db, quarter);
  if (row === null) throw new Problem("not-found", `No research desk has stated quarter ${quarter}`, "Look at the list of quarters.");
  return row;
}

/** What the token engine refuses, as this server says it. */
function refused(error: unknown): never {
  if (error instanceof TokenError && error.code === "key-missing")
    throw new Problem("phase-forbidden", "This token is of no quarter that takes facts now", "Nothing was kept; the figures go on without it.");
  if (error instanceof TokenError)
    throw new Problem(error.code === "signature-invalid" ? "signature-invalid" : "input-malformed", error.message, "Ask for a token with your dossier again.");
  throw error;
}

function quarterRoutes(options: FigureOptions, keys: QuarterKeys): FastifyPluginAsync {
  return async (server) => {
    const app = server.withTypeProvider<TypeBoxTypeProvider>();
    app.get(
      `${base}/quarters`,
      {
        schema: {
          operationId: "listQuarters",
          tags: ["figures"],
          summary: "Quarters of anonymous facts, with their signed statements",
          response: { 200: QuarterList },
        },
      },
      async () => ({ quarters: (await readQuarters(options.db)).map(({ quarter, statement }) => ({ quarter, statement })) }),
    );
    app.get(
      `${base}/quarters/:quarter`,
      {
        schema: {
          operationId: "readQuarter",
          tags: ["figures"],
          summary: "One quarter, with its signed statement",
          params: QuarterParams,
          response: { 200: QuarterView },
        },
      },
      async (request) => {
        const { quarter, statement } = await quarterOf(options, request.params.quarter);
        return { quarter, statement };
      },
    );
    app.post(
      `${base}/keys`,
      {
        schema: {
          operationId: "makeQuarterKeys",
          tags: ["figures"],
          summary: "Make token keys of a quarter to be",
          description: "By a lead of a research desk, before the quarter is stated; asked again, the same keys come back.",
          body: QuarterKeysRequest,
          response: { 200: QuarterKeyList },
        },
      },
      async (request) => {
        const { desk, quarter, kinds } = request.body;
        const { lead } = await memberOf(options, request, desk);
        if (!lead) throw new Problem("role-forbidden", "Only a lead of a research desk begins a quarter", "Ask a lead.");
        if ((await readQuarter(options.db, quarter)) !== null)
          throw new Problem("already-there", `Quarter ${quarter} was stated already`, "There is nothing more to do.");
        checkNotOver(options, quarter);
        return { keys: await keys.make(quarter, desk, kinds) };
      },
    );
    app.post(
      `${base}/quarters`,
      {
        schema: {
          operationId: "stateQuarter",
          tags: ["figures"],
          summary: "State a quarter",
          description:
            "Signed by a lead of a research desk. From then on its keys and the epoch that opens its facts stand; the hash of the statement is in the log.",
          body: Type.Object({ statement: Envelope }, { additionalProperties: false }),
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        const { statement } = request.body;
        const { payload, hash } = await verifiedQuarter(statement, requirePerson(request), options.clock());
        const { lead, epoch } = await memberOf(options, request, payload.desk);
        if (!lead) throw new Problem("role-forbidden", "Only a lead of a research desk states a quarter", "Ask a lead.");
        // See [Note: One epoch of a quarter].
        if (payload.epoch !== epoch)
          throw new Problem(
            "epoch-stale",
            `/statement/epoch is ${payload.epoch}, and the desk is in epoch ${epoch}`,
            "Read the desk's roster again and state the quarter anew.",
          );
        checkNotOver(options, payload.quarter);
        checkQuarter(payload, await readFactKeys(options.db, payload.quarter));
        const row = { quarter: payload.quarter, hash, statement, desk: payload.desk, ends: timesOf(payload.quarter).ends };
        if (!(await inTransaction(options.db, async (trx) => await insertQuarter(trx, row))) && (await quarterOf(options, payload.quarter)).hash !== hash)
          throw new Problem("already-there", `Quarter ${payload.quarter} was stated otherwise`, "Look at the list of quarters.");
        await options.sequencer.integrated(hash);
        return await reply.code(204).send(null);
      },
    );
  };
}

/** Keys for a quarter that is over would sign for nobody. @throws {@link Problem} phase-forbidden */
function checkNotOver(options: FigureOptions, quarter: string): void {
  if (options.clock() >= timesOf(quarter).closes)
    throw new Problem("phase-forbidden", `Quarter ${quarter} is over`, "State the quarter that runs, or one that comes.");
}

function deskRoutes(options: FigureOptions): FastifyPluginAsync {
  return async (server) => {
    const app = server.withTypeProvider<TypeBoxTypeProvider>();
    /** A quarter of the caller's desk. @throws {@link Problem} not-found, role-forbidden, phase-forbidden before its end */
    const ownEnded = async (request: FastifyRequest, quarter: string): Promise<QuarterRow> => {
      const row = await quarterOf(options, quarter);
      await memberOf(options, request, row.desk);
      if (options.clock() < row.ends)
        throw new Problem("phase-forbidden", `Quarter ${quarter} runs until ${row.ends.toISOString()}`, "Facts can be collected after that.");
      return row;
    };
    app.get(
      `${base}/quarters/:quarter/facts`,
      {
        schema: {
          operationId: "listFacts",
          tags: ["figures"],
          summary: "Sealed facts of a quarter that has ended",
          description: `By a member of the quarter's desk. Before the end nobody gets any: who looks often could tell what came when. Kinds with fewer than ${leastHandedOut} facts are left out.`,
          params: QuarterParams,
          querystring: Type.Object({ after: Type.Optional(FactPlace) }, { additionalProperties: false }),
          response: { 200: FactPage },
        },
      },
      async (request) => {
        const row = await ownEnded(request, request.params.quarter);
        if ((await mix(options)) > 0) await clearFactPages(options.db);
        const [id, kind] = request.query.after?.split("/") ?? [];
        const facts = await readFacts(options.db, row.quarter, id === undefined || kind === undefined ? null : { id, kind }, factsPerPage);
        const last = facts.length === factsPerPage ? facts.at(-1) : undefined;
        return { facts, next: last === undefined ? null : `${last.fact.id}/${last.kind}` };
      },
    );
    app.get(
      `${base}/quarters/:quarter/counts`,
      {
        schema: {
          operationId: "countFacts",
          tags: ["figures"],
          summary: "How complete the facts of a quarter that has ended are",
          description: "By a member of the quarter's desk: tokens given and facts arrived per kind.",
          params: QuarterParams,
          response: { 200: Type.Object({ counts: Type.Array(FactCount) }, { additionalProperties: false }) },
        },
      },
      async (request) => {
        const { quarter } = await ownEnded(request, request.params.quarter);
        const shown = (n: number): number | null => (n < leastHandedOut ? null : n);
        return {
          counts: (await countFacts(options.db, quarter)).map(({ kind, given, arrived }) => ({ quarter, kind, given: shown(given), arrived: shown(arrived) })),
        };
      },
    );
  };
}

/** @throws {@link Problem} not-found, grant-ended, role-forbidden when the caller may not write the entry, requirement-missing when it is not there */
function checkStanding({ workflow, roles, entries }: Standing, kind: FactKind): void {
  const event = factEvents[kind];
  if (workflow.kind !== event.dossier)
    throw new Problem("input-malformed", `/kind is of a ${event.dossier}, and this dossier is a ${workflow.kind}`, "Ask for a kind of this dossier.");
  if (!rolesThatWrite(workflow, event.entry).some((role) => roles.includes(role)))
    throw new Problem("role-forbidden", `In this dossier you do not write what a ${kind} follows from`, "Whoever writes it may ask.");
  if (!entries.has(event.entry)) throw new Problem("requirement-missing", `There is no ${event.entry} in this dossier yet`, "Ask when it is there.");
}

function participantRoutes(options: FigureOptions, keys: QuarterKeys): FastifyPluginAsync {
  return async (server) => {
    const app = server.withTypeProvider<TypeBoxTypeProvider>();
    app.post(
      `${base}/dossiers/:dossier/tokens`,
      {
        schema: {
          operationId: "giveFactToken",
          tags: ["figures"],
          summary: "Collect the one token of a dossier for a kind of fact",
          description:
            "By whoever may write the entry it follows from, once it is there. What is signed cannot be seen (RFC 9474); the same request again gets the same answer.",
          params: DossierParams,
          body: FactTokenRequest,
          response: { 200: FactTokenAnswer },
        },
      },
      async (request) => await giveToken(options, keys, request.params.dossier, requireCaller(request).person, request.body),
    );
    const choice = { operationId: "readCountingChoice", tags: ["figures"], params: DossierParams, response: { 200: CountingChoice } };
    /** Whose dossier it is. @throws {@link Problem} not-found, role-forbidden */
    const owned = async (request: FastifyRequest & { readonly params: { readonly dossier: string } }): Promise<string> => {
      const { dossier } = request.params;
      const { workflow, roles } = await standingIn(options.dossiers, dossier, requireCaller(request).person);
      if (!roles.includes(workflow.owner))
        throw new Problem("role-forbidden", "Whether a dossier is counted is for whose it is", "Ask the person whose dossier it is.");
      return dossier;
    };
    app.get(`${base}/dossiers/:dossier/choice`, { schema: { ...choice, summary: "Whether facts are made of a dossier" } }, async (request) => ({
      counted: !(await isDeclined(options.db, await owned(request))),
    }));
    app.put(
      `${base}/dossiers/:dossier/choice`,
      {
        schema: {
          ...choice,
          operationId: "chooseCounting",
          summary: "Say whether facts are made of a dossier",
          description: "By whose dossier it is. After a no, nobody gets a token for it.",
          body: CountingChoice,
        },
      },
      async (request) => {
        await setDeclined(options.db, await owned(request), !request.body.counted);
        return request.body;
      },
    );
    app.post(
      `${base}/facts`,
      {
        schema: {
          operationId: "giveFact",
          tags: ["figures"],
          summary: "Give a fact with a token",
          description: "Without a session. The token is spent in the transaction that keeps the fact; a second fact with it is refused.",
          body: NewFact,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        await takeFact(options, keys, request.body);
        return await reply.code(204).send(null);
      },
    );
  };
}

const givenElsewhere = (): Problem =>
  new Problem("already-there", "The token of this dossier was given to another device", "There is nothing more to do; it is counted once.");

async function giveToken(
  options: FigureOptions,
  keys: QuarterKeys,
  dossier: string,
  person: string,
  { quarter, kind, blinded: text }: FactTokenRequest,
): Promise<FactTokenAnswer> {
  checkStanding(await standingIn(options.dossiers, dossier, person), kind);
  if (await isDeclined(options.db, dossier))
    throw new Problem("counting-declined", "Whose dossier it is said that it is not counted", "Nothing is made of it.");
  const { ends } = await quarterOf(options, quarter);
  const own = sha256(Buffer.from(text, "base64url"));
  const given = await readGiven(options.db, dossier, kind);
  // Before a signature is made: what was given buys no more work of the key. What decides is the row below.
  if (given !== null && (given.blinded !== own || given.quarter !== quarter)) throw givenElsewhere();
  const { opens, closes } = timesOf(quarter);
  const now = options.clock();
  // A lost reply is given again as long as its fact can still arrive.
  if (now < opens || now >= (given === null ? closes : ends))
    throw new Problem("phase-forbidden", `Quarter ${quarter} gives out no tokens now`, "Use the quarter that runs.");
  const issuer = await keys.issuer(quarter, kind);
  const signature = signed(issuer, Buffer.from(text, "base64url"));
  const stands = await inTransaction(options.db, async (trx) => await insertGiven(trx, dossier, kind, { quarter, blinded: own }));
  if (stands.blinded !== own || stands.quarter !== quarter) throw givenElsewhere();
  return { signature: Buffer.from(signature).toString("base64url") };
}

function signed(issuer: Parameters<typeof signBlinded>[0], blinded: Uint8Array): Uint8Array {
  try {
    return signBlinded(issuer, blinded);
  } catch (error) {
    return refused(error);
  }
}

/** @throws {@link Problem} input-malformed, signature-invalid, phase-forbidden, already-there */
async function takeFact(options: FigureOptions, keys: QuarterKeys, { token, fact }: NewFact): Promise<void> {
  if (Buffer.byteLength(fact.sealed, "base64url") !== sealedFactBytes)
    throw new Problem(
      "input-malformed",
      `/fact/sealed is not ${sealedFactBytes} bytes`,
      "Every fact is equally long: fill it up as the contract describes it.",
    );
  const now = options.clock();
  const { quarter, kind, spend } = await keys.verify(token, now).catch(refused);
  // The book of keys may be a moment older than the end of a quarter.
  if (now >= timesOf(quarter).ends) throw new Problem("phase-forbidden", `Quarter ${quarter} takes no facts any more`, "Nothing was kept.");
  await inTransaction(options.db, async (trx) => {
    if (!(await spendFact(trx, quarter, spend, kind)))
      throw new Problem("already-there", "This token was used already", "The fact is in; there is nothing more to do.");
    if (!(await insertFact(trx, quarter, kind, fact))) throw new Problem("already-there", "/fact/id is that of another fact", "Seal it again under a new id.");
  });
}

const mix = async (options: Pick<FigureOptions, "db" | "clock">): Promise<number> =>
  await mixFacts(options.clock(), async (work) => await inTransaction(options.db, work));

/** Destroys keys of quarters that ended, mixes facts that wait, and clears what both leave behind; apps/server calls it every few minutes. Keys first: nothing that goes wrong with a fact may keep them. */
export async function tendFigures(options: Pick<FigureOptions, "db" | "clock">): Promise<void> {
  await destroyFactKeys(options.db, options.clock());
  await mix(options);
  await clearFactPages(options.db);
}

/** How often keys that are in memory are looked through for those that sign nothing any more. */
const letGoMinutes = 5;

/** All routes of anonymous facts. */
export function figureRoutes(options: FigureOptions): FastifyPluginAsync {
  const keys = new QuarterKeys(options.db, options.houseKey);
  return async (server) => {
    const timer = setInterval(() => keys.letGo(options.clock()), letGoMinutes * 60_000);
    timer.unref();
    server.addHook("onClose", async () => clearInterval(timer));
    await server.register(quarterRoutes(options, keys));
    await server.register(deskRoutes(options));
    await server.register(participantRoutes(options, keys));
  };
}
