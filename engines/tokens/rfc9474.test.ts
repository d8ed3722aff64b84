/** Appendix A of RFC 9474, one test per variant and step: our client's half, our issuer's half and the verification give the published bytes. Run by vitest only. */
import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { Type } from "typebox";
import { Parse } from "typebox/value";
import { afterEach, describe, expect, it, vi } from "vitest";
import { blind, finalize, prepare } from "./blind.ts";
import { modulusOf, spkiOf } from "./key.ts";
import { signatureHolds, signBlinded, tokenKey, type IssuerKey } from "./server.ts";

const hex = Type.String();
const Vector = Type.Object({
  name: Type.Union([
    Type.Literal("RSABSSA-SHA384-PSS-Randomized"),
    Type.Literal("RSABSSA-SHA384-PSSZERO-Randomized"),
    Type.Literal("RSABSSA-SHA384-PSS-Deterministic"),
    Type.Literal("RSABSSA-SHA384-PSSZERO-Deterministic"),
  ]),
  p: hex,
  q: hex,
  n: hex,
  d: hex,
  msg: hex,
  msg_prefix: hex,
  input_msg: hex,
  salt: hex,
  inv: hex,
  blinded_msg: hex,
  blind_sig: hex,
  sig: hex,
});
const vectors = Parse(Type.Array(Vector), JSON.parse(readFileSync(new URL("vectors/rfc9474.json", import.meta.url), "utf8")));

const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text.replace(/^0x/u, ""), "hex"));
const number = (text: string): bigint => BigInt(`0x${text.replace(/^0x/u, "")}`);
const ofNumber = (value: bigint, length: number): Uint8Array<ArrayBuffer> => bytes(value.toString(16).padStart(length * 2, "0"));

/** x^-1 mod n, by the extended Euclidean algorithm. */
function inverse(x: bigint, n: bigint): bigint {
  let [a, b, s, t] = [x, n, 1n, 0n];
  while (b !== 0n) [a, b, s, t] = [b, a % b, t, s - (a / b) * t];
  return ((s % n) + n) % n;
}

/** Gives the vectors' random values, in the order in which they are drawn. */
function drawing(...values: readonly Uint8Array[]): void {
  const queue = [...values];
  vi.spyOn(crypto, "getRandomValues").mockImplementation((into) => {
    const next = queue.shift();
    if (next === undefined || !(into instanceof Uint8Array) || into.length !== next.length) throw new Error("another value was drawn than the vector gives");
    into.set(next);
    return into;
  });
}

afterEach(() => void vi.restoreAllMocks());

describe.each(vectors)("RFC 9474 appendix A, $name", (vector) => {
  const n = number(vector.n);
  const modulus = bytes(vector.n);
  const spki = spkiOf(modulus);
  const saltLength = vector.salt === "" ? 0 : 48;

  it("prepares the message", () => {
    drawing(bytes(vector.msg_prefix));
    expect(prepare(vector.name, bytes(vector.msg))).toEqual(bytes(vector.input_msg));
  });

  it("blinds it", async () => {
    drawing(bytes(vector.salt), ofNumber(inverse(number(vector.inv), n), modulus.length));
    const made = await blind(vector.name, spki, bytes(vector.input_msg));
    expect(made.blinded).toEqual(bytes(vector.blinded_msg));
    expect(made.inverse).toEqual(bytes(vector.inv));
  });

  it("signs it blindly", async () => {
    const [p, q, d] = [number(vector.p), number(vector.q), number(vector.d)];
    const url = (value: bigint, length: number): string => Buffer.from(ofNumber(value, length)).toString("base64url");
    const half = modulus.length / 2;
    const jwk = {
      kty: "RSA",
      n: url(n, modulus.length),
      e: "AQAB",
      d: url(d, modulus.length),
      p: url(p, half),
      q: url(q, half),
      dp: url(d % (p - 1n), half),
      dq: url(d % (q - 1n), half),
      qi: url(inverse(q, p), half),
    };
    const issuer: IssuerKey = { key: await tokenKey("2026", "vector", spki), secret: createPrivateKey({ key: jwk, format: "jwk" }) };
    expect(signBlinded(issuer, bytes(vector.blinded_msg))).toEqual(bytes(vector.blind_sig));
  });

  it("finalizes it", async () => {
    expect(await finalize(vector.name, spki, bytes(vector.input_msg), bytes(vector.blind_sig), bytes(vector.inv))).toEqual(bytes(vector.sig));
  });

  it("verifies the signature, and neither a changed message nor another salt length", () => {
    expect(modulusOf(spki)).toEqual(modulus);
    expect(signatureHolds(spki, bytes(vector.input_msg), bytes(vector.sig), saltLength)).toBe(true);
    expect(signatureHolds(spki, bytes(vector.input_msg), bytes(vector.sig), saltLength === 0 ? 48 : 0)).toBe(false);
    expect(signatureHolds(spki, bytes(`${vector.input_msg}00`), bytes(vector.sig), saltLength)).toBe(false);
  });
});
