/**
 * A signal once more, to the desk it was pointed to. The road behind that desk goes with it: another region has its own adviser and its own chief prosecutor, and those of the region that pointed on have no part in
 * it any more.
 */
import { searchOrganisations, readOrganisation, type VerifiedDesk } from "#services/directory/client/index.ts";
import { append, consent, type DossierHandle, type SignedConsent } from "#services/dossier/client/index.ts";
import type { MessageBody } from "#services/dossier/contract/bodies.ts";
import type { Receipt } from "#services/dossier/contract/index.ts";
import { deskFunctionOfRole, type Workflows } from "#services/dossier/workflow/enforce.ts";
import { Problem } from "#services/problem/index.ts";
import { aYear, coverAfter, revoke, shareUntil, standingFor, wentAround, type AnsweringDesk } from "./answers.ts";

/** A desk and its part in the signal. */
export interface PartOfRoad {
  readonly role: AnsweringDesk["role"];
  readonly desk: VerifiedDesk;
}

/** What raising a signal again does to who may read it: shown before it is signed. */
export interface RoadAgain {
  readonly around: boolean;
  /** Who gets it now. */
  readonly first: PartOfRoad;
  /** Who gets it when it comes to them, under a new consent. */
  readonly behind: readonly PartOfRoad[];
  /** Whose consent ends. */
  readonly ends: readonly VerifiedDesk[];
  /** Desks of the road before whose consent has ended already: taken out once more, so that pieces an attempt left with them end as well. */
  readonly ended: readonly string[];
  /** Whose consent stands although they are of the road before: nobody of the new region takes part in their place. */
  readonly stands: readonly VerifiedDesk[];
}

const firstRole = (handle: DossierHandle): "police" | "prosecution" => (wentAround(handle) ? "prosecution" : "police");

/**
 * Whether a desk of this organisation may weigh the signal. Around the driehoek it may not be that of the person's own seat (par. 2.4.2): of who raises signals here that is the organisation of their office, and
 * the signal is kept under it.
 */
const mayWeigh = (handle: DossierHandle, { organisation }: VerifiedDesk): boolean => !wentAround(handle) || organisation !== handle.view.organisation;

/** Desks a signal may be raised again to: of the kind that starts its road, save those that are asked now and those of the person's own seat. @throws {@link Problem} signature-invalid, unavailable. */
export async function desksAgain(handle: DossierHandle, pointedTo: string | null): Promise<VerifiedDesk[]> {
  const role = firstRole(handle);
  const here = new Set(handle.view.participants.filter((one) => one.role === role).map(({ desk }) => desk));
  const desks = await handle.session.trust.desks({ function: role === "police" ? "police" : "om" });
  return desks.filter((desk) => mayWeigh(handle, desk) && (!here.has(desk.id) || desk.id === pointedTo));
}

/** Organisations of the OM behind a desk, the nearest first; none where its region is not known. As on the first road, the OM as a whole serves where a parket has no desk of its own, and invented ones among themselves. */
async function offices({ session: { connection } }: DossierHandle, { organisation, function: kind }: VerifiedDesk): Promise<string[]> {
  const { regions } = await import("#registers/regions/index.ts");
  const parket = kind === "om" ? regions.parketten.get(organisation)?.id : regions.units.get(organisation)?.parket;
  if (parket !== undefined) return [parket, "om"];
  if (organisation === "om") return ["om"];
  if (!(await readOrganisation(connection, organisation)).demonstration) return kind === "om" ? [organisation] : [];
  const invented = (await searchOrganisations(connection, { kind: "public-prosecutor", limit: 50 })).filter(({ demonstration }) => demonstration);
  return [...new Set([...(kind === "om" ? [organisation] : []), ...invented.map(({ id }) => id)])];
}

async function deskBehind(handle: DossierHandle, among: readonly string[], role: PartOfRoad["role"]): Promise<VerifiedDesk | null> {
  const deskFunction = role === "prosecution" ? "om" : "chief-prosecutor";
  for (const organisation of among) {
    const [desk] = await handle.session.trust.desks({ organisation, function: deskFunction });
    if (desk !== undefined && mayWeigh(handle, desk)) return desk;
  }
  return null;
}

/** Desks the signal was put before in a role, or may come to. */
const askedAs = (handle: DossierHandle, role: PartOfRoad["role"]): string[] => [
  ...new Set([
    ...handle.view.participants.flatMap((one) => (one.role === role && one.desk !== null ? [one.desk] : [])),
    ...handle.consents.flatMap(({ to, purpose }) => (to.role === role && purpose === "signal" ? [to.desk] : [])),
  ]),
];

/**
 * Whether a desk needs a new consent for its part. Not one whose consent stands, and not one whose consent the person took back: that is not given again in passing. A consent that ended because another desk
 * came in its place, or by its date, is.
 */
function needsConsent(handle: DossierHandle, role: PartOfRoad["role"], desk: string): boolean {
  if (standingFor(handle, desk).length > 0) return false;
  const asked = handle.consents.filter(({ to, purpose }) => to.role === role && purpose === "signal").toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const newest = asked.at(-1);
  return newest?.to.desk !== desk || newest.withdrawn === null;
}

/**
 * The road a signal would take from this desk on. Nothing is signed by it.
 * @throws {@link Problem} role-forbidden (a desk of another kind, or of the person's own seat), requirement-missing (around the driehoek with no chief prosecutor behind that desk: nobody could decide but the one before).
 */
export async function roadAgain(handle: DossierHandle, to: string): Promise<RoadAgain> {
  const around = wentAround(handle);
  const role = firstRole(handle);
  const desk = await handle.session.trust.desk(to);
  if (desk.function !== deskFunctionOfRole[role] || !mayWeigh(handle, desk))
    throw new Problem(
      "role-forbidden",
      desk.function === deskFunctionOfRole[role]
        ? `Desk ${desk.name} is of the person's own seat and weighs no threat to them`
        : `Desk ${desk.name} is a ${desk.function} by its signed roster and cannot be ${role}`,
      "Choose another desk; nothing was sent.",
    );
  const among = await offices(handle, desk);
  const behind: PartOfRoad[] = [];
  const [before, stands]: [Set<string>, Set<string>] = [new Set(askedAs(handle, role).filter((one) => one !== to)), new Set()];
  for (const next of around ? (["chief-prosecutor"] as const) : (["prosecution", "chief-prosecutor"] as const)) {
    const found = await deskBehind(handle, among, next);
    const asked = askedAs(handle, next);
    if (found === null) {
      if (around)
        throw new Problem("requirement-missing", `No chief prosecutor of the region of ${desk.name} takes part`, "Choose another desk; nothing was sent.");
      for (const one of asked) stands.add(one);
      continue;
    }
    for (const one of asked) if (one !== found.id) before.add(one);
    if (needsConsent(handle, next, found.id)) behind.push({ role: next, desk: found });
  }
  const reads = (id: string): boolean => standingFor(handle, id).length > 0;
  const named = async (ids: readonly string[]): Promise<VerifiedDesk[]> => await Promise.all(ids.map(async (id) => await handle.session.trust.desk(id)));
  return {
    around,
    first: { role, desk },
    behind,
    ends: await named([...before].filter(reads)),
    ended: [...before].filter((id) => !reads(id)),
    stands: await named([...stands].filter((id) => reads(id) && !before.has(id))),
  };
}

/**
 * To the desk it was pointed to, under new consents: of the police, or of the OM where the road goes around the driehoek; see {@link roadAgain}. The desks whose part has ended are taken out first and the items are
 * shared with the new one, so that an attempt that was cut off leaves the signal where it was and can be made again.
 * @throws {@link Problem} role-forbidden (only the owner; as {@link roadAgain}), phase-forbidden, requirement-missing.
 */
export async function raiseAgain(handle: DossierHandle, to: string, text: string, workflows: Partial<Workflows>, until: string = aYear()): Promise<Receipt> {
  const { around, first, behind, ends, ended } = await roadAgain(handle, to);
  const action = around ? "raise-again-around" : "raise-again";
  for (const id of [...ended, ...ends.map((one) => one.id)]) await revoke(handle, id, workflows);
  await shareUntil(handle, to, until, workflows);
  const consentTo = async ({ role, desk }: PartOfRoad): Promise<SignedConsent> =>
    await consent(handle.session, { dossier: handle.id, to: { desk: desk.id, role }, purpose: "signal", scope: { everything: true }, until });
  const signed = await consentTo(first);
  return append(handle, {
    kind: "message",
    action,
    body: { version: 1, text, attachments: [] } satisfies MessageBody,
    consents: [signed, ...(await Promise.all(behind.map(consentTo)))],
    grants: [{ role: first.role, desk: first.desk.id, keys: { scope: "dossier" }, consent: signed.hash, until: null }],
    cover: await coverAfter(handle, action),
  });
}
