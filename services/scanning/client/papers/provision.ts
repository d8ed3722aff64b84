/** The employer's extract as a document: what to provide, what it costs, when. Made from the provision list where there is one, else derived from the advice as that list will be. */
import type { DossierHandle, PaperToSet } from "#services/dossier/client/index.ts";
import { dutchDay } from "#services/dossier/workflow/terms.ts";
import { newestInRound, requestOf } from "#services/scanning/client/round.ts";
import { ProvisionListBody } from "#services/scanning/contract/index.ts";
import { provisionListOf } from "#services/scanning/contract/provision.ts";
import { adviceToPrint } from "./advice.ts";
import { dayOf, headOf } from "./paper.ts";

type Adopted = PaperToSet<"verstrekking">["data"]["adopted"];

/** The list, whether its advice was adopted and by whom, and its day. */
async function listOf(handle: DossierHandle): Promise<{ readonly list: ProvisionListBody; readonly adopted: Adopted; readonly date: string }> {
  const entry = newestInRound(handle, "provision-list");
  if (entry !== null) {
    // Only the authority writes it, and only once it adopted (services/scanning/workflow): its author is who stands behind the adoption for whoever sees no advice.
    const by = entry.author ?? { name: "Beveiligingsautoriteit", office: "beveiligingsautoriteit" };
    return { list: await handle.readBody(entry, ProvisionListBody), adopted: { name: by.name, office: by.office, on: dayOf(entry) }, date: dayOf(entry) };
  }
  const { advice, adoption } = await adviceToPrint(handle);
  const request = await requestOf(handle);
  const signer = adoption === null ? null : (adoption.entry.author ?? adoption.body.signedBy);
  return {
    list: provisionListOf(advice.body, { name: request?.name ?? "", contact: "" }),
    adopted: signer === null || adoption === null ? null : { ...signer, on: dayOf(adoption.entry) },
    date: dutchDay(new Date()),
  };
}

/** Who must provide, in its desk's own name. */
async function employerOf(handle: DossierHandle): Promise<string> {
  const desk = handle.view.participants.find((one) => one.role === "employer" && one.desk !== null)?.desk ?? null;
  if (desk !== null) return (await handle.session.trust.desk(desk)).name;
  return (await requestOf(handle))?.organisationName ?? "";
}

/** The extract. @throws Problem requirement-missing (neither list nor advice), role-forbidden. */
export async function provisionPaper(handle: DossierHandle): Promise<PaperToSet<"verstrekking">> {
  const { list, adopted, date } = await listOf(handle);
  const employer = await employerOf(handle);
  const { name, contact } = list.recipient;
  const data: PaperToSet<"verstrekking">["data"] = {
    document: await headOf(handle, "Te verstrekken maatregelen", { version: list.adviceVersion, date, marking: "Vertrouwelijk" }),
    employer: employer.trim() === "" ? "De werkgever" : employer,
    recipient: { name: name.trim() === "" ? "Naam niet genoemd" : name, contact },
    adopted,
    lines: list.lines.map(({ domain, what, provided, costLow, costHigh, who, byWhen }, place) => ({
      code: `M${place + 1}`,
      domain,
      what,
      provided,
      costLow,
      costHigh,
      who,
      byWhen,
    })),
    totalLow: list.totalLow,
    totalHigh: list.totalHigh,
    answerTo: "de ambtsdrager, op de pagina met maatregelen in Rugdekking",
  };
  return { template: "verstrekking", data, assets: {}, fileName: `maatregelen-versie-${list.adviceVersion}.pdf`, leftOut: [] };
}
