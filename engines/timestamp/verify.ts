/**
 * Says whether an answer of a time-stamp authority may be believed: RFC 3161 section 2.2, the CMS signature of RFC 5652, the signing-certificate attribute of RFC 5816
 * and the chain of RFC 5280, judged at the time the stamp states. Parsing and chain building are PKI.js's; what it leaves to the caller (status, nonce, purpose, the tie to
 * the certificate, weak algorithms) is done here.
 */
import { fromBER, Constructed, Integer, ObjectIdentifier, OctetString, Primitive, Sequence, type BaseBlock } from "asn1js";
import {
  Certificate,
  CertificateChainValidationEngine,
  ContentInfo,
  ExtKeyUsage,
  getCrypto,
  IssuerAndSerialNumber,
  SignedData,
  TimeStampResp,
  TSTInfo,
  type Attribute,
  type SignerInfo,
} from "pkijs";
import { TimestampError, type TimestampErrorCode } from "./errors.ts";
import { NONCE_BYTES } from "./request.ts";

/** What is to be checked. */
export interface TimestampToCheck {
  /** DER TimeStampResp, as the authority sent it. */
  readonly response: Uint8Array;
  /** The bytes whose SHA-256 was sent. */
  readonly content: Uint8Array;
  /** The nonce that was sent, {@link NONCE_BYTES} bytes. */
  readonly nonce: Uint8Array;
  /** Certificates that are believed, DER; from a place other than the answer. */
  readonly roots: readonly Uint8Array[];
}

/** What a stamp that holds says. */
export interface Timestamp {
  /** When the authority saw the hash: UTC, RFC 3339, to the millisecond. */
  readonly at: string;
  /** How far off that may be in seconds, as the authority states it; null when it does not. */
  readonly accuracy: number | null;
  /** Organisation and common name of the certificate that signed: a name the root's owner vouches for. */
  readonly authority: string;
  /** Number of the stamp at that authority, hexadecimal. */
  readonly serial: string;
  /** The authority's policy, dotted OID. */
  readonly policy: string;
  /** Until when the signing certificate itself is in force, RFC 3339. */
  readonly certificateUntil: string;
}

const oid = {
  signedData: "1.2.840.113549.1.7.2",
  tstInfo: "1.2.840.113549.1.9.16.1.4",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingCertificate: "1.2.840.113549.1.9.16.2.12",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
  subjectKeyIdentifier: "2.5.29.14",
  extendedKeyUsage: "2.5.29.37",
  timeStamping: "1.3.6.1.5.5.7.3.8",
  organisation: "2.5.4.10",
  commonName: "2.5.4.3",
  rsa: "1.2.840.113549.1.1.1",
} as const;

/** Hashes we take, by OID (RFC 5754) and by their name in WebCrypto. SHA-1 and MD5 are not among them. */
const hashes: Readonly<Record<string, string>> = {
  "2.16.840.1.101.3.4.2.1": "SHA-256",
  "2.16.840.1.101.3.4.2.2": "SHA-384",
  "2.16.840.1.101.3.4.2.3": "SHA-512",
};
/** Signature algorithms whose hash is broken: md2, md5 and sha1 with RSA, sha1 with DSA and ECDSA. */
const weakSignatures = new Set(["1.2.840.113549.1.1.2", "1.2.840.113549.1.1.4", "1.2.840.113549.1.1.5", "1.2.840.10040.4.3", "1.2.840.10045.4.1"]);
/** Smallest RSA modulus we believe, bytes. */
const rsaBytes = 256;
/** The most an answer may hold; real ones are 1 to 8 kB. */
const mostBytes = 64 * 1024;

const fail = (code: TimestampErrorCode, message: string): never => {
  throw new TimestampError(code, message);
};
const malformed = (what: string): never => fail("response-malformed", `The answer is no time stamp: ${what}`);

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, place) => byte === b[place]);
const copyOf = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes);
const digest = async (name: string, bytes: Uint8Array): Promise<Uint8Array> => new Uint8Array(await crypto.subtle.digest(name, copyOf(bytes)));

/** Runs what parses bytes from outside: whatever a library throws there means that they are not what they should be. */
async function parsing<T>(what: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TimestampError) throw error;
    return malformed(what);
  }
}

/** A certificate with the very bytes it travelled in, which hashes are made over. */
interface Travelled {
  readonly certificate: Certificate;
  readonly der: Uint8Array;
}

function certificateOf(der: Uint8Array): Travelled {
  const { offset, result } = fromBER(copyOf(der));
  if (offset !== der.length) malformed("a certificate ends elsewhere than it says");
  return { certificate: new Certificate({ schema: result }), der };
}

const childrenOf = (block: BaseBlock | undefined): readonly BaseBlock[] => (block instanceof Constructed ? block.valueBlock.value : []);

/** TimeStampResp > ContentInfo > [0] > SignedData > certificates [0]: the certificates as they stand in the answer (RFC 5652 section 5.1). */
function certificatesIn(response: BaseBlock): readonly Travelled[] {
  const signedData = childrenOf(childrenOf(childrenOf(response)[1])[1])[0];
  const set = childrenOf(signedData).find(({ idBlock }) => idBlock.tagClass === 3 && idBlock.tagNumber === 0);
  return childrenOf(set).map((block) => certificateOf(block.valueBeforeDecodeView));
}

interface Parsed {
  readonly signedData: SignedData;
  readonly signer: SignerInfo;
  readonly info: TSTInfo;
  /** The bytes that were signed: DER of the TSTInfo. */
  readonly signed: Uint8Array;
  readonly certificates: readonly Travelled[];
}

function parse(response: Uint8Array): Parsed {
  if (response.length > mostBytes) malformed(`it has ${response.length} bytes`);
  const { offset, result } = fromBER(copyOf(response));
  if (offset !== response.length) malformed("it ends elsewhere than it says");
  const answer = new TimeStampResp({ schema: result });
  // PKIStatus (RFC 3161 section 2.4.2): granted or granted with modifications; everything else carries no stamp.
  if (answer.status.status !== 0 && answer.status.status !== 1) {
    const words = answer.status.statusStrings?.map(({ valueBlock }) => valueBlock.value).join("; ") ?? "";
    fail("refused", `The authority does not stamp (status ${answer.status.status}${words === "" ? "" : `: ${words.slice(0, 200)}`})`);
  }
  const token = answer.timeStampToken ?? malformed("there is no token in it");
  if (token.contentType !== oid.signedData) malformed("the token is not signed data");
  const signedData = new SignedData({ schema: ContentInfo.fromBER(token.toSchema().toBER()).content });
  const { eContentType, eContent } = signedData.encapContentInfo;
  if (eContentType !== oid.tstInfo || eContent === undefined) return malformed("what is signed is no TSTInfo");
  const [signer, second] = signedData.signerInfos;
  if (signer === undefined || second !== undefined) return malformed("it must be signed once");
  const signed = new Uint8Array(eContent.getValue());
  const inner = fromBER(copyOf(signed));
  if (inner.offset !== signed.length) malformed("the TSTInfo ends elsewhere than it says");
  return { signedData, signer, info: new TSTInfo({ schema: inner.result }), signed, certificates: certificatesIn(result) };
}

/** The one value of a signed attribute that must be there once (RFC 5652 section 5.3). */
function attributeOf(signer: SignerInfo, type: string, name: string): unknown {
  const found: readonly Attribute[] = (signer.signedAttrs?.attributes ?? []).filter((attribute) => attribute.type === type);
  const [attribute, another] = found;
  if (attribute === undefined || another !== undefined || attribute.values.length !== 1) malformed(`the signed attribute ${name} must be there once`);
  return attribute?.values[0];
}

/** Which certificate the signature itself names: SHA-256 or another good hash of it (RFC 5816), or SHA-1 in the old attribute (RFC 2634), there as an addition to the signature, not instead of it. */
async function checkSigningCertificate(signer: SignerInfo, der: Uint8Array): Promise<void> {
  const types = new Set((signer.signedAttrs?.attributes ?? []).map(({ type }) => type));
  const newer = types.has(oid.signingCertificateV2);
  const value = attributeOf(signer, newer ? oid.signingCertificateV2 : oid.signingCertificate, "signing-certificate");
  const [first] = value instanceof Sequence ? childrenOf(childrenOf(value)[0]) : [];
  const parts = childrenOf(first);
  const hash = parts.find((part) => part instanceof OctetString);
  if (hash === undefined) malformed("the signing-certificate attribute holds no hash");
  const algorithm = parts[0] instanceof Sequence && parts[0] !== hash ? childrenOf(parts[0])[0] : undefined;
  let name: string | undefined = newer ? "SHA-256" : "SHA-1";
  if (newer && algorithm instanceof ObjectIdentifier) name = hashes[algorithm.valueBlock.toString()];
  if (name === undefined) return fail("algorithm-weak", "The signing-certificate attribute uses a hash that is not accepted");
  if (hash instanceof OctetString && sameBytes(await digest(name, der), new Uint8Array(hash.valueBlock.valueHexView))) return;
  fail("signature-invalid", "The signature names another certificate than the one that came along");
}

/** RFC 3161 section 2.3: the extended key usage is there, critical, and holds nothing but time stamping. */
function checkPurpose(certificate: Certificate): void {
  const usage = certificate.extensions?.find(({ extnID }) => extnID === oid.extendedKeyUsage);
  const purposes = usage?.parsedValue instanceof ExtKeyUsage ? usage.parsedValue.keyPurposes : [];
  if (usage?.critical !== true || purposes.length !== 1 || purposes[0] !== oid.timeStamping)
    fail("purpose-wrong", "The certificate that signed is not, critically and only, for time stamping");
}

function checkStrength(certificates: readonly Certificate[]): void {
  for (const certificate of certificates) {
    if (weakSignatures.has(certificate.signatureAlgorithm.algorithmId)) fail("algorithm-weak", "A certificate of the chain is signed with a broken hash");
    const key = certificate.subjectPublicKeyInfo;
    if (key.algorithm.algorithmId !== oid.rsa) continue;
    const parsed = key.parsedKey;
    const modulus = parsed !== undefined && "modulus" in parsed ? parsed.modulus.valueBlock.valueHexView : new Uint8Array();
    const bytes = modulus[0] === 0 ? modulus.length - 1 : modulus.length;
    if (bytes < rsaBytes) fail("algorithm-weak", `A certificate of the chain has an RSA key of ${bytes * 8} bits`);
  }
}

/** From the signer to a pinned root, everything in force at `at`. */
async function checkChain(signer: Travelled, certificates: readonly Travelled[], roots: readonly Travelled[], at: Date): Promise<void> {
  const trustedCerts = roots.map(({ certificate }) => certificate);
  // What is in force is asked first, so that an old certificate is called old and not unknown.
  if (signer.certificate.notBefore.value > at || signer.certificate.notAfter.value < at)
    fail("certificate-expired", `The certificate that signed was not in force at ${at.toISOString()}`);
  // Authorities send the signer's certificate twice at times; the chain must begin with the one that was checked.
  const others = certificates.filter(({ der }) => !sameBytes(der, signer.der));
  const certs = [...others.map(({ certificate }) => certificate), signer.certificate];
  const outcome = await new CertificateChainValidationEngine({ trustedCerts, certs, checkDate: at })
    .verify({ passedWhenNotRevValues: true })
    .catch(() => ({ result: false, resultCode: 0, certificatePath: [] }));
  if (!outcome.result && outcome.resultCode === 8)
    fail("certificate-expired", `A certificate above the one that signed was not in force at ${at.toISOString()}`);
  const path = outcome.certificatePath ?? [];
  if (!outcome.result || path[0] !== signer.certificate) fail("certificate-untrusted", "The certificate that signed does not lead to a pinned root");
  const pinned = new Set(trustedCerts);
  checkStrength(path.filter((certificate) => !pinned.has(certificate)));
}

/** What a certificate calls its own key (RFC 5280 section 4.2.1.2). */
function keyIdentifierOf({ extensions }: Certificate): Uint8Array | null {
  const value: unknown = extensions?.find(({ extnID }) => extnID === oid.subjectKeyIdentifier)?.parsedValue;
  return value instanceof OctetString ? new Uint8Array(value.valueBlock.valueHexView) : null;
}

/** The certificate whose key the signer information names, by issuer and number or by key identifier (RFC 5652 section 5.3). */
function signerOf({ signer: { sid }, certificates }: Parsed): Travelled {
  const found = certificates.find(({ certificate }) => {
    if (sid instanceof IssuerAndSerialNumber) return certificate.issuer.isEqual(sid.issuer) && certificate.serialNumber.isEqual(sid.serialNumber);
    const own = keyIdentifierOf(certificate);
    return own !== null && sid instanceof Primitive && sameBytes(own, new Uint8Array(sid.valueBlock.valueHexView));
  });
  return found ?? malformed("the certificate that signed did not come along");
}

/** CMS section 5.4: the attributes are signed, and among them stands the digest of the content. */
async function checkSignature({ signer, signed }: Parsed, certificate: Certificate): Promise<void> {
  const name = hashes[signer.digestAlgorithm.algorithmId] ?? fail("algorithm-weak", "The stamp is signed over a hash that is not accepted");
  if (weakSignatures.has(signer.signatureAlgorithm.algorithmId)) fail("algorithm-weak", "The stamp is signed with a broken hash");
  const attributes = signer.signedAttrs ?? malformed("it has no signed attributes");
  const type = attributeOf(signer, oid.contentType, "content-type");
  if (!(type instanceof ObjectIdentifier) || type.valueBlock.toString() !== oid.tstInfo) malformed("the signed content-type is not TSTInfo");
  const stated = attributeOf(signer, oid.messageDigest, "message-digest");
  if (!(stated instanceof OctetString) || !sameBytes(new Uint8Array(stated.valueBlock.valueHexView), await digest(name, signed)))
    fail("signature-invalid", "The signed digest is not that of the time it states");
  const plainRsa = signer.signatureAlgorithm.algorithmId === oid.rsa;
  const holds = await getCrypto(true)
    .verifyWithPublicKey(attributes.encodedValue, signer.signature, certificate.subjectPublicKeyInfo, signer.signatureAlgorithm, plainRsa ? name : undefined)
    .catch(() => false);
  if (!holds) fail("signature-invalid", "The signature of the stamp does not hold");
}

async function checkAnswer({ info }: Parsed, content: Uint8Array, nonce: Uint8Array): Promise<void> {
  const { hashAlgorithm, hashedMessage } = info.messageImprint;
  const name = hashes[hashAlgorithm.algorithmId] ?? fail("algorithm-weak", "The stamp is over a hash that is not accepted");
  if (!sameBytes(await digest(name, content), new Uint8Array(hashedMessage.valueBlock.valueHexView)))
    fail("imprint-mismatch", "The stamp is about other bytes");
  const answered = info.nonce instanceof Integer ? new Uint8Array(info.nonce.valueBlock.valueHexView) : fail("nonce-mismatch", "The stamp holds no nonce");
  const trimmed = (bytes: Uint8Array): Uint8Array =>
    bytes.subarray(
      Math.max(
        0,
        bytes.findIndex((byte) => byte !== 0),
      ),
    );
  if (nonce.length !== NONCE_BYTES || !sameBytes(trimmed(answered), trimmed(nonce))) fail("nonce-mismatch", "The stamp answers another question than ours");
}

// oxlint-disable-next-line no-control-regex -- control characters in a stranger's certificate are exactly what is taken out here
const control = /[\u0000-\u001f\u007f-\u009f]/gu;

/** The name a certificate gives its owner, for people: organisation and common name. */
function nameOf({ subject }: Certificate): string {
  const part = (type: string): string[] => subject.typesAndValues.filter((one) => one.type === type).map(({ value }) => String(value.valueBlock.value));
  return [...new Set([...part(oid.organisation), ...part(oid.commonName)])].join(", ").replaceAll(control, " ").slice(0, 200);
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

function accuracyOf({ accuracy }: TSTInfo): number | null {
  if (accuracy === undefined) return null;
  return (accuracy.seconds ?? 0) + (accuracy.millis ?? 0) / 1000 + (accuracy.micros ?? 0) / 1_000_000;
}

/**
 * Checks an answer from front to back and says what it states.
 * Revocation is not asked for: it would tell the authority which stamp is being looked at, and cannot be asked offline.
 * @throws {@link TimestampError} with the first thing that does not hold; never another error, whatever the bytes.
 */
export async function verifyTimestamp({ response, content, nonce, roots }: TimestampToCheck): Promise<Timestamp> {
  const pinned = roots.map((der) => {
    try {
      return certificateOf(der);
    } catch {
      return fail("roots-malformed", "A pinned root is not an X.509 certificate");
    }
  });
  return await parsing("it cannot be read", async () => {
    const parsed = await parsing("it is not DER of the right shape", () => parse(response));
    const { info } = parsed;
    await checkAnswer(parsed, content, nonce);
    const signer = signerOf(parsed);
    await checkSignature(parsed, signer.certificate);
    await checkSigningCertificate(parsed.signer, signer.der);
    checkPurpose(signer.certificate);
    await checkChain(signer, parsed.certificates, pinned, info.genTime);
    return {
      at: info.genTime.toISOString(),
      accuracy: accuracyOf(info),
      authority: nameOf(signer.certificate),
      serial: hex(new Uint8Array(info.serialNumber.valueBlock.valueHexView)),
      policy: info.policy,
      certificateUntil: signer.certificate.notAfter.value.toISOString(),
    };
  });
}
