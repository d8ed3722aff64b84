/** When a running term makes itself heard: reminded before it ends, said when it has passed, then put to one named contact after the other. Pure; the server's job and the screens use it. */
import type { TermLength } from "./define.ts";

/**
 * How insistent the house is. No source fixes any of this (the Circulaire names contacts, not days), so each is a setting with a default.
 * [Note: Who is the next contact] Contacts of a desk are the members of its signed roster: leads first, in the order of the roster. The first stage after the term tells the whole desk; each next one the next contact.
 */
export interface ReminderSettings {
  /** Part of the term after which the desk is reminded, 0 to 1. */
  readonly remindAfter: number;
  /** Pause between contacts. */
  readonly between: { readonly acute: TermLength; readonly normal: TermLength };
  /** Contacts that are told, one after the other, at the most. */
  readonly contacts: number;
}

/** The defaults. OPEN, setting. */
export const reminderSettings: ReminderSettings = { remindAfter: 0.75, between: { acute: { hours: 1 }, normal: { workingDays: 1 } }, contacts: 3 };

/** What a stage says: 0 reminds, 1 says that the term has passed, 2 and on tell one contact each. */
export type StageKind = "reminded" | "overdue" | "escalated";

/** When the desk is reminded of a term that runs from `since` to `due`. */
export const remindAt = (since: Date, due: Date, settings: ReminderSettings = reminderSettings): Date =>
  new Date(since.getTime() + settings.remindAfter * (due.getTime() - since.getTime()));
