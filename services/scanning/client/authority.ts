/** The security authority's steps: return with reasons, or adopt with a signature and hand the employer what to provide. */
import { append, consentFor, type DossierEntry, type DossierHandle } from "#services/dossier/client/index.ts";
import type { Receipt } from "#services/dossier/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import { AdviceBody, RequestBody, type AdoptionBody, type ProvisionListBody, type ReturnBody } from "#services/scanning/contract/index.ts";
import { provisionListOf } from "#services/scanning/contract/provision.ts";

function newestAdvice(handle: DossierHandle): DossierEntry {
  const advice = handle.newest("advice");
  if (advice === null) throw new Problem("requirement-missing", "There is no advice to decide on", "Read the dossier again.");
  return advice;
}

/** Sends the newest advice back, with a reason per section. @throws {@link Problem} role-forbidden, own-work, phase-forbidden. */
export function returnAdvice(handle: DossierHandle, reasons: ReturnBody["reasons"], note = ""): Promise<Receipt> {
  const { body } = newestAdvice(handle).header;
  return append(handle, { kind: "return", action: "return", decides: body, body: { version: 1, decided: body, reasons, note } satisfies ReturnBody });
}

/** What adopting gives: the receipt of the signed decision, and that of the list handed to the employer. */
export interface Adopted {
  readonly adoption: Receipt;
  readonly provisionList: Receipt;
}

/**
 * Adopts the newest advice: signs over exactly the item that was read (`decides`), then writes the provision list in its own channel and hands the employer that channel's key.
 * When the second step fails the decision stands; call {@link handOverProvisionList} again.
 * @param read the advice entry the person has in front of them; a newer one since is refused
 * @param decision words of the decision; `contact` is how the fitter reaches the person
 * @throws {@link Problem} chain-broken (a newer advice), own-work, role-forbidden, consent-missing.
 */
export async function adopt(handle: DossierHandle, read: DossierEntry, decision: { readonly statement: string; readonly contact?: string }): Promise<Adopted> {
  const advice = newestAdvice(handle);
  if (advice.hash !== read.hash) throw new Problem("chain-broken", "A newer advice was submitted than the one that was read", "Read the newest advice first.");
  const signedBy = await signerOf(handle);
  const decided = advice.header.body;
  const body: AdoptionBody = { version: 1, statement: decision.statement, decided, signedBy };
  const adoption = await append(handle, { kind: "adoption", action: "adopt", decides: decided, body });
  return { adoption, provisionList: await handOverProvisionList(handle, decision.contact) };
}

/** Name and office of the reader in the signed roster of the authority desk. @throws {@link Problem} role-forbidden when the reader is in none. */
export async function signerOf(handle: DossierHandle): Promise<AdoptionBody["signedBy"]> {
  for (const { role, desk } of handle.view.participants) {
    if (role !== "authority" || desk === null || !handle.session.desks.includes(desk)) continue;
    const member = (await handle.session.trust.desk(desk)).roster.members.find(({ person }) => person === handle.session.person.person);
    if (member !== undefined) return { name: member.name.slice(0, 400), office: member.office.slice(0, 400) };
  }
  throw new Problem("role-forbidden", "You are not in the signed roster of the authority", "Ask a colleague of the authority.");
}

/**
 * Writes the list of what to provide, derived from the adopted advice, and hands its channel to the employer's desk under the consent signed at the start.
 * @param contact how the fitter reaches the person; goes to the employer, so nothing about the home belongs in it
 * @throws {@link Problem} requirement-missing (not adopted), consent-missing, role-forbidden.
 */
export async function handOverProvisionList(handle: DossierHandle, contact = ""): Promise<Receipt> {
  const adoption = handle.newest("adoption");
  const advice = handle.entries.find(({ header }) => header.body.item === adoption?.header.decides?.item);
  const request = handle.newest("request");
  if (advice === undefined || request === null) throw new Problem("requirement-missing", "There is no adopted advice", "Adopt the advice first.");
  const covering = consentFor(handle.consents, "employer");
  if (covering === null) throw new Problem("consent-missing", "No valid consent lets the employer know what to provide", "Ask the office-holder for one.");
  const asked = await handle.readBody(request, RequestBody);
  const body: ProvisionListBody = provisionListOf(await handle.readBody(advice, AdviceBody), { name: asked.name, contact });
  return append(handle, {
    kind: "provision-list",
    body,
    grants: [{ role: "employer", desk: covering.to.desk, keys: { scope: "channel", channel: "provision" }, consent: covering.hash, until: null }],
  });
}
