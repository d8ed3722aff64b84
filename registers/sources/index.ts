/** Where the facts of the registers come from, written once with address and date; other registers cite a source by its id. Read by registers and screens. */
import Type, { type Static } from "typebox";
import { idPattern, onlyOnce, readRegister, RegisterError } from "#registers/register.ts";
import data from "./sources.json" with { type: "json" };

const file = "registers/sources/sources.json";
/** Calendar day, `YYYY-MM-DD`. */
const Day = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" });

const Source = Type.Object(
  {
    id: Type.String({ pattern: idPattern }),
    /** Title as one cites it, in Dutch. */
    title: Type.String({ minLength: 1, maxLength: 300 }),
    /** Public address; null for our own estimates and experience. */
    url: Type.Union([Type.String({ pattern: "^https?://" }), Type.Null()]),
    /** Day of the version or publication that was read. */
    date: Day,
  },
  { additionalProperties: false },
);
/** One source. */
export type Source = Static<typeof Source>;
const Sources = Type.Object({ about: Type.String(), sources: Type.Array(Source, { minItems: 1 }) }, { additionalProperties: false });

/** Reads and checks the sources. @throws {@link RegisterError} naming file and id. */
export function readSources(value: unknown): ReadonlyMap<string, Source> {
  const { sources: rows } = readRegister(Sources, value, file);
  onlyOnce(rows, file);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Every source by id. */
export const sources: ReadonlyMap<string, Source> = readSources(data);

/** Fields by which a row of another register says where it comes from. */
export const cited = {
  /** Id in registers/sources. */
  source: Type.String({ pattern: idPattern }),
  /** Place in the source: article and lid, paragraph; empty when the whole source is meant. */
  where: Type.String({ maxLength: 300 }),
  /** Day on which the row was last held against its source. */
  date: Day,
} as const;

/** Rows must cite a source that is there. @throws {@link RegisterError} naming file, row and source. */
export function citesKnown(rows: readonly { readonly id: string; readonly source: string }[], of: string): void {
  for (const { id, source } of rows) if (!sources.has(source)) throw new RegisterError(`${of} ${id}: source ${source} is not in ${file}`);
}
