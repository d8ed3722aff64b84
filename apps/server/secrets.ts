/** The few secrets a server has of its own: the log's signing key, the keys for decoy answers, fingerprints, pointers, surveys, facts, organisations' sign-in and admission; made once, kept in the data directory, mode 0600. For house.ts. */
import { createHash, randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { generateNoteKey } from "@rugdekking/ledger";
import { settle, unsettle } from "#services/directory/store/index.ts";
import { Problem } from "#services/problem/index.ts";
import type { Database } from "#services/storage/index.ts";

/** What is in the folder of keys. None of it opens a seal. */
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
  /** 32 bytes under which challenges are written for who is not signed in, and under which the private keys of their tokens lie in the database. Lose it, and tokens of these two days are worth nothing. */
  readonly admission: Uint8Array;
  /** Key of the HMAC by which the processing log names a person. Whoever holds it and an id finds the lines about them. */
  readonly processing: Uint8Array;
  /** Key of the HMACs that stand for accounts of organisations' own sign-in, and of what goes with an attempt there. Lose it, and everyone ties their account anew. */
  readonly organisationSignIn: Uint8Array;
  /** Registrar's Ed25519 public key, base64url; null until a registrar was set. */
  readonly registrar: string | null;
}

/** Names of the files in the folder of keys that hold secrets. */
export const secretNames = ["log-signer", "decoy", "fingerprints", "pointer", "monitor", "figures", "organisation-sign-in", "processing", "admission"] as const;
/** One of {@link secretNames}. */
export type SecretName = (typeof secretNames)[number];

/** What a key is known by where it may not be told itself: in the database, so that a server with another key is noticed. Every key has 256 random bits, so nobody finds one from its mark. */
export const keyMark = (name: SecretName, key: Uint8Array | string): string =>
  createHash("sha256").update(`rugdekking key mark\n${name}\n`).update(key).digest("base64url");

/** Marks of all keys of a server by name. */
export const keyMarks = (secrets: ServerSecrets): Readonly<Record<SecretName, string>> => ({
  "log-signer": keyMark("log-signer", secrets.logSigner),
  decoy: keyMark("decoy", secrets.decoy),
  fingerprints: keyMark("fingerprints", secrets.fingerprints),
  pointer: keyMark("pointer", secrets.pointer),
  monitor: keyMark("monitor", secrets.monitor),
  figures: keyMark("figures", secrets.figures),
  "organisation-sign-in": keyMark("organisation-sign-in", secrets.organisationSignIn),
  processing: keyMark("processing", secrets.processing),
  admission: keyMark("admission", secrets.admission),
});

/** Keys that must be the same on every server and are not held to anything else: the log, fingerprints and pointers have settings of their own. */
const held = ["decoy", "monitor", "figures", "organisation-sign-in", "processing", "admission"] as const;

/**
 * Holds this server to the keys its database began with. Another decoy key would tell which sign-in names exist (two servers would answer differently), another key of surveys or facts would lock the others out of what it makes, and another key of organisations' sign-in would know nobody.
 * @param replaced names of keys that were lost for good: what is in the folder counts from now on.
 * @returns the mark of all keys together, for `rugdekking doctor`.
 * @throws Problem `unavailable` naming the file.
 */
export async function holdToKeys(db: Database, secrets: ServerSecrets, replaced: readonly string[]): Promise<string> {
  const marks = keyMarks(secrets);
  const unknown = replaced.find((name) => !held.some((one) => one === name));
  if (unknown !== undefined)
    throw new Problem("input-malformed", `A new key named ${JSON.stringify(unknown)} cannot be taken into use`, `Give --new-key with ${held.join(", ")}.`);
  for (const name of held) {
    if (replaced.includes(name)) await unsettle(db, `key:${name}`);
    if ((await settle(db, `key:${name}`, marks[name])) === marks[name]) continue;
    throw new Problem(
      "unavailable",
      `keys/${name} is not the key that the other servers of this database work with`,
      `Give every server the same folder of keys (--keys), or restore keys/${name} from a backup; only when it is lost for good, start once with --new-key ${name}.`,
    );
  }
  return createHash("sha256").update(JSON.stringify(marks)).digest("base64url");
}

/** Reads the secrets, making those that are not there yet; a folder that holds them all may be read-only. @param name host name that becomes part of the log's origin. */
export async function readSecrets(folder: string, name: string): Promise<ServerSecrets> {
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
  const organisationSignIn = await readOrMake(join(folder, "organisation-sign-in"), async () => randomBytes(32).toString("base64url"));
  const admission = await readOrMake(join(folder, "admission"), async () => randomBytes(32).toString("base64url"));
  const registrar = await readIfThere(registrarFile(folder));
  return {
    logSigner,
    decoy: Buffer.from(decoy, "base64url"),
    fingerprints: Buffer.from(fingerprints, "base64url"),
    pointer: Buffer.from(pointer, "base64url"),
    monitor: Buffer.from(monitor, "base64url"),
    figures: Buffer.from(figures, "base64url"),
    processing: Buffer.from(processing, "base64url"),
    admission: Buffer.from(admission, "base64url"),
    organisationSignIn: Buffer.from(organisationSignIn, "base64url"),
    registrar,
  };
}

/** Where the registrar's public key is kept; the private one never is. @param folder of keys */
export const registrarFile = (folder: string): string => join(folder, "registrar-public-key");

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
