/** Who has a claim under the Regeling Veilig Wonen, decided condition by condition with article and lid, in words a person can follow. Pure; clients and screens call it. */
import { defaultSettings, functionRow, SettingValues, ways as allWays, type OfficeRow, type SettingValues as Settings } from "#registers/functions/index.ts";
import { Check } from "typebox/value";
import {
  adopted,
  analysis,
  assessment,
  capacity,
  daysLater,
  moved,
  pkvw,
  residence,
  standing,
  type Case,
  type ConditionState,
  type Found,
} from "./conditions.ts";
import { inWords, say, type Filling, type Sentence, type SentenceCode } from "./sentences.ts";
import { readSituation, SituationError, type Situation } from "./situation.ts";

/** One article, and what it says here. */
export interface Ground extends Sentence {
  readonly code: SentenceCode;
  /** As one cites it: `Regeling art. 3.9 lid 5 onder a`. */
  readonly article: string;
}

/** One condition of the claim. */
export interface Condition extends Ground {
  readonly state: ConditionState;
  /** Not met, and nothing on this road changes it. */
  readonly final: boolean;
  /** What has to be done for it; codes of {@link Decision.todo}. */
  readonly todo: readonly SentenceCode[];
}

/** Something that still has to be done. */
export interface Todo extends Sentence {
  readonly code: SentenceCode;
  /** Article of the condition it belongs to. */
  readonly article: string;
}

/** Somewhere the person is led. */
export interface WayOut extends Sentence {
  /** Id in registers/functions/ways.json. */
  readonly id: string;
  /** Telephone number to call for it; null when there is none. */
  readonly call: string | null;
  /** Page of this house where the step can be taken; null when there is none. */
  readonly page: string | null;
}

/**
 * What was decided.
 * - `claim`: every condition is met or was decided by exception: the measures may be provided.
 * - `on-the-way`: nothing stands in the way for good, something is still missing or unknown.
 * - `no-claim`: the function has a claim, this person or home has not (left office, not certain, ontheffing refused).
 * - `elsewhere`: the Regeling is not for this function.
 */
export interface Decision {
  readonly outcome: "claim" | "on-the-way" | "no-claim" | "elsewhere";
  /** True for `claim` only. */
  readonly claim: boolean;
  /** May the scan begin? The function is named, the standing is met, and nothing stands in the way for good. */
  readonly mayStart: boolean;
  readonly verdict: Sentence;
  /** Each condition that was looked at, in the order of the law. */
  readonly conditions: readonly Condition[];
  /** What else follows from the articles: costs, loan, sharing. */
  readonly grounds: readonly Ground[];
  readonly todo: readonly Todo[];
  /** Never empty unless there is a claim or the scan may begin: nobody is left without a way. */
  readonly ways: readonly WayOut[];
  /** Settings that differ from their default and were weighed. */
  readonly settings: readonly (keyof Settings)[];
}

const organisations = {
  province: { nl: "provincie", en: "province" },
  municipality: { nl: "gemeente", en: "municipality" },
  "water-authority": { nl: "waterschap", en: "water authority" },
} as const;
const deciders = {
  "expert-desk": { nl: "Het CCV", en: "The CCV" },
  authority: { nl: "De beveiligingsautoriteit", en: "The security authority" },
} as const;

/** Sets some settings, the others keep their default. @throws {@link SituationError} situation-malformed when a value is none the setting may have. */
export function withSettings(chosen: Partial<Settings>): Settings {
  const all = { ...defaultSettings, ...chosen };
  if (!Check(SettingValues, all)) throw new SituationError("situation-malformed", "/settings: a setting has a value it may not have");
  return all;
}

/** The settings of an earlier decision: what it recorded, the others as their default. @throws {@link SituationError} situation-malformed when a recorded value is none the setting may have. */
export function recordedSettings(recorded: readonly { readonly id: string; readonly value: unknown }[]): Settings {
  const all: unknown = { ...defaultSettings, ...Object.fromEntries(recorded.map(({ id, value }) => [id, value])) };
  if (!Check(SettingValues, all)) throw new SituationError("situation-malformed", "/settings: a setting has a value it may not have");
  return all;
}

const cite = ({ law, article, lid, part }: Pick<Found, "law" | "article" | "lid" | "part">): string =>
  `${law === "regeling" ? "Regeling" : "Besluit"} art. ${article}${lid === null ? "" : ` lid ${lid}`}${part === null ? "" : ` onder ${part}`}`;

/** Weighs a situation. @param settings the open points; the defaults when left out. @throws {@link SituationError} situation-malformed, days-reversed. */
export function decide(given: Situation, settings: Settings = defaultSettings): Decision {
  const situation = readSituation(given);
  const row = functionRow(situation.function);
  const organisation = organisations[row.organisation];
  const filling: Filling = { office: { nl: row.nl, en: row.en }, organisation, area: organisation, decider: deciders[settings["pkvw-exception-by"]] };
  const word = (one: Found): Condition => ({
    code: one.code,
    article: cite(one),
    state: one.state,
    final: one.final,
    todo: one.todo,
    ...say(one.code, { ...filling, ...days(one) }),
  });
  const changed = keysOf(settings).filter((key) => settings[key] !== defaultSettings[key]);
  if (row.regeling === null) return elsewhere(row, settings, word, changed);

  const of: Case = { row, article: row.regeling, situation, settings };
  const stands = standing(of);
  const gate = pkvw(of);
  const looked = [named(row.regeling), stands, capacity(of), residence(of), gate, analysis(of), assessment(of), adopted(of), moved(of)].filter(
    (one) => one !== null,
  );
  const blocked = looked.some(({ final }) => final);
  const claim = looked.every(({ state }) => state === "met" || state === "by-exception");
  const gateOpen = settings["pkvw-gate-at"] === "provision" || gate.state === "met" || gate.state === "by-exception";
  const mayStart = !blocked && stands.state === "met" && gateOpen;
  const outcome = blocked ? "no-claim" : claim ? "claim" : "on-the-way";
  const todo = looked.flatMap((one) => one.todo.map((code): Todo => ({ code, article: cite(one), ...say(code, filling) })));
  return {
    outcome,
    claim,
    mayStart,
    verdict: say(outcome, filling),
    conditions: looked.map(word),
    grounds: groundsOf(of, outcome, filling),
    todo: todo.filter(({ code }, at) => todo.findIndex((one) => one.code === code) === at),
    ways: claim ? [] : waysOf(row, extraWays(looked), row.ways),
    settings: changed,
  };
}

/** Lid 1: the function is one of those the article names. */
const named = (article: string): Found => ({ code: "function-named", law: "regeling", article, lid: 1, part: null, state: "met", final: false, todo: [] });

const days = ({ since, until }: Found): Filling => ({
  ...(since === undefined ? {} : { since: inWords(since) }),
  ...(until === undefined ? {} : { until: inWords(until) }),
});

const keysOf = (settings: Settings): (keyof Settings)[] => {
  const names: readonly string[] = Object.keys(settings);
  const isKey = (name: string): name is keyof Settings => Object.hasOwn(SettingValues.properties, name);
  return names.filter(isKey);
};

/** The Regeling is not for this function: say so, and lead on. */
function elsewhere(row: OfficeRow, settings: Settings, word: (one: Found) => Condition, changed: readonly (keyof Settings)[]): Decision {
  const outside: Found = {
    code: row.regime === "representative" ? "function-outside" : "function-not-named",
    law: "regeling",
    article: { province: "2.9", municipality: "3.9", "water-authority": "4.9" }[row.organisation],
    lid: 1,
    part: null,
    state: "not-met",
    final: true,
    todo: [],
  };
  return {
    outcome: "elsewhere",
    claim: false,
    mayStart: false,
    verdict: say("elsewhere", {}),
    conditions: [word(outside)],
    grounds: [],
    todo: [],
    ways: waysOf(row, ownScan(row, settings), row.ways),
    settings: changed,
  };
}

/** The scan of one's own, where the register names none: an open point, so a setting. */
function ownScan({ id }: OfficeRow, settings: Settings): readonly string[] {
  if (id === "provincial-councillor") return [settings["scan-provincial-councillor"]];
  if (id === "water-authority-general-board") return [settings["scan-general-board"]];
  return id === "committee-member" ? [settings["scan-committee-member"]] : [];
}

/** Ways that belong to what was found, before the ways of the function. */
function extraWays(looked: readonly Found[]): readonly string[] {
  const codes = new Set<SentenceCode>(looked.map(({ code }) => code));
  return [
    ...(codes.has("neither") || codes.has("certain-later") ? ["ask-again"] : []),
    ...(codes.has("home-refused") ? ["another-home"] : []),
    ...(codes.has("left") && looked.some(({ article }) => article === "3.9") ? ["costs-after-office"] : []),
  ];
}

function waysOf(row: OfficeRow, first: readonly string[], rest: readonly string[]): WayOut[] {
  const besluit = row.through === null ? row.besluit : `${row.through} jo. ${row.besluit}`;
  return [...new Set([...first, ...rest])].flatMap((id) => {
    const way = allWays.get(id);
    return way === undefined
      ? []
      : [{ id, nl: way.nl.replace("{besluit}", besluit), en: way.en.replace("{besluit}", besluit), call: way.call ?? null, page: way.page ?? null }];
  });
}

/** What the articles say beside the conditions: lid 1 and 3 on kind and costs, lid 7 on loans, Besluit 3.2.16 onder b on sharing. */
function groundsOf({ row, article, situation, settings }: Case, outcome: Decision["outcome"], filling: Filling): Ground[] {
  const ground = (code: SentenceCode, where: string, more: Filling = {}): Ground => ({ code, article: where, ...say(code, { ...filling, ...more }) });
  const lid = (number: number): string => `Regeling art. ${article} lid ${number}`;
  const leaves = situation.until;
  const left = situation.standing === "left" || leaves !== null;
  const all: Ground[] = [];
  if (outcome !== "no-claim") all.push(ground("in-kind", lid(1)), ground("costs-employer", lid(3)), ground("loan-possible", lid(7)));
  if (outcome !== "no-claim" && row.shared !== null && situation.municipalities > 1) all.push(ground("costs-shared", `Besluit art. ${row.shared} onder b`));
  if (left) {
    all.push(
      leaves === null ? ground("loans-back", lid(7)) : ground("loans-return", lid(7), { until: inWords(daysLater(leaves, settings["loans-return-days"])) }),
    );
    all.push(ground(settings["provided-stay"] ? "provided-stay" : "provided-asked", lid(7)));
  }
  return all;
}
