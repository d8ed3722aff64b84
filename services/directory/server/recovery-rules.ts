/** Decides what may be done about recovery: who sets it up, confirms, refuses, and what a rotation must hold. Called by the recovery and desk routes, inside their transactions. */
import { createHash } from "node:crypto";
import {
  claimDigest,
  halfDigest,
  parseRecoveryConfirmation,
  parseRecoveryRefusal,
  parseRecoveryRequest,
  parseRecoverySet,
  readStatement,
  RECOVERY_CONFIRMATION,
  RECOVERY_REFUSAL,
  RECOVERY_REQUEST,
  RECOVERY_SET,
  SealError,
  sealedDigest,
  statementHash,
  verifyStatement,
  type Envelope,
  type RecoveryConfirmation,
  type RecoveryRequest,
  type RecoverySet,
  type Roster,
} from "@rugdekking/seal/verify";
import type { Rotation } from "#services/directory/contract/index.ts";
import {
  recoveryAllows,
  recoveryState,
  type NewRecoverySet,
  type RecoveryParty,
  type RecoveryState,
  type RecoveryStep,
} from "#services/directory/contract/recovery.ts";
import {
  attemptsOf,
  endAttempt,
  endRecovery,
  keepRecoveryKey,
  readDesk,
  readPersonKeys,
  readRecovery,
  recoveriesAbout,
  sharesOf,
  type AttemptRow,
  type Executor,
  type RecoveryRow,
} from "#services/directory/store/index.ts";
import { Problem } from "#services/problem/index.ts";
import type { Transaction } from "#services/storage/index.ts";
import type { Caller } from "./caller.ts";

const noRecovery = (): Problem => new Problem("not-found", "There is no such recovery for you", "Read the list again.");

/** What was signed, checked against a key. @throws {@link Problem} signature-invalid, input-malformed */
export async function signedBy<T>(
  statement: Envelope,
  type: string,
  signPublicKey: string,
  parse: (value: unknown) => T,
): Promise<{ readonly payload: T; readonly hash: string }> {
  try {
    const { payload, hash } = await verifyStatement(statement, type, signPublicKey);
    return { payload: parse(payload), hash };
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    throw new Problem(
      error.code === "signature-invalid" ? "signature-invalid" : "input-malformed",
      `/statement: ${error.message}`,
      "Sign it anew, as the contract describes.",
    );
  }
}

const mismatch = (what: string): Problem => new Problem("statement-mismatch", `/statement ${what}`, "Read the list again and sign a new statement.");

/** A set that may be kept. @throws {@link Problem} signature-invalid, input-malformed, statement-mismatch, role-forbidden, roster-mismatch */
export async function checkedSet(
  db: Executor,
  body: NewRecoverySet,
  caller: Caller,
  leastHours: number,
): Promise<{ readonly set: RecoverySet; readonly hash: string }> {
  const { payload: set, hash } = await signedBy(body.statement, RECOVERY_SET, caller.signPublicKey, parseRecoverySet);
  if (set.by !== caller.person) throw mismatch("names another person than the caller");
  if (set.delayHours < leastHours)
    throw new Problem("input-malformed", `/statement/delayHours is ${set.delayHours}; this house waits ${leastHours} hours at least`, "Choose a longer delay.");
  if ((await halfDigest(Buffer.from(body.half, "base64url"))) !== set.half) throw mismatch("names another half than the one that was sent");
  if ("person" in set.subject) {
    if (set.subject.person !== caller.person) throw mismatch("is about the keys of someone else");
    if (body.method === null)
      throw new Problem("input-malformed", "/method is missing: there would be nothing to get back", "Seal your keys to the recovery key.");
  } else {
    const desk = await readDesk(db, set.subject.desk);
    const lead = desk?.members.some(({ person, lead: leads }) => person === caller.person && leads) ?? false;
    if (desk === null || !lead) throw new Problem("role-forbidden", "Only a lead of the desk may do this", "Ask a lead.");
    if (set.subject.organisation !== desk.organisation) throw mismatch("names another organisation than the desk's");
    if (body.method !== null) throw new Problem("input-malformed", "/method is of a person alone", "Send null.");
  }
  const persons = set.holders.flatMap(({ person }) => (person === null ? [] : [person]));
  const keys = await readPersonKeys(db, persons);
  for (const holder of set.holders) {
    if (holder.person === null && holder.place !== set.holders.length) throw mismatch("has the share on paper in another place than the last");
    const card = holder.person === null ? holder : keys.get(holder.person);
    if (card === undefined || card.signPublicKey !== holder.signPublicKey || card.sealPublicKey !== holder.sealPublicKey)
      throw new Problem("roster-mismatch", `/statement/holders/${holder.place - 1} carries other keys than that person's card`, "Read the card again.");
  }
  return { set, hash };
}

/** The set and one attempt of it, locked, when the step exists in its state. @throws {@link Problem} not-found, phase-forbidden */
export async function heldAttempt(
  trx: Transaction,
  place: { readonly recovery: string; readonly attempt: string },
  step: RecoveryStep,
  by: RecoveryParty,
  now: Date,
): Promise<{ readonly row: RecoveryRow; readonly attempt: AttemptRow; readonly state: RecoveryState }> {
  const row = await readRecovery(trx, place.recovery, true);
  const attempt = row === null ? null : ((await attemptsOf(trx, place.recovery)).find((one) => one.attempt === place.attempt) ?? null);
  if (row === null || attempt === null) throw noRecovery();
  const state = recoveryState(attempt, now);
  if (!recoveryAllows(state, step, by))
    throw new Problem("phase-forbidden", `This attempt is ${state}; that step does not exist there`, "Read the list again.");
  return { row, attempt, state };
}

/** What a holder confirms, checked: signed with the key the set names for that share, about this attempt. @throws {@link Problem} signature-invalid, statement-mismatch, input-malformed, own-work */
export async function checkedConfirmation(
  trx: Transaction,
  attempt: AttemptRow,
  body: { readonly statement: Envelope; readonly sealed: string | null },
): Promise<{ readonly said: RecoveryConfirmation; readonly hash: string }> {
  const claimed = claimedConfirmation(body.statement);
  const share = (await sharesOf(trx, attempt.recovery)).find(({ place }) => place === claimed.place);
  if (share === undefined) throw noRecovery();
  const { payload: said, hash } = await signedBy(body.statement, RECOVERY_CONFIRMATION, share.signPublicKey, parseRecoveryConfirmation);
  if (said.by !== share.person || said.recovery !== attempt.recovery || said.attempt !== attempt.attempt) throw mismatch("is of another attempt or holder");
  if (attempt.askedBy !== null && attempt.askedBy === said.by)
    throw new Problem("own-work", "Whoever asked brings their own share and confirms nothing", "Ask another officer.");
  if (said.request !== (await aboutWhat(attempt))) throw mismatch("confirms something else than was asked");
  if ((body.sealed === null) !== (share.person === null))
    throw new Problem("input-malformed", "/sealed: a share is passed on by people, and not by paper", "Send it as the contract says.");
  if (said.sealed !== (body.sealed === null ? said.request : await sealedDigest(body.sealed))) throw mismatch("names another share than the one that was sent");
  return { said, hash };
}

/** The hash of the request, or the digest of the new key: what a confirmation must name. */
async function aboutWhat(attempt: AttemptRow): Promise<string> {
  if (attempt.request !== null) return statementHash(attempt.request);
  return claimDigest(attempt.attempt, attempt.temporaryKey ?? "");
}

/** What a confirmation says, before any signature was checked: the same refusal whether or not there is anything to confirm. @throws {@link Problem} input-malformed */
export function claimedConfirmation(statement: Envelope): RecoveryConfirmation {
  try {
    return parseRecoveryConfirmation(readStatement(statement));
  } catch (error) {
    if (error instanceof SealError) throw new Problem("input-malformed", `/statement: ${error.message}`, "Sign it anew, as the contract describes.");
    throw error;
  }
}

/** An officer's request for a desk, checked against the present roster. @throws {@link Problem} signature-invalid, statement-mismatch, role-forbidden, epoch-stale, roster-mismatch, requirement-missing */
export async function checkedRequest(
  trx: Transaction,
  row: RecoveryRow,
  statement: Envelope,
  caller: Caller,
): Promise<{ readonly request: RecoveryRequest; readonly hash: string }> {
  const { payload: request, hash } = await signedBy(statement, RECOVERY_REQUEST, caller.signPublicKey, parseRecoveryRequest);
  if (request.by !== caller.person || request.recovery !== row.recovery || request.desk !== row.desk) throw mismatch("is of another desk or person");
  if (!(await sharesOf(trx, row.recovery)).some(({ person }) => person === caller.person))
    throw new Problem("role-forbidden", "Only an officer who holds a share may ask", "Ask one of the three officers.");
  const desk = await readDesk(trx, request.desk);
  if (desk === null) throw noRecovery();
  if (desk.epoch + 1 !== request.epoch || desk.rosterHash !== request.previous)
    throw new Problem("epoch-stale", `The desk is in epoch ${desk.epoch}`, "Read the desk's rosters and ask from there.");
  return { request, hash };
}

/** Who says no, and to what: the subject ends a set or vetoes an attempt, a holder refuses an attempt. @throws {@link Problem} signature-invalid, statement-mismatch, not-found */
export async function checkedRefusal(
  trx: Transaction,
  row: RecoveryRow,
  statement: Envelope,
  caller: Caller,
): Promise<{ readonly attempt: string | null; readonly hash: string; readonly as: "subject" | "holder" }> {
  const { payload, hash } = await signedBy(statement, RECOVERY_REFUSAL, caller.signPublicKey, parseRecoveryRefusal);
  if (payload.by !== caller.person || payload.recovery !== row.recovery) throw mismatch("is of another recovery or person");
  const about = row.person === null ? row.desk !== null && caller.desks.includes(row.desk) : row.person === caller.person;
  const holds = (await sharesOf(trx, row.recovery)).some(({ person }) => person === caller.person);
  // An officer may be in the desk as well: then they say no as a member.
  if (about) return { attempt: payload.attempt, hash, as: "subject" };
  if (!holds || payload.attempt === null) throw noRecovery();
  return { attempt: payload.attempt, hash, as: "holder" };
}

/** SHA-256 of a claim's token: what the completing statement must name as its challenge, and what is kept of the token. */
export const tokenDigest = (token: string): string => createHash("sha256").update(token).digest("base64url");

/**
 * What a rotation must hold about recovery: the epoch's key for the recovery key exactly when the roster names one, and a name only for a set that a lead of this desk made and that stands.
 * @throws {@link Problem} input-malformed, roster-mismatch
 */
export async function checkRosterRecovery(trx: Transaction, roster: Roster, rotation: Rotation): Promise<void> {
  if ((roster.recovery === undefined) !== (rotation.recovery === undefined))
    throw new Problem(
      "roster-mismatch",
      "/recovery: the key for recovery is there exactly when the roster names who may recover",
      "Seal the desk's key as the roster says.",
    );
  if (roster.recovery === undefined) return;
  const row = await readRecovery(trx, roster.recovery.recovery);
  if (row === null || row.desk !== roster.desk || row.ended !== null || row.hash !== roster.recovery.set)
    throw new Problem("roster-mismatch", "/roster/recovery is no recovery of this desk that stands", "Set it up first.");
  const set = parseRecoverySet(readStatement(row.statement));
  const told = JSON.stringify(roster.recovery.holders.map(({ person, signPublicKey, name, office }) => [person, signPublicKey, name, office]));
  if (
    set.publicKey !== roster.recovery.publicKey ||
    told !== JSON.stringify(set.holders.map(({ person, signPublicKey, name, office }) => [person, signPublicKey, name, office]))
  )
    throw new Problem("roster-mismatch", "/roster/recovery names other officers or another key than the recovery set", "Copy them from the set.");
}

/** After a rotation was written: keeps the key for recovery, ends attempts that a lead overtook and sets that the roster no longer names. `attempt`: the one this rotation finishes. */
export async function settleRecovery(
  trx: Transaction,
  roster: Roster,
  rotation: Rotation,
  finished: { readonly recovery: string; readonly attempt: string } | null,
  now: Date,
): Promise<void> {
  const named = roster.recovery?.recovery ?? null;
  await keepRecoveryKey(trx, roster, named === null || rotation.recovery === undefined ? null : { recovery: named, sealed: rotation.recovery });
  if (finished !== null) await endAttempt(trx, finished.recovery, finished.attempt, "done", now);
  for (const { recovery, ended } of await recoveriesAbout(trx, { desks: [roster.desk] })) {
    if (ended !== null) continue;
    if (recovery !== named) await endRecovery(trx, recovery, "overtaken", now);
    else for (const { attempt, outcome } of await attemptsOf(trx, recovery)) if (outcome === null) await endAttempt(trx, recovery, attempt, "overtaken", now);
  }
}

/** Whether this officer may start the desk's next epoch now: what they asked for was confirmed, the delay is over and it was handed out to them. @throws {@link Problem} role-forbidden */
export async function mayRecover(
  trx: Transaction,
  roster: Roster,
  caller: Caller,
  now: Date,
): Promise<{ readonly recovery: string; readonly attempt: string }> {
  const request = roster.recovered === undefined ? null : roster.recovered.request;
  const refused = new Problem(
    "role-forbidden",
    "Only a lead starts a new epoch, or an officer whose recovery was confirmed and waited for",
    "Ask a lead, or read the list of recoveries.",
  );
  if (request === null) throw refused;
  let asked: RecoveryRequest;
  try {
    asked = parseRecoveryRequest(readStatement(request));
  } catch (error) {
    if (error instanceof SealError) throw refused;
    throw error;
  }
  const row = await readRecovery(trx, asked.recovery, true);
  const attempt = row === null ? undefined : (await attemptsOf(trx, asked.recovery)).find((one) => one.attempt === asked.attempt);
  if (attempt === undefined || attempt.askedBy !== caller.person || !recoveryAllows(recoveryState(attempt, now), "finish", "asker")) throw refused;
  return { recovery: asked.recovery, attempt: asked.attempt };
}
