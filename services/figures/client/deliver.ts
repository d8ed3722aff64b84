/** The two visits of a device: with the session of a dossier for the one blind token, and later without any session to give the fact. For this room's queue and for tests. */
import { fromBase64Url, toBase64Url } from "@rugdekking/seal/verify";
import { decodePending, encodePending, encodeToken, finishToken, requestToken } from "@rugdekking/tokens";
import { Connection } from "#services/directory/client/connection.ts";
import { CountingChoice, FactTokenAnswer } from "#services/figures/contract/delivery.ts";
import type { Fact, FactKind } from "#services/figures/contract/facts.ts";
import { Problem } from "#services/problem/index.ts";
import { keyOf, type StatedQuarter } from "./quarters.ts";

/** A connection that sends no cookie along, also when someone is signed in on this device. @param base origin of the server */
export function namelessConnection(base: string, fetching: typeof fetch = fetch): Connection {
  return new Connection({
    base,
    cookies: "own",
    fetch: async (input, init) => await fetching(input, { ...init, credentials: "omit", referrerPolicy: "no-referrer" }),
  });
}

const place = (dossier: string): string => `/api/v1/figures/dossiers/${encodeURIComponent(dossier)}`;

/** Makes a token's message and blinds it, here. @returns text to keep sealed before anything is sent, so that a lost reply costs nothing. Secret. @throws TokenError. */
export const prepareToken = async (quarter: StatedQuarter, kind: FactKind): Promise<string> => encodePending(await requestToken(await keyOf(quarter, kind)));

/**
 * Has a prepared token signed blindly, by whoever is signed in on this connection.
 * @returns the token as text; secret until it is spent
 * @throws {@link Problem} already-there (given to another), counting-declined, role-forbidden, requirement-missing, phase-forbidden; TokenError.
 */
export async function collectToken(connection: Connection, quarter: StatedQuarter, dossier: string, kind: FactKind, prepared: string): Promise<string> {
  const pending = decodePending(prepared);
  const { signature } = await connection.post(
    `${place(dossier)}/tokens`,
    { quarter: quarter.quarter, kind, blinded: toBase64Url(pending.blinded) },
    FactTokenAnswer,
  );
  return encodeToken(await finishToken(await keyOf(quarter, kind), pending, fromBase64Url(signature, "A blind signature", "encoding-malformed")));
}

/**
 * Gives a fact with its token.
 * @param connection one of {@link namelessConnection}
 * @returns `spent` when a fact with this token was taken before: an earlier attempt had arrived after all
 * @throws {@link Problem} phase-forbidden (the quarter has ended), signature-invalid, unavailable.
 */
export async function giveFact(
  connection: Connection,
  quarter: Pick<StatedQuarter, "desk" | "epoch" | "factPublicKey">,
  token: string,
  fact: Fact,
): Promise<"accepted" | "spent"> {
  // Loaded here and not before: what seals is not needed to wait.
  const { sealFact } = await import("./seal-fact.ts");
  try {
    await connection.command("POST", "/api/v1/figures/facts", { token, fact: await sealFact(quarter, fact) });
    return "accepted";
  } catch (error) {
    if (error instanceof Problem && error.code === "already-there") return "spent";
    throw error;
  }
}

/** Whether facts are made of a dossier, as its owner decided. @throws {@link Problem} role-forbidden for anyone else. */
export const readChoice = async (connection: Connection, dossier: string): Promise<boolean> =>
  (await connection.get(`${place(dossier)}/choice`, CountingChoice)).counted;

/** Says whether facts are made of a dossier. @throws {@link Problem} role-forbidden for anyone but its owner. */
export const choose = async (connection: Connection, dossier: string, counted: boolean): Promise<void> =>
  await connection.command("PUT", `${place(dossier)}/choice`, { counted });
