/** The one age stanza type of this engine: a file key wrapped under a channel key and bound to its place; item.ts and stream.ts use it. */
import { type Identity, type Recipient, Stanza } from "age-encryption";
import { concat, plain, randomBytes } from "./bytes.ts";
import { type ItemPlace, placeBytes, wrapKeyOf } from "./dossier.ts";
import { SealError } from "./errors.ts";

/** First argument of the stanza; the second is the version, the third the channel. */
export const STANZA_TYPE = "rugdekking.nl/item";
const STANZA_VERSION = "1";
const NONCE_BYTES = 12;
/** Nonce, 16-byte age file key, AES-GCM tag. */
const BODY_BYTES = NONCE_BYTES + 16 + 16;

/** Wraps an age file key for a place. */
export function placeRecipient(key: Uint8Array, place: ItemPlace): Recipient {
  return {
    async wrapFileKey(fileKey) {
      const iv = randomBytes(NONCE_BYTES);
      const additionalData = placeBytes(place);
      const wrapped = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, await wrapKeyOf(key), plain(fileKey));
      return [new Stanza([STANZA_TYPE, STANZA_VERSION, place.channel], concat(iv, new Uint8Array(wrapped)))];
    },
  };
}

/** Unwraps an age file key in its place. Exactly one stanza, of our type; anything else is refused. */
export function placeIdentity(key: Uint8Array, place: ItemPlace): Identity {
  return {
    async unwrapFileKey(stanzas) {
      const body = soleBody(stanzas, place);
      const iv = plain(body.slice(0, NONCE_BYTES));
      const additionalData = placeBytes(place);
      const wrap = await wrapKeyOf(key);
      try {
        return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData }, wrap, plain(body.slice(NONCE_BYTES))));
      } catch {
        throw new SealError("item-refused", "This item does not open with this key in this place (dossier, item, channel).");
      }
    },
  };
}

/** Hands a file key that is already known to age; the header's MAC is still checked. @throws SealError `key-malformed` */
export function fileKeyIdentity(fileKey: Uint8Array): Identity {
  if (fileKey.length !== 16) throw new SealError("key-malformed", "An item's file key must be 16 bytes.");
  return { unwrapFileKey: () => fileKey.slice() };
}

function soleBody(stanzas: readonly Stanza[], place: ItemPlace): Uint8Array {
  const [stanza] = stanzas;
  if (stanza === undefined || stanzas.length !== 1 || stanza.args[0] !== STANZA_TYPE)
    throw new SealError("item-malformed", `An item must have exactly one stanza, of type ${STANZA_TYPE}.`);
  if (stanza.args.length !== 3 || stanza.args[1] !== STANZA_VERSION || stanza.body.length !== BODY_BYTES)
    throw new SealError("item-malformed", "The item's stanza is of another version or length.");
  if (stanza.args[2] !== place.channel) throw new SealError("item-refused", "This item belongs to another channel.");
  return stanza.body;
}
