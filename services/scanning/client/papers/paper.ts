/** What the documents of a scan share: what the machine that makes them can do, and their heads. Used by the papers in this folder. */
import type { PaperData } from "@rugdekking/paper";
import { isDemonstration, referenceOf, type DossierEntry, type DossierHandle } from "#services/dossier/client/index.ts";
import { dutchDay } from "#services/dossier/workflow/terms.ts";
import type { RecordedFinding } from "#services/scanning/client/round.ts";

/** What the caller's machine can do for a document. */
export interface PaperMaking {
  /** Makes a photo fit for a document (PNG or JPEG, not too large), or null when it cannot be shown; PNG and JPEG as they are when left out. */
  readonly fit?: (bytes: Uint8Array, mediaType: string) => Promise<Uint8Array | null>;
  /** The house with the findings, as an SVG that stands alone; no picture when left out. @param codes what the document calls each finding, by its id */
  readonly house?: (findings: readonly RecordedFinding[], codes: ReadonlyMap<string, string>) => string | null;
  readonly signal?: AbortSignal;
}

/** Dutch calendar day of an entry. */
export const dayOf = (entry: DossierEntry): string => dutchDay(new Date(entry.header.at));

/** Head of a document. @throws Problem unavailable. */
export async function headOf(
  handle: DossierHandle,
  title: string,
  { version, date, marking }: { readonly version: number | null; readonly date: string; readonly marking: string },
): Promise<PaperData["advies"]["document"]> {
  return { title, reference: referenceOf(handle), version, date, marking, demonstration: await isDemonstration(handle) };
}

/** Name of the desk an entry was written for; empty for who has no desk. @throws Problem signature-invalid. */
export async function deskOf(handle: DossierHandle, entry: DossierEntry): Promise<string> {
  const { desk } = entry.header.author;
  return desk === null ? "" : (await handle.session.trust.desk(desk)).name;
}

/** Id of the key that signed an entry. */
export const keyIdOf = (entry: DossierEntry): string => entry.view.statement.signatures[0]?.keyid ?? "";
