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
import { Fact, provinceOf, Quarter, quarterOf } from "#services/figures/contract/facts.ts";
import type { BareFact } from "#services/figures/contract/sink.ts";

const Text = Type.String({ minLength: 1 });
const common = { dossier: Uuid, quarter: Quarter, fact: Fact };

/** A fact whose token is not there yet. */
const AskingFact = Type.Object(
  {
    state: Type.Literal("asking"),
    ...common,
    /** Whose session asks for it. */
    person: Text,
    /** The blinded message and how to undo it, once made: asked again with the same, a lost reply costs nothing. */
    prepared: Type.Union([Text, Type.Null()]),
  },
  { additionalProperties: false },
);
export type AskingFact = Static<typeof AskingFact>;

const WaitingFact = Type.Object(
  {
    state: Type.Literal("waiting"),
    ...common,
    token: Text,
    notBefore: Moment,
    /** To whom it is sealed, as the quarter was stated. */
    sealing: Type.Object({ desk: Uuid, epoch: Type.Integer(), factPublicKey: Text }, { additionalProperties: false }),
  },
  { additionalProperties: false },
);
/** A fact with its token: all that the second visit needs. */
export type WaitingFact = Static<typeof WaitingFact>;
/** One of both. */
export type KeptFact = AskingFact | WaitingFact;

const hour = 3_600_000;

/** When a fact may go. @param random evenly distributed over [0, 1) @returns RFC 3339 */
export function sendMoment(quarter: string, now: number, random: number): string {
  const first = now + leastHold * hour;
  // An hour before the end, so that a device that sleeps can still be late.
  const last = Math.max(first, Math.min(now + mostHold * hour, timesOf(quarter).ends.getTime() - hour));
  return new Date(first + (last - first) * random).toISOString();
}

/** The month it is now in the Netherlands. */
const monthAt = (now: number): string => dutchDay(new Date(now)).slice(0, 7);

/** The quarter it is now in the Netherlands. */
export const quarterAt = (now: number): string => quarterOf(monthAt(now));

/** The fact with the month of now, and where its kind has one the province of an organisation. */
export function whole(fact: BareFact, province: string | null, now: number): Fact {
  const month = monthAt(now);
  return fact.kind === "report-filed" || fact.kind === "report-closed" || fact.kind === "scan-requested"
    ? { ...fact, month, province: provinceOf(province) }
    : { ...fact, month };
}

/** Facts that a device keeps, each under a name that is chance. */
export class KeptFacts {
  readonly #open: () => Promise<DraftStore>;

  /** @param open the sealed store of this device, for facts alone */
  constructor(open: () => Promise<DraftStore>) {
    this.#open = open;
  }

  /** Keeps a fact, or writes the one of this name anew. */
  async write(name: string, fact: KeptFact): Promise<void> {
    await (await this.#open()).write(name, fact);
  }

  /** Everything there is, by its name; what has not the form of today, or whose quarter is over, is removed. */
  async all(now: number): Promise<ReadonlyMap<string, KeptFact>> {
    const store = await this.#open();
    const found = new Map<string, KeptFact>();
    for (const name of await store.names()) {
      const kept = await store.read(name);
      if ((Check(AskingFact, kept) || Check(WaitingFact, kept)) && timesOf(kept.quarter).ends.getTime() > now) found.set(name, kept);
      else await store.remove(name);
    }
    return found;
  }

  /** Removes everything, with the key it was sealed under. */
  async clear(): Promise<void> {
    await (await this.#open()).clear();
  }

  /** Removes one that was sent or taken back. */
  async remove(name: string): Promise<void> {
    const store = await this.#open();
    await store.remove(name);
    // The last one takes the key along: what may be left of the old bytes on the disk opens no more.
    if ((await store.names()).length === 0) await store.clear();
  }
}
