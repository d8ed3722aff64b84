/** The server's half of the VOPRF (RFC 9497, ristretto255-SHA512): evaluates points it learns nothing from, and proves it used the one key. For this room; apps/server makes the key. */
import { ristretto255_oprf } from "@noble/curves/ed25519.js";
import { base64urlnopad } from "@scure/base";
import { Problem } from "#services/problem/index.ts";

const { voprf } = ristretto255_oprf;

/** The key of fingerprints. */
export interface EvaluationKey {
  readonly secretKey: Uint8Array;
  /** 32 bytes; clients pin it. */
  readonly publicKey: Uint8Array;
}

/** The key a seed stands for (section 3.2.1). @param seed 32 random bytes, the same on every server of this installation */
export const evaluationKey = (seed: Uint8Array): EvaluationKey => voprf.deriveKeyPair(seed, new TextEncoder().encode("rugdekking same-actor"));

/** Evaluated points in the order given, and one proof over all. */
export interface EvaluatedBatch {
  readonly evaluated: readonly Uint8Array[];
  /** 64 bytes. */
  readonly proof: Uint8Array;
}

const noElement = (): Problem =>
  new Problem("input-malformed", "/blinded holds something that is no element of ristretto255", "Blind each value as RFC 9497 section 3.3.2 says.");

/** Elements out of their spelling. @throws {@link Problem} input-malformed */
export function readElements(spelled: readonly string[]): Uint8Array[] {
  try {
    return spelled.map((one) => base64urlnopad.decode(one));
  } catch {
    throw noElement();
  }
}

/**
 * Evaluates blinded points (section 3.3.2). With its proof a point costs three to nine multiplications, in this thread: 7 ms each in a batch of twenty and 19 ms alone on a busy machine
 * (`tools/bench/results.md`). The bound on a batch and the pace of a desk keep that small.
 * @throws {@link Problem} input-malformed for what is no point of the group, or the identity, which would give the key's own trace away.
 */
export function evaluateBatch(key: EvaluationKey, blinded: readonly Uint8Array[]): EvaluatedBatch {
  try {
    return voprf.blindEvaluateBatch(key.secretKey, key.publicKey, [...blinded]);
  } catch {
    throw noElement();
  }
}
