/**
 * Takes a piece of evidence in: hashes its bytes before anything else is done with them and writes the capture record. Whoever lets a file in calls it at once: screens when a file
 * is chosen, pasted or photographed, the command line when it is named, an import or extension per message.
 *
 * [Note: Hash at capture] The hash made here is compared with the one made while sealing; a file that changed in between is refused, so the record is about the bytes that were sealed.
 */
import { base64urlnopad, hex } from "@scure/base";
import { type CaptureRecord, type CaptureWay } from "#services/dossier/contract/capture.ts";
import { startDigest } from "./hashing.ts";

/** Name and version that a record carries; a test holds it to package.json. */
export const captureTool = "rugdekking 0.1.0";

/** What is known of a file besides its bytes. What is left out is null in the record. */
export interface CaptureFacts {
  readonly name: string;
  readonly how: CaptureWay;
  /** When the file was last changed, RFC 3339 UTC. */
  readonly modifiedAt?: string | null;
  readonly from?: { readonly url?: string | null; readonly account?: string | null; readonly platform?: string | null };
  /** Where it ran: `browser`, `command line`, `extension`. */
  readonly where?: string;
  /** When it was taken in; now unless told otherwise. */
  readonly capturedAt?: string;
}

/** Bytes that can be read more than once: a Blob or File, or something that opens a fresh stream each time. */
export type Rereadable = Blob | { readonly open: () => Promise<ReadableStream<Uint8Array>>; readonly size: number };

/** Blobs up to this size are hashed by the platform in one go; larger ones in pieces, so that they never stand in memory. Bytes. */
const wholeUpTo = 8 * 1024 * 1024;

const inNode = globalThis.process?.getBuiltinModule !== undefined;

/** SHA-256 of the bytes as they are now. */
async function hashNow(bytes: Rereadable): Promise<Uint8Array> {
  if (bytes instanceof Blob && bytes.size <= wholeUpTo) return new Uint8Array(await crypto.subtle.digest("SHA-256", await bytes.arrayBuffer()));
  const digest = startDigest();
  for await (const piece of bytes instanceof Blob ? bytes.stream() : await bytes.open()) digest.update(piece);
  return base64urlnopad.decode(digest.finish());
}

/** At most this many UTF-16 units of what someone gave. */
const short = (text: string | null | undefined, most: number): string | null => (text === undefined || text === null ? null : text.slice(0, most));

/**
 * Hashes a file and writes its record. Reads all of it once.
 * @throws what reading the file throws.
 */
export async function captureFile(bytes: Rereadable, facts: CaptureFacts): Promise<CaptureRecord> {
  // The moment of choosing, not of the end of a long hash.
  const capturedAt = facts.capturedAt ?? new Date().toISOString();
  return {
    format: "rugdekking-capture/1",
    name: facts.name.slice(0, 255),
    size: bytes.size,
    sha256: hex.encode(await hashNow(bytes)),
    capturedAt,
    clock: "device",
    modifiedAt: facts.modifiedAt ?? null,
    how: facts.how,
    from: { url: short(facts.from?.url, 2_000), account: short(facts.from?.account, 2_000), platform: short(facts.from?.platform, 2_000) },
    tool: `${captureTool} (${facts.where ?? (inNode ? "command line" : "browser")})`,
    salt: base64urlnopad.encode(crypto.getRandomValues(new Uint8Array(32))),
  };
}
