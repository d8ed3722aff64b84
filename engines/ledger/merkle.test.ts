/** RFC 6962/9162 §2.1 against the Certificate Transparency reference vectors, and properties of proofs over tiles. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LedgerError, emptyRoot, hashLeaf, openTree, rootOfLeaves, verifyConsistency, verifyInclusion } from "./index.ts";
import { MemoryLog, naivePath, naiveSubproof, pairwiseRoot, testLeaves } from "./testing.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const unhex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "hex"));
const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return error instanceof LedgerError ? error.code : `not a LedgerError: ${String(error)}`;
  }
  return "nothing thrown";
};

/** Inputs and roots from the Certificate Transparency reference test (merkle tree of eight leaves). */
const inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"].map(unhex);
const roots = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
const A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
const B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
const C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
const D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
const E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
const F = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7";
const G = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125";
const H = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
const I = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";

describe("Certificate Transparency reference vectors", () => {
  const log = new MemoryLog();
  for (const input of inputs) log.grow([input]);

  test.each(roots.map((root, size) => ({ root, size })))("root of $size leaves", ({ root, size }) => {
    expect(hex(rootOfLeaves(inputs.slice(0, size).map(hashLeaf)))).toBe(root);
    expect(hex(log.roots[size] ?? emptyRoot())).toBe(root);
  });

  test.each([
    { index: 0, size: 1, proof: [] },
    { index: 0, size: 8, proof: [A, B, C] },
    { index: 5, size: 8, proof: [D, E, F] },
    { index: 2, size: 3, proof: [G] },
    { index: 1, size: 5, proof: [H, B, D] },
  ])("inclusion of leaf $index in $size", async ({ index, size, proof }) => {
    expect((await openTree(size, log).inclusionProof(index)).map(hex)).toEqual(proof);
    verifyInclusion(hashLeaf(inputs[index] ?? unhex("")), index, { size, root: unhex(roots[size] ?? "") }, proof.map(unhex));
  });

  test.each([
    { from: 1, to: 1, proof: [] },
    { from: 1, to: 8, proof: [A, B, C] },
    { from: 6, to: 8, proof: [I, E, F] },
    { from: 2, to: 5, proof: [B, D] },
  ])("consistency of $from with $to", async ({ from, to, proof }) => {
    expect((await openTree(to, log).consistencyProof(from)).map(hex)).toEqual(proof);
    verifyConsistency({ size: from, root: unhex(roots[from] ?? "") }, { size: to, root: unhex(roots[to] ?? "") }, proof.map(unhex));
  });
});

describe("every size from 0 to 300", () => {
  const log = new MemoryLog();
  for (const leaf of testLeaves(0, 300)) log.grow([leaf]);
  const rootAt = (size: number): Uint8Array => log.roots[size] ?? unhex("");

  test("roots by append, by recursion, pairwise and from tiles agree", async () => {
    for (let size = 1; size <= 300; size++) {
      const leaves = log.leafHashes.slice(0, size);
      const expected = hex(rootOfLeaves(leaves));
      expect(hex(pairwiseRoot(leaves))).toBe(expected);
      expect(hex(rootAt(size))).toBe(expected);
      expect(hex(await openTree(size, log).root())).toBe(expected);
    }
  });

  test("each leaf of each size is included, and not as any neighbour", async () => {
    for (let size = 1; size <= 300; size++) {
      const tree = openTree(size, log);
      const head = { size, root: rootAt(size) };
      for (let index = size % 7; index < size; index += 7) {
        const proof = await tree.inclusionProof(index);
        const hash = log.leafHashes[index] ?? unhex("");
        verifyInclusion(hash, index, head, proof);
        const neighbour = index === 0 ? 1 : index - 1;
        if (neighbour < size) expect(codeOf(() => verifyInclusion(hash, neighbour, head, proof))).toBe("inclusion-invalid");
      }
    }
  });

  test("proofs from tiles equal PATH and SUBPROOF of RFC 9162", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 300 }), fc.nat(), async (size, pick) => {
        const leaves = log.leafHashes.slice(0, size);
        const index = pick % size;
        expect((await openTree(size, log).inclusionProof(index)).map(hex)).toEqual(naivePath(index, leaves).map(hex));
        expect((await openTree(size, log).consistencyProof(index + 1)).map(hex)).toEqual(naiveSubproof(index + 1, leaves, true).map(hex));
      }),
      { numRuns: 100 },
    );
  });

  test("any pair of sizes is consistent, and no root but the true one", async () => {
    for (let later = 0; later <= 300; later += 1) {
      const tree = openTree(later, log);
      for (let earlier = later % 11; earlier <= later; earlier += 11) {
        const proof = await tree.consistencyProof(earlier);
        verifyConsistency({ size: earlier, root: rootAt(earlier) }, { size: later, root: rootAt(later) }, proof);
        const other = rootAt(earlier === 0 ? 1 : earlier - 1);
        expect(codeOf(() => verifyConsistency({ size: earlier, root: other }, { size: later, root: rootAt(later) }, proof))).toBe("consistency-invalid");
      }
    }
  });

  test("a proof with any bit flipped, a hash dropped or added is refused", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 300 }), fc.nat(), fc.nat(), async (size, pick, bit) => {
        const index = pick % size;
        const head = { size, root: rootAt(size) };
        const leaf = log.leafHashes[index] ?? unhex("");
        const proof = await openTree(size, log).inclusionProof(index);
        for (const broken of [flip(proof, bit), proof.slice(1), [...proof, leaf]]) {
          expect(codeOf(() => verifyInclusion(leaf, index, head, broken))).toBe("inclusion-invalid");
        }
        const earlier = 1 + (pick % (size - 1));
        const path = await openTree(size, log).consistencyProof(earlier);
        for (const broken of [flip(path, bit), path.slice(1), [...path, leaf]]) {
          expect(codeOf(() => verifyConsistency({ size: earlier, root: rootAt(earlier) }, head, broken))).toBe("consistency-invalid");
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe("questions that make no sense", () => {
  const hash = hashLeaf(unhex("00"));
  test("are refused with their own code", () => {
    expect(codeOf(() => verifyInclusion(hash, 1, { size: 1, root: hash }, []))).toBe("index-invalid");
    expect(codeOf(() => verifyInclusion(hash, -1, { size: 1, root: hash }, []))).toBe("index-invalid");
    expect(codeOf(() => verifyInclusion(hash, 0, { size: 1.5, root: hash }, []))).toBe("size-invalid");
    expect(codeOf(() => verifyInclusion(unhex("00"), 0, { size: 1, root: hash }, []))).toBe("hash-malformed");
    expect(codeOf(() => verifyInclusion(hash, 0, { size: 2, root: hash }, [unhex("00")]))).toBe("hash-malformed");
    expect(codeOf(() => verifyConsistency({ size: 2, root: hash }, { size: 1, root: hash }, []))).toBe("size-invalid");
    expect(codeOf(() => verifyConsistency({ size: 0, root: hash }, { size: 1, root: hash }, []))).toBe("consistency-invalid");
  });
});

function flip(hashes: readonly Uint8Array[], bit: number): Uint8Array[] {
  const at = bit % (hashes.length * 256);
  return hashes.map((hash, i) =>
    i === Math.floor(at / 256) ? hash.map((byte, j) => (j === Math.floor((at % 256) / 8) ? byte ^ (1 << (at % 8)) : byte)) : hash,
  );
}
