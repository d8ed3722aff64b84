/** Dossier and channel keys, and where an item has its place; clients call it, item.ts wraps file keys with it. */
import { type Bytes, parseUuid, plain, randomBytes, sameBytes, utf8 } from "./bytes.ts";
import { SealError } from "./errors.ts";
import { deriveKey } from "./kdf.ts";

/** Where an item belongs: ids of dossier and item, and the channel's name. An item opens in its own place only. */
export type ItemPlace = { dossier: string; item: string; channel: string };

const channelPattern = /^[a-z][a-z0-9-]{0,30}$/;

/** A fresh 32-byte dossier key. */
export function generateDossierKey(): Bytes {
  return randomBytes(32);
}

/**
 * The 32-byte key of one channel: `main` is the dossier key itself; any other is HKDF-SHA256 of it with info
 * `rugdekking.nl/channel/1\n<dossier>\n<channel>`, so that whoever holds a channel key cannot get back to the dossier key.
 * @throws SealError `key-malformed`, `place-malformed`, `id-malformed`
 */
export async function channelKey(dossierKey: Uint8Array, dossier: string, channel: string): Promise<Bytes> {
  checkKey(dossierKey);
  checkChannel(channel);
  if (channel === "main") return plain(dossierKey);
  return deriveKey(dossierKey, `channel/1\n${parseUuid(dossier)}\n${channel}`);
}

/** AAD of a wrapped file key: four lines of UTF-8 that name the place. @throws SealError `place-malformed`, `id-malformed` */
export function placeBytes(place: ItemPlace): Bytes {
  checkChannel(place.channel);
  return utf8(`rugdekking.nl/item/1\n${parseUuid(place.dossier)}\n${parseUuid(place.item)}\n${place.channel}`);
}

type CachedKey = { readonly bytes: Bytes; readonly wrap: Promise<CryptoKey> };
const wrapKeys = new WeakMap<Uint8Array, CachedKey>();

/**
 * The AES-256-GCM key that wraps file keys under a channel key (HKDF-SHA256, label `item-wrap/1`). Remembered per array object, since
 * importing costs more than unwrapping; an array that was overwritten since is imported anew.
 */
export function wrapKeyOf(key: Uint8Array): Promise<CryptoKey> {
  checkKey(key);
  const known = wrapKeys.get(key);
  if (known !== undefined && sameBytes(known.bytes, key)) return known.wrap;
  const wrap = crypto.subtle.importKey("raw", deriveKey(key, "item-wrap/1"), { name: "AES-GCM" }, false, ["encrypt", "decrypt"]);
  wrapKeys.set(key, { bytes: new Uint8Array(key), wrap });
  return wrap;
}

function checkKey(key: Uint8Array): void {
  if (key.length !== 32) throw new SealError("key-malformed", "A dossier or channel key must be 32 bytes.");
}

function checkChannel(channel: string): void {
  if (!channelPattern.test(channel)) throw new SealError("place-malformed", "A channel's name must be 1 to 31 lower-case letters, digits or hyphens.");
}
