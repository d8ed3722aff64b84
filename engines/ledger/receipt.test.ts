/** C2SP tlog-proof receipts, checked by us and by the sigstore verifier, which shares no code with this engine. */
import { createPublicKey } from "node:crypto";
import { verifyCheckpoint } from "@sigstore/verify/dist/tlog/checkpoint.js";
import { verifyMerkleInclusion } from "@sigstore/verify/dist/tlog/merkle.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  formatProof,
  generateNoteKey,
  leafBytes,
  leafText,
  openTree,
  parseLeafText,
  parseProof,
  parseSignerKey,
  parseVerifierKey,
  signCheckpoint,
  verifyReceipt,
} from "./index.ts";
import { MemoryLog, testLeaf, testLeaves } from "./testing.ts";

const origin = "demo.example.nl/ledger";
const log = new MemoryLog();
log.grow(testLeaves(0, 777));
const keys = await generateNoteKey(origin);
const signer = await parseSignerKey(keys.signerKey);

async function receipt(index: number, size: number): Promise<string> {
  const tree = openTree(size, log);
  const checkpoint = await signCheckpoint({ origin, size, root: await tree.root(), extensions: [] }, signer);
  return formatProof({ index, hashes: await tree.inclusionProof(index), checkpoint, extra: null });
}

describe("receipts", () => {
  test("verify offline with only the pinned key", async () => {
    const verified = await verifyReceipt({ proof: await receipt(300, 777), leaf: testLeaf(300), verifierKey: keys.verifierKey });
    expect([verified.index, verified.checkpoint.size, verified.checkpoint.origin]).toEqual([300, 777, origin]);
  });
  test("a lone leaf needs no hashes", async () => {
    const log1 = new MemoryLog();
    log1.grow([testLeaf(0)]);
    const proof = formatProof({
      index: 0,
      hashes: [],
      checkpoint: await signCheckpoint({ origin, size: 1, root: await openTree(1, log1).root(), extensions: [] }, signer),
      extra: new Uint8Array([1]),
    });
    expect(parseProof(proof).extra).toEqual(new Uint8Array([1]));
    await verifyReceipt({ proof, leaf: testLeaf(0), verifierKey: keys.verifierKey });
  });
  test("of another leaf, index or key are refused", async () => {
    const proof = await receipt(300, 777);
    const check = (change: Partial<{ proof: string; leaf: Uint8Array; verifierKey: string; origin: string }>) =>
      verifyReceipt({ proof, leaf: testLeaf(300), verifierKey: keys.verifierKey, ...change });
    await expect(check({ leaf: testLeaf(301) })).rejects.toMatchObject({ code: "inclusion-invalid" });
    await expect(check({ proof: proof.replace("index 300", "index 301") })).rejects.toMatchObject({ code: "inclusion-invalid" });
    await expect(check({ proof: proof.replace("index 300", "index 777") })).rejects.toMatchObject({ code: "index-invalid" });
    await expect(check({ origin: "other.example.nl" })).rejects.toMatchObject({ code: "origin-mismatch" });
    await expect(check({ verifierKey: (await generateNoteKey(origin)).verifierKey })).rejects.toMatchObject({ code: "signature-missing" });
  });
  test("no single changed character is accepted", async () => {
    const proof = await receipt(300, 777);
    await fc.assert(
      fc.asyncProperty(fc.nat(proof.length - 1), fc.constantFrom("A", "0", "\n", " ", "z"), async (at, character) => {
        fc.pre(proof[at] !== character);
        const broken = proof.slice(0, at) + character + proof.slice(at + 1);
        await expect(verifyReceipt({ proof: broken, leaf: testLeaf(300), verifierKey: keys.verifierKey })).rejects.toMatchObject({ name: "LedgerError" });
      }),
      { numRuns: 100 },
    );
  });
  test.each([
    ["header", (p: string) => p.replace("@v1", "@v2")],
    ["index with a leading zero", (p: string) => p.replace("index 5", "index 05")],
    ["extra after index", (p: string) => p.replace("index 5\n", "index 5\nextra AA==\n")],
    ["extra that is not base64", (p: string) => p.replace("index 5\n", "extra ?\nindex 5\n")],
    ["no empty line", (p: string) => p.replaceAll("\n\n", "\n")],
  ])("malformed: %s", async (_, change) => {
    const proof = change(await receipt(5, 9));
    expect(() => parseProof(proof)).toThrow(expect.objectContaining({ code: "proof-malformed" }));
  });
});

describe("leaf text", () => {
  const hash = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";
  test("is one line", () => {
    expect(leafText("consent-withdrawal", hash)).toBe(`rugdekking consent-withdrawal ${hash}\n`);
    expect(parseLeafText(leafText("entry", hash))).toEqual({ what: "entry", hash });
    expect(new TextDecoder().decode(leafBytes("entry", hash))).toBe(leafText("entry", hash));
  });
  test.each([
    ["Entry", hash],
    ["entry ", hash],
    ["-entry", hash],
    ["", hash],
    ["entry", hash.slice(1)],
    ["entry", `${hash}\n`],
    ["entry\nx", hash],
  ])("refuses %j %j", (what, value) => {
    expect(() => leafText(what, value)).toThrow(expect.objectContaining({ code: "leaf-malformed" }));
  });
  test("of another log is not ours", () => {
    expect(parseLeafText("go.sum database tree\n")).toBeNull();
  });
});

describe("@sigstore/verify as a second opinion", () => {
  /** What sigstore calls a transparency-log entry, filled from our receipt. */
  const entryOf = (proof: ReturnType<typeof parseProof>, leaf: Uint8Array, size: number) => {
    const entry = {
      logIndex: String(proof.index),
      logId: { keyId: Buffer.alloc(0) },
      kindVersion: { kind: "demo", version: "0" },
      integratedTime: "0",
      inclusionPromise: undefined,
      canonicalizedBody: Buffer.from(leaf),
      inclusionProof: {
        logIndex: String(proof.index),
        rootHash: Buffer.alloc(0),
        treeSize: String(size),
        hashes: proof.hashes.map((hash) => Buffer.from(hash)),
        checkpoint: { envelope: proof.checkpoint },
      },
    };
    return entry;
  };
  const verifier = parseVerifierKey(keys.verifierKey);
  const keyId = Buffer.alloc(4);
  keyId.writeUInt32BE(verifier.keyId);
  const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(verifier.publicKey).toString("base64url") }, format: "jwk" });
  const authority = { logID: keyId, publicKey, baseURL: `https://${origin}`, validFor: { start: new Date(0), end: new Date(8.64e15) } };

  test.each([
    [0, 1],
    [5, 9],
    [255, 256],
    [256, 257],
    [300, 777],
    [776, 777],
  ])("accepts leaf %i of %i", async (index, size) => {
    const entry = entryOf(parseProof(await receipt(index, size)), testLeaf(index), size);
    const checkpoint = verifyCheckpoint(entry, [authority]);
    expect(checkpoint.logSize).toBe(BigInt(size));
    verifyMerkleInclusion(entry, checkpoint);
  });
  test("refuses the same leaf altered", async () => {
    const entry = entryOf(parseProof(await receipt(300, 777)), testLeaf(301), 777);
    expect(() => verifyMerkleInclusion(entry, verifyCheckpoint(entry, [authority]))).toThrow(/does not match/);
  });
  test("refuses a checkpoint with another size", async () => {
    const proof = parseProof(await receipt(300, 777));
    const entry = entryOf({ ...proof, checkpoint: proof.checkpoint.replace("\n777\n", "\n778\n") }, testLeaf(300), 778);
    expect(() => verifyCheckpoint(entry, [authority])).toThrow(/signature/);
  });
});
