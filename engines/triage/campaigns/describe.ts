/** A campaign in full, ready to be drawn as a timeline: who, when, which links, and in Dutch what binds it. Used by index.ts of this room. */
import type { Message } from "#engines/triage/message.ts";
import { type Burst, burstsAmong, lasting, type Timeline, timelineOf } from "./bursts.ts";
import { linksIn } from "./links.ts";

/** What binds the messages of a campaign. Neither says anything about right or wrong: a form letter is a campaign too. */
export type CampaignBond = "same-text" | "same-link";

/** A name and how many messages it stands under. */
export interface Tally {
  readonly name: string;
  readonly count: number;
}

/** One campaign, ready to be drawn. */
export interface Campaign {
  /** `c1`, `c2`, … in order of first message. */
  readonly id: string;
  readonly bond: CampaignBond;
  /** What binds it, in plain Dutch: "Zelfde tekst: 14 berichten van 9 accounts in 40 minuten". */
  readonly why: string;
  readonly count: number;
  /** Number of the first message (0 = first judged): show that one as the example. */
  readonly firstMessage: number;
  /** First and last time, milliseconds since 1970 UTC; null when no message has a time. */
  readonly first: number | null;
  readonly last: number | null;
  /** Null when no message has a time. */
  readonly timeline: Timeline | null;
  readonly bursts: readonly Burst[];
  /** The most active first, at most 50; `accountCount` counts all. */
  readonly accounts: readonly Tally[];
  readonly accountCount: number;
  /** Links in at least two of its messages, the most used first, at most 20, in one spelling without scheme and tracking. */
  readonly links: readonly Tally[];
  /** Other described campaigns that at least two of its accounts take part in. */
  readonly sharesAccountsWith: readonly string[];
}

/** Names told apart over all described campaigns together; further ones are not counted. */
const MOST_NAMES = 200_000;
const SHOWN_ACCOUNTS = 50;
const SHOWN_LINKS = 20;

/** What is gathered of one campaign while its messages pass by. */
export class Gathering {
  readonly id: string;
  readonly firstMessage: number;
  readonly #bond: CampaignBond;
  readonly #times: number[] = [];
  readonly #accounts = new Map<string, number>();
  readonly #links = new Map<string, number>();
  #count = 0;
  #byLink = 0;

  constructor(id: string, firstMessage: number, bond: CampaignBond) {
    this.id = id;
    this.firstMessage = firstMessage;
    this.#bond = bond;
  }

  /** @returns how many names were new. */
  add(message: Message, seconds: number, byLink: boolean, room: boolean): number {
    this.#count++;
    if (byLink) this.#byLink++;
    if (seconds !== 0) this.#times.push(seconds);
    const before = this.#accounts.size + this.#links.size;
    const tally = (names: Map<string, number>, name: string): void => {
      const count = names.get(name) ?? 0;
      if (count > 0 || room) names.set(name, count + 1);
    };
    if (message.author !== null) tally(this.#accounts, message.author);
    for (const link of linksIn(message.text)) tally(this.#links, link);
    return this.#accounts.size + this.#links.size - before;
  }

  get accounts(): Iterable<string> {
    return this.#accounts.keys();
  }

  #why(times: Uint32Array): string {
    const accounts = this.#accounts.size;
    const parts = [this.#bond === "same-text" ? "Zelfde tekst" : "Zelfde link", `: ${this.#count} berichten`];
    if (accounts > 0) parts.push(` van ${accounts} ${accounts === 1 ? "account" : "accounts"}`);
    if (times.length > 1) parts.push(` in ${lasting((times.at(-1) ?? 0) - (times[0] ?? 0))}`);
    if (this.#bond === "same-text" && this.#byLink > 0)
      parts.push(`; ${this.#byLink} daarvan ${this.#byLink === 1 ? "deelt" : "delen"} met eigen woorden dezelfde link`);
    return parts.join("");
  }

  finish(sharesAccountsWith: readonly string[]): Campaign {
    const times = Uint32Array.from(this.#times).toSorted();
    const [first, last] = [times[0], times.at(-1)];
    const most = (names: Map<string, number>, least: number, shown: number): readonly Tally[] =>
      [...names]
        .filter(([, count]) => count >= least)
        .toSorted(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
        .slice(0, shown)
        .map(([name, count]) => ({ name, count }));
    return {
      id: this.id,
      bond: this.#bond,
      why: this.#why(times),
      count: this.#count,
      firstMessage: this.firstMessage,
      first: first === undefined ? null : first * 1000,
      last: last === undefined ? null : last * 1000,
      timeline: timelineOf(times),
      bursts: burstsAmong(times),
      accounts: most(this.#accounts, 1, SHOWN_ACCOUNTS),
      accountCount: this.#accounts.size,
      links: most(this.#links, 2, SHOWN_LINKS),
      sharesAccountsWith,
    };
  }
}

/** Campaigns that at least two accounts have in common, by id. */
function shared(gatherings: readonly Gathering[]): ReadonlyMap<string, readonly string[]> {
  const campaignsOf = new Map<string, string[]>();
  for (const gathering of gatherings)
    for (const account of gathering.accounts) {
      const known = campaignsOf.get(account);
      if (known === undefined) campaignsOf.set(account, [gathering.id]);
      // An account that is everywhere says little and would cost the square.
      else if (known.length < 20) known.push(gathering.id);
    }
  const together = new Map<string, Map<string, number>>();
  for (const ids of campaignsOf.values())
    for (const one of ids)
      for (const other of ids) {
        if (one === other) continue;
        const row = together.get(one) ?? new Map<string, number>();
        together.set(one, row.set(other, (row.get(other) ?? 0) + 1));
      }
  return new Map([...together].map(([id, row]) => [id, [...row].filter(([, accounts]) => accounts >= 2).map(([other]) => other)]));
}

/** Gathers and finishes. @param members each message of a described campaign once, in order. */
export function describeCampaigns(
  gatherings: readonly Gathering[],
  members: Iterable<{ readonly gathering: Gathering; readonly message: Message; readonly seconds: number; readonly byLink: boolean }>,
): readonly Campaign[] {
  let names = 0;
  for (const { gathering, message, seconds, byLink } of members) names += gathering.add(message, seconds, byLink, names < MOST_NAMES);
  const others = shared(gatherings);
  return gatherings.map((gathering) => gathering.finish(others.get(gathering.id) ?? []));
}
