/**
 * What a sample is: how it was drawn (stages of strata and clusters) or how it is replicated (columns of weights). Types only; `make.ts` and `replicates.ts` build them, `covariance.ts` reads them.
 * Rows are never dropped: who is outside a domain keeps their place in the design with weight zero. [Note: Domains keep the design]
 */

/** What to do with a stratum of one primary sampling unit, as R's `survey.lonely.psu`. */
export type LonelyPsu = "fail" | "remove" | "certainty" | "adjust" | "average";

/** One stage of sampling. Strata of a later stage lie within one cluster of the stage before. Codes are from 0 and dense. */
export interface Stage {
  /** Stratum of each row. */
  readonly strata: Int32Array;
  /** Cluster of each row; equal to the row number when elements are drawn themselves. */
  readonly clusters: Int32Array;
  /** Stratum of each cluster. */
  readonly clusterStratum: Int32Array;
  /** Clusters drawn in each stratum, counted over the whole sample. */
  readonly drawn: Float64Array;
  /** Clusters in the population of each stratum (Infinity: so many that it does not matter); null when unknown, which is sampling with replacement. */
  readonly population: Float64Array | null;
  /** Names of the strata, for messages. */
  readonly stratumNames: readonly string[];
}

/**
 * What calibration took away from the variance: residuals are formed before covariance is. All as R's `svyrecvar` does it.
 * `x` below is score times weight, per row.
 */
export type CalibrationResiduals =
  /** Post-stratification: x/w loses its mean in each group, weighted by the weights before. */
  | { readonly kind: "groups"; readonly groups: Int32Array; readonly count: number; readonly before: Float64Array; readonly after: Float64Array }
  /** Raking: ten rounds over the margins, each taking away the plain mean of x/w. */
  | { readonly kind: "margins"; readonly margins: readonly { readonly groups: Int32Array; readonly count: number; readonly after: Float64Array }[] }
  /** Regression: residuals of x/scale on the columns of an orthonormal basis (column-major, rows x rank), times scale again. */
  | { readonly kind: "regression"; readonly basis: Float64Array; readonly rank: number; readonly scale: Float64Array };

/** A design whose variances come from linearisation. */
export interface LinearisedDesign {
  readonly kind: "linearised";
  readonly rows: number;
  /** Weight of each row after calibration and restriction; 0 outside the domain. */
  readonly weights: Float64Array;
  readonly stages: readonly Stage[];
  readonly lonelyPsu: LonelyPsu;
  /** In the order they were done. */
  readonly calibrations: readonly CalibrationResiduals[];
  /** Whether every row is a cluster of its own in the first stage: lets covariance skip a pass. */
  readonly elements: boolean;
}

/** Kinds of replicate weights. */
export type ReplicateType = "JK1" | "JKn" | "BRR" | "Fay" | "bootstrap" | "other";

/** Weights of every replicate. `lines` holds them, the others make them when asked: 500 bootstrap replicates of a million rows are never 500 columns of a million. */
export type ReplicateWeights = ReplicateLines | DrawnReplicates | CalibratedReplicates;

/** Weight of row i in replicate r = base[i] * factors[index[i] * replicates + r]. Rows of one primary unit share a line. */
export interface ReplicateLines {
  readonly kind: "lines";
  readonly replicates: number;
  /** Line of `factors` for each row of the data. */
  readonly index: Int32Array;
  /** Line-major: lines x replicates. */
  readonly factors: Float64Array;
  /** What the factors multiply: sampling weights, or ones when the columns are whole ("combined") weights. */
  readonly base: Float64Array;
}

/**
 * Bootstrap replicates drawn with a seeded generator, one stream per stratum and replicate, so that they come out the same in any order.
 * `with-replacement-less-one`: n-1 of n units (Rao and Wu 1988), factor n/(n-1) a time. `population`: n of the units repeated to the population's size, without replacement
 * (Canty and Davison 1999), factor 1 a time; n of n with replacement where no population is known.
 */
export interface DrawnReplicates {
  readonly kind: "drawn";
  readonly replicates: number;
  readonly method: "with-replacement-less-one" | "population";
  readonly seed: number;
  /** Primary unit of each row. */
  readonly clusters: Int32Array;
  /** Units in order of stratum; those of stratum h stand from start[h] to start[h + 1]. */
  readonly units: Int32Array;
  readonly start: Int32Array;
  /** Units in the population per stratum, for `population`; null where unknown. */
  readonly population: Float64Array | null;
  readonly base: Float64Array;
}

/** Replicates of replicates, each calibrated by itself. */
export interface CalibratedReplicates {
  readonly kind: "calibrated";
  readonly replicates: number;
  readonly source: ReplicateLines | DrawnReplicates | CalibratedReplicates;
  /** Changes a whole column of weights in place. */
  readonly calibrate: (weights: Float64Array) => void;
}

/** A design whose variances come from doing the estimate again with other weights. */
export interface ReplicateDesign {
  readonly kind: "replicate";
  readonly rows: number;
  readonly weights: Float64Array;
  readonly replicates: ReplicateWeights;
  readonly type: ReplicateType;
  readonly scale: number;
  /** One per replicate. */
  readonly rscales: Float64Array;
  /** Deviations from the estimate (true) or from the mean of the replicates (false). */
  readonly mse: boolean;
  /** Set when they were given; null: the rank of the weights less one. */
  readonly degreesOfFreedom: number | null;
}

/** A sample, ready to estimate from. */
export type Design = LinearisedDesign | ReplicateDesign;
