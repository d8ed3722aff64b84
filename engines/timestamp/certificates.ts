/** X.509 certificates as files hold them (PEM, RFC 7468) and as this engine takes them (DER). */
import { TimestampError } from "./errors.ts";

export { TimestampError } from "./errors.ts";

const block = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/gu;

/**
 * Every certificate of a PEM text, DER, in order. Text around the blocks is passed over, as RFC 7468 section 2 allows.
 * @throws {@link TimestampError} roots-malformed when there is none or its base64 is damaged; whether each is a certificate shows when it is used.
 */
export function readCertificates(pem: string): readonly Uint8Array<ArrayBuffer>[] {
  const found = [...pem.matchAll(block)].map(([, base64 = ""]) => {
    try {
      return Uint8Array.from(atob(base64.replaceAll(/\s/gu, "")), (letter) => letter.charCodeAt(0));
    } catch {
      throw new TimestampError("roots-malformed", "A certificate in the PEM text is damaged");
    }
  });
  if (found.length === 0) throw new TimestampError("roots-malformed", "There is no certificate in the PEM text");
  return found;
}

/** The certificates as one PEM text, which `openssl ts -verify -CAfile` takes. */
export function writeCertificates(certificates: readonly Uint8Array[]): string {
  return certificates
    .map((der) => {
      const base64 = btoa(Array.from(der, (byte) => String.fromCharCode(byte)).join(""));
      return `-----BEGIN CERTIFICATE-----\n${base64.match(/.{1,64}/gu)?.join("\n") ?? ""}\n-----END CERTIFICATE-----\n`;
    })
    .join("");
}
