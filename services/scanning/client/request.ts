/** Asking for a scan, and opening it again. All consents of the road are signed here, up front, each readable by itself and withdrawable. */
import type { Session } from "#services/directory/client/index.ts";
import {
  consent,
  openDossier,
  openNewDossier,
  prepareDossier,
  uploadAll,
  type AttachmentSource,
  type DossierEntry,
  type DossierHandle,
  type PreparedDossier,
  type UploadOptions,
} from "#services/dossier/client/index.ts";
import type { Receipt } from "#services/dossier/contract/index.ts";
import { functionClassOf } from "#services/figures/contract/facts.ts";
import { leaveFact } from "#services/figures/contract/sink.ts";
import { Problem } from "#services/problem/index.ts";
import { scanBodies, type RequestBody, type ScanContent, type ScanCover, type ScanKind } from "#services/scanning/contract/index.ts";
import { scan as workflow } from "#services/scanning/workflow/index.ts";

/** What the person answers; version and attachments are filled in. */
export type RequestDraft = Omit<RequestBody, "version" | "attachments">;

/** A scan to ask for. */
export interface ScanRequest extends UploadOptions {
  readonly request: RequestDraft;
  /** Desks of the road; each is verified before anything is sealed or consented to. */
  readonly desks: { readonly expert: string; readonly authority: string; readonly employer: string };
  /** End of the three consents, UTC; default two years from now. */
  readonly until?: string;
  readonly attachments?: readonly AttachmentSource[];
  /** Give the same again to go on after a failure. */
  readonly prepared?: PreparedDossier;
}

/** What asking gives. */
export interface RequestedScan {
  readonly dossier: string;
  readonly receipt: Receipt;
  /** An earlier try had arrived: the dossier holds what was told then, not what was changed since. */
  readonly earlier: boolean;
}

const twoYears = (): string => {
  const end = new Date();
  end.setUTCFullYear(end.getUTCFullYear() + 2);
  return end.toISOString();
};

/** The few words the desks see of a request. */
export const coverOf = (request: Pick<RequestBody, "name" | "function" | "organisationName" | "homeMunicipality">): ScanCover => ({
  version: 1,
  title: `${request.name}, ${request.organisationName}`.slice(0, 120),
  name: request.name.slice(0, 120),
  function: request.function,
  organisationName: request.organisationName.slice(0, 120),
  visit: null,
  town: request.homeMunicipality.slice(0, 120),
});

/**
 * Asks for a scan: consents for expert desk (everything), authority (everything) and employer (only what is to be provided), key to the expert desk, request.
 * @throws {@link Problem} signature-invalid or role-forbidden when a desk is not what it should be; upload and server codes.
 */
export async function requestScan(session: Session, given: ScanRequest): Promise<RequestedScan> {
  const { trust } = session;
  const [expert, authority, employer] = await Promise.all([
    trust.desk(given.desks.expert),
    trust.desk(given.desks.authority),
    trust.desk(given.desks.employer),
  ]);
  for (const [desk, wanted] of [
    [expert, "expert-desk"],
    [authority, "authority"],
    [employer, "employer"],
  ] as const) {
    if (desk.function !== wanted)
      throw new Problem(
        "role-forbidden",
        `Desk ${desk.name} is a ${desk.function} by its signed roster, not a ${wanted}`,
        "Choose another desk; nothing was sent.",
      );
  }
  const prepared = given.prepared ?? prepareDossier();
  const { dossier } = prepared;
  const until = given.until ?? twoYears();
  const everything = { everything: true } as const;
  const forExpert = await consent(session, { dossier, to: { desk: expert.id, role: "expert-desk" }, purpose: "security-scan", scope: everything, until });
  const forAuthority = await consent(session, { dossier, to: { desk: authority.id, role: "authority" }, purpose: "adoption", scope: everything, until });
  const forEmployer = await consent(session, {
    dossier,
    to: { desk: employer.id, role: "employer" },
    purpose: "provision",
    scope: { kinds: ["provision-list", "measure", "completion", "departure"] },
    until,
  });
  const { references, notes } = await uploadAll(session.connection, { dossier, channel: "main" }, given.attachments ?? [], prepared.key, given);
  const body: RequestBody = { ...given.request, version: 1, attachments: notes };
  const { receipt, earlier } = await openNewDossier(session, prepared, {
    kind: "scan",
    workflow,
    organisation: employer.organisation,
    body,
    cover: coverOf(body),
    attachments: references,
    consents: [forExpert, forAuthority, forEmployer],
    grants: [{ role: "expert-desk", desk: expert.id, keys: { scope: "dossier" }, consent: forExpert.hash, until: null }],
  });
  leaveFact(async () => ({
    dossier,
    person: session.person.person,
    organisation: employer.organisation,
    fact: { version: 1, kind: "scan-requested", function: functionClassOf(body.function) },
  }));
  return { dossier, receipt, earlier };
}

/** Opens a scan dossier; see `openDossier`. @throws {@link Problem} not-found for a dossier of another kind. */
export const openScan = (session: Session, id: string): Promise<DossierHandle> => openDossier(session, id, { scan: workflow });

const isScanKind = (kind: string): kind is ScanKind => Object.hasOwn(scanBodies, kind);

/**
 * Opens the body of an entry, with its kind to switch on.
 * @throws {@link Problem} role-forbidden (no key), digest-mismatch, input-malformed.
 */
export async function readScan(handle: DossierHandle, entry: DossierEntry): Promise<ScanContent> {
  const { kind } = entry.header;
  if (!isScanKind(kind)) throw new Problem("input-malformed", `An entry of kind ${kind} does not belong in a scan`, "Tell whoever runs this server.");
  return contentOf(kind, handle, entry);
}

async function contentOf(kind: ScanKind, handle: DossierHandle, entry: DossierEntry): Promise<ScanContent> {
  switch (kind) {
    case "request":
      return { kind, body: await handle.readBody(entry, scanBodies.request) };
    case "entitlement":
      return { kind, body: await handle.readBody(entry, scanBodies.entitlement) };
    case "assignment":
      return { kind, body: await handle.readBody(entry, scanBodies.assignment) };
    case "appointment":
      return { kind, body: await handle.readBody(entry, scanBodies.appointment) };
    case "visit":
      return { kind, body: await handle.readBody(entry, scanBodies.visit) };
    case "threat-analysis":
      return { kind, body: await handle.readBody(entry, scanBodies["threat-analysis"]) };
    case "risk-assessment":
      return { kind, body: await handle.readBody(entry, scanBodies["risk-assessment"]) };
    case "advice":
      return { kind, body: await handle.readBody(entry, scanBodies.advice) };
    case "submission":
      return { kind, body: await handle.readBody(entry, scanBodies.submission) };
    case "return":
      return { kind, body: await handle.readBody(entry, scanBodies.return) };
    case "adoption":
      return { kind, body: await handle.readBody(entry, scanBodies.adoption) };
    case "provision-list":
      return { kind, body: await handle.readBody(entry, scanBodies["provision-list"]) };
    case "measure":
      return { kind, body: await handle.readBody(entry, scanBodies.measure) };
    case "completion":
      return { kind, body: await handle.readBody(entry, scanBodies.completion) };
    case "no-show":
      return { kind, body: await handle.readBody(entry, scanBodies["no-show"]) };
    case "departure":
      return { kind, body: await handle.readBody(entry, scanBodies.departure) };
    case "message":
      return { kind, body: await handle.readBody(entry, scanBodies.message) };
    case "evidence":
      return { kind, body: await handle.readBody(entry, scanBodies.evidence) };
    case "referral":
      return { kind, body: await handle.readBody(entry, scanBodies.referral) };
    case "withdrawal":
      return { kind, body: await handle.readBody(entry, scanBodies.withdrawal) };
  }
}
