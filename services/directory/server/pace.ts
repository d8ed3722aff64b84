/** Bounds how often something that anyone may ask for, and that stays, is done; the same for all, since a whole town hall shares one address. For this room. */
import { Problem } from "#services/problem/index.ts";

/** `burst` at once, then `perSecond`. */
export interface Pace {
  readonly burst: number;
  readonly perSecond: number;
}

/**
 * Takes one turn at a time from a bucket that fills up again.
 * @param now milliseconds of a clock that only goes forward.
 * @returns throws {@link Problem} quota-reached when there is no turn left.
 */
export function paced({ burst, perSecond }: Pace, what: string, now: () => number = () => performance.now()): () => void {
  let turns = burst;
  let filledAt = now();
  return () => {
    const at = now();
    turns = Math.min(burst, turns + ((at - filledAt) / 1000) * perSecond);
    filledAt = at;
    if (turns < 1) throw new Problem("quota-reached", `${what} than this server takes in at once`, "Try again in a minute; nothing was stored.");
    turns -= 1;
  };
}
