/** The statistics room's door: what can be estimated from a design without a model. */
export { critical, type Estimates, type Interval, requireAnswers, requireLevel, sizeOf, standardError, symmetricInterval, withAnswers } from "./estimates.ts";
export { type DomainCodes, manyMeans, type ManyMeans } from "./many.ts";
export { contrasts, designEffect, type DesignEffect, groupMeans, means, ratio, ratioResiduals, totals, variances } from "./linear.ts";
export { type Proportion, proportion, proportionInterval, type ProportionInterval, proportionIntervals } from "./proportion.ts";
export { type Quantile, type QuantileInterval, quantileIntervals, quantiles } from "./quantile.ts";
export { type QuantileRule, quantileRules } from "./quantile-rules.ts";
