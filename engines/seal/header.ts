/** Read an age header out of bytes, and write one for a standard age recipient over the same payload (export); clients and the CLI call it. */
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { base64nopad, bech32 } from "@scure/base";
import { Decrypter } from "age-encryption";
import { type Bytes, concat, plain, utf8 } from "./bytes.ts";
import type { ItemPlace } from "./dossier.ts";
import { SealError } from "./errors.ts";
import { fileKeyIdentity, placeIdentity } from "./stanza.ts";

const VERSION_LINE = utf8("age-encryption.org/v1\n");
const MAC_LINE = utf8("\n--- ");
/** `--- `, 43 characters of base64, line feed. */
const MAC_LINE_BYTES = 4 + 43 + 1;
/** Ours is 180 bytes or so; a header beyond this is refused before it is buffered. */
export const MOST_HEADER_BYTES = 4096;

/**
 * The header of an age file (C2SP age, "Header"): everything up to and including the MAC line's line feed.
 * @returns null when more bytes are needed
 * @throws SealError `item-malformed` when these bytes cannot begin an item
 */
export function readAgeHeader(sealed: Uint8Array): Bytes | null {
  for (let i = 0; i < Math.min(sealed.length, VERSION_LINE.length); i++) {
    if (sealed[i] !== VERSION_LINE[i]) throw new SealError("item-malformed", "This is not an age file of version 1.");
  }
  const window = sealed.subarray(0, MOST_HEADER_BYTES);
  const at = indexOf(window, MAC_LINE);
  const end = at + 1 + MAC_LINE_BYTES;
  if (at < 0 || end > window.length) {
    if (sealed.length >= MOST_HEADER_BYTES) throw new SealError("item-malformed", `An item's header must end within ${MOST_HEADER_BYTES} bytes.`);
    return null;
  }
  if (window[end - 1] !== 0x0a) throw new SealError("item-malformed", "The item's header does not end in a MAC line.");
  return window.slice(0, end);
}

function indexOf(bytes: Uint8Array, wanted: Uint8Array): number {
  outer: for (let i = 0; i + wanted.length <= bytes.length; i++) {
    for (let j = 0; j < wanted.length; j++) if (bytes[i + j] !== wanted[j]) continue outer;
    return i;
  }
  return -1;
}

/**
 * The 16-byte age file key of an item, to hand over that one item. Checks the header's MAC.
 * @throws SealError `item-malformed`, `item-refused`, `key-malformed`, `place-malformed`, `id-malformed`
 */
export async function itemFileKey(header: Uint8Array, key: Uint8Array, place: ItemPlace): Promise<Bytes> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(placeIdentity(key, place));
  return headerFileKey(header, decrypter);
}

/** The same, for a file key that is already known: only the header's MAC is checked. @throws SealError `item-malformed`, `item-refused`, `key-malformed` */
export async function givenFileKey(header: Uint8Array, fileKey: Uint8Array): Promise<Bytes> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(fileKeyIdentity(fileKey));
  return headerFileKey(header, decrypter);
}

async function headerFileKey(header: Uint8Array, decrypter: Decrypter): Promise<Bytes> {
  const whole = readAgeHeader(header);
  if (whole === null) throw new SealError("item-malformed", "The item's header is cut off.");
  try {
    return plain(await decrypter.decryptHeader(whole));
  } catch (cause) {
    throw refusal(cause);
  }
}

/** The one way age's own errors become ours: they say nothing secret, but their words are not stable. */
export function refusal(cause: unknown): SealError {
  if (cause instanceof SealError) return cause;
  return new SealError("item-refused", "This item does not open: its header or content is altered or cut off, or the key is another's.");
}

/**
 * A header for a standard age X25519 recipient over the same payload: `reheader(header, …)` followed by what came after `header` opens with
 * `age -d`. The old header's MAC is checked first. What `rugdekking export` writes.
 * @param recipient `age1…` (C2SP age, "The X25519 recipient type"; not post-quantum)
 * @throws SealError `item-malformed`, `item-refused`, `recipient-malformed`, `key-malformed`
 */
export async function reheader(header: Uint8Array, fileKey: Uint8Array, recipient: string): Promise<Bytes> {
  await givenFileKey(header, fileKey);
  const stanza = await x25519Stanza(fileKey, recipientBytes(recipient));
  const unsigned = utf8(`age-encryption.org/v1\n${stanza}---`);
  const mac = hmac(sha256, hkdf(sha256, fileKey, undefined, utf8("header"), 32), unsigned);
  return concat(unsigned, utf8(` ${base64nopad.encode(mac)}\n`));
}

async function x25519Stanza(fileKey: Uint8Array, recipient: Bytes): Promise<string> {
  const pair = await crypto.subtle.generateKey({ name: "X25519" }, false, ["deriveBits"]);
  if (!("privateKey" in pair)) throw new SealError("runtime-unsupported", "This runtime makes no X25519 key pairs.");
  const share = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  let shared: Uint8Array;
  try {
    const theirs = await crypto.subtle.importKey("raw", recipient, { name: "X25519" }, false, []);
    shared = new Uint8Array(await crypto.subtle.deriveBits({ name: "X25519", public: theirs }, pair.privateKey, 256));
  } catch {
    throw new SealError("recipient-malformed", "This age recipient is not a usable X25519 key.");
  }
  const wrapKey = hkdf(sha256, shared, concat(share, recipient), utf8("age-encryption.org/v1/X25519"), 32);
  // The wrap key is used once, so the format fixes the nonce at zero.
  const body = chacha20poly1305(wrapKey, new Uint8Array(12)).encrypt(fileKey);
  return `-> X25519 ${base64nopad.encode(share)}\n${base64nopad.encode(body)}\n`;
}

function recipientBytes(recipient: string): Bytes {
  try {
    const { prefix, bytes } = bech32.decodeToBytes(recipient);
    if (prefix === "age" && bytes.length === 32 && recipient === recipient.toLowerCase()) return plain(bytes);
  } catch {
    // told below, in one way
  }
  throw new SealError("recipient-malformed", "An age recipient must be an X25519 one: age1 and 58 characters.");
}
