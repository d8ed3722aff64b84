/** The anonymous facts of a request for help: that it was asked, and how it ended, in the coarse classes of services/figures/contract. Made by request.ts and steps.ts on the writer's device; nothing is sent from here. */
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { functionClassOf, helpClasses, type HelpClass } from "#services/figures/contract/facts.ts";
import type { BareFact } from "#services/figures/contract/sink.ts";
import { HelpOfferBody, type HelpOutcomeBody, type HelpRequestBody, type HelpSituation } from "#services/support/contract/index.ts";

/** Coarse on purpose: thoughts of death and trouble at home stand among everything that weighs on someone. */
const classOf: Readonly<Record<HelpSituation, HelpClass>> = {
  threat: "threat",
  violence: "threat",
  "at-home": "threat",
  doxing: "online",
  "online-hate": "online",
  discrimination: "pressure",
  pressure: "pressure",
  private: "strain",
  burden: "strain",
  dark: "strain",
  none: "none",
};

/** What asking for help leaves behind. */
export function askedFact({ answers, acute }: Pick<HelpRequestBody, "answers" | "acute">): Extract<BareFact, { readonly kind: "help-asked" }> {
  const why = new Set(answers.situations.map((situation) => classOf[situation]));
  return { version: 1, kind: "help-asked", function: functionClassOf(answers.seeker), why: helpClasses.filter((one) => why.has(one)), acute };
}

/** What the end of a request leaves behind; for the team. @throws Problem role-forbidden (no key), input-malformed. */
export async function givenFact(handle: DossierHandle, outcome: HelpOutcomeBody["outcome"]): Promise<Extract<BareFact, { readonly kind: "help-given" }>> {
  const offer = handle.newest("help-offer");
  return { version: 1, kind: "help-given", outcome, by: offer === null ? null : (await handle.readBody(offer, HelpOfferBody)).by };
}
