/** Challenges that the server need not remember: what one says is under an HMAC, and its solution is checked with sixteen hashes. For this room. */
import { createHash, createHmac, hash, randomBytes, timingSafeEqual } from "node:crypto";
import { levels } from "#services/admission/contract/level.ts";
import { purposes, type Purpose } from "#services/admission/contract/index.ts";
import { counterBytes, isRare, messageOf, pieces } from "#services/admission/contract/work.ts";
import { Problem } from "#services/problem/index.ts";

/** What a challenge says. */
export interface ChallengeTerms {
  readonly purpose: Purpose;
  readonly desk: string | null;
  readonly level: number;
  readonly work: number;
  /** Day of the key it is answered with. */
  readonly period: string;
  /** Milliseconds. */
  readonly expires: number;
}

/** Minutes in which it must be solved. */
export const challengeMinutes = 10;

const macOf = (key: Uint8Array, text: string): Buffer => createHmac("sha256", key).update("rugdekking admission challenge\n").update(text).digest();

/** Writes a challenge. @param key the same on every server */
export function writeChallenge(key: Uint8Array, { purpose, desk, level, work, period, expires }: ChallengeTerms): string {
  const text = ["1", purpose, desk ?? "", level, work, period, expires, randomBytes(16).toString("base64url")].join(".");
  return `${text}.${macOf(key, text).toString("base64url")}`;
}

const unknown = (): Problem =>
  new Problem("challenge-unknown", "This challenge is not of this server, is over, or was answered with other tokens", "Ask for a new challenge.");

const shape = /^1\.([a-z]+)\.([0-9a-f-]*)\.(\d)\.(\d{1,7})\.(\d{4}-\d\d-\d\d)\.(\d{1,16})\.[\w-]{22}$/u;

/** Reads a challenge that this house wrote and that is not over. @throws {@link Problem} challenge-unknown */
export function readChallenge(key: Uint8Array, challenge: string, now: number): ChallengeTerms {
  const at = challenge.lastIndexOf(".");
  const text = challenge.slice(0, Math.max(0, at));
  const mac = Buffer.from(challenge.slice(at + 1), "base64url");
  const right = macOf(key, text);
  if (mac.length !== right.length || !timingSafeEqual(mac, right)) throw unknown();
  const [, purposeText, desk = "", level = "", work = "", period = "", expires = ""] = shape.exec(text) ?? [];
  const purpose = purposes.find((one) => one === purposeText);
  if (purpose === undefined || Number(level) >= levels || Number(expires) <= now) throw unknown();
  return { purpose, desk: desk === "" ? null : desk, level: Number(level), work: Number(work), period, expires: Number(expires) };
}

/** Whether a solution holds: a counter for every piece. @param solution base64url of {@link pieces} numbers of four bytes */
export function solves(challenge: string, work: number, solution: string): boolean {
  const counters = Buffer.from(solution, "base64url");
  if (counters.length !== pieces * counterBytes) return false;
  const seed = createHash("sha256").update(challenge).digest();
  for (let piece = 0; piece < pieces; piece += 1) {
    const { message, count } = messageOf(seed, piece);
    count(counters.readUInt32BE(piece * counterBytes));
    if (!isRare(hash("sha256", message, "buffer"), work)) return false;
  }
  return true;
}

/** The name under which an answered challenge is kept. */
export const nameOf = (challenge: string): string => createHash("sha256").update(challenge).digest("base64url");

/** What tells whether the same tokens are asked again. */
export function digestOfBlinded(blinded: readonly string[]): string {
  const digest = createHash("sha256");
  for (const one of blinded) digest.update(one).update("\n");
  return digest.digest("base64url");
}
