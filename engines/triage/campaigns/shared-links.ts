/** Puts messages together that spread the same link within a few days, whatever they say about it. Used by index.ts of this room. */
import { Column, sortRows } from "./column.ts";
import { hashText } from "./words.ts";

/** Messages and accounts that must spread a link before it binds them: two people may read the same newspaper. */
const LEAST_MESSAGES = 3;
const LEAST_ACCOUNTS = 3;
/** Longer without the link, in seconds, and what comes after stands by itself. */
const PAUSE = 72 * 3600;

/** Marks a message as bound by a link in the list of first messages. */
export const BY_LINK = 0x80000000;
/** The number without the mark. */
export const numberOf = (entry: number): number => (entry & ~BY_LINK) >>> 0;

/** Who shared which link: 16 bytes each. Two independent hashes of 32 bits stand for a link: by chance the same for two links once in 10¹⁹. */
export class SharedLinks {
  readonly #link = new Column();
  readonly #check = new Column();
  readonly #message = new Column();
  readonly #account = new Column();

  /** @param account a number for the account, 0 when it is not known. */
  add(link: string, message: number, account: number): void {
    this.#link.push(hashText(link));
    this.#check.push(hashText(link, 0x1234567));
    this.#message.push(message);
    this.#account.push(account);
  }

  /** Groups of entries with the same link and no long pause, spread by enough accounts. Each is a piece of one list of rows, good until the next. */
  *#groups(times: Column): Generator<Uint32Array> {
    const rows = Uint32Array.from({ length: this.#link.length }, (_, row) => row);
    const spare = new Uint32Array(rows.length);
    sortRows(rows, (row) => this.#check.get(row), spare);
    sortRows(rows, (row) => this.#link.get(row), spare);
    for (let from = 0; from < rows.length;) {
      let to = from + 1;
      const [link, check] = [this.#link.get(rows[from] ?? 0), this.#check.get(rows[from] ?? 0)];
      while (to < rows.length && this.#link.get(rows[to] ?? 0) === link && this.#check.get(rows[to] ?? 0) === check) to++;
      if (to - from >= LEAST_MESSAGES) yield* this.#parts(rows.subarray(from, to), times, spare.subarray(from, to));
      from = to;
    }
  }

  *#parts(same: Uint32Array, times: Column, spare: Uint32Array): Generator<Uint32Array> {
    const timeOf = (row: number): number => times.get(this.#message.get(row));
    // Without a time (0) a message goes with the first.
    sortRows(same, timeOf, spare);
    let from = 0;
    let last = 0;
    for (const [at, row] of same.entries()) {
      const time = timeOf(row);
      if (last !== 0 && time - last > PAUSE) {
        if (this.#spread(same.subarray(from, at))) yield same.subarray(from, at);
        from = at;
      }
      last = time;
    }
    if (this.#spread(same.subarray(from))) yield same.subarray(from);
  }

  #spread(part: Uint32Array): boolean {
    if (part.length < LEAST_MESSAGES) return false;
    const accounts = new Set<number>();
    for (const row of part) {
      accounts.add(this.#account.get(row));
      if (accounts.size >= LEAST_ACCOUNTS) return true;
    }
    return accounts.size === 1 && accounts.has(0);
  }

  /**
   * Joins what stands alone and spreads a link: to the campaign by text that spreads it most, or together.
   * @param first as `joinTexts` filled it; entries changed here carry {@link BY_LINK}.
   * @param counts messages per first message, kept up to date.
   */
  join(first: Uint32Array, counts: Uint32Array, times: Column): void {
    for (const group of this.#groups(times)) {
      const messages = group.map((row) => this.#message.get(row)).sort();
      const byText = new Map<number, number>();
      // Those that stand alone move to the front: one popular link may be in every message, and they need no list of their own.
      let alone = 0;
      let before = -1;
      for (const n of messages) {
        if (n === before) continue;
        before = n;
        const lead = numberOf(first[n] ?? n);
        if ((counts[lead] ?? 1) > 1) byText.set(lead, (byText.get(lead) ?? 0) + 1);
        else messages[alone++] = n;
      }
      let [most, share] = [0, 0];
      for (const [lead, count] of byText) if (count > share) [most, share] = [lead, count];
      const lead = share >= LEAST_MESSAGES ? most : messages[0];
      if (lead === undefined || alone === 0 || (share < LEAST_MESSAGES && alone < LEAST_MESSAGES)) continue;
      for (const n of messages.subarray(0, alone)) {
        if (n !== lead) counts[n] = 0;
        first[n] = (lead | BY_LINK) >>> 0;
        if (n !== lead) counts[lead] = (counts[lead] ?? 1) + 1;
      }
    }
  }
}
