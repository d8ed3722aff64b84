/** The public key of one stratum in one wave: its strict form, its name (hash of the SPKI) and the statement under which it is published. Both halves call it; no secret comes here. */
import { compareBytes, fromBase64Url, joinBytes, toBase64Url } from "./encoding.ts";
import { TokenError } from "./errors.ts";

/** The one variant tokens are made with (RFC 9474 section 5): SHA-384, 48 bytes of salt, 32 random bytes before the message. */
export const TOKEN_VARIANT = "RSABSSA-SHA384-PSS-Randomized";

/** Sizes of modulus that are accepted, in bits. New keys have 3072. */
export const MODULUS_BITS = [2048, 3072, 4096] as const;

/** One of the accepted sizes, in bits. */
export type ModulusBits = (typeof MODULUS_BITS)[number];

/** SHA-256 over the DER SubjectPublicKeyInfo, base64url without padding (43 characters). Made by {@link tokenKeyId} and parsers only. */
export type TokenKeyId = string & { readonly tokenKeyId: unique symbol };

/** Bytes in a key's id before it is spelled. */
export const KEY_ID_BYTES = 32;

/** The published half of a key: it signs the tokens of one stratum in one wave, and nothing else. */
export interface TokenKey {
  /** Hash of `spki`; a token names its key by it. */
  readonly id: TokenKeyId;
  /** Wave of the survey, such as `2026`. See {@link checkLabel}. */
  readonly wave: string;
  /** Stratum, in the spelling of the sampling frame, such as `raadslid/gemeente/Utrecht/50-100`. */
  readonly stratum: string;
  /** DER SubjectPublicKeyInfo: rsaEncryption, e = 65537, modulus of an accepted size. */
  readonly spki: Uint8Array<ArrayBuffer>;
}

/** Characters in a wave or stratum at most. */
export const LABEL_LENGTH = 200;

const label = /^[\p{L}\p{N}](?:[\p{L}\p{N} .,:;()'&+_/<>=-]*[\p{L}\p{N})+])?$/u;

/**
 * Checks the name of a wave or stratum: 1 to 200 characters, letters, digits and plain punctuation, in Unicode form NFC so that one name has one spelling.
 * @throws TokenError `label-malformed`.
 */
export function checkLabel(what: "wave" | "stratum", text: string): void {
  if (text.length > LABEL_LENGTH || !label.test(text) || text.normalize("NFC") !== text) {
    throw new TokenError(
      "label-malformed",
      `The ${what} ${JSON.stringify(text.slice(0, 40))} is no name: give 1 to ${LABEL_LENGTH} letters, digits, spaces or plain punctuation (NFC), starting with a letter or digit.`,
    );
  }
}

// SEQUENCE { SEQUENCE { OID rsaEncryption, NULL }, BIT STRING { SEQUENCE { INTEGER n, INTEGER 65537 } } }: for an n whose top bit is set, DER leaves
// one spelling per size, so reading it is comparing it.
const rsaEncryption = Uint8Array.of(0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00);
const exponent = Uint8Array.of(0x02, 0x03, 0x01, 0x00, 0x01);

/** Tag and a length that needs two bytes, which all of ours do. */
const header = (tag: number, length: number): Uint8Array => Uint8Array.of(tag, 0x82, length >> 8, length & 0xff);

function around(modulusBytes: number): Uint8Array<ArrayBuffer> {
  const integer = modulusBytes + 1;
  const numbers = 4 + integer + exponent.length;
  const bits = 1 + 4 + numbers;
  return joinBytes(
    header(0x30, rsaEncryption.length + 4 + bits),
    rsaEncryption,
    header(0x03, bits),
    Uint8Array.of(0x00),
    header(0x30, numbers),
    header(0x02, integer),
    Uint8Array.of(0x00),
  );
}

/** What stands before the modulus, per size of modulus in bytes. */
const prefixes = new Map(MODULUS_BITS.map((bits) => [bits / 8, around(bits / 8)]));

/**
 * The modulus in a DER SubjectPublicKeyInfo, big-endian, 256, 384 or 512 bytes.
 * @throws TokenError `key-malformed` unless it is an rsaEncryption key of an accepted size with e = 65537, spelled as DER and nothing behind it.
 */
export function modulusOf(spki: Uint8Array): Uint8Array<ArrayBuffer> {
  for (const [bytes, prefix] of prefixes) {
    const modulus = Uint8Array.from(spki.subarray(prefix.length, prefix.length + bytes));
    const fits =
      compareBytes(spki.subarray(0, prefix.length), prefix) === 0 &&
      compareBytes(spki.subarray(prefix.length + bytes), exponent) === 0 &&
      (modulus[0] ?? 0) >= 0x80 &&
      (modulus[bytes - 1] ?? 0) % 2 === 1;
    if (fits) return modulus;
  }
  throw new TokenError(
    "key-malformed",
    `These ${spki.length} bytes are no public key for tokens: give the DER SubjectPublicKeyInfo of an RSA key of ${MODULUS_BITS.join(", ")} bits with exponent 65537.`,
  );
}

/**
 * The DER SubjectPublicKeyInfo around a modulus (big-endian).
 * @throws TokenError `key-malformed` for a modulus of another size.
 */
export function spkiOf(modulus: Uint8Array): Uint8Array<ArrayBuffer> {
  const spki = joinBytes(prefixes.get(modulus.length) ?? new Uint8Array(), modulus, exponent);
  modulusOf(spki);
  return spki;
}

/**
 * The name of a key: SHA-256 over its SPKI.
 * @throws TokenError `key-malformed`.
 */
export async function tokenKeyId(spki: Uint8Array<ArrayBuffer>): Promise<TokenKeyId> {
  modulusOf(spki);
  return parseTokenKeyId(toBase64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", spki))));
}

/**
 * Reads a key id.
 * @throws TokenError `key-malformed` unless it is 32 bytes as base64url.
 */
export function parseTokenKeyId(text: string): TokenKeyId {
  if (!isKeyId(text)) throw new TokenError("key-malformed", "A key id is 43 characters of base64url: the SHA-256 of the public key.");
  return text;
}

function isKeyId(text: string): text is TokenKeyId {
  return fromBase64Url(text)?.length === KEY_ID_BYTES;
}

/**
 * A published key from its parts.
 * @throws TokenError `label-malformed`, `key-malformed`.
 */
export async function tokenKey(wave: string, stratum: string, spki: Uint8Array): Promise<TokenKey> {
  checkLabel("wave", wave);
  checkLabel("stratum", stratum);
  const own = Uint8Array.from(spki);
  return { id: await tokenKeyId(own), wave, stratum, spki: own };
}

const statementHead = "rugdekking/token-key@v1";

/**
 * The bytes under which a key is published, for instance as a leaf of a transparency log: five lines of UTF-8, each ended by a newline: the form's name, wave, stratum, variant and SPKI (base64url).
 * One key has exactly one such text.
 */
export function writeKeyStatement({ wave, stratum, spki }: TokenKey): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode([statementHead, wave, stratum, TOKEN_VARIANT, toBase64Url(spki), ""].join("\n"));
}

/**
 * Reads what {@link writeKeyStatement} wrote, at most 2,000 bytes.
 * @throws TokenError `key-malformed`, `label-malformed`.
 */
export async function readKeyStatement(bytes: Uint8Array): Promise<TokenKey> {
  const wrong = () =>
    new TokenError(
      "key-malformed",
      `A key statement is five lines: ${statementHead}, wave, stratum, ${TOKEN_VARIANT} and the public key as base64url; this is something else.`,
    );
  if (bytes.length > 2000) throw wrong();
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw wrong();
  }
  const [head, wave, stratum, variant, key, end, ...more] = text.split("\n");
  const spki = fromBase64Url(key ?? "");
  if (head !== statementHead || variant !== TOKEN_VARIANT || wave === undefined || stratum === undefined || spki === null || end !== "" || more.length > 0)
    throw wrong();
  return await tokenKey(wave, stratum, spki);
}

/**
 * The one key of a stratum in a wave. All clients must judge the same published list (from the log, not from the answer to their own question).
 * @throws TokenError `key-missing`; `key-ambiguous` when a wave and stratum have two keys, or one key serves two strata: whoever is given a key of their own can be recognised by it.
 */
export function keyOfStratum(published: readonly TokenKey[], wave: string, stratum: string): TokenKey {
  const found = published.filter((key) => key.wave === wave && key.stratum === stratum);
  const [key] = found;
  if (key === undefined)
    throw new TokenError("key-missing", `No key was published for stratum ${stratum} in wave ${wave}: look for the list of the right wave.`);
  if (found.some(({ id }) => id !== key.id)) {
    throw new TokenError(
      "key-ambiguous",
      `Stratum ${stratum} has more than one key in wave ${wave}. Do not ask for a token: with a key of your own you could be recognised. Report it.`,
    );
  }
  const elsewhere = published.find((other) => other.id === key.id && (other.wave !== wave || other.stratum !== stratum));
  if (elsewhere !== undefined) {
    throw new TokenError(
      "key-ambiguous",
      `The key of stratum ${stratum} in wave ${wave} is also that of ${elsewhere.stratum} in ${elsewhere.wave}. Do not ask for a token. Report it.`,
    );
  }
  return key;
}
