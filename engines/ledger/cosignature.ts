/** C2SP tlog-cosignature v1: a witness's dated signature over a checkpoint, and the quorum a client asks for. Witnesses sign, anyone may check. Source: c2sp.org/tlog-cosignature. */
import { LedgerError } from "./errors.ts";
import { parseCheckpoint } from "./checkpoint.ts";
import { makeKey, parseNote, readSignerKey, readVerifierKey, signatureLine, signedBy, type Note, type NoteSigner, type NoteVerifier } from "./note.ts";

/** Algorithm byte of an Ed25519 cosignature: a log's key (0x01) can never pass for a witness's. */
const COSIGNATURE = 0x04;
/** Bytes of `timestamped_signature`: a uint64 and an Ed25519 signature. */
const SIGNATURE_BYTES = 72;

/** Makes a key for a witness; its name is a URL without the scheme, such as `getuige.example.nl/w1`. @throws LedgerError `key-malformed` on a name with spaces or `+`. */
export async function generateWitnessKey(name: string): Promise<{ signerKey: string; verifierKey: string }> {
  return await makeKey(name, COSIGNATURE);
}

/** Reads `PRIVATE+KEY+<name>+<hash>+<base64(0x04 ‖ seed)>`. @throws LedgerError `key-malformed`; the message never repeats the key. */
export async function parseWitnessSigner(text: string): Promise<NoteSigner> {
  return await readSignerKey(text, COSIGNATURE);
}

/** Reads the public `<name>+<hash>+<base64(0x04 ‖ public key)>` of a witness. @throws LedgerError `key-malformed`, also for the key of a log. */
export function parseWitnessKey(text: string): NoteVerifier {
  return readVerifierKey(text, COSIGNATURE);
}

/** What the specification has a witness sign: the time, then the whole text of the checkpoint with its extension lines. */
const cosignedText = (text: string, seconds: number): string => `cosignature/v1\ntime ${seconds}\n${text}`;

/**
 * Cosigns a checkpoint. Only after {@link judgeCheckpoint} said so and the new head was stored.
 * @param text of the checkpoint, without signatures. @param seconds POSIX time, whole.
 * @returns one signature line with its newline, to be put under the checkpoint.
 * @throws LedgerError `checkpoint-malformed`; `size-invalid` when the time is no whole number of seconds.
 */
export async function cosign(text: string, signer: NoteSigner, seconds: number): Promise<string> {
  parseCheckpoint(text);
  if (!Number.isSafeInteger(seconds) || seconds < 0)
    throw new LedgerError("size-invalid", `A time must be a whole number of seconds since 1970, not ${seconds}.`);
  const signature = new Uint8Array(SIGNATURE_BYTES);
  new DataView(signature.buffer).setBigUint64(0, BigInt(seconds));
  signature.set(await signer.sign(cosignedText(text, seconds)), 8);
  return signatureLine({ name: signer.name, keyId: signer.keyId, signature });
}

/** A cosignature that verified. */
export interface Cosignature {
  /** Name of the witness. */
  readonly witness: string;
  /** When it says to have signed, POSIX seconds: the largest tree it had seen of this log by then was this one. */
  readonly seconds: number;
  /** Its line in the note, with the newline. */
  readonly line: string;
}

/**
 * The cosignatures of known witnesses under a signed checkpoint, at most one a witness (the latest). Lines of unknown keys are passed over, as the specification asks; so are those of known
 * witnesses that do not hold: they prove nothing, and a server could add one to any note to make it unreadable.
 * @param signed the whole note. @throws LedgerError `note-malformed`.
 */
export async function readCosignatures(signed: string, witnesses: readonly NoteVerifier[]): Promise<Cosignature[]> {
  const note = parseNote(signed);
  const found = await Promise.all(witnesses.map(async (witness) => await latestOf(note, witness)));
  return found.filter((one) => one !== null);
}

async function latestOf(note: Note, witness: NoteVerifier): Promise<Cosignature | null> {
  let latest: Cosignature | null = null;
  for (const { name, keyId, signature } of note.signatures) {
    if (name !== witness.name || keyId !== witness.keyId || signature.length !== SIGNATURE_BYTES) continue;
    const time = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
    if (time > BigInt(Number.MAX_SAFE_INTEGER)) continue;
    const seconds = Number(time);
    if (!(await signedBy(witness, signature.subarray(8), cosignedText(note.text, seconds)))) continue;
    if (latest === null || seconds > latest.seconds) latest = { witness: name, seconds, line: signatureLine({ name, keyId, signature }) };
  }
  return latest;
}

/** Whom a client wants to have seen the same log: at least `quorum` of `witnesses`. */
export interface Quorum {
  readonly witnesses: readonly NoteVerifier[];
  /** 0 asks for none: those there are, are shown. */
  readonly quorum: number;
}

/**
 * Who of the witnesses cosigned this checkpoint.
 * @throws LedgerError `quorum-missing` when they are fewer than asked; `key-malformed` when two of the witnesses have the same key, which would count one voice twice,
 *   or when the quorum is no whole number from 0 to their number; `note-malformed`.
 */
export async function checkQuorum(signed: string, { witnesses, quorum }: Quorum): Promise<Cosignature[]> {
  const keys = new Set(witnesses.map(({ publicKey }) => publicKey.join(" ")));
  if (keys.size !== witnesses.length) throw new LedgerError("key-malformed", "Two of the witnesses have the same key; name each once.");
  if (!Number.isSafeInteger(quorum) || quorum < 0 || quorum > witnesses.length)
    throw new LedgerError("key-malformed", `A quorum of ${witnesses.length} witnesses is a whole number from 0 to ${witnesses.length}, not ${quorum}.`);
  const found = await readCosignatures(signed, witnesses);
  if (found.length >= quorum) return found;
  const { size } = parseCheckpoint(parseNote(signed).text);
  throw new LedgerError(
    "quorum-missing",
    `The checkpoint of ${size} leaves bears ${found.length} of the ${quorum} cosignatures asked for (${witnesses.map(({ name }) => name).join(", ")}): nobody vouches that everyone is shown this log.`,
  );
}

/**
 * Puts what a witness answered under a checkpoint: only lines of known witnesses that verify, the latest of each.
 * @param signed the checkpoint as a note, perhaps with cosignatures already. @param answer signature lines. @returns the note, and who is under it now.
 * @throws LedgerError `note-malformed` when the answer holds anything but signature lines.
 */
export async function addCosignatures(
  signed: string,
  answer: string,
  witnesses: readonly NoteVerifier[],
): Promise<{ readonly signed: string; readonly cosignatures: readonly Cosignature[] }> {
  if (answer.includes("\n\n") || answer.startsWith("\n")) throw new LedgerError("note-malformed", "A witness answered something else than signature lines.");
  const { text, signatures } = parseNote(signed);
  const cosignatures = await readCosignatures(signed + answer, witnesses);
  const known = new Set(witnesses.map(({ name, keyId }) => `${name} ${keyId}`));
  const own = signatures.filter(({ name, keyId }) => !known.has(`${name} ${keyId}`)).map(signatureLine);
  return { signed: `${text}\n${[...own, ...cosignatures.map(({ line }) => line)].join("")}`, cosignatures };
}
