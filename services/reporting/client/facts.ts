/** The anonymous facts of a report: what was filed, and how it was closed, in the coarse classes of services/figures/contract. Made by file.ts and steps.ts on the writer's device; nothing is sent from here. */
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { formClasses, functionClassOf, type ChannelClass } from "#services/figures/contract/facts.ts";
import type { BareFact } from "#services/figures/contract/sink.ts";
import { ActionBody, ReportBody, type IncidentChannel } from "#services/reporting/contract/index.ts";

const channelOf: Readonly<Record<IncidentChannel, ChannelClass>> = {
  "social-media": "social-media",
  website: "social-media",
  "e-mail": "message",
  messaging: "message",
  phone: "phone",
  letter: "letter",
  "in-person": "in-person",
  "at-home": "in-person",
  other: "other",
};
/** What came over the internet, as the Monitor counts it. */
const online: ReadonlySet<IncidentChannel> = new Set(["social-media", "website", "e-mail", "messaging"]);

/** What a filed report leaves behind. */
export const filedFact = (body: Pick<ReportBody, "what" | "channel" | "function">): Extract<BareFact, { readonly kind: "report-filed" }> => ({
  version: 1,
  kind: "report-filed",
  function: functionClassOf(body.function),
  // Doxing has a field of its own.
  forms: formClasses.filter((form) => body.what.includes(form)),
  channel: body.channel === null ? "unknown" : channelOf[body.channel],
  online: body.channel === null || body.channel === "other" ? null : online.has(body.channel),
  doxing: body.what.includes("doxing"),
});

/** What a closed report leaves behind; for the desk, which can read all of it. @throws Problem role-forbidden (no key), input-malformed. */
export async function closedFact(handle: DossierHandle): Promise<Extract<BareFact, { readonly kind: "report-closed" }>> {
  const first = handle.newest("report");
  const actions = await Promise.all(
    handle.entries.filter(({ header }) => header.kind === "action").map(async (entry) => await handle.readBody(entry, ActionBody)),
  );
  return {
    version: 1,
    kind: "report-closed",
    function: functionClassOf(first === null ? null : (await handle.readBody(first, ReportBody)).function),
    complaint: actions.some(({ type }) => type === "complaint"),
    weighed: handle.newest("seriousness") !== null,
    followUp: actions.some(({ type }) => type !== "complaint"),
  };
}
