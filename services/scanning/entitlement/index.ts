/** The claim under the Regeling Veilig Wonen as an explainable rule set: situation in, decision with article and lid out. Pure; clients and screens call it. */
export { decide, recordedSettings, withSettings, type Condition, type Decision, type Ground, type Todo, type WayOut } from "./decide.ts";
export type { ConditionState } from "./conditions.ts";
export { entitlementBodyOf, entitlementOf, type Added, type PlainEntitlement } from "./plain.ts";
export { sentences, type Sentence, type SentenceCode } from "./sentences.ts";
export { readSituation, Situation, SituationError, situationOf, type SituationErrorCode } from "./situation.ts";
