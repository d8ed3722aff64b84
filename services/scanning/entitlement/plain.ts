/** The rule set in the shapes the dossier already has: the answer by function alone, and the body of an `entitlement` entry. Clients call it. */
import { functionRow } from "#registers/functions/index.ts";
import type { OfficeFunction } from "#services/dossier/contract/bodies.ts";
import type { EntitlementBody } from "#services/scanning/contract/index.ts";
import type { Decision } from "./decide.ts";
import { say, type Sentence } from "./sentences.ts";
import type { Situation } from "./situation.ts";

/** What the function alone decides. */
export interface PlainEntitlement {
  readonly entitled: boolean;
  readonly rule: "executive" | "representative" | "not-named";
  /** Article and lid, in the notation of the source. */
  readonly article: string;
  /** First way without a claim; null with one. */
  readonly instead: "councillor-scan" | "employer-costs" | null;
  readonly explanation: Sentence;
}

const regeling = "Regeling rechtspositie decentrale politieke ambtsdragers";
const besluit = "Rechtspositiebesluit decentrale politieke ambtsdragers";

/**
 * The rule for one function (Regeling arts 2.9, 3.9, 4.9; Stcrt. 2023, 28233; Besluit arts 2.3.1, 3.3.1, 3.4.4, 4.3.1).
 * Same meaning as `entitlement()` of the contract room, from the register.
 */
export function entitlementOf(office: OfficeFunction): PlainEntitlement {
  const row = functionRow(office);
  const filling = { office: { nl: row.nl, en: row.en } };
  const rule = row.regime;
  if (row.regeling !== null)
    return { entitled: true, rule, article: `${regeling}, art. ${row.regeling} lid 1 en lid 5`, instead: null, explanation: say("function-named", filling) };
  const own = row.through === null ? `art. ${row.besluit} lid 1` : `art. ${row.through} jo. ${row.besluit} lid 1`;
  return {
    entitled: false,
    rule,
    article: rule === "representative" ? `${besluit}, ${own}; niet onder de ${regeling} (toelichting Stcrt. 2023, 28233)` : `${besluit}, ${own}`,
    instead: row.ways.includes("councillor-scan") ? "councillor-scan" : "employer-costs",
    explanation: say(rule === "representative" ? "function-outside" : "function-not-named", filling),
  };
}

/** The codes in a body's `rule` are those of {@link Decision.outcome} for a named function, and the regime's name for another. */
export function entitlementBodyOf(decision: Decision, situation: Situation, language: keyof Sentence): Omit<EntitlementBody, "version"> {
  const plain = entitlementOf(situation.function);
  const lines = [
    decision.verdict[language],
    ...decision.conditions.map((one) => `${one.article}: ${one[language]}`),
    ...decision.grounds.map((one) => `${one.article}: ${one[language]}`),
    ...decision.todo.map((one) => one[language]),
    ...decision.ways.map((one) => one[language]),
  ];
  const excepted = decision.conditions.some(({ state }) => state === "by-exception") ? situation.exception : null;
  return {
    entitled: decision.mayStart,
    rule: plain.entitled ? decision.outcome : plain.rule,
    article: plain.article,
    explanation: lines.join("\n"),
    pkvwException: excepted === null ? null : { by: excepted.by, reason: excepted.reason },
  };
}
