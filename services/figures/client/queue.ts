/** The queue of a device: takes facts from the sink, asks for their tokens, and gives each when its moment has come. apps/web wires it; tests run it with a clock of their own. */
import { SealError } from "@rugdekking/seal/verify";
import { TokenError } from "@rugdekking/tokens";
import Type from "typebox";
import type { Connection } from "#services/directory/client/connection.ts";
import type { Trust } from "#services/directory/client/trust.ts";
import { Organisation } from "#services/directory/contract/index.ts";
import type { LeftFact } from "#services/figures/contract/sink.ts";
import { Problem, type ProblemCode } from "#services/problem/index.ts";
import { choose, collectToken, giveFact, prepareToken, readChoice } from "./deliver.ts";
import { readQuarter } from "./quarters.ts";
import { quarterAt, sendMoment, whole, type AskingFact, type KeptFacts } from "./waiting.ts";

/** Who is signed in. */
export interface Asker {
  readonly person: { readonly person: string };
  readonly connection: Connection;
  readonly trust: Trust;
}

/** What the queue is given by the device. */
export interface QueueOptions {
  readonly kept: KeptFacts;
  /** Whoever is signed in now; null: nobody. */
  readonly asker: () => Asker | null;
  /** Without cookie, session or referrer; `namelessConnection`. */
  readonly nameless: () => Connection;
  /** Runs its turn while no other tab of this device runs one. */
  readonly alone: (turn: () => Promise<void>) => Promise<void>;
  /** Milliseconds. */
  readonly now: () => number;
  /** Evenly distributed over [0, 1). */
  readonly random: () => number;
}

/** What stands in the way of a fact and not of help: it is not counted, and nobody is troubled with it. Anything else is a fault of the program and is thrown on. */
const isQuiet = (error: unknown): boolean =>
  error instanceof Problem || error instanceof SealError || error instanceof TokenError || error instanceof TypeError || error instanceof DOMException;

/** After these it is tried again later; after all others never. */
const passing: ReadonlySet<ProblemCode> = new Set<ProblemCode>(["unavailable", "session-missing", "session-expired", "quota-reached"]);
const passes = (error: unknown): boolean => error instanceof TypeError || (error instanceof Problem && passing.has(error.code));

/** One per tab. */
export class FactQueue {
  readonly #options: QueueOptions;

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  /** Takes a fact and asks for its token, at once if whoever wrote the entry is signed in, else when they are. @returns whether it is kept */
  async take(left: LeftFact): Promise<boolean> {
    const { kept, now, alone } = this.#options;
    const { dossier, person, fact } = left;
    const name = crypto.randomUUID();
    const asking: AskingFact = {
      state: "asking",
      dossier,
      person,
      quarter: quarterAt(now()),
      fact: whole(fact, await this.#provinceOf(left.organisation), now()),
      prepared: null,
    };
    let is = false;
    await alone(async () => {
      await kept.write(name, asking);
      await this.#ask(name, asking);
      is = (await kept.all(now())).has(name);
    });
    return is;
  }

  /** Without a cookie: which organisation is asked for says nothing of who asks. */
  async #provinceOf(organisation: string | null): Promise<string | null> {
    if (organisation === null) return null;
    try {
      return (await this.#options.nameless().get(`/api/v1/organisations/${encodeURIComponent(organisation)}`, Type.Pick(Organisation, ["province"]))).province;
    } catch (error) {
      if (isQuiet(error)) return null;
      throw error;
    }
  }

  /** Asks for the token of one; what will never get one is removed. */
  async #ask(name: string, asking: AskingFact): Promise<void> {
    const { kept, asker, now, random } = this.#options;
    const by = asker();
    // With another's session the server would learn who shares this device.
    if (by === null || by.person.person !== asking.person) return;
    try {
      const quarter = await readQuarter(by.trust, asking.quarter);
      if (quarter === null) return await kept.remove(name);
      const { dossier, fact } = asking;
      const prepared = asking.prepared ?? (await prepareToken(quarter, fact.kind));
      if (asking.prepared === null) await kept.write(name, { ...asking, prepared });
      const token = await collectToken(by.connection, quarter, dossier, fact.kind, prepared);
      const { desk, epoch, factPublicKey } = quarter;
      const notBefore = sendMoment(quarter.quarter, now(), random());
      await kept.write(name, { state: "waiting", dossier, quarter: quarter.quarter, fact, token, notBefore, sealing: { desk, epoch, factPublicKey } });
    } catch (error) {
      if (!isQuiet(error)) throw error;
      if (!passes(error)) await kept.remove(name);
    }
  }

  /** Asks for the tokens that are not there yet, with the session that is open. */
  async ask(): Promise<void> {
    const { kept, now, alone } = this.#options;
    await alone(async () => {
      for (const [name, one] of await kept.all(now())) if (one.state === "asking") await this.#ask(name, one);
    });
  }

  /** Gives what is due, each without a session; what cannot be given now stays. @returns how many went */
  async give(): Promise<number> {
    const { kept, nameless, now, alone } = this.#options;
    let sent = 0;
    await alone(async () => {
      for (const [name, one] of await kept.all(now())) {
        if (one.state === "asking" || Date.parse(one.notBefore) > now()) continue;
        try {
          await giveFact(nameless(), one.sealing, one.token, one.fact);
          sent += 1;
        } catch (error) {
          if (!isQuiet(error)) throw error;
          if (passes(error)) continue;
        }
        await kept.remove(name);
      }
    });
    return sent;
  }

  /** Whether a dossier is counted. @throws {@link Problem} session-missing; role-forbidden for anyone but its owner. */
  async counted(dossier: string): Promise<boolean> {
    return await readChoice(this.#signedIn(), dossier);
  }

  /**
   * Says yes or no for a dossier. A no takes back what this device keeps of it; what was sent cannot be found any more, by nobody.
   * @throws {@link Problem} session-missing; role-forbidden for anyone but its owner.
   */
  async choose(dossier: string, counted: boolean): Promise<void> {
    const { kept, now, alone } = this.#options;
    await choose(this.#signedIn(), dossier, counted);
    if (counted) return;
    await alone(async () => {
      for (const [name, one] of await kept.all(now())) if (one.dossier === dossier) await kept.remove(name);
    });
  }

  #signedIn(): Connection {
    const by = this.#options.asker();
    if (by === null) throw new Problem("session-missing", "Nobody is signed in", "Sign in, or open the dossier with its code.");
    return by.connection;
  }
}
