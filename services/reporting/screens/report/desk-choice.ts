/** Finds the verified safety desk of an organisation: its signed list of members is what "who reads this" shows. Loads the client when first asked. */
import type { VerifiedDesk } from "#services/directory/client/index.ts";
import { openDoor } from "#services/directory/screens/session.ts";

/** The organisation's safety desk, its roster checked against what this device pinned; null when it has none. @throws Problem signature-invalid when the list is not signed as it should be. */
export async function findSafetyDesk(organisation: string): Promise<VerifiedDesk | null> {
  const { trust } = await openDoor();
  const desks = await trust.desks({ organisation, function: "safety-desk" });
  return desks[0] ?? null;
}
