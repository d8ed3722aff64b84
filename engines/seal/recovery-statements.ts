/** What is signed about recovery: who holds which share, who asks, who confirms, who says no; and the record of someone's ways to sign in. Check only, servers may call it. */
import { concat, fromBase64Url, isRecord, parseUuid, utf8 } from "./bytes.ts";
import { isHash, isMoment, parseSealPublicKey, parseSignPublicKey } from "./card.ts";
import { digestOf } from "./digest.ts";
import { type Envelope, readStatement, statementHash, verifyStatement } from "./envelope.ts";
import { SealError } from "./errors.ts";

/** DSSE payload type of a {@link RecoverySet}. */
export const RECOVERY_SET = "application/vnd.rugdekking.recovery-set+json";
/** DSSE payload type of a {@link RecoveryRequest}. */
export const RECOVERY_REQUEST = "application/vnd.rugdekking.recovery-request+json";
/** DSSE payload type of a {@link RecoveryConfirmation}. */
export const RECOVERY_CONFIRMATION = "application/vnd.rugdekking.recovery-confirmation+json";
/** DSSE payload type of a {@link RecoveryRefusal}. */
export const RECOVERY_REFUSAL = "application/vnd.rugdekking.recovery-refusal+json";
/** DSSE payload type of an {@link UnlockRecord}. */
export const UNLOCK_RECORD = "application/vnd.rugdekking.unlock-record+json";

/** Always three holders, of whom two are enough. */
export const recoveryHolders = 3;
/** See {@link recoveryHolders}. */
export const recoveryThreshold = 2;

/** Whose keys come back: a person's, or a desk's. */
export type RecoverySubject = { person: string } | { desk: string; organisation: string };

/**
 * Who holds one share. `person` null: the share is sealed to the keys of a code on paper (see {@link "./sheet.ts"}). `digest` is SHA-256 of the encoded share,
 * so that an altered one is named; a share holds 256 bits of chance, so its digest gives nothing away. `place` is 1, 2 or 3.
 */
export type RecoveryHolder = {
  place: number;
  person: string | null;
  name: string;
  office: string;
  sealPublicKey: string;
  signPublicKey: string;
  digest: string;
};

/**
 * Who can bring keys back together: the statement that a person signs about their own keys, or a lead about a desk's.
 * `publicKey` is the HPKE key of the recovered seed, so that what comes out of the shares is checked against it; `half` the SHA-256 of the server's half;
 * `delayHours` how long the server waits between the second confirmation and handing anything out.
 */
export type RecoverySet = {
  recovery: string;
  version: 1;
  subject: RecoverySubject;
  threshold: 2;
  delayHours: number;
  publicKey: string;
  half: string;
  holders: RecoveryHolder[];
  at: string;
  by: string;
};

/** An officer asks for a desk's keys: these people are to be the desk after `previous`, the statement hash of the roster before. `members` as a roster carries them. */
export type RecoveryRequest = { recovery: string; attempt: string; desk: string; epoch: number; previous: string; members: object[]; at: string; by: string };

/**
 * A holder passes their share on. `request` is what it is passed on for: the hash of a {@link RecoveryRequest}, or for a person the digest of the new key that was compared by telephone.
 * `sealed` is the digest of the share as sealed for it; `by` null: signed with the code on paper.
 */
export type RecoveryConfirmation = { recovery: string; attempt: string; place: number; request: string; sealed: string; at: string; by: string | null };

/** Someone says no. `attempt` null: the whole set ends. */
export type RecoveryRefusal = { recovery: string; attempt: string | null; at: string; by: string };

/** One way to sign in, as a record names it: nothing in it opens or guesses anything. `key` is the method's public signing key. */
export type RecordedUnlock = { id: string; kind: string; label: string; key: string };

/** A person's ways to sign in from `at` on, chained to the record before, so that each change stays visible to them for ever. `recovery` names the attempt by which they came back, null otherwise. */
export type UnlockRecord = { person: string; seq: number; previous: string | null; unlocks: RecordedUnlock[]; recovery: string | null; at: string };

/** What a roster says of recovery, so that whoever reads it knows who may bring the desk back: `set` is the hash of the {@link RecoverySet}. */
export type RosterRecovery = {
  set: string;
  recovery: string;
  publicKey: string;
  holders: { person: string; name: string; office: string; signPublicKey: string }[];
};

/** The two signatures under which a roster follows one whose leads are gone. */
export type RecoveredBy = { request: Envelope; confirmation: Envelope };

const malformed = (what: string): SealError => new SealError("recovery-malformed", `This statement about recovery is not as it should be: ${what}.`);

const record = (value: unknown, what: string): Record<string, unknown> => {
  if (!isRecord(value)) throw malformed(what);
  return value;
};
const hash = (value: unknown, what: string): string => {
  if (!isHash(value)) throw malformed(what);
  return value;
};
const moment = (value: unknown): string => {
  if (!isMoment(value)) throw malformed("its moment is not RFC 3339 UTC");
  return value;
};
// oxlint-disable-next-line no-control-regex -- control characters in a name are exactly what is refused here
const unseen = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;
const line = (value: unknown): string => {
  if (typeof value !== "string" || value.length > 200 || unseen.test(value)) throw malformed("a name is too long or holds marks that are not shown");
  return value;
};
const whole = (value: unknown, least: number, most: number, what: string): number => {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < least || value > most) throw malformed(what);
  return value;
};

/** SHA-256 over a share as it is encoded, with a label of its own. */
export const shareDigest = (share: Uint8Array): Promise<string> => digestOf(concat(utf8("rugdekking.nl/recovery-share/1\n"), share));
/** SHA-256 over the server's half, with a label of its own. */
export const halfDigest = (half: Uint8Array): Promise<string> => digestOf(concat(utf8("rugdekking.nl/recovery-half/1\n"), half));
/** SHA-256 over a share as it is sealed on: what a confirmation names. */
export const sealedDigest = (sealed: string): Promise<string> => digestOf(utf8(`rugdekking.nl/recovery-passed/1\n${sealed}`));
/** What a person's attempt is about: SHA-256 over its id and the new key. */
export const claimDigest = (attempt: string, temporaryKey: string): Promise<string> =>
  digestOf(utf8(`rugdekking.nl/recovery-claim/1\n${parseUuid(attempt)}\n${parseSealPublicKey(temporaryKey)}`));

/** 25 digits that someone reads out and a holder compares, so that no server can put a key of its own in the place of the new one (83 bits, see fingerprint.ts). */
export async function claimCode(attempt: string, temporaryKey: string): Promise<string> {
  const digest = fromBase64Url(await claimDigest(attempt, temporaryKey), "digest");
  const value = digest.reduce((number, byte) => number * 256n + BigInt(byte), 0n) % 10n ** 25n;
  return value
    .toString()
    .padStart(25, "0")
    .replaceAll(/(\d{5})(?=\d)/g, "$1 ");
}

function parseHolder(value: unknown, place: number): RecoveryHolder {
  const holder = record(value, "a holder is not a JSON object");
  return {
    place: whole(holder["place"], place, place, "the holders are not numbered 1, 2, 3"),
    person: holder["person"] === null ? null : parseUuid(holder["person"]),
    name: line(holder["name"]),
    office: line(holder["office"]),
    sealPublicKey: parseSealPublicKey(holder["sealPublicKey"]),
    signPublicKey: parseSignPublicKey(holder["signPublicKey"]),
    digest: hash(holder["digest"], "a share has no digest"),
  };
}

/** The value as a recovery set: three different holders, and of a desk three people. @throws SealError `recovery-malformed`, `id-malformed`, `key-malformed` */
export function parseRecoverySet(value: unknown): RecoverySet {
  const set = record(value, "it is not a JSON object");
  if (set["version"] !== 1 || set["threshold"] !== recoveryThreshold) throw malformed("its version or threshold is unknown");
  const given = set["holders"];
  if (!Array.isArray(given) || given.length !== recoveryHolders) throw malformed("it does not name three holders");
  const holders = given.map((holder: unknown, place) => parseHolder(holder, place + 1));
  const told = record(set["subject"], "it does not say whose keys it is about");
  const subject: RecoverySubject =
    "desk" in told ? { desk: parseUuid(told["desk"]), organisation: line(told["organisation"]) } : { person: parseUuid(told["person"]) };
  const distinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length;
  if (!distinct(holders.map(({ signPublicKey }) => signPublicKey)) || !distinct(holders.map(({ sealPublicKey }) => sealPublicKey)))
    throw malformed("one holder holds two shares");
  if (!distinct(holders.map(({ person }) => person))) throw malformed("one holder holds two shares");
  if ("desk" in subject && holders.some(({ person }) => person === null)) throw malformed("of a desk each share is held by a person");
  if ("person" in subject && holders.some(({ person }) => person === subject.person)) throw malformed("nobody holds a share of their own keys but on paper");
  return {
    recovery: parseUuid(set["recovery"]),
    version: 1,
    subject,
    threshold: recoveryThreshold,
    delayHours: whole(set["delayHours"], 1, 24 * 31, "its delay is not a number of hours up to 31 days"),
    publicKey: parseSealPublicKey(set["publicKey"]),
    half: hash(set["half"], "the server's half has no digest"),
    holders,
    at: moment(set["at"]),
    by: parseUuid(set["by"]),
  };
}

/** A recovery set whose signature was checked. @param signPublicKey of the person it names under `by` @throws SealError as {@link parseRecoverySet} and verifyStatement */
export async function verifyRecoverySet(envelope: Envelope, signPublicKey: string): Promise<{ set: RecoverySet; hash: string }> {
  const checked = await verifyStatement(envelope, RECOVERY_SET, signPublicKey);
  return { set: parseRecoverySet(checked.payload), hash: checked.hash };
}

/** The value as a request for a desk's keys; its members are judged as part of a roster. @throws SealError `recovery-malformed`, `id-malformed` */
export function parseRecoveryRequest(value: unknown): RecoveryRequest {
  const request = record(value, "it is not a JSON object");
  const { members } = request;
  if (!Array.isArray(members) || members.length === 0 || members.length > 500 || !members.every(isRecord)) throw malformed("it names no members");
  return {
    recovery: parseUuid(request["recovery"]),
    attempt: parseUuid(request["attempt"]),
    desk: parseUuid(request["desk"]),
    epoch: whole(request["epoch"], 2, Number.MAX_SAFE_INTEGER, "its epoch is not a number from 2"),
    previous: hash(request["previous"], "it does not name the roster before it"),
    members,
    at: moment(request["at"]),
    by: parseUuid(request["by"]),
  };
}

/** The value as a confirmation. @throws SealError `recovery-malformed`, `id-malformed` */
export function parseRecoveryConfirmation(value: unknown): RecoveryConfirmation {
  const said = record(value, "it is not a JSON object");
  return {
    recovery: parseUuid(said["recovery"]),
    attempt: parseUuid(said["attempt"]),
    place: whole(said["place"], 1, recoveryHolders, "it names no share"),
    request: hash(said["request"], "it does not say what it confirms"),
    sealed: hash(said["sealed"], "it does not name the share that is passed on"),
    at: moment(said["at"]),
    by: said["by"] === null ? null : parseUuid(said["by"]),
  };
}

/** The value as a refusal. @throws SealError `recovery-malformed`, `id-malformed` */
export function parseRecoveryRefusal(value: unknown): RecoveryRefusal {
  const said = record(value, "it is not a JSON object");
  return {
    recovery: parseUuid(said["recovery"]),
    attempt: said["attempt"] === null ? null : parseUuid(said["attempt"]),
    at: moment(said["at"]),
    by: parseUuid(said["by"]),
  };
}

function parseRecordedUnlock(value: unknown): RecordedUnlock {
  const unlock = record(value, "a way to sign in is not a JSON object");
  return { id: parseUuid(unlock["id"]), kind: line(unlock["kind"]), label: line(unlock["label"]), key: parseSignPublicKey(unlock["key"]) };
}

/** The value as a record of ways to sign in. @throws SealError `recovery-malformed`, `id-malformed`, `key-malformed` */
export function parseUnlockRecord(value: unknown): UnlockRecord {
  const told = record(value, "it is not a JSON object");
  const { unlocks, previous } = told;
  if (!Array.isArray(unlocks) || unlocks.length < 2 || unlocks.length > 12) throw malformed("it does not name two to twelve ways to sign in");
  const seq = whole(told["seq"], 1, Number.MAX_SAFE_INTEGER, "it has no number");
  if ((seq === 1) !== (previous === null) || (previous !== null && !isHash(previous))) throw malformed("it does not follow the record before it");
  return {
    person: parseUuid(told["person"]),
    seq,
    previous: previous === null ? null : hash(previous, "it does not follow the record before it"),
    unlocks: unlocks.map(parseRecordedUnlock),
    recovery: told["recovery"] === null ? null : parseUuid(told["recovery"]),
    at: moment(told["at"]),
  };
}

/**
 * Check a person's records, first one first: each signed by the person, each following the one before.
 * @throws SealError `recovery-malformed` with `data.seq`, and as verifyStatement
 */
export async function verifyUnlockRecords(
  envelopes: readonly Envelope[],
  person: { person: string; signPublicKey: string },
): Promise<{ record: UnlockRecord; hash: string }[]> {
  const chain: { record: UnlockRecord; hash: string }[] = [];
  for (const [place, envelope] of envelopes.entries()) {
    const checked = await verifyStatement(envelope, UNLOCK_RECORD, person.signPublicKey);
    const told = parseUnlockRecord(checked.payload);
    const before = chain.at(-1)?.hash ?? null;
    if (told.person !== person.person || told.seq !== place + 1 || told.previous !== before)
      throw new SealError("recovery-malformed", `Record ${place + 1} of the ways to sign in does not follow the one before it.`, { seq: place + 1 });
    chain.push({ record: told, hash: checked.hash });
  }
  return chain;
}

/** What a roster says of recovery. @throws SealError `recovery-malformed`, `id-malformed`, `key-malformed` */
export function parseRosterRecovery(value: unknown): RosterRecovery {
  const told = record(value, "recovery in a roster is not a JSON object");
  const { holders } = told;
  if (!Array.isArray(holders) || holders.length !== recoveryHolders) throw malformed("a roster does not name three officers");
  const officers = holders.map((value: unknown) => {
    const officer = record(value, "an officer is not a JSON object");
    return {
      person: parseUuid(officer["person"]),
      name: line(officer["name"]),
      office: line(officer["office"]),
      signPublicKey: parseSignPublicKey(officer["signPublicKey"]),
    };
  });
  if (new Set(officers.map(({ person }) => person)).size !== recoveryHolders || new Set(officers.map((one) => one.signPublicKey)).size !== recoveryHolders)
    throw malformed("a roster names an officer twice");
  return {
    set: hash(told["set"], "a roster does not name the recovery set"),
    recovery: parseUuid(told["recovery"]),
    publicKey: parseSealPublicKey(told["publicKey"]),
    holders: officers,
  };
}

/**
 * The rule for a roster that no lead signed: two different officers whom the roster before it names, one who asked for exactly these members after exactly that roster, and one who
 * confirmed exactly that request. Neither the server nor the registrar is among them.
 * @returns the public key that must have signed the roster: of whoever asked
 * @throws SealError `recovery-malformed`, `signature-invalid` and as verifyStatement
 */
export async function recoverySigner(
  before: { desk: string; epoch: number; hash: string; recovery: RosterRecovery | undefined },
  after: { by: string; members: readonly object[] },
  { request: asked, confirmation }: RecoveredBy,
): Promise<string> {
  const { recovery } = before;
  if (recovery === undefined) throw malformed("the roster before it names nobody who may bring the desk back");
  const officer = (person: string | null) => {
    const found = recovery.holders.find((one) => one.person === person);
    if (found === undefined) throw malformed("it is signed by someone the roster before it does not name");
    return found;
  };
  const asker = officer(after.by);
  const request = parseRecoveryRequest((await verifyStatement(asked, RECOVERY_REQUEST, asker.signPublicKey)).payload);
  if (request.by !== asker.person || request.desk !== before.desk || request.epoch !== before.epoch + 1 || request.previous !== before.hash)
    throw malformed("it was asked for another desk or another moment");
  if (request.recovery !== recovery.recovery) throw malformed("it was asked under another recovery set");
  if (JSON.stringify(request.members) !== JSON.stringify(after.members)) throw malformed("its members are not those that were asked for");
  const second = officer(parseRecoveryConfirmation(readStatement(confirmation)).by);
  if (second.person === asker.person) throw malformed("one officer cannot confirm their own request");
  const said = parseRecoveryConfirmation((await verifyStatement(confirmation, RECOVERY_CONFIRMATION, second.signPublicKey)).payload);
  if (said.request !== (await statementHash(asked)) || said.attempt !== request.attempt || said.recovery !== recovery.recovery)
    throw malformed("what was confirmed is another request");
  return asker.signPublicKey;
}
