/**
 * An S3 server of the smallest kind, for tests: checks every signature (AWS Signature Version 4, worked out here from the specification), every check value and every condition, and keeps objects in memory.
 * It is no proof that a certain product does the same; no real S3 server ran in these tests. Called by tests only.
 */
import { createHash, createHmac, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** Which of its promises a test server leaves out, to see it noticed. */
export interface S3Slips {
  readonly ignoreConditions?: boolean;
  /** Answers each first try of a request with 503. */
  readonly flaky?: boolean;
  /** Hangs up in the middle of each first GET with a range. */
  readonly cuts?: boolean;
}

/** A running server. */
export interface TestS3 {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly objects: Map<string, { readonly bytes: Buffer; readonly etag: string; changed: Date }>;
  readonly uploads: Map<string, { readonly key: string; readonly parts: Map<number, Buffer> }>;
  /** Codes of everything that was refused. */
  readonly refusals: string[];
  close(): Promise<void>;
}

const sha256 = (bytes: Buffer | string): Buffer => createHash("sha256").update(bytes).digest();
const hmac = (key: Buffer | string, text: string): Buffer => createHmac("sha256", key).update(text).digest();
const etagOf = (bytes: Buffer): string => `"${createHash("md5").update(bytes).digest("hex")}"`;
const encoded = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/gu, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
const xml = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

class Refusal extends Error {
  readonly status: number;
  constructor(status: number, code: string) {
    super(code);
    this.status = status;
  }
}

/** SigV4, "Authenticating Requests (AWS Signature Version 4)": canonical request, string to sign, signing key. */
function checkSignature(request: IncomingMessage, url: URL, body: Buffer, access: { accessKeyId: string; secretAccessKey: string; region: string }): void {
  const header = request.headers.authorization ?? "";
  const found = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/u.exec(header);
  if (found === null) throw new Refusal(403, "AccessDenied");
  const [, id = "", day = "", region = "", signed = "", signature = ""] = found;
  if (id !== access.accessKeyId) throw new Refusal(403, "InvalidAccessKeyId");
  if (region !== access.region) throw new Refusal(400, "AuthorizationHeaderMalformed");
  const date = String(request.headers["x-amz-date"] ?? "");
  const at = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/u, "$1-$2-$3T$4:$5:$6Z"));
  if (!(Math.abs(Date.now() - at) < 900_000) || !date.startsWith(day)) throw new Refusal(403, "RequestTimeTooSkewed");
  const names = signed.split(";");
  if (!["host", "x-amz-content-sha256", "x-amz-date"].every((name) => names.includes(name))) throw new Refusal(403, "AccessDenied");
  const payload = String(request.headers["x-amz-content-sha256"]);
  if (payload !== sha256(body).toString("hex")) throw new Refusal(400, "XAmzContentSHA256Mismatch");
  const query = [...url.searchParams]
    .map(([key, value]) => `${encoded(key)}=${encoded(value)}`)
    .toSorted()
    .join("&");
  const headers = names
    .map(
      (name) =>
        `${name}:${String(request.headers[name] ?? "")
          .trim()
          .replace(/\s+/gu, " ")}\n`,
    )
    .join("");
  const canonical = [
    request.method,
    url.pathname
      .split("/")
      .map((part) => encoded(decodeURIComponent(part)))
      .join("/"),
    query,
    headers,
    signed,
    payload,
  ].join("\n");
  const text = ["AWS4-HMAC-SHA256", date, `${day}/${region}/s3/aws4_request`, sha256(canonical).toString("hex")].join("\n");
  const key = hmac(hmac(hmac(hmac(`AWS4${access.secretAccessKey}`, day), region), "s3"), "aws4_request");
  if (hmac(key, text).toString("hex") !== signature) throw new Refusal(403, "SignatureDoesNotMatch");
}

function checkSum(request: IncomingMessage, body: Buffer): void {
  const sum = request.headers["x-amz-checksum-sha256"];
  if (sum === undefined) throw new Refusal(400, "ChecksumMissing");
  if (sum !== sha256(body).toString("base64")) throw new Refusal(400, "BadDigest");
}

/** Starts one. */
export async function startS3(slips: S3Slips = {}): Promise<TestS3> {
  const access = { accessKeyId: "KANARIE-TOEGANG", secretAccessKey: `KANARIE-GEHEIM/${randomUUID()}+`, region: "eu-demo-1" };
  const bucket = "rugdekking-demo";
  const objects: TestS3["objects"] = new Map();
  const uploads: TestS3["uploads"] = new Map();
  const refusals: string[] = [];
  const seen = new Set<string>();
  const store = (key: string, bytes: Buffer): string => {
    const etag = etagOf(bytes);
    objects.set(key, { bytes, etag, changed: new Date() });
    return etag;
  };
  const uploadOf = (id: string | null): { readonly key: string; readonly parts: Map<number, Buffer> } => {
    const upload = uploads.get(id ?? "");
    if (upload === undefined) throw new Refusal(404, "NoSuchUpload");
    return upload;
  };
  const list = (url: URL): string => {
    const prefix = url.searchParams.get("prefix") ?? "";
    const after = url.searchParams.get("continuation-token") ?? "";
    // Two a page, so that paging is walked.
    const names = [...objects.keys()].filter((name) => name.startsWith(prefix) && name > after).toSorted();
    const page = names.slice(0, 2);
    const more = names.length > page.length;
    const contents = page.map((name) => {
      const { bytes, changed } = objects.get(name) ?? { bytes: Buffer.alloc(0), changed: new Date() };
      return `<Contents><Key>${xml(name)}</Key><LastModified>${changed.toISOString()}</LastModified><Size>${bytes.length}</Size></Contents>`;
    });
    return `<ListBucketResult><IsTruncated>${more}</IsTruncated>${contents.join("")}${more ? `<NextContinuationToken>${xml(page.at(-1) ?? "")}</NextContinuationToken>` : ""}</ListBucketResult>`;
  };
  const complete = (key: string, id: string, body: string): string => {
    const { parts, key: named } = uploadOf(id);
    if (named !== key) throw new Refusal(404, "NoSuchUpload");
    const wanted = [...body.matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>([^<]*)<\/ETag><ChecksumSHA256>([^<]*)<\/ChecksumSHA256>/gu)];
    if (wanted.length === 0) throw new Refusal(400, "MalformedXML");
    const pieces = wanted.map(([, number, etag, sum], place) => {
      const bytes = parts.get(Number(number));
      if (bytes === undefined || etag?.replaceAll("&quot;", '"') !== etagOf(bytes) || sum !== sha256(bytes).toString("base64") || Number(number) !== place + 1)
        throw new Refusal(400, "InvalidPart");
      if (place < wanted.length - 1 && bytes.length < 5 * 1024 * 1024) throw new Refusal(400, "EntityTooSmall");
      return bytes;
    });
    uploads.delete(id);
    return store(key, Buffer.concat(pieces));
  };
  const put = (request: IncomingMessage, url: URL, key: string, body: Buffer): string => {
    checkSum(request, body);
    const part = url.searchParams.get("partNumber");
    if (part !== null) {
      uploadOf(url.searchParams.get("uploadId")).parts.set(Number(part), body);
      return etagOf(body);
    }
    const [none, match] = [request.headers["if-none-match"], request.headers["if-match"]];
    const there = objects.get(key);
    if (slips.ignoreConditions !== true) {
      if (none === "*" && there !== undefined) throw new Refusal(412, "PreconditionFailed");
      if (match !== undefined && there === undefined) throw new Refusal(404, "NoSuchKey");
      if (match !== undefined && match !== there?.etag) throw new Refusal(412, "PreconditionFailed");
    }
    return store(key, body);
  };
  const get = (request: IncomingMessage, response: ServerResponse, key: string): void => {
    const there = objects.get(key);
    if (there === undefined) throw new Refusal(404, "NoSuchKey");
    const [, from, to] = /^bytes=(\d+)-(\d+)$/u.exec(request.headers.range ?? "") ?? [];
    const bytes = from === undefined ? there.bytes : there.bytes.subarray(Number(from), Number(to) + 1);
    response.writeHead(from === undefined ? 200 : 206, { ETag: there.etag, "Content-Length": bytes.length });
    if (request.method === "HEAD") return void response.end();
    if (slips.cuts === true && from === "0" && bytes.length > 1_000) {
      response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
      return;
    }
    response.end(bytes);
  };
  const answer = (request: IncomingMessage, response: ServerResponse, body: Buffer): void => {
    const url = new URL(request.url ?? "/", "http://localhost");
    checkSignature(request, url, body, access);
    const [, named, ...rest] = url.pathname.split("/").map(decodeURIComponent);
    const key = rest.join("/");
    if (named !== bucket) throw new Refusal(404, "NoSuchBucket");
    if (slips.flaky === true && !seen.has(`${request.method} ${request.url}`)) {
      seen.add(`${request.method} ${request.url}`);
      throw new Refusal(503, "SlowDown");
    }
    const id = url.searchParams.get("uploadId");
    if (request.method === "GET" && key === "") return void response.end(list(url));
    if (request.method === "GET" || request.method === "HEAD") return get(request, response, key);
    if (request.method === "PUT") return void response.writeHead(200, { ETag: put(request, url, key, body) }).end();
    if (request.method === "POST" && url.searchParams.has("uploads")) {
      if (request.headers["x-amz-checksum-algorithm"] !== "SHA256") throw new Refusal(400, "ChecksumMissing");
      const fresh = randomUUID();
      uploads.set(fresh, { key, parts: new Map() });
      return void response.end(`<InitiateMultipartUploadResult><UploadId>${fresh}</UploadId></InitiateMultipartUploadResult>`);
    }
    if (request.method === "POST" && id !== null)
      return void response.end(`<CompleteMultipartUploadResult><ETag>${xml(complete(key, id, body.toString()))}</ETag></CompleteMultipartUploadResult>`);
    if (request.method !== "DELETE") throw new Refusal(405, "MethodNotAllowed");
    if (id === null) objects.delete(key);
    else {
      uploadOf(id);
      uploads.delete(id);
    }
    response.writeHead(204).end();
  };
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      try {
        answer(request, response, Buffer.concat(pieces));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refusals.push(error.message);
        response.writeHead(error.status).end(request.method === "HEAD" ? "" : `<Error><Code>${error.message}</Code></Error>`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    endpoint: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    bucket,
    ...access,
    objects,
    uploads,
    refusals,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
