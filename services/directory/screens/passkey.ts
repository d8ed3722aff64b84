/** Passkeys with the PRF extension (WebAuthn Level 3, section 10.1.4): the authenticator turns a salt into 32 secret bytes that only it can make. Used by the sign-in and account pages. */

/** 32 bytes from the authenticator for one credential and salt. */
export interface MadePasskey {
  /** Credential id, base64url. */
  readonly credential: string;
  /** The salt it was asked with, base64url. */
  readonly salt: string;
  readonly prfOutput: Uint8Array;
}

/** The authenticator did not give a PRF output; the person must unlock another way. */
export class PasskeyWithoutPrf extends Error {
  override readonly name = "PasskeyWithoutPrf";
}

const random = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length));

const toText = (bytes: Uint8Array): string =>
  btoa(String.fromCodePoint(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const fromText = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.codePointAt(0) ?? 0);

/** Whether this browser says that its passkeys can open keys here (WebAuthn Level 3, getClientCapabilities): then a passkey is offered first. */
export async function offersPasskeys(): Promise<boolean> {
  if (!("PublicKeyCredential" in globalThis) || !("getClientCapabilities" in PublicKeyCredential)) return false;
  try {
    return (await PublicKeyCredential.getClientCapabilities())["extension:prf"] === true;
  } catch {
    return false;
  }
}

/** Makes a passkey for this site on this device. @throws DOMException NotAllowedError when the person says no; {@link PasskeyWithoutPrf}. */
export async function makePasskey(name: string): Promise<MadePasskey> {
  const salt = random(32);
  const made = await navigator.credentials.create({
    publicKey: {
      rp: { name: "Rugdekking" },
      // The user id is random: an authenticator's list must not carry the person's id here.
      user: { id: random(16), name, displayName: name },
      challenge: random(32),
      pubKeyCredParams: [
        { type: "public-key", alg: -8 },
        { type: "public-key", alg: -7 },
        { type: "public-key", alg: -257 },
      ],
      authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
      extensions: { prf: { eval: { first: salt } } },
    },
  });
  if (!(made instanceof PublicKeyCredential)) throw new PasskeyWithoutPrf("no passkey was made");
  const credential = toText(new Uint8Array(made.rawId));
  // Some authenticators give the output only when asked, not when made.
  const prfOutput = outputOf(made) ?? (await askPasskey({ credential, salt: toText(salt) }));
  return { credential, salt: toText(salt), prfOutput };
}

/** Asks a known passkey for its output. Fits directory/client's `PasskeyPrf`. @throws as {@link makePasskey}. */
export async function askPasskey(method: { readonly credential: string; readonly salt: string }): Promise<Uint8Array> {
  const got = await navigator.credentials.get({
    publicKey: {
      challenge: random(32),
      allowCredentials: [{ type: "public-key", id: fromText(method.credential) }],
      userVerification: "required",
      extensions: { prf: { eval: { first: fromText(method.salt) } } },
    },
  });
  const output = got instanceof PublicKeyCredential ? outputOf(got) : null;
  if (output === null) throw new PasskeyWithoutPrf("the authenticator gave no PRF output");
  return output;
}

function outputOf(credential: PublicKeyCredential): Uint8Array | null {
  const first = credential.getClientExtensionResults().prf?.results?.first;
  if (first === undefined) return null;
  return first instanceof ArrayBuffer ? new Uint8Array(first) : new Uint8Array(first.buffer, first.byteOffset, first.byteLength);
}
