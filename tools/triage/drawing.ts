/** Numbers drawn from a seed, so that training gives the same model from the same texts. Used by the training rooms only. */

/** A source of numbers from 0 (inclusive) to 1 (exclusive): mulberry32, 32 bits of state. */
export function drawing(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
