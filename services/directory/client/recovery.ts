/** Recovery as people do it: setting up, helping someone back, saying no, coming back; and a desk whose leads are gone. Called by screens and the CLI. Whatever the server says is checked against what was signed. */
import {
  epochForRecovery,
  generatePaperShare,
  generateSeed,
  generateSheetCode,
  joinShares,
  newPassphraseParameters,
  newRecovery,
  newUuid,
  openPerson,
  openShare,
  openUnlock,
  paperShareKeys,
  passphraseSecret,
  passShare,
  recoveredEpoch,
  sealKeyPair,
  sealUnlock,
  SealError,
  sheetSecret,
  signStatement,
  takeOver,
  type HolderToBe,
} from "@rugdekking/seal";
import {
  claimCode,
  claimDigest,
  parseRecoveryRequest,
  readStatement,
  RECOVERY_CONFIRMATION,
  RECOVERY_REFUSAL,
  RECOVERY_REQUEST,
  statementHash,
  UNLOCK_SET,
  verifyPersonCard,
  verifyRecoverySet,
  verifyStatement,
  type RecoveryConfirmation,
  type RecoveryRefusal,
  type RecoveryRequest,
  type RecoverySet,
  type RosterMember,
  type RosterRecovery,
  type UnlockSet,
} from "@rugdekking/seal/verify";
import { base64urlnopad } from "@scure/base";
import Type, { type Static } from "typebox";
import { Base64Url, DeskView, Sha256, Uuid, type UnlockMethod } from "#services/directory/contract/index.ts";
import {
  Claim,
  ClaimState,
  HandedOut,
  Recoveries,
  recoveryHours,
  type AttemptView,
  type HeldShare,
  type NewRecoverySet,
  type RecoveryView,
} from "#services/directory/contract/recovery.ts";
import { Problem } from "#services/problem/index.ts";
import { openHeld, signRecord, type HeldUnlock } from "./account.ts";
import { parseAnswer, type Connection } from "./connection.ts";
import { memberOf, readPersonCard, rotateDesk, type NewMember } from "./desks.ts";
import type { Session } from "./session.ts";
import type { VerifiedDesk } from "./trust.ts";

/** Someone who is to hold a share. `signPublicKey` as it was shown to whoever compared the digits, so that no other card takes its place. */
export interface Holder {
  readonly person: string;
  readonly name: string;
  readonly office: string;
  readonly signPublicKey?: string;
}

async function holderToBe(session: Session, holder: Holder): Promise<HolderToBe> {
  const { person, name, office, signPublicKey, sealPublicKey } = await memberOf(session.connection, { ...holder, lead: false });
  return { person, name, office, signPublicKey, sealPublicKey };
}

/** @returns the hours a recovery waits, within what the house asks. */
const hoursOf = async (session: Session, wished: number | undefined): Promise<number> =>
  Math.max(wished ?? recoveryHours.usual, (await readRecoveries(session)).hours);

const post = async (session: Session, body: NewRecoverySet): Promise<void> =>
  void (await session.connection.post("/api/v1/recoveries", body, Type.Object({ recovery: Uuid })));

/**
 * Sets recovery of one's own keys up: two people and a code on paper, or three people. It takes the place of what was there.
 * The keys in a session cannot be exported, so one way to unlock must be given to reach them.
 * @returns the code for paper: the only time it can be shown; null with three people.
 * @throws {@link Problem} not-found, signature-invalid, input-malformed; SealError unlock-wrong, recovery-malformed.
 */
export async function setUpRecovery(
  session: Session,
  held: HeldUnlock,
  input: { readonly holders: readonly Holder[]; readonly hours?: number },
): Promise<{ readonly recovery: string; readonly paper: string | null }> {
  if (input.holders.length !== 2 && input.holders.length !== 3)
    throw new Problem("input-malformed", "Recovery has two or three people", "Choose two people (the third share goes on paper), or three.");
  const holders = await Promise.all(input.holders.map((one) => holderToBe(session, one)));
  const paper = holders.length === 3 ? null : generatePaperShare();
  if (paper !== null) {
    const keys = await paperShareKeys(paper);
    holders.push({ person: null, name: "papier", office: "", sealPublicKey: keys.seal.publicKey, signPublicKey: keys.sign.publicKey });
  }
  const secrets = await openHeld(session, held);
  const delayHours = await hoursOf(session, input.hours);
  const made = await newRecovery({ subject: { person: session.person.person }, holders, delayHours, by: session.person });
  const method = await sealUnlock("recovery-sheet", "Herstel", {}, made.seed, secrets);
  made.seed.fill(0);
  secrets.sealSeed.fill(0);
  secrets.signSeed.fill(0);
  await post(session, { statement: made.statement, shares: made.sealed, half: base64urlnopad.encode(made.half), method });
  return { recovery: made.set.recovery, paper };
}

/**
 * Names three officers who can bring a desk back, two of them together, and starts a new epoch whose roster says so.
 * @throws {@link Problem} role-forbidden, not-found, signature-invalid, epoch-stale.
 */
export async function setUpDeskRecovery(
  session: Session,
  desk: string,
  input: { readonly holders: readonly Holder[]; readonly hours?: number },
): Promise<VerifiedDesk> {
  const open = await session.openDesk(desk, true);
  const holders = await Promise.all(input.holders.map((one) => holderToBe(session, one)));
  const delayHours = await hoursOf(session, input.hours);
  const made = await newRecovery({ subject: { desk, organisation: open.organisation }, holders, delayHours, by: session.person });
  made.seed.fill(0);
  await post(session, { statement: made.statement, shares: made.sealed, half: base64urlnopad.encode(made.half), method: null });
  return rotateDesk(session, desk, { recovery: inRoster(made.set, await statementHash(made.statement)) });
}

/** A set as a roster names it. */
function inRoster(set: RecoverySet, hash: string): RosterRecovery {
  const holders = set.holders.map(({ person, name, office, signPublicKey }) => ({ person: person ?? "", name, office, signPublicKey }));
  return { set: hash, recovery: set.recovery, publicKey: set.publicKey, holders };
}

/** Ends recovery of a desk by a new epoch that names nobody. @throws {@link Problem} role-forbidden, epoch-stale. */
export const endDeskRecovery = (session: Session, desk: string): Promise<VerifiedDesk> => rotateDesk(session, desk, { recovery: null });

/** Everything the server says of recovery for this person; {@link readSet} checks what was signed. @throws {@link Problem} session-missing. */
export const readRecoveries = (session: Session): Promise<Recoveries> => session.connection.get("/api/v1/recoveries", Recoveries);

/** The signed set of a view. @throws SealError signature-invalid, recovery-malformed; {@link Problem} signature-invalid when the server shows another set than it says. */
export async function readSet(view: Pick<RecoveryView, "statement" | "signer" | "recovery" | "hash">): Promise<RecoverySet> {
  const { set, hash } = await verifyRecoverySet(view.statement, view.signer);
  if (set.recovery !== view.recovery || hash !== view.hash)
    throw new Problem("signature-invalid", "The server shows another recovery than it says", "Do not go on; tell whoever runs this server.");
  return set;
}

async function refuse(session: Session, recovery: string, attempt: string | null): Promise<void> {
  const said: RecoveryRefusal = { recovery, attempt, at: new Date().toISOString(), by: session.person.person };
  const statement = await signStatement(RECOVERY_REFUSAL, said, session.person.sign);
  await session.connection.command("POST", `/api/v1/recoveries/${recovery}/refusals`, { statement });
}

/** Ends recovery of one's own keys: the shares open nothing any more. @throws {@link Problem} not-found, phase-forbidden. */
export const endRecovery = (session: Session, recovery: string): Promise<void> => refuse(session, recovery, null);

/** Says no to an attempt: as whoever it is about, or as a holder who does not trust it. @throws {@link Problem} not-found, phase-forbidden. */
export const refuseAttempt = (session: Session, recovery: string, attempt: string): Promise<void> => refuse(session, recovery, attempt);

/** A share someone holds, checked. */
export interface CheckedShare {
  readonly held: HeldShare;
  readonly set: RecoverySet;
  /** Whether the share opens and is the one the set names; a broken one is told to whoever set it up. */
  readonly whole: boolean;
}

/** The shares this person holds, each opened and checked. What does not verify at all is left out. @throws {@link Problem} session-missing. */
export async function readHeld(session: Session): Promise<CheckedShare[]> {
  const { held } = await readRecoveries(session);
  const checked = await Promise.all(
    held.map(async (one): Promise<CheckedShare | null> => {
      try {
        const set = await readSet(one);
        // The signer's key is the server's word: for a person it must be the card they are known by, for a desk a lead of its verified rosters.
        await knownSigner(session, set, one.signer);
        const whole = await ownShare(session, one, set).then(
          () => true,
          () => false,
        );
        return { held: one, set, whole };
      } catch (error) {
        if (error instanceof SealError || error instanceof Problem) return null;
        throw error;
      }
    }),
  );
  return checked.filter((one) => one !== null);
}

async function knownSigner(session: Session, set: RecoverySet, signer: string): Promise<void> {
  const key =
    "person" in set.subject
      ? (await readPersonCard(session.connection, set.subject.person)).signPublicKey
      : (await session.trust.desk(set.subject.desk)).history
          .flatMap(({ roster }) => roster.members)
          .find(({ person, signPublicKey }) => person === set.by && signPublicKey === signer)?.signPublicKey;
  if (key !== signer)
    throw new Problem("signature-invalid", "This recovery was set up by someone else than it says", "Do not go on; tell whoever runs this server.");
}

async function ownShare(session: Session, held: HeldShare, set: RecoverySet): Promise<Uint8Array> {
  const holder = set.holders[held.place - 1];
  if (holder?.person !== session.person.person || holder.signPublicKey !== session.person.sign.publicKey || held.sealed === null)
    throw new Problem("not-found", "You hold no share of this recovery", "Read the list again.");
  return openShare(set, held.place, held.sealed, session.person.seal);
}

/** The digits that whoever asks reads out by telephone; null for a desk, where the request is signed and names who is to come. @throws SealError key-malformed. */
export const codeOf = async (attempt: Pick<AttemptView, "attempt" | "temporaryKey">): Promise<string | null> =>
  attempt.temporaryKey === null ? null : claimCode(attempt.attempt, attempt.temporaryKey);

/** What an officer asks for a desk, checked: signed by one of the three, after the present roster. @throws SealError, {@link Problem} signature-invalid. */
export async function readRequest(
  session: Session,
  set: RecoverySet,
  attempt: AttemptView,
): Promise<{ readonly request: RecoveryRequest; readonly asker: string; readonly members: readonly RosterMember[] }> {
  const refused = new Problem("signature-invalid", "This request is not signed by an officer of this recovery, or is of another desk", "Do not confirm it.");
  if (attempt.request === null || !("desk" in set.subject)) throw refused;
  const unverified = parseRecoveryRequest(readStatement(attempt.request));
  const officer = set.holders.find(({ person }) => person === unverified.by);
  if (officer === undefined) throw refused;
  const request = parseRecoveryRequest((await verifyStatement(attempt.request, RECOVERY_REQUEST, officer.signPublicKey)).payload);
  const desk = await session.trust.desk(set.subject.desk);
  if (request.desk !== desk.id || request.recovery !== set.recovery || request.attempt !== attempt.attempt || request.previous !== desk.rosterHash)
    throw refused;
  const members = await Promise.all(request.members.map((member) => cardOfMember(session.connection, member)));
  return { request, asker: officer.name, members };
}

const MemberShape = Type.Object(
  { person: Uuid, name: Type.String(), office: Type.String(), lead: Type.Boolean(), sealPublicKey: Base64Url, signPublicKey: Base64Url },
  { additionalProperties: false },
);

/** A member as the request names them, held against their card. */
async function cardOfMember(connection: Connection, value: object): Promise<RosterMember> {
  const member = parseAnswer(MemberShape, value, "the request");
  const card = await readPersonCard(connection, member.person);
  if (card.signPublicKey !== member.signPublicKey || card.sealPublicKey !== member.sealPublicKey)
    throw new Problem("signature-invalid", `The request names other keys for ${member.person} than their card`, "Do not confirm it.");
  return member;
}

/**
 * Passes one's share on, after the digits were compared (of a person) or the new members were known (of a desk).
 * @param code the digits that were read out; null for a desk
 * @throws {@link Problem} signature-invalid when the digits are not those of what the server shows; phase-forbidden, already-there; SealError recovery-share-wrong.
 */
export async function confirmAttempt(session: Session, { held, set }: CheckedShare, attempt: AttemptView, code: string | null): Promise<void> {
  const share = await ownShare(session, held, set);
  const passed = await passShare(set, held.place, share, { attempt: attempt.attempt, ...(await passedTo(session, set, attempt, code)), by: session.person });
  share.fill(0);
  await session.connection.command("POST", `/api/v1/recoveries/${set.recovery}/attempts/${attempt.attempt}/confirmations`, passed);
}

async function passedTo(session: Session, set: RecoverySet, attempt: AttemptView, code: string | null): Promise<{ request: string; toPublicKey: string }> {
  if (attempt.temporaryKey !== null) {
    const shown = await claimCode(attempt.attempt, attempt.temporaryKey);
    if (code === null || code.replaceAll(/\D/g, "") !== shown.replaceAll(" ", ""))
      throw new Problem(
        "signature-invalid",
        "These are not the digits of this attempt",
        "Call the person yourself, and pass nothing on when the digits differ.",
      );
    return { request: await claimDigest(attempt.attempt, attempt.temporaryKey), toPublicKey: attempt.temporaryKey };
  }
  const { request } = await readRequest(session, set, attempt);
  const asker = set.holders.find(({ person }) => person === request.by);
  if (attempt.request === null || asker === undefined) throw new Problem("not-found", "Nobody asked", "Read the list again.");
  return { request: await statementHash(attempt.request), toPublicKey: asker.sealPublicKey };
}

/** A claim as the device of whoever asks keeps it until the end: `seed` is the new key and `token` the way to it, so both are secrets. */
export const KeptClaim = Type.Object(
  { version: Type.Literal(1), handle: Type.String({ maxLength: 120 }), recovery: Uuid, attempt: Uuid, token: Sha256, seed: Sha256 },
  { additionalProperties: false },
);
export type KeptClaim = Static<typeof KeptClaim>;

/** Asks for one's own keys. Keep the claim; read its {@link codeOfClaim} out to two holders. @throws {@link Problem} quota-reached, unavailable. */
export async function claimRecovery(connection: Connection, handle: string): Promise<KeptClaim> {
  const seed = generateSeed();
  const { publicKey } = await sealKeyPair(seed);
  const claim = await connection.post("/api/v1/recovery-claims", { handle: handle.trim().toLowerCase(), temporaryKey: publicKey }, Claim);
  return { version: 1, handle: handle.trim().toLowerCase(), ...claim, seed: base64urlnopad.encode(seed) };
}

const keyOfClaim = (claim: KeptClaim) => sealKeyPair(base64urlnopad.decode(claim.seed));

/** The digits that a holder compares. */
export const codeOfClaim = async (claim: KeptClaim): Promise<string> => claimCode(claim.attempt, (await keyOfClaim(claim)).publicKey);

const attemptPath = ({ recovery, attempt }: Pick<KeptClaim, "recovery" | "attempt">): string => `/api/v1/recoveries/${recovery}/attempts/${attempt}`;

/** The share on paper counts as one confirmation. @throws SealError sheet-malformed; {@link Problem} not-found when it is not of this recovery, or there is none. */
export async function confirmWithPaper(connection: Connection, claim: KeptClaim, code: string): Promise<void> {
  const [paper, temporary] = await Promise.all([paperShareKeys(code), keyOfClaim(claim)]);
  const request = await claimDigest(claim.attempt, temporary.publicKey);
  const said: RecoveryConfirmation = {
    recovery: claim.recovery,
    attempt: claim.attempt,
    place: 3,
    request,
    sealed: request,
    at: new Date().toISOString(),
    by: null,
  };
  const statement = await signStatement(RECOVERY_CONFIRMATION, said, paper.sign);
  await connection.command("POST", `${attemptPath(claim)}/confirmations`, { statement, sealed: null });
}

/** How far a claim is. @throws {@link Problem} not-found. */
export const readClaim = (connection: Connection, claim: KeptClaim): Promise<ClaimState> =>
  connection.post(`${attemptPath(claim)}/look-ups`, { token: claim.token }, ClaimState);

/**
 * Comes back: joins the shares, opens the keys, makes two new ways to sign in, and with them ends every old one and every session. Does not sign in.
 * @returns the code of the new recovery sheet: the only time it can be shown.
 * @throws {@link Problem} phase-forbidden before the delay is over or after a no; SealError recovery-share-wrong naming a share that is not whole.
 */
export async function finishClaim(
  connection: Connection,
  claim: KeptClaim,
  input: { readonly passphrase: string; readonly paper?: string; readonly progress?: (share: number) => void },
): Promise<{ readonly person: string; readonly sheet: string }> {
  const temporary = await keyOfClaim(claim);
  const out = await connection.post(`${attemptPath(claim)}/takings`, { token: claim.token }, HandedOut);
  if (out.card === null || out.method === null)
    throw new Problem("input-malformed", "The server handed out no keys of a person", "Tell whoever runs this server.");
  const { set } = await verifyRecoverySet(out.statement, out.signer);
  const { card } = await verifyPersonCard(out.card);
  if (!("person" in set.subject) || set.subject.person !== card.person || card.signPublicKey !== out.signer || set.recovery !== claim.recovery)
    throw new Problem("signature-invalid", "What was handed out is not of one person", "Do not go on; tell whoever runs this server.");
  const shares = new Map<number, Uint8Array>();
  for (const { place, sealed, own } of out.shares) {
    if (!own) shares.set(place, await openShare(set, place, sealed, temporary, claim.attempt));
    else if (input.paper !== undefined) shares.set(place, await openShare(set, place, sealed, (await paperShareKeys(input.paper)).seal));
  }
  const seed = await joinShares(set, shares, base64urlnopad.decode(out.half));
  const secrets = await openUnlock(out.method, seed);
  seed.fill(0);
  const person = await openPerson(secrets, out.card);
  const sheet = generateSheetCode();
  const parameters = newPassphraseParameters();
  const unlocks: UnlockMethod[] = [
    await sealUnlock("passphrase", "Wachtzin", parameters, await passphraseSecret(input.passphrase, parameters, input.progress), secrets),
    await sealUnlock("recovery-sheet", "Herstelblad", {}, await sheetSecret(sheet), secrets),
  ];
  secrets.sealSeed.fill(0);
  secrets.signSeed.fill(0);
  const challenge = base64urlnopad.encode(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(claim.token))));
  const next: UnlockSet = { challenge, audience: connection.origin, person: person.person, unlocks, at: new Date().toISOString() };
  await connection.command("POST", `${attemptPath(claim)}/completions`, {
    token: claim.token,
    statement: await signStatement(UNLOCK_SET, next, person.sign),
    record: await signRecord(person, unlocks, out.record, claim.attempt),
  });
  return { person: person.person, sheet };
}

/**
 * Asks, as an officer, for a desk whose leads are gone.
 * @param members who is to be in the desk from then on; at least one leads
 * @returns the attempt: a second officer confirms it.
 * @throws {@link Problem} role-forbidden, epoch-stale, requirement-missing, not-found.
 */
export async function requestDeskRecovery(session: Session, { set }: Pick<CheckedShare, "set">, members: readonly NewMember[]): Promise<string> {
  if (!("desk" in set.subject)) throw new Problem("input-malformed", "This recovery is of a person", "A person asks for their own keys.");
  const desk = await session.trust.desk(set.subject.desk);
  if (desk.roster.recovery?.recovery !== set.recovery)
    throw new Problem("requirement-missing", `The present roster of ${desk.name} does not name this recovery`, "Only a lead can change that.");
  const attempt: string = newUuid();
  const request: RecoveryRequest = {
    recovery: set.recovery,
    attempt,
    desk: desk.id,
    epoch: desk.epoch + 1,
    previous: desk.rosterHash,
    members: await Promise.all(members.map((member) => memberOf(session.connection, member))),
    at: new Date().toISOString(),
    by: session.person.person,
  };
  const statement = await signStatement(RECOVERY_REQUEST, request, session.person.sign);
  await session.connection.post(`/api/v1/recoveries/${set.recovery}/requests`, { statement }, Type.Object({ attempt: Uuid }));
  return attempt;
}

/**
 * Brings a desk back, after the delay: opens its key with two shares, and starts an epoch with the people who were asked for. The officer's device then held the old key; the new one is sealed to the new members alone.
 * @throws {@link Problem} phase-forbidden, signature-invalid; SealError recovery-share-wrong, desk-change-refused.
 */
export async function finishDeskRecovery(session: Session, { held, set }: CheckedShare, attempt: string): Promise<VerifiedDesk> {
  const out = await session.connection.post(`${attemptPath({ recovery: set.recovery, attempt })}/takings`, { token: null }, HandedOut);
  if (out.desk === null || !("desk" in set.subject))
    throw new Problem("input-malformed", "The server handed out no key of a desk", "Tell whoever runs this server.");
  const desk = await session.trust.desk(set.subject.desk);
  const { seal } = session.person;
  const shares = new Map<number, Uint8Array>([[held.place, await ownShare(session, held, set)]]);
  for (const { place, sealed, own } of out.shares) if (!own) shares.set(place, await openShare(set, place, sealed, seal, attempt));
  const seed = await joinShares(set, shares, base64urlnopad.decode(out.half));
  const epochSeed = await takeOver(out.desk.sealed, await sealKeyPair(seed), epochForRecovery(desk.id, desk.epoch, set.recovery));
  seed.fill(0);
  const { request } = await readRequest(session, set, {
    attempt,
    request: out.desk.request,
    state: "taken",
    asked: "",
    temporaryKey: null,
    confirmed: [],
    opens: null,
    taken: null,
    ended: null,
  });
  const members = await Promise.all(request.members.map((member) => cardOfMember(session.connection, member)));
  const { registrar } = await session.trust.anchor();
  const made = await recoveredEpoch({
    rosters: desk.view.rosters,
    registrarPublicKey: registrar,
    epochSeed,
    members,
    proof: { request: out.desk.request, confirmation: out.desk.confirmation },
    by: session.person,
  });
  epochSeed.fill(0);
  made.epochSeed.fill(0);
  return session.trust.verify(await session.connection.post(`/api/v1/desks/${desk.id}/epochs`, made.rotation, DeskView));
}
