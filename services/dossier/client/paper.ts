/** What a document of any dossier is before it is set. The papers of reporting and scanning make it; the paper desk of the screens and the command line set it. */
import type { PaperAssets, PaperData, TemplateName } from "@rugdekking/paper";
import type { DossierHandle } from "./handle.ts";

/** A document to be set by `renderPaper` (command line) or a paper worker (browser). */
export interface PaperToSet<N extends TemplateName> {
  readonly template: N;
  readonly data: PaperData[N];
  readonly assets: PaperAssets;
  /** Says what it is and which version, never whose. */
  readonly fileName: string;
  /** Names of pictures that could not be placed. */
  readonly leftOut: readonly string[];
}

/** Short reference, printed as "kenmerk": it tells two dossiers apart and says nothing. */
export const referenceOf = (handle: DossierHandle): string => handle.id.slice(-12);

/** Whether this house is a demonstration; every paper of one says so. @throws Problem unavailable. */
export const isDemonstration = async (handle: DossierHandle): Promise<boolean> => (await handle.session.trust.anchor()).demonstration;
