/** Builds an index of answers. Used by index.ts. */
import type { Parts } from "./format.ts";
import { wordsIn } from "./words.ts";

/** What can be found again. */
export interface AnsweredQuestion {
  /** Stable and unique: `2021Z17253/2`. */
  readonly id: string;
  readonly question: string;
  readonly answer: string;
}

/** A word of a question says more about the subject than one of an answer. */
const QUESTION_WEIGHT = 2;

/** Bytes that grow. */
class Growing {
  #bytes = new Uint8Array(16);
  length = 0;

  add(byte: number): void {
    if (this.length === this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.length++] = byte;
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }
}

interface Postings {
  readonly bytes: Growing;
  last: number;
  count: number;
}

/** Takes answers one by one; memory grows with the index, not with the texts. */
export class IndexBuilder {
  readonly #terms = new Map<string, Postings>();
  readonly #ids: string[] = [];
  readonly #known = new Set<string>();
  readonly #lengths: number[] = [];
  #words = 0;

  /** @throws RangeError when the id was added before. */
  add({ id, question, answer }: AnsweredQuestion): void {
    if (this.#known.has(id)) throw new RangeError(`${id} is in the index already`);
    this.#known.add(id);
    const weights = new Map<string, number>();
    let length = 0;
    for (const [text, weight] of [
      [question, QUESTION_WEIGHT],
      [answer, 1],
    ] as const)
      for (const { stem } of wordsIn(text)) {
        weights.set(stem, (weights.get(stem) ?? 0) + weight);
        length++;
      }
    const number = this.#ids.push(id) - 1;
    this.#lengths.push(length);
    this.#words += length;
    for (const [stem, weight] of weights) {
      let postings = this.#terms.get(stem);
      if (postings === undefined) {
        postings = { bytes: new Growing(), last: -1, count: 0 };
        this.#terms.set(stem, postings);
      }
      for (let step = number - postings.last; ; step >>>= 7) {
        if (step < 0x80) {
          postings.bytes.add(step);
          break;
        }
        postings.bytes.add((step & 0x7f) | 0x80);
      }
      postings.bytes.add(Math.min(255, weight));
      postings.last = number;
      postings.count++;
    }
  }

  /** The index of what was added so far. */
  parts(): Parts {
    const terms = [...this.#terms.keys()].toSorted();
    const offsets = new Uint32Array(terms.length + 1);
    const counts = new Uint32Array(terms.length);
    let size = 0;
    for (const [at, term] of terms.entries()) {
      offsets[at] = size;
      counts[at] = this.#terms.get(term)?.count ?? 0;
      size += this.#terms.get(term)?.bytes.length ?? 0;
    }
    offsets[terms.length] = size;
    const postings = new Uint8Array(size);
    for (const [at, term] of terms.entries()) postings.set(this.#terms.get(term)?.bytes.bytes ?? new Uint8Array(), offsets[at]);
    return {
      documents: this.#ids.length,
      averageLength: this.#ids.length === 0 ? 0 : this.#words / this.#ids.length,
      ids: [...this.#ids],
      terms,
      offsets,
      counts,
      postings,
      lengths: Uint32Array.from(this.#lengths),
    };
  }
}
