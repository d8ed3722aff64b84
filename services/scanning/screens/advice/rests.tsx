/** What an advice rests on: the right to it, visits with their answers, threat analysis and risk assessment of the present round. Used by the weighing and the reading of an advice. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { DossierEntry, DossierHandle } from "#services/dossier/client/index.ts";
import { ErrorState, Icon, Skeleton, useLanguage, writeDay } from "#services/interface/index.ts";
import { newestInRound, presentRound } from "#services/scanning/client/index.ts";
import { EntitlementBody, RiskAssessmentBody, ThreatAnalysisBody, VisitBody } from "#services/scanning/contract/index.ts";
import { AnalysisView } from "#services/scanning/screens/entries/advice-view.tsx";
import { VisitView } from "#services/scanning/screens/entries/findings.tsx";
import { RiskView } from "#services/scanning/screens/entries/risk-view.tsx";
import { More } from "#services/scanning/screens/entries/said.tsx";
import { HousePicture, pinsOf } from "#services/scanning/screens/house/index.ts";
import "./advice.css";
import type { Messages } from "./nl.ts";

interface Read<B> {
  readonly entry: DossierEntry;
  readonly body: B;
}

interface Grounds {
  readonly entitlement: Read<EntitlementBody> | null;
  readonly analysis: Read<ThreatAnalysisBody> | null;
  readonly risk: Read<RiskAssessmentBody> | null;
  readonly visits: readonly Read<VisitBody>[];
}

async function groundsOf(handle: DossierHandle): Promise<Grounds> {
  const analysis = newestInRound(handle, "threat-analysis");
  const risk = newestInRound(handle, "risk-assessment");
  const entitlement = handle.newest("entitlement");
  const visits = presentRound(handle).filter(({ header }) => header.kind === "visit");
  return {
    entitlement: entitlement === null ? null : { entry: entitlement, body: await handle.readBody(entitlement, EntitlementBody) },
    analysis: analysis === null ? null : { entry: analysis, body: await handle.readBody(analysis, ThreatAnalysisBody) },
    risk: risk === null ? null : { entry: risk, body: await handle.readBody(risk, RiskAssessmentBody) },
    visits: await Promise.all(visits.map(async (entry) => ({ entry, body: await handle.readBody(entry, VisitBody) }))),
  };
}

/** The grounds at a glance: there or missing, since when, how much. */
function Overview({ grounds: { entitlement, analysis, risk, visits }, m }: { readonly grounds: Grounds; readonly m: Messages }): JSX.Element {
  const language = useLanguage();
  const w = m.weigh.groundsList;
  const day = ({ entry }: { readonly entry: DossierEntry }): string => writeDay(language, entry.header.at);
  const findings = visits.flatMap(({ body }) => body.findings);
  const answers = visits.reduce((sum, { body }) => sum + (body.answers?.answers.length ?? 0), 0);
  const lines: readonly (readonly [name: string, said: string, there: boolean])[] = [
    [
      w.entitlement,
      entitlement === null ? w.missing : entitlement.body.entitled ? w.entitled(entitlement.body.article) : w.notEntitled(entitlement.body.article),
      entitlement?.body.entitled === true,
    ],
    [
      w.visits,
      visits.length === 0
        ? w.missing
        : w.visit(
            visits.map(({ body }) => writeDay(language, body.on)).join(", "),
            findings.length,
            findings.reduce((sum, { photos }) => sum + photos.length, 0),
          ),
      visits.length > 0,
    ],
    [w.answers, answers === 0 ? w.noAnswers : w.answered(answers), answers > 0],
    [w.threat, analysis === null ? w.missing : w.threatSays(day(analysis), analysis.body.sources.length, analysis.body.cited?.length ?? 0), analysis !== null],
    [w.risk, risk === null ? w.missing : w.riskSays(day(risk), risk.body.rows.length), risk !== null && risk.body.rows.length > 0],
  ];
  return (
    <ul class="grounds" aria-label={m.weigh.rests}>
      {lines.map(([name, said, there]) => (
        <li key={name} data-lacks={there ? undefined : ""}>
          <Icon name={there ? "check" : "alert"} />
          <span>
            <strong>{name}</strong>
            <br />
            {said}
          </span>
        </li>
      ))}
    </ul>
  );
}

/**
 * @param overview the list on top, for who decides on it
 * @param extra what the weighing adds under a part: the reason to return it
 */
export function Rests({
  handle,
  m,
  overview = false,
  extra,
}: {
  readonly handle: DossierHandle;
  readonly m: Messages;
  readonly overview?: boolean;
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
  const findings = grounds.visits.flatMap(({ body }) => body.findings);
  return (
    <div class="stack-small">
      {overview && <Overview grounds={grounds} m={m} />}
      {overview && findings.some(({ ring }) => ring !== "none") && (
        <More title={m.weigh.house}>
          <HousePicture pins={pinsOf(findings)} />
        </More>
      )}
      <More title={m.weigh.threat}>
        {grounds.analysis === null ? missing : <AnalysisView body={grounds.analysis.body} />}
        {extra?.("threat-analysis")}
      </More>
      <More title={m.weigh.risk}>
        {grounds.risk === null ? missing : <RiskView body={grounds.risk.body} />}
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
