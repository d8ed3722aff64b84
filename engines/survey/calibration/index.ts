/** The calibration room's door: weights that reach known totals of the population. */
export { calibrate, type Calibration } from "./calibrate.ts";
export type { Bounds, Distance } from "./distance.ts";
export type { Margin } from "./model.ts";
