/** Filing a report, with or without an account, and opening it again. */
import { generateReceiptCode, guestFromReceipt, parseReceiptCode } from "@rugdekking/seal";
import type { Connection, Session, Trust } from "#services/directory/client/index.ts";
import {
  admitGuest,
  openDossier,
  openNewDossier,
  prepareDossier,
  uploadAll,
  type AttachmentSource,
  type DossierEntry,
  type DossierHandle,
  type PreparedDossier,
  type UploadOptions,
  type Writer,
} from "#services/dossier/client/index.ts";
import type { Receipt } from "#services/dossier/contract/index.ts";
import { leaveFact } from "#services/figures/contract/sink.ts";
import { Problem } from "#services/problem/index.ts";
import { reportBodies, type ReportBody, type ReportContent, type ReportCover, type ReportKind } from "#services/reporting/contract/index.ts";
import { report as workflow } from "#services/reporting/workflow/index.ts";
import { withRecords } from "./captures.ts";
import { filedFact } from "./facts.ts";

/** What the person told; version and attachments are filled in. */
export type ReportDraft = Omit<ReportBody, "version" | "attachments">;

/** A report to file. */
export interface FileReport extends UploadOptions {
  /** A signed-in person, or a guest. A guest's code may be made before (`generateReceiptCode`) so that a second try after a failure makes the same dossier. */
  readonly as: { readonly session: Session } | { readonly guest: true; readonly receiptCode?: string };
  readonly trust: Trust;
  /** Safety desk that receives it; its roster is verified before anything is sealed to it. */
  readonly desk: string;
  readonly report: ReportDraft;
  readonly attachments?: readonly AttachmentSource[];
  /** Give the same again to go on after a failure. Default: a fresh one. */
  readonly prepared?: PreparedDossier;
  /** Told how far the work is that lets a guest in, 0 to 1; on an ordinary day it is done before anyone sees it. */
  readonly onWork?: (share: number) => void;
}

/** What filing gives. */
export interface FiledReport {
  readonly dossier: string;
  /** Checked against the pinned log. */
  readonly receipt: Receipt;
  /** For a guest: the only way back. Null when signed in. */
  readonly receiptCode: string | null;
  /** An earlier try had arrived: the dossier holds what was told then, not what was changed since. */
  readonly earlier: boolean;
}

/** First words of what was told, for the worklist. */
const titleOf = (report: ReportDraft): string => {
  const words = report.inOwnWords.trim().replace(/\s+/g, " ");
  return words.length <= 80 ? words : `${words.slice(0, 79).trimEnd()}…`;
};

/**
 * Files a report: verifies the desk, seals and uploads the files, seals the story, hands the key to the desk, and waits for the receipt.
 * @throws {@link Problem} signature-invalid (the desk does not verify: nothing was sealed to it), role-forbidden (not a safety desk), upload and server codes; the abort reason.
 */
export async function fileReport(connection: Connection, given: FileReport): Promise<FiledReport> {
  const receiptCode = "guest" in given.as ? parseReceiptCode(given.as.receiptCode ?? generateReceiptCode()) : null;
  const writer: Writer =
    "session" in given.as ? given.as.session : { connection, trust: given.trust, person: await guestFromReceipt(receiptCode ?? ""), guest: true };
  const desk = await given.trust.desk(given.desk);
  if (desk.function !== "safety-desk")
    throw new Problem("role-forbidden", `Desk ${desk.name} is not a safety desk by its signed roster`, "Choose the safety desk of the organisation.");
  const prepared = given.prepared ?? prepareDossier();
  await admitGuest(writer, prepared.dossier, desk.id, given);
  const place = { dossier: prepared.dossier, channel: "main" } as const;
  const { references, notes } = await uploadAll(connection, place, await withRecords(given.attachments ?? []), prepared.key, given);
  const urgency = given.report.acute ? "acute" : "normal";
  const body: ReportBody = { ...given.report, version: 1, attachments: notes };
  const cover: ReportCover = {
    version: 1,
    title: titleOf(given.report),
    reporterName: given.report.reporterName.slice(0, 120),
    function: given.report.function,
    urgency,
    lastMessage: null,
  };
  const { receipt, earlier } = await openNewDossier(writer, prepared, {
    kind: "report",
    workflow,
    organisation: desk.organisation,
    urgency,
    body,
    cover,
    attachments: references,
    grants: [{ role: "safety-desk", desk: desk.id, keys: { scope: "dossier" }, consent: null, until: null }],
  });
  const { dossier } = prepared;
  leaveFact(async () => ({ dossier, person: writer.person.person, organisation: desk.organisation, fact: filedFact(body) }));
  return { dossier, receipt, receiptCode, earlier };
}

/** Opens a report dossier; see `openDossier`. @throws {@link Problem} not-found for a dossier of another kind. */
export const openReport = (session: Session, id: string): Promise<DossierHandle> => openDossier(session, id, { report: workflow });

const isReportKind = (kind: string): kind is ReportKind => Object.hasOwn(reportBodies, kind);

/**
 * Opens the body of an entry, with its kind to switch on.
 * @throws {@link Problem} role-forbidden (no key), digest-mismatch, input-malformed.
 */
export async function readReport(handle: DossierHandle, entry: DossierEntry): Promise<ReportContent> {
  const { kind } = entry.header;
  if (!isReportKind(kind)) throw new Problem("input-malformed", `An entry of kind ${kind} does not belong in a report`, "Tell whoever runs this server.");
  return contentOf(kind, handle, entry);
}

async function contentOf(kind: ReportKind, handle: DossierHandle, entry: DossierEntry): Promise<ReportContent> {
  switch (kind) {
    case "report":
      return { kind, body: await handle.readBody(entry, reportBodies.report) };
    case "evidence":
      return { kind, body: await handle.readBody(entry, reportBodies.evidence) };
    case "message":
      return { kind, body: await handle.readBody(entry, reportBodies.message) };
    case "norm-test":
      return { kind, body: await handle.readBody(entry, reportBodies["norm-test"]) };
    case "seriousness":
      return { kind, body: await handle.readBody(entry, reportBodies.seriousness) };
    case "action":
      return { kind, body: await handle.readBody(entry, reportBodies.action) };
    case "preparation":
      return { kind, body: await handle.readBody(entry, reportBodies.preparation) };
    case "outcome":
      return { kind, body: await handle.readBody(entry, reportBodies.outcome) };
    case "referral":
      return { kind, body: await handle.readBody(entry, reportBodies.referral) };
    case "withdrawal":
      return { kind, body: await handle.readBody(entry, reportBodies.withdrawal) };
    case "timestamp":
      return { kind, body: await handle.readBody(entry, reportBodies.timestamp) };
  }
}
