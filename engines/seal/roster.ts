/** Check a desk's signed roster chain, so that nobody seals to a key that only a server vouches for; check only, servers may call it. */
import { isRecord, parseUuid } from "./bytes.ts";
import { isHash, isMoment, parseSealPublicKey, parseSignPublicKey } from "./card.ts";
import { type Envelope, keyIdOf, parseEnvelope, readStatement, verifyStatement } from "./envelope.ts";
import { SealError } from "./errors.ts";
import { parseRosterRecovery, recoverySigner, type RecoveredBy, type RosterRecovery } from "./recovery-statements.ts";

/** DSSE payload type of a {@link Roster}. */
export const ROSTER = "application/vnd.rugdekking.roster+json";

/** One member of a desk. `lead` may sign the next roster. Keys are those of the member's person card. */
export type RosterMember = { person: string; name: string; office: string; lead: boolean; sealPublicKey: string; signPublicKey: string };

/**
 * Who is a desk in one epoch. `epochPublicKey` is what dossiers are handed over to; `previous` is the statement hash of the roster
 * before, null in epoch 1; `by` is the person who signed, or the registrar's key id in epoch 1; `at` is RFC 3339 UTC.
 *
 * [Note: Who may sign a roster when no lead is left] `recovery` names three officers. Two of them together may sign the next roster (`recovered`), and nobody else but a lead may: so whoever reads
 * a desk's rosters sees beforehand who could take it over, and the server and the registrar cannot. Left out: nobody can, and a desk whose leads are lost stays as it is.
 */
export type Roster = {
  desk: string;
  organisation: string;
  name: string;
  function: string;
  epoch: number;
  previous: string | null;
  epochPublicKey: string;
  members: RosterMember[];
  at: string;
  by: string;
  recovery?: RosterRecovery;
  recovered?: RecoveredBy;
};

/** A roster chain that was checked from its first link. */
export type VerifiedChain = { present: Roster; hash: string; history: { roster: Roster; hash: string }[] };

/**
 * Check a chain of rosters, genesis first. Genesis is signed by the registrar; each next one by a lead of the one before, or by two of the three officers it names for recovery; epoch +1;
 * desk, organisation and function stay; every epoch has its own key and at least one lead.
 * @param registrarPublicKey base64url Ed25519 key the client has pinned
 * @throws SealError `roster-broken` (with `data.epoch`), `key-malformed` for a malformed registrar key
 */
export async function verifyRosterChain(envelopes: readonly Envelope[], registrarPublicKey: string): Promise<VerifiedChain> {
  const registrar = parseSignPublicKey(registrarPublicKey);
  const history: { roster: Roster; hash: string }[] = [];
  const epochKeys = new Set<string>();
  for (const envelope of envelopes) {
    const before = history.at(-1);
    const link = await verifyLink(envelope, before, registrar);
    if (epochKeys.has(link.roster.epochPublicKey)) throw broken(link.roster.epoch, "it reuses the key of an earlier epoch");
    epochKeys.add(link.roster.epochPublicKey);
    history.push(link);
  }
  const last = history.at(-1);
  if (last === undefined) throw broken(0, "there is no roster");
  return { present: last.roster, hash: last.hash, history };
}

async function verifyLink(
  envelope: Envelope,
  before: { roster: Roster; hash: string } | undefined,
  registrar: string,
): Promise<{ roster: Roster; hash: string }> {
  const epoch = (before?.roster.epoch ?? 0) + 1;
  try {
    const unverified = parseRoster(readStatement(envelope));
    const signer = before === undefined ? registrar : await signerAfter(before, unverified);
    const { payload, hash } = await verifyStatement(envelope, ROSTER, signer);
    const roster = parseRoster(payload);
    if (roster.epoch !== epoch) throw broken(epoch, "an epoch is skipped or repeated");
    if (roster.previous !== (before?.hash ?? null)) throw broken(epoch, "it does not follow the roster before it");
    if (before === undefined && roster.by !== (await keyIdOf(registrar))) throw broken(epoch, "it does not name the registrar as its signer");
    if (before !== undefined) sameDesk(before.roster, roster);
    return { roster, hash };
  } catch (cause) {
    if (cause instanceof SealError && cause.code !== "roster-broken") throw broken(epoch, cause.message);
    throw cause;
  }
}

async function signerAfter(before: { roster: Roster; hash: string }, after: Roster): Promise<string> {
  if (after.recovered === undefined) return leadOf(before.roster, after.by).signPublicKey;
  const { desk, epoch, recovery } = before.roster;
  return recoverySigner({ desk, epoch, hash: before.hash, recovery }, after, after.recovered);
}

function leadOf(roster: Roster, person: string): RosterMember {
  const member = roster.members.find((m) => m.person === person);
  if (member === undefined || !member.lead) throw broken(roster.epoch + 1, "it is not signed by a lead of the roster before it");
  return member;
}

function sameDesk(before: Roster, after: Roster): void {
  for (const field of ["desk", "organisation", "function"] as const) {
    if (before[field] !== after[field]) throw broken(after.epoch, `its ${field} differs from the roster before it`);
  }
}

/** The value as a roster, without any check of who signed it. @throws SealError `roster-broken`, `key-malformed`, `id-malformed` */
export function parseRoster(value: unknown): Roster {
  if (!isRecord(value)) throw broken(0, "it is not a JSON object");
  const { organisation, name, function: deskFunction, epoch, previous, members, at, by } = value;
  if (typeof epoch !== "number" || !Number.isSafeInteger(epoch) || epoch < 1) throw broken(0, "its epoch is not a number from 1");
  if (typeof organisation !== "string" || typeof name !== "string" || typeof deskFunction !== "string" || typeof by !== "string")
    throw broken(epoch, "a field is missing");
  for (const line of [organisation, name, deskFunction]) checkLine(line, epoch);
  if (previous !== null && !isHash(previous)) throw broken(epoch, "previous is not a statement hash");
  if (!isMoment(at)) throw broken(epoch, "its moment is not RFC 3339 UTC");
  if (!Array.isArray(members)) throw broken(epoch, "it has no members");
  const parsed = members.map((member: unknown) => parseMember(member, epoch));
  if (new Set(parsed.map((m) => m.person)).size !== parsed.length) throw broken(epoch, "a member is named twice");
  if (!parsed.some((m) => m.lead)) throw broken(epoch, "it has no lead");
  return {
    desk: parseUuid(value["desk"]),
    organisation,
    name,
    function: deskFunction,
    epoch,
    previous,
    epochPublicKey: parseSealPublicKey(value["epochPublicKey"]),
    members: parsed,
    at,
    by,
    ...(value["recovery"] === undefined ? {} : { recovery: parseRosterRecovery(value["recovery"]) }),
    ...(value["recovered"] === undefined ? {} : { recovered: parseRecovered(value["recovered"], epoch) }),
  };
}

function parseRecovered(value: unknown, epoch: number): RecoveredBy {
  if (!isRecord(value) || epoch === 1) throw broken(epoch, "it says it was recovered, and cannot be");
  return { request: parseEnvelope(value["request"]), confirmation: parseEnvelope(value["confirmation"]) };
}

function parseMember(value: unknown, epoch: number): RosterMember {
  if (!isRecord(value)) throw broken(epoch, "a member is not a JSON object");
  const { name, office, lead } = value;
  if (typeof name !== "string" || typeof office !== "string" || typeof lead !== "boolean") throw broken(epoch, "a member's field is missing");
  for (const line of [name, office]) checkLine(line, epoch);
  return {
    person: parseUuid(value["person"]),
    name,
    office,
    lead,
    sealPublicKey: parseSealPublicKey(value["sealPublicKey"]),
    signPublicKey: parseSignPublicKey(value["signPublicKey"]),
  };
}

// oxlint-disable-next-line no-control-regex -- control characters in a name are exactly what is refused here
const unseen = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;

/** Names are shown to whoever decides whom to trust: line breaks, control characters and marks that turn text around would let one name look like another, or like two. */
function checkLine(text: string, epoch: number): void {
  if (unseen.test(text) || text.length > 200) throw broken(epoch, "a name in it is longer than 200 characters or holds marks that are not shown");
}

/** Whether exactly the members of the roster got a key, each once. @throws SealError `roster-mismatch` */
export function checkWrappedSet(roster: Roster, wrapped: readonly { person: string }[]): void {
  const members = new Set(roster.members.map((m) => m.person));
  const given = new Set(wrapped.map((w) => w.person));
  if (wrapped.length !== members.size || given.size !== members.size || [...given].some((person) => !members.has(person))) {
    throw new SealError(
      "roster-mismatch",
      "The keys handed out are not exactly one for each member of the roster. Rotate again with the roster as it is signed.",
      { members: members.size, keys: wrapped.length },
    );
  }
}

function broken(epoch: number, why: string): SealError {
  return new SealError("roster-broken", `The roster of epoch ${epoch} cannot be trusted: ${why}.`, { epoch });
}
