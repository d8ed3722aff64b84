/** Everything that was brought in, as this tab holds it, and what the triage said about each: counted, ordered and chosen from without ever holding up the page. Pure; drawn by this room, filled by work.ts. */
import type { Judgement } from "@rugdekking/triage";
import type { ImportedItem } from "#services/reporting/import/items.ts";

/** Levels in the order in which they ask for attention. */
export const levels = ["explicit", "likely", "possible", "none"] as const;
export type Level = (typeof levels)[number];

/** Kinds of personal data in the order in which they are told. */
export const personalKinds = ["address", "postcode", "location", "phone", "email", "plate", "name", "iban", "bsn", "url"] as const;
export type PersonalKind = (typeof personalKinds)[number];

/** What a person said of a message. The machine never says any of it. */
export const marks = ["belongs", "not", "doubt"] as const;
export type Mark = (typeof marks)[number];
/** Who said it: the person, or somebody who reads along for them. */
export type MarkedBy = "self" | "delegate";
export interface Marked {
  readonly mark: Mark;
  readonly by: MarkedBy;
}

/** Which messages are wanted. */
export const wishes = ["attention", "explicit", "likely", "possible", "own", "personal", "belongs", "doubt", "open", "wordless", "all"] as const;
export type Wish = (typeof wishes)[number];

/** A choice from all messages. */
export interface Choice {
  readonly wish: Wish;
  /** Number of a campaign, or null for all. */
  readonly campaign: number | null;
  /** Milliseconds since 1970, both ends included; null for all. */
  readonly window: { readonly from: number; readonly to: number } | null;
  /** What asks for attention first, or the oldest first. */
  readonly order: "weight" | "time";
}
export const firstChoice: Choice = { wish: "attention", campaign: null, window: null, order: "weight" };

/** Gives the page its turn between two slices of work: no task may hold it up. */
export type Pause = () => Promise<void>;
/** Messages that are looked at before the page gets its turn: some milliseconds on an old phone. */
export const SLICE = 2_000;

/** What all messages together come to. Every figure counts messages, not places in them. */
export interface Counts {
  /** What people wrote. */
  readonly messages: number;
  /** What the app itself said ("Jan is toegevoegd"); not judged. */
  readonly notices: number;
  /** Without text: pictures, sounds, files. Nobody judged these. */
  readonly wordless: number;
  /** With text, and not judged all the same. */
  readonly unjudged: number;
  readonly levels: Readonly<Record<Level, number>>;
  /** Messages with something of the person's own list, by kind and in all. */
  readonly own: Readonly<Record<PersonalKind, number>>;
  readonly ownMessages: number;
  readonly personal: Readonly<Record<PersonalKind, number>>;
  readonly personalMessages: number;
}

/** What was marked. */
export interface MarkCounts {
  readonly marks: Readonly<Record<Mark, number>>;
  /** Marks that came from who reads along. */
  readonly byDelegate: number;
}

export type Summary = Counts & MarkCounts;

/** When a message was sent, in milliseconds since 1970; null when its source does not say. A time without a zone is one of this device's clock. */
export function timeOf({ at }: Pick<ImportedItem, "at">): number | null {
  if (at === null) return null;
  const time = Date.parse(at.iso);
  return Number.isNaN(time) ? null : time;
}

/** Whether there is anything to judge. */
export const isWordless = ({ text }: Pick<ImportedItem, "text">): boolean => text.trim() === "";

const zeroes = <K extends string>(keys: readonly K[]): Record<K, number> => {
  const all: Partial<Record<K, number>> = {};
  for (const key of keys) all[key] = 0;
  const isWhole = (value: Partial<Record<K, number>>): value is Record<K, number> => keys.every((key) => value[key] !== undefined);
  if (!isWhole(all)) throw new Error("a count is missing");
  return all;
};

/** Room for the number of a message in a sorting key: two million messages. */
const ROOM = 2 ** 21;

export class Found {
  /** In the order in which they came in; a message that came twice stands here once. */
  readonly items: ImportedItem[] = [];
  readonly #places = new Map<string, number>();
  /** Read once: reading a date takes longer than everything else that is done with it. NaN when there is none. */
  readonly #times: number[] = [];
  readonly #judgements: (Judgement | null)[] = [];
  /** Campaign of each item, from 1; 0 for none. */
  #campaigns = new Uint32Array(0);
  /** How many came in that were here already. */
  same = 0;
  readonly marked = new Map<string, Marked>();

  /** Takes items in. @returns how many were new. */
  add(items: readonly ImportedItem[]): number {
    const before = this.items.length;
    for (const item of items) {
      if (this.#places.has(item.id)) {
        this.same++;
        continue;
      }
      this.#places.set(item.id, this.items.length);
      this.items.push(item);
      this.#times.push(timeOf(item) ?? Number.NaN);
    }
    return this.items.length - before;
  }

  placeOf(id: string): number | null {
    return this.#places.get(id) ?? null;
  }

  /** When item `index` was sent, in milliseconds since 1970; null when nobody knows. */
  timeAt(index: number): number | null {
    const time = this.#times[index] ?? Number.NaN;
    return Number.isNaN(time) ? null : time;
  }

  /** Numbers of the items that can be judged, in order: what people wrote, with words in it. */
  toJudge(): number[] {
    const wanted: number[] = [];
    for (const [index, item] of this.items.entries()) if (item.role === "message" && !isWordless(item)) wanted.push(index);
    return wanted;
  }

  judge(index: number, judgement: Judgement | null): void {
    while (this.#judgements.length < index) this.#judgements.push(null);
    this.#judgements[index] = judgement;
  }

  /** @param judged numbers of the items that were judged; @param numbers the campaign of each. */
  setCampaigns(judged: readonly number[], numbers: Uint32Array): void {
    this.#campaigns = new Uint32Array(this.items.length);
    for (const [place, index] of judged.entries()) this.#campaigns[index] = numbers[place] ?? 0;
  }

  judgementOf(index: number): Judgement | null {
    return this.#judgements[index] ?? null;
  }

  campaignOf(index: number): number {
    return this.#campaigns[index] ?? 0;
  }

  levelOf(index: number): Level {
    return this.judgementOf(index)?.threat.level ?? "none";
  }

  isOwn(index: number): boolean {
    return this.judgementOf(index)?.personal.some(({ watched }) => watched === true) ?? false;
  }

  mark(id: string, marked: Marked | null): void {
    if (marked === null) this.marked.delete(id);
    else this.marked.set(id, marked);
  }

  /** Whether a message is among those that are wished for. */
  #fits(index: number, item: ImportedItem, wish: Wish): boolean {
    if (item.role === "notice") return false;
    const level = this.levelOf(index);
    switch (wish) {
      case "attention":
        return level !== "none" || this.isOwn(index);
      case "explicit":
      case "likely":
      case "possible":
        return level === wish;
      case "own":
        return this.isOwn(index);
      case "personal":
        return (this.judgementOf(index)?.personal.length ?? 0) > 0;
      case "belongs":
      case "doubt":
        return this.marked.get(item.id)?.mark === wish;
      case "open":
        return (level !== "none" || this.isOwn(index)) && !this.marked.has(item.id);
      case "wordless":
        return isWordless(item);
      case "all":
        return true;
    }
  }

  /** What comes first: the level, then how sure, then the person's own data. Larger is earlier. */
  #weight(index: number): number {
    const judgement = this.judgementOf(index);
    const rank = levels.length - 1 - levels.indexOf(this.levelOf(index));
    return (rank * 1001 + Math.round((judgement?.threat.score ?? 0) * 1000)) * 2 + (this.isOwn(index) ? 1 : 0);
  }

  /**
   * Numbers of the messages that fit, in order. One pass and one sort of numbers: some milliseconds for a hundred thousand messages.
   * Equal messages keep the order in which they came in; messages without a time come last.
   */
  choose({ wish, campaign, window, order }: Choice): number[] {
    const keys: number[] = [];
    for (const [index, item] of this.items.entries()) {
      if (campaign !== null && this.campaignOf(index) !== campaign) continue;
      if (!this.#fits(index, item, wish)) continue;
      const time = order === "time" || window !== null ? this.timeAt(index) : null;
      if (window !== null && (time === null || time < window.from || time > window.to)) continue;
      const place = order === "time" ? (time === null ? 2 ** 31 : Math.max(0, Math.floor(time / 1000))) : 10_000 - this.#weight(index);
      keys.push(place * ROOM + index);
    }
    return Array.from(Float64Array.from(keys).sort(), (key) => key % ROOM);
  }

  /** Counts everything, slice by slice. */
  async count(pause: Pause): Promise<Counts> {
    const [byLevel, own, personal] = [zeroes(levels), zeroes(personalKinds), zeroes(personalKinds)];
    let [messages, notices, wordless, unjudged, ownMessages, personalMessages] = [0, 0, 0, 0, 0, 0];
    for (const [index, item] of this.items.entries()) {
      if (index % SLICE === SLICE - 1) await pause();
      if (item.role === "notice") {
        notices++;
        continue;
      }
      messages++;
      if (isWordless(item)) {
        wordless++;
        continue;
      }
      const judgement = this.judgementOf(index);
      if (judgement === null) {
        unjudged++;
        continue;
      }
      byLevel[judgement.threat.level]++;
      if (judgement.personal.length === 0) continue;
      personalMessages++;
      for (const kind of new Set(judgement.personal.map((hit) => hit.kind))) personal[kind]++;
      const watched = judgement.personal.filter((hit) => hit.watched === true);
      if (watched.length === 0) continue;
      ownMessages++;
      for (const kind of new Set(watched.map((hit) => hit.kind))) own[kind]++;
    }
    return { messages, notices, wordless, unjudged, levels: byLevel, own, ownMessages, personal, personalMessages };
  }

  countMarks(): MarkCounts {
    const byMark = zeroes(marks);
    let byDelegate = 0;
    for (const { mark, by } of this.marked.values()) {
      byMark[mark]++;
      if (by === "delegate") byDelegate++;
    }
    return { marks: byMark, byDelegate };
  }
}

/** A piece of a text, and what it stands in: words with a reason, data of the person, or other personal data. */
export interface TextPart {
  readonly text: string;
  readonly stands: "plain" | "reason" | "own" | "personal";
  /** Number of the reason, from 1. */
  readonly reason: number | null;
}

/** Cuts the first `most` code units of a text into pieces to draw. Where two overlap, the words with a reason win, then the person's own data. */
export function partsOf(text: string, judgement: Judgement | null, most: number): TextPart[] {
  const end = Math.min(text.length, most);
  const spans = [
    ...(judgement?.threat.reasons ?? []).map((reason, place) => ({ ...reason, stands: "reason" as const, reason: place + 1, rank: 0 })),
    ...(judgement?.personal ?? []).map((hit) => ({
      start: hit.start,
      end: hit.end,
      stands: hit.watched === true ? ("own" as const) : ("personal" as const),
      reason: null,
      rank: hit.watched === true ? 1 : 2,
    })),
  ].toSorted((one, other) => one.start - other.start || one.rank - other.rank || other.end - one.end);
  const parts: TextPart[] = [];
  let at = 0;
  for (const span of spans) {
    const [from, to] = [Math.max(span.start, at), Math.min(span.end, end)];
    if (to <= from) continue;
    if (from > at) parts.push({ text: text.slice(at, from), stands: "plain", reason: null });
    parts.push({ text: text.slice(from, to), stands: span.stands, reason: span.reason });
    at = to;
  }
  if (at < end) parts.push({ text: text.slice(at, end), stands: "plain", reason: null });
  return parts;
}
