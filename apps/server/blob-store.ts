/** Opens the store of sealed files that the settings name: a directory, or an S3-compatible store described in a file. For house.ts, backups and the doctor. */
import { readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";
import { checkS3, directoryBlobs, s3Blobs, type BlobStore, type S3Place } from "#services/dossier/store/index.ts";
import { Problem } from "#services/problem/index.ts";

/** The file that `--blobs` may name. It holds no secret itself. */
const S3File = Type.Object(
  {
    endpoint: Type.String({ pattern: "^https?://[^/@?#]+/?$", description: "address of the store, without a bucket and without a key" }),
    bucket: Type.String({ pattern: "^[a-z0-9][a-z0-9.-]{1,62}$" }),
    region: Type.String({ minLength: 1, maxLength: 60 }),
    prefix: Type.Optional(Type.String({ pattern: "^(?:[A-Za-z0-9_-]+/)*$" })),
    accessKeyId: Type.Optional(Type.String({ minLength: 1, description: "or RUGDEKKING_S3_ACCESS_KEY_ID" })),
    secretAccessKeyFile: Type.Optional(Type.String({ minLength: 1, description: "a file beside this one; or RUGDEKKING_S3_SECRET_ACCESS_KEY" })),
  },
  { additionalProperties: false },
);
type S3File = Static<typeof S3File>;

/** A store, and what to call it before an operator. */
export interface OpenedBlobs {
  readonly store: BlobStore;
  /** The directory; null for a store elsewhere, whose room is not ours to watch. */
  readonly directory: string | null;
  /** Directory, or endpoint and bucket. Holds no key. */
  readonly name: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws {@link Problem} input-malformed naming the file and what it lacks, unavailable when the store does not keep what we rely on. */
export async function openBlobs(path: string, shared: boolean, environment: Environment = process.env): Promise<OpenedBlobs> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile() !== true) return { store: await directoryBlobs(path, { shared }), directory: path, name: path };
  const place = await readPlace(path, environment);
  await checkS3(place);
  return { store: s3Blobs(place), directory: null, name: `${place.endpoint} ${place.bucket}` };
}

async function readPlace(path: string, environment: Environment): Promise<S3Place> {
  const malformed = (what: string, mend: string): Problem => new Problem("input-malformed", `${path} ${what}`, mend);
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, "utf8"));
  } catch {
    throw malformed("cannot be read as JSON", "Give --blobs a directory, or a file as docs/operate.md shows.");
  }
  if (!Check(S3File, value))
    throw malformed("does not describe a store", "Give endpoint, bucket and region as docs/operate.md shows; a key never stands in the address.");
  const accessKeyId = environment["RUGDEKKING_S3_ACCESS_KEY_ID"] ?? value.accessKeyId;
  const secretAccessKey = environment["RUGDEKKING_S3_SECRET_ACCESS_KEY"] ?? (await readSecret(path, value));
  if (accessKeyId === undefined || secretAccessKey === null || secretAccessKey === "")
    throw malformed(
      "comes without a key",
      "Give accessKeyId and secretAccessKeyFile in it, or RUGDEKKING_S3_ACCESS_KEY_ID and RUGDEKKING_S3_SECRET_ACCESS_KEY.",
    );
  return { endpoint: value.endpoint, bucket: value.bucket, region: value.region, prefix: value.prefix ?? "", accessKeyId, secretAccessKey };
}

async function readSecret(path: string, { secretAccessKeyFile }: S3File): Promise<string | null> {
  if (secretAccessKeyFile === undefined) return null;
  const file = resolve(dirname(path), secretAccessKeyFile);
  try {
    return (await readFile(file, "utf8")).trim();
  } catch {
    throw new Problem("input-malformed", `The secret key of the store in ${file} cannot be read`, "Let only the server's user read it, mode 0600.");
  }
}
