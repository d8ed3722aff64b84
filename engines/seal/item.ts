/** Seal and open small items whole in memory (entry bodies, covers, small attachments) as age files; clients call it. */
import { Encrypter, type Identity } from "age-encryption";
import { type Bytes, fromUtf8, plain, utf8 } from "./bytes.ts";
import type { ItemPlace } from "./dossier.ts";
import { SealError } from "./errors.ts";
import { refusal } from "./header.ts";
import { padmeLength } from "./pad.ts";
import { fileKeyIdentity, placeIdentity, placeRecipient } from "./stanza.ts";
import { openWhole } from "./whole.ts";

/**
 * [Note: Padding] Padding lies inside the age plaintext. JSON gets trailing spaces up to Padmé of at least {@link JSON_FLOOR} bytes, and needs no
 * length on opening. Binary content gets trailing zero bytes up to its Padmé length; its true length is told by the sealed entry
 * body that names it, and is given on opening, where the cut-off part is checked to be zeros.
 */
const JSON_FLOOR = 256;
const SPACE = 0x20;

/** Seal binary content as an age file (C2SP age v1). See [Note: Padding]. @throws SealError `key-malformed`, `place-malformed`, `id-malformed` */
export async function sealItem(plaintext: Uint8Array, key: Uint8Array, place: ItemPlace): Promise<Bytes> {
  return sealPadded(padded(plaintext, padmeLength(plaintext.length), 0), key, place);
}

/**
 * Open binary content.
 * @param length true length in bytes; without it the content comes back with its padding
 * @throws SealError `item-malformed`, `item-refused`, `length-mismatch`, `key-malformed`, `place-malformed`, `id-malformed`
 */
export async function openItem(sealed: Uint8Array, key: Uint8Array, place: ItemPlace, length?: number): Promise<Bytes> {
  return cut(await openWith(sealed, placeIdentity(key, place)), length);
}

/** Open binary content with the file key that was handed over. The caller checks that `sealed` has the digest the signed entry names. @throws as {@link openItem} */
export async function openItemWithFileKey(sealed: Uint8Array, fileKey: Uint8Array, length?: number): Promise<Bytes> {
  return cut(await openWith(sealed, fileKeyIdentity(fileKey)), length);
}

/** Seal a JSON value. See [Note: Padding]. @throws SealError `item-malformed` for a value JSON has no text for, and as {@link sealItem} */
export async function sealJson(value: unknown, key: Uint8Array, place: ItemPlace): Promise<Bytes> {
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) throw new SealError("item-malformed", "This value cannot be written as JSON.");
  const bytes = utf8(text);
  return sealPadded(padded(bytes, padmeLength(Math.max(bytes.length, JSON_FLOOR)), SPACE), key, place);
}

/** Open a JSON value; the caller parses what it gets. @throws SealError as {@link openItem} */
export async function openJson(sealed: Uint8Array, key: Uint8Array, place: ItemPlace): Promise<unknown> {
  return jsonOf(await openWith(sealed, placeIdentity(key, place)));
}

/** Open a JSON value with the file key that was handed over. @throws SealError as {@link openItemWithFileKey} */
export async function openJsonWithFileKey(sealed: Uint8Array, fileKey: Uint8Array): Promise<unknown> {
  return jsonOf(await openWith(sealed, fileKeyIdentity(fileKey)));
}

async function sealPadded(plaintext: Bytes, key: Uint8Array, place: ItemPlace): Promise<Bytes> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(placeRecipient(key, place));
  return plain(await encrypter.encrypt(plaintext));
}

async function openWith(sealed: Uint8Array, identity: Identity): Promise<Bytes> {
  try {
    return await openWhole(sealed, identity);
  } catch (cause) {
    throw refusal(cause);
  }
}

function padded(content: Uint8Array, length: number, filler: number): Bytes {
  const whole = new Uint8Array(length).fill(filler, content.length);
  whole.set(content);
  return whole;
}

function cut(content: Bytes, length: number | undefined): Bytes {
  if (length === undefined) return content;
  if (!Number.isSafeInteger(length) || length < 0 || length > content.length || content.length !== padmeLength(length)) throw wrongLength();
  if (content.subarray(length).some((byte) => byte !== 0)) throw wrongLength();
  return content.slice(0, length);
}

/** The refusal for a true length that does not fit the padded content. */
export function wrongLength(): SealError {
  return new SealError("length-mismatch", "The content is not as long as its entry says.");
}

function jsonOf(content: Bytes): unknown {
  const text = fromUtf8(content, "The item", "item-malformed");
  try {
    return JSON.parse(text);
  } catch {
    throw new SealError("item-malformed", "The item holds no JSON.");
  }
}
