/** The half-made request: its shape, what it still lacks, and the request it becomes. Only the request page uses it. */
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";
import { organisationKinds } from "#services/directory/contract/index.ts";
import { OfficeFunction, type OfficeFunction as Office } from "#services/dossier/contract/bodies.ts";
import type { RequestDraft } from "#services/scanning/client/index.ts";
import type { Situation } from "#services/scanning/contract/index.ts";
import { situationOf } from "#services/scanning/entitlement/index.ts";
import { isDay } from "#services/scanning/screens/dutch-time.ts";
import { emptyHome, homeOf, pkvwStates, residences } from "./home-fields.tsx";

/** In office or not, as it is asked. */
export const standings = ["appointed", "certain", "neither", "left"] as const;

const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

/** Kept sealed on this device; parsed when it is read back. */
const Draft = Type.Object({
  step: Type.Integer({ minimum: 0, maximum: 2 }),
  name: Type.String(),
  organisation: Nullable(Type.Object({ id: Type.String(), name: Type.String(), kind: Type.Enum(organisationKinds) })),
  function: Nullable(OfficeFunction),
  standing: Nullable(Type.Enum([...standings])),
  since: Type.String(),
  /** Missing in drafts that were kept before it was asked. */
  until: Type.Optional(Type.String()),
  home: Type.Object({
    address: Type.String(),
    homeMunicipality: Type.String(),
    ontheffingUntil: Type.Optional(Type.String()),
    residence: Nullable(Type.Enum([...residences])),
    pkvw: Nullable(Type.Enum([...pkvwStates])),
    validUntil: Type.String(),
    pkvwReason: Type.String(),
    householdSize: Type.String(),
    reasons: Type.String(),
    contact: Type.String(),
  }),
});
export type Draft = Static<typeof Draft>;

export const isDraft = (value: unknown): value is Draft => Check(Draft, value);

export const emptyDraft: Draft = { step: 0, name: "", organisation: null, function: null, standing: null, since: "", until: "", home: emptyHome };

/** Which offices an organisation of this kind has. */
export const officesOf: Readonly<Partial<Record<string, readonly Office[]>>> = {
  municipality: ["mayor", "alderman", "councillor", "committee-member"],
  province: ["kings-commissioner", "provincial-executive", "provincial-councillor"],
  "water-authority": ["water-authority-chair", "water-authority-executive", "water-authority-general-board"],
};

/** Whether anything was told at all. */
export const isTold = ({ name, organisation, home }: Draft): boolean => name.trim() !== "" || organisation !== null || home.address.trim() !== "";

/** Whether the office is said to end before it begins. */
export const daysReversed = ({ standing, since, until = "" }: Draft): boolean =>
  standing !== "neither" && standing !== "certain" && isDay(since) && isDay(until) && until < since;

/** Whether step 1 lacks something. */
export const whoLacks = (draft: Draft): boolean =>
  draft.name.trim() === "" || draft.organisation === null || draft.function === null || draft.standing === null || daysReversed(draft);

/** The request, or null while something lacks. */
export function requestFrom(draft: Draft): RequestDraft | null {
  const { organisation, function: office, standing } = draft;
  if (organisation === null || office === null || standing === null) return null;
  return {
    name: draft.name.trim(),
    function: office,
    organisationName: organisation.name,
    standing,
    since: standing !== "neither" && isDay(draft.since) ? draft.since : null,
    until: standing !== "neither" && standing !== "certain" && isDay(draft.until ?? "") ? (draft.until ?? null) : null,
    ...homeOf(draft.home),
    moved: false,
  };
}

/**
 * What the rules may look at while someone is still answering: what was not answered yet is unknown, never guessed. Null until the office is chosen.
 * @param on day for which is decided
 */
export function situationFrom(draft: Draft, on: string): Situation | null {
  const { function: office, standing, home } = draft;
  if (office === null) return null;
  const { ontheffing, ontheffingUntil, pkvw } = homeOf(home);
  const told = situationOf(
    {
      version: 1,
      name: draft.name,
      function: office,
      organisationName: draft.organisation?.name ?? "",
      standing: standing ?? "neither",
      since: isDay(draft.since) ? draft.since : null,
      until: isDay(draft.until ?? "") && !daysReversed(draft) ? (draft.until ?? null) : null,
      address: home.address,
      homeMunicipality: home.homeMunicipality,
      ontheffing,
      ontheffingUntil: ontheffingUntil ?? null,
      pkvw,
      reasons: "",
      householdSize: null,
      moved: false,
      contact: "",
      attachments: [],
    },
    on,
  );
  return { ...told, standing: standing ?? "unknown", home: home.residence === null ? "unknown" : told.home };
}
