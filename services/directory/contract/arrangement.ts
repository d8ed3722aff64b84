/**
 * How a desk is arranged besides its roster: which offices it should have, who is away and who covers. Pure functions and static data without I/O.
 *
 * [Note: An arrangement gives nobody a key] A stand-in is a member already and reads what every member reads; so an arrangement changes who is told, never who may read. It is signed by a lead all the same, or a server
 * could make it look as if someone were away. It is no link of the roster and not in the log: that someone is on holiday must not stand in public for ever, and only the newest is kept.
 */
import Type, { type Static } from "typebox";
import { Envelope, Moment, Sha256, Uuid } from "./index.ts";
import { Line } from "./line.ts";

/** DSSE payload type. */
export const DESK_ARRANGEMENT = "application/vnd.rugdekking.desk-arrangement+json";

/** A day of the Dutch calendar. */
const Day = Type.String({ pattern: "^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$" });

/** Someone who is away from the first day to the last, both included. */
export const Absence = Type.Object({ person: Uuid, standIn: Type.Union([Uuid, Type.Null()]), from: Day, until: Day }, { additionalProperties: false });
export type Absence = Static<typeof Absence>;

/** An office the desk should have, and how many people hold it at least. */
export const WantedOffice = Type.Object({ office: Line, holders: Type.Integer({ minimum: 1, maximum: 50 }) }, { additionalProperties: false });
export type WantedOffice = Static<typeof WantedOffice>;

/** Signed by a lead of the present roster. */
export const DeskArrangementPayload = Type.Object(
  {
    version: Type.Literal(1),
    desk: Uuid,
    /** From 1, each next one 1 more. */
    number: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    /** Statement hash of the one before; null for the first. */
    previous: Type.Union([Sha256, Type.Null()]),
    offices: Type.Array(WantedOffice, { maxItems: 50 }),
    absences: Type.Array(Absence, { maxItems: 200 }),
    by: Uuid,
    at: Moment,
  },
  { additionalProperties: false },
);
export type DeskArrangementPayload = Static<typeof DeskArrangementPayload>;

/** Answer of the server: the newest, or null. */
export const ArrangementView = Type.Object({ statement: Type.Union([Envelope, Type.Null()]) }, { additionalProperties: false });

/** An absence lasts at most so many days. */
export const longestAbsence = 400;

const amsterdam = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Amsterdam" });
/** The Dutch day of a moment, `YYYY-MM-DD`. */
export const dayOf = (at: Date): string => amsterdam.format(at);

/** Whether someone is away on a day. */
export const awayOn = (absence: Pick<Absence, "from" | "until">, day: string): boolean => absence.from <= day && day <= absence.until;

const sameOffice = (a: string, b: string): boolean => a.trim().toLocaleLowerCase("nl") === b.trim().toLocaleLowerCase("nl");

/** Offices with fewer holders in the roster than the desk should have. */
export function vacancies(offices: readonly WantedOffice[], members: readonly { readonly office: string }[]): (WantedOffice & { readonly missing: number })[] {
  return offices.flatMap((wanted) => {
    const missing = wanted.holders - members.filter(({ office }) => sameOffice(office, wanted.office)).length;
    return missing > 0 ? [{ ...wanted, missing }] : [];
  });
}

/**
 * What cannot be so in an arrangement, in words for whoever made it; null when it can.
 * @param members ids of the present roster; @param today Dutch day
 */
export function arrangementTrouble(
  { absences, offices }: Pick<DeskArrangementPayload, "absences" | "offices">,
  members: ReadonlySet<string>,
  today: string,
): string | null {
  for (const [place, wanted] of offices.entries())
    if (offices.slice(0, place).some(({ office }) => sameOffice(office, wanted.office))) return `/offices/${place} is named twice`;
  for (const [place, one] of absences.entries()) {
    const where = `/absences/${place}`;
    if (!members.has(one.person)) return `${where}/person is not in the roster`;
    if (Number.isNaN(Date.parse(one.from)) || Number.isNaN(Date.parse(one.until))) return `${where} names a day that is none`;
    if (one.until < one.from) return `${where} ends before it begins`;
    if (one.until < today) return `${where} is over`;
    if (Date.parse(one.until) - Date.parse(one.from) > longestAbsence * 86_400_000) return `${where} is longer than ${longestAbsence} days`;
    const overlaps = absences.filter((other, at) => at !== place && other.from <= one.until && one.from <= other.until);
    if (overlaps.some(({ person }) => person === one.person)) return `${where}: this person is away twice at once`;
    if (one.standIn === null) continue;
    if (one.standIn === one.person || !members.has(one.standIn)) return `${where}/standIn is not another member of the roster`;
    if (overlaps.some(({ person }) => person === one.standIn)) return `${where}/standIn is away as well`;
  }
  return null;
}
