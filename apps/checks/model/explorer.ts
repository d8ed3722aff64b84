/** Walks every state a model can reach, breadth first, so that the first broken promise found is told by the shortest trace. Used by the models beside it. */
import { createHash } from "node:crypto";

/** One thing that can happen, and what is so afterwards. */
export interface Step<S> {
  readonly label: string;
  readonly state: S;
}

/** A system small enough to look at everything it can do. */
export interface Model<S> {
  readonly start: S;
  /** Everything that can happen in a state. */
  readonly next: (state: S) => Promise<readonly Step<S>[]>;
  /** The state in one spelling: two states that are the same are spelled the same. */
  readonly spell: (state: S) => string;
  /** The promise that is broken in a state, or null. */
  readonly broken: (state: S) => string | null;
  /** What is true in a state and must be known to be possible, in words. */
  readonly noted?: (state: S) => readonly string[];
}

/** What was found. */
export interface Exploration {
  /** Different states that were looked at. */
  readonly states: number;
  /** Steps that were taken, those to known states included. */
  readonly steps: number;
  /** Steps from the start to the farthest state. */
  readonly depth: number;
  /** False when the bound was reached before everything was seen. */
  readonly whole: boolean;
  readonly counterexample: { readonly promise: string; readonly trace: readonly string[] } | null;
  /** What {@link Model.noted} said, each with the shortest trace to it. */
  readonly noted: ReadonlyMap<string, readonly string[]>;
}

interface Seen<S> {
  readonly state: S;
  readonly from: number;
  readonly label: string;
  readonly depth: number;
}

/** Explores until everything was seen, a promise is broken, or `most` states were looked at. */
export async function explore<S>(model: Model<S>, most: number): Promise<Exploration> {
  const seen: Seen<S>[] = [];
  const known = new Set<string>();
  const noted = new Map<string, readonly string[]>();
  const add = (state: S, from: number, label: string, depth: number): void => {
    const name = createHash("sha256").update(model.spell(state)).digest("base64url");
    if (known.has(name)) return;
    known.add(name);
    seen.push({ state, from, label, depth });
  };
  const traceTo = (place: number): string[] => {
    const trace: string[] = [];
    for (let at = seen[place]; at !== undefined && at.from >= 0; at = seen[at.from]) trace.unshift(at.label);
    return trace;
  };
  let steps = 0;
  add(model.start, -1, "", 0);
  for (let place = 0; place < seen.length; place += 1) {
    const at = seen[place];
    if (at === undefined) break;
    const found = { states: place + 1, steps, depth: at.depth, noted };
    const promise = model.broken(at.state);
    if (promise !== null) return { ...found, whole: false, counterexample: { promise, trace: traceTo(place) } };
    for (const word of model.noted?.(at.state) ?? []) if (!noted.has(word)) noted.set(word, traceTo(place));
    if (place + 1 >= most) return { ...found, whole: false, counterexample: null };
    for (const { label, state } of await model.next(at.state)) {
      steps += 1;
      add(state, place, label, at.depth + 1);
    }
  }
  return { states: seen.length, steps, depth: seen.at(-1)?.depth ?? 0, whole: true, counterexample: null, noted };
}

/** An exploration in a few lines, for people. */
export const told = ({ states, steps, depth, whole, counterexample }: Exploration): string =>
  [
    `${states} states, ${steps} steps, ${depth} deep${whole ? ", all there are" : ""}`,
    ...(counterexample === null ? [] : [`broken: ${counterexample.promise}`, ...counterexample.trace.map((label, at) => `  ${at + 1}. ${label}`)]),
  ].join("\n");
