/** The sums the network spends its time on, over numbers in one room: by SIMD where WebAssembly may run, else in plain loops with the same answer. Used by network.ts and, for training, tools/triage. */
import { matrixCode } from "./matrix-code.ts";
import { bytesOf } from "./packed.ts";

/** A block of numbers: row `i`, column `j` stands at `at + i * row + j * column`, counted in numbers from the beginning of the room. */
export interface Block {
  readonly at: number;
  readonly row: number;
  readonly column: number;
}

/** What a look at neighbours needs; places are counted in numbers from the beginning of the room. */
export interface Look {
  /** Where the vector of each word stands; behind it what the word brings along to each neighbour, `seen` times a pair of vectors. */
  readonly places: Int32Array;
  readonly words: number;
  /** What is there without any neighbour: two vectors. */
  readonly bias: number;
  readonly out: number;
  /** Words seen at once, the word itself in the middle. */
  readonly seen: number;
  /** Numbers in a vector, a multiple of 4. */
  readonly width: number;
}

/** Room for 32-bit numbers and for bytes, and the sums over it. */
export interface Room {
  readonly numbers: Float32Array;
  /** Tables of whole numbers from -127 to 127. */
  readonly bytes: Int8Array;
  /**
   * c[i,j] += Σ a[i,k] b[k,j].
   * @param a m x k, any steps; @param b k x n and @param c m x n, columns side by side (their `column` is 1); @param n a multiple of 8
   */
  readonly add: (a: Block, b: Block, c: Block, m: number, k: number, n: number) => void;
  /** Each word's vector, and what its neighbours let through: out = own + u gate(g), with u and g the sums of what they bring along. */
  readonly look: (of: Look) => void;
  /** Adds to the numbers from `out` the sum of rows of a table times `scale`: `list[0]` to `list[count - 1]` name them, at most {@link placesMost}. @param table place in `bytes`; @param width numbers in a row, a multiple of 8 */
  readonly sum: (list: Int32Array, count: number, table: number, out: number, width: number, scale: number) => void;
  /** Puts at `out` the most of each column over the rows from `from`: one row at least. @param width a multiple of 4 */
  readonly most: (from: number, rows: number, out: number, width: number) => void;
}

/** How far a gate is open, 0 to 1, and how fast that changes. Cheaper than the logistic function, and learned as well. */
export const gate = (value: number): number => 0.5 + (0.5 * value) / (1 + Math.abs(value));
export const gateSlope = (value: number): number => 0.5 / (1 + Math.abs(value)) ** 2;

/** Words that one look can take, and rows that one sum can. */
export const placesMost = 256;
const pageBytes = 65_536;
const numberBytes = 4;

/** The same sums without WebAssembly; a test holds both to each other. */
export function plainRoom(size: number, byteSize = 0): Room {
  const [numbers, bytes] = [new Float32Array(size), new Int8Array(byteSize)];
  return {
    numbers,
    bytes,
    add(a, b, c, m, k, n) {
      for (let i = 0; i < m; i += 1)
        for (let t = 0; t < k; t += 1) {
          const factor = numbers[a.at + i * a.row + t * a.column] ?? 0;
          const [from, to] = [b.at + t * b.row, c.at + i * c.row];
          for (let j = 0; j < n; j += 1) numbers[to + j] = (numbers[to + j] ?? 0) + factor * (numbers[from + j] ?? 0);
        }
    },
    look({ places, words, bias, out, seen, width }) {
      const reach = (seen - 1) / 2;
      for (let word = 0; word < words; word += 1)
        for (let at = 0; at < width; at += 1) {
          let [through, opened] = [numbers[bias + at] ?? 0, numbers[bias + width + at] ?? 0];
          for (let other = Math.max(0, reach - word); other < seen && word + other - reach < words; other += 1) {
            const from = (places[word + other - reach] ?? 0) + width * (2 * other + 1) + at;
            through += numbers[from] ?? 0;
            opened += numbers[from + width] ?? 0;
          }
          numbers[out + word * width + at] = (numbers[(places[word] ?? 0) + at] ?? 0) + through * gate(opened);
        }
    },
    sum(list, count, table, out, width, scale) {
      for (let at = 0; at < width; at += 1) {
        let all = 0;
        for (let one = 0; one < count; one += 1) all += bytes[table + (list[one] ?? 0) * width + at] ?? 0;
        numbers[out + at] = (numbers[out + at] ?? 0) + all * scale;
      }
    },
    most(from, rows, out, width) {
      for (let at = 0; at < width; at += 1) {
        let most = numbers[from + at] ?? 0;
        for (let row = 1; row < rows; row += 1) most = Math.max(most, numbers[from + row * width + at] ?? 0);
        numbers[out + at] = most;
      }
    },
  };
}

/** What matrix.wat gives, every address and step in bytes. */
interface Code {
  readonly add: (a: number, aRow: number, aCol: number, b: number, bRow: number, c: number, cRow: number, m: number, k: number, n: number) => void;
  readonly look: (places: number, words: number, bias: number, out: number, seen: number, width: number) => void;
  readonly sum: (list: number, count: number, table: number, out: number, width: number, scale: number) => void;
  readonly most: (from: number, rows: number, out: number, width: number) => void;
}
const isCode = (value: object): value is Code => (["add", "look", "sum", "most"] as const).every((name) => typeof Reflect.get(value, name) === "function");

/** Room for so many numbers and bytes, all 0. Where a page's policy or an old device does not let WebAssembly run, the plain one. */
export function roomFor(size: number, byteSize = 0): Room {
  try {
    const of = numberBytes;
    const [listAt, bytesAt] = [size * of, (size + placesMost) * of];
    const memory = new WebAssembly.Memory({ initial: Math.ceil((bytesAt + byteSize) / pageBytes) });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytesOf(matrixCode)), { room: { memory } });
    if (!isCode(exports)) return plainRoom(size, byteSize);
    const { add, look, sum, most } = exports;
    const listed = new Int32Array(memory.buffer, listAt, placesMost);
    return {
      numbers: new Float32Array(memory.buffer, 0, size),
      bytes: new Int8Array(memory.buffer, bytesAt, byteSize),
      add: (a, b, c, m, k, n) => add(a.at * of, a.row * of, a.column * of, b.at * of, b.row * of, c.at * of, c.row * of, m, k, n),
      look({ places, words, bias, out, seen, width }) {
        for (let word = 0; word < words; word += 1) listed[word] = (places[word] ?? 0) * of;
        look(listAt, words, bias * of, out * of, seen, width * of);
      },
      sum(list, count, table, out, width, scale) {
        for (let one = 0; one < count; one += 1) listed[one] = list[one] ?? 0;
        sum(listAt, count, bytesAt + table, out * of, width, scale);
      },
      most: (from, rows, out, width) => most(from * of, rows, out * of, width * of),
    };
  } catch {
    return plainRoom(size, byteSize);
  }
}
