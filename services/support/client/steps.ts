/** The steps of a request for help after it was asked, one function each; the workflow table says who may take which. */
import { append, type DossierHandle } from "#services/dossier/client/index.ts";
import type { MessageBody, WithdrawalBody } from "#services/dossier/contract/bodies.ts";
import type { Receipt } from "#services/dossier/contract/index.ts";
import { leaveFact } from "#services/figures/contract/sink.ts";
import { HelpRequestBody, type HelpOfferBody, type HelpOutcomeBody } from "#services/support/contract/index.ts";
import { givenFact } from "./facts.ts";

const message = (handle: DossierHandle, action: string | null, text: string): Promise<Receipt> =>
  append(handle, { kind: "message", action, body: { version: 1, text, attachments: [] } satisfies MessageBody });

/** The team takes it up, with a first word to the person. @throws Problem role-forbidden, phase-forbidden (someone else did). */
export const takeUpHelp = (handle: DossierHandle, text: string): Promise<Receipt> => message(handle, "take-up", text);

/** A message, either way. @throws Problem role-forbidden. */
export const sendHelpMessage = (handle: DossierHandle, text: string): Promise<Receipt> => message(handle, null, text);

/** Opens a closed request again. @throws Problem phase-forbidden unless closed. */
export const reopenHelp = (handle: DossierHandle, text: string): Promise<Receipt> => message(handle, "reopen", text);

/** Names who helps; the first one makes the contact. @throws Problem role-forbidden, phase-forbidden. */
export const offerHelp = (handle: DossierHandle, body: Omit<HelpOfferBody, "version">): Promise<Receipt> =>
  append(handle, { kind: "help-offer", action: handle.view.phase === "taken-up" ? "contact" : null, body: { ...body, version: 1 } satisfies HelpOfferBody });

/** Closes with a last word to the person. @throws Problem role-forbidden, phase-forbidden. */
export async function closeHelp(handle: DossierHandle, body: Omit<HelpOutcomeBody, "version">): Promise<Receipt> {
  const receipt = await append(handle, { kind: "outcome", action: "close", body: { ...body, version: 1 } satisfies HelpOutcomeBody });
  leaveFact(async () => ({ dossier: handle.id, person: handle.session.person.person, organisation: null, fact: await givenFact(handle, body.outcome) }));
  return receipt;
}

/** The person ends it; no reason is needed. @throws Problem role-forbidden. */
export const withdrawHelp = (handle: DossierHandle, reason = ""): Promise<Receipt> =>
  append(handle, { kind: "withdrawal", action: "withdraw", body: { version: 1, reason } satisfies WithdrawalBody });

/** What was asked first; null for a reader without a key to it. @throws Problem digest-mismatch, input-malformed. */
export async function requestedHelp(handle: DossierHandle): Promise<HelpRequestBody | null> {
  const entry = handle.entries.find(({ header, readable }) => readable && header.kind === "help-request");
  return entry === undefined ? null : await handle.readBody(entry, HelpRequestBody);
}
