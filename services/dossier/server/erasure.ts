/**
 * Erases dossiers: at the owner's request after a time to undo it, or by a rule of retention; and keeps what holds that up. Routes call the first half, a job of apps/server the second.
 *
 * [Note: When erasure waits] Erasure is a right (AVG art. 17), with exceptions "as far as processing is necessary" (17(3)). A desk that has the whole dossier may say that it needs it, by a statement its lead signs, on a named ground, with a
 * reason the owner can open, for at most a year. It stops a rule of retention altogether. It does not stop an owner: everyone but that desk loses the dossier at once, keys first, and the desk keeps what it had (art. 18: kept,
 * used for that ground only) until the hold ends. A hold can be made until the moment of erasure, also while the owner may still undo; afterwards there is nothing left to hold. It gives nobody anything they did not have.
 */
import { digestOf } from "@rugdekking/seal/verify";
import { Compile } from "typebox/compile";
import type { Envelope } from "#services/directory/contract/index.ts";
import {
  ErasureRequestPayload,
  erasureTypes,
  HoldLiftPayload,
  HoldPayload,
  longestHold,
  type Erasures,
  type ErasureView,
  type HoldView,
} from "#services/dossier/contract/erasure.ts";
import { erasureStatement, loggedHash } from "#services/dossier/contract/logged-statement.ts";
import type { DossierKind } from "#services/dossier/contract/index.ts";
import { lockHead, readHead, readParticipants, type DossierHead } from "#services/dossier/store/dossiers.ts";
import {
  attachmentsOf,
  deleteErasure,
  desksIn,
  dropRevived,
  dueErasures,
  endedBefore,
  eraseEntries,
  eraseHead,
  eraseKeys,
  erasuresOf,
  expireNotices,
  forgetAttachments,
  forgetUploads,
  insertErasure,
  insertHold,
  insertNotices,
  insertReceipt,
  liftHold,
  lockErasure,
  measure,
  readHolds,
  receiptsOf,
  replaceErasure,
  restrictTo,
  standingHolds,
  updateErasure,
  uploadsFor,
  type ErasureRow,
  type HoldRow,
} from "#services/dossier/store/erasure.ts";
import { insertNews, type NewsTarget } from "#services/dossier/store/news.ts";
import type { DeskPlace } from "#services/dossier/store/worklist.ts";
import type { Transaction } from "#services/storage/index.ts";
import { Problem } from "#services/problem/index.ts";
import { accessOf, desksOf, notFound } from "./access.ts";
import type { DossierServices } from "./services.ts";
import { verifiedStatement } from "./statements.ts";
import type { Author } from "./submission.ts";

const day = 86_400_000;

/** How long ended dossiers of a kind are kept. */
export interface RetentionRule {
  readonly kind: DossierKind;
  /** Whole months after the end, or after the last entry since; null: until someone decides. */
  readonly months: number | null;
  /** Days before it happens that owner and desks are told; at least 14. */
  readonly announceDays: number;
}

/** What the house decided about erasing. */
export interface ErasureSettings {
  /** Days an owner may undo their own request, 7. */
  readonly coolingDays: number;
  /** Empty: nothing is erased by a rule. */
  readonly retention: readonly RetentionRule[];
  /** Where people reach this house; requests are bound to it. */
  readonly origin: string;
  /** Forgets what other services keep of a dossier, in the transaction in which its keys go. */
  readonly elsewhere: (trx: Transaction, dossier: string) => Promise<void>;
}

const requestPayload = Compile(ErasureRequestPayload);
const holdPayload = Compile(HoldPayload);
const liftPayload = Compile(HoldLiftPayload);

/** What the owner signed. @throws {@link Problem} signature-invalid, input-malformed, statement-mismatch */
export async function verifiedRequest(
  statement: Envelope,
  author: Author,
  wanted: { readonly of: ErasureRequestPayload["of"]; readonly subject: string; readonly origin: string },
): Promise<string> {
  const { payload, hash } = await verifiedStatement(requestPayload, statement, erasureTypes.request, author.signPublicKey, "/statement");
  if (payload.by !== author.person || payload.of !== wanted.of || payload.subject !== wanted.subject || payload.audience !== wanted.origin)
    throw new Problem(
      "statement-mismatch",
      "/statement is about something else, by another person or for another site",
      `Sign a request of your own for ${wanted.origin}.`,
    );
  return hash;
}

/** The owner's head, for what only an owner may do. @throws {@link Problem} not-found, role-forbidden */
async function ownHead(services: DossierServices, dossier: string, person: string): Promise<DossierHead> {
  const head = await readHead(services.db, dossier);
  if (head === null || head.owner !== person) throw notFound();
  if (services.workflows[head.kind].ownerSitsAt !== undefined)
    throw new Problem(
      "role-forbidden",
      `A ${head.kind} dossier is an organisation's, not the person's who opened it`,
      "Ask the organisation; its own rules of archiving hold.",
    );
  return head;
}

/** Owner and desks hear that there is news, and each desk finds on its page what it is about. */
async function tell(
  trx: Transaction,
  row: Pick<ErasureRow, "organisation" | "dossier" | "kind" | "owner" | "reason">,
  places: readonly DeskPlace[],
  what: "announced" | "withdrawn" | "gone",
  at: Date,
): Promise<NewsTarget[]> {
  const targets: NewsTarget[] = [{ person: row.owner }, ...places.map(({ desk }) => ({ desk }))];
  await insertNotices(trx, places, { dossier: row.dossier, kind: row.kind, what, reason: row.reason }, at);
  await insertNews(trx, row.organisation, targets);
  return targets;
}

/**
 * Takes in the owner's request; a second one changes nothing.
 * @throws {@link Problem} not-found, role-forbidden, signature-invalid, statement-mismatch
 */
export async function requestErasure(
  services: DossierServices,
  settings: ErasureSettings,
  dossier: string,
  author: Author,
  statement: Envelope,
): Promise<ErasureView> {
  const seen = await ownHead(services, dossier, author.person);
  const requestHash = await verifiedRequest(statement, author, { of: "dossier", subject: dossier, origin: settings.origin });
  return await services.inTransaction(async (trx) => {
    const head = await lockHead(trx, seen.organisation, dossier);
    if (head === null) throw notFound();
    const at = services.clock();
    const before = await lockErasure(trx, dossier);
    if (before !== null && (before.reason === "owner" || before.state !== "waiting")) return viewOf(before);
    const row: ErasureRow = {
      dossier,
      organisation: head.organisation,
      kind: head.kind,
      owner: head.owner,
      reason: "owner",
      rule: "owner",
      state: "waiting",
      requested: at,
      due: new Date(at.getTime() + settings.coolingDays * day),
      request: statement,
      requestHash,
    };
    if (before === null) await insertErasure(trx, row);
    else await replaceErasure(trx, row);
    await tell(trx, row, await desksIn(trx, head.organisation, dossier), "announced", at);
    return viewOf(row);
  });
}

/** The owner thinks better of it. @throws {@link Problem} not-found, phase-forbidden when it has begun or when a rule and not the owner asked for it */
export async function undoErasure(services: DossierServices, dossier: string, person: string): Promise<void> {
  await services.inTransaction(async (trx) => {
    const row = await lockErasure(trx, dossier);
    if (row === null || row.owner !== person) throw notFound();
    if (row.state !== "waiting" || row.reason !== "owner")
      throw new Problem(
        "phase-forbidden",
        "This erasure cannot be undone: it has begun, or a rule of retention asked for it",
        "Take your dossier away while you can.",
      );
    await deleteErasure(trx, dossier);
    await tell(trx, row, await desksIn(trx, row.organisation, dossier), "withdrawn", services.clock());
  });
}

const viewOf = (row: ErasureRow): ErasureView => ({
  dossier: row.dossier,
  kind: row.kind,
  reason: row.reason,
  rule: row.rule,
  state: row.state,
  requested: row.requested.toISOString(),
  due: row.due.toISOString(),
});

/** What of a person's is being erased, and the receipts of what was. */
export async function viewErasures(services: DossierServices, settings: ErasureSettings, person: string): Promise<Erasures> {
  const [pending, receipts] = await Promise.all([erasuresOf(services.db, person), receiptsOf(services.db, person)]);
  return {
    coolingDays: settings.coolingDays,
    pending: pending.map(viewOf),
    receipts: await Promise.all(
      receipts.map(async ({ statement, request, hash }) => ({ statement, request, hash, proof: await services.ledger.proofOf(hash) })),
    ),
  };
}

/** Who may read the dossier whole. @throws {@link Problem} not-found, grant-ended, role-forbidden */
async function wholeReader(services: DossierServices, head: DossierHead, person: string): Promise<ReturnType<typeof accessOf>> {
  const participants = await readParticipants(services.db, head.organisation, [head.id]);
  const memberOf = await services.directory.memberOf(services.db, person, desksOf(participants));
  const access = accessOf(services.workflows[head.kind], participants, person, memberOf, services.clock());
  if (access.wholeRoles.length === 0) throw new Problem("role-forbidden", "Holds are for who has the whole dossier", "Ask the person whose dossier it is.");
  return access;
}

/** The holds of a dossier. @throws as {@link holdDossier} */
export async function viewHolds(services: DossierServices, dossier: string, person: string): Promise<HoldView[]> {
  const head = await readHead(services.db, dossier);
  if (head === null) throw notFound();
  // The owner sees who keeps what was theirs, also after they lost it themselves.
  if (head.owner !== person) await wholeReader(services, head, person);
  return (await readHolds(services.db, head.organisation, dossier)).map(({ statement, reason, signPublicKey, lifted }) => ({
    statement,
    reason: reason.toString("base64url"),
    signPublicKey,
    lifted: lifted?.toISOString() ?? null,
  }));
}

/**
 * Keeps a hold.
 * @throws {@link Problem} not-found, grant-ended, role-forbidden (no lead of a desk with the whole dossier), signature-invalid, statement-mismatch, digest-mismatch, already-there
 */
export async function holdDossier(
  services: DossierServices,
  dossier: string,
  author: Author,
  { statement, reason }: { readonly statement: Envelope; readonly reason: string },
): Promise<void> {
  const head = await readHead(services.db, dossier);
  if (head === null) throw notFound();
  const access = await wholeReader(services, head, author.person);
  const { payload } = await verifiedStatement(holdPayload, statement, erasureTypes.hold, author.signPublicKey, "/statement");
  const at = services.clock();
  const until = new Date(payload.until);
  if (payload.dossier !== dossier || payload.by !== author.person)
    throw new Problem("statement-mismatch", "/statement is about another dossier or by another person", "Sign a hold on this dossier.");
  if (until <= at || until.getTime() > at.getTime() + longestHold * day)
    throw new Problem(
      "input-malformed",
      `/statement: a hold ends after now and within ${longestHold} days`,
      "Choose an earlier end; a new hold can be signed then.",
    );
  const sealed = Buffer.from(reason, "base64url");
  if ((await digestOf(sealed)) !== payload.reason)
    throw new Problem("digest-mismatch", "/reason is not the one the statement names", "Send the sealed reason that was signed for.");
  const own = payload.desk === null ? head.owner === author.person : access.ways.some(({ desk, scope }) => desk === payload.desk && scope === "dossier");
  const leads = payload.desk === null || (await services.directory.leadsOf(services.db, payload.desk)).has(author.person);
  if (!own || !leads)
    throw new Problem("role-forbidden", "A hold is signed by the owner, or by a lead of a desk that has the whole dossier", "Ask a lead of your desk.");
  const hold: HoldRow = {
    id: payload.hold,
    desk: payload.desk,
    by: author.person,
    signPublicKey: author.signPublicKey,
    statement,
    reason: sealed,
    until,
    lifted: null,
  };
  await services.inTransaction(async (trx) => {
    if ((await lockHead(trx, head.organisation, dossier)) === null) throw notFound();
    if ((await lockErasure(trx, dossier))?.state === "erasing") throw notFound();
    if (!(await insertHold(trx, head.organisation, dossier, hold)))
      throw new Problem("already-there", "/statement names a hold that is there already", "Give each hold its own id.");
    await insertNews(trx, head.organisation, [{ person: head.owner }]);
  });
}

/** Ends a hold before its time: by a lead of its desk, or by the owner when it is the owner's own. @throws as {@link holdDossier} */
export async function endHold(services: DossierServices, dossier: string, author: Author, id: string, statement: Envelope): Promise<void> {
  const head = await readHead(services.db, dossier);
  if (head === null) throw notFound();
  if (head.owner !== author.person) await wholeReader(services, head, author.person);
  const { payload } = await verifiedStatement(liftPayload, statement, erasureTypes.holdLift, author.signPublicKey, "/statement");
  if (payload.dossier !== dossier || payload.by !== author.person || payload.hold !== id)
    throw new Problem("statement-mismatch", "/statement is about another hold or by another person", "Sign the end of this hold.");
  const hold = (await readHolds(services.db, head.organisation, dossier)).find((one) => one.id === id);
  if (hold === undefined) throw new Problem("not-found", "There is no such hold", "Read the holds of this dossier.");
  const may = hold.desk === null ? head.owner === author.person : (await services.directory.leadsOf(services.db, hold.desk)).has(author.person);
  if (!may) throw new Problem("role-forbidden", "A hold is ended by who could have made it", "Ask a lead of that desk.");
  await services.inTransaction(async (trx) => {
    await lockHead(trx, head.organisation, dossier);
    const at = services.clock();
    await liftHold(trx, head.organisation, dossier, id, statement, at);
    const row = await lockErasure(trx, dossier);
    if (row !== null && row.state === "held") await updateErasure(trx, dossier, "held", at);
    await insertNews(trx, head.organisation, [{ person: head.owner }]);
  });
}

/** What the job needs. */
export interface ErasureJob {
  readonly services: DossierServices;
  readonly settings: ErasureSettings;
  /** Called between two steps; a test ends the process there. */
  readonly between?: (step: string) => Promise<void>;
}

/** What one run did. */
export interface ErasureRun {
  readonly announced: number;
  readonly held: number;
  readonly erased: number;
}

const monthsBefore = (at: Date, months: number): Date =>
  new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - months, at.getUTCDate(), at.getUTCHours(), at.getUTCMinutes()));
const noticeDays = 180;
const perRun = 500;

/** One round: announces what a rule will erase, holds what must wait, erases what is due, and goes on with what was broken off. Safe to run on several servers, and to kill anywhere. */
export async function runErasures(job: ErasureJob): Promise<ErasureRun> {
  const { services } = job;
  const at = services.clock();
  await services.inTransaction(async (trx) => await dropRevived(trx));
  const announced = await announce(job, at);
  let [held, erased] = [0, 0];
  for (const row of await dueErasures(services.db, at, perRun)) {
    const outcome = row.state === "erasing" ? "erasing" : await begin(job, row.dossier, at);
    if (outcome === "held") held += 1;
    if (outcome !== "erasing") continue;
    await finish(job, row);
    erased += 1;
  }
  await expireNotices(services.db, new Date(at.getTime() - noticeDays * day));
  return { announced, held, erased };
}

async function announce({ services, settings }: ErasureJob, at: Date): Promise<number> {
  let count = 0;
  for (const { kind, months, announceDays } of settings.retention) {
    if (months === null) continue;
    const before = new Date(monthsBefore(at, months).getTime() + announceDays * day);
    for (const ended of await endedBefore(services.db, kind, before, perRun)) {
      const told = await services.inTransaction(async (trx) => {
        const head = await lockHead(trx, ended.organisation, ended.id);
        if (head === null || head.changed.getTime() !== ended.changed.getTime()) return false;
        // Never sooner than was promised, also when the rule is new and the dossier old.
        const row: ErasureRow = {
          dossier: head.id,
          organisation: head.organisation,
          kind,
          owner: head.owner,
          reason: "retention",
          rule: `retention/${kind}/${months}`,
          state: "waiting",
          requested: at,
          due: new Date(at.getTime() + announceDays * day),
          request: null,
          requestHash: null,
        };
        if (!(await insertErasure(trx, row))) return false;
        await tell(trx, row, await desksIn(trx, head.organisation, head.id), "announced", at);
        return true;
      });
      if (told) count += 1;
    }
  }
  return count;
}

/** Decides what becomes of an erasure that is due, and takes the keys when nothing holds it; see [Note: When erasure waits] and [Note: Keys first]. */
async function begin({ services, settings }: ErasureJob, dossier: string, at: Date): Promise<"held" | "erasing" | "gone"> {
  return await services.inTransaction(async (trx) => {
    const seen = await readHead(trx, dossier);
    if (seen === null) return "gone";
    const head = await lockHead(trx, seen.organisation, dossier);
    const row = await lockErasure(trx, dossier);
    if (head === null || row === null) return "gone";
    if (row.state === "erasing") return "erasing";
    if (row.due > at) return "gone";
    const places = await desksIn(trx, head.organisation, dossier);
    const holds = standingHolds(await readHolds(trx, head.organisation, dossier), at).filter(({ desk }) => row.reason === "retention" || desk !== null);
    if (holds.length > 0) {
      const until = new Date(Math.max(...holds.map((hold) => hold.until.getTime())));
      if (row.reason === "retention") {
        await updateErasure(trx, dossier, "waiting", until);
        return "held";
      }
      const keepers = holds.flatMap(({ desk }) => (desk === null ? [] : [desk]));
      const others = places.filter(({ desk }) => !keepers.includes(desk));
      await restrictTo(trx, head.organisation, dossier, keepers, others, at);
      await updateErasure(trx, dossier, "held", until);
      if (row.state === "waiting") await tell(trx, row, others, "gone", at);
      return "held";
    }
    const size = await measure(trx, head.organisation, dossier);
    const statement = erasureStatement({
      of: "dossier",
      subject: await digestOf(new TextEncoder().encode(dossier)),
      kind: head.kind,
      reason: row.reason,
      rule: row.rule,
      request: row.requestHash,
      entries: size.entries,
      items: size.items,
      attachments: size.attachments,
      handOvers: size.handOvers,
      last: head.lastHash,
      at: at.toISOString(),
    });
    const hash = await loggedHash(statement);
    await insertReceipt(trx, { subject: await digestOf(new TextEncoder().encode(dossier)), owner: head.owner, hash, statement, request: row.request, at });
    await services.ledger.enqueue(trx, [{ what: "erasure", hash }]);
    await settings.elsewhere(trx, dossier);
    const still = row.state === "held" ? await keepersOf(trx, head.organisation, dossier, at) : places;
    await eraseKeys(trx, head.organisation, dossier, places);
    await tell(trx, row, still, "gone", at);
    await updateErasure(trx, dossier, "erasing", at);
    return "erasing";
  });
}

/** Desks that kept it to the last: the others were told when they lost it. */
async function keepersOf(trx: Transaction, organisation: string, dossier: string, at: Date): Promise<DeskPlace[]> {
  const running = (await readParticipants(trx, organisation, [dossier])).filter(({ until }) => until === null || until > at);
  const kept = new Set(running.map(({ desk }) => desk));
  return (await desksIn(trx, organisation, dossier)).filter(({ desk }) => kept.has(desk));
}

/** Attachments, bodies, head: each step may be the last of this process. */
async function finish({ services, between = async () => undefined }: ErasureJob, { organisation, dossier }: ErasureRow): Promise<void> {
  await between("keys");
  for (
    let blobs = await attachmentsOf(services.db, organisation, dossier, 50);
    blobs.length > 0;
    blobs = await attachmentsOf(services.db, organisation, dossier, 50)
  ) {
    for (const blob of blobs) await services.blobs.delete(blob);
    await between("bytes");
    await forgetAttachments(services.db, organisation, dossier, blobs);
    await between("attachments");
  }
  for (let uploads = await uploadsFor(services.db, dossier); uploads.length > 0; uploads = await uploadsFor(services.db, dossier)) {
    for (const { id, blob } of uploads) await (blob === null ? services.blobs.discard(id) : services.blobs.delete(blob));
    await forgetUploads(
      services.db,
      uploads.map(({ id }) => id),
    );
  }
  while ((await services.inTransaction(async (trx) => await eraseEntries(trx, organisation, dossier, 100))) > 0) await between("entries");
  await services.inTransaction(async (trx) => await eraseHead(trx, organisation, dossier));
}
