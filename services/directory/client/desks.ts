/** Making desks, changing who is in them, and inviting people. Called by registrar tools (CLI, demonstration) and the admin screen. */
import { fingerprintOf, newDesk, newUuid, nextEpoch, openEpochSeed, type SignKeyPair } from "@rugdekking/seal";
import { verifyPersonCard, type PersonCard, type RosterMember, type RosterRecovery } from "@rugdekking/seal/verify";
import Type, { type Static } from "typebox";
import { DeskKeys, DeskView, Envelope, Moment, Uuid, type DeskFunction } from "#services/directory/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import type { Connection } from "./connection.ts";
import type { Session } from "./session.ts";
import type { Trust, VerifiedDesk } from "./trust.ts";

/** Someone who is to be in a desk. */
export interface NewMember {
  readonly person: string;
  readonly name: string;
  readonly office: string;
  readonly lead: boolean;
  /** Public signing key as it was shown to whoever compared its fingerprint; when given, the server's card must show the same. */
  readonly signPublicKey?: string;
}

/** Fetches a person's card and checks its own signature. @throws {@link Problem} not-found, signature-invalid. */
export async function readPersonCard(connection: Connection, person: string): Promise<PersonCard> {
  const { card: envelope } = await connection.get(`/api/v1/persons/${encodeURIComponent(person)}/card`, Type.Object({ card: Envelope }));
  const { card } = await verifyPersonCard(envelope);
  if (card.person !== person)
    throw new Problem("signature-invalid", "The server answered with the card of someone else", "Try again; tell whoever runs this server if it stays.");
  return card;
}

/** The member as a roster names them, with the keys of their card. @throws {@link Problem} not-found, signature-invalid. */
export async function memberOf(connection: Connection, member: NewMember): Promise<RosterMember> {
  const card = await readPersonCard(connection, member.person);
  if (member.signPublicKey !== undefined && member.signPublicKey !== card.signPublicKey) {
    throw new Problem(
      "signature-invalid",
      `The card of ${member.person} shows another key than the one that was compared`,
      "Do not add them; tell whoever runs this server.",
    );
  }
  return {
    person: member.person,
    name: member.name,
    office: member.office,
    lead: member.lead,
    sealPublicKey: card.sealPublicKey,
    signPublicKey: card.signPublicKey,
  };
}

/**
 * Makes a desk: the registrar signs its first roster (which names the registrar by key id; `registrarPerson` is for the caller's own records). At least one member must lead.
 * @throws {@link Problem} not-found (a member is not registered), roster-mismatch, already-there.
 */
export async function createDesk(
  trust: Trust,
  input: {
    readonly registrar: SignKeyPair;
    readonly registrarPerson?: string;
    readonly organisation: string;
    readonly name: string;
    readonly function: DeskFunction;
    readonly members: readonly NewMember[];
  },
): Promise<VerifiedDesk> {
  const members = await Promise.all(input.members.map((member) => memberOf(trust.connection, member)));
  const { rotation, epochSeed } = await newDesk({
    desk: newUuid(),
    organisation: input.organisation,
    name: input.name,
    function: input.function,
    members,
    registrar: input.registrar,
  });
  epochSeed.fill(0);
  return trust.verify(await trust.connection.post("/api/v1/desks", rotation, DeskView));
}

/**
 * Makes a desk of the same people for another organisation: one team that serves several small organisations.
 *
 * [Note: One team, several organisations] The team gets a desk, so a key, of its own for each organisation, with a first roster the registrar signs as any other. What a person of organisation B hands over is sealed to
 * B's desk and opens with no key of A's: dossiers are apart by keys and not by a label. When B leaves, its desk rotates or ends and A's is untouched. The price: who joins or leaves the team is added or
 * removed in each desk, and the registrar must be sure that B wants it, as with any first desk.
 * @throws {@link Problem} already-there (this organisation has a desk of this function), epoch-stale (the team changed), and as {@link createDesk}.
 */
export async function shareDesk(
  trust: Trust,
  input: {
    readonly registrar: SignKeyPair;
    readonly registrarPerson?: string;
    /** Desk whose people will serve the other organisation. */
    readonly desk: string;
    /** Epoch of that desk of which the registrar saw who is in it: their signature vouches for these people and no others. */
    readonly epoch: number;
    readonly organisation: string;
    readonly name: string;
  },
): Promise<VerifiedDesk> {
  const { desk, epoch, ...rest } = input;
  const team = await trust.desk(desk);
  if (team.epoch !== epoch)
    throw new Problem(
      "epoch-stale",
      `${team.name} is at epoch ${team.epoch}, and you saw who is in it at ${epoch}`,
      "Look at who is in it now, and share it at that epoch.",
    );
  const [there] = await trust.desks({ organisation: input.organisation, function: team.function });
  if (there !== undefined)
    throw new Problem("already-there", `${input.organisation} has a desk of this function: ${there.name}`, "Let its leads invite the people of the team.");
  const members = team.roster.members.map(({ person, name, office, lead, signPublicKey }) => ({ person, name, office, lead, signPublicKey }));
  return await createDesk(trust, { ...rest, function: team.function, members });
}

/** What changes in a desk; a person may be both removed and added (to change name, office or lead). */
export interface DeskChanges {
  readonly add?: readonly NewMember[];
  readonly remove?: readonly string[];
  /** Who may bring the desk back; null: nobody any more; left out: as it was. */
  readonly recovery?: RosterRecovery | null;
}

/**
 * Starts a new epoch: new desk key, sealed to exactly the new members; the old key sealed under the new one. Protects what comes after, not what was read before.
 * @throws {@link Problem} role-forbidden (not a lead), epoch-stale (someone else rotated; try again), roster-mismatch.
 */
export async function rotateDesk(session: Session, desk: string, changes: DeskChanges): Promise<VerifiedDesk> {
  const open = await session.openDesk(desk, true);
  if (!open.lead) throw new Problem("role-forbidden", `You do not lead desk ${desk}`, "Ask a lead.");
  const present = new Set(open.roster.members.map(({ person }) => person));
  const given = await Promise.all((changes.add ?? []).map((member) => memberOf(session.connection, member)));
  const stays = new Set(given.map(({ person }) => person));
  const keys = await session.connection.get(`/api/v1/desks/${encodeURIComponent(desk)}/keys`, DeskKeys);
  if (keys.epoch !== open.epoch) throw new Problem("epoch-stale", `Desk ${desk} was rotated just now`, "Try again.");
  const { registrar } = await session.trust.anchor();
  const remove = (changes.remove ?? []).filter((person) => !stays.has(person));
  checkLeaders(open.roster.members, given, remove);
  const oldSeed = await openEpochSeed(keys, session.person);
  const { rotation, epochSeed } = await nextEpoch({
    rosters: open.view.rosters,
    registrarPublicKey: registrar,
    epochSeed: oldSeed,
    changes: {
      add: given.filter(({ person }) => !present.has(person)),
      replace: given.filter(({ person }) => present.has(person)),
      remove,
      ...(changes.recovery === undefined ? {} : { recovery: changes.recovery }),
    },
    by: session.person,
  });
  oldSeed.fill(0);
  epochSeed.fill(0);
  const view = await session.connection.post(`/api/v1/desks/${encodeURIComponent(desk)}/epochs`, rotation, DeskView);
  const verified = await session.trust.verify(view);
  if (verified.roster.members.some(({ person }) => person === session.person.person)) await session.openDesk(desk, true);
  return verified;
}

/** A desk without members would lose its history, one without a lead could change nothing any more. @throws {@link Problem} requirement-missing */
function checkLeaders(present: readonly RosterMember[], given: readonly RosterMember[], remove: readonly string[]): void {
  const changed = new Map(given.map((member) => [member.person, member]));
  const after = [...present.filter(({ person }) => !remove.includes(person) && !changed.has(person)), ...given];
  if (after.length === 0)
    throw new Problem("requirement-missing", "The last member of a desk cannot leave: nobody could read it any more", "Take someone else in first.");
  if (!after.some(({ lead }) => lead))
    throw new Problem("requirement-missing", "The last lead of a desk cannot leave: nobody could change it any more", "Make someone else lead first.");
}

const Invitation = Type.Object({ id: Type.String(), name: Type.String(), office: Type.String(), acceptedBy: Type.Union([Uuid, Type.Null()]), expires: Moment });
/** An invitation as a lead sees it. */
export type Invitation = Static<typeof Invitation>;

/** Invites someone; the token is for a link handed over in person or by mail. @throws {@link Problem} role-forbidden. */
export const invite = (session: Session, desk: string, who: { readonly name: string; readonly office: string }): Promise<{ token: string; expires: string }> =>
  session.connection.post(`/api/v1/desks/${encodeURIComponent(desk)}/invitations`, who, Type.Object({ token: Type.String(), expires: Moment }));

/** Invitations of a desk; those with `acceptedBy` wait for a lead to rotate. @throws {@link Problem} role-forbidden. */
export const listInvitations = async (session: Session, desk: string): Promise<Invitation[]> =>
  (await session.connection.get(`/api/v1/desks/${encodeURIComponent(desk)}/invitations`, Type.Object({ invitations: Type.Array(Invitation) }))).invitations;

/** What an invitation invites to; the desk is verified. @throws {@link Problem} invitation-unknown, signature-invalid. */
export async function readInvitation(trust: Trust, token: string): Promise<{ desk: VerifiedDesk; name: string; office: string }> {
  const told = await trust.connection.post(
    "/api/v1/invitations/look-ups",
    { token },
    Type.Object({ desk: DeskView, name: Type.String(), office: Type.String() }),
  );
  return { desk: await trust.verify(told.desk), name: told.name, office: told.office };
}

/** Accepts; from then on a lead can add the person by a rotation. @throws {@link Problem} invitation-unknown. */
export const acceptInvitation = (session: Session, token: string): Promise<void> =>
  session.connection.command("POST", "/api/v1/invitations/acceptances", { token });

/** One's own keys as digits: what one reads out to the lead. */
export const ownFingerprint = ({ person }: Session): Promise<string> =>
  fingerprintOf({ person: person.person, sealPublicKey: person.seal.publicKey, signPublicKey: person.sign.publicKey });

/** The keys the server shows of someone, as digits to compare with what they read out. Give `signPublicKey` to {@link rotateDesk}, so that no other card takes its place. */
export interface ShownKeys {
  readonly signPublicKey: string;
  readonly fingerprint: string;
}

/** @throws {@link Problem} not-found, signature-invalid. */
export async function readFingerprint(connection: Connection, person: string): Promise<ShownKeys> {
  const card = await readPersonCard(connection, person);
  return { signPublicKey: card.signPublicKey, fingerprint: await fingerprintOf(card) };
}
