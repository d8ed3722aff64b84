/** A small world for tests of this room: real PostgreSQL, real HTTP, real keys; invented people. Imported by tests only (they alone may seal). */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Fastify from "fastify";
import { generateNoteKey } from "@rugdekking/ledger";
import {
  generateDossierKey,
  handOver,
  newDesk,
  newPerson,
  newUuid,
  openPerson,
  sealJson,
  signKeyPair,
  signStatement,
  generateSeed,
  type Person,
} from "@rugdekking/seal";
import { digestOf, statementHash, type Roster, readStatement, verifyPersonCard } from "@rugdekking/seal/verify";
import {
  statementTypes,
  type Channel,
  type ConsentPayload,
  type DossierKind,
  type DossierRole,
  type DossierView,
  type EntryHeader,
  type EntryKind,
  type EntryView,
  type GrantDelivery,
  type GrantPayload,
  type ItemReference,
  type NewDossier,
  type Receipt,
  type Submission,
} from "#services/dossier/contract/index.ts";
import type { Envelope } from "#services/directory/contract/index.ts";
import { testAdmission, testDevice } from "#services/admission/server/testing.ts";
import { admissionMigrations } from "#services/admission/store/index.ts";
import { migrations as ledgerMigrations, openSequencer } from "#services/ledger/store/index.ts";
import { Problem } from "#services/problem/index.ts";
import { questionSet } from "#services/parliament/workflow/index.ts";
import { report } from "#services/reporting/workflow/index.ts";
import { scan } from "#services/scanning/workflow/index.ts";
import { signal } from "#services/signalling/workflow/index.ts";
import { help } from "#services/support/workflow/index.ts";
import { inTransaction, storageMigrations, type Database, type StoreMigration } from "#services/storage/index.ts";
import { claimDesk, directoryMigrations, insertRegistration, saveOrganisations, writeEpoch } from "#services/directory/store/index.ts";
import { openTestDatabase } from "#services/storage/testing.ts";
import { channelOf, type Workflow } from "#services/dossier/workflow/define.ts";
import { directoryBlobs, dossierMigrations } from "#services/dossier/store/index.ts";
import { directoryQuestions } from "./directory.ts";
import { dossierRoutes, type UploadLimits } from "./index.ts";
import type { DirectoryQuestions, Notify, Outside } from "./services.ts";

export const workflows = { report, scan, signal, help, "question-set": questionSet } as const;

/** Origin that requests are bound to in these tests. */
export const testOrigin = "https://demo.example.nl";

/** A desk and who is in it. */
export interface Desk {
  readonly id: string;
  readonly organisation: string;
  readonly function: string;
  epoch: number;
  readonly epochPublicKey: string;
  readonly members: readonly Person[];
}

/** The real directory of this database, save that a caller names themself in a header: sign-in has its own tests in the directory. */
function questionsOf(db: Database): DirectoryQuestions {
  const real = directoryQuestions();
  const callerIfAny: DirectoryQuestions["callerIfAny"] = async (request) => {
    const person = request.headers["x-demo-person"];
    return typeof person === "string" ? { person, signPublicKey: await real.personKey(db, person) } : null;
  };
  return {
    ...real,
    callerIfAny,
    caller: async (request) => {
      const caller = await callerIfAny(request);
      if (caller === null) throw new Problem("session-missing", "Nobody is signed in", "Sign in.");
      return caller;
    },
  };
}

/** An answer: status and parsed body (problem documents too). */
export interface Answer<T> {
  readonly status: number;
  readonly body: T & { readonly code?: string; readonly detail?: string };
  readonly headers: Headers;
}

export interface World {
  readonly base: string;
  readonly url: string;
  readonly verifierKey: string;
  readonly news: Parameters<Notify>[0][];
  readonly db: Awaited<ReturnType<typeof openTestDatabase>>["db"];
  readonly blobRoot: string;
  readonly blobs: Awaited<ReturnType<typeof directoryBlobs>>;
  now: () => Date;
  person(): Promise<Person>;
  desk(deskFunction: string, organisation: string, members: readonly Person[]): Promise<Desk>;
  /** Header that lets in who is not signed in, for one dossier. */
  letIn(dossier: string): Promise<Record<string, string>>;
  call<T = object>(as: Person | null, method: string, path: string, body?: unknown): Promise<Answer<T>>;
  close(): Promise<void>;
}

/** How a world is opened; `migrations` are those of a service above the dossier. */
export interface WorldOptions {
  readonly limits?: Partial<UploadLimits>;
  readonly outside?: Outside;
  readonly migrations?: readonly StoreMigration[];
}

/** Opens a world with a server on a free port. */
export async function openWorld({ migrations = [], ...options }: WorldOptions = {}): Promise<World> {
  const database = await openTestDatabase([
    ...ledgerMigrations,
    ...directoryMigrations,
    ...dossierMigrations,
    ...storageMigrations,
    ...admissionMigrations,
    ...migrations,
  ]);
  await saveOrganisations(database.db, [{ id: "gm0000", name: "Demo", kind: "municipality", province: null, demonstration: true }]);
  const keys = await generateNoteKey("demo.example.nl/ledger");
  const sequencer = await openSequencer(database.db, { signerKey: keys.signerKey });
  const blobRoot = await mkdtemp(join(tmpdir(), "rugdekking-blobs-"));
  const blobs = await directoryBlobs(blobRoot);
  const news: Parameters<Notify>[0][] = [];
  const server = Fastify({ ajv: { customOptions: { coerceTypes: false, removeAdditional: false } } });
  server.setErrorHandler((error, _request, reply) => {
    const problem =
      error instanceof Problem
        ? error
        : error instanceof Error && "statusCode" in error && error.statusCode === 413
          ? new Problem("input-too-large", error.message, "")
          : error instanceof Error && "validation" in error
            ? new Problem("input-malformed", error.message, "")
            : null;
    if (problem === null) console.error(error);
    const document = (problem ?? new Problem("unavailable", String(error), "")).toDocument();
    return reply.code(document.status).type("application/problem+json").send(document);
  });
  const world: { now: () => Date } = { now: () => new Date() };
  const admission = testAdmission(database.db, { clock: () => world.now() });
  await server.register(admission.routes);
  await server.register(dossierRoutes, {
    db: database.db,
    admission,
    sequencer,
    blobs,
    workflows,
    notify: (one) => news.push(one),
    clock: () => world.now(),
    directory: questionsOf(database.db),
    erasure: { coolingDays: 7, retention: [], origin: testOrigin, elsewhere: async () => undefined },
    ...options,
  });
  const base = await server.listen({ port: 0, host: "127.0.0.1" });
  const registrar = await signKeyPair(generateSeed());
  const device = testDevice(() => base);
  const letIn = (dossier: string): Promise<Record<string, string>> => device({ purpose: "dossier", use: dossier });
  /** The dossier that a request without a session is for, when it needs a token. */
  const dossierOf = (body: unknown): string | null =>
    typeof body === "object" && body !== null && "dossier" in body && typeof body.dossier === "string" ? body.dossier : null;
  return Object.assign(world, {
    base,
    letIn,
    url: database.url,
    verifierKey: keys.verifierKey,
    news,
    db: database.db,
    blobRoot,
    blobs,
    person: async () => {
      const secrets = await newPerson();
      const person = await openPerson(secrets, secrets.card);
      const { card, hash } = await verifyPersonCard(secrets.card);
      await inTransaction(database.db, (trx) =>
        insertRegistration(trx, { card: secrets.card, handle: `${person.person}@example.nl`, mail: null, unlocks: [] }, card, hash),
      );
      return person;
    },
    desk: async (deskFunction: string, organisation: string, members: readonly Person[]) => {
      const id = newUuid();
      const { rotation } = await newDesk({
        desk: id,
        organisation,
        name: "Demo",
        function: deskFunction,
        registrar,
        members: members.map((member, index) => ({
          person: member.person,
          name: "Demo",
          office: "demo",
          lead: index === 0,
          sealPublicKey: member.seal.publicKey,
          signPublicKey: member.sign.publicKey,
        })),
      });
      const roster = readStatement(rotation.roster) as Roster;
      const desk: Desk = { id, organisation, function: deskFunction, epoch: 1, epochPublicKey: roster.epochPublicKey, members };
      const hash = await statementHash(rotation.roster);
      await inTransaction(database.db, async (trx) => {
        await claimDesk(trx, roster);
        await writeEpoch(trx, roster, hash, rotation);
      });
      return desk;
    },
    call: async <T>(as: Person | null, method: string, path: string, body?: unknown): Promise<Answer<T>> => {
      const token = as === null && method === "POST" ? dossierOf(body) : null;
      const response = await fetch(`${base}${path}`, {
        method,
        headers: {
          ...(token === null ? {} : await letIn(token)),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...(as === null ? {} : { "x-demo-person": as.person }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === "" ? {} : JSON.parse(text), headers: response.headers };
    },
    close: async () => {
      await server.close();
      await sequencer.stop();
      await database.close();
      await rm(blobRoot, { recursive: true, force: true });
    },
  });
}

/** A dossier as a test drives it; knows the key and the last link. */
export interface Drive {
  readonly id: string;
  readonly kind: DossierKind;
  readonly key: Uint8Array;
  readonly owner: Person;
  seq: number;
  hash: string | null;
  /** Newest body per kind. */
  readonly newest: Map<string, ItemReference>;
}

export const drive = (kind: DossierKind, owner: Person): Drive => ({
  id: newUuid(),
  kind,
  key: generateDossierKey(),
  owner,
  seq: 0,
  hash: null,
  newest: new Map(),
});

/** A hand-over to a desk or person. */
export async function grantOf(
  dossier: Drive,
  by: Person,
  role: DossierRole,
  to: Desk | Person,
  extra: { scope?: "dossier" | "channel"; items?: readonly string[]; consent?: string; until?: string; epoch?: number; id?: string } = {},
): Promise<GrantDelivery> {
  const target =
    "members" in to
      ? { id: to.id, key: to.epochPublicKey, to: { desk: to.id, epoch: extra.epoch ?? to.epoch } }
      : { id: to.person, key: to.seal.publicKey, to: { person: to.person } };
  const seal = (purpose: "dossier" | "channel" | "item", subject: string, secret: Uint8Array): Promise<string> =>
    handOver(secret, target.key, { purpose, subject, to: target.id });
  const digest = (sealed: string): Promise<string> => digestOf(new TextEncoder().encode(sealed));
  const sealed: Record<string, string> = {};
  let keys: GrantPayload["keys"];
  if (extra.items !== undefined) {
    const items: { item: string; digest: string }[] = [];
    for (const item of extra.items) {
      const one = await seal("item", `${dossier.id}/${item}`, generateDossierKey().slice(0, 16));
      sealed[item] = one;
      items.push({ item, digest: await digest(one) });
    }
    keys = { scope: "items", items };
  } else if (extra.scope === "channel") {
    const channel: Channel = "provision";
    sealed["channel:provision"] = await seal("channel", `${dossier.id}/${channel}`, dossier.key);
    keys = { scope: "channel", channel, digest: await digest(sealed["channel:provision"]) };
  } else {
    sealed["dossier"] = await seal("dossier", dossier.id, dossier.key);
    keys = { scope: "dossier", digest: await digest(sealed["dossier"]) };
  }
  const payload: GrantPayload = {
    grant: extra.id ?? newUuid(),
    dossier: dossier.id,
    role,
    to: target.to,
    by: by.person,
    keys,
    consent: extra.consent ?? null,
    until: extra.until ?? null,
    at: new Date().toISOString(),
  };
  return { statement: await signStatement(statementTypes.grant, payload, by.sign), sealed };
}

/** A consent of the owner. */
export async function consentOf(
  dossier: Drive,
  by: Person,
  desk: Desk,
  role: DossierRole,
  scope: ConsentPayload["scope"],
  until = new Date(Date.now() + 30 * 86_400_000),
  purpose: ConsentPayload["purpose"] = "security-scan",
): Promise<{ statement: Envelope; hash: string }> {
  const payload: ConsentPayload = {
    consent: newUuid(),
    dossier: dossier.id,
    by: by.person,
    to: { desk: desk.id, role },
    purpose,
    scope,
    until: until.toISOString(),
    at: new Date().toISOString(),
  };
  const statement = await signStatement(statementTypes.consent, payload, by.sign);
  return { statement, hash: await statementHash(statement) };
}

export interface EntryPlan {
  readonly kind: EntryKind;
  readonly action?: string;
  readonly role: DossierRole;
  readonly desk?: Desk;
  readonly grants?: readonly GrantDelivery[];
  readonly consents?: readonly Envelope[];
  readonly attachments?: readonly ItemReference[];
  readonly assignee?: string;
  readonly decides?: ItemReference;
  readonly cover?: string;
  readonly header?: Partial<EntryHeader>;
}

/** A signed submission for the next link; the drive moves on only with {@link accepted}. */
export async function submissionOf(dossier: Drive, author: Person, plan: EntryPlan): Promise<{ submission: Submission; header: EntryHeader }> {
  const item = newUuid();
  const sealed = await sealJson({ demo: plan.kind }, dossier.key, { dossier: dossier.id, item, channel: channelOf(workflows[dossier.kind], plan.kind) });
  const header: EntryHeader = {
    dossier: dossier.id,
    seq: dossier.seq + 1,
    previous: dossier.hash,
    kind: plan.kind,
    action: plan.action ?? null,
    author: { person: author.person, role: plan.role, desk: plan.desk?.id ?? null },
    at: new Date().toISOString(),
    ...(plan.assignee === undefined ? {} : { assignee: plan.assignee }),
    ...(plan.decides === undefined ? {} : { decides: plan.decides }),
    body: { item, digest: await digestOf(sealed), size: sealed.length },
    attachments: [...(plan.attachments ?? [])],
    ...plan.header,
  };
  const submission: Submission = {
    entry: await signStatement(statementTypes.entry, header, author.sign),
    body: Buffer.from(sealed).toString("base64url"),
    grants: [...(plan.grants ?? [])],
    consents: [...(plan.consents ?? [])],
  };
  return { submission: plan.cover === undefined ? submission : { ...submission, cover: plan.cover }, header };
}

const accepted = (dossier: Drive, header: EntryHeader, receipt: Receipt): void => {
  dossier.seq = receipt.seq;
  dossier.hash = receipt.entry;
  dossier.newest.set(header.kind, header.body);
};

/** Submits the next link and moves on when it was accepted. */
export async function submit(world: World, dossier: Drive, author: Person, plan: EntryPlan): Promise<Answer<Receipt>> {
  const { submission, header } = await submissionOf(dossier, author, plan);
  const answer = await world.call<Receipt>(author, "POST", `/api/v1/dossiers/${dossier.id}/entries`, submission);
  if (answer.status === 201) accepted(dossier, header, answer.body);
  return answer;
}

/** The request that opens a dossier. */
export async function openingOf(
  dossier: Drive,
  named: readonly { role: DossierRole; desk: Desk }[],
  extra: Partial<EntryPlan> & { guest?: boolean } = {},
): Promise<{ request: NewDossier; header: EntryHeader }> {
  const workflow: Workflow = workflows[dossier.kind];
  const grants = [await grantOf(dossier, dossier.owner, workflow.owner, dossier.owner)];
  const consents: Envelope[] = [];
  for (const { role, desk } of named) {
    const given = workflow.consentAlways === true ? await consentOf(dossier, dossier.owner, desk, role, { everything: true }) : null;
    if (given !== null) consents.push(given.statement);
    grants.push(await grantOf(dossier, dossier.owner, role, desk, given === null ? {} : { consent: given.hash }));
  }
  const { submission, header } = await submissionOf(dossier, dossier.owner, {
    kind: workflow.start.entry,
    role: workflow.owner,
    grants,
    consents,
    cover: Buffer.from("sealed demo cover").toString("base64url"),
    ...extra,
  });
  return {
    request: {
      dossier: dossier.id,
      kind: dossier.kind,
      organisation: "gm0000",
      guest: extra.guest === true ? dossier.owner.card : null,
      participants: named.map(({ role, desk }) => ({ role, desk: desk.id })),
      first: submission,
    },
    header,
  };
}

/** Opens a dossier and moves on when it was accepted. */
export async function open(
  world: World,
  dossier: Drive,
  named: readonly { role: DossierRole; desk: Desk }[],
  extra: Partial<EntryPlan> & { guest?: boolean } = {},
): Promise<Answer<Receipt>> {
  const { request, header } = await openingOf(dossier, named, extra);
  const answer = await world.call<Receipt>(extra.guest === true ? null : dossier.owner, "POST", "/api/v1/dossiers", request);
  if (answer.status === 201) accepted(dossier, header, answer.body);
  return answer;
}

export const view = async (world: World, dossier: Drive, as: Person): Promise<Answer<DossierView>> =>
  world.call<DossierView>(as, "GET", `/api/v1/dossiers/${dossier.id}`);
export const entries = async (world: World, dossier: Drive, as: Person): Promise<Answer<{ entries: EntryView[]; next: number | null }>> =>
  world.call(as, "GET", `/api/v1/dossiers/${dossier.id}/entries`);
export const headersOf = (views: readonly EntryView[]): EntryHeader[] => views.map(({ statement }) => readStatement(statement) as EntryHeader);
