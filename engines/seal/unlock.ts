/** Unlock methods: from a passphrase, a recovery sheet or a passkey to the person's seeds, without the server ever seeing a password; clients call it. */
import { argon2idAsync } from "@noble/hashes/argon2.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { type Bytes, fromBase64Url, isRecord, plain, randomBytes, toBase64Url, utf8, uuidFromBytes, wipe } from "./bytes.ts";
import { parseSealPublicKey, parseSignPublicKey } from "./card.ts";
import { type Envelope, verifyStatement } from "./envelope.ts";
import { SealError } from "./errors.ts";
import { handOver, sealKeyPair, takeOver } from "./handover.ts";
import { deriveKey } from "./kdf.ts";
import { bundleOf, type PersonSecrets, secretsOf } from "./person.ts";
import { signKeyPair, type SignKeyPair, signStatement } from "./statement.ts";

/** 32 bytes that only this method gives. */
export type UnlockSecret = Bytes;

/** What is public about a method. Passphrase: `salt` (base64url, 16 bytes or more), `memoryKiB`, `passes`, `lanes`. Passkey: `credential`, PRF `salt`. Recovery sheet: empty. */
export type UnlockParameters = { salt?: string; memoryKiB?: number; passes?: number; lanes?: number; credential?: string };

/** One way to open a person's bundle, as the server keeps it (the directory contract's shape). */
export type UnlockMethod = {
  id: string;
  kind: "passphrase" | "recovery-sheet" | "passkey";
  label: string;
  parameters: UnlockParameters;
  signPublicKey: string;
  sealPublicKey: string;
  sealedBundle: string;
  /** Signed with the method's own key: whose bundle this is. See [Note: endorsement]. */
  endorsement: Envelope;
};

/**
 * [Note: endorsement] HPKE does not say who sealed: a server could seal a bundle of ITS making to the method's public key, hand it out with a card of its making,
 * and read everything the person then seals to "their own" key. So each method signs, with the Ed25519 key only its secret gives, the person's
 * signing public key (DSSE, {@link UNLOCK_ENDORSEMENT}); {@link openUnlock} refuses a bundle whose signing key was not endorsed. The sealing key may be renewed
 * without the method at hand, since the card that names it is signed with the endorsed key; the signing key may not.
 */
export const UNLOCK_ENDORSEMENT = "application/vnd.rugdekking.unlock-endorsement+json";

/** Parameters of a passphrase. */
export type PassphraseParameters = { salt: string; memoryKiB: number; passes: number; lanes: number };

/**
 * The second recommended option of RFC 9106 §4 (64 MiB, 3 passes) but with 1 lane instead of 4: in a browser the lanes run one after the other,
 * so they cost us as much and would only help an attacker who runs them side by side.
 */
const DEFAULT_COST = { memoryKiB: 65_536, passes: 3, lanes: 1 } as const;
/** What a server may not go below (OWASP Password Storage: 19 MiB, 2 passes), nor above (1 GiB, 16 passes, 4 lanes) to make a browser stall. */
const LEAST = { memoryKiB: 19_456, passes: 2, lanes: 1 } as const;
const MOST = { memoryKiB: 1_048_576, passes: 16, lanes: 4 } as const;

/** Parameters for a new passphrase: the default cost and a fresh 16-byte salt. */
export function newPassphraseParameters(): PassphraseParameters {
  return { salt: toBase64Url(randomBytes(16)), ...DEFAULT_COST };
}

/**
 * Argon2id (RFC 9106) of the NFKC-normalised passphrase, 32 bytes. Takes one to three seconds; run it in a worker or show `progress` (0 to 1).
 * @throws SealError `unlock-parameters-refused` outside the floor and ceiling, whoever sent them; `unlock-malformed` for an empty passphrase
 */
export async function passphraseSecret(passphrase: string, parameters: UnlockParameters, progress?: (done: number) => void): Promise<UnlockSecret> {
  const { memoryKiB, passes, lanes, salt } = checkedCost(parameters);
  const password = utf8(passphrase.normalize("NFKC"));
  if (password.length === 0) throw new SealError("unlock-malformed", "A passphrase may not be empty.");
  try {
    const options = { m: memoryKiB, t: passes, p: lanes, dkLen: 32, asyncTick: 50, maxmem: 2 ** 31 };
    return plain(await argon2idAsync(password, salt, progress === undefined ? options : { ...options, onProgress: progress }));
  } finally {
    wipe(password);
  }
}

function checkedCost(parameters: UnlockParameters): { memoryKiB: number; passes: number; lanes: number; salt: Bytes } {
  const refused = (name: string) =>
    new SealError("unlock-parameters-refused", `The passphrase parameter "${name}" is outside what is safe. Do not type the passphrase here; ask the desk.`);
  const within = (name: keyof typeof LEAST) => {
    const value = parameters[name];
    if (value === undefined || !Number.isSafeInteger(value) || value < LEAST[name] || value > MOST[name]) throw refused(name);
    return value;
  };
  const salt = fromBase64Url(parameters.salt, "The passphrase salt", "unlock-parameters-refused");
  if (salt.length < 16 || salt.length > 64) throw refused("salt");
  return { memoryKiB: within("memoryKiB"), passes: within("passes"), lanes: within("lanes"), salt };
}

/** The secret of a passkey: HKDF-SHA256 of the WebAuthn PRF output (32 bytes, `prf.results.first`). @throws SealError `unlock-malformed` */
export async function passkeySecret(prfOutput: Uint8Array): Promise<UnlockSecret> {
  if (prfOutput.length !== 32) throw new SealError("unlock-malformed", "A passkey's PRF output must be 32 bytes.");
  return deriveKey(prfOutput, "passkey/1");
}

/** The Ed25519 key that proves the method to the server, before the bundle is given out. */
export async function unlockSigner(secret: UnlockSecret): Promise<SignKeyPair> {
  const seed = deriveKey(checkedSecret(secret), "unlock/1 sign");
  try {
    return await signKeyPair(seed);
  } finally {
    wipe(seed);
  }
}

/**
 * A new method for a person.
 *
 * [Note: method id] The id is HMAC-SHA256 over kind, parameters and both public keys, under a key derived from the person's signing seed, cut to the shape
 * of a UUIDv4. So {@link renewUnlock} can tell the person's own methods from one a server slipped in, whose key the bundle would be sealed to.
 * @throws SealError `unlock-malformed`
 */
export async function sealUnlock(
  kind: UnlockMethod["kind"],
  label: string,
  parameters: UnlockParameters,
  secret: UnlockSecret,
  person: PersonSecrets,
): Promise<UnlockMethod> {
  const [signer, seal, own] = await Promise.all([unlockSigner(secret), unlockSealKey(secret), signKeyPair(person.signSeed)]);
  const endorsement = await signStatement(UNLOCK_ENDORSEMENT, { signPublicKey: own.publicKey }, signer);
  return resealed({ kind, label, parameters, signPublicKey: signer.publicKey, sealPublicKey: seal.publicKey, endorsement }, person);
}

/**
 * Open the bundle, and make sure that it is the one this method was made for.
 * @throws SealError `unlock-wrong` when the secret is not this method's; `unlock-malformed` when method or bundle were replaced or altered; `sealed-key-malformed`, `hand-over-refused` when the server's copy is broken
 */
export async function openUnlock(method: UnlockMethod, secret: UnlockSecret): Promise<PersonSecrets> {
  const key = await unlockSealKey(secret);
  if (key.publicKey !== method.sealPublicKey)
    throw new SealError("unlock-wrong", "This is not the secret of this unlock method. Try again, or use another method.");
  const bundle = await takeOver(method.sealedBundle, key, bundleContext(method.id));
  try {
    const person = secretsOf(bundle);
    if (methodId(method, person) !== method.id) throw new SealError("unlock-malformed", "The unlock method was altered since it was made. Use another method.");
    await checkEndorsement(method, secret, person);
    return person;
  } finally {
    wipe(bundle);
  }
}

async function checkEndorsement(method: UnlockMethod, secret: UnlockSecret, person: PersonSecrets): Promise<void> {
  const [signer, own] = await Promise.all([unlockSigner(secret), signKeyPair(person.signSeed)]);
  const refused = new SealError(
    "unlock-malformed",
    "The server gave keys that this unlock method never vouched for. Do not go on; tell whoever runs this server.",
  );
  const payload = await verifyStatement(method.endorsement, UNLOCK_ENDORSEMENT, signer.publicKey).then(
    (checked) => checked.payload,
    () => null,
  );
  if (!isRecord(payload) || payload["signPublicKey"] !== own.publicKey) throw refused;
}

/**
 * Seal the person's bundle anew for a method that is not at hand: after the sealing seed was renewed. The signing seed stays (see [Note: endorsement]).
 * @throws SealError `unlock-malformed` when the method is not one this person made, or `person` holds another signing seed than the method was made under
 */
export async function renewUnlock(method: UnlockMethod, person: PersonSecrets): Promise<UnlockMethod> {
  if (methodId(method, person) !== method.id)
    throw new SealError("unlock-malformed", "This unlock method is not one you made, or it was altered. It was not renewed; remove it.");
  const { kind, label, parameters, signPublicKey, sealPublicKey, endorsement } = method;
  return resealed({ kind, label, parameters, signPublicKey, sealPublicKey, endorsement }, person);
}

async function resealed(bare: Omit<UnlockMethod, "id" | "sealedBundle">, person: PersonSecrets): Promise<UnlockMethod> {
  const id = methodId(bare, person);
  const bundle = bundleOf(person);
  try {
    return { id, ...bare, sealedBundle: await handOver(bundle, bare.sealPublicKey, bundleContext(id)) };
  } finally {
    wipe(bundle);
  }
}

/** Id of a method: see [Note: method id]. Exported for the tests, which forge with it. */
export function methodId(method: Omit<UnlockMethod, "id" | "sealedBundle" | "endorsement">, person: PersonSecrets): string {
  const { salt, memoryKiB, passes, lanes, credential } = method.parameters;
  const facts = [
    method.kind,
    salt ?? null,
    memoryKiB ?? null,
    passes ?? null,
    lanes ?? null,
    credential ?? null,
    parseSignPublicKey(method.signPublicKey),
    parseSealPublicKey(method.sealPublicKey),
  ];
  return uuidFromBytes(hmac(sha256, deriveKey(person.signSeed, "unlock/1 method-id"), utf8(JSON.stringify(facts))));
}

function bundleContext(id: string) {
  return { purpose: "bundle", subject: id, to: id } as const;
}

async function unlockSealKey(secret: UnlockSecret) {
  const seed = deriveKey(checkedSecret(secret), "unlock/1 seal");
  try {
    return await sealKeyPair(seed);
  } finally {
    wipe(seed);
  }
}

function checkedSecret(secret: UnlockSecret): UnlockSecret {
  if (secret.length !== 32) throw new SealError("unlock-malformed", "An unlock secret must be 32 bytes.");
  return secret;
}
