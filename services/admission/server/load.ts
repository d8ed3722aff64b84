/** How busy the house and its desks are with people who are not signed in, looked up at most once a second. For this room. */
import { countedUpTo, levelOf, loadMinutes } from "#services/admission/contract/level.ts";
import type { Purpose } from "#services/admission/contract/index.ts";
import { countLoad } from "#services/admission/store/index.ts";
import type { Database } from "#services/storage/index.ts";

/** What still is an ordinary ten minutes. */
export interface Calm {
  /** Dossiers opened without an account, over the whole house. */
  readonly dossier: number;
  /** The same for one desk. */
  readonly desk: number;
  readonly account: number;
  readonly recovery: number;
  /** Challenges answered beyond what was spent, whatever for: whoever lays in a stock of tokens makes them dear. What was spent counts for what it was spent on, and makes nothing else dear. */
  readonly answered: number;
}
export const usualCalm: Calm = { dossier: 300, desk: 120, account: 600, recovery: 300, answered: 900 };

/** Dossiers that a desk was handed without an account since a moment; at most `most` are counted. */
export type DeskLoad = (desk: string, since: Date, most: number) => Promise<number>;

/** Milliseconds that what was counted is believed. */
const believed = 1_000;
/** Desks remembered at most; then it starts anew. */
const rememberedDesks = 2_000;

type Counts = Readonly<Record<Purpose | "answered", number>>;

/** Levels of this moment. */
export class Load {
  readonly #db: Database;
  readonly #calm: Calm;
  readonly #deskLoad: DeskLoad;
  readonly #clock: () => Date;
  #house: { readonly at: number; readonly counts: Promise<Counts> } | null = null;
  readonly #desks = new Map<string, { readonly at: number; readonly count: Promise<number> }>();

  constructor(db: Database, calm: Calm, deskLoad: DeskLoad, clock: () => Date) {
    this.#db = db;
    this.#calm = calm;
    this.#deskLoad = deskLoad;
    this.#clock = clock;
  }

  /** The level asked for something now; the highest of the house's and those of the desks. */
  async level(purpose: Purpose, desks: readonly string[]): Promise<number> {
    const [counts, ...ofDesks] = await Promise.all([this.#counts(), ...desks.map((desk) => this.#ofDesk(desk))]);
    const laidIn = counts.answered - counts.dossier - counts.account - counts.recovery;
    return Math.max(
      levelOf(laidIn, this.#calm.answered),
      levelOf(counts[purpose], this.#calm[purpose]),
      ...ofDesks.map((count) => levelOf(count, this.#calm.desk)),
    );
  }

  #since(): Date {
    return new Date(this.#clock().getTime() - loadMinutes * 60_000);
  }

  #counts(): Promise<Counts> {
    const now = performance.now();
    if (this.#house !== null && now - this.#house.at < believed) return this.#house.counts;
    const most = Math.max(...(["dossier", "account", "recovery", "answered"] as const).map((one) => countedUpTo(this.#calm[one])));
    const counts = countLoad(this.#db, this.#since(), most);
    this.#house = { at: now, counts };
    counts.catch(() => (this.#house = null));
    return counts;
  }

  #ofDesk(desk: string): Promise<number> {
    const now = performance.now();
    const known = this.#desks.get(desk);
    if (known !== undefined && now - known.at < believed) return known.count;
    if (this.#desks.size >= rememberedDesks) this.#desks.clear();
    const count = this.#deskLoad(desk, this.#since(), countedUpTo(this.#calm.desk));
    this.#desks.set(desk, { at: now, count });
    count.catch(() => this.#desks.delete(desk));
    return count;
  }
}
