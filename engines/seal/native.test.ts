/** [Note: Natively in Node]: what Node does in one call says exactly what WebCrypto and @scure/base say, also of what is malformed. Run by vitest only. */
import { sha256 } from "@noble/hashes/sha2.js";
import { base64urlnopad } from "@scure/base";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nativeFromBase64Url, nativeSha256, nativeToBase64Url, nativeVerify } from "./native.ts";

const bytes = fc.uint8Array({ maxLength: 300 });
const bySpec = (text: string): Uint8Array | null => {
  try {
    return base64urlnopad.decode(text);
  } catch {
    return null;
  }
};

async function byWebCrypto(publicKey: string, signature: Uint8Array, message: Uint8Array): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey("raw", new Uint8Array(base64urlnopad.decode(publicKey)), "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", key, new Uint8Array(signature), new Uint8Array(message));
  } catch {
    return false;
  }
}

describe("Node's own calls", () => {
  it("hash as FIPS 180-4 says, also a view into a larger buffer", () => {
    fc.assert(
      fc.property(bytes, fc.nat(20), (content, from) => {
        const view = content.subarray(Math.min(from, content.length));
        expect(nativeSha256?.(view)).toBe(base64urlnopad.encode(sha256(view)));
      }),
    );
  });

  it("spell base64url and read it as strictly as RFC 4648 section 3.5 allows: no padding, no other alphabet, no loose bits, no blanks", () => {
    fc.assert(
      fc.property(bytes, (content) => {
        const text = base64urlnopad.encode(content);
        expect(nativeToBase64Url?.(content)).toBe(text);
        expect(nativeFromBase64Url?.(text)).toEqual(content);
      }),
    );
    const odd = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.string({ unit: "binary", maxLength: 8 }),
      fc.stringMatching(/^[A-Za-z0-9_+/=\- ]{0,12}$/),
      fc.base64String({ maxLength: 16 }),
    );
    fc.assert(
      fc.property(odd, (text) => {
        expect(nativeFromBase64Url?.(text)).toEqual(bySpec(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it("verify Ed25519 as WebCrypto does, also with a key, a signature or a message that is none or another", async () => {
    const pair = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
    if (!("privateKey" in pair)) throw new Error("no pair");
    const publicKey = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
    await fc.assert(
      fc.asyncProperty(
        bytes,
        fc.constantFrom("none", "key", "signature", "message", "short key", "short signature"),
        fc.nat(511),
        async (message, broken, at) => {
          const signature = new Uint8Array(await crypto.subtle.sign("Ed25519", pair.privateKey, new Uint8Array(message)));
          const flip = (source: Uint8Array): Uint8Array => source.map((byte, place) => (place === (at >> 3) % source.length ? byte ^ (1 << (at & 7)) : byte));
          const key = broken === "key" ? flip(publicKey) : broken === "short key" ? publicKey.subarray(1) : publicKey;
          const sig = broken === "signature" ? flip(signature) : broken === "short signature" ? signature.subarray(1) : signature;
          const said = broken === "message" ? new Uint8Array([...message, 1]) : message;
          const mine = nativeVerify?.(base64urlnopad.encode(key), sig, said);
          expect(mine).toBe(await byWebCrypto(base64urlnopad.encode(key), sig, said));
          expect(mine).toBe(broken === "none");
        },
      ),
      { numRuns: 200 },
    );
  });

  it("refuse keys of small order and the all-zero signature", () => {
    for (const key of [new Uint8Array(32), new Uint8Array(32).fill(0xff), Uint8Array.of(1, ...new Uint8Array(31))])
      expect(nativeVerify?.(base64urlnopad.encode(key), new Uint8Array(64), Uint8Array.of(1, 2, 3))).toBe(false);
  });
});
