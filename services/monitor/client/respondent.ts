/** What a respondent's device does: prove the invitation, collect the one blind token, seal the answer, give it with the token. No session, no cookie ([Note: Two visits]). over-http.ts and tests call it. */
import { invitationProof } from "@rugdekking/seal/invitation";
import { fromBase64Url, toBase64Url } from "@rugdekking/seal/verify";
import { decodePending, encodePending, encodeToken, finishToken, requestToken } from "@rugdekking/tokens";
import { Connection } from "#services/directory/client/connection.ts";
import type { AnswerRecord } from "#services/monitor/contract/answer-record.ts";
import { InvitationView, TokenAnswer } from "#services/monitor/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import { keyOf, type Wave } from "./waves.ts";

/** A connection that sends no cookie along, also when someone is signed in on this device. @param base origin of the server */
export function respondentConnection(base: string, fetching: typeof fetch = fetch): Connection {
  return new Connection({
    base,
    cookies: "own",
    fetch: async (input, init) => await fetching(input, { ...init, credentials: "omit", referrerPolicy: "no-referrer" }),
  });
}

const proofOf = (code: string, wave: string): string => toBase64Url(invitationProof(code, wave));
const place = (wave: string): string => `/api/v1/monitor/waves/${encodeURIComponent(wave)}`;

/** Which stratum an invitation is of, and whether its token was collected. @throws {@link Problem} invitation-unknown; SealError invitation-malformed naming the group with the typing error. */
export const lookUpInvitation = async (connection: Connection, wave: string, code: string): Promise<InvitationView> =>
  await connection.post(`${place(wave)}/look-ups`, { proof: proofOf(code, wave) }, InvitationView);

/** Makes a token's message and blinds it, here. @returns text to keep sealed before anything is sent, so that a lost reply costs nothing. Secret. @throws TokenError key-missing, key-ambiguous. */
export const prepareToken = async (wave: Wave, stratum: string): Promise<string> => encodePending(await requestToken(await keyOf(wave, stratum)));

/**
 * Has a prepared token signed blindly; asked again with the same it gives the same.
 * @returns the token as text; secret until it is spent.
 * @throws {@link Problem} invitation-unknown, already-there (collected with another), phase-forbidden; TokenError.
 */
export async function collectToken(connection: Connection, wave: Wave, stratum: string, code: string, prepared: string): Promise<string> {
  const pending = decodePending(prepared);
  const { signature } = await connection.post(
    `${place(wave.wave)}/tokens`,
    { proof: proofOf(code, wave.wave), blinded: toBase64Url(pending.blinded) },
    TokenAnswer,
  );
  return encodeToken(await finishToken(await keyOf(wave, stratum), pending, fromBase64Url(signature, "A blind signature", "encoding-malformed")));
}

/**
 * Gives the answer with its token.
 * @returns `spent` when an answer with this token was taken before: only this device has it, so an earlier attempt had arrived after all.
 * @throws {@link Problem} phase-forbidden (the wave has ended), signature-invalid, unavailable.
 */
export async function giveAnswer(connection: Connection, wave: Wave, token: string, record: AnswerRecord): Promise<"accepted" | "spent"> {
  // Loaded here and not before: who looks at a wave and collects a token need not wait for what seals.
  const { sealAnswer } = await import("./seal-answer.ts");
  const answer = await sealAnswer(wave, record);
  try {
    await connection.command("POST", "/api/v1/monitor/answers", { token, answer });
    return "accepted";
  } catch (error) {
    if (error instanceof Problem && error.code === "already-there") return "spent";
    throw error;
  }
}
