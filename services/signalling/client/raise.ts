/** Raising a signal, and opening it again. Each consent is signed here, one per desk, each readable by itself and withdrawable. */
import {
  append,
  consent,
  openDossier,
  openNewDossier,
  prepareDossier,
  uploadAll,
  type AttachmentSource,
  type DossierEntry,
  type DossierHandle,
  type GrantPlan,
  type PreparedDossier,
  type SignedConsent,
  type UploadOptions,
  type Writer,
} from "#services/dossier/client/index.ts";
import type { Session, VerifiedDesk } from "#services/directory/client/index.ts";
import { SIGNAL_PURPOSE } from "#services/dossier/contract/bodies.ts";
import type { DossierRole, Receipt } from "#services/dossier/contract/index.ts";
import { deskFunctionOfRole } from "#services/dossier/workflow/enforce.ts";
import { Problem } from "#services/problem/index.ts";
import { signalBodies, type SharedItems, type SignalBody, type SignalContent, type SignalCover, type SignalKind } from "#services/signalling/contract/index.ts";
import { signal as workflow } from "#services/signalling/workflow/index.ts";

/** What the person tells; the rest is filled in. */
export type SignalDraft = Omit<SignalBody, "version" | "attachments" | "shared">;

/** Items of another dossier of the same person that go along. */
export interface SharedFrom {
  /** The opened report or scan they are in. */
  readonly handle: DossierHandle;
  readonly items: SharedItems["items"];
}

/** Roles a signal may be handed to, and their desks. The first of police and prosecution starts; see the workflow. */
export interface SignalDesks {
  /** RCCB of the police unit of the home address; null only when the road goes around the driehoek. */
  readonly police: string | null;
  /** The OM's adviser; consented to from the start, handed the signal's keys when the police weigh it serious (or at once when the road goes around). */
  readonly prosecution: string;
  readonly chiefProsecutor: string;
  /** The employer's safety desk, and after moving that of the new municipality as well. */
  readonly employers: readonly string[];
}

/** A signal to raise. */
export interface RaiseSignal extends UploadOptions {
  readonly writer: Writer;
  readonly draft: SignalDraft;
  readonly acute: boolean;
  readonly desks: SignalDesks;
  /** Employer of the office-holder; the tenant of the dossier. */
  readonly organisation: string;
  readonly shared?: readonly SharedFrom[];
  readonly attachments?: readonly AttachmentSource[];
  /** End of all consents, UTC; default one year from now. */
  readonly until?: string;
  readonly prepared?: PreparedDossier;
}

/** What raising gives. */
export interface RaisedSignal {
  readonly dossier: string;
  readonly receipt: Receipt;
  /** An earlier try had arrived: the dossier holds what was told then, not what was changed since. */
  readonly earlier: boolean;
}

const oneYear = (): string => {
  const end = new Date();
  end.setUTCFullYear(end.getUTCFullYear() + 1);
  return end.toISOString();
};

async function deskFor(writer: Writer, id: string, role: DossierRole): Promise<VerifiedDesk> {
  const desk = await writer.trust.desk(id);
  if (desk.function !== deskFunctionOfRole[role])
    throw new Problem(
      "role-forbidden",
      `Desk ${desk.name} is a ${desk.function} by its signed roster and cannot be ${role}`,
      "Choose another desk; nothing was sent.",
    );
  return desk;
}

/** A desk that takes part, with its consent. */
interface Part {
  readonly role: DossierRole;
  readonly desk: VerifiedDesk;
  readonly consent: SignedConsent;
  /** Receives the key at once. */
  readonly now: boolean;
}

/**
 * Raises a signal: verifies every desk, signs a consent for each (purpose, recipient, end), hands the key to who starts and to the employers, and shares the chosen items in their own dossier.
 * The items are shared before the signal is raised, so that a desk that opens it finds them; when raising fails they stay shared and a second try shares nothing twice.
 * @throws {@link Problem} signature-invalid or role-forbidden when a desk is not what it should be; upload and server codes.
 */
export async function raiseSignal(given: RaiseSignal): Promise<RaisedSignal> {
  const { writer, desks } = given;
  const { around } = given.draft.route;
  if (!around && desks.police === null) throw new Problem("requirement-missing", "A signal begins with the police", "Choose the desk of the police unit.");
  const prepared = given.prepared ?? prepareDossier();
  const until = given.until ?? oneYear();
  const part = async (role: DossierRole, id: string, now: boolean): Promise<Part> => {
    const desk = await deskFor(writer, id, role);
    const signed = await consent(writer, {
      dossier: prepared.dossier,
      to: { desk: desk.id, role },
      purpose: "signal",
      scope: { everything: true },
      until,
    });
    return { role, desk, consent: signed, now };
  };
  const parts = await Promise.all([
    ...(desks.police === null ? [] : [part("police", desks.police, !around)]),
    part("prosecution", desks.prosecution, around),
    part("chief-prosecutor", desks.chiefProsecutor, false),
    ...desks.employers.map((id) => part("safety-desk", id, true)),
  ]);
  const shared = await shareAll(given.shared ?? [], parts, until);
  const { references, notes } = await uploadAll(
    writer.connection,
    { dossier: prepared.dossier, channel: "main" },
    given.attachments ?? [],
    prepared.key,
    given,
  );
  const body: SignalBody = { ...given.draft, version: 1, shared, attachments: notes };
  const cover: SignalCover = {
    version: 1,
    title: `${body.name}, ${body.organisationName}`.slice(0, 120),
    name: body.name.slice(0, 120),
    function: body.function,
    urgency: given.acute ? "acute" : "normal",
    unit: body.route.unit,
    steps: [{ phase: around ? "raised-around" : "raised", at: new Date().toISOString() }],
  };
  const { receipt, earlier } = await openNewDossier(writer, prepared, {
    kind: "signal",
    workflow,
    organisation: given.organisation,
    urgency: cover.urgency,
    body,
    cover,
    attachments: references,
    consents: parts.map((one) => one.consent),
    grants: parts
      .filter(({ now }) => now)
      .map(({ role, desk, consent: { hash } }): GrantPlan => ({ role, desk: desk.id, keys: { scope: "dossier" }, consent: hash, until: null })),
  });
  return { dossier: prepared.dossier, receipt, earlier };
}

/**
 * Shares the chosen items with who starts, under a consent of its own in the dossier they are in. Whoever gets the signal later gets them when the person says so then ({@link shareAlong} in
 * answers.ts): nobody holds evidence of a signal that never came to them. @throws {@link Problem} role-forbidden (not the owner).
 */
async function shareAll(sources: readonly SharedFrom[], parts: readonly Part[], until: string): Promise<SharedItems[]> {
  const readers = parts.filter(({ role, now }) => now && role !== "safety-desk");
  const shared: SharedItems[] = [];
  for (const { handle, items } of sources) {
    const { kind } = handle;
    if (kind !== "report" && kind !== "scan") throw new Problem("requirement-missing", "Items are shared from a report or a scan", "Choose another dossier.");
    for (const { desk } of readers)
      await shareItems(
        handle,
        items.map(({ item }) => item),
        desk,
        until,
      );
    shared.push({ dossier: handle.id, kind, items: items.filter(({ item }, at) => items.findIndex((other) => other.item === item) === at) });
  }
  return shared;
}

/** Shares items of one dossier with one desk; does nothing when a standing consent reaches them already. @returns whether anything was shared. @throws {@link Problem} role-forbidden (not the owner). */
export async function shareItems(handle: DossierHandle, items: readonly string[], desk: VerifiedDesk, until: string): Promise<boolean> {
  const ids = [...new Set(items)];
  if (alreadyShared(handle, desk.id, ids, until)) return false;
  const signed = await consent(handle.session, {
    dossier: handle.id,
    to: { desk: desk.id, role: "consulted" },
    purpose: "signal",
    scope: { items: ids },
    until,
  });
  await append(handle, {
    kind: "referral",
    body: { version: 1, to: { desk: desk.id, name: desk.name.slice(0, 400) }, purpose: SIGNAL_PURPOSE, items: ids, until },
    consents: [signed],
    grants: [{ role: "consulted", desk: desk.id, keys: { scope: "items", items: await handle.sharedItems(ids) }, consent: signed.hash, until }],
  });
  return true;
}

/** Whether a standing consent to this desk reaches these items already. */
export function alreadyShared(handle: DossierHandle, desk: string, items: readonly string[], until: string): boolean {
  return handle.consents.some(
    ({ to, scope, withdrawn, purpose, until: end }) =>
      to.desk === desk &&
      purpose === "signal" &&
      withdrawn === null &&
      Date.parse(end) >= Date.parse(until) - 86_400_000 &&
      "items" in scope &&
      items.every((item) => scope.items.includes(item)),
  );
}

/** Opens a signal dossier; see `openDossier`. @throws {@link Problem} not-found for a dossier of another kind. */
export const openSignal = (session: Session, id: string): Promise<DossierHandle> => openDossier(session, id, { signal: workflow });

const isSignalKind = (kind: string): kind is SignalKind => Object.hasOwn(signalBodies, kind);

/**
 * Opens the body of an entry, with its kind to switch on.
 * @throws {@link Problem} role-forbidden (no key), digest-mismatch, input-malformed.
 */
export async function readSignal(handle: DossierHandle, entry: DossierEntry): Promise<SignalContent> {
  const { kind } = entry.header;
  if (!isSignalKind(kind)) throw new Problem("input-malformed", `An entry of kind ${kind} does not belong in a signal`, "Tell whoever runs this server.");
  switch (kind) {
    case "signal":
      return { kind, body: await handle.readBody(entry, signalBodies.signal) };
    case "receipt":
      return { kind, body: await handle.readBody(entry, signalBodies.receipt) };
    case "weighing":
      return { kind, body: await handle.readBody(entry, signalBodies.weighing) };
    case "redirection":
      return { kind, body: await handle.readBody(entry, signalBodies.redirection) };
    case "decision":
      return { kind, body: await handle.readBody(entry, signalBodies.decision) };
    case "provisional":
      return { kind, body: await handle.readBody(entry, signalBodies.provisional) };
    case "feedback":
      return { kind, body: await handle.readBody(entry, signalBodies.feedback) };
    case "registration":
      return { kind, body: await handle.readBody(entry, signalBodies.registration) };
    case "outcome":
      return { kind, body: await handle.readBody(entry, signalBodies.outcome) };
    case "message":
      return { kind, body: await handle.readBody(entry, signalBodies.message) };
    case "evidence":
      return { kind, body: await handle.readBody(entry, signalBodies.evidence) };
    case "withdrawal":
      return { kind, body: await handle.readBody(entry, signalBodies.withdrawal) };
    case "timestamp":
      return { kind, body: await handle.readBody(entry, signalBodies.timestamp) };
  }
}
