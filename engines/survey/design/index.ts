/** The design room's door: what a sample is, and the covariance of anything that is a weighted total over it. Statistics and models build on this and on nothing deeper. */
export {
  type Design,
  type LinearisedDesign,
  type ReplicateDesign,
  type Stage,
  type LonelyPsu,
  type CalibrationResiduals,
  type ReplicateWeights,
  type ReplicateType,
} from "./design.ts";
export { covarianceOfReplicates, covarianceOfTotals, degreesOfFreedom, subset } from "./covariance.ts";
