/**
 * Open an age file that lies whole in memory, without the streams that age-encryption sets up for each: for a worklist's thousands of covers they cost more than
 * the opening. Only item.ts calls it.
 *
 * [Note: opening whole] What is read here is the one header that sealing here writes (one stanza with a body of one line); any other is left to age-encryption,
 * so that there is one reader of the format in all its breadth. A test opens the same files with both. C2SP age: "Header", "Payload".
 */
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { base64 } from "@scure/base";
import { Decrypter, type Identity, Stanza } from "age-encryption";
import { type Bytes, plain, sameBytes, utf8 } from "./bytes.ts";
import { SealError } from "./errors.ts";
import { readAgeHeader } from "./header.ts";

/** Version line, one stanza with the 59 characters of 44 bytes, and the MAC line. */
const soleStanza = /^age-encryption\.org\/v1\n-> ([!-~]+(?: [!-~]+)*)\n([A-Za-z0-9+/]{59})\n--- ([A-Za-z0-9+/]{43})\n$/u;
const MAC_BYTES = 43 + 2;
const NONCE_BYTES = 16;
const TAG_BYTES = 16;
/** A chunk of STREAM as it lies sealed: 64 KiB and its tag. */
const CHUNK_BYTES = 64 * 1024 + TAG_BYTES;
const ascii = new TextDecoder("latin1");
const [headerLabel, payloadLabel] = [utf8("header"), utf8("payload")];

/** @throws SealError `item-malformed`; whatever the identity or age throws when it does not open, for {@link refusal} to tell */
export async function openWhole(sealed: Uint8Array, identity: Identity): Promise<Bytes> {
  const header = readAgeHeader(sealed);
  if (header === null) throw new SealError("item-malformed", "The item is cut off inside its header.");
  const [, args, body, mac] = soleStanza.exec(ascii.decode(header)) ?? [];
  if (args === undefined || body === undefined || mac === undefined) return openWithAge(sealed, identity);
  const fileKey = await identity.unwrapFileKey([new Stanza(args.split(" "), base64.decode(`${body}=`))]);
  if (fileKey === null) throw refused();
  const macKey = hkdf(sha256, fileKey, undefined, headerLabel, 32);
  if (!sameBytes(base64.decode(`${mac}=`), hmac(sha256, macKey, header.subarray(0, header.length - MAC_BYTES)))) throw refused();
  return openPayload(sealed.subarray(header.length), fileKey);
}

async function openWithAge(sealed: Uint8Array, identity: Identity): Promise<Bytes> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return plain(await decrypter.decrypt(sealed));
}

/** STREAM: each chunk under a counter of eleven bytes and a byte that is one for the last, which may be empty only when it is the first too. */
function openPayload(payload: Uint8Array, fileKey: Uint8Array): Bytes {
  if (payload.length < NONCE_BYTES + TAG_BYTES) throw refused();
  const key = hkdf(sha256, fileKey, payload.subarray(0, NONCE_BYTES), payloadLabel, 32);
  const chunks = payload.subarray(NONCE_BYTES);
  const count = Math.ceil(chunks.length / CHUNK_BYTES);
  const lastBytes = chunks.length - (count - 1) * CHUNK_BYTES;
  if (lastBytes < TAG_BYTES || (lastBytes === TAG_BYTES && count > 1)) throw refused();
  const opened = new Uint8Array(chunks.length - count * TAG_BYTES);
  const nonce = new Uint8Array(12);
  const counter = new DataView(nonce.buffer);
  for (let at = 0; at < count; at++) {
    // What lies in memory has far fewer than 2^32 chunks.
    counter.setUint32(7, at);
    nonce[11] = at === count - 1 ? 1 : 0;
    const chunk = chunks.subarray(at * CHUNK_BYTES, (at + 1) * CHUNK_BYTES);
    const place = at * (CHUNK_BYTES - TAG_BYTES);
    opened.set(chacha20poly1305(key, nonce).decrypt(chunk), place);
  }
  return opened;
}

const refused = (): SealError =>
  new SealError("item-refused", "This item does not open: its header or content is altered or cut off, or the key is another's.");
