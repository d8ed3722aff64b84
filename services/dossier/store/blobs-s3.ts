/** Keeps sealed attachments in an S3-compatible store, with the same promises as the directory in blobs.ts; used by the dossier's server room alone, opened by apps/server. */
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { AwsClient } from "aws4fetch";
import Type, { type Static } from "typebox";
import { Parse } from "typebox/value";
import { Problem } from "#services/problem/index.ts";
import { gather, keyShape, tooLarge, uploadShape, type BlobStore, type StoredBlob } from "./blobs.ts";
import { RunningDigests } from "./running-digests.ts";

/** Where the store is and how we are known there. The secret appears in no message and no log. */
export interface S3Place {
  /** `https://s3.example.nl`; buckets are addressed by path. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  /** Begins every name, such as `rugdekking/`; empty for none. */
  readonly prefix: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A part of a multipart upload; S3 takes none below 5 MiB but the last. Bytes. */
const partSize = 8 * 1024 * 1024;
const leastPart = 5 * 1024 * 1024;
/** How often a broken line is tried again. */
const tries = 3;

/**
 * [Note: Uploads in S3] An upload grows as a multipart upload. How far it has come lies beside it as `incoming/<upload>`: the parts with their check values, and the name of an object with the bytes behind the last part
 * that are too few for a part. That state is only ever replaced under the ETag it was read with, so of two servers that write the same upload one loses, and nothing half counts. What is whole is `blobs/<upload>`:
 * its digest is known only at the end, and a name by digest would cost a copy of everything.
 */
const UploadState = Type.Object(
  {
    multipart: Type.String(),
    /** Bytes that are durable. */
    offset: Type.Integer({ minimum: 0 }),
    parts: Type.Array(Type.Object({ etag: Type.String(), sha256: Type.String() }, { additionalProperties: false })),
    /** Length of the object `incoming/<upload>.<offset>` with what follows the parts; 0 for none. */
    tail: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
);
type UploadState = Static<typeof UploadState>;

/** The store said no in a way that nobody foresaw: its status and the name of the request, never an address or a header. */
const refused = (what: string, status: number): Problem =>
  status === 507
    ? new Problem("storage-full", "The store for attachments is full", "Try again later; nothing was kept of this piece.")
    : new Problem(
        "unavailable",
        `The store for attachments answered ${status} to ${what}`,
        "Try again in a moment; nothing was stored. Its operator can look with rugdekking doctor.",
      );

const sha256 = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();
const missing = (): Error => Object.assign(new Error("the upload is not there"), { code: "ENOENT" });
const takenOver = (): Problem => new Problem("upload-offset", "Another line went on with this upload", "Ask for its offset with HEAD and go on there.");

const entity: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", "#13": "", "#10": "" };
/** Contents of every `<name>` in an answer of the store. */
function tags(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, "gu"))].map(([, text = ""]) =>
    text.replace(/&([#\w]+);/gu, (whole, code: string) => entity[code] ?? whole),
  );
}
const [escapes, escapable] = [{ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" } as const, /[&<>"]/gu];
const escaped = (text: string): string => text.replace(escapable, (one) => (one === "&" || one === "<" || one === ">" || one === '"' ? escapes[one] : one));

interface Asked {
  readonly method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
  /** Statuses that are an answer and no refusal, besides 2xx. */
  readonly also?: readonly number[];
}

/** The store's own protocol: signed requests, each body with its check value. */
class Bucket {
  readonly #place: S3Place;
  readonly #client: AwsClient;

  constructor(place: S3Place) {
    this.#place = place;
    this.#client = new AwsClient({ accessKeyId: place.accessKeyId, secretAccessKey: place.secretAccessKey, service: "s3", region: place.region, retries: 0 });
  }

  /** @throws {@link Problem} unavailable when the store cannot be reached or refuses; storage-full. */
  async ask(name: string | null, { method, query = {}, headers = {}, body, also = [] }: Asked): Promise<Response> {
    const url = new URL(`${this.#place.endpoint.replace(/\/$/u, "")}/${this.#place.bucket}${name === null ? "" : `/${this.#place.prefix}${name}`}`);
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
    const digest = sha256(body ?? new Uint8Array());
    const what = `${method} ${name === null ? "of the bucket" : (name.split("/")[0] ?? "")}`;
    for (let attempt = 1; ; attempt += 1) {
      let response: Response | null = null;
      try {
        const signed = await this.#client.sign(url, {
          method,
          headers: {
            ...headers,
            "x-amz-content-sha256": digest.toString("hex"),
            ...(body === undefined || method !== "PUT" ? {} : { "x-amz-checksum-sha256": digest.toString("base64") }),
          },
          ...(body === undefined ? {} : { body }),
        });
        response = await fetch(signed);
      } catch {
        // Never the error itself: it may quote the address with what was signed.
      }
      if (response !== null && (response.ok || also.includes(response.status))) return response;
      await response?.body?.cancel();
      if (attempt >= tries || (response !== null && response.status < 500 && response.status !== 429)) throw refused(what, response?.status ?? 503);
      await new Promise((resolve) => setTimeout(resolve, 50 * 4 ** attempt * (0.5 + Math.random())));
    }
  }

  async put(name: string, body: Uint8Array<ArrayBuffer>, headers: Readonly<Record<string, string>> = {}): Promise<string> {
    const response = await this.ask(name, { method: "PUT", body, headers, also: [409, 412] });
    if (response.status === 412 || response.status === 409) throw new Occupied();
    return response.headers.get("etag") ?? "";
  }

  async remove(name: string): Promise<void> {
    await this.ask(name, { method: "DELETE", also: [404] });
  }

  /** Every object whose name begins with `start` (after the prefix), page by page. */
  async *list(start: string): AsyncGenerator<{ readonly name: string; readonly size: number; readonly changed: Date }> {
    for (let token: string | null = null; ;) {
      const query = { "list-type": "2", prefix: `${this.#place.prefix}${start}`, ...(token === null ? {} : { "continuation-token": token }) };
      const xml: string = await (await this.ask(null, { method: "GET", query })).text();
      for (const [, content = ""] of xml.matchAll(/<Contents>(.*?)<\/Contents>/gsu)) {
        const [[key = ""], [size = ""], [changed = ""]] = [tags(content, "Key"), tags(content, "Size"), tags(content, "LastModified")];
        yield { name: key.slice(this.#place.prefix.length), size: Number(size), changed: new Date(changed) };
      }
      token = tags(xml, "IsTruncated")[0] === "true" ? (tags(xml, "NextContinuationToken")[0] ?? null) : null;
      if (token === null) return;
    }
  }
}

/** A conditional put found something else there; never leaves this file. */
class Occupied extends Error {
  override readonly name = "Occupied";
}

const finished = (upload: string): string => `blobs/${upload}`;
const growing = (upload: string): string => `incoming/${upload}`;
const tailOf = (upload: string, state: UploadState): string => `incoming/${upload}.${state.offset}`;
const uploadOf = (key: string): string => {
  if (!keyShape.test(key)) throw new RangeError("not a blob key");
  return key.slice(-36);
};
const checked = (upload: string): string => {
  if (!uploadShape.test(upload)) throw new RangeError("not an upload id");
  return upload;
};

/**
 * Asks the store once whether it keeps what we rely on: our key may write, and a conditional put is refused when it must be.
 * @throws {@link Problem} unavailable with what is wrong.
 */
export async function checkS3(place: S3Place): Promise<void> {
  const bucket = new Bucket(place);
  const name = `probe/${crypto.randomUUID()}`;
  const body = new Uint8Array([1]);
  await bucket.put(name, body, { "If-None-Match": "*" });
  const slips: string[] = [];
  const mustRefuse = async (headers: Readonly<Record<string, string>>, what: string): Promise<void> => {
    try {
      await bucket.put(name, body, headers);
      slips.push(what);
    } catch (error) {
      if (!(error instanceof Occupied)) throw error;
    }
  };
  try {
    await mustRefuse({ "If-None-Match": "*" }, "If-None-Match");
    await mustRefuse({ "If-Match": '"00000000000000000000000000000000"' }, "If-Match");
  } finally {
    await bucket.remove(name);
  }
  if (slips.length > 0)
    throw new Problem(
      "unavailable",
      `The store for attachments does not keep to ${slips.join(" and ")}: two servers could overwrite each other's upload`,
      "Use a store with conditional writes (S3 since November 2024), or a shared directory.",
    );
}

/** Blobs in an S3-compatible store. Several servers may use it side by side. */
export function s3Blobs(place: S3Place): BlobStore {
  const bucket = new Bucket(place);
  const digests = new RunningDigests();
  const writers = new Map<string, { readonly broken: AbortController; readonly done: Promise<unknown> }>();

  const readState = async (upload: string): Promise<{ readonly state: UploadState; readonly etag: string } | null> => {
    const response = await bucket.ask(growing(upload), { method: "GET", also: [404] });
    if (response.status === 404) {
      await response.body?.cancel();
      return null;
    }
    return { state: Parse(UploadState, await response.json()), etag: response.headers.get("etag") ?? "" };
  };
  const saveState = async (upload: string, state: UploadState, before: string | null): Promise<string> => {
    try {
      return await bucket.put(growing(upload), Buffer.from(JSON.stringify(state)), before === null ? { "If-None-Match": "*" } : { "If-Match": before });
    } catch (error) {
      throw error instanceof Occupied ? takenOver() : error;
    }
  };
  const begin = async (upload: string): Promise<string> => {
    const response = await bucket.ask(finished(upload), { method: "POST", query: { uploads: "" }, headers: { "x-amz-checksum-algorithm": "SHA256" } });
    const [id] = tags(await response.text(), "UploadId");
    if (id === undefined) throw refused("the begin of an upload", response.status);
    return id;
  };
  const abort = async (upload: string, { multipart }: UploadState): Promise<void> => {
    await bucket.ask(finished(upload), { method: "DELETE", query: { uploadId: multipart }, also: [404] });
  };
  /** The bytes behind the last part. */
  const readTail = async (upload: string, state: UploadState): Promise<Buffer> => {
    if (state.tail === 0) return Buffer.alloc(0);
    const bytes = Buffer.from(await (await bucket.ask(tailOf(upload, state), { method: "GET" })).arrayBuffer());
    if (bytes.length !== state.tail) throw missing();
    return bytes;
  };
  const interrupt = async (upload: string): Promise<void> => {
    const writer = writers.get(upload);
    if (writer === undefined) return;
    writer.broken.abort();
    await writer.done.catch(() => undefined);
  };

  /** Where this upload goes on: its state with an ETag to replace it under, or a new one. */
  const resume = async (upload: string, offset: number): Promise<{ readonly state: UploadState; readonly etag: string | null }> => {
    const there = await readState(upload);
    if (offset === 0) {
      if (there !== null) await abort(upload, there.state);
      return { state: { multipart: await begin(upload), offset: 0, parts: [], tail: 0 }, etag: there?.etag ?? null };
    }
    if (there === null || there.state.offset < offset) throw missing();
    return there;
  };

  const write = async (upload: string, source: Readable, offset: number, size: number): Promise<number> => {
    const { state, etag } = await resume(upload, offset);
    const parts = [...state.parts];
    let pending: Uint8Array[] = [await readTail(upload, state)];
    let waiting = state.tail;
    let position = state.offset;
    // What a server kept and could not tell anyone any more: those bytes come once more.
    let again = state.offset - offset;
    const digest = digests.at(upload, position);
    const sendPart = async (): Promise<void> => {
      const body = Buffer.concat(pending);
      const response = await bucket.ask(finished(upload), {
        method: "PUT",
        query: { partNumber: String(parts.length + 1), uploadId: state.multipart },
        body,
        also: [404],
      });
      if (response.status === 404) throw takenOver();
      parts.push({ etag: response.headers.get("etag") ?? "", sha256: sha256(body).toString("base64") });
      [pending, waiting] = [[], 0];
    };
    try {
      for await (const piece of source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        const fresh = piece.subarray(Math.min(again, piece.length));
        again -= piece.length - fresh.length;
        if (position + fresh.length > size) throw tooLarge(size);
        if (fresh.length === 0) continue;
        pending.push(fresh);
        waiting += fresh.length;
        position += fresh.length;
        if (digest !== null) {
          digest.hash.update(fresh);
          digest.position = position;
        }
        if (waiting >= partSize) await sendPart();
      }
    } catch (error) {
      // A cut line is the normal end of a piece; what the store or the length says is not.
      if (error instanceof Problem) throw error;
    }
    if (waiting >= leastPart || (position === size && (waiting > 0 || parts.length === 0))) await sendPart();
    const next: UploadState = { multipart: state.multipart, offset: position, parts, tail: waiting };
    if (waiting > 0) await bucket.put(tailOf(upload, next), Buffer.concat(pending));
    await saveState(upload, next, etag);
    if (state.tail > 0 && state.offset !== position) await bucket.remove(tailOf(upload, state)).catch(() => undefined);
    return position;
  };

  const append: BlobStore["append"] = async (upload, source, offset, size) => {
    checked(upload);
    while (writers.has(upload)) await interrupt(upload);
    const broken = new AbortController();
    broken.signal.addEventListener("abort", () => source.destroy());
    const done = write(upload, source, offset, size);
    writers.set(upload, { broken, done });
    try {
      return await done;
    } catch (error) {
      digests.forget(upload);
      throw error;
    } finally {
      if (writers.get(upload)?.done === done) writers.delete(upload);
    }
  };

  /** Reads a blob from `start` on, going on where a line broke. */
  async function* bytesOf(upload: string, start: number, end: number): AsyncGenerator<Uint8Array> {
    let position = start;
    for (let attempt = 1; position <= end; attempt += 1) {
      const response = await bucket.ask(finished(upload), { method: "GET", headers: { Range: `bytes=${position}-${end}` } });
      try {
        for await (const piece of response.body ?? []) {
          yield piece;
          position += piece.length;
          attempt = 1;
        }
      } catch {
        // Broken off: on from where it was.
      }
      if (position <= end && attempt >= tries) throw refused("GET blobs", 503);
    }
  }

  const finish: BlobStore["finish"] = async (upload) => {
    await interrupt(checked(upload));
    const there = await readState(upload);
    if (there === null) throw missing();
    const { state } = there;
    const xml = `<CompleteMultipartUpload>${state.parts
      .map(
        ({ etag, sha256: sum }, place) =>
          `<Part><PartNumber>${place + 1}</PartNumber><ETag>${escaped(etag)}</ETag><ChecksumSHA256>${sum}</ChecksumSHA256></Part>`,
      )
      .join("")}</CompleteMultipartUpload>`;
    const response = await bucket.ask(finished(upload), { method: "POST", query: { uploadId: state.multipart }, body: Buffer.from(xml), also: [404] });
    // S3 may answer 200 and say in the body that it failed after all.
    const said = await response.text();
    if (response.status !== 404 && said.includes("<Error>")) throw refused("the end of an upload", 503);
    // 404: it was completed before, and the answer got lost.
    const head = await bucket.ask(finished(upload), { method: "HEAD" });
    if (Number(head.headers.get("content-length")) !== state.offset) throw refused("the end of an upload", 503);
    const known = digests.take(upload, state.offset);
    const hash = createHash("sha256");
    if (known === null) for await (const piece of bytesOf(upload, 0, state.offset - 1)) hash.update(piece);
    const digest = known ?? hash.digest();
    await bucket.remove(growing(upload));
    return { key: `${digest.toString("hex")}.${upload}`, digest: digest.toString("base64url"), size: state.offset };
  };

  return {
    append,
    interrupt,
    finish,

    async put(upload, source, size): Promise<StoredBlob> {
      checked(upload);
      if (size > partSize) {
        const received = await append(upload, Readable.from(source, { objectMode: false }), 0, size);
        if (received === size) return await finish(upload);
        await this.discard(upload);
        throw new Problem("upload-incomplete", `${received} of ${size} bytes came`, "Send the whole sealed file.");
      }
      const bytes = Buffer.from(await gather(source, size));
      if (bytes.length !== size) throw new Problem("upload-incomplete", `${bytes.length} of ${size} bytes came`, "Send the whole sealed file.");
      try {
        await bucket.put(finished(upload), bytes, { "If-None-Match": "*" });
      } catch (error) {
        throw error instanceof Occupied ? new Problem("already-there", "There is a file under this upload already", "Begin a new upload.") : error;
      }
      const digest = sha256(bytes);
      return { key: `${digest.toString("hex")}.${upload}`, digest: digest.toString("base64url"), size };
    },

    async discard(upload) {
      await interrupt(checked(upload));
      digests.forget(upload);
      const there = await readState(upload);
      if (there === null) return;
      await abort(upload, there.state);
      if (there.state.tail > 0) await bucket.remove(tailOf(upload, there.state));
      await bucket.remove(growing(upload));
    },

    async stat(key) {
      const response = await bucket.ask(finished(uploadOf(key)), { method: "HEAD", also: [404] });
      return response.status === 404 ? null : Number(response.headers.get("content-length"));
    },

    read: (key, { start, end }) => Readable.from(bytesOf(uploadOf(key), start, end), { objectMode: false }),

    async delete(key) {
      await bucket.remove(finished(uploadOf(key)));
    },

    async *all() {
      for await (const { name, size } of bucket.list("blobs/")) {
        const upload = name.slice("blobs/".length);
        if (uploadShape.test(upload)) yield { upload, size };
      }
    },

    async abandoned(moment) {
      const old: string[] = [];
      for await (const { name, changed } of bucket.list("incoming/")) {
        const upload = name.slice("incoming/".length);
        if (uploadShape.test(upload) && changed < moment) old.push(upload);
      }
      return old;
    },
  };
}
