/** A dossier world with destinations beside it: what every test of this room needs. Invented people; imported by tests only. */
import { sql } from "kysely";
import type { Person } from "@rugdekking/seal";
import { consentOf, drive, grantOf, open, openWorld, submit, workflows, type Desk, type Drive, type World } from "#services/dossier/server/testing.ts";
import { integrationMigrations } from "#services/integrations/store/migrations.ts";
import { outsideOf, type Deliveries } from "./deliver.ts";
import type { Destination } from "./settings.ts";
import { pointerKey } from "./testing-settings.ts";

/** A world in which a municipality with a desk is told of signals. */
export interface ToldWorld extends World {
  readonly owner: Person;
  readonly safety: { readonly desk: Desk; readonly member: Person };
  readonly police: { readonly desk: Desk; readonly member: Person };
  readonly deliveries: Deliveries;
  /** Failures that were none of the list. */
  readonly surprises: unknown[];
  /** Opens a signal with the police, and with the municipality's safety desk when asked. */
  raise(shared: boolean): Promise<Drive>;
  /** The office-holder hands the signal to the municipality's desk, under a consent. @returns the consent. */
  share(dossier: Drive): Promise<string>;
  /** Makes everything due that waits, claims of who was killed too. */
  due(): Promise<void>;
  /** Empties the outbox. */
  clear(): Promise<void>;
}

/** Opens it. `destinations` are those that the dossiers know. */
export async function openTold(destinations: readonly Destination[]): Promise<ToldWorld> {
  const world = await openWorld({ outside: outsideOf(destinations, pointerKey), migrations: integrationMigrations });
  const [owner, atSafety, atPolice] = await Promise.all([world.person(), world.person(), world.person()]);
  const safety = { desk: await world.desk("safety-desk", "gm0000", [atSafety]), member: atSafety };
  const police = { desk: await world.desk("police", "politie-test", [atPolice]), member: atPolice };
  const surprises: unknown[] = [];
  return Object.assign(world, {
    owner,
    safety,
    police,
    surprises,
    deliveries: {
      db: world.db,
      destinations,
      workflows,
      clock: () => new Date(),
      key: pointerKey,
      origin: "https://rugdekking.example.nl",
      onError: (error: unknown) => surprises.push(error),
    },
    raise: async (shared: boolean) => {
      const dossier = drive("signal", owner);
      const named = [{ role: "police" as const, desk: police.desk }, ...(shared ? [{ role: "safety-desk" as const, desk: safety.desk }] : [])];
      const answer = await open(world, dossier, named);
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
      return dossier;
    },
    share: async (dossier: Drive) => {
      const consent = await consentOf(dossier, owner, safety.desk, "safety-desk", { everything: true });
      const grant = await grantOf(dossier, owner, "safety-desk", safety.desk, { consent: consent.hash });
      const answer = await submit(world, dossier, owner, { kind: "message", role: "office-holder", grants: [grant], consents: [consent.statement] });
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
      return consent.hash;
    },
    due: async () => void (await sql`UPDATE dossier_outgoing SET next = now() - interval '1 second' WHERE NOT dead`.execute(world.db)),
    clear: async () => void (await sql`DELETE FROM dossier_outgoing`.execute(world.db)),
  });
}
