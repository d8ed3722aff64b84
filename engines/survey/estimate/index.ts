/** The estimate room's door: a request of `rugdekking estimate`, read and run. */
export { type EstimateLine, runSpec } from "./run.ts";
export { type EstimateSpec, parseSpec, type Spec, type StatisticName, statisticNames } from "./spec.ts";
