/** The risk assessment: seriousness times likelihood by the visible table, rows to begin with, and what is left after the measures. Pure; screens and clients call it. */
import { riskLevels, riskTable, scenarios as allScenarios, seriousnessSteps, type RiskLevel } from "#registers/rules/index.ts";
import type { Likelihood, RiskAssessmentBody, RiskDomain, Seriousness } from "#services/scanning/contract/index.ts";
import type { RuledFinding } from "./propose.ts";

/** One row of the assessment, as the dossier has it. */
export type RiskRow = RiskAssessmentBody["rows"][number];

/** Level of the table's cell. */
export function riskOf(seriousness: Seriousness, likelihood: Likelihood): RiskLevel {
  const cell = riskTable.table.find((one) => one.seriousness === seriousness && one.likelihood === likelihood);
  // The register was checked to hold every cell once; the highest level is the safe answer to a hole.
  return cell?.level ?? "critical";
}

const higher = (a: RiskLevel, b: RiskLevel): RiskLevel => (riskLevels.indexOf(a) >= riskLevels.indexOf(b) ? a : b);

/** A row to begin with: what the findings make easier. How likely it is, only a person can say. */
export interface RowToWeigh {
  /** Id of the scenario. */
  readonly id: string;
  readonly domain: RiskDomain;
  readonly scenario: string;
  readonly findings: readonly string[];
  /** That of the most serious finding: a start, for the adviser to weigh. */
  readonly seriousness: Seriousness;
}

/** One row per scenario that has findings, in the order of the register; findings without a topic are left for the adviser. */
export function rowsToWeigh(findings: readonly RuledFinding[]): RowToWeigh[] {
  return allScenarios.flatMap(({ id, domain, text, topics }) => {
    const own = findings.filter(({ topic }) => topic !== null && topics.includes(topic));
    if (own.length === 0) return [];
    const step = Math.max(...own.map(({ seriousness }) => seriousnessSteps.indexOf(seriousness)));
    return [{ id, domain, scenario: text, findings: own.map((finding) => finding.id), seriousness: seriousnessSteps[step] ?? "high" }];
  });
}

/** One row weighed. */
export interface WeighedRow {
  readonly id: string;
  readonly before: RiskLevel;
  readonly after: RiskLevel;
}

/** What an assessment comes to. */
export interface Weighed {
  readonly rows: readonly WeighedRow[];
  /** Highest level per domain before and after; a domain without rows is missing. */
  readonly domains: Partial<Record<RiskDomain, { readonly before: RiskLevel; readonly after: RiskLevel }>>;
  /** Highest level that is left; null without rows. */
  readonly remaining: RiskLevel | null;
  /** What a reader must know: rows whose risk goes up, and findings that are in no row. */
  readonly remarks: readonly (
    | { readonly code: "risk-goes-up"; readonly row: string }
    | { readonly code: "still-critical"; readonly row: string }
    | { readonly code: "finding-not-weighed"; readonly finding: string }
  )[];
}

/** Weighs rows by the table (lid 4 onder b). @param findings ids of all findings, to see that each is weighed somewhere */
export function weigh(rows: readonly RiskRow[], findings: readonly string[] = []): Weighed {
  const weighed = rows.map((row) => ({
    id: row.id,
    domain: row.domain,
    before: riskOf(row.seriousness, row.likelihood),
    after: riskOf(row.remaining.seriousness, row.remaining.likelihood),
  }));
  const domains: Partial<Record<RiskDomain, { before: RiskLevel; after: RiskLevel }>> = {};
  let remaining: RiskLevel | null = null;
  for (const { domain, before, after } of weighed) {
    const there = domains[domain];
    domains[domain] = there === undefined ? { before, after } : { before: higher(there.before, before), after: higher(there.after, after) };
    remaining = remaining === null ? after : higher(remaining, after);
  }
  const covered = new Set(rows.flatMap((row) => row.findings));
  return {
    rows: weighed.map(({ id, before, after }) => ({ id, before, after })),
    domains,
    remaining,
    remarks: [
      ...weighed
        .filter(({ before, after }) => riskLevels.indexOf(after) > riskLevels.indexOf(before))
        .map(({ id }) => ({ code: "risk-goes-up" as const, row: id })),
      ...weighed.filter(({ after }) => after === "critical").map(({ id }) => ({ code: "still-critical" as const, row: id })),
      ...findings.filter((id) => !covered.has(id)).map((finding) => ({ code: "finding-not-weighed" as const, finding })),
    ],
  };
}
