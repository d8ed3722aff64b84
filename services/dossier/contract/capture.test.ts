/** A capture record and the file it is about, in the two ways a digest is written. */
import { createHash, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { isRecordOf } from "./capture.ts";
import { digestOfHex, hexOf } from "./hexadecimal.ts";

test("a digest is the same in hexadecimal and base64url, both ways, as Node writes them", () => {
  for (let count = 0; count < 100; count += 1) {
    const digest = createHash("sha256").update(randomBytes(8)).digest();
    expect(hexOf(digest.toString("base64url"))).toBe(digest.toString("hex"));
    expect(digestOfHex(digest.toString("hex"))).toBe(digest.toString("base64url"));
  }
  for (const none of ["a=", "a b", "é", "A"]) expect(() => hexOf(none)).toThrow();
  for (const none of ["0", "zz", "0A"]) expect(() => digestOfHex(none)).toThrow();
});

test("a record is about the file of its length and digest alone; a digest in another spelling is of no file, and no accident", () => {
  const digest = createHash("sha256").update("verzonnen").digest();
  const record = { size: 9, sha256: digest.toString("hex") };
  const sha256 = digest.toString("base64url");
  expect(isRecordOf(record, { length: 9, sha256 })).toBe(true);
  expect(isRecordOf(record, { length: 8, sha256 })).toBe(false);
  expect(isRecordOf(record, { length: 9, sha256: createHash("sha256").update("anders").digest("base64url") })).toBe(false);
  // 43 signs hold two bits more than 32 bytes: what stands in them is nobody's digest.
  const last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const spelled = `${sha256.slice(0, 42)}${last[last.indexOf(sha256[42] ?? "A") + 1] ?? "B"}`;
  expect(isRecordOf(record, { length: 9, sha256: spelled })).toBe(false);
});
