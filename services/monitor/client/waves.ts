/**
 * Waves as they are served, each checked: signed by a lead of a research desk whose roster goes back to the pinned registrar, and the one this device has seen before, so that no server by itself can give one respondent
 * a key of their own. For this room.
 */
import { fromBase64Url, readStatement, rostersInForce, SealError, verifyStatement, type Roster } from "@rugdekking/seal/verify";
import { keyOfStratum, tokenKey, type TokenKey } from "@rugdekking/tokens";
import { parseAnswer } from "#services/directory/client/connection.ts";
import type { Trust, VerifiedDesk } from "#services/directory/client/trust.ts";
import { monitorStatements, stratumName, WaveList, WavePayload, WaveView } from "#services/monitor/contract/index.ts";
import { Problem } from "#services/problem/index.ts";

/** A wave whose signature holds. */
export interface Wave extends WavePayload {
  /** Statement hash, as it is in the log. */
  readonly hash: string;
  /** The desk that opens the answers. */
  readonly research: VerifiedDesk;
  /** HPKE public key of the epoch that the statement names; [Note: One epoch of a wave]. */
  readonly answerPublicKey: string;
}

const refused = (what: string): Problem =>
  new Problem("signature-invalid", what, "Nothing was asked or sent. Tell the research desk by telephone, and whoever runs this server.");

/** Hash of a statement that someone signed as a lead in one of these rosters; around a change of the desk there are two, and one may hold another key of theirs. Null when there is none. */
async function hashByLead(statement: WaveView["statement"], by: string, rosters: readonly Roster[]): Promise<string | null> {
  const keys = new Set(rosters.flatMap(({ members }) => members.filter(({ person, lead }) => person === by && lead).map(({ signPublicKey }) => signPublicKey)));
  for (const key of keys) {
    try {
      return (await verifyStatement(statement, monitorStatements.wave, key)).hash;
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
    }
  }
  return null;
}

/**
 * [Note: The first statement stands] A wave's statement never changes, so a device that has seen one accepts no other of that name: who is to be given a key of their own must be given it at the first visit, and whoever
 * looked before has the other one to show.
 */
async function pin(trust: Trust, wave: string, hash: string): Promise<void> {
  const name = `monitor-wave-${wave}`;
  await trust.rememberChain(name, { length: 1, last: hash });
  const seen = await trust.chainSeen(name);
  if (seen !== null && seen.last !== hash) throw refused(`Wave ${wave} has another statement than this device has seen before`);
}

async function checked(trust: Trust, { wave, statement }: WaveView): Promise<Wave> {
  const payload = parseAnswer(WavePayload, readStatement(statement), "a wave's statement");
  if (payload.wave !== wave) throw refused(`Wave ${wave} is shown with the statement of ${payload.wave}`);
  const research = await trust.desk(payload.desk);
  if (research.function !== "research") throw refused(`Wave ${wave} was stated by a desk that is no research desk`);
  const rosters = rostersInForce(
    research.history.map(({ roster }) => roster),
    payload.at,
  );
  const hash = await hashByLead(statement, payload.by, rosters);
  if (hash === null) throw refused(`Wave ${wave} was stated by someone who did not lead the research desk then, or its signature does not hold`);
  const sealedTo = rosters.find(({ epoch }) => epoch === payload.epoch);
  if (sealedTo === undefined) throw refused(`Wave ${wave} has answers sealed to epoch ${payload.epoch} of the research desk, which was not in force then`);
  await pin(trust, wave, hash);
  return { ...payload, hash, research, answerPublicKey: sealedTo.epochPublicKey };
}

/** Every wave, newest first. @throws {@link Problem} signature-invalid, unavailable. */
export async function readWaves(trust: Trust): Promise<Wave[]> {
  const { waves } = await trust.connection.get("/api/v1/monitor/waves", WaveList);
  return await Promise.all(waves.map(async (view) => await checked(trust, view)));
}

/** What makes a wave one that does not verify; anything else (no connection) says nothing about it. */
const isUnsound = (error: unknown): error is SealError | Problem =>
  error instanceof SealError ||
  (error instanceof Problem && (error.code === "signature-invalid" || error.code === "input-malformed" || error.code === "not-found"));

/**
 * Waves that verify, newest first, and why others do not: one that does not hold keeps nobody from answering another.
 * @throws {@link Problem} unavailable.
 */
export async function readSoundWaves(trust: Trust): Promise<{ readonly waves: Wave[]; readonly errors: readonly (SealError | Problem)[] }> {
  const { waves } = await trust.connection.get("/api/v1/monitor/waves", WaveList);
  const errors: (SealError | Problem)[] = [];
  const looked = waves.map(async (view) => {
    try {
      return [await checked(trust, view)];
    } catch (error) {
      if (!isUnsound(error)) throw error;
      errors.push(error);
      return [];
    }
  });
  return { waves: (await Promise.all(looked)).flat(), errors };
}

/** One wave. @throws {@link Problem} not-found, signature-invalid. */
export async function readWave(trust: Trust, wave: string): Promise<Wave> {
  const view = await trust.connection.get(`/api/v1/monitor/waves/${encodeURIComponent(wave)}`, WaveView);
  if (view.wave !== wave) throw refused(`The server answered with wave ${view.wave} and was asked for ${wave}`);
  return await checked(trust, view);
}

/** The one token key of a stratum, as signed. @throws TokenError key-missing, key-ambiguous. */
export async function keyOf(wave: Wave, stratum: string): Promise<TokenKey> {
  const published = await Promise.all(
    wave.strata.map(async ({ key, spki }) => await tokenKey(wave.wave, stratumName(key), fromBase64Url(spki, "A token key", "key-malformed"))),
  );
  return keyOfStratum(published, wave.wave, stratum);
}
