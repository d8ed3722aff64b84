/** Turns an adopted advice into what the employer may know: what to provide and at what cost, never why. Pure; the authority's client calls it. */
import type { AdviceBody, MeasureBody, ProvisionLine, ProvisionListBody } from "./index.ts";

/**
 * Derives the provision list of an advice. Every field is named one by one: what is added to a measure later stays out until someone decides otherwise here.
 * Measures at the person's own account (`who: "own"`) are left out: the employer has no business with them.
 * @param advice the adopted advice
 * @param recipient for whom, and how the fitter makes an appointment
 */
export function provisionListOf(advice: AdviceBody, recipient: ProvisionListBody["recipient"]): ProvisionListBody {
  const lines: ProvisionLine[] = advice.measures
    .filter((measure) => measure.who === "employer")
    .map((measure) => ({
      id: measure.id,
      domain: measure.domain,
      what: measure.what,
      provided: measure.provided,
      costLow: measure.costLow,
      costHigh: measure.costHigh,
      byWhen: measure.byWhen,
      who: measure.who,
    }));
  return {
    version: 1,
    adviceVersion: advice.adviceVersion,
    recipient: { name: recipient.name, contact: recipient.contact },
    lines,
    totalLow: lines.reduce((sum, line) => sum + line.costLow, 0),
    totalHigh: lines.reduce((sum, line) => sum + line.costHigh, 0),
  };
}

/** State of a measure: `advised` until the first step. */
export type MeasureState = "advised" | MeasureBody["state"];

/** Whether the employer has nothing left to do for a measure in this state. */
export const isSettled = (state: MeasureState): boolean => state !== "advised" && state !== "ordered";
