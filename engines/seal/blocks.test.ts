/** Blocks: what they make is the age file the age library reads, and the other way round, at every length around a chunk and a block; harm and wrong places are refused. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  beginFile,
  BLOCK_BYTES,
  generateDossierKey,
  itemFileKey,
  newUuid,
  openBlock,
  openItem,
  readBeginning,
  readBeginningWithFileKey,
  SEALED_BLOCK_BYTES,
  sealBlock,
  sealItem,
} from "./index.ts";
import { type Bytes, concat } from "./bytes.ts";
import { padmeLength } from "./pad.ts";

const key = generateDossierKey();
const place = { dossier: newUuid(), item: newUuid(), channel: "main" };
const CHUNK = 65_536;

function filled(length: number): Bytes {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += CHUNK) crypto.getRandomValues(bytes.subarray(at, at + CHUNK));
  return bytes;
}

/** All blocks, the last one first: they do not need each other. */
async function sealedBackwards(content: Bytes): Promise<Bytes> {
  const file = await beginFile(content.length, key, place);
  const padded = new Uint8Array(file.padded);
  padded.set(content);
  const blocks = Math.max(1, Math.ceil(file.padded / BLOCK_BYTES));
  const sealed: Bytes[] = [];
  for (let block = blocks - 1; block >= 0; block--)
    sealed.unshift(sealBlock(file.payloadKey, padded.subarray(block * BLOCK_BYTES, (block + 1) * BLOCK_BYTES), { block, last: block === blocks - 1 }));
  const whole = concat(file.begin, ...sealed);
  expect(whole.length).toBe(file.size);
  return whole;
}

async function openedByBlocks(sealed: Bytes, fileKey?: Bytes): Promise<Bytes> {
  const file = fileKey === undefined ? await readBeginning(sealed, key, place) : await readBeginningWithFileKey(sealed, fileKey);
  if (file === null) throw new Error("cut off");
  const payload = sealed.subarray(file.begin.length);
  const blocks = Math.max(1, Math.ceil(payload.length / SEALED_BLOCK_BYTES));
  return concat(
    ...Array.from({ length: blocks }, (_, block) =>
      openBlock(file.payloadKey, payload.subarray(block * SEALED_BLOCK_BYTES, (block + 1) * SEALED_BLOCK_BYTES), { block, last: block === blocks - 1 }),
    ),
  );
}

async function bothWays(length: number): Promise<void> {
  const content = filled(length);
  expect(Buffer.compare(await openItem(await sealedBackwards(content), key, place, length), content)).toBe(0);
  const byAge = await sealItem(content, key, place);
  const opened = await openedByBlocks(byAge);
  expect(opened.length).toBe(padmeLength(length));
  expect(Buffer.compare(opened.subarray(0, length), content)).toBe(0);
  expect(Buffer.compare(await openedByBlocks(byAge, await itemFileKey(byAge, key, place)), opened)).toBe(0);
}

describe("blocks", () => {
  it.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, BLOCK_BYTES - 1, BLOCK_BYTES, BLOCK_BYTES + 1, 2 * BLOCK_BYTES, 2 * BLOCK_BYTES + CHUNK + 1])(
    "of a file of %i bytes are the age file that age opens, and open what age sealed",
    bothWays,
  );
  it("of files of odd lengths around chunks and blocks too", async () => {
    const near = fc
      .tuple(fc.constantFrom(CHUNK, 2 * CHUNK, BLOCK_BYTES, BLOCK_BYTES + CHUNK), fc.integer({ min: -40, max: 40 }))
      .map(([border, by]) => border + by);
    await fc.assert(fc.asyncProperty(near, bothWays), { numRuns: 20 });
  }, 60_000);
  it("open in their own place only, as what they are, and unaltered", async () => {
    const file = await beginFile(2 * BLOCK_BYTES, key, place);
    const content = filled(BLOCK_BYTES);
    const sealed = sealBlock(file.payloadKey, content, { block: 1, last: true });
    expect(Buffer.compare(openBlock(file.payloadKey, sealed, { block: 1, last: true }), content)).toBe(0);
    const refused = (block: Bytes, at: { block: number; last: boolean }) =>
      expect(() => openBlock(file.payloadKey, block, at)).toThrow(expect.objectContaining({ name: "SealError", code: "item-refused" }));
    refused(sealed, { block: 0, last: true });
    refused(sealed, { block: 1, last: false });
    refused(sealed.slice(0, -1), { block: 1, last: true });
    refused(sealed.slice(0, 15 * (CHUNK + 16)), { block: 1, last: true });
    refused(new Uint8Array(16), { block: 1, last: true });
    refused(new Uint8Array(0), { block: 0, last: true });
    refused(sealed.with(70_000, (sealed[70_000] ?? 0) ^ 1), { block: 1, last: true });
    refused(sealed, { block: 2 ** 33, last: true });
  });
  it("refuse an altered header, another place, and a length that does not fit", async () => {
    const sealed = await sealedBackwards(filled(100));
    await expect(readBeginning(sealed, key, { ...place, item: newUuid() })).rejects.toMatchObject({ code: "item-refused" });
    await expect(readBeginningWithFileKey(sealed, new Uint8Array(16))).rejects.toMatchObject({ code: "item-refused" });
    expect(await readBeginning(sealed.subarray(0, 150), key, place)).toBeNull();
    const { payloadKey } = await beginFile(100, key, place);
    expect(() => sealBlock(payloadKey, new Uint8Array(100), { block: 0, last: false })).toThrow(expect.objectContaining({ code: "length-mismatch" }));
    expect(() => sealBlock(payloadKey, new Uint8Array(0), { block: 1, last: true })).toThrow(expect.objectContaining({ code: "length-mismatch" }));
  });
});
