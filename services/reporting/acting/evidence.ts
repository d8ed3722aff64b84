/** The list of evidence of a complaint: which file, when, which SHA-256, and whatever time stamp or capture record lies beside it. Pure; clients hand in what they read. */
import { hexOf } from "#services/dossier/contract/hexadecimal.ts";
import { longMoment } from "./document.ts";

/** One file of the dossier, as whoever collects the evidence knows it. Everything after `note` may be left out: older files have none. */
export interface EvidenceItem {
  readonly item: string;
  readonly name: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly length: number;
  /** SHA-256 of the original, base64url as bodies have it. */
  readonly sha256: string;
  /** Number of the entry that holds it, and when the server took that in (RFC 3339). */
  readonly entry: number;
  readonly received: string;
  readonly capturedAt: string | null;
  readonly note: string;
  /** An RFC 3161 time stamp over it: time and authority it states. */
  readonly stamp?: { readonly at: string; readonly authority: string };
  /** Where it was found, as whoever captured it said. */
  readonly capture?: { readonly url: string | null; readonly account: string | null; readonly platform: string | null };
}

/** One row of the list on paper. */
export interface EvidenceRow {
  code: string;
  name: string;
  note: string;
  captured: string;
  received: string;
  /** SHA-256 in lower-case hexadecimal, as `sha256sum` prints it. */
  digest: string;
  stamp: { at: string; authority: string } | null;
  found: string;
}

const line = (text: string): string => text.slice(0, 400);

/** The chosen files in the order of the dossier, coded B1, B2 …. Ids that are not there are passed over: a file one may no longer read is not evidence one can name. */
export function evidenceRows(all: readonly EvidenceItem[], chosen: readonly string[]): EvidenceRow[] {
  const wanted = new Set(chosen);
  return all
    .filter(({ item }) => wanted.has(item))
    .map((one, at) => ({
      code: `B${at + 1}`,
      name: one.name.trim() === "" ? "bestand zonder naam" : line(one.name),
      note: one.note,
      captured: one.capturedAt === null ? "" : longMoment(one.capturedAt),
      received: longMoment(one.received),
      digest: hexOf(one.sha256),
      stamp: one.stamp === undefined ? null : { at: longMoment(one.stamp.at), authority: line(one.stamp.authority) },
      found: [one.capture?.platform, one.capture?.account, one.capture?.url].filter((part) => part !== null && part !== undefined && part !== "").join(", "),
    }));
}
