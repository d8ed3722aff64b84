/** The design room's door: what a sample is, and the covariance of anything that is a weighted total over it. Statistics and models build on this and on nothing deeper. */
export type {
  CalibratedReplicates,
  CalibrationResiduals,
  Design,
  DrawnReplicates,
  LinearisedDesign,
  LonelyPsu,
  ReplicateDesign,
  ReplicateLines,
  ReplicateType,
  ReplicateWeights,
  Stage,
} from "./design.ts";
export { covarianceOfReplicates, covarianceOfThetas, covarianceOfTotals, degreesOfFreedom, type ReplicateCovariance, subset } from "./covariance.ts";
export { checkWeights, makeDesign, type SampleColumns } from "./make.ts";
export { fillAll, fillReplicate, replicateTotals } from "./replicate-weights.ts";
export { type GivenReplicates, givenReplicates, makeReplicates, type ReplicatesToMake } from "./replicates.ts";
