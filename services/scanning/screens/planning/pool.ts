/** The adviser pool of an expert desk as this device knows it: the signed roster, the load from the desk's own opened covers, and the coordinator's notes, sealed on this device. Used by the planning page and by choosing an adviser. */
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";
import type { OpenDesk, Session } from "#services/directory/client/index.ts";
import { dutchDay } from "#services/dossier/workflow/terms.ts";
import { deskScans, type ListedScan } from "#services/scanning/client/index.ts";
import type { PlannedScan } from "#services/scanning/planning/index.ts";
import { scanDrafts } from "#services/scanning/screens/draft.ts";

/** Phases in which an adviser has work on a scan. */
const busy: readonly string[] = ["assigned", "planned", "visited", "drafted", "returned"];

/** What the coordinator noted of each adviser; by person id. */
const Notes = Type.Object({
  advisers: Type.Record(
    Type.String(),
    Type.Object({ perWeek: Type.Union([Type.Integer({ minimum: 1, maximum: 50 }), Type.Null()]), region: Type.String({ maxLength: 400 }) }),
  ),
});
export type Notes = Static<typeof Notes>;
export const isNotes = (value: unknown): value is Notes => Check(Notes, value);
export const noNotes: Notes = { advisers: {} };

/** Name under which the notes of a desk are kept. */
export const notesName = (desk: string): string => `pool-${desk}`;

/** The notes as they were last kept; none when this browser keeps nothing. */
export async function readNotes(desk: string): Promise<Notes> {
  try {
    const kept = await (await scanDrafts()).read(notesName(desk));
    return isNotes(kept) ? kept : noNotes;
  } catch {
    return noNotes;
  }
}

/** What of a listed scan the load is made of. */
const plannedOf = ({ cover, phase }: ListedScan): PlannedScan => ({
  expert: busy.includes(phase) ? (cover?.expert?.person ?? null) : null,
  visit: phase !== "planned" || cover === null || cover.visit === null ? null : dutchDay(new Date(cover.visit)),
  minutes: cover?.minutes ?? 120,
  town: cover?.town ?? "",
});

/** The scans of a desk, as listed and as the load counts them. @throws Problem role-forbidden, unavailable. */
export async function readPool(
  session: Session,
  desk: OpenDesk,
  phases: readonly string[],
): Promise<{ readonly scans: readonly ListedScan[]; readonly planned: readonly PlannedScan[] }> {
  const scans = await deskScans(session, desk, phases);
  return { scans, planned: scans.map(plannedOf) };
}
