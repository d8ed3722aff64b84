/**
 * Facts on their way, as a device keeps them: first with the dossier they follow from, until its token is there, then with the token until their moment has come. A device keeps them sealed; nothing here draws or reads a clock by itself.
 *
 * [Note: A fact leaves later] Whoever asks for a token and gives the fact in the next second can be paired by the clock. So a fact waits, evenly drawn between one and forty-eight hours, each for itself. A device that is
 * closed sends it when it is opened next, and drops it when its quarter takes no facts any more.
 *
 * [Note: A fact waits with its dossier] While it waits the device still knows which dossier a fact is of, so that a no takes it back. What is sent does not hold it, and after that nothing on the device leads from one to the other.
 */
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";
import { Moment, Uuid } from "#services/directory/contract/index.ts";
import type { DraftStore } from "#services/dossier/client/drafts.ts";
import { dutchDay } from "#services/dossier/workflow/terms.ts";
import { leastHold, mostHold, timesOf } from "#services/figures/contract/delivery.ts";
import { Fact, monthsOf, Quarter, quarterOf, type FactWithoutMonth } from "#services/figures/contract/facts.ts";

const Sealing = Type.Object({ desk: Uuid, epoch: Type.Integer(), factPublicKey: Type.String() }, { additionalProperties: false });
const WaitingFact = Type.Object(
  { dossier: Uuid, quarter: Quarter, fact: Fact, token: Type.String({ minLength: 1 }), notBefore: Moment, sealing: Sealing },
  { additionalProperties: false },
);
/** A fact with its token, and to whom it is sealed: all that the second visit needs. */
export type WaitingFact = Static<typeof WaitingFact>;

const hour = 3_600_000;

/** When a fact may go. @param random evenly distributed over [0, 1) @returns RFC 3339 */
export function sendMoment(quarter: string, now: number, random: number): string {
  const first = now + leastHold * hour;
  // An hour before the end, so that a device that sleeps can still be late.
  const last = Math.max(first, Math.min(now + mostHold * hour, timesOf(quarter).ends.getTime() - hour));
  return new Date(first + (last - first) * random).toISOString();
}

/** The quarter it is now in the Netherlands. */
export const quarterAt = (now: number): string => quarterOf(dutchDay(new Date(now)).slice(0, 7));

/** The fact with the month it was made in. A clock that ran on over the end of the quarter gives its last month. */
export function dated(fact: FactWithoutMonth, quarter: string, now: number): Fact {
  const month = dutchDay(new Date(now)).slice(0, 7);
  const months = monthsOf(quarter);
  return { ...fact, month: months.includes(month) ? month : (months.at(-1) ?? month) };
}

/** Facts that wait on a device, each under a name that is chance. */
export class WaitingFacts {
  readonly #open: () => Promise<DraftStore>;

  /** @param open the sealed store of this device, for facts alone */
  constructor(open: () => Promise<DraftStore>) {
    this.#open = open;
  }

  /** Keeps a fact that has its token. */
  async keep(waiting: WaitingFact): Promise<void> {
    await (await this.#open()).write(crypto.randomUUID(), waiting);
  }

  /** Everything that waits, by its name; what has not the form of today, or whose quarter is over, is removed. */
  async all(now: number): Promise<ReadonlyMap<string, WaitingFact>> {
    const store = await this.#open();
    const found = new Map<string, WaitingFact>();
    for (const name of await store.names()) {
      const kept = await store.read(name);
      if (Check(WaitingFact, kept) && timesOf(kept.quarter).ends.getTime() > now) found.set(name, kept);
      else await store.remove(name);
    }
    return found;
  }

  /** Removes one that was sent or taken back. */
  async remove(name: string): Promise<void> {
    const store = await this.#open();
    await store.remove(name);
    // The last one takes the key along: what may be left of the old bytes on the disk opens no more.
    if ((await store.names()).length === 0) await store.clear();
  }
}
