/** The half-written advice: its shape, what it begins with, and what it still lacks. Only the writing of an advice uses it. */
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";
import { Day } from "#services/dossier/contract/bodies.ts";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { adviceVersions, newestInRound, requestOf, type HandedIn, type RecordedFinding } from "#services/scanning/client/index.ts";
import { Cited, Measure, MeasureEdit, RiskAssessmentBody, riskDomains, ThreatAnalysisBody, type RiskDomain } from "#services/scanning/contract/index.ts";
import type * as rulebook from "./rulebook.ts";
import type { Fitting, RuledFinding } from "./rulebook.ts";

/** Rules, registers and what is calculated with them, once fetched. */
export type Rulebook = typeof rulebook;

/** Parts of the writing page. */
export const writeParts = ["threat", "risk", "sections", "measures", "handIn"] as const;
export type WritePart = (typeof writeParts)[number];

const Draft = Type.Object({
  part: Type.Enum([...writeParts]),
  analysis: Type.Object({
    history: Type.String(),
    localInformation: Type.String(),
    sources: Type.Array(Type.Object({ who: Type.String(), on: Day })),
    notAsked: Type.String(),
    cited: Type.Optional(Type.Array(Cited)),
    conclusion: Type.String(),
  }),
  risk: Type.Object({ rows: RiskAssessmentBody.properties.rows, remainingRisk: Type.String() }),
  advice: Type.Object({
    address: Type.String(),
    sections: Type.Array(Type.Object({ id: Type.String(), title: Type.String(), text: Type.String() })),
    /** Measures of an advice (or of a draft) from before there were proposals; gone once `edits` say what became of them. */
    measures: Type.Optional(Type.Array(Measure)),
    edits: Type.Optional(Type.Array(MeasureEdit)),
    /** Day per measure by which it must be there. */
    byWhen: Type.Optional(Type.Record(Type.String(), Day)),
  }),
  note: Type.String(),
});
export type Draft = Static<typeof Draft>;
export type RiskRow = Draft["risk"]["rows"][number];
export type Section = Draft["advice"]["sections"][number];

export const isDraft = (value: unknown): value is Draft => Check(Draft, value);

export const draftName = (dossier: string): string => `advice-${dossier}`;

/**
 * What the writing begins with: what was written before in this round, or an empty advice with a section per domain.
 * @param titles names of the domains, in the language of the writer
 * @throws Problem role-forbidden, input-malformed.
 */
export async function beginDraft(handle: DossierHandle, titles: Readonly<Record<RiskDomain, string>>): Promise<Draft> {
  const [request, versions] = await Promise.all([requestOf(handle), adviceVersions(handle)]);
  const analysisEntry = newestInRound(handle, "threat-analysis");
  const riskEntry = newestInRound(handle, "risk-assessment");
  const analysis = analysisEntry === null ? null : await handle.readBody(analysisEntry, ThreatAnalysisBody);
  const risk = riskEntry === null ? null : await handle.readBody(riskEntry, RiskAssessmentBody);
  const advice = versions.at(-1)?.body ?? null;
  const home = request === null ? "" : [request.address, request.homeMunicipality].filter((part) => part !== "").join(", ");
  return {
    part: "threat",
    analysis:
      analysis === null
        ? { history: "", localInformation: "", sources: [], notAsked: "", cited: [], conclusion: "" }
        : {
            history: analysis.history,
            localInformation: analysis.localInformation,
            sources: analysis.sources,
            notAsked: analysis.notAsked,
            cited: analysis.cited ?? [],
            conclusion: analysis.conclusion,
          },
    risk: risk === null ? { rows: [], remainingRisk: "" } : { rows: risk.rows, remainingRisk: risk.remainingRisk },
    advice:
      advice === null
        ? { address: home, sections: riskDomains.map((domain) => ({ id: `s-${domain}`, title: titles[domain], text: "" })), edits: [], byWhen: {} }
        : {
            address: advice.address,
            sections: advice.sections,
            ...(advice.edits === undefined ? { measures: advice.measures } : { edits: advice.edits, byWhen: daysOf(advice.measures) }),
          },
    note: "",
  };
}

const daysOf = (measures: readonly Measure[]): Record<string, string> =>
  Object.fromEntries(measures.flatMap(({ id, byWhen }) => (byWhen === null ? [] : [[id, byWhen] as const])));

/** A finding as the rules look at it. */
export const ruled = ({ finding: { id, domain, ring, topic, seriousness } }: RecordedFinding): RuledFinding => ({
  id,
  domain,
  ring,
  topic: topic ?? null,
  seriousness,
});

/** What the rules propose and the adviser made of it, with the dates. */
export interface Proposed {
  readonly fit: Fitting;
  readonly byWhen: Readonly<Record<string, string>>;
  readonly measures: readonly Measure[];
}

/** @param said reasons for measures that were written before there were proposals */
export function proposedBy(
  book: Rulebook,
  { advice }: Draft,
  findings: readonly RecordedFinding[],
  said: { readonly stood: string; readonly stoodNot: string },
): Proposed {
  const about = findings.map(ruled);
  const edits = advice.edits ?? book.editsFor(advice.measures ?? [], about, said);
  const byWhen = advice.byWhen ?? daysOf(advice.measures ?? []);
  const fit = book.proposeWhatFits(about, edits);
  return { fit, byWhen, measures: book.adviceMeasures(fit, new Map(Object.entries(byWhen))) };
}

const blank = (text: string): boolean => text.trim() === "";

/** What still lacks, by part; nothing lacks in `measures`: an advice may find that nothing is needed. */
export function lacksOf({ analysis, risk, advice }: Draft): WritePart[] {
  const lacks: readonly (readonly [boolean, WritePart])[] = [
    [blank(analysis.conclusion) || (analysis.sources.every(({ who }) => blank(who)) && blank(analysis.notAsked)), "threat"],
    [risk.rows.length === 0 || risk.rows.some(({ scenario }) => blank(scenario)), "risk"],
    [blank(advice.address) || advice.sections.every(({ text }) => blank(text)), "sections"],
  ];
  return lacks.filter(([is]) => is).map(([, part]) => part);
}

/** What is handed in: sections without words stay out. */
export const handedIn = ({ analysis, risk, advice, note }: Draft, { measures, fit }: Proposed): HandedIn => ({
  analysis: { ...analysis, cited: analysis.cited ?? [], sources: analysis.sources.filter(({ who }) => !blank(who)) },
  risk,
  advice: { address: advice.address, sections: advice.sections.filter(({ text }) => !blank(text)), measures: [...measures], edits: [...fit.edits] },
  note,
});
