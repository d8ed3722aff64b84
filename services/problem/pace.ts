/** Bounds how often a known caller has something done that costs this server or others: a question to a time-stamp authority, a look through whole tables. For server rooms; it keeps its counts in memory, so each server has its own. */
import { Problem } from "./index.ts";

/** `burst` at once, then `perSecond`. */
export interface Pace {
  readonly burst: number;
  readonly perSecond: number;
}

/** What someone is told who must wait: `what` is more than this server takes in at once. */
export interface Refused {
  readonly what: string;
  readonly mend: string;
}

/** Milliseconds of a clock that only goes forward. */
type Clock = () => number;
const forward: Clock = () => performance.now();

const refusal = ({ what, mend }: Refused): Problem => new Problem("quota-reached", `${what} than this server takes in at once`, mend);

/** Turns that are spent one at a time and come back with time. */
class Bucket {
  readonly #pace: Pace;
  #turns: number;
  #at: number;

  constructor(pace: Pace, now: number) {
    this.#pace = pace;
    this.#turns = pace.burst;
    this.#at = now;
  }

  /** Turns there are by now. */
  left(now: number): number {
    this.#turns = Math.min(this.#pace.burst, this.#turns + ((now - this.#at) / 1000) * this.#pace.perSecond);
    this.#at = now;
    return this.#turns;
  }

  spend(): void {
    this.#turns -= 1;
  }
}

/** Turns of callers who are known. */
export interface CallerPace {
  /** @throws {@link Problem} quota-reached when the caller, or all together, have no turn left; then neither loses one. */
  take(caller: string): void;
  /** Callers that are remembered. */
  readonly size: number;
}

/** A bucket for each caller and one for all together. A caller whose bucket is full again is forgotten at the first question after a sweep is due: once in the time a bucket takes to fill. */
export function pacedByCaller({ each, all }: { readonly each: Pace; readonly all: Pace }, refused: Refused, now: Clock = forward): CallerPace {
  const together = new Bucket(all, now());
  const callers = new Map<string, Bucket>();
  const sweepEvery = (each.burst / each.perSecond) * 1000;
  let sweptAt = now();
  return {
    take(caller) {
      const at = now();
      if (at - sweptAt >= sweepEvery) {
        for (const [one, bucket] of callers) if (bucket.left(at) >= each.burst) callers.delete(one);
        sweptAt = at;
      }
      const own = callers.get(caller) ?? new Bucket(each, at);
      if (own.left(at) < 1 || together.left(at) < 1) throw refusal(refused);
      own.spend();
      together.spend();
      callers.set(caller, own);
    },
    get size() {
      return callers.size;
    },
  };
}
