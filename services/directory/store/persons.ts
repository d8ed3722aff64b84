/** Persons and guests: cards, sign-in names, unlock methods. Writing functions take the transaction they belong to. */
import { sql } from "kysely";
import { keyIdOf, verifyPersonCard, type PersonCard } from "@rugdekking/seal/verify";
import type { Envelope, PersonRegistration, UnlockMethod } from "#services/directory/contract/index.ts";
import { enqueueLeaf, enqueueLeaves } from "#services/ledger/store/index.ts";
import { Problem } from "#services/problem/index.ts";
import type { Together, Transaction } from "#services/storage/index.ts";
import type { Executor } from "./executor.ts";

/** Public keys of a person, base64url. */
export interface PersonKey {
  readonly signPublicKey: string;
  readonly sealPublicKey: string;
}

/** A person as the directory knows them. */
export interface PersonRow extends PersonKey {
  readonly person: string;
  readonly kind: "person" | "guest";
  readonly card: Envelope;
  readonly cardHash: string;
}

type Row = { person: string; kind: "person" | "guest"; card: Envelope; card_hash: string; sign_public_key: string; seal_public_key: string };

/** A person or guest, or null. */
export async function readPerson(db: Executor, person: string): Promise<PersonRow | null> {
  const { rows } = await sql<Row>`SELECT person, kind, card, card_hash, sign_public_key, seal_public_key FROM person WHERE person = ${person}`.execute(db);
  const [row] = rows;
  return row === undefined
    ? null
    : { person: row.person, kind: row.kind, card: row.card, cardHash: row.card_hash, signPublicKey: row.sign_public_key, sealPublicKey: row.seal_public_key };
}

/** Public keys of a person or guest, as their card carries them; null when nobody bears this id. */
export async function readPersonKey(db: Executor, person: string): Promise<PersonKey | null> {
  const found = await readPerson(db, person);
  return found === null ? null : { signPublicKey: found.signPublicKey, sealPublicKey: found.sealPublicKey };
}

/** Public keys of registered persons (no guests), by id; who is not registered is not in it. */
export async function readPersonKeys(db: Executor, persons: readonly string[]): Promise<Map<string, PersonKey>> {
  const { rows } = await sql<{ person: string; sign_public_key: string; seal_public_key: string }>`SELECT person, sign_public_key, seal_public_key FROM person
    WHERE kind = 'person' AND person = ANY(${[...persons]}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.person, { signPublicKey: row.sign_public_key, sealPublicKey: row.seal_public_key }]));
}

/** The row alone, without its leaf; false when the person is known already. */
async function insertRow(trx: Executor, envelope: Envelope, card: PersonCard, hash: string, mail: string | null): Promise<boolean> {
  const done = await sql`INSERT INTO person (person, kind, card, card_hash, sign_public_key, seal_public_key, mail, registered)
    VALUES (${card.person}, ${card.kind}, ${JSON.stringify(envelope)}::jsonb, ${hash}, ${card.signPublicKey}, ${card.sealPublicKey}, ${mail}, ${new Date()})
    ON CONFLICT (person) DO NOTHING`.execute(trx);
  return done.numAffectedRows === 1n;
}

async function insertPerson(trx: Transaction, envelope: Envelope, card: PersonCard, hash: string, mail: string | null): Promise<boolean> {
  if (!(await insertRow(trx, envelope, card, hash, mail))) return false;
  await enqueueLeaf(trx, { what: "person-card", hash });
  return true;
}

const otherCard = (): Problem => new Problem("already-there", "This person is known here with another card", "Sign in instead, or register as a new person.");

/**
 * Registers a person whose card was verified.
 * @returns false when exactly this card was registered before (a repeated request), which changes nothing.
 * @throws {@link Problem} handle-taken, already-there.
 */
export async function insertRegistration(trx: Transaction, registration: PersonRegistration, card: PersonCard, hash: string): Promise<boolean> {
  if (!(await insertPerson(trx, registration.card, card, hash, registration.mail))) {
    const known = await personOfHandle(trx, registration.handle);
    if (known === card.person && (await readPerson(trx, card.person))?.cardHash === hash) return false;
    throw otherCard();
  }
  const named = await sql`INSERT INTO person_handle (handle, person) VALUES (${registration.handle}, ${card.person}) ON CONFLICT (handle) DO NOTHING`.execute(
    trx,
  );
  if (named.numAffectedRows !== 1n) throw new Problem("handle-taken", "This sign-in name is in use", "Choose another one, or sign in.");
  const now = Date.now();
  // A millisecond apart: the order in which a person made them is the order in which they are offered.
  for (const [place, unlock] of registration.unlocks.entries()) await saveUnlock(trx, card.person, unlock, new Date(now + place));
  return true;
}

/** A guest's card of which the signature is checked. */
export interface GuestCard {
  readonly envelope: Envelope;
  readonly card: PersonCard;
  readonly hash: string;
  /** Id of the guest's signing key. */
  readonly key: string;
}

/** Checks the self-signed card of a guest. @throws {@link Problem} statement-mismatch (not a guest's card); SealError when the card is not what it says. */
export async function verifiedGuest(envelope: Envelope): Promise<GuestCard> {
  const { card, hash } = await verifyPersonCard(envelope);
  if (card.kind !== "guest") throw new Problem("statement-mismatch", "/guest is not the card of a guest", "Sign in instead of reporting as a guest.");
  return { envelope, card, hash, key: await keyIdOf(card.signPublicKey) };
}

/**
 * Keeps the card of a guest, in the transaction that opens their dossier, so that the receipt code alone brings them back.
 * The same card again changes nothing. Its statements go out at once: they need nothing of each other.
 * @throws {@link Problem} already-there (another card under this id); the caller's transaction then writes nothing.
 */
export async function registerGuest(trx: Transaction | Together, { envelope, card, hash, key }: GuestCard): Promise<void> {
  const [fresh] = await Promise.all([
    insertRow(trx, envelope, card, hash, null),
    enqueueLeaves(trx, [{ what: "person-card", hash }]),
    sql`INSERT INTO guest_key (receipt, person) VALUES (${key}, ${card.person}) ON CONFLICT (receipt) DO NOTHING`.execute(trx),
  ]);
  if (!fresh && (await readPerson(trx, card.person))?.cardHash !== hash) throw otherCard();
}

/** The guest who signs with the key of this id, or null. */
export async function guestOfKey(db: Executor, keyId: string): Promise<PersonRow | null> {
  const { rows } = await sql<{ person: string }>`SELECT person FROM guest_key WHERE receipt = ${keyId}`.execute(db);
  return rows[0] === undefined ? null : readPerson(db, rows[0].person);
}

/** Who signs in under this name, or null. */
export async function personOfHandle(db: Executor, handle: string): Promise<string | null> {
  const { rows } = await sql<{ person: string }>`SELECT person FROM person_handle WHERE handle = ${handle}`.execute(db);
  return rows[0]?.person ?? null;
}

type UnlockRow = {
  id: string;
  kind: UnlockMethod["kind"];
  label: string;
  parameters: UnlockMethod["parameters"];
  sign_public_key: string;
  seal_public_key: string;
  sealed_bundle: string;
  endorsement: UnlockMethod["endorsement"];
};

const unlockOf = (row: UnlockRow): UnlockMethod => ({
  id: row.id,
  kind: row.kind,
  label: row.label,
  parameters: row.parameters,
  signPublicKey: row.sign_public_key,
  sealPublicKey: row.seal_public_key,
  sealedBundle: row.sealed_bundle,
  endorsement: row.endorsement,
});

/** A person's unlock methods, oldest first. */
export async function readUnlocks(db: Executor, person: string): Promise<UnlockMethod[]> {
  const { rows } =
    await sql<UnlockRow>`SELECT id, kind, label, parameters, sign_public_key, seal_public_key, sealed_bundle, endorsement FROM person_unlock WHERE person = ${person} ORDER BY added, id`.execute(
      db,
    );
  return rows.map(unlockOf);
}

/** Person and unlock methods under a sign-in name, in one question, so that a known and an unknown name cost the same. */
export async function unlocksOfHandle(db: Executor, handle: string): Promise<{ readonly person: string; readonly unlocks: UnlockMethod[] } | null> {
  const { rows } = await sql<
    UnlockRow & { person: string }
  >`SELECT u.person, u.id, u.kind, u.label, u.parameters, u.sign_public_key, u.seal_public_key, u.sealed_bundle, u.endorsement
    FROM person_handle h JOIN person_unlock u ON u.person = h.person WHERE h.handle = ${handle} ORDER BY u.added, u.id`.execute(db);
  const [first] = rows;
  return first === undefined ? null : { person: first.person, unlocks: rows.map(unlockOf) };
}

/** Adds or replaces one unlock method. */
async function saveUnlock(trx: Transaction, person: string, unlock: UnlockMethod, added = new Date()): Promise<void> {
  await sql`INSERT INTO person_unlock (person, id, kind, label, parameters, sign_public_key, seal_public_key, sealed_bundle, endorsement, added)
    VALUES (${person}, ${unlock.id}, ${unlock.kind}, ${unlock.label}, ${JSON.stringify(unlock.parameters)}::jsonb, ${unlock.signPublicKey}, ${unlock.sealPublicKey}, ${unlock.sealedBundle}, ${JSON.stringify(unlock.endorsement)}::jsonb, ${added})
    ON CONFLICT (person, id) DO UPDATE SET kind = excluded.kind, label = excluded.label, parameters = excluded.parameters,
      sign_public_key = excluded.sign_public_key, seal_public_key = excluded.seal_public_key, sealed_bundle = excluded.sealed_bundle, endorsement = excluded.endorsement`.execute(
    trx,
  );
}

/** Nobody else may change the person's unlock methods until the transaction ends. */
export async function lockUnlocks(trx: Transaction, person: string): Promise<void> {
  await sql`SELECT person FROM person WHERE person = ${person} FOR UPDATE`.execute(trx);
}

/** Makes these the person's unlock methods: adds, renews, and removes what is not among them. Those that stay keep their place in the order. */
export async function replaceUnlocks(trx: Transaction, person: string, unlocks: readonly UnlockMethod[]): Promise<void> {
  await sql`DELETE FROM person_unlock WHERE person = ${person} AND id <> ALL(${unlocks.map(({ id }) => id)}::uuid[])`.execute(trx);
  const now = Date.now();
  for (const [place, unlock] of unlocks.entries()) await saveUnlock(trx, person, unlock, new Date(now + place));
}

/**
 * Where "er is nieuws" goes: a person's address, or those of a desk's members. Who wants no mail is not in it, nor who is away that day, unless nobody would be left: then everyone is told.
 * @param day Dutch day, `YYYY-MM-DD`
 */
export async function mailAddressesOf(db: Executor, target: { readonly person: string } | { readonly desk: string }, day: string): Promise<string[]> {
  if ("person" in target) {
    const { rows } = await sql<{ mail: string }>`SELECT mail FROM person WHERE person = ${target.person} AND mail IS NOT NULL`.execute(db);
    return rows.map(({ mail }) => mail);
  }
  const { rows } = await sql<{ mail: string; away: boolean }>`SELECT p.mail, EXISTS (SELECT 1 FROM desk_absence a
      WHERE a.desk = m.desk AND a.person = m.person AND a.begins <= ${day}::date AND a.ends >= ${day}::date) AS away
    FROM desk_member m JOIN person p ON p.person = m.person WHERE m.desk = ${target.desk} AND p.mail IS NOT NULL`.execute(db);
  const present = rows.filter(({ away }) => !away);
  return [...new Set((present.length > 0 ? present : rows).map(({ mail }) => mail))];
}
