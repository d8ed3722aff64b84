/** The facts for a criminal complaint as a document: what was made ready, laid beside what the dossier holds. */
import { isDemonstration, referenceOf, type DossierHandle, type PaperToSet } from "#services/dossier/client/index.ts";
import { complaintPaper } from "#services/reporting/acting/index.ts";
import type { ComplaintPreparation } from "#services/reporting/contract/preparation.ts";
import { evidenceOf, reportOf } from "./evidence.ts";
import { today } from "#services/dossier/workflow/terms.ts";

/** @throws Problem digest-mismatch, input-malformed, unavailable. */
export async function complaintPaperOf(handle: DossierHandle, preparation: ComplaintPreparation): Promise<PaperToSet<"aangifte">> {
  const [evidence, report, demonstration] = await Promise.all([evidenceOf(handle), reportOf(handle), isDemonstration(handle)]);
  const data = complaintPaper({ preparation, evidence, forms: report?.what ?? [], reference: referenceOf(handle), date: today(), demonstration });
  return { template: "aangifte", data, assets: {}, fileName: "feiten-voor-de-aangifte.pdf", leftOut: [] };
}
