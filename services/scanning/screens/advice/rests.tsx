/** What an advice rests on: threat analysis, risk assessment and visits of the present round. Used by the weighing and the reading of an advice. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { DossierEntry, DossierHandle } from "#services/dossier/client/index.ts";
import { ErrorState, Skeleton } from "#services/interface/index.ts";
import { newestInRound, presentRound } from "#services/scanning/client/index.ts";
import { RiskAssessmentBody, ThreatAnalysisBody, VisitBody } from "#services/scanning/contract/index.ts";
import { AnalysisView } from "#services/scanning/screens/entries/advice-view.tsx";
import { VisitView } from "#services/scanning/screens/entries/findings.tsx";
import { RiskView } from "#services/scanning/screens/entries/risk-view.tsx";
import { More } from "#services/scanning/screens/entries/said.tsx";
import type { Messages } from "./nl.ts";

interface Grounds {
  readonly analysis: ThreatAnalysisBody | null;
  readonly risk: RiskAssessmentBody | null;
  readonly visits: readonly { readonly entry: DossierEntry; readonly body: VisitBody }[];
}

async function groundsOf(handle: DossierHandle): Promise<Grounds> {
  const analysis = newestInRound(handle, "threat-analysis");
  const risk = newestInRound(handle, "risk-assessment");
  const visits = presentRound(handle).filter(({ header }) => header.kind === "visit");
  return {
    analysis: analysis === null ? null : await handle.readBody(analysis, ThreatAnalysisBody),
    risk: risk === null ? null : await handle.readBody(risk, RiskAssessmentBody),
    visits: await Promise.all(visits.map(async (entry) => ({ entry, body: await handle.readBody(entry, VisitBody) }))),
  };
}

/** @param extra what the weighing adds under a part: the reason to return it */
export function Rests({
  handle,
  m,
  extra,
}: {
  readonly handle: DossierHandle;
  readonly m: Messages;
  readonly extra?: ((part: "threat-analysis" | "risk-assessment") => ComponentChildren) | undefined;
}): JSX.Element {
  const [grounds, setGrounds] = useState<Grounds | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    groundsOf(handle).then(setGrounds, setError);
  }, [handle]);
  if (error !== null) return <ErrorState error={error} />;
  if (grounds === null) return <Skeleton lines={4} />;
  const missing = <p class="soft">{m.weigh.missing}</p>;
  return (
    <div class="stack-small">
      <More title={m.weigh.threat}>
        {grounds.analysis === null ? missing : <AnalysisView body={grounds.analysis} />}
        {extra?.("threat-analysis")}
      </More>
      <More title={m.weigh.risk}>
        {grounds.risk === null ? missing : <RiskView body={grounds.risk} />}
        {extra?.("risk-assessment")}
      </More>
      <More title={m.weigh.visit}>
        {grounds.visits.length === 0
          ? missing
          : grounds.visits.map(({ entry, body }) => <VisitView key={entry.hash} handle={handle} entry={entry} body={body} />)}
      </More>
    </div>
  );
}
