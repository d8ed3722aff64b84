/** Aftercare dates of a help dossier: read, changed by the person, proposed by the team, and taken along as a calendar file. */
import { append, type DossierHandle } from "#services/dossier/client/index.ts";
import type { CalendarMark } from "#services/dossier/client/calendar.ts";
import type { Receipt } from "#services/dossier/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import { aftercareOf, AftercarePlanBody, type Aftercare, type AftercareDate } from "#services/support/contract/index.ts";

/** The plan as it stands. @throws Problem digest-mismatch, input-malformed. */
export async function readAftercare(handle: DossierHandle): Promise<Aftercare> {
  const entries = handle.entries.filter(({ header, readable }) => readable && header.kind === "aftercare-plan");
  return aftercareOf(
    await Promise.all(
      entries.map(async (entry) => ({
        seq: entry.seq,
        // The signed header says in which role it was written; the body cannot claim another.
        own: entry.header.author.role === handle.workflow.owner,
        body: await handle.readBody(entry, AftercarePlanBody),
      })),
    ),
  );
}

const write = (handle: DossierHandle, body: Omit<AftercarePlanBody, "version">): Promise<Receipt> =>
  append(handle, { kind: "aftercare-plan", body: { ...body, version: 1 } satisfies AftercarePlanBody });

const mustBe = (handle: DossierHandle, mine: boolean): void => {
  if (handle.mine !== mine)
    throw new Problem(
      "role-forbidden",
      mine ? "Only the person whose dossier it is sets the dates" : "The person sets dates and does not propose them",
      mine ? "Propose a date; they decide." : "Set the date at once.",
    );
};

/** The person writes the whole plan as it is from now on. @throws Problem role-forbidden for anyone else. */
export async function setAftercare(handle: DossierHandle, dates: readonly AftercareDate[], declined: readonly string[] = []): Promise<Receipt> {
  mustBe(handle, true);
  return write(handle, { dates: [...dates], declined: [...declined], note: "" });
}

/** The team proposes dates; nothing stands until the person takes one over. @throws Problem role-forbidden for the person. */
export async function proposeAftercare(handle: DossierHandle, dates: readonly Omit<AftercareDate, "id">[], note = ""): Promise<Receipt> {
  mustBe(handle, false);
  return write(handle, { dates: dates.map((date) => ({ ...date, id: crypto.randomUUID() })), declined: [], note });
}

/** What a calendar file of the plan would do: put dates in, or only take out those that no longer stand. Null when no date ever stood: a file without an appointment is none. */
export const calendarUse = ({ dates, gone }: Aftercare): "put" | "take-out" | null => (dates.length > 0 ? "put" : gone.length > 0 ? "take-out" : null);

/**
 * The dates as marks in a calendar, those that were taken away included, so that a calendar forgets them.
 * @param title what a date is called; the same for all, chosen by the person ([Note: What a calendar file says])
 * @param changed moment of the newest change
 */
export const aftercareMarks = (dossier: string, { dates, gone, changes }: Aftercare, title: string, changed: string): CalendarMark[] =>
  [...dates.map((date) => ({ date, off: false })), ...gone.map((date) => ({ date, off: true }))].map(({ date, off }) => ({
    subject: `aftercare ${dossier} ${date.id}`,
    title,
    when: { day: date.on },
    changed,
    sequence: changes,
    off,
  }));
