/** When the Tweede Kamer is in recess, as published. Read by services/parliament/clock and screens. */
import Type, { type Static } from "typebox";
import { idPattern, onlyOnce, readRegister, RegisterError } from "#registers/register.ts";
import { cited, citesKnown } from "#registers/sources/index.ts";
import data from "./recess.json" with { type: "json" };

const file = "registers/recess/recess.json";
const Day = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" });
const Recess = Type.Object(
  {
    id: Type.String({ pattern: idPattern }),
    nl: Type.String({ minLength: 1, maxLength: 60 }),
    /** First day. */
    from: Day,
    /** Last day. */
    to: Day,
    ...cited,
  },
  { additionalProperties: false },
);
/** One recess; both days belong to it. */
export type Recess = Static<typeof Recess>;
const Recesses = Type.Object({ about: Type.String(), recesses: Type.Array(Recess) }, { additionalProperties: false });

/** Reads and checks the register: in order, and none inside another. @throws {@link RegisterError} naming the row. */
export function readRecesses(value: unknown): readonly Recess[] {
  const { recesses: rows } = readRegister(Recesses, value, file);
  onlyOnce(rows, file);
  citesKnown(rows, file);
  for (const [at, row] of rows.entries()) {
    const before = rows[at - 1];
    if (row.to < row.from) throw new RegisterError(`${file} ${row.id}: ends before it starts`);
    if (before !== undefined && row.from <= before.to) throw new RegisterError(`${file} ${row.id}: starts before ${before.id} has ended`);
  }
  return rows;
}

/** Every recess we read about, in order. */
export const recesses: readonly Recess[] = readRecesses(data);
