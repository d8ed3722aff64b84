/** How far someone is with a wave, as their own device keeps it: not collected, collecting, collected, answering, waiting to send, sent. Pure; screens keep it sealed and draw it. */
import { isFields, questionnaireLanguages, type Words } from "#registers/questionnaires/index.ts";
import { parseAnswers, type Answers } from "#services/monitor/questionnaire/index.ts";
import type { OpenWave } from "./monitor-client.ts";

/**
 * `collecting` holds the code until the token is there, and no longer: from then on nothing on the device leads from the answers to the invitation. `waiting` keeps the answers, so that they can be
 * taken back until they are sent. `sent` keeps neither answers nor token. Not collected is null.
 */
export type Participation =
  | { readonly state: "collecting"; readonly wave: OpenWave; readonly code: string; readonly prepared: string }
  | { readonly state: "collected"; readonly wave: OpenWave; readonly token: string; readonly notBefore: string }
  | {
      readonly state: "answering" | "waiting";
      readonly wave: OpenWave;
      readonly token: string;
      /** RFC 3339; drawn when the token was collected. */
      readonly notBefore: string;
      readonly answers: Answers;
    }
  | { readonly state: "sent"; readonly wave: OpenWave };

const hour = 3_600_000;
/** Nothing is sent within an hour of collecting, and what is ready goes within a day of it. */
const least = hour;
const most = 24 * hour;

/** The last moment chance may choose: an hour before the wave ends, so that a phone that sleeps or has no line can still be late. */
export const lastMoment = (wave: OpenWave): number => Date.parse(wave.ends) - hour;

/**
 * [Note: A moment by chance] When the answers may go: evenly drawn between one hour and one day after collecting, so that whoever sees both requests cannot pair them by time. Whoever collects in the last
 * hour before a wave gives out no more tokens has an hour less at the far end; the hour at the near end is always there, since a wave takes answers for a day longer than it gives out tokens.
 * @param random evenly distributed over [0, 1)
 * @returns RFC 3339
 */
export function sendMoment(wave: OpenWave, now: number, random: number): string {
  const first = now + least;
  // By a clock that is wrong the wave may seem to be over: then the server decides, an hour later.
  const last = Math.max(first, Math.min(now + most, lastMoment(wave)));
  return new Date(first + (last - first) * random).toISOString();
}

/** Whether nothing of it can be sent any more, by this device's clock: it was sent, or the wave took its last answer. Then another may take its place. */
export const ended = (participation: Participation, now: number): boolean => participation.state === "sent" || Date.parse(participation.wave.ends) <= now;

/** Whether what waits may be sent now. */
export const due = (participation: Participation | null, now: number): boolean =>
  participation?.state === "waiting" && Date.parse(participation.notBefore) <= now;

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const isMoment = (value: unknown): value is string => isText(value) && !Number.isNaN(Date.parse(value));

function parseWords(value: unknown): Words | null {
  if (!isFields(value) || !questionnaireLanguages.every((language) => isText(value[language]))) return null;
  return { nl: String(value["nl"]), en: String(value["en"]), fy: String(value["fy"]) };
}

function parseWave(value: unknown): OpenWave | null {
  if (!isFields(value)) return null;
  const { id, questionnaire, recallMonths, details, closes, ends, stratum } = value;
  const title = parseWords(value["title"]);
  if (!isText(id) || title === null || !isFields(questionnaire) || (recallMonths !== 6 && recallMonths !== 12) || typeof details !== "boolean") return null;
  const { set, version } = questionnaire;
  if (!isText(set) || typeof version !== "number" || !isMoment(closes) || !isMoment(ends) || !Array.isArray(stratum)) return null;
  const words = stratum.map(parseWords);
  return { id, title, questionnaire: { set, version }, recallMonths, details, closes, ends, stratum: words.filter((one) => one !== null) };
}

/** What was kept, or null when it has not the form of today: then it is as if nothing had been collected. */
export function parseParticipation(value: unknown): Participation | null {
  if (!isFields(value)) return null;
  const wave = parseWave(value["wave"]);
  if (wave === null) return null;
  const { state, code, prepared, token, notBefore } = value;
  if (state === "sent") return { state, wave };
  if (state === "collecting") return isText(code) && isText(prepared) ? { state, wave, code, prepared } : null;
  if (!isText(token) || !isMoment(notBefore)) return null;
  if (state === "collected") return { state, wave, token, notBefore };
  if (state !== "answering" && state !== "waiting") return null;
  const answers = parseAnswers(value["answers"]);
  return answers === null ? null : { state, wave, token, notBefore, answers };
}
