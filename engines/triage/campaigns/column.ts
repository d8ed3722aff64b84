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

  /** All rows in order, in pieces: row `from + i` stands in `numbers` from `i * width` on. For who looks at every row: {@link Rows.get} costs more. */
  *pieces(): Generator<{ readonly from: number; readonly rows: number; readonly numbers: Uint32Array }> {
    for (let from = 0; from < this.#length; from += CHUNK) {
      const numbers = this.#chunks[from >>> BITS];
      if (numbers !== undefined) yield { from, rows: Math.min(CHUNK, this.#length - from), numbers };
    }
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
/** Counts digits, and puts in `nexts` where those of each digit begin among all. */
function begin(nexts: Uint32Array, size: number, digitAt: (at: number) => number): void {
  nexts.fill(0);
  for (let at = 0; at < size; at++) {
    const after = digitAt(at) + 1;
    nexts[after] = (nexts[after] ?? 0) + 1;
  }
  for (let digit = 1; digit <= RADIX; digit++) nexts[digit] = (nexts[digit] ?? 0) + (nexts[digit - 1] ?? 0);
}
/** The next place for this digit. When all have theirs, `nexts` holds where each digit ends. */
function next(nexts: Uint32Array, digit: number): number {
  const place = nexts[digit] ?? 0;
  nexts[digit] = place + 1;
  return place;
}
/** Under this many, counting by digits costs more than comparing. */
const FEW = 4096;

/** Sorts `rows` by the key of each row, smallest first; stable: rows with the same key keep the order they came in. `spare` is as long as `rows` and is overwritten. */
export function sortRows(rows: Uint32Array, keyOf: (row: number) => number, spare: Uint32Array): void {
  if (rows.length < FEW) {
    rows.sort((a, b) => keyOf(a) - keyOf(b));
    return;
  }
  const nexts = new Uint32Array(RADIX + 1);
  let [from, to] = [rows, spare];
  for (let shift = 0; shift < 32; shift += 16) {
    const source = from;
    const digitAt = (at: number): number => (keyOf(source[at] ?? 0) >>> shift) & (RADIX - 1);
    begin(nexts, source.length, digitAt);
    for (let at = 0; at < source.length; at++) to[next(nexts, digitAt(at))] = source[at] ?? 0;
    [from, to] = [to, from];
  }
}

/** Stretches up to this many are put in order one by one: in longer ones that would take the square of a length that whoever writes messages can choose. */
const SMALL = 48;

/** Puts rows with the same key side by side. It has room for `most` rows, used again for each grouping. */
export class Groups {
  readonly #nexts = new Uint32Array(RADIX + 1);
  readonly #given: { readonly rows: Uint32Array<ArrayBuffer>; readonly keys: Uint32Array<ArrayBuffer> };
  /** After {@link Groups.group}: rows with the same key stand side by side, in the order they were added, and `keys[at]` is that of `rows[at]`. Keys come in no order. */
  readonly rows: Uint32Array<ArrayBuffer>;
  readonly keys: Uint32Array<ArrayBuffer>;
  #size = 0;

  constructor(most: number) {
    this.#given = { rows: new Uint32Array(most), keys: new Uint32Array(most) };
    this.rows = new Uint32Array(most);
    this.keys = new Uint32Array(most);
  }

  /** Rows are added in rising order. */
  add(row: number, key: number): void {
    this.#given.rows[this.#size] = row;
    this.#given.keys[this.#size] = key;
    this.#size++;
  }

  /**
   * Groups what was added since the last time.
   * @param shift keys are told apart by their 16 bits from here first: those in which they differ
   */
  group(shift: number): void {
    const [{ rows: givenRows, keys: givenKeys }, nexts, { rows, keys }, size] = [this.#given, this.#nexts, this, this.#size];
    const digitAt = (at: number): number => ((givenKeys[at] ?? 0) >>> shift) & (RADIX - 1);
    begin(nexts, size, digitAt);
    for (let at = 0; at < size; at++) {
      const place = next(nexts, digitAt(at));
      rows[place] = givenRows[at] ?? 0;
      keys[place] = givenKeys[at] ?? 0;
    }
    for (let digit = 0, from = 0; digit < RADIX; digit++) {
      const to = nexts[digit] ?? 0;
      if (to - from > 1) this.#order(from, to);
      from = to;
    }
    this.#size = 0;
  }

  /** Brings one stretch, whose rows rise, in order of key. */
  #order(from: number, to: number): void {
    const { rows, keys } = this;
    if (to - from > SMALL) {
      // A text that thousands paste has one key: there is nothing to order.
      const [first, size] = [keys[from], to - from];
      let same = 1;
      while (same < size && keys[from + same] === first) same++;
      if (same === size) return;
      const places = new Uint32Array(size);
      for (let at = 0; at < size; at++) places[at] = at;
      sortRows(places, (at) => keys[from + at] ?? 0, new Uint32Array(size));
      const [oldRows, oldKeys] = [rows.slice(from, to), keys.slice(from, to)];
      places.forEach((old, at) => {
        rows[from + at] = oldRows[old] ?? 0;
        keys[from + at] = oldKeys[old] ?? 0;
      });
      for (const done of [places, oldRows, oldKeys]) release(done);
      return;
    }
    for (let at = from + 1; at < to; at++) {
      const [row, key] = [rows[at] ?? 0, keys[at] ?? 0];
      let place = at;
      for (; place > from && (keys[place - 1] ?? 0) > key; place--) {
        rows[place] = rows[place - 1] ?? 0;
        keys[place] = keys[place - 1] ?? 0;
      }
      rows[place] = row;
      keys[place] = key;
    }
  }

  /** Gives the room back now; it may not be used afterwards. */
  release(): void {
    for (const done of [this.#given.rows, this.#given.keys, this.rows, this.keys]) release(done);
  }
}
