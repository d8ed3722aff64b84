/** How much work is asked: by what is going on in the house and at the desk, and never by who asks. Pure; the server asks it. */

/** Levels there are; the last is the ceiling. */
export const levels = 5;
/** One level more is so many times the work. */
export const stepFactor = 4;
/** The load that counts is that of so many minutes: the level sinks by itself when they are past. */
export const loadMinutes = 10;

/**
 * The level at a load: 0 up to `calm`, and one more each time the load doubles.
 * @param count what came in {@link loadMinutes}
 * @param calm what still is an ordinary day, at least 1
 */
export function levelOf(count: number, calm: number): number {
  let level = 0;
  for (let bound = calm; count > bound && level < levels - 1; bound *= 2) level += 1;
  return level;
}

/** More than this need not be counted: the level is at its ceiling. */
export const countedUpTo = (calm: number): number => calm * 2 ** levels;

/** Hashes that one piece takes on average at a level. @param base at level 0 */
export const workAt = (level: number, base: number): number => base * stepFactor ** level;

/** Whether a token of one level is good where another is asked. One less is: the level may rise between the working and the sending, and nobody should be sent after it. */
export const isEnough = (level: number, asked: number): boolean => level >= asked - 1;
