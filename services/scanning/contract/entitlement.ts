/** Who has a claim under the Regeling Veilig Wonen and by which article: a plain rule, shown to the person and recorded in the dossier. Pure; screens and clients call it. */
import type { OfficeFunction } from "#services/dossier/contract/bodies.ts";

/** Outcome of the rule for one function. */
export interface Entitlement {
  readonly entitled: boolean;
  /** Stable name of the row that decided it; screens word it. */
  readonly rule: "executive" | "representative" | "not-named";
  /** Article and lid it rests on, in the notation of the source. */
  readonly article: string;
  /** What to point the person to when there is no claim; null with a claim. */
  readonly instead: "councillor-scan" | "employer-costs" | null;
  /** One plain sentence in English; the screens have the Dutch one, keyed by `rule`. */
  readonly explanation: string;
}

const regeling = "Regeling rechtspositie decentrale politieke ambtsdragers";
const besluit = "Rechtspositiebesluit decentrale politieke ambtsdragers";

const executive = (article: string): Entitlement => ({
  entitled: true,
  rule: "executive",
  article: `${regeling}, art. ${article} lid 1 en lid 5`,
  instead: null,
  explanation:
    "Members of the executive have a claim to the measures of an adopted security advice, in office or from the moment it is certain they will take it.",
});
const representative = (article: string, instead: "councillor-scan" | "employer-costs"): Entitlement => ({
  entitled: false,
  rule: "representative",
  article: `${besluit}, art. ${article} lid 1; niet onder de ${regeling} (toelichting Stcrt. 2023, 28233)`,
  instead,
  explanation:
    instead === "councillor-scan"
      ? "Councillors are outside the Regeling; since June 2025 the CCV has a scan of its own for them. Costs the protection system labels as the employer's are still borne by the municipality."
      : "Members of provincial councils are outside the Regeling. Costs the protection system labels as the employer's are still borne by the province.",
});
const notNamed = (article: string): Entitlement => ({
  entitled: false,
  rule: "not-named",
  article: `${besluit}, art. ${article}`,
  instead: "employer-costs",
  explanation:
    "This function is not named in the definition of executives under the Regeling. Costs the protection system labels as the employer's are still borne by the organisation.",
});

const rules: Readonly<Record<OfficeFunction, Entitlement>> = {
  "kings-commissioner": executive("2.9"),
  "provincial-executive": executive("2.9"),
  "provincial-councillor": representative("2.3.1", "employer-costs"),
  mayor: executive("3.9"),
  alderman: executive("3.9"),
  councillor: representative("3.3.1", "councillor-scan"),
  "committee-member": notNamed("3.4.4 jo. 3.3.1 lid 1"),
  "water-authority-chair": executive("4.9"),
  "water-authority-executive": executive("4.9"),
  "water-authority-general-board": notNamed("4.3.1 lid 1"),
};

/**
 * The rule for one function (Regeling arts 2.9, 3.9, 4.9; Stcrt. 2023, 28233; Besluit arts 2.3.1, 3.3.1, 3.4.4, 4.3.1).
 * Only the function decides here; standing (lid 5 onder a), residence (lid 2) and PKVW (lid 5 onder b) are weighed by the expert desk.
 */
export const entitlement = (office: OfficeFunction): Entitlement => rules[office];
