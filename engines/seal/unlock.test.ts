/** Unlock methods: RFC 9106, what a server may not weaken, and that only the person's own methods are renewed. */
import { argon2id } from "@noble/hashes/argon2.js";
import { describe, expect, it } from "vitest";
import { fromBase64Url, toBase64Url } from "./bytes.ts";
import {
  generateSeed,
  generateSheetCode,
  newPassphraseParameters,
  newPerson,
  openPerson,
  openUnlock,
  passkeySecret,
  type PersonSecrets,
  passphraseSecret,
  renewUnlock,
  sealUnlock,
  sheetSecret,
  type UnlockMethod,
  unlockSigner,
} from "./index.ts";
import { methodId } from "./unlock.ts";
import vector from "./vectors/unlock.json" with { type: "json" };

const cheap = { salt: toBase64Url(new Uint8Array(16).fill(2)), memoryKiB: 19_456, passes: 2, lanes: 1 };

describe("Argon2id", () => {
  it("RFC 9106 section 5.3", () => {
    const options = { m: 32, t: 3, p: 4, dkLen: 32, key: new Uint8Array(8).fill(3), personalization: new Uint8Array(12).fill(4) };
    const tag = argon2id(new Uint8Array(32).fill(1), new Uint8Array(16).fill(2), options);
    expect(Buffer.from(tag).toString("hex")).toBe("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
  });
  it("takes a passphrase however it was composed (NFKC), tells progress, and agrees with the vector", async () => {
    const told: number[] = [];
    const { typed, parameters, secret } = vector.passphrase;
    expect(toBase64Url(await passphraseSecret(typed, parameters, (done) => told.push(done)))).toBe(secret);
    expect(toBase64Url(await passphraseSecret(typed.normalize("NFKC"), parameters))).toBe(secret);
    expect(toBase64Url(await passphraseSecret(typed.toLowerCase(), parameters))).not.toBe(secret);
    expect(told.at(-1)).toBe(1);
  });
  it("is 64 MiB, 3 passes, 1 lane with a fresh salt by default", () => {
    const [one, two] = [newPassphraseParameters(), newPassphraseParameters()];
    expect(one).toMatchObject({ memoryKiB: 65_536, passes: 3, lanes: 1 });
    expect(one.salt).not.toBe(two.salt);
  });
  it.each([
    { ...cheap, memoryKiB: 19_455 },
    { ...cheap, memoryKiB: 8_000_000 },
    { ...cheap, passes: 1 },
    { ...cheap, passes: 1000 },
    { ...cheap, lanes: 0 },
    { ...cheap, lanes: 64 },
    { ...cheap, salt: "AAAA" },
    { ...cheap, salt: "not base64!" },
    { ...cheap, passes: Number.NaN },
    {},
    { salt: cheap.salt },
  ])("refuses what a server may not ask: %j", async (parameters) => {
    await expect(passphraseSecret("demonstratie", parameters)).rejects.toMatchObject({ code: "unlock-parameters-refused" });
  });
});

/** What a server can do with its own seeds and a method's public keys: exactly what renewing does. */
async function forgeMethod(bare: Omit<UnlockMethod, "id" | "sealedBundle">, server: PersonSecrets): Promise<UnlockMethod> {
  const id = methodId(bare, server);
  return renewUnlock({ ...bare, id, sealedBundle: "" }, server);
}

describe("unlock methods", () => {
  it("derive as when the vectors were made", async () => {
    expect(toBase64Url(await passkeySecret(fromBase64Url(vector.passkey.prf, "prf")))).toBe(vector.passkey.secret);
    expect(toBase64Url(await sheetSecret(vector.sheet.code))).toBe(vector.sheet.secret);
    const { secret, signPublicKey, sealSeed, signSeed, stored } = vector.method;
    expect((await unlockSigner(fromBase64Url(secret, "secret"))).publicKey).toBe(signPublicKey);
    const opened = await openUnlock({ ...stored, kind: "passphrase" }, fromBase64Url(secret, "secret"));
    expect([toBase64Url(opened.sealSeed), toBase64Url(opened.signSeed)]).toEqual([sealSeed, signSeed]);
  });
  it("open the person by sheet and by passkey alike", async () => {
    const person = await newPerson();
    const sheet = await sheetSecret(generateSheetCode());
    const passkey = await passkeySecret(generateSeed());
    for (const [kind, secret] of [
      ["recovery-sheet", sheet],
      ["passkey", passkey],
    ] as const) {
      const method = await sealUnlock(kind, "Demo", {}, secret, person);
      expect(method.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      const opened = await openUnlock(method, secret);
      expect((await openPerson(opened, person.card)).card).toEqual(person.card);
      expect((await unlockSigner(secret)).publicKey).toBe(method.signPublicKey);
      await expect(openUnlock(method, generateSeed())).rejects.toMatchObject({ code: "unlock-wrong" });
      expect(method.sealPublicKey).not.toBe((await openPerson(opened, person.card)).seal.publicKey);
    }
  });
  it("are renewed without their secret, and open to the new seeds", async () => {
    const person = await newPerson();
    const next = { ...person, sealSeed: generateSeed() };
    const secret = generateSeed();
    const method = await sealUnlock("passkey", "Demo", { credential: "AAAA" }, secret, person);
    const same = await renewUnlock(method, person);
    expect([same.id, same.sealedBundle === method.sealedBundle]).toEqual([method.id, false]);
    const renewed = await renewUnlock(method, next);
    expect((await openUnlock(renewed, secret)).sealSeed).toEqual(next.sealSeed);
  });
  it("refuse keys of a server's making, sealed to the method's public key with a card of its making", async () => {
    const [person, server] = [await newPerson(), await newPerson()];
    const secret = generateSeed();
    const method = await sealUnlock("passphrase", "Demo", cheap, secret, person);
    const own = await sealUnlock("passphrase", "Demo", cheap, generateSeed(), server);
    // All the server has: the public halves. It can make a method that opens, but not one that was endorsed.
    const { kind, label, parameters, signPublicKey, sealPublicKey } = method;
    for (const endorsement of [method.endorsement, own.endorsement]) {
      const forged = await forgeMethod({ kind, label, parameters, signPublicKey, sealPublicKey, endorsement }, server);
      await expect(openUnlock(forged, secret)).rejects.toMatchObject({ code: "unlock-malformed" });
    }
  });
  it("that a server slipped in or altered are not renewed", async () => {
    const [person, server] = [await newPerson(), await newPerson()];
    const method = await sealUnlock("passphrase", "Demo", cheap, generateSeed(), person);
    const theirs = await sealUnlock("passphrase", "Demo", cheap, generateSeed(), server);
    const slipped: UnlockMethod[] = [
      theirs,
      { ...method, sealPublicKey: theirs.sealPublicKey },
      { ...theirs, id: method.id },
      { ...method, parameters: { ...cheap, salt: "AAAA" } },
      { ...method, kind: "passkey" },
    ];
    for (const wrong of slipped) await expect(renewUnlock(wrong, person)).rejects.toMatchObject({ code: "unlock-malformed" });
  });
  it("refuse a bundle that was meant for another method", async () => {
    const person = await newPerson();
    const [a, b] = [generateSeed(), generateSeed()];
    const [one, two] = [await sealUnlock("passkey", "Demo", {}, a, person), await sealUnlock("passkey", "Demo", {}, b, person)];
    await expect(openUnlock({ ...one, sealedBundle: two.sealedBundle }, a)).rejects.toMatchObject({ code: "hand-over-refused" });
    await expect(openUnlock({ ...one, id: two.id }, a)).rejects.toMatchObject({ code: "hand-over-refused" });
    await expect(passkeySecret(new Uint8Array(31))).rejects.toMatchObject({ code: "unlock-malformed" });
  });
});
