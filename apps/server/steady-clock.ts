/** The house's clock: what the machine says, but never believed when it is set back while the server runs. For house.ts. */

/** A clock that is corrected by the network moves this much at most. Milliseconds. */
const correction = 2 * 60_000;

/** What a clock is made of. */
interface Ticking {
  /** Milliseconds since 1970, as the machine's clock says. */
  readonly wall: () => number;
  /** Milliseconds since some moment, which no setting of a clock moves. */
  readonly monotonic: () => number;
}

/**
 * [Note: A clock that is set back] A statement that names a moment still to come is refused, so a server whose clock is set back an hour would refuse every report of that hour; and what ended would be valid again. So a
 * clock that falls more than two minutes behind the time that passed since it was last believed is not believed: the server goes on with the time that passed, until the machine's clock agrees again. Forward is
 * followed, since a machine that slept wakes up later than it thinks, and coming back from such a jump is followed too.
 * @param onBack told once for each time it is not believed.
 */
export function steadyClock(onBack: () => void, { wall, monotonic }: Ticking = { wall: () => Date.now(), monotonic: () => performance.now() }): () => Date {
  let believedAt = monotonic();
  let believed = wall();
  let told = false;
  return () => {
    const [now, ticks] = [wall(), monotonic()];
    const passed = believed + (ticks - believedAt);
    const apart = now - passed;
    if (apart < -correction) {
      if (!told) onBack();
      told = true;
      return new Date(passed);
    }
    told = false;
    if (apart <= correction) [believed, believedAt] = [now, ticks];
    return new Date(now);
  };
}
