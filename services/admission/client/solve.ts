/** Works out a challenge, and makes and finishes the tokens it is answered with. Runs in a worker of the page (services/admission/client/worker.ts), and in the calling thread where there is none; in turns, so that the thread can answer in between. */
import { sha256 } from "@noble/hashes/sha2.js";
import { base64urlnopad } from "@scure/base";
import { decodePending, encodePending, encodeToken, finishToken, requestToken, tokenKey } from "@rugdekking/tokens";
import { labelsOf, type WorkChallenge } from "#services/admission/contract/index.ts";
import { counterBytes, isRare, messageOf, pieces } from "#services/admission/contract/work.ts";

/** Hashes in one go. */
const turn = 4_096;

/** One SHA-256 after the other. */
export type Hash = (message: Uint8Array) => Uint8Array;

/** SHA-256 in WebAssembly, where it may be started; else in script, at half the speed and with the same result. */
async function quickestHash(): Promise<Hash> {
  try {
    const { createSHA256 } = await import("hash-wasm");
    const hash = await createSHA256();
    return (message) => hash.init().update(message).digest("binary");
  } catch {
    return sha256;
  }
}

const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/**
 * Solves a challenge.
 * @param progress told how many of the pieces are done
 * @param hash for tests; the quickest there is otherwise
 * @returns the solution as it is handed in
 * @throws the abort reason.
 */
export async function solve(
  { challenge, work }: Pick<WorkChallenge, "challenge" | "work">,
  progress: (done: number) => void = () => undefined,
  signal?: AbortSignal,
  hash?: Hash,
): Promise<string> {
  const hashed = hash ?? (await quickestHash());
  const seed = sha256(new TextEncoder().encode(challenge));
  const solution = new Uint8Array(pieces * counterBytes);
  const view = new DataView(solution.buffer);
  for (let piece = 0; piece < pieces; piece += 1) {
    const { message, count } = messageOf(seed, piece);
    for (let counter = 0; ; counter += 1) {
      if (counter % turn === turn - 1) {
        await breath();
        signal?.throwIfAborted();
      }
      count(counter);
      if (!isRare(hashed(message), work)) continue;
      view.setUint32(piece * counterBytes, counter);
      break;
    }
    progress(piece + 1);
  }
  return base64urlnopad.encode(solution);
}

/** What goes to the server for tokens, and what is kept here until they come. */
export interface Prepared {
  readonly blinded: readonly string[];
  /** Secret: see `PendingToken` of the engine. */
  readonly pending: readonly string[];
}

const keyOf = async ({ level, key: { period, spki } }: Pick<WorkChallenge, "level" | "key">) => {
  const { wave, stratum } = labelsOf(period, level);
  return await tokenKey(wave, stratum, base64urlnopad.decode(spki));
};

/** Makes `count` messages and blinds them. @throws TokenError key-malformed. */
export async function prepareTokens(challenge: Pick<WorkChallenge, "level" | "key">, count: number): Promise<Prepared> {
  const key = await keyOf(challenge);
  const made = [];
  for (let one = 0; one < count; one += 1) made.push(await requestToken(key));
  return { blinded: made.map(({ blinded }) => base64urlnopad.encode(blinded)), pending: made.map(encodePending) };
}

/** Finishes tokens with what the server signed, and verifies them. @throws TokenError signature-invalid, response-malformed. */
export async function finishTokens(
  challenge: Pick<WorkChallenge, "level" | "key">,
  pending: readonly string[],
  signatures: readonly string[],
): Promise<string[]> {
  const key = await keyOf(challenge);
  const tokens: string[] = [];
  for (const [place, one] of pending.entries())
    tokens.push(encodeToken(await finishToken(key, decodePending(one), base64urlnopad.decode(signatures[place] ?? ""))));
  return tokens;
}
