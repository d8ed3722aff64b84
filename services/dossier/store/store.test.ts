/** Holds the dossier's tables to the portable subset (tech B15). */
import { expect, it } from "vitest";
import { checkPortable } from "#services/storage/index.ts";
import { dossierMigrations } from "./migrations.ts";

it("keeps to the portable subset of PostgreSQL", () => {
  expect(checkPortable(dossierMigrations)).toEqual([]);
});
