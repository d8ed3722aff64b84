/** The one door of this store for apps/server: its migrations, and what goes when a dossier is erased. */
export { integrationMigrations } from "./migrations.ts";
export { forgetZaken } from "./zaken.ts";
