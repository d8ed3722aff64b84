/** The few secrets a server has of its own: the log's signing key, the keys for decoy answers, fingerprints, pointers, surveys and facts; made once, kept in the data directory, mode 0600. For house.ts. */
import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { generateNoteKey } from "@rugdekking/ledger";

/** What is in `<data>/keys`. None of it opens a seal. */
export interface ServerSecrets {
  /** C2SP signed-note signer key of the log. */
  readonly logSigner: string;
  /** Key of the HMAC that makes plausible answers for unknown sign-in names. */
  readonly decoy: Uint8Array;
  /** 32 bytes from which the VOPRF key of fingerprints is derived (RFC 9497 section 3.2.1). */
  readonly fingerprints: Uint8Array;
  /** Key of the HMAC that names a dossier to systems outside. Lose it, and they know every dossier under a new name. */
  readonly pointer: Uint8Array;
  /** 32 bytes under which the private token keys of surveys lie in the database. */
  readonly monitor: Uint8Array;
  /** 32 bytes under which the private token keys of anonymous facts lie in the database. */
  readonly figures: Uint8Array;
  /** Key of the HMAC by which the processing log names a person. Whoever holds it and an id finds the lines about them. */
  readonly processing: Uint8Array;
  /** Registrar's Ed25519 public key, base64url; null until a registrar was set. */
  readonly registrar: string | null;
}

/** Reads the secrets, making those that are not there yet. @param name host name that becomes part of the log's origin. */
export async function readSecrets(data: string, name: string): Promise<ServerSecrets> {
  const folder = join(data, "keys");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const logSigner = await readOrMake(
    join(folder, "log-signer"),
    async () => (await generateNoteKey(`${name}/log/${randomBytes(4).toString("hex")}`)).signerKey,
  );
  const decoy = await readOrMake(join(folder, "decoy"), async () => randomBytes(32).toString("base64url"));
  const fingerprints = await readOrMake(join(folder, "fingerprints"), async () => randomBytes(32).toString("base64url"));
  const pointer = await readOrMake(join(folder, "pointer"), async () => randomBytes(32).toString("base64url"));
  const monitor = await readOrMake(join(folder, "monitor"), async () => randomBytes(32).toString("base64url"));
  const figures = await readOrMake(join(folder, "figures"), async () => randomBytes(32).toString("base64url"));
  const processing = await readOrMake(join(folder, "processing"), async () => randomBytes(32).toString("base64url"));
  const registrar = await readIfThere(registrarFile(data));
  return {
    logSigner,
    decoy: Buffer.from(decoy, "base64url"),
    fingerprints: Buffer.from(fingerprints, "base64url"),
    pointer: Buffer.from(pointer, "base64url"),
    monitor: Buffer.from(monitor, "base64url"),
    figures: Buffer.from(figures, "base64url"),
    processing: Buffer.from(processing, "base64url"),
    registrar,
  };
}

/** Where the registrar's public key is kept; the private one never is. */
export const registrarFile = (data: string): string => join(data, "keys", "registrar-public-key");

async function readIfThere(file: string): Promise<string | null> {
  try {
    return (await readFile(file, "utf8")).trim();
  } catch (error) {
    if (typeof error === "object" && error !== null && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

async function readOrMake(file: string, make: () => Promise<string>): Promise<string> {
  const there = await readIfThere(file);
  if (there !== null) return there;
  const made = await make();
  // `wx`: two servers starting at once must not each keep a key of their own.
  try {
    await writeFile(file, `${made}\n`, { mode: 0o600, flag: "wx" });
    return made;
  } catch (error) {
    const other = await readIfThere(file);
    if (other !== null) return other;
    throw error;
  }
}
