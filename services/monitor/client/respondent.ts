/**
 * What a respondent's device does: prove the invitation, collect the one blind token, seal the answer, give it with the token. No session, no cookie. Screens call it.
 *
 * [Note: Apart in time] Two requests close together, from one telephone, can be linked by a server that watches, whatever the mathematics say. So the answer is not sent when it is finished but at a moment by chance
 * within the wave's hold ({@link sendMoment}), in a request that carries no cookie; the device keeps it sealed until then. The respondent may send at once, after being told what that costs.
 */
import { fromBase64Url, generateDossierKey, handOver, invitationProof, sealJson, toBase64Url } from "@rugdekking/seal";
import { decodePending, encodePending, encodeToken, finishToken, requestToken } from "@rugdekking/tokens";
import { Connection } from "#services/directory/client/index.ts";
import { answerBytes, InvitationView, sealedAnswerBytes, TokenAnswer, type AnswerBody, type SealedAnswer } from "#services/monitor/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import { keyOf, type Wave } from "./waves.ts";

/** A connection that sends no cookie along, also when someone is signed in on this device. @param base origin of the server */
export function respondentConnection(base: string, fetching: typeof fetch = fetch): Connection {
  return new Connection({ base, cookies: "own", fetch: async (input, init) => await fetching(input, { ...init, credentials: "omit" }) });
}

const proofOf = (code: string, wave: string): string => toBase64Url(invitationProof(code, wave));
const place = (wave: string): string => `/api/v1/monitor/waves/${encodeURIComponent(wave)}`;

/** Which stratum an invitation is of, and whether its token was collected. @throws {@link Problem} invitation-unknown; SealError invitation-malformed naming the group with the typing error. */
export const lookUpInvitation = async (connection: Connection, wave: string, code: string): Promise<InvitationView> =>
  await connection.post(`${place(wave)}/look-ups`, { proof: proofOf(code, wave) }, InvitationView);

/** A token that is being collected: keep it sealed on the device before the request goes out, so that a lost reply costs nothing. Secret. */
export interface AskedToken {
  readonly stratum: string;
  readonly pending: string;
}

/**
 * Begins and collects the token of an invitation.
 * @param keep is called with what must be kept before anything is sent
 * @param asked what was kept of an attempt that was cut off
 * @returns the token as text; secret until it is spent.
 * @throws {@link Problem} invitation-unknown, already-there (collected on another device), phase-forbidden; TokenError.
 */
export async function askForToken(
  connection: Connection,
  wave: Wave,
  code: string,
  keep: (asked: AskedToken) => Promise<void>,
  asked: AskedToken | null = null,
): Promise<string> {
  let now = asked;
  if (now === null) {
    const { stratum } = await lookUpInvitation(connection, wave.wave, code);
    now = { stratum, pending: encodePending(await requestToken(await keyOf(wave, stratum))) };
    await keep(now);
  }
  const key = await keyOf(wave, now.stratum);
  const pending = decodePending(now.pending);
  const { signature } = await connection.post(
    `${place(wave.wave)}/tokens`,
    { proof: proofOf(code, wave.wave), blinded: toBase64Url(pending.blinded) },
    TokenAnswer,
  );
  return encodeToken(await finishToken(key, pending, fromBase64Url(signature, "A blind signature", "encoding-malformed")));
}

/** A moment by chance within the wave's hold, and not after it takes answers. @param now milliseconds @returns milliseconds */
export function sendMoment(wave: Pick<Wave, "holdHours" | "ends">, now: number): number {
  const [chance = 0] = crypto.getRandomValues(new Uint32Array(1));
  const latest = Date.parse(wave.ends) - 3_600_000;
  return Math.max(now, Math.min(latest, now + (chance / 2 ** 32) * wave.holdHours * 3_600_000));
}

/** Seals an answer to the research desk; equally long whatever is in it. @throws {@link Problem} input-too-large. */
async function sealAnswer(wave: Wave, record: AnswerBody["record"]): Promise<SealedAnswer> {
  const body: AnswerBody = { version: 1, questionnaire: wave.questionnaire.id, record, fill: "" };
  const length = new TextEncoder().encode(JSON.stringify(body)).length;
  if (length > answerBytes)
    throw new Problem("input-too-large", `The answer is ${length} bytes, at most ${answerBytes}`, "Shorten what was typed in the open questions.");
  const id = crypto.randomUUID();
  const key = generateDossierKey();
  const sealed = await sealJson({ ...body, fill: " ".repeat(answerBytes - length) }, key, { dossier: id, item: id, channel: "main" });
  if (sealed.length !== sealedAnswerBytes)
    throw new Problem("unavailable", "The sealed answer has an unforeseen length", "Tell whoever runs this server; nothing was sent.");
  const { id: desk, epoch, epochPublicKey } = wave.research;
  return { id, epoch, key: await handOver(key, epochPublicKey, { purpose: "answer", subject: id, to: `${desk}/${epoch}` }), sealed: toBase64Url(sealed) };
}

/**
 * Gives the answer with its token. A token that was used already counts as given: only this device has it, so the reply was lost.
 * @throws {@link Problem} phase-forbidden (the wave has ended), signature-invalid, unavailable.
 */
export async function giveAnswer(connection: Connection, wave: Wave, token: string, record: AnswerBody["record"]): Promise<void> {
  const answer = await sealAnswer(wave, record);
  try {
    await connection.command("POST", "/api/v1/monitor/answers", { token, answer });
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "already-there") throw error;
  }
}
