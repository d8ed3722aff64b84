/** Who someone is, in Dutch, as the other reads it: on the screens and on the page that is taken along. */
import type { DossierRole } from "./index.ts";

/** Every role, in the middle of a sentence. */
export const dutchRoles: Readonly<Record<DossierRole, string>> = {
  reporter: "de melder",
  "office-holder": "de ambtsdrager",
  "safety-desk": "het veiligheidspunt",
  "expert-desk": "het CCV",
  expert: "de adviseur",
  authority: "de beveiligingsautoriteit",
  employer: "de werkgever",
  police: "de politie (RCCB)",
  prosecution: "het OM (adviseur BB&C)",
  "chief-prosecutor": "de hoofdofficier van justitie",
  "support-team": "het ondersteuningsteam",
  consulted: "wie meekijkt",
  "policy-officer": "wie de vragen heeft ingelezen",
  "policy-desk": "het ministerie dat de beantwoording trekt",
  "co-ministry": "het ministerie dat mede ondertekent",
  "fact-source": "wie om feiten is gevraagd",
  minister: "de minister",
};
