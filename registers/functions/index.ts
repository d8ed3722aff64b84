/** Functions of office-holders, the ways they are led and the open points as settings: data with article and lid. Read by services/scanning/entitlement and by screens. */
import Type, { type Static } from "typebox";
import { idPattern, known, onlyOnce, readRegister, RegisterError } from "#registers/register.ts";
import { cited, citesKnown } from "#registers/sources/index.ts";
import { OfficeFunction, officeFunctions } from "#services/dossier/contract/bodies.ts";
import functionData from "./functions.json" with { type: "json" };
import settingData from "./settings.json" with { type: "json" };
import wayData from "./ways.json" with { type: "json" };

const room = "registers/functions";
const Text = Type.String({ minLength: 1, maxLength: 600 });
/** Article number, as in `3.9` or `3.2.14`. */
const Article = Type.String({ pattern: "^\\d\\.\\d{1,2}(\\.\\d{1,2})?$" });
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** What the law says about one function. */
export const OfficeRow = Type.Object(
  {
    id: OfficeFunction,
    nl: Text,
    en: Text,
    organisation: Type.Enum(["province", "municipality", "water-authority"]),
    /** A claim under the Regeling, expressly outside it, or not in its definition (toelichting Stcrt. 2023, 28233). */
    regime: Type.Enum(["executive", "representative", "not-named"]),
    /** Article of the Regeling that gives the claim; null without one. */
    regeling: orNull(Type.Enum(["2.9", "3.9", "4.9"])),
    /** Article of the Besluit on employer's costs inside the protection system. */
    besluit: Type.Enum(["2.3.1", "3.3.1", "4.3.1"]),
    /** Article that applies the one above by analogy (3.4.4 for committee members). */
    through: orNull(Article),
    /** Does lid 2 ask for a home in the own area, or an ontheffing? */
    residence: Type.Boolean(),
    /** Article of the Besluit for an acting holder; null where none was found. */
    acting: orNull(Article),
    /** Article of the Besluit for a suspended holder; null where none was found. */
    suspended: orNull(Article),
    /** Article of the Besluit on one holder of several municipalities (under b). */
    shared: orNull(Article),
    /** Ids in ways.json, in the order they are shown. */
    ways: Type.Array(Type.String({ pattern: idPattern }), { minItems: 1, uniqueItems: true }),
    ...cited,
  },
  { additionalProperties: false },
);
/** What the law says about one function. */
export type OfficeRow = Static<typeof OfficeRow>;

const Way = Type.Object(
  {
    id: Type.String({ pattern: idPattern }),
    nl: Text,
    en: Text,
    /** Telephone number to call for it, with the country code. */
    call: Type.Optional(Type.String({ pattern: "^\\+31\\d{9}$" })),
    /** Page of this house where the step can be taken. */
    page: Type.Optional(Type.String({ pattern: "^/[a-z]+$" })),
    ...cited,
  },
  { additionalProperties: false },
);
/** A place someone is led to. */
export type Way = Static<typeof Way>;

/** Value of every setting; what each means stands in settings.json. */
export const SettingValues = Type.Object(
  {
    "pkvw-validity-years": orNull(Type.Integer({ minimum: 1, maximum: 50 })),
    "pkvw-warn-days": Type.Integer({ minimum: 0, maximum: 730 }),
    "pkvw-gate-at": Type.Enum(["provision", "start"]),
    "pkvw-exception-by": Type.Enum(["expert-desk", "authority"]),
    "scan-provincial-councillor": Type.Enum(["ask-ccv", "councillor-scan"]),
    "scan-general-board": Type.Enum(["ask-ccv", "councillor-scan"]),
    "scan-committee-member": Type.Enum(["ask-ccv", "councillor-scan"]),
    "provided-stay": Type.Boolean(),
    "loans-return-days": Type.Integer({ minimum: 0, maximum: 730 }),
    "ontheffing-without-end": Type.Boolean(),
    "advice-valid-years": orNull(Type.Integer({ minimum: 1, maximum: 50 })),
  },
  { additionalProperties: false },
);
/** Value of every setting. */
export type SettingValues = Static<typeof SettingValues>;

const Setting = Type.Object(
  {
    id: Type.Enum(Object.keys(SettingValues.properties)),
    kind: Type.Enum(["number", "number-or-none", "yes-no", "choice"]),
    options: Type.Optional(Type.Array(Text, { minItems: 2 })),
    default: Type.Union([Type.Null(), Type.Boolean(), Type.Integer(), Type.String()]),
    nl: Text,
    en: Text,
    /** Why it is open and why this default; for developers and in English. */
    note: Text,
    /** The same for who decides, in Dutch. */
    noteNl: Text,
    /** Lid it belongs to; empty when none. */
    article: Type.String({ maxLength: 60 }),
    ...cited,
  },
  { additionalProperties: false },
);
/** One open point: what it means, its default, and why it is open. */
export type Setting = Static<typeof Setting>;

const Functions = Type.Object({ about: Type.String(), functions: Type.Array(OfficeRow) }, { additionalProperties: false });
const Ways = Type.Object({ about: Type.String(), ways: Type.Array(Way) }, { additionalProperties: false });
const SettingFile = Type.Object({ about: Type.String(), settings: Type.Array(Setting) }, { additionalProperties: false });

/** Reads and checks the ways. @throws {@link RegisterError} naming file and id. */
export function readWays(value: unknown): ReadonlyMap<string, Way> {
  const file = `${room}/ways.json`;
  const { ways: rows } = readRegister(Ways, value, file);
  onlyOnce(rows, file);
  citesKnown(rows, file);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Reads and checks the functions: every one the house knows is there once, a claim names its article, every way exists. @throws {@link RegisterError} naming file and id. */
export function readFunctions(value: unknown, among: ReadonlyMap<string, Way>): ReadonlyMap<OfficeFunction, OfficeRow> {
  const file = `${room}/functions.json`;
  const { functions: rows } = readRegister(Functions, value, file);
  onlyOnce(rows, file);
  citesKnown(rows, file);
  const names = new Set(among.keys());
  for (const row of rows) {
    known(row.ways, names, file, row.id, "way");
    if ((row.regime === "executive") !== (row.regeling !== null))
      throw new RegisterError(`${file} ${row.id}: a claim and its article of the Regeling belong together`);
  }
  const missing = officeFunctions.find((id) => !rows.some((row) => row.id === id));
  if (missing !== undefined) throw new RegisterError(`${file} ${missing}: this function is missing`);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Reads and checks the settings: every one is described once and its default is a value it may have. @throws {@link RegisterError} naming file and id. */
export function readSettings(value: unknown): { readonly described: readonly Setting[]; readonly defaults: SettingValues } {
  const file = `${room}/settings.json`;
  const { settings: rows } = readRegister(SettingFile, value, file);
  onlyOnce(rows, file);
  citesKnown(rows, file);
  const defaults = readRegister(SettingValues, Object.fromEntries(rows.map((row) => [row.id, row.default])), file);
  return { described: rows, defaults };
}

/** Every way, by id. */
export const ways: ReadonlyMap<string, Way> = readWays(wayData);
/** Every function the house knows. */
export const functions: ReadonlyMap<OfficeFunction, OfficeRow> = readFunctions(functionData, ways);
/** The open points, described, and their defaults. */
export const { described: settings, defaults: defaultSettings } = readSettings(settingData);

/** The row of a function. @throws {@link RegisterError} never for a function of the house: the register was checked when it was read. */
export function functionRow(id: OfficeFunction): OfficeRow {
  const row = functions.get(id);
  if (row === undefined) throw new RegisterError(`${room}/functions.json ${id}: this function is missing`);
  return row;
}
