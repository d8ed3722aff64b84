/** Checks the signed statement of a wave against the keys this server made for it and against the rules that make a crowd. For this room's routes. */
import { Check } from "typebox/value";
import { SealError, takenAhead, takenBehind, verifyStatement } from "@rugdekking/seal/verify";
import type { Envelope } from "#services/directory/contract/index.ts";
import type { Caller } from "#services/directory/server/index.ts";
import { monitorStatements, mostHold, stratumName, WavePayload } from "#services/monitor/contract/index.ts";
import type { KeyRow } from "#services/monitor/store/index.ts";
import { Problem } from "#services/problem/index.ts";

/** The statement of a wave, signed by the caller. @throws {@link Problem} signature-invalid, input-malformed, statement-mismatch, clock-off */
export async function verifiedWave(envelope: Envelope, caller: Caller, now: Date): Promise<{ readonly payload: WavePayload; readonly hash: string }> {
  const { payload, hash } = await verifyStatement(envelope, monitorStatements.wave, caller.signPublicKey).catch((error: unknown) => {
    if (!(error instanceof SealError)) throw error;
    if (error.code === "signature-invalid") throw new Problem("signature-invalid", `/statement: ${error.message}`, "Sign it with your own registered key.");
    throw new Problem("input-malformed", `/statement: ${error.message}`, "Send the statement exactly as the contract describes it.");
  });
  if (!Check(WavePayload, payload))
    throw new Problem("input-malformed", "/statement: the signed payload is not of the agreed shape", "Build it as the contract describes it.");
  if (payload.by !== caller.person)
    throw new Problem("statement-mismatch", "/statement: it names another person than the caller", "Sign in as the one who states it.");
  const off = Date.parse(payload.at) - now.getTime();
  if (off > takenAhead || off < -takenBehind)
    throw new Problem(
      "clock-off",
      `/statement states ${payload.at}, and the server's clock says ${now.toISOString()}`,
      "Set the clock of this device right, then try again.",
    );
  return { payload, hash };
}

const hour = 3_600_000;

/** Times in their order, strata with one name each, and exactly the keys that were made here for this desk. @throws {@link Problem} input-malformed, statement-mismatch */
export function checkWave(payload: WavePayload, keys: readonly KeyRow[]): void {
  const [opens, closes, ends] = [payload.opens, payload.closes, payload.ends].map((moment) => Date.parse(moment));
  const wrong = (where: string, why: string): Problem => new Problem("input-malformed", `/statement/${where} ${why}`, "Mend it and sign again.");
  if (opens === undefined || closes === undefined || ends === undefined || closes <= opens) throw wrong("closes", "is not after opens");
  if (ends < closes + mostHold * hour) throw wrong("ends", `leaves answers that wait ${mostHold} hours on a device no time to arrive after closes`);
  const names = payload.strata.map(({ key }) => stratumName(key));
  if (new Set(names).size !== names.length) throw wrong("strata", "names a stratum twice");
  if (new Set(payload.strata.map(({ spki }) => spki)).size !== names.length) throw wrong("strata", "gives two strata one key");
  payload.strata.forEach(({ invited, population }, at) => {
    if (invited > population) throw wrong(`strata/${at}/invited`, "is more than the population");
  });
  const made = new Map(keys.filter(({ desk }) => desk === payload.desk).map(({ stratum, spki }) => [stratum, spki]));
  payload.strata.forEach(({ spki }, at) => {
    if (made.get(names[at] ?? "") !== spki)
      throw new Problem(
        "statement-mismatch",
        `/statement/strata/${at}/spki is not the key this server made for ${names[at]}`,
        "Ask for the keys again and sign what you get.",
      );
  });
  if (made.size !== names.length)
    throw new Problem(
      "statement-mismatch",
      `Keys were made for ${made.size} strata and the statement names ${names.length}`,
      "Name every stratum, or use another name for the wave.",
    );
}
