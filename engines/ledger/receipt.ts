/** Receipts: C2SP tlog-proofs that verify offline against a pinned key, and the leaf text of Rugdekking. Anyone may call it. Source: c2sp.org/tlog-proof. */
import { openCheckpoint, type Checkpoint } from "./checkpoint.ts";
import { fromBase64, fromDecimal, toBase64 } from "./encoding.ts";
import { LedgerError } from "./errors.ts";
import { HASH_BYTES, checkHash, hashLeaf, verifyInclusion } from "./merkle.ts";
import { parseVerifierKey } from "./note.ts";

const HEADER = "c2sp.org/tlog-proof@v1";
const MAX_HASHES = 64;

/** A tlog-proof as read: nothing in it is verified. */
export interface LogProof {
  /** Zero-based index of the leaf. */
  readonly index: number;
  /** Inclusion proof, from the leaf's sibling upward, 32 bytes each. */
  readonly hashes: readonly Uint8Array[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
  /** Opaque data that nobody signed; `null` when the proof has none. */
  readonly extra: Uint8Array | null;
}

/**
 * Text of a tlog-proof; store it as `.tlog-proof`.
 * @throws LedgerError `index-invalid`, `hash-malformed`, `proof-malformed` above 64 hashes.
 */
export function formatProof(proof: LogProof): string {
  if (!Number.isSafeInteger(proof.index) || proof.index < 0) throw new LedgerError("index-invalid", `${proof.index} is no index of a leaf.`);
  if (proof.hashes.length > MAX_HASHES) throw malformed(`no tree needs more than ${MAX_HASHES} hashes`);
  proof.hashes.forEach(checkHash);
  const extra = proof.extra === null ? [] : [`extra ${toBase64(proof.extra)}`];
  return [HEADER, ...extra, `index ${proof.index}`, ...proof.hashes.map(toBase64), "", proof.checkpoint].join("\n");
}

/**
 * Reads a tlog-proof to the letter; verifies nothing.
 * @throws LedgerError `proof-malformed`.
 */
export function parseProof(text: string): LogProof {
  const split = text.indexOf("\n\n");
  if (split < 0) throw malformed("an empty line must stand between proof and checkpoint");
  const [header, ...lines] = text.slice(0, split).split("\n");
  if (header !== HEADER) throw malformed(`the first line must be ${HEADER}`);
  const extra = lines[0]?.startsWith("extra ") ? fromBase64(lines[0].slice("extra ".length)) : undefined;
  if (extra === null) throw malformed("the extra data is not base64");
  if (extra !== undefined) lines.shift();
  const [indexLine, ...hashLines] = lines;
  const index = indexLine?.startsWith("index ") ? fromDecimal(indexLine.slice("index ".length)) : null;
  if (index === null) throw malformed("the index line must be `index` and a decimal number without leading zeroes");
  if (hashLines.length > MAX_HASHES) throw malformed(`no tree needs more than ${MAX_HASHES} hashes`);
  const hashes = hashLines.map((line) => {
    const hash = fromBase64(line);
    if (hash === null || hash.length !== HASH_BYTES) throw malformed("a proof line is not base64 of 32 bytes");
    return hash;
  });
  return { index, hashes, checkpoint: text.slice(split + 2), extra: extra ?? null };
}

/** What a verified receipt proves: the leaf is number `index` of the log whose checkpoint this is. */
export interface VerifiedReceipt {
  readonly index: number;
  readonly checkpoint: Checkpoint;
}

/**
 * Verifies a receipt offline.
 * @param receipt `proof`: tlog-proof text; `leaf`: the leaf's bytes (see {@link leafText}); `verifierKey`: the log's pinned `<name>+<hash>+<base64>`;
 *   `origin`: the log expected, the key's name when not given.
 * @throws LedgerError `proof-malformed`, `key-malformed`, `note-malformed`, `checkpoint-malformed`, `signature-missing`, `signature-invalid`,
 *   `origin-mismatch`, `index-invalid`, `inclusion-invalid`.
 */
export async function verifyReceipt(receipt: { proof: string; leaf: Uint8Array; verifierKey: string; origin?: string }): Promise<VerifiedReceipt> {
  const proof = parseProof(receipt.proof);
  const checkpoint = await openCheckpoint(proof.checkpoint, parseVerifierKey(receipt.verifierKey), receipt.origin);
  verifyInclusion(hashLeaf(receipt.leaf), proof.index, checkpoint, proof.hashes);
  return { index: proof.index, checkpoint };
}

const leafPattern = /^rugdekking ([a-z](?:-?[a-z])*) ([A-Za-z0-9_-]{43})\n$/;

/**
 * Text of a leaf: `rugdekking <what> <statement hash>\n`. It names a statement without telling anything about it.
 * @param what kind of statement, lower-case words joined by hyphens. @param statementHash 43 characters of base64url (SHA-256).
 * @throws LedgerError `leaf-malformed` on anything else.
 */
export function leafText(what: string, statementHash: string): string {
  const text = `rugdekking ${what} ${statementHash}\n`;
  if (!leafPattern.test(text)) {
    throw new LedgerError("leaf-malformed", "A leaf needs a kind in lower case such as `entry` and a statement hash of 43 base64url characters.");
  }
  return text;
}

/** UTF-8 bytes of {@link leafText}: what is hashed into the log. @throws LedgerError `leaf-malformed`. */
export function leafBytes(what: string, statementHash: string): Uint8Array {
  return new TextEncoder().encode(leafText(what, statementHash));
}

/** Reads a leaf made by {@link leafText}; `null` when it is another log's leaf. */
export function parseLeafText(text: string): { what: string; hash: string } | null {
  const [, what, hash] = leafPattern.exec(text) ?? [];
  return what === undefined || hash === undefined ? null : { what, hash };
}

function malformed(why: string): LedgerError {
  return new LedgerError("proof-malformed", `This is not a C2SP tlog-proof: ${why}.`);
}
