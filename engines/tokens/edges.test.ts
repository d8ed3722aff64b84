/** Where each rule about tokens begins and ends, told by bytes and by OpenSSL alone, so that no key has to be made for it. Run by vitest only. */
import { constants, createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { blind } from "./blind.ts";
import { compareBytes, fromBase64Url } from "./encoding.ts";
import {
  decodePending,
  decodeToken,
  encodePending,
  encodeToken,
  finishToken,
  keyOfStratum,
  readKeyStatement,
  requestToken,
  TokenError,
  tokenKey,
  writeKeyStatement,
  type TokenKey,
} from "./index.ts";
import { checkLabel, modulusOf, parseTokenKeyId, spkiOf } from "./key.ts";
import { signatureHolds, signBlinded, TokenVerifier, type IssuerKey } from "./server.ts";

const coded = (code: string) => expect.objectContaining({ name: "TokenError", code });
/** An odd number with its top bit set: no one knows its factors, and nobody needs them here. */
const modulus = (bytes: number): Uint8Array<ArrayBuffer> => new Uint8Array(bytes).fill(0xab).with(0, 0x80);
const bigger = (bytes: number): Uint8Array<ArrayBuffer> => new Uint8Array(bytes).fill(0xab).with(0, 0x81);

afterEach(() => void vi.restoreAllMocks());

describe("a public key", () => {
  it.each([256, 384, 512])("of a modulus of %i bytes is the one OpenSSL spells, and is read back", (bytes) => {
    const jwk = { kty: "RSA", n: Buffer.from(modulus(bytes)).toString("base64url"), e: "AQAB" };
    expect(Buffer.from(spkiOf(modulus(bytes))).equals(createPublicKey({ key: jwk, format: "jwk" }).export({ format: "der", type: "spki" }))).toBe(true);
    expect(modulusOf(spkiOf(modulus(bytes)))).toEqual(modulus(bytes));
  });
  it("with a byte of what is fixed changed, a small or even modulus, another size, or cut off, is none", () => {
    const spki = spkiOf(modulus(256));
    const head = spki.length - 256 - 5;
    for (let at = 0; at < head; at += 1) expect(() => modulusOf(spki.with(at, (spki[at] ?? 0) ^ 1)), `byte ${at}`).toThrow(coded("key-malformed"));
    for (let at = head + 256; at < spki.length; at += 1)
      expect(() => modulusOf(spki.with(at, (spki[at] ?? 0) ^ 1)), `byte ${at}`).toThrow(coded("key-malformed"));
    expect(() => modulusOf(spki.with(head, 0x7f))).toThrow(coded("key-malformed"));
    expect(() => modulusOf(spki.with(head + 255, 0xaa))).toThrow(coded("key-malformed"));
    for (const end of [0, 1, head, spki.length - 1]) expect(() => modulusOf(spki.subarray(0, end))).toThrow(coded("key-malformed"));
    for (const bytes of [0, 128, 255, 257, 1024]) expect(() => spkiOf(modulus(Math.max(bytes, 1)).subarray(0, bytes))).toThrow(coded("key-malformed"));
  });
  it("is named by 43 characters", () => {
    expect(parseTokenKeyId("A".repeat(43))).toBe("A".repeat(43));
    for (const text of ["", "A".repeat(42), "A".repeat(44), `${"A".repeat(42)}B`, `${"A".repeat(42)}=`])
      expect(() => parseTokenKeyId(text)).toThrow(coded("key-malformed"));
  });
  it("that is malformed gets no blinded message, and a blinding that fails says so", async () => {
    const key = await tokenKey("2026", "raadslid", spkiOf(modulus(256)));
    await expect(requestToken({ ...key, spki: key.spki.slice(1) })).rejects.toThrow(coded("key-malformed"));
    vi.spyOn(crypto, "getRandomValues").mockImplementation(() => {
      throw new Error("no chance today");
    });
    await expect(blind("RSABSSA-SHA384-PSS-Randomized", key.spki, new Uint8Array(64))).rejects.toThrow(coded("blinding-failed"));
  });
});

describe("a name of a wave or stratum", () => {
  it.each(["a", "7", "é", "Fryslân (Friesland)", "raadslid/gemeente/Utrecht/50-100", "a+", "A".repeat(200), "ア".repeat(200)])("may be %s", (name) => {
    expect(() => checkLabel("wave", name)).not.toThrow();
  });
  it.each(["", "-", "a-", "a.", "(a", "A".repeat(201), "a\tb", "a\n", "\u212b", "a\u212b", "e\u0301", "\u1f71"])("may not be %j", (name) => {
    expect(() => checkLabel("stratum", name)).toThrow(coded("label-malformed"));
  });
});

describe("a key statement", () => {
  let key: TokenKey;
  let lines: string[];
  const read = async (text: string | Uint8Array) => readKeyStatement(typeof text === "string" ? new TextEncoder().encode(text) : text);
  beforeAll(async () => {
    key = await tokenKey("ア".repeat(200), "raadslid", spkiOf(modulus(512)));
    lines = new TextDecoder().decode(writeKeyStatement(key)).split("\n");
  });
  it("is five lines: form, wave, stratum, variant and key", async () => {
    expect(lines).toEqual(["rugdekking/token-key@v1", key.wave, "raadslid", "RSABSSA-SHA384-PSS-Randomized", Buffer.from(key.spki).toString("base64url"), ""]);
    expect(await read(lines.join("\n"))).toEqual(key);
  });
  it("with a line too few, a line too many, a byte-order mark, a key that is no base64url, or bytes that are no text, is none", async () => {
    const text = lines.join("\n");
    for (let line = 0; line < lines.length; line += 1) {
      await expect(read(lines.toSpliced(line, 1).join("\n"))).rejects.toThrow(TokenError);
      await expect(read(lines.slice(0, line).join("\n"))).rejects.toThrow(coded("key-malformed"));
    }
    const bytes = new TextEncoder().encode(text);
    const wrong = [
      `\ufeff${text}`,
      `${text}\n`,
      `${text}x`,
      lines.with(4, "*").join("\n"),
      lines.with(4, `${lines[4] ?? ""}=`).join("\n"),
      bytes.with(24, 0xff),
      bytes.with(bytes.length - 2, 0xff),
    ];
    for (const one of wrong) await expect(read(one)).rejects.toThrow(coded("key-malformed"));
  });
});

describe("the one key of a stratum", () => {
  it("may be listed twice, and may not serve another stratum of the same wave", async () => {
    const [key, other] = [await tokenKey("2026", "raadslid", spkiOf(modulus(256))), await tokenKey("2026", "wethouder", spkiOf(bigger(256)))];
    expect(keyOfStratum([other, key, { ...key }], "2026", "raadslid")).toBe(key);
    expect(() => keyOfStratum([key, { ...key, stratum: "wethouder" }], "2026", "raadslid")).toThrow(coded("key-ambiguous"));
    expect(() => keyOfStratum([key, { ...key, wave: "2028" }], "2026", "raadslid")).toThrow(coded("key-ambiguous"));
    expect(() => keyOfStratum([key], "2026", "wethouder")).toThrow(coded("key-missing"));
  });
});

describe("a token's text", () => {
  const keyId = parseTokenKeyId("A".repeat(43));
  const token = (prepared: number, signature: number) => ({ keyId, prepared: new Uint8Array(prepared).fill(1), signature: new Uint8Array(signature).fill(2) });
  it.each([256, 384, 512])("holds version, key, message and a signature of %i bytes", (length) => {
    const text = encodeToken(token(64, length));
    const bytes = Buffer.from(text, "base64url");
    expect([bytes.length, bytes[0], bytes[33], bytes[96], bytes[97]]).toEqual([97 + length, 1, 1, 1, 2]);
    expect(decodeToken(text)).toEqual(token(64, length));
    for (const version of [0, 2])
      expect(() => decodeToken(Buffer.from(bytes.map((byte, at) => (at === 0 ? version : byte))).toString("base64url"))).toThrow(coded("token-malformed"));
  });
  it("is not made of anything else", () => {
    for (const [prepared, signature] of [
      [63, 256],
      [65, 256],
      [64, 255],
      [64, 257],
      [64, 0],
      [63, 257],
      [65, 255],
    ] as const)
      expect(() => encodeToken(token(prepared, signature))).toThrow(coded("token-malformed"));
  });
});

describe("a pending token's text", () => {
  const pending = (length: number) => ({
    keyId: parseTokenKeyId("A".repeat(43)),
    prepared: new Uint8Array(64).fill(1),
    inverse: new Uint8Array(length).fill(2),
    blinded: new Uint8Array(length).fill(3),
  });
  it.each([256, 384, 512])("comes back as it was at %i bytes of modulus, and of another version or length is none", (length) => {
    const text = encodePending(pending(length));
    expect(decodePending(text)).toEqual(pending(length));
    const bytes = Buffer.from(text, "base64url");
    for (const version of [0, 2])
      expect(() => decodePending(Buffer.from(bytes.map((byte, at) => (at === 0 ? version : byte))).toString("base64url"))).toThrow(coded("pending-malformed"));
    for (const end of [0, 1, 97, bytes.length - 1, bytes.length - 2])
      expect(() => decodePending(bytes.subarray(0, end).toString("base64url"))).toThrow(coded("pending-malformed"));
  });
  it("is finished under the key that it was asked under", async () => {
    const key = await tokenKey("2026", "raadslid", spkiOf(modulus(256)));
    await expect(finishToken(key, pending(256), new Uint8Array(256))).rejects.toThrow(coded("key-missing"));
  });
});

describe("bytes", () => {
  it("compare as numbers of one length do, and then by length", () => {
    const order = (a: number[], b: number[]) => Math.sign(compareBytes(Uint8Array.from(a), Uint8Array.from(b)));
    expect([order([1, 2], [1, 2]), order([1, 3], [1, 2]), order([1, 2], [1, 3]), order([2, 0], [1, 9]), order([1], [1, 0]), order([1, 0], [1])]).toEqual([
      0, 1, -1, 1, -1, 1,
    ]);
  });
  it("are read from base64url that is canonical, and from nothing else", () => {
    expect(fromBase64Url("-_8")).toEqual(Uint8Array.of(0xfb, 0xff));
    for (const text of ["A", "AB", "AA=", "+/8", "A A", "AA\n"]) expect(fromBase64Url(text)).toBeNull();
  });
});

describe("an issuer's key", () => {
  let secret: KeyObject;
  let key: TokenKey;
  beforeAll(async () => {
    ({ privateKey: secret } = generateKeyPairSync("rsa", { modulusLength: 2048 }));
    key = await tokenKey("2026", "raadslid", createPublicKey(secret).export({ format: "der", type: "spki" }));
  });
  it("names a token by domain, key and message, so that the same message under another key is another token", () => {
    const prepared = new Uint8Array(64).fill(9);
    // OpenSSL's own PSS signature stands for one that was unblinded.
    const signature = new Uint8Array(signed(secret, prepared));
    const spent = new TokenVerifier([key]).verify(encodeToken({ keyId: key.id, prepared, signature }));
    const id = createHash("sha256").update(key.spki).digest();
    expect(spent).toEqual({
      keyId: id.toString("base64url"),
      wave: "2026",
      stratum: "raadslid",
      spend: createHash("sha256").update("rugdekking/token-spend@v1\n").update(id).update(prepared).digest("base64url"),
    });
  });
  it("verifies a signature of the length of its modulus and below it, and no other", () => {
    const prepared = new Uint8Array(64).fill(9);
    const signature = new Uint8Array(signed(secret, prepared));
    expect(signatureHolds(key.spki, prepared, signature)).toBe(true);
    for (const wrong of [
      new Uint8Array(0),
      signature.subarray(1),
      Uint8Array.of(0, ...signature),
      Uint8Array.of(...signature, 0),
      new Uint8Array(256).fill(0xff),
      modulusOf(key.spki),
    ])
      expect(signatureHolds(key.spki, prepared, wrong)).toBe(false);
    expect(signatureHolds(key.spki, prepared, signature, 0)).toBe(false);
    expect(() => signatureHolds(key.spki.subarray(1), prepared, signature)).toThrow(coded("key-malformed"));
  });
  it("that is damaged gives out no signature: neither one that does not hold, nor the runtime's own error", async () => {
    const jwk = secret.export({ format: "jwk" });
    const off = (part: string | undefined): string => {
      const bytes = Buffer.from(part ?? "", "base64url");
      bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 2;
      return bytes.toString("base64url");
    };
    const damaged = createPrivateKey({ key: { ...jwk, d: off(jwk.d), dp: off(jwk.dp), dq: off(jwk.dq) }, format: "jwk" });
    expect(() => signBlinded({ key, secret: damaged }, new Uint8Array(256).fill(1))).toThrow(coded("signing-failed"));
    // A number below the modulus that is published and above that of the key itself.
    const large: IssuerKey = { key: await tokenKey("2026", "raadslid", spkiOf(new Uint8Array(256).fill(0xff))), secret };
    expect(() => signBlinded(large, new Uint8Array(256).fill(0xff).with(255, 0xfe))).toThrow(coded("signing-failed"));
  });
});

/** RSASSA-PSS with SHA-384 and 48 bytes of salt, by OpenSSL. */
function signed(secret: KeyObject, message: Uint8Array): Buffer {
  return sign("sha384", message, { key: secret, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 });
}
