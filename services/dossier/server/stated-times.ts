/** Refuses a statement whose time no reader's client would believe, before it is in the chain for good; the submission asks. */
import { mayFollow, takenAhead } from "@rugdekking/seal/verify";
import type { EntryHeader } from "#services/dossier/contract/index.ts";
import type { DossierHead } from "#services/dossier/store/dossiers.ts";
import { Problem } from "#services/problem/index.ts";
import type { Transaction } from "#services/storage/index.ts";
import type { DeskFacts } from "./hand-overs.ts";
import type { DossierServices } from "./services.ts";
import type { Author } from "./submission.ts";
import type { VerifiedGrant } from "./statements.ts";

const mend = "Set the clock of this device right (let it set the time by itself), then sign again.";

/**
 * The stated times of an entry and of the hand-overs that came along: not ahead of the server's clock, not before what was stated before, and for a desk's member within
 * the time of a roster that names them.
 * @param head as it was before this entry; @param desk the desk the author signs for, held by this transaction; null for who signs as a person
 * @throws {@link Problem} clock-off
 */
export async function checkStatedTimes(
  services: DossierServices,
  trx: Transaction,
  head: Pick<DossierHead, "stated">,
  { header, grants, author, desk, at }: { header: EntryHeader; grants: readonly VerifiedGrant[]; author: Author; desk: DeskFacts | null; at: Date },
): Promise<void> {
  const stated = [{ where: "/entry", moment: header.at }, ...grants.map(({ payload }, index) => ({ where: `/grants/${index}`, moment: payload.at }))];
  for (const { where, moment } of stated)
    if (Date.parse(moment) > at.getTime() + takenAhead)
      throw new Problem("clock-off", `${where} states ${moment}, and the server's clock says ${at.toISOString()}: that is still to come`, mend);
  if (!mayFollow(head.stated?.toISOString() ?? null, header.at))
    throw new Problem(
      "clock-off",
      `/entry states ${header.at}, more than 5 minutes before ${head.stated?.toISOString()}, which an entry before it states`,
      mend,
    );
  if (desk === null) return;
  for (const { where, moment } of stated)
    if (!(await services.directory.inOffice(trx, desk, author, moment)))
      throw new Problem("clock-off", `${where} states ${moment}, when no roster of the desk named the author`, mend);
}
