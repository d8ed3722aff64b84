/**
 * Makes an iCalendar file (RFC 5545, RFC 5546) on the reader's own device. Called by the clients of the services; imported by its file and not through the room's index, so that pages without a calendar
 * do not load it.
 *
 * [Note: What a calendar file says] A calendar at work is read by others and copied by its provider. So the file says "Afspraak" and a time, nothing of a scan, a threat, help, an address or who comes,
 * unless the person types a title of their own. Its UIDs are hashes, so that moving or cancelling finds the same appointment and nobody can go from the calendar to the dossier. Times are written in UTC,
 * which every calendar shows on its own clock; days have no time at all; SEQUENCE counts every change.
 */
import ical, { ICalCalendarMethod, ICalEventStatus, type ICalEventData } from "ical-generator";

/** One appointment in the file. */
export interface CalendarMark {
  /** Names the appointment for ever, for example `appointment <dossier>`; only a hash of it is written. */
  readonly subject: string;
  readonly title: string;
  /** A moment with a length, or a whole day (`YYYY-MM-DD`). */
  readonly when: { readonly start: string; readonly minutes: number } | { readonly day: string };
  /** When it was last changed, RFC 3339. */
  readonly changed: string;
  /** Grows with every change, so that a calendar knows the newest. */
  readonly sequence: number;
  /** It was taken back. */
  readonly off: boolean;
}

async function uidOf(subject: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`rugdekking ${subject}`)));
  return `${Array.from(digest.slice(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("")}@invalid`;
}

const timeOf = (when: CalendarMark["when"]): Pick<ICalEventData, "start" | "end" | "allDay"> => {
  if ("day" in when) return { start: new Date(`${when.day}T00:00:00Z`), allDay: true };
  const start = new Date(when.start);
  return { start, end: new Date(start.getTime() + when.minutes * 60_000) };
};

/**
 * Text of the file, lines ended by CRLF.
 * @param marks one at least; when all are off the file takes them out of the calendar
 * @param mail with both addresses it is an invitation to mail (REQUEST or CANCEL); without, for one's own calendar (PUBLISH or CANCEL)
 */
export async function calendarFile(marks: readonly CalendarMark[], mail?: { readonly from: string; readonly to: string }): Promise<string> {
  const off = marks.every((one) => one.off);
  const method = off ? ICalCalendarMethod.CANCEL : mail === undefined ? ICalCalendarMethod.PUBLISH : ICalCalendarMethod.REQUEST;
  const calendar = ical({ method, prodId: "-//appointment//NL" });
  for (const mark of marks) {
    const event = calendar.createEvent({
      id: await uidOf(mark.subject),
      sequence: mark.sequence,
      ...timeOf(mark.when),
      stamp: new Date(mark.changed),
      summary: mark.title,
      status: mark.off ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
    if (mail === undefined) continue;
    event.organizer({ name: mail.from, email: mail.from });
    event.createAttendee({ email: mail.to, rsvp: true });
  }
  return calendar.toString();
}
