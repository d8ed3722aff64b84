/** Registration and sign-in: a signed challenge, never a password on the wire. Called by screens and the CLI. */
import {
  generateSheetCode,
  guestFromReceipt,
  newPassphraseParameters,
  newPerson,
  openPerson,
  openUnlock,
  passkeySecret,
  passphraseSecret,
  sealUnlock,
  sheetSecret,
  signStatement,
  unlockSigner,
  type SignKeyPair,
  type UnlockSecret,
} from "@rugdekking/seal";
import { SIGN_IN } from "@rugdekking/seal/verify";
import Type from "typebox";
import { Challenge, SignedIn, Uuid, type PersonRegistration, type UnlockMethod } from "#services/directory/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import type { Connection } from "./connection.ts";
import { Session } from "./session.ts";
import type { Trust } from "./trust.ts";

/** A new person. */
export interface Registration {
  /** Sign-in name; lower-cased here. Usually an e-mail address. */
  readonly handle: string;
  /** Where "er is nieuws" goes, or null for no mail. */
  readonly mail: string | null;
  readonly passphrase: string;
  /** A sheet code made earlier (and printed); default: a new one. */
  readonly sheet?: string;
  /** 0..1 while the passphrase is being worked out (about a second). */
  readonly progress?: (share: number) => void;
}

/**
 * Makes a person with two unlock methods (passphrase and recovery sheet) and registers it. Does not sign in.
 * @returns the id, and the sheet code: the only time it can be shown.
 * @throws {@link Problem} handle-taken, input-malformed, unavailable.
 */
export async function registerPerson(connection: Connection, registration: Registration): Promise<{ person: string; sheetCode: string }> {
  const sheetCode = registration.sheet ?? generateSheetCode();
  const secrets = await newPerson();
  const parameters = newPassphraseParameters();
  const unlocks: UnlockMethod[] = [
    await sealUnlock("passphrase", "Wachtzin", parameters, await passphraseSecret(registration.passphrase, parameters, registration.progress), secrets),
    await sealUnlock("recovery-sheet", "Herstelblad", {}, await sheetSecret(sheetCode), secrets),
  ];
  const body: PersonRegistration = { card: secrets.card, handle: registration.handle.trim().toLowerCase(), mail: registration.mail, unlocks };
  const { person: id } = await connection.post("/api/v1/persons", body, Type.Object({ person: Uuid }));
  return { person: id, sheetCode };
}

/** A person who is known on one device only. */
export interface DevicePerson {
  readonly person: string;
  /** Generated sign-in name; nobody needs to know it, and whoever uses `spare` elsewhere does. */
  readonly handle: string;
  /** Opens the keys on the device: what the device keeps. */
  readonly code: string;
  /** The same on paper, for when the device is gone. The only time it can be shown. */
  readonly spare: string;
}

/** 80 bits of chance in letters a sign-in name may have. */
const deviceHandle = (): string => `toestel-${[...crypto.getRandomValues(new Uint8Array(10))].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;

/**
 * Makes a person without a passphrase or mail, for a partner who has no account: two unlock methods of kind recovery sheet, one for the device to keep and one spare. Does not sign in.
 * @throws {@link Problem} unavailable, quota-reached.
 */
export async function registerDevicePerson(connection: Connection): Promise<DevicePerson> {
  const [handle, code, spare] = [deviceHandle(), generateSheetCode(), generateSheetCode()];
  const secrets = await newPerson();
  const unlocks: UnlockMethod[] = [
    await sealUnlock("recovery-sheet", "Dit toestel", {}, await sheetSecret(code), secrets),
    await sealUnlock("recovery-sheet", "Herstelblad", {}, await sheetSecret(spare), secrets),
  ];
  const body: PersonRegistration = { card: secrets.card, handle, mail: null, unlocks };
  const { person } = await connection.post("/api/v1/persons", body, Type.Object({ person: Uuid }));
  return { person, handle, code, spare };
}

/** What every way of signing in asks for. */
export interface SignInOptions {
  readonly trust: Trust;
  /** Name of this device as the person will see it in the device list. */
  readonly device: string;
}

type OfferedUnlock = Challenge["unlocks"][number];

/** Asks the passkey for its PRF output. Browser: `navigator.credentials.get` with the PRF extension; the salt is the method's own. */
export type PasskeyPrf = (method: { readonly id: string; readonly credential: string; readonly salt: string }) => Promise<Uint8Array>;

/**
 * Signs in with the passphrase.
 * @throws {@link Problem} not-found when the handle or the passphrase is wrong (the two cannot be told apart, by design); unavailable.
 */
export async function signInWithPassphrase(
  connection: Connection,
  options: SignInOptions & { readonly handle: string; readonly passphrase: string; readonly progress?: (share: number) => void },
): Promise<Session> {
  return signIn(connection, options, options.handle, "passphrase", (method) => passphraseSecret(options.passphrase, method.parameters, options.progress));
}

/** Signs in with the code of the recovery sheet. @throws as {@link signInWithPassphrase}; SealError when the code has a typing error. */
export async function signInWithSheet(connection: Connection, options: SignInOptions & { readonly handle: string; readonly code: string }): Promise<Session> {
  const secret = await sheetSecret(options.code);
  return signIn(connection, options, options.handle, "recovery-sheet", async () => secret);
}

/** Signs in with a passkey; tries the first passkey method the handle has. @throws as {@link signInWithPassphrase}, and whatever `prf` throws. */
export async function signInWithPasskey(
  connection: Connection,
  options: SignInOptions & { readonly handle: string; readonly prf: PasskeyPrf },
): Promise<Session> {
  return signIn(connection, options, options.handle, "passkey", async ({ id, parameters }) => {
    const { credential, salt } = parameters;
    if (credential === undefined || salt === undefined) throw new Problem("input-malformed", "The passkey method names no credential", "Sign in another way.");
    return passkeySecret(await options.prf({ id, credential, salt }));
  });
}

/**
 * Comes back with a receipt code: the same code gives the same keys, nothing about it is stored.
 * @throws {@link Problem} receipt-unknown when no dossier belongs to it; SealError receipt-malformed naming the group with the typing error.
 */
export async function signInAsGuest(connection: Connection, options: SignInOptions & { readonly receiptCode: string }): Promise<Session> {
  const person = await guestFromReceipt(options.receiptCode);
  await options.trust.anchor();
  const challenge = await connection.post("/api/v1/sign-in/challenges", { handle: null }, Challenge);
  const statement = await answer(connection, challenge, person.person, person.sign);
  const signedIn = await connection.post("/api/v1/sign-in", { challenge: challenge.challenge, unlock: null, statement, device: options.device }, SignedIn);
  return new Session({ connection, trust: options.trust, person, guest: true, desks: [], expires: signedIn.expires });
}

/** Ends this session, or all of the person's with `everywhere`. @throws {@link Problem} unavailable. */
export async function signOut(session: Session, everywhere = false): Promise<void> {
  await session.connection.command("DELETE", everywhere ? "/api/v1/sessions" : "/api/v1/session");
  session.connection.cookie = null;
}

/** The signed answer to a challenge; `key` is the signer's key id, `audience` the origin this client really talks to. */
const answer = (connection: Connection, challenge: Challenge, person: string | null, key: SignKeyPair) =>
  signStatement(SIGN_IN, { challenge: challenge.challenge, audience: connection.origin, person, key: key.keyId, at: new Date().toISOString() }, key);

const wrong = (): Problem => new Problem("not-found", "This name and this secret do not belong together", "Check both, or use your recovery sheet.");

async function signIn(
  connection: Connection,
  options: SignInOptions,
  handle: string,
  kind: UnlockMethod["kind"],
  secretOf: (method: OfferedUnlock) => Promise<UnlockSecret>,
): Promise<Session> {
  await options.trust.anchor();
  // A person may have several of one kind (two passkeys, an old sheet and a new one): each is tried, under a challenge of its own.
  for (let place = 0; ; place += 1) {
    const challenge = await connection.post("/api/v1/sign-in/challenges", { handle: handle.trim().toLowerCase() }, Challenge);
    const methods = challenge.unlocks.filter((unlock) => unlock.kind === kind);
    const method = methods[place];
    if (method === undefined) throw wrong();
    const secret = await secretOf(method);
    const statement = await answer(connection, challenge, null, await unlockSigner(secret));
    try {
      const signedIn = await sendSignIn(connection, { challenge: challenge.challenge, unlock: method.id, statement, device: options.device });
      return await openSession(connection, { ...options, handle: handle.trim().toLowerCase() }, signedIn, secret);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== "not-found" || place + 1 >= methods.length) throw error;
    }
  }
}

/** Opens what the server gave and makes sure that it is the person's own. */
async function openSession(
  connection: Connection,
  options: SignInOptions & { readonly handle: string },
  signedIn: SignedIn,
  secret: UnlockSecret,
): Promise<Session> {
  if (signedIn.unlock === null) throw new Problem("input-malformed", "The server did not give the sealed keys", "Try again.");
  const person = await openPerson(await openUnlock(signedIn.unlock, secret), signedIn.card);
  if (person.person !== signedIn.person)
    throw new Problem("signature-invalid", "The server signed you in as someone else", "Do not go on; tell whoever runs this server.");
  return new Session({
    connection,
    trust: options.trust,
    person,
    guest: false,
    desks: signedIn.desks,
    unconfirmed: signedIn.unconfirmed ?? [],
    expires: signedIn.expires,
    handle: options.handle,
  });
}

async function sendSignIn(connection: Connection, body: object): Promise<SignedIn> {
  try {
    return await connection.post("/api/v1/sign-in", body, SignedIn);
  } catch (error) {
    if (error instanceof Problem && (error.code === "signature-invalid" || error.code === "not-found")) throw wrong();
    throw error;
  }
}
