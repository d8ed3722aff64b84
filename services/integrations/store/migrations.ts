/** The one table of this room, in the portable subset; run by apps/server through services/storage. Frozen: imports nothing living. */
export const integrationMigrations: readonly { readonly id: string; readonly statement: string }[] = [
  {
    id: "integrations-001-zaak",
    statement: `CREATE TABLE dossier_zaak (
      organisation text NOT NULL,
      destination text NOT NULL,
      dossier uuid NOT NULL,
      url text NOT NULL,
      status text,
      PRIMARY KEY (organisation, destination, dossier))`,
  },
];
