/** What of a scan counts now: after moving house a new round begins, and what was written for the old home no longer does. Called by screens. */
import type { DossierEntry, DossierHandle } from "#services/dossier/client/index.ts";
import type { EntryKind } from "#services/dossier/contract/index.ts";
import { AdoptionBody, AdviceBody, RequestBody, VisitBody, type Finding, type ReturnBody } from "#services/scanning/contract/index.ts";
import { mergeAnswers, type MergedAnswer } from "./merge.ts";
import { readScan } from "./request.ts";

/** Entries since the newest request the reader can see (all of them when the reader sees none), oldest first. */
export function presentRound(handle: DossierHandle): readonly DossierEntry[] {
  const start = handle.newest("request")?.seq ?? 0;
  return handle.entries.filter(({ seq }) => seq >= start);
}

/** Newest entry of a kind in the present round, or null. */
export const newestInRound = (handle: DossierHandle, kind: EntryKind): DossierEntry | null =>
  presentRound(handle).findLast((entry) => entry.header.kind === kind) ?? null;

/** The request the present round began with. @throws {@link Problem} role-forbidden, input-malformed. */
export async function requestOf(handle: DossierHandle): Promise<RequestBody | null> {
  const entry = handle.newest("request");
  return entry === null ? null : handle.readBody(entry, RequestBody);
}

/** A finding with the entry its photos hang on. */
export interface RecordedFinding {
  readonly finding: Finding;
  readonly entry: DossierEntry;
  readonly visit: VisitBody;
}

/** Findings of every visit in the present round; visits add up. @throws {@link Problem} role-forbidden, input-malformed. */
export async function findingsOf(handle: DossierHandle): Promise<RecordedFinding[]> {
  const visits = presentRound(handle).filter((entry) => entry.header.kind === "visit" && entry.readable);
  const all = await Promise.all(
    visits.map(async (entry) => {
      const visit = await handle.readBody(entry, VisitBody);
      return visit.findings.map((finding): RecordedFinding => ({ finding, entry, visit }));
    }),
  );
  return all.flat();
}

/** Answers of every visit in the present round, brought together; where two visits differ both are there. @throws {@link Problem} role-forbidden, input-malformed. */
export async function answersOf(handle: DossierHandle): Promise<MergedAnswer[]> {
  const visits = presentRound(handle).filter((entry) => entry.header.kind === "visit" && entry.readable);
  const bodies = await Promise.all(visits.map(async (entry) => ({ seq: entry.seq, answers: (await handle.readBody(entry, VisitBody)).answers })));
  return mergeAnswers(bodies.flatMap(({ seq, answers }) => (answers === undefined ? [] : [{ seq, answers }])));
}

/** One version of the advice. */
export interface AdviceVersion {
  readonly entry: DossierEntry;
  readonly body: AdviceBody;
}

/** Every version of the advice in the present round, oldest first. @throws {@link Problem} role-forbidden, input-malformed. */
export function adviceVersions(handle: DossierHandle): Promise<AdviceVersion[]> {
  const written = presentRound(handle).filter((entry) => entry.header.kind === "advice" && entry.readable);
  return Promise.all(written.map(async (entry) => ({ entry, body: await handle.readBody(entry, AdviceBody) })));
}

/** The last return of the present round, when no newer advice answers it; null otherwise. @throws {@link Problem} role-forbidden, input-malformed. */
export async function openReturn(handle: DossierHandle): Promise<ReturnBody | null> {
  const entry = newestInRound(handle, "return");
  const advice = newestInRound(handle, "advice");
  if (entry === null || (advice !== null && advice.seq > entry.seq)) return null;
  const content = await readScan(handle, entry);
  return content.kind === "return" ? content.body : null;
}

/** The advice that counts now: the adopted version with its decision, or the newest one that is not adopted yet. */
export interface PresentAdvice {
  readonly advice: AdviceVersion | null;
  /** The version before it in this round, to see what changed. */
  readonly before: AdviceVersion | null;
  readonly adoption: { readonly entry: DossierEntry; readonly body: AdoptionBody } | null;
}

/** Reads it. @throws {@link Problem} role-forbidden, input-malformed. */
export async function presentAdvice(handle: DossierHandle): Promise<PresentAdvice> {
  const versions = await adviceVersions(handle);
  const entry = newestInRound(handle, "adoption");
  const place = entry === null ? versions.length - 1 : versions.findIndex((version) => version.entry.header.body.item === entry.header.decides?.item);
  return {
    advice: versions[place] ?? null,
    before: versions[place - 1] ?? null,
    adoption: entry === null ? null : { entry, body: await handle.readBody(entry, AdoptionBody) },
  };
}
