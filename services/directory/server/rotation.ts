/** Decides whether a desk may be made or may start a new epoch; called by the desk routes. A desk's keys change only here. */
import {
  checkWrappedSet,
  parseRoster,
  readStatement,
  SealError,
  takenAhead,
  takenBehind,
  verifyRosterChain,
  type Envelope,
  type Roster,
} from "@rugdekking/seal/verify";
import { deskFunctions, type Rotation } from "#services/directory/contract/index.ts";
import {
  claimDesk,
  lockDesk,
  readDesk,
  readOrganisation,
  readPersonKeys,
  readRosters,
  settleInvitations,
  writeEpoch,
  type Executor,
} from "#services/directory/store/index.ts";
import { Problem } from "#services/problem/index.ts";
import { inTransaction, type Transaction } from "#services/storage/index.ts";
import type { Caller } from "./caller.ts";
import { checkRosterRecovery, mayRecover, settleRecovery } from "./recovery-rules.ts";
import type { DirectoryOptions } from "./services.ts";
import { requireConfirmed } from "./unconfirmed.ts";

const again = "Read the desk's rosters and rotate from there.";

/** The last link of a chain, verified from its first. @throws {@link Problem} signature-invalid when any link does not hold, input-malformed */
async function verified(rosters: readonly Envelope[], registrar: string): Promise<{ roster: Roster; hash: string }> {
  try {
    const { present, hash } = await verifyRosterChain(rosters, registrar);
    return { roster: present, hash };
  } catch (error) {
    if (error instanceof SealError) throw new Problem("signature-invalid", `/roster: ${error.message}`, again);
    throw error;
  }
}

/** Exactly one key per member, and every member's keys as their own card carries them. @throws {@link Problem} roster-mismatch */
async function checkMembers(db: Executor, roster: Roster, rotation: Rotation): Promise<void> {
  try {
    checkWrappedSet(roster, rotation.sealed);
  } catch (error) {
    if (error instanceof SealError)
      throw new Problem("roster-mismatch", `/sealed: ${error.message}`, "Seal the desk's key to exactly the members of the roster, once each.");
    throw error;
  }
  const keys = await readPersonKeys(
    db,
    roster.members.map(({ person }) => person),
  );
  roster.members.forEach((member, place) => {
    const card = keys.get(member.person);
    if (card === undefined) throw new Problem("roster-mismatch", `/roster/members/${place} is not a registered person`, "Let them register first.");
    if (card.signPublicKey !== member.signPublicKey || card.sealPublicKey !== member.sealPublicKey)
      throw new Problem(
        "roster-mismatch",
        `/roster/members/${place} carries other keys than that person's card`,
        "Read the member's card again and sign a new roster.",
      );
  });
}

/**
 * Makes a desk from a first roster that the registrar signed; nobody needs to be signed in for it. The same rotation again changes nothing.
 * @returns the desk's id, when its leaf is in the log.
 * @throws {@link Problem} signature-invalid, roster-mismatch, input-malformed, not-found (organisation), already-there
 */
export async function makeDesk(options: DirectoryOptions, rotation: Rotation): Promise<string> {
  const { roster, hash } = await verified([rotation.roster], options.anchor.registrar);
  if (rotation.bridge !== null) throw new Problem("input-malformed", "/bridge: a first epoch has no epoch before it", "Send null.");
  if (roster.recovery !== undefined || rotation.recovery !== undefined)
    throw new Problem("input-malformed", "/roster/recovery: a lead of the desk sets recovery up, when there is one", "Leave it out.");
  if (!deskFunctions.some((known) => known === roster.function))
    throw new Problem("input-malformed", "/roster/function is not a function of a desk", `Choose one of ${deskFunctions.join(", ")}.`);
  if ((await readOrganisation(options.db, roster.organisation)) === null)
    throw new Problem("not-found", "/roster/organisation is not in the register", "Look the organisation up by name.");
  await inTransaction(options.db, async (trx) => {
    await checkMembers(trx, roster, rotation);
    if (await claimDesk(trx, roster)) return writeEpoch(trx, roster, hash, rotation);
    const rosters = await readRosters(trx, roster.organisation, roster.desk);
    const [first] = rosters;
    if (first === undefined || first.payload !== rotation.roster.payload)
      throw new Problem("already-there", "A desk with this id exists", "Make the desk anew with an id of its own.");
  });
  await options.sequencer.integrated(hash);
  return roster.desk;
}

/** From the stated time on who left signs for the desk no more, and who came does: it must be about now. @throws {@link Problem} clock-off */
function checkStatedTime(roster: Roster, now: Date): void {
  const off = Date.parse(roster.at) - now.getTime();
  if (off > takenAhead || off < -takenBehind)
    throw new Problem(
      "clock-off",
      `/roster states ${roster.at}, and the server's clock says ${now.toISOString()}`,
      "Set the clock of this device right (let it set the time by itself), then rotate again.",
    );
}

/** No lead, but perhaps an officer whose recovery of this desk was confirmed and waited for. @throws {@link Problem} role-forbidden, input-malformed */
async function recoveredNow(
  trx: Transaction,
  rotation: Rotation,
  caller: Caller,
  options: DirectoryOptions,
): Promise<{ readonly recovery: string; readonly attempt: string }> {
  try {
    return await mayRecover(trx, parseRoster(readStatement(rotation.roster)), caller, options.clock());
  } catch (error) {
    if (error instanceof SealError) throw new Problem("role-forbidden", "Only a lead of the desk's present roster starts a new epoch", "Ask a lead.");
    throw error;
  }
}

/** What the caller says it signed, before any signature was checked. */
function unverifiedClaim(envelope: Envelope): { desk: unknown; epoch: unknown; by: unknown } {
  const claim = readStatement(envelope);
  if (typeof claim !== "object" || claim === null || !("desk" in claim) || !("epoch" in claim) || !("by" in claim))
    throw new Problem("input-malformed", "/roster is not a roster", "Send the roster as it was signed.");
  return { desk: claim.desk, epoch: claim.epoch, by: claim.by };
}

/**
 * Starts a desk's next epoch. Accepted only when the caller leads the present roster (or is the officer whose recovery it finishes), the epoch is the next one, the whole chain verifies, exactly the members got a key,
 * and the bridge to the epoch before is there.
 * @throws {@link Problem} not-found, role-forbidden, confirmation-missing, statement-mismatch, epoch-stale, signature-invalid, clock-off, roster-mismatch, input-malformed
 */
export async function rotateDesk(options: DirectoryOptions, desk: string, rotation: Rotation, caller: Caller): Promise<void> {
  const hash = await inTransaction(options.db, async (trx) => {
    const present = await lockDesk(trx, desk);
    const lead = present === null ? null : ((await readDesk(trx, desk))?.members.find(({ person }) => person === caller.person)?.lead ?? false);
    if (present === null || lead === null) throw new Problem("not-found", "There is no such desk", "Look the desk up again.");
    // Whoever leads acts for the desk, so in a session that is confirmed; an officer who recovers it is in no team of it.
    if (lead) requireConfirmed(caller, desk);
    const finished = lead ? null : await recoveredNow(trx, rotation, caller, options);
    const claim = unverifiedClaim(rotation.roster);
    if (claim.desk !== desk || claim.by !== caller.person)
      throw new Problem("statement-mismatch", "/roster is of another desk, or signed by another person than the caller", again);
    if (claim.epoch !== present.epoch + 1)
      throw new Problem("epoch-stale", `The desk is in epoch ${present.epoch}; the next one is ${present.epoch + 1}`, again);
    if (rotation.bridge === null)
      throw new Problem(
        "input-malformed",
        "/bridge is missing: without it the history would be lost to everyone",
        "Seal the old epoch's key under the new one.",
      );
    const next = await verified([...(await readRosters(trx, present.organisation, desk)), rotation.roster], options.anchor.registrar);
    checkStatedTime(next.roster, options.clock());
    await checkMembers(trx, next.roster, rotation);
    await checkRosterRecovery(trx, next.roster, rotation);
    await writeEpoch(trx, next.roster, next.hash, rotation);
    await settleRecovery(trx, next.roster, rotation, finished, options.clock());
    await settleInvitations(
      trx,
      desk,
      next.roster.members.map(({ person }) => person),
    );
    return next.hash;
  });
  await options.sequencer.integrated(hash);
}
