/** Pinned keys in a file: the log's verifier key and the registrar, kept from a moment or a place that was trusted. For verify and ledger check. */
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";
import { Base64Url } from "#services/directory/contract/index.ts";
import { Witnesses } from "#services/ledger/contract/witnesses.ts";
import { type Call, CommandError } from "./command.ts";
import { readText } from "./files.ts";
import { visit } from "./visitor.ts";

/** A pin file: a trust anchor as `GET /api/v1/trust-anchor` gives it; `demonstration` may be left out. */
const PinFile = Type.Object({
  log: Type.String(),
  registrar: Base64Url,
  timestampRoots: Type.Optional(Type.Array(Base64Url)),
  witnesses: Type.Optional(Witnesses),
});
/** What is pinned. */
export type Pin = Static<typeof PinFile>;

const pinned = ({ log, registrar, timestampRoots, witnesses }: Pin): Pin => ({
  log,
  registrar,
  ...(timestampRoots === undefined ? {} : { timestampRoots }),
  ...(witnesses === undefined ? {} : { witnesses }),
});

/** Reads a pin file (JSON). @throws {@link CommandError} when it is none. */
async function readPin(path: string): Promise<Pin> {
  const text = await readText(path);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CommandError(`${path} is not JSON`, 'a pin file holds {"log": "…", "registrar": "…"}; make one with rugdekking ledger pin');
  }
  if (Check(PinFile, value)) return pinned(value);
  throw new CommandError(`${path} is not a pin file`, 'it must hold {"log": "…", "registrar": "…"}; make one with rugdekking ledger pin');
}

/**
 * The pin of a call: `--pin FILE`, else what this home directory pinned for `--server URL`; null when neither was given.
 * @throws {@link CommandError}, Problem when the server shows other keys than the pinned ones.
 */
export async function pinOf(call: Call): Promise<Pin | null> {
  const path = call.text("pin");
  if (path !== null) return readPin(path);
  if (call.text("server") === null) return null;
  return pinned(await visit(call).trust.anchor());
}
