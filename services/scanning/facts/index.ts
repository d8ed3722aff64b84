/**
 * The one anonymous fact a finished scan leaves behind: in coarse classes, how many advised measures were placed, lent or declined, and how long it took. Pure; a client makes it, nothing is sent from here.
 *
 * [Note: What the scan fact holds] The number nobody in the country could give is how often advised measures were really placed, and how long that took (domain.md 1.8).
 * The fact answers it and nothing else: no name, function, organisation, province, place, date, period, cost, kind of measure, or id of scan, person or measure. Counts and days are classes,
 * because an exact row of four counts and a number of days could be matched with what an employer knows. Who collects facts knows in which period they came in, and publishes under disclosure control
 * (design law 6). It goes out under an anonymous token by way of services/figures, with the month and the days from request to completion beside it. Measures at the person's own account (PKVW) are not on the provision list and are not counted.
 */
import { ScanFact, type countClasses, type dayClasses, type MeasureBody, type ProvisionLine } from "#services/scanning/contract/index.ts";

export { ScanFact };

/** What can be wrong; stable codes. */
export type FactErrorCode =
  /** Nothing was adopted, or nothing was to be provided: there is no fact. */
  | "nothing-advised"
  /** A day is none. */
  | "day-malformed"
  /** A measure was there before the advice was adopted: a clock ran back or a day was mistyped. */
  | "before-adoption"
  /** A step names a measure that is not on the list. */
  | "measure-unknown";

/** No fact can be made. */
export class FactError extends Error {
  override readonly name = "FactError";
  readonly code: FactErrorCode;
  /** @param code stable code; @param detail what is wrong, without ids or days. */
  constructor(code: FactErrorCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

/** What of a finished scan the fact is made of; read from the provision channel. */
export interface FinishedScan {
  /** Day on which the advice was adopted. */
  readonly adoptedOn: string;
  /** The provision list. */
  readonly advised: readonly Pick<ProvisionLine, "id" | "provided">[];
  /** Steps in the order in which they were written. */
  readonly steps: readonly Pick<MeasureBody, "measure" | "state" | "on">[];
}

const dayNumber = (day: string): number => {
  const at = /^\d{4}-\d{2}-\d{2}$/u.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  // `Date.parse` takes 31 February for 3 March: a day that comes back as another is none.
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day) throw new FactError("day-malformed", "A day is not a calendar day");
  return at / 86_400_000;
};

/** Class of a count. */
export const countClass = (count: number): (typeof countClasses)[number] =>
  count <= 0 ? "0" : count <= 2 ? "1-2" : count <= 5 ? "3-5" : count <= 10 ? "6-10" : "11+";
/** Class of a number of days. */
export const dayClass = (days: number): (typeof dayClasses)[number] =>
  days <= 30 ? "0-30" : days <= 90 ? "31-90" : days <= 180 ? "91-180" : days <= 365 ? "181-365" : "366+";

/**
 * Makes the fact of a finished scan.
 * @throws {@link FactError} nothing-advised, day-malformed, before-adoption, measure-unknown.
 */
export function factOf({ adoptedOn, advised, steps }: FinishedScan): ScanFact {
  const adopted = dayNumber(adoptedOn);
  const list = new Map(advised.map(({ id, provided }) => [id, provided]));
  if (list.size === 0) throw new FactError("nothing-advised", "There is nothing on the provision list");
  const ends = new Map<string, { how: "placed" | "on-loan" | "declined"; day: number | null }>();
  for (const { measure, state, on } of steps) {
    const provided = list.get(measure);
    if (provided === undefined) throw new FactError("measure-unknown", "A step names a measure that is not on the list");
    const there = ends.get(measure);
    if (state === "ordered") continue;
    if (state === "declined") {
      ends.set(measure, { how: "declined", day: null });
      continue;
    }
    // Checked and returned say nothing new of a measure that is there; of one never written down as placed they say that it came.
    const how = state === "placed" ? "placed" : state === "checked" && provided === "provided" ? "placed" : "on-loan";
    if ((state === "placed" || state === "on-loan") && there?.how === how) continue;
    if ((state === "checked" || state === "returned") && there !== undefined && there.how !== "declined") continue;
    ends.set(measure, { how, day: dayNumber(on) - adopted });
  }
  const all = [...ends.values()];
  const days = all.flatMap(({ day }) => day ?? []).toSorted((a, b) => a - b);
  if ((days[0] ?? 0) < 0) throw new FactError("before-adoption", "A measure was there before the advice was adopted");
  const half = days[Math.ceil(days.length / 2) - 1];
  const last = days.at(-1);
  const count = (how: "placed" | "on-loan" | "declined"): (typeof countClasses)[number] => countClass(all.filter((one) => one.how === how).length);
  return {
    version: 1,
    kind: "scan-measures",
    advised: countClass(list.size),
    placed: count("placed"),
    onLoan: count("on-loan"),
    declined: count("declined"),
    open: countClass(list.size - all.length),
    daysHalf: half === undefined ? null : dayClass(half),
    daysLast: last === undefined ? null : dayClass(last),
  };
}
