/**
 * Quarters as they are served, each checked: signed by a lead of a research desk whose roster goes back to the pinned registrar, and the one this device has seen before, so that no server by itself can give one device a key of its own.
 * For this room.
 */
import { fromBase64Url, readStatement, rostersInForce, SealError, verifyStatement, type Roster } from "@rugdekking/seal/verify";
import { keyOfStratum, tokenKey, type TokenKey } from "@rugdekking/tokens";
import { parseAnswer } from "#services/directory/client/connection.ts";
import type { Trust } from "#services/directory/client/trust.ts";
import { QuarterList, QuarterPayload, quarterStatement, QuarterView, tokenLabel } from "#services/figures/contract/delivery.ts";
import type { FactKind } from "#services/figures/contract/facts.ts";
import { Problem } from "#services/problem/index.ts";

/** A quarter whose signature holds. */
export interface StatedQuarter extends QuarterPayload {
  /** Statement hash, as it is in the log. */
  readonly hash: string;
  /** HPKE public key of the epoch that the statement names; [Note: One epoch of a quarter]. */
  readonly factPublicKey: string;
}

const refused = (what: string): Problem =>
  new Problem("signature-invalid", what, "Nothing was asked or sent. Tell the research desk by telephone, and whoever runs this server.");

async function hashByLead(statement: QuarterView["statement"], by: string, rosters: readonly Roster[]): Promise<string | null> {
  const keys = new Set(rosters.flatMap(({ members }) => members.filter(({ person, lead }) => person === by && lead).map(({ signPublicKey }) => signPublicKey)));
  for (const key of keys) {
    try {
      return (await verifyStatement(statement, quarterStatement, key)).hash;
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
    }
  }
  return null;
}

/** `[Note: The first statement stands]` (services/monitor/client/waves.ts): a device that has seen the statement of a quarter accepts no other. */
async function pin(trust: Trust, quarter: string, hash: string): Promise<void> {
  const name = `figures-quarter-${quarter}`;
  await trust.rememberChain(name, { length: 1, last: hash });
  const seen = await trust.chainSeen(name);
  if (seen !== null && seen.last !== hash) throw refused(`Quarter ${quarter} has another statement than this device has seen before`);
}

async function checked(trust: Trust, { quarter, statement }: QuarterView): Promise<StatedQuarter> {
  const payload = parseAnswer(QuarterPayload, readStatement(statement), "a quarter's statement");
  if (payload.quarter !== quarter) throw refused(`Quarter ${quarter} is shown with the statement of ${payload.quarter}`);
  const research = await trust.desk(payload.desk);
  if (research.function !== "research") throw refused(`Quarter ${quarter} was stated by a desk that is no research desk`);
  const rosters = rostersInForce(
    research.history.map(({ roster }) => roster),
    payload.at,
  );
  const hash = await hashByLead(statement, payload.by, rosters);
  if (hash === null) throw refused(`Quarter ${quarter} was stated by someone who did not lead the research desk then, or its signature does not hold`);
  const sealedTo = rosters.find(({ epoch }) => epoch === payload.epoch);
  if (sealedTo === undefined) throw refused(`Quarter ${quarter} has facts sealed to epoch ${payload.epoch} of the research desk, which was not in force then`);
  await pin(trust, quarter, hash);
  return { ...payload, hash, factPublicKey: sealedTo.epochPublicKey };
}

/** One quarter; null when no desk has stated it. @throws {@link Problem} signature-invalid, unavailable. */
export async function readQuarter(trust: Trust, quarter: string): Promise<StatedQuarter | null> {
  let view: QuarterView;
  try {
    view = await trust.connection.get(`/api/v1/figures/quarters/${quarter}`, QuarterView);
  } catch (error) {
    if (error instanceof Problem && error.code === "not-found") return null;
    throw error;
  }
  if (view.quarter !== quarter) throw refused(`The server answered with quarter ${view.quarter} and was asked for ${quarter}`);
  return await checked(trust, view);
}

/** Every quarter, newest first. @throws {@link Problem} signature-invalid, unavailable. */
export async function readQuarters(trust: Trust): Promise<StatedQuarter[]> {
  const { quarters } = await trust.connection.get("/api/v1/figures/quarters", QuarterList);
  return await Promise.all(quarters.map(async (view) => await checked(trust, view)));
}

/** The one token key of a kind, as signed. @throws TokenError key-missing, key-ambiguous. */
export async function keyOf(quarter: Pick<StatedQuarter, "quarter" | "keys">, kind: FactKind): Promise<TokenKey> {
  const label = tokenLabel(quarter.quarter);
  const published = await Promise.all(
    quarter.keys.map(async (key) => await tokenKey(label, key.kind, fromBase64Url(key.spki, "A token key", "key-malformed"))),
  );
  return keyOfStratum(published, label, kind);
}
