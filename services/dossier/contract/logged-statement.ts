/** Makes and reads statements that the log vouches for; see [Note: The log signs for the house]. For the server and for whoever checks a receipt. */
import { Check } from "typebox/value";
import { ErasurePayload, erasureTypes, type ErasureReceipt, type LoggedStatement } from "./erasure.ts";

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCodePoint(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const bytesOf = (text: string): Uint8Array => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.codePointAt(0) ?? 0);

/** Statement hash, as it stands in the log: SHA-256 over the DSSE pre-authentication encoding, the same as that of a signed statement. */
export async function loggedHash({ payloadType, payload }: LoggedStatement): Promise<string> {
  const bytes = bytesOf(payload);
  const head = new TextEncoder().encode(`DSSEv1 ${payloadType.length} ${payloadType} ${bytes.length} `);
  const whole = new Uint8Array(head.length + bytes.length);
  whole.set(head);
  whole.set(bytes, head.length);
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", whole)));
}

/** An erasure as a statement for the log. */
export function erasureStatement(payload: ErasurePayload): LoggedStatement {
  return { payloadType: erasureTypes.erasure, payload: base64url(new TextEncoder().encode(JSON.stringify(payload))) };
}

/**
 * What a receipt says; whether it is in the log is another question.
 * @returns null when hash or shape are not those of an erasure.
 */
export async function readErasure({ statement, hash }: Pick<ErasureReceipt, "statement" | "hash">): Promise<ErasurePayload | null> {
  if ((await loggedHash(statement)) !== hash) return null;
  const payload: unknown = JSON.parse(new TextDecoder().decode(bytesOf(statement.payload)));
  return Check(ErasurePayload, payload) ? payload : null;
}
