/** What a document of a scan is before it is set: template, data, pictures, name. And what all of them share. Used by the papers in this folder. */
import type { PaperAssets, PaperData, TemplateName } from "@rugdekking/paper";
import type { DossierEntry, DossierHandle } from "#services/dossier/client/index.ts";
import { dutchDay } from "#services/dossier/workflow/terms.ts";
import type { RecordedFinding } from "#services/scanning/client/round.ts";

/** A document to be set by `renderPaper` (command line) or a paper worker (browser). */
export interface ScanPaper<N extends TemplateName> {
  readonly template: N;
  readonly data: PaperData[N];
  readonly assets: PaperAssets;
  /** Says what it is and which version, never whose. */
  readonly fileName: string;
  /** Names of photos that could not be placed: no picture a document can hold. */
  readonly leftOut: readonly string[];
}

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

/** Short reference, printed as "kenmerk": enough to tell two scans of one person apart, and it says nothing. */
export const referenceOf = (handle: DossierHandle): string => handle.id.slice(-12);

/** Head of a document. @throws Problem unavailable. */
export async function headOf(
  handle: DossierHandle,
  title: string,
  { version, date, marking }: { readonly version: number | null; readonly date: string; readonly marking: string },
): Promise<PaperData["advies"]["document"]> {
  return { title, reference: referenceOf(handle), version, date, marking, demonstration: (await handle.session.trust.anchor()).demonstration };
}

/** Base64url of SHA-256, as headers have it, in hexadecimal, as a person compares it. */
export function hexOf(digest: string): string {
  const bytes = atob(digest.replaceAll("-", "+").replaceAll("_", "/"));
  return [...bytes].map((letter) => letter.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}

/** Name of the desk an entry was written for; empty for who has no desk. @throws Problem signature-invalid. */
export async function deskOf(handle: DossierHandle, entry: DossierEntry): Promise<string> {
  const { desk } = entry.header.author;
  return desk === null ? "" : (await handle.session.trust.desk(desk)).name;
}

/** Id of the key that signed an entry. */
export const keyIdOf = (entry: DossierEntry): string => entry.view.statement.signatures[0]?.keyid ?? "";
