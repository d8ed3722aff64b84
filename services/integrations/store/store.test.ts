/** Holds the table of integrations to the portable subset of PostgreSQL. */
import { expect, it } from "vitest";
import { checkPortable } from "#services/storage/index.ts";
import { integrationMigrations } from "./migrations.ts";

it("keeps to the portable subset of PostgreSQL", () => {
  expect(checkPortable(integrationMigrations)).toEqual([]);
});
