/** The Merkle tree of RFC 9162 §2.1 (same as RFC 6962 §2.1): hashes, and checking inclusion and consistency proofs. Pure; anyone may call it. */
import { sha256 } from "@noble/hashes/sha2.js";
import { sameBytes } from "./encoding.ts";
import { LedgerError } from "./errors.ts";

/** Bytes in a SHA-256 hash. */
export const HASH_BYTES = 32;

/** A tree head: how many leaves, and the Merkle Tree Hash over them (32 bytes). */
export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/** Root of the empty tree: SHA-256 of nothing (RFC 9162 §2.1.1). */
export function emptyRoot(): Uint8Array {
  return sha256(new Uint8Array(0));
}

/** Leaf hash: SHA-256(0x00 ‖ entry). 32 bytes. */
export function hashLeaf(entry: Uint8Array): Uint8Array {
  const input = new Uint8Array(entry.length + 1);
  input.set(entry, 1);
  return sha256(input);
}

/**
 * Interior hash: SHA-256(0x01 ‖ left ‖ right). 32 bytes.
 * @throws LedgerError `hash-malformed` when a child is not 32 bytes.
 */
export function hashNode(left: Uint8Array, right: Uint8Array): Uint8Array {
  checkHash(left);
  checkHash(right);
  const input = new Uint8Array(1 + 2 * HASH_BYTES);
  input[0] = 1;
  input.set(left, 1);
  input.set(right, 1 + HASH_BYTES);
  return sha256(input);
}

/** @throws LedgerError `size-invalid` unless `size` is an integer from 0 to 2^53 - 1. */
export function checkSize(size: number): void {
  if (!Number.isSafeInteger(size) || size < 0) {
    throw new LedgerError("size-invalid", `A tree size must be a whole number from 0 to 2^53 - 1, not ${size}.`);
  }
}

/** @throws LedgerError `index-invalid` unless `index` is that of a leaf in a tree of `size` leaves. */
export function checkIndex(index: number, size: number): void {
  checkSize(size);
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new LedgerError("index-invalid", `There is no leaf ${index} in a tree of ${size} leaves; the first is 0.`);
  }
}

/** @throws LedgerError `hash-malformed` unless `hash` is 32 bytes. */
export function checkHash(hash: Uint8Array): void {
  if (hash.length !== HASH_BYTES) throw new LedgerError("hash-malformed", `A hash must be ${HASH_BYTES} bytes, not ${hash.length}.`);
}

/** Largest power of two smaller than `n` (RFC 9162 §2.1.1, `k`). `n` is at least 2. */
export function splitPoint(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/**
 * Merkle Tree Hash over leaf hashes held in memory (RFC 9162 §2.1.1). For logs on tiles use {@link openTree} instead.
 * @param leafHashes results of {@link hashLeaf}, in log order.
 */
export function rootOfLeaves(leafHashes: readonly Uint8Array[]): Uint8Array {
  const first = leafHashes[0];
  if (first === undefined) return emptyRoot();
  if (leafHashes.length === 1) return first;
  const k = splitPoint(leafHashes.length);
  return hashNode(rootOfLeaves(leafHashes.slice(0, k)), rootOfLeaves(leafHashes.slice(k)));
}

/**
 * Checks that the leaf with this hash is at `index` under `head` (RFC 9162 §2.1.3.2).
 * @param proof sibling hashes from the leaf upward, 32 bytes each.
 * @throws LedgerError `inclusion-invalid` when it is not, `index-invalid`, `size-invalid` or `hash-malformed` when the question makes no sense.
 */
export function verifyInclusion(leafHash: Uint8Array, index: number, head: TreeHead, proof: readonly Uint8Array[]): void {
  checkIndex(index, head.size);
  checkHash(leafHash);
  checkHash(head.root);
  let fn = index;
  let sn = head.size - 1;
  let hash = leafHash;
  for (const sibling of proof) {
    if (sn === 0) throw new LedgerError("inclusion-invalid", `The inclusion proof for leaf ${index} of ${head.size} is too long.`);
    if (fn % 2 === 1 || fn === sn) {
      hash = hashNode(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      hash = hashNode(hash, sibling);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  if (sn !== 0) throw new LedgerError("inclusion-invalid", `The inclusion proof for leaf ${index} of ${head.size} is too short.`);
  if (!sameBytes(hash, head.root)) {
    throw new LedgerError("inclusion-invalid", `The leaf is not number ${index} of the ${head.size} leaves under this root: leaf, proof or root was altered.`);
  }
}

/**
 * Checks that `later` only added leaves to `earlier` (RFC 9162 §2.1.4.2). An earlier size of 0 needs the empty root and an empty proof.
 * @throws LedgerError `consistency-invalid` when history was rewritten (or the proof is wrong), `size-invalid` when `earlier` is larger than `later`.
 */
export function verifyConsistency(earlier: TreeHead, later: TreeHead, proof: readonly Uint8Array[]): void {
  checkSize(earlier.size);
  checkSize(later.size);
  checkHash(earlier.root);
  checkHash(later.root);
  if (earlier.size > later.size) {
    throw new LedgerError("size-invalid", `A log of ${earlier.size} leaves cannot have become one of ${later.size}: logs never shrink.`);
  }
  const broken = (why: string) =>
    new LedgerError(
      "consistency-invalid",
      `The log of ${later.size} leaves is not a continuation of the one of ${earlier.size}: ${why}. History was rewritten, or the proof is not for these two heads.`,
    );
  if (earlier.size === later.size || earlier.size === 0) {
    if (proof.length !== 0) throw broken("the proof must be empty here");
    const expected = earlier.size === 0 ? emptyRoot() : later.root;
    if (!sameBytes(earlier.root, expected)) throw broken("the roots differ");
    return;
  }
  // A size that is a power of two is a whole subtree of the later log; its root opens the path and is not sent.
  const path = isPowerOfTwo(earlier.size) ? [earlier.root, ...proof] : proof;
  let fn = earlier.size - 1;
  let sn = later.size - 1;
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  const [first, ...rest] = path;
  if (first === undefined) throw broken("the proof is empty");
  checkHash(first);
  let fr = first;
  let sr = first;
  for (const c of rest) {
    if (sn === 0) throw broken("the proof is too long");
    if (fn % 2 === 1 || fn === sn) {
      fr = hashNode(c, fr);
      sr = hashNode(c, sr);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      sr = hashNode(sr, c);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  if (sn !== 0) throw broken("the proof is too short");
  if (!sameBytes(fr, earlier.root)) throw broken("the earlier root does not follow");
  if (!sameBytes(sr, later.root)) throw broken("the later root does not follow");
}

function isPowerOfTwo(n: number): boolean {
  return splitPoint(n * 2) === n;
}
