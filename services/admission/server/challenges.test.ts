/** Challenges and their solutions, both halves beside each other: what was written is read, what was changed is not, what was solved holds, and how evenly long sixteen small searches take. */
import { sha256 } from "@noble/hashes/sha2.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { solve } from "#services/admission/client/solve.ts";
import { purposes } from "#services/admission/contract/index.ts";
import { isRare, messageBytes, messageOf, pieces } from "#services/admission/contract/work.ts";
import { readChallenge, solves, writeChallenge } from "./challenges.ts";

const key = new Uint8Array(32).fill(3);
const terms = { purpose: "dossier", desk: null, level: 1, work: 64, period: "2026-11-26", expires: 2_000 } as const;

describe("a challenge", () => {
  it("is read as it was written, by whoever has the key and in time", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...purposes),
        fc.option(fc.uuid()),
        fc.nat(4),
        fc.integer({ min: 1, max: 4_194_304 }),
        fc.nat(2 ** 50),
        (purpose, desk, level, work, expires) => {
          const said = { purpose, desk, level, work, period: "2026-11-26", expires: expires + 1 };
          expect(readChallenge(key, writeChallenge(key, said), expires)).toEqual(said);
        },
      ),
    );
    const written = writeChallenge(key, terms);
    for (const [by, now] of [
      [new Uint8Array(32).fill(4), 0],
      [key, terms.expires],
    ] as const)
      expect(() => readChallenge(by, written, now)).toThrow(expect.objectContaining({ code: "challenge-unknown" }));
  });
  it("with one character changed, left out or put in is not read", () => {
    const written = writeChallenge(key, terms);
    fc.assert(
      fc.property(fc.nat(written.length - 1), fc.constantFrom("", "0", "9", "A", ".", "recovery"), (at, by) => {
        const changed = written.slice(0, at) + by + written.slice(at + 1);
        // The last character of base64url has bits that say nothing.
        fc.pre(changed !== written && at < written.length - 1);
        expect(() => readChallenge(key, changed, 0)).toThrow(expect.objectContaining({ code: "challenge-unknown" }));
      }),
    );
  });
});

describe("a solution", () => {
  it("holds, with WebAssembly and without, for its own challenge and for no harder one", async () => {
    const written = writeChallenge(key, terms);
    for (const hash of [undefined, sha256]) {
      const done: number[] = [];
      const solution = await solve({ challenge: written, work: 64 }, (one) => done.push(one), undefined, hash);
      expect(solves(written, 64, solution)).toBe(true);
      expect(done).toEqual(Array.from({ length: pieces }, (_, place) => place + 1));
      expect(solves(writeChallenge(key, terms), 64, solution)).toBe(false);
      expect(solves(written, 64 * 1_024, solution)).toBe(false);
    }
  });
  it("of another length, or of chance, does not hold", () => {
    const written = writeChallenge(key, terms);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(solves(written, 64, Buffer.from(bytes).toString("base64url"))).toBe(false);
      }),
    );
  });
  it("costs the server sixteen hashes of one block", () => {
    expect([pieces, messageBytes]).toEqual([16, 52]);
    const { message, count } = messageOf(new Uint8Array(32).fill(1), 2);
    count(258);
    expect(Buffer.from(message).toString("latin1")).toBe(`rugdekking-w${"\u0001".repeat(32)}\0\0\0\u0002\0\0\u0001\u0002`);
    expect([isRare(Uint8Array.of(0, 0, 0, 0), 2 ** 22), isRare(Uint8Array.of(0x80, 0, 0, 0), 2), isRare(Uint8Array.of(0x7f, 255, 255, 255), 2)]).toEqual([
      true,
      false,
      true,
    ]);
  });
  it("takes hardly anyone twice the mean: the luck of sixteen small searches evens out", async () => {
    const work = 32;
    const hashes: number[] = [];
    for (let run = 0; run < 200; run += 1) {
      let count = 0;
      await solve({ challenge: `luck ${run}`, work }, undefined, undefined, (message) => ((count += 1), sha256(message)));
      hashes.push(count / (pieces * work));
    }
    const mean = hashes.reduce((sum, one) => sum + one, 0) / hashes.length;
    expect(mean).toBeGreaterThan(0.9);
    expect(mean).toBeLessThan(1.1);
    expect(hashes.filter((one) => one > 2).length).toBeLessThanOrEqual(2);
  });
  it("is broken off when nobody waits for it any more", async () => {
    await expect(solve({ challenge: "x", work: 2 ** 31 }, undefined, AbortSignal.abort(new Error("gone")))).rejects.toThrow("gone");
  });
});
