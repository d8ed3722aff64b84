/** A person's rights from the client: what is held, erasing and undoing, holds. Called by screens. */
import { signStatement } from "@rugdekking/seal";
import type { Session } from "#services/directory/client/session.ts";
import { ErasureReceipt, Erasures, erasureTypes, ErasureView, type ErasureRequestPayload } from "#services/dossier/contract/erasure.ts";
import { Insight } from "#services/rights/contract/index.ts";

/** Everything the server holds of the caller in the clear. @throws Problem session-missing, quota-reached */
export const readInsight = async (session: Session): Promise<Insight> => await session.connection.get("/api/v1/insight", Insight);

/** What of the caller's is being erased, and receipts of what was. @throws Problem session-missing */
export const readErasures = async (session: Session): Promise<Erasures> => await session.connection.get("/api/v1/erasures", Erasures);

async function requestOf(session: Session, of: ErasureRequestPayload["of"], subject: string): Promise<object> {
  const payload: ErasureRequestPayload = { of, subject, by: session.person.person, audience: session.connection.origin, at: new Date().toISOString() };
  return { statement: await signStatement(erasureTypes.request, payload, session.person.sign) };
}

/** Asks that a dossier of the caller's is erased. @throws Problem not-found, role-forbidden */
export const eraseDossier = async (session: Session, dossier: string): Promise<ErasureView> =>
  await session.connection.post(`/api/v1/dossiers/${dossier}/erasure`, await requestOf(session, "dossier", dossier), ErasureView);

/** Undoes that. @throws Problem phase-forbidden once it has begun */
export const keepDossier = async (session: Session, dossier: string): Promise<void> =>
  await session.connection.command("DELETE", `/api/v1/dossiers/${dossier}/erasure`);

/** Erases the caller's account for good. @returns the receipt: nobody can ask for it later. @throws Problem requirement-missing */
export const eraseAccount = async (session: Session): Promise<ErasureReceipt> =>
  await session.connection.post("/api/v1/account/erasure", await requestOf(session, "account", session.person.person), ErasureReceipt);
