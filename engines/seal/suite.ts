/** The one HPKE suite of this engine (RFC 9180: MLKEM768-X25519, HKDF-SHA256, AES-256-GCM), and the only file that imports `hpke`; handover.ts calls it. */
import { expand, extract } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { AEAD_AES_256_GCM, CipherSuite, type KDF, KDF_HKDF_SHA256, type KeyPair } from "hpke";
import { type Bytes, plain, toBase64Url } from "./bytes.ts";
import { hybridKem, type KemKey, keyPairFromSeed } from "./kem.ts";

/**
 * hpke's HKDF-SHA256 with the two steps done by @noble/hashes: the key schedule hashes a few hundred bytes in six steps, and six trips to
 * WebCrypto cost more than the hashing. A test seals with one and opens with the other.
 */
export function hkdfInPlace(): KDF {
  return {
    ...KDF_HKDF_SHA256(),
    Extract: async (salt, ikm) => extract(sha256, ikm, salt),
    Expand: async (prk, info, length) => expand(sha256, prk, info, length),
  };
}

const suite = new CipherSuite<KemKey>(hybridKem, hkdfInPlace, AEAD_AES_256_GCM);

/** Someone's sealing key. `publicKey` is base64url of 1216 bytes; the private half stays inside and cannot be exported. */
export type SealKeyPair = { readonly publicKey: string; readonly privateKey: KeyPair<KemKey> };

/** The key pair of a 32-byte seed. */
export async function suiteKeyPair(seed: Uint8Array): Promise<SealKeyPair> {
  const pair = await keyPairFromSeed(seed);
  return { publicKey: toBase64Url(pair.publicKey.publicBytes), privateKey: pair };
}

/** HPKE SealBase (RFC 9180 §6.1) to 1216 bytes of public key, empty AAD. */
export async function suiteSeal(publicKey: Uint8Array, secret: Uint8Array, info: Uint8Array): Promise<{ encapsulated: Bytes; ciphertext: Bytes }> {
  const { encapsulatedSecret, ciphertext } = await suite.Seal(await suite.DeserializePublicKey(publicKey), secret, { info });
  return { encapsulated: plain(encapsulatedSecret), ciphertext: plain(ciphertext) };
}

/** HPKE OpenBase (RFC 9180 §6.1). Throws whatever `hpke` throws when it does not open. */
export async function suiteOpen(key: SealKeyPair, encapsulated: Uint8Array, ciphertext: Uint8Array, info: Uint8Array): Promise<Bytes> {
  return plain(await suite.Open(key.privateKey, encapsulated, ciphertext, { info }));
}
