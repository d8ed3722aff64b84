/**
 * Discrete-time hazard models with design-based errors: does something change how many leave office, period by period (Allison 1982; Singer and Willett 1993)?
 * A person becomes one row for each period under observation; the rows of a person add up within the person's place in the design, so their dependence is counted.
 */
import type { Design } from "#engines/survey/design/index.ts";
import { SurveyError } from "#engines/survey/errors.ts";
import { parseTerms, type Formula } from "./formula.ts";
import { fitModel, type CoefficientRow, type Model, type ModelData } from "./glm.ts";
import type { NumberColumn, Column } from "#engines/survey/columns/column.ts";
import { isMissing, variableOf, type Frame } from "./variables.ts";

/** How the baseline goes over time: its own level for each period, or a line in the period's number or its logarithm. */
export type HazardBaseline = "factor" | "linear" | "logarithmic";

/** Which columns hold the spells, and what may change the hazard. */
export interface HazardSpec {
  /** Last whole period before observation began, 0 or more; left out, everybody is seen from period 1. For those who came in later (delayed entry). */
  readonly entry?: string;
  /** Last whole period observed. */
  readonly exit: string;
  /** 1: it happened in the last period observed; 0: observation ended without it. */
  readonly event: string;
  /** What may change the hazard, as `a + b`; empty for the baseline alone. `period` may be named in an interaction. */
  readonly terms: string;
  /** `logit`: odds ratios. `cloglog`: hazard ratios of the proportional-hazards model behind grouped times. */
  readonly link: "logit" | "cloglog";
  readonly baseline: HazardBaseline;
}

/** Persons as person-periods, ready for {@link fitModel}. */
export interface PersonPeriods extends ModelData {
  readonly designRow: Int32Array;
  readonly persons: number;
}

const PERIOD = "period";

function wholeNumbers(frame: Frame, name: string, rows: number): NumberColumn {
  const variable = variableOf(frame, name, rows);
  if (variable.kind !== "number")
    throw new SurveyError("column-kind", `${JSON.stringify(name)} must hold numbers: whole periods, or 0 and 1`, { column: name });
  return variable;
}

function whole(value: number, name: string, row: number): number {
  if (!Number.isInteger(value) || value < 0) {
    throw new SurveyError("model-malformed", `${JSON.stringify(name)} is ${value} in row ${row + 1}; count whole periods, 0 or more`, {
      column: name,
      row: row + 1,
    });
  }
  return value;
}

function repeated(variable: Column, rows: Int32Array): Column {
  return variable.kind === "number"
    ? { kind: "number", values: Float64Array.from(rows, (row) => variable.values[row] ?? Number.NaN) }
    : { kind: "category", levels: variable.levels, codes: Int32Array.from(rows, (row) => variable.codes[row] ?? -1) };
}

function periodVariable(periods: readonly number[], baseline: HazardBaseline): Column {
  if (baseline === "linear") return { kind: "number", values: Float64Array.from(periods) };
  if (baseline === "logarithmic") return { kind: "number", values: Float64Array.from(periods, Math.log) };
  const levels = [...new Set(periods)].sort((a, b) => a - b);
  const codes = new Map(levels.map((level, code) => [level, code]));
  return { kind: "category", levels: levels.map(String), codes: Int32Array.from(periods, (period) => codes.get(period) ?? -1) };
}

/**
 * One row for each person and period at risk. Persons without weight, or with a missing entry, exit or event, give none.
 * The new frame has the named columns, the event (1 in the last row of those to whom it happened) and `period`.
 * @throws {@link SurveyError} `column-unknown`, `column-kind`, `model-malformed` (a spell that ends before it begins, a column called `period`), `proportion-invalid` (an event that is not 0 or 1), `domain-empty`.
 */
export function personPeriods(
  design: Design,
  frame: Frame,
  spec: Pick<HazardSpec, "entry" | "exit" | "event" | "baseline">,
  names: readonly string[],
): PersonPeriods {
  if (names.includes(PERIOD) && frame.has(PERIOD)) {
    throw new SurveyError("model-malformed", `the data have a column "period", which is what a hazard model calls its time: rename the column`, {
      column: PERIOD,
    });
  }
  const exit = wholeNumbers(frame, spec.exit, design.rows);
  const event = wholeNumbers(frame, spec.event, design.rows);
  const entry = spec.entry === undefined ? null : wholeNumbers(frame, spec.entry, design.rows);
  const rows: number[] = [];
  const periods: number[] = [];
  const happened: number[] = [];
  let persons = 0;
  for (let row = 0; row < design.rows; row += 1) {
    if (design.weights[row] === 0 || isMissing(exit, row) || isMissing(event, row) || (entry !== null && isMissing(entry, row))) continue;
    const last = whole(exit.values[row] ?? 0, spec.exit, row);
    const before = entry === null ? 0 : whole(entry.values[row] ?? 0, spec.entry ?? "", row);
    const outcome = event.values[row] ?? 0;
    if (outcome !== 0 && outcome !== 1) {
      throw new SurveyError(
        "proportion-invalid",
        `${JSON.stringify(spec.event)} is ${outcome} in row ${row + 1}; write 1 when it happened and 0 when it did not`,
        { column: spec.event, row: row + 1 },
      );
    }
    if (last <= before) {
      throw new SurveyError(
        "model-malformed",
        `row ${row + 1} is observed up to period ${last} and entered after period ${before}: the last period must come later`,
        { row: row + 1 },
      );
    }
    persons += 1;
    for (let period = before + 1; period <= last; period += 1) {
      rows.push(row);
      periods.push(period);
      happened.push(period === last ? outcome : 0);
    }
  }
  if (rows.length === 0) throw new SurveyError("domain-empty", "nobody with weight was under observation for a whole period");
  const designRow = Int32Array.from(rows);
  const long = new Map<string, Column>();
  for (const name of names) if (name !== PERIOD) long.set(name, repeated(variableOf(frame, name, design.rows), designRow));
  long.set(spec.event, { kind: "number", values: Float64Array.from(happened) });
  long.set(PERIOD, periodVariable(periods, spec.baseline));
  return { design, frame: long, designRow, persons };
}

/**
 * Fits the hazard. Coefficients are log odds ratios (logit) or log hazard ratios (cloglog) of the event in a period, given that it has not happened before.
 * @throws {@link SurveyError} as {@link personPeriods} and `fitModel`; `separation` when a period or group has no event, or nothing but events.
 */
export function fitHazard(design: Design, frame: Frame, spec: HazardSpec): Model {
  const terms = spec.terms.trim() === "" ? [] : parseTerms(spec.terms);
  const names = [...new Set(terms.flat())];
  if (names.includes(spec.event))
    throw new SurveyError("model-malformed", `${JSON.stringify(spec.event)} is what is explained; it cannot explain itself`, { column: spec.event });
  const data = personPeriods(design, frame, spec, names);
  const { frame: long } = data;
  const period = long.get(PERIOD);
  // All in the one period: there is no course over time to estimate.
  const single = period?.kind === "category" ? period.levels.length < 2 : new Set(period?.values).size < 2;
  const formula: Formula = { response: spec.event, intercept: true, terms: [...(single ? [] : [[PERIOD]]), ...terms].sort((a, b) => a.length - b.length) };
  return fitModel(data, { formula, family: "binomial", link: spec.link });
}

/** Rows of a logit, cloglog or log model as ratios: estimate and interval exponentiated, the error by the delta method; t and p stay those of the coefficient. */
export function ratioRows(rows: readonly CoefficientRow[]): readonly CoefficientRow[] {
  return rows.map((row) => {
    const estimate = Math.exp(row.estimate);
    return { ...row, estimate, se: estimate * row.se, low: Math.exp(row.low), high: Math.exp(row.high) };
  });
}
