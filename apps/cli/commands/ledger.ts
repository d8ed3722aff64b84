/** `rugdekking ledger …`: is this receipt true, without asking us; and which keys are pinned. */
import { statementHash } from "@rugdekking/seal/verify";
import type { Static } from "typebox";
import { Check } from "typebox/value";
import { type Call, type Command, CommandError, connected, type ExitCode } from "#apps/cli/command.ts";
import { readText, writeNew } from "#apps/cli/files.ts";
import { pinOf } from "#apps/cli/pin.ts";
import { visit } from "#apps/cli/visitor.ts";
import type { Vouched } from "#services/ledger/client/witnesses.ts";
import type { Witnesses } from "#services/ledger/contract/witnesses.ts";
import { checkReceipt, Complaint } from "#services/dossier/bundle/index.ts";
import { ErasureReceipt } from "#services/dossier/contract/erasure.ts";
import { Receipt } from "#services/dossier/contract/index.ts";
import { readErasure } from "#services/dossier/contract/logged-statement.ts";

/** Reads a receipt as `rugdekking receipt` and the web pages save it, or a bare `.tlog-proof` with `--entry`. */
async function readReceipt(call: Call): Promise<Pick<Static<typeof Receipt>, "entry" | "proof"> & { readonly about: string; readonly what?: "erasure" }> {
  const path = call.at(0);
  const text = await readText(path);
  if (text.startsWith("c2sp.org/tlog-proof@")) return { entry: call.need("entry"), proof: text, about: path };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CommandError(`${path} is neither a receipt (JSON) nor a .tlog-proof`, "ask for the receipt again with rugdekking receipt");
  }
  if (Check(Receipt, value)) return { entry: value.entry, proof: value.proof, about: `entry ${value.seq} of dossier ${value.dossier}` };
  if (Check(ErasureReceipt, value)) return await readErasureReceipt(value, path);
  throw new CommandError(`${path} is not a receipt`, "a receipt holds dossier, seq, entry and proof; ask for it again with rugdekking receipt");
}

/** What was erased, when and under which rule; who asked is in the signed request that lies with it. */
async function readErasureReceipt(
  receipt: ErasureReceipt,
  path: string,
): Promise<{ readonly entry: string; readonly proof: string; readonly about: string; readonly what: "erasure" }> {
  const erased = await readErasure(receipt);
  if (erased === null || (receipt.request !== null && (await statementHash(receipt.request)) !== erased.request))
    throw new CommandError(`${path}: the receipt does not hold: its parts do not belong together`, "do not rely on it; ask for the receipt again");
  const about = `the erasure of ${erased.of === "account" ? "an account" : `a dossier (${erased.kind ?? "unknown"}) of ${erased.entries} entries and ${erased.attachments} attachments`} at ${erased.at}, by rule ${erased.rule},`;
  return { entry: receipt.hash, proof: receipt.proof, about, what: "erasure" };
}

async function check(call: Call): Promise<ExitCode> {
  const receipt = await readReceipt(call);
  const pin = await pinOf(call);
  if (pin === null)
    throw new CommandError(
      "there is no key to check against",
      "give --pin FILE (made with rugdekking ledger pin), or --server URL to use the key this home directory pinned",
    );
  try {
    const { index, size, vouched } = await checkReceipt(receipt.proof, receipt.entry, pin.log, call.at(0), pin.witnesses, receipt.what);
    call.screen.answer(
      { ok: true, entry: receipt.entry, leaf: index, treeSize: size, log: pin.log, witnesses: vouched },
      `The receipt holds: ${receipt.about} is leaf ${index} of ${size} in log ${pin.log.split("+")[0]}.${wordsOf(vouched)}`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof Complaint)) throw error;
    throw new CommandError(
      `${call.at(0)}: ${error.message}`,
      "do not rely on this receipt; check that the pinned key is of the same server, and ask for the receipt again",
    );
  }
}

/** Who vouches for a receipt, as a line below it. */
function wordsOf({ state, witnesses, quorum }: Vouched): string {
  if (state === "none-pinned") return "\nNo witness is pinned: only the house itself says that everyone is shown this log.";
  if (state === "before") return "\nIt was made before this house asked witnesses, so none cosigned it; ask for the receipt again to have one that they did.";
  return `\nCosigned by ${witnesses.length} of the pinned witnesses (${quorum} asked for)${witnesses.map(({ name, at }) => `\n  ${name}, ${at}`).join("")}`;
}

/** The pinned witnesses, one a line. */
const witnessLines = (witnesses: Witnesses | undefined): string =>
  witnesses === undefined
    ? ""
    : `\nwitnesses  ${witnesses.quorum} of ${witnesses.keys.length} must have cosigned${witnesses.keys.map((key) => `\n  ${key}`).join("")}`;

async function pin(call: Call): Promise<ExitCode> {
  const anchor = await visit(call).trust.anchor();
  const out = call.text("out");
  if (out !== null) await writeNew(out, `${JSON.stringify(anchor, null, 2)}\n`);
  call.screen.answer(
    anchor,
    `log        ${anchor.log}\nregistrar  ${anchor.registrar}${witnessLines(anchor.witnesses)}${anchor.demonstration ? "\nThis is a demonstration server: nothing in it is real." : ""}${out === null ? "" : `\nwritten to ${out}; compare it with a copy from another source`}`,
  );
  return 0;
}

/** Commands around the transparency log. */
export const ledgerCommands: readonly Command[] = [
  {
    name: "ledger check",
    about: "check a receipt against a pinned log key, offline",
    takes: "RECEIPT",
    options: {
      ...connected,
      pin: { value: "FILE", about: "pinned keys (JSON with log and registrar)" },
      entry: { value: "HASH", about: "statement hash of the entry, for a bare .tlog-proof" },
    },
    example: "rugdekking ledger check bon-0001.json --pin sleutels.json",
    run: check,
  },
  {
    name: "ledger pin",
    about: "show the keys this home directory pinned for a server (pins them on the first visit)",
    takes: "",
    options: { ...connected, out: { value: "FILE", about: "also write them to a new file" } },
    example: "rugdekking ledger pin --server https://rugdekking.example.nl --out sleutels.json",
    run: pin,
  },
];
