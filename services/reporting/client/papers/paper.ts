/** The one way a letter or notice of a report becomes a document. Used by the papers in this folder. */
import { isDemonstration, referenceOf, type DossierHandle, type PaperToSet } from "#services/dossier/client/index.ts";
import { today } from "#services/dossier/workflow/terms.ts";
import type { ReadyDocument } from "#services/reporting/acting/index.ts";

/**
 * A letter or notice as a document.
 * @param named whether it carries the dossier's reference: a notice does, so that an answer can be laid beside it
 * @throws Problem unavailable.
 */
export async function readyPaper(
  handle: DossierHandle,
  ready: ReadyDocument,
  { fileName, named }: { readonly fileName: string; readonly named: boolean },
): Promise<PaperToSet<"uitleg">> {
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
