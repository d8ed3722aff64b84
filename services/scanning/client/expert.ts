/** The expert desk's and the adviser's steps: assignment, appointment, visit, the two assessments, advice, submission. */
import { append, consentFor, uploadAll, type AttachmentSource, type DossierHandle, type UploadOptions } from "#services/dossier/client/index.ts";
import type { AttachmentNote, MessageBody } from "#services/dossier/contract/bodies.ts";
import type { ItemReference, Receipt } from "#services/dossier/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import {
  ScanCover,
  type AdviceBody,
  type AppointmentBody,
  type AssignmentBody,
  type Finding,
  type NoShowBody,
  type RiskAssessmentBody,
  type SubmissionBody,
  type ThreatAnalysisBody,
  type VisitBody,
} from "#services/scanning/contract/index.ts";

/** Assigns a member of the expert desk. @param expert person id from the desk's verified roster. @throws {@link Problem} requirement-missing when not a member. */
export async function assign(handle: DossierHandle, expert: string, note = ""): Promise<Receipt> {
  const desk = handle.view.participants.find(({ role, desk: id }) => role === "expert-desk" && id !== null)?.desk ?? null;
  const member = desk === null ? undefined : (await handle.session.trust.desk(desk)).roster.members.find(({ person }) => person === expert);
  if (member === undefined)
    throw new Problem("requirement-missing", "The adviser is not in the signed roster of the expert desk", "Choose a member of the desk.");
  return append(handle, {
    kind: "assignment",
    action: "assign",
    assignee: expert,
    cover: await coverWith(handle, { expert: { person: expert, name: member.name.slice(0, 120) } }),
    body: { version: 1, expertName: member.name.slice(0, 400), note } satisfies AssignmentBody,
  });
}

/** The cover with some words changed; undefined when there is none to change. */
async function coverWith(handle: DossierHandle, part: Partial<ScanCover>): Promise<ScanCover | undefined> {
  const cover = await handle.readCover(ScanCover);
  return cover === null ? undefined : { ...cover, ...part };
}

/** Makes the appointment. @throws {@link Problem} role-forbidden (only the assigned adviser). */
export const plan = async (handle: DossierHandle, body: Omit<AppointmentBody, "version">): Promise<Receipt> =>
  append(handle, {
    kind: "appointment",
    action: "plan",
    body: { ...body, version: 1 } satisfies AppointmentBody,
    cover: await coverWith(handle, { visit: body.start, minutes: body.minutes }),
  });

/** The appointment is off; either side says why. @throws {@link Problem} phase-forbidden. */
export const replan = async (handle: DossierHandle, text: string): Promise<Receipt> =>
  append(handle, {
    kind: "message",
    action: "replan",
    body: { version: 1, text, attachments: [] } satisfies MessageBody,
    cover: await coverWith(handle, { visit: null }),
  });

/** The appointment came and somebody was not there. @throws {@link Problem} phase-forbidden unless a visit is planned. */
export const recordNoShow = async (handle: DossierHandle, body: Omit<NoShowBody, "version">): Promise<Receipt> =>
  append(handle, {
    kind: "no-show",
    action: "no-show",
    body: { ...body, version: 1 } satisfies NoShowBody,
    cover: await coverWith(handle, { visit: null }),
  });

/** A visit as the adviser notes it; photos are files here and become item ids once uploaded. */
export interface VisitDraft extends Omit<VisitBody, "version" | "findings" | "attachments"> {
  readonly findings: readonly (Omit<Finding, "photos"> & { readonly photos: readonly AttachmentSource[] })[];
  readonly attachments?: readonly AttachmentSource[];
}

const mainKey = (handle: DossierHandle): Uint8Array => {
  const key = handle.keys.channels.get("main");
  if (key === undefined) throw new Problem("role-forbidden", "You do not hold the key of this dossier", "Ask the person whose dossier it is.");
  return key;
};

const upload = (
  handle: DossierHandle,
  sources: readonly AttachmentSource[],
  options: UploadOptions,
): Promise<{ references: ItemReference[]; notes: AttachmentNote[] }> =>
  uploadAll(handle.session.connection, { dossier: handle.id, channel: "main" }, sources, mainKey(handle), options);

/** Records what was seen; a second visit adds to the first. @throws {@link Problem} role-forbidden, upload codes. */
export async function recordVisit(handle: DossierHandle, draft: VisitDraft, options: UploadOptions = {}): Promise<Receipt> {
  const loose = draft.attachments ?? [];
  const sources = [...draft.findings.flatMap(({ photos }) => photos), ...loose];
  const { references, notes } = await upload(handle, sources, options);
  let taken = 0;
  const findings = draft.findings.map((finding): Finding => {
    const photos = notes.slice(taken, taken + finding.photos.length).map(({ item }) => item);
    taken += finding.photos.length;
    return { ...finding, photos };
  });
  const body: VisitBody = { version: 1, on: draft.on, present: draft.present, note: draft.note, findings, attachments: notes };
  return append(handle, { kind: "visit", action: handle.view.phase === "planned" ? "visit" : null, body, attachments: references });
}

/** A threat analysis; version and attachments are filled in. */
export type AnalysisDraft = Omit<ThreatAnalysisBody, "version" | "attachments">;

/** Threat analysis (lid 4 onder a). @throws {@link Problem} role-forbidden, phase-forbidden. */
export async function saveAnalysis(
  handle: DossierHandle,
  draft: AnalysisDraft,
  options: UploadOptions & { readonly attachments?: readonly AttachmentSource[] } = {},
): Promise<Receipt> {
  const { references, notes } = await upload(handle, options.attachments ?? [], options);
  return append(handle, { kind: "threat-analysis", body: { ...draft, version: 1, attachments: notes } satisfies ThreatAnalysisBody, attachments: references });
}

/** Risk assessment (lid 4 onder b). @throws {@link Problem} role-forbidden, phase-forbidden. */
export const saveRisk = (handle: DossierHandle, body: Omit<RiskAssessmentBody, "version">): Promise<Receipt> =>
  append(handle, { kind: "risk-assessment", body: { ...body, version: 1 } satisfies RiskAssessmentBody });

/** An advice; versions are counted and attachments filled in. */
export type AdviceDraft = Omit<AdviceBody, "version" | "adviceVersion" | "attachments">;

/** Drafts the advice (a new version after a return). @throws {@link Problem} role-forbidden, phase-forbidden, upload codes. */
export async function draftAdvice(
  handle: DossierHandle,
  draft: AdviceDraft,
  options: UploadOptions & { readonly attachments?: readonly AttachmentSource[] } = {},
): Promise<Receipt> {
  const { references, notes } = await upload(handle, options.attachments ?? [], options);
  const adviceVersion = handle.entries.filter(({ header }) => header.kind === "advice").length + 1;
  return append(handle, {
    kind: "advice",
    action: "draft",
    body: { ...draft, version: 1, adviceVersion, attachments: notes } satisfies AdviceBody,
    attachments: references,
  });
}

/**
 * Submits the newest advice to the authority and hands it the dossier key, under the consent the office-holder signed at the start.
 * @throws {@link Problem} consent-missing, requirement-missing (an assessment is not there), role-forbidden.
 */
export async function submit(handle: DossierHandle, note = ""): Promise<Receipt> {
  const advice = handle.newest("advice");
  if (advice === null) throw new Problem("requirement-missing", "There is no advice to submit", "Draft the advice first.");
  const covering = consentFor(handle.consents, "authority");
  if (covering === null) throw new Problem("consent-missing", "No valid consent lets the authority see this dossier", "Ask the office-holder for one.");
  const reached = handle.view.participants.some(
    (one) => one.role === "authority" && one.desk === covering.to.desk && one.scope === "dossier" && (one.until === null || Date.parse(one.until) > Date.now()),
  );
  return append(handle, {
    kind: "submission",
    action: "submit",
    decides: advice.header.body,
    body: { version: 1, note } satisfies SubmissionBody,
    grants: reached ? [] : [{ role: "authority", desk: covering.to.desk, keys: { scope: "dossier" }, consent: covering.hash, until: null }],
  });
}
