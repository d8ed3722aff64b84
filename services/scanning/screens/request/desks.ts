/** Finds the verified desks a request goes to: their signed lists of members are what the consents show. Loads the client when first asked. */
import type { VerifiedDesk } from "#services/directory/client/index.ts";
import { openDoor } from "#services/directory/screens/session.ts";

/** The desks of the road that there are; `expert` may be more than one team. */
export interface RoadDesks {
  readonly expert: readonly VerifiedDesk[];
  readonly authority: VerifiedDesk | null;
  readonly employer: VerifiedDesk | null;
}

/** Each desk's roster is checked against what this device pinned. @throws Problem signature-invalid when a list is not signed as it should be; unavailable. */
export async function findDesks(organisation: string): Promise<RoadDesks> {
  const { trust } = await openDoor();
  const [expert, authority, employer] = await Promise.all([
    trust.desks({ function: "expert-desk" }),
    trust.desks({ function: "authority" }),
    trust.desks({ organisation, function: "employer" }),
  ]);
  return { expert, authority: authority[0] ?? null, employer: employer[0] ?? null };
}
