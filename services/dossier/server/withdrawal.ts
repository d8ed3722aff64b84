/** Takes a consent back: from the commit on the desk reads nothing new; called by its route alone. */
import type { Envelope } from "#services/directory/contract/index.ts";
import { forgetAnswerLinks } from "#services/dossier/store/answer-links.ts";
import { lockHead, readHead } from "#services/dossier/store/dossiers.ts";
import { withdrawConsent } from "#services/dossier/store/grants.ts";
import { dropOutgoing } from "#services/dossier/store/outgoing.ts";
import { stopTelling } from "#services/dossier/store/terms.ts";
import { liveGrantExists, takeOffWorklist } from "#services/dossier/store/worklist.ts";
import { Problem } from "#services/problem/index.ts";
import { notFound } from "./access.ts";
import type { DossierServices } from "./services.ts";
import { verifiedWithdrawal } from "./statements.ts";
import type { Author } from "./submission.ts";

/**
 * Withdraws a consent by the statement of the person who gave it; a second time it is done already.
 * @throws {@link Problem} not-found, signature-invalid, statement-mismatch, consent-missing
 */
export async function acceptWithdrawal(services: DossierServices, dossier: string, author: Author, statement: Envelope): Promise<void> {
  const seen = await readHead(services.db, dossier);
  if (seen === null || seen.owner !== author.person) throw notFound();
  const { payload, hash } = await verifiedWithdrawal(statement, author.signPublicKey);
  if (payload.dossier !== dossier || payload.by !== author.person)
    throw new Problem("statement-mismatch", "/statement is about another dossier or by another person", "Sign a withdrawal for this dossier.");
  const done = await services.inTransaction(async (trx) => {
    await lockHead(trx, seen.organisation, dossier);
    const at = services.clock();
    const outcome = await withdrawConsent(trx, seen.organisation, dossier, payload.consent, statement, at);
    if (outcome === "unknown")
      throw new Problem("consent-missing", "/statement names a consent that was never given in this dossier", "Read the dossier's consents.");
    if (outcome === "before") return false;
    const desk = (await services.directory.desks(trx, [outcome.desk])).get(outcome.desk);
    if (desk !== undefined && !(await liveGrantExists(trx, seen.organisation, dossier, desk.id, at))) {
      await takeOffWorklist(trx, { desk: desk.id, organisation: desk.organisation }, dossier);
      await forgetAnswerLinks(trx, { desk: desk.id, organisation: desk.organisation }, dossier);
      await dropOutgoing(trx, desk.organisation, dossier, at);
      await stopTelling(trx, seen.organisation, dossier, desk.id);
    }
    await services.ledger.enqueue(trx, [{ what: "consent-withdrawal", hash }]);
    return true;
  });
  if (done) await services.ledger.proofOf(hash);
}
