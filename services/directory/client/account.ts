/** What a person does with their own account: devices, unlock methods, organisations to choose from. Called by screens and the CLI. */
import {
  newPassphraseParameters,
  openUnlock,
  passkeySecret,
  passphraseSecret,
  SealError,
  sealUnlock,
  sheetSecret,
  signStatement,
  UNLOCK_RECORD,
  UNLOCK_SET,
  verifyUnlockRecords,
  type Envelope,
  type Person,
  type PersonSecrets,
  type UnlockRecord,
  type UnlockSet,
} from "@rugdekking/seal";
import Type from "typebox";
import { Device, Organisation, UnlockChallenge, UnlockMethod } from "#services/directory/contract/index.ts";
import { UnlockRecords } from "#services/directory/contract/recovery.ts";
import { Problem } from "#services/problem/index.ts";
import type { Connection } from "./connection.ts";
import type { Session } from "./session.ts";

/** Searches organisations by name; at most 50. @throws {@link Problem} unavailable. */
export async function searchOrganisations(
  connection: Connection,
  filter: { readonly query?: string; readonly kind?: Organisation["kind"]; readonly limit?: number },
): Promise<Organisation[]> {
  const query = new URLSearchParams();
  if (filter.query !== undefined) query.set("query", filter.query);
  if (filter.kind !== undefined) query.set("kind", filter.kind);
  if (filter.limit !== undefined) query.set("limit", String(filter.limit));
  return (await connection.get(`/api/v1/organisations?${query}`, Type.Object({ organisations: Type.Array(Organisation) }))).organisations;
}

/** One organisation. @throws {@link Problem} not-found. */
export const readOrganisation = (connection: Connection, id: string): Promise<Organisation> =>
  connection.get(`/api/v1/organisations/${encodeURIComponent(id)}`, Organisation);

/** Where the person is signed in. @throws {@link Problem} session-missing. */
export const listDevices = async (session: Session): Promise<Device[]> =>
  (await session.connection.get("/api/v1/devices", Type.Object({ devices: Type.Array(Device) }))).devices;

/** Signs one device out. @throws {@link Problem} not-found. */
export const removeDevice = (session: Session, id: string): Promise<void> => session.connection.command("DELETE", `/api/v1/devices/${encodeURIComponent(id)}`);

/** The person's unlock methods. @throws {@link Problem} session-missing. */
export const listUnlocks = async (session: Session): Promise<UnlockMethod[]> =>
  (await session.connection.get("/api/v1/unlocks", Type.Object({ unlocks: Type.Array(UnlockMethod) }))).unlocks;

/** Signs every device out but this one. @throws {@link Problem} session-missing. */
export async function removeOtherDevices(session: Session): Promise<number> {
  const others = (await listDevices(session)).filter(({ current }) => !current);
  for (const { id } of others) await removeDevice(session, id);
  return others.length;
}

/**
 * A device is gone: ends its session, and signs a set of unlock methods without those that were on it. The session goes first: it is what is open now.
 * [Note: What losing a device undoes] It ends what the server gives to that device, and the passkey opens nothing any more that the server hands out. It cannot undo what was read, kept sealed there for a
 * visit, or open in a tab at that moment; and a passphrase that was typed there may have been seen.
 * @throws {@link Problem} requirement-missing when fewer than two ways would remain: add one first.
 */
export async function lostDevice(session: Session, lost: { readonly device: string | null; readonly unlocks: readonly string[] }): Promise<void> {
  const left = (await listUnlocks(session)).filter(({ id }) => !lost.unlocks.includes(id));
  // Looked at before anything is done: half a loss would be told as a whole one.
  if (left.length < 2)
    throw new Problem("requirement-missing", "At least two ways to unlock must remain, or one loss would lose everything", "Add another one first.");
  if (lost.device !== null)
    await removeDevice(session, lost.device).catch((error: unknown) => {
      // It ended by itself meanwhile: what was asked for is so.
      if (!(error instanceof Problem) || error.code !== "not-found") throw error;
    });
  if (lost.unlocks.length > 0) await changeUnlocks(session, (unlocks) => unlocks.filter(({ id }) => !lost.unlocks.includes(id)));
}

/** An unlock method the person has at hand, to prove it is them and to reach the keys that must be sealed again. */
export type HeldUnlock = { readonly kind: "passphrase"; readonly passphrase: string } | { readonly kind: "recovery-sheet"; readonly code: string };

/** The method to add. A passkey brings the PRF output for `salt` (32 bytes) and its credential id, both base64url where text. */
export type AddedUnlock =
  | { readonly kind: "passkey"; readonly label: string; readonly credential: string; readonly salt: string; readonly prfOutput: Uint8Array }
  | { readonly kind: "passphrase"; readonly label: string; readonly passphrase: string }
  | { readonly kind: "recovery-sheet"; readonly label: string; readonly code: string };

/**
 * Adds a way to unlock. The keys in a session cannot be exported, so one existing method must be given to open the bundle once more.
 * @returns the id of the new method.
 * @throws {@link Problem} not-found when the held method is wrong; challenge-unknown when the methods changed meanwhile; SealError unlock-wrong.
 */
export async function addUnlock(session: Session, held: HeldUnlock, added: AddedUnlock): Promise<string> {
  const secrets = await openHeld(session, held);
  const method = await sealAdded(added, secrets);
  await changeUnlocks(session, (unlocks) => [...unlocks, method]);
  return method.id;
}

/** Removes a way to unlock. @throws {@link Problem} not-found; requirement-missing when fewer than two would remain; challenge-unknown when they changed meanwhile. */
export const removeUnlock = (session: Session, id: string): Promise<void> =>
  changeUnlocks(session, (unlocks) => {
    if (!unlocks.some((one) => one.id === id)) throw new Problem("not-found", "You have no such unlock method", "Read the list again.");
    return unlocks.filter((one) => one.id !== id);
  });

/** Signs the whole new set with the person's own key. The challenge is asked first: whatever changes after that makes it unknown, so no change of another device is undone unseen. */
async function changeUnlocks(session: Session, change: (unlocks: readonly UnlockMethod[]) => readonly UnlockMethod[]): Promise<void> {
  const { connection, person } = session;
  const { challenge } = await connection.post("/api/v1/unlocks/challenges", {}, UnlockChallenge);
  const unlocks = change(await listUnlocks(session));
  const set: UnlockSet = { challenge, audience: connection.origin, person: person.person, unlocks, at: new Date().toISOString() };
  const newest = (await readUnlockRecords(session)).at(-1);
  const record = await signRecord(person, unlocks, newest === undefined ? null : { seq: newest.record.seq, hash: newest.hash }, null);
  await connection.command("PUT", "/api/v1/unlocks", { statement: await signStatement(UNLOCK_SET, set, person.sign), record });
}

/** The record of a change, following the newest one. @param recovery the attempt by which someone came back */
export function signRecord(
  person: Person,
  unlocks: readonly UnlockMethod[],
  newest: { readonly seq: number; readonly hash: string } | null,
  recovery: string | null,
): Promise<Envelope> {
  const record: UnlockRecord = {
    person: person.person,
    seq: (newest?.seq ?? 0) + 1,
    previous: newest?.hash ?? null,
    unlocks: unlocks.map(({ id, kind, label, signPublicKey }) => ({ id, kind, label, key: signPublicKey })),
    recovery,
    at: new Date().toISOString(),
  };
  return signStatement(UNLOCK_RECORD, record, person.sign);
}

/** How the person's ways to sign in changed: signed by themselves, each following the one before. `received` is the server's word. @throws SealError when the chain does not hold. */
export async function readUnlockRecords(session: Session): Promise<{ readonly record: UnlockRecord; readonly hash: string; readonly received: string }[]> {
  const { records } = await session.connection.get("/api/v1/unlocks/records", UnlockRecords);
  const { person, sign } = session.person;
  const chain = await verifyUnlockRecords(
    records.map(({ statement }) => statement),
    { person, signPublicKey: sign.publicKey },
  );
  return chain.map((link, place) => ({ ...link, received: records[place]?.received ?? link.record.at }));
}

/** Opens the keys with what is at hand. A person may have several sheets (one that a device keeps and one on paper): each of that kind is tried, as at sign-in. @throws {@link Problem} not-found; SealError unlock-wrong. */
export async function openHeld(session: Session, held: HeldUnlock): Promise<PersonSecrets> {
  const methods = (await listUnlocks(session)).filter(({ kind }) => kind === held.kind);
  for (const [place, method] of methods.entries()) {
    const secret = held.kind === "recovery-sheet" ? await sheetSecret(held.code) : await passphraseSecret(held.passphrase, method.parameters);
    try {
      return await openUnlock(method, secret);
    } catch (error) {
      if (!(error instanceof SealError) || error.code !== "unlock-wrong" || place + 1 === methods.length) throw error;
    }
  }
  throw new Problem("not-found", `You have no unlock method of kind ${held.kind}`, "Use another one.");
}

async function sealAdded(added: AddedUnlock, secrets: PersonSecrets): Promise<UnlockMethod> {
  switch (added.kind) {
    case "passkey":
      return sealUnlock("passkey", added.label, { credential: added.credential, salt: added.salt }, await passkeySecret(added.prfOutput), secrets);
    case "passphrase": {
      const parameters = newPassphraseParameters();
      return sealUnlock("passphrase", added.label, parameters, await passphraseSecret(added.passphrase, parameters), secrets);
    }
    case "recovery-sheet":
      return sealUnlock("recovery-sheet", added.label, {}, await sheetSecret(added.code), secrets);
  }
}
