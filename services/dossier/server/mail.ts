/**
 * Mails "er is nieuws" and nothing else: no name, no dossier, no kind, no phase. apps/server has a job drain it.
 *
 * An outbox table, not a job for each mail: the row is one INSERT in the entry's own transaction over the store's own connection, and grouping per recipient needs a table anyway.
 */
import { createHash } from "node:crypto";
import type { Transporter } from "nodemailer";
import { inTransaction, type Database } from "#services/storage/index.ts";
import { burstFrom, burstMinutes, mailsOfGuests } from "#services/dossier/contract/burst.ts";
import { claimMail, markPending, readBurst, settleMail, takeNews, writeBurst, type NewsTarget } from "#services/dossier/store/news.ts";

/** Notes taken in one transaction. */
const atOnce = 500;
/** At most one mail per address in this time. */
export const mailPauseMinutes = 15;

/** Settings of {@link startNewsMail}. */
export interface NewsMailOptions {
  readonly db: Database;
  /** nodemailer transport (SMTP). */
  readonly transport: Pick<Transporter, "sendMail">;
  /** Sender, for example `Rugdekking <nieuws@example.nl>`. */
  readonly from: string;
  /** Address of the site as it stands in the mail; a start page, never a deep link. */
  readonly site: string;
  readonly clock: () => Date;
  /** Mail addresses of a person, or of the members of a desk, who want mail. */
  addressesOf(trx: Database, target: NewsTarget): Promise<readonly string[]>;
  /** How many dossiers people without an account opened at a desk since a moment; `most` at most. */
  guestsAt(trx: Database, desk: string, since: Date, most: number): Promise<number>;
  /** Told when mail could not be handed over; it is tried again after the pause. Never told an address. */
  readonly onError: (error: unknown) => void;
}

/** A running mailer. */
export interface NewsMail {
  /** One round now; resolves with the number of mails handed over. */
  drain(): Promise<number>;
}

/** Subject and text of every mail this house sends. */
export const newsMail = (site: string): { readonly subject: string; readonly text: string } => ({
  subject: "Er is nieuws",
  text: `Er is nieuws voor u. Ga naar ${site} en meld u aan om het te lezen.\n\nU kunt dit bericht niet beantwoorden.\n`,
});

/** Starts mailing; see {@link NewsMailOptions}. */
export function startNewsMail(options: NewsMailOptions): NewsMail {
  const { db, clock } = options;
  /** Whether this desk is mailed for what guests opened; [Note: One mail for a burst]. */
  const isTold = async (trx: Database, { organisation, desk }: { readonly organisation: string; readonly desk: string }): Promise<boolean> => {
    const at = clock();
    const many = (await options.guestsAt(trx, desk, new Date(at.getTime() - burstMinutes * 60_000), burstFrom)) >= burstFrom;
    const before = await readBurst(trx, organisation, desk);
    const told = mailsOfGuests(many, before, at);
    await writeBurst(trx, organisation, desk, { told: told ? at : (before?.told ?? at), latest: at });
    return told;
  };
  const spreadSome = async (): Promise<number> =>
    inTransaction(db, async (trx) => {
      const { taken, targets: named, guestsOnly } = await takeNews(trx, atOnce);
      const targets: NewsTarget[] = [...named];
      for (const one of guestsOnly) if (await isTold(trx, one)) targets.push({ desk: one.desk });
      const addresses = new Set<string>();
      for (const target of targets) for (const address of await options.addressesOf(trx, target)) addresses.add(address);
      const recipients = [...addresses]
        .toSorted()
        .map((address) => ({ recipient: createHash("sha256").update(address.toLowerCase()).digest("base64url"), address }));
      await markPending(trx, recipients, clock());
      return taken;
    });
  // All of it: behind ten thousand notes of a flood stands the news of somebody else.
  const spread = async (): Promise<void> => {
    while ((await spreadSome()) === atOnce);
  };
  const send = async (): Promise<number> => {
    const now = clock();
    const claims = await claimMail(db, now, new Date(now.getTime() + mailPauseMinutes * 60_000), 100);
    let sent = 0;
    for (const claim of claims) {
      try {
        await options.transport.sendMail({ from: options.from, to: claim.address, ...newsMail(options.site) });
        await settleMail(db, claim);
        sent += 1;
      } catch (error) {
        options.onError(error);
      }
    }
    return sent;
  };
  let running: Promise<number> | null = null;
  const drain = async (): Promise<number> => {
    if (running !== null) await running.catch(() => 0);
    running = spread().then(send);
    return running;
  };
  return { drain };
}
