/** Campaigns: messages that say the same, or spread the same link, and bursts in time. Called by triage.ts; its types are exported by the engine's index. */
import type { Message } from "#engines/triage/message.ts";

/** What binds the messages of a campaign. Neither word says anything about right or wrong: a form letter is a campaign too. */
export type CampaignBond = "same-text" | "same-link";

/** A name and how many messages it stands under. */
export interface Tally {
  readonly name: string;
  readonly count: number;
}

/** A stretch of time with clearly more messages than around it. */
export interface Burst {
  /** Milliseconds since 1970 UTC. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Messages an hour outside of bursts, as measured over all messages. */
  readonly usualPerHour: number;
  /** In Dutch, for screens and exports. */
  readonly why: string;
}

/** Counts per step of time, for drawing. */
export interface Timeline {
  /** Start of the first step, milliseconds since 1970 UTC. */
  readonly start: number;
  /** Milliseconds a step. */
  readonly step: number;
  readonly counts: readonly number[];
}

/** One campaign, ready to be drawn. */
export interface Campaign {
  /** `c1`, `c2`, … in order of first message. */
  readonly id: string;
  readonly bond: CampaignBond;
  /** What binds it, in plain Dutch, for example "Zelfde tekst: 14 berichten van 9 accounts". */
  readonly why: string;
  readonly count: number;
  /** Number of the first message (0 = first judged): show that one as the example. */
  readonly firstMessage: number;
  /** First and last time, milliseconds since 1970 UTC; null when no message has a time. */
  readonly first: number | null;
  readonly last: number | null;
  /** Null when no message has a time. */
  readonly timeline: Timeline | null;
  readonly burst: Burst | null;
  /** The most active first, at most 50; `accountCount` counts all. */
  readonly accounts: readonly Tally[];
  readonly accountCount: number;
  /** Links in at least two of its messages, the most used first, at most 20. */
  readonly links: readonly Tally[];
  /** Other campaigns that at least two of its accounts take part in. */
  readonly sharesAccountsWith: readonly string[];
}

/** What all messages together show. */
export interface CampaignReport {
  /** How many campaigns there are. */
  readonly campaignCount: number;
  /** Campaign of message number `n`, or null. */
  campaignOf(n: number): string | null;
  /**
   * The largest campaigns in full, in order of first message.
   * @param most how many (default 200). Each message of these is recalled once.
   */
  describe(most?: number): readonly Campaign[];
  /** Bursts over all messages, in order of time. */
  readonly bursts: readonly Burst[];
}

/** Collects messages and finds campaigns among them. */
export interface CampaignFinder {
  readonly count: number;
  add(message: Message): void;
  finish(recall: (n: number) => Message): CampaignReport;
}

/** Starts with no messages. */
export function createCampaigns(): CampaignFinder {
  let count = 0;
  return {
    get count() {
      return count;
    },
    add: () => void count++,
    finish: () => ({ campaignCount: 0, campaignOf: () => null, describe: () => [], bursts: [] }),
  };
}
