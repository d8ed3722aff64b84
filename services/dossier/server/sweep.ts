/** Clears away what has ended by itself: uploads nobody took, worklist lines whose hand-over is over, answer links that are over, old mail pauses. A job that apps/server runs every few minutes. */
import type { DossierServices } from "./services.ts";
import { expireAnswerLinks, forgetAnswerLinks } from "#services/dossier/store/answer-links.ts";
import { forgetBursts, forgetRecipients } from "#services/dossier/store/news.ts";
import { dropOutgoing } from "#services/dossier/store/outgoing.ts";
import { expireUploads, knownUploads } from "#services/dossier/store/uploads.ts";
import { placeOf } from "#services/dossier/store/dossiers.ts";
import { stopTelling } from "#services/dossier/store/terms.ts";
import { endedLines, takeOffWorklist } from "#services/dossier/store/worklist.ts";
import { uploadHours } from "./uploads.ts";

/**
 * One round; safe to run on several servers at once and to break off anywhere: rows go first, bytes after, and bytes without a row go a day later.
 * @returns how much was cleared.
 */
export async function sweep(
  services: Pick<DossierServices, "db" | "blobs" | "clock" | "inTransaction">,
): Promise<{ uploads: number; lines: number; links: number }> {
  const now = services.clock();
  const expired = await expireUploads(services.db, now);
  for (const { id, blob } of expired) {
    if (blob === null) await services.blobs.discard(id);
    else await services.blobs.delete(blob);
  }
  const abandoned = await services.blobs.abandoned(new Date(now.getTime() - uploadHours * 3_600_000));
  const known = abandoned.length === 0 ? new Set<string>() : await knownUploads(services.db, abandoned);
  for (const id of abandoned) if (!known.has(id)) await services.blobs.discard(id);
  const lines = await endedLines(services.db, now, 500);
  for (const line of lines)
    await services.inTransaction(async (trx) => {
      await takeOffWorklist(trx, line, line.dossier);
      await forgetAnswerLinks(trx, line, line.dossier);
      const organisation = await placeOf(trx, line.dossier);
      if (organisation !== null) await stopTelling(trx, organisation, line.dossier, line.desk);
      await dropOutgoing(trx, line.organisation, line.dossier, now);
    });
  const links = await expireAnswerLinks(services.db, now);
  await forgetRecipients(services.db, now);
  await forgetBursts(services.db, new Date(now.getTime() - 24 * 3_600_000));
  return { uploads: expired.length, lines: lines.length, links };
}
