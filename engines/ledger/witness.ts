/** C2SP tlog-witness: the text of `add-checkpoint`, and what a witness must answer to it. Pure: the program in apps/witness keeps the state. Source: c2sp.org/tlog-witness. */
import { parseCheckpoint, type Checkpoint } from "./checkpoint.ts";
import { fromBase64, fromDecimal, sameBytes, toBase64 } from "./encoding.ts";
import { LedgerError } from "./errors.ts";
import { HASH_BYTES, checkHash, checkSize, emptyRoot, verifyConsistency, type TreeHead } from "./merkle.ts";
import { parseNote, verifyNote, type NoteVerifier } from "./note.ts";

/** The specification's bound: a tree of 2^63 leaves needs no more. */
const MAX_HASHES = 63;

/** What a log sends to a witness. */
export interface AddCheckpoint {
  /** Size that the log believes the witness cosigned last; 0 when it never did. */
  readonly oldSize: number;
  /** Consistency proof from there to the checkpoint (RFC 6962 section 2.1.2), 32 bytes each. */
  readonly proof: readonly Uint8Array[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
}

/** Body of `add-checkpoint`. @throws LedgerError `size-invalid`, `hash-malformed`, `request-malformed` above 63 hashes. */
export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  checkSize(oldSize);
  proof.forEach(checkHash);
  if (proof.length > MAX_HASHES) throw malformed(`it may hold ${MAX_HASHES} hashes at most`);
  return [`old ${oldSize}`, ...proof.map(toBase64), "", checkpoint].join("\n");
}

/** Reads the body of `add-checkpoint` to the letter; checks no signature. @throws LedgerError `request-malformed`. */
export function parseAddCheckpoint(body: string): AddCheckpoint {
  const split = body.indexOf("\n\n");
  if (split < 0) throw malformed("an empty line must stand before the checkpoint");
  const [old, ...lines] = body.slice(0, split).split("\n");
  const oldSize = old?.startsWith("old ") === true ? fromDecimal(old.slice("old ".length)) : null;
  if (oldSize === null) throw malformed("the first line must be `old` and a decimal number without leading zeroes");
  if (lines.length > MAX_HASHES) throw malformed(`it may hold ${MAX_HASHES} hashes at most`);
  const proof = lines.map((line) => {
    const hash = fromBase64(line);
    if (hash === null || hash.length !== HASH_BYTES) throw malformed("a proof line is not base64 of 32 bytes");
    return hash;
  });
  return { oldSize, proof, checkpoint: body.slice(split + 2) };
}

/** A refusal: the status of the answer, and for 409 the size that the witness cosigned last. */
export type WitnessRefusal =
  | { readonly status: 400 | 403 | 404 | 422; readonly why: string }
  | { readonly status: 409; readonly why: string; readonly size: number };

/** What a witness is to do: store the head and cosign its text, or refuse. */
export type WitnessVerdict = { readonly status: 200; readonly checkpoint: Checkpoint; readonly text: string } | WitnessRefusal;

/**
 * Judges a request by the rules of the specification, in its order. Keeping the state and this question together is the caller's: between reading `latest` and storing the new head
 * nothing else may be judged for this log.
 * @param logs the logs this witness watches: keys by the origin of the log.
 * @param latestOf the head cosigned last for an origin, null when none was.
 */
export async function judgeCheckpoint(
  body: string,
  logs: ReadonlyMap<string, readonly NoteVerifier[]>,
  latestOf: (origin: string) => TreeHead | null,
): Promise<WitnessVerdict> {
  try {
    const { oldSize, proof, checkpoint: signed } = parseAddCheckpoint(body);
    const { text } = parseNote(signed);
    const checkpoint = parseCheckpoint(text);
    const keys = logs.get(checkpoint.origin);
    if (keys === undefined) return { status: 404, why: "this witness does not watch that log" };
    if (!(await signedByOneOf(signed, keys))) return { status: 403, why: "none of the log's known keys signed this checkpoint" };
    if (oldSize > checkpoint.size) return { status: 400, why: "the old size is larger than the checkpoint" };
    const latest = latestOf(checkpoint.origin) ?? { size: 0, root: emptyRoot() };
    const { size } = latest;
    if (oldSize !== size) return { status: 409, why: `the last checkpoint cosigned has ${size} leaves`, size };
    if (checkpoint.size === size && !sameBytes(checkpoint.root, latest.root))
      return { status: 409, why: "another tree of the same size was cosigned before", size };
    return judgeGrowth(latest, checkpoint, proof) ?? { status: 200, checkpoint, text };
  } catch (error) {
    if (error instanceof LedgerError) return { status: 400, why: error.message };
    throw error;
  }
}

/** A log that was never cosigned counts as empty: the proof must be empty then, and a first checkpoint of 0 leaves must have the empty root. */
function judgeGrowth(latest: TreeHead, checkpoint: Checkpoint, proof: readonly Uint8Array[]): WitnessRefusal | null {
  try {
    verifyConsistency(latest, checkpoint, proof);
    return null;
  } catch (error) {
    if (error instanceof LedgerError) return { status: 422, why: error.message };
    throw error;
  }
}

async function signedByOneOf(signed: string, keys: readonly NoteVerifier[]): Promise<boolean> {
  for (const key of keys) {
    try {
      if ((await verifyNote(signed, key)) !== null) return true;
    } catch (error) {
      // A wrong signature under one key's name does not spoil that of another.
      if (!(error instanceof LedgerError) || error.code !== "signature-invalid") throw error;
    }
  }
  return false;
}

function malformed(why: string): LedgerError {
  return new LedgerError("request-malformed", `This is not an add-checkpoint request: ${why}.`);
}
