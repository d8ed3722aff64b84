/** Unlocking without a server: the wrapped keys a device keeps so that its person, and nobody else, opens what lies sealed on it. Called by screens; the browser's store is in `kept-browser.ts`. */
import { openPerson, openUnlock, passkeySecret, passphraseSecret, sheetSecret, type Person, type UnlockSecret } from "@rugdekking/seal";
import { SealError } from "@rugdekking/seal/verify";
import Type, { type Static } from "typebox";
import { Envelope, UnlockMethod, Uuid } from "#services/directory/contract/index.ts";
import { listUnlocks } from "./account.ts";
import type { Session } from "./session.ts";
import type { PasskeyPrf } from "./sign-in.ts";

/**
 * A person as a device keeps them: exactly what the server keeps and hands out after sign-in, and nothing more. Without passphrase, sheet or passkey it opens nothing; whoever
 * takes the device can try passphrases on it, as slowly as Argon2id makes each try.
 */
export const KeptPerson = Type.Object(
  { version: Type.Literal(1), person: Uuid, card: Envelope, unlocks: Type.Array(UnlockMethod, { maxItems: 12 }), desks: Type.Array(Uuid) },
  { additionalProperties: false },
);
/** A person as a device keeps them. */
export type KeptPerson = Static<typeof KeptPerson>;

/** What the device should keep of whoever is signed in. @throws {@link Problem} session-missing, unavailable. */
export async function keptPersonOf(session: Session): Promise<KeptPerson> {
  return { version: 1, person: session.person.person, card: session.person.card, unlocks: await listUnlocks(session), desks: [...session.desks] };
}

/** What someone unlocks with. */
export type HeldSecret =
  | { readonly kind: "passphrase"; readonly passphrase: string; readonly progress?: (share: number) => void }
  | { readonly kind: "recovery-sheet"; readonly code: string }
  | { readonly kind: "passkey"; readonly prf: PasskeyPrf };

async function secretFor(method: UnlockMethod, held: HeldSecret): Promise<UnlockSecret> {
  if (held.kind === "recovery-sheet") return sheetSecret(held.code);
  if (held.kind === "passphrase") return passphraseSecret(held.passphrase, method.parameters, held.progress);
  const { credential = "", salt = "" } = method.parameters;
  return passkeySecret(await held.prf({ id: method.id, credential, salt }));
}

/**
 * Opens a kept person, trying every method of the kind that is held.
 * @returns null when the secret belongs to none of them.
 * @throws SealError sheet-malformed (a typing error in the code), card-mismatch; whatever `prf` throws.
 */
export async function openKept(kept: KeptPerson, held: HeldSecret): Promise<Person | null> {
  for (const method of kept.unlocks.filter(({ kind }) => kind === held.kind)) {
    try {
      return await openPerson(await openUnlock(method, await secretFor(method, held)), kept.card);
    } catch (error) {
      if (!(error instanceof SealError) || error.code !== "unlock-wrong") throw error;
    }
  }
  return null;
}
