/** The evidence of an opened dossier with its capture records and time stamps, and the asking for stamps that are not there yet. For screens and the command line; the checker of stamps is loaded when there is one to check. */
import { base64urlnopad } from "@scure/base";
import { SealError } from "@rugdekking/seal/verify";
import Type from "typebox";
import { Check } from "typebox/value";
import { fromBase64url } from "#services/dossier/bundle/hashing.ts";
import { AttachmentNote } from "#services/dossier/contract/bodies.ts";
import { isRecordOf, mostStamps, recordBytes, TimestampBody, type CaptureRecord, type KeptStamp } from "#services/dossier/contract/capture.ts";
import type { EntryHeader } from "#services/dossier/contract/index.ts";
import { TimestampAnswer, timestampsPath } from "#services/ledger/contract/timestamps.ts";
import { Problem } from "#services/problem/index.ts";
import type { DossierEntry, DossierHandle } from "./handle.ts";
import { append } from "./write.ts";

/** A stamp in the dossier, checked again now. */
export interface CheckedStamp {
  /** When the authority saw the record's hash, UTC. */
  readonly at: string;
  /** Name in the certificate that signed. */
  readonly authority: string;
  /** Seconds either way, as the authority states; null when it does not. */
  readonly accuracy: number | null;
  /** Number of the entry that holds it. */
  readonly entry: number;
}

/** One file with what was written down when it was taken in. */
export interface Evidence {
  readonly entry: DossierEntry;
  readonly note: AttachmentNote;
  readonly record: CaptureRecord;
  /** The earliest stamp that holds; null when there is none (yet). */
  readonly stamp: CheckedStamp | null;
  /** There is a stamp, but it does not hold against the roots this device pinned. */
  readonly refused: boolean;
}

const Annotated = Type.Object({ attachments: Type.Array(AttachmentNote) });

interface FoundStamp extends KeptStamp {
  readonly entry: number;
}

/** What an entry holds; null when it does not open. Anyone who may write in the dossier may write nonsense: it must not take the evidence of others off the screen. @throws {@link Problem} as `readBody`. */
async function contentOf(handle: DossierHandle, entry: DossierEntry): Promise<unknown> {
  try {
    return await handle.readBody(entry, Type.Unknown());
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}

/** Files with a record. A body speaks for the files its author signed along with it, never for those of another entry, once for each, and with a record that is about that file. */
function recordedIn({ attachments }: EntryHeader, body: unknown): { readonly note: AttachmentNote; readonly record: CaptureRecord }[] {
  if (!Check(Annotated, body)) return [];
  const signed = new Set(attachments.map(({ item }) => item));
  const own = Map.groupBy(
    body.attachments.filter(({ item }) => signed.has(item)),
    ({ item }) => item,
  );
  return [...own.values()].flatMap(([note, ...others]) =>
    note?.capture !== undefined && others.length === 0 && isRecordOf(note.capture, note) ? [{ note, record: note.capture }] : [],
  );
}

async function stampsOf(handle: DossierHandle): Promise<ReadonlyMap<string, readonly FoundStamp[]>> {
  const entries = handle.entries.filter(({ header, readable }) => readable && header.kind === "timestamp");
  const found = await Promise.all(
    entries.map(async (entry) => {
      const body = await contentOf(handle, entry);
      return Check(TimestampBody, body) ? body.stamps.map((stamp): FoundStamp => ({ ...stamp, entry: entry.seq })) : [];
    }),
  );
  return Map.groupBy(found.flat(), ({ item }) => item);
}

/** The pinned roots, DER, without what cannot be read; empty when this server asks no authority. */
async function rootsOf(handle: DossierHandle): Promise<Uint8Array[]> {
  return ((await handle.session.trust.anchor()).timestampRoots ?? []).flatMap((root) => fromBase64url(root) ?? []);
}

async function firstThatHolds(record: CaptureRecord, stamps: readonly FoundStamp[], roots: readonly Uint8Array[]): Promise<CheckedStamp | null> {
  const { TimestampError, verifyTimestamp } = await import("@rugdekking/timestamp");
  const held: CheckedStamp[] = [];
  for (const { entry, ...stamp } of stamps) {
    const [response, nonce] = [fromBase64url(stamp.response), fromBase64url(stamp.nonce)];
    if (response === null || nonce === null) continue;
    try {
      const checked = await verifyTimestamp({ response, content: recordBytes(record), nonce, roots });
      held.push({ at: checked.at, authority: checked.authority, accuracy: checked.accuracy, entry });
    } catch (error) {
      if (!(error instanceof TimestampError)) throw error;
    }
  }
  return held.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))[0] ?? null;
}

/**
 * Every file of the dossier that has a capture record, in order, its stamps checked against the pinned roots.
 * @throws as `DossierHandle.readBody`.
 */
export async function readEvidence(handle: DossierHandle): Promise<Evidence[]> {
  const [stamps, roots] = [await stampsOf(handle), await rootsOf(handle)];
  const found: Evidence[] = [];
  for (const entry of handle.entries) {
    if (!entry.readable || entry.header.attachments.length === 0) continue;
    for (const { note, record } of recordedIn(entry.header, await contentOf(handle, entry))) {
      const own = stamps.get(note.item) ?? [];
      const stamp = own.length === 0 ? null : await firstThatHolds(record, own, roots);
      found.push({ entry, note, record, stamp, refused: own.length > 0 && stamp === null });
    }
  }
  return found;
}

/** What asking came to. */
export interface StampOutcome {
  /** The server asks an authority at all. */
  readonly on: boolean;
  /** Stamps kept now. */
  readonly kept: number;
  /** Files that still have none. */
  readonly waiting: number;
  /** Why asking stopped; null when nothing waits. */
  readonly problem: Problem | null;
}

/** Most that the stamps of one entry take as JSON, in bytes: it stays well below the 256 KiB that an entry may be once sealed. Any one stamp fits. */
const mostPerEntry = 180_000;

/** Whether an entry that holds these stamps can take one more. */
export const hasRoom = (held: readonly KeptStamp[], more: KeptStamp): boolean =>
  held.length < mostStamps && new TextEncoder().encode(JSON.stringify([...held, more])).length <= mostPerEntry;

/** Asks for one stamp and checks it before anyone keeps it. @throws {@link Problem} unavailable, quota-reached, not-found; signature-invalid when the answer may not be believed. */
async function askStamp(handle: DossierHandle, { note, record }: Pick<Evidence, "note" | "record">, roots: readonly Uint8Array[]): Promise<KeptStamp> {
  const { TimestampError, timestampNonce, verifyTimestamp } = await import("@rugdekking/timestamp");
  const content = recordBytes(record);
  const digest = base64urlnopad.encode(new Uint8Array(await crypto.subtle.digest("SHA-256", content)));
  const nonce = timestampNonce();
  const question = { digest, nonce: base64urlnopad.encode(nonce) };
  const { response } = await handle.session.connection.post(timestampsPath, question, TimestampAnswer);
  try {
    const answer = fromBase64url(response);
    if (answer === null) throw new TimestampError("response-malformed", "the answer is not base64url");
    const { at, authority } = await verifyTimestamp({ response: answer, content, nonce, roots });
    return { item: note.item, record: digest, nonce: question.nonce, response, at, authority };
  } catch (error) {
    if (!(error instanceof TimestampError)) throw error;
    throw new Problem(
      "signature-invalid",
      `The time stamp was refused: ${error.message} (${error.code})`,
      "It was not kept. Tell whoever runs this server; your evidence itself is safe.",
    );
  }
}

async function keep(handle: DossierHandle, stamps: readonly KeptStamp[]): Promise<void> {
  const body: TimestampBody = { version: 1, stamps: [...stamps] };
  await append(handle, { kind: "timestamp", body });
}

/**
 * Asks a stamp for every file that has a record and none yet, and keeps those that hold, sealed, in entries of their own. Stops at the first that cannot be had: what waits is asked for the next time.
 * @param whose `own`: files of entries the reader wrote; `all`: of anyone's.
 * @throws {@link Problem} as `append`; a stamp that cannot be had is no throw, see {@link StampOutcome}.
 */
export async function stampEvidence(handle: DossierHandle, whose: "own" | "all"): Promise<StampOutcome> {
  const roots = await rootsOf(handle);
  const mine = handle.session.person.person;
  const waiting = (await readEvidence(handle)).filter(({ stamp, entry }) => stamp === null && (whose === "all" || entry.header.author.person === mine));
  if (roots.length === 0 || handle.workflow.entries.timestamp === undefined) return { on: false, kept: 0, waiting: waiting.length, problem: null };
  let kept = 0;
  let held: KeptStamp[] = [];
  let problem: Problem | null = null;
  const flush = async (): Promise<void> => {
    if (held.length === 0) return;
    await keep(handle, held);
    kept += held.length;
    held = [];
  };
  for (const one of waiting) {
    let stamp: KeptStamp;
    try {
      stamp = await askStamp(handle, one, roots);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problem = error;
      break;
    }
    if (!hasRoom(held, stamp)) await flush();
    held.push(stamp);
  }
  await flush();
  return { on: true, kept, waiting: waiting.length - kept, problem };
}
