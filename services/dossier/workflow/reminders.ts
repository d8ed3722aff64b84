/** When a running term makes itself heard: reminded before it ends, said when it has passed, then put to one named contact after the other. Pure; the server's job and the screens use it. */
import type { TermLength } from "./define.ts";
import { dueMoment } from "./terms.ts";

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

/** What a stage says. */
export type StageKind = "reminded" | "overdue" | "escalated";

/** A running term, as far as its stages go. */
export interface RunningTerm {
  readonly since: Date;
  readonly due: Date;
  readonly urgency: "acute" | "normal";
}

/** One stage: 0 reminds, 1 says that the term has passed, 2 and on go to the contact `stage - 2`. */
export interface Stage {
  readonly stage: number;
  readonly kind: StageKind;
  readonly at: Date;
}

/** What stage `stage` is, whatever its moment. */
export const kindOfStage = (stage: number): StageKind => (stage === 0 ? "reminded" : stage === 1 ? "overdue" : "escalated");

/**
 * The stage with this number.
 * @param before moment of the stage before it; from stage 2 on the pause is counted from there
 * @returns null when there is none any more.
 */
export function stageOf(term: RunningTerm, stage: number, before: Date, settings: ReminderSettings = reminderSettings): Stage | null {
  if (stage === 0) return { stage, kind: "reminded", at: new Date(term.since.getTime() + settings.remindAfter * (term.due.getTime() - term.since.getTime())) };
  if (stage === 1) return { stage, kind: "overdue", at: term.due };
  if (stage - 2 >= settings.contacts) return null;
  return { stage, kind: "escalated", at: dueMoment(before, settings.between[term.urgency]) };
}
