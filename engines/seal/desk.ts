/** Desks: a key pair per epoch, handed to every member of a signed roster, with bridges back to older epochs; clients and the registrar's tool call it. */
import { type Bytes, randomBytes, wipe } from "./bytes.ts";
import type { Envelope } from "./envelope.ts";
import { SealError } from "./errors.ts";
import { type HandOver, handOver, sealKeyPair, takeOver } from "./handover.ts";
import type { Person } from "./person.ts";
import { epochForRecovery } from "./recovery.ts";
import type { RecoveredBy, RosterRecovery } from "./recovery-statements.ts";
import { parseRoster, ROSTER, type Roster, type RosterMember, verifyRosterChain } from "./roster.ts";
import { signStatement, type SignKeyPair } from "./statement.ts";
import { laterOf } from "./stated-time.ts";
import type { SealKeyPair } from "./suite.ts";

/** A new desk or epoch, as the server takes it (the directory contract's shape): the signed roster, one sealed key per member, the bridge to the epoch before, and the key sealed to the recovery key when the roster names one. */
export type Rotation = { roster: Envelope; sealed: { person: string; sealed: string }[]; bridge: string | null; recovery?: string };

/** A member's way to the desk's keys (the directory contract's shape): the present epoch's seed sealed to the member, and epoch n's seed sealed under n + 1. */
export type DeskKeys = { desk: string; epoch: number; sealed: string; bridges: { epoch: number; sealed: string }[] };

/** The rotation to send, and the new epoch's 32-byte seed (wipe it when done). */
export type NewEpoch = { rotation: Rotation; epochSeed: Bytes };

/** Members to take in, to let go, or to replace (same person, other office, lead or keys); `name` renames the desk; `recovery` names or (null) no longer names who may bring the desk back, left out: as it was. */
export type DeskChanges = {
  add?: readonly RosterMember[];
  remove?: readonly string[];
  replace?: readonly RosterMember[];
  name?: string;
  recovery?: RosterRecovery | null;
};

/** Found a desk; the registrar signs. @throws SealError `roster-broken` (no lead, a member twice), `key-malformed`, `id-malformed` */
export async function newDesk(desk: {
  desk: string;
  organisation: string;
  name: string;
  function: string;
  members: readonly RosterMember[];
  registrar: SignKeyPair;
  at?: Date;
}): Promise<NewEpoch> {
  const { registrar, at, members, ...facts } = desk;
  return makeEpoch({ ...facts, epoch: 1, previous: null, members: [...members], at: (at ?? new Date()).toISOString(), by: registrar.keyId }, registrar, null);
}

/**
 * The next epoch of a desk; a lead signs. Whoever is not a member any more gets no new key; what was sealed to older epochs stays readable to them if they kept it.
 * @param rotation.rosters the whole chain, genesis first; checked here
 * @param rotation.epochSeed seed of the present epoch, from {@link openEpochSeed}
 * @throws SealError `desk-change-refused`, `roster-broken`, `key-malformed`, `id-malformed`
 */
export async function nextEpoch(rotation: {
  rosters: readonly Envelope[];
  registrarPublicKey: string;
  epochSeed: Uint8Array;
  changes: DeskChanges;
  by: Person;
  at?: Date;
}): Promise<NewEpoch> {
  const { present, hash } = await verifyRosterChain(rotation.rosters, rotation.registrarPublicKey);
  const signer = present.members.find((member) => member.person === rotation.by.person);
  if (signer === undefined || !signer.lead || signer.signPublicKey !== rotation.by.sign.publicKey)
    throw refused("only a lead of the present roster may start a new epoch");
  if ((await sealKeyPair(rotation.epochSeed)).publicKey !== present.epochPublicKey) throw refused("the seed is not that of the present epoch");
  const recovery = rotation.changes.recovery === undefined ? present.recovery : (rotation.changes.recovery ?? undefined);
  const next = {
    desk: present.desk,
    organisation: present.organisation,
    name: rotation.changes.name ?? present.name,
    function: present.function,
    epoch: present.epoch + 1,
    previous: hash,
    members: changedMembers(present.members, rotation.changes),
    // A clock that runs behind must not put this roster before the one it follows.
    at: laterOf(present.at, (rotation.at ?? new Date()).toISOString()),
    by: rotation.by.person,
    ...(recovery === undefined ? {} : { recovery }),
  };
  return makeEpoch(next, rotation.by.sign, rotation.epochSeed);
}

/**
 * The next epoch of a desk whose leads are gone: two officers of the three that the present roster names. The new roster names nobody for recovery, since the old seed was put together on a device: its new lead sets it up anew.
 * @param recovered.epochSeed seed of the present epoch, opened with the recovered key
 * @throws SealError `desk-change-refused`, `roster-broken`, `key-malformed`
 */
export async function recoveredEpoch(recovered: {
  rosters: readonly Envelope[];
  registrarPublicKey: string;
  epochSeed: Uint8Array;
  members: readonly RosterMember[];
  proof: RecoveredBy;
  by: Person;
  at?: Date;
}): Promise<NewEpoch> {
  const { present, hash } = await verifyRosterChain(recovered.rosters, recovered.registrarPublicKey);
  if ((await sealKeyPair(recovered.epochSeed)).publicKey !== present.epochPublicKey) throw refused("the seed is not that of the present epoch");
  const next = {
    desk: present.desk,
    organisation: present.organisation,
    name: present.name,
    function: present.function,
    epoch: present.epoch + 1,
    previous: hash,
    members: [...recovered.members],
    at: laterOf(present.at, (recovered.at ?? new Date()).toISOString()),
    by: recovered.by.person,
    recovered: recovered.proof,
  };
  const made = await makeEpoch(next, recovered.by.sign, recovered.epochSeed);
  await verifyRosterChain([...recovered.rosters, made.rotation.roster], recovered.registrarPublicKey);
  return made;
}

/** The seed of the present epoch, which a lead needs for {@link nextEpoch}. @throws SealError `hand-over-refused`, `sealed-key-malformed` */
export function openEpochSeed(keys: DeskKeys, person: Person): Promise<Bytes> {
  return takeOver(keys.sealed, person.seal, epochContext(keys.desk, keys.epoch, person.person));
}

/**
 * The desk's key pairs by epoch: the present one, and older ones as far back as the bridges reach without a gap.
 * @throws SealError `hand-over-refused`, `sealed-key-malformed`
 */
export async function openDeskKeys(keys: DeskKeys, person: Person): Promise<Map<number, SealKeyPair>> {
  const pairs = new Map<number, SealKeyPair>();
  const bridges = new Map(keys.bridges.map((bridge) => [bridge.epoch, bridge.sealed]));
  let seed = await openEpochSeed(keys, person);
  let pair = await sealKeyPair(seed);
  pairs.set(keys.epoch, pair);
  for (let epoch = keys.epoch - 1; epoch >= 1; epoch--) {
    const sealed = bridges.get(epoch);
    wipe(seed);
    if (sealed === undefined) return pairs;
    seed = await takeOver(sealed, pair, bridgeContext(keys.desk, epoch));
    pair = await sealKeyPair(seed);
    pairs.set(epoch, pair);
  }
  wipe(seed);
  return pairs;
}

async function makeEpoch(facts: Omit<Roster, "epochPublicKey">, signer: SignKeyPair, oldSeed: Uint8Array | null): Promise<NewEpoch> {
  const epochSeed = randomBytes(32);
  const { publicKey } = await sealKeyPair(epochSeed);
  const roster = parseRoster({ ...facts, epochPublicKey: publicKey });
  const sealed = await Promise.all(
    roster.members.map(async (member) => ({
      person: member.person,
      sealed: await handOver(epochSeed, member.sealPublicKey, epochContext(roster.desk, roster.epoch, member.person)),
    })),
  );
  const bridge = oldSeed === null ? null : await handOver(oldSeed, publicKey, bridgeContext(roster.desk, roster.epoch - 1));
  const rotation: Rotation = { roster: await signStatement(ROSTER, roster, signer), sealed, bridge };
  if (roster.recovery !== undefined)
    rotation.recovery = await handOver(epochSeed, roster.recovery.publicKey, epochForRecovery(roster.desk, roster.epoch, roster.recovery.recovery));
  return { rotation, epochSeed };
}

function changedMembers(members: readonly RosterMember[], changes: DeskChanges): RosterMember[] {
  const known = new Set(members.map((member) => member.person));
  const gone = new Set(changes.remove ?? []);
  const replaced = new Map((changes.replace ?? []).map((member) => [member.person, member]));
  for (const person of [...gone, ...replaced.keys()]) if (!known.has(person)) throw refused("someone to remove or replace is not a member");
  for (const member of changes.add ?? []) if (known.has(member.person)) throw refused("someone to add is a member already");
  return [...members.filter((member) => !gone.has(member.person)).map((member) => replaced.get(member.person) ?? member), ...(changes.add ?? [])];
}

function epochContext(desk: string, epoch: number, person: string): HandOver {
  return { purpose: "epoch", subject: `${desk}/${epoch}`, to: person };
}

function bridgeContext(desk: string, olderEpoch: number): HandOver {
  return { purpose: "bridge", subject: `${desk}/${olderEpoch}`, to: `${desk}/${olderEpoch + 1}` };
}

function refused(why: string): SealError {
  return new SealError("desk-change-refused", `The desk cannot be changed: ${why}.`);
}
