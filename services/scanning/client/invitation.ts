/**
 * The appointment as an iCalendar file (RFC 5545, RFC 5546), made on the reader's own device. Called by screens.
 *
 * [Note: What a calendar file says] A calendar at work is read by others and copied by its provider. So the file says "Afspraak" and a time, nothing of a scan, a threat, an address or who comes, unless the person
 * types a title of their own. Its UID is a hash of the dossier's id, so that moving or cancelling finds the same appointment and nobody can go from the calendar to the dossier. Times are written in UTC, which every
 * calendar shows on its own clock; SEQUENCE counts every change of the appointment.
 */
import ical, { ICalCalendarMethod, ICalEventStatus } from "ical-generator";
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

async function uidOf(dossier: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`rugdekking appointment ${dossier}`)));
  return `${Array.from(digest.slice(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("")}@invalid`;
}

/** Text of the file, lines ended by CRLF. */
export async function invitationOf({ dossier, appointment, title, mail }: Invitation): Promise<string> {
  const { body, at, sequence, off } = appointment;
  const start = new Date(body.start);
  const method = off ? ICalCalendarMethod.CANCEL : mail === undefined ? ICalCalendarMethod.PUBLISH : ICalCalendarMethod.REQUEST;
  const calendar = ical({ method, prodId: "-//appointment//NL" });
  const event = calendar.createEvent({
    id: await uidOf(dossier),
    sequence,
    start,
    end: new Date(start.getTime() + body.minutes * 60_000),
    stamp: new Date(at),
    summary: title,
    status: off ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  if (mail !== undefined) {
    event.organizer({ name: mail.from, email: mail.from });
    event.createAttendee({ email: mail.to, rsvp: true });
  }
  return calendar.toString();
}
