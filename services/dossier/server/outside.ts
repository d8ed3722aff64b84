/**
 * Which systems outside this house hear of a change in a dossier. Called by submission.ts in the entry's transaction, and by reading.ts.
 *
 * [Note: Who is told outside] The systems of an organisation hear what a desk of that organisation would hear, and only that: its desk has part in the dossier, the hand-over is in force, and the entry is one that
 * desk may see. So the zaaksysteem of a municipality does not learn of a signal by an office-holder of that municipality until the person consented to a hand-over to a desk there, and not of anything
 * after that consent was withdrawn: what still waits then is dropped.
 */
import type { DossierHead, Participant } from "#services/dossier/store/dossiers.ts";
import type { OutgoingChange } from "#services/dossier/store/outgoing.ts";
import type { Outside } from "./services.ts";

/** Organisations whose desk as a whole has part, with since when; a desk that was lent single items is a guest, and an adviser acts for their desk. */
function organisationsOf(participants: readonly Participant[]): Map<string, Date> {
  const since = new Map<string, Date>();
  for (const { desk, deskOrganisation, person, scope, since: began } of participants) {
    if (desk === null || deskOrganisation === null || person !== null || scope === "items") continue;
    const known = since.get(deskOrganisation);
    if (known === undefined || began < known) since.set(deskOrganisation, began);
  }
  return since;
}

/** What is to be told of a change that reached these participants. */
export function outgoingOf(outside: Outside | undefined, head: DossierHead, reached: readonly Participant[]): OutgoingChange[] {
  if (outside === undefined) return [];
  return [...organisationsOf(reached)].flatMap(([organisation, since]) =>
    outside.destinationsOf(organisation, head.kind).map((destination) => ({
      organisation,
      destination,
      dossier: head.id,
      seq: head.lastSeq,
      kind: head.kind,
      phase: head.phase,
      since,
      at: head.changed,
    })),
  );
}

/** The names under which systems of the organisations of these participants know the dossier; none when none of them is told. */
export function outsideNames(outside: Outside | undefined, head: DossierHead, seen: readonly Participant[]): string[] {
  if (outside === undefined) return [];
  return [...organisationsOf(seen).keys()]
    .filter((organisation) => outside.destinationsOf(organisation, head.kind).length > 0)
    .map((organisation) => outside.pointerOf(organisation, head.id));
}
