/** Checks the signed statements around the network key: who made it, who hands it to whom. For this room's routes. */
import type { Static, TSchema } from "typebox";
import { Check } from "typebox/value";
import { digestOf, SealError, takenAhead, takenBehind, verifyStatement } from "@rugdekking/seal/verify";
import type { Envelope } from "#services/directory/contract/index.ts";
import type { Caller } from "#services/directory/server/index.ts";
import { Problem } from "#services/problem/index.ts";
import { NetworkHandOverPayload, NetworkPayload, sameActorStatements, type NetworkHandOver } from "#services/signalling/contract/same-actor.ts";

async function signedBy<S extends TSchema>(
  schema: S,
  envelope: Envelope,
  type: string,
  caller: Caller,
  where: string,
): Promise<{ payload: Static<S>; hash: string }> {
  try {
    const { payload, hash } = await verifyStatement(envelope, type, caller.signPublicKey);
    if (!Check(schema, payload))
      throw new Problem("input-malformed", `${where}: the signed payload is not of the agreed shape`, "Build it as the contract describes it.");
    return { payload, hash };
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    if (error.code === "signature-invalid") throw new Problem("signature-invalid", `${where}: ${error.message}`, "Sign it with your own registered key.");
    throw new Problem("input-malformed", `${where}: ${error.message}`, "Send the statement exactly as the contract describes it.");
  }
}

/** Readers judge the signer by the roster of the stated time, so it must be about now. */
function checkStated(by: string, at: string, caller: Caller, now: Date, where: string): void {
  if (by !== caller.person) throw new Problem("statement-mismatch", `${where}: it names another person than the caller`, "Sign in as the one who states it.");
  const off = Date.parse(at) - now.getTime();
  if (off > takenAhead || off < -takenBehind)
    throw new Problem(
      "clock-off",
      `${where} states ${at}, and the server's clock says ${now.toISOString()}`,
      "Set the clock of this device right, then try again.",
    );
}

/** A network statement of the caller. @throws {@link Problem} signature-invalid, input-malformed, statement-mismatch, clock-off */
export async function verifiedNetwork(envelope: Envelope, caller: Caller, now: Date): Promise<{ readonly payload: NetworkPayload; readonly hash: string }> {
  const verified = await signedBy(NetworkPayload, envelope, sameActorStatements.network, caller, "/network");
  checkStated(verified.payload.by, verified.payload.at, caller, now, "/network");
  return verified;
}

/** A hand-over of the caller, whose digest is that of the key beside it. @throws {@link Problem} as {@link verifiedNetwork}; digest-mismatch */
export async function verifiedHandOver({ statement, sealed }: NetworkHandOver, caller: Caller, now: Date): Promise<NetworkHandOverPayload> {
  const { payload } = await signedBy(NetworkHandOverPayload, statement, sameActorStatements.handOver, caller, "/statement");
  checkStated(payload.by, payload.at, caller, now, "/statement");
  if ((await digestOf(new TextEncoder().encode(sealed))) !== payload.digest)
    throw new Problem("digest-mismatch", "/sealed is not the key the statement names", "Send both as they were made.");
  return payload;
}
