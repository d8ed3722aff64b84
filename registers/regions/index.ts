/**
 * Which police unit, arrondissement and office of the public prosecution (parket) each gemeente belongs to, and what about their routes is left open.
 * Every row is held to two roads when it is read: the articles of the Wet op de rechterlijke indeling and the safety region. Read by services/signalling/routing and screens.
 */
import Type, { type Static } from "typebox";
import { idPattern, known, onlyOnce, readRegister, RegisterError } from "#registers/register.ts";
import { cited, citesKnown } from "#registers/sources/index.ts";
import municipalityData from "./municipalities.json" with { type: "json" };
import regionData from "./regions.json" with { type: "json" };
import settingData from "./settings.json" with { type: "json" };

const room = "registers/regions";
const Text = Type.String({ minLength: 1, maxLength: 600 });
const Id = Type.String({ pattern: idPattern });
const GemeenteId = Type.String({ pattern: "^gm\\d{4}$" });
const ProvinceId = Type.String({ pattern: "^pv\\d{2}$" });
const SafetyRegionId = Type.String({ pattern: "^vr\\d{2}$" });
/** How many gemeenten must lead to this row. */
const Count = Type.Integer({ minimum: 1, maximum: 342 });

/** How many there must be; a register with another count was damaged or belongs to another year. */
const counts = { units: 10, parketten: 10, arrondissementen: 11, safetyRegions: 25, municipalities: 342 } as const;

const Unit = Type.Object({ id: Id, name: Text, parket: Id, municipalities: Count, ...cited }, { additionalProperties: false });
const Parket = Type.Object({ id: Id, name: Text, unit: Id, ...cited }, { additionalProperties: false });
const Arrondissement = Type.Object(
  {
    id: Id,
    name: Text,
    parket: Id,
    /** Provinces that its article names whole. */
    provinces: Type.Array(ProvinceId, { uniqueItems: true }),
    /** Gemeenten it names beside them. */
    also: Type.Array(GemeenteId, { uniqueItems: true }),
    municipalities: Count,
    ...cited,
  },
  { additionalProperties: false },
);
const SafetyRegion = Type.Object({ id: SafetyRegionId, name: Text, unit: Id, municipalities: Count, ...cited }, { additionalProperties: false });
const National = Type.Object({ id: Id, name: Text, signals: Type.Boolean(), nl: Text, en: Text, ...cited }, { additionalProperties: false });
const Checked = Type.Object({ id: Id, state: Type.Enum(["checked", "to-verify"]), nl: Text, en: Text, ...cited }, { additionalProperties: false });
const Regions = Type.Object(
  {
    about: Type.String(),
    units: Type.Array(Unit),
    parketten: Type.Array(Parket),
    arrondissementen: Type.Array(Arrondissement),
    safetyRegions: Type.Array(SafetyRegion),
    national: Type.Array(National),
    checks: Type.Array(Checked),
  },
  { additionalProperties: false },
);

/** A regional police unit; its id is an organisation (registers/organisations). */
export type PoliceUnit = Static<typeof Unit>;
/** An arrondissementsparket; its id is an organisation (registers/organisations). */
export type Parket = Static<typeof Parket>;
/** The area of a rechtbank. */
export type Arrondissement = Static<typeof Arrondissement>;
/** What was held against what, and what is nog na te gaan. */
export type RegionCheck = Static<typeof Checked>;

const Row = Type.Object(
  { id: GemeenteId, name: Text, province: ProvinceId, safetyRegion: SafetyRegionId, arrondissement: Id, unit: Id },
  { additionalProperties: false },
);
const Rows = Type.Object({ about: Type.String(), source: cited.source, date: cited.date, municipalities: Type.Array(Row) }, { additionalProperties: false });

/** What the tables of regions say, by id. */
export interface RegionTables {
  readonly units: ReadonlyMap<string, PoliceUnit>;
  readonly parketten: ReadonlyMap<string, Parket>;
  readonly arrondissementen: ReadonlyMap<string, Arrondissement>;
  readonly safetyRegions: ReadonlyMap<string, Static<typeof SafetyRegion>>;
  /** Bodies above the regions, and whether a signal ever goes to them. */
  readonly national: ReadonlyMap<string, Static<typeof National>>;
  readonly checks: readonly RegionCheck[];
}

/** Where one gemeente belongs. */
export interface GemeenteRegion {
  /** TOOI code, as in registers/organisations. */
  readonly id: string;
  readonly name: string;
  /** TOOI code of the province. */
  readonly province: string;
  readonly safetyRegion: string;
  readonly arrondissement: Arrondissement;
  readonly unit: PoliceUnit;
  readonly parket: Parket;
}

const byId = <T extends { readonly id: string }>(rows: readonly T[]): ReadonlyMap<string, T> => new Map(rows.map((row) => [row.id, row]));

function mustCount(file: string, what: keyof typeof counts, found: number): void {
  if (found !== counts[what]) throw new RegisterError(`${file} ${what}: ${found} where ${counts[what]} are expected`);
}

/** Reads and checks the tables: how many of each there are, every name leads somewhere, unit and parket name each other. @throws {@link RegisterError} naming file and id. */
export function readRegions(value: unknown): RegionTables {
  const file = `${room}/regions.json`;
  const all = readRegister(Regions, value, file);
  for (const rows of [all.units, all.parketten, all.arrondissementen, all.safetyRegions, all.national, all.checks]) {
    onlyOnce(rows, file);
    citesKnown(rows, file);
  }
  for (const what of ["units", "parketten", "arrondissementen", "safetyRegions"] as const) mustCount(file, what, all[what].length);
  const units = byId(all.units);
  const parketten = byId(all.parketten);
  for (const { id, parket } of all.arrondissementen) known([parket], new Set(parketten.keys()), file, id, "parket");
  for (const { id, unit } of all.safetyRegions) known([unit], new Set(units.keys()), file, id, "unit");
  for (const { id, parket } of all.units)
    if (parketten.get(parket)?.unit !== id)
      throw new RegisterError(`${file} ${id}: unit and parket ${parket} must name each other (Politiewet 2012 art. 25, Wet RO art. 134)`);
  return {
    units,
    parketten,
    arrondissementen: byId(all.arrondissementen),
    safetyRegions: byId(all.safetyRegions),
    national: byId(all.national),
    checks: all.checks,
  };
}

/**
 * Reads and checks the gemeenten. The arrondissement must be the one whose article holds the gemeente, the unit must be that of its parket *and* that of its
 * safety region, and the counts of all tables must come out.
 * @throws {@link RegisterError} naming file and id.
 */
export function readMunicipalities(value: unknown, tables: RegionTables): ReadonlyMap<string, GemeenteRegion> {
  const file = `${room}/municipalities.json`;
  const { municipalities: rows, source } = readRegister(Rows, value, file);
  onlyOnce(rows, file);
  citesKnown([{ id: "source", source }], file);
  mustCount(file, "municipalities", rows.length);
  const found = rows.map((row): GemeenteRegion => {
    const holding = [...tables.arrondissementen.values()].filter(({ provinces, also }) => provinces.includes(row.province) || also.includes(row.id));
    const [arrondissement] = holding;
    if (arrondissement?.id !== row.arrondissement || holding.length !== 1)
      throw new RegisterError(
        `${file} ${row.id}: by the Wet op de rechterlijke indeling it lies in ${holding.map(({ id }) => id).join(" and ") || "none"}, not in ${row.arrondissement}`,
      );
    const parket = tables.parketten.get(arrondissement.parket);
    const unit = tables.units.get(row.unit);
    if (parket === undefined || unit === undefined || parket.unit !== unit.id)
      throw new RegisterError(`${file} ${row.id}: unit ${row.unit} is not that of arrondissement ${row.arrondissement} (Politiewet 2012 art. 25 lid 2)`);
    if (tables.safetyRegions.get(row.safetyRegion)?.unit !== row.unit)
      throw new RegisterError(`${file} ${row.id}: unit ${row.unit} is not that of safety region ${row.safetyRegion} (Politiewet 2012 art. 25 lid 4)`);
    return { id: row.id, name: row.name, province: row.province, safetyRegion: row.safetyRegion, arrondissement, unit, parket };
  });
  const mustHold = (of: ReadonlyMap<string, { readonly id: string; readonly municipalities: number }>, key: (one: GemeenteRegion) => string): void => {
    for (const { id, municipalities: count } of of.values()) {
      const has = found.filter((one) => key(one) === id).length;
      if (has !== count) throw new RegisterError(`${file} ${id}: ${has} municipalities where ${count} are expected`);
    }
  };
  mustHold(tables.units, (one) => one.unit.id);
  mustHold(tables.arrondissementen, (one) => one.arrondissement.id);
  mustHold(tables.safetyRegions, (one) => one.safetyRegion);
  return byId(found);
}

/** Value of every setting; what each means stands in settings.json. */
export const RoutingSettings = Type.Object(
  {
    "home-unknown": Type.Enum(["ask", "office"]),
    "family-of-triangle": Type.Enum(["as-member", "ordinary"]),
    "prosecutor-own-office": Type.Enum(["board", "home"]),
    "mayor-instead": Type.Enum(["kings-commissioner", "clerk"]),
    "neighbour-when": Type.Enum(["moved", "elsewhere", "never"]),
    "former-unit": Type.Enum(["offered", "never"]),
  },
  { additionalProperties: false },
);
/** Value of every setting. */
export type RoutingSettings = Static<typeof RoutingSettings>;

const Setting = Type.Object(
  {
    id: Type.Enum(Object.keys(RoutingSettings.properties)),
    options: Type.Array(Text, { minItems: 2 }),
    default: Type.String(),
    nl: Text,
    en: Text,
    /** Why it is open and why this default; for developers and in English. */
    note: Text,
    /** The same for who decides, in Dutch. */
    noteNl: Text,
    ...cited,
  },
  { additionalProperties: false },
);
/** One open point: what it means, its default, and why it is open. */
export type RoutingSetting = Static<typeof Setting>;
const SettingFile = Type.Object({ about: Type.String(), settings: Type.Array(Setting) }, { additionalProperties: false });

/** Reads and checks the settings: every one is described once and its default is a value it may have. @throws {@link RegisterError} naming file and id. */
export function readRoutingSettings(value: unknown): { readonly described: readonly RoutingSetting[]; readonly defaults: RoutingSettings } {
  const file = `${room}/settings.json`;
  const { settings: rows } = readRegister(SettingFile, value, file);
  onlyOnce(rows, file);
  citesKnown(rows, file);
  return { described: rows, defaults: readRegister(RoutingSettings, Object.fromEntries(rows.map((row) => [row.id, row.default])), file) };
}

/** Units, parketten, arrondissementen and safety regions. */
export const regions: RegionTables = readRegions(regionData);
/** Every gemeente by its TOOI code. */
export const municipalities: ReadonlyMap<string, GemeenteRegion> = readMunicipalities(municipalityData, regions);
/** The open points of routing, described, and their defaults. */
export const { described: routingSettings, defaults: defaultRoutingSettings } = readRoutingSettings(settingData);
