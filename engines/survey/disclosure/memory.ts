/**
 * What a publisher keeps between publications, as plain JSON: every number that was ever published, how many people each was about, and over which answers. Read by whoever publishes; the file itself is theirs.
 *
 * [Note: A memory is never begun again] A file that is missing or broken stops a publication: an empty memory would let out what together with earlier numbers singles people out. Only who publishes for the first time
 * begins with {@link nothingPublished}, and says so.
 */
import { DisclosureError } from "./errors.ts";
import { emptyGuard, readGuardState, type Atom, type GuardState } from "./guard.ts";

/** The memory of a publisher. Not for publication: it tells how many people are in each group. */
export interface PublishedMemory {
  readonly version: 1;
  readonly guard: GuardState;
  readonly atoms: readonly Atom[];
  /** Fingerprint of the answers of each wave that was published about: the guard judges by the people as they are now, so two publications about a wave must rest on the same. */
  readonly answers: Readonly<Record<string, string>>;
}

/** Before anything was published. */
export const nothingPublished: PublishedMemory = { version: 1, guard: emptyGuard, atoms: [], answers: {} };

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null && !Array.isArray(value);

/** Reads a memory (parsed JSON). @throws DisclosureError `publication-malformed` saying what is wrong with it */
export function readMemory(value: unknown): PublishedMemory {
  const broken = (what: string): DisclosureError => new DisclosureError("publication-malformed", what);
  if (!isFields(value) || value["version"] !== 1 || !Array.isArray(value["atoms"])) throw broken("it has another form");
  const atoms = value["atoms"].map((one: unknown): Atom => {
    if (!isFields(one) || typeof one["wave"] !== "string" || typeof one["n"] !== "number" || !isFields(one["codes"]))
      throw broken("a group in it is malformed");
    const codes = Object.entries(one["codes"]).map(([dimension, code]) => {
      if (typeof code !== "string") throw broken("a group in it is malformed");
      return [dimension, code] as const;
    });
    return { wave: one["wave"], n: one["n"], codes: Object.fromEntries(codes) };
  });
  // Without a fingerprint nothing more is published about a wave; of a file that has none at all that is every wave in it.
  const kept = value["answers"] ?? {};
  if (!isFields(kept)) throw broken("its fingerprints are malformed");
  const answers = Object.entries(kept).map(([wave, digest]) => {
    if (typeof digest !== "string") throw broken("a fingerprint in it is malformed");
    return [wave, digest] as const;
  });
  return { version: 1, guard: readGuardState(value["guard"]), atoms, answers: Object.fromEntries(answers) };
}
