/** C2SP signed notes with Ed25519: keys, signing, checking. Signers run on the log's server, verifiers anywhere with WebCrypto. Source: c2sp.org/signed-note. */
import { sha256 } from "@noble/hashes/sha2.js";
import { base64urlnopad } from "@scure/base";
import { fromBase64, toBase64 } from "./encoding.ts";
import { LedgerError } from "./errors.ts";

/** Algorithm byte of a plain Ed25519 signature over a note. */
const ED25519 = 0x01;
const MAX_NOTE_CHARACTERS = 1_000_000;
const MAX_SIGNATURES = 100;
const utf8 = new TextEncoder();

/** One signature line: who says to have signed, and the signature bytes without the key id. Unverified until {@link verifyNote} says otherwise. */
export interface NoteSignature {
  readonly name: string;
  /** uint32, big-endian in the text. */
  readonly keyId: number;
  readonly signature: Uint8Array;
}

/** A note as read. `text` ends in a newline and means nothing until a known key's signature was verified. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** Public half of a note key. */
export interface NoteVerifier {
  /** Key name; for a log the same as its origin. */
  readonly name: string;
  readonly keyId: number;
  /** 32 bytes, RFC 8032. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
}

/** A note key that can sign. The private key inside cannot be extracted. */
export interface NoteSigner {
  readonly name: string;
  readonly keyId: number;
  /** `<name>+<hash>+<base64>`: pin this wherever the log is checked. */
  readonly verifierKey: string;
  /** Ed25519 signature (64 bytes) over the UTF-8 bytes of a note's text. */
  sign(text: string): Promise<Uint8Array>;
}

/**
 * Makes a key pair for a note signer.
 * @param name no spaces, no `+`; for a log its origin, such as `rugdekking.example.nl/ledger`.
 * @returns `signerKey` (`PRIVATE+KEY+…`, secret) and `verifierKey` (`<name>+<hash>+<base64>`, public).
 * @throws LedgerError `key-malformed` on such a name.
 */
export async function generateNoteKey(name: string): Promise<{ signerKey: string; verifierKey: string }> {
  return await makeKey(name, ED25519);
}

/** {@link generateNoteKey} for any algorithm byte over Ed25519. Only this engine calls it. @throws LedgerError `key-malformed` on a name with spaces or `+`. */
export async function makeKey(name: string, algorithm: number): Promise<{ signerKey: string; verifierKey: string }> {
  checkName(name);
  const seed = crypto.getRandomValues(new Uint8Array(32));
  const { publicKey } = await importSeed(seed);
  const keyId = keyIdOf(name, publicKey, algorithm);
  return {
    signerKey: `PRIVATE+KEY+${name}+${hex(keyId)}+${toBase64(withAlgorithm(seed, algorithm))}`,
    verifierKey: formatVerifierKey(name, keyId, publicKey, algorithm),
  };
}

/**
 * Reads `PRIVATE+KEY+<name>+<hash>+<base64(0x01 ‖ seed)>`.
 * @throws LedgerError `key-malformed`; the message never repeats the key.
 */
export async function parseSignerKey(text: string): Promise<NoteSigner> {
  return await readSignerKey(text, ED25519);
}

/** {@link parseSignerKey} for any algorithm byte over Ed25519. Only this engine calls it. @throws LedgerError `key-malformed`. */
export async function readSignerKey(text: string, algorithm: number): Promise<NoteSigner> {
  const refuse = (why: string) => new LedgerError("key-malformed", `The signer key is not PRIVATE+KEY+<name>+<hash>+<base64>: ${why}.`);
  if (!text.startsWith("PRIVATE+KEY+")) throw refuse("it does not begin with PRIVATE+KEY+");
  const { name, keyId, key: seed } = splitKey(text.slice("PRIVATE+KEY+".length), algorithm, refuse);
  const { privateKey, publicKey } = await importSeed(seed);
  if (keyId !== keyIdOf(name, publicKey, algorithm)) throw refuse("the hash does not belong to this name and key");
  return {
    name,
    keyId,
    verifierKey: formatVerifierKey(name, keyId, publicKey, algorithm),
    sign: async (note) => new Uint8Array(await crypto.subtle.sign("Ed25519", privateKey, utf8.encode(note))),
  };
}

/**
 * Reads `<name>+<hash>+<base64(0x01 ‖ public key)>`.
 * @throws LedgerError `key-malformed`, also for other algorithms than Ed25519 (0x01).
 */
export function parseVerifierKey(text: string): NoteVerifier {
  return readVerifierKey(text, ED25519);
}

/** {@link parseVerifierKey} for any algorithm byte over Ed25519. Only this engine calls it. @throws LedgerError `key-malformed`. */
export function readVerifierKey(text: string, algorithm: number): NoteVerifier {
  const refuse = (why: string) => new LedgerError("key-malformed", `The verifier key is not <name>+<hash>+<base64>: ${why}.`);
  const { name, keyId, key: publicKey } = splitKey(text, algorithm, refuse);
  if (keyId !== keyIdOf(name, publicKey, algorithm)) throw refuse("the hash does not belong to this name and key");
  return { name, keyId, publicKey };
}

/**
 * Signs a text.
 * @param text ends in a newline, holds no control characters other than newlines.
 * @throws LedgerError `note-malformed` on another text.
 */
export async function signNote(text: string, signer: NoteSigner): Promise<string> {
  if (!text.endsWith("\n")) throw new LedgerError("note-malformed", "The text of a note must end in a newline.");
  checkCharacters(text);
  return `${text}\n${signatureLine({ name: signer.name, keyId: signer.keyId, signature: await signer.sign(text) })}`;
}

/** A signature as its line in a note, with the newline. */
export function signatureLine({ name, keyId, signature }: NoteSignature): string {
  const blob = new Uint8Array(4 + signature.length);
  new DataView(blob.buffer).setUint32(0, keyId);
  blob.set(signature, 4);
  return `— ${name} ${toBase64(blob)}\n`;
}

/**
 * Splits a note into its text and signature lines; checks no signature.
 * @throws LedgerError `note-malformed` unless it follows the specification to the letter (at most 1,000,000 characters and 100 signatures).
 */
export function parseNote(note: string): Note {
  if (note.length > MAX_NOTE_CHARACTERS) throw malformed(`it is longer than ${MAX_NOTE_CHARACTERS} characters`);
  checkCharacters(note);
  const split = note.lastIndexOf("\n\n");
  if (split < 0 || !note.endsWith("\n")) throw malformed("an empty line must stand between text and signatures, and a newline at the end");
  const lines = note.slice(split + 2, -1).split("\n");
  if (lines.length > MAX_SIGNATURES) throw malformed(`it has more than ${MAX_SIGNATURES} signatures`);
  return { text: note.slice(0, split + 1), signatures: lines.map(parseSignatureLine) };
}

/**
 * Checks the signature of one known key over a note; signatures of other keys are ignored, as the specification asks.
 * @returns the note, or `null` when this key did not sign it.
 * @throws LedgerError `signature-invalid` when it did and a signature is wrong, `note-malformed`.
 */
export async function verifyNote(note: string, verifier: NoteVerifier): Promise<Note | null> {
  const parsed = parseNote(note);
  const own = parsed.signatures.filter(({ name, keyId }) => name === verifier.name && keyId === verifier.keyId);
  if (own.length === 0) return null;
  const wrong = new LedgerError(
    "signature-invalid",
    `The note bears the name ${verifier.name}, but that key did not sign this text: it was altered or forged.`,
  );
  for (const { signature } of own) if (!(await signedBy(verifier, signature, parsed.text))) throw wrong;
  return parsed;
}

/** Whether these are 64 bytes of Ed25519 of this key over the UTF-8 bytes of a text. */
export async function signedBy({ publicKey }: NoteVerifier, signature: Uint8Array, text: string): Promise<boolean> {
  if (signature.length !== 64) return false;
  // A key that is no point of the curve is refused by the import: nothing is signed by it.
  const key = await crypto.subtle.importKey("raw", publicKey, "Ed25519", false, ["verify"]).catch(() => null);
  return key !== null && (await crypto.subtle.verify("Ed25519", key, new Uint8Array(signature), utf8.encode(text)));
}

function parseSignatureLine(line: string): NoteSignature {
  const parts = line.split(" ");
  const [dash, name, encoded] = parts;
  if (parts.length !== 3 || dash !== "—" || name === undefined || encoded === undefined || !isName(name)) {
    throw malformed("a signature line must be an em dash, a key name and base64, with one space between");
  }
  const blob = fromBase64(encoded);
  if (blob === null || blob.length < 5) throw malformed(`the signature of ${name} is not base64 of a key id and a signature`);
  return { name, keyId: new DataView(blob.buffer, blob.byteOffset).getUint32(0), signature: blob.subarray(4) };
}

function malformed(why: string): LedgerError {
  return new LedgerError("note-malformed", `This is not a C2SP signed note: ${why}.`);
}

function checkCharacters(text: string): void {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) < 0x20 && text[i] !== "\n") throw malformed(`character ${i} is a control character`);
  }
  if (!text.isWellFormed()) throw malformed("it holds half a surrogate pair, which UTF-8 cannot carry");
}

function isName(name: string): boolean {
  return name !== "" && name.isWellFormed() && !/[\p{White_Space}\p{Cc}+]/u.test(name);
}

function checkName(name: string): void {
  if (!isName(name))
    throw new LedgerError(
      "key-malformed",
      "A key name must not be empty and must hold no space and no +; a host and path such as log.example.nl/ledger will do.",
    );
}

/** `<name>+<8 hex digits>+<base64>`; base64 may itself hold `+`. */
function splitKey(text: string, algorithm: number, refuse: (why: string) => LedgerError): { name: string; keyId: number; key: Uint8Array<ArrayBuffer> } {
  const [, name, hash, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/s.exec(text) ?? [];
  if (name === undefined || hash === undefined || encoded === undefined || !isName(name)) throw refuse("the parts are not there");
  const bytes = fromBase64(encoded);
  if (bytes === null || bytes.length !== 33) throw refuse("the last part is not base64 of 33 bytes");
  if (bytes[0] !== algorithm) throw refuse(`only algorithm 0x0${algorithm} (Ed25519) is known here`);
  return { name, keyId: Number.parseInt(hash, 16), key: new Uint8Array(bytes.subarray(1)) };
}

/** First four bytes of SHA-256(name ‖ 0x0A ‖ algorithm ‖ public key), big-endian. */
function keyIdOf(name: string, publicKey: Uint8Array, algorithm: number): number {
  const prefix = utf8.encode(`${name}\n`);
  const input = new Uint8Array([...prefix, ...withAlgorithm(publicKey, algorithm)]);
  return new DataView(sha256(input).buffer).getUint32(0);
}

function formatVerifierKey(name: string, keyId: number, publicKey: Uint8Array, algorithm: number): string {
  return `${name}+${hex(keyId)}+${toBase64(withAlgorithm(publicKey, algorithm))}`;
}

function withAlgorithm(key: Uint8Array, algorithm: number): Uint8Array {
  return new Uint8Array([algorithm, ...key]);
}

function hex(keyId: number): string {
  return keyId.toString(16).padStart(8, "0");
}

/** WebCrypto takes an Ed25519 seed only inside PKCS #8 (RFC 8410 §7), and gives the public key only through JWK. */
async function importSeed(seed: Uint8Array): Promise<{ privateKey: CryptoKey; publicKey: Uint8Array<ArrayBuffer> }> {
  const prefix = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];
  const pkcs8 = new Uint8Array([...prefix, ...seed]);
  const [readable, privateKey] = await Promise.all([
    crypto.subtle.importKey("pkcs8", pkcs8, "Ed25519", true, ["sign"]),
    crypto.subtle.importKey("pkcs8", pkcs8, "Ed25519", false, ["sign"]),
  ]);
  const { x } = await crypto.subtle.exportKey("jwk", readable);
  if (x === undefined) throw new LedgerError("key-malformed", "This runtime gives no public key for an Ed25519 seed; use Node 24 or a present-day browser.");
  return { privateKey, publicKey: new Uint8Array(base64urlnopad.decode(x)) };
}
