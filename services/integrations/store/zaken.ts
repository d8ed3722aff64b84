/** Which zaak stands for which dossier, as far as this house saw it made; for this service's server room. */
import { sql } from "kysely";
import type { OutgoingChange } from "#services/dossier/store/outgoing.ts";
import type { Database, Transaction } from "#services/storage/index.ts";

/** Whose zaak. */
export type ZaakKey = Pick<OutgoingChange, "organisation" | "destination" | "dossier">;

/** A zaak of ours. */
export interface KnownZaak {
  readonly url: string;
  /** Statustype it was given last; null when none. */
  readonly status: string | null;
}

/** Null when no zaak is known here (one may be there: an answer can get lost). */
export async function readZaak(db: Database, { organisation, destination, dossier }: ZaakKey): Promise<KnownZaak | null> {
  const { rows } = await sql<KnownZaak>`SELECT url, status FROM dossier_zaak
    WHERE organisation = ${organisation} AND destination = ${destination} AND dossier = ${dossier}`.execute(db);
  return rows[0] ?? null;
}

/** Remembers the zaak and its status. */
export async function rememberZaak(db: Database, { organisation, destination, dossier }: ZaakKey, { url, status }: KnownZaak): Promise<void> {
  await sql`INSERT INTO dossier_zaak (organisation, destination, dossier, url, status) VALUES (${organisation}, ${destination}, ${dossier}, ${url}, ${status})
    ON CONFLICT (organisation, destination, dossier) DO UPDATE SET url = EXCLUDED.url, status = EXCLUDED.status`.execute(db);
}

/** A dossier is erased: which zaak it was in a system outside is forgotten. The zaak itself is that system's own. */
export async function forgetZaken(trx: Transaction, dossier: string): Promise<void> {
  await sql`DELETE FROM dossier_zaak WHERE dossier = ${dossier}`.execute(trx);
}
