/** Checks what a house says of the web app it serves: the list against its digest, the digest against the log. Browser and command line call it; it fetches nothing. */
import { leafBytes, LedgerError, verifyReceipt } from "@rugdekking/ledger";
import type { Release } from "#services/ledger/contract/release.ts";

/** One served file. */
export interface ReleasedFile {
  /** Address below the origin, such as `/assets/index-AbCd1234.js`. */
  readonly path: string;
  /** SHA-256, lower-case hexadecimal. */
  readonly sha256: string;
}

/** A release that holds together. */
export interface CheckedRelease {
  readonly files: readonly ReleasedFile[];
  /** Leaf of the log that names this release, and the leaves the log had in the receipt. */
  readonly leaf: number;
  readonly size: number;
}

const hexadecimal = (bytes: ArrayBuffer): string => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** SHA-256 in lower-case hexadecimal. */
export const sha256Of = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> => hexadecimal(await crypto.subtle.digest("SHA-256", bytes));

/** The digest as a leaf names it: base64url without padding. */
const leafHash = (digest: string): string =>
  btoa(String.fromCodePoint(...(digest.match(/../gu) ?? []).map((pair) => Number.parseInt(pair, 16))))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/u, "");

/** Reads the list; a path may go nowhere but down. @throws LedgerError `proof-malformed`. */
function readManifest(manifest: string): ReleasedFile[] {
  const lines = manifest.split("\n");
  if (lines.pop() !== "" || lines.length === 0) throw new LedgerError("proof-malformed", "The list of files does not end in a newline, or names none.");
  const files = lines.map((line) => {
    const [, sha256, path] = /^([0-9a-f]{64}) {2}\.(\/[A-Za-z0-9_.@/-]+)$/u.exec(line) ?? [];
    if (sha256 === undefined || path === undefined || path.split("/").some((part, place) => part === ".." || part === "." || (place > 0 && part === "")))
      throw new LedgerError("proof-malformed", "The list of files holds a line that is none of `<sha256>  ./<path>`.");
    return { path, sha256 };
  });
  if (new Set(files.map(({ path }) => path)).size !== files.length) throw new LedgerError("proof-malformed", "The list of files names one twice.");
  return files;
}

/**
 * Checks a release offline.
 * @param log pinned verifier key of the log.
 * @throws LedgerError `proof-malformed` when list and digest do not belong together, else as `verifyReceipt`.
 */
export async function checkRelease({ digest, manifest, proof }: Release, log: string): Promise<CheckedRelease> {
  if ((await sha256Of(new TextEncoder().encode(manifest))) !== digest)
    throw new LedgerError("proof-malformed", "The list of files does not hash to the digest that the server gives with it.");
  const files = readManifest(manifest);
  const { index, checkpoint } = await verifyReceipt({ proof, leaf: leafBytes("web-bundle", leafHash(digest)), verifierKey: log });
  return { files, leaf: index, size: checkpoint.size };
}

/**
 * What the service worker keeps and checks by itself: path and SHA-256 of each file on its two lists, `/` read as the page.
 * @param source text of sw.js. @returns null when the lists cannot be found in it.
 */
export function listsOfWorker(source: string): ReleasedFile[] | null {
  const found = ["files", "large"].map((name) => new RegExp(`^const ${name} = (\\{[^;]*\\});$`, "mu").exec(source)?.[1]);
  const files: ReleasedFile[] = [];
  for (const text of found) {
    if (text === undefined) return null;
    for (const [, path = "", digest = ""] of text.matchAll(/"(\/[^"]*)": ?"([A-Za-z0-9+/=]{44})"/gu)) {
      const bytes = Uint8Array.from(atob(digest), (letter) => letter.codePointAt(0) ?? 0);
      files.push({ path: path === "/" ? "/index.html" : path, sha256: hexadecimal(bytes.buffer) });
    }
  }
  return files.length === 0 ? null : files;
}
