/** Opens covers, thousands at a time, in this thread or in workers. Called by the index (cover-index.ts) and by lists of another kind. */
import { openJson, takeOver, type SealKeyPair } from "@rugdekking/seal";
import { readStatement, SealError } from "@rugdekking/seal/verify";
import { base64url } from "@scure/base";
import Type from "typebox";
import { Check } from "typebox/value";
import type { WorklistLine } from "#services/dossier/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import { coverPlace } from "./handle.ts";
import { recipientName } from "./keys.ts";

/** Desk keys by epoch, as `OpenDesk.keys`. Can be posted to a worker: the private halves are CryptoKeys that travel without being readable. */
export type DeskKeyring = ReadonlyMap<number, SealKeyPair>;

/** What one opened cover is: the JSON inside, or null when there is none or no key fits. */
export type OpenedCover = unknown;

/** What of a line its opening needs. */
export type SealedLine = Pick<WorklistLine, "id" | "cover" | "grant">;

/** Opens batches of lines; the browser's runs in Web Workers ({@link workerCoverPool}), Node's in the same thread ({@link coversInThread}). */
export interface CoverPool {
  /** How many batches are worth having on the way at once. */
  readonly lanes: number;
  /** One result per line, in order. @throws what the worker throws. */
  open(lines: readonly SealedLine[], keys: DeskKeyring): Promise<readonly OpenedCover[]>;
}

/**
 * Opens the covers of these lines with a desk's keys, one result per line, null where nothing opens.
 *
 * [Note: covers are trusted less] The signature under each hand-over is not checked here: a server could show a title of its own making, as it could show none.
 * Who may have given it is known from the dossier's own chain only, a question per line; and a server may file a whole report of its own, rightly signed, as anyone may.
 * It learns nothing by it, and opening the dossier checks everything before a word is read or written. docs/threat-model.md says so to the reader.
 */
export async function openCovers(lines: readonly SealedLine[], keys: DeskKeyring): Promise<OpenedCover[]> {
  const opened: OpenedCover[] = [];
  // Some at once: while WebCrypto works on one, the script works on the next.
  for (let at = 0; at < lines.length; at += 8) opened.push(...(await Promise.all(lines.slice(at, at + 8).map((line) => openCover(line, keys)))));
  return opened;
}

/** What a cover's opening reads of its hand-over, and no more: to check the whole of ten thousand takes as long as to open many of them, and opening a dossier does it anyway. */
const DossierHandOver = Type.Object({
  dossier: Type.String(),
  to: Type.Object({ desk: Type.String(), epoch: Type.Integer() }),
  keys: Type.Object({ scope: Type.Literal("dossier") }),
});

async function openCover(line: SealedLine, keys: DeskKeyring): Promise<OpenedCover> {
  if (line.cover === null) return null;
  try {
    const grant = readStatement(line.grant.statement);
    if (!Check(DossierHandOver, grant)) return null;
    const pair = keys.get(grant.to.epoch);
    if (grant.dossier !== line.id || pair === undefined) return null;
    const sealed = line.grant.sealed["dossier"];
    if (sealed === undefined) return null;
    const dossierKey = await takeOver(sealed, pair, { purpose: "dossier", subject: line.id, to: recipientName(grant.to) });
    return await openJson(bytesOf(line.cover), dossierKey, coverPlace(line.id));
  } catch (error) {
    if (error instanceof SealError || error instanceof Problem) return null;
    throw error;
  }
}

/** With padding, because @scure/base uses the runtime's own conversion for that spelling only. */
const bytesOf = (text: string): Uint8Array => base64url.decode(text.padEnd(Math.ceil(text.length / 4) * 4, "="));

/** Opens covers in the calling thread. */
export const coversInThread = (): CoverPool => ({ lanes: 1, open: openCovers });
