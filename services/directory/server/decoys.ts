/** Unlock methods for sign-in names nobody has, and recovery for names that have none, so that asking does not tell who has what. For the routes of sign-in and recovery. */
import { createHmac } from "node:crypto";
import type { Challenge, UnlockMethod } from "#services/directory/contract/index.ts";

type Offered = Challenge["unlocks"][number];

/** What a new account's passphrase costs (engines/seal, default cost): a decoy must not be cheaper. */
const decoyCost = { memoryKiB: 65536, passes: 3, lanes: 1 } as const;

/** Labels as the sign-in page shows them. A person's own labels ("telefoon van …") are told only after sign-in. */
const labels: Record<UnlockMethod["kind"], string> = { passphrase: "Wachtzin", "recovery-sheet": "Herstelblad", passkey: "Passkey" };

/** A real method as it is offered before sign-in: without the label its owner gave it. */
export const offered = (method: UnlockMethod): Offered => ({ id: method.id, kind: method.kind, label: labels[method.kind], parameters: method.parameters });

/** An id like those of real methods (UUIDv4 in shape, made from a MAC: engines/seal [Note: method id]); the same at every asking. */
function decoyId(secret: Uint8Array, handle: string, kind: UnlockMethod["kind"] | "recovery"): string {
  const bytes = keyed(secret, `id ${kind} ${handle}`);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex", 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Id of the recovery that a name without one seems to have: like a real one it is the same at every asking and tells no moment. */
export const decoyRecovery = (secret: Uint8Array, handle: string): string => decoyId(secret, handle, "recovery");

/** What an unknown name is offered: a passphrase and a recovery sheet, as nearly every account has; always the same for the same name. */
export function decoys(secret: Uint8Array, handle: string): Offered[] {
  const salt = keyed(secret, `salt ${handle}`).subarray(0, 16).toString("base64url");
  return [
    { id: decoyId(secret, handle, "passphrase"), kind: "passphrase", label: labels.passphrase, parameters: { salt, ...decoyCost } },
    { id: decoyId(secret, handle, "recovery-sheet"), kind: "recovery-sheet", label: labels["recovery-sheet"], parameters: {} },
  ];
}

const keyed = (secret: Uint8Array, text: string): Buffer => createHmac("sha256", secret).update(text).digest();
