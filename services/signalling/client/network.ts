/**
 * The network key: made by a lead of a safety desk, handed from desk to desk, opened here. What makes it trustworthy is never the server: the network and every hand-over are signed by members of desks
 * whose rosters go back to the pinned registrar, and the key must be the one the network commits to. Called by same-actor.ts, screens and the command line.
 */
import { generateSeed, handOver, signStatement, takeOver } from "@rugdekking/seal";
import { digestOf, rostersInForce, SealError, statementHash, verifyStatement, readStatement } from "@rugdekking/seal/verify";
import { parseAnswer, type OpenDesk, type Session, type VerifiedDesk } from "#services/directory/client/index.ts";
import type { Envelope } from "#services/directory/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import {
  contributingFunctions,
  FingerprintDesk,
  NetworkHandOverPayload,
  NetworkPayload,
  Networks,
  sameActorStatements,
  type NetworkHandOver,
} from "#services/signalling/contract/same-actor.ts";

const base = "/api/v1/fingerprints";

/** The network in force, checked. */
export interface Network extends NetworkPayload {
  /** Statement hash. */
  readonly hash: string;
}

/** What a desk needs to make fingerprints. `key` is 32 bytes; keep it inside client code. */
export interface HeldNetwork extends Network {
  readonly key: Uint8Array<ArrayBuffer>;
}

/** How a desk stands. */
export interface NetworkState {
  /** Null: nobody has made one. */
  readonly network: Network | null;
  /** Null: this desk was not handed the newest key, or nothing that opens as it. */
  readonly held: HeldNetwork | null;
  /** Keys of every version the desk holds, by statement hash: older ones vouch for older labels. */
  readonly keys: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** Safety desks that wait for the key; told to holders only. */
  readonly waiting: readonly string[];
  /** Evaluations left now. */
  readonly left: number;
}

const refused = (what: string): Problem =>
  new Problem("signature-invalid", what, "Nothing was made or sent with it. Ask the safety desk that made the network key, and tell whoever runs this server.");

/** Digest of a text as a grant names it. */
const digestOfText = (text: string): Promise<string> => digestOf(new TextEncoder().encode(text));

/** The key someone signed for a safety desk with, by its verified roster of that moment. @throws {@link Problem} signature-invalid */
async function signerOf(session: Session, desk: string, person: string, at: string): Promise<{ readonly key: string; readonly lead: boolean }> {
  const verified = await session.trust.desk(desk);
  if (!contributingFunctions.includes(verified.function)) throw refused(`Desk ${desk} is no safety desk and has no say in fingerprints`);
  const member = rostersInForce(
    verified.history.map(({ roster }) => roster),
    at,
  )
    .flatMap(({ members }) => members)
    .findLast((one) => one.person === person);
  if (member === undefined) throw refused(`A statement about the network key is signed by someone who was not in desk ${desk} then`);
  return { key: member.signPublicKey, lead: member.lead };
}

async function verified(envelope: Envelope, type: string, key: string): Promise<string> {
  try {
    return (await verifyStatement(envelope, type, key)).hash;
  } catch (error) {
    if (error instanceof SealError) throw refused(`A statement about the network key does not verify (${error.code})`);
    throw error;
  }
}

/** Under this name a device remembers how far it has seen the versions. */
const chainName = "fingerprint-networks";

/**
 * Checks the chain of versions, that each names the pinned key of the server, and that it holds what this device has seen of it before; the first one first. A server that shows an older list would have a desk go on with
 * a key that somebody was to be shut out of, or begin another network.
 * @throws {@link Problem} signature-invalid
 */
async function readNetworks(session: Session): Promise<Network[]> {
  const seen = await session.trust.chainSeen(chainName);
  const [{ networks }, { fingerprints }] = await Promise.all([session.connection.get(`${base}/networks`, Networks), session.trust.anchor()]);
  const chain: Network[] = [];
  for (const envelope of networks) {
    const payload = parseAnswer(NetworkPayload, readStatement(envelope), "a network statement");
    const signer = await signerOf(session, payload.desk, payload.by, payload.at);
    if (!signer.lead) throw refused("The network key was made by someone who did not lead that desk");
    const hash = await verified(envelope, sameActorStatements.network, signer.key);
    const before = chain.at(-1);
    if (payload.version !== chain.length + 1 || payload.previous !== (before?.hash ?? null))
      throw refused("The versions of the network key do not follow each other");
    if (payload.publicKey !== fingerprints) throw refused("The network names another key of the server than this device has pinned");
    chain.push({ ...payload, hash });
  }
  if (seen !== null && chain[seen.length - 1]?.hash !== seen.last)
    throw refused(`The server shows other versions of the network key than this device has seen before (${seen.length} of them)`);
  const last = chain.at(-1);
  if (last !== undefined) await session.trust.rememberChain(chainName, { length: chain.length, last: last.hash });
  return chain;
}

/** Refusals that mean a hand-over itself is no good. */
const unusable: ReadonlySet<string> = new Set(["signature-invalid", "input-malformed", "not-found"]);

/**
 * The key out of a hand-over; null when it is of another network, and when it does not verify or open: whoever holds the key can send junk, and that must be no more than not having sent it. The desk then asks again.
 * @throws {@link Problem} session codes only.
 */
async function openKeyOrNone(session: Session, desk: OpenDesk, network: Network, handed: NetworkHandOver): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return await openKey(session, desk, network, handed);
  } catch (error) {
    if (error instanceof SealError || (error instanceof Problem && unusable.has(error.code))) return null;
    throw error;
  }
}

async function openKey(session: Session, desk: OpenDesk, network: Network, { statement, sealed }: NetworkHandOver): Promise<Uint8Array<ArrayBuffer> | null> {
  const payload = parseAnswer(NetworkHandOverPayload, readStatement(statement), "a hand-over of the network key");
  if (payload.network !== network.hash) return null;
  const signer = await signerOf(session, payload.from, payload.by, payload.at);
  await verified(statement, sameActorStatements.handOver, signer.key);
  const pair = desk.keys.get(payload.to.epoch);
  if (payload.to.desk !== desk.id || pair === undefined || (await digestOfText(sealed)) !== payload.digest)
    throw refused("The network key was handed to another desk or epoch");
  const key = await takeOver(sealed, pair, contextOf(network.hash, desk.id, payload.to.epoch));
  if ((await digestOf(key)) !== network.commitment) throw refused("The key that was handed over is not the one the network commits to");
  return key;
}

const contextOf = (network: string, desk: string, epoch: number): Parameters<typeof handOver>[2] => ({
  purpose: "network",
  subject: network,
  to: `${desk}/${epoch}`,
});

/**
 * How a desk of the session stands with the network key.
 * @throws {@link Problem} role-forbidden for a desk that is no safety desk; signature-invalid; session codes.
 */
export async function readNetworkState(session: Session, deskId: string): Promise<NetworkState> {
  const [desk, networks, told] = await Promise.all([
    session.openDesk(deskId),
    readNetworks(session),
    session.connection.get(`${base}/desks/${encodeURIComponent(deskId)}`, FingerprintDesk),
  ]);
  const keys = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const network of networks)
    for (const one of told.keys) {
      const opened = await openKeyOrNone(session, desk, network, one);
      if (opened !== null) keys.set(network.hash, opened);
    }
  const network = networks.at(-1) ?? null;
  const key = network === null ? undefined : keys.get(network.hash);
  return { network, held: network === null || key === undefined ? null : { ...network, key }, keys, waiting: told.waiting, left: told.left };
}

/** The key, for who means to use it. @throws {@link Problem} requirement-missing when the desk does not hold it; as {@link readNetworkState} */
export async function heldNetwork(session: Session, desk: string): Promise<HeldNetwork> {
  const { held } = await readNetworkState(session, desk);
  if (held !== null) return held;
  throw new Problem("requirement-missing", "This desk does not hold the network key", "Ask for it; a safety desk that holds it hands it over.");
}

async function handedTo(session: Session, from: string, to: VerifiedDesk, network: string, key: Uint8Array): Promise<NetworkHandOver> {
  const sealed = await handOver(key, to.epochPublicKey, contextOf(network, to.id, to.epoch));
  const payload: NetworkHandOverPayload = {
    network,
    from,
    to: { desk: to.id, epoch: to.epoch },
    by: session.person.person,
    digest: await digestOfText(sealed),
    at: new Date().toISOString(),
  };
  return { statement: await signStatement(sameActorStatements.handOver, payload, session.person.sign), sealed };
}

/**
 * Makes the network key, or its next version (after a desk left that should not keep it). What was contributed before is found by old versions only, until it is made anew.
 * @param previous statement hash of the version that the caller saw as the newest; null for the very first. A next version shuts every desk out until it asks again, so none is made by accident.
 * @throws {@link Problem} role-forbidden (no lead, or not a holder), already-there when another one is the newest by now, unavailable when the server has no key.
 */
export async function makeNetwork(session: Session, deskId: string, previous: string | null): Promise<void> {
  const [networks, desk, { fingerprints }] = await Promise.all([readNetworks(session), session.openDesk(deskId, true), session.trust.anchor()]);
  const before = networks.find(({ hash }) => hash === previous) ?? null;
  if (previous !== null && before === null) throw refused("The network key that this should follow is not there");
  if (fingerprints === undefined) throw new Problem("unavailable", "This server evaluates no fingerprints", "Ask whoever runs it for a newer version.");
  const key = generateSeed();
  const payload: NetworkPayload = {
    version: (before?.version ?? 0) + 1,
    previous,
    publicKey: fingerprints,
    commitment: await digestOf(key),
    desk: desk.id,
    by: session.person.person,
    at: new Date().toISOString(),
  };
  const network = await signStatement(sameActorStatements.network, payload, session.person.sign);
  const hash = await statementHash(network);
  await session.connection.command("POST", `${base}/networks`, { network, handOver: await handedTo(session, desk.id, desk, hash, key) });
}

/** Asks for the key on behalf of a desk. @throws {@link Problem} role-forbidden. */
export const askForNetwork = (session: Session, desk: string): Promise<void> =>
  session.connection.command("POST", `${base}/desks/${encodeURIComponent(desk)}/requests`);

/** Desks by their verified rosters, and what kept the others from being verified: one that does not verify hides no other, and cannot be admitted. */
export async function verifiedWaiting(session: Session, waiting: readonly string[]): Promise<{ readonly desks: VerifiedDesk[]; readonly error: unknown }> {
  const looked = await Promise.allSettled(waiting.map(async (id) => await session.trust.desk(id)));
  return {
    desks: looked.flatMap((one) => (one.status === "fulfilled" ? [one.value] : [])),
    error: looked.find((one) => one.status === "rejected")?.reason ?? null,
  };
}

/**
 * Hands the key to a desk that waits. The desk's roster is verified first; whoever gets the key can, together with the server, try values against all fingerprints.
 * @throws {@link Problem} requirement-missing (this desk does not hold it, or the other does not ask), role-forbidden (the other is no safety desk), signature-invalid, epoch-stale.
 */
export async function admitDesk(session: Session, own: string, other: string): Promise<VerifiedDesk> {
  const [network, to] = await Promise.all([heldNetwork(session, own), session.trust.desk(other)]);
  if (!contributingFunctions.includes(to.function))
    throw new Problem("role-forbidden", `Desk ${to.name} is no safety desk`, "The network key goes to safety desks only.");
  await session.connection.command("POST", `${base}/desks/${encodeURIComponent(other)}/keys`, await handedTo(session, own, to, network.hash, network.key));
  return to;
}
