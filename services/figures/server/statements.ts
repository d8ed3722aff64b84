/** Checks the signed statement of a quarter against the keys this server made for it. For this room's routes. */
import { Check } from "typebox/value";
import { SealError, takenAhead, takenBehind, verifyStatement } from "@rugdekking/seal/verify";
import type { Envelope } from "#services/directory/contract/index.ts";
import type { Caller } from "#services/directory/server/index.ts";
import { QuarterPayload, quarterStatement } from "#services/figures/contract/delivery.ts";
import { factKinds } from "#services/figures/contract/facts.ts";
import type { FactKeyRow } from "#services/figures/store/index.ts";
import { Problem } from "#services/problem/index.ts";

/** The statement of a quarter, signed by the caller. @throws {@link Problem} signature-invalid, input-malformed, statement-mismatch, clock-off */
export async function verifiedQuarter(envelope: Envelope, caller: Caller, now: Date): Promise<{ readonly payload: QuarterPayload; readonly hash: string }> {
  const { payload, hash } = await verifyStatement(envelope, quarterStatement, caller.signPublicKey).catch((error: unknown) => {
    if (!(error instanceof SealError)) throw error;
    if (error.code === "signature-invalid") throw new Problem("signature-invalid", `/statement: ${error.message}`, "Sign it with your own registered key.");
    throw new Problem("input-malformed", `/statement: ${error.message}`, "Send the statement exactly as the contract describes it.");
  });
  if (!Check(QuarterPayload, payload))
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

/** Exactly one key for every kind, each another, and the one that was made here for this desk. @throws {@link Problem} statement-mismatch */
export function checkQuarter({ desk, keys }: QuarterPayload, made: readonly FactKeyRow[]): void {
  const own = new Map(made.filter((row) => row.desk === desk).map(({ kind, spki }) => [kind, spki]));
  for (const kind of factKinds)
    if (own.get(kind) === undefined || keys.find((key) => key.kind === kind)?.spki !== own.get(kind))
      throw new Problem(
        "statement-mismatch",
        `/statement/keys: the key of ${kind} is not the one this server made`,
        "Ask for the keys again and sign what you get.",
      );
}
