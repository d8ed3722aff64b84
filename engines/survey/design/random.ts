/** The seeded generator behind bootstrap replicates: the same seed gives the same weights on every machine. Not for secrets. Called by replicate-weights.ts only. */

/** One step of SplitMix32, used to spread seeds. */
function mix(value: number): number {
  let z = (value + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return z ^ (z >>> 15);
}

/** xoshiro128** (Blackman and Vigna 2021). */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  /** A stream of its own for each (seed, stratum, replicate). */
  constructor(seed: number, stratum: number, replicate: number) {
    this.#a = mix(mix(mix(seed) ^ stratum) ^ replicate);
    this.#b = mix(this.#a ^ 0x1b873593);
    this.#c = mix(this.#b ^ 0x5bd1e995);
    this.#d = mix(this.#c ^ 0x27d4eb2f) | 1;
  }

  /** Below `bound`, by multiplication of 32 random bits (Lemire 2019); the bias, below bound / 2^32, does not show in sample sizes. */
  below(bound: number): number {
    const product = Math.imul(this.#b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return Math.floor(result * bound * 2.3283064365386963e-10);
  }
}
