/**
 * The MLKEM768-X25519 key encapsulation for browsers and Node alike, in the shape `hpke` asks for; only suite.ts may import it.
 *
 * [Note: why our own KEM adapter] `hpke` 1.1.7 has this KEM, but it asks WebCrypto for cSHAKE256 and SHA3-256, which Chromium 156
 * lacks although it has ML-KEM-768. So the lattice and curve work is WebCrypto's (non-extractable CryptoKeys), the two hashes are
 * @noble/hashes', and ML-KEM is @noble/post-quantum's where a browser has none. A test holds it against hpke's own KEM both ways
 * and against @noble/post-quantum's X-Wing. Construction: draft-irtf-cfrg-hybrid-kems (C2PRI combiner, as X-Wing), KEM id 0x647a.
 */
import { sha3_256, shake256 } from "@noble/hashes/sha3.js";
import { ml_kem768 } from "@noble/post-quantum/ml-kem.js";
import type { KEM, Key, KeyPair } from "hpke";
import { type Bytes, concat, plain, randomBytes, wipe } from "./bytes.ts";
import { SealError } from "./errors.ts";

const NAME = "MLKEM768-X25519";
const LABEL = Uint8Array.of(0x5c, 0x2e, 0x2f, 0x2f, 0x5e, 0x5c);
const PQ_PUBLIC = 1184;
const PQ_CIPHERTEXT = 1088;
/** PKCS#8 header of an X25519 private key (RFC 8410), followed by the 32 bytes. */
const PKCS8_X25519 = Uint8Array.of(0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x6e, 0x04, 0x22, 0x04, 0x20);
/** The curve's base point: X25519(secret, 9) is the public key (RFC 7748 §6.1). */
const BASE_POINT = Uint8Array.of(9, ...new Uint8Array(31));

/** A half or whole key pair. `pq` is a CryptoKey where the runtime has ML-KEM-768, else the raw decapsulation key. */
export type KemKey = Key & {
  readonly pq: CryptoKey | Bytes;
  readonly curve: CryptoKey;
  /** 1216 bytes: ML-KEM-768 encapsulation key ‖ X25519 public key. */
  readonly publicBytes: Bytes;
};

/** The part of the WICG "modern algorithms" draft that is used here; not yet in TypeScript's DOM types. */
type MlKemSubtle = {
  importKey(format: "raw-seed" | "raw-public", bytes: Bytes, algorithm: { name: "ML-KEM-768" }, extractable: boolean, usages: string[]): Promise<CryptoKey>;
  encapsulateBits(algorithm: { name: "ML-KEM-768" }, key: CryptoKey): Promise<{ sharedKey: ArrayBuffer; ciphertext: ArrayBuffer }>;
  decapsulateBits(algorithm: { name: "ML-KEM-768" }, key: CryptoKey, ciphertext: Bytes): Promise<ArrayBuffer>;
};
const ML_KEM = { name: "ML-KEM-768" } as const;
const X25519 = { name: "X25519" } as const;

function hasMlKem(subtle: object): subtle is MlKemSubtle {
  return "encapsulateBits" in subtle && "decapsulateBits" in subtle;
}

let nativeProbe: Promise<MlKemSubtle | null> | undefined;
/** WebCrypto with ML-KEM-768 when this runtime really has it; tried once, with the fixed all-zero seed. */
function native(): Promise<MlKemSubtle | null> {
  nativeProbe ??= (async () => {
    const subtle: object = crypto.subtle;
    if (!hasMlKem(subtle)) return null;
    try {
      await subtle.importKey("raw-seed", new Uint8Array(64), ML_KEM, false, ["decapsulateBits"]);
      return subtle;
    } catch {
      return null;
    }
  })();
  return nativeProbe;
}

/** How ML-KEM-768 is done: by the runtime, or by @noble/post-quantum. Tests build a KEM for each. */
export type MlKemProvider = "runtime" | "noble";

/** The provider this runtime will use. */
export async function mlKemProvider(): Promise<MlKemProvider> {
  return (await native()) === null ? "noble" : "runtime";
}

/** The whole key pair that a 32-byte seed (the KEM's private key) stands for; the private half is non-extractable where the runtime can. */
export async function keyPairFromSeed(seed: Uint8Array, provider?: MlKemProvider): Promise<KeyPair<KemKey>> {
  const expanded = plain(shake256(seed, { dkLen: 96 }));
  const pqSeed = expanded.slice(0, 64);
  const pkcs8 = concat(PKCS8_X25519, expanded.subarray(64));
  const pair = ml_kem768.keygen(pqSeed);
  try {
    const subtle = provider === "noble" ? null : await native();
    const pq = subtle === null ? plain(pair.secretKey) : await subtle.importKey("raw-seed", pqSeed, ML_KEM, false, ["decapsulateBits"]);
    const curve = await crypto.subtle.importKey("pkcs8", pkcs8, X25519, false, ["deriveBits"]);
    const base = await crypto.subtle.importKey("raw", BASE_POINT, X25519, false, []);
    const curvePublic = new Uint8Array(await crypto.subtle.deriveBits({ ...X25519, public: base }, curve, 256));
    const publicBytes = concat(pair.publicKey, curvePublic);
    if (subtle !== null) wipe(pair.secretKey);
    return {
      privateKey: { algorithm: { name: NAME }, extractable: false, type: "private", pq, curve, publicBytes },
      publicKey: await publicKeyFrom(publicBytes, provider),
    };
  } finally {
    wipe(expanded, pqSeed, pkcs8);
  }
}

async function publicKeyFrom(bytes: Uint8Array, provider?: MlKemProvider): Promise<KemKey> {
  const publicBytes = new Uint8Array(bytes);
  const pqBytes = publicBytes.slice(0, PQ_PUBLIC);
  const subtle = provider === "noble" ? null : await native();
  const [pq, curve] = await Promise.all([
    subtle === null ? pqBytes : subtle.importKey("raw-public", pqBytes, ML_KEM, true, ["encapsulateBits"]),
    crypto.subtle.importKey("raw", publicBytes.slice(PQ_PUBLIC), X25519, true, []),
  ]);
  return { algorithm: { name: NAME }, extractable: true, type: "public", pq, curve, publicBytes };
}

async function encapsulateMlKem(pq: CryptoKey | Bytes): Promise<{ shared: Uint8Array; ciphertext: Uint8Array }> {
  if (pq instanceof Uint8Array) {
    const { sharedSecret, cipherText } = ml_kem768.encapsulate(pq);
    return { shared: sharedSecret, ciphertext: cipherText };
  }
  const { sharedKey, ciphertext } = await (await needNative()).encapsulateBits(ML_KEM, pq);
  return { shared: new Uint8Array(sharedKey), ciphertext: new Uint8Array(ciphertext) };
}

async function decapsulateMlKem(pq: CryptoKey | Bytes, ciphertext: Bytes): Promise<Uint8Array> {
  if (pq instanceof Uint8Array) return ml_kem768.decapsulate(ciphertext, pq);
  return new Uint8Array(await (await needNative()).decapsulateBits(ML_KEM, pq, ciphertext));
}

async function needNative(): Promise<MlKemSubtle> {
  const subtle = await native();
  if (subtle === null) throw new SealError("runtime-unsupported", "This key was made where ML-KEM is built in, and this runtime has none.");
  return subtle;
}

/** SHA3-256(ss_PQ ‖ ss_T ‖ ct_T ‖ ek_T ‖ label), the C2PRI combiner. */
function combine(pqShared: Uint8Array, curveShared: Uint8Array, curveShare: Uint8Array, recipient: KemKey): Uint8Array {
  return sha3_256(concat(pqShared, curveShared, curveShare, recipient.publicBytes.subarray(PQ_PUBLIC), LABEL));
}

/** The KEM as `hpke` takes it (`new CipherSuite(() => kem, …)`). @param provider forced by tests; by default what the runtime has */
export function hybridKem(provider?: MlKemProvider): KEM<KemKey> {
  return {
    id: 0x647a,
    type: "KEM",
    name: NAME,
    Nsecret: 32,
    Nenc: 1120,
    Npk: 1216,
    Nsk: 32,
    DeriveKeyPair: async () => {
      throw new SealError("runtime-unsupported", "Key pairs are made from 32-byte seeds (the KEM's private keys), never derived from other material.");
    },
    GenerateKeyPair: () => keyPairFromSeed(randomBytes(32), provider),
    SerializePublicKey: async (key) => key.publicBytes.slice(),
    DeserializePublicKey: (bytes) => publicKeyFrom(bytes, provider),
    SerializePrivateKey: async () => {
      throw new SealError("runtime-unsupported", "Private keys are not extractable.");
    },
    DeserializePrivateKey: async (seed) => (await keyPairFromSeed(seed, provider)).privateKey,
    async Encap(recipient) {
      const { privateKey, publicKey } = await ephemeral();
      const share = new Uint8Array(await crypto.subtle.exportKey("raw", publicKey));
      const pq = await encapsulateMlKem(recipient.pq);
      const curveShared = new Uint8Array(await crypto.subtle.deriveBits({ ...X25519, public: recipient.curve }, privateKey, 256));
      return { shared_secret: combine(pq.shared, curveShared, share, recipient), enc: concat(pq.ciphertext, share) };
    },
    async Decap(enc, own) {
      const share = new Uint8Array(enc.subarray(PQ_CIPHERTEXT));
      const [pqShared, publicShare] = await Promise.all([
        decapsulateMlKem(own.pq, new Uint8Array(enc.subarray(0, PQ_CIPHERTEXT))),
        crypto.subtle.importKey("raw", share, X25519, true, []),
      ]);
      const curveShared = new Uint8Array(await crypto.subtle.deriveBits({ ...X25519, public: publicShare }, own.curve, 256));
      return combine(pqShared, curveShared, share, own);
    },
  };
}

async function ephemeral(): Promise<CryptoKeyPair> {
  const pair = await crypto.subtle.generateKey(X25519, false, ["deriveBits"]);
  if (!("privateKey" in pair)) throw new SealError("runtime-unsupported", "This runtime makes no X25519 key pairs.");
  return pair;
}
