/** Weighing the claim of an opened scan, and recording the desk's decision. Called by screens and the CLI; the rules themselves are in services/scanning/entitlement. */
import { append, type DossierHandle } from "#services/dossier/client/index.ts";
import type { Receipt } from "#services/dossier/contract/index.ts";
import { dutchDay } from "#services/dossier/workflow/terms.ts";
import { Problem } from "#services/problem/index.ts";
import { EntitlementBody, type Situation } from "#services/scanning/contract/index.ts";
import { decide, entitlementBodyOf, recordedSettings, situationOf, withSettings, type Added, type Decision } from "#services/scanning/entitlement/index.ts";
import { newestInRound, requestOf } from "./round.ts";

type Settings = ReturnType<typeof withSettings>;

/** A claim as it stands: the facts, the settings, and what the rules make of them. */
export interface Weighed {
  readonly situation: Situation;
  readonly settings: Settings;
  readonly decision: Decision;
}

/** What the desk may know beside the request. */
export type KnownFacts = Partial<Omit<Situation, "function" | "on" | "advice">>;

/** What of the advice is there in the present round. */
function adviceSoFar(handle: DossierHandle): Situation["advice"] {
  const adoption = newestInRound(handle, "adoption");
  return {
    analysis: newestInRound(handle, "threat-analysis") !== null,
    assessment: newestInRound(handle, "risk-assessment") !== null,
    adoptedOn: adoption === null ? null : dutchDay(new Date(adoption.header.at)),
    forThisHome: true,
  };
}

/**
 * Weighs the claim for today: from the facts of the desk's decision in this round where there is one, else from the request, and from what is there of the advice.
 * @param known facts that go before those; @param chosen settings that go before those of the decision
 * @throws {@link Problem} not-found without a request, role-forbidden; `SituationError` when the facts contradict each other.
 */
export async function weigh(handle: DossierHandle, known: KnownFacts = {}, chosen: Partial<Settings> = {}): Promise<Weighed> {
  const request = await requestOf(handle);
  if (request === null) throw new Problem("not-found", `Dossier ${handle.id} holds no request that you may read`, "Open a scan of your own or of your desk.");
  const entry = newestInRound(handle, "entitlement");
  const recorded = entry === null ? undefined : (await handle.readBody(entry, EntitlementBody)).weighed;
  const on = dutchDay(new Date());
  const first = recorded === undefined ? situationOf(request, on) : { ...recorded.situation, on };
  const settings = withSettings({ ...(recorded === undefined ? {} : recordedSettings(recorded.settings)), ...chosen });
  const situation: Situation = { ...first, ...known, advice: adviceSoFar(handle) };
  return { situation, settings, decision: decide(situation, settings) };
}

/** Name and office of the reader in the signed roster of the desk that decides; empty when they are not in it. @throws {@link Problem} signature-invalid, unavailable. */
export async function deciderOf(handle: DossierHandle): Promise<string> {
  for (const { role, desk } of handle.view.participants) {
    if (role !== "expert-desk" || desk === null) continue;
    const member = (await handle.session.trust.desk(desk)).roster.members.find(({ person }) => person === handle.session.person.person);
    if (member === undefined) continue;
    return [member.name, member.office]
      .filter((part) => part !== "")
      .join(", ")
      .slice(0, 400);
  }
  return "";
}

/**
 * Records what was decided: `entitle` when the scan may begin, `point` when the person is led elsewhere. The words are those of the law's sentences in Dutch, kept with each condition in both languages.
 * @throws {@link Problem} role-forbidden, phase-forbidden, requirement-missing when the desk decides against the rules without a word.
 */
export async function decideEntitlement(
  handle: DossierHandle,
  { situation, settings, decision }: Weighed,
  added: Omit<Added, "settings"> = {},
): Promise<Receipt> {
  const body = entitlementBodyOf(decision, situation, "nl", { ...added, settings });
  if (body.weighed?.against === true && body.weighed.words === "")
    throw new Problem("requirement-missing", "The decision differs from what the rules say and gives no reason", "Write in a few words why.");
  return append(handle, { kind: "entitlement", action: body.entitled ? "entitle" : "point", body: { ...body, version: 1 } satisfies EntitlementBody });
}
