/** The digest an upload is named by is that of the bytes on the disk, whichever way they came: in one run, in two processes, written over, or broken off. */
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { directoryBlobs, newUploadId, type BlobStore } from "./blobs.ts";

let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "rugdekking-blobs-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const content = randomBytes(300_000);
const expected = createHash("sha256").update(content).digest("base64url");
const piece = (from: number, to: number): Readable => Readable.from([content.subarray(from, (from + to) >> 1), content.subarray((from + to) >> 1, to)]);

async function named(blobs: BlobStore, upload: string): Promise<void> {
  const { digest, key, size } = await blobs.finish(upload);
  expect([digest, size]).toEqual([expected, content.length]);
  const stored: Buffer[] = [];
  for await (const part of blobs.read(key, { start: 0, end: size - 1 })) stored.push(part);
  expect(Buffer.compare(Buffer.concat(stored), content)).toBe(0);
}

test("piece after piece, several uploads at once", async () => {
  const blobs = await directoryBlobs(root);
  const uploads = [newUploadId(), newUploadId()];
  for (const from of [0, 100_000, 200_000]) for (const upload of uploads) await blobs.append(upload, piece(from, from + 100_000), from, content.length);
  for (const upload of uploads) await named(blobs, upload);
});

test("begun in one process and ended in another", async () => {
  const upload = newUploadId();
  await (await directoryBlobs(root)).append(upload, piece(0, 150_000), 0, content.length);
  const second = await directoryBlobs(root);
  await second.append(upload, piece(150_000, 300_000), 150_000, content.length);
  await named(second, upload);
});

test("a piece written again at its place, other bytes first", async () => {
  const blobs = await directoryBlobs(root);
  const upload = newUploadId();
  await blobs.append(upload, piece(0, 100_000), 0, content.length);
  await blobs.append(upload, Readable.from([randomBytes(50_000)]), 100_000, content.length);
  await blobs.append(upload, piece(100_000, 300_000), 100_000, content.length);
  await named(blobs, upload);
});

test("begun anew at 0, and a line cut in the middle of a piece", async () => {
  const blobs = await directoryBlobs(root);
  const upload = newUploadId();
  await blobs.append(upload, Readable.from([randomBytes(70_000)]), 0, content.length);
  async function* cut(): AsyncGenerator<Buffer> {
    yield content.subarray(0, 120_000);
    throw new Error("the line was cut");
  }
  expect(await blobs.append(upload, Readable.from(cut()), 0, content.length)).toBe(120_000);
  await blobs.append(upload, piece(120_000, 300_000), 120_000, content.length);
  await named(blobs, upload);
});

test("a short blob and a long one in one run; what is cut, too short or too long leaves nothing under any name", async () => {
  const own = await mkdtemp(join(tmpdir(), "rugdekking-blobs-"));
  const files = async (): Promise<number> => (await readdir(own, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length;
  try {
    const blobs = await directoryBlobs(own);
    for (const length of [1, 40_000, 262_144, 262_145, 300_000]) {
      const { digest, size } = await blobs.put(newUploadId(), Readable.from([content.subarray(0, length >> 1), content.subarray(length >> 1, length)]), length);
      expect([digest, size]).toEqual([createHash("sha256").update(content.subarray(0, length)).digest("base64url"), length]);
    }
    expect(await files()).toBe(5);
    async function* cut(): AsyncGenerator<Buffer> {
      yield content.subarray(0, 10);
      throw new Error("the line was cut");
    }
    for (const size of [1_000, 280_000]) {
      await expect(blobs.put(newUploadId(), cut(), size)).rejects.toThrow("the line was cut");
      await expect(blobs.put(newUploadId(), Readable.from([content.subarray(0, size - 1)]), size)).rejects.toMatchObject({ code: "upload-incomplete" });
      await expect(blobs.put(newUploadId(), Readable.from([content.subarray(0, size), Buffer.from("x")]), size)).rejects.toMatchObject({
        code: "input-too-large",
      });
    }
    expect(await files()).toBe(5);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
});

test("more uploads at once than digests are kept of", async () => {
  const blobs = await directoryBlobs(root);
  const first = newUploadId();
  await blobs.append(first, piece(0, 200_000), 0, content.length);
  for (let at = 0; at < 260; at += 1) await blobs.append(newUploadId(), Readable.from([Buffer.from("x")]), 0, 10);
  await blobs.append(first, piece(200_000, 300_000), 200_000, content.length);
  await named(blobs, first);
}, 60_000);
