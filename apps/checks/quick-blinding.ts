/**
 * The client's half of RFC 9474 (RSABSSA-SHA384-PSS-Randomized) a second time, on the platform's big integers, for tests that need thousands of respondents: some hundred times as fast as the library
 * the product uses, and no part of the product. Whether it is right the server says, which verifies every token.
 */
import { createHash, createPublicKey, randomBytes } from "node:crypto";
import { encodeToken, type TokenKey } from "@rugdekking/tokens";

const hash = (...parts: readonly Uint8Array[]): Buffer => parts.reduce((state, part) => state.update(part), createHash("sha384")).digest();
const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
const bytesOf = (value: bigint, length: number): Buffer => Buffer.from(value.toString(16).padStart(2 * length, "0"), "hex");

function power(base: bigint, exponent: number, modulus: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) result = bit === "1" ? (result * result * base) % modulus : (result * result) % modulus;
  return result;
}

/** By the extended Euclidean algorithm. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [value, modulus, 1n, 0n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  if (a !== 1n) throw new Error("no inverse");
  return ((x % modulus) + modulus) % modulus;
}

/** EMSA-PSS (RFC 8017 section 9.1.1) with SHA-384 and 48 bytes of salt. */
function encoded(message: Uint8Array, bits: number): Buffer {
  const length = Math.ceil(bits / 8);
  const salt = randomBytes(48);
  const digest = hash(Buffer.alloc(8), hash(message), salt);
  const block = Buffer.concat([Buffer.alloc(length - 48 - 48 - 2), Buffer.of(1), salt]);
  for (let at = 0, counter = 0; at < block.length; at += 48, counter += 1) {
    const mask = hash(digest, Buffer.of(counter >>> 24, (counter >>> 16) & 255, (counter >>> 8) & 255, counter & 255));
    for (let place = 0; place < 48 && at + place < block.length; place += 1) block[at + place] = (block[at + place] ?? 0) ^ (mask[place] ?? 0);
  }
  block[0] = (block[0] ?? 0) & (0xff >> (8 * length - bits));
  return Buffer.concat([block, digest, Buffer.of(0xbc)]);
}

/** A request for a token, and how to finish it. */
export function quickRequest(key: TokenKey): { readonly blinded: Buffer; readonly finish: (signature: Uint8Array) => string } {
  const { n = "" } = createPublicKey({ key: Buffer.from(key.spki), format: "der", type: "spki" }).export({ format: "jwk" });
  const modulusBytes = Buffer.from(n, "base64url");
  const modulus = numberOf(modulusBytes);
  const prepared = Uint8Array.from(randomBytes(64));
  const message = numberOf(encoded(prepared, modulusBytes.length * 8 - 1));
  const factor = (numberOf(randomBytes(modulusBytes.length + 8)) % (modulus - 2n)) + 2n;
  const unblinding = inverse(factor, modulus);
  return {
    blinded: bytesOf((message * power(factor, 65_537, modulus)) % modulus, modulusBytes.length),
    finish: (signature) =>
      encodeToken({ keyId: key.id, prepared, signature: Uint8Array.from(bytesOf((numberOf(signature) * unblinding) % modulus, modulusBytes.length)) }),
  };
}
