/** C2SP tlog-checkpoints: a log's signed statement of its size and root. Servers sign them, everyone may open them. Source: c2sp.org/tlog-checkpoint. */
import { fromBase64, fromDecimal, toBase64 } from "./encoding.ts";
import { LedgerError } from "./errors.ts";
import { HASH_BYTES, checkHash, checkSize, type TreeHead } from "./merkle.ts";
import { signNote, verifyNote, type NoteSigner, type NoteVerifier } from "./note.ts";

/** What a checkpoint says. */
export interface Checkpoint extends TreeHead {
  /** Which log this is, such as `rugdekking.example.nl/ledger`. Non-empty, one line. */
  readonly origin: string;
  /** Opaque lines after the root; usually none. Each non-empty, one line. */
  readonly extensions: readonly string[];
}

/**
 * Text of a checkpoint before signing.
 * @throws LedgerError `checkpoint-malformed` on an empty or broken origin or extension line, `size-invalid`, `hash-malformed`.
 */
export function formatCheckpoint(checkpoint: Checkpoint): string {
  checkSize(checkpoint.size);
  checkHash(checkpoint.root);
  for (const line of [checkpoint.origin, ...checkpoint.extensions]) {
    if (line === "" || line.includes("\n")) throw malformed("origin and extensions must each be one line that is not empty");
  }
  return [checkpoint.origin, checkpoint.size, toBase64(checkpoint.root), ...checkpoint.extensions].join("\n") + "\n";
}

/**
 * Reads the text of a checkpoint, to the letter: canonical decimal and base64, no empty line.
 * @param text note text ending in a newline; its signature is NOT checked here, use {@link openCheckpoint}.
 * @throws LedgerError `checkpoint-malformed`.
 */
export function parseCheckpoint(text: string): Checkpoint {
  if (!text.endsWith("\n")) throw malformed("it must end in a newline");
  const lines = text.slice(0, -1).split("\n");
  const [origin, sizeText, rootText, ...extensions] = lines;
  if (origin === undefined || sizeText === undefined || rootText === undefined) throw malformed("it needs an origin, a size and a root, one a line");
  if (lines.includes("")) throw malformed("no line may be empty");
  const size = fromDecimal(sizeText);
  if (size === null) throw malformed("the size is not a decimal number up to 2^53 - 1 without leading zeroes");
  const root = fromBase64(rootText);
  if (root === null || root.length !== HASH_BYTES) throw malformed("the root is not base64 of 32 bytes");
  return { origin, size, root, extensions };
}

/** Signs a checkpoint. Never sign one that does not continue every earlier one. @throws as {@link formatCheckpoint}. */
export async function signCheckpoint(checkpoint: Checkpoint, signer: NoteSigner): Promise<string> {
  return await signNote(formatCheckpoint(checkpoint), signer);
}

/**
 * Checks a signed checkpoint against a pinned key and reads it.
 * @param origin the log expected; the key's name when not given.
 * @throws LedgerError `signature-missing`, `signature-invalid`, `origin-mismatch`, `checkpoint-malformed`, `note-malformed`.
 */
export async function openCheckpoint(signed: string, verifier: NoteVerifier, origin: string = verifier.name): Promise<Checkpoint> {
  const note = await verifyNote(signed, verifier);
  if (note === null) {
    throw new LedgerError(
      "signature-missing",
      `The checkpoint is not signed by ${verifier.name}; it belongs to another log, or the pinned key is out of date.`,
    );
  }
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint.origin !== origin) {
    throw new LedgerError("origin-mismatch", `The checkpoint is of the log ${checkpoint.origin}, not of ${origin}.`);
  }
  return checkpoint;
}

function malformed(why: string): LedgerError {
  return new LedgerError("checkpoint-malformed", `This is not a C2SP checkpoint: ${why}.`);
}
