/** Measures an adviser may propose, as checked data: what, why, where, level, cost, who provides, upkeep, source. Read by services/scanning/proposals and by screens. */
import Type, { type Static } from "typebox";
import { idPattern, onlyOnce, readRegister, RegisterError } from "#registers/register.ts";
import { cited, citesKnown } from "#registers/sources/index.ts";
import { Ring, RiskDomain } from "#services/scanning/contract/index.ts";
import data from "./measures.json" with { type: "json" };

const file = "registers/measures/measures.json";

/** How far a measure goes: basis, verhoogd, hoog. */
export const levels = ["basic", "raised", "high"] as const;

/** One measure of the register. */
export const MeasureRow = Type.Object(
  {
    id: Type.String({ pattern: idPattern }),
    domain: RiskDomain,
    ring: Ring,
    level: Type.Enum(levels),
    /** Part of the Politiekeurmerk Veilig Wonen: at the person's own account (Regeling lid 5 onder b; PKVW 2024). */
    pkvw: Type.Boolean(),
    /** Proposed by no rule: only an adviser adds it, with a reason. */
    onRequest: Type.Boolean(),
    /** What is done, Dutch, fit for an employer to read: it says nothing about this home. */
    what: Type.String({ minLength: 1, maxLength: 400 }),
    /** Why it helps, Dutch, for the office-holder. */
    why: Type.String({ minLength: 1, maxLength: 1_000 }),
    who: Type.Enum(["employer", "own"]),
    /** Provided for good (lid 1) or on loan for the duration of the office (lid 7). */
    provided: Type.Enum(["provided", "on-loan"]),
    /** Indication in whole euros, VAT included. `own-estimate` is shown as: indicatie, eigen schatting. */
    cost: Type.Object(
      {
        low: Type.Integer({ minimum: 0, maximum: 10_000_000 }),
        high: Type.Integer({ minimum: 0, maximum: 10_000_000 }),
        per: Type.Enum(["whole", "piece", "year"]),
        basis: Type.Enum(["own-estimate", "source"]),
      },
      { additionalProperties: false },
    ),
    upkeep: Type.String({ minLength: 1, maxLength: 400 }),
    ...cited,
  },
  { additionalProperties: false },
);
/** One measure of the register. */
export type MeasureRow = Static<typeof MeasureRow>;
const MeasureFile = Type.Object({ about: Type.String(), measures: Type.Array(MeasureRow, { minItems: 1 }) }, { additionalProperties: false });

/**
 * Reads and checks the measures: ids once, sources known, a cost range that runs upward, rings only in the home, PKVW work at the person's own account.
 * @throws {@link RegisterError} naming file and id.
 */
export function readMeasures(value: unknown): ReadonlyMap<string, MeasureRow> {
  const { measures: rows } = readRegister(MeasureFile, value, file);
  onlyOnce(rows, file);
  citesKnown(rows, file);
  for (const { id, cost, domain, ring, pkvw, who } of rows) {
    if (cost.low > cost.high) throw new RegisterError(`${file} ${id}: the cost range runs downward`);
    if ((domain === "wonen") === (ring === "none")) throw new RegisterError(`${file} ${id}: measures of the home have a ring, others have none`);
    if (pkvw && who !== "own") throw new RegisterError(`${file} ${id}: what belongs to the PKVW is at the person's own account`);
  }
  return new Map(rows.map((row) => [row.id, row]));
}

/** Every measure, by id. */
export const measures: ReadonlyMap<string, MeasureRow> = readMeasures(data);
