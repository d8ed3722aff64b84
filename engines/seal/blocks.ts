/**
 * An attachment in blocks that are sealed and opened each on its own, so that several workers can share one large file; clients and their workers call it.
 *
 * [Note: Blocks] The payload of an age file is STREAM (C2SP age, "Payload"): chunks of 64 KiB, each sealed by ChaCha20-Poly1305 under one payload key, with its number and
 * whether it is the last as the nonce. No chunk needs the one before it. A block is {@link BLOCK_BYTES} of plaintext: 32 whole chunks, or what is left at the end. The result is
 * byte for byte an age file as {@link sealStream} makes it; the header and the file key stay age-encryption's.
 */
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { Encrypter, type Recipient } from "age-encryption";
import { type Bytes, concat, plain, randomBytes, utf8 } from "./bytes.ts";
import type { ItemPlace } from "./dossier.ts";
import { SealError } from "./errors.ts";
import { givenFileKey, itemFileKey, readAgeHeader, refusal } from "./header.ts";
import { padmeLength } from "./pad.ts";
import { placeRecipient } from "./stanza.ts";

const CHUNK = 64 * 1024;
const TAG = 16;
const CHUNKS = 32;
/** Length of the nonce between an age file's header and its first chunk. */
const PAYLOAD_NONCE = 16;

/** Bytes of plaintext in every block but the last. */
export const BLOCK_BYTES = CHUNKS * CHUNK;
/** Bytes of every sealed block but the last. */
export const SEALED_BLOCK_BYTES = CHUNKS * (CHUNK + TAG);

/** What blocks are sealed and opened with; opens this one file and nothing else. */
export interface FileBeginning {
  /** Header and payload nonce: what comes before the first block. */
  readonly begin: Bytes;
  /** 32 bytes. */
  readonly payloadKey: Bytes;
}

/** A file about to be sealed. */
export interface NewFile extends FileBeginning {
  /** Length of the plaintext with its padding of zero bytes, which the caller adds (see [Note: Padding] in item.ts). */
  readonly padded: number;
  /** Length of the whole sealed file. */
  readonly size: number;
}

/** Where a block lies in its file. */
export interface BlockPlace {
  /** Counted from 0. */
  readonly block: number;
  /** Whether the file ends with it. */
  readonly last: boolean;
}

/**
 * Makes the header of a new file and the key for its blocks.
 * @param length true length in bytes
 * @throws SealError `length-mismatch`, `key-malformed`, `place-malformed`, `id-malformed`
 */
export async function beginFile(length: number, key: Uint8Array, place: ItemPlace): Promise<NewFile> {
  const padded = padmeLength(length);
  const encrypter = new Encrypter();
  let fileKey: Bytes = new Uint8Array(0);
  const inner = placeRecipient(key, place);
  const recipient: Recipient = {
    wrapFileKey(made) {
      fileKey = plain(made.slice());
      return inner.wrapFileKey(made);
    },
  };
  encrypter.addRecipient(recipient);
  // age seals an empty file; of that only the header is kept, and a new nonce makes the payload key one that sealed nothing yet.
  const header = readAgeHeader(await encrypter.encrypt(new Uint8Array(0)));
  if (header === null) throw new SealError("item-malformed", "The item's header is cut off.");
  const begin = concat(header, randomBytes(PAYLOAD_NONCE));
  return { begin, payloadKey: payloadKeyOf(fileKey, begin), padded, size: begin.length + padded + TAG * Math.max(1, Math.ceil(padded / CHUNK)) };
}

/**
 * Reads the beginning of a sealed file.
 * @param bytes its first bytes, at least those before the first block
 * @returns null when more bytes are needed
 * @throws SealError `item-malformed`, `item-refused`, `key-malformed`, `place-malformed`, `id-malformed`
 */
export async function readBeginning(bytes: Uint8Array, key: Uint8Array, place: ItemPlace): Promise<FileBeginning | null> {
  return beginningWith(bytes, (header) => itemFileKey(header, key, place));
}

/** Reads the beginning with the file key that was handed over. @throws as {@link readBeginning} */
export async function readBeginningWithFileKey(bytes: Uint8Array, fileKey: Uint8Array): Promise<FileBeginning | null> {
  return beginningWith(bytes, (header) => givenFileKey(header, fileKey));
}

async function beginningWith(bytes: Uint8Array, fileKeyOf: (header: Bytes) => Promise<Bytes>): Promise<FileBeginning | null> {
  const header = readAgeHeader(bytes);
  if (header === null || bytes.length < header.length + PAYLOAD_NONCE) return null;
  const begin = plain(bytes.slice(0, header.length + PAYLOAD_NONCE));
  return { begin, payloadKey: payloadKeyOf(await fileKeyOf(header), begin) };
}

function payloadKeyOf(fileKey: Uint8Array, begin: Bytes): Bytes {
  return plain(hkdf(sha256, fileKey, begin.subarray(-PAYLOAD_NONCE), utf8("payload"), 32));
}

/** Eleven bytes of chunk number, big-endian, and one that says whether it is the last. */
function nonceOf(chunk: number, last: boolean): Bytes {
  const nonce = new Uint8Array(12);
  // Eight bytes of them hold every number a file on this planet needs.
  new DataView(nonce.buffer).setBigUint64(3, BigInt(chunk));
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/**
 * Seals one block. The caller seals each place of a file once, and only under the key its {@link beginFile} gave.
 * @param plaintext {@link BLOCK_BYTES}, or what is left in the last
 * @throws SealError `length-mismatch` for a block of another length
 */
export function sealBlock(payloadKey: Uint8Array, plaintext: Uint8Array, { block, last }: BlockPlace): Bytes {
  const right = last ? plaintext.length <= BLOCK_BYTES && (plaintext.length > 0 || block === 0) : plaintext.length === BLOCK_BYTES;
  if (!right) throw new SealError("length-mismatch", `Block ${block} has ${plaintext.length} bytes.`);
  const chunks = Math.max(1, Math.ceil(plaintext.length / CHUNK));
  const sealed = new Uint8Array(plaintext.length + chunks * TAG);
  for (let at = 0; at < chunks; at++) {
    const chunk = plaintext.subarray(at * CHUNK, (at + 1) * CHUNK);
    const begin = at * (CHUNK + TAG);
    const nonce = nonceOf(block * CHUNKS + at, last && at === chunks - 1);
    chacha20poly1305(payloadKey, nonce).encrypt(chunk, sealed.subarray(begin, begin + chunk.length + TAG));
  }
  return sealed;
}

/**
 * Opens one block. What comes out still has its padding. Trust the file only once its last block opened as the last.
 * @throws SealError `item-refused` when it was altered, cut off, or stood in another place
 */
export function openBlock(payloadKey: Uint8Array, sealed: Uint8Array, { block, last }: BlockPlace): Bytes {
  const chunks = Math.max(1, Math.ceil(sealed.length / (CHUNK + TAG)));
  const length = sealed.length - chunks * TAG;
  const right = last ? sealed.length <= SEALED_BLOCK_BYTES : sealed.length === SEALED_BLOCK_BYTES;
  // A last chunk without content exists in an empty file only.
  const rest = sealed.length - (chunks - 1) * (CHUNK + TAG);
  if (!right || rest < TAG || (rest === TAG && block + chunks > 1)) throw refusal(null);
  const plaintext = new Uint8Array(length);
  try {
    for (let at = 0; at < chunks; at++) {
      const chunk = sealed.subarray(at * (CHUNK + TAG), (at + 1) * (CHUNK + TAG));
      const nonce = nonceOf(block * CHUNKS + at, last && at === chunks - 1);
      chacha20poly1305(payloadKey, nonce).decrypt(chunk, plaintext.subarray(at * CHUNK, at * CHUNK + chunk.length - TAG));
    }
  } catch (cause) {
    throw refusal(cause);
  }
  return plaintext;
}
