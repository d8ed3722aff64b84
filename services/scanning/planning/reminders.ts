/** What of the measures is due: what should have been there, what must come soon, what waits for the person's word, which loans go back. Called by the pages of measures. */
import type { ProvisionLine } from "#services/scanning/contract/index.ts";
import type { MeasureState } from "#services/scanning/contract/provision.ts";

/** Stable codes; screens word them. */
export type ReminderCode = "late" | "soon" | "confirm" | "return-late" | "return";

/** One measure that asks for attention. */
export interface Reminder {
  readonly code: ReminderCode;
  readonly measure: string;
  readonly what: string;
  /** Day it is about; null where there is none (to confirm). */
  readonly day: string | null;
  /** Who can do something about it. */
  readonly waitsFor: "employer" | "office-holder";
}

interface Known {
  readonly line: Pick<ProvisionLine, "id" | "what" | "byWhen" | "provided">;
  readonly state: MeasureState;
  /** Day of the newest step; null before the first. */
  readonly since: string | null;
}

/** Days ahead at which a measure is announced. */
const ahead = 14;

const order: readonly ReminderCode[] = ["return-late", "late", "return", "soon", "confirm"];

const plusDays = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/**
 * What is due, most pressing first.
 * @param today Dutch day; @param returnBy day by which loans go back, when the person leaves office
 */
export function remindersOf(measures: readonly Known[], today: string, returnBy: string | null = null): Reminder[] {
  const found = measures.flatMap(({ line, state, since }): Reminder[] => {
    const one = { measure: line.id, what: line.what } as const;
    const lent = line.provided === "on-loan" && (state === "on-loan" || state === "checked");
    if (lent && returnBy !== null) return [{ ...one, code: returnBy < today ? "return-late" : "return", day: returnBy, waitsFor: "employer" }];
    if (state === "advised" || state === "ordered") {
      if (line.byWhen === null || line.byWhen > plusDays(today, ahead)) return [];
      return [{ ...one, code: line.byWhen < today ? "late" : "soon", day: line.byWhen, waitsFor: "employer" }];
    }
    if (state === "placed" || state === "on-loan") return [{ ...one, code: "confirm", day: since, waitsFor: "office-holder" }];
    return [];
  });
  return found.toSorted((a, b) => order.indexOf(a.code) - order.indexOf(b.code) || (a.day ?? "").localeCompare(b.day ?? ""));
}
