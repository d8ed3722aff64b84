/**
 * The doors of the Monitor. Research desks state waves, put in invitations and see counts; respondents come without a session: an invitation's proof for a blind token, a token for an answer.
 * apps/server registers it behind the directory, which knows who calls.
 *
 * [Note: What the doors do not keep] Nothing of the connection is written down: no address, no program, no time. The frame logs neither (apps/server). What a *live* server could still see, and what is done about it,
 * is in docs/anonymity.md.
 */
import { createHash } from "node:crypto";
import type {} from "@fastify/swagger";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { signBlinded, TokenError } from "@rugdekking/tokens/server";
import type { FastifyPluginAsync, FastifyRequest } from "fastify";
import Type from "typebox";
import { Check } from "typebox/value";
import { readStatement } from "@rugdekking/seal/verify";
import { Envelope } from "#services/directory/contract/index.ts";
import { requireConfirmed, requirePerson, type Caller } from "#services/directory/server/index.ts";
import { readDesk } from "#services/directory/store/index.ts";
import type { LeafReceipt } from "#services/ledger/contract/index.ts";
import {
  AnswerPage,
  AnswerPlace,
  Fieldwork,
  InvitationCount,
  InvitationProof,
  InvitationView,
  Keys,
  KeysRequest,
  leastShown,
  NewAnswer,
  NewInvitations,
  sealedAnswerBytes,
  stratumName,
  TokenAnswer,
  TokenRequest,
  Uncollected,
  WaveId,
  WaveList,
  WavePayload,
  WaveView,
} from "#services/monitor/contract/index.ts";
import {
  clearPages,
  countFieldwork,
  destroyKeys,
  insertAnswer,
  insertInvitations,
  insertWave,
  markCollected,
  mixAnswers,
  readAnswers,
  readInvitation,
  readKeys,
  readTimesOf,
  readUncollected,
  readWave,
  readWaves,
  spend,
  type WaveRow,
  type WaveTimes,
} from "#services/monitor/store/index.ts";
import { Problem } from "#services/problem/index.ts";
import { inTransaction, type Database, type Transaction } from "#services/storage/index.ts";
import { WaveKeys } from "./keys.ts";
import { checkWave, verifiedWave } from "./statements.ts";

/** Given by apps/server. */
export interface MonitorOptions {
  readonly db: Database;
  /** Resolves when the leaf is in a committed, signed checkpoint. */
  readonly sequencer: { integrated(hash: string): Promise<LeafReceipt> };
  /** 32 bytes under which private token keys are kept. */
  readonly houseKey: Uint8Array;
  readonly clock: () => Date;
}

const base = "/api/v1/monitor";
const WaveParams = Type.Object({ wave: WaveId });
const pageSize = 500;
const answersPerPage = 200;

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("base64url");
/** How an invitation is looked up: only who has the code can make what hashes to it. */
const markOf = (proof: string): string => sha256(Buffer.from(proof, "base64url"));

/** The caller, as a member of a research desk. @throws {@link Problem} session codes; role-forbidden */
async function memberOf(options: MonitorOptions, request: FastifyRequest, id: string): Promise<{ caller: Caller; lead: boolean; epoch: number }> {
  const caller = requirePerson(request);
  const desk = await readDesk(options.db, id);
  const member = desk?.members.find(({ person }) => person === caller.person);
  if (desk === null || member === undefined) throw new Problem("role-forbidden", "You are not a member of this desk", "Ask a lead of the desk to add you.");
  requireConfirmed(caller, desk.id);
  if (desk.function !== "research") throw new Problem("role-forbidden", `A desk of function ${desk.function} holds no survey`, "A research desk does.");
  return { caller, lead: member.lead, epoch: desk.epoch };
}

const noWave = (wave: string): Problem => new Problem("not-found", `There is no wave ${wave}`, "Look at the list of waves.");

/** @throws {@link Problem} not-found */
async function waveOf(options: MonitorOptions, wave: string): Promise<WaveRow> {
  const row = await readWave(options.db, wave);
  if (row === null) throw noWave(wave);
  return row;
}

/** @throws {@link Problem} not-found */
async function timesOf(options: MonitorOptions, wave: string): Promise<WaveTimes> {
  const row = await readTimesOf(options.db, wave);
  if (row === null) throw noWave(wave);
  return row;
}

/** A wave of the caller's desk. @throws {@link Problem} not-found, role-forbidden */
async function ownWave(options: MonitorOptions, request: FastifyRequest, wave: string): Promise<WaveRow> {
  const row = await waveOf(options, wave);
  await memberOf(options, request, row.desk);
  return row;
}

/** Says whether a wave is at the point where something may be done. @throws {@link Problem} phase-forbidden */
function checkOpen(options: MonitorOptions, { wave, opens }: WaveTimes, until: Date, what: string): void {
  const now = options.clock();
  if (now < opens) throw new Problem("phase-forbidden", `Wave ${wave} opens on ${opens.toISOString()}`, "Come back then.");
  if (now >= until)
    throw new Problem("phase-forbidden", `Wave ${wave} ${what} since ${until.toISOString()}`, "Thank you for wanting to; the next wave will come.");
}

/** What the token engine refuses, as this server says it. */
function refused(error: unknown): never {
  if (error instanceof TokenError && error.code === "key-missing")
    throw new Problem("phase-forbidden", "This token is of no wave that takes answers now", "The wave may have ended; the next one will come.");
  if (error instanceof TokenError)
    throw new Problem(
      error.code === "signature-invalid" ? "signature-invalid" : "input-malformed",
      error.message,
      "Ask for a token with your invitation again.",
    );
  throw error;
}

function waveRoutes(options: MonitorOptions, keys: WaveKeys): FastifyPluginAsync {
  return async (server) => {
    const app = server.withTypeProvider<TypeBoxTypeProvider>();
    app.get(
      `${base}/waves`,
      { schema: { operationId: "listWaves", tags: ["monitor"], summary: "Waves of the survey, with their signed statements", response: { 200: WaveList } } },
      async () => ({ waves: (await readWaves(options.db)).map(({ wave, statement }) => ({ wave, statement })) }),
    );
    app.get(
      `${base}/waves/:wave`,
      {
        schema: {
          operationId: "readWave",
          tags: ["monitor"],
          summary: "One wave of the survey, with its signed statement",
          params: WaveParams,
          response: { 200: WaveView },
        },
      },
      async (request) => {
        const { wave, statement } = await waveOf(options, request.params.wave);
        return { wave, statement };
      },
    );
    app.post(
      `${base}/keys`,
      {
        schema: {
          operationId: "makeWaveKeys",
          tags: ["monitor"],
          summary: "Make token keys for strata of a wave to be",
          description: "By a lead of a research desk, before the wave is stated; asked again, the same keys come back.",
          body: KeysRequest,
          response: { 200: Keys },
        },
      },
      async (request) => {
        const { desk, wave, strata } = request.body;
        const { lead } = await memberOf(options, request, desk);
        if (!lead) throw new Problem("role-forbidden", "Only a lead of a research desk begins a wave", "Ask a lead.");
        if ((await readWave(options.db, wave)) !== null) throw new Problem("already-there", `Wave ${wave} was stated already`, "Choose another name.");
        return { keys: await keys.make(wave, desk, strata) };
      },
    );
    app.post(
      `${base}/waves`,
      {
        schema: {
          operationId: "stateWave",
          tags: ["monitor"],
          summary: "State a wave",
          description: "Signed by a lead of a research desk. From then on keys, strata and times stand; the hash of the statement is in the log.",
          body: Type.Object({ statement: Envelope }, { additionalProperties: false }),
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        const caller = requirePerson(request);
        const { payload, hash } = await verifiedWave(request.body.statement, caller, options.clock());
        const { lead, epoch } = await memberOf(options, request, payload.desk);
        if (!lead) throw new Problem("role-forbidden", "Only a lead of a research desk states a wave", "Ask a lead.");
        // See [Note: One epoch of a wave].
        if (payload.epoch !== epoch)
          throw new Problem(
            "epoch-stale",
            `/statement/epoch is ${payload.epoch}, and the desk is in epoch ${epoch}`,
            "Read the desk's roster again and state the wave anew.",
          );
        checkWave(payload, await readKeys(options.db, payload.wave));
        const row = {
          wave: payload.wave,
          hash,
          statement: request.body.statement,
          desk: payload.desk,
          opens: new Date(payload.opens),
          closes: new Date(payload.closes),
          ends: new Date(payload.ends),
        };
        if (!(await inTransaction(options.db, async (trx) => await insertWave(trx, row))) && (await waveOf(options, payload.wave)).hash !== hash)
          throw new Problem("already-there", `Wave ${payload.wave} was stated otherwise`, "Look at the list of waves.");
        await options.sequencer.integrated(hash);
        return await reply.code(204).send(null);
      },
    );
  };
}

function deskRoutes(options: MonitorOptions): FastifyPluginAsync {
  return async (server) => {
    const app = server.withTypeProvider<TypeBoxTypeProvider>();
    app.post(
      `${base}/waves/:wave/invitations`,
      {
        schema: {
          operationId: "addInvitations",
          tags: ["monitor"],
          summary: "Put in invitations",
          description: "By a member of the wave's desk; never more in a stratum than the wave's statement says. Sent again, nothing happens twice.",
          params: WaveParams,
          body: NewInvitations,
          response: { 200: InvitationCount },
        },
      },
      async (request) => {
        const row = await ownWave(options, request, request.params.wave);
        const most = await statedStrata(row);
        const strange = request.body.invitations.find(({ stratum }) => !most.has(stratum));
        if (strange !== undefined)
          throw new Problem(
            "input-malformed",
            `/invitations names stratum ${strange.stratum}, which wave ${row.wave} has not`,
            "Look at the wave's statement.",
          );
        if (options.clock() >= row.closes) throw new Problem("phase-forbidden", `Wave ${row.wave} is closed`, "No one can be invited any more.");
        const counts = await inTransaction(options.db, async (trx) => {
          const now = await insertInvitations(trx, row.wave, request.body.invitations);
          for (const [stratum, n] of now)
            if (n > (most.get(stratum) ?? 0))
              throw new Problem(
                "quota-reached",
                `Stratum ${stratum} would have ${n} invitations and the wave's statement says ${most.get(stratum)}`,
                "Nothing was put in; look for codes that were made twice.",
              );
          return now;
        });
        return { invitations: [...counts.values()].reduce((sum, n) => sum + n, 0) };
      },
    );
    app.get(
      `${base}/waves/:wave/uncollected`,
      {
        schema: {
          operationId: "listUncollected",
          tags: ["monitor"],
          summary: "Invitations that got no token yet, for a reminder",
          description: "By a member of the wave's desk. Who has a token and did not answer cannot be told from who did.",
          params: WaveParams,
          querystring: Type.Object({ after: Type.Optional(Type.String({ pattern: "^[A-Za-z0-9_-]{0,43}$" })) }, { additionalProperties: false }),
          response: { 200: Uncollected },
        },
      },
      async (request) => {
        const row = await ownWave(options, request, request.params.wave);
        const marks = await readUncollected(options.db, row.wave, request.query.after ?? "", pageSize);
        return { marks, next: marks.length === pageSize ? (marks.at(-1) ?? null) : null };
      },
    );
    app.get(
      `${base}/waves/:wave/fieldwork`,
      {
        schema: {
          operationId: "readFieldwork",
          tags: ["monitor"],
          summary: "How the strata of a wave stand",
          params: WaveParams,
          response: { 200: Fieldwork },
        },
      },
      async (request) => {
        const row = await ownWave(options, request, request.params.wave);
        const counts = await countFieldwork(options.db, row.wave);
        const over = options.clock() >= row.ends;
        const strata = counts.map((one) => ({ ...one, answered: over || one.answered >= leastShown ? one.answered : null }));
        // The sum of what is told: with the whole one, a single stratum that is not told would be known by subtraction.
        return { strata, answered: strata.reduce((sum, { answered }) => sum + (answered ?? 0), 0) };
      },
    );
    app.get(
      `${base}/waves/:wave/answers`,
      {
        schema: {
          operationId: "listAnswers",
          tags: ["monitor"],
          summary: "Sealed answers of a wave that has ended",
          description: "By a member of the wave's desk, whose key opens them. Before the end nobody gets any: who looks often could tell what came when.",
          params: WaveParams,
          querystring: Type.Object({ after: Type.Optional(AnswerPlace) }, { additionalProperties: false }),
          response: { 200: AnswerPage },
        },
      },
      async (request) => {
        const row = await ownWave(options, request, request.params.wave);
        if (options.clock() < row.ends)
          throw new Problem("phase-forbidden", `Wave ${row.wave} runs until ${row.ends.toISOString()}`, "Answers can be opened after that.");
        if ((await mix(options)) > 0) await clearPages(options.db);
        const answers = await readAnswers(options.db, row.wave, placeOf(request.query.after), answersPerPage);
        const last = answers.length === answersPerPage ? answers.at(-1) : undefined;
        return { answers, next: last === undefined ? null : `${last.answer.id}/${last.stratum}` };
      },
    );
  };
}

/** An {@link AnswerPlace} in its parts: a UUID, a slash, a stratum. */
function placeOf(after: string | undefined): { readonly id: string; readonly stratum: string } | null {
  if (after === undefined) return null;
  const slash = after.indexOf("/");
  return { id: after.slice(0, slash), stratum: after.slice(slash + 1) };
}

/** Most invitations per stratum, as signed. */
async function statedStrata(row: WaveRow): Promise<ReadonlyMap<string, number>> {
  const payload: unknown = readStatement(row.statement);
  if (!Check(WavePayload, payload)) throw new Error("a kept wave is not of the agreed shape");
  return new Map(payload.strata.map(({ key, invited }) => [stratumName(key), invited]));
}

const collectedElsewhere = (): Problem =>
  new Problem("already-there", "The token of this invitation was collected on another device", "Go on where you began; one invitation is one answer.");

const unknownInvitation = (): Problem =>
  new Problem("invitation-unknown", "This code belongs to no invitation of this wave", "Check the code; every group has four characters.");

function respondentRoutes(options: MonitorOptions, keys: WaveKeys): FastifyPluginAsync {
  return async (server) => {
    const app = server.withTypeProvider<TypeBoxTypeProvider>();
    app.post(
      `${base}/waves/:wave/look-ups`,
      {
        schema: {
          operationId: "lookUpInvitation",
          tags: ["monitor"],
          summary: "Which stratum an invitation is of",
          description: "Without a session.",
          params: WaveParams,
          body: InvitationProof,
          response: { 200: InvitationView },
        },
      },
      async (request) => {
        const row = await timesOf(options, request.params.wave);
        const found = await readInvitation(options.db, row.wave, markOf(request.body.proof));
        if (found === null) throw unknownInvitation();
        return { stratum: found.stratum, collected: found.collected !== null };
      },
    );
    app.post(
      `${base}/waves/:wave/tokens`,
      {
        schema: {
          operationId: "collectToken",
          tags: ["monitor"],
          summary: "Collect the one token of an invitation",
          description: "Without a session. What is signed cannot be seen (RFC 9474); the same request again gets the same answer.",
          params: WaveParams,
          body: TokenRequest,
          response: { 200: TokenAnswer },
        },
      },
      async (request) => {
        const row = await timesOf(options, request.params.wave);
        checkOpen(options, row, row.closes, "gives out no tokens any more");
        const blinded = Buffer.from(request.body.blinded, "base64url");
        const mark = markOf(request.body.proof);
        const found = await readInvitation(options.db, row.wave, mark);
        if (found === null) throw unknownInvitation();
        const own = sha256(blinded);
        // Before a signature is made: a code that was used buys no work of the key. What decides is the look under the lock below.
        if (found.collected !== null && found.collected !== own) throw collectedElsewhere();
        const issuer = await keys.issuer(row, found.stratum);
        const signature = signed(issuer, blinded);
        await inTransaction(options.db, async (trx) => {
          const now = await readInvitation(trx, row.wave, mark, true);
          if (now === null) throw unknownInvitation();
          if (now.collected === null) await markCollected(trx, row.wave, mark, own);
          else if (now.collected !== own) throw collectedElsewhere();
        });
        return { signature: Buffer.from(signature).toString("base64url") };
      },
    );
    app.post(
      `${base}/answers`,
      {
        schema: {
          operationId: "giveAnswer",
          tags: ["monitor"],
          summary: "Give an answer with a token",
          description: "Without a session. The token is spent in the transaction that keeps the answer; a second answer with it is refused.",
          body: NewAnswer,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        await takeAnswer(options, keys, request.body);
        return await reply.code(204).send(null);
      },
    );
  };
}

function signed(issuer: Parameters<typeof signBlinded>[0], blinded: Uint8Array): Uint8Array {
  try {
    return signBlinded(issuer, blinded);
  } catch (error) {
    return refused(error);
  }
}

/** @throws {@link Problem} input-malformed, signature-invalid, phase-forbidden, already-there */
async function takeAnswer(options: MonitorOptions, keys: WaveKeys, { token, answer }: NewAnswer): Promise<void> {
  if (Buffer.byteLength(answer.sealed, "base64url") !== sealedAnswerBytes)
    throw new Problem(
      "input-malformed",
      `/answer/sealed is not ${sealedAnswerBytes} bytes`,
      "Every answer is equally long: fill it up as the contract describes it.",
    );
  const { wave: row, spent } = await keys.verify(token, options.clock()).catch(refused);
  checkOpen(options, row, row.ends, "takes no answers any more");
  await inTransaction(options.db, async (trx: Transaction) => {
    if (!(await spend(trx, row.wave, spent.spend, spent.stratum)))
      throw new Problem("already-there", "This token was used already", "Your answer is in; there is nothing more to do.");
    if (!(await insertAnswer(trx, row.wave, spent.stratum, answer)))
      throw new Problem("already-there", "/answer/id is that of another answer", "Seal the answer again under a new id.");
  });
}

const mix = async (options: Pick<MonitorOptions, "db" | "clock">): Promise<number> =>
  await mixAnswers(options.clock(), async (work) => await inTransaction(options.db, work));

/** Destroys keys of waves that ended, mixes answers that wait, and clears what both leave behind; apps/server calls it every few minutes. Keys first: nothing that goes wrong with an answer may keep them. */
export async function tendMonitor(options: Pick<MonitorOptions, "db" | "clock">): Promise<void> {
  await destroyKeys(options.db, options.clock());
  await mix(options);
  await clearPages(options.db);
}

/** How often keys that are in memory are looked through for those that sign nothing any more. */
const letGoMinutes = 5;

/** All routes of the Monitor. */
export function monitorRoutes(options: MonitorOptions): FastifyPluginAsync {
  const keys = new WaveKeys(options.db, options.houseKey);
  return async (server) => {
    const timer = setInterval(() => keys.letGo(options.clock()), letGoMinutes * 60_000);
    timer.unref();
    server.addHook("onClose", async () => clearInterval(timer));
    await server.register(waveRoutes(options, keys));
    await server.register(deskRoutes(options));
    await server.register(respondentRoutes(options, keys));
  };
}
