/** The rule set in the shapes the dossier already has: the answer by function alone, and the body of an `entitlement` entry. Clients call it. */
import { defaultSettings, functionRow, type SettingValues } from "#registers/functions/index.ts";
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

/** The rule for one function (Regeling arts 2.9, 3.9, 4.9; Stcrt. 2023, 28233; Besluit arts 2.3.1, 3.3.1, 3.4.4, 4.3.1), from the register. */
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

/** What the desk adds to what the rules say. */
export interface Added {
  /** Words for the person. */
  readonly words?: string;
  /** The desk's own decision on starting; the rules' when left out. */
  readonly entitled?: boolean;
  /** Values with which was weighed: those that differ from their default are recorded. */
  readonly settings?: SettingValues;
}

/** The codes in a body's `rule` are those of {@link Decision.outcome} for a named function, and the regime's name for another. */
export function entitlementBodyOf(decision: Decision, situation: Situation, language: keyof Sentence, added: Added = {}): Omit<EntitlementBody, "version"> {
  const plain = entitlementOf(situation.function);
  const words = added.words?.trim() ?? "";
  const lines = [
    decision.verdict[language],
    ...decision.conditions.map((one) => `${one.article}: ${one[language]}`),
    ...decision.grounds.map((one) => `${one.article}: ${one[language]}`),
    ...decision.todo.map((one) => one[language]),
    ...decision.ways.map((one) => one[language]),
    ...(words === "" ? [] : ["", words]),
  ];
  const excepted = decision.conditions.some(({ state }) => state === "by-exception") ? situation.exception : null;
  const entitled = added.entitled ?? decision.mayStart;
  return {
    entitled,
    rule: plain.entitled ? decision.outcome : plain.rule,
    article: plain.article,
    explanation: lines.join("\n"),
    weighed: {
      situation,
      outcome: decision.outcome,
      conditions: decision.conditions.map(({ article, state, final, nl, en }) => ({ article, state, final, nl, en })),
      todo: decision.todo.map(({ article, nl, en }) => ({ article, nl, en })),
      ways: decision.ways.map(({ id, nl, en }) => ({ id, nl, en })),
      settings: decision.settings.map((id) => ({ id, value: (added.settings ?? defaultSettings)[id] })),
      against: entitled !== decision.mayStart,
      words,
    },
    pkvwException: excepted === null ? null : { by: excepted.by, ...(excepted.on === null ? {} : { on: excepted.on }), reason: excepted.reason },
  };
}
