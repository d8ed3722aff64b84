/** What a token promises: one for one, of one stratum, unlinkable, and refused when anything about it is wrong. Run by vitest only. */
import { generateKeyPairSync, randomBytes } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
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
  tokenErrorCodes,
  tokenKey,
  writeKeyStatement,
  type Token,
  type TokenErrorCode,
} from "./index.ts";
import { modulusOf } from "./key.ts";
import { exportIssuerKey, generateIssuerKey, importIssuerKey, openIssuerKey, sealIssuerKey, signBlinded, TokenVerifier, type IssuerKey } from "./server.ts";

let mayors: IssuerKey;
let councillors: IssuerKey;
let verifier: TokenVerifier;

/** The whole road of one token. */
async function collect(issuer: IssuerKey): Promise<Token> {
  const pending = await requestToken(issuer.key);
  return finishToken(issuer.key, pending, signBlinded(issuer, pending.blinded));
}

/** The code a refusal carries; the test fails when there is none or it is no refusal of ours. */
async function refusal(work: () => unknown): Promise<TokenErrorCode> {
  try {
    await work();
  } catch (error) {
    if (error instanceof TokenError) return error.code;
    throw error;
  }
  throw new Error("it was accepted");
}

const number = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
const ofNumber = (value: bigint, length: number): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(value.toString(16).padStart(length * 2, "0"), "hex"));

beforeAll(async () => {
  // 2048 bits keep the tests quick; nothing below depends on the size.
  mayors = await generateIssuerKey("2026", "burgemeester/Utrecht", 2048);
  councillors = await generateIssuerKey("2026", "raadslid/Utrecht", 2048);
  verifier = new TokenVerifier([mayors.key, councillors.key]);
});

describe("a token", () => {
  it("carries its stratum and wave to the verifier, and nothing the issuer saw", async () => {
    const pending = await requestToken(mayors.key);
    const answer = signBlinded(mayors, pending.blinded);
    const text = encodeToken(await finishToken(mayors.key, pending, answer));
    expect(verifier.verify(text)).toMatchObject({ wave: "2026", stratum: "burgemeester/Utrecht", keyId: mayors.key.id });
    const bytes = Buffer.from(text, "base64url");
    for (const seen of [pending.blinded, answer]) expect(bytes.includes(Buffer.from(seen).subarray(0, 16))).toBe(false);
  });

  it("fits every request of its stratum equally well: for any issued signature there is a blinding that leads to it", async () => {
    // Perfect blindness: given a finished signature s and any blinded message b the issuer signed, r = b / m^… exists; here it is found and checked for every pair.
    const n = number(modulusOf(mayors.key.spki));
    const power = (base: bigint, exponent: bigint): bigint => {
      let [result, square, left] = [1n, base % n, exponent];
      for (; left > 0n; left >>= 1n) {
        if ((left & 1n) === 1n) result = (result * square) % n;
        square = (square * square) % n;
      }
      return result;
    };
    const inverse = (x: bigint): bigint => {
      let [a, b, s, t] = [x, n, 1n, 0n];
      while (b !== 0n) [a, b, s, t] = [b, a % b, t, s - (a / b) * t];
      return ((s % n) + n) % n;
    };
    const issued = [];
    const finished = [];
    for (let one = 0; one < 3; one += 1) {
      const pending = await requestToken(mayors.key);
      const answer = signBlinded(mayors, pending.blinded);
      issued.push({ blinded: number(pending.blinded), answer: number(answer) });
      finished.push(number((await finishToken(mayors.key, pending, answer)).signature));
    }
    for (const { blinded, answer } of issued) {
      for (const signature of finished) {
        const factor = (answer * inverse(signature)) % n;
        expect((power(factor, 65_537n) * power(signature, 65_537n)) % n).toBe(blinded);
      }
    }
  });

  it("has one name in the one-time table, however often and under whatever signature it comes", async () => {
    const pending = await requestToken(mayors.key);
    const answer = signBlinded(mayors, pending.blinded);
    const first = verifier.verify(encodeToken(await finishToken(mayors.key, pending, answer)));
    const again = verifier.verify(encodeToken(await finishToken(mayors.key, pending, signBlinded(mayors, pending.blinded))));
    expect(again.spend).toBe(first.spend);
    expect(first.spend).toMatch(/^[\w-]{43}$/u);
    expect(verifier.verify(encodeToken(await collect(mayors))).spend).not.toBe(first.spend);
  });

  it("has 481 bytes at the size that is issued, and survives being kept on a device in between", async () => {
    const issuer = await generateIssuerKey("2026", "wethouder/Friesland (Fryslân)");
    const pending = decodePending(encodePending(await requestToken(issuer.key)));
    const back = importIssuerKey(issuer.key, exportIssuerKey(issuer));
    const text = encodeToken(await finishToken(issuer.key, pending, signBlinded(back, pending.blinded)));
    expect(Buffer.from(text, "base64url")).toHaveLength(481);
    expect(new TokenVerifier([issuer.key]).verify(text).stratum).toBe("wethouder/Friesland (Fryslân)");
  });
});

describe("misuse is refused, each with its own code", () => {
  it("a token signed by the key of another stratum", async () => {
    const pending = await requestToken(mayors.key);
    expect(await refusal(() => finishToken(mayors.key, pending, signBlinded(councillors, belowOf(councillors, pending.blinded))))).toBe("signature-invalid");
    const token = await collect(councillors);
    expect(await refusal(() => verifier.verify(encodeToken({ ...token, keyId: mayors.key.id })))).toBe("signature-invalid");
  });

  it("a token of a stratum that is not open", async () => {
    const text = encodeToken(await collect(councillors));
    expect(await refusal(() => new TokenVerifier([mayors.key]).verify(text))).toBe("key-missing");
  });

  it("a pending token finished under another key", async () => {
    const pending = await requestToken(mayors.key);
    expect(await refusal(() => finishToken(councillors.key, pending, new Uint8Array(256)))).toBe("key-missing");
  });

  it("an answer that belongs to another request", async () => {
    const [one, other] = [await requestToken(mayors.key), await requestToken(mayors.key)];
    expect(await refusal(() => finishToken(mayors.key, one, signBlinded(mayors, other.blinded)))).toBe("signature-invalid");
  });

  it("an answer of another length", async () => {
    const pending = await requestToken(mayors.key);
    const answer = signBlinded(mayors, pending.blinded);
    for (const wrong of [answer.subarray(1), new Uint8Array(0), new Uint8Array(257)]) {
      expect(await refusal(() => finishToken(mayors.key, pending, wrong))).toBe("response-malformed");
    }
  });

  it("a blinded message that is too short, too long, zero, n or above", async () => {
    const n = number(modulusOf(mayors.key.spki));
    const wrong = [
      new Uint8Array(0),
      new Uint8Array(255).fill(1),
      new Uint8Array(257),
      new Uint8Array(256),
      ofNumber(n, 256),
      ofNumber(n + 1n, 256),
      new Uint8Array(256).fill(255),
    ];
    for (const blinded of wrong) expect(await refusal(() => signBlinded(mayors, blinded))).toBe("blinded-malformed");
    expect(signBlinded(mayors, ofNumber(n - 1n, 256))).toEqual(ofNumber(n - 1n, 256));
  });

  it("a signature s spelled as s + n, so that a token has one spelling", async () => {
    const n = number(modulusOf(mayors.key.spki));
    for (let tries = 0; tries < 64; tries += 1) {
      const token = await collect(mayors);
      const more = number(token.signature) + n;
      if (more >= 1n << 2048n) continue;
      expect(await refusal(() => verifier.verify(encodeToken({ ...token, signature: ofNumber(more, 256) })))).toBe("signature-invalid");
      return;
    }
    throw new Error("no signature left room for n above it");
  });

  it("a token that was changed in one bit anywhere, cut off, extended or spelled otherwise", async () => {
    const text = encodeToken(await collect(mayors));
    const bytes = Buffer.from(text, "base64url");
    for (let at = 0; at < bytes.length; at += 7) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      expect(["token-malformed", "key-missing", "signature-invalid"]).toContain(await refusal(() => verifier.verify(changed.toString("base64url"))));
    }
    for (const wrong of ["", text.slice(0, -1), text.slice(0, -4), `${text}A`, `${text}=`, ` ${text}`, text.replace(/.$/u, "*"), text.repeat(3)]) {
      expect(await refusal(() => verifier.verify(wrong))).toBe("token-malformed");
    }
  });

  it("a token made up without the issuer", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), fc.uint8Array({ minLength: 256, maxLength: 256 }), (prepared, signature) => {
        const text = encodeToken({ keyId: mayors.key.id, prepared: Uint8Array.from(prepared), signature: Uint8Array.from(signature) });
        expect(() => verifier.verify(text)).toThrow(TokenError);
      }),
      { numRuns: 30 },
    );
  });

  it("two tokens multiplied into a third", async () => {
    const n = number(modulusOf(mayors.key.spki));
    const [a, b] = [await collect(mayors), await collect(mayors)];
    const product = ofNumber((number(a.signature) * number(b.signature)) % n, 256);
    for (const { prepared } of [a, b])
      expect(await refusal(() => verifier.verify(encodeToken({ keyId: mayors.key.id, prepared, signature: product })))).toBe("signature-invalid");
  });

  it("a private key beside another public one, or no key at all", async () => {
    expect(await refusal(() => importIssuerKey(mayors.key, exportIssuerKey(councillors)))).toBe("secret-malformed");
    const under = new Uint8Array(32).fill(7);
    const sealed = sealIssuerKey(mayors, under, "here");
    expect(sealIssuerKey(mayors, under, "here")).not.toBe(sealed);
    expect(exportIssuerKey(openIssuerKey(mayors.key, sealed, under, "here"))).toEqual(exportIssuerKey(mayors));
    const changed = `${sealed.slice(0, 60)}${sealed[60] === "A" ? "B" : "A"}${sealed.slice(61)}`;
    for (const [key, text, with_, place] of [
      [mayors.key, sealed, new Uint8Array(32), "here"],
      [mayors.key, sealed, under, "there"],
      [councillors.key, sealed, under, "here"],
      [mayors.key, changed, under, "here"],
      [mayors.key, "", under, "here"],
    ] as const)
      expect(await refusal(() => openIssuerKey(key, text, with_, place))).toBe("secret-malformed");
    expect(await refusal(() => importIssuerKey(mayors.key, randomBytes(1200)))).toBe("secret-malformed");
    const ed25519 = generateKeyPairSync("ed25519").privateKey.export({ format: "der", type: "pkcs8" });
    expect(await refusal(() => importIssuerKey(mayors.key, ed25519))).toBe("secret-malformed");
  });

  it("what was kept of a request and is cut off", async () => {
    const kept = encodePending(await requestToken(mayors.key));
    for (const wrong of ["", kept.slice(0, -2), `${kept}AAAA`, "x".repeat(3000)]) expect(await refusal(() => decodePending(wrong))).toBe("pending-malformed");
  });
});

describe("published keys", () => {
  it("come back from their statement, which has one spelling", async () => {
    const statement = writeKeyStatement(mayors.key);
    expect(await readKeyStatement(statement)).toEqual(mayors.key);
    expect(writeKeyStatement(await readKeyStatement(statement))).toEqual(statement);
  });

  it("are refused when the statement says anything else", async () => {
    const text = new TextDecoder().decode(writeKeyStatement(mayors.key));
    const wrong = [
      text.slice(0, -1),
      `${text}\n`,
      text.replace("@v1", "@v2"),
      text.replace("Randomized", "Deterministic"),
      text.replace("2026", " 2026"),
      "",
      text.replaceAll("\n", "\r\n"),
    ];
    for (const one of wrong) expect(["key-malformed", "label-malformed"]).toContain(await refusal(() => readKeyStatement(new TextEncoder().encode(one))));
    expect(await refusal(() => readKeyStatement(Uint8Array.of(0xff, 0xfe)))).toBe("key-malformed");
    expect(await refusal(() => readKeyStatement(new Uint8Array(5000)))).toBe("key-malformed");
  });

  it("must be RSA keys of an accepted size with exponent 65537 and nothing behind them", async () => {
    const spki = (type: "rsa", options: { modulusLength: number; publicExponent?: number }) =>
      generateKeyPairSync(type, options).publicKey.export({ format: "der", type: "spki" });
    const wrong = [
      spki("rsa", { modulusLength: 1024 }),
      spki("rsa", { modulusLength: 2048, publicExponent: 3 }),
      Buffer.concat([mayors.key.spki, Buffer.from([0])]),
      new Uint8Array(0),
    ];
    for (const one of wrong) expect(await refusal(() => tokenKey("2026", "raadslid", one))).toBe("key-malformed");
    const even = Uint8Array.from(mayors.key.spki);
    even[even.length - 6] = (even[even.length - 6] ?? 0) & 0xfe;
    expect(await refusal(() => tokenKey("2026", "raadslid", even))).toBe("key-malformed");
  });

  it("must be one per stratum and wave, the same for all: a second key is a way to recognise who was given it", async () => {
    expect(keyOfStratum([mayors.key, councillors.key], "2026", "raadslid/Utrecht")).toBe(councillors.key);
    expect(await refusal(() => keyOfStratum([mayors.key], "2028", "burgemeester/Utrecht"))).toBe("key-missing");
    const marked = { ...councillors.key, stratum: mayors.key.stratum };
    expect(await refusal(() => keyOfStratum([mayors.key, marked], "2026", mayors.key.stratum))).toBe("key-ambiguous");
    expect(await refusal(() => keyOfStratum([mayors.key, { ...mayors.key, wave: "2028" }], "2026", mayors.key.stratum))).toBe("key-ambiguous");
    expect(await refusal(() => new TokenVerifier([mayors.key, { ...mayors.key, wave: "2028" }]))).toBe("key-ambiguous");
  });

  it("have names without control characters, look-alike spellings or padding", async () => {
    for (const wrong of ["", " a", "a ", "a\nb", "a\u0000", "e\u0301e\u0301", "x".repeat(201), "a\u202eb"]) {
      expect(await refusal(() => tokenKey("2026", wrong, mayors.key.spki))).toBe("label-malformed");
      expect(await refusal(() => tokenKey(wrong, "raadslid", mayors.key.spki))).toBe("label-malformed");
    }
  });
});

describe("parsers", () => {
  it("answer any text with a value or an error of the closed list", () => {
    const codes = new Set<string>(tokenErrorCodes);
    for (const parse of [decodeToken, decodePending]) {
      fc.assert(
        fc.property(
          fc.oneof(
            fc.string(),
            fc.uint8Array({ maxLength: 700 }).map((bytes) => Buffer.from(bytes).toString("base64url")),
          ),
          (text) => {
            try {
              parse(text);
            } catch (error) {
              expect(error instanceof TokenError && codes.has(error.code)).toBe(true);
            }
          },
        ),
        { numRuns: 300 },
      );
    }
  });
});

/** The blinded message, brought below the modulus of another key so that this key signs it at all. */
function belowOf(issuer: IssuerKey, blinded: Uint8Array): Uint8Array {
  return ofNumber(number(blinded) % number(modulusOf(issuer.key.spki)), blinded.length);
}
