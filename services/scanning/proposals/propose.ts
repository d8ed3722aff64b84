/** From findings to proposed measures, each with the findings and rules it came from, and what the adviser made of it. Pure; screens and clients call it. */
import { Check } from "typebox/value";
import { measures as registered, type MeasureRow } from "#registers/measures/index.ts";
import { rules as allRules, seriousnessSteps, type Rule } from "#registers/rules/index.ts";
import { MeasureEdits, type Measure, type MeasureEdit, type Ring, type RiskDomain, type Seriousness } from "#services/scanning/contract/index.ts";
import { ProposalError } from "./edits.ts";

/** What a rule may look at of a finding. */
export interface RuledFinding {
  readonly id: string;
  readonly domain: RiskDomain;
  readonly ring: Ring;
  /** Id in registers/rules/topics.json; null for a finding in the adviser's own words, which no rule fits. */
  readonly topic: string | null;
  readonly seriousness: Seriousness;
}

/** Where a proposal came from. */
export interface Because {
  readonly finding: string;
  /** Id in registers/rules/rules.json; null when the adviser tied it to the finding. */
  readonly rule: string | null;
  /** The rule's sentence, or the adviser's reason. */
  readonly text: string;
}

/** A measure as it stands: from the register, with the adviser's changes. Costs are whole euros, VAT included. */
export interface StandingMeasure {
  readonly domain: RiskDomain;
  readonly ring: Ring;
  readonly level: MeasureRow["level"] | null;
  readonly pkvw: boolean;
  readonly what: string;
  readonly why: string;
  readonly who: "employer" | "own";
  readonly provided: "provided" | "on-loan";
  readonly costLow: number;
  readonly costHigh: number;
  /** What the cost is for: the whole, one piece, one year. */
  readonly costPer: MeasureRow["cost"]["per"];
  readonly pieces: number;
  /** Whose estimate: the register's own, its source's, or the adviser's. */
  readonly costBasis: MeasureRow["cost"]["basis"] | "adviser";
}

/** One proposed measure. */
export interface Proposal {
  readonly measure: string;
  readonly state: "proposed" | "added" | "changed" | "dropped";
  readonly now: StandingMeasure;
  /** As the register has it; null for one the adviser wrote. */
  readonly register: MeasureRow | null;
  readonly because: readonly Because[];
  /** The adviser's acts on it, oldest first. */
  readonly edits: readonly MeasureEdit[];
}

/** All proposals and what they leave open. */
export interface Proposals {
  readonly list: readonly Proposal[];
  /** Findings for which no measure stands: no rule fits, or everything was dropped. */
  readonly unanswered: readonly string[];
}

/** Whether a rule holds for a finding: its topic (and domain, ring) and at least its seriousness. */
export const holds = ({ when }: Rule, finding: RuledFinding): boolean =>
  when.topic === finding.topic &&
  (when.domain === undefined || when.domain === finding.domain) &&
  (when.ring === undefined || when.ring === finding.ring) &&
  seriousnessSteps.indexOf(finding.seriousness) >= seriousnessSteps.indexOf(when.atLeast ?? "low");

const fromRegister = (row: MeasureRow): StandingMeasure => ({
  domain: row.domain,
  ring: row.ring,
  level: row.level,
  pkvw: row.pkvw,
  what: row.what,
  why: row.why,
  who: row.who,
  provided: row.provided,
  costLow: row.cost.low,
  costHigh: row.cost.high,
  costPer: row.cost.per,
  pieces: 1,
  costBasis: row.cost.basis,
});

/**
 * Proposes measures for findings and applies the adviser's acts in order.
 * @param registers rules and measures; those of the house when left out
 * @returns proposals in the order in which the findings brought them, then what was added
 * @throws {@link ProposalError} for an act that cannot be applied.
 */
export function propose(
  findings: readonly RuledFinding[],
  edits: readonly MeasureEdit[] = [],
  registers: { readonly rules: readonly Rule[]; readonly measures: ReadonlyMap<string, MeasureRow> } = { rules: allRules, measures: registered },
): Proposals {
  const standing = new Map<string, Proposal>();
  for (const finding of findings) {
    for (const rule of registers.rules) {
      if (!holds(rule, finding)) continue;
      for (const id of rule.measures) propose1(standing, registers.measures, id, { finding: finding.id, rule: rule.id, text: rule.because });
    }
  }
  if (!Check(MeasureEdits, edits)) throw new ProposalError("edit-malformed", "", "An edit does not have the promised form");
  const names = new Set(findings.map(({ id }) => id));
  for (const edit of edits) standing.set(edit.measure, applied(standing.get(edit.measure), edit, registers.measures, names));
  const list = [...standing.values()];
  const answered = new Set(list.filter(({ state }) => state !== "dropped").flatMap(({ because }) => because.map(({ finding }) => finding)));
  return { list, unanswered: [...names].filter((id) => !answered.has(id)) };
}

function propose1(standing: Map<string, Proposal>, measures: ReadonlyMap<string, MeasureRow>, id: string, because: Because): void {
  const row = measures.get(id);
  if (row === undefined) throw new ProposalError("measure-unknown", id, `Rule ${because.rule} proposes ${id}, which is not in the register`);
  const there = standing.get(id);
  standing.set(
    id,
    there === undefined
      ? { measure: id, state: "proposed", now: fromRegister(row), register: row, because: [because], edits: [] }
      : { ...there, because: [...there.because, because] },
  );
}

/** One act on what stands. @throws {@link ProposalError}. */
function applied(there: Proposal | undefined, edit: MeasureEdit, measures: ReadonlyMap<string, MeasureRow>, findings: ReadonlySet<string>): Proposal {
  const { measure } = edit;
  if (edit.reason.trim() === "") throw new ProposalError("reason-missing", measure, `The act on ${measure} has no reason`);
  if (edit.change === "added") return added(there, edit, measures, findings);
  if (there === undefined || there.state === "dropped")
    throw new ProposalError("measure-not-there", measure, `${measure} does not stand, so it cannot be ${edit.change}`);
  const edits = [...there.edits, edit];
  if (edit.change === "dropped") return { ...there, state: "dropped", edits };
  const now = changed(there, edit.to);
  if (now.costLow > now.costHigh) throw new ProposalError("cost-reversed", measure, `The cost range of ${measure} runs downward`);
  return { ...there, state: there.state === "added" ? "added" : "changed", now, edits };
}

function changed({ now, register }: Proposal, to: Extract<MeasureEdit, { change: "changed" }>["to"]): StandingMeasure {
  const pieces = to.pieces ?? now.pieces;
  const priced = to.costLow !== undefined || to.costHigh !== undefined;
  const times = to.pieces !== undefined && register?.cost.per === "piece" && now.costBasis !== "adviser" && !priced;
  const cost = times ? { costLow: register.cost.low * pieces, costHigh: register.cost.high * pieces } : {};
  return { ...now, ...to, ...cost, pieces, costBasis: priced ? "adviser" : now.costBasis };
}

function added(
  there: Proposal | undefined,
  edit: Extract<MeasureEdit, { change: "added" }>,
  measures: ReadonlyMap<string, MeasureRow>,
  findings: ReadonlySet<string>,
): Proposal {
  const { measure, as } = edit;
  if (there !== undefined && there.state !== "dropped") throw new ProposalError("measure-stands", measure, `${measure} already stands`);
  const unknown = edit.findings.find((id) => !findings.has(id));
  if (unknown !== undefined) throw new ProposalError("finding-unknown", measure, `${measure} is tied to finding ${unknown}, which is not there`);
  const row = measures.get(measure);
  if (row === undefined && as === null) throw new ProposalError("measure-unknown", measure, `${measure} is not in the register and has no contents`);
  if (row !== undefined && as !== null) throw new ProposalError("measure-in-register", measure, `${measure} is in the register; change it instead`);
  if (as !== null && as.costLow > as.costHigh) throw new ProposalError("cost-reversed", measure, `The cost range of ${measure} runs downward`);
  const now: StandingMeasure | null =
    row !== undefined ? fromRegister(row) : as === null ? null : { ...as, level: null, pkvw: false, costPer: "whole", pieces: 1, costBasis: "adviser" };
  if (now === null) throw new ProposalError("measure-unknown", measure, `${measure} is not in the register and has no contents`);
  const tied = edit.findings.map((finding): Because => ({ finding, rule: null, text: edit.reason }));
  return {
    measure,
    state: "added",
    now,
    register: row ?? null,
    because: [...(there?.because ?? []), ...tied],
    edits: [...(there?.edits ?? []), edit],
  };
}

/**
 * The measures that stand, in the shape of an advice. `why` is the register's (or the adviser's) with the rules' sentences: it never leaves the advice.
 * @param byWhen day per measure id, where one was set
 */
export const adviceMeasures = ({ list }: Proposals, byWhen: ReadonlyMap<string, string> = new Map()): Measure[] =>
  list
    .filter(({ state }) => state !== "dropped")
    .map(({ measure, now, because }) => ({
      id: measure,
      domain: now.domain,
      what: now.what,
      why: [...new Set([now.why, ...because.map(({ text }) => text)])].join(" ").slice(0, 6_000),
      findings: [...new Set(because.map(({ finding }) => finding))].slice(0, 150),
      provided: now.provided,
      costLow: now.costLow,
      costHigh: now.costHigh,
      byWhen: byWhen.get(measure) ?? null,
      who: now.who,
    }));

/** What {@link proposeWhatFits} gives: the proposals, the acts they rest on, and the acts that no longer fit. */
export interface Fitting extends Proposals {
  readonly edits: readonly MeasureEdit[];
  readonly misfits: readonly MeasureEdit[];
}

/**
 * As {@link propose}, for acts that were made before the findings or the register changed (a second visit, a new rule): an act that cannot be applied any more is set aside for the adviser to see,
 * and does not stop the others.
 */
export function proposeWhatFits(findings: readonly RuledFinding[], edits: readonly MeasureEdit[], registers?: Parameters<typeof propose>[2]): Fitting {
  const fit: MeasureEdit[] = [];
  const misfits: MeasureEdit[] = [];
  let proposals = propose(findings, [], registers);
  for (const edit of edits) {
    try {
      proposals = propose(findings, [...fit, edit], registers);
      fit.push(edit);
    } catch (error) {
      if (!(error instanceof ProposalError)) throw error;
      misfits.push(edit);
    }
  }
  return { ...proposals, edits: fit, misfits };
}

/**
 * The acts that turn what the rules propose into measures that were written without them, so that an old advice reads as it did and can still be changed.
 * @param said reasons for the reader: of what stood there already, and of what the rules would add
 */
export function editsFor(
  measures: readonly Measure[],
  findings: readonly RuledFinding[],
  said: { readonly stood: string; readonly stoodNot: string },
  registers?: Parameters<typeof propose>[2],
): MeasureEdit[] {
  const names = new Set(findings.map(({ id }) => id));
  const drops = propose(findings, [], registers).list.map(({ measure }): MeasureEdit => ({ measure, change: "dropped", reason: said.stoodNot }));
  const known = registers?.measures ?? registered;
  const added = measures.flatMap(({ id, domain, what, why, findings: tied, provided, costLow, costHigh, who }): MeasureEdit[] => {
    const reason = why.trim() === "" ? said.stood : why;
    const fields = { what, why, who, provided, costLow, costHigh };
    const add = { measure: id, change: "added", reason, findings: tied.filter((one) => names.has(one)) } as const;
    if (known.has(id))
      return [
        { ...add, as: null },
        { measure: id, change: "changed", reason, to: fields },
      ];
    return [{ ...add, as: { domain, ring: ringOf(tied, findings, domain), ...fields } }];
  });
  return [...drops, ...added];
}

/** Ring of a measure written before measures had one: that of the finding it is for. */
const ringOf = (tied: readonly string[], findings: readonly RuledFinding[], domain: RiskDomain): Ring =>
  findings.find(({ id }) => tied.includes(id) && domain === "wonen")?.ring ?? "none";

/** Sums of what stands, for who pays: whole euros, VAT included. */
export interface Totals {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** What it comes to for the employer and for the person (PKVW and habits of one's own). */
export function totalsOf(measures: readonly Pick<Measure, "who" | "costLow" | "costHigh">[]): Readonly<Record<Measure["who"], Totals>> {
  const of = (who: Measure["who"]): Totals => {
    const own = measures.filter((measure) => measure.who === who);
    return { low: own.reduce((sum, { costLow }) => sum + costLow, 0), high: own.reduce((sum, { costHigh }) => sum + costHigh, 0), count: own.length };
  };
  return { employer: of("employer"), own: of("own") };
}
