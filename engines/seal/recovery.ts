/**
 * Recovery by two of three: a seed is split over three holders and the server, sealed to each, and put together again. Clients call it. The only file that imports the sharing library.
 *
 * [Note: Two of three and the server] seed = shared XOR half. `shared` is split 2-of-3 (Shamir, GF(256)) over the holders; `half`, 32 bytes of chance, is the server's. Both are uniformly random, so the
 * server alone, and any holders without the server's half, know nothing of the seed: not little, nothing. That is what lets a server hold to a delay and a veto: two holders who work together
 * behind the person's back still have to come to the server, and wait. It stops nobody who has two holders *and* a copy of the server's database.
 *
 * [Note: What a share says of itself] The library gives a wrong secret for a wrong share, and no sign of it. So each share is encoded with version, threshold, place and the id of its set, its
 * digest stands in the signed set, and what comes out is checked against the public key in that set: a share that is altered, swapped or of another set is named by its place.
 */
import { combine, split } from "shamir-secret-sharing";
import { type Bytes, concat, plain, randomBytes, utf8, wipe } from "./bytes.ts";
import { codeData, type CodeKind, generateCode, parseCode } from "./code.ts";
import type { Envelope } from "./envelope.ts";
import { SealError } from "./errors.ts";
import { type HandOver, handOver, sealKeyPair, takeOver } from "./handover.ts";
import { deriveKey } from "./kdf.ts";
import type { Person } from "./person.ts";
import {
  halfDigest,
  parseRecoverySet,
  RECOVERY_CONFIRMATION,
  RECOVERY_SET,
  type RecoveryConfirmation,
  type RecoveryHolder,
  recoveryHolders,
  type RecoverySet,
  type RecoverySubject,
  recoveryThreshold,
  sealedDigest,
  shareDigest,
} from "./recovery-statements.ts";
import { signKeyPair, signStatement, type SignKeyPair } from "./statement.ts";
import type { SealKeyPair } from "./suite.ts";

/** Encoding of a share: version, threshold, place, the set's id (16), and what the library made (32 bytes and its coordinate). */
const VERSION = 1;
const HEAD_BYTES = 19;
const SEED_BYTES = 32;
const SHARE_BYTES = HEAD_BYTES + SEED_BYTES + 1;

/** A recovery that was just set up. `seed` opens everything: use it once to seal to, then wipe it. `half` is for the server, `sealed` one share per place for its holder. */
export type NewRecovery = { set: RecoverySet; statement: Envelope; seed: Bytes; half: Bytes; sealed: string[] };

/** A holder to be; `person` null for a code on paper. */
export type HolderToBe = Pick<RecoveryHolder, "person" | "name" | "office" | "sealPublicKey" | "signPublicKey">;

const wrong = (place: number, why: string): SealError => new SealError("recovery-share-wrong", `Share ${place} ${why}.`, { place });

function encode(recovery: string, place: number, share: Uint8Array): Bytes {
  return concat(Uint8Array.of(VERSION, recoveryThreshold, place), idBytes(recovery), share);
}

const idBytes = (id: string): Bytes => Uint8Array.from(id.replaceAll("-", "").match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

const xor = (a: Uint8Array, b: Uint8Array): Bytes => Uint8Array.from(a, (byte, place) => byte ^ (b[place] ?? 0));

/**
 * A fresh seed, split over three holders and the server, with the statement that says so.
 * @param input.by who signs: the person themselves, or a lead of the desk
 * @throws SealError `recovery-malformed` (two holders are one, a delay out of bounds), `key-malformed`
 */
export async function newRecovery(input: {
  subject: RecoverySubject;
  holders: readonly HolderToBe[];
  delayHours: number;
  by: Person;
  at?: Date;
}): Promise<NewRecovery> {
  // Version 4: anyone who asks under a name is told this id or one like it, and it must not say when it was made, or that it was.
  const recovery: string = crypto.randomUUID();
  const [seed, half] = [randomBytes(SEED_BYTES), randomBytes(SEED_BYTES)];
  const shared = xor(seed, half);
  const shares = (await split(shared, recoveryHolders, recoveryThreshold)).map((share, place) => encode(recovery, place + 1, share));
  wipe(shared);
  const holders = await Promise.all(
    input.holders.map(async (holder, place) => ({ ...holder, place: place + 1, digest: await shareDigest(shares[place] ?? new Uint8Array()) })),
  );
  const set = parseRecoverySet({
    recovery,
    version: 1,
    subject: input.subject,
    threshold: recoveryThreshold,
    delayHours: input.delayHours,
    publicKey: (await sealKeyPair(seed)).publicKey,
    half: await halfDigest(half),
    holders,
    at: (input.at ?? new Date()).toISOString(),
    by: input.by.person,
  });
  const sealed = await Promise.all(
    set.holders.map(
      async (holder) => await handOver(shares[holder.place - 1] ?? new Uint8Array(), holder.sealPublicKey, shareContext(set, holder.place, null)),
    ),
  );
  wipe(...shares);
  return { set, statement: await signStatement(RECOVERY_SET, set, input.by.sign), seed, half, sealed };
}

/** @param attempt null: as the holder keeps it */
function shareContext(set: RecoverySet, place: number, attempt: string | null): HandOver {
  const holder = set.holders[place - 1];
  return { purpose: "recovery", subject: `${set.recovery}/${place}`, to: attempt ?? holder?.person ?? "paper" };
}

/**
 * A share that was sealed to its holder (`attempt` null), or passed on for an attempt.
 * @throws SealError `recovery-share-wrong` naming the place when it is not the share the set names; `hand-over-refused`, `sealed-key-malformed`
 */
export async function openShare(set: RecoverySet, place: number, sealed: string, key: SealKeyPair, attempt: string | null = null): Promise<Bytes> {
  const share = await takeOver(sealed, key, shareContext(set, place, attempt));
  await checkShare(set, place, share);
  return share;
}

async function checkShare(set: RecoverySet, place: number, share: Uint8Array): Promise<void> {
  const holder = set.holders[place - 1];
  if (holder === undefined) throw wrong(place, "is of no holder of this set");
  if (share.length !== SHARE_BYTES || share[0] !== VERSION) throw wrong(place, "is of a version this program does not know");
  if (share[1] !== recoveryThreshold || share[2] !== place) throw wrong(place, "says another place than it was given for");
  if (idBytes(set.recovery).some((byte, at) => share[3 + at] !== byte)) throw wrong(place, "is of another recovery set");
  if ((await shareDigest(share)) !== holder.digest) throw wrong(place, "was altered: it is not the one the signed set names");
}

/** Pass a share on for an attempt: sealed to the new key, and signed by its holder. @param by `person` null for the code on paper @throws as {@link openShare} */
export async function passShare(
  set: RecoverySet,
  place: number,
  share: Uint8Array,
  input: { attempt: string; request: string; toPublicKey: string; by: { person: string | null; sign: SignKeyPair }; at?: Date },
): Promise<{ statement: Envelope; sealed: string }> {
  await checkShare(set, place, share);
  const sealed = await handOver(share, input.toPublicKey, shareContext(set, place, input.attempt));
  const said: RecoveryConfirmation = {
    recovery: set.recovery,
    attempt: input.attempt,
    place,
    request: input.request,
    sealed: await sealedDigest(sealed),
    at: (input.at ?? new Date()).toISOString(),
    by: input.by.person,
  };
  return { statement: await signStatement(RECOVERY_CONFIRMATION, said, input.by.sign), sealed };
}

/**
 * The seed, of at least two shares and the server's half.
 * @param shares by place, as {@link openShare} gave them
 * @throws SealError `recovery-share-wrong` naming a share (`data.place`; 0: the server's half) that is not what the set names, or when there are fewer than two
 */
export async function joinShares(set: RecoverySet, shares: ReadonlyMap<number, Uint8Array>, half: Uint8Array): Promise<Bytes> {
  for (const [place, share] of shares) await checkShare(set, place, share);
  if (shares.size < recoveryThreshold)
    throw new SealError("recovery-share-wrong", `There ${shares.size === 1 ? "is 1 share" : "are no shares"}; two are needed.`, { shares: shares.size });
  if (half.length !== SEED_BYTES || (await halfDigest(half)) !== set.half) throw wrong(0, "(the server's half) is not the one the signed set names");
  const given = [...shares.values()].slice(0, recoveryThreshold).map((share) => plain(share.slice(HEAD_BYTES)));
  const shared = await combine(given);
  const seed = xor(shared, half);
  wipe(shared, ...given);
  if ((await sealKeyPair(seed)).publicKey !== set.publicKey)
    throw new SealError("recovery-share-wrong", "The shares fit the set, and what comes out of them does not. The set was not made as it says.");
  return seed;
}

/** 28 random characters (140 bits) and 4 check characters, as a recovery sheet has; the label keeps one from passing for the other. */
const paperKind: CodeKind = { label: "paper-share/1", data: 28, code: "sheet-malformed" };

/** A fresh code for the share that someone keeps on paper: eight groups of four. */
export const generatePaperShare = (): string => generateCode(paperKind);

/** The canonical spelling of a typed code. @throws SealError `sheet-malformed`, `data.group` when it can tell */
export const parsePaperShare = (text: string): string => parseCode(paperKind, text);

/** The keys of a code on paper: what its share is sealed to, and what confirms with it. @throws SealError `sheet-malformed` */
export async function paperShareKeys(code: string): Promise<{ seal: SealKeyPair; sign: SignKeyPair }> {
  const data = utf8(codeData(paperKind, parsePaperShare(code)));
  const seeds = [deriveKey(data, "paper-share/1 seal"), deriveKey(data, "paper-share/1 sign")] as const;
  try {
    return { seal: await sealKeyPair(seeds[0]), sign: await signKeyPair(seeds[1]) };
  } finally {
    wipe(data, ...seeds);
  }
}

/** The context a desk's epoch seed is sealed under to its recovery key: for `handOver` and `takeOver`. */
export const epochForRecovery = (desk: string, epoch: number, recovery: string): HandOver => ({
  purpose: "epoch",
  subject: `${desk}/${epoch}`,
  to: `recovery/${recovery}`,
});
