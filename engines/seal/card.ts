/** The statements of people: the self-signed card that carries someone's public keys, and the sign-in; check only, servers may call it. */
import { fromBase64Url, isRecord, parseUuid } from "./bytes.ts";
import { type Envelope, readStatement, signPublicKeyBytes, verifyStatement } from "./envelope.ts";
import { SealError } from "./errors.ts";

/** DSSE payload type of a {@link PersonCard}. */
export const PERSON_CARD = "application/vnd.rugdekking.person-card+json";
/** DSSE payload type of a {@link SignIn}. */
export const SIGN_IN = "application/vnd.rugdekking.sign-in+json";

/** DSSE payload type of an {@link UnlockSet}. */
export const UNLOCK_SET = "application/vnd.rugdekking.unlock-set+json";

/** Bytes of an HPKE public key of the one suite (MLKEM768-X25519: 1184 + 32). */
export const SEAL_PUBLIC_KEY_BYTES = 1216;

/** Public keys of one person, signed with the key it names. `previous` is the statement hash of the card before, null for version 1. `at` is RFC 3339 UTC. */
export type PersonCard = {
  person: string;
  version: number;
  kind: "person" | "guest";
  sealPublicKey: string;
  signPublicKey: string;
  previous: string | null;
  at: string;
};

/** Answer to a sign-in challenge. `audience` is the server's origin; `person` null while signing with an unlock method's key; `key` is the signer's key id. */
export type SignIn = { challenge: string; audience: string; person: string | null; key: string; at: string };

/**
 * The unlock methods a person wants to have from now on: all of them, whole, signed with the person's own key, so that whoever holds only their session can
 * change none. `challenge` comes from the server and is used once; `audience` is the server's origin; `unlocks` are the methods as the server keeps them.
 */
export type UnlockSet = { challenge: string; audience: string; person: string; unlocks: readonly object[]; at: string };

const hashPattern = /^[A-Za-z0-9_-]{43}$/;
const momentPattern = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?Z$/;

/** Whether the value is a statement hash, a key id or a digest: 43 characters of base64url. */
export function isHash(value: unknown): value is string {
  return typeof value === "string" && hashPattern.test(value);
}

/** Whether the value is a moment in UTC that exists, RFC 3339 with `Z` and at most milliseconds: `Date.parse` takes 31 February for 3 March in one engine and for nothing in another. */
export function isMoment(value: unknown): value is string {
  if (typeof value !== "string" || !momentPattern.test(value)) return false;
  const [year, month, day] = [value.slice(0, 4), value.slice(5, 7), value.slice(8, 10)].map(Number);
  return (day ?? 0) <= new Date(Date.UTC(year ?? 0, month ?? 0, 0)).getUTCDate();
}

/** The value as an HPKE public key, base64url of 1216 bytes. @throws SealError `key-malformed` */
export function parseSealPublicKey(value: unknown): string {
  if (fromBase64Url(value, "A sealing key", "key-malformed").length !== SEAL_PUBLIC_KEY_BYTES || typeof value !== "string") {
    throw new SealError("key-malformed", `A sealing key must be ${SEAL_PUBLIC_KEY_BYTES} bytes (MLKEM768-X25519).`);
  }
  return value;
}

/** The value as an Ed25519 public key, base64url of 32 bytes. @throws SealError `key-malformed` */
export function parseSignPublicKey(value: unknown): string {
  signPublicKeyBytes(value);
  if (typeof value !== "string") throw new SealError("key-malformed", "A signing key must be a base64url string.");
  return value;
}

/**
 * Check a person card against the key it carries. This proves that the holder of the signing key claims the sealing key; it does not
 * prove WHO that is: that comes from a roster, or from the ledger.
 * @throws SealError `card-malformed`, `key-malformed`, `statement-malformed`, `payload-type-mismatch`, `signature-invalid`
 */
export async function verifyPersonCard(envelope: Envelope): Promise<{ card: PersonCard; hash: string }> {
  const unverified = readStatement(envelope);
  if (!isRecord(unverified)) throw new SealError("card-malformed", "A person card must be a JSON object.");
  const { payload, hash } = await verifyStatement(envelope, PERSON_CARD, parseSignPublicKey(unverified["signPublicKey"]));
  return { card: parsePersonCard(payload), hash };
}

function parsePersonCard(value: unknown): PersonCard {
  const broken = (field: string) => new SealError("card-malformed", `The person card's field "${field}" is not as it should be.`);
  if (!isRecord(value)) throw broken("payload");
  const { version, kind, previous, at } = value;
  if (typeof version !== "number" || !Number.isSafeInteger(version) || version < 1) throw broken("version");
  if (kind !== "person" && kind !== "guest") throw broken("kind");
  if (previous !== null && !isHash(previous)) throw broken("previous");
  if ((version === 1) !== (previous === null)) throw broken("previous");
  if (!isMoment(at)) throw broken("at");
  return {
    person: parseUuid(value["person"]),
    version,
    kind,
    sealPublicKey: parseSealPublicKey(value["sealPublicKey"]),
    signPublicKey: parseSignPublicKey(value["signPublicKey"]),
    previous,
    at,
  };
}
