/** The record that goes with every change of someone's ways to sign in: signed by them, chained, kept for ever, in the log. Called by the routes that change them. */
import { parseUnlockRecord, UNLOCK_RECORD, type Envelope } from "@rugdekking/seal/verify";
import type { UnlockMethod } from "#services/directory/contract/index.ts";
import { insertUnlockRecord, newestUnlockRecord } from "#services/directory/store/index.ts";
import { Problem } from "#services/problem/index.ts";
import type { Transaction } from "#services/storage/index.ts";
import { signedBy } from "./recovery-rules.ts";

/** Two methods that open with the same key are one method. @throws {@link Problem} input-malformed */
export function checkUnlocks(unlocks: readonly UnlockMethod[]): void {
  const distinct = (values: readonly string[]): boolean => new Set(values).size === values.length;
  if (!distinct(unlocks.map(({ id }) => id)) || !distinct(unlocks.map(({ signPublicKey }) => signPublicKey)))
    throw new Problem("input-malformed", "/unlocks holds the same method twice", "Give two different ways to unlock.");
}

/**
 * Keeps the record of a change that is being made.
 * @param recovery the attempt by which the person came back, null otherwise
 * @returns its hash, to wait for in the log.
 * @throws {@link Problem} signature-invalid, input-malformed, statement-mismatch, chain-broken
 */
export async function writeRecord(
  trx: Transaction,
  statement: Envelope,
  person: { readonly person: string; readonly signPublicKey: string },
  unlocks: readonly UnlockMethod[],
  recovery: string | null,
  at: Date,
): Promise<string> {
  const { payload, hash } = await signedBy(statement, UNLOCK_RECORD, person.signPublicKey, parseUnlockRecord);
  const told = JSON.stringify(payload.unlocks.map(({ id, kind, label, key }) => [id, kind, label, key]));
  if (
    payload.person !== person.person ||
    payload.recovery !== recovery ||
    told !== JSON.stringify(unlocks.map(({ id, kind, label, signPublicKey }) => [id, kind, label, signPublicKey]))
  )
    throw new Problem("statement-mismatch", "/record says something else than the change it goes with", "Write the record of exactly this change.");
  const newest = await newestUnlockRecord(trx, person.person);
  if (payload.seq !== (newest?.seq ?? 0) + 1 || payload.previous !== (newest?.hash ?? null))
    throw new Problem("chain-broken", "/record does not follow the newest one", "Read the records again and sign a new one.");
  await insertUnlockRecord(trx, { person: person.person, seq: payload.seq, hash, statement, at });
  return hash;
}
