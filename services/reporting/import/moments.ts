/** Times as sources write them, to {@link Moment}. Used by the readers. */
import type { Moment } from "./items.ts";

const two = (value: number): string => String(value).padStart(2, "0");

/** A day that exists. */
export function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Milliseconds since 1970, to UTC; null when it is no time of any person's life. */
export function fromEpoch(milliseconds: number): Moment | null {
  if (!Number.isFinite(milliseconds) || milliseconds <= 0 || milliseconds > 4_102_444_800_000) return null;
  return { iso: new Date(milliseconds).toISOString().replace(".000Z", "Z"), zone: "known", order: "sure" };
}

/** The clock of a device whose zone nobody wrote down. */
export function local(
  parts: { year: number; month: number; day: number; hour: number; minute: number; second: number | null },
  order: Moment["order"],
): Moment {
  const { year, month, day, hour, minute, second } = parts;
  const iso = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}${second === null ? "" : `:${two(second)}`}`;
  return { iso, zone: "unknown", order };
}

/** `2023-12-31T21:14:05`, with or without zone, as exports write it. */
export function fromIso(text: string): Moment | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?$/.exec(text.slice(0, 40));
  if (match === null) return null;
  const [, year = "", month = "", day = "", hour = "", minute = "", second, zone] = match;
  if (!isDay(Number(year), Number(month), Number(day)) || Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 60) return null;
  if (zone === undefined)
    return local(
      {
        year: Number(year),
        month: Number(month),
        day: Number(day),
        hour: Number(hour),
        minute: Number(minute),
        second: second === undefined ? null : Number(second),
      },
      "sure",
    );
  return { iso: `${year}-${month}-${day}T${hour}:${minute}:${second ?? "00"}${zone}`, zone: "known", order: "sure" };
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const zones: Readonly<Record<string, string>> = { ut: "Z", gmt: "Z", utc: "Z", z: "Z", cet: "+01:00", cest: "+02:00" };

/** The date of a mail (RFC 5322 3.3), with the zone its sender wrote. */
export function fromMailDate(text: string): Moment | null {
  const match =
    /^\s{0,9}(?:[A-Za-z]{2,9}\.?,?\s{1,9})?(\d{1,2})\s{1,9}([A-Za-z]{3})[a-z]{0,9}\.?\s{1,9}(\d{4})\s{1,9}(\d{1,2}):(\d{2})(?::(\d{2}))?\s{0,9}([+-]\d{4}|[A-Za-z]{1,4})?/.exec(
      text.slice(0, 120),
    );
  if (match === null) return null;
  const [, day = "", name = "", year = "", hour = "", minute = "", second = "00", zone = ""] = match;
  const month = months.indexOf(name.toLowerCase()) + 1;
  if (month === 0 || !isDay(Number(year), month, Number(day)) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  const offset = /^[+-]/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : (zones[zone.toLowerCase()] ?? "");
  const iso = `${year}-${two(month)}-${two(Number(day))}T${two(Number(hour))}:${minute}:${second}${offset}`;
  return { iso, zone: offset === "" ? "unknown" : "known", order: "sure" };
}

/** `Wed Oct 10 20:19:24 +0000 2018`, as X writes it. */
export function fromXDate(text: string): Moment | null {
  const match = /^[A-Za-z]{3} ([A-Za-z]{3}) (\d{2}) (\d{2}):(\d{2}):(\d{2}) ([+-]\d{2})(\d{2}) (\d{4})$/.exec(text.slice(0, 40));
  if (match === null) return null;
  const [, name = "", day = "", hour = "", minute = "", second = "", zone = "", zoneMinutes = "", year = ""] = match;
  const month = months.indexOf(name.toLowerCase()) + 1;
  if (month === 0 || !isDay(Number(year), month, Number(day)) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  const offset = zone === "+00" && zoneMinutes === "00" ? "Z" : `${zone}:${zoneMinutes}`;
  return { iso: `${year}-${two(month)}-${day}T${hour}:${minute}:${second}${offset}`, zone: "known", order: "sure" };
}
