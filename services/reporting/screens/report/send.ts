/** Locks and sends a report from the wizard's draft. The only file of these screens that knows the reporting client; it loads it when needed. */
import type { Session, VerifiedDesk } from "#services/directory/client/index.ts";
import { deviceName, openDoor, session as signedIn } from "#services/directory/screens/session.ts";
import { showingWork } from "#services/directory/screens/working.tsx";
import type { Receipt } from "#services/dossier/contract/index.ts";
import type { PreparedDossier } from "#services/dossier/client/index.ts";
import { recordOf } from "#services/dossier/screens/captured.ts";
import { createStore, onLeave } from "#services/interface/index.ts";
import type { FileReport } from "#services/reporting/client/index.ts";
import type { ReportBody } from "#services/reporting/contract/index.ts";
import type { Draft } from "./draft.ts";

/** What is happening now. `file` counts bytes over all files, as acknowledged by the server. */
export type SendProgress =
  | { readonly phase: "loading" | "sealing" | "delivering" }
  | { readonly phase: "file"; readonly file: number; readonly files: number; readonly sent: number; readonly total: number };

/** A report that is with its desk. */
export interface Sent {
  readonly dossier: string;
  readonly receipt: Receipt;
  /** The guest's code; null when signed in. Nobody else has it. */
  readonly code: string | null;
  /** Until when the desk has to respond, RFC 3339; null when the server could not be asked. */
  readonly due: string | null;
  /** An earlier try had arrived: what was changed after it is not in the report. */
  readonly earlier: boolean;
  /** Resolves with how many files got a time stamp, 0 when it must wait; null when there is nothing to stamp, or nobody here who does. Never rejects: the report is delivered whatever comes of it. */
  readonly stamps: Promise<number> | null;
}

export interface SendOptions {
  readonly draft: Draft;
  readonly organisation: { readonly id: string; readonly name: string };
  readonly desk: VerifiedDesk;
  readonly files: readonly File[];
  readonly session: Session | null;
  readonly onProgress: (progress: SendProgress) => void;
}

/** What one report keeps over several tries, so that a second try after a cut makes the same dossier and the same code. */
interface Attempt {
  readonly code: string | null;
  readonly prepared: PreparedDossier;
}
export const attempt = createStore<Attempt | null>(null);

onLeave(() => attempt.set(null));

const bodyOf = (draft: Draft, organisationName: string): Omit<ReportBody, "version" | "attachments"> => ({
  inOwnWords: draft.words,
  what: [...draft.forms],
  channel: draft.channel,
  when: { at: null, words: draft.when },
  where: draft.where,
  target: draft.target ?? "self",
  author: { known: draft.author ?? "unknown", words: draft.author === "unknown" ? "" : draft.authorWords },
  reporterName: draft.name,
  function: draft.function,
  organisationName,
  acute: draft.acute === true,
  contact: { how: draft.contact, reach: draft.contact === "here" ? "" : draft.reach, wishes: draft.wishes },
});

/** Asks the time stamps once everything is delivered; what cannot be had now is asked for when the dossier is opened. */
async function askStamps(reader: Session | null, dossier: string): Promise<number> {
  if (reader === null) return 0;
  try {
    const [{ openReport }, { stampEvidence }] = await Promise.all([import("#services/reporting/client/index.ts"), import("#services/dossier/client/index.ts")]);
    const { kept, waiting } = await stampEvidence(await openReport(reader, dossier), "own");
    return waiting === 0 ? kept : 0;
  } catch {
    return 0;
  }
}

/** Has a guest's device work for a token while the person types; once a desk is chosen, for what that desk asks now. Silent: whatever goes wrong is heard when it is sent. */
export async function layIn(desk: string | null): Promise<void> {
  try {
    const { connection } = await openDoor();
    await (await connection.purse()).layIn("dossier", desk);
  } catch {
    // No connection yet: the work is done when it is sent.
  }
}

/** Which file (from 1) is on its way when `sent` bytes of all are there. */
function fileAt(files: readonly File[], sent: number): number {
  let before = 0;
  for (const [index, file] of files.entries()) {
    before += file.size;
    if (sent < before) return index + 1;
  }
  return files.length;
}

/**
 * Seals and sends everything; a guest is signed in with the new code afterwards, so that the dossier opens at once.
 * @throws Problem (any code of the upload and the submission); whatever was sent stays, and the next call goes on with it.
 */
export async function sendReport(options: SendOptions): Promise<Sent> {
  const { draft, files, session, onProgress } = options;
  onProgress({ phase: "loading" });
  const [reporting, dossiers, directory, seal, { connection, trust }] = await Promise.all([
    import("#services/reporting/client/index.ts"),
    import("#services/dossier/client/index.ts"),
    import("#services/directory/client/index.ts"),
    import("@rugdekking/seal"),
    openDoor(),
  ]);
  const guest = session === null;
  const before = attempt.get();
  const present =
    before !== null && (before.code === null) === !guest ? before : { code: guest ? seal.generateReceiptCode() : null, prepared: dossiers.prepareDossier() };
  attempt.set(present);
  const { code, prepared } = present;
  onProgress({ phase: files.length === 0 ? "delivering" : "sealing" });
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const report: FileReport = {
    as: session === null ? { guest: true, ...(code === null ? {} : { receiptCode: code }) } : { session },
    trust,
    desk: options.desk.id,
    report: bodyOf(draft, options.organisation.name),
    prepared,
    attachments: await Promise.all(
      files.map(async (file) => ({
        name: file.name,
        mediaType: file.type === "" ? "application/octet-stream" : file.type,
        capturedAt: new Date(file.lastModified).toISOString(),
        note: "",
        bytes: file,
        capture: await recordOf(file),
      })),
    ),
    onProgress: (sent, all) =>
      onProgress(sent >= all ? { phase: "delivering" } : { phase: "file", file: fileAt(files, sent), files: files.length, sent, total: Math.max(all, total) }),
  };
  const filed = await showingWork(connection, async () => await reporting.fileReport(connection, report));
  attempt.set(null);
  let reader = session;
  if (session === null && filed.receiptCode !== null) {
    try {
      reader = await directory.signInAsGuest(connection, { trust, device: deviceName(), receiptCode: filed.receiptCode });
      signedIn.set(reader);
    } catch {
      // The report is delivered; with the code they can sign in by hand.
    }
  }
  const due = reader === null ? null : await dossiers.readDue(reader, filed.dossier);
  const stamps = files.length === 0 || (await trust.anchor()).timestampRoots === undefined ? null : askStamps(reader, filed.dossier);
  return { dossier: filed.dossier, receipt: filed.receipt, code: filed.receiptCode, due, earlier: filed.earlier, stamps };
}
