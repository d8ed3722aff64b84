/**
 * Where a signal about a threatened person goes, stop by stop, each with article and sentence (Circulaire 2026 par. 2.4). Pure; clients, screens and the command line call it.
 * [Note: Around the driehoek] Who sits in the driehoek never weighs a threat to themselves: par. 2.4.2 lets the chief public prosecutor (HOvJ) of the arrondissement
 * of the home address start. Their own gemeente, unit or office stands in `never`, and no stop that weighs leads there.
 */
import { Check } from "typebox/value";
import { functionRow } from "#registers/functions/index.ts";
import { defaultRoutingSettings, municipalities, RoutingSettings, type GemeenteRegion } from "#registers/regions/index.ts";
import { say, type Filling, type Sentence, type SentenceCode } from "./sentences.ts";
import { readRoutingSituation, RoutingError, seatOf, type RoutingSituation, type TriangleSeat } from "./situation.ts";

/** One reason for a stop. At least one of `article` and `setting` is not null. */
export interface Ground extends Sentence {
  readonly code: SentenceCode;
  /** As one cites it: `Circulaire 2026 par. 2.4.2`; null where no source was found. */
  readonly article: string | null;
  /** Open point this rests on (registers/regions/settings.json); null when it rests on the article alone. */
  readonly setting: keyof RoutingSettings | null;
}

/** What a stop does. `start` to `decision` are the chain that weighs (`inquiry` is the police at the request of the prosecution); the later ones help beside it. */
export type RouteStep = "acute" | "start" | "first-weighing" | "advice" | "inquiry" | "decision" | "employer" | "instead" | "neighbour" | "former-unit";

/** Who sits there. */
export type RouteRole = "emergency" | "rccb" | "bbc-adviser" | "chief-prosecutor" | "board" | "safety-desk" | "kings-commissioner" | "clerk";

/**
 * How a stop is reached.
 * - `addressed`: the signal goes there once the person consents.
 * - `follows`: a stop before it passes it on; the person sends nothing.
 * - `offered`: only if the person chooses it.
 * - `warned`: only after the person was told what it means (the mayor's own safety desk).
 */
export type RouteUse = "addressed" | "follows" | "offered" | "warned";

/** One stop. */
export interface RouteStop {
  readonly step: RouteStep;
  readonly role: RouteRole;
  /** Function of the desk to look for at the organisation; null where no desk of this house is meant (112, the griffier, the board). */
  readonly desk: "police" | "om" | "chief-prosecutor" | "safety-desk" | null;
  /** Id in registers/organisations; null where another names it (112 has none). */
  readonly organisation: string | null;
  readonly use: RouteUse;
  /** Never empty. */
  readonly because: readonly Ground[];
}

/** The way of a signal. */
export interface Route {
  /** Does it go around the driehoek (par. 2.4.2)? */
  readonly around: boolean;
  /** Where the home address lies (or the office, by setting); null when that is not known: see `todo`. */
  readonly region: GemeenteRegion | null;
  readonly stops: readonly RouteStop[];
  /** Organisations that may not weigh this, with the reason. */
  readonly never: readonly { readonly organisation: string; readonly because: Ground }[];
  /** What must be told first, and what this house cannot do. */
  readonly todo: readonly Ground[];
  /** Settings that differ from their default. */
  readonly settings: readonly (keyof RoutingSettings)[];
}

/** Everything the rules look at. */
interface Case {
  readonly situation: RoutingSituation;
  readonly settings: RoutingSettings;
  readonly seat: TriangleSeat;
  readonly around: boolean;
  readonly region: GemeenteRegion | null;
  readonly filling: Filling;
}

const chain = "Circulaire 2026 par. 2.4.1";
const triangle = "Circulaire 2026 par. 2.4.2";
const organisations = {
  province: { nl: "provincie", en: "province" },
  municipality: { nl: "gemeente", en: "municipality" },
  "water-authority": { nl: "waterschap", en: "water authority" },
} as const;
const same = (text: string): Sentence => ({ nl: text, en: text });

/** Sets some settings, the others keep their default. @throws {@link RoutingError} routing-malformed when a value is none the setting may have. */
export function withRoutingSettings(chosen: Partial<RoutingSettings>): RoutingSettings {
  const all = { ...defaultRoutingSettings, ...chosen };
  if (!Check(RoutingSettings, all)) throw new RoutingError("routing-malformed", "/settings: a setting has a value it may not have");
  return all;
}

/** Routes a signal. @param settings the open points; the defaults when left out. @throws {@link RoutingError} with each of its codes. */
export function route(given: RoutingSituation, settings: RoutingSettings = defaultRoutingSettings): Route {
  const situation = readRoutingSituation(given);
  const seat = seatOf(situation);
  const around = seat !== "none" && (!situation.family || settings["family-of-triangle"] === "as-member");
  const region = regionOf(situation, settings, around);
  const filling: Filling =
    region === null
      ? {}
      : { home: same(region.name), unit: same(region.unit.name), parket: same(region.parket.name), arrondissement: same(region.arrondissement.name) };
  const of: Case = { situation, settings, seat, around, region, filling };
  return {
    around,
    region,
    stops: [...acute(of), ...(around ? aroundTriangle(of) : ordinary(of)), ...employer(of), ...neighbour(of), ...formerUnit(of)],
    never: neverOf(of).map((organisation) => ({ organisation, because: ground(of, "never-self", triangle) })),
    todo: [
      ...(region === null ? [ground(of, "give-home", around ? triangle : chain, "home-unknown")] : []),
      ...(situation.function === null ? [ground(of, "employer-outside", "Circulaire 2026 par. 2.4")] : []),
    ],
    settings: keysOf(settings).filter((key) => settings[key] !== defaultRoutingSettings[key]),
  };
}

const keysOf = (settings: RoutingSettings): (keyof RoutingSettings)[] => {
  const names: readonly string[] = Object.keys(settings);
  const isKey = (name: string): name is keyof RoutingSettings => Object.hasOwn(RoutingSettings.properties, name);
  return names.filter(isKey);
};

/** The home address decides. Only an ordinary signal may go by the office, and only where a setting says so. */
function regionOf({ home, office }: RoutingSituation, settings: RoutingSettings, around: boolean): GemeenteRegion | null {
  if (home !== null) return municipalities.get(home) ?? null;
  return !around && settings["home-unknown"] === "office" && office !== null ? (municipalities.get(office) ?? null) : null;
}

function ground(
  { filling }: Pick<Case, "filling">,
  code: SentenceCode,
  article: string | null,
  setting: keyof RoutingSettings | null = null,
  more: Filling = {},
): Ground {
  return { code, article, setting, ...say(code, { ...filling, ...more }) };
}

/** Why this unit: law of the area and law of the unit; with the relative's home where it is about family. */
function unitGrounds(of: Case, region: GemeenteRegion): Ground[] {
  const unit = `Politiewet 2012 ${region.unit.where}`;
  if (of.situation.home === null) return [ground(of, "unit-of-office", unit, "home-unknown")];
  return [ground(of, "unit-of-home", unit), ...(of.situation.family ? [ground(of, "family-home", chain)] : [])];
}

/** Why this office of the public prosecution. */
const parketGrounds = (of: Case, region: GemeenteRegion): Ground[] => [
  ground(of, "arrondissement", `Wet op de rechterlijke indeling ${region.arrondissement.where}`),
  ground(of, "parket-of", `Wet op de rechterlijke organisatie ${region.parket.where}`),
];

function acute(of: Case): RouteStop[] {
  if (!of.situation.acute) return [];
  return [
    {
      step: "acute",
      role: "emergency",
      desk: null,
      organisation: null,
      use: "addressed",
      because: [ground(of, "call-112", chain), ground(of, "urgent-measures", chain)],
    },
  ];
}

/** Par. 2.4.1: the police unit weighs first, the adviser of the prosecution office follows, the chief public prosecutor decides. */
function ordinary(of: Case): RouteStop[] {
  const { region } = of;
  if (region === null) return [];
  const { unit, parket } = region;
  return [
    {
      step: "first-weighing",
      role: "rccb",
      desk: "police",
      organisation: unit.id,
      use: "addressed",
      because: [ground(of, "rccb-first", chain), ...unitGrounds(of, region)],
    },
    {
      step: "advice",
      role: "bbc-adviser",
      desk: "om",
      organisation: parket.id,
      use: "follows",
      because: [ground(of, "adviser-next", chain), ...parketGrounds(of, region)],
    },
    {
      step: "decision",
      role: "chief-prosecutor",
      desk: "chief-prosecutor",
      organisation: parket.id,
      use: "follows",
      because: [ground(of, "chief-decides", chain)],
    },
  ];
}

/** Par. 2.4.2: the chief public prosecutor of the home address starts; where that would be the person's own office, the board names who does. */
function aroundTriangle(of: Case): RouteStop[] {
  const { region, situation, seat } = of;
  if (region === null) return [];
  const never = neverOf(of);
  const ownOffice = never.includes(region.parket.id);
  const why = [
    ground(of, "around-member", triangle),
    ...(seat === "public-prosecutor" || seat === "chief-prosecutor" ? [ground(of, "around-prosecutor", triangle, "prosecutor-own-office")] : []),
    ...(situation.family ? [ground(of, "around-family", triangle, "family-of-triangle"), ground(of, "family-home", triangle)] : []),
  ];
  const chief = { role: "chief-prosecutor", desk: "chief-prosecutor", organisation: region.parket.id } as const;
  const board = { role: "board", desk: null, organisation: "om" } as const;
  const starter = ownOffice ? board : chief;
  const boardStarts = ground(of, "board-starts", "Wet op de rechterlijke organisatie art. 139 lid 1", "prosecutor-own-office");
  const ownUnit = never.includes(region.unit.id);
  return [
    { step: "start", ...starter, use: "addressed", because: [...why, ...(ownOffice ? [boardStarts] : parketGrounds(of, region))] },
    {
      step: "advice",
      role: "bbc-adviser",
      desk: "om",
      organisation: ownOffice ? null : region.parket.id,
      use: "follows",
      because: [ground(of, "adviser-commissions", chain), ...(ownOffice ? [boardStarts] : [])],
    },
    {
      step: "inquiry",
      role: "rccb",
      desk: "police",
      organisation: ownUnit ? null : region.unit.id,
      use: "follows",
      because: ownUnit ? [ground(of, "other-unit", triangle)] : [ground(of, "unit-of-home", `Politiewet 2012 ${region.unit.where}`)],
    },
    {
      step: "decision",
      ...chief,
      organisation: ownOffice ? null : region.parket.id,
      use: "follows",
      because: [ground(of, "chief-decides", chain), ...(ownOffice ? [boardStarts] : [])],
    },
  ];
}

/** Organisations that may not weigh this: those of the person's own seat. */
function neverOf({ around, seat, situation, settings }: Case): string[] {
  if (!around) return [];
  const own = seat === "mayor" ? situation.office : situation.service;
  // A prosecutor who does not head the office may be weighed there when the setting says so; its head never.
  if (own === null || (seat === "public-prosecutor" && settings["prosecutor-own-office"] === "home")) return [];
  return [own];
}

/** The employer's safety desk; for a mayor only after a word of warning, with others offered in its place. */
function employer(of: Case): RouteStop[] {
  const { situation, settings, seat } = of;
  const { function: held, office } = situation;
  if (held === null || office === null) return [];
  const row = functionRow(held);
  const besluit = `Rechtspositiebesluit art. ${row.through === null ? row.besluit : `${row.through} jo. ${row.besluit}`} lid 1`;
  const helps = [
    ground(of, "employer-helps", "Circulaire 2026 par. 2.4"),
    ground(of, "employer-costs", besluit, null, { organisation: organisations[row.organisation] }),
  ];
  const desk = { step: "employer", role: "safety-desk", desk: "safety-desk", organisation: office } as const;
  if (seat !== "mayor") return [{ ...desk, use: "addressed", because: helps }];
  const clerk: RouteStop = {
    step: "instead",
    role: "clerk",
    desk: null,
    organisation: office,
    use: "offered",
    because: [ground(of, "instead-clerk", null, "mayor-instead")],
  };
  const commissioner: RouteStop = {
    step: "instead",
    role: "kings-commissioner",
    desk: "safety-desk",
    organisation: municipalities.get(office)?.province ?? null,
    use: "offered",
    because: [ground(of, "instead-commissioner", null, "mayor-instead")],
  };
  const instead = settings["mayor-instead"] === "clerk" ? [clerk, commissioner] : [commissioner, clerk];
  return [...instead, { ...desk, use: "warned", because: [ground(of, "employer-own", triangle, "mayor-instead"), ...helps] }];
}

const moved = ({ home, formerHome }: RoutingSituation): boolean => home !== null && formerHome !== null && home !== formerHome;

/** The gemeente where one lives, when that is not the one of the office: offered, never addressed. */
function neighbour(of: Case): RouteStop[] {
  const { situation, settings } = of;
  const when = settings["neighbour-when"];
  const has = situation.home !== null && situation.home !== situation.office && (when === "elsewhere" || (when === "moved" && moved(situation)));
  if (!has) return [];
  const code = moved(situation) ? "neighbour-moved" : "neighbour-elsewhere";
  return [
    {
      step: "neighbour",
      role: "safety-desk",
      desk: "safety-desk",
      organisation: situation.home,
      use: "offered",
      because: [ground(of, code, "Circulaire 2026 par. 2.4", "neighbour-when")],
    },
  ];
}

/** The unit of the former home, when a move led to another one: offered, so that measures there can end. */
function formerUnit(of: Case): RouteStop[] {
  const { situation, settings, region } = of;
  const former = situation.formerHome === null ? undefined : municipalities.get(situation.formerHome);
  if (settings["former-unit"] === "never" || former === undefined || region === null || !moved(situation) || former.unit.id === region.unit.id) return [];
  if (neverOf(of).includes(former.unit.id)) return [];
  const because = [ground(of, "former-unit", null, "former-unit", { former: same(former.name), unit: same(former.unit.name) })];
  return [{ step: "former-unit", role: "rccb", desk: "police", organisation: former.unit.id, use: "offered", because }];
}
