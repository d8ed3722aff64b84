/**
 * The client's half of the VOPRF (RFC 9497, ristretto255-SHA512), and the keyed fingerprint made of its output. For this room.
 *
 * [Note: Two keys] fingerprint = HMAC-SHA256(network key, VOPRF(server key, value)). The server holds the one key, safety desks the other. Without the server nobody can try values faster than
 * its pace; without the network key the server can try none, though it holds every fingerprint.
 */
import { ristretto255_oprf } from "@noble/curves/ed25519.js";
import { base64urlnopad } from "@scure/base";
import { Problem } from "#services/problem/index.ts";
import { actorDomain, type ActorKind } from "#services/signalling/contract/actor-values.ts";
import type { Evaluated } from "#services/signalling/contract/same-actor.ts";

const { voprf } = ristretto255_oprf;
const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** What is put in: rules, kind and spelled value, each on a line of its own; no spelled value holds a line feed. */
export const inputOf = (kind: ActorKind, spelled: string): Uint8Array => utf8(`${actorDomain}\n${kind}\n${spelled}`);

/** A value on its way: `blinded` goes to the server, the rest stays. */
export interface Blinded {
  readonly input: Uint8Array;
  readonly blind: Uint8Array;
  readonly blinded: Uint8Array;
}

/** Blinds an input with a random scalar (section 3.3.1): to the server it is a random point. */
export const blind = (input: Uint8Array): Blinded => ({ input, ...voprf.blind(input) });

/**
 * Checks the proof over the whole batch and takes the blinds off.
 * @param publicKey base64url, from the signed network and the pinned anchor; never from the answer
 * @returns 64 bytes for each
 * @throws {@link Problem} signature-invalid when the server used another key or altered an element
 */
export function unblind(blinded: readonly Blinded[], answer: Pick<Evaluated, "evaluated" | "proof">, publicKey: string): Uint8Array[] {
  const refuse = (): never => {
    throw new Problem(
      "signature-invalid",
      "The server did not prove that it evaluated these values with the pinned key",
      "Nothing was contributed. Tell whoever runs this server.",
    );
  };
  if (answer.evaluated.length !== blinded.length) return refuse();
  try {
    const items = blinded.map((one, at) => ({ ...one, evaluated: base64urlnopad.decode(answer.evaluated[at] ?? "") }));
    return voprf.finalizeBatch(items, base64urlnopad.decode(publicKey), base64urlnopad.decode(answer.proof));
  } catch {
    return refuse();
  }
}

async function hmac(key: Uint8Array<ArrayBuffer>, message: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const held = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", held, message));
}

/** The fingerprint of a VOPRF output (64 bytes) under the network key, base64url. */
export const fingerprintUnder = async (networkKey: Uint8Array<ArrayBuffer>, output: Uint8Array): Promise<string> =>
  base64urlnopad.encode(await hmac(networkKey, Uint8Array.from(output)));

/**
 * The mark on a label: 128 bits that only a holder of the network key makes. It is for text, which no output of 64 bytes looks like.
 *
 * [Note: Labels are marked] A label is sealed to the desk, and sealing does not say who sealed. A server could put labels of its own making in a desk's list; made anew under the next network,
 * each would give it the fingerprint of a value it chose.
 */
export const markUnder = async (networkKey: Uint8Array<ArrayBuffer>, text: string): Promise<string> =>
  base64urlnopad.encode((await hmac(networkKey, utf8(`${actorDomain} label\n${text}`))).slice(0, 16));
