/** What every store of sealed files must keep, held to the directory and to S3 alike; and what only S3 can get wrong. The S3 server is the one of testing-s3.ts: no real product ran here. */
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { directoryBlobs, newUploadId, type BlobStore } from "./blobs.ts";
import { checkS3, s3Blobs, type S3Place } from "./blobs-s3.ts";
import { startS3, type TestS3 } from "./testing-s3.ts";

let root = "";
let s3: TestS3;
const placeOf = ({ endpoint, bucket, region, accessKeyId, secretAccessKey }: TestS3, more: Partial<S3Place> = {}): S3Place => ({
  endpoint,
  bucket,
  region,
  accessKeyId,
  secretAccessKey,
  prefix: "proef/",
  ...more,
});
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "rugdekking-blobs-"));
  s3 = await startS3();
});
afterAll(async () => {
  await s3.close();
  await rm(root, { recursive: true, force: true });
});

/** 21 MB: two parts of 8 MiB and a rest; pieces that end on no boundary. */
const content = randomBytes(21_000_003);
const digestOf = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("base64url");
const piece = (from: number, to: number): Readable =>
  Readable.from(
    (function* () {
      for (let at = from; at < to; at += 65_536) yield content.subarray(at, Math.min(to, at + 65_536));
    })(),
  );
async function bytesOf(blobs: BlobStore, key: string, start: number, end: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of blobs.read(key, { start, end })) parts.push(part);
  return Buffer.concat(parts);
}

async function allOf(blobs: BlobStore): Promise<{ readonly upload: string; readonly size: number }[]> {
  const all: { readonly upload: string; readonly size: number }[] = [];
  for await (const one of blobs.all()) all.push(one);
  return all;
}

/** Each call opens the store anew, as another server would. */
const stores: readonly [string, () => Promise<BlobStore>][] = [
  ["a directory", async () => await directoryBlobs(root)],
  ["a directory that servers share", async () => await directoryBlobs(root, { shared: true })],
  ["S3", async () => s3Blobs(placeOf(s3))],
];

describe.each(stores)("%s", (_name, open) => {
  test("keeps a whole file under its digest, and gives any range of it", async () => {
    const blobs = await open();
    const bytes = content.subarray(0, 300_000);
    const stored = await blobs.put(newUploadId(), Readable.from([bytes.subarray(0, 7), bytes.subarray(7)]), bytes.length);
    expect(stored).toMatchObject({ digest: digestOf(bytes), size: bytes.length });
    expect(stored.key.startsWith(createHash("sha256").update(bytes).digest("hex"))).toBe(true);
    expect(await blobs.stat(stored.key)).toBe(bytes.length);
    expect((await bytesOf(blobs, stored.key, 0, bytes.length - 1)).equals(bytes)).toBe(true);
    expect((await bytesOf(blobs, stored.key, 1_000, 1_009)).equals(bytes.subarray(1_000, 1_010))).toBe(true);
    await blobs.delete(stored.key);
    await blobs.delete(stored.key);
    expect(await blobs.stat(stored.key)).toBeNull();
  });

  test("refuses what is shorter or longer than it was said to be, and keeps nothing of it", async () => {
    const blobs = await open();
    const before = (await allOf(blobs)).length;
    await expect(blobs.put(newUploadId(), Readable.from([Buffer.alloc(9)]), 10)).rejects.toMatchObject({ code: "upload-incomplete" });
    await expect(blobs.put(newUploadId(), Readable.from([Buffer.alloc(11)]), 10)).rejects.toMatchObject({ code: "input-too-large" });
    await expect(blobs.append(newUploadId(), Readable.from([Buffer.alloc(11)]), 0, 10)).rejects.toMatchObject({ code: "input-too-large" });
    expect((await allOf(blobs)).length).toBe(before);
  });

  test("takes a large file in pieces of any length, each at another server, and names it by its digest", async () => {
    const upload = newUploadId();
    let offset = 0;
    for (const length of [1_000_001, 8_388_608, 3, 5_000_000, content.length]) {
      const end = Math.min(content.length, offset + length);
      offset = await (await open()).append(upload, piece(offset, end), offset, content.length);
      expect(offset).toBe(end);
    }
    const blobs = await open();
    const stored = await blobs.finish(upload);
    expect(stored).toMatchObject({ digest: digestOf(content), size: content.length });
    expect((await bytesOf(blobs, stored.key, 8_388_600, 8_388_620)).equals(content.subarray(8_388_600, 8_388_621))).toBe(true);
    expect(await allOf(blobs)).toContainEqual({ upload, size: content.length });
    await blobs.delete(stored.key);
  });

  test("keeps what came before a line was cut, and goes on there", async () => {
    const blobs = await open();
    const upload = newUploadId();
    async function* cut(): AsyncGenerator<Buffer> {
      yield content.subarray(0, 120_000);
      await pause(1);
      throw new Error("the line was cut");
    }
    expect(await blobs.append(upload, Readable.from(cut()), 0, 300_000)).toBe(120_000);
    expect(await blobs.append(upload, piece(120_000, 300_000), 120_000, 300_000)).toBe(300_000);
    expect(await blobs.finish(upload)).toMatchObject({ digest: digestOf(content.subarray(0, 300_000)), size: 300_000 });
  });

  test("lets who comes back on a new line end the old one", async () => {
    const blobs = await open();
    const upload = newUploadId();
    const silent = new PassThrough();
    silent.write(content.subarray(0, 50_000));
    const first = blobs.append(upload, silent, 0, 300_000);
    await pause(50);
    await blobs.interrupt(upload);
    const received = await first;
    expect(received).toBe(50_000);
    expect(await blobs.append(upload, piece(received, 300_000), received, 300_000)).toBe(300_000);
    expect(await blobs.finish(upload)).toMatchObject({ digest: digestOf(content.subarray(0, 300_000)) });
  });

  test("begins anew at 0, forgets what was discarded, and finds what was left behind", async () => {
    const blobs = await open();
    const upload = newUploadId();
    await blobs.append(upload, Readable.from([randomBytes(70_000)]), 0, 300_000);
    expect(await blobs.append(upload, piece(0, 300_000), 0, 300_000)).toBe(300_000);
    expect(await blobs.abandoned(new Date(Date.now() + 60_000))).toContain(upload);
    expect(await blobs.abandoned(new Date(Date.now() - 60_000))).not.toContain(upload);
    await blobs.discard(upload);
    await blobs.discard(upload);
    expect(await blobs.abandoned(new Date(Date.now() + 60_000))).not.toContain(upload);
    await expect(blobs.append(upload, piece(100_000, 300_000), 100_000, 300_000)).rejects.toMatchObject({ code: "ENOENT" });
  });

  test("takes no name that is not of its making", async () => {
    const blobs = await open();
    await expect(blobs.append("../boven", piece(0, 10), 0, 10)).rejects.toThrow(RangeError);
    await expect(blobs.stat("../boven")).rejects.toThrow(RangeError);
  });
});

describe("S3", () => {
  test("is refused with a wrong secret, a wrong name and a wrong region; no message holds a secret", async () => {
    const secret = "VERKEERD-KANARIE-GEHEIM";
    for (const more of [{ secretAccessKey: secret }, { accessKeyId: "iemand-anders" }, { region: "elders" }]) {
      const failed: unknown = await s3Blobs(placeOf(s3, more))
        .put(newUploadId(), Readable.from([Buffer.alloc(5)]), 5)
        .catch((error: unknown) => error);
      expect(failed).toMatchObject({ code: "unavailable" });
      expect(`${String(failed)} ${JSON.stringify(failed)}`).not.toMatch(/KANARIE|iemand-anders|Signature/u);
    }
    expect(s3.refusals).toEqual(expect.arrayContaining(["SignatureDoesNotMatch", "InvalidAccessKeyId", "AuthorizationHeaderMalformed"]));
  });

  test("two servers on one upload: whoever saves second is told to ask where it goes on, and the file is whole", async () => {
    const [a, b] = [s3Blobs(placeOf(s3)), s3Blobs(placeOf(s3))];
    const upload = newUploadId();
    await a.append(upload, piece(0, 1_000), 0, 300_000);
    const slow = new PassThrough();
    slow.write(content.subarray(1_000, 2_000));
    const left = a.append(upload, slow, 1_000, 300_000);
    await pause(50);
    await b.append(upload, piece(1_000, 5_000), 1_000, 300_000);
    slow.end();
    await expect(left).rejects.toMatchObject({ code: "upload-offset" });
    await b.append(upload, piece(5_000, 300_000), 5_000, 300_000);
    expect(await b.finish(upload)).toMatchObject({ digest: digestOf(content.subarray(0, 300_000)) });
  });

  test("a whole file is never written over", async () => {
    const blobs = s3Blobs(placeOf(s3));
    const upload = newUploadId();
    await blobs.put(upload, Readable.from([Buffer.from("een")]), 3);
    await expect(blobs.put(upload, Readable.from([Buffer.from("twe")]), 3)).rejects.toMatchObject({ code: "already-there" });
  });

  test("what a server kept and could not tell any more is skipped when it comes again", async () => {
    const blobs = s3Blobs(placeOf(s3));
    const upload = newUploadId();
    await blobs.append(upload, piece(0, 2_000), 0, 300_000);
    expect(await blobs.append(upload, piece(500, 300_000), 500, 300_000)).toBe(300_000);
    expect(await s3Blobs(placeOf(s3)).finish(upload)).toMatchObject({ digest: digestOf(content.subarray(0, 300_000)) });
  });

  test("a store that ignores conditions is not taken into use; one that stumbles or hangs up is asked again", async () => {
    await expect(checkS3(placeOf(s3))).resolves.toBeUndefined();
    const careless = await startS3({ ignoreConditions: true });
    const weak = await startS3({ flaky: true, cuts: true });
    try {
      await expect(checkS3(placeOf(careless))).rejects.toMatchObject({ code: "unavailable", message: expect.stringContaining("If-None-Match and If-Match") });
      const blobs = s3Blobs(placeOf(weak));
      const bytes = content.subarray(0, 40_000);
      const { key } = await blobs.put(newUploadId(), Readable.from([bytes]), bytes.length);
      expect((await bytesOf(blobs, key, 0, bytes.length - 1)).equals(bytes)).toBe(true);
    } finally {
      await Promise.all([careless.close(), weak.close()]);
    }
  });
});
