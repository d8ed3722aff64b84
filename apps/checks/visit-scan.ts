/** A planned scan in the demonstration, made by its players over HTTP as their clients do: the journeys and benches of the visit begin there. */
import { signInWithPassphrase, Connection, memoryTrustStore, Trust, type Session } from "#services/directory/client/index.ts";
import { assign, decideEntitlement, openScan, plan, requestScan, weigh } from "#services/scanning/client/index.ts";
import type { Demonstration } from "./world.ts";

/** Signs a player in, in Node. */
export async function playerSession(world: Demonstration, key: string): Promise<Session> {
  const person = world.file.persons.find((one) => one.key === key);
  if (person === undefined) throw new Error(`the demonstration has no player ${key}`);
  const connection = new Connection({ base: world.url, cookies: "own" });
  const trust = new Trust(connection, memoryTrustStore());
  return await signInWithPassphrase(connection, { trust, device: "toestel van de test", handle: person.handle, passphrase: person.passphrase });
}

/** A scan with an appointment for tomorrow with the adviser. @returns its dossier id. */
export async function plannedScan(
  world: Demonstration,
  sessions: { readonly owner: Session; readonly planner: Session; readonly adviser: Session },
): Promise<string> {
  const desk = (name: string): string => world.file.desks[name] ?? "";
  const { dossier } = await requestScan(sessions.owner, {
    request: {
      name: "Noor Demo",
      function: "alderman",
      organisationName: "Gemeente Demostad (demonstratie)",
      standing: "appointed",
      since: "2024-05-01",
      address: "Demokade 7, Demostad",
      homeMunicipality: "Demostad",
      ontheffing: "not-needed",
      pkvw: { status: "valid", validUntil: "2029-01-01", reason: "" },
      reasons: "Demonstratie: berichten aan huis.",
      householdSize: 4,
      moved: false,
      contact: "Demonstratie: via dit dossier",
    },
    desks: { expert: desk("expert"), authority: desk("authority"), employer: desk("employer") },
  });
  const planner = await openScan(sessions.planner, dossier);
  await decideEntitlement(planner, await weigh(planner));
  await assign(planner, sessions.adviser.person.person, "Demonstratie");
  const adviser = await openScan(sessions.adviser, dossier);
  await plan(adviser, { start: new Date(Date.now() + 86_400_000).toISOString(), minutes: 120, placeNote: "Demonstratie: bel achterom." });
  return dossier;
}
