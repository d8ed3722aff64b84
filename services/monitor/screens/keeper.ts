/**
 * Keeps how far someone is on a device that other tabs write too. Called by kept-participation.ts, which gives it the browser's store and lock, and by its test.
 *
 * [Note: Two tabs] A token exists once, and an answer may be taken back until it is sent. So nothing is written, collected or sent on what a tab remembers: each change names the state it comes from, is made under
 * a lock that all tabs share, and is refused when the device holds another. The tab then shows what the device holds.
 */
import type { DraftStore } from "#services/dossier/client/drafts.ts";
import { parseParticipation, type Participation } from "#services/monitor/client/participation.ts";

/** Null: nothing collected. */
export type Held = Participation | null;
/**
 * `not-kept`: the last change could not be written; it lasts as long as the page. `not-erased`: what should be gone is still on the device. `elsewhere`: another tab went on, and the change made here was refused.
 */
export type Saving = "nothing" | "keeping" | "kept" | "not-kept" | "not-erased" | "elsewhere";
/** What a page shows; `reading`: not looked yet. */
export interface Keeping {
  readonly held: Held | "reading";
  readonly saving: Saving;
}

const draftName = "participation";
/** Two states are the same when they are the same text, read as they will be read back. */
const textOf = (held: Held): string => JSON.stringify(parseParticipation(held));

/** After these something must be gone: the code once the token is there, answers and token once they were sent, everything when it is erased. */
const erases = (next: Held): boolean => next === null || next.state === "collected" || next.state === "sent";

/** One per tab. */
export class Keeper {
  readonly #open: () => Promise<DraftStore>;
  readonly #alone: (turn: () => Promise<void>) => Promise<void>;
  readonly #show: (keeping: Keeping) => void;
  #now: Keeping = { held: "reading", saving: "nothing" };
  /** Where the changes of this tab have come, in their order; what is shown may be ahead of it. */
  #line: Held = null;
  /** What the device held when last looked, as text. */
  #device = textOf(null);
  #turns: Promise<void> = Promise.resolve();

  /** @param alone runs its turn while no other tab runs one; @param show is told whenever what is shown changes */
  constructor(open: () => Promise<DraftStore>, alone: (turn: () => Promise<void>) => Promise<void>, show: (keeping: Keeping) => void) {
    this.#open = open;
    this.#alone = alone;
    this.#show = show;
  }

  #tell(next: Partial<Keeping>): void {
    this.#now = { ...this.#now, ...next };
    this.#show(this.#now);
  }

  /** Forgets what it remembers and shows nothing; the device keeps what it has. */
  leave(): void {
    this.#line = null;
    this.#tell({ held: "reading", saving: "nothing" });
  }

  /** Looks what the device holds: at first, and again whenever the page is looked at again. Settles when it is shown. */
  look(): Promise<void> {
    // Without the lock: to look changes nothing, and another tab may be waiting for an answer from the server.
    this.#turns = this.#turns.then(async () => await this.#readDevice());
    return this.#turns;
  }

  /**
   * Goes from one state to the next, if the device still holds the first. Answers are shown at once, what erases is shown when it is done.
   * @param first done after the states were compared and before the next is written, while no other tab can change anything: what it throws, this throws, and all stays as it was
   * @returns false when it was refused, or when what had to be erased is still there; what is shown says which.
   */
  async change(expected: Held, next: Held, first?: () => Promise<void>): Promise<boolean> {
    const soon = first === undefined && !erases(next);
    if (soon && this.#now.held !== "reading" && textOf(this.#now.held) === textOf(expected)) this.#tell({ held: next, saving: "keeping" });
    let done = false;
    await this.#queue(async () => {
      await this.#readDevice();
      if (textOf(this.#line) !== textOf(expected)) {
        this.#tell({ held: this.#line, saving: "elsewhere" });
        return;
      }
      await first?.();
      done = await this.#write(next, soon);
    });
    return done;
  }

  /** One turn after the other in this tab, each alone among the tabs. */
  #queue(turn: () => Promise<void>): Promise<void> {
    const mine = this.#turns.then(async () => await this.#alone(turn));
    this.#turns = mine.catch(() => undefined);
    return mine;
  }

  /** What the device holds comes first, unless it is what it was: then this tab may be ahead of a device that keeps nothing. */
  async #readDevice(): Promise<void> {
    try {
      const found = parseParticipation(await (await this.#open()).read(draftName));
      const text = textOf(found);
      if (text === this.#device && this.#now.held !== "reading") return;
      const another = text !== this.#device;
      this.#device = text;
      this.#line = found;
      if (another || this.#now.held === "reading") this.#tell({ held: found });
    } catch {
      this.#tell({ saving: "not-kept", ...(this.#now.held === "reading" ? { held: null } : {}) });
    }
  }

  async #write(next: Held, shown: boolean): Promise<boolean> {
    let saving: Saving = next === null ? "nothing" : "kept";
    try {
      const drafts = await this.#open();
      if (next === null) await drafts.clear();
      else if (erases(next)) await drafts.replaceAll(draftName, next);
      else await drafts.write(draftName, next);
      this.#device = textOf(next);
    } catch {
      const left = erases(next) && next?.state !== "collected" && this.#device !== textOf(null);
      saving = left ? "not-erased" : next === null ? "nothing" : "not-kept";
      if (next === null && left) {
        this.#tell({ saving });
        return false;
      }
    }
    this.#line = next;
    this.#tell(shown ? { saving } : { held: next, saving });
    return true;
  }
}
