/** The steps of a report after it was filed, one function each; the workflow table says who may take which. */
import { append, consent, uploadAll, type AttachmentSource, type DossierHandle, type UploadOptions } from "#services/dossier/client/index.ts";
import type { AttachmentNote, EvidenceBody, MessageBody, ReferralBody, WithdrawalBody } from "#services/dossier/contract/bodies.ts";
import type { ItemReference, Receipt } from "#services/dossier/contract/index.ts";
import { leaveFact } from "#services/figures/contract/sink.ts";
import { Problem } from "#services/problem/index.ts";
import { ReportCover, type ActionBody, type NormTestBody, type OutcomeBody, type SeriousnessBody } from "#services/reporting/contract/index.ts";
import { withRecords } from "./captures.ts";
import { closedFact } from "./facts.ts";

/** Files that go along with a step. */
export interface Additions extends UploadOptions {
  readonly attachments?: readonly AttachmentSource[];
}

async function upload(handle: DossierHandle, additions: Additions): Promise<{ references: ItemReference[]; notes: AttachmentNote[] }> {
  const sources = additions.attachments ?? [];
  if (sources.length === 0) return { references: [], notes: [] };
  const key = handle.keys.channels.get("main");
  if (key === undefined) throw new Problem("role-forbidden", "You do not hold the key of this dossier", "Ask the person whose dossier it is.");
  return uploadAll(handle.session.connection, { dossier: handle.id, channel: "main" }, await withRecords(sources), key, additions);
}

async function coverAfterMessage(handle: DossierHandle, text: string): Promise<ReportCover | undefined> {
  const cover = await handle.readCover(ReportCover);
  if (cover === null) return undefined;
  const words = text.trim().replace(/\s+/g, " ");
  return {
    ...cover,
    lastMessage: { words: words.length <= 120 ? words : `${words.slice(0, 119)}…`, by: handle.mine ? "reporter" : "desk", at: new Date().toISOString() },
  };
}

async function message(handle: DossierHandle, action: string | null, text: string, additions: Additions): Promise<Receipt> {
  const { references, notes } = await upload(handle, additions);
  const body: MessageBody = { version: 1, text, attachments: notes };
  return append(handle, { kind: "message", action, body, attachments: references, cover: await coverAfterMessage(handle, text) });
}

/** The desk takes it up, with a first word to the reporter. @throws {@link Problem} role-forbidden, phase-forbidden (someone else did). */
export const takeUp = (handle: DossierHandle, text: string, additions: Additions = {}): Promise<Receipt> => message(handle, "take-up", text, additions);

/** A message, either way. @throws {@link Problem} role-forbidden. */
export const sendMessage = (handle: DossierHandle, text: string, additions: Additions = {}): Promise<Receipt> => message(handle, null, text, additions);

/** Opens a closed report again. @throws {@link Problem} phase-forbidden unless closed. */
export const reopenReport = (handle: DossierHandle, text: string): Promise<Receipt> => message(handle, "reopen", text, {});

/** More evidence. @throws {@link Problem} role-forbidden, upload codes. */
export async function addEvidence(handle: DossierHandle, note: string, additions: Additions): Promise<Receipt> {
  const { references, notes } = await upload(handle, additions);
  const body: EvidenceBody = { version: 1, note, attachments: notes };
  return append(handle, { kind: "evidence", body, attachments: references });
}

/** The norm test; the first one starts the work (action `start`). @throws {@link Problem} role-forbidden, phase-forbidden. */
export const recordNormTest = (handle: DossierHandle, body: Omit<NormTestBody, "version">): Promise<Receipt> =>
  append(handle, { kind: "norm-test", action: handle.view.phase === "taken-up" ? "start" : null, body: { ...body, version: 1 } satisfies NormTestBody });

/** How serious the desk judges it. @throws {@link Problem} role-forbidden, phase-forbidden. */
export const recordSeriousness = (handle: DossierHandle, body: Omit<SeriousnessBody, "version">): Promise<Receipt> =>
  append(handle, { kind: "seriousness", body: { ...body, version: 1 } satisfies SeriousnessBody });

type WithoutFixed<T> = T extends unknown ? Omit<T, "version" | "attachments"> : never;

/**
 * Something the desk did. `step` also moves the report: `wait` (for someone else) or `resume`.
 * @throws {@link Problem} role-forbidden, phase-forbidden.
 */
export async function recordAction(
  handle: DossierHandle,
  action: WithoutFixed<ActionBody>,
  options: Additions & { readonly step?: "wait" | "resume" } = {},
): Promise<Receipt> {
  const { references, notes } = await upload(handle, options);
  const body: ActionBody = { ...action, version: 1, attachments: notes };
  return append(handle, { kind: "action", action: options.step ?? null, body, attachments: references });
}

/** Closes with an outcome and feedback to the reporter. @throws {@link Problem} requirement-missing when no message was sent before. */
export async function closeReport(handle: DossierHandle, body: Omit<OutcomeBody, "version">): Promise<Receipt> {
  const receipt = await append(handle, { kind: "outcome", action: "close", body: { ...body, version: 1 } satisfies OutcomeBody });
  leaveFact(async () => ({
    dossier: handle.id,
    person: handle.session.person.person,
    organisation: handle.view.organisation,
    fact: await closedFact(handle),
  }));
  return receipt;
}

/** The reporter ends it; no reason is needed. @throws {@link Problem} role-forbidden. */
export const withdrawReport = (handle: DossierHandle, reason = ""): Promise<Receipt> =>
  append(handle, { kind: "withdrawal", action: "withdraw", body: { version: 1, reason } satisfies WithdrawalBody });

/** What is shared, with whom, what for and until when. */
export interface Sharing {
  /** Desk that is consulted; verified before anything is sealed to it. */
  readonly desk: string;
  /** Item ids, as in `handle.items()`: three of ten items means three keys. */
  readonly items: readonly string[];
  readonly purpose: string;
  /** UTC moment after which the server gives nothing more. */
  readonly until: string;
}

/**
 * The reporter shares named items with another desk: a signed consent, one key per item, and a referral entry, in one submission.
 * @throws {@link Problem} role-forbidden (only the owner), not-found (item), signature-invalid (desk).
 */
export async function shareItems(handle: DossierHandle, sharing: Sharing): Promise<Receipt> {
  const desk = await handle.session.trust.desk(sharing.desk);
  const items = [...new Set(sharing.items)];
  const signed = await consent(handle.session, {
    dossier: handle.id,
    to: { desk: desk.id, role: "consulted" },
    purpose: "consultation",
    scope: { items },
    until: sharing.until,
  });
  const body: ReferralBody = { version: 1, to: { desk: desk.id, name: desk.name.slice(0, 400) }, purpose: sharing.purpose, items, until: sharing.until };
  return append(handle, {
    kind: "referral",
    body,
    consents: [signed],
    grants: [
      { role: "consulted", desk: desk.id, keys: { scope: "items", items: await handle.sharedItems(items) }, consent: signed.hash, until: sharing.until },
    ],
  });
}
