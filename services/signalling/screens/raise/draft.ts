/** What someone answers before a signal is sent, in this tab's memory alone; what it still lacks, and what the routing rules make of it. Only the raise page uses it. */
import { functionRow } from "#registers/functions/index.ts";
import { municipalities } from "#registers/regions/index.ts";
import type { Organisation } from "#services/directory/contract/index.ts";
import type { OfficeFunction } from "#services/dossier/contract/bodies.ts";
import { route, type Route, type RoutingSituation, type Sentence } from "#services/signalling/routing/index.ts";

/** The organisation of the office or of the home address, as the directory names it. */
export type Place = Pick<Organisation, "id" | "name" | "kind" | "demonstration">;

/** The half-made signal. */
export interface Draft {
  /** Whether there is danger now; null: not asked yet. */
  readonly acute: boolean | null;
  readonly words: string;
  readonly name: string;
  readonly function: OfficeFunction | null;
  readonly office: Place | null;
  /** Stands in for the mayor now: then the road goes around the driehoek as for the mayor. */
  readonly standsIn: boolean;
  readonly target: "self" | "family" | "both" | null;
  readonly home: Place | null;
  readonly contact: string;
}

export const emptyDraft: Draft = {
  acute: null,
  words: "",
  name: "",
  function: null,
  office: null,
  standsIn: false,
  target: null,
  home: null,
  contact: "",
};

/** Which offices an organisation of this kind has. */
export const officesOf: Readonly<Partial<Record<string, readonly OfficeFunction[]>>> = {
  municipality: ["mayor", "alderman", "councillor", "committee-member"],
  province: ["kings-commissioner", "provincial-executive", "provincial-councillor"],
  "water-authority": ["water-authority-chair", "water-authority-executive", "water-authority-general-board"],
};

/** A gemeente that every rule knows, for the invented ones of a demonstration: only sentences that name no place are shown then. */
const anyGemeente = "gm0518";
const known = (place: Place): string | null => (/^(?:gm\d{4}|pv\d{2}|ws\d{4})$/u.test(place.id) ? place.id : null);

/** What the rules are asked. An organisation no register holds (a demonstration) stands for the home municipality: the rules only look at its kind. */
function situationOf({ function: held, office, standsIn, target, home, acute }: Draft): RoutingSituation | null {
  if (held === null || office === null || home === null) return null;
  const homeId = municipalities.has(home.id) ? home.id : anyGemeente;
  const kinds = { municipality: homeId, province: municipalities.get(homeId)?.province ?? null, "water-authority": "ws0155" } as const;
  return {
    function: held,
    office: known(office) ?? kinds[functionRow(held).organisation],
    triangle: held === "mayor" || (standsIn && office.kind === "municipality") ? "mayor" : "none",
    service: null,
    family: target === "family",
    home: homeId,
    formerHome: null,
    acute: acute === true,
  };
}

/** The way, or null while something lacks. */
export function routeOf(draft: Draft): Route | null {
  const situation = situationOf(draft);
  return situation === null ? null : route(situation);
}

/** One reason with where it stands. */
export interface Reason {
  readonly words: Sentence;
  readonly article: string | null;
}

/** Sentences that name a place; said only when the place is in the registers. */
const namesPlace: ReadonlySet<string> = new Set(["unit-of-home", "arrondissement", "parket-of"]);

/** The one or two sentences that explain the way. */
export function reasonsOf(way: Route, draft: Draft): Reason[] {
  const real = draft.home !== null && municipalities.has(draft.home.id);
  const wanted = way.around ? ["around-member", "parket-of"] : ["rccb-first", "unit-of-home"];
  const all = way.stops.flatMap(({ because }) => because).filter(({ code }) => real || !namesPlace.has(code));
  return wanted.flatMap((code) => {
    const found = all.find((one) => one.code === code);
    return found === undefined ? [] : [{ words: { nl: found.nl, en: found.en }, article: found.article }];
  });
}

/** Whether the step of who lacks something. */
export const whoLacks = (draft: Draft): boolean => draft.name.trim() === "" || draft.office === null || draft.function === null;
/** Whether the step of where lacks something. */
export const whereLacks = (draft: Draft): boolean => draft.home === null || draft.target === null;
