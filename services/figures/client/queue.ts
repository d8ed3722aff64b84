/** The queue of a device: takes facts from the sink, gets their tokens, and gives each when its moment has come. apps/web wires it; tests run it with a clock of their own. */
import { SealError } from "@rugdekking/seal/verify";
import { TokenError } from "@rugdekking/tokens";
import type { Connection } from "#services/directory/client/connection.ts";
import type { Trust } from "#services/directory/client/trust.ts";
import type { FactWithoutMonth } from "#services/figures/contract/facts.ts";
import { Problem } from "#services/problem/index.ts";
import { choose, collectToken, giveFact, prepareToken, readChoice } from "./deliver.ts";
import { readQuarter } from "./quarters.ts";
import { dated, quarterAt, sendMoment, type WaitingFacts } from "./waiting.ts";

/** What the queue is given by the device. */
export interface QueueOptions {
  readonly waiting: WaitingFacts;
  /** Of whoever is signed in now. */
  readonly trust: () => Trust;
  /** Without cookie, session or referrer; `namelessConnection`. */
  readonly nameless: () => Connection;
  /** Runs its turn while no other tab of this device runs one. */
  readonly alone: (turn: () => Promise<void>) => Promise<void>;
  /** Milliseconds. */
  readonly now: () => number;
  /** Evenly distributed over [0, 1). */
  readonly random: () => number;
}

/** What stands in the way of a fact and not of help: it is not counted, and nobody is troubled with it. */
const isQuiet = (error: unknown): boolean =>
  error instanceof Problem || error instanceof SealError || error instanceof TokenError || error instanceof TypeError;

/** One per device and tab. */
export class FactQueue {
  readonly #options: QueueOptions;

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  /**
   * Gets the token of a dossier for a fact and lets it wait. @returns false when there is none to have: no desk has stated this quarter, the dossier has had its token, its owner said no, or there is no connection.
   * @throws what is wrong with the program or the device's store.
   */
  async take(dossier: string, fact: FactWithoutMonth): Promise<boolean> {
    const { trust: trustNow, waiting, now, random } = this.#options;
    try {
      const trust = trustNow();
      const quarter = await readQuarter(trust, quarterAt(now()));
      if (quarter === null) return false;
      const prepared = await prepareToken(quarter, fact.kind);
      // Once more after a lost reply: the same request gets the same answer.
      const token = await this.#twice(async () => await collectToken(trust.connection, quarter, dossier, fact.kind, prepared));
      const { desk, epoch, factPublicKey } = quarter;
      await waiting.keep({
        dossier,
        quarter: quarter.quarter,
        fact: dated(fact, quarter.quarter, now()),
        token,
        notBefore: sendMoment(quarter.quarter, now(), random()),
        sealing: { desk, epoch, factPublicKey },
      });
      return true;
    } catch (error) {
      if (isQuiet(error)) return false;
      throw error;
    }
  }

  async #twice<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Problem && error.code === "unavailable") return await work();
      throw error;
    }
  }

  /** Gives what is due, each without a session. What cannot be given now stays. @returns how many went */
  async sendDue(): Promise<number> {
    const { waiting, nameless, now, alone } = this.#options;
    let sent = 0;
    await alone(async () => {
      for (const [name, { fact, token, sealing, notBefore }] of await waiting.all(now())) {
        if (Date.parse(notBefore) > now()) continue;
        try {
          await giveFact(nameless(), sealing, token, fact);
          sent += 1;
        } catch (error) {
          if (!isQuiet(error)) throw error;
          // No connection, or a server that cannot now: later. Anything else will not get better.
          if (!(error instanceof Problem) || error.code === "unavailable") continue;
        }
        await waiting.remove(name);
      }
    });
    return sent;
  }

  /** Whether a dossier is counted. @throws {@link Problem} role-forbidden for anyone but its owner. */
  async counted(dossier: string): Promise<boolean> {
    return await readChoice(this.#options.trust().connection, dossier);
  }

  /**
   * Says yes or no for a dossier. A no takes back what waits on this device; what was sent cannot be found any more, by nobody.
   * @throws {@link Problem} role-forbidden for anyone but its owner.
   */
  async choose(dossier: string, counted: boolean): Promise<void> {
    const { waiting, now, alone, trust } = this.#options;
    if (!counted)
      await alone(async () => {
        for (const [name, kept] of await waiting.all(now())) if (kept.dossier === dossier) await waiting.remove(name);
      });
    await choose(trust().connection, dossier, counted);
  }
}
