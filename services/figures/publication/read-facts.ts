/** The file of collected facts as the desk keeps it on its own machine (services/figures/contract/facts.ts): JSON Lines, one fact a line. Called by the command line. */
import { sha256 } from "@noble/hashes/sha2.js";
import { base64urlnopad } from "@scure/base";
import { Check } from "typebox/value";
import { Fact, quarterOf } from "#services/figures/contract/facts.ts";
import { PictureError } from "./errors.ts";

/**
 * Reads the facts of a quarter. Every line counts: a file of which one line is wrong is not published.
 * @param quarter `2026-q3`
 * @throws PictureError `facts-malformed`, `facts-other` with the line; `facts-none`
 */
export function readFacts(text: string, quarter: string): readonly Fact[] {
  const facts: Fact[] = [];
  for (const [at, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const wrong = (): PictureError => new PictureError("facts-malformed", `Line ${at + 1} of the facts is none that is known; collect them again.`);
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      throw wrong();
    }
    if (!Check(Fact, value)) throw wrong();
    if (quarterOf(value.month) !== quarter)
      throw new PictureError("facts-other", `Line ${at + 1} of the facts is of ${value.month}, outside ${quarter}; give the quarter they were collected for.`);
    facts.push(value);
  }
  if (facts.length === 0) throw new PictureError("facts-none", `There are no facts of ${quarter} in the file; collect them first.`);
  return facts;
}

/** SHA-256 (base64url) over the facts as a bag: the order of the lines says nothing. It stays in the desk's own memory and is never published. */
export function factsDigest(facts: readonly Fact[]): string {
  const rows = facts.map((fact) => JSON.stringify(Object.entries(fact).toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)))));
  return base64urlnopad.encode(sha256(new TextEncoder().encode(rows.toSorted().join("\n"))));
}
