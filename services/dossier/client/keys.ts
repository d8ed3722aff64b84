/** Opens what was handed to the reader of one dossier: dossier key, channel keys, single item keys. Used inside this room; sibling clients use the handle. */
import { channelKey, itemFileKey, takeOver, type ItemPlace, type SealKeyPair } from "@rugdekking/seal";
import { digestOf, rostersInForce, SealError, verifyStatement, type Roster } from "@rugdekking/seal/verify";
import { parseAnswer, type Session } from "#services/directory/client/index.ts";
import { channels, GrantPayload, statementTypes, type Channel, type GrantView } from "#services/dossier/contract/index.ts";
import { Problem } from "#services/problem/index.ts";

/** What a reader holds of one dossier. */
export interface KeyRing {
  /** Present for owner and desks with the whole dossier. */
  readonly dossierKey: Uint8Array | null;
  /** Every channel that can be opened, `main` included when the dossier key is there. */
  readonly channels: ReadonlyMap<Channel, Uint8Array>;
  /** Item id -> 16-byte age file key, of items handed over alone. */
  readonly items: ReadonlyMap<string, Uint8Array>;
}

/** Name under which what answers a request is sealed; no channel of {@link channels}: each request has its own key. */
export const answerChannel = "answer";

/** [Note: Key of an answer] The key of all that answers one request, from the dossier key and the request's item id: who holds the dossier key can always make it, whoever was asked finds it in the request. */
export const answerKeyOf = (dossierKey: Uint8Array, request: string): Promise<Uint8Array> => channelKey(dossierKey, request, answerChannel);

/** Name of the recipient as bound into a hand-over: the person's id, or `<desk>/<epoch>`. */
export const recipientName = (to: GrantPayload["to"]): string => ("person" in to ? to.person : `${to.desk}/${to.epoch}`);

/** Payload of a grant, shape checked, signature NOT checked: who signed it is known only after the chain is. */
export function readGrantUnverified(payload: unknown, dossier: string): GrantPayload {
  const grant = parseAnswer(GrantPayload, payload, "a grant");
  if (grant.dossier !== dossier) throw new Problem("statement-mismatch", "A grant of another dossier was given", "Tell whoever runs this server.");
  return grant;
}

/**
 * Reads a grant whose signer is known.
 * @throws SealError signature-invalid; {@link Problem} statement-mismatch.
 */
export async function verifyGrant(view: GrantView, dossier: string, signPublicKey: string): Promise<GrantPayload> {
  const { payload } = await verifyStatement(view.statement, statementTypes.grant, signPublicKey);
  return readGrantUnverified(payload, dossier);
}

/**
 * The key a hand-over must be signed with: the owner's, or that of a member, by the roster of the stated time, of one of these desks. Never one that only the server names: it could hand a key it knows.
 * @param desks that take part, or for which the giver wrote in this dossier
 * @param rosters of a desk, verified, from the first on
 * @throws {@link Problem} signature-invalid
 */
export async function keyOfGranter(
  { by, at }: Pick<GrantPayload, "by" | "at">,
  owner: { readonly person: string; readonly signPublicKey: string } | null,
  desks: Iterable<string>,
  rosters: (desk: string) => Promise<readonly Roster[]>,
): Promise<string> {
  if (owner?.person === by) return owner.signPublicKey;
  for (const desk of desks) {
    const member = rostersInForce(await rosters(desk), at)
      .flatMap(({ members }) => members)
      .findLast(({ person }) => person === by);
    if (member !== undefined) return member.signPublicKey;
  }
  throw new Problem(
    "signature-invalid",
    "A key was handed over by someone who had no part in this dossier at that time",
    "Nothing was opened with it; tell whoever runs this server.",
  );
}

/** Finds the key pair a grant was sealed to: the person's own, or the desk's of that epoch; null when the reader has neither. */
export async function keyPairFor(session: Session, to: GrantPayload["to"]): Promise<SealKeyPair | null> {
  if ("person" in to) return to.person === session.person.person ? session.person.seal : null;
  if (!session.desks.includes(to.desk)) return null;
  const desk = await session.openDesk(to.desk);
  const known = desk.keys.get(to.epoch);
  if (known !== undefined) return known;
  return (await session.openDesk(to.desk, true)).keys.get(to.epoch) ?? null;
}

async function sealedAs(sealed: GrantView["sealed"], name: string, digest: string): Promise<string> {
  const value = sealed[name];
  if (value === undefined) throw new Problem("statement-mismatch", `The grant names ${name} but the key is missing`, "Tell whoever runs this server.");
  if ((await digestOf(new TextEncoder().encode(value))) !== digest)
    throw new Problem("digest-mismatch", `The sealed key ${name} is not the one the grant names`, "Tell whoever runs this server.");
  return value;
}

/** Opens one grant with the key pair it was sealed to. @throws SealError when it does not open; {@link Problem} digest-mismatch. */
export async function openGrant(grant: GrantPayload, sealed: GrantView["sealed"], pair: SealKeyPair): Promise<KeyRing> {
  const to = recipientName(grant.to);
  const { dossier } = grant;
  if (grant.keys.scope === "dossier") {
    const dossierKey = await takeOver(await sealedAs(sealed, "dossier", grant.keys.digest), pair, { purpose: "dossier", subject: dossier, to });
    const opened = new Map<Channel, Uint8Array>();
    for (const channel of channels) opened.set(channel, await channelKey(dossierKey, dossier, channel));
    return { dossierKey, channels: opened, items: new Map() };
  }
  if (grant.keys.scope === "channel") {
    const { channel, digest } = grant.keys;
    const key = await takeOver(await sealedAs(sealed, `channel:${channel}`, digest), pair, { purpose: "channel", subject: `${dossier}/${channel}`, to });
    return { dossierKey: null, channels: new Map([[channel, key]]), items: new Map() };
  }
  const items = new Map<string, Uint8Array>();
  for (const { item, digest } of grant.keys.items) {
    items.set(item, await takeOver(await sealedAs(sealed, item, digest), pair, { purpose: "item", subject: `${dossier}/${item}`, to }));
  }
  return { dossierKey: null, channels: new Map(), items };
}

/** An entry as far as a key can be tried on it: its item and channel, and its sealed body. */
export interface KeyProbe {
  readonly item: string;
  readonly channel: Channel;
  readonly sealed: Uint8Array;
}

/**
 * [Note: A key must open what is there] A signature under a hand-over says who gave a key, not that it is the dossier's: a member of any desk that the server says takes part could, together with that server, give a key of
 * their own making, and what is written afterwards would be sealed under it. So the key of a whole dossier counts only when it opens the first entry, which its owner signed, and a channel's key only when it opens the
 * earliest entry of that channel. What does not fit is left out as if it had not come, so it takes no true key away.
 * @param dossier whose keys these are
 * @param probes the earliest entry the reader was shown of each channel; a channel without one cannot be tried, and its key stays
 */
export async function fittingRing(ring: KeyRing, dossier: string, probes: readonly KeyProbe[]): Promise<KeyRing> {
  const misfits = new Set<Channel>();
  for (const { item, channel, sealed } of probes) {
    const key = ring.channels.get(channel);
    // The channels of a whole dossier follow from its key, which the first entry of all decides about.
    if (key === undefined || (ring.dossierKey !== null && channel !== "main")) continue;
    if (!(await opens(sealed, key, { dossier, item, channel }))) misfits.add(channel);
  }
  if (misfits.size === 0) return ring;
  if (ring.dossierKey !== null) return { dossierKey: null, channels: new Map(), items: ring.items };
  return { ...ring, channels: new Map([...ring.channels].filter(([channel]) => !misfits.has(channel))) };
}

async function opens(sealed: Uint8Array, key: Uint8Array, place: ItemPlace): Promise<boolean> {
  try {
    await itemFileKey(sealed, key, place);
    return true;
  } catch (error) {
    if (error instanceof SealError) return false;
    throw error;
  }
}

/** Everything of several rings in one. */
export function joinRings(rings: readonly KeyRing[]): KeyRing {
  return {
    dossierKey: rings.find((ring) => ring.dossierKey !== null)?.dossierKey ?? null,
    channels: new Map(rings.flatMap((ring) => [...ring.channels])),
    items: new Map(rings.flatMap((ring) => [...ring.items])),
  };
}
