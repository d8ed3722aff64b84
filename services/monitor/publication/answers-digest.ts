/** The fingerprint of a wave's answers, by which the desk's memory knows whether a later publication rests on the same ones. Called by protection.ts; it stays in the desk's own file and is never published. */
import { sha256 } from "@noble/hashes/sha2.js";
import { base64urlnopad } from "@scure/base";
import type { Sample } from "./sample.ts";

/** SHA-256 (base64url) over every answer that could be read with its stratum, as a set: the order in the file says nothing. Weights, rules and words are no part of it. */
export function answersDigest({ records, stratum, strata }: Sample): string {
  const rows = records.map((record, row) =>
    JSON.stringify([strata[stratum[row] ?? -1]?.name ?? "", Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)))]),
  );
  return base64urlnopad.encode(sha256(new TextEncoder().encode(rows.toSorted().join("\n"))));
}
