/** Turns signed statements into checked values for the dossier's server room; nothing further in looks at bytes nobody vouched for. */
import type { Static, TSchema } from "typebox";
import { Compile, type Validator } from "typebox/compile";
import { digestOf, readStatement, SealError, verifyStatement } from "@rugdekking/seal/verify";
import { ConsentPayload, ConsentWithdrawalPayload, EntryHeader, GrantPayload, statementTypes, type GrantDelivery } from "#services/dossier/contract/index.ts";
import type { Envelope } from "#services/directory/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import type { Consent } from "#services/dossier/store/grants.ts";

/** A statement whose signature and shape are checked. */
export interface Verified<T> {
  readonly payload: T;
  /** Statement hash: its name in chains, consents and the log. */
  readonly hash: string;
  readonly statement: Envelope;
}

/** The problem a client understands for what the seal engine found; other errors pass unchanged. */
export function sealProblem(error: unknown, where: string): unknown {
  if (!(error instanceof SealError)) return error;
  if (error.code === "signature-invalid")
    return new Problem("signature-invalid", `${where}: ${error.message}`, "Sign the statement with the registered key of the one who states it.");
  return new Problem("input-malformed", `${where}: ${error.message}`, "Send the statement exactly as the contract describes it.");
}

/** A statement of the given type and shape, signed by `signPublicKey`. @throws {@link Problem} signature-invalid, input-malformed */
export async function verifiedStatement<S extends TSchema>(
  validator: Validator<Record<string, never>, S>,
  envelope: Envelope,
  type: string,
  signPublicKey: string,
  where: string,
): Promise<Verified<Static<S>>> {
  try {
    const { payload, hash } = await verifyStatement(envelope, type, signPublicKey);
    if (!validator.Check(payload)) {
      const first = validator.Errors(payload)[0];
      throw new Problem(
        "input-malformed",
        `${where}: the signed payload is not of the agreed shape at ${first?.instancePath === undefined || first.instancePath === "" ? "/" : first.instancePath}`,
        "Build the statement as the contract describes it and sign again.",
      );
    }
    return { payload: payload as Static<S>, hash, statement: envelope };
  } catch (error) {
    throw sealProblem(error, where);
  }
}

const entryHeader = Compile(EntryHeader);
const grantPayload = Compile(GrantPayload);
const consentPayload = Compile(ConsentPayload);
const withdrawalPayload = Compile(ConsentWithdrawalPayload);

/** The header of an entry, signed by `signPublicKey`. @throws {@link Problem} signature-invalid, input-malformed */
export const verifiedEntry = (envelope: Envelope, signPublicKey: string): Promise<Verified<EntryHeader>> =>
  verifiedStatement(entryHeader, envelope, statementTypes.entry, signPublicKey, "/entry");

/** A consent signed by the person whose dossier it is. @throws {@link Problem} signature-invalid, input-malformed */
export const verifiedConsent = (envelope: Envelope, signPublicKey: string, at: number): Promise<Consent> =>
  verifiedStatement(consentPayload, envelope, statementTypes.consent, signPublicKey, `/consents/${at}`);

/** The payload of a consent that was verified when it was stored. @throws {@link Problem} input-malformed when the stored row was tampered with */
export function storedConsent(envelope: Envelope): ConsentPayload {
  const payload = readStatement(envelope);
  if (!consentPayload.Check(payload))
    throw new Problem("input-malformed", "A stored consent is not of the agreed shape", "Tell the operator: the database was changed from outside.");
  return payload;
}

/** The withdrawal of a consent. @throws {@link Problem} signature-invalid, input-malformed */
export const verifiedWithdrawal = (envelope: Envelope, signPublicKey: string): Promise<Verified<Static<typeof ConsentWithdrawalPayload>>> =>
  verifiedStatement(withdrawalPayload, envelope, statementTypes.consentWithdrawal, signPublicKey, "/statement");

/** A hand-over with the sealed keys it names. */
export interface VerifiedGrant extends Verified<GrantPayload> {
  readonly sealed: Readonly<Record<string, string>>;
}

/** Names and digests of the sealed keys a grant statement promises. */
function promisedKeys(keys: GrantPayload["keys"]): Map<string, string> {
  switch (keys.scope) {
    case "dossier":
      return new Map([["dossier", keys.digest]]);
    case "channel":
      return new Map([[`channel:${keys.channel}`, keys.digest]]);
    case "items":
      return new Map(keys.items.map(({ item, digest }) => [item, digest]));
  }
}

/**
 * A hand-over signed by `signPublicKey`, delivered with exactly the sealed keys it names.
 * @throws {@link Problem} signature-invalid, input-malformed, digest-mismatch
 */
export async function verifiedGrant(delivery: GrantDelivery, signPublicKey: string, at: number): Promise<VerifiedGrant> {
  const where = `/grants/${at}`;
  const grant = await verifiedStatement(grantPayload, delivery.statement, statementTypes.grant, signPublicKey, where);
  const promised = promisedKeys(grant.payload.keys);
  const names = Object.keys(delivery.sealed);
  if (names.length !== promised.size || (grant.payload.keys.scope === "items" && promised.size !== grant.payload.keys.items.length)) {
    throw new Problem(
      "statement-mismatch",
      `${where}: ${names.length} sealed keys came for ${promised.size} named ones`,
      "Deliver exactly the keys the statement names, each once.",
    );
  }
  for (const [name, digest] of promised) {
    const sealed = Object.hasOwn(delivery.sealed, name) ? delivery.sealed[name] : undefined;
    if (sealed === undefined)
      throw new Problem("statement-mismatch", `${where}: the sealed key ${name} is missing`, "Deliver exactly the keys the statement names.");
    if ((await digestOf(new TextEncoder().encode(sealed))) !== digest)
      throw new Problem(
        "digest-mismatch",
        `${where}: the sealed key ${name} is not the one the statement names`,
        "Deliver the sealed key that was signed for.",
      );
  }
  return { ...grant, sealed: delivery.sealed };
}
