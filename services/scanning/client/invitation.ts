/** The appointment of a visit, read from the dossier, and as a calendar file. Called by screens. See [Note: What a calendar file says] in `services/dossier/client/calendar.ts`. */
import { calendarFile } from "#services/dossier/client/calendar.ts";
import type { DossierEntry, DossierHandle } from "#services/dossier/client/index.ts";
import { AppointmentBody } from "#services/scanning/contract/index.ts";
import { presentRound } from "./round.ts";

/** An appointment of the present round, and how often it changed before. */
export interface Appointment {
  readonly body: AppointmentBody;
  /** When it was written down. */
  readonly at: string;
  /** Grows with every change, so that a calendar knows the newest. */
  readonly sequence: number;
  /** It was taken back (moved, or someone was not there) and no new one stands. */
  readonly off: boolean;
}

/** The last appointment of the present round; null when none was made. @throws Problem role-forbidden, input-malformed. */
export async function appointmentOf(handle: DossierHandle): Promise<Appointment | null> {
  const changes = handle.entries.filter(isChange);
  const entry = presentRound(handle).findLast(({ header }) => header.kind === "appointment");
  const last = changes.at(-1);
  if (entry === undefined || last === undefined) return null;
  // Counted over all rounds: the UID is that of the dossier, so a new round's appointment replaces the old one's.
  return {
    body: await handle.readBody(entry, AppointmentBody),
    at: last.header.at,
    sequence: changes.length - 1,
    off: last.seq !== entry.seq && last.seq > entry.seq,
  };
}

const isChange = ({ header: { action } }: DossierEntry): boolean => action === "plan" || action === "replan" || action === "no-show";

/** What goes in the file. */
export interface Invitation {
  /** Id of the dossier; only a hash of it is written. */
  readonly dossier: string;
  readonly appointment: Appointment;
  /** What it is called; chosen by the person. */
  readonly title: string;
  /** With both addresses it is an invitation to mail (REQUEST or CANCEL); without, an appointment for one's own calendar (PUBLISH or CANCEL). */
  readonly mail?: { readonly from: string; readonly to: string };
}

/** Text of the file, lines ended by CRLF. */
export const invitationOf = async ({ dossier, appointment: { body, at, sequence, off }, title, mail }: Invitation): Promise<string> =>
  await calendarFile([{ subject: `appointment ${dossier}`, title, when: { start: body.start, minutes: body.minutes }, changed: at, sequence, off }], mail);
