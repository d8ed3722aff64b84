/** A list of 32-bit numbers that grows without copying: two million messages must not need twice their room for a moment. Used in this room only. */

const BITS = 13;
const CHUNK = 1 << BITS;
const REST = CHUNK - 1;

/** Gives the room of an array back now, not when the collector comes to it; nobody may use it afterwards. */
export const release = (array: Uint32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>): void => void array.buffer.transfer(0);

/** Unsigned 32-bit numbers, 4 bytes each, in pieces of 32 kB. Reading beyond the end gives 0. */
export class Column {
  readonly #chunks: Uint32Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    const at = this.#length & REST;
    if (at === 0) this.#chunks.push(new Uint32Array(CHUNK));
    const chunk = this.#chunks[this.#length >>> BITS];
    if (chunk !== undefined) chunk[at] = value;
    this.#length++;
  }

  get(at: number): number {
    return this.#chunks[at >>> BITS]?.[at & REST] ?? 0;
  }
}

/** Rows of `width` numbers that grow without copying; the numbers of a row lie side by side, since they are looked at together. */
export class Rows {
  readonly #chunks: Uint32Array<ArrayBuffer>[] = [];
  readonly #width: number;
  #length = 0;

  constructor(width: number) {
    this.#width = width;
  }

  /** How many rows there are. */
  get length(): number {
    return this.#length;
  }

  /** Copies one row. */
  push(row: Uint32Array): void {
    const at = this.#length & REST;
    if (at === 0) this.#chunks.push(new Uint32Array(CHUNK * this.#width));
    this.#chunks[this.#length >>> BITS]?.set(row, at * this.#width);
    this.#length++;
  }

  get(row: number, place: number): number {
    return this.#chunks[row >>> BITS]?.[(row & REST) * this.#width + place] ?? 0;
  }

  /** How many halves (16 bits) of two rows are the same. */
  halvesInCommon(one: number, other: number): number {
    const [mine, theirs] = [this.#chunks[one >>> BITS], this.#chunks[other >>> BITS]];
    if (mine === undefined || theirs === undefined) return 0;
    const [from, against] = [(one & REST) * this.#width, (other & REST) * this.#width];
    let common = 0;
    for (let place = 0; place < this.#width; place++) {
      const difference = (mine[from + place] ?? 0) ^ (theirs[against + place] ?? 0);
      if ((difference & 0xffff) === 0) common++;
      if (difference >>> 16 === 0) common++;
    }
    return common;
  }

  clear(): void {
    for (const chunk of this.#chunks) release(chunk);
    this.#chunks.length = 0;
    this.#length = 0;
  }
}

const RADIX = 1 << 16;
/** Under this many, counting by digits costs more than comparing. */
const FEW = 4096;

/** Sorts `rows` by the key of each row, smallest first; stable: rows with the same key keep the order they came in. `spare` is as long as `rows` and is overwritten. */
export function sortRows(rows: Uint32Array, keyOf: (row: number) => number, spare: Uint32Array): void {
  if (rows.length < FEW) {
    rows.sort((a, b) => keyOf(a) - keyOf(b));
    return;
  }
  const counts = new Uint32Array(RADIX + 1);
  let [from, to] = [rows, spare];
  for (let shift = 0; shift < 32; shift += 16) {
    counts.fill(0);
    for (const row of from) {
      const digit = (keyOf(row) >>> shift) & (RADIX - 1);
      counts[digit + 1] = (counts[digit + 1] ?? 0) + 1;
    }
    for (let digit = 1; digit <= RADIX; digit++) counts[digit] = (counts[digit] ?? 0) + (counts[digit - 1] ?? 0);
    for (const row of from) {
      const digit = (keyOf(row) >>> shift) & (RADIX - 1);
      const place = counts[digit] ?? 0;
      to[place] = row;
      counts[digit] = place + 1;
    }
    [from, to] = [to, from];
  }
}
