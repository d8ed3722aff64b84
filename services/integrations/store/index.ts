/** The one door of this store for apps/server: its migrations. */
export { integrationMigrations } from "./migrations.ts";
