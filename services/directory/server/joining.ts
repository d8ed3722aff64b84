/** Organisations that ask to take part: the request, two verdicts, the first desk. Routes of the directory. See `[Note: Two authorities before the first roster]`. */
import type { FastifyInstance } from "fastify";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Type from "typebox";
import { Compile } from "typebox/compile";
import { readStatement, SealError, takenAhead, takenBehind, verifyStatement, parseRoster } from "@rugdekking/seal/verify";
import { DeskView, Envelope, Rotation, Uuid } from "#services/directory/contract/index.ts";
import {
  JOINING_REQUEST,
  JOINING_VERDICT,
  joiningDays,
  joiningKinds,
  joiningQuota,
  placesFor,
  JoiningRequestPayload,
  JoiningVerdictPayload,
  JoiningView,
  verificationsNeeded,
  verifyingFunctions,
} from "#services/directory/contract/joining.ts";
import {
  countJoining,
  findDesks,
  insertJoining,
  insertVerdict,
  joiningOfDesk,
  moveJoining,
  openJoining,
  ownJoining,
  readDesk,
  readDesks,
  readJoining,
  readOrganisation,
  readPerson,
  verdictsOn,
  viewDesks,
  type DeskFacts,
  type JoiningRow,
} from "#services/directory/store/index.ts";
import { Problem } from "#services/problem/index.ts";
import type { Pace } from "#services/problem/pace.ts";
import { inTransaction, sharedPace, type TakeTurn, type Transaction } from "#services/storage/index.ts";
import { requirePerson, type Caller } from "./caller.ts";
import { makeDesk } from "./rotation.ts";
import type { DirectoryOptions } from "./services.ts";
import { requireConfirmed } from "./unconfirmed.ts";

const base = "/api/v1/joining-requests";
/** There are some 370 employers, and each asks once. */
const requests: Pace = { burst: 40, perSecond: 0.02 };
/** One member with one wrapped key. Bytes. */
const firstRosterLimit = 64 * 1024;

const requestPayload = Compile(JoiningRequestPayload);
const verdictPayload = Compile(JoiningVerdictPayload);
const isRequest = (value: unknown): value is JoiningRequestPayload => requestPayload.Check(value);
const isVerdict = (value: unknown): value is JoiningVerdictPayload => verdictPayload.Check(value);
const RequestId = Type.Object({ request: Uuid });
const Statement = Type.Object({ statement: Envelope }, { additionalProperties: false });
const again = "Read it again and sign anew.";
const noRequest = (): Problem => new Problem("not-found", "There is no such request for you", "It may be over; ask the organisation to make a new one.");

/** A statement of the caller, of the agreed shape, made about now. @throws {@link Problem} signature-invalid, input-malformed, clock-off */
async function verified<T extends { readonly at: string }>(
  options: DirectoryOptions,
  { statement, type, check }: { readonly statement: Envelope; readonly type: string; readonly check: (value: unknown) => value is T },
  caller: Caller,
): Promise<{ readonly payload: T; readonly hash: string }> {
  const { payload, hash } = await verifyStatement(statement, type, caller.signPublicKey).catch((error: unknown) => {
    if (!(error instanceof SealError)) throw error;
    throw new Problem(
      error.code === "signature-invalid" ? "signature-invalid" : "input-malformed",
      `/statement: ${error.message}`,
      "Sign it with your own key.",
    );
  });
  if (!check(payload)) throw new Problem("input-malformed", "/statement: the signed payload is not of the agreed shape", "Build it as the contract describes.");
  const off = Date.parse(payload.at) - options.clock().getTime();
  if (off > takenAhead || off < -takenBehind)
    throw new Problem("clock-off", `/statement states ${payload.at}`, "Set the clock of this device right, then sign anew.");
  return { payload, hash };
}

async function viewOf(options: DirectoryOptions, row: JoiningRow): Promise<JoiningView> {
  const verdicts = await verdictsOn(options.db, row);
  return {
    request: row.request,
    state: row.state,
    statement: row.statement,
    verdicts: verdicts.map(({ statement }) => statement),
    desk: row.desk,
    expires: row.expires.toISOString(),
  };
}

/** Whether a desk may verify organisations. */
const mayVerify = ({ function: its }: Pick<DeskFacts, "function">): boolean => verifyingFunctions.some((one) => one.function === its);

/** Whether the caller is in a desk that may verify, in a session that counts there. */
async function isVerifier(options: DirectoryOptions, caller: Caller): Promise<boolean> {
  return [...(await readDesks(options.db, caller.desks)).values()].some(mayVerify);
}

/** Takes a request in. @throws {@link Problem} statement-mismatch, not-found, role-forbidden, already-there, quota-reached */
async function ask(options: DirectoryOptions, statement: Envelope, caller: Caller, takeTurn: TakeTurn): Promise<string> {
  const { payload, hash } = await verified(options, { statement, type: JOINING_REQUEST, check: isRequest }, caller);
  const person = await readPerson(options.db, caller.person);
  if (payload.person !== caller.person || payload.audience !== options.origin)
    throw new Problem("statement-mismatch", "/statement is of another person or was made for another site", `Sign one of your own for ${options.origin}.`);
  if (payload.signPublicKey !== person?.signPublicKey || payload.sealPublicKey !== person.sealPublicKey)
    throw new Problem("statement-mismatch", "/statement carries other keys than your card", again);
  const organisation = await readOrganisation(options.db, payload.organisation);
  if (organisation === null) throw new Problem("not-found", "/organisation is not in the register", "Look the organisation up by name.");
  if (!joiningKinds.includes(organisation.kind))
    throw new Problem(
      "role-forbidden",
      `An organisation of kind ${organisation.kind} does not ask by itself`,
      "Ask whoever runs this server to have the registrar enrol it.",
    );
  const at = options.clock();
  // Turns are taken on a connection of their own, so before the transaction; the same request again costs none.
  if ((await readJoining(options.db, payload.request, at)) === null) await takeTurn();
  await inTransaction(options.db, async (trx) => {
    const known = await readJoining(trx, payload.request, at);
    if (known !== null) {
      if (known.hash === hash) return;
      throw new Problem("already-there", "There is another request of this id", "Make a new one.");
    }
    const [there] = await findDesks(trx, { organisation: payload.organisation, function: payload.function, limit: 1 });
    if (there !== undefined) throw new Problem("already-there", "This organisation takes part already", "Ask a lead of its desk to invite you.");
    const count = await countJoining(trx, payload.organisation, caller.person, at);
    if (count.person >= joiningQuota.person || count.organisation >= placesFor(count.oldest, at) || count.all >= joiningQuota.all)
      throw new Problem(
        "quota-reached",
        "Too many requests wait already: of you, for this organisation, or in all",
        "Wait until one is settled, or until tomorrow: each day opens one more place for an organisation.",
      );
    await insertJoining(trx, payload, hash, statement, at, new Date(at.getTime() + joiningDays * 86_400_000));
  });
  return hash;
}

/** Whether a desk's member may say something about a request, and says it of exactly that. @throws {@link Problem} not-found, role-forbidden, own-work, statement-mismatch */
async function judgeVerdict(trx: Transaction, row: JoiningRow | null, payload: JoiningVerdictPayload, caller: Caller): Promise<JoiningRow> {
  const desk = await readDesk(trx, payload.desk);
  if (desk === null || !desk.members.some(({ person }) => person === caller.person))
    throw new Problem("role-forbidden", "You are not a member of this desk", "Sign for a desk of yours.");
  requireConfirmed(caller, desk.id);
  if (!mayVerify(desk)) throw new Problem("role-forbidden", `A desk of function ${desk.function} verifies no organisations`, "Ask a desk that may.");
  if (row === null) throw noRequest();
  if (payload.by !== caller.person) throw new Problem("statement-mismatch", "/statement names another signer than the caller", again);
  if (payload.request !== row.hash || payload.organisation !== row.organisation)
    throw new Problem("statement-mismatch", "/statement is about another request", again);
  if ((payload.verdict === "verified") !== (payload.fingerprint !== null) || (payload.verdict === "refused") !== (payload.reason !== null))
    throw new Problem("input-malformed", "/statement: who verifies names the digits that were read out, who refuses a reason", again);
  if (row.person === caller.person) throw new Problem("own-work", "You made this request yourself", "Let someone of another desk verify it.");
  return row;
}

/** Takes a verdict in. @returns its hash */
async function rule(options: DirectoryOptions, request: string, statement: Envelope, caller: Caller): Promise<string> {
  const { payload, hash } = await verified(options, { statement, type: JOINING_VERDICT, check: isVerdict }, caller);
  await inTransaction(options.db, async (trx) => {
    const at = options.clock();
    const row = await judgeVerdict(trx, await readJoining(trx, request, at, true), payload, caller);
    const before = await verdictsOn(trx, row);
    if (before.some((one) => one.desk === payload.desk && one.statement.payload === statement.payload)) return;
    if (row.state !== "open") throw new Problem("phase-forbidden", `This request is ${row.state}`, "Read it again.");
    const organisations = await readDesks(trx, [payload.desk, ...before.map(({ desk }) => desk)]);
    const own = organisations.get(payload.desk)?.organisation;
    if (before.some((one) => one.person === caller.person || one.desk === payload.desk || organisations.get(one.desk)?.organisation === own))
      throw new Problem(
        "own-work",
        "Your organisation said something about this request already",
        "The second verdict comes from a desk of another organisation.",
      );
    await insertVerdict(trx, row, payload, hash, statement, at);
    const verifiedNow = before.filter(({ verdict }) => verdict === "verified").length + (payload.verdict === "verified" ? 1 : 0);
    if (payload.verdict === "refused") await moveJoining(trx, row, "refused", null);
    else if (verifiedNow >= verificationsNeeded) await moveJoining(trx, row, "verified", null);
  });
  return hash;
}

/** Whether a first roster is what was asked for and verified: this organisation, this function, this name, and the applicant alone. @throws {@link Problem} roster-mismatch, input-malformed */
function checkFirstRoster(rotation: Rotation, asked: JoiningRequestPayload): void {
  let roster: ReturnType<typeof parseRoster>;
  try {
    roster = parseRoster(readStatement(rotation.roster));
  } catch (error) {
    if (error instanceof SealError) throw new Problem("input-malformed", `/roster: ${error.message}`, "Send the roster as the registrar signed it.");
    throw error;
  }
  const [first, ...more] = roster.members;
  const same =
    roster.organisation === asked.organisation &&
    roster.function === asked.function &&
    roster.name === asked.deskName &&
    more.length === 0 &&
    first?.person === asked.person &&
    first.name === asked.name &&
    first.office === asked.office &&
    first.signPublicKey === asked.signPublicKey &&
    first.sealPublicKey === asked.sealPublicKey;
  if (!same)
    throw new Problem(
      "roster-mismatch",
      "/roster is not what was asked for and verified",
      "Sign a first roster of exactly the request, with its applicant as the only member.",
    );
}

function askRoutes(server: FastifyInstance, options: DirectoryOptions): void {
  const app = server.withTypeProvider<TypeBoxTypeProvider>();
  const takeTurn = sharedPace(
    options.db,
    "joining-requests",
    { all: requests },
    { what: "More organisations ask to take part", mend: "Try again in an hour; nothing was stored." },
  );
  const Views = Type.Object({ requests: Type.Array(JoiningView) }, { additionalProperties: false });
  app.post(
    base,
    {
      schema: {
        operationId: "requestJoining",
        tags: ["directory"],
        summary: "Ask that a municipality, province or water authority may take part",
        description: "Signed by who will lead its first desk. Thirty days, then everything in it is forgotten.",
        body: Statement,
        response: { 201: JoiningView },
      },
    },
    async (request, reply) => {
      const caller = requirePerson(request);
      await options.room?.();
      const hash = await ask(options, request.body.statement, caller, takeTurn);
      await options.sequencer.integrated(hash);
      const [made] = (await ownJoining(options.db, caller.person, options.clock())).filter((one) => one.hash === hash);
      if (made === undefined) throw noRequest();
      return reply.code(201).send(await viewOf(options, made));
    },
  );
  app.get(
    `${base}/mine`,
    { schema: { operationId: "listOwnJoiningRequests", tags: ["directory"], summary: "What I asked, and what came of it", response: { 200: Views } } },
    async (request) => {
      const found = await ownJoining(options.db, requirePerson(request).person, options.clock());
      return { requests: await Promise.all(found.map((row) => viewOf(options, row))) };
    },
  );
  app.get(
    base,
    {
      schema: {
        operationId: "listJoiningRequests",
        tags: ["directory"],
        summary: "Requests that wait for a verdict",
        description: "For members of desks that may verify; at most 100.",
        response: { 200: Views },
      },
    },
    async (request) => {
      const caller = requirePerson(request);
      if (!(await isVerifier(options, caller))) throw new Problem("role-forbidden", "You are in no desk that verifies organisations", "Ask a desk that may.");
      return { requests: await Promise.all((await openJoining(options.db, options.clock())).map((row) => viewOf(options, row))) };
    },
  );
  app.get(
    `${base}/:request`,
    {
      schema: {
        operationId: "readJoiningRequest",
        tags: ["directory"],
        summary: "One request with what was signed about it",
        description: "For the applicant and verifying desks; for anyone with its id once two authorities verified it: the registrar has no account.",
        params: RequestId,
        response: { 200: JoiningView },
      },
    },
    async (request) => {
      const row = await readJoining(options.db, request.params.request, options.clock());
      if (row === null) throw noRequest();
      const { caller } = request;
      const open = row.state === "verified" || row.state === "joined";
      if (!open && caller?.person !== row.person && (caller === null || !(await isVerifier(options, caller)))) throw noRequest();
      return await viewOf(options, row);
    },
  );
}

/**
 * Makes the desk and ties it to its request. The tie comes first, so that a desk is never there without its origin; cut off in between, the tie leads to no desk, and the registrar may try again.
 * @throws {@link Problem} already-there, and as {@link makeDesk}
 */
async function makeJoinedDesk(options: DirectoryOptions, { request }: JoiningRow, rotation: Rotation): Promise<string> {
  const { desk } = parseRoster(readStatement(rotation.roster));
  const tie = (before: string | null, state: JoiningRow["state"], to: string | null): Promise<void> =>
    inTransaction(options.db, async (trx) => {
      const now = await readJoining(trx, request, options.clock(), true);
      if (now === null) throw noRequest();
      const elsewhere = now.desk !== null && now.desk !== desk && (await readDesk(trx, now.desk)) !== null;
      if (elsewhere) throw new Problem("already-there", "A desk came of this request already", "Look at the desks of the organisation.");
      if (before === null || now.desk === before) await moveJoining(trx, now, state, to);
    });
  await tie(null, "joined", desk);
  try {
    return await makeDesk(options, rotation);
  } catch (error) {
    if ((await readDesk(options.db, desk)) === null) await tie(desk, "verified", null);
    throw error;
  }
}

function rulingRoutes(server: FastifyInstance, options: DirectoryOptions): void {
  const app = server.withTypeProvider<TypeBoxTypeProvider>();
  app.post(
    `${base}/:request/verdicts`,
    {
      schema: {
        operationId: "ruleOnJoiningRequest",
        tags: ["directory"],
        summary: "Verify an organisation, or refuse with a reason",
        description: "Signed by a member of a desk whose function may verify; two of two organisations are needed, one refusal ends it.",
        params: RequestId,
        body: Statement,
        response: { 201: JoiningView },
      },
    },
    async (request, reply) => {
      const hash = await rule(options, request.params.request, request.body.statement, requirePerson(request));
      await options.sequencer.integrated(hash);
      const row = await readJoining(options.db, request.params.request, options.clock());
      if (row === null) throw noRequest();
      return reply.code(201).send(await viewOf(options, row));
    },
  );
  app.post(
    `${base}/:request/desk`,
    {
      bodyLimit: firstRosterLimit,
      schema: {
        operationId: "createJoinedDesk",
        tags: ["directory"],
        summary: "Make the first desk of a verified organisation with a roster the registrar signed",
        params: RequestId,
        body: Rotation,
        response: { 201: DeskView },
      },
    },
    async (request, reply) => {
      const row = await readJoining(options.db, request.params.request, options.clock());
      if (row === null || row.state === "open" || row.state === "refused")
        throw new Problem("requirement-missing", "Two authorities have not verified such a request", "Wait for both verdicts.");
      const asked = readStatement(row.statement);
      if (!isRequest(asked)) throw new Problem("unavailable", "The request cannot be read any more", "Tell whoever runs this server.");
      checkFirstRoster(request.body, asked);
      const desk = await makeJoinedDesk(options, row, request.body);
      const made = await readDesk(options.db, desk);
      const [view] = made === null ? [] : await viewDesks(options.db, [made]);
      if (view === undefined) throw noRequest();
      return reply.code(201).send(view);
    },
  );
  app.get(
    "/api/v1/desks/:desk/origin",
    {
      schema: {
        operationId: "readDeskOrigin",
        tags: ["directory"],
        summary: "The request and the verdicts that a desk came of",
        description: "Not found for a desk that the registrar enrolled without one.",
        params: Type.Object({ desk: Uuid }),
        response: { 200: JoiningView },
      },
    },
    async (request) => {
      const desk = await readDesk(options.db, request.params.desk);
      const row = desk === null ? null : await joiningOfDesk(options.db, desk.organisation, desk.id);
      if (row === null || row.state !== "joined")
        throw new Problem("not-found", "No request led to this desk: the registrar enrolled it", "Ask the organisation.");
      return await viewOf(options, row);
    },
  );
}

/** Routes of organisations that ask to take part. */
export function joiningRoutes(server: FastifyInstance, options: DirectoryOptions): void {
  askRoutes(server, options);
  rulingRoutes(server, options);
}
