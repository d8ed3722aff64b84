/** Messages as they come in: one JSON object each, parsed strictly into the form the rest of the engine may rely on. Used by index.ts, the worker and callers that read lines. */
import { TriageError } from "./errors.ts";

/** Longest text of one message, in UTF-16 code units (1 Mi: at most 1 MiB of plain letters). */
export const MAX_TEXT_UNITS: number = 1024 * 1024;
/** Longest line, in bytes: room for {@link MAX_TEXT_UNITS} with every unit escaped as `\uXXXX`, and for what stands around it. */
export const MAX_LINE_BYTES: number = 6 * MAX_TEXT_UNITS + 64 * 1024;
/** Longest id, author or channel, in UTF-16 code units. */
export const MAX_NAME_UNITS = 1024;

/** One message. What was not given is null. */
export interface Message {
  /** As given: findings carry it back unchanged. Need not be unique; order tells messages apart. */
  readonly id: string | number;
  /** As given, at most {@link MAX_TEXT_UNITS} UTF-16 code units; lone surrogates are allowed. */
  readonly text: string;
  /** When it was sent: milliseconds since 1970 UTC. */
  readonly at: number | null;
  /** Account or name of who sent it, as the channel wrote it. */
  readonly author: string | null;
  /** Where it came from, for example `x` or `mail`. */
  readonly channel: string | null;
}

const DIGIT_0 = 48;

/** Number made of the digits at `from`..`to`, or NaN. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - DIGIT_0;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const daysIn = (year: number, month: number): number =>
  month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : (monthDays[month - 1] ?? 0);

/**
 * RFC 3339 date and time, to the millisecond; without an offset it is read as UTC, without a time as midnight, without seconds as whole minutes.
 * @returns milliseconds since 1970, NaN when it is not such a time.
 */
export function parseTime(text: string): number {
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)];
  // Date takes years of two figures for those of the last century: 0050 is no 1950.
  if (!(year >= 100) || text[4] !== "-" || text[7] !== "-" || !(month >= 1 && month <= 12) || !(day >= 1 && day <= daysIn(year, month))) return Number.NaN;
  const date = Date.UTC(year, month - 1, day);
  if (text.length === 10) return date;
  const [hour, minute] = [digits(text, 11, 13), digits(text, 14, 16)];
  const between = text[10];
  if ((between !== "T" && between !== "t" && between !== " ") || text[13] !== ":" || !(hour < 24) || !(minute < 60)) return Number.NaN;
  let time = date + (hour * 60 + minute) * 60_000;
  let at = 16;
  if (text[at] === ":") {
    const second = digits(text, at + 1, at + 3);
    if (!(second <= 60) || text.length < at + 3) return Number.NaN;
    time += second * 1_000;
    at += 3;
    if (text[at] === ".") {
      const from = ++at;
      while (at < text.length && digits(text, at, at + 1) >= 0) at++;
      if (at === from) return Number.NaN;
      time += Math.floor(digits(text, from, Math.min(at, from + 3)) * 10 ** Math.max(0, 3 - (at - from)));
    }
  }
  const zone = text[at];
  if (zone === undefined) return time;
  if (zone === "Z" || zone === "z") return text.length === at + 1 ? time : Number.NaN;
  if (zone !== "+" && zone !== "-") return Number.NaN;
  const colon = text[at + 3] === ":" ? 1 : 0;
  const [hours, minutes] = [digits(text, at + 1, at + 3), digits(text, at + 3 + colon, at + 5 + colon)];
  if (text.length !== at + 5 + colon || !(hours < 24) || !(minutes < 60)) return Number.NaN;
  return time - (zone === "+" ? 1 : -1) * (hours * 60 + minutes) * 60_000;
}

function name(value: unknown, field: "author" | "channel"): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" && value.length <= MAX_NAME_UNITS) return value === "" ? null : value;
  throw new TriageError(`${field}-malformed`, `"${field}" is not a text of at most ${MAX_NAME_UNITS} characters; write it as text or leave it out`, {
    limit: MAX_NAME_UNITS,
  });
}

function time(value: unknown): number | null {
  if (value === undefined || value === null || value === "") return null;
  const at = typeof value === "string" && value.length <= 64 ? parseTime(value) : Number.NaN;
  if (!Number.isNaN(at)) return at;
  throw new TriageError("at-malformed", `"at" is not a date and time as in 2026-03-01T23:04:00+01:00; write it so or leave it out`);
}

const isObject = (value: unknown): value is { readonly [field: string]: unknown } => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * A message from what `JSON.parse` gave. Fields it does not know are left alone, so that a line may carry more for others.
 * @throws {TriageError} a code of the first group, naming the field.
 */
export function parseMessage(value: unknown): Message {
  if (!isObject(value)) throw new TriageError("message-malformed", `it is not an object; write {"id":"1","text":"…"}`);
  const { id, text, at, author, channel } = value;
  const named = typeof id === "string" ? id !== "" && id.length <= MAX_NAME_UNITS : typeof id === "number" && Number.isSafeInteger(id);
  if (!named || (typeof id !== "string" && typeof id !== "number"))
    throw new TriageError("id-malformed", `"id" is missing or is neither text nor a whole number; give every message one`, { limit: MAX_NAME_UNITS });
  if (typeof text !== "string") throw new TriageError("text-malformed", `"text" is missing or is not text; write the message there`);
  if (text.length > MAX_TEXT_UNITS)
    throw new TriageError("text-too-long", `"text" has ${text.length} characters and at most ${MAX_TEXT_UNITS} are read; cut it into pieces`, {
      length: text.length,
      limit: MAX_TEXT_UNITS,
    });
  return { id, text, at: time(at), author: name(author, "author"), channel: name(channel, "channel") };
}

/** Objects, lists and members one line may hold: a message has five fields, other programs add some. */
const MOST_PARTS = 4_096;
/** Objects and lists within each other. */
const MOST_DEPTH = 64;

/**
 * Looks at a line before it is parsed: a line of a few megabytes of brackets would take hundreds of megabytes as values.
 * @throws {TriageError} `line-too-complex`
 */
function refuseMaze(line: string): void {
  // Nearly every line is one flat object and too short to hold as many members: two looks say so.
  if (line.length <= MOST_PARTS && !line.includes("[") && !line.includes("{", 1)) return;
  let [parts, depth, inText] = [0, 0, false];
  for (let at = 0; at < line.length; at++) {
    const unit = line.charCodeAt(at);
    if (inText) {
      if (unit === 0x5c) at++;
      else if (unit === 0x22) inText = false;
    } else if (unit === 0x22) inText = true;
    else if (unit === 0x7b || unit === 0x5b) {
      parts++;
      if (++depth > MOST_DEPTH) break;
    } else if (unit === 0x7d || unit === 0x5d) depth--;
    else if (unit === 0x2c && ++parts > MOST_PARTS) break;
    if (parts > MOST_PARTS) break;
  }
  if (parts > MOST_PARTS || depth > MOST_DEPTH)
    throw new TriageError("line-too-complex", `it holds more than ${MOST_PARTS} values or more than ${MOST_DEPTH} within each other; give one flat object`, {
      limit: MOST_PARTS,
    });
}

/**
 * A message from one line of JSON.
 * @throws {TriageError} `json-malformed`, `line-too-complex`, or as {@link parseMessage}.
 */
export function parseLine(line: string): Message {
  refuseMaze(line);
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new TriageError("json-malformed", "it is not JSON; write one whole object on one line");
  }
  return parseMessage(value);
}
