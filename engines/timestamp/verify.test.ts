/** RFC 3161 against a real authority (`openssl ts`): what holds is believed, and every way in which a stamp can be wrong is named. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  readCertificates,
  TimestampError,
  timestampNonce,
  timestampRequest,
  verifyTimestamp,
  writeCertificates,
  type TimestampErrorCode,
} from "@rugdekking/timestamp";
import { hasOpenssl, makeAuthority, signAnew, type AuthorityOptions, type TestAuthority } from "./testing.ts";

const content = new TextEncoder().encode("een canoniek vastlegbericht");
const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));

if (!hasOpenssl) console.warn("openssl is not on this machine: the time-stamp engine is not checked against a real authority here");

/** The code with which a stamp is refused; null when it is believed. */
async function codeOf(response: Uint8Array, nonce: Uint8Array, roots: readonly Uint8Array[], about = content): Promise<TimestampErrorCode | null> {
  try {
    await verifyTimestamp({ response, content: about, nonce, roots });
    return null;
  } catch (error) {
    if (error instanceof TimestampError) return error.code;
    throw error;
  }
}

test("a request is refused when digest or nonce has another length", () => {
  expect(() => timestampRequest(new Uint8Array(31), timestampNonce())).toThrow(TimestampError);
  expect(() => timestampRequest(digest, new Uint8Array(9))).toThrow(TimestampError);
});

test("whatever bytes come, the answer is a TimestampError", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      expect(await codeOf(bytes, timestampNonce(), [])).not.toBeNull();
    }),
    { numRuns: 200 },
  );
});

test("PEM text gives its certificates back, and text without any is refused", () => {
  const der = [Uint8Array.from([48, 3, 2, 1, 0]), new Uint8Array(200).fill(7)];
  expect(readCertificates(`Demo\n${writeCertificates(der)}`)).toEqual(der);
  expect(() => readCertificates("niets")).toThrow("no certificate");
});

describe.skipIf(!hasOpenssl)("with a real authority", () => {
  const made: TestAuthority[] = [];
  const authority = (options: AuthorityOptions = {}): TestAuthority => {
    const one = makeAuthority(options);
    made.push(one);
    return one;
  };
  let good: TestAuthority;
  let nonce: Uint8Array;
  let response: Uint8Array;
  beforeAll(() => {
    good = authority();
    nonce = timestampNonce();
    response = good.reply(timestampRequest(digest, nonce));
  });
  afterAll(() => made.forEach((one) => one.remove()));

  test("openssl reads the request as version 1, SHA-256, our nonce, certificate required", () => {
    for (const odd of [nonce, new Uint8Array(8), Uint8Array.of(0, 0, 0x80, 1, 2, 3, 4, 5), new Uint8Array(8).fill(255)]) {
      writeFileSync(join(good.folder, "seen.tsq"), timestampRequest(digest, odd));
      const seen = good.openssl("ts", "-query", "-in", "seen.tsq", "-text").toString();
      expect(seen).toContain("Version: 1");
      expect(seen).toContain("Hash Algorithm: sha256");
      expect(seen).toContain("Certificate required: yes");
      const shown = /nonce: 0x([0-9a-f]+)/i.exec(seen)?.[1] ?? "none";
      expect(BigInt(`0x${shown}`)).toBe(BigInt(`0x${Buffer.from(odd).toString("hex")}`));
    }
  });

  test("a good stamp says when, by whom and under which number", async () => {
    const stamp = await verifyTimestamp({ response, content, nonce, roots: [good.root] });
    expect(Math.abs(Date.parse(stamp.at) - Date.now())).toBeLessThan(60_000);
    expect(stamp).toMatchObject({ accuracy: 1, authority: "Demo Tijd, Demo Tijd stempel", policy: "1.2.3.4.1" });
    expect(stamp.serial).toMatch(/^[0-9a-f]+$/);
  });

  test.each<AuthorityOptions>([{ key: "rsa" }, { key: "rsa", digest: "sha512" }, { intermediate: true }])("holds for %j", async (options) => {
    const other = authority(options);
    const own = timestampNonce();
    expect(await codeOf(other.reply(timestampRequest(digest, own)), own, [other.root])).toBeNull();
  });

  test("other content, another nonce, another root, no root", async () => {
    expect(await codeOf(response, nonce, [good.root], new TextEncoder().encode("iets anders"))).toBe("imprint-mismatch");
    expect(await codeOf(response, timestampNonce(), [good.root])).toBe("nonce-mismatch");
    expect(await codeOf(response, nonce, [authority({ name: "Ander" }).root])).toBe("certificate-untrusted");
    expect(await codeOf(response, nonce, [])).toBe("certificate-untrusted");
    expect(await codeOf(response, nonce, [Uint8Array.of(1, 2, 3)])).toBe("roots-malformed");
  });

  test("an expired certificate, and one that is not in force yet", async () => {
    for (const times of [
      { from: "200101000000Z", until: "210101000000Z" },
      { from: "480101000000Z", until: "490101000000Z" },
    ]) {
      const other = authority(times);
      const own = timestampNonce();
      expect(await codeOf(other.reply(timestampRequest(digest, own)), own, [other.root])).toBe("certificate-expired");
    }
  });

  test("a certificate that may sign code, one that may do more than stamp, one where it is not critical", async () => {
    expect(await codeOf(signAnew(good, response), nonce, [good.root]), "signing anew by itself spoils nothing").toBeNull();
    for (const usage of [
      "extendedKeyUsage = critical,codeSigning",
      "extendedKeyUsage = critical,timeStamping,codeSigning",
      "extendedKeyUsage = timeStamping",
      "nsComment = niets",
    ]) {
      const other = authority({ usage });
      expect(await codeOf(signAnew(other, response), nonce, [other.root]), usage).toBe("purpose-wrong");
    }
  });

  test("an RSA key of 1024 bits", async () => {
    const other = authority({ key: "rsa-1024" });
    const code = await codeOf(signAnew(other, response), nonce, [other.root]);
    expect(code).toBe("algorithm-weak");
  });

  test("an authority that refuses says so", async () => {
    expect(await codeOf(Uint8Array.of(0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02), nonce, [good.root])).toBe("refused");
  });

  test("no flipped bit changes what a stamp says: it is refused, or it lies outside what is signed and says the same", async () => {
    const before = await verifyTimestamp({ response, content, nonce, roots: [good.root] });
    let refused = 0;
    let tried = 0;
    for (let place = 0; place < response.length; place += 3) {
      tried += 1;
      const flipped = Uint8Array.from(response);
      flipped[place] = (flipped[place] ?? 0) ^ (1 << (place % 8));
      try {
        expect(await verifyTimestamp({ response: flipped, content, nonce, roots: [good.root] })).toEqual(before);
      } catch (error) {
        expect(error, `byte ${place}`).toBeInstanceOf(TimestampError);
        refused += 1;
      }
    }
    // Few bytes are not bound: the status words, optional parameters of algorithms and the version numbers of CMS.
    expect(refused / tried).toBeGreaterThan(0.97);
  }, 60_000);

  test("a stamp cut short at any place is refused", async () => {
    for (let length = 0; length < response.length; length += 7)
      expect(await codeOf(response.subarray(0, length), nonce, [good.root])).toBe("response-malformed");
  });
});
