/** Campaigns: messages that say the same or spread the same link, and bursts in time. Called by triage.ts; its types are exported by the engine's index. */
import type { Message } from "#engines/triage/message.ts";
import { type Burst, burstsAmong } from "./bursts.ts";
import { Column, Rows } from "./column.ts";
import { type Campaign, describeCampaigns, Gathering } from "./describe.ts";
import { joinTexts } from "./join.ts";
import { linksIn } from "./links.ts";
import { BY_LINK, numberOf, SharedLinks } from "./shared-links.ts";
import { BANDS, sketch } from "./sketch.ts";
import { hashText, Words } from "./words.ts";

export type { Burst, Timeline } from "./bursts.ts";
export type { Campaign, CampaignBond, Tally } from "./describe.ts";

/** What all messages together show. */
export interface CampaignReport {
  /** How many campaigns there are. */
  readonly campaignCount: number;
  /** Campaign of message number `n` (`c1`, `c2`, … in order of first message), or null. */
  campaignOf(n: number): string | null;
  /**
   * The largest campaigns in full, in order of first message.
   * @param most how many (default 200). Each of their messages is recalled once more.
   */
  describe(most?: number): readonly Campaign[];
  /** Bursts over all messages, in order of time. */
  bursts(): readonly Burst[];
}

/** Collects messages and finds campaigns among them. */
export interface CampaignFinder {
  /** Messages added so far. */
  readonly count: number;
  /** Keeps what is needed of one message: 28 bytes, and 16 for each link in it. */
  add(message: Message): void;
  /** Finds the campaigns, once. @param recall gives message number `n` back. */
  finish(recall: (n: number) => Message): CampaignReport;
}

/** Seconds since 1970 in 32 bits; 0 when not given or before 1970. */
const secondsOf = (at: number | null): number => (at === null || at < 1000 ? 0 : Math.min(0xffffffff, Math.floor(at / 1000)));

/** Times of messages that have one, sorted. */
function sortedTimes(times: Column): Uint32Array {
  let having = 0;
  for (let n = 0; n < times.length; n++) if (times.get(n) !== 0) having++;
  const sorted = new Uint32Array(having);
  for (let n = 0, at = 0; n < times.length; n++) if (times.get(n) !== 0) sorted[at++] = times.get(n);
  return sorted.sort();
}

/** Replaces first messages by campaign numbers from 1 (0: none), which keep their {@link BY_LINK}. @returns messages per campaign, and first message of each with the mark when a link binds it. */
function numberCampaigns(first: Uint32Array, counts: Uint32Array): { readonly sizes: Column; readonly begins: Column } {
  const [sizes, begins] = [new Column(), new Column()];
  // From here `counts` holds the campaign's number for each first message that was met.
  const numbers = counts;
  const MET = 0x80000000;
  for (let n = 0; n < first.length; n++) {
    const entry = first[n] ?? n;
    const lead = numberOf(entry);
    let held = numbers[lead] ?? 0;
    if (held < 2) {
      first[n] = 0;
      continue;
    }
    if (held < MET) {
      sizes.push(held);
      // What the campaign grew from says what binds it; an earlier message may have come along by a link alone. Its entry is not replaced yet: it comes later, or is this one.
      begins.push((n | ((first[lead] ?? 0) & BY_LINK)) >>> 0);
      held = (MET | sizes.length) >>> 0;
      numbers[lead] = held;
    }
    first[n] = ((entry & BY_LINK) | (held & ~MET)) >>> 0;
  }
  return { sizes, begins };
}

/** Starts with no messages. */
export function createCampaigns(): CampaignFinder {
  const kept = new Rows(BANDS);
  const times = new Column();
  const links = new SharedLinks();
  const words = new Words();
  const keys = new Uint32Array(BANDS);
  return {
    get count() {
      return times.length;
    },
    add(message) {
      const n = times.length;
      times.push(secondsOf(message.at));
      words.read(message.text);
      if (!sketch(words, keys)) keys.fill(0);
      kept.push(keys);
      const shared = linksIn(message.text);
      if (shared.length === 0) return;
      const account = message.author === null ? 0 : hashText(message.author) || 1;
      for (const link of shared) links.add(link, n, account);
    },
    finish(recall) {
      const first = joinTexts(kept, recall);
      const counts = new Uint32Array(first.length);
      for (const lead of first) counts[lead] = (counts[lead] ?? 0) + 1;
      links.join(first, counts, times);
      const { sizes, begins } = numberCampaigns(first, counts);
      return {
        campaignCount: sizes.length,
        campaignOf(n) {
          const number = numberOf(first[n] ?? 0);
          return number === 0 ? null : `c${number}`;
        },
        describe(most = 200) {
          const largest = Array.from({ length: sizes.length }, (_, at) => at)
            .toSorted((a, b) => sizes.get(b) - sizes.get(a) || a - b)
            .slice(0, most)
            .toSorted((a, b) => a - b);
          const gatherings = new Map(
            largest.map((at) => {
              const begin = begins.get(at);
              return [at + 1, new Gathering(`c${at + 1}`, numberOf(begin), (begin & BY_LINK) === 0 ? "same-text" : "same-link")];
            }),
          );
          function* members() {
            for (let n = 0; n < first.length; n++) {
              const entry = first[n] ?? 0;
              const gathering = gatherings.get(numberOf(entry));
              if (gathering !== undefined) yield { gathering, message: recall(n), seconds: times.get(n), byLink: (entry & BY_LINK) !== 0 };
            }
          }
          return describeCampaigns([...gatherings.values()], members());
        },
        bursts: () => burstsAmong(sortedTimes(times)),
      };
    },
  };
}
