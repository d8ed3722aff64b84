/** Hand-over: HPKE with MLKEM768-X25519, held against hpke's own KEM, against X-Wing, and against every wrong context. */
import { XWing } from "@noble/post-quantum/hybrid.js";
import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_MLKEM768_X25519 } from "hpke";
import { describe, expect, it } from "vitest";
import { fromBase64Url, toBase64Url } from "./bytes.ts";
import { contextBytes } from "./handover.ts";
import { generateSeed, handOver, type HandOver, isSealedKey, sealKeyPair, takeOver } from "./index.ts";
import { hybridKem, keyPairFromSeed, mlKemProvider } from "./kem.ts";
import { hkdfInPlace } from "./suite.ts";
import vector from "./vectors/sealed-key.json" with { type: "json" };

const context: HandOver = { purpose: "dossier", subject: "01890a5d-ac96-774b-bcce-b302099a8058", to: "01890a5d-ac96-774b-bcce-b302099a805a/3" };

describe("MLKEM768-X25519", () => {
  it("has the public key of draft-connolly-cfrg-xwing-kem, appendix C, vector 1", async () => {
    const seed = Uint8Array.from(Buffer.from("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26", "hex"));
    const bytes = Buffer.from((await keyPairFromSeed(seed)).publicKey.publicBytes).toString("hex");
    expect(bytes.slice(0, 64)).toBe("e2236b35a8c24b39b10aa1323a96a919a2ced88400633a7b07131713fc14b2b5");
    expect(bytes.slice(-64)).toBe("859edb06eff389b27dce59844570216223593d4ba32d9abac8cd049040ef6534");
  });
  it("agrees with @noble/post-quantum's X-Wing both ways", async () => {
    const kem = hybridKem();
    const seed = generateSeed();
    const theirs = XWing.keygen(seed);
    const ours = await keyPairFromSeed(seed);
    expect(ours.publicKey.publicBytes).toEqual(Uint8Array.from(theirs.publicKey));
    const { enc, shared_secret } = await kem.Encap(ours.publicKey);
    expect(Uint8Array.from(XWing.decapsulate(enc, theirs.secretKey))).toEqual(Uint8Array.from(shared_secret));
    const { cipherText, sharedSecret } = XWing.encapsulate(theirs.publicKey);
    expect(Uint8Array.from(await kem.Decap(cipherText, ours.privateKey, undefined))).toEqual(Uint8Array.from(sharedSecret));
  });
  it.each(["runtime", "noble"] as const)("agrees with hpke's own KEM and KDF, ML-KEM by %s", async (provider) => {
    if (provider === "runtime") expect(await mlKemProvider()).toBe("runtime");
    const native = new CipherSuite(KEM_MLKEM768_X25519, KDF_HKDF_SHA256, AEAD_AES_256_GCM);
    const suite = new CipherSuite(() => hybridKem(provider), hkdfInPlace, AEAD_AES_256_GCM);
    const seed = generateSeed();
    const info = contextBytes(context);
    const secret = generateSeed();
    const ours = await keyPairFromSeed(seed, provider);
    const theirs = await native.DeserializePrivateKey(seed);
    const there = await suite.Seal(ours.publicKey, secret, { info });
    expect(Uint8Array.from(await native.Open(theirs, there.encapsulatedSecret, there.ciphertext, { info }))).toEqual(secret);
    const back = await native.Seal(await native.DeserializePublicKey(ours.publicKey.publicBytes), secret, { info });
    expect(Uint8Array.from(await suite.Open(ours, back.encapsulatedSecret, back.ciphertext, { info }))).toEqual(secret);
  });
  it("keeps private halves where no export reaches them", async () => {
    const { privateKey } = await keyPairFromSeed(generateSeed());
    expect(privateKey.pq).toBeInstanceOf(CryptoKey);
    expect([privateKey.curve.extractable, privateKey.pq instanceof CryptoKey && privateKey.pq.extractable]).toEqual([false, false]);
  });
});

describe("hand-over", () => {
  it("opens what was sealed when the vector was made", async () => {
    const key = await sealKeyPair(fromBase64Url(vector.seed, "seed"));
    expect(key.publicKey).toBe(vector.publicKey);
    expect(toBase64Url(await takeOver(vector.sealed, key, { ...context, subject: vector.context.subject, to: vector.context.to }))).toBe(vector.secret);
  });
  it("is spelled as the directory contract says", async () => {
    const { publicKey } = await sealKeyPair(generateSeed());
    for (const length of [16, 32, 64, 256]) {
      const sealed = await handOver(new Uint8Array(length), publicKey, context);
      expect(sealed).toMatch(/^h1\.[A-Za-z0-9_-]{1400,12000}$/);
      expect(isSealedKey(sealed)).toBe(true);
    }
    expect(isSealedKey("h1.AAAA")).toBe(false);
    expect(isSealedKey("h2" + vector.sealed.slice(2))).toBe(false);
  });
  it("is refused under every other context, another key, and altered anywhere", async () => {
    const key = await sealKeyPair(generateSeed());
    const sealed = await handOver(generateSeed(), key.publicKey, context);
    const wrong: HandOver[] = [
      { ...context, purpose: "item" },
      { ...context, subject: `${context.subject}/main` },
      { ...context, to: context.subject },
      { ...context, subject: context.to, to: context.subject },
    ];
    for (const other of wrong) await expect(takeOver(sealed, key, other)).rejects.toMatchObject({ code: "hand-over-refused" });
    await expect(takeOver(sealed, await sealKeyPair(generateSeed()), context)).rejects.toMatchObject({ code: "hand-over-refused" });
    const bytes = fromBase64Url(sealed.slice(3), "sealed");
    for (const at of [0, 500, 1087, 1088, 1119, 1120, bytes.length - 1]) {
      const altered = bytes.slice();
      altered[at] = (altered[at] ?? 0) ^ 1;
      await expect(takeOver(`h1.${toBase64Url(altered)}`, key, context)).rejects.toMatchObject({ code: "hand-over-refused" });
    }
  });
  it("refuses contexts that could be spelled two ways, and secrets that are none", async () => {
    const { publicKey } = await sealKeyPair(generateSeed());
    await expect(handOver(generateSeed(), publicKey, { ...context, subject: "a\nb" })).rejects.toMatchObject({ code: "context-malformed" });
    await expect(handOver(generateSeed(), publicKey, { ...context, to: "" })).rejects.toMatchObject({ code: "context-malformed" });
    await expect(handOver(new Uint8Array(8), publicKey, context)).rejects.toMatchObject({ code: "length-mismatch" });
    await expect(handOver(generateSeed(), "AAAA", context)).rejects.toMatchObject({ code: "key-malformed" });
  });
});
