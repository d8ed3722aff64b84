/**
 * Makes terms heard: reminds the desk before one ends, says when it has passed (also to the office-holder), and then tells one named contact after the other. A job that apps/server runs every minute.
 *
 * [Note: A term says everything once] What was done is a row keyed by dossier, the entry that started the term and the stage; it is written in the same transaction that moves the term on and puts the news
 * in the outbox. Killed anywhere, a batch is done whole or not at all, and a second run finds the next. Several servers may run it: the second finds that a term has moved on and leaves it alone.
 */
import { insertNews } from "#services/dossier/store/news.ts";
import { advanceTerms, desksDue, desksWithLate, takeWeek } from "#services/dossier/store/terms.ts";
import { reminderSettings, type ReminderSettings } from "#services/dossier/workflow/reminders.ts";
import { dueMoment, dutchDay } from "#services/dossier/workflow/terms.ts";
import type { DossierServices } from "./services.ts";

/** What the job needs. */
export interface TermsJob extends Pick<DossierServices, "db" | "clock" | "inTransaction"> {
  readonly directory: Pick<DossierServices["directory"], "contactsOf">;
  readonly settings?: ReminderSettings;
  /** Terms in one transaction, default 10,000. */
  readonly batch?: number;
  /** Stop after so many batches; default: when nothing is due. */
  readonly batches?: number;
}

/** What one run did. */
export interface TermsRun {
  readonly reminded: number;
  readonly overdue: number;
  readonly escalated: number;
}

/** The later stages of terms nobody looked at for long come one by one, each once; none is skipped, so that the contacts are told in their order. */
export async function runTerms(job: TermsJob): Promise<TermsRun> {
  const counts = { reminded: 0, overdue: 0, escalated: 0 };
  const { between, contacts: most } = job.settings ?? reminderSettings;
  const limit = job.batch ?? 10_000;
  const contacts = new Map<string, readonly string[]>();
  for (let batch = 0; batch < (job.batches ?? Number.POSITIVE_INFINITY); batch += 1) {
    const at = job.clock();
    const unknown = (await desksDue(job.db, at, limit)).filter((desk) => !contacts.has(desk));
    const found = await job.directory.contactsOf(job.db, unknown);
    for (const desk of unknown) contacts.set(desk, (found.get(desk) ?? []).slice(0, most));
    const escalate = { acute: dueMoment(at, between.acute), normal: dueMoment(at, between.normal) };
    const done = await job.inTransaction((trx) => advanceTerms(trx, { at, limit, escalate, contacts }));
    for (const what of ["reminded", "overdue", "escalated"] as const) counts[what] += done[what];
    if (done.reminded + done.overdue + done.escalated === 0) break;
  }
  return counts;
}

/** The week a day is in, by its Monday. */
function weekOf(at: Date): string {
  const day = dutchDay(at);
  const date = new Date(`${day}T00:00:00Z`);
  return new Date(date.getTime() - ((date.getUTCDay() + 6) % 7) * 86_400_000).toISOString().slice(0, 10);
}

/**
 * Once a week, in its first hours that somebody runs it: every desk with something late hears that there is news; the list itself stands on its page.
 * @returns how many desks were told; null when this week's word was given already.
 */
export async function weeklyLate(job: Pick<TermsJob, "db" | "clock" | "inTransaction">): Promise<number | null> {
  const at = job.clock();
  return await job.inTransaction(async (trx) => {
    if (!(await takeWeek(trx, weekOf(at)))) return null;
    let told = 0;
    for (let after: string | null = null; ;) {
      const desks: { organisation: string; desk: string }[] = await desksWithLate(trx, at, after, 500);
      for (const { organisation, desk } of desks) await insertNews(trx, organisation, [{ desk }]);
      told += desks.length;
      after = desks.at(-1)?.desk ?? null;
      if (desks.length < 500 || after === null) return told;
    }
  });
}
