/** Reads from a report what its documents are made of: the first telling, and every file with its hash. Used by the papers beside it and by the pages under "Stappen". */
import { readEvidence, type DossierEntry, type DossierHandle, type Evidence } from "#services/dossier/client/index.ts";
import { readReport } from "#services/reporting/client/file.ts";
import type { EvidenceItem } from "#services/reporting/acting/index.ts";
import type { ReportBody } from "#services/reporting/contract/index.ts";

/** Kinds whose files can be evidence: not those of messages, which are between the person and the desk. */
const kinds: ReadonlySet<string> = new Set(["report", "evidence", "action"]);

const foundOf = (record: Evidence["note"]["capture"]): Pick<EvidenceItem, "capture"> => (record === undefined ? {} : { capture: record.from });
const stampOf = (evidence: Evidence | undefined): Pick<EvidenceItem, "stamp"> =>
  evidence?.stamp === undefined || evidence.stamp === null ? {} : { stamp: { at: evidence.stamp.at, authority: evidence.stamp.authority } };

async function filesOf(handle: DossierHandle, entry: DossierEntry, proven: ReadonlyMap<string, Evidence>): Promise<EvidenceItem[]> {
  const { body } = await readReport(handle, entry);
  if (!("attachments" in body)) return [];
  return body.attachments.map(({ item, name, mediaType, length, sha256, capturedAt, note, capture }) => ({
    item,
    name,
    mediaType,
    length,
    sha256,
    capturedAt,
    note,
    entry: entry.seq,
    received: entry.received,
    ...foundOf(capture),
    ...stampOf(proven.get(item)),
  }));
}

/** Every file this reader may see, in the order of the dossier. @throws Problem digest-mismatch, input-malformed. */
export async function evidenceOf(handle: DossierHandle): Promise<EvidenceItem[]> {
  const entries = handle.entries.filter(({ readable, header }) => readable && kinds.has(header.kind));
  const proven = new Map((await readEvidence(handle)).map((one) => [one.note.item, one]));
  return (await Promise.all(entries.map((entry) => filesOf(handle, entry, proven)))).flat();
}

/** What was told first; null for a reader without a key to it. @throws Problem digest-mismatch, input-malformed. */
export async function reportOf(handle: DossierHandle): Promise<ReportBody | null> {
  const first = handle.entries.find(({ readable, header }) => readable && header.kind === "report");
  if (first === undefined) return null;
  const content = await readReport(handle, first);
  return content.kind === "report" ? content.body : null;
}
