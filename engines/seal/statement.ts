/** Sign statements: Ed25519 key pairs from seeds and DSSE envelopes; clients call it, servers only have envelope.ts. */
import { type Bytes, concat, fromBase64Url, plain, toBase64Url, utf8, wipe } from "./bytes.ts";
import { type Envelope, keyIdOf, preAuthenticationEncoding } from "./envelope.ts";
import { SealError } from "./errors.ts";

/** PKCS#8 header of an Ed25519 private key (RFC 8410), followed by the 32-byte seed. */
const PKCS8_ED25519 = Uint8Array.of(0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20);
const ED25519 = { name: "Ed25519" } as const;

/** An Ed25519 key. `publicKey` is base64url of 32 bytes, `keyId` its SHA-256; `privateKey` is a non-extractable CryptoKey. */
export type SignKeyPair = { readonly publicKey: string; readonly keyId: string; readonly privateKey: CryptoKey };

/** The Ed25519 key pair (RFC 8032) of a 32-byte seed. @throws SealError `key-malformed` */
export async function signKeyPair(seed: Uint8Array): Promise<SignKeyPair> {
  if (seed.length !== 32) throw new SealError("key-malformed", "A signing seed must be 32 bytes.");
  const pkcs8 = concat(PKCS8_ED25519, seed);
  try {
    // WebCrypto gives the public half only through an export, so one extractable import lives for the length of this call.
    const exportable = await crypto.subtle.importKey("pkcs8", pkcs8, ED25519, true, ["sign"]);
    const { x } = await crypto.subtle.exportKey("jwk", exportable);
    const publicKey = toBase64Url(fromBase64Url(x, "The public half", "key-malformed"));
    const privateKey = await crypto.subtle.importKey("pkcs8", pkcs8, ED25519, false, ["sign"]);
    return { publicKey, keyId: await keyIdOf(publicKey), privateKey };
  } finally {
    wipe(pkcs8);
  }
}

/** Sign a JSON object as a DSSE envelope. Ed25519 is deterministic: the same payload and key give the same envelope. */
export async function signStatement(payloadType: string, payload: object, key: SignKeyPair): Promise<Envelope> {
  const bytes = utf8(JSON.stringify(payload));
  const sig = await signBytes(preAuthenticationEncoding(payloadType, bytes), key);
  return { payloadType, payload: toBase64Url(bytes), signatures: [{ keyid: key.keyId, sig: toBase64Url(sig) }] };
}

async function signBytes(message: Bytes, key: SignKeyPair): Promise<Bytes> {
  return plain(new Uint8Array(await crypto.subtle.sign(ED25519, key.privateKey, message)));
}
