/** The doors of answer links: a pointer that opens nothing by itself and tells a member of one desk, once, where an answer is waited for. Registered by the plugin of this room. */
import { createHash, randomBytes } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Type from "typebox";
import { Uuid } from "#services/directory/contract/index.ts";
import { AnswerLink, AnswerLinkView, NewAnswerLink, Pointer } from "#services/dossier/contract/index.ts";
import { insertAnswerLink, keepNewestAnswerLinks, readAnswerLink } from "#services/dossier/store/answer-links.ts";
import { lockHead, readHead, readParticipants, type Executor } from "#services/dossier/store/dossiers.ts";
import { Problem } from "#services/problem/index.ts";
import { sharedPace } from "#services/storage/index.ts";
import { accessOf, desksOf, notFound, type Access } from "./access.ts";
import type { DossierServices } from "./services.ts";

/** Days a link stands. */
const answerLinkDays = 7;
/** Links to one dossier that stand for one desk at once, at the most. */
const mostAnswerLinks = 5;

const hashOf = (pointer: string): string => createHash("sha256").update(pointer).digest("base64url");

/** One answer for unknown, over, another desk's and no longer shared: whoever has a pointer that is not theirs learns nothing from it. */
const noLink = (): Problem => new Problem("not-found", "This link opens nothing for you", "Ask whoever sent it for a new one, or look at your own list.");

/** What the caller is to a dossier now. @throws {@link Problem} not-found, grant-ended */
async function accessTo(
  services: DossierServices,
  db: Executor,
  head: NonNullable<Awaited<ReturnType<typeof readHead>>>,
  person: string,
  at: Date,
): Promise<{ readonly access: Access; readonly participants: Awaited<ReturnType<typeof readParticipants>> }> {
  const participants = await readParticipants(db, head.organisation, [head.id]);
  const memberOf = await services.directory.memberOf(db, person, desksOf(participants));
  return { access: accessOf(services.workflows[head.kind], participants, person, memberOf, at), participants };
}

/**
 * Makes a link for a desk. The head is locked, so that two at once do not both keep four and add one, and a consent that is being taken back comes before or after.
 * @throws {@link Problem} not-found, grant-ended; role-forbidden (neither the owner nor a safety desk here); requirement-missing (that desk does not hold this dossier now)
 */
async function make(services: DossierServices, dossier: string, desk: string, person: string): Promise<AnswerLink> {
  const seen = await readHead(services.db, dossier);
  if (seen === null) throw notFound();
  const pointer = randomBytes(32).toString("base64url");
  const until = await services.inTransaction(async (trx) => {
    const head = await lockHead(trx, seen.organisation, dossier);
    if (head === null) throw notFound();
    const at = services.clock();
    const { access, participants } = await accessTo(services, trx, head, person, at);
    const { owner } = services.workflows[head.kind];
    if (!access.wholeRoles.some((role) => role === owner || role === "safety-desk"))
      throw new Problem("role-forbidden", "Only the person whose dossier it is and their safety desk send links", "Ask one of them.");
    const holds = participants.some((one) => one.desk === desk && one.person === null && one.scope === "dossier" && (one.until === null || one.until > at));
    const place = holds ? (await services.directory.desks(trx, [desk])).get(desk) : undefined;
    if (place === undefined) throw new Problem("requirement-missing", "/desk does not hold this dossier now", "Share it with that desk first.");
    const end = new Date(at.getTime() + answerLinkDays * 86_400_000);
    const home = { desk, organisation: place.organisation };
    // Whoever asks again has lost the one before: the oldest makes room.
    await keepNewestAnswerLinks(trx, home, dossier, at, mostAnswerLinks - 1);
    await insertAnswerLink(trx, home, { hash: hashOf(pointer), desk, dossier, made: at, until: end, usedAt: null });
    return end;
  });
  return { pointer, until: until.toISOString() };
}

/** What a link says to whoever asks. @throws {@link Problem} not-found, alike for whatever is not theirs */
async function lookUp(services: DossierServices, pointer: string, person: string): Promise<AnswerLinkView> {
  const desks = await services.directory.desksOf(services.db, person);
  const at = services.clock();
  const places = desks.map(({ id, organisation }) => ({ desk: id, organisation }));
  const link = await readAnswerLink(services.db, places, hashOf(pointer), at);
  const head = link === null ? null : await readHead(services.db, link.dossier);
  if (link === null || head === null) throw noLink();
  // Nobody in their own case, and no desk whose keys were for a time that has passed: access says so as it does everywhere.
  const { access } = await accessTo(services, services.db, head, person, at).catch((error: unknown) => {
    throw error instanceof Problem ? noLink() : error;
  });
  if (!access.ways.some(({ desk, scope }) => desk === link.desk && scope === "dossier")) throw noLink();
  if (link.usedAt !== null) return { answered: true };
  return { answered: false, dossier: head.id, kind: head.kind, desk: link.desk, until: link.until.toISOString() };
}

/** The two routes. */
export function answerLinkRoutes(server: FastifyInstance, services: DossierServices): void {
  const making = sharedPace(
    services.db,
    "answer-links",
    { each: { burst: 60, perSecond: 0.1 }, all: { burst: 1_000, perSecond: 10 } },
    { what: "More links are asked for", mend: "Try again in a few minutes." },
  );
  const asking = sharedPace(
    services.db,
    "answer-link-look-ups",
    { each: { burst: 60, perSecond: 0.5 }, all: { burst: 2_000, perSecond: 50 } },
    { what: "More links are looked up", mend: "Try again in a minute; your own list shows the same dossier." },
  );
  const app = server.withTypeProvider<TypeBoxTypeProvider>();
  app.post(
    "/api/v1/dossiers/:id/answer-links",
    {
      schema: {
        tags: ["dossier"],
        summary: "Make a one-time link for a desk that holds this dossier",
        description:
          "By the person whose dossier it is, or their safety desk. The pointer is told once and kept as a hash; it stands for seven days and is used up by that desk's next answer.",
        params: Type.Object({ id: Uuid }),
        body: NewAnswerLink,
        response: { 201: AnswerLink },
      },
    },
    async (request, reply) => {
      const { person } = await services.directory.caller(request);
      await making(person);
      return reply.code(201).send(await make(services, request.params.id, request.body.desk, person));
    },
  );
  app.post(
    "/api/v1/answer-links/look-ups",
    {
      schema: {
        tags: ["dossier"],
        summary: "Where a link leads a member of the desk it was made for",
        description: "A POST that changes nothing: the pointer is a secret, and an address is no place for one.",
        body: Type.Object({ pointer: Pointer }, { additionalProperties: false }),
        response: { 200: AnswerLinkView },
      },
    },
    async (request) => {
      const { person } = await services.directory.caller(request);
      await asking(person);
      return await lookUp(services, request.body.pointer, person);
    },
  );
}
