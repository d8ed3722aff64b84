/**
 * Confirming a session at one's own organisation (OpenID Connect code flow), tying an account there to oneself, and what follows for desks. Routes of the directory.
 *
 * [Note: The way back from a provider] The provider sends the browser back by a redirect from another site, and a `SameSite=Strict` cookie does not travel with that. So the address it comes back to is a page like any
 * other, that needs no session: it takes the answer out of its address and sends it here by a request of our own page, which is same-site and carries the cookie. No cookie was weakened for it, and no second one made.
 * The answer counts only in the session that began the attempt (`state` is kept under its hash beside that session): what an attacker began and sends someone to finish is refused (login CSRF, RFC 9700 section 4.7),
 * and what an attacker catches is worth nothing in their own. PKCE binds the code to this server, the nonce the id token to the attempt. Both follow from `state` under a key of the server and stand in no database.
 * Nobody is ever sent on to an address that came in a request: the one redirect address is built from the origin and the organisation's id.
 */
import type { FastifyInstance } from "fastify";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Type from "typebox";
import { Compile } from "typebox/compile";
import { SealError, verifyStatement } from "@rugdekking/seal/verify";
import { Envelope, Sha256, Uuid } from "#services/directory/contract/index.ts";
import {
  AttemptOutcome,
  backChannelPath,
  ORGANISATION_LINK,
  OrganisationAttempt,
  OrganisationLinkPayload,
  OrganisationStanding,
  ProviderAnswer,
  RosterProposal,
} from "#services/directory/contract/organisation-sign-in.ts";
import {
  confirmSession,
  deskConfirmations,
  dropProposal,
  endConfirmations,
  insertSignInAttempt,
  linkSubject,
  personOfSubject,
  proposalsOf,
  proposeLeaving,
  readSignInAttempt,
  readOrganisation,
  settleAttempt,
  takeAttempt,
  unlinkSubject,
  useAttempt,
} from "#services/directory/store/index.ts";
import { Problem } from "#services/problem/index.ts";
import type { Pace } from "#services/problem/pace.ts";
import { inTransaction, sharedPace, type Transaction } from "#services/storage/index.ts";
import { requirePerson, type Caller } from "./caller.ts";
import { ledBy } from "./desks.ts";
import type { Provider, Vouched } from "./provider.ts";
import type { DirectoryOptions } from "./services.ts";
import { newToken, tokenHash } from "./tokens.ts";
import { countsUntil } from "./unconfirmed.ts";

/** As long as someone may take at their provider. */
const attemptMinutes = 10;
/** A person begins few; a thousand civil servants may all come at nine. */
const attempts: Pace = { burst: 2_000, perSecond: 20 };
/** Each makes one signature check and at most one question to the provider. */
const logouts: Pace = { burst: 200, perSecond: 5 };

const OrganisationId = Type.String({ pattern: "^[a-z0-9-]{2,40}$" });
const base = "/api/v1/organisation-sign-in";
const linkPayload = Compile(OrganisationLinkPayload);

const unknownAttempt = (): Problem =>
  new Problem(
    "challenge-unknown",
    "This attempt was not begun in this session, was finished, or is older than ten minutes",
    "Begin again from your account, in the browser you finish it in.",
  );

function providerOf(options: DirectoryOptions, organisation: string): Provider {
  const provider = options.providers?.get(organisation);
  if (provider === undefined) throw new Problem("not-found", "This organisation has no sign-in here", "Your account and your ways to unlock work without it.");
  return provider;
}

/** Desks of the caller whose organisations have a provider. */
async function rowsOf(options: DirectoryOptions, caller: Caller, organisations: readonly string[]) {
  return organisations.length === 0 ? [] : await deskConfirmations(options.db, caller.session, caller.person, organisations);
}

/** The caller's organisations, each once. */
async function standings(options: DirectoryOptions, caller: Caller): Promise<OrganisationStanding[]> {
  const rows = await rowsOf(options, caller, [...(options.providers?.keys() ?? [])]);
  const at = options.clock();
  const found: OrganisationStanding[] = [];
  for (const row of rows) {
    if (found.some(({ organisation }) => organisation === row.organisation)) continue;
    const provider = providerOf(options, row.organisation);
    const { required, hours, graceHours } = provider.settings;
    const [until, organisation, away] = await Promise.all([countsUntil(provider, row, at), readOrganisation(options.db, row.organisation), provider.isAway()]);
    found.push({
      organisation: row.organisation,
      name: organisation?.name ?? row.organisation,
      required,
      hours,
      linked: row.linked,
      until: until?.toISOString() ?? null,
      away,
      graceHours,
    });
  }
  return found;
}

/** What the organisation's own groups say of the caller's desks there; a token without groups says nothing. */
async function weighGroups(
  trx: Transaction,
  provider: Provider,
  person: string,
  desks: readonly string[],
  { groups }: Pick<Vouched, "groups">,
  at: Date,
): Promise<void> {
  if (groups === null) return;
  for (const { desk, anyOf } of provider.settings.groups?.desks ?? [])
    if (desks.includes(desk)) await proposeLeaving(trx, provider.settings.organisation, desk, person, !anyOf.some((group) => groups.includes(group)), at);
}

function attemptRoutes(server: FastifyInstance, options: DirectoryOptions): void {
  const { db, clock } = options;
  const app = server.withTypeProvider<TypeBoxTypeProvider>();
  const takeTurn = sharedPace(
    db,
    "organisation-sign-ins",
    { all: attempts },
    { what: "More people sign in at their organisation", mend: "Try again in a minute." },
  );
  app.get(
    base,
    {
      schema: {
        operationId: "listOrganisationSignIns",
        tags: ["directory"],
        summary: "Which of my organisations have a sign-in of their own, and whether it confirmed this session",
        response: { 200: Type.Object({ organisations: Type.Array(OrganisationStanding) }, { additionalProperties: false }) },
      },
    },
    async (request) => ({ organisations: await standings(options, requirePerson(request)) }),
  );
  app.post(
    `${base}/attempts`,
    {
      schema: {
        operationId: "createOrganisationSignInAttempt",
        tags: ["directory"],
        summary: "Begin to confirm this session at an organisation I am in a desk of",
        description: "Ten minutes, once, in this session.",
        body: Type.Object({ organisation: OrganisationId }, { additionalProperties: false }),
        response: { 201: OrganisationAttempt },
      },
    },
    async (request, reply) => {
      const caller = requirePerson(request);
      const { organisation } = request.body;
      const provider = providerOf(options, organisation);
      if ((await rowsOf(options, caller, [organisation])).length === 0)
        throw new Problem("role-forbidden", "You are in no desk of this organisation", "Ask a lead of the desk to add you.");
      await takeTurn();
      const { state, address } = await provider.begin(newToken());
      const attempt = tokenHash(state);
      const expires = new Date(clock().getTime() + attemptMinutes * 60_000);
      await inTransaction(db, (trx) => insertSignInAttempt(trx, { hash: attempt, session: caller.session, person: caller.person, organisation, expires }));
      return reply.code(201).send({ attempt, address, expires: expires.toISOString() });
    },
  );
  app.get(
    `${base}/attempts/:attempt`,
    {
      schema: {
        operationId: "readOrganisationSignInAttempt",
        tags: ["directory"],
        summary: "What came of an attempt of this session",
        params: Type.Object({ attempt: Sha256 }),
        response: { 200: AttemptOutcome },
      },
    },
    async (request) => {
      const { session } = requirePerson(request);
      const found = await readSignInAttempt(db, request.params.attempt, session, clock());
      // One that was answered and not vouched for is over, like one that never was.
      if (found === null || found.outcome === "answered") throw unknownAttempt();
      return { outcome: found.outcome, subject: found.outcome === "link" ? found.subject : null };
    },
  );
  app.post(
    `${base}/completions`,
    {
      schema: {
        operationId: "completeOrganisationSignIn",
        tags: ["directory"],
        summary: "Finish an attempt with what the provider sent the browser back with",
        description: "In the session that began it. `link`: the account is tied to nobody yet, and the person signs that it is theirs.",
        body: ProviderAnswer,
        response: { 200: AttemptOutcome },
      },
    },
    async (request) => {
      const caller = requirePerson(request);
      const { organisation, answer } = request.body;
      const provider = providerOf(options, organisation);
      const state = new URLSearchParams(answer).get("state") ?? "";
      // Taken before the provider is asked: of two at once, one gets it, and an answer that did not hold is not tried again.
      const attempt = await takeAttempt(db, tokenHash(state), caller.session, organisation, clock());
      if (attempt === null) throw unknownAttempt();
      const vouched = await provider.judge(answer, state);
      const outcome = await inTransaction(db, async (trx) => {
        const at = clock();
        const owner = await personOfSubject(trx, organisation, vouched.subject);
        if (owner !== null && owner !== caller.person)
          throw new Problem(
            "already-there",
            "This account of the organisation is tied to someone else here",
            "Sign in there as yourself, or ask a lead of your desk.",
          );
        const made = owner === null ? ("link" as const) : ("confirmed" as const);
        await settleAttempt(trx, attempt.hash, made, vouched);
        if (made === "link") return made;
        await confirmSession(trx, { ...attempt, providerSession: vouched.providerSession }, at);
        await weighGroups(trx, provider, caller.person, [...caller.desks, ...caller.unconfirmed.keys()], vouched, at);
        return made;
      });
      return { outcome, subject: outcome === "link" ? vouched.subject : null };
    },
  );
}

/** What the person signed about an account. @throws {@link Problem} signature-invalid, input-malformed, statement-mismatch */
async function verifiedLink(options: DirectoryOptions, statement: Envelope, caller: Caller): Promise<OrganisationLinkPayload> {
  const { payload } = await verifyStatement(statement, ORGANISATION_LINK, caller.signPublicKey).catch((error: unknown) => {
    if (!(error instanceof SealError)) throw error;
    throw new Problem(
      error.code === "signature-invalid" ? "signature-invalid" : "input-malformed",
      `/statement: ${error.message}`,
      "Sign in again and sign with your own key.",
    );
  });
  if (!linkPayload.Check(payload))
    throw new Problem("input-malformed", "/statement: the signed payload is not of the agreed shape", "Build it as the contract describes.");
  if (payload.person !== caller.person || payload.audience !== options.origin)
    throw new Problem("statement-mismatch", "/statement is of another person or was made for another site", `Sign one of your own for ${options.origin}.`);
  return payload;
}

function linkRoutes(server: FastifyInstance, options: DirectoryOptions): void {
  const { db, clock } = options;
  const app = server.withTypeProvider<TypeBoxTypeProvider>();
  app.post(
    `${base}/links`,
    {
      schema: {
        operationId: "linkOrganisationAccount",
        tags: ["directory"],
        summary: "Tie an account of my organisation to myself, which confirms this session",
        description: "Signed with the person's own key: a session alone ties nothing.",
        body: Type.Object({ statement: Envelope }, { additionalProperties: false }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const caller = requirePerson(request);
      const { attempt, organisation, subject } = await verifiedLink(options, request.body.statement, caller);
      await inTransaction(db, async (trx) => {
        const at = clock();
        const used = await useAttempt(trx, attempt, caller.session, at);
        if (used === null) throw unknownAttempt();
        if (used.organisation !== organisation || used.subject !== subject || used.person !== caller.person)
          throw new Problem("statement-mismatch", "/statement names another account than the provider did", "Begin again from your account.");
        // What the old account had confirmed ends with it.
        await unlinkSubject(trx, organisation, caller.person);
        if (!(await linkSubject(trx, organisation, subject, caller.person, at)))
          throw new Problem(
            "already-there",
            "This account of the organisation is tied to someone else here",
            "Sign in there as yourself, or ask a lead of your desk.",
          );
        await confirmSession(trx, used, at);
      });
      return reply.code(204).send(null);
    },
  );
  app.delete(
    `${base}/links/:organisation`,
    {
      schema: {
        operationId: "unlinkOrganisationAccount",
        tags: ["directory"],
        summary: "Untie my account of an organisation",
        params: Type.Object({ organisation: OrganisationId }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const caller = requirePerson(request);
      if (!(await inTransaction(db, (trx) => unlinkSubject(trx, request.params.organisation, caller.person))))
        throw new Problem("not-found", "You tied no account of this organisation to yourself", "Read the list again.");
      return reply.code(204).send(null);
    },
  );
}

function proposalRoutes(server: FastifyInstance, options: DirectoryOptions): void {
  const app = server.withTypeProvider<TypeBoxTypeProvider>();
  app.get(
    "/api/v1/desks/:desk/proposals",
    {
      schema: {
        operationId: "listRosterProposals",
        tags: ["directory"],
        summary: "Who of a desk I lead is no longer in its organisation's groups",
        description: "A proposal: who is in a desk is signed by a lead.",
        params: Type.Object({ desk: Uuid }),
        response: { 200: Type.Object({ proposals: Type.Array(RosterProposal) }, { additionalProperties: false }) },
      },
    },
    async (request) => {
      const { organisation, id } = await ledBy(options, request.params.desk, requirePerson(request));
      const found = await proposalsOf(options.db, organisation, id);
      return { proposals: found.map(({ person, since }) => ({ person, since: since.toISOString() })) };
    },
  );
  app.delete(
    "/api/v1/desks/:desk/proposals/:person",
    {
      schema: {
        operationId: "dismissRosterProposal",
        tags: ["directory"],
        summary: "Put a proposal aside; it comes back when the organisation says so again",
        params: Type.Object({ desk: Uuid, person: Uuid }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { organisation, id } = await ledBy(options, request.params.desk, requirePerson(request));
      if (!(await dropProposal(options.db, organisation, id, request.params.person)))
        throw new Problem("not-found", "There is no such proposal", "Read the list again.");
      return reply.code(204).send(null);
    },
  );
}

/**
 * Back-channel logout: the provider's server says that someone signed out there. It stands outside /api since it comes from another server, without the header of our own page; the signed token is what counts.
 * A plugin of its own, so that no other door takes a form.
 */
function backChannelRoute(server: FastifyInstance, options: DirectoryOptions): void {
  if ((options.providers?.size ?? 0) === 0) return;
  const takeTurn = sharedPace(options.db, "organisation-sign-outs", { all: logouts }, { what: "More people sign out", mend: "Try again in a minute." });
  void server.register(async (inner) => {
    inner.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string", bodyLimit: 64 * 1024 }, (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(String(body))));
    });
    inner.withTypeProvider<TypeBoxTypeProvider>().post(
      backChannelPath(":organisation"),
      {
        schema: {
          hide: true,
          params: Type.Object({ organisation: OrganisationId }),
          body: Type.Object({ logout_token: Type.String({ minLength: 1, maxLength: 32_000, pattern: "^[A-Za-z0-9_.-]+$" }) }),
        },
      },
      async (request, reply) => {
        const { organisation } = request.params;
        const provider = providerOf(options, organisation);
        await takeTurn();
        const { at, ...who } = await provider.readLogout(request.body.logout_token);
        // Clocks differ: what was confirmed up to a minute after the token says it was made counts as before it.
        await inTransaction(options.db, (trx) => endConfirmations(trx, organisation, who, new Date(at.getTime() + 60_000)));
        return await reply.code(204).header("Cache-Control", "no-store").send(null);
      },
    );
  });
}

/** Routes of organisations' own sign-in. */
export function organisationSignInRoutes(server: FastifyInstance, options: DirectoryOptions): void {
  attemptRoutes(server, options);
  linkRoutes(server, options);
  proposalRoutes(server, options);
  backChannelRoute(server, options);
}
