/** The desks a signal goes to, found in the directory by organisation and function, each roster verified on this device. Only the raise page uses it; loads the client when first asked. */
import { municipalities } from "#registers/regions/index.ts";
import type { VerifiedDesk } from "#services/directory/client/index.ts";
import type { DeskFunction, Organisation } from "#services/directory/contract/index.ts";
import { openDoor } from "#services/directory/screens/session.ts";
import type { Route } from "#services/signalling/routing/index.ts";
import type { Draft } from "./draft.ts";

/** A place where a desk is needed. */
export interface Stop {
  readonly role: "police" | "prosecution" | "chief-prosecutor";
  /** Null: no such desk here yet. */
  readonly desk: VerifiedDesk | null;
}

/** An employer's desk that may read along if the person wants it. */
export interface Helper {
  readonly desk: VerifiedDesk;
  /** `own`: of the mayor's own gemeente, only after a warning; `neighbour`: where the person lives; `employer`: where they hold office. */
  readonly why: "employer" | "own" | "neighbour";
}

/** Who takes part. */
export interface Road {
  readonly around: boolean;
  readonly stops: readonly Stop[];
  readonly helpers: readonly Helper[];
  /** Police unit and parket, as registers/regions names them. */
  readonly unit: string | null;
  readonly parket: string | null;
}

const functions = { police: "police", prosecution: "om", "chief-prosecutor": "chief-prosecutor" } as const;
const kinds: Readonly<Record<Stop["role"], Organisation["kind"]>> = {
  police: "police",
  prosecution: "public-prosecutor",
  "chief-prosecutor": "public-prosecutor",
};

/**
 * Finds them. The parket of the home address comes first; a desk of the Openbaar Ministerie as a whole serves where a parket has none of its own.
 * A home in an invented gemeente leads to the invented police and OM of the demonstration, and to no real one.
 * @throws Problem signature-invalid when a desk's list is not signed as it should be; unavailable.
 */
export async function findRoad(draft: Draft, way: Route): Promise<Road> {
  const [{ searchOrganisations }, { connection, trust }] = await Promise.all([import("#services/directory/client/index.ts"), openDoor()]);
  const first = async (organisation: string, deskFunction: DeskFunction): Promise<VerifiedDesk | null> =>
    (await trust.desks({ organisation, function: deskFunction }))[0] ?? null;
  const invented = draft.home !== null && !municipalities.has(draft.home.id);
  const among = async (role: Stop["role"]): Promise<string[]> => {
    if (invented)
      return (await searchOrganisations(connection, { kind: kinds[role], limit: 50 })).filter(({ demonstration }) => demonstration).map(({ id }) => id);
    const { region, never } = way;
    if (region === null) return [];
    const wanted = role === "police" ? [region.unit.id] : [region.parket.id, "om"];
    return wanted.filter((id) => !never.some(({ organisation }) => organisation === id));
  };
  const find = async (role: Stop["role"]): Promise<Stop> => {
    for (const organisation of await among(role)) {
      const desk = await first(organisation, functions[role]);
      if (desk !== null) return { role, desk };
    }
    return { role, desk: null };
  };
  const roles: readonly Stop["role"][] = way.around ? ["prosecution", "chief-prosecutor"] : ["police", "prosecution", "chief-prosecutor"];
  const [stops, employer, neighbour] = await Promise.all([
    Promise.all(roles.map(find)),
    draft.office === null ? null : first(draft.office.id, "safety-desk"),
    draft.home === null || draft.home.id === draft.office?.id ? null : first(draft.home.id, "safety-desk"),
  ]);
  const mayor = draft.function === "mayor" || draft.standsIn;
  return {
    around: way.around,
    stops,
    helpers: [
      ...(employer === null ? [] : [{ desk: employer, why: mayor ? ("own" as const) : ("employer" as const) }]),
      ...(neighbour === null ? [] : [{ desk: neighbour, why: "neighbour" as const }]),
    ],
    unit: invented ? null : (way.region?.unit.id ?? null),
    parket: invented ? null : (way.region?.parket.id ?? null),
  };
}
