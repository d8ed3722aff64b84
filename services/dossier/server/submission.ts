/** Accepts entries: checks everything a server can check without reading, writes all of it in one transaction or nothing, and answers when the log holds it. */
import { v7 as uuidv7 } from "uuid";
import { digestOf, laterOf } from "@rugdekking/seal/verify";
import type { Admitted } from "#services/admission/server/index.ts";
import type { DossierRole, EntryHeader, EntryKind, NewDossier, Receipt, Submission } from "#services/dossier/contract/index.ts";
import { consultedKinds, decide, fitsSigner, heardKind, type Decision, type TakingPart } from "#services/dossier/workflow/enforce.ts";
import { channelOf, type Workflow } from "#services/dossier/workflow/define.ts";
import type { Leaf } from "#services/ledger/contract/index.ts";
import { together, type Together, type Transaction } from "#services/storage/index.ts";
import { Problem } from "#services/problem/index.ts";
import {
  claimPlace,
  earlierEntries,
  endRole,
  insertEntry,
  insertHead,
  insertItems,
  insertParticipants,
  lockHead,
  placeOf,
  readEntryMark,
  readHead,
  readItems,
  readParticipants,
  updateHead,
  type DossierHead,
  type Executor,
  type ItemRow,
  type Participant,
} from "#services/dossier/store/dossiers.ts";
import { useAnswerLinks } from "#services/dossier/store/answer-links.ts";
import { insertConsents, insertGrants, readConsents, type Consent, type Grant } from "#services/dossier/store/grants.ts";
import { insertNews, type NewsTarget } from "#services/dossier/store/news.ts";
import { changeWaiting, keepTerm, type WaitsFor } from "#services/dossier/store/terms.ts";
import { remindAt } from "#services/dossier/workflow/reminders.ts";
import { insertOutgoing } from "#services/dossier/store/outgoing.ts";
import { takeUploads } from "#services/dossier/store/uploads.ts";
import { wasErased } from "#services/dossier/store/erasure.ts";
import { guestBytesOf, putOnWorklist, updateWorklists, type DeskPlace } from "#services/dossier/store/worklist.ts";
import { accessOf, desksOf, notFound } from "./access.ts";
import { outgoingOf } from "./outside.ts";
import { checkOpeningGrants, judgeGrant, type DeskFacts, type StandingConsent } from "./hand-overs.ts";
import type { DossierServices } from "./services.ts";
import { checkStatedTimes } from "./stated-times.ts";
import { storedConsent, verifiedConsent, verifiedEntry, verifiedGrant, type Verified, type VerifiedGrant } from "./statements.ts";

/** Who submits, and the Ed25519 key (base64url) the directory has for them. */
export interface Author {
  readonly person: string;
  readonly signPublicKey: string;
}

const bodyLimit = 256 * 1024;
const coverLimit = 8 * 1024;

/** A submission of which everything is checked that needs no look at the dossier. */
interface Checked {
  readonly entry: Verified<EntryHeader>;
  readonly body: Buffer;
  readonly grants: readonly VerifiedGrant[];
  readonly consents: readonly Consent[];
  readonly cover: Buffer | null;
}

/** What is checked, with the desks that sign or receive keys: held, so that no hand-over to an old epoch, and nothing by someone who leaves, slips in beside a rotation. */
interface Ready extends Checked {
  readonly desks: ReadonlyMap<string, DeskFacts>;
}

async function withDesks(services: DossierServices, trx: Transaction | Together, checked: Checked): Promise<Ready> {
  const receive = checked.grants.flatMap(({ payload }) => ("desk" in payload.to ? [payload.to.desk] : []));
  const { desk } = checked.entry.payload.author;
  return { ...checked, desks: await services.directory.holdDesks(trx, [...new Set(desk === null ? receive : [desk, ...receive])]) };
}

/** @throws {@link Problem} statement-mismatch, digest-mismatch, input-too-large, signature-invalid, input-malformed */
async function check(dossier: string, author: Author, ownerKey: string, submission: Submission): Promise<Checked> {
  const entry = await verifiedEntry(submission.entry, author.signPublicKey);
  const header = entry.payload;
  if (header.dossier !== dossier)
    throw new Problem("statement-mismatch", "/entry: the statement is about another dossier than the address", "Send the entry to its own dossier.");
  if (header.author.person !== author.person)
    throw new Problem("statement-mismatch", "/entry: the author is not the one who sends it", "Sign in as the author.");
  const body = Buffer.from(submission.body, "base64url");
  if (body.length > bodyLimit)
    throw new Problem("input-too-large", `/body is ${body.length} bytes, at most ${bodyLimit}`, "Send long content as an attachment.");
  if (body.length !== header.body.size || (await digestOf(body)) !== header.body.digest)
    throw new Problem("digest-mismatch", "/body is not the item the signed header names", "Send the sealed body that was signed for.");
  const ids = [header.body, ...header.attachments].map(({ item }) => item);
  if (new Set(ids).size !== ids.length) throw new Problem("statement-mismatch", "/entry names one item twice", "Give each item its own id.");
  const cover = submission.cover === undefined ? null : Buffer.from(submission.cover, "base64url");
  if (cover !== null && (cover.length === 0 || cover.length > coverLimit))
    throw new Problem("input-too-large", `/cover is ${cover.length} bytes, at most ${coverLimit}`, "A cover holds a few words only.");
  const grants = await Promise.all(submission.grants.map((grant, at) => verifiedGrant(grant, author.signPublicKey, at)));
  if (new Set(grants.map(({ payload }) => payload.grant)).size !== grants.length)
    throw new Problem("statement-mismatch", "/grants carries one hand-over twice", "Give each hand-over its own id.");
  const consents = await Promise.all(submission.consents.map((consent, at) => verifiedConsent(consent, ownerKey, at)));
  return { entry, body, grants, consents, cover };
}

/** @throws {@link Problem} statement-mismatch, consent-expired (also for one that was withdrawn: its statement still verifies, and every reader of the dossier has it) */
async function checkConsents(trx: Executor, consents: readonly Consent[], head: DossierHead, at: Date): Promise<void> {
  const known = consents.length === 0 ? [] : await readConsents(trx, head.organisation, [head.id]);
  const withdrawn = new Set(known.flatMap((one) => (one.withdrawn === null ? [] : [one.hash])));
  for (const [index, { payload, hash }] of consents.entries()) {
    if (withdrawn.has(hash)) throw new Problem("consent-expired", `/consents/${index} was withdrawn`, "Ask the person whose dossier it is for a new consent.");
    if (payload.dossier !== head.id || payload.by !== head.owner)
      throw new Problem(
        "statement-mismatch",
        `/consents/${index} is about another dossier or by another person`,
        "Only the person whose dossier it is consents.",
      );
    if (new Date(payload.until) <= at) throw new Problem("consent-expired", `/consents/${index} ended before it began`, "Choose an end in the future.");
  }
}

async function judgeGrants(
  trx: Executor,
  workflow: Workflow,
  head: DossierHead,
  checked: Ready,
  wholeRoles: readonly DossierRole[],
  opening: boolean,
  at: Date,
): Promise<Grant[]> {
  if (checked.grants.length === 0) return [];
  const header = checked.entry.payload;
  const items = [...new Set(checked.grants.flatMap(({ payload }) => (payload.keys.scope === "items" ? payload.keys.items.map(({ item }) => item) : [])))];
  const stored = items.length === 0 || opening ? [] : await readItems(trx, head.organisation, head.id, items);
  const kindOfItem = new Map<string, EntryKind>(stored.map(({ item, kind }) => [item, kind]));
  for (const { item } of [header.body, ...header.attachments]) kindOfItem.set(item, header.kind);
  const standing: StandingConsent[] = checked.consents.map(({ hash, payload }) => ({ hash, payload, withdrawn: null }));
  const named = new Set(checked.grants.flatMap(({ payload }) => (payload.consent === null ? [] : [payload.consent])));
  for (const { hash } of standing) named.delete(hash);
  const consents = new Map<string, StandingConsent>(standing.map((consent) => [consent.hash, consent]));
  if (named.size > 0 && !opening)
    for (const { hash, statement, withdrawn } of await readConsents(trx, head.organisation, [head.id]))
      consents.set(hash, { hash, payload: storedConsent(statement), withdrawn });
  return checked.grants.map((grant, index) =>
    judgeGrant({ workflow, head, granter: header.author.person, roles: wholeRoles, opening, desks: checked.desks, consents, kindOfItem, at }, grant, index),
  );
}

/** The items of the entry, each attachment with the blob that was uploaded for it. @throws {@link Problem} upload-incomplete, digest-mismatch */
async function collectItems(trx: Executor, header: EntryHeader): Promise<{ items: ItemRow[]; superseded: string[] }> {
  const uploads = await takeUploads(trx, header.dossier, header.attachments);
  const items: ItemRow[] = [{ ...header.body, seq: header.seq, blob: null }];
  const taken = new Set<string>();
  for (const [index, attachment] of header.attachments.entries()) {
    const complete = uploads.filter((upload) => upload.item === attachment.item && upload.blob !== null);
    const upload = complete.find(({ digest, size }) => digest === attachment.digest && size === attachment.size);
    if (upload === undefined || upload.blob === null) {
      if (complete.length > 0)
        throw new Problem(
          "digest-mismatch",
          `/entry/attachments/${index}: other bytes were uploaded than the header names`,
          "Upload the sealed file that was signed for.",
        );
      throw new Problem("upload-incomplete", `/entry/attachments/${index}: the file has not arrived completely`, "Finish the upload, then submit again.");
    }
    taken.add(upload.id);
    items.push({ ...attachment, seq: header.seq, blob: upload.blob });
  }
  return { items, superseded: uploads.flatMap(({ id, blob }) => (blob === null || taken.has(id) ? [] : [blob])) };
}

const participantOf = (grant: Grant, desks: ReadonlyMap<string, DeskFacts>, since: Date): Participant => {
  const { to, keys } = grant.payload;
  return {
    id: grant.payload.grant,
    dossier: grant.payload.dossier,
    role: grant.payload.role,
    person: "person" in to ? to.person : null,
    desk: "desk" in to ? to.desk : null,
    deskOrganisation: "desk" in to ? (desks.get(to.desk)?.organisation ?? null) : null,
    scope: keys.scope,
    channel: keys.scope === "channel" ? keys.channel : null,
    items: keys.scope === "items" ? keys.items.map(({ item }) => item) : null,
    consent: grant.payload.consent,
    since,
    until: grant.until,
  };
};

/** Everyone who may read this entry hears of it, unless its kind is quiet, and everyone who just received keys. */
function reachedBy(workflow: Workflow, header: EntryHeader, before: readonly Participant[], added: readonly Participant[], at: Date): Participant[] {
  const announced = workflow.announced.includes(header.kind);
  const readers = (workflow.quiet.includes(header.kind) ? [] : before).filter(
    ({ until, scope, channel }) =>
      (until === null || until > at) && (scope === "dossier" || (scope === "channel" && (announced || channel === channelOf(workflow, header.kind)))),
  );
  return [...readers, ...added];
}

/** Who is told by mail: whom the entry reaches, save the one who wrote it. */
function newsFor(header: EntryHeader, reached: readonly Participant[]): NewsTarget[] {
  const persons = new Set(reached.flatMap(({ person }) => (person === null || person === header.author.person ? [] : [person])));
  const desks = new Set(reached.flatMap(({ person, desk }) => (person !== null || desk === null || desk === header.author.desk ? [] : [desk])));
  return [...[...persons].map((person) => ({ person })), ...[...desks].map((desk) => ({ desk }))];
}

const placesOf = (participants: readonly Participant[]): DeskPlace[] => {
  const places = new Map<string, DeskPlace>();
  for (const { desk, deskOrganisation, person } of participants)
    if (desk !== null && deskOrganisation !== null && person === null) places.set(desk, { desk, organisation: deskOrganisation });
  // One order for everyone: two transactions never wait for each other's worklist rows.
  return [...places.values()].toSorted((a, b) => (a.desk < b.desk ? -1 : 1));
};

interface Written {
  readonly news: readonly NewsTarget[];
  readonly superseded: readonly string[];
}

/** Who comes in by this entry: receivers of keys, the assigned person, and at the opening the owner. */
function addedBy(workflow: Workflow, head: DossierHead, checked: Ready, grants: readonly Grant[], assignment: Participant | null): Participant[] {
  const added = grants
    .filter(({ payload }) => !("person" in payload.to && payload.to.person === head.owner))
    .map((grant) => participantOf(grant, checked.desks, head.changed));
  if (assignment !== null) added.push(assignment);
  // A dossier of an organisation has no person's way in: who opened it comes in by the desk.
  if (checked.entry.payload.seq === 1 && workflow.ownerSitsAt === undefined) {
    added.push({
      id: head.owner,
      dossier: head.id,
      role: workflow.owner,
      person: head.owner,
      desk: null,
      deskOrganisation: null,
      scope: "dossier",
      channel: null,
      items: null,
      consent: null,
      since: head.changed,
      until: null,
    });
  }
  return added;
}

/** Puts the dossier on the worklists of the desks that receive keys, in one order for everyone, as {@link placesOf}. */
async function putOnWorklists(
  trx: Executor,
  head: DossierHead,
  desks: ReadonlyMap<string, DeskFacts>,
  grants: readonly Grant[],
  guestBytes: number | null,
): Promise<void> {
  for (const grant of grants.toSorted((a, b) => ("desk" in a.payload.to && "desk" in b.payload.to && a.payload.to.desk > b.payload.to.desk ? 1 : -1))) {
    if (!("desk" in grant.payload.to)) continue;
    const desk = desks.get(grant.payload.to.desk);
    if (desk !== undefined) await putOnWorklist(trx, head, { desk: desk.id, organisation: desk.organisation }, grant, guestBytes);
  }
}

/** An entry with an action that a member signs for their desk is its answer: the links to this dossier that stood for the desk are spent with it, or not at all. */
async function spendLinks(trx: Executor, head: DossierHead, { entry, desks }: Ready): Promise<void> {
  const { action, author } = entry.payload;
  const desk = action === null || author.desk === null ? undefined : desks.get(author.desk);
  if (desk !== undefined) await useAnswerLinks(trx, { desk: desk.id, organisation: desk.organisation }, head.id, head.changed);
}

/** Whom the head's term waits for: the newest way in that holds in that role, else the owner when it is theirs. */
function waitsFor(head: DossierHead, participants: readonly Participant[]): WaitsFor {
  const waiting = participants.filter(
    ({ role, until, scope }) => role === head.term?.waitsFor && scope !== "items" && (until === null || until > head.changed),
  );
  const newest = waiting.reduce<Participant | null>((last, one) => (last === null || one.since >= last.since ? one : last), null);
  return newest === null ? { desk: null, person: null } : { desk: newest.person === null ? newest.desk : null, person: newest.person };
}

const firstStage = (head: DossierHead): Date => (head.term === null ? head.changed : remindAt(head.changed, head.term.due));

/** Everything in the entry's transaction: head, entry, items, consents, hand-overs, participants, worklists, news, leaves. */
async function write(
  services: DossierServices,
  trx: Transaction,
  workflow: Workflow,
  head: DossierHead,
  before: readonly Participant[],
  author: Author,
  checked: Ready,
  grants: readonly Grant[],
  assignment: Participant | null,
  decision: Decision,
  byGuest = false,
): Promise<Written> {
  const header = checked.entry.payload;
  const { items, superseded } = await collectItems(trx, header);
  // Of a dossier that a guest opens: how much came along. Null for every other, also for what is added to it later.
  const guestBytes = byGuest ? header.attachments.reduce((sum, { size }) => sum + size, 0) : null;
  const entry = {
    header,
    hash: checked.entry.hash,
    statement: checked.entry.statement,
    signPublicKey: author.signPublicKey,
    body: checked.body,
    received: head.changed,
  };
  if (assignment !== null) await endRole(trx, head.organisation, head.id, assignment.role, head.changed);
  const added = addedBy(workflow, head, checked, grants, assignment);
  const remaining = assignment === null ? before : before.filter(({ role }) => role !== assignment.role);
  const reached = reachedBy(workflow, header, remaining, added, head.changed);
  const news = newsFor(header, reached);
  const leaves: Leaf[] = [
    { what: "entry", hash: checked.entry.hash },
    ...checked.consents.map(({ hash }) => ({ what: "consent" as const, hash })),
    ...grants.map(({ hash }) => ({ what: "grant" as const, hash })),
  ];
  const [, , freshItems, , freshGrants] = await together(trx, (line) => [
    header.seq === 1 ? insertHead(line, head) : updateHead(line, head),
    insertEntry(line, head.organisation, entry),
    insertItems(line, head.organisation, head.id, items),
    insertConsents(line, head.organisation, head.id, checked.consents),
    insertGrants(line, head.organisation, grants),
    insertParticipants(line, head.organisation, added),
    insertNews(line, head.organisation, news, byGuest),
    insertOutgoing(line, outgoingOf(services.outside, head, reached)),
    services.ledger.enqueue(line, leaves),
    decision.moves ? keepTerm(line, head, waitsFor(head, [...before, ...added]), firstStage(head)) : changeWaiting(line, head, waitsFor(head, added)),
    updateWorklists(line, head, placesOf(before)),
    putOnWorklists(line, head, checked.desks, grants, guestBytes),
    spendLinks(line, head, checked),
  ]);
  if (!freshItems) throw new Problem("already-there", "/entry names an item id that this dossier has already", "Give each item its own id.");
  if (!freshGrants) throw new Problem("already-there", "/grants carries an id that this dossier has already", "Give each hand-over its own id.");
  return { news, superseded };
}

/** What follows the commit: the log's proof first, then what may be late. */
async function acknowledge(services: DossierServices, dossier: string, seq: number, hash: string, written: Written | null): Promise<Receipt> {
  if (written !== null) {
    for (const key of written.superseded) void services.blobs.delete(key).catch(() => undefined);
    for (const to of written.news) services.notify({ to, dossier });
  }
  return { dossier, seq, entry: hash, proof: await services.ledger.proofOf(hash) };
}

function nextHead(head: DossierHead, decision: Decision, checked: Checked, at: Date): DossierHead {
  return {
    ...head,
    phase: decision.phase,
    changed: at,
    lastSeq: checked.entry.payload.seq,
    lastHash: checked.entry.hash,
    stated: new Date(laterOf(head.stated?.toISOString() ?? null, checked.entry.payload.at)),
    cover: checked.cover ?? head.cover,
    term: decision.moves
      ? decision.term === null
        ? null
        : { name: decision.term.rule.name, waitsFor: decision.term.rule.waitsFor, due: decision.term.due }
      : head.term,
  };
}

/**
 * Accepts the next entry of a dossier.
 * @returns the receipt, once entry, hand-overs, phase and cover are committed and the leaf is in a signed checkpoint. The same envelope again gives the same receipt.
 * @throws {@link Problem} whatever is wrong with it; nothing of it is kept then.
 */
export async function acceptEntry(services: DossierServices, dossier: string, author: Author, submission: Submission): Promise<Receipt> {
  const seen = await readHead(services.db, dossier);
  if (seen === null) throw notFound();
  const ownerKey =
    seen.owner === author.person || submission.consents.length === 0 ? author.signPublicKey : await services.directory.personKey(services.db, seen.owner);
  const checked = await check(dossier, author, ownerKey, submission);
  const header = checked.entry.payload;
  const workflow = services.workflows[seen.kind];
  const written = await services.inTransaction(async (trx) => {
    const head = await lockHead(trx, seen.organisation, dossier);
    if (head === null) throw notFound();
    const before = await readParticipants(trx, head.organisation, [dossier]);
    const at = services.clock();
    const ready = await withDesks(services, trx, checked);
    const memberOf = await services.directory.memberOf(trx, author.person, desksOf(before));
    const access = accessOf(workflow, before, author.person, memberOf, at);
    if (header.seq <= head.lastSeq) {
      const mark = await readEntryMark(trx, head.organisation, dossier, header.seq);
      if (mark?.hash === checked.entry.hash) return null;
    }
    if (header.seq !== head.lastSeq + 1 || header.previous !== head.lastHash) {
      throw new Problem("chain-broken", `/entry follows entry ${header.seq - 1}, the last one is ${head.lastSeq}`, "Read the new entries and sign again.");
    }
    const desk = header.author.desk === null ? null : (ready.desks.get(header.author.desk) ?? null);
    // What every reader refuses must not get into the chain: it could not be taken out again.
    if (!fitsSigner(header.author.role, desk))
      throw new Problem(
        "role-forbidden",
        `/entry: nobody signs as ${header.author.role} ${desk === null ? "without a desk" : `for a desk that is a ${desk.function}`}`,
        "Sign for the desk that role is held by.",
      );
    const ways = access.ways.filter((one) => one.role === header.author.role && one.desk === header.author.desk);
    const entries = await earlierEntries(
      trx,
      head.organisation,
      dossier,
      consultedKinds(workflow, head.phase, header.action, header.kind),
      heardKind(workflow, head.phase, header.action),
    );
    const decision = decide(
      workflow,
      { phase: head.phase, urgency: head.urgency, entries, desks: takingPart(before, at) },
      header,
      ways.map(({ role }) => role),
      at,
    );
    checkAnswers(header, ways);
    await checkStatedTimes(services, trx, head, { header, grants: checked.grants, author, desk, at });
    const next = nextHead(head, decision, checked, at);
    if (checked.cover !== null && access.wholeRoles.length === 0)
      throw new Problem("role-forbidden", "/cover may only be changed by who holds the dossier key", "Leave the cover out.");
    await checkConsents(trx, checked.consents, head, at);
    const assignment = await assign(services, trx, decision, header, next);
    const grants = await judgeGrants(trx, workflow, next, ready, access.wholeRoles, false, at);
    return write(services, trx, workflow, next, before, author, ready, grants, assignment, decision);
  });
  return acknowledge(services, dossier, header.seq, checked.entry.hash, written);
}

/** Desks that hold the key of the whole dossier now. */
const takingPart = (participants: readonly Participant[], at: Date): TakingPart[] =>
  participants.flatMap(({ role, desk, person, scope, until }) =>
    desk !== null && person === null && scope === "dossier" && (until === null || until > at) ? [{ role, desk }] : [],
  );

/** Whoever holds single items only answers a request that is among them: nobody answers what they were not asked. @throws {@link Problem} role-forbidden */
function checkAnswers({ answers }: EntryHeader, ways: readonly Participant[]): void {
  if (answers === undefined || ways.some(({ scope, items }) => scope === "dossier" || items?.includes(answers) === true)) return;
  throw new Problem("role-forbidden", "/answers names a request that was not handed to this desk", "Answer what was asked of you.");
}

/** Who opens a dossier for an organisation is a member of the desk that receives its key. @throws {@link Problem} role-forbidden */
async function checkOpener(services: DossierServices, trx: Executor, workflow: Workflow, person: string, grants: readonly Grant[]): Promise<void> {
  if (workflow.ownerSitsAt === undefined) return;
  const desks = grants.flatMap(({ payload }) => (payload.role === workflow.ownerSitsAt && "desk" in payload.to ? [payload.to.desk] : []));
  const memberOf = await services.directory.memberOf(trx, person, desks);
  if (desks.some((desk) => !memberOf.has(desk)))
    throw new Problem("role-forbidden", `A ${workflow.kind} dossier is opened by a member of the desk it is for`, "Hand the key to a desk of yours.");
}

/** The participation an `assigns` action makes. @throws {@link Problem} requirement-missing when the assignee is no member of the acting desk. */
async function assign(services: DossierServices, trx: Executor, decision: Decision, header: EntryHeader, head: DossierHead): Promise<Participant | null> {
  const { assignee, author } = header;
  if (decision.assigns === null || assignee === undefined || author.desk === null) return null;
  if (!(await services.directory.memberOf(trx, assignee, [author.desk])).has(author.desk)) {
    throw new Problem("requirement-missing", "/assignee is not a member of the acting desk", "Choose a member of the desk's present roster.");
  }
  return {
    id: uuidv7(),
    dossier: head.id,
    role: decision.assigns,
    person: assignee,
    desk: author.desk,
    deskOrganisation: null,
    scope: "dossier",
    channel: null,
    items: null,
    consent: null,
    since: head.changed,
    until: null,
  };
}

/** What desks take of people without an account. */
export interface GuestIntake {
  /** Bytes of files a desk takes in a day. */
  readonly perDesk: number;
}

/** The desks' own bound on files of guests. @throws {@link Problem} storage-full */
async function checkIntake(trx: Executor, intake: GuestIntake, header: EntryHeader, desks: ReadonlyMap<string, DeskFacts>, at: Date): Promise<void> {
  const bytes = header.attachments.reduce((sum, { size }) => sum + size, 0);
  if (bytes === 0) return;
  const since = new Date(at.getTime() - 24 * 3_600_000);
  for (const { id, organisation } of desks.values())
    if ((await guestBytesOf(trx, { desk: id, organisation }, since)) + bytes > intake.perDesk)
      throw new Problem(
        "storage-full",
        "This desk took as many files of people without an account today as it can",
        "Send the report without files, keep them yourself, and phone the desk; in danger call 112.",
      );
}

/**
 * Opens a dossier with its first entry. A guest's card came along and is registered in the same transaction, in which the guest's token is spent; `guest` is null for who is signed in.
 * @throws {@link Problem} whatever is wrong with it; nothing of it is kept then, not even the guest, and the token is good for another try.
 */
export async function openDossier(
  services: DossierServices,
  author: Author,
  letIn: { readonly admitted: Admitted; readonly intake: GuestIntake } | null,
  request: NewDossier,
): Promise<Receipt> {
  const isGuest = letIn !== null;
  const workflow = services.workflows[request.kind];
  if (isGuest && !workflow.start.guests) throw new Problem("role-forbidden", `A ${request.kind} dossier cannot be opened without an account`, "Sign in first.");
  if (!(await services.directory.organisationExists(services.db, request.organisation)))
    throw new Problem("requirement-missing", "/organisation is not in the register", "Choose the organisation of the office-holder from the register.");
  const checked = await check(request.dossier, author, author.signPublicKey, request.first);
  const header = checked.entry.payload;
  const hash = checked.entry.hash;
  const guest = isGuest && request.guest !== null ? await services.directory.verifiedGuest(request.guest) : null;
  const written = await services.inTransaction(async (trx) => {
    const at = services.clock();
    const [claimed, , ready] = await together(trx, (line) => [
      claimPlace(line, request.dossier, request.organisation, author.person),
      guest === null ? Promise.resolve() : services.directory.registerGuest(line, guest),
      withDesks(services, line, checked),
    ]);
    if (!claimed) {
      const organisation = await placeOf(trx, request.dossier);
      const mark = organisation === null ? null : await readEntryMark(trx, organisation, request.dossier, 1);
      if (mark?.hash === hash) return null;
      throw new Problem("already-there", "/dossier: this id is in use", "Choose a fresh random id.");
    }
    if (letIn !== null) {
      await letIn.admitted.spend(trx);
      await checkIntake(trx, letIn.intake, header, ready.desks, at);
    }
    // A device that was offline may send an opening again after the dossier was erased: it must not come back.
    if (await wasErased(trx, await digestOf(new TextEncoder().encode(request.dossier))))
      throw new Problem("already-there", "/dossier: a dossier with this id was erased", "Choose a fresh random id.");
    const handsTo = checked.grants.flatMap(({ payload }) => (payload.keys.scope === "dossier" && "desk" in payload.to ? [payload.role] : []));
    const decision = decide(workflow, { phase: null, urgency: "normal", entries: [], desks: [], handsTo }, header, [workflow.owner], at);
    const fresh: DossierHead = {
      organisation: request.organisation,
      id: request.dossier,
      kind: request.kind,
      owner: author.person,
      phase: decision.phase,
      urgency: header.urgency ?? "normal",
      opened: at,
      changed: at,
      lastSeq: 0,
      lastHash: hash,
      stated: null,
      cover: null,
      term: null,
    };
    await checkStatedTimes(services, trx, fresh, { header, grants: checked.grants, author, desk: null, at });
    const head = nextHead(fresh, decision, checked, at);
    await checkConsents(trx, checked.consents, head, at);
    const grants = await judgeGrants(trx, workflow, head, ready, [workflow.owner], true, at);
    checkOpeningGrants(workflow, author.person, grants);
    checkNamedDesks(request, grants);
    await checkOpener(services, trx, workflow, author.person, grants);
    return write(services, trx, workflow, head, [], author, ready, grants, null, decision, isGuest);
  });
  return acknowledge(services, request.dossier, 1, hash, written);
}

/** `/participants` is what the client believes it hands over; a difference means that it shows the person something else than it signs. @throws {@link Problem} statement-mismatch */
function checkNamedDesks(request: NewDossier, grants: readonly Grant[]): void {
  for (const { payload } of grants) {
    if (!("desk" in payload.to)) continue;
    const { desk } = payload.to;
    if (!request.participants.some((named) => named.desk === desk && named.role === payload.role)) {
      throw new Problem(
        "statement-mismatch",
        `/participants does not name the desk that receives keys as ${payload.role}`,
        "Name every desk that receives keys.",
      );
    }
  }
}
