/** Hand a key over to a person or a desk: HPKE single-shot, bound to what the key is and whom it is for; clients call it. */
import { type Bytes, fromBase64Url, randomBytes, utf8 } from "./bytes.ts";
import { SEAL_PUBLIC_KEY_BYTES } from "./card.ts";
import { SealError } from "./errors.ts";
import { parseSealedKey, SECRET_BYTES, spellSealedKey } from "./sealed-key.ts";
import { type SealKeyPair, suiteKeyPair, suiteOpen, suiteSeal } from "./suite.ts";

const purposes = ["bundle", "epoch", "bridge", "dossier", "channel", "item", "capture", "network", "label", "answer", "fact", "recovery"] as const;

/**
 * What is handed over and to whom. Opening under any other context fails.
 * `subject`: `dossier`: the dossier id; `channel`: `<dossier>/<channel>`; `item`: `<dossier>/<item>`; `epoch` and `bridge`: `<desk>/<epoch>` of the
 * key inside; `bundle`: the unlock method's id; `capture`: the capture's id; `network`: the network's statement hash; `label`: the id of what it is on; `answer` and `fact`: the id of the answer or fact; `recovery`: `<recovery>/<place>` of the share. `to`: person id, `<desk>/<epoch>` or desk id, as the two sides agree. Both: 1 to 200 of `A-Z a-z 0-9 . _ / : -`.
 */
export type HandOver = { purpose: (typeof purposes)[number]; subject: string; to: string };

/** 32 random bytes, to make a key pair of or to use as a key. */
export function generateSeed(): Bytes {
  return randomBytes(32);
}

/** The sealing key pair (MLKEM768-X25519) of a 32-byte seed; the private half is not extractable. @throws SealError `key-malformed` */
export async function sealKeyPair(seed: Uint8Array): Promise<SealKeyPair> {
  if (seed.length !== 32) throw new SealError("key-malformed", "A sealing seed must be 32 bytes.");
  return suiteKeyPair(seed);
}

/**
 * Seal a secret (16 to 256 bytes) to a public key. Anyone can do this: a sealed key does not say who sealed it; the signed grant around it does.
 * @returns a SealedKey, `h1.` + base64url(enc ‖ ciphertext)
 * @throws SealError `key-malformed`, `context-malformed`, `length-mismatch`
 */
export async function handOver(secret: Uint8Array, toPublicKey: string, context: HandOver): Promise<string> {
  if (secret.length < SECRET_BYTES.least || secret.length > SECRET_BYTES.most)
    throw new SealError("length-mismatch", "A secret to hand over must be 16 to 256 bytes.");
  const publicKey = fromBase64Url(toPublicKey, "A sealing key", "key-malformed");
  if (publicKey.length !== SEAL_PUBLIC_KEY_BYTES)
    throw new SealError("key-malformed", `A sealing key must be ${SEAL_PUBLIC_KEY_BYTES} bytes (MLKEM768-X25519).`);
  const info = contextBytes(context);
  try {
    const { encapsulated, ciphertext } = await suiteSeal(publicKey, secret, info);
    return spellSealedKey(encapsulated, ciphertext);
  } catch (cause) {
    if (cause instanceof SealError) throw cause;
    throw new SealError("key-malformed", "This sealing key cannot be sealed to.");
  }
}

/**
 * Open a SealedKey.
 * @throws SealError `sealed-key-malformed`, `context-malformed`, `hand-over-refused` (another key, another context, or altered)
 */
export async function takeOver(sealed: string, key: SealKeyPair, context: HandOver): Promise<Bytes> {
  const { encapsulated, ciphertext } = parseSealedKey(sealed);
  const info = contextBytes(context);
  try {
    return await suiteOpen(key, encapsulated, ciphertext, info);
  } catch {
    throw new SealError("hand-over-refused", `This ${context.purpose} key was not sealed to this key for this subject and recipient, or it was altered.`);
  }
}

/** HPKE `info`: four lines of UTF-8. No field can hold a line feed, so no two contexts spell the same. */
export function contextBytes(context: HandOver): Bytes {
  const field = /^[A-Za-z0-9._/:-]{1,200}$/;
  if (!purposes.includes(context.purpose) || !field.test(context.subject) || !field.test(context.to)) {
    throw new SealError("context-malformed", "A hand-over needs a known purpose, a subject and a recipient.");
  }
  return utf8(`rugdekking.nl/hand-over/1\n${context.purpose}\n${context.subject}\n${context.to}`);
}
