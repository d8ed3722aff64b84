/** Who can help an office-holder and their household: for whom, when, how to reach, hours, cost, source, and when it was last checked. Read by services/support/matching and its screens. */
import Type, { type Static } from "typebox";
import { idPattern, onlyOnce, readRegister, RegisterError } from "#registers/register.ts";
import { cited, citesKnown } from "#registers/sources/index.ts";
import { HelpPhase, HelpSituation, Hours, Seeker } from "#services/support/contract/situation.ts";
import data from "./provisions.json" with { type: "json" };

const file = "registers/provisions/provisions.json";
const Text = Type.String({ minLength: 1, maxLength: 600 });
const MayBeText = Type.String({ maxLength: 600 });
const any = Type.Literal("any");

const Worded = Type.Object(
  {
    name: Text,
    /** What they do, in one or two sentences. */
    what: Text,
    /** For whom, as their own sources say it. */
    for: Text,
    /** How to reach them where no number, site or page says it; else empty. */
    how: MayBeText,
    /** Hours in words, where the structured ones do not say enough; else empty. */
    hours: MayBeText,
    /** What no source settles; shown as "nog na te gaan". Empty when nothing is open. */
    open: MayBeText,
  },
  { additionalProperties: false },
);

/** One provision. */
export const Provision = Type.Object(
  {
    id: Type.String({ pattern: idPattern }),
    /** For whom it is; those of `unsure` are not named by a source and are told to ask. */
    seekers: Type.Union([any, Type.Array(Seeker, { minItems: 1, uniqueItems: true })]),
    unsure: Type.Array(Seeker, { uniqueItems: true }),
    situations: Type.Union([any, Type.Array(HelpSituation, { minItems: 1, uniqueItems: true })]),
    phases: Type.Array(HelpPhase, { minItems: 1, uniqueItems: true }),
    /** Place among equals before anything was asked; 100 stands above all answers. A choice of ours. */
    weight: Type.Integer({ minimum: 1, maximum: 100 }),
    phone: Type.Union([Type.Object({ shown: Text, dial: Type.String({ pattern: "^\\+?\\d{3,14}$" }) }, { additionalProperties: false }), Type.Null()]),
    site: Type.Union([Type.String({ pattern: "^https://" }), Type.Null()]),
    /** Page of this house where it can be done at once. */
    page: Type.Union([Type.String({ pattern: "^/[a-z]+$" }), Type.Null()]),
    /** When the phone is answered, or the desk; null where no source says. */
    hours: Hours,
    cost: Type.Enum(["free", "call-rate", "employer", "unknown"]),
    nl: Worded,
    en: Worded,
    /** After how many days the row must be held against its source again; a setting of ours. */
    checkDays: Type.Integer({ minimum: 7, maximum: 730 }),
    ...cited,
  },
  { additionalProperties: false },
);
/** One provision. */
export type Provision = Static<typeof Provision>;
const Provisions = Type.Object({ about: Type.String(), provisions: Type.Array(Provision, { minItems: 1 }) }, { additionalProperties: false });

/**
 * Reads and checks the register: ids once, sources known, every row can be reached, nobody is both named and unsure, hours run forward.
 * @throws {@link RegisterError} naming file and id.
 */
export function readProvisions(value: unknown): readonly Provision[] {
  const { provisions: rows } = readRegister(Provisions, value, file);
  onlyOnce(rows, file);
  citesKnown(rows, file);
  for (const { id, phone, site, page, nl, en, seekers, unsure, hours } of rows) {
    if (phone === null && site === null && page === null && (nl.how === "" || en.how === ""))
      throw new RegisterError(`${file} ${id}: there is no way to reach it`);
    if (seekers === "any" ? unsure.length > 0 : unsure.some((one) => seekers.includes(one)))
      throw new RegisterError(`${file} ${id}: someone is named and unsure at once`);
    if (hours !== "always" && hours !== null && hours.week.some(({ from, until }) => from >= until))
      throw new RegisterError(`${file} ${id}: hours end before they begin`);
  }
  return rows;
}

/** Every provision, in the order of the register. */
export const provisions: readonly Provision[] = readProvisions(data);

/** A provision that was not held against its source in time. */
export interface OverdueCheck {
  readonly id: string;
  /** Day by which it should have been checked, `YYYY-MM-DD`. */
  readonly due: string;
}

/** Day by which a row must be checked again. */
export const checkDue = ({ date, checkDays }: Pick<Provision, "date" | "checkDays">): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + checkDays * 86_400_000).toISOString().slice(0, 10);

/** Provisions whose check is overdue on this day, longest first. @param today Dutch day, `YYYY-MM-DD` */
export const overdueChecks = (today: string, among: readonly Provision[] = provisions): readonly OverdueCheck[] =>
  among
    .map((row) => ({ id: row.id, due: checkDue(row) }))
    .filter(({ due }) => due < today)
    .toSorted((a, b) => (a.due === b.due ? (a.id < b.id ? -1 : 1) : a.due < b.due ? -1 : 1));
