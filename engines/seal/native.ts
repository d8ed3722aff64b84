/**
 * What Node does natively for the checking half of this engine: hashing, Ed25519 and base64url in one call; null in a browser. Only digest.ts, envelope.ts and bytes.ts call it.
 *
 * [Note: Natively in Node] WebCrypto hands every call to another thread. For a few hundred bytes the trip costs ten times the hashing, and a server that checks
 * thirty such things per submission spent a quarter of its time on it. Both ways end in the same OpenSSL; tests hold them to the same answers.
 * Asked of the process and not imported, so that no bundle for a browser names it; what is taken computes and reaches nothing outside.
 */
const crypto = globalThis.process?.getBuiltinModule?.("node:crypto") ?? null;
const NodeBuffer = globalThis.process?.getBuiltinModule?.("node:buffer").Buffer ?? null;

/** base64url SHA-256 of bytes; null where Node is not. */
export const nativeSha256: ((bytes: Uint8Array) => string) | null = crypto === null ? null : (bytes) => crypto.hash("sha256", bytes, "base64url");

/** Whether an Ed25519 signature (RFC 8032) is of this raw public key (base64url) over the message; false for a key or signature that is none; null where Node is not. */
export const nativeVerify: ((publicKey: string, signature: Uint8Array, message: Uint8Array) => boolean) | null =
  crypto === null
    ? null
    : (publicKey, signature, message) => {
        try {
          const key = crypto.createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: publicKey }, format: "jwk" });
          return crypto.verify(null, message, key, signature);
        } catch {
          return false;
        }
      };

/** Bytes of base64url without padding, or null when the text is anything else (Node itself takes much more); null where Node is not. */
export const nativeFromBase64Url: ((text: string) => Uint8Array<ArrayBuffer> | null) | null =
  NodeBuffer === null
    ? null
    : (text) => {
        const bytes = NodeBuffer.from(text, "base64url");
        return bytes.toString("base64url") === text ? new Uint8Array(bytes) : null;
      };

/** base64url without padding; null where Node is not. */
export const nativeToBase64Url: ((bytes: Uint8Array) => string) | null =
  NodeBuffer === null ? null : (bytes) => NodeBuffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64url");
