/** Handing an advice in, in one go: what changed is written, then all is submitted. After a cut it goes on where it stopped. Called by screens. */
import type { DossierHandle } from "#services/dossier/client/index.ts";
import type { Receipt } from "#services/dossier/contract/index.ts";
import { RiskAssessmentBody, ThreatAnalysisBody } from "#services/scanning/contract/index.ts";
import { draftAdvice, saveAnalysis, saveRisk, submit, type AdviceDraft, type AnalysisDraft } from "./expert.ts";
import { newestInRound } from "./round.ts";

/** The three parts of an advice and a word to the authority. */
export interface HandedIn {
  readonly analysis: AnalysisDraft;
  readonly risk: Omit<RiskAssessmentBody, "version">;
  readonly advice: AdviceDraft;
  readonly note: string;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whether the newest threat analysis of this round says the same already. */
async function analysisStands(handle: DossierHandle, draft: AnalysisDraft): Promise<boolean> {
  const entry = newestInRound(handle, "threat-analysis");
  if (entry === null) return false;
  const { history, localInformation, sources, notAsked, conclusion, cited = [] } = await handle.readBody(entry, ThreatAnalysisBody);
  return same(
    [history, localInformation, sources, notAsked, conclusion, cited],
    [draft.history, draft.localInformation, draft.sources, draft.notAsked, draft.conclusion, draft.cited ?? []],
  );
}

async function riskStands(handle: DossierHandle, draft: HandedIn["risk"]): Promise<boolean> {
  const entry = newestInRound(handle, "risk-assessment");
  if (entry === null) return false;
  const { rows, remainingRisk } = await handle.readBody(entry, RiskAssessmentBody);
  return same([rows, remainingRisk], [draft.rows, draft.remainingRisk]);
}

/**
 * Writes threat analysis and risk assessment when they changed, the advice when the phase asks for one, and submits.
 * An advice that was drafted already (after a cut) is submitted as it stands.
 * @throws {@link Problem} consent-missing, role-forbidden, phase-forbidden.
 */
export async function handIn(handle: DossierHandle, given: HandedIn): Promise<Receipt> {
  if (!(await analysisStands(handle, given.analysis))) await saveAnalysis(handle, given.analysis);
  if (!(await riskStands(handle, given.risk))) await saveRisk(handle, given.risk);
  if (handle.view.actions.includes("draft")) await draftAdvice(handle, given.advice);
  return submit(handle, given.note);
}
