/** Digits that two people compare: the same for the same keys on every device and for ever, others for any other person or key. */
import { expect, it } from "vitest";
import { fingerprintOf, newPerson, newUuid, openPerson, verifyPersonCard } from "./index.ts";

it("is the same from the card as from one's own keys, in five groups of five digits", async () => {
  const secrets = await newPerson();
  const own = await openPerson(secrets, secrets.card);
  const { card } = await verifyPersonCard(secrets.card);
  const digits = await fingerprintOf(card);
  expect(digits).toMatch(/^\d{5}( \d{5}){4}$/);
  expect(await fingerprintOf({ person: own.person, sealPublicKey: own.seal.publicKey, signPublicKey: own.sign.publicKey })).toBe(digits);
  const { card: other } = await verifyPersonCard((await newPerson()).card);
  const changed = [
    { ...card, person: newUuid() },
    { ...card, signPublicKey: other.signPublicKey },
    { ...card, sealPublicKey: other.sealPublicKey },
  ];
  const all = await Promise.all(changed.map(fingerprintOf));
  expect(new Set([digits, ...all]).size).toBe(4);
});

it("stays what it is: paper and memory hold it too", async () => {
  const card = { person: "018f0000-0000-7000-8000-000000000000", signPublicKey: "A".repeat(43), sealPublicKey: "B".repeat(1622) };
  expect(await fingerprintOf(card)).toBe("55916 20192 57043 11018 68212");
});
