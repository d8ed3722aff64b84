/** Statements against their standards: DSSE v1.0.2, RFC 8032, and what a person card and a digest must hold. */
import { describe, expect, it } from "vitest";
import { fromBase64Url, toBase64Url, utf8 } from "./bytes.ts";
import { preAuthenticationEncoding } from "./envelope.ts";
import {
  digestOf,
  keyIdOf,
  openPerson,
  newPerson,
  PERSON_CARD,
  readStatement,
  signKeyPair,
  signStatement,
  statementHash,
  verifyPersonCard,
  verifyStatement,
} from "./index.ts";
import vector from "./vectors/statement.json" with { type: "json" };

const hex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const TYPE = "application/vnd.rugdekking.demo+json";

describe("DSSE v1.0.2 protocol", () => {
  it("encodes the specification's example", () => {
    const pae = preAuthenticationEncoding("http://example.com/HelloWorld", utf8("hello world"));
    expect(new TextDecoder().decode(pae)).toBe("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  });
  it("counts bytes, not characters", () => {
    expect(new TextDecoder().decode(preAuthenticationEncoding("é", utf8("ë€")))).toBe("DSSEv1 2 é 5 ë€");
  });
});

describe("Ed25519, RFC 8032 section 7.1", () => {
  it("test 2: key and signature of one byte", async () => {
    const key = await signKeyPair(hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
    expect(fromBase64Url(key.publicKey, "key")).toEqual(hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
    const sig = new Uint8Array(await crypto.subtle.sign({ name: "Ed25519" }, key.privateKey, hex("72")));
    expect(sig).toEqual(
      hex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
    );
  });
  it("keeps the private half where no export reaches it", async () => {
    const { privateKey } = await signKeyPair(new Uint8Array(32));
    await expect(crypto.subtle.exportKey("pkcs8", privateKey)).rejects.toThrow();
  });
});

describe("signed statements", () => {
  it("are the same as when the vector was made", async () => {
    const key = await signKeyPair(fromBase64Url(vector.seed, "seed"));
    expect([key.publicKey, key.keyId, await keyIdOf(key.publicKey)]).toEqual([vector.signPublicKey, vector.keyId, vector.keyId]);
    expect(await signStatement(TYPE, { hello: "wéreld", n: 1 }, key)).toEqual(vector.envelope);
    expect(await verifyStatement(vector.envelope, TYPE, vector.signPublicKey)).toEqual({ payload: { hello: "wéreld", n: 1 }, hash: vector.hash });
    expect(await statementHash(vector.envelope)).toBe(vector.hash);
  });
  it("are refused under another type, another key, another key id, another payload, or with a second signature", async () => {
    const key = await signKeyPair(new Uint8Array(32).fill(1));
    const other = await signKeyPair(new Uint8Array(32).fill(2));
    const good = await signStatement(TYPE, { n: 1 }, key);
    const sig = good.signatures[0]?.sig ?? "";
    await expect(verifyStatement(good, PERSON_CARD, key.publicKey)).rejects.toMatchObject({ code: "payload-type-mismatch" });
    await expect(verifyStatement({ ...good, payloadType: PERSON_CARD }, PERSON_CARD, key.publicKey)).rejects.toMatchObject({ code: "signature-invalid" });
    await expect(verifyStatement(good, TYPE, other.publicKey)).rejects.toMatchObject({ code: "signature-invalid" });
    await expect(
      verifyStatement(
        {
          ...good,
          signatures: [
            { keyid: key.keyId, sig },
            { keyid: key.keyId, sig },
          ],
        },
        TYPE,
        key.publicKey,
      ),
    ).rejects.toMatchObject({ code: "statement-malformed" });
    await expect(verifyStatement({ ...good, signatures: [{ keyid: other.keyId, sig }] }, TYPE, key.publicKey)).rejects.toMatchObject({
      code: "signature-invalid",
    });
    await expect(verifyStatement({ ...good, payload: toBase64Url(utf8('{"n":2}')) }, TYPE, key.publicKey)).rejects.toMatchObject({ code: "signature-invalid" });
    await expect(verifyStatement(good, TYPE, "AAAA")).rejects.toMatchObject({ code: "key-malformed" });
  });
});

describe("person cards", () => {
  it("are signed by the key they carry and fit the seeds", async () => {
    const secrets = await newPerson();
    const { card } = await verifyPersonCard(secrets.card);
    const person = await openPerson(secrets, secrets.card);
    expect([card.person, card.sealPublicKey, card.signPublicKey, card.version, card.previous]).toEqual([
      person.person,
      person.seal.publicKey,
      person.sign.publicKey,
      1,
      null,
    ]);
  });
  it("of someone else are refused at unlocking", async () => {
    const [mine, theirs] = [await newPerson(), await newPerson()];
    await expect(openPerson(mine, theirs.card)).rejects.toMatchObject({ code: "card-mismatch" });
  });
  it("re-signed by another key are refused", async () => {
    const { card } = await newPerson();
    const thief = await signKeyPair(new Uint8Array(32).fill(3));
    const payload = readStatement(card);
    await expect(verifyPersonCard(await signStatement(PERSON_CARD, Object(payload), thief))).rejects.toMatchObject({ code: "signature-invalid" });
  });
});

it("digests pieces as it digests the whole (FIPS 180-4 'abc')", async () => {
  const pieces = (async function* () {
    yield utf8("a");
    yield utf8("bc");
  })();
  expect(await digestOf(pieces)).toBe(toBase64Url(hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")));
  expect(await digestOf(utf8("abc"))).toBe("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
});
