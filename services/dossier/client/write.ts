/** Writes entries: seals, signs, sends; signs again when someone else was first, hands over again when a desk rotated. Called by the reporting and scanning clients. */
import { generateDossierKey, newUuid, sealJson, signStatement } from "@rugdekking/seal";
import { digestOf, statementHash, type Envelope } from "@rugdekking/seal/verify";
import { base64urlnopad } from "@scure/base";
import type { Session } from "#services/directory/client/index.ts";
import {
  Receipt,
  statementTypes,
  type Channel,
  type DossierKind,
  type DossierRole,
  type EntryHeader,
  type EntryKind,
  type GrantDelivery,
  type ItemReference,
  type NewDossier,
  type Submission,
} from "#services/dossier/contract/index.ts";
import { channelOf, type Workflow } from "#services/dossier/workflow/define.ts";
import { deskFunctionOfRole } from "#services/dossier/workflow/enforce.ts";
import { Problem } from "#services/problem/index.ts";
import { coverPlace, type DossierHandle } from "./handle.ts";
import { answerChannel, type KeyRing } from "./keys.ts";
import { checkReceipt } from "./receipts.ts";
import { grantChannel, grantDossier, grantItems, type GrantTerms, type SharedItem, type SignedConsent } from "./sharing.ts";
import { pause } from "./upload.ts";

/** A hand-over as it is meant; sealed to the desk's verified present epoch at the moment it is sent. */
export interface GrantPlan {
  readonly role: DossierRole;
  /** Desk id. */
  readonly desk: string;
  readonly keys:
    | { readonly scope: "dossier" }
    | { readonly scope: "channel"; readonly channel: Channel }
    | { readonly scope: "items"; readonly items: readonly SharedItem[] }
    /** The body of the very entry the hand-over comes with, and nothing else. */
    | { readonly scope: "body" };
  /** Statement hash of the consent, or null when the owner hands over in person. */
  readonly consent: string | null;
  readonly until: string | null;
}

/** An entry to add. */
export interface NewEntry {
  readonly kind: EntryKind;
  /** Workflow action it performs; left out: none. */
  readonly action?: string | null;
  /** The sealed body, a JSON value of at most about 180 kB. */
  readonly body: unknown;
  /** Id of the body's item, where the body itself must know it; left out: a fresh one. */
  readonly item?: string;
  /** Uploaded before, under the channel of this kind. */
  readonly attachments?: readonly ItemReference[];
  readonly grants?: readonly GrantPlan[];
  readonly consents?: readonly SignedConsent[];
  /** New words for the worklist. Only who holds the dossier key can change them. */
  readonly cover?: unknown;
  readonly assignee?: string;
  readonly decides?: ItemReference;
  /** Item id of the request this answers; sealed under that request's key ([Note: Key of an answer]). */
  readonly answers?: string;
}

const tries = 5;
const bodyLimit = 256 * 1024;
const coverLimit = 8 * 1024;

interface SealedBody {
  readonly reference: ItemReference;
  readonly text: string;
}

async function sealBody(body: unknown, key: Uint8Array, dossier: string, channel: string, item: string = newUuid()): Promise<SealedBody> {
  const sealed = await sealJson(body, key, { dossier, item, channel });
  if (sealed.length > bodyLimit)
    throw new Problem("input-too-large", `The entry is ${sealed.length} bytes once sealed, at most ${bodyLimit}`, "Add the long part as a file.");
  return { reference: { item, digest: await digestOf(sealed), size: sealed.length }, text: base64urlnopad.encode(sealed) };
}

/** Seals a cover for {@link coverPlace}; base64url. @throws {@link Problem} input-too-large */
export async function sealCover(cover: unknown, dossierKey: Uint8Array, dossier: string): Promise<string> {
  const sealed = await sealJson(cover, dossierKey, coverPlace(dossier));
  if (sealed.length > coverLimit)
    throw new Problem("input-too-large", `The cover is ${sealed.length} bytes once sealed, at most ${coverLimit}`, "Use fewer words.");
  return base64urlnopad.encode(sealed);
}

/** Who writes: a session, or a guest who has none yet. */
export type Writer = Pick<Session, "connection" | "trust" | "person" | "guest">;

async function deliverPlan(writer: Writer, dossier: string, plan: GrantPlan, keys: KeyRing, at: string): Promise<GrantDelivery> {
  const desk = await writer.trust.desk(plan.desk);
  const wanted = deskFunctionOfRole[plan.role];
  if (wanted === undefined || (wanted !== null && desk.function !== wanted)) {
    throw new Problem(
      "role-forbidden",
      `Desk ${desk.name} is a ${desk.function} by its signed roster and cannot be ${plan.role}`,
      "Choose another desk; nothing was handed over.",
    );
  }
  const terms: GrantTerms = { dossier, role: plan.role, to: { desk }, consent: plan.consent, until: plan.until, at };
  if (plan.keys.scope === "items") return grantItems(writer, terms, plan.keys.items, keys);
  if (plan.keys.scope === "body") throw new Problem("role-forbidden", "A body is handed over with the entry it belongs to", "Name the item.");
  const channel = plan.keys.scope === "channel" ? plan.keys.channel : "main";
  const key = plan.keys.scope === "channel" ? keys.channels.get(channel) : keys.dossierKey;
  if (key === null || key === undefined)
    throw new Problem("role-forbidden", "You do not hold the key you want to hand over", "Ask the person whose dossier it is.");
  return plan.keys.scope === "channel" ? grantChannel(writer, terms, channel, key) : grantDossier(writer, terms, key);
}

/**
 * Role and desk in which the reader may do this now, from the workflow table and the roles the server lists.
 * @throws {@link Problem} role-forbidden, phase-forbidden
 */
export function authorFor(handle: DossierHandle, kind: EntryKind, action: string | null): EntryHeader["author"] {
  const { view, workflow, session } = handle;
  const rule = action === null ? workflow.entries[kind] : workflow.phases[view.phase]?.[action];
  if (rule === undefined)
    throw new Problem(
      "phase-forbidden",
      action === null ? `An entry of kind ${kind} needs an action` : `There is no action ${action} in phase ${view.phase}`,
      "Read the dossier again.",
    );
  const { person } = session.person;
  for (const role of rule.by) {
    if (!view.roles.includes(role)) continue;
    if (role === workflow.owner) return { person, role, desk: null };
    const own = view.participants.find(
      (one) => one.role === role && one.desk !== null && session.desks.includes(one.desk) && (one.person === null || one.person === person),
    );
    if (own !== undefined) return { person, role, desk: own.desk };
  }
  throw new Problem("role-forbidden", `Your role may not ${action ?? `write ${kind}`} in phase ${view.phase}`, "Ask someone who may.");
}

/**
 * Adds an entry. When someone else was first (chain-broken) the new entries are read and verified and the entry is signed again, at most five times;
 * when a desk rotated meanwhile (epoch-stale) its roster is verified and the keys are handed over again; when the answer is lost the same envelope is sent again, which
 * the server answers with the same receipt. The receipt is checked against the pinned log before this returns.
 * @returns the checked receipt; the handle has been refreshed.
 * @throws {@link Problem} what the server says, signature-invalid when its receipt does not verify.
 */
export async function append(handle: DossierHandle, entry: NewEntry): Promise<Receipt> {
  const { session, id } = handle;
  const action = entry.action ?? null;
  const channel = channelOf(handle.workflow, entry.kind);
  const key = entry.answers === undefined ? handle.keys.channels.get(channel) : await handle.answerKey(entry.answers);
  if (key === undefined || key === null)
    throw new Problem("role-forbidden", `You hold no key to the channel ${channel} of this dossier`, "Ask the person whose dossier it is.");
  const body = await sealBody(entry.body, key, id, entry.answers === undefined ? channel : answerChannel, entry.item);
  const cover = entry.cover === undefined || handle.keys.dossierKey === null ? undefined : await sealCover(entry.cover, handle.keys.dossierKey, id);
  const own: SharedItem = { item: body.reference.item, channel, header: base64urlnopad.decode(body.text) };
  const plans = (entry.grants ?? []).map((plan): GrantPlan => (plan.keys.scope === "body" ? { ...plan, keys: { scope: "items", items: [own] } } : plan));
  const grants = (at: string): Promise<GrantDelivery[]> => Promise.all(plans.map((plan) => deliverPlan(session, id, plan, handle.keys, at)));
  for (let attempt = 1; ; attempt += 1) {
    const author = authorFor(handle, entry.kind, action);
    const at = await handle.statedTime(author.desk);
    const header: EntryHeader = {
      dossier: id,
      seq: handle.view.lastSeq + 1,
      previous: handle.view.lastHash,
      kind: entry.kind,
      action,
      author,
      at,
      ...(entry.assignee === undefined ? {} : { assignee: entry.assignee }),
      ...(entry.decides === undefined ? {} : { decides: entry.decides }),
      ...(entry.answers === undefined ? {} : { answers: entry.answers }),
      body: body.reference,
      attachments: [...(entry.attachments ?? [])],
    };
    const submission = await submissionOf(session, header, body, { grants: await grants(at), consents: entry.consents ?? [], cover });
    try {
      const receipt = await send(session, `/api/v1/dossiers/${id}/entries`, submission, submission.entry, header);
      await handle.refresh();
      return receipt;
    } catch (error) {
      const again = error instanceof Problem && (error.code === "chain-broken" || error.code === "epoch-stale");
      if (!again || attempt === tries) throw error;
      await handle.refresh();
    }
  }
}

async function submissionOf(
  writer: Writer,
  header: EntryHeader,
  body: SealedBody,
  rest: { readonly grants: GrantDelivery[]; readonly consents: readonly SignedConsent[]; readonly cover: string | undefined },
): Promise<Submission> {
  const entry = await signStatement(statementTypes.entry, header, writer.person.sign);
  const submission: Submission = { entry, body: body.text, grants: rest.grants, consents: rest.consents.map(({ statement }) => statement) };
  return rest.cover === undefined ? submission : { ...submission, cover: rest.cover };
}

/** Sends; a lost answer means the same bytes again. @throws {@link Problem} */
async function send(
  writer: Writer,
  path: string,
  body: unknown,
  entry: Envelope,
  header: EntryHeader,
  admission?: { readonly use: string; readonly desk: string | undefined },
): Promise<Receipt> {
  const waits = [300, 1_000, 3_000];
  for (let attempt = 0; ; attempt += 1) {
    try {
      const receipt = await writer.connection.post(path, body, Receipt, { admission });
      const hash = await statementHash(entry);
      if (receipt.entry !== hash || receipt.dossier !== header.dossier || receipt.seq !== header.seq)
        throw new Problem("signature-invalid", "The server gave the receipt of another entry", "Read the dossier again to see whether yours is there.");
      await checkReceipt(receipt, await writer.trust.anchor());
      return receipt;
    } catch (error) {
      const wait = waits[attempt];
      if (!(error instanceof Problem) || error.code !== "unavailable" || wait === undefined) throw error;
      await pause(wait);
    }
  }
}

/** A dossier to open. Make id and key first ({@link prepareDossier}): attachments are sealed and uploaded before. */
export interface PreparedDossier {
  readonly dossier: string;
  readonly key: Uint8Array;
  /** Openings that were sent and not answered, newest last: one of them may have arrived. Only {@link openNewDossier} touches it. */
  readonly unanswered: UnansweredOpening[];
}

interface UnansweredOpening {
  /** What the person told, to see whether they changed it since. */
  readonly told: string;
  readonly request: NewDossier;
  readonly header: EntryHeader;
}

/** A dossier that stands. */
export interface OpenedDossier {
  /** Checked against the pinned log. */
  readonly receipt: Receipt;
  /** An earlier try had arrived although its answer was lost: the dossier holds what was told then, and not what was changed after it. */
  readonly earlier: boolean;
}

/** A fresh dossier id and key; nothing is sent. */
export const prepareDossier = (): PreparedDossier => ({ dossier: newUuid(), key: generateDossierKey(), unanswered: [] });

/** The first entry and everything around it. */
export interface FirstEntry {
  readonly kind: DossierKind;
  readonly workflow: Workflow;
  /** Employer's organisation; the tenant. */
  readonly organisation: string;
  readonly urgency?: "acute" | "normal";
  readonly body: unknown;
  readonly cover: unknown;
  readonly attachments?: readonly ItemReference[];
  readonly grants: readonly GrantPlan[];
  readonly consents?: readonly SignedConsent[];
}

/** What a person told, to whom and until when; files by what is in them, for another try gives them other ids. */
function toldIn({ person }: Writer["person"], first: FirstEntry): string {
  const { kind, organisation, urgency, body, grants, consents = [] } = first;
  const fresh = new Set((first.attachments ?? []).map(({ item }) => item));
  const handed = grants.map(({ role, desk }) => [role, desk]);
  return JSON.stringify([person, kind, organisation, urgency ?? null, body, handed, consents.map(({ terms }) => terms)], (_, value: unknown) =>
    typeof value === "string" && fresh.has(value) ? undefined : value,
  );
}

/**
 * Sees to it that a guest has a token before anything of the dossier is sent: files first, then the opening, all on the same one. Whoever has an account needs none. Safe to call again.
 * @param progress how far the work for it is, 0 to 1; nothing is told when a token lies ready
 * @throws {@link Problem} of the server; the abort reason.
 */
export async function admitGuest(
  writer: Pick<Writer, "connection" | "guest">,
  dossier: string,
  desk: string | undefined,
  options: { readonly signal?: AbortSignal | undefined; readonly onWork?: ((share: number) => void) | undefined } = {},
): Promise<void> {
  if (!writer.guest) return;
  const purse = await writer.connection.purse();
  const end = purse.watch((working) => (working === null ? undefined : options.onWork?.(working)));
  try {
    await purse.keep({ purpose: "dossier", use: dossier, desk: desk ?? null, signal: options.signal });
  } finally {
    end();
  }
}

/** Sends an opening and remembers it until the server said yes or no. @throws {@link Problem} */
async function sendOpening(writer: Writer, prepared: PreparedDossier, opening: UnansweredOpening): Promise<Receipt> {
  const { unanswered } = prepared;
  if (!unanswered.includes(opening)) unanswered.push(opening);
  try {
    const admission = { use: prepared.dossier, desk: opening.request.participants[0]?.desk };
    return await send(writer, "/api/v1/dossiers", opening.request, opening.request.first.entry, opening.header, admission);
  } catch (error) {
    // A refusal is an answer; a receipt that does not verify is none.
    if (error instanceof Problem && error.code !== "unavailable" && error.code !== "signature-invalid") unanswered.splice(unanswered.indexOf(opening), 1);
    throw error;
  }
}

const isRefusal = (error: unknown, ...codes: readonly Problem["code"][]): boolean => error instanceof Problem && codes.includes(error.code);

/** The try that arrived, newest first: the server answers the same bytes with the same receipt. @throws the refusal when it was none of them. */
async function findArrived(writer: Writer, prepared: PreparedDossier, refusal: unknown): Promise<Receipt> {
  for (const opening of prepared.unanswered.toReversed()) {
    try {
      return await sendOpening(writer, prepared, opening);
    } catch (error) {
      if (!isRefusal(error, "already-there")) throw error;
    }
  }
  throw refusal;
}

/**
 * Opens a dossier: own copy of the key, hand-overs, consents and first entry in one submission.
 *
 * [Note: A lost answer] An opening may have arrived although nobody heard so. Signed anew it is another entry under an id that is taken, and the server refuses it; a guest would then lose the code to a dossier that
 * stands. So what was sent without an answer stays in {@link PreparedDossier}: the same words go again as the same bytes, and when the words were changed and the id turns out to be taken, the bytes that took it
 * are sent again for their receipt.
 * @throws {@link Problem} as {@link append}.
 */
export async function openNewDossier(writer: Writer, prepared: PreparedDossier, first: FirstEntry): Promise<OpenedDossier> {
  const { dossier, key } = prepared;
  await admitGuest(writer, dossier, first.grants[0]?.desk);
  const told = toldIn(writer.person, first);
  const same = prepared.unanswered.findLast((opening) => opening.told === told);
  if (same !== undefined) {
    try {
      return { receipt: await sendOpening(writer, prepared, same), earlier: false };
    } catch (error) {
      // Not arrived, and no longer acceptable as it is (a desk rotated): signed anew below. Or another try took the id: found below.
      if (!isRefusal(error, "epoch-stale", "already-there", "statement-mismatch")) throw error;
    }
  }
  const { workflow } = first;
  const { person, seal } = writer.person;
  const body = await sealBody(first.body, key, dossier, "main");
  const cover = await sealCover(first.cover, key, dossier);
  const keys: KeyRing = { dossierKey: key, channels: new Map([["main", key]]), items: new Map() };
  const header: EntryHeader = {
    dossier,
    seq: 1,
    previous: null,
    kind: workflow.start.entry,
    action: null,
    author: { person, role: workflow.owner, desk: null },
    at: new Date().toISOString(),
    ...(first.urgency === undefined ? {} : { urgency: first.urgency }),
    body: body.reference,
    attachments: [...(first.attachments ?? [])],
  };
  for (let attempt = 1; ; attempt += 1) {
    const own = await grantDossier(writer, { dossier, role: workflow.owner, to: { person, sealPublicKey: seal.publicKey }, consent: null, until: null }, key);
    const handed = await Promise.all(first.grants.map((plan) => deliverPlan(writer, dossier, plan, keys, header.at)));
    const submission = await submissionOf(writer, header, body, { grants: [own, ...handed], consents: first.consents ?? [], cover });
    const request: NewDossier = {
      dossier,
      kind: first.kind,
      organisation: first.organisation,
      guest: writer.guest ? writer.person.card : null,
      participants: first.grants.map(({ role, desk }) => ({ role, desk })),
      first: submission,
    };
    try {
      return { receipt: await sendOpening(writer, prepared, { told, request, header }), earlier: false };
    } catch (error) {
      if (isRefusal(error, "already-there")) return { receipt: await findArrived(writer, prepared, error), earlier: true };
      if (!isRefusal(error, "epoch-stale") || attempt === tries) throw error;
    }
  }
}
