/** Who calls: the connection to the server, the pinned keys, and the sign-in of a person or guest. Every command that talks to a server starts here. */
import { homedir, hostname } from "node:os";
import { join } from "node:path";
import { Connection } from "#services/directory/client/connection.ts";
import type { Session } from "#services/directory/client/session.ts";
import { signInAsGuest, signInWithPassphrase } from "#services/directory/client/sign-in.ts";
import { fileTrustStore } from "#services/directory/client/trust-file.ts";
import { Trust } from "#services/directory/client/trust.ts";
import { type Call, CommandError, DEFAULT_PORT } from "./command.ts";
import { countFrom } from "./counting.ts";
import { readSecret } from "./files.ts";

/** A server and what this home directory has pinned for it. */
export interface Visit {
  readonly connection: Connection;
  readonly trust: Trust;
}

/** Folder of pinned keys. */
export const homeOf = (call: Call): string => call.text("home") ?? process.env["RUGDEKKING_HOME"] ?? join(homedir(), ".rugdekking");

/** Opens the connection a call asks for; sends nothing yet. */
export function visit(call: Call): Visit {
  const connection = new Connection({ base: call.text("server") ?? process.env["RUGDEKKING_SERVER"] ?? `http://127.0.0.1:${DEFAULT_PORT}`, cookies: "own" });
  return { connection, trust: new Trust(connection, fileTrustStore(join(homeOf(call), "pins.json"))) };
}

/** The passphrase of a call: from a file, else from the environment. @throws {@link CommandError} when neither is there. */
export async function passphraseOf(call: Call): Promise<string> {
  const path = call.text("passphrase-file");
  if (path !== null) return readSecret(path, "passphrase");
  const value = process.env["RUGDEKKING_PASSPHRASE"];
  if (value !== undefined && value !== "") return value;
  throw new CommandError("there is no passphrase", "give --passphrase-file FILE or set RUGDEKKING_PASSPHRASE; a passphrase never goes on the command line");
}

/** Signs in as the person or guest a call names; the facts of what they then do are kept (counting.ts). @throws {@link CommandError} when it names none or both; Problem when the server refuses. */
export async function signIn(call: Call): Promise<Session> {
  const session = await enter(call);
  countFrom(homeOf(call), session);
  return session;
}

async function enter(call: Call): Promise<Session> {
  const { connection, trust } = visit(call);
  const handle = call.text("as");
  const receiptFile = call.text("receipt-file");
  const device = `rugdekking (${hostname()})`;
  if (handle !== null && receiptFile !== null) throw new CommandError("both --as and --receipt-file were given", "give one of the two");
  if (receiptFile !== null) return signInAsGuest(connection, { trust, device, receiptCode: await readSecret(receiptFile, "receipt code") });
  if (handle === null)
    throw new CommandError(`${call.command.name} is done under a name`, "give --as HANDLE with --passphrase-file FILE, or --receipt-file FILE as a guest");
  return signInWithPassphrase(connection, { trust, device, handle, passphrase: await passphraseOf(call) });
}
