/** Waves as they are served, each checked: signed by a lead of a research desk whose roster goes back to the pinned registrar, so that no server can give one respondent a key of their own. For this room. */
import { readStatement, rostersInForce, SealError, verifyStatement } from "@rugdekking/seal/verify";
import { fromBase64Url } from "@rugdekking/seal/verify";
import { keyOfStratum, tokenKey, type TokenKey } from "@rugdekking/tokens";
import { parseAnswer } from "#services/directory/client/connection.ts";
import type { Trust, VerifiedDesk } from "#services/directory/client/trust.ts";
import { monitorStatements, stratumName, WaveList, WavePayload, type WaveView } from "#services/monitor/contract/index.ts";
import { Problem } from "#services/problem/index.ts";

/** A wave whose signature holds. */
export interface Wave extends WavePayload {
  /** Statement hash, as it is in the log. */
  readonly hash: string;
  /** The desk that opens the answers. */
  readonly research: VerifiedDesk;
}

const refused = (what: string): Problem =>
  new Problem("signature-invalid", what, "Nothing was asked or sent. Tell the research desk by telephone, and whoever runs this server.");

async function checked(trust: Trust, { wave, statement }: WaveView): Promise<Wave> {
  const payload = parseAnswer(WavePayload, readStatement(statement), "a wave's statement");
  if (payload.wave !== wave) throw refused(`Wave ${wave} is shown with the statement of ${payload.wave}`);
  const research = await trust.desk(payload.desk);
  if (research.function !== "research") throw refused(`Wave ${wave} was stated by a desk that is no research desk`);
  const member = rostersInForce(
    research.history.map(({ roster }) => roster),
    payload.at,
  )
    .flatMap(({ members }) => members)
    .findLast(({ person }) => person === payload.by);
  if (member?.lead !== true) throw refused(`Wave ${wave} was stated by someone who did not lead the research desk then`);
  try {
    const { hash } = await verifyStatement(statement, monitorStatements.wave, member.signPublicKey);
    return { ...payload, hash, research };
  } catch (error) {
    if (error instanceof SealError) throw refused(`The statement of wave ${wave} does not verify (${error.code})`);
    throw error;
  }
}

/** Every wave, newest first. @throws {@link Problem} signature-invalid, unavailable. */
export async function readWaves(trust: Trust): Promise<Wave[]> {
  const { waves } = await trust.connection.get("/api/v1/monitor/waves", WaveList);
  return await Promise.all(waves.map(async (view) => await checked(trust, view)));
}

/** One wave. @throws {@link Problem} not-found, signature-invalid. */
export async function readWave(trust: Trust, wave: string): Promise<Wave> {
  const { waves } = await trust.connection.get("/api/v1/monitor/waves", WaveList);
  const view = waves.find((one) => one.wave === wave);
  if (view === undefined) throw new Problem("not-found", `There is no wave ${wave}`, "Look at the link in the invitation again.");
  return await checked(trust, view);
}

/** The one token key of a stratum, as signed. @throws TokenError key-missing, key-ambiguous. */
export async function keyOf(wave: Wave, stratum: string): Promise<TokenKey> {
  const published = await Promise.all(
    wave.strata.map(async ({ key, spki }) => await tokenKey(wave.wave, stratumName(key), fromBase64Url(spki, "A token key", "key-malformed"))),
  );
  return keyOfStratum(published, wave.wave, stratum);
}
