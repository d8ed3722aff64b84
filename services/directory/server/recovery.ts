/** Recovery over HTTP: setting up, asking, confirming, saying no, waiting, handing out, coming back. Routes of the directory. The server waits, counts and lets nothing through; it holds one half of a whole it never sees. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Type from "typebox";
import { v7 as uuidv7 } from "uuid";
import { SealError, verifyStatement, UNLOCK_SET, readStatement, parseRecoveryRequest } from "@rugdekking/seal/verify";
import { Compile } from "typebox/compile";
import { Envelope, UnlockSetPayload, Uuid } from "#services/directory/contract/index.ts";
import {
  AskerToken,
  attemptDays,
  attemptsAtOnce,
  attemptsTold,
  Claim,
  ClaimState,
  Completion,
  ConfirmationBody,
  HandedOut,
  NewClaim,
  NewRecoverySet,
  Recoveries,
  recoveryAllows,
  recoveryHours,
  recoveryState,
  UnlockRecords,
  type AttemptView,
  type RecoveryView,
} from "#services/directory/contract/recovery.ts";
import {
  attemptsOf,
  confirmationsOf,
  endAttempt,
  endRecovery,
  endSessions,
  forgetChallenges,
  insertRecoveryAttempt,
  insertConfirmation,
  insertRecovery,
  keepStatement,
  lockUnlocks,
  markTaken,
  newestUnlockRecord,
  openAt,
  personOfHandle,
  readRecoveryAttempt,
  readDesk,
  readPerson,
  readRecovery,
  readRecoveryKey,
  readUnlockRecords,
  recoveriesAbout,
  replaceUnlocks,
  sharesHeld,
  sharesOf,
  standingRecovery,
  statementsAbout,
  type AttemptRow,
  type RecoveryRow,
} from "#services/directory/store/index.ts";
import { Problem } from "#services/problem/index.ts";
import { inTransaction, type Transaction } from "#services/storage/index.ts";
import { requirePerson } from "./caller.ts";
import { checkUnlocks, writeRecord } from "./unlock-records.ts";
import { checkedConfirmation, checkedRefusal, checkedRequest, checkedSet, claimedConfirmation, heldAttempt, tokenDigest } from "./recovery-rules.ts";
import { decoyRecovery } from "./decoys.ts";
import type { DirectoryOptions } from "./services.ts";
import { newToken } from "./tokens.ts";

const hour = 3_600_000;
const noRecovery = (): Problem => new Problem("not-found", "There is no such recovery for you", "Read the list again.");
const usualHours = recoveryHours.usual;

/** Tells whoever is concerned that there is news: nothing else. */
async function tell(options: DirectoryOptions, trx: Transaction, row: RecoveryRow, but: string | null): Promise<void> {
  if (options.news === undefined) return;
  const holders = (await sharesOf(trx, row.recovery)).flatMap(({ person }) => (person === null || person === but ? [] : [{ person }]));
  const subject = row.person === null ? (row.desk === null ? [] : [{ desk: row.desk }]) : row.person === but ? [] : [{ person: row.person }];
  await options.news(trx, [...subject, ...holders]);
}

const iso = (moment: Date | null): string | null => moment?.toISOString() ?? null;

async function viewOf(options: DirectoryOptions, row: RecoveryRow): Promise<RecoveryView> {
  const { db, clock } = options;
  const [attempts, confirmations, statements] = await Promise.all([
    attemptsOf(db, row.recovery),
    confirmationsOf(db, row.recovery),
    statementsAbout(db, row.recovery),
  ]);
  const now = clock();
  const view = (attempt: AttemptRow): AttemptView => ({
    attempt: attempt.attempt,
    state: recoveryState(attempt, now),
    asked: attempt.asked.toISOString(),
    temporaryKey: attempt.temporaryKey,
    request: attempt.request,
    confirmed: confirmations.filter((one) => one.attempt === attempt.attempt).map(({ place }) => place),
    opens: iso(attempt.opens),
    taken: iso(attempt.taken),
    ended: iso(attempt.ended),
  });
  return {
    recovery: row.recovery,
    statement: row.statement,
    hash: row.hash,
    signer: row.signer,
    made: row.made.toISOString(),
    ended: iso(row.ended),
    attempts: attempts.map(view),
    statements: statements.map(({ statement, received }) => ({ statement, received: received.toISOString() })),
  };
}

function listRoutes(server: FastifyInstance, options: DirectoryOptions): void {
  const { db } = options;
  const app = server.withTypeProvider<TypeBoxTypeProvider>();
  app.get(
    "/api/v1/recoveries",
    {
      schema: {
        operationId: "listRecoveries",
        tags: ["directory"],
        summary: "Who can bring my keys back, and whose I can help to bring back",
        description: "With everything that was ever signed or asked about one's own.",
        response: { 200: Recoveries },
      },
    },
    async (request) => {
      const caller = requirePerson(request);
      const [own, desks, shares] = await Promise.all([
        recoveriesAbout(db, { person: caller.person }),
        recoveriesAbout(db, { desks: caller.desks }),
        sharesHeld(db, caller.person),
      ]);
      const held = await Promise.all(
        shares.map(async ({ recovery, place, sealed }) => {
          const row = await readRecovery(db, recovery);
          return row === null ? [] : [{ ...(await viewOf(options, row)), place, sealed }];
        }),
      );
      return {
        hours: options.recoveryHours ?? usualHours,
        own: await Promise.all(own.map((row) => viewOf(options, row))),
        desks: await Promise.all(desks.map((row) => viewOf(options, row))),
        held: held.flat(),
      };
    },
  );
  app.get(
    "/api/v1/unlocks/records",
    {
      schema: {
        operationId: "listUnlockRecords",
        tags: ["directory"],
        summary: "How my ways to sign in changed, as I signed it",
        response: { 200: UnlockRecords },
      },
    },
    async (request) => {
      const { person } = requirePerson(request);
      return { records: (await readUnlockRecords(db, person)).map(({ statement, received }) => ({ statement, received: received.toISOString() })) };
    },
  );
}

function setRoutes(server: FastifyInstance, options: DirectoryOptions): void {
  const { db, clock } = options;
  const app = server.withTypeProvider<TypeBoxTypeProvider>();
  app.post(
    "/api/v1/recoveries",
    {
      bodyLimit: 200_000,
      schema: {
        operationId: "createRecovery",
        tags: ["directory"],
        summary: "Set recovery up: three holders, of whom two are enough",
        description: "Of one's own keys it takes the place of what was there. Of a desk it stands when the next roster names it.",
        body: NewRecoverySet,
        response: { 201: Type.Object({ recovery: Uuid }, { additionalProperties: false }) },
      },
    },
    async (request, reply) => {
      const caller = requirePerson(request);
      const { body } = request;
      const hash = await inTransaction(db, async (trx) => {
        const { set, hash } = await checkedSet(trx, body, caller, options.recoveryHours ?? usualHours);
        const there = await readRecovery(trx, set.recovery, true);
        if (there !== null && there.hash !== hash) throw new Problem("already-there", "This recovery is there with another content", "Make it anew.");
        if (there !== null) return { hash, recovery: set.recovery };
        await lockUnlocks(trx, caller.person);
        const before = "person" in set.subject ? await standingRecovery(trx, caller.person) : null;
        if (before !== null) await endRecovery(trx, before.recovery, "vetoed", clock());
        await insertRecovery(trx, {
          set,
          hash,
          statement: body.statement,
          signer: caller.signPublicKey,
          shares: body.shares,
          half: body.half,
          method: body.method,
          at: clock(),
        });
        const row = await readRecovery(trx, set.recovery);
        if (row !== null) await tell(options, trx, row, caller.person);
        return { hash, recovery: set.recovery };
      });
      await options.sequencer.integrated(hash.hash);
      return reply.code(201).send({ recovery: hash.recovery });
    },
  );
  app.post(
    "/api/v1/recoveries/:recovery/refusals",
    {
      schema: {
        operationId: "refuseRecovery",
        tags: ["directory"],
        summary: "Say no: end a recovery, or stop one attempt",
        description:
          "By whoever it is about (a veto), or by a holder who does not trust an attempt. Without an attempt: the whole recovery ends, and only whoever it is about may say so.",
        params: Type.Object({ recovery: Uuid }),
        body: Type.Object({ statement: Envelope }, { additionalProperties: false }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const caller = requirePerson(request);
      const { recovery } = request.params;
      const hash = await inTransaction(db, async (trx) => {
        const row = await readRecovery(trx, recovery, true);
        if (row === null) throw noRecovery();
        const refusal = await checkedRefusal(trx, row, request.body.statement, caller);
        const now = clock();
        if (refusal.attempt === null) {
          // Of a desk the roster says what stands, so it ends by a rotation.
          if (row.person === null) throw new Problem("role-forbidden", "Of a desk a lead ends it by a new epoch", "Start a new epoch without recovery.");
          if (row.ended !== null) throw new Problem("phase-forbidden", "This recovery has ended already", "Read the list again.");
          await endRecovery(trx, recovery, "vetoed", now);
        } else {
          await heldAttempt(trx, { recovery, attempt: refusal.attempt }, refusal.as === "subject" ? "veto" : "refuse", refusal.as, now);
          await endAttempt(trx, recovery, refusal.attempt, refusal.as === "subject" ? "vetoed" : "refused", now);
        }
        await keepStatement(trx, recovery, refusal.hash, request.body.statement, now);
        await tell(options, trx, row, caller.person);
        return refusal.hash;
      });
      await options.sequencer.integrated(hash);
      return reply.code(204).send(null);
    },
  );
}

function askRoutes(server: FastifyInstance, options: DirectoryOptions): void {
  const { db, clock } = options;
  const app = server.withTypeProvider<TypeBoxTypeProvider>();
  app.post(
    "/api/v1/recovery-claims",
    {
      schema: {
        operationId: "claimRecovery",
        tags: ["directory"],
        summary: "Ask for one's own keys back, signed in nowhere",
        description: "The answer is the same whether the name is known, and whether it has recovery set up.",
        body: NewClaim,
        response: { 201: Claim },
      },
    },
    async (request, reply) => {
      // Work instead of a pace for all together: a flood makes asking dear, and nobody can spend the turns of others.
      const admitted = await options.admission.admit(request, { purpose: "recovery", use: request.body.temporaryKey });
      const { temporaryKey } = request.body;
      const handle = request.body.handle.trim().toLowerCase();
      const token = newToken();
      const attempt = uuidv7();
      const recovery = await inTransaction(db, async (trx) => {
        await admitted.spend(trx);
        const person = await personOfHandle(trx, handle);
        const found = person === null ? null : await standingRecovery(trx, person);
        const row = found === null ? null : await readRecovery(trx, found.recovery, true);
        const now = clock();
        const running =
          row === null
            ? 0
            : (await attemptsOf(trx, row.recovery)).filter((one) => !["done", "vetoed", "refused", "lapsed"].includes(recoveryState(one, now))).length;
        // Each attempt counts, however many there are: [Note: Anyone may ask].
        const chosen = row === null ? decoyRecovery(options.decoySecret, handle) : row.recovery;
        await insertRecoveryAttempt(trx, {
          recovery: chosen,
          attempt,
          token: tokenDigest(token),
          temporaryKey,
          request: null,
          askedBy: null,
          asked: now,
          ends: new Date(now.getTime() + attemptDays * 24 * hour),
        });
        if (row !== null && running < attemptsTold) await tell(options, trx, row, null);
        return chosen;
      });
      return reply.code(201).send({ recovery, attempt, token });
    },
  );
  app.post(
    "/api/v1/recoveries/:recovery/requests",
    {
      bodyLimit: 4 * 1024 * 1024,
      schema: {
        operationId: "requestRecovery",
        tags: ["directory"],
        summary: "Ask, as an officer, for a desk whose leads are gone",
        description: "The statement names who is to be in the desk from then on.",
        params: Type.Object({ recovery: Uuid }),
        body: Type.Object({ statement: Envelope }, { additionalProperties: false }),
        response: { 201: Type.Object({ attempt: Uuid }, { additionalProperties: false }) },
      },
    },
    async (request, reply) => {
      const caller = requirePerson(request);
      const { recovery } = request.params;
      const made = await inTransaction(db, async (trx) => {
        const row = await readRecovery(trx, recovery, true);
        if (row === null || row.desk === null || row.ended !== null) throw noRecovery();
        const asked = await checkedRequest(trx, row, request.body.statement, caller);
        const desk = await readDesk(trx, row.desk);
        const key = desk === null ? null : await readRecoveryKey(trx, desk.organisation, desk.id);
        if (key?.recovery !== recovery)
          throw new Problem("requirement-missing", "The desk's present roster does not name this recovery", "A lead must start a new epoch that does.");
        const now = clock();
        const earlier = await readRecoveryAttempt(trx, recovery, asked.request.attempt);
        if (earlier !== null) {
          if (earlier.askedBy === caller.person) return { attempt: asked.request.attempt, hash: asked.hash };
          throw new Problem("already-there", "This attempt is there already", "Ask under an id of its own.");
        }
        const running = (await attemptsOf(trx, recovery)).filter((one) => one.outcome === null && one.ends > now).length;
        if (running >= attemptsAtOnce) throw new Problem("quota-reached", `${running} attempts run for this desk already`, "Refuse one, or confirm it.");
        await insertRecoveryAttempt(trx, {
          recovery,
          attempt: asked.request.attempt,
          token: null,
          temporaryKey: null,
          request: request.body.statement,
          askedBy: caller.person,
          asked: now,
          ends: new Date(now.getTime() + attemptDays * 24 * hour),
        });
        await keepStatement(trx, recovery, asked.hash, request.body.statement, now);
        await tell(options, trx, row, caller.person);
        return { attempt: asked.request.attempt, hash: asked.hash };
      });
      await options.sequencer.integrated(made.hash);
      return reply.code(201).send({ attempt: made.attempt });
    },
  );
}

const Place = Type.Object({ recovery: Uuid, attempt: Uuid });

/** Whether this is who asked: the claim's token, or the officer who is signed in. */
function isAsker(request: FastifyRequest, attempt: AttemptRow, token: string | null): boolean {
  if (attempt.askedBy !== null) return token === null && request.caller?.person === attempt.askedBy;
  return token !== null && attempt.token === tokenDigest(token);
}

function attemptRoutes(server: FastifyInstance, options: DirectoryOptions): void {
  const { db, clock } = options;
  const app = server.withTypeProvider<TypeBoxTypeProvider>();
  app.post(
    "/api/v1/recoveries/:recovery/attempts/:attempt/confirmations",
    {
      schema: {
        operationId: "confirmRecovery",
        tags: ["directory"],
        summary: "Pass my share on, after comparing the code by telephone",
        description:
          "The signature is the key that the set names for this share, so nobody needs to be signed in: a share on paper signs too. The second one starts the delay.",
        params: Place,
        body: ConfirmationBody,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { recovery, attempt: id } = request.params;
      claimedConfirmation(request.body.statement);
      const hash = await inTransaction(db, async (trx) => {
        const now = clock();
        const { row, attempt } = await heldAttempt(trx, { recovery, attempt: id }, "confirm", "holder", now);
        const { said, hash } = await checkedConfirmation(trx, attempt, request.body);
        if (!(await insertConfirmation(trx, recovery, { attempt: id, place: said.place, statement: request.body.statement, sealed: request.body.sealed })))
          throw new Problem("already-there", "This share was passed on already", "Wait for the other holder.");
        await keepStatement(trx, recovery, hash, request.body.statement, now);
        const confirmed = (await confirmationsOf(trx, recovery)).filter((one) => one.attempt === id).length + (attempt.askedBy === null ? 0 : 1);
        if (confirmed >= 2) {
          const opens = new Date(now.getTime() + row.delayHours * hour);
          await openAt(trx, recovery, id, opens, new Date(opens.getTime() + attemptDays * 24 * hour));
        }
        await tell(options, trx, row, said.by);
        return hash;
      }).catch((error: unknown) => {
        // Whoever is not signed in learns nothing from how a try fails: not whether a name has recovery, nor whose code it was.
        throw request.caller === null && error instanceof Problem && error.code !== "unavailable" ? noRecovery() : error;
      });
      await options.sequencer.integrated(hash);
      return reply.code(204).send(null);
    },
  );
  app.post(
    "/api/v1/recoveries/:recovery/attempts/:attempt/look-ups",
    {
      schema: {
        operationId: "readRecoveryAttempt",
        tags: ["directory"],
        summary: "How far my attempt is",
        description:
          "A POST that changes nothing: the token is a secret, and an address is no place for one. An attempt under a name that has nothing looks like one that nobody confirmed yet.",
        params: Place,
        body: AskerToken,
        response: { 200: ClaimState },
      },
    },
    async (request) => {
      const { recovery, attempt: id } = request.params;
      const attempt = await readRecoveryAttempt(db, recovery, id);
      if (attempt === null || (!isAsker(request, attempt, request.body.token) && attempt.outcome === null)) throw noRecovery();
      const confirmed = (await confirmationsOf(db, recovery)).filter((one) => one.attempt === id).length;
      return { state: recoveryState(attempt, clock()), confirmed, opens: iso(attempt.opens) };
    },
  );
  app.post(
    "/api/v1/recoveries/:recovery/attempts/:attempt/takings",
    {
      schema: {
        operationId: "takeRecovery",
        tags: ["directory"],
        summary: "Take what the holders passed on, after the delay",
        description: "Refused before the delay is over, and after anyone said no.",
        params: Place,
        body: AskerToken,
        response: { 200: HandedOut },
      },
    },
    async (request) => {
      const { recovery, attempt: id } = request.params;
      return inTransaction(db, async (trx) => {
        const row = await readRecovery(trx, recovery, true);
        // Under a name that has nothing there is an attempt and no set: it answers as one that nobody confirmed yet.
        const attempt = await readRecoveryAttempt(trx, recovery, id);
        if (attempt === null || !isAsker(request, attempt, request.body.token)) throw noRecovery();
        const now = clock();
        const state = recoveryState(attempt, now);
        if (state !== "open" && state !== "taken")
          throw new Problem(
            "phase-forbidden",
            `This attempt is ${state}`,
            state === "waiting" ? `Come back after ${iso(attempt.opens)}.` : "Wait for the holders.",
          );
        if (row === null || row.half === null) throw noRecovery();
        const [shares, confirmations] = [await sharesOf(trx, recovery), (await confirmationsOf(trx, recovery)).filter((one) => one.attempt === id)];
        const own = shares.filter(({ place, person }) =>
          attempt.askedBy === null ? person === null && confirmations.some((one) => one.place === place) : person === attempt.askedBy,
        );
        const out = [
          ...confirmations.flatMap(({ place, sealed }) => (sealed === null ? [] : [{ place, sealed, own: false }])),
          ...own.flatMap(({ place, sealed }) => (sealed === null ? [] : [{ place, sealed, own: true }])),
        ];
        if (state === "open") {
          await markTaken(trx, recovery, id, now);
          await tell(options, trx, row, attempt.askedBy);
        }
        const person = row.person === null ? null : await readPerson(trx, row.person);
        return {
          statement: row.statement,
          signer: row.signer,
          half: row.half,
          shares: out,
          card: person?.card ?? null,
          method: row.method,
          record: row.person === null ? null : await newestUnlockRecord(trx, row.person),
          desk: await deskPart(trx, row, attempt, confirmations[0]?.statement ?? null),
        };
      });
    },
  );
  completionRoute(server, options);
}

async function deskPart(trx: Transaction, row: RecoveryRow, attempt: AttemptRow, confirmation: Envelope | null) {
  if (row.desk === null || attempt.request === null || confirmation === null) return null;
  const desk = await readDesk(trx, row.desk);
  const key = desk === null ? null : await readRecoveryKey(trx, desk.organisation, desk.id);
  const request = parseRecoveryRequest(readStatement(attempt.request));
  if (key === null || key.recovery !== row.recovery || key.epoch + 1 !== request.epoch) throw noRecovery();
  return { epoch: key.epoch, sealed: key.sealed, request: attempt.request, confirmation };
}

const unlockSet = Compile(UnlockSetPayload);

function completionRoute(server: FastifyInstance, options: DirectoryOptions): void {
  const { db, clock } = options;
  const app = server.withTypeProvider<TypeBoxTypeProvider>();
  app.post(
    "/api/v1/recoveries/:recovery/attempts/:attempt/completions",
    {
      schema: {
        operationId: "completeRecovery",
        tags: ["directory"],
        summary: "Come back: new ways to sign in, signed with the recovered key",
        description: "The old ways are gone, every session ends, and the recovery itself ends: it must be set up anew.",
        params: Place,
        body: Completion,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { recovery, attempt: id } = request.params;
      const { token, statement, record } = request.body;
      const hash = await inTransaction(db, async (trx) => {
        const row = await readRecovery(trx, recovery, true);
        const attempt = await readRecoveryAttempt(trx, recovery, id);
        if (attempt === null || !isAsker(request, attempt, token)) throw noRecovery();
        const now = clock();
        const state = recoveryState(attempt, now);
        if (!recoveryAllows(state, "finish", "asker")) throw new Problem("phase-forbidden", `This attempt is ${state}`, "Take what was handed out first.");
        if (row === null || row.person === null) throw noRecovery();
        const person = await readPerson(trx, row.person);
        if (person === null) throw noRecovery();
        const { payload } = await verifyStatement(statement, UNLOCK_SET, person.signPublicKey).catch((error: unknown) => {
          if (!(error instanceof SealError)) throw error;
          throw new Problem(
            error.code === "signature-invalid" ? "signature-invalid" : "input-malformed",
            `/statement: ${error.message}`,
            "Sign it with the recovered key.",
          );
        });
        if (!unlockSet.Check(payload))
          throw new Problem("input-malformed", "/statement: the signed payload is not of the agreed shape", "Build it as the contract describes.");
        if (payload.person !== row.person || payload.audience !== options.origin || payload.challenge !== tokenDigest(token))
          throw new Problem("statement-mismatch", "/statement is of another person, site or attempt", "Sign a new one for this attempt.");
        checkUnlocks(payload.unlocks);
        await lockUnlocks(trx, row.person);
        await replaceUnlocks(trx, row.person, payload.unlocks);
        const written = await writeRecord(trx, record, { person: row.person, signPublicKey: person.signPublicKey }, payload.unlocks, id, now);
        await forgetChallenges(trx, row.person);
        await endSessions(trx, row.person);
        await endAttempt(trx, recovery, id, "done", now);
        await endRecovery(trx, recovery, "overtaken", now);
        await tell(options, trx, row, null);
        return written;
      });
      await options.sequencer.integrated(hash);
      return reply.code(204).send(null);
    },
  );
}

/** Recovery routes, and the records of ways to sign in. */
export function recoveryRoutes(server: FastifyInstance, options: DirectoryOptions): void {
  listRoutes(server, options);
  setRoutes(server, options);
  askRoutes(server, options);
  attemptRoutes(server, options);
}
