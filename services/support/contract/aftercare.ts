/** The plan of aftercare dates (kind `aftercare-plan`) and how its entries add up. The person whose dossier it is decides: the support team can propose, never set. Called by client and screens. */
import Type, { type Static } from "typebox";
import { Day, ShortText } from "#services/dossier/contract/bodies.ts";

const DateId = Type.String({ pattern: "^[a-z0-9-]{1,40}$" });

/** One date of the plan. */
export const AftercareDate = Type.Object({ id: DateId, on: Day, what: ShortText }, { additionalProperties: false });
export type AftercareDate = Static<typeof AftercareDate>;

/**
 * By the person: the whole plan as it stands from now on, and which proposals were turned down. By the support team: proposals, each a date the person may take over.
 * Who wrote it decides which of the two it is, not what it says: see {@link aftercareOf}.
 */
export const AftercarePlanBody = Type.Object(
  {
    version: Type.Literal(1),
    dates: Type.Array(AftercareDate, { maxItems: 60 }),
    declined: Type.Array(DateId, { maxItems: 200 }),
    note: Type.String({ maxLength: 2_000 }),
  },
  { additionalProperties: false },
);
export type AftercarePlanBody = Static<typeof AftercarePlanBody>;

/** One opened entry of the plan. */
export interface WrittenPlan {
  readonly seq: number;
  /** Written by the person whose dossier it is. */
  readonly own: boolean;
  readonly body: AftercarePlanBody;
}

/** The plan as it stands. */
export interface Aftercare {
  /** Earliest first. */
  readonly dates: readonly AftercareDate[];
  /** Proposed by the team and not yet answered, earliest first. */
  readonly proposed: readonly AftercareDate[];
  /** Ids turned down so far. */
  readonly declined: readonly string[];
  /** Dates that stood once and no longer do, as they last were: a calendar must be told. */
  readonly gone: readonly AftercareDate[];
  /** How often the plan changed; grows, so that a calendar knows the newest. */
  readonly changes: number;
}

const byDay = (a: AftercareDate, b: AftercareDate): number => (a.on === b.on ? (a.id < b.id ? -1 : 1) : a.on < b.on ? -1 : 1);

/**
 * What the entries come to: the newest plan of the person, and every proposal of the team that the person neither took over nor turned down since. A team's entry never changes, moves or removes a date.
 * @param entries in any order
 */
export function aftercareOf(entries: readonly WrittenPlan[]): Aftercare {
  const plans = entries.filter(({ own }) => own).toSorted((a, b) => a.seq - b.seq);
  const present = plans.at(-1)?.body;
  const dates = present?.dates ?? [];
  const declined = [...new Set(plans.flatMap(({ body }) => body.declined))];
  const known = new Set(plans.flatMap(({ body }) => body.dates.map(({ id }) => id)).concat(declined));
  const proposed = new Map<string, AftercareDate>();
  for (const { own, body } of entries.toSorted((a, b) => a.seq - b.seq)) {
    if (own) continue;
    for (const date of body.dates) if (!known.has(date.id)) proposed.set(date.id, date);
  }
  const standing = new Set(dates.map(({ id }) => id));
  const once = new Map(plans.flatMap(({ body }) => body.dates.map((date) => [date.id, date] as const)));
  return {
    dates: dates.toSorted(byDay),
    proposed: [...proposed.values()].toSorted(byDay),
    declined,
    gone: [...once.values()].filter(({ id }) => !standing.has(id)).toSorted(byDay),
    changes: plans.length,
  };
}
