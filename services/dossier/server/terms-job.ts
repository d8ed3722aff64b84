/**
 * Makes terms heard: reminds the desk before one ends, says when it has passed (also to the office-holder), and then tells one named contact after the other. A job that apps/server runs every minute.
 *
 * [Note: A term says everything once] What was done is a row keyed by dossier, the entry that started the term and the stage; it is written in the same transaction that moves the term on and puts the news
 * in the outbox. Killed anywhere, a batch is done whole or not at all, and a second run finds the next. Several servers may run it: a batch holds its rows, and the second finds them moved on.
 */
import { insertNews, type NewsTarget } from "#services/dossier/store/news.ts";
import { desksWithLate, holdDueTerms, noMore, recordTermEvents, takeWeek, type DueTerm, type TermEvent, type TermMove } from "#services/dossier/store/terms.ts";
import { kindOfStage, reminderSettings, stageOf, type ReminderSettings } from "#services/dossier/workflow/reminders.ts";
import { dutchDay } from "#services/dossier/workflow/terms.ts";
import type { DossierServices } from "./services.ts";

/** What the job needs. */
export interface TermsJob extends Pick<DossierServices, "db" | "clock" | "inTransaction"> {
  readonly directory: Pick<DossierServices["directory"], "contactsOf">;
  readonly settings?: ReminderSettings;
  /** Terms in one transaction, default 5,000. */
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
  const contacts = new Map<string, readonly string[]>();
  for (let batch = 0; batch < (job.batches ?? Number.POSITIVE_INFINITY); batch += 1) {
    const done = await job.inTransaction(async (trx) => {
      const at = job.clock();
      const due = await holdDueTerms(trx, at, job.batch ?? 5_000);
      if (due.length === 0) return [];
      const unknown = [...new Set(due.flatMap(({ desk }) => (desk === null || contacts.has(desk) ? [] : [desk])))];
      for (const [desk, found] of await job.directory.contactsOf(trx, unknown)) contacts.set(desk, found);
      const { events, moves, news } = step(due, contacts, at, job.settings ?? reminderSettings);
      await recordTermEvents(trx, events, moves);
      for (const [organisation, targets] of news) await insertNews(trx, organisation, targets);
      return events;
    });
    for (const { what } of done) counts[what] += 1;
    if (done.length === 0) break;
  }
  return counts;
}

/** One stage of each term. */
function step(
  due: readonly DueTerm[],
  contacts: ReadonlyMap<string, readonly string[]>,
  at: Date,
  settings: ReminderSettings,
): { events: TermEvent[]; moves: TermMove[]; news: Map<string, NewsTarget[]> } {
  const events: TermEvent[] = [];
  const moves: TermMove[] = [];
  const persons = new Map<string, Set<string>>();
  const desks = new Map<string, Set<string>>();
  const tell = (all: Map<string, Set<string>>, organisation: string, id: string): void => {
    const known = all.get(organisation) ?? new Set();
    all.set(organisation, known.add(id));
  };
  for (const term of due) {
    const { organisation, dossier, seq, stage, name } = term;
    const what = kindOfStage(stage);
    const contact = what !== "escalated" ? null : (term.person ?? (term.desk === null ? null : contactAt(contacts.get(term.desk) ?? [], stage - 2)));
    events.push({ organisation, dossier, seq, stage, what, name, person: contact, at });
    if (what === "escalated") {
      if (contact !== null) tell(persons, organisation, contact);
    } else {
      if (term.person !== null) tell(persons, organisation, term.person);
      else if (term.desk !== null) tell(desks, organisation, term.desk);
      // That a term has passed is the office-holder's to know (design section 5).
      if (what === "overdue") tell(persons, organisation, term.owner);
    }
    // Who would come next decides whether there is a next stage; a desk with one member is told once.
    const next = stageOf(term, stage + 1, at, settings);
    const more =
      next !== null &&
      (next.kind !== "escalated" ||
        (term.person === null && contactAt((term.desk === null ? undefined : contacts.get(term.desk)) ?? [], next.stage - 2) !== null));
    moves.push({ organisation, dossier, stage: stage + 1, next: more ? next.at : noMore });
  }
  const news = new Map<string, NewsTarget[]>();
  for (const [organisation, ids] of persons)
    news.set(
      organisation,
      [...ids].map((person) => ({ person })),
    );
  for (const [organisation, ids] of desks) news.set(organisation, [...(news.get(organisation) ?? []), ...[...ids].map((desk) => ({ desk }))]);
  return { events, moves, news };
}

const contactAt = (contacts: readonly string[], place: number): string | null => contacts[place] ?? null;

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
