/** Dutch first, English one click away: the language chosen on this device, and how numbers, plurals and moments are written in it. */
import { createStore, useStore } from "./store.ts";

export type Language = "nl" | "en";

const kept = "rugdekking-language";

function firstLanguage(): Language {
  try {
    return globalThis.localStorage?.getItem(kept) === "en" ? "en" : "nl";
  } catch {
    return "nl";
  }
}

/** The language in use. Set it with {@link chooseLanguage}. */
export const language = createStore<Language>(firstLanguage());

/** Changes the language now and remembers it on this device. */
export function chooseLanguage(next: Language): void {
  try {
    globalThis.localStorage?.setItem(kept, next);
  } catch {
    // A browser that keeps nothing still shows the language for as long as the page is open.
  }
  document.documentElement.lang = next;
  language.set(next);
}

export const useLanguage = (): Language => useStore(language);

/** The messages of a screens room in the language in use: `const m = useMessages({ nl, en })`. */
export function useMessages<M>(both: { readonly nl: M; readonly en: M }): M {
  return both[useLanguage()];
}

/** Rules and number forms of both languages, made when first needed: making one takes a hundred times longer than using it. */
const rules: Partial<Record<Language, Intl.PluralRules>> = {};
const numbers: Partial<Record<Language, Intl.NumberFormat>> = {};

/** Chooses by the language's own plural rule and puts the number in place of `#`. */
export function plural(in_: Language, count: number, forms: { readonly one: string; readonly other: string }): string {
  const form = (rules[in_] ??= new Intl.PluralRules(in_)).select(count) === "one" ? forms.one : forms.other;
  return form.replace("#", writeNumber(in_, count));
}

/** `12.345`. */
export const writeNumber = (in_: Language, count: number): string => (numbers[in_] ??= new Intl.NumberFormat(locale(in_))).format(count);

/** BCP 47 tag for Intl. */
export const locale = (in_: Language): string => (in_ === "nl" ? "nl-NL" : "en-GB");

const zone = "Europe/Amsterdam";

/** How moments are written in both languages, made when first needed: making one takes a hundred times longer than using it, and a worklist has hundreds of lines. */
function written(options: Intl.DateTimeFormatOptions): (in_: Language, moment: string | number) => string {
  const made: Partial<Record<Language, Intl.DateTimeFormat>> = {};
  return (in_, moment) => (made[in_] ??= new Intl.DateTimeFormat(locale(in_), { ...options, timeZone: zone })).format(new Date(moment));
}

/** `maandag 23 november 2026`, in Dutch time whatever the device says. @param moment RFC 3339 or epoch milliseconds. */
export const writeDay: (in_: Language, moment: string | number) => string = written({ weekday: "long", day: "numeric", month: "long", year: "numeric" });

/** `23:10`. */
export const writeTime: (in_: Language, moment: string | number) => string = written({ hour: "2-digit", minute: "2-digit" });

/** `ma 23 nov 23:10`: short, for lists. */
export const writeMoment: (in_: Language, moment: string | number) => string = written({
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});

/** `1,4 MB`, decimal units as file managers show them. */
export function writeSize(in_: Language, bytes: number): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  const step = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return new Intl.NumberFormat(locale(in_), { style: "unit", unit: units[step] ?? "byte", unitDisplay: "short", maximumFractionDigits: 1 }).format(
    bytes / 1000 ** step,
  );
}
