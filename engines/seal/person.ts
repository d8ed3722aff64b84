/** Persons: the two seeds that are someone, and the key pairs and signed card made of them; clients call it. */
import { type Bytes, concat, newUuid, randomBytes } from "./bytes.ts";
import { PERSON_CARD, type PersonCard, verifyPersonCard } from "./card.ts";
import type { Envelope } from "./envelope.ts";
import { SealError } from "./errors.ts";
import { sealKeyPair } from "./handover.ts";
import { signKeyPair, signStatement, type SignKeyPair } from "./statement.ts";
import type { SealKeyPair } from "./suite.ts";

/** Who someone is, in 64 bytes: the HPKE seed and the Ed25519 seed, 32 each. Keep only as long as unlock methods are being made. */
export type PersonSecrets = { readonly sealSeed: Bytes; readonly signSeed: Bytes };

/** A person whose keys are at hand. */
export type Person = { readonly person: string; readonly card: Envelope; readonly seal: SealKeyPair; readonly sign: SignKeyPair };

/** A new person: UUIDv7 and fresh seeds, with the self-signed first card. Give both to {@link openPerson}; register the card. */
export async function newPerson(at: Date = new Date()): Promise<PersonSecrets & { readonly card: Envelope }> {
  const secrets = { sealSeed: randomBytes(32), signSeed: randomBytes(32) };
  const { card } = await signFirstCard(secrets, newUuid(), "person", at.toISOString());
  return { ...secrets, card };
}

/**
 * Key pairs of the seeds, checked against the card the server gave.
 * @throws SealError `card-mismatch` when the card is not of these seeds, and as verifyPersonCard
 */
export async function openPerson(secrets: PersonSecrets, card: Envelope): Promise<Person> {
  const [seal, sign, verified] = await Promise.all([sealKeyPair(secrets.sealSeed), signKeyPair(secrets.signSeed), verifyPersonCard(card)]);
  if (verified.card.sealPublicKey !== seal.publicKey || verified.card.signPublicKey !== sign.publicKey) {
    throw new SealError("card-mismatch", "The card the server gave does not belong to the keys that were unlocked. Do not go on with this session.");
  }
  return { person: verified.card.person, card, seal, sign };
}

/** The first card of a person or guest; with the same arguments always the same envelope. */
export async function signFirstCard(secrets: PersonSecrets, person: string, kind: PersonCard["kind"], at: string): Promise<Person> {
  const [seal, sign] = await Promise.all([sealKeyPair(secrets.sealSeed), signKeyPair(secrets.signSeed)]);
  const payload: PersonCard = { person, version: 1, kind, sealPublicKey: seal.publicKey, signPublicKey: sign.publicKey, previous: null, at };
  return { person, card: await signStatement(PERSON_CARD, payload, sign), seal, sign };
}

/** The 64-byte bundle: HPKE seed ‖ Ed25519 seed. */
export function bundleOf(secrets: PersonSecrets): Bytes {
  return concat(secrets.sealSeed, secrets.signSeed);
}

/** The seeds of a bundle. @throws SealError `unlock-malformed` */
export function secretsOf(bundle: Uint8Array): PersonSecrets {
  if (bundle.length !== 64) throw new SealError("unlock-malformed", "A person's bundle must be 64 bytes.");
  return { sealSeed: new Uint8Array(bundle.subarray(0, 32)), signSeed: new Uint8Array(bundle.subarray(32)) };
}
