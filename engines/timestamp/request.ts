/** Writes the one question we ask a time-stamp authority (RFC 3161 section 2.4.1). Fixed bytes with two holes, so whoever relays it needs no ASN.1 library. */
import { TimestampError } from "./errors.ts";

/** SHA-256, the only imprint we ask for. */
export const DIGEST_BYTES = 32;
/** Random bytes that tie an answer to its question; authorities commonly take up to 64 bits. */
export const NONCE_BYTES = 8;

/** SEQUENCE { OID 2.16.840.1.101.3.4.2.1 (SHA-256), NULL }: some authorities refuse a request without the NULL. */
const sha256Algorithm = [0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00];
const integerTag = 0x02;
const sequenceTag = 0x30;
const octetsTag = 0x04;

/** Lengths here stay below 128, so the short form (X.690 section 8.1.3.4) always does. */
const der = (tag: number, content: readonly number[]): readonly number[] => [tag, content.length, ...content];

/** Content of a DER INTEGER for an unsigned big-endian number: no leading zeros, one zero before a high bit. */
function unsignedInteger(bytes: Uint8Array): readonly number[] {
  const first = bytes.findIndex((byte) => byte !== 0);
  const short = first === -1 ? [0] : [...bytes.subarray(first)];
  return (short[0] ?? 0) >= 0x80 ? [0, ...short] : short;
}

/** A fresh random nonce of {@link NONCE_BYTES} bytes. */
export const timestampNonce = (): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(NONCE_BYTES));

/**
 * A TimeStampReq, DER, to be sent as `application/timestamp-query`: version 1, SHA-256 imprint, nonce, `certReq` set so that the answer can be checked alone.
 * @param digest SHA-256, 32 bytes; all the authority learns. @param nonce 8 random bytes, read as an unsigned big-endian number.
 * @throws {@link TimestampError} request-malformed
 */
export function timestampRequest(digest: Uint8Array, nonce: Uint8Array): Uint8Array<ArrayBuffer> {
  if (digest.length !== DIGEST_BYTES) throw new TimestampError("request-malformed", `A SHA-256 has ${DIGEST_BYTES} bytes, not ${digest.length}`);
  if (nonce.length !== NONCE_BYTES) throw new TimestampError("request-malformed", `A nonce has ${NONCE_BYTES} bytes, not ${nonce.length}`);
  const imprint = der(sequenceTag, [...sha256Algorithm, ...der(octetsTag, [...digest])]);
  const version = der(integerTag, [1]);
  const certReq = [0x01, 0x01, 0xff];
  return Uint8Array.from(der(sequenceTag, [...version, ...imprint, ...der(integerTag, unsignedInteger(nonce)), ...certReq]));
}
