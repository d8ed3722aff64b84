/** Steps that shield an address and other data, in published versions, as checked data: for whom, how, what is needed, which letter, what is open. Read by services/reporting/acting and its screens. */
import Type, { type Static } from "typebox";
import { idPattern, onlyOnce, readRegister, RegisterError } from "#registers/register.ts";
import { cited, citesKnown } from "#registers/sources/index.ts";
import first from "./shielding-1.json" with { type: "json" };

const room = "registers/shielding";
const Text = Type.String({ minLength: 1, maxLength: 600 });
const MayBeText = Type.String({ maxLength: 600 });

/** Letters that are ready; services/reporting/acting words them. */
export const letterIds = ["kvk", "kadaster", "brp", "organisation", "blur", "erasure"] as const;
export const LetterId = Type.Enum(letterIds);
export type LetterId = (typeof letterIds)[number];

/** Where a step belongs, in the order of the page. */
export const shieldingGroups = ["registers", "maps", "online", "own"] as const;

const Worded = Type.Object(
  { title: Text, for: Text, how: Type.Array(Text, { minItems: 1 }), need: Type.Array(Text), mind: MayBeText, open: MayBeText },
  { additionalProperties: false },
);

/** One step. */
export const ShieldingStep = Type.Object(
  {
    id: Type.String({ pattern: idPattern }),
    group: Type.Enum(shieldingGroups),
    letter: Type.Union([LetterId, Type.Null()]),
    /** There is nothing to do; the step says so and asks for no state. */
    nothing: Type.Boolean(),
    againDays: Type.Union([Type.Integer({ minimum: 1, maximum: 3_650 }), Type.Null()]),
    nl: Worded,
    en: Worded,
    ...cited,
  },
  { additionalProperties: false },
);
/** One step. */
export type ShieldingStep = Static<typeof ShieldingStep>;
const ShieldingFile = Type.Object(
  { about: Type.String(), version: Type.Integer({ minimum: 1 }), date: cited.date, steps: Type.Array(ShieldingStep, { minItems: 1 }) },
  { additionalProperties: false },
);
/** One published version. */
export type Shielding = Static<typeof ShieldingFile>;

/** Reads and checks one version: ids once, sources known, every step asks to look again unless there is nothing to do. @throws {@link RegisterError} naming file and id. */
export function readShielding(value: unknown, version: number): Shielding {
  const file = `${room}/shielding-${version}.json`;
  const read = readRegister(ShieldingFile, value, file);
  if (read.version !== version) throw new RegisterError(`${file} version: says ${read.version}`);
  onlyOnce(read.steps, file);
  citesKnown(read.steps, file);
  for (const { id, nothing, letter, againDays } of read.steps)
    if (nothing === (againDays !== null) || (nothing && letter !== null))
      throw new RegisterError(`${file} ${id}: a step asks to look again, unless there is nothing to do; then it has no letter either`);
  return read;
}

/** The version in use. Earlier ones stay readable under their number. */
export const shielding: Shielding = readShielding(first, 1);
