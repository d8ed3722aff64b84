/** Makes and reads statements that the log vouches for; see [Note: The log signs for the house]. For the server and for whoever checks a receipt. */
import { readStatement, statementHash } from "@rugdekking/seal/verify";
import { Check } from "typebox/value";
import { ErasurePayload, erasureTypes, type ErasureReceipt, type LoggedStatement } from "./erasure.ts";

/** The envelope such a statement would be, were it signed: its hash covers type and payload only. */
const unsigned = ({ payloadType, payload }: LoggedStatement): Parameters<typeof statementHash>[0] => ({
  payloadType,
  payload,
  signatures: [{ keyid: "", sig: "" }],
});

/** Statement hash, as it stands in the log: the same as that of a signed statement. @throws SealError `statement-malformed` */
export const loggedHash = async (statement: LoggedStatement): Promise<string> => await statementHash(unsigned(statement));

/** An erasure as a statement for the log. */
export function erasureStatement(payload: ErasurePayload): LoggedStatement {
  const bytes = new TextEncoder().encode(JSON.stringify(payload));
  return {
    payloadType: erasureTypes.erasure,
    payload: btoa(String.fromCodePoint(...bytes))
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replaceAll("=", ""),
  };
}

/**
 * What a receipt says; whether it is in the log is another question.
 * @returns null when hash or shape are not those of an erasure.
 */
export async function readErasure({ statement, hash }: Pick<ErasureReceipt, "statement" | "hash">): Promise<ErasurePayload | null> {
  const payload: unknown = readStatement(unsigned(statement));
  return Check(ErasurePayload, payload) && (await loggedHash(statement)) === hash ? payload : null;
}
