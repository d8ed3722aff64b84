/** The digest of the web app as it lies on disk: what the log holds, what a reader compares, what two builds must agree on. For house.ts, the release tools and tests. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/** The files of a built web app and one digest over all of them. */
export interface Bundle {
  /** Lower-case hexadecimal SHA-256 of {@link Bundle.manifest}. */
  readonly digest: string;
  /**
   * A line a file, `<sha256>  ./<path>\n`, sorted by path as bytes: what `LC_ALL=C; find . -type f | sort | xargs sha256sum` prints in that folder, so that nobody needs
   * this program to check it. What was compressed beside a file (`.br`, `.gz`) is left out: a client sees the file itself, and the digest then does not depend on a compressor.
   */
  readonly manifest: string;
}

const compressed = /\.(?:br|gz)$/u;

async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path)) hash.update(piece);
  return hash.digest("hex");
}

/** Reads a built web app. @param folder such as `dist/web` @throws what `node:fs` throws when the folder is not there */
export async function readBundle(folder: string): Promise<Bundle> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = found
    .filter((one) => one.isFile() && !compressed.test(one.name))
    .map((one) => relative(folder, join(one.parentPath, one.name)).split(sep).join("/"))
    .toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  let manifest = "";
  for (const path of paths) manifest += `${await digestOf(join(folder, path))}  ./${path}\n`;
  return { digest: createHash("sha256").update(manifest).digest("hex"), manifest };
}
