/** Streams: every size around age's 64 KiB chunks comes back, memory stays flat, and harm is noticed. */
import { describe, expect, it } from "vitest";
import { type Bytes, concat } from "./bytes.ts";
import { cutTo, generateDossierKey, itemFileKey, newUuid, openItem, openStream, openStreamWithFileKey, readAgeHeader, sealStream } from "./index.ts";

const key = generateDossierKey();
const place = { dossier: newUuid(), item: newUuid(), channel: "main" };
const CHUNK = 65_536;

function filled(length: number): Bytes {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += CHUNK) crypto.getRandomValues(bytes.subarray(at, at + CHUNK));
  return bytes;
}
/** The bytes as a stream in pieces of uneven size. */
function flowing(bytes: Bytes, piece: number): ReadableStream<Bytes> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + piece));
      at += piece;
    },
  });
}
async function whole(stream: ReadableStream<Bytes>): Promise<Bytes> {
  const pieces: Bytes[] = [];
  for await (const piece of stream) pieces.push(piece);
  return concat(...pieces);
}
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail("should have been refused"),
    (cause: unknown) => cause,
  );

describe("sealed streams", () => {
  it.each([0, 1, 15, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK - 17, 2 * CHUNK, 2 * CHUNK + 1, 5 * CHUNK + 12_345])(
    "of %i bytes come back whole",
    async (length) => {
      const content = filled(length);
      const { stream, size } = await sealStream(flowing(content, 10_007), length, key, place);
      const sealed = await whole(stream);
      expect(sealed.length).toBe(size);
      expect(await whole((await openStream(flowing(sealed, 7_919), key, place)).pipeThrough(cutTo(length)))).toEqual(content);
      expect(await openItem(sealed, key, place, length)).toEqual(content);
      const fileKey = await itemFileKey(readAgeHeader(sealed) ?? new Uint8Array(0), key, place);
      expect(await whole((await openStreamWithFileKey(flowing(sealed, CHUNK * 3), fileKey)).pipeThrough(cutTo(length)))).toEqual(content);
    },
  );
  it("fail when the source is longer or shorter than was said", async () => {
    for (const said of [999, 1001]) {
      const { stream } = await sealStream(flowing(filled(1000), 100), said, key, place);
      expect(await failure(whole(stream))).toMatchObject({ code: "length-mismatch" });
    }
  });
  it("fail when cut off between chunks, altered, or in another place", async () => {
    const { stream } = await sealStream(flowing(filled(3 * CHUNK), CHUNK), 3 * CHUNK, key, place);
    const sealed = await whole(stream);
    const header = readAgeHeader(sealed)?.length ?? 0;
    for (const end of [header, header + 16, header + 16 + CHUNK + 16, sealed.length - 1]) {
      expect(await failure(openStream(flowing(sealed.slice(0, end), CHUNK), key, place).then(whole))).toMatchObject({
        name: "SealError",
        code: "item-refused",
      });
    }
    const altered = sealed.slice();
    altered[sealed.length - 40] = (altered[sealed.length - 40] ?? 0) ^ 1;
    expect(await failure(openStream(flowing(altered, CHUNK), key, place).then(whole))).toMatchObject({ code: "item-refused" });
    expect(await failure(openStream(flowing(sealed, CHUNK), key, { ...place, item: newUuid() }))).toMatchObject({ code: "item-refused" });
    expect(await failure(whole((await openStream(flowing(sealed, CHUNK), key, place)).pipeThrough(cutTo(3 * CHUNK - 7))))).toMatchObject({
      code: "length-mismatch",
    });
  });
  it("tell a failing source's own error, not a broken seal", async () => {
    const broken = () => new ReadableStream<Bytes>({ pull: (controller) => controller.error(new Error("the line went dead")) });
    const { stream } = await sealStream(broken(), 10, key, place);
    expect(await failure(whole(stream))).toMatchObject({ message: "the line went dead" });
    expect(await failure(openStream(broken(), key, place))).toMatchObject({ message: "the line went dead" });
  });
  it("wait for their reader: a slow reader of 1 GiB makes the source give no more than a few pieces ahead", async () => {
    const length = 1024 ** 3;
    const piece = new Uint8Array(CHUNK);
    let given = 0;
    let cancelled = false;
    const source = new ReadableStream<Bytes>(
      {
        pull(controller) {
          given += CHUNK;
          controller.enqueue(piece);
        },
        cancel() {
          cancelled = true;
        },
      },
      { highWaterMark: 0 },
    );
    const sealed = await sealStream(source, length, key, place);
    const opened = await openStream(sealed.stream, key, place);
    const reader = opened.getReader();
    let got = 0;
    while (got < 40 * CHUNK) got += (await reader.read()).value?.length ?? 0;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(given - got).toBeLessThan(16 * CHUNK);
    await reader.cancel();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(cancelled).toBe(true);
  });
});
