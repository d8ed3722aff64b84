/** Finds answers in an index, best first, by BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009, section 3.2). Used by index.ts. */
import { IndexError, type Parts } from "./format.ts";
import { wordsIn } from "./words.ts";

/** One answer that was found. */
export interface Hit {
  readonly id: string;
  /** Higher is better; only to be compared within one search. */
  readonly score: number;
  /** Which words of the query it was found by, by stem, the most telling first. */
  readonly by: readonly string[];
}

/** The two constants of BM25, at their usual values. */
const K = 1.2;
const B = 0.75;
/** A long question is searched by its most telling words. */
const MOST_WORDS = 16;
/** Compounds a word is looked for in: "scan" also finds "veiligheidsscan", a little lower. */
const MOST_COMPOUNDS = 24;
const COMPOUND_WEIGHT = 0.4;
const LEAST_COMPOUND = 4;

interface Sought {
  readonly stem: string;
  readonly term: number;
  readonly weight: number;
}

/** An index that is open. */
export class AnswerIndex {
  readonly #parts: Parts;
  readonly #scores: Float32Array;
  readonly #all: string;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#scores = new Float32Array(parts.documents);
    this.#all = `\n${parts.terms.join("\n")}\n`;
  }

  /** How many answers there are to find. */
  get size(): number {
    return this.#parts.documents;
  }

  /**
   * Answers that have words of `query`, best first. A whole question may be given: it is searched by its most telling words.
   * @param limit how many at most; @param without ids to leave out (the question itself).
   * @throws {@link IndexError} when the index turns out to be damaged.
   */
  search(query: string, limit = 20, without: ReadonlySet<string> = new Set()): readonly Hit[] {
    const sought = this.#sought(query);
    const scores = this.#scores.fill(0);
    const byTerm = new Map<string, number[]>();
    for (const { stem, term, weight } of sought) {
      this.#add(term, weight, scores);
      byTerm.set(stem, [...(byTerm.get(stem) ?? []), term]);
    }
    const best = this.#best(scores, limit, without);
    const found = best.map(({ document }) => document);
    const by = new Map<number, string[]>(found.map((document) => [document, []]));
    for (const [stem, terms] of byTerm) for (const document of this.#having(terms, new Set(found))) by.get(document)?.push(stem);
    return best.map(({ document, score }) => ({ id: this.#parts.ids[document] ?? "", score, by: by.get(document) ?? [] }));
  }

  #idf(count: number): number {
    return Math.log(1 + (this.#parts.documents - count + 0.5) / (count + 0.5));
  }

  /** The words of a query with what they are looked up by, the most telling first. */
  #sought(query: string): readonly Sought[] {
    const stems = [...new Set([...wordsIn(query)].map(({ stem }) => stem))].slice(0, 400);
    const { counts } = this.#parts;
    const own = stems
      .map((stem) => ({ stem, term: this.#term(stem) }))
      .map(({ stem, term }) => ({ stem, term, idf: this.#idf(term === -1 ? 0 : (counts[term] ?? 0)) }));
    const telling = own.toSorted((a, b) => b.idf - a.idf).slice(0, MOST_WORDS);
    const few = telling.length <= 6;
    return telling.flatMap(({ stem, term, idf }) => [
      ...(term === -1 ? [] : [{ stem, term, weight: idf }]),
      ...(few
        ? this.#compounds(stem, term).map((compound) => ({ stem, term: compound, weight: COMPOUND_WEIGHT * Math.min(idf, this.#idf(counts[compound] ?? 0)) }))
        : []),
    ]);
  }

  #term(stem: string): number {
    const { terms } = this.#parts;
    let [low, high] = [0, terms.length - 1];
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const here = terms[middle] ?? "";
      if (here === stem) return middle;
      if (here < stem) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /** Terms that begin or end with a stem, the most frequent first. */
  #compounds(stem: string, own: number): readonly number[] {
    if (stem.length < LEAST_COMPOUND || /\d/u.test(stem)) return [];
    const found = new Set<number>();
    for (const needle of [`\n${stem}`, `${stem}\n`]) {
      for (let at = this.#all.indexOf(needle); at !== -1 && found.size < 2_000; at = this.#all.indexOf(needle, at + 1)) {
        const start = needle.startsWith("\n") ? at + 1 : this.#all.lastIndexOf("\n", at) + 1;
        const term = this.#term(this.#all.slice(start, this.#all.indexOf("\n", start)));
        if (term !== -1 && term !== own) found.add(term);
      }
    }
    const { counts } = this.#parts;
    return [...found].toSorted((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0)).slice(0, MOST_COMPOUNDS);
  }

  #add(term: number, weight: number, scores: Float32Array): void {
    const { postings, offsets, lengths, averageLength, documents } = this.#parts;
    const end = offsets[term + 1] ?? 0;
    const spread = averageLength === 0 ? 1 : averageLength;
    let document = -1;
    for (let at = offsets[term] ?? 0; at < end;) {
      let [step, shift, byte] = [0, 0, 0x80];
      while (byte >= 0x80 && at < end) {
        byte = postings[at++] ?? 0;
        step |= (byte & 0x7f) << shift;
        shift += 7;
      }
      document += step;
      const often = postings[at++] ?? 0;
      if (step < 1 || document >= documents) throw new IndexError("damaged", "the index is damaged (postings); build it again");
      scores[document] = (scores[document] ?? 0) + (weight * often * (K + 1)) / (often + K * (1 - B + (B * (lengths[document] ?? 0)) / spread));
    }
  }

  /** Which of some documents have one of these terms. */
  #having(terms: readonly number[], wanted: ReadonlySet<number>): ReadonlySet<number> {
    const { postings, offsets } = this.#parts;
    const found = new Set<number>();
    for (const term of terms) {
      const end = offsets[term + 1] ?? 0;
      let document = -1;
      for (let at = offsets[term] ?? 0; at < end; at++) {
        let [step, shift, byte] = [0, 0, 0x80];
        while (byte >= 0x80 && at < end) {
          byte = postings[at++] ?? 0;
          step |= (byte & 0x7f) << shift;
          shift += 7;
        }
        document += step;
        if (wanted.has(document)) found.add(document);
      }
    }
    return found;
  }

  /** The best few; equal scores stand in the order in which they were added. */
  #best(scores: Float32Array, limit: number, without: ReadonlySet<string>): readonly { readonly document: number; readonly score: number }[] {
    const best: { document: number; score: number }[] = [];
    let least = 0;
    for (let document = 0; document < scores.length; document++) {
      const score = scores[document] ?? 0;
      if (score <= 0 || (best.length >= limit && score <= least) || without.has(this.#parts.ids[document] ?? "")) continue;
      let place = best.length;
      while (place > 0 && (best[place - 1]?.score ?? 0) < score) place--;
      best.splice(place, 0, { document, score });
      if (best.length > limit) best.pop();
      least = best.at(-1)?.score ?? 0;
    }
    return best;
  }
}
