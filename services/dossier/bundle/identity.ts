/** The age key of a bundle: made fresh for each one, kept in key.txt, optionally under a passphrase. Only build and verify call this. */
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";

/** An age X25519 identity and its recipient. The identity is a secret: it opens every item of one bundle. */
export interface BundleIdentity {
  /** `AGE-SECRET-KEY-1…` */
  readonly identity: string;
  /** `age1…` */
  readonly recipient: string;
}

/** A fresh identity; X25519 because every `age` since 1.0 opens it. */
export async function newBundleIdentity(): Promise<BundleIdentity> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** key.txt as `age-keygen` writes it (age(1), "identity file"). */
export const identityFile = ({ identity, recipient }: BundleIdentity, madeAt: string): string =>
  `# created: ${madeAt}\n# public key: ${recipient}\n${identity}\n`;

/**
 * Reads key.txt.
 * @returns null when no line of it is an identity.
 */
export async function readIdentityFile(text: string): Promise<BundleIdentity | null> {
  const identity = text
    .split("\n")
    .map((line) => line.trim())
    .find((line) => line.startsWith("AGE-SECRET-KEY-1"));
  if (identity === undefined) return null;
  try {
    return { identity, recipient: await identityToRecipient(identity) };
  } catch {
    return null;
  }
}

/** A small secret text (key.txt, a registrar key) as an age file under a passphrase (scrypt, work factor 2^17), opened by `age -d`. */
export async function protectWithPassphrase(text: string, passphrase: string): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(17);
  return encrypter.encrypt(text);
}

/** Opens what {@link protectWithPassphrase} made. @returns null when the passphrase is another one or the file is damaged. */
export async function openWithPassphrase(sealed: Uint8Array, passphrase: string): Promise<string | null> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  try {
    return await decrypter.decrypt(sealed, "text");
  } catch {
    return null;
  }
}

/** Decrypts an item of the bundle as `age` would. @throws Error from age-encryption when it does not open or was changed. */
export async function openWithIdentity(item: ReadableStream<Uint8Array>, identity: string): Promise<ReadableStream<Uint8Array>> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return decrypter.decrypt(item);
}
