/** Digits that two people compare by telephone, so that neither has to believe a server about whose keys these are; clients call it. */
import { fromBase64Url, parseUuid, utf8 } from "./bytes.ts";
import type { PersonCard } from "./card.ts";
import { digestOf } from "./digest.ts";

/** 25 digits are 83 bits: whoever wants other keys with the same digits for one person must try 2^83 of them. The person's id is in it, so that trying for many at once is no cheaper. */
const DIGITS = 25;

/**
 * Fingerprint of a person's public keys: five groups of five digits, SHA-256 (as a number, modulo 10^25) over label, id and both keys.
 * @param card checked by `verifyPersonCard`, or one's own keys
 */
export async function fingerprintOf({ person, sealPublicKey, signPublicKey }: Pick<PersonCard, "person" | "sealPublicKey" | "signPublicKey">): Promise<string> {
  const digest = fromBase64Url(await digestOf(utf8(`rugdekking fingerprint v1\n${parseUuid(person)}\n${signPublicKey}\n${sealPublicKey}\n`)), "digest");
  const value = digest.reduce((number, byte) => number * 256n + BigInt(byte), 0n) % 10n ** BigInt(DIGITS);
  return value
    .toString()
    .padStart(DIGITS, "0")
    .replaceAll(/(\d{5})(?=\d)/g, "$1 ");
}
