/** What a document of a report is before it is set, and the one way a letter or notice becomes one. Used by the papers in this folder. */
import type { PaperData, TemplateName } from "@rugdekking/paper";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { dutchDay } from "#services/dossier/workflow/terms.ts";
import type { ReadyDocument } from "#services/reporting/acting/index.ts";

/** A document to be set by `renderPaper` (command line) or a paper worker (browser). */
export interface ReportPaper<N extends TemplateName> {
  readonly template: N;
  readonly data: PaperData[N];
  readonly assets: Readonly<Record<string, never>>;
  /** Says what it is, never whose. */
  readonly fileName: string;
  readonly leftOut: readonly string[];
}

/** Short reference, printed as "kenmerk": it tells two dossiers apart and says nothing. */
export const referenceOf = (handle: DossierHandle): string => handle.id.slice(-12);

/** Today in Dutch time. */
export const today = (): string => dutchDay(new Date());

/** Whether this house is a demonstration; every paper of one says so. @throws Problem unavailable. */
export const isDemonstration = async (handle: DossierHandle): Promise<boolean> => (await handle.session.trust.anchor()).demonstration;

/**
 * A letter or notice as a document.
 * @param named whether it carries the dossier's reference: a notice does, so that an answer can be laid beside it
 * @throws Problem unavailable.
 */
export async function readyPaper(
  handle: DossierHandle,
  ready: ReadyDocument,
  { fileName, named }: { readonly fileName: string; readonly named: boolean },
): Promise<ReportPaper<"uitleg">> {
  return {
    template: "uitleg",
    data: {
      document: {
        title: ready.subject,
        reference: named ? referenceOf(handle) : "",
        version: null,
        date: today(),
        marking: "",
        demonstration: await isDemonstration(handle),
        language: ready.language,
      },
      from: ready.from,
      to: ready.to,
      blocks: ready.parts,
    },
    assets: {},
    fileName,
    leftOut: [],
  };
}
