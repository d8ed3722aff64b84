/** Blinding and finalizing by the four named variants of RFC 9474, over the reviewed library; only request.ts and the vectors' test call it. The only file that touches that library. */
import { RSABSSA, type BlindRSA } from "@cloudflare/blindrsa-ts";
import { TokenError } from "./errors.ts";
import { modulusOf } from "./key.ts";

/** The named variants of RFC 9474 section 5. */
export type Variant =
  | "RSABSSA-SHA384-PSS-Randomized"
  | "RSABSSA-SHA384-PSSZERO-Randomized"
  | "RSABSSA-SHA384-PSS-Deterministic"
  | "RSABSSA-SHA384-PSSZERO-Deterministic";

const suites: Readonly<Record<Variant, () => BlindRSA>> = {
  "RSABSSA-SHA384-PSS-Randomized": RSABSSA.SHA384.PSS.Randomized,
  "RSABSSA-SHA384-PSSZERO-Randomized": RSABSSA.SHA384.PSSZero.Randomized,
  "RSABSSA-SHA384-PSS-Deterministic": RSABSSA.SHA384.PSS.Deterministic,
  "RSABSSA-SHA384-PSSZERO-Deterministic": RSABSSA.SHA384.PSSZero.Deterministic,
};

const importKey = (spki: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  // Extractable, since the library reads the numbers out of the key; it is public.
  crypto.subtle.importKey("spki", spki, { name: "RSA-PSS", hash: "SHA-384" }, true, ["verify"]);

/** Prepare (RFC 9474 section 4.1): 32 random bytes before the message, or the message itself in the deterministic variants. */
export function prepare(variant: Variant, message: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(suites[variant]().prepare(message));
}

/**
 * Blind (RFC 9474 section 4.2).
 * @returns what goes to the issuer, and the secret inverse to finalize with; both as long as the modulus
 * @throws TokenError `key-malformed`; `blinding-failed` when the blinding factor has no inverse, which for an honest key does not happen.
 */
export async function blind(
  variant: Variant,
  spki: Uint8Array<ArrayBuffer>,
  prepared: Uint8Array<ArrayBuffer>,
): Promise<{ blinded: Uint8Array<ArrayBuffer>; inverse: Uint8Array<ArrayBuffer> }> {
  modulusOf(spki);
  const key = await importKey(spki);
  try {
    const { blindedMsg, inv } = await suites[variant]().blind(key, prepared);
    return { blinded: Uint8Array.from(blindedMsg), inverse: Uint8Array.from(inv) };
  } catch {
    throw new TokenError("blinding-failed", "The message could not be blinded under this key: try once more; if it fails again the key is not honest.");
  }
}

/**
 * Finalize (RFC 9474 section 4.4): unblinds and verifies.
 * @throws TokenError `key-malformed`, `response-malformed`, `signature-invalid`.
 */
export async function finalize(
  variant: Variant,
  spki: Uint8Array<ArrayBuffer>,
  prepared: Uint8Array<ArrayBuffer>,
  blindSignature: Uint8Array,
  inverse: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const { length } = modulusOf(spki);
  if (blindSignature.length !== length) {
    throw new TokenError(
      "response-malformed",
      `The issuer answered ${blindSignature.length} bytes where its key gives ${length}: ask again, with the same blinded message.`,
    );
  }
  const key = await importKey(spki);
  try {
    return Uint8Array.from(await suites[variant]().finalize(key, prepared, blindSignature, inverse));
  } catch {
    throw new TokenError(
      "signature-invalid",
      "The issuer's answer is no signature by the published key: it signed with another key, or the answer belongs to another request.",
    );
  }
}
