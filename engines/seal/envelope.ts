/** Check signed statements: DSSE envelopes with one Ed25519 signature; everyone may call it, servers included. */
import { type Bytes, concat, fromBase64Url, fromUtf8, isRecord, plain, toBase64Url, utf8 } from "./bytes.ts";
import { digestOf } from "./digest.ts";
import { SealError } from "./errors.ts";
import { nativeVerify } from "./native.ts";

/** DSSE envelope (secure-systems-lab/dsse v1.0.2): signed bytes are PAE(payloadType, payload bytes). `payload` and `sig` are base64url. Exactly one signature. */
export type Envelope = { payloadType: string; payload: string; signatures: { keyid: string; sig: string }[] };

/** DSSE pre-authentication encoding: `DSSEv1 SP len(type) SP type SP len(payload) SP payload`, lengths in bytes, decimal. */
export function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Bytes {
  const type = utf8(payloadType);
  return concat(utf8(`DSSEv1 ${type.length} `), type, utf8(` ${payload.length} `), payload);
}

/** The value as an envelope with exactly one signature and nothing else in it. @throws SealError `statement-malformed` */
export function parseEnvelope(value: unknown): Envelope {
  if (!isRecord(value) || typeof value["payloadType"] !== "string" || typeof value["payload"] !== "string")
    throw malformed("payloadType and payload must be strings");
  const signatures = value["signatures"];
  if (!Array.isArray(signatures) || signatures.length !== 1) throw malformed("it must carry exactly one signature");
  const signature: unknown = signatures[0];
  if (!isRecord(signature) || typeof signature["keyid"] !== "string" || typeof signature["sig"] !== "string") throw malformed("keyid and sig must be strings");
  return { payloadType: value["payloadType"], payload: value["payload"], signatures: [{ keyid: signature["keyid"], sig: signature["sig"] }] };
}

/** base64url SHA-256 over the PAE: the name by which a statement is cited. @throws SealError `statement-malformed` */
export async function statementHash(envelope: Envelope): Promise<string> {
  const { payloadType, payload } = parseEnvelope(envelope);
  return digestOf(preAuthenticationEncoding(payloadType, payloadBytes(payload)));
}

/** base64url SHA-256 of the 32 raw bytes of an Ed25519 public key. @throws SealError `key-malformed` */
export async function keyIdOf(signPublicKey: string): Promise<string> {
  return digestOf(signPublicKeyBytes(signPublicKey));
}

/**
 * Check type, key and signature; give the payload and the statement's hash.
 * @param payloadType the type that is expected here; another type is refused even when signed
 * @param signPublicKey base64url of 32 bytes (Ed25519, RFC 8032)
 * @throws SealError `statement-malformed`, `payload-type-mismatch`, `signature-invalid`, `key-malformed`
 */
export async function verifyStatement(envelope: Envelope, payloadType: string, signPublicKey: string): Promise<{ payload: unknown; hash: string }> {
  const statement = parseEnvelope(envelope);
  if (statement.payloadType !== payloadType) throw new SealError("payload-type-mismatch", `Expected a statement of type ${payloadType}.`);
  const raw = signPublicKeyBytes(signPublicKey);
  const signature = statement.signatures[0];
  const pae = preAuthenticationEncoding(payloadType, payloadBytes(statement.payload));
  const sig = fromBase64Url(signature?.sig, "The signature", "statement-malformed");
  if (signature?.keyid !== (await digestOf(raw)) || !(await isSignedBy(raw, sig, pae))) {
    throw new SealError("signature-invalid", "The signature does not belong to this statement and key.");
  }
  return { payload: payloadJson(statement.payload), hash: await digestOf(pae) };
}

/** The payload WITHOUT checking a signature; a caller's name for the result must say "unverified". @throws SealError `statement-malformed` */
export function readStatement(envelope: Envelope): unknown {
  return payloadJson(parseEnvelope(envelope).payload);
}

/** The 32 raw bytes of an Ed25519 public key. @throws SealError `key-malformed` */
export function signPublicKeyBytes(signPublicKey: unknown): Bytes {
  const raw = fromBase64Url(signPublicKey, "A signing key", "key-malformed");
  if (raw.length !== 32) throw new SealError("key-malformed", "A signing key must be 32 bytes (Ed25519).");
  return raw;
}

async function isSignedBy(rawPublicKey: Bytes, signature: Bytes, message: Bytes): Promise<boolean> {
  if (nativeVerify !== null) return nativeVerify(toBase64Url(rawPublicKey), signature, message);
  try {
    const key = await crypto.subtle.importKey("raw", rawPublicKey, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, key, signature, message);
  } catch {
    return false;
  }
}

function payloadBytes(payload: string): Bytes {
  return plain(fromBase64Url(payload, "The payload", "statement-malformed"));
}

function payloadJson(payload: string): unknown {
  const text = fromUtf8(payloadBytes(payload), "The payload", "statement-malformed");
  try {
    return JSON.parse(text);
  } catch {
    throw malformed("the payload is not JSON");
  }
}

function malformed(why: string): SealError {
  return new SealError("statement-malformed", `This is not a signed statement: ${why}.`);
}
