/** Reads from a report what its documents are made of: the first telling, and every file with its hash. Used by the papers beside it and by the pages under "Stappen". */
import type { DossierEntry, DossierHandle } from "#services/dossier/client/index.ts";
import { readReport } from "#services/reporting/client/file.ts";
import type { EvidenceItem } from "#services/reporting/acting/index.ts";
import type { ReportBody } from "#services/reporting/contract/index.ts";

/** Kinds whose files can be evidence: not those of messages, which are between the person and the desk. */
const kinds: ReadonlySet<string> = new Set(["report", "evidence", "action"]);

async function filesOf(handle: DossierHandle, entry: DossierEntry): Promise<EvidenceItem[]> {
  const { body } = await readReport(handle, entry);
  if (!("attachments" in body)) return [];
  return body.attachments.map(({ item, name, mediaType, length, sha256, capturedAt, note }) => ({
    item,
    name,
    mediaType,
    length,
    sha256,
    capturedAt,
    note,
    entry: entry.seq,
    received: entry.received,
  }));
}

/** Every file this reader may see, in the order of the dossier. @throws Problem digest-mismatch, input-malformed. */
export async function evidenceOf(handle: DossierHandle): Promise<EvidenceItem[]> {
  const entries = handle.entries.filter(({ readable, header }) => readable && kinds.has(header.kind));
  return (await Promise.all(entries.map((entry) => filesOf(handle, entry)))).flat();
}

/** What was told first; null for a reader without a key to it. @throws Problem digest-mismatch, input-malformed. */
export async function reportOf(handle: DossierHandle): Promise<ReportBody | null> {
  const first = handle.entries.find(({ readable, header }) => readable && header.kind === "report");
  if (first === undefined) return null;
  const content = await readReport(handle, first);
  return content.kind === "report" ? content.body : null;
}
