/** The security advice as a document: everything it rests on, with the photos and the house. Made from the dossier as it is; nothing is typed twice. */
import { hexOf } from "#services/dossier/contract/hexadecimal.ts";
import type { PaperData } from "@rugdekking/paper";
import { riskTable, rules } from "#registers/rules/index.ts";
import type { DossierHandle, PaperToSet } from "#services/dossier/client/index.ts";
import { Problem } from "#services/problem/index.ts";
import {
  findingsOf,
  newestInRound,
  presentAdvice,
  presentRound,
  requestOf,
  type AdviceVersion,
  type PresentAdvice,
  type RecordedFinding,
} from "#services/scanning/client/round.ts";
import {
  EntitlementBody,
  RiskAssessmentBody,
  riskDomains,
  ThreatAnalysisBody,
  VisitBody,
  type Finding,
  type Measure,
  type RequestBody,
} from "#services/scanning/contract/index.ts";
import { compareEdits, compareMeasures, compareSections, holds, totalsOf, weigh } from "#services/scanning/proposals/index.ts";
import { dayOf, headOf, keyIdOf, type PaperMaking } from "./paper.ts";
import { placePhotos } from "./photos.ts";
import { checkSteps, costs, counted, editWords, functionNames } from "./words.ts";

type AdviceData = PaperData["advies"];

/** The advice that counts now, which must be there. @throws {@link Problem} requirement-missing. */
export async function adviceToPrint(handle: DossierHandle): Promise<PresentAdvice & { readonly advice: AdviceVersion }> {
  const present = await presentAdvice(handle);
  if (present.advice === null) throw new Problem("requirement-missing", "There is no advice to make a document of", "Draft the advice first.");
  return { ...present, advice: present.advice };
}

/** What the document calls each finding: B1, B2, … in the order in which they were noted. */
const codesOf = (findings: readonly RecordedFinding[]): ReadonlyMap<string, string> =>
  new Map(findings.map(({ finding }, place) => [finding.id, `B${place + 1}`]));

const known = (ids: readonly string[], codes: ReadonlyMap<string, string>): string[] => ids.flatMap((id) => codes.get(id) ?? []);

/** Rules of the register by which a measure follows from its findings, to be named beside it. */
function rulesOf(measure: Measure, findings: readonly Finding[]): string {
  const about = findings.filter(({ id }) => measure.findings.includes(id)).map((finding) => ({ ...finding, topic: finding.topic ?? null }));
  const named = rules.filter((rule) => rule.measures.includes(measure.id) && about.some((finding) => holds(rule, finding)));
  return named.length === 0 ? "" : `regel ${named.map(({ id }) => id).join(", ")}`.slice(0, 400);
}

const domainOf = (section: string): (typeof riskDomains)[number] | null => riskDomains.find((domain) => section === `s-${domain}`) ?? null;

const levelWords = (level: string): string => riskTable.levels.find(({ id }) => id === level)?.nl ?? level;

function summaryOf(measures: readonly Measure[], findings: number, risk: RiskAssessmentBody | null): string {
  const { employer, own } = totalsOf(measures);
  const lines = [
    `Bij het bezoek ${findings === 1 ? "is" : "zijn"} ${counted(findings, "bevinding", "bevindingen")} genoteerd. Dit advies vraagt ${counted(measures.length, "maatregel", "maatregelen")}.`,
    `De werkgever regelt er ${employer.count} (${costs(employer)}). Voor eigen rekening ${own.count === 1 ? "is er" : "zijn er"} ${own.count} (${costs(own)}).`,
  ];
  const weighed = risk === null ? null : weigh(risk.rows);
  const domains = Object.values(weighed?.domains ?? {});
  if (weighed?.remaining !== null && weighed !== null && domains.length > 0) {
    const rank = (level: string): number => riskTable.levels.find(({ id }) => id === level)?.rank ?? 0;
    const before = domains.map((one) => one.before).toSorted((a, b) => rank(b) - rank(a))[0] ?? "critical";
    lines.push(`Het zwaarste risico is nu “${levelWords(before)}” en na de maatregelen “${levelWords(weighed.remaining)}”.`);
  }
  return lines.join("\n\n");
}

const groundsOf = (entitlement: EntitlementBody | null): string =>
  [
    "Dit advies rust op de Regeling rechtspositie decentrale politieke ambtsdragers, artikelen 2.9, 3.9 en 4.9, lid 4: een dreigingsanalyse met wat er plaatselijk bekend is (onder a) en een beoordeling van de risico’s in en om de woning (onder b).",
    entitlement === null ? "" : `Recht op de maatregelen: ${entitlement.article}.`,
    "Ernst en kans zijn gewogen met de tabel die in dit document staat.",
  ]
    .filter((line) => line !== "")
    .join("\n\n");

function threatOf(analysis: ThreatAnalysisBody | null): AdviceData["threat"] {
  if (analysis === null) return { history: "", localInformation: "", sources: [], notAsked: "", conclusion: "" };
  const { history, localInformation, sources, notAsked, conclusion, cited = [] } = analysis;
  const shared = cited.map(({ what, note }) => `• ${what}${note.trim() === "" ? "" : ` Hieruit neemt de adviseur mee: ${note}`}`);
  return {
    history: [history, shared.length === 0 ? "" : `Door de ambtsdrager zelf gedeeld:\n${shared.join("\n")}`]
      .filter((part) => part.trim() !== "")
      .join("\n\n")
      .slice(0, 60_000),
    localInformation,
    sources,
    notAsked,
    conclusion,
  };
}

function changesOf(before: AdviceVersion | null, now: AdviceVersion): AdviceData["changes"] {
  if (before === null) return null;
  const kinds = { new: "added", changed: "changed", gone: "removed" } as const;
  const named = (title: string): string => (title.trim() === "" ? "Onderdeel zonder titel" : title);
  const items: NonNullable<AdviceData["changes"]>["items"] = [];
  for (const { title, change } of compareSections(before.body, now.body))
    if (change !== "same") items.push({ kind: kinds[change], what: named(title), note: "Tekst van het advies." });
  for (const { what, change } of compareMeasures(before.body, now.body))
    if (change !== "same") items.push({ kind: kinds[change], what: named(what), note: "Maatregel." });
  for (const { is, edit, what } of compareEdits(before.body, now.body))
    items.push({ kind: is === "new" ? "added" : "removed", what: named(what), note: `Keuze van de adviseur: ${editWords[edit.change]}. ${edit.reason}` });
  return { version: before.body.adviceVersion, date: dayOf(before.entry), items: items.slice(0, 200) };
}

function signatureOf({ adoption, advice }: PresentAdvice & { readonly advice: AdviceVersion }): AdviceData["signature"] {
  if (adoption === null) return null;
  const { entry, body } = adoption;
  const signer = entry.author ?? body.signedBy;
  const digest = hexOf(entry.header.decides?.digest ?? "");
  return {
    name: signer.name,
    office: signer.office,
    on: dayOf(entry),
    statement: body.statement,
    signed: `het advies, versie ${advice.body.adviceVersion}`,
    digest,
    keyId: keyIdOf(entry),
    check: checkSteps(digest),
  };
}

const subjectOf = (request: RequestBody | null, advice: AdviceVersion): AdviceData["subject"] => ({
  name: request === null || request.name.trim() === "" ? "Naam niet genoemd" : request.name,
  function: request === null ? "" : functionNames[request.function],
  organisation: request?.organisationName ?? "",
  address: advice.body.address,
});

/** Bodies the advice rests on, in the present round. */
async function restsOf(handle: DossierHandle): Promise<{
  readonly analysis: ThreatAnalysisBody | null;
  readonly risk: RiskAssessmentBody | null;
  readonly entitlement: EntitlementBody | null;
  readonly visits: readonly VisitBody[];
}> {
  const [analysis, risk, entitlement] = [newestInRound(handle, "threat-analysis"), newestInRound(handle, "risk-assessment"), handle.newest("entitlement")];
  const visits = presentRound(handle).filter(({ header, readable }) => header.kind === "visit" && readable);
  return {
    analysis: analysis === null ? null : await handle.readBody(analysis, ThreatAnalysisBody),
    risk: risk === null ? null : await handle.readBody(risk, RiskAssessmentBody),
    entitlement: entitlement === null ? null : await handle.readBody(entitlement, EntitlementBody),
    visits: await Promise.all(visits.map(async (entry) => await handle.readBody(entry, VisitBody))),
  };
}

/**
 * The advice that counts now, adopted or not.
 * @throws {@link Problem} requirement-missing (no advice), role-forbidden, digest-mismatch (a photo is not the one that was signed), unavailable.
 */
export async function advicePaper(handle: DossierHandle, making: PaperMaking = {}): Promise<PaperToSet<"advies">> {
  const present = await adviceToPrint(handle);
  const { advice, before } = present;
  const [request, recorded, rests] = await Promise.all([requestOf(handle), findingsOf(handle), restsOf(handle)]);
  const codes = codesOf(recorded);
  const findings = recorded.map(({ finding }) => finding);
  const photos = await placePhotos(handle, recorded, codes, making);
  const svg = making.house?.(recorded, codes) ?? null;
  const house =
    svg === null
      ? null
      : { asset: "huis", alt: houseInWords(findings, codes), caption: "De woning met de bevindingen; de nummers horen bij de bevindingen hieronder." };
  const data: AdviceData = {
    document: await headOf(handle, "Beveiligingsadvies", { version: advice.body.adviceVersion, date: dayOf(advice.entry), marking: "Vertrouwelijk" }),
    status: present.adoption === null ? "concept" : "adopted",
    subject: subjectOf(request, advice),
    author: { name: advice.entry.author?.name ?? "", office: advice.entry.author?.office ?? "" },
    summary: summaryOf(advice.body.measures, findings.length, rests.risk),
    grounds: groundsOf(rests.entitlement),
    threat: threatOf(rests.analysis),
    assessment: {
      visits: rests.visits.map(({ on, present: who }) => ({ on, present: who })).slice(0, 20),
      note: rests.visits
        .map(({ note }) => note.trim())
        .filter((note) => note !== "")
        .join("\n\n")
        .slice(0, 60_000),
    },
    risks: (rests.risk?.rows ?? []).map((row, place) => ({
      code: `R${place + 1}`,
      domain: row.domain,
      scenario: row.scenario,
      findings: known(row.findings, codes),
      before: { seriousness: row.seriousness, likelihood: row.likelihood },
      after: row.remaining,
    })),
    sections: advice.body.sections.map(({ id, title, text }) => ({ domain: domainOf(id), title: title.trim() === "" ? "Advies" : title, text })),
    findings: findings.slice(0, 150).map((finding) => ({
      code: codes.get(finding.id) ?? "B",
      domain: finding.domain,
      ring: finding.ring,
      observation: finding.observation,
      seriousness: finding.seriousness,
      photos: photos.placed.get(finding.id) ?? [],
    })),
    house,
    measures: advice.body.measures.map((measure, place) => ({
      code: `M${place + 1}`,
      domain: measure.domain,
      what: measure.what,
      why: measure.why,
      findings: known(measure.findings, codes),
      rule: rulesOf(measure, findings),
      provided: measure.provided,
      costLow: measure.costLow,
      costHigh: measure.costHigh,
      who: measure.who,
      byWhen: measure.byWhen,
    })),
    remainingRisk: rests.risk?.remainingRisk ?? "",
    signature: signatureOf(present),
    changes: changesOf(before, advice),
  };
  const assets = svg === null ? photos.assets : { ...photos.assets, huis: new TextEncoder().encode(svg) };
  return { template: "advies", data, assets, fileName: `beveiligingsadvies-versie-${advice.body.adviceVersion}.pdf`, leftOut: photos.leftOut };
}

/** The house picture for who cannot see it. */
function houseInWords(findings: readonly Finding[], codes: ReadonlyMap<string, string>): string {
  const rings = {
    surroundings: "in de omgeving",
    plot: "op het erf",
    shell: "aan de gevel",
    inside: "binnen",
    "safe-room": "in de veilige ruimte",
    none: "",
  } as const;
  const told = findings.flatMap(({ id, ring }) => (ring === "none" ? [] : [`${codes.get(id) ?? ""} ${rings[ring]}`]));
  return `Doorsnede van de woning met vier ringen. ${told.length === 0 ? "Er is niets in aangegeven." : `Aangegeven zijn: ${told.join(", ")}.`}`.slice(
    0,
    2_000,
  );
}
