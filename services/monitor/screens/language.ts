/** The language of the respondent's pages: Dutch and English as the app, and Frisian here alone, kept on this device. The frame round a Frisian page stays Dutch. */
import type { QuestionnaireLanguage } from "#registers/questionnaires/index.ts";
import { chooseLanguage, createStore, useLanguage, useStore } from "#services/interface/index.ts";
import { en } from "./en.ts";
import { fy } from "./fy.ts";
import { nl, type Messages } from "./nl.ts";

const kept = "rugdekking-frisian";

function firstFrisian(): boolean {
  try {
    return globalThis.localStorage?.getItem(kept) === "yes";
  } catch {
    return false;
  }
}

const frisian = createStore(firstFrisian());

/** Chooses one of the three. English and Dutch change the frame with it. */
export function chooseMonitorLanguage(next: QuestionnaireLanguage): void {
  try {
    if (next === "fy") globalThis.localStorage?.setItem(kept, "yes");
    else globalThis.localStorage?.removeItem(kept);
  } catch {
    // A browser that keeps nothing still shows the language for as long as the page is open.
  }
  frisian.set(next === "fy");
  chooseLanguage(next === "en" ? "en" : "nl");
}

const words: Readonly<Record<QuestionnaireLanguage, Messages>> = { nl, en, fy };

/** The language in use here, and its words. When the frame is turned to English, so is the page. */
export function useMonitorLanguage(): { readonly language: QuestionnaireLanguage; readonly m: Messages } {
  const frame = useLanguage();
  const inFrisian = useStore(frisian);
  const language = frame === "nl" && inFrisian ? "fy" : frame;
  return { language, m: words[language] };
}

/** A browser without Frisian writes dates in Dutch. */
const tags: Readonly<Record<QuestionnaireLanguage, string[]>> = { nl: ["nl-NL"], en: ["en-GB"], fy: ["fy-NL", "nl-NL"] };
const timeZone = "Europe/Amsterdam";

/** `vrijdag 18 december`. @param moment RFC 3339 or `YYYY-MM-DD`. */
export const writeMonitorDay = (language: QuestionnaireLanguage, moment: string): string =>
  new Intl.DateTimeFormat(tags[language], { weekday: "long", day: "numeric", month: "long", timeZone }).format(new Date(moment));

/** `18 december 2026`: where another year may be meant. @param moment RFC 3339 or `YYYY-MM-DD`. */
export const writeMonitorDate = (language: QuestionnaireLanguage, moment: string): string =>
  new Intl.DateTimeFormat(tags[language], { day: "numeric", month: "long", year: "numeric", timeZone }).format(new Date(moment));

const minute = 60_000;
const clock = new Intl.DateTimeFormat("nl-NL", { hour: "2-digit", minute: "2-digit", timeZone });

/** Until when something can be done, the last minute included: the day, and its time where the day goes on after it. @param moment RFC 3339; the first at which it cannot be done. */
export function writeMonitorUntil(language: QuestionnaireLanguage, moment: string, year: "with-year" | "this-year" = "this-year"): string {
  const last = new Date(Date.parse(moment) - minute);
  const day = year === "with-year" ? writeMonitorDate(language, last.toISOString()) : writeMonitorDay(language, last.toISOString());
  return clock.format(last) === "23:59" ? day : `${day} ${clock.format(last)}`;
}

/** `vrijdag 18 december 14:05`. @param moment RFC 3339. */
export const writeMonitorMoment = (language: QuestionnaireLanguage, moment: string): string =>
  new Intl.DateTimeFormat(tags[language], { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZone }).format(
    new Date(moment),
  );
